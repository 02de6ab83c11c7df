-- Recognizers-Text, numbers of Chinese: every number, percentage, ordinal or range
-- of a text, without units. A percentage's number is what stands behind 分之 (with %, 成,
-- 折 it has none); a dozen is a number, a pair is none; 多 and 余 belong to it only inside.
local cases = require "number_cases"
local tm = require "textmill"

local SMALL <const> = { ["一"] = true, ["两"] = true, ["兩"] = true }

local function agrees_value(value)
  return function(e) return cases.near(value, cases.number(e.value), 1e-9) end
end

-- Ends of a number of the input without a 多 or 余 behind all of it.
local function trimmed(input, i, j)
  local c = input:sub(j - 2, j)
  if c == "多" or c == "余" or c == "餘" then j = j - 3 end
  return i, j
end

local BARE <const> = { "百", "佰", "千", "仟", "万", "萬" }

local reads = {}

function reads.NumberModel(input, q, found)
  for _, n in ipairs(q.numbers) do
    local i, j, value = n.i, n.j, n.value
    local text = input:sub(i, j)
    if (n.kind == "percent" or n.kind == "fraction") and cases.starts(text, BARE) then
      local _, mark = text:find "分 *之 *"
      i = i + mark
      if n.kind == "fraction" then value = tm.number(input:sub(i, j)) end
    elseif n.kind == "percent" then
      goto continue
    end
    if q.dimension == "money" and SMALL[text] then goto continue end -- 一美元: the article
    if q.unit == "打" then j, value = q.j, value * 12 end
    i, j = trimmed(input, i, j)
    if n.kind == "ordinal" and input:sub(i, i + 2) == "第" then i = i + 3 end
    local from, to = cases.points(input, i, j)
    found[#found + 1] = { from = from, to = to, agrees = agrees_value(value) }
    ::continue::
  end
end

-- A range (百分之二三十) is no percentage there.
function reads.PercentModel(input, q, found)
  if q.hi > q.lo and not q.compared then return end
  local bare = cases.starts(q.text, BARE) or cases.starts(q.text, { "十万" })
  local thousandth = q.kind == "fraction" and bare and q.text:find "分之"
  if q.kind ~= "percent" and not thousandth then return end
  local number = q.numbers[1] -- without 超过 or 以上 around it
  local from, to = cases.points(input, q.compared and number.i or q.i, q.compared and number.j or q.j)
  found[#found + 1] = { from = from, to = to, agrees = agrees_value(thousandth and q.value * 100 or q.value) }
end

function reads.OrdinalModel(input, q, found)
  if q.kind ~= "ordinal" then return end
  local from, to = cases.points(input, q.numbers[1].i, q.numbers[1].j)
  found[#found + 1] = { from = from, to = to, agrees = agrees_value(q.value) }
end

-- 十几万, 二百三十余万: "more than", without the upper bound that we know.
local function is_open(q)
  return #q.numbers == 1 and (q.approx == "over" or q.approx == "vague") and q.value >= 1e4
end

local function range_agrees(q)
  return function(e)
    local from, to = cases.bounds(q)
    local want_from, want_to = cases.number(e.from), cases.number(e.to)
    if is_open(q) then return cases.near(q.value, want_from) and want_to == nil end
    local open = (q.lo_open and "(" or "[") .. (q.hi_open and ")" or "]")
    local said = q.approx == "least" or q.approx == "most" -- which ends a bound leaves out is said
    local lower, upper = e.bounds:sub(1, 1), e.bounds:sub(2, 2)
    local lower_fits = not said or not from or lower == open:sub(1, 1)
    local upper_fits = not said or not to or upper == open:sub(2, 2)
    if not (lower_fits and upper_fits) then return false end
    return cases.near(from, want_from) and cases.near(to, want_to)
  end
end

function reads.NumberRangeModel(input, q, found)
  if not (q.bound or q.kind == "range" or is_open(q)) then return end
  local i, j = q.numbers[1].i, q.numbers[#q.numbers].j
  if q.bound then i, j = q.bound[1], q.bound[2] end
  if not q.bound and input:sub(q.i, i - 1) == "从" then i = q.i end -- as 在 of 在A和B之间
  local from, to = cases.points(input, i, j)
  found[#found + 1] = { from = from, to = to, agrees = range_agrees(q) }
end
reads.NumberRangeModelExperimentalMode = reads.NumberRangeModel

local function check(c)
  local list, found = tm.quantities(c.input), {}
  for _, q in ipairs(list) do reads[c.sub](c.input, q, found) end
  return cases.same(found, c.expect), cases.show(list)
end

return { check = check }
