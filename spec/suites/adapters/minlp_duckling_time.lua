-- MiNLP's Duckling: time, time/date, time/duration, time/repeat: the next one where a
-- year or day is not said, lunar dates by their lunar numbers.
local tm = require "textmill"
local times = require "times"

local adapter = {}

local HOURS <const> = { dawn = { 0, 6 }, early = { 4, 12 }, morning = { 4, 12 }, forenoon = { 8, 12 },
  noon = { 11, 13 },
  afternoon = { 12, 18 }, dusk = { 17, 20 }, evening = { 18, 24 }, night = { 18, 24 }, midnight = { 0, 1 },
  daytime = { 6, 18 } }

local function show(t) return times.show(t, "%Y-%m-%dT%H:%M:%S") end

local function check_duration(d, e)
  if d.kind ~= "duration" then return false, tostring(d) end
  local months = (d.amount.year or 0) * 12 + (d.amount.month or 0)
  if e.unit == "month" and months > 0 then return math.abs(months - e.value) < 1e-6 or d.approx,
    tostring(d) end
  return times.length(d.amount) == e.value * times.LENGTH[e.unit], tostring(d)
end

-- From the unit of now on, whole units; days from today. The last days are those to come.
local function span(d, now, near)
  local unit, n = times.whole(times.finest(d.amount))
  local at = times.floor(now, unit == "week" and "day" or unit)
  if d.direction > 0 or near then return at, times.add(at, unit, n // 1) end
  return times.add(at, unit, -n // 1), at
end

local function lunar_value(d)
  local l = d:lunar()
  return l and ("%04d-%02d-%02d"):format(l.year, l.month, l.day)
end

-- Does what is expected repeat the numbers of our lunar day?
local function lunar_day(d, e)
  local value = lunar_value(d)
  return d.day and tostring(d):sub(6) ~= e.value:sub(6) and value:sub(6) == e.value:sub(6)
end

-- The value in the precision of what is expected.
local function value(d, e, from)
  if e.calendar == "chinese" then return lunar_value(d) end
  if e.type == "time" then return times.show(from, "%H:%M:%S") end
  if e.type == "datetime" then return show(from) end
  return times.show(from, #e.value == 4 and "%Y" or #e.value == 7 and "%Y-%m" or "%Y-%m-%d")
end

local REFUSED <const> = {
  lunar = "MiNLP: 十二月十五 as a Gregorian day (JioNLP: lunar)",
}

local function check(c, e)
  local ref = times.ref(c)
  local now = times.seconds(ref)
  local d, message = tm.date(c.input, { ref = ref, prefer = "future" })
  if not d then return false, message end
  if d.kind == "duration" or d.kind == "set" then return false, tostring(d) end
  local from, to = times.seconds(d.from), times.seconds(d.to)
  if d.form == "span" then
    from, to = span(d, now, c.input:find "^近" or c.input:find "^最近")
  end
  from, to = times.part(d, from, to, HOURS)
  if e.value then
    if d.form == "end" then from = to - times.DAY end
    if d.form == "clock" and not d.dated and e.type == "datetime" and from < now
      then from = from + times.DAY end
    if not e.calendar and d:lunar() and lunar_day(d, e) then return "refused", REFUSED.lunar end
    if d.mod then from = times.seconds(d.said_from) end
    if d.form == "offset" and e.grain == "second" then
      from = now
      for unit, n in pairs(d.amount) do from = times.add(from, unit, d.direction * n // 1) end
    end
    if e.type == "time" and d.open_hour and d.dated and from < now then from = from + 43200 end -- 今天3点
    local got = value(d, e, from)
    return got == e.value, got
  end
  if d.mod == "within" then from = times.floor(from, "day") to = times.floor(to, "day") end
  if d.form == "between" and (d.grain == "year") then to = times.seconds(d.said_from) end
  local got = (from and show(from) or "") .. "/" .. (to and show(to) or "")
  return got == (e.from or "") .. "/" .. (e.to or ""), got
end

function adapter.check(c)
  local e = c.expect[1]
  if e.type == "duration" and e.value then
    local d, message = tm.date(c.input, { kind = "duration" })
    if not d then return false, message end
    return check_duration(d, e)
  elseif e.type == "repeat" then
    local d, message = tm.date(c.input, { ref = times.ref(c), prefer = "future" })
    return d ~= nil and d.kind == "set", d and tostring(d) or message
  elseif e.value or e.from or e.to then
    return check(c, e)
  end
  local d, message = tm.date(c.input, { ref = times.ref(c), prefer = "future" })
  return d ~= nil, message
end

return adapter
