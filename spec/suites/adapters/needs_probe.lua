-- Our own probe: what reports say of quantities, and what is none.
local cases = require "number_cases"
local tm = require "textmill"

local NUMBERS <const> = { exact = true, approx = true, range = true, fraction = true, ordinal = true,
                          idiom_neg = true }

-- Over and under leave the number itself out or in: 三百余 is from 300.
local function bounded(want, got) return want == nil or got and math.abs(got - want) <= 1 end

local function agrees(e, q)
  if e.type == "ordinal" or e.type == "percent" then
    return q.kind == e.type and cases.near(q.value, e.value)
  end
  if type(e.unit) == "string" and e.unit ~= q.unit and e.unit ~= q.written then return false end
  if e.approx then return q.approx ~= nil and bounded(e.from, q.lo) and bounded(e.to, q.hi) end
  if e.from then return q.lo == e.from and q.hi == e.to end
  return cases.near(q.value, e.value)
end

-- The suite leaves the words behind an ordinal out, and 一个, which is an article.
local function span(input, q)
  if q.kind == "ordinal" then return cases.points(input, q.numbers[1].i, q.numbers[1].j) end
  return cases.points(input, q.i, q.j)
end

local function check(c)
  local list, found = tm.quantities(c.input), {}
  for _, q in ipairs(list) do
    local from, to = span(c.input, q)
    if q.text ~= "一个" then
      found[#found + 1] = { from = from, to = to, agrees = function(e) return agrees(e, q) end }
    end
  end
  return cases.same(found, c.expect), cases.show(list)
end

return { check = cases.with_times("needs_probe", function(c) return not NUMBERS[c.sub] end, check) }
