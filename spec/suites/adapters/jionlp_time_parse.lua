-- JioNLP time parsing: closed intervals to the second, a year without a number is
-- the reference's own; its hours of a part of the day.
local tm = require "textmill"
local times = require "times"

local adapter = {}

local HOURS <const> = { dawn = { 0, 6 }, early = { 5, 9 }, morning = { 6, 10 }, forenoon = { 7, 12 },
  noon = { 12, 14 },
  afternoon = { 13, 18 }, dusk = { 17, 19 }, evening = { 18, 24 }, night = { 20, 24 }, midnight = { 0, 1 },
  daytime = { 6, 19 } }

local function show(t) return times.show(t) end

-- Weeks are seven days there, working days have a unit of their own.
local function amounts(amount, work)
  local out = {}
  for unit, n in pairs(amount or {}) do
    if unit == "week" then out.day = (out.day or 0) + 7 * n
    elseif work then out.workday = n
    else out[unit] = (out[unit] or 0) + n end
  end
  return out
end

local function same_amounts(a, b)
  for k, v in pairs(a) do
    if math.abs(v - (b[k] or 0)) > 1e-9 then return false end
  end
  for k in pairs(b) do if a[k] == nil then return false end end
  return true
end

local function check_duration(d, want)
  if d.kind ~= "duration" then return false, tostring(d) end
  local low, high = amounts(d.amount, d.work), amounts(d.high, d.work)
  if want[1] then return same_amounts(low, want[1]) and same_amounts(high, want[2]), tostring(d) end
  return same_amounts(low, want), tostring(d)
end

-- Beginnings and ends of a year are two months there, of a month a week; of a quarter they are its
-- first and last month.
local function blurred(d, from, to, said)
  local p = times.parts(from)
  local month = to - from >= 28 * times.DAY
  if said:find "季" then return from, to end
  if month and d.form == "begin" and p.month == 1 and d.approx then
    return from, times.at(p.year, p.month + 2)
  elseif month and d.form == "end" and to - from < 35 * times.DAY and p.month == 12 then
    return times.at(p.year, 11), to
  elseif not month and d.form == "end" then
    return times.at(p.year, p.month, 25), to
  end
  return from, to
end

-- A moment counted in hours, minutes or seconds lasts that unit or the part of it that was
-- counted: before now it ends there, behind now it begins there (an hour ends with its minute).
local function clock_long(d, at, unit, amount)
  local long = math.min(amount, 1) * times.LENGTH[unit]
  if d.direction < 0 then return at - long, at end
  local to = at + long
  if unit == "hour" and d.direction > 0 then to = times.floor(to, "minute") + 59 end
  return at, to
end

-- The last second of the unit down to which the reference is said: of its day at midnight.
local function end_of(now)
  for _, unit in ipairs { "second", "minute", "hour" } do
    if times.floor(now, unit == "second" and "minute" or unit == "minute" and "hour" or "day") ~= now then
      return times.add(times.floor(now, unit), unit, 1) - 1
    end
  end
  return now + times.DAY - 1
end

-- Two and a half months: a month up to that day or from it on. Half a year: of 365 days.
local function with_half(d, now, at)
  if d.amount.year and d.amount.year % 1 ~= 0 then
    at = now + d.direction * d.amount.year * times.LENGTH.year
    local to = times.add(times.floor(at, "month"), "month", 1) - 1
    if d.mod == "before" then return nil, to end
    if d.mod == "within" then return now, to end
    return times.floor(at, "month"), d.mod ~= "after" and to or nil
  end
  at = times.floor(at, "day")
  if d.mod == "before" then return nil, at + times.DAY - 1 end
  if d.direction < 0 then return at - 31 * times.DAY, at + times.DAY - 1 end
  return at, at + 31 * times.DAY - 1
end

-- 几十年: from twenty to a hundred, in whole tens.
local function tens(d, now, unit)
  local near, far = d.amount[unit] // 10 * 10, d.high[unit] // 10 * 10 + 10
  if d.direction < 0 then near, far = -far, -near end
  local last = times.floor(times.add(now, unit, far), unit)
  return times.floor(times.add(now, unit, near), unit), times.add(last, unit, 1) - 1
end

local function offset(d, now, far)
  local unit, amount = times.finest(d.amount)
  local at = times.seconds(d.from)
  local coarse = unit == "year" or unit == "month"
  if d.mod == "since" then
    if coarse then at = times.floor(at, d.approx and "month" or "day") end
    return at, coarse and now or end_of(now)
  end
  if unit == "year" then at = now + d.direction * amount * times.LENGTH.year end
  if coarse and d.high[unit] > amount and d.high[unit] > 10 then return tens(d, now, unit) end
  if coarse and amount % 1 ~= 0 then return with_half(d, now, at) end
  if d.mod == "within" then
    local to = times.seconds(d.to)
    if unit == "year" or unit == "month" then return now, times.add(times.floor(to, "month"), "month",
      1) - 1 end
    if d.work then return now, times.floor(to, "day") + times.DAY - 1 end
    return now, to
  end
  local from = times.floor(at, unit)
  local to = times.add(from, unit, 1) - 1
  if d.mod == "before" then return nil, (unit == "hour" or unit == "minute") and at or to end
  local clock = unit == "hour" or unit == "minute" or unit == "second"
  if clock then from = at end
  if clock and d.mod ~= "after" then return clock_long(d, at, unit, amount) end
  if d.mod == "after" or (d.direction > 0 and (d.work or d.approx) and far) then return from, nil end
  return from, to
end

local function span(d, now, within)
  local unit = times.finest(d.amount)
  local sign = d.direction
  local far = now
  for u, n in pairs(d.amount) do far = times.add(far, u, sign * n) end
  if sign > 0 then
    if unit == "year" or unit == "month" then return now, times.floor(far, "day") - 1 end
    return now, within and end_of(far) or far
  end
  if unit == "year" or unit == "month" then far = times.floor(far, "day") end
  return far, now
end

-- Winter ends the day before 立春, whose day is that of the year winter begins in.
local function winter(from)
  local year = times.parts(from).year
  local spring = times.parts(times.seconds(tm.date(year .. "年立春")))
  return from, times.at(year + 1, 2, spring.day)
end

-- The interval in that convention, closed; nil for an open side.
local function interval(d, now, said)
  local far, within = said:find "之后", said:find "内$"
  if d.form == "offset" then return offset(d, now, far) end
  if d.form == "span" then return span(d, now, within) end
  local from, to = times.seconds(d.from), times.seconds(d.to)
  if d.mod == "before" or d.mod == "until" then
    local said_from, said_to = blurred(d, times.seconds(d.said_from), times.seconds(d.said_to), said)
    return said_from and now, said_to - 1
  elseif d.mod == "since" and d.to then
    return from, to
  elseif d.mod == "since" then
    return from, from <= now and now or nil
  elseif d.mod == "after" then
    return times.seconds(d.said_from), nil
  elseif d.form == "between" then
    local clock = d.grain == "minute" or d.grain == "second"
    if clock then return from, to + (d.grain == "minute" and 59 or 0) end
    return from, d.grain == "hour" and not d.part_end and to % 3600 == 0
      and to == times.seconds(d.said_from) and to or to - 1
  end
  if d.form == "season" and times.parts(from).month > 9 then from, to = winter(from) end
  from, to = times.part(d, from, to, HOURS)
  if d.form == "part" and said:find "午后" then to = from + 2 * 3600 end
  from, to = blurred(d, from, to, said)
  return from, to - 1
end

local function check_set(d, want, now, said)
  if d.kind ~= "set" then return false, tostring(d) end
  local delta = amounts(d.amount)
  local ok = same_amounts(delta, want.delta)
  if type(want.point) ~= "table" or not want.point.time then return ok and not d.from, tostring(d) end
  local first = want.point.time[1]
  if type(first) == "table" then first = { first[1], first[2] } else first = want.point.time end
  if not d.from then return false, tostring(d) end
  local from, to = times.seconds(d.from), times.seconds(d.to)
  from, to = times.part(d, from, to, HOURS)
  from, to = blurred(d, from, to, said)
  local minute = times.seconds(d.said_to) - times.seconds(d.said_from) == 60 -- the last one is in it
  if d.form == "between" and to % 86400 ~= 0 then to = to + (minute and 60 or 1) end
  local got = show(from) .. "/" .. show(to - 1)
  return ok and now ~= nil and got == first[1] .. "/" .. first[2], got
end

local VAGUE <const> = "JioNLP: 前两天 alone is a week, 几年 is not said: no convention to agree on"

-- One expression of a case: the whole input, or the first one in it.
local function read(c, options)
  local d = tm.date(c.input, options)
  if d then return d end
  options.find = 1
  return (tm.date(c.input, options))
end

function adapter.check(c)
  local e, ref = c.expect[1], times.ref(c)
  local want = e.value
  local o = { ref = ref, prefer = c.options and c.options.ret_future and "future" or "same" }
  if e.type == "duration" then o.kind, o.prefer = "duration", nil end
  local d = read(c, o)
  if not d then return false, "nothing" end
  if e.type == "duration" then return check_duration(d, want) end
  local now = ref and times.seconds(ref)
  if e.type == "set" then return check_set(d, want, now, c.input) end
  if d.kind == "duration" or d.kind == "set" then return false, tostring(d) end
  local unit = times.finest(d.amount)
  if d.form == "span" and d.direction < 0 and c.input:find "^前" then return "refused", VAGUE end
  local few = d.form == "offset" and d.approx and d.high[unit] ~= d.amount[unit] and d.high[unit] < 11
  if few then return "refused", VAGUE end
  local from, to = interval(d, now, c.input)
  local got = (from and show(from) or "-inf") .. "/" .. (to and show(to) or "inf")
  local ok = got == e.from .. "/" .. e.to
  return ok, got
end

return adapter
