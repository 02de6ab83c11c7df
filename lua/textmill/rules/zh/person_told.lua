-- People whom no role stands before: who speak, are presented, elected, addressed.

local core = require "textmill.core"
local rule = require "textmill".rule
local given = require "textmill.rules.zh.given"
local names = require "textmill.rules.zh.names"
local people = require "textmill.rules.zh.people"
local roles = require "textmill.rules.zh.roles"
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local BODY <const> = people.BODY

-- Titles behind a surname or a name: 高女士, 王奶奶.
local ADDRESS <const> = { "女士", "先生", "奶奶", "爷爷", "大爷", "大妈", "大娘", "阿姨", "大姐", "大哥", "大叔", "老伯",
  "老太", "婆婆", "同学", "老师", "医生", "阿婆", "阿公", "大婶", "大伯", "老汉", "师傅", "大嫂",
  "婶", "叔", "嫂", "伯", "姨", "婆", "老人" }
local ONE <const> = 3 -- bytes: 冯婶, a word behind which no noun stands
local NO_NOUN <const> = set "n nr ns nz g x j nt vn"

-- What stands behind a name that nothing stands before: 说, 同志, 大娘, 等15名.
local SPEECH <const> = vocabulary.set [[说 表示 介绍 告诉 坦言 回忆 感慨 解释 说道 介绍说 告诉记者 同志 女士 先生 奶奶 爷爷 大爷 大妈 大娘 阿姨 大姐
  大哥 大叔 老师]]
-- What people do in reports, and 今年 86 岁: behind a name of which every character is likely.
local DEEDS <const> = set [[主持 主讲 出席 强调 指出 要求 致辞 讲话 笑着 告诉 高兴 感激 激动 陪同 率队 带队 作报告 宣读 代表 带领 今年
  介绍道 说着 回忆道 深情 哽咽 说起
  热情 笑 乐呵呵 掰 指着 拿出 算]]
local TOLD <const> = vocabulary.words(SPEECH)
table.move(vocabulary.words(DEEDS), 1, #vocabulary.words(DEEDS), #TOLD + 1, TOLD)
TOLD[#TOLD + 1] = "等"

local function told(doc, k)
  local w = doc.words[k] or ""
  if SPEECH[w] then return true end
  if w == "今年" then return doc.tags[k + 1] == "m" and (doc.words[k + 2] or ""):sub(1, 3) == "岁" end
  return w == "等" and doc.tags[k + 1] == "m" and (doc.words[k + 2] == "名" or doc.words[k + 2] == "位")
end

-- 丁大海|主持会议: three characters, or two that the lexicon takes for a name.
local NAMELY <const> = set "nr g nz"
local function doing(doc, k)
  if not DEEDS[doc.words[k]] then return nil end
  local f = people.before(doc, k)
  local e = f and doc:token_at(f.at[1])
  local full = f and (utf8.len(f.name) > 2 or NAMELY[doc.tags[e] or "w"] and NAMELY[doc.tags[k - 1] or "w"])
  return full and names.likely(doc, e, f.name) and f or nil
end

local function scan_told(doc)
  local facts, places = {}, doc:tokens_with(TOLD, BODY) or {}
  for n = 1, #places, 2 do
    local k = places[n]
    if k > doc:token_at(doc.blocks[places[n + 1]].si) then
      facts[#facts + 1] = told(doc, k) and people.before(doc, k) or doing(doc, k)
    end
  end
  return facts
end

-- 卖米粉的|丁大海|一天卖...: a full name of likely characters behind 的, and a verb behind it.
local OF <const> = { "的" }
local NONE <const> = core.char_bits {}
local OWNED <const> = set "家 老人 同志 夫妇 夫妻 一家"
local NAME_TAGS <const> = set "nr ns nz"
local BEHIND_NAME <const> = set "v d p t m c"
local function of_given(name)
  for _, c in utf8.codes(name:sub(4)) do
    if not given.CHARACTERS[utf8.char(c)] then return false end
  end
  return true
end

-- May a surname alone, and no word of two characters behind it, stand at token k? 金银花, 金|银花
local function may_be_full(doc, k)
  local words = doc.words
  return utf8.len(words[k] or "") == 1
    and not (utf8.len(words[k + 1] or "") == 2 and not NAME_TAGS[doc.tags[k + 1] or "w"])
end

local function scan_of(doc)
  local facts, places = {}, doc:tokens_ending(OF, BODY, names.openers(doc), NONE) or {}
  for n = 1, #places, 2 do
    local k = places[n] + 1
    local name, i, j, nxt
    if may_be_full(doc, k) and doc.words[k - 1] == "的" then name, i, j, nxt = names.at(doc, k, "list") end
    if name and nxt > k + 1 and utf8.len(name) == 3
      and (BEHIND_NAME[doc.tags[nxt] or "w"] or OWNED[doc.words[nxt]]) and names.likely(doc, k, name)
      and of_given(name) then
      facts[#facts + 1] = people.fact(doc, name, i, j)
    end
  end
  return facts
end

-- 王某,男,...现任村支书; 名叫王某的: people who are presented.
local SEXES <const> = { ",男,", ",女,", "(男", "(女", ",男性,", ",女性," }
local CALLED <const> = { "名叫" }
local PRESENTING <const> = { ",男,", ",女,", "(男", "(女", ",男性,", ",女性,", "名叫" }
local HOLDS <const> = { "现任", "时任", "曾任", "历任" }
local PRESENTED <const> = 200 -- bytes of a life

local IS_ALSO <const> = { ",是", ",系", ",现任", ",时任", ",曾任" } -- 名叫甲,是镇退休教师
local function presented(doc, f, b, holds)
  local j = math.min(b.sj, f.at[2] + PRESENTED)
  local life = doc.shown:sub(f.at[2] + 1, j)
  local stop = text.first(life, { "。", "\n" }, 1)
  local at, mark = text.first(stop and life:sub(1, stop - 1) or life, holds, 1)
  if not at then return end
  local k = doc:token_at(f.at[2] + at + #mark)
  local a, e = roles.at(doc, k)
  if a and doc:span(a) == f.at[2] + at + #mark then people.hold(doc, f, a, e) end
end

local function scan_presented(doc)
  local facts = {}
  for at, b in doc:each_of(SEXES, BODY) do
    local f = at > b.si and people.before(doc, doc:token_at(at))
    if f then
      presented(doc, f, b, HOLDS)
      facts[#facts + 1] = f
    end
  end
  for at, b, w in doc:each_of(CALLED, BODY) do
    local k = doc:token_at(at + #w)
    local name, i, j, nxt = names.at(doc, k, "role")
    if name and doc:span(k) == at + #w then
      local a, e
      if doc.words[nxt] == "的" then a, e = roles.at(doc, nxt + 1) end
      local f = people.fact(doc, name, i, j, a, e)
      if not a then presented(doc, f, b, IS_ALSO) end
      facts[#facts + 1] = f
    end
  end
  return facts
end

-- 任命某某为..., 推选某某为...; 某某当选..., 某某担任...; 时任...的某某: offices that are given and held.
local GIVES <const> = { "任命", "推选", "选举", "聘请", "推举", "选聘", "聘任", "提名", "推荐" }
local TAKES <const> = { "当选", "担任", "兼任", "出任", "升任", "改任", "调任", "接任", "转任", "任" }
local HELD <const> = { "时任", "现任", "曾任", "新任" }
local APPOINTS <const> = {}
local AND_OTHERS <const> = { "等" }
for _, list in ipairs { GIVES, TAKES, HELD, AND_OTHERS, { "是" } } do
  table.move(list, 1, #list, #APPOINTS + 1, APPOINTS)
end
local AS <const> = set "为 任 担任 当 做"

local MOST_LISTED <const> = 12

-- The fact of a name and the office that begins at token k, where one does.
local function holding(doc, f, k)
  local a, e = roles.at(doc, k)
  return f and a and people.hold(doc, f, a, e) or nil
end

-- 选举甲、乙和丙为副主任
local JOINING <const> = set "、 和 与 及"
local function given_office(doc, k, out)
  local named, nxt = {}, k
  repeat
    local name, i, j, after = names.at(doc, nxt + 1, #named == 0 and "role" or "row")
    if not name then return nil end
    named[#named + 1], nxt = people.fact(doc, name, i, j), after
    if doc.words[nxt] == "同志" then nxt = nxt + 1 end
  until not JOINING[doc.words[nxt]] or #named > MOST_LISTED
  for n = 1, AS[doc.words[nxt]] and #named or 0 do out[#out + 1] = holding(doc, named[n], nxt + 1) end
end

-- 某某[以1703票]当选: the token behind the name.
local function behind_votes(doc, k)
  for e = k - 1, math.max(2, k - 4), -1 do
    if doc.words[e] == "以" and doc.words[k - 1] == "票" then return e end
  end
  return k
end

-- 甲、乙、丙当选副主任: those listed before the one at token k, with the same office.
local function listed_with(doc, f, k, out)
  local p = f.spans.name[1]
  for _ = 1, MOST_LISTED do
    if doc.shown:sub(p - 3, p - 1) ~= "、" then return end
    local o = people.before(doc, doc:token_at(p - 3))
    local held = o and holding(doc, o, k)
    if not held then return end
    p, out[#out + 1] = o.spans.name[1], held
  end
end

-- 民警甲[被选派到村]担任第一书记, 甲[主动请缨]担任队长: who is named before how the office came.
local CAME <const> = set "被 经 主动 毅然 自愿 受 从 连续 回村 返乡 又 还 也 现 曾"
local FARTHEST_CAME <const>, LONGEST_NAME <const> = 12, 4 -- tokens
local function behind_role(doc, e)
  for a = e - 1, math.max(2, e - LONGEST_NAME), -1 do
    if (doc.tags[a] or "w") == "w" then return nil end
    local name, i, j, nxt = names.at(doc, a, "role")
    if name and nxt == e and utf8.len(name) > 1 and roles.ending(doc, a - 1) then
      local f = people.fact(doc, name, i, j)
      f.office = true -- beside the one before the name
      return f
    end
  end
end

local function named_before(doc, k)
  for e = k - 1, math.max(2, k - FARTHEST_CAME), -1 do
    if (doc.tags[e] or "w") == "w" then return nil end
    if CAME[doc.words[e]] then
      local f = people.before(doc, e)
      local full = f and utf8.len(f.name) > 2 and names.likely(doc, doc:token_at(f.at[1]), f.name)
      return full and f or behind_role(doc, e)
    end
  end
end

local function taken_office(doc, k, out)
  local before = doc.words[k - 1] == "同志" and k - 1 or behind_votes(doc, k)
  local office = AS[doc.words[k + 1]] and k + 2 or k + 1
  local f = holding(doc, people.before(doc, before), office)
  if f then listed_with(doc, f, office, out) end
  return f or holding(doc, named_before(doc, k), office)
end

-- 丁大海是河湾村的[养蜂大户]: what somebody is, up to the end of the clause.
local IS <const> = { "是" }
local LONGEST_PREDICATE <const> = 12 -- tokens
local function being(doc, k)
  local f = people.before(doc, k)
  local first = f and doc:token_at(f.at[1])
  if not f or utf8.len(f.name) < 3 or not names.likely(doc, first, f.name) then return nil end
  local e = k
  while e < k + LONGEST_PREDICATE and (doc.tags[e + 1] or "w") ~= "w" do e = e + 1 end
  local a, b = roles.ending(doc, e)
  if not a or a <= k then return f end
  return people.hold(doc, f, a, b)
end

-- 选聘甲、乙等18人[为]护林员: all who are named, with the office.
local OTHERS <const> = set "人 名 位"
local function with_others(doc, k, out)
  if doc.tags[k + 1] ~= "m" then return nil end
  local of, office = doc.words[k + 2] or "", nil
  if of == "人为" then office = k + 3
  elseif OTHERS[of] and AS[doc.words[k + 3]] then office = k + 4 end
  local f = office and holding(doc, people.before(doc, k), office)
  if f then listed_with(doc, f, office, out) end
  return f
end

-- 时任镇长的甲, 新任村支书、村主任的乙: offices up to 的, and the name behind it.
local OFFICES <const> = 3
local function held_office(doc, k)
  local a, e = roles.at(doc, k + 1)
  for _ = 2, OFFICES do
    local _, more
    if a and doc.words[e + 1] == "、" then _, more = roles.at(doc, e + 2) end
    e = more or e
  end
  if not a or doc.words[e + 1] ~= "的" then return nil end
  local name, i, j = names.at(doc, e + 2, "role")
  return name and people.fact(doc, name, i, j, a, e)
end

local WAYS <const> = { { GIVES, given_office }, { TAKES, taken_office }, { HELD, held_office },
  { AND_OTHERS, with_others }, { IS, being } }

local function scan_appointed(doc)
  local facts = {}
  for _, way in ipairs(WAYS) do
    local places = doc:tokens_with(way[1], BODY) or {}
    for n = 1, #places, 2 do
      local k = places[n]
      local opens = k == doc:token_at(doc.blocks[places[n + 1]].si) -- nobody stands before
      local f = not (opens and way[1] == TAKES) and way[2](doc, k, facts) -- which may add others
      if f then facts[#facts + 1] = f end
    end
  end
  return facts
end

-- [晏绍]文老人: the full name that ends right before the address at token k, with that as what somebody is.
local function full_before(doc, k, last)
  for e = k - 1, math.max(1, k - 2), -1 do
    local name, i, j, nxt = names.at(doc, e, "list")
    local full = name and nxt == last and utf8.len(name) > 2 and doc:tag(e) == "nr"
    if full and names.likely(doc, e, name) then
      return people.fact(doc, name, i, j, roles.NOUNS[doc:word(last)] and last or nil, last)
    end
  end
end

-- 他|和|老师: a surname that is a function word, where nothing tells otherwise; 儿子|于|先生
local JOINS <const>, AND <const> = set "c p u", "和"
local function joins(doc, k)
  if not JOINS[doc:tag(k)] or text.edge(doc.shown, doc:span(k) - 1) then return false end
  return doc:word(k) == AND or not roles.ending(doc, k - 1)
end

-- The person with the address a at byte `at`: a surname before it, which begins a token.
local function addressed(doc, at, a)
  local k, last = doc:token_at(at - 3), doc:token_at(at)
  local before = doc.shown:sub(math.max(1, at - 6), at - 4)
  local alone = #a > ONE or doc:word(last) == a and not NO_NOUN[doc:tag(last + 1)]
  if doc:span(k) ~= at - 3 or not alone or joins(doc, k) then return nil end
  local full = last > k and full_before(doc, k, last)
  if full then return full end
  if names.is_surname(doc, before) then return nil end
  local ra, rk = roles.ending(doc, k - 1)
  local f = people.fact(doc, doc.shown:sub(at - 3, at + #a - 1), at - 3, at + #a - 1, ra, rk)
  f.addressed = roles.NOUNS[a] and not ra and a or nil
  return f
end

-- 高女士: a surname and an address, which recognisers of full names pass over.
local function scan_addressed(doc)
  local facts = {}
  for _, a in ipairs(ADDRESS) do
    for at, b in doc:each(a, BODY) do
      local surname = at - 3 >= b.si and doc.shown:sub(at - 3, at - 1)
      if surname and names.is_surname(doc, surname) then facts[#facts + 1] = addressed(doc, at, a) end
    end
  end
  return facts
end

-- 老罗笑着说: the familiar name of somebody whose full name is not told (see finish).
local FAMILIAR <const> = { "老", "小" }
local FAMILIAR_BEHIND <const> = set "说 笑 笑着 告诉 介绍 一家 家 高兴 坦言 算 感慨 回忆 的 是 和 在 把 一边 每天 夫妇"
local function scan_familiar(doc)
  local facts = {}
  for at, b in doc:each_of(FAMILIAR, BODY) do
    local k = doc:token_at(at)
    local before = doc.words[k - 1] or ""
    local free = at == b.si or text.edge(doc.shown, at - 1) or doc.tags[k - 1] == "v"
    if doc:span(k) == at and free and names.familiar(doc, k) and before ~= "、" then
      local name, i, j, nxt = names.at(doc, k, "list")
      if name and #name == 6 and FAMILIAR_BEHIND[doc.words[nxt]] then
        local f = people.fact(doc, name, i, j)
        f.familiar = true
        facts[#facts + 1] = f
      end
    end
  end
  return facts
end

return {
  rule {
    "person.familiar",
    description = "the familiar name of somebody whose full name is not told: 老罗",
    scan = scan_familiar, needs = FAMILIAR,
    examples = { ["老罗笑着说,日子好过了。"] = { name = "老罗" } },
    counterexamples = { "老人笑着说。", "小麦的长势好。", "老乡在等。" },
  },
  rule {
    "person.address",
    description = "a surname with an address: 高女士, 王奶奶",
    scan = scan_addressed, needs = ADDRESS,
    examples = { ["市民高女士说。"] = { name = "高女士", role = "市民" } },
    counterexamples = { "女士优先。" },
  },
  rule {
    "person.presented",
    description = "people who are presented: 李明,男,...现任村支书; 名叫李明的",
    scan = scan_presented, needs = PRESENTING,
    examples = {
      ["李建国,男,1970年生,现任河湾村党支部书记。"] = { name = "李建国", role = "河湾村党支部书记" },
      ["来了个名叫王大勇的小伙。"] = { name = "王大勇" },
    },
    counterexamples = { "报名者,男,年满18岁。", "这种花名叫海棠。" },
  },
  rule {
    "person.appointed",
    description = "an office given or held: 任命李明为主任, 李明当选为主任, 时任镇长的李明",
    scan = scan_appointed, needs = APPOINTS,
    examples = {
      ["会议推选赵玉兰为妇女主任。"] = { name = "赵玉兰", role = "妇女主任" },
      ["王德福当选为村委会主任。"] = { name = "王德福", role = "村委会主任" },
      ["刘大伟以205票当选村委会主任。"] = { name = "刘大伟", role = "村委会主任" },
      ["陈志远同志任镇党委副书记。"] = { name = "陈志远", role = "镇党委副书记" },
      ["时任镇长的何建华说。"] = { name = "何建华", role = "镇长" },
    },
    counterexamples = { "选举产生新一届委员会。", "任职期限为三年。", "担任组长的同志要负责。" },
  },
  rule {
    "person.told_of",
    description = "a full name behind what is told of somebody: 卖米粉的丁大海",
    scan = scan_of, needs = OF,
    examples = { ["卖米粉的丁大海一天卖出200碗。"] = { name = "丁大海" } },
    counterexamples = { "山上的金银花开了。", "这里的高山蔬菜卖得好。", "村里的李子树结果了。" },
  },
  rule {
    "person.comrade",
    description = "a full name before 同志, an address or a verb of speech",
    scan = scan_told, needs = TOLD,
    examples = { ["王建平同志来了。"] = { name = "王建平" }, ["“好。”李建国说。"] = { name = "李建国" } },
    counterexamples = { "党员同志们。" },
  },
}