-- Runs of clauses told in order: 先A,再B,签字后C,最后D.
--
--   sequence.of(doc) -> { { {a, b}, ... }, ... }   the tokens of each step of a run

local clauses = require "textmill.rules.zh.clauses"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local sequence = {}

local FIRST <const> = clauses.wait "先 首先 第一步 一是先 起初 起先"
local NEXT <const> = set [[再 然后 接着 其次 最后 最终 随后 之后 第二步 第三步 第四步 第五步 第六步 再次 继而 而后 后来 紧接着 尔后]]
local AHEAD <const> = 4 -- tokens of a clause in which the word of order stands
local MOST <const> = 12 -- clauses from the first to the last step
sequence.FIRST, sequence.AHEAD = FIRST, AHEAD
sequence.NEEDS = vocabulary.words(FIRST)
sequence.NEEDS[#sequence.NEEDS + 1] = "后,"

-- 最后...; 签字后...: what begins with the end of the step before.
local BEHIND <const> = set "后 之后 以后"
local function ordered(doc, c)
  local last = math.min(c.b, c.a + AHEAD)
  if clauses.first(doc, c.a, last, NEXT) then return true end
  local k = clauses.first(doc, c.a + 1, math.min(last, c.a + 2), BEHIND)
  return k and k < c.b and doc.tags[k - 1] == "v"
end

-- 首先要...,其次要...: arguments, no steps.
local ARGUED <const> = set "要 是 应 应当 必须 在于 得"
local function argues(doc, c)
  return clauses.word(doc, c.a, math.min(c.b, c.a + AHEAD), "首先")
    and clauses.first(doc, c.a + 1, math.min(c.b, c.a + 2), ARGUED)
end

-- 发现险情后,A立即上报,B随即转移,...: each clause with a word of haste or order.
local PROMPT <const> = set "立即 立刻 随即 马上 迅速 随后 然后 接着 再 最后 先 第一时间"
local function prompted(doc, c, list)
  local parts, o = {}, list[c.n + 1]
  while o and o.part == c.part and o.block == c.block and clauses.first(doc, o.a, o.b, PROMPT) do
    parts[#parts + 1] = { o.a, o.b }
    o = list[o.n + 1]
  end
  return parts
end

-- 最后 ends a run: what a later sentence tells is no step of it.
local LAST <const> = set "最后 最终"
local function last_of(doc, part)
  return clauses.first(doc, part[1], math.min(part[2], part[1] + AHEAD), LAST)
end

-- The run that begins with clause c.
local function run_from(doc, c, list)
  local parts, o = { { c.a, c.b } }, list[c.n + 1]
  while o and o.block == c.block and o.n - c.n < MOST do
    if o.part ~= list[o.n - 1].part and #parts > 1 and last_of(doc, parts[#parts]) then break end
    if ordered(doc, o) then parts[#parts + 1] = { o.a, o.b }
    elseif o.part ~= c.part and o.part ~= list[o.n - 1].part then break end
    o = list[o.n + 1]
  end
  return parts
end

local AFTER <const>, LEAST_PROMPT <const> = clauses.wait "后", 3

local function overlaps(runs, parts)
  for _, run in ipairs(runs) do
    if run[1][1] <= parts[#parts][2] and parts[1][1] <= run[#run][2] then return true end
  end
  return false
end

function sequence.of(doc)
  local runs = doc.sequences
  if runs then return runs end
  runs = {}
  for k, c in clauses.with(doc, FIRST) do
    if k - c.a <= AHEAD and not c.quoted and not argues(doc, c) then
      local parts = run_from(doc, c, clauses.of(doc))
      if #parts >= 2 then runs[#runs + 1] = parts end
    end
  end
  for k, c in clauses.told(doc, AFTER) do
    local parts = k == c.b and c.mark == "," and prompted(doc, c, clauses.of(doc)) or {}
    if #parts >= LEAST_PROMPT and not overlaps(runs, parts) then runs[#runs + 1] = parts end
  end
  doc.sequences = runs
  return runs
end

local WORDS <const> = set "先 首先 再 然后 接着 其次 最后 最终 随后 之后 由 继而 而后"

-- sequence.action(doc, part) -> first token of a step behind its words of order
function sequence.action(doc, part)
  local a = part[1]
  while a < part[2] and WORDS[doc.words[a]] do a = a + 1 end
  return a
end

return sequence
