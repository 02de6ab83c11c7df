-- Counts of one thing before and after: 由46户发展到318户.

local phrase = require "textmill.rules.zh.phrase"
local clause = require "textmill.rules.zh.quantity_clause"
local set = require "textmill.rules.zh.vocabulary".set
local CLAUSE_END <const>, clause_start = clause.ENDS, clause.start

local growth = {}

-- 由46户发展到318户: the second count is of the same thing.
local UP_TO <const> = set "到 至 为"
function growth.grown(doc, q, previous)
  if not previous or not previous.from or q.first - previous.last > 7 then return false end
  for e = previous.last + 1, q.first - 1 do
    if UP_TO[(doc.words[e] or ""):sub(-3)] then return previous.unit == q.unit end
  end
  return false
end

-- 面积[从]1976年的23万亩减少到...: when it was so much stands between.
local WHEN <const>, LONGEST_DATE <const> = set "m t f", 8 -- tags, tokens
local SINCE <const> = set "从 由"
local function dated(doc, q)
  if doc.words[q.first - 1] ~= "的" then return nil end
  for e = q.first - 2, math.max(1, q.first - LONGEST_DATE), -1 do
    if SINCE[doc.words[e]] then return e end
    if not WHEN[doc.tags[e]] then return nil end
  end
end

-- 供水量[由]建成之初的800吨提升到3500吨: the token where what changes begins.
local FROM <const> = phrase.HOLDS.FROM
function growth.origin(doc, q)
  return dated(doc, q) or q.holds & FROM ~= 0 and phrase.origin(doc, q.first, q.clause) or nil
end

-- 销售额由几百元[增长到]8000元: the token before 由, where what follows it is no count.
local RISEN <const> = set "增长 增加 提高 提升 增长到 发展 扩大 扩展 下降 减少 降低"
growth.RISEN = RISEN
function growth.risen_from(doc, k)
  if not RISEN[doc.words[k]] then return nil end
  local e = phrase.origin(doc, k, clause_start(doc, k))
  return e and e - 1
end

-- 由46户[发展到]318户, not 由2名干部组成
function growth.grows(doc, q)
  for e = q.last + 1, q.last + 5 do
    local w = doc.words[e] or ""
    if CLAUSE_END[w] or w == "组成" then return false end
    if UP_TO[w:sub(-3)] then return true end
  end
  return false
end

return growth
