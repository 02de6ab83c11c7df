-- People whom no role stands before: who speak, are presented, elected, addressed.

local rule = require "textmill".rule
local names = require "textmill.rules.zh.names"
local people = require "textmill.rules.zh.people"
local roles = require "textmill.rules.zh.roles"
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local BODY <const> = people.BODY

-- Titles behind a surname or a name: 高女士, 王奶奶.
local ADDRESS <const> = { "女士", "先生", "奶奶", "爷爷", "大爷", "大妈", "大娘", "阿姨", "大姐", "大哥", "大叔", "老伯",
  "老太", "婆婆", "同学", "老师", "医生" }

-- What stands behind a name that nothing stands before: 说, 同志, 大娘, 等15名.
local SPEECH <const> = vocabulary.set [[说 表示 介绍 告诉 坦言 回忆 感慨 解释 说道 介绍说 告诉记者 同志 女士 先生 奶奶 爷爷 大爷 大妈 大娘 阿姨 大姐
  大哥 大叔 老师]]
local TOLD <const> = vocabulary.words(SPEECH)
TOLD[#TOLD + 1] = "等"

local function told(doc, k)
  local w = doc:word(k)
  if SPEECH[w] then return true end
  return w == "等" and doc:tag(k + 1) == "m" and (doc:word(k + 2) == "名" or doc:word(k + 2) == "位")
end

local function scan_told(doc)
  local facts, places = {}, doc:tokens_with(TOLD, BODY) or {}
  for n = 1, #places, 2 do
    local k = places[n]
    if told(doc, k) and k > doc:token_at(doc.blocks[places[n + 1]].si) then
      facts[#facts + 1] = people.before(doc, k)
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

local function presented(doc, f, b)
  local i, j = f.at[1], math.min(b.sj, f.at[2] + PRESENTED)
  local life = doc.shown:sub(f.at[2] + 1, j)
  local stop = text.first(life, { "。", "\n" }, 1)
  local at, mark = text.first(stop and life:sub(1, stop - 1) or life, HOLDS, 1)
  if not at then return end
  local k = doc:token_at(f.at[2] + at + #mark)
  local a, e = roles.at(doc, k)
  if not a or doc:span(a) ~= f.at[2] + at + #mark then return end
  f.role, f.spans.role = doc:text_of(a, e), { doc:span(a), select(2, doc:span(e)) }
  f.at = { i, f.spans.role[2] }
end

local function scan_presented(doc)
  local facts = {}
  for at, b in doc:each_of(SEXES, BODY) do
    local f = at > b.si and people.before(doc, doc:token_at(at))
    if f then
      presented(doc, f, b)
      facts[#facts + 1] = f
    end
  end
  for at, _, w in doc:each_of(CALLED, BODY) do
    local k = doc:token_at(at + #w)
    local name, i, j, nxt = names.at(doc, k, "role")
    if name and doc:span(k) == at + #w then
      local a, e
      if doc:word(nxt) == "的" then a, e = roles.at(doc, nxt + 1) end
      facts[#facts + 1] = people.fact(doc, name, i, j, a, e)
    end
  end
  return facts
end

-- 任命某某为..., 推选某某为...; 某某当选..., 某某担任...; 时任...的某某: offices that are given and held.
local GIVES <const> = { "任命", "推选", "选举", "聘请", "推举", "选聘", "聘任", "提名", "推荐" }
local TAKES <const> = { "当选", "担任", "兼任", "出任", "升任", "改任", "任" }
local HELD <const> = { "时任", "现任", "曾任" }
local APPOINTS <const> = {}
local AND_OTHERS <const> = { "等" }
for _, list in ipairs { GIVES, TAKES, HELD, AND_OTHERS } do
  table.move(list, 1, #list, #APPOINTS + 1, APPOINTS)
end
local AS <const> = set "为 任 担任 当 做"

-- The fact of a name and the office that begins at token k, where one does.
local function holding(doc, f, k)
  local a, e = roles.at(doc, k)
  if not f or not a then return nil end
  local role, i, j = doc:text_of(a, e)
  f.role, f.spans.role = role, { i, j }
  f.at = { math.min(f.at[1], i), math.max(f.at[2], j) }
  return f
end

local function given_office(doc, k)
  local name, i, j, nxt = names.at(doc, k + 1, "role")
  if not name then return nil end
  if doc:word(nxt) == "同志" then nxt = nxt + 1 end
  return AS[doc:word(nxt)] and holding(doc, people.fact(doc, name, i, j), nxt + 1)
end

-- 某某[以1703票]当选: the token behind the name.
local function behind_votes(doc, k)
  for e = k - 1, math.max(2, k - 4), -1 do
    if doc:word(e) == "以" and doc:word(k - 1) == "票" then return e end
  end
  return k
end

-- 甲、乙、丙当选副主任: those listed before the one at token k, with the same office.
local MOST_LISTED <const> = 12
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

local function taken_office(doc, k, out)
  local before = doc:word(k - 1) == "同志" and k - 1 or behind_votes(doc, k)
  local office = AS[doc:word(k + 1)] and k + 2 or k + 1
  local f = holding(doc, people.before(doc, before), office)
  if f then listed_with(doc, f, office, out) end
  return f
end

-- 选聘甲、乙等18人[为]护林员: all who are named, with the office.
local OTHERS <const> = set "人 名 位"
local function with_others(doc, k, out)
  if doc:tag(k + 1) ~= "m" then return nil end
  local of, office = doc:word(k + 2), nil
  if of == "人为" then office = k + 3
  elseif OTHERS[of] and AS[doc:word(k + 3)] then office = k + 4 end
  local f = office and holding(doc, people.before(doc, k), office)
  if f then listed_with(doc, f, office, out) end
  return f
end

local function held_office(doc, k)
  local a, e = roles.at(doc, k + 1)
  if not a or doc:word(e + 1) ~= "的" then return nil end
  local name, i, j = names.at(doc, e + 2, "role")
  return name and people.fact(doc, name, i, j, a, e)
end

local WAYS <const> = { { GIVES, given_office }, { TAKES, taken_office }, { HELD, held_office },
  { AND_OTHERS, with_others } }

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

-- 高女士: a surname and an address, which recognisers of full names pass over.
local function scan_addressed(doc)
  local facts = {}
  for _, a in ipairs(ADDRESS) do
    local p = 1
    while true do
      local at = doc:find(a, p)
      if not at then break end
      p = at + #a
      local surname = doc.shown:sub(at - 3, at - 1)
      local b = at > 3 and doc:shown_block(at)
      if b and BODY[b.kind] and at - 3 >= b.si and names.is_surname(doc, surname) then
        local before = doc.shown:sub(math.max(1, at - 6), at - 4)
        local k = doc:token_at(at - 3)
        local i = doc:span(k)
        if i == at - 3 and not names.is_surname(doc, before) then
          local ra, rk = roles.ending(doc, k - 1)
          facts[#facts + 1] = people.fact(doc, surname .. a, at - 3, at + #a - 1, ra, rk)
        end
      end
    end
  end
  return facts
end

return {
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
    "person.comrade",
    description = "a full name before 同志, an address or a verb of speech",
    scan = scan_told, needs = TOLD,
    examples = { ["王建平同志来了。"] = { name = "王建平" }, ["“好。”李建国说。"] = { name = "李建国" } },
    counterexamples = { "党员同志们。" },
  },
}