-- Duckling ZH, Time and Duration: half-open intervals with a grain, the next one
-- where a year or day is not said.
local tm = require "textmill"
local times = require "times"

local adapter = {}

local HOURS <const> = { dawn = { 0, 4 }, early = { 4, 12 }, morning = { 4, 12 }, forenoon = { 0, 12 },
  noon = { 12, 14 },
  afternoon = { 12, 19 }, dusk = { 17, 21 }, evening = { 18, 24 }, night = { 18, 24 }, midnight = { 0, 1 },
  daytime = { 6, 18 } }

local function show(t) return times.show(t, "%Y-%m-%dT%H:%M:%S") end

-- Both amounts in seconds of the suite's months and years.
local function check_duration(d, e)
  if d.kind ~= "duration" then return false, tostring(d) end
  local unit, months = e.unit, (d.amount.year or 0) * 12 + (d.amount.month or 0)
  if unit == "month" and months > 0 then return months == e.value, tostring(d) end
  return times.length(d.amount) == e.value * times.LENGTH[unit], tostring(d)
end

-- Whole units before or behind the one of now.
local function span(d, now)
  local unit, n = times.finest(d.amount)
  local at = times.floor(now, unit)
  if d.direction > 0 then return times.add(at, unit, 1), times.add(at, unit, n // 1 + 1), unit end
  return times.add(at, unit, -n // 1), at, unit
end

-- 三天后 is the three days up to then, counted in whole units.
local function offset(d, now)
  local unit, n = times.finest(d.amount)
  local at = times.floor(now, unit)
  n = math.max(1, n // 1)
  if d.direction > 0 then return times.add(at, unit, 1), times.add(at, unit, n + 1) end
  return times.add(at, unit, -n), at
end

-- A weekday is the next one behind today, with 这 today's, too; 上 goes back from there, 下 on.
local function weekday(d, from, now)
  local today = times.floor(now, "day")
  local weeks = (times.floor(from, "week") - times.floor(now, "week")) // (7 * times.DAY)
  if weeks == 0 and d.form == "date" and from == today then return today end
  local days = (d.weekday - 1 - (today // times.DAY + 3) % 7 - 1) % 7 + 1
  if weeks < 0 then return today + (days - 7 - (days == 7 and 7 or 0) + 7 * (weeks + 1)) * times.DAY end
  return today + (days + 7 * math.max(0, weeks - 1)) * times.DAY
end

-- From Friday 18:00 on.
local function weekend(from, to) return from - 6 * 3600, to end

-- A bare clock is the next one of the twelve hours.
local function next_clock(d, from, to, now)
  if d.open_hour and not d.dated and from < now then
    local off = from + 43200 >= now and 43200 or 86400
    return from + off, to + off
  end
  return from, to
end

-- A clock of another zone on the clock of the reference.
local function moved(d, from, to, c)
  if not d.zone or not from then return from, to end
  local sign, h, m = (c.reference_time or ""):match "([+-])(%d%d):(%d%d)$"
  local here = sign and (h * 60 + m) * (sign == "-" and -1 or 1) or 0
  local shift = (here - d.zone) * 60
  return from + shift, to and to + shift
end

local function interval(d, now, c)
  local from, to, grain = times.seconds(d.from), times.seconds(d.to), d.grain
  if d.form == "offset" and d.kind == "point" and not d.mod then from, to = offset(d, now)
  elseif d.form == "span" then from, to, grain = span(d, now)
  elseif d.form == "weekend" and d.grain == "day" then from, to = weekend(from, to)
  elseif d.weekday and d.kind == "point" and d.grain == "day" then
    from = weekday(d, from, now)
    to = from + times.DAY
  end
  from, to = times.part(d, from, to, HOURS)
  local clock = grain == "hour" or grain == "minute"
  if to and clock and (d.form == "holiday" or times.seconds(d.said_from) == to) then
    to = times.add(to, grain, 1) -- its last hour or minute is in it
  end
  from, to = next_clock(d, from, to, now)
  from, to = moved(d, from, to, c)
  return from, to, grain
end

local function check(c, e, ref)
  local now = times.seconds(ref)
  local region = (c.locale or ""):match "_(%u%u)$"
  local d, message = tm.date(c.input, { ref = ref, prefer = "future", region = region })
  if not d then return false, message end
  if d.kind == "duration" or d.kind == "set" then return false, tostring(d) end
  local from, to, grain = interval(d, now, c)
  if e.value then
    local point = d.kind == "point" or d.form == "holiday"
    return show(from) == e.value and point and (d.form == "now" or d.zone or grain == e.grain),
      show(from) .. " " .. grain
  end
  local got = show(from) .. "/" .. (to and show(to) or "")
  return got == e.from .. "/" .. e.to, got .. " " .. d.kind
end

function adapter.check(c)
  local e = c.expect[1]
  if e.type == "duration" then
    local d, message = tm.date(c.input, { kind = "duration" })
    if not d then return false, message end
    return check_duration(d, e)
  end
  return check(c, e, times.ref(c))
end

return adapter
