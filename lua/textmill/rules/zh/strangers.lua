-- Names that do not begin with a surname of the lexicon: of peoples without surnames, spelled by
-- sound, and of rare surnames.
--
--   阿|尔|日|古,     热|合|曼|·|司马义    spelled: characters of sound, as many as there are
--   木|春|荣|为      贠|建国|参与        three characters that make no word, and end before one
--
-- Little speaks for them but where they stand, so callers ask only behind a role or in a list of names.

local given = require "textmill.rules.zh.given"
local set = require "textmill.rules.zh.vocabulary".set

local strangers = {}

-- Characters that spell names of Uighurs, Kazakhs, Mongols, Yi, Tibetans by sound.
strangers.SOUNDS = {}
for _, c in utf8.codes [[根阿艾爱安奥敖巴白班宝保贝毕边别宾布才仓策曾查车次丹旦德登迪丁丹敦顿多俄额尔恩尕嘎噶高格贡古哈海汗合和黑赫洪呼花华吉加嘉江金
晋觉杰卡康科克库孜拉来莱兰朗乐勒丽里力利日林鲁伦罗洛玛马买麦曼毛梅米蜜木牧莫穆那娜纳南尼牛努诺盘帕培彭平朴普且其齐钦青琼曲群热仁肉如瑞萨赛桑色沙莎
山身石史司斯松苏素索塔泰坦特提铁图吐土托娃旺维温沃乌西希惹夏先辛雪牙雅亚彦依以伊义益音英尤尤于玉约云则扎泽占珍真孜子卓宗尊达旦呷补伍果嫫嘿者木基且你
措姆久赤热登布朝巧巴雅琪琴其都代勤甫逊瓦顺图妮]] do
  strangers.SOUNDS[utf8.char(c)] = true
end
strangers.SOUNDS["\n"] = nil
local SOUNDS <const> = strangers.SOUNDS
strangers.PREFIX = "阿" -- of many names: 阿某

local NO_PART <const> = set "w u y p c blank eng m q r d"
local SPELT <const> = set "n j"
local PLAIN <const> = set "nr ns nz x g"
-- Characters that open what is done, or belong to whom was named: they end a name.
local ENDING <const> = set [[在 从 对 向 把 被 为 与 和 跟 给 让 由 于 以 按 就 将 及 或 而 但 的 了 着 过 地 得 等 因 到 往 替 说 是 有
  带 家 也 都 又 还 正 已 同 任 用 当 没 不 像]]
local BEHIND <const> = set "v vd vn d p c u t w blank ad r m l i f"

local NOUNS <const> = set "n nr ns nt nz j g x vn"

local ASPECTS <const> = set "着 了 过"
local LONGEST <const> = 8 -- characters

-- strangers.sounds(s): is it made of characters that spell names?
function strangers.sounds(s)
  for _, c in utf8.codes(s) do
    if not SOUNDS[utf8.char(c)] then return false end
  end
  return true
end

local function is_part(doc, e, first)
  local w, tag = doc.words[e] or "", doc.tags[e] or "w"
  local n = utf8.len(w)
  if #w ~= 3 * (n or 0) or w == "" or w == "·" then return false end
  if n == 1 then
    if SOUNDS[w] and tag ~= "w" and (first or not ENDING[w]) then return true end
    return not NO_PART[tag] and not ENDING[w]
  end
  if not first and tag == "d" then return n == 2 and strangers.sounds(w) end -- 乌云|毕力|格
  return n <= 4 and (PLAIN[tag] and tag ~= "g" or SPELT[tag] and strangers.sounds(w))
end

-- 贠|建国: are the second and third character of given names, and the first no verb or pronoun?
local FIRST <const> = set "n g j nr ns nz x a b q an f"
local function of_rare_surname(doc, k, name)
  if utf8.len(name) ~= 3 or not FIRST[doc.tags[k] or "w"] or utf8.len(doc.words[k]) > 1 then return false end
  for _, c in utf8.codes(name:sub(4)) do
    if not given.CHARACTERS[utf8.char(c)] then return false end
  end
  return true
end

-- May a name end before token e?
local function may_end(doc, e)
  local behind, tag = doc:word(e), doc:tag(e)
  return behind == "" or utf8.len(behind) > 1 and not NOUNS[tag] or BEHIND[tag] or ENDING[behind]
end

-- Is what stands from token k up to e such a name?
local function is_name(doc, k, e)
  local name = doc:text_of(k, e)
  local chars = utf8.len(name)
  if chars < 2 or chars > LONGEST or not may_end(doc, e + 1) then return false end
  local spelled = chars > 2 and strangers.sounds(name) and (e > k or PLAIN[doc:tag(k)])
  return spelled or of_rare_surname(doc, k, name)
end

-- 娜仁花|作安排, 热娜|扶着: a verb that might be a part of it, too, is none of two or three sounds.
local LAST_SOUNDS <const> = set "娜 雅 玛 莎 娅 措 姆 珠 尔 花 丽 吉"
local function before_verb(doc, k, e)
  local name = doc:text_of(k, e)
  local chars = utf8.len(name)
  if chars < 2 or chars > 3 or doc:tag(e + 1) ~= "v" or not strangers.sounds(name) then return false end
  return chars == 3 and e == k + 2 or e == k + 1 and LAST_SOUNDS[doc:word(e)]
end

-- strangers.short(name): two characters of sound, the second of which names end with: 热娜
function strangers.short(name)
  return #name == 6 and LAST_SOUNDS[name:sub(4)] and strangers.sounds(name)
end

-- strangers.ending(doc, k) -> the last token of such a name that begins at token k, or nil
function strangers.ending(doc, k)
  local e, chars = k, 0
  while chars <= LONGEST and is_part(doc, e, e == k) do
    chars = chars + utf8.len(doc.words[e] or "")
    e = e + 1
  end
  if ASPECTS[doc.words[e]] and e > k + 1 then e = e - 1 end -- 其其格|拉|着
  if e > k and is_name(doc, k, e - 1) then return e - 1 end
  for last = k + 1, math.min(e - 1, k + 2) do
    if before_verb(doc, k, last) then return last end
  end
end

-- strangers.spelled(name): is it made of characters of sound, and more than two?
function strangers.spelled(name)
  return name:find("·", 1, true) ~= nil or utf8.len(name) > 2 and strangers.sounds(name)
end

return strangers
