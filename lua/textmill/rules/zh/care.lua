-- Services by what is done for whom: care that is named after those who get it.
--
--   给缺劳力的农户代耕代种    每天为老人量血压、送药     老人由志愿者送餐到家
--   开通免费公交专线         超市每天配送蔬菜包300份

local by_type = require "textmill.rules.zh.by_type"
local clauses = require "textmill.rules.zh.clauses"
local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local FOR <const> = set "为 给 帮 帮助 替 对"
local THEY <const> = { "老人", "群众", "农户", "患者", "学生", "残疾人", "居民", "村民", "户", "儿童", "孕产妇", "乡亲", "果农", "病人",
  "车主", "旅客", "考生", "工人", "妇女", "家庭", "农民", "职工", "游客", "老乡", "乡邻", "军属" }
local CARE <const> = { "代耕", "代种", "代收", "代办", "代购", "代缴", "量血压", "测血压", "测血糖", "体检", "理发", "打扫", "洗衣",
  "做饭", "送药", "送餐", "送水", "送菜", "送饭", "看病", "就医", "诊治", "修理", "维修", "接送", "跑腿", "辅导", "义诊", "把脉",
  "免费", "采摘", "收割", "换药", "剪发", "缝补" }
local NOT_CARE <const> = { "保障", "条件", "支撑", "保证", "罚款", "培训班", "经费" }
local KINDS <const> = { paragraph = true, list = true }

-- The token of 为 whom it is, with them between it and the care at byte at.
local function for_whom(doc, c, at)
  for e = c.a, c.b do
    local i, j = doc:span(e)
    if i >= at then return nil end
    if FOR[doc.words[e]] and text.has(doc.shown:sub(j + 1, at - 1), THEY) then return e end
  end
end

-- 老人由志愿者[送餐]到家: those named before 由.
local function by_whom(doc, c, at)
  local by = clauses.word(doc, c.a, c.b, "由")
  local i = by and by > c.a and doc:span(by)
  return i and i < at and text.has(doc.shown:sub(c.i, i - 1), THEY)
end

local LONGEST <const> = 60 -- bytes between 为 and the care

local function fact(doc, from, c, at)
  local i, j = clauses.trim(doc, from, c.b)
  return { type = "event", subtype = "service", name = doc.shown:sub(i, j), at = { i, j },
           spans = { trigger = { at, at + 2 } } }
end

-- The services that are known, as they begin; reach: where those so far end at the latest.
local function services(facts)
  local list, reach = {}, {}
  for _, f in ipairs(by_type.of(facts, "event")) do
    if f.subtype == "service" then list[#list + 1] = f end
  end
  table.sort(list, function(a, b) return a.i < b.i end)
  for k, f in ipairs(list) do reach[k] = math.max(f.j, reach[k - 1] or 0) end
  list.reach = reach
  return list
end

-- Is a service known that overlaps the clause?
local function known(doc, list, c)
  local i, j = doc:to_clean(c.i, c.j)
  local lo, hi = 0, #list -- the last that begins at or before j
  while lo < hi do
    local mid = (lo + hi + 1) // 2
    if list[mid].i <= j then lo = mid else hi = mid - 1 end
  end
  return lo > 0 and list.reach[lo] >= i
end

local function care_at(doc, c, at)
  local from = for_whom(doc, c, at)
  if from and at - (doc:span(from)) <= LONGEST then return from end
  return by_whom(doc, c, at) and c.a or nil
end

-- 开通...专线, 每天配送...300份
local OPENED <const> = { ["开通"] = { "公交", "专线", "校车", "班车", "大巴", "直通车" },
                         ["免费开放"] = { "免费开放" }, ["配送"] = { "份", "箱", "袋", "公斤", "斤" } }
local DAILY <const> = { "每天", "每日", "每周" }
local RUNNING <const> = { ["免费开放"] = true, ["配送"] = true } -- only what goes on

local function opened(doc, c, at, word)
  if not text.has(doc.shown:sub(at, c.j), OPENED[word]) then return nil end
  if RUNNING[word] then return text.has(doc.shown:sub(c.i, c.j), DAILY) and c.a or nil end
  return doc:token_at(at)
end

local WORDS <const> = { table.unpack(CARE) }
for word in pairs(OPENED) do WORDS[#WORDS + 1] = word end
table.sort(WORDS)

local function scan(doc, facts)
  local out, reached, before = {}, 0, services(facts)
  for at, _, word in doc:each_of(WORDS, KINDS) do
    local c = at > reached and clauses.at(doc, at)
    local free = c and not c.quoted and not known(doc, before, c)
    if free and not text.has(doc.shown:sub(c.i, c.j), NOT_CARE) then
      local from
      if OPENED[word] then from = opened(doc, c, at, word) else from = care_at(doc, c, at) end
      if from then out[#out + 1], reached = fact(doc, from, c, at), c.j end
    end
  end
  return out
end

return {
  rule {
    "event.care",
    description = "what is done for whom: 给农户代耕代种, 老人由志愿者送餐到家",
    scan = scan, needs = WORDS,
    examples = {
      ["农机手给孤寡老人代耕三亩。"] = { subtype = "service", name = "给孤寡老人代耕三亩" },
      ["独居老人由邻居送餐到家。"] = { subtype = "service" },
      ["镇里开通乡村公交3条。"] = { name = "开通乡村公交3条" },
    },
    counterexamples = { "为增收提供保障。", "老人体检合格。", "开通热线电话。" },
  },
}
