-- Counts that say how often, and of what there was none in words.
--
--   每月走访一遍, 两天上门一次     one 遍 per 月, one 次 per 两天
--   没有发生一起事故, 差错为零     none
--
-- quantity.measure leaves out every 一 that counts nothing; here the words around it say
-- that it does.

local rule = require "textmill".rule
local phrase = require "textmill.rules.zh.phrase"
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local BODY <const> = { paragraph = true, heading = true, list = true, caption = true, abstract = true }

-- how often ---------------------------------------------------------------------

local ONCE <const> = { "一次", "一遍", "一趟", "一回", "1次", "1遍", "1趟", "1回" }
local PERIODS <const> = set "天 日 周 月 年 季 季度 小时 星期 个月 半年 晚 旬"
local FARTHEST <const> = 10 -- tokens

local STOPS <const> = set ", 。 ; : ! ? 、 “ ”"
local function stops(doc, k)
  local w = doc:word(k)
  return STOPS[w] or w == "" or w:find "\n" ~= nil
end

-- The period that token e ends or is: 每周, 每|两|小时, 两|天: its first token, its words.
local function period_at(doc, e)
  local w = doc:word(e)
  local whole = w:match "^每(.+)$"
  if whole then return PERIODS[whole] and e, whole end
  if not PERIODS[w] then return end
  local before = doc:word(e - 1)
  if before == "每" then return e - 1, w end
  if doc:tag(e - 1) == "m" and not before:find "^第" and doc:word(e + 1) ~= "前" then
    return doc:word(e - 2) == "每" and e - 2 or e - 1, before .. w
  end
end

-- What is done so often: the verbs between the period and the count, or behind it.
local function action(doc, from, k)
  local last
  for e = k - 1, from + 1, -1 do
    local tag = doc:tag(e)
    if tag == "v" or tag == "vn" or tag == "n" then last = last or e else break end
  end
  if last then return last, last end
  return phrase.clause_verb(doc, k + 1)
end

local function how_often(doc, at, words)
  local k = doc:token_at(at)
  if doc:span(k) ~= at or doc:word(k - 1):find "是$" then return end
  for e = k - 1, math.max(1, k - FARTHEST), -1 do
    if stops(doc, e) then return end
    local first, period = period_at(doc, e)
    if first then
      local last = doc:token_at(at + #words - 1)
      local fact = { type = "quantity", value = 1, unit = words:sub(-3), per = period,
        at = { doc:span(first), at + #words - 1 }, spans = { value = { at, at + #words - 1 } } }
      local a, b = action(doc, e, k)
      if a and b >= last then return fact end
      if a then
        local item, i, j = doc:text_of(a, b)
        fact.item, fact.spans.item = item, { i, j }
      end
      return fact
    end
  end
end

local function scan_often(doc)
  local facts = {}
  for at, _, words in doc:each_of(ONCE, BODY) do
    facts[#facts + 1] = how_often(doc, at, words)
  end
  return facts
end

-- none --------------------------------------------------------------------------

local DENIED <const> = { "没有", "未", "没", "无" }
local HAPPENED <const> = { "发生过", "发生", "出现过", "出现", "发现", "接到", "漏掉", "" }
local COUNTED <const> = { "一起", "一例", "一宗", "一件", "一处", "一名", "一桩" }

-- What stands denied before byte at: 没有发生|一起; its first byte, or nil.
local function denied(doc, at)
  for _, happened in ipairs(HAPPENED) do
    local to = at - #happened
    if doc.shown:sub(to, at - 1) == happened then
      for _, word in ipairs(DENIED) do
        local found = doc.shown:sub(to - #word, to - 1) == word
        if found and (word ~= "无" or happened ~= "") then return to - #word end
      end
    end
  end
end

local function scan_none(doc)
  local facts = {}
  for at, _, words in doc:each_of(COUNTED, BODY) do
    local from = denied(doc, at)
    local last = from and doc:token_at(at + #words - 1)
    local a, b = nil, nil
    if from then a, b = phrase.right(doc, last + 1) end
    if from and not a and doc:tag(last + 1) == "v" then a, b = phrase.clause_verb(doc, last + 1) end -- 返贫
    if a == (last or 0) + 1 then
      local item, i, j = doc:text_of(a, b)
      facts[#facts + 1] = { type = "quantity", subtype = "zero", value = 0, unit = words:sub(-3), item = item,
        at = { from, j }, spans = { value = { from, at + #words - 1 }, item = { i, j } } }
    end
  end
  return facts
end

local IS_ZERO <const> = { "为零", "为0", "是零" }
local AFTER <const> = { ",", "。", ";", "、", "!", "\n", "”", ")" }

local function scan_zero(doc)
  local facts = {}
  for at, _, words in doc:each_of(IS_ZERO, BODY) do
    local to = at + #words - 1
    local a, b, how = phrase.left(doc, doc:token_at(at) - 1)
    local ends = text.first(doc.shown, AFTER, to + 1)
    if a and how ~= "verb" and (ends == to + 1 or to == #doc.shown) then
      local item, i, j = doc:text_of(a, b)
      facts[#facts + 1] = { type = "quantity", subtype = "zero", value = 0, unit = "", item = item,
        at = { i, to }, spans = { value = { at + #"为", to }, item = { i, j } } }
    end
  end
  return facts
end

return {
  rule {
    "quantity.often",
    description = "how often one thing is done: 每月走访一遍, 两天一次",
    scan = scan_often, needs = ONCE, cues = ONCE,
    examples = { ["干部每月走访一遍农户。"] = { value = 1, unit = "遍", per = "月" },
                 ["两天采购一次。"] = { value = 1, unit = "次", per = "两天" },
                 ["每两小时巡查1次。"] = { value = 1, unit = "次", per = "两小时", item = "巡查" } },
    counterexamples = { "他又去了一次。", "第二天再去一次。", "每天都是一次考验。" },
  },
  rule {
    "quantity.none",
    description = "what there was none of, told with one of it: 没有发生一起事故",
    scan = scan_none, needs = COUNTED, cues = COUNTED,
    examples = { ["全年没有发生一起溺水事故。"] = { value = 0, unit = "起", item = "溺水事故" },
                 ["至今未出现一例病例。"] = { value = 0, unit = "例", item = "病例" } },
    counterexamples = { "没有和他一起干活。", "发生一起事故。" },
  },
  rule {
    "quantity.is_zero",
    description = "what there is none of: 差错为零",
    scan = scan_zero, needs = IS_ZERO, cues = IS_ZERO,
    examples = { ["今年安全事故为零。"] = { value = 0, item = "安全事故" } },
    counterexamples = { "起点为零下三度。", "化整为零。" },
  },
}
