-- JioNLP, money: the whole input is an amount. What says no currency is in yuan;
-- vague amounts are one or ten of their place (几十万: 100000 to 1000000).
local cases = require "number_cases"

-- 角 and 分 are parts of the yuan.
local SMALL <const> = { ["角"] = "元", ["分"] = "元" }
local function unit_of(q) return SMALL[q.unit] or q.unit or "元" end

-- from, to as the suite draws the bounds of 几十万 and 十多
local function blur(q)
  local lo, hi = q.lo, q.hi
  if q.approx == "vague" and hi > lo and lo > q.value then return q.value, hi + lo - q.value end -- 十几万
  if q.approx == "vague" and hi > lo then
    local place = 10 ^ math.floor(math.log(hi, 10) + 1e-9)
    return place, place * 10
  end
  if q.approx == "over" or q.about_over then return q.value, hi + 1 end
  return lo, hi
end

local function check(c)
  local e, q, got = c.expect[1], cases.whole(c.input)
  if not q then return false, got end
  if unit_of(q) ~= e.unit then return false, cases.show { q } end
  if q.shared and q.lo ~= e.from then
    return "refused", "八到九百亿: the first number shares the whole unit of the second"
  end
  local ok
  if e.definition == "accurate" then ok = cases.near(q.value * (q.size or 1), e.value, 1e-6)
  elseif e.definition == "blur+" then ok = cases.near(q.lo, e.value) and q.hi > q.lo
  elseif e.definition == "blur-" then ok = cases.near(q.hi, e.value) and q.lo < q.hi
  elseif e.from then
    local from, to = blur(q)
    ok = cases.near(from, e.from) and cases.near(to, e.to)
  else ok = cases.near(q.value, e.value) and q.approx ~= nil end
  return ok, cases.show { q }
end

return { check = check }
