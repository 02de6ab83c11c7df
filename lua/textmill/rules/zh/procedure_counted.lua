-- Procedures whose steps are counted: the list is as long as it says.
--
--   推行四步送书法:电话预约、馆员登记、骑手配送、定期回收
--   奖金按三个环节发放——班级推荐、校内公示、银行转账

local clauses = require "textmill.rules.zh.clauses"
local lists = require "textmill.rules.zh.lists"
local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"

local KINDS <const> = { paragraph = true, list = true }
local COUNTED <const> = { "步", "个环节", "个步骤", "道程序", "道工序", "个程序", "道手续", "个流程", "项流程", "道关口" }
local POINT <const>, COMMA <const> = { "、" }, { "," }
local ENDS <const> = { "。", ";", "\n", "(" }
local AFTER <const> = 8 * 3 -- bytes of what stands between the count and its list
local LONGEST <const> = 16 -- characters of a step
local LEAST <const> = 3

-- The number right before shown byte at, or nil.
local function number_before(s, at)
  local digits = s:sub(math.max(1, at - 2), at - 1):match "(%d%d?)$"
  return digits and tonumber(digits) or vocabulary.numerals[s:sub(at - 3, at - 1)]
end

-- Where the list begins that a colon or a dash announces behind shown byte j.
local STOPS <const> = { ":", "—", ",", "。", ";", "\n", "(" }
local function list_from(s, j)
  local stop = text.first(s, STOPS, j, j + AFTER + #"—" - 1)
  if not stop or stop - j > AFTER then return nil end
  if s:sub(stop, stop) == ":" then return stop + 1 end
  local p = stop
  while s:sub(p, p + 2) == "—" do p = p + 3 end
  return p > stop and p or nil
end

-- Where the list of n steps ends that begins at byte i of the block; nil where that is too far for so many.
local MOST <const>, FARTHEST <const> = 20, 100 -- steps; bytes of each
local function list_end(s, b, i, n)
  local to = math.min(b.sj, i + math.min(n, MOST) * FARTHEST)
  local stop = text.first(s, ENDS, i, to)
  return stop and stop - 1 or to == b.sj and to or nil
end

-- The parts of shown i..j between such marks, if they are n, each short.
local function parts_of(s, i, j, n, marks)
  local items = lists.split_at(s, i, j, marks)
  if #items ~= n then return nil end
  for _, it in ipairs(items) do
    local chars = utf8.len(it.text) or 0
    if chars < 2 or chars > LONGEST or it.text:find("—", 1, true) then return nil end
  end
  return items
end

-- Does another rule have steps there?
local function known(facts, i, j)
  for _, f in ipairs(facts) do
    if f.type == "step" and f.mentions and f.mentions[1].i <= j and i <= f.mentions[1].j then return true end
  end
  return false
end

local function scan(doc, before)
  local facts, reached, s = {}, 0, doc.shown
  for at, b in doc:each_of(COUNTED, KINDS) do
    local n = at > reached and number_before(s, at)
    local c = n and n >= LEAST and clauses.at(doc, at)
    local from = c and not c.quoted and list_from(s, at)
    local stop = from and from <= b.sj and list_end(s, b, from, n)
    if stop then
      local items = parts_of(s, from, stop, n, POINT) or parts_of(s, from, stop, n, COMMA)
      if items and known(before or {}, doc:to_clean(from, stop)) then items = nil end
      for k, it in ipairs(items or {}) do
        local i, j = it.i, it.j
        facts[#facts + 1] = { type = "step", n = k, name = it.text, at = { i, j },
          spans = { action = { i, j } } }
        reached = j
      end
    end
  end
  return facts
end

return {
  rule {
    "step.counted",
    description = "四步工作法:A、B、C、D: as many steps as it says",
    scan = scan, needs = COUNTED,
    examples = { ["推行三步修理法:住户报修、物业派单、上门回访。"] = { n = 3, name = "上门回访" },
                 ["奖金按三个环节发放——班级推荐、校内公示、银行转账。"] = { n = 2, name = "校内公示" } },
    counterexamples = { "迈出三步:学习、实践。", "分三步走。" },
  },
}
