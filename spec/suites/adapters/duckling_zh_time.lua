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

local UNITS <const> = { "year", "month", "week", "day", "hour", "minute", "second" }

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

local REFUSED <const> = {
  offset = "Duckling: 三天后 as the three days up to then (JioNLP and MiNLP: the moment then)",
  week = "Duckling: 下周三 as the next Wednesday, in this week (MiNLP: of the next week), 这周一 as a later one",
  today = "Duckling: a weekday that is today's as that of the next week (MiNLP: today)",
  zone = "a clock in another time zone",
  region = "Duckling: 国庆 by the region of the speaker",
  weekend = "Duckling: the weekend from Friday 18:00 (MiNLP: from Saturday)",
}

local function refused(c, d, ref)
  if d.form == "offset" and d.kind == "point" then return REFUSED.offset end
  if c.locale == "ZH_TW" and d.form ~= "date" then return REFUSED.region end
  if d.form == "weekend" then return REFUSED.weekend end
  local e = c.expect[1]
  local monday = times.floor(times.seconds(ref), "week")
  if d.weekday and d.kind == "point" and d.grain == "day" and e.value then
    local ours = times.seconds(d.from)
    local theirs = times.at(tonumber(e.value:sub(1, 4)), tonumber(e.value:sub(6, 7)),
      tonumber(e.value:sub(9, 10)))
    if ours == times.floor(times.seconds(ref), "day") and theirs == ours + 604800
      then return REFUSED.today end
    if d.form == "date" and math.abs(theirs - ours) == 604800 and (ours < monday + 14 * 86400)
      then return REFUSED.week end
  end
end

-- A bare clock is the next one of the twelve hours.
local function next_clock(d, from, to, now)
  if d.open_hour and not d.dated and from < now then
    local off = from + 43200 >= now and 43200 or 86400
    return from + off, to + off
  end
  return from, to
end

local function check(c, e, ref)
  local now = times.seconds(ref)
  if c.input:find " %u%u%u%s*$" then return "refused", REFUSED.zone end
  local d, message = tm.date(c.input, { ref = ref, prefer = "future" })
  if not d then return false, message end
  local why = refused(c, d, ref)
  if d.kind == "duration" or d.kind == "set" then return false, tostring(d) end
  local from, to, grain = times.seconds(d.from), times.seconds(d.to), d.grain
  if d.form == "span" then from, to, grain = span(d, now) end
  from, to = times.part(d, from, to, HOURS)
  from, to = next_clock(d, from, to, now)
  if e.value then
    local ok = show(from) == e.value and (d.kind == "point" or d.form == "holiday") and (d.form == "now"
      or grain == e.grain)
    if not ok and why then return "refused", why end
    return ok, show(from) .. " " .. grain
  end
  local got = show(from) .. "/" .. (to and show(to) or "")
  local ok = got == e.from .. "/" .. e.to
  if not ok and why then return "refused", why end
  return ok, got .. " " .. d.kind
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

adapter.UNITS = UNITS
return adapter
