-- What the adapters of number suites share: quantities of an input with offsets
-- in code points, and comparisons.
local tm = require "textmill"

local cases = {}

-- Byte span i, j (1-based, inclusive) -> code points, end exclusive.
function cases.points(text, i, j)
  return utf8.len(text, 1, i - 1) or 0, utf8.len(text, 1, j)
end

function cases.near(a, b, tolerance)
  if a == b then return true end
  return type(a) == "number" and type(b) == "number"
    and math.abs(a - b) <= (tolerance or 1e-9) * math.max(math.abs(a), math.abs(b))
end

-- The one quantity that is all of the input, or nil and what was found.
function cases.whole(input)
  local list = tm.quantities(input)
  local q = list[1]
  if #list == 1 and q.i == 1 and q.j == #input then return q end
  return nil, cases.show(list)
end

function cases.show(list)
  local out = {}
  for k, q in ipairs(list) do
    out[k] = ("%s=%s[%s,%s]%s %s"):format(q.text, q.value, q.lo, q.hi, q.unit or "", q.kind or "")
  end
  return #out > 0 and table.concat(out, " | ") or "nothing"
end

-- Bounds as the suites write them: nil where there is none.
function cases.bounds(q)
  local lo, hi = q.lo, q.hi
  if lo == -math.huge or q.approx == "most" then lo = nil end
  if hi == math.huge then hi = nil end
  return lo, hi
end

-- A number of an expectation; null is none.
function cases.number(x) return type(x) == "number" and x or tonumber(x) end

-- Does s begin with one of the words?
function cases.starts(s, words)
  for _, w in ipairs(words) do
    if s:sub(1, #w) == w then return true end
  end
  return false
end

-- Are the found entities {start=, end_=, ok = function(expected)} those expected?
function cases.same(found, expect)
  if #found ~= #expect then return false end
  for k, e in ipairs(expect) do
    local f = found[k]
    if f.from ~= e.start or f.to ~= e["end"] or not f.agrees(e) then return false end
  end
  return true
end

-- check of a suite that also holds time expressions: those are another adapter's.
function cases.with_times(name, is_time, check)
  local found, times = pcall(require, "adapters." .. name .. "_time")
  return function(c)
    if not is_time(c) then return check(c) end
    if not found then return "refused", "dates and times" end
    return times.check(c)
  end
end

return cases
