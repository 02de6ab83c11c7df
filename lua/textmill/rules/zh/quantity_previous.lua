-- Counts whose clause has no noun of its own: what they count was said before.
--
--   收入9863元,[同比增加]792元,[增长]8.7%          how it has changed
--   资金4800万元,[到位]3950万元                     what became of it
--   村民捐款,[最多的]3000元                          the most, the least of it
--   种烤烟1亩,他家[种了]15亩                         the same verb's

local phrase = require "textmill.rules.zh.phrase"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set
local FILLERS <const>, MONEY <const> = vocabulary.fillers, vocabulary.money

local FARTHEST <const> = 25 -- tokens

local CHANGE <const> = phrase.WORDS.change
local BASIS <const> = set [[同比 环比 比 较 与 和 相比 同期 上年同期 去年同期 去年 上年 前年 上月 上季度 上届 上次 往年 年初 年末 月初 同口径 预算 预算数
  计划 目标 任务 同 每 原 原来 之前 以前 此前 分别 年均 平均 其中 则 相 可比 口径 按 可比价 当年 全年 实际 名义]]

-- First token of the clause that token k is in; brackets end it, too.
local function clause_start(doc, k) return phrase.clause(doc, k, true) end

local function near(q, previous)
  return previous and previous.a and previous.sentence == q.sentence
end

-- 比全县平均水平[高]3个百分点, [高于]全省1.2个百分点: against what does not matter.
local AGAINST <const> = set "比 较 与 相比 高于 低于 优于 超过 超出"
local function against(doc, a, b)
  local w = doc.words[a] or ""
  if FILLERS[w] and w ~= "超过" or doc.tags[a] == "d" then w = doc.words[a + 1] or "" end
  if not AGAINST[w] or b <= a then return false end
  if w == "高于" or w == "低于" or w == "优于" then return true end
  local function skipped(k) return FILLERS[doc.words[k]] or doc.words[k] == "出" end
  while b > a and skipped(b) and not CHANGE[doc.words[b]] do b = b - 1 end
  return CHANGE[doc.words[b]] or false
end

-- 同比[每吨]上涨180元: for how much.
local function each_of(doc, e) return doc.words[e]:find "^每" ~= nil or doc.words[e - 1] == "每" end

-- Do tokens a..b say nothing but how something has changed?
local function of_change(doc, a, b)
  local changed = false
  if against(doc, a, b) then return true end
  for e = a, b do
    local w, tag = doc.words[e] or "", doc.tags[e] or "w"
    if CHANGE[w] then changed = true
    elseif not (BASIS[w] or FILLERS[w] or tag == "t" or tag == "u" or tag == "blank" or each_of(doc, e)) then
      return false
    end
  end
  return changed
end

-- The same of a count whose clause is known.
local HELD <const> = phrase.HOLDS
local function line_of(doc, q)
  return q.holds & HELD.BRACKET == 0 and q.clause or clause_start(doc, q.first)
end

local CHANGING <const> = HELD.CHANGE | HELD.OVER
local function changed(doc, q)
  return q.holds & CHANGING ~= 0 and of_change(doc, line_of(doc, q), q.first - 1)
end

-- 到位3950万元: what became of the sum before.
local SPENT <const> = set [[到位 已到位 拨付 兑付 支付 兑现 下达 落实 使用 发放 支出 结余 剩余 完成 实际完成 用去 收回 还款
  偿还 追回]]
local function of_sum(doc, q, previous)
  if not (MONEY[q.unit] and MONEY[previous.unit]) then return false end
  local from, spent = line_of(doc, q), false
  for e = from, q.first - 1 do
    local w = doc.words[e] or ""
    if SPENT[w] then spent = true
    elseif not (FILLERS[w] or BASIS[w] or doc.tags[e] == "d" or doc.tags[e] == "t") then
      return false
    end
  end
  return spent
end

-- 最多的, 最高的: of what was spoken of before.
local MOST <const> = phrase.WORDS.most
local SUMS <const> = set "款 资 金 费 薪 钱 收 贴 助 价 额"
local function superlative(doc, q)
  local words = doc.words
  for e = line_of(doc, q), q.first - 1 do
    if words[e + 1] == "的" and MOST[words[e]] then
      for k = e + 2, q.first - 1 do
        local tag = doc.tags[k] or "w"
        if tag == "n" or tag == "w" or tag == "nz" then return false end
      end
      return true
    end
  end
  return false
end

-- The sum spoken of before token k in its sentence: 村民自发[捐款], 月均[工资].
local function sum_before(doc, k)
  for e = k - 1, math.max(1, k - 2 * FARTHEST), -1 do
    local w = doc.words[e] or ""
    if w == "。" or w:find "\n" then return nil end
    if SUMS[w:sub(-3)] and (utf8.len(w) or 0) > 1 and doc.tags[e] ~= "nr" then return e end
  end
end

-- [生意]比去年好了三成, [苹果]每斤比去年贵了五毛: what is compared, where it stands before 比.
local WITH <const> = phrase.WORDS.with
local DEGREES <const> = set "a v ad"
local function subject(doc, q)
  local words, from, k = doc.words, line_of(doc, q), q.first - 1
  while k > from and (FILLERS[words[k]] or words[k] == "出") and not CHANGE[words[k]] do
    k = k - 1
  end
  if not (CHANGE[words[k]] or DEGREES[doc.tags[k]] and utf8.len(words[k]) == 1) then return nil end
  for e = k - 1, from + 1, -1 do
    if WITH[doc.words[e]] then
      local a, b, how = phrase.left(doc, phrase.skip_fillers(doc, e - 1))
      if a and how ~= "verb" then return a, b end
      return nil
    end
  end
end

-- quantity_previous.of(doc, q, previous) -> tokens a, b of the item; nil: it has one of its own
local MOST_HELD <const>, WITH_HELD <const> = HELD.MOST, HELD.WITH
local function of(doc, q, previous)
  local holds = q.holds
  if holds & MOST_HELD ~= 0 and superlative(doc, q) then
    local e = MONEY[q.unit] and sum_before(doc, line_of(doc, q))
    if e then return e, e end
    if near(q, previous) and previous.unit == q.unit then return previous.a, previous.b end
    return nil
  end
  if holds & WITH_HELD ~= 0 then
    local sa, sb = subject(doc, q)
    if sa then return sa, sb end
  end
  if not near(q, previous) then return nil end
  local base = previous.under or previous
  if changed(doc, q) then return base.a, base.b end
  if MONEY[q.unit] and of_sum(doc, q, previous) then return previous.a, previous.b end
end

return { of = of, of_change = of_change, clause_start = clause_start }
