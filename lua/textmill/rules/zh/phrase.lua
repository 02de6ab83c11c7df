-- Noun phrases around a position, over the tokens of a document.
--
--   right   12个 [农机 服务 站点] 。          the phrase that begins at a token
--   left    发放 [手套] 300副                the phrase that ends before a token
--
-- Both return a, b (tokens) or nil. They are judgement, not grammar: the
-- lexicon's tags are a word's most frequent ones, so lists of words that end a
-- phrase stand beside them (vocabulary.lua).

local names = require "textmill.rules.zh.names"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local phrase = {}

local NOUN <const> = set "n nr ns nt nz vn j an nw s t k"
local MODIFIER <const> = set "a b g l i eng x z v vd ad f h o nz nr q m d r"
local STOP_RIGHT <const> = set "p c u w y e"
-- What a verb inside the phrase may follow: 武汉|返乡|人员, 县|外|返乡|人员.
local BEFORE_VERB <const> = set "ns s f t g v vd m q a b d j p"
local LONGEST <const> = 12

local function chars(s) return utf8.len(s) or #s end

-- Characters that end nouns whatever the lexicon takes them for: 劝返|点, 巡逻|队.
local HEADS <const> = set [[桩 柜 罐 缸 车 点 队 员 站 岗 组 户 人 车 证 书 区 网 卡 所 棚 房 路 桥 坝 渠 井 塘 库 池 灯 箱 桶 袋 牌 栏
杆 屏 机 船 艇 衣 帽 鞋 药
枪 计 仪 器 具 件 品 物 粮 油 米 面 菜 肉 蛋 奶 茶 酒 水 电 气 款 金 费 税 债 案 卷 表 单 册 报 信 函 令 标 语 歌 课 班 校 院 室 厅 馆 台 店 厂 矿 场 园 村
  镇 乡 县 市 省 家 树 苗 花 草 田 地 山 林 河 沟 湖 碑 墙 门 窗 线 条 链 圈
  服 伞 椅 桌 凳 炉 锹 绳 棒 棍 盾 靴 毯 料]]

-- 12个大项: nouns that the lexicon takes for numerals.
local ASPECTS <const> = set "大项 小项 分项 单项 大类 小类 子项"

-- Is the word a noun, or a lone character that may end one (点, 队, 员)?
local function nominal(doc, k)
  local tag = doc:tag(k)
  if HEADS[doc:word(k)] and doc:tag(k - 1) ~= "q" and doc:tag(k - 1) ~= "m" then return true end
  if tag == "b" and chars(doc:word(k)) > 1 and doc:tag(k + 1) == "w" then return true end -- 6个年级、
  if tag == "m" and ASPECTS[doc:word(k)] or tag == "z" and HEADS[doc:word(k):sub(-3)] then return true end
  return NOUN[tag] or tag == "g" or (tag == "l" or tag == "i" or tag == "x" or tag == "eng")
end

-- 《...》 or “...” that opens at token k: its last token within n tokens.
local closers <const> = { ["《"] = "》", ["“"] = "”", ["‘"] = "’", ["「"] = "」", ["『"] = "』" }
local function enclosed(doc, k, n)
  local close = closers[doc:word(k)]
  if not close then return nil end
  for e = k + 1, k + n do
    local w = doc:word(e)
    if w == close then return e end
    if w == "\n" or e > doc.n_tokens then return nil end
  end
end
phrase.enclosed = enclosed

-- Where a quoted phrase opens that closes at token k.
local openers <const> = { ["》"] = "《", ["”"] = "“", ["’"] = "‘", ["」"] = "「", ["』"] = "『" }
local function opened(doc, k, n)
  local open = openers[doc:word(k)]
  if not open then return nil end
  for e = k - 1, math.max(1, k - n), -1 do
    local w = doc:word(e)
    if w == open then return e end
    if w == "\n" then return nil end
  end
end
phrase.opened = opened

-- Does a noun follow within a few words, with nothing that ends a phrase between?
local function noun_ahead(doc, k)
  for e = k, k + 3 do
    local w, tag = doc:word(e), doc:tag(e)
    if vocabulary.enders[w] or STOP_RIGHT[tag] or (e == k and tag == "m") then return false end
    if tag == "n" or tag == "nz" or tag == "vn" or tag == "nt" then return true end
  end
  return false
end

-- A modifier before 的: 年富力强、懂技术[的]同志. The token behind 的, or nil.
local function behind_de(doc, k, n)
  for e = k, k + n do
    local w = doc:word(e)
    if w == "的" then return e + 1 end
    if w == "," or w == "。" or w == ";" or w == "\n" or w == "" then return nil end
  end
end

-- Idioms and adjectives with 、 before 的: 年富力强、懂技术的 is all modifier.
local function adjectival(doc, k)
  local tag = doc:tag(k)
  if (tag == "i" or tag == "l" or tag == "a" or tag == "z" or tag == "an") and doc:word(k + 1) == "、" then
    local after = behind_de(doc, k + 1, 10)
    if after and noun_ahead(doc, after) then return after end
  end
end

-- Nouns of people, by list or by their last character.
local PEOPLE_ENDS <const> = set "员 者 民 士 生 师 友 兵 某 妇"
local function is_person(w)
  return vocabulary.people[w] or vocabulary.people[w:sub(-6)]
    or (chars(w) > 1 and PEOPLE_ENDS[w:sub(-3)] and w ~= "卫生") or false
end

phrase.is_person = is_person

-- 荒山|上: where something is ends the noun.
local SIDES <const> = set "上 下 里 中 内 外 间 旁 旁边 前 后 之中 之间 以内 以外 沿线 沿途"

-- 返乡|人员, 防护|口罩: a verb that is an attribute of the noun behind it.
local function attributive(doc, k)
  return vocabulary.adnominal[doc:word(k)] and noun_ahead(doc, k + 1)
end

local function is_count(w)
  return w:find "^%d" or chars(w) > 1 and vocabulary.numerals[w:sub(1, 3)] and not w:find "^一"
end

-- Is the count at token e part of a clause that 的 ends and a verb at k begins (核|载 7人的)?
local function relative(doc, k, e)
  return (doc:tag(k) == "v" or doc:tag(k + 1) == "v") and behind_de(doc, e, 4) ~= nil
end

-- 3台[带北斗导航的]拖拉机, 16户[缺劳力的]农户: the token behind a clause that begins at k with a
-- verb; the phrase has gone as far as token e.
local LONGEST_CLAUSE <const> = 8
local function behind_relative(doc, k, e)
  if doc:tag(k) ~= "v" or vocabulary.enders[doc:word(k)] and doc:word(k) ~= "有" then return nil end
  for n = e, k + LONGEST_CLAUSE do
    local w, tag = doc:word(n), doc:tag(n)
    if w == "的" then return noun_ahead(doc, n + 1) and n + 1 or nil end
    if tag == "w" or tag == "m" or w == "" or w:find "\n" then return nil end
  end
end

-- 3家[污染严重的]企业: the token behind 的, where what is said of the noun up to token b is how it is.
local STATES <const> = set "a an z"
local OVER <const> = set [[过半 达标 超标 不足 偏低 偏高 较低 较高 较大 较小 突出 到期 逾期 过期 不便 不力 不全
  不严 不达标 不规范 不合格 不清]]
local function behind_state(doc, b)
  local k = b + 1
  if doc:tag(k) == "d" and STATES[doc:tag(k + 1)] then k = k + 1 end
  local state = OVER[doc:word(k)] or STATES[doc:tag(k)] and chars(doc:word(k)) > 1
  return state and doc:word(k + 1) == "的" and noun_ahead(doc, k + 2) and k + 2 or nil
end

-- 1.3万名[60周岁以上的]老人: the token behind how old they are.
local AGES <const> = set "岁 周岁"
local LIMITS <const> = set "以上 以下 及 左右 的"
local function behind_age(doc, k)
  if doc:tag(k) ~= "m" or not AGES[doc:word(k + 1)] then return k end
  local e = k + 2
  while LIMITS[doc:word(e)] do e = e + 1 end
  return e > k + 2 and e or k
end

-- 6条[10千伏]线路: the token behind a size of the noun.
local SIZES <const> = set "千伏 伏 千瓦 兆瓦 毫米 厘米 米 吨 公斤 升 毫升 寸 匹"
local function behind_size(doc, k)
  local sized = doc:tag(k) == "m" and doc:word(k):find "^%d" and SIZES[doc:word(k + 1)]
  return sized and NOUN[doc:tag(k + 2)] and k + 2 or k
end

-- The noun phrase that begins at token k.
function phrase.right(doc, k)
  if doc:tag(k) == "blank" and not doc:word(k):find "\n" then k = k + 1 end
  k = behind_size(doc, behind_age(doc, k))
  local after = adjectival(doc, k)
  if after then return phrase.right(doc, after) end
  local close = enclosed(doc, k, 30)
  if close and doc:word(k) == "《" then return k + 1, close - 1, true end
  local first, last, people, counted = nil, nil, false, false
  local e, quoted = k, nil
  if close then e, quoted = k + 1, close end
  while e < k + LONGEST do
    local w, tag = doc:word(e), doc:tag(e)
    if e == quoted then
      e = e + 1
    elseif w == "的" then
      local owner = last == e - 1 and doc:tag(e - 1) == "n" and doc:tag(first) ~= "v"
      if not counted and (people or owner) or not noun_ahead(doc, e + 1) then break end
      first, last, people, counted = nil, nil, false, false
      e = e + 1
    elseif w == "自" and doc:tag(e + 1) == "v" then
      first = first or e
      e = e + 1
    elseif w == "“" and first and chars(doc:word(e - 1)) == 1 and enclosed(doc, e, 4) then
      e = enclosed(doc, e, 4) + 1
    elseif vocabulary.enders[w] or STOP_RIGHT[tag] or tag == "blank" or w == "" then
      break
    elseif last and vocabulary.numerals[w] and doc:tag(e + 1) == "q" then -- 33个行政村|两个社区
      break
    elseif tag == "m" and is_count(w) then
      if e == k or not relative(doc, k, e) then break end -- 一座[能容纳五百人的]广场
      counted = true
      e = e + 1
    elseif last and SIDES[w] and not NOUN[doc:tag(e + 1)] and not attributive(doc, e + 1) then
      break
    elseif last and people and (tag == "vn" or tag == "n" and chars(w) == 1 and not HEADS[w]) then
      break
    elseif last and (tag == "d" or tag == "ad" or tag == "vd" or tag == "r" or tag == "i"
      or tag == "l" or tag == "t") then
      break
    elseif nominal(doc, e) then
      first, last = first or e, e
      people = is_person(w)
      e = e + 1
    elseif tag == "v" and last and not attributive(doc, e) and not phrase.compound(doc, e)
      and (people or not BEFORE_VERB[doc:tag(e - 1)] or not noun_ahead(doc, e + 1)) then
      break
    elseif MODIFIER[tag] then
      first = first or e
      local ends = tag == "a" or tag == "b" or tag == "q" or tag == "h"
      local about = vocabulary.fillers[w] or doc:word(e + 1) == "则" -- 217户村民|少则, 22支龙舟队|近500名
      if chars(w) == 1 and last and ends and not about then last = e end
      e = e + 1
    else
      break
    end
  end
  local head = not counted and behind_relative(doc, k, e)
  if head then return phrase.right(doc, head) end
  if not last and not STOP_RIGHT[doc:tag(k)] and not vocabulary.enders[doc:word(k)] then
    after = behind_de(doc, k, 14)
    if after and after > k + 1 and noun_ahead(doc, after) then return phrase.right(doc, after) end
  end
  if not last or first == last and vocabulary.no_items[doc:word(last)] then return nil end
  local behind = not people and behind_state(doc, last)
  if behind then
    local a, b = phrase.right(doc, behind)
    if a then return a, b end
  end
  return first, last
end

-- 三项[承诺]。: a verb that is all there is between a measure and the end of the clause.
function phrase.verbal_noun(doc, k)
  local after = doc:tag(k + 1)
  return doc:tag(k) == "v" and chars(doc:word(k)) == 2 and (after == "w" or after == "c")
end

-- A verb and the one character that makes it a noun: 劝返|点.
function phrase.compound(doc, k)
  return HEADS[doc:word(k + 1)] and doc:tag(k) == "v"
end

-- 不少|于, 不得低|于
local LESS <const> = set "不少 不低 不多 不高 少 低 多 高 大 小 等 不小 不大"

local MODALS <const> = set "能 会 能够 可以 要 有望 力争 争取 将会"

-- Skips fillers to the left of token k, and what the number is for (每户, 每|平方米): returns the
-- last token before them.
function phrase.skip_fillers(doc, k)
  while k > 0 do
    local w = doc:word(k)
    if doc:tag(k) == "blank" and w ~= "\n" then k = k - 1
    elseif w == "于" and LESS[doc:word(k - 1)] then k = k - 2
    elseif doc:word(k - 1) == "每" and doc:tag(k) ~= "w" then k = k - 2
    elseif doc:tag(k) == "q" and doc:word(k - 1):find "^每." then k = k - 2 -- 每百|平方公里
    elseif w:find "^每." then k = k - 1
    elseif vocabulary.fillers[w] or w == "将" then k = k - 1
    elseif MODALS[w] and vocabulary.fillers[doc:word(k + 1)] then k = k - 1
    else break end
  end
  return k
end

-- One character cannot name a thing: 告知|书 takes what it hangs on.
local function with_neighbour(doc, first, last)
  if first ~= last or chars(doc:word(first)) > 1 then return first end
  local tag = doc:tag(first - 1)
  if tag == "w" or tag == "p" or tag == "c" or tag == "u" or tag == "m" or tag == "q" or tag == "d"
     or tag == "r" or tag == "blank" or vocabulary.scopes[doc:word(first - 1)] then
    return first
  end
  return first - 1
end

-- 点, 队... behind a word they make a noun of: 安置|点.
local HEADED <const> = set "n v vn a g b nz j"
local function headed(doc, k)
  return HEADS[doc:word(k)] and HEADED[doc:tag(k - 1)]
end

-- 帮扶“对子”: a short quoted noun and the word it belongs to.
local function led(doc, open)
  local w, tag = doc:word(open - 1), doc:tag(open - 1)
  local noun = tag == "n" or tag == "vn" or tag == "v" and vocabulary.adnominal[w]
  if doc:word(open) == "“" and noun and chars(w) > 1 and doc:word(open + 2) == "”" then return open - 1 end
  return open + 1
end

-- 省里, 村里: where, not what.
local function located(w)
  return chars(w) == 2 and w:sub(-3) == "里"
end
phrase.located = located

-- 24[小时]降雨量, 一[个人]: what measures the number before it is none of the noun.
local function measured(doc, first, last)
  local w = doc:word(first)
  if first < last and doc:tag(first - 1) == "m" and (vocabulary.durations[w] or w == "个人") then
    return first + 1
  end
  return first
end

-- 机|插|率, 抽|粪|队: characters in a row are a word that the lexicon does not know, whatever it
-- takes them for; a noun where the last is, or one of three.
local PARTS <const> = set "n v vn g a b m j nr ns nz"
local NAMING <const> = set "n g j nz"
local LONGEST_WORD <const> = 4
local function unknown_word(doc, k)
  local e, noun = k, false
  while k - e < LONGEST_WORD and (PARTS[doc:tag(e)] or doc:tag(e) == "q" and doc:tag(e - 1) ~= "m")
    and chars(doc:word(e)) == 1
    and not (vocabulary.numerals[doc:word(e)] or doc:word(e):find "%w" or vocabulary.fillers[doc:word(e)]
      or vocabulary.enders[doc:word(e)]) do
    noun = noun or NAMING[doc:tag(e)]
    e = e - 1
  end
  if k - e < 2 or not noun then return nil end
  return (k - e > 2 or NAMING[doc:tag(k)] or HEADS[doc:word(k)]) and e + 1 or nil
end

-- 信访|总量, 受灾|面积: nouns of measuring, which verbs stand before as attributes.
local MEASURING <const> = set "率 比 量 额 值 数 价 费 积"
local function measures(w) return chars(w) > 1 and MEASURING[w:sub(-3)] end

-- 先进|村, 示范|县: what a place is like makes a noun of 村, which else is where.
local KINDS <const> = set "a b vn"

-- “走晚一步,就没命了。”: speech is no name.
local SENTENCES <const> = set "。 ! ? ……"
local function spoken(doc, open, close)
  for e = open + 1, close - 1 do
    if SENTENCES[doc:word(e)] then return true end
  end
  return false
end

-- The noun phrase that ends at token k: a, b. Third value "verb" when it is one.
function phrase.left(doc, k)
  local open = opened(doc, k, 30)
  if open then
    if spoken(doc, open, k) then return nil end
    if k - open > 1 then return led(doc, open), k - 1, "quoted" end
    return nil
  end
  if doc:word(k) == ")" then
    for e = k - 1, math.max(1, k - 12), -1 do
      if doc:word(e) == "(" then return phrase.left(doc, e - 1) end
    end
  end
  local first, last = unknown_word(doc, k), nil
  local e = k
  if first then
    last, e = k, first - 1
    if doc:tag(first) == "v" then return first, last end -- 公司|送茶包
  end
  while e > 0 and k - e < LONGEST do
    local w, tag = doc:word(e), doc:tag(e)
    local kind = not last and chars(w) == 1 and KINDS[doc:tag(e - 1)] and chars(doc:word(e - 1)) == 2
    if vocabulary.scopes[w] and not kind or w == "的" then break end
    if last and (vocabulary.makers[w] or w == "现有") then break end
    if e == k and headed(doc, e) then
      first, last = e, e
      e = e - 1
    elseif last == e + 1 and headed(doc, last) and (tag == "v" or tag == "vd") and chars(w) <= 3 then
      first = e
      e = e - 1
    elseif last and (vocabulary.adnominal[w]
      or tag == "v" and chars(w) == 2 and measures(doc:word(last))) then
      first = e
      e = e - 1
    elseif e == k and tag == "a" and chars(w) > 1 and HEADS[w:sub(-3)] then -- 清单, which the lexicon has so
      first, last = e, e
      e = e - 1
    elseif NOUN[tag] or tag == "l" or tag == "i" or tag == "x" or tag == "eng" or (tag == "g"
      or tag == "b" or tag == "z")
       or (tag == "m" and chars(w) > 1 and not w:find "%d" and not vocabulary.numerals[w:sub(1, 3)])
       or ((tag == "a" or tag == "an") and last) or (tag == "f" and last) or (chars(w) == 1
         and (tag == "a" or tag == "k")) then
      first, last = e, last or e
      e = e - 1
    else
      break
    end
  end
  local alone = last and first == last and doc:word(last)
  if alone and (vocabulary.no_items[alone] or located(alone)) then return nil end
  if last then return measured(doc, with_neighbour(doc, first, last), last), last end
  e = k
  while e > 0 and k - e < 3 do
    local tag = doc:tag(e)
    if tag ~= "v" and tag ~= "vn" and tag ~= "vd" and tag ~= "ad" and tag ~= "d"
      and tag ~= "a" then break end
    if vocabulary.fillers[doc:word(e)] or vocabulary.no_items[doc:word(e)] then break end
    first, last = e, last or e
    e = e - 1
  end
  -- a verb of one character names nothing: 改了7200户
  if first and (first < last or chars(doc:word(first)) > 1) then return first, last, "verb" end
end

-- Does a person's name stand in the tokens a..b? One that the lexicon has as a
-- word (孙子) is none.
function phrase.named(doc, a, b)
  for e = a, b do
    local name, _, _, after = names.at(doc, e, "list")
    if name and after > e + 1 or doc:tag(e) == "nr" and chars(doc:word(e)) > 2 then return true end
  end
  return false
end

-- The last verb or verbal noun of the clause that token k stands in: for 两次.
function phrase.clause_verb(doc, k)
  local first, last
  for e = k, k + 20 do
    local w, tag = doc:word(e), doc:tag(e)
    if tag == "w" or w == "\n" or w == "" then break end
    if tag == "v" or tag == "vn" or (tag == "n" and last == e - 1) then
      if last ~= e - 1 then first = e end
      last = e
    end
  end
  return first, last
end

return phrase
