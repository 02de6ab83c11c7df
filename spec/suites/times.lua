-- What the adapters of the suites of times share: reading, seconds, calendar steps.
local tm = require "textmill"

local times = {}
local EPOCH <const> = tm.date "1970-01-01"
times.DAY = 86400

-- Seconds since 1970 of a textmill.date with a day; nil stays nil (an open side).
function times.seconds(d)
  if not d then return nil end
  return (d - EPOCH) * 86400 + (d.hour or 0) * 3600 + (d.minute or 0) * 60 + (d.second or 0)
end

-- Years have four digits.
function times.show(t, format)
  format = (format or "%Y-%m-%d %H:%M:%S"):gsub("%%Y", ("%04d"):format(os.date("!*t", t).year))
  return os.date("!" .. format, t)
end

-- A reference time without its zone, as a date; nil without one.
function times.ref(c)
  local s = c.reference_time and c.reference_time:sub(1, 19)
  return s and assert(tm.date(s))
end

function times.parts(t) return os.date("!*t", t) end

function times.at(y, m, d, h, min, s)
  local extra = (m - 1) // 12
  return times.seconds(tm.date(("%04d-%02d-01"):format(y + extra, (m - 1) % 12 + 1))) + ((d
    or 1) - 1) * 86400
    + (h or 0) * 3600 + (min or 0) * 60 + (s or 0)
end

-- Begin of the unit that t is in.
function times.floor(t, unit)
  local p = times.parts(t)
  if unit == "year" then return times.at(p.year, 1, 1) end
  if unit == "month" then return times.at(p.year, p.month, 1) end
  if unit == "week" then return t - t % 86400 - (t // 86400 + 3) % 7 * 86400 end
  if unit == "day" then return t - t % 86400 end
  if unit == "hour" then return t - t % 3600 end
  if unit == "minute" then return t - t % 60 end
  return t
end

local SECONDS <const> = { week = 604800, day = 86400, hour = 3600, minute = 60, second = 1 }
local HALVES <const> = { year = { "month", 12 }, month = { "day", 30 }, week = { "day", 7 },
  day = { "hour", 24 }, hour = { "minute", 60 }, minute = { "second", 60 } }

-- n units later; a fraction in smaller ones.
function times.add(t, unit, n)
  local whole = n < 0 and -(-n // 1) or n // 1
  if whole ~= n then
    local finer, each = table.unpack(HALVES[unit])
    return times.add(times.add(t, unit, whole), finer, (n - whole) * each // 1)
  end
  if SECONDS[unit] then return t + n * SECONDS[unit] end
  local p = times.parts(t)
  local months = p.year * 12 + p.month - 1 + (unit == "year" and 12 * n or n)
  local first = times.at(months // 12, months % 12 + 1)
  local length = (times.at(months // 12, months % 12 + 2) - first) // 86400
  return first + (math.min(p.day, length) - 1) * 86400 + t % 86400
end

-- A fraction of a unit in whole smaller ones.
function times.whole(unit, n)
  if n % 1 == 0 then return unit, n end
  return HALVES[unit][1], n * HALVES[unit][2] // 1
end

local UNITS <const> = { "year", "month", "week", "day", "hour", "minute", "second" }
-- The finest unit of a duration, and its amount.
function times.finest(amount)
  for k = #UNITS, 1, -1 do
    if amount and amount[UNITS[k]] then return UNITS[k], amount[UNITS[k]] end
  end
end

local LENGTH <const> = { year = 365 * 86400, month = 30 * 86400, week = 604800, day = 86400,
  hour = 3600, minute = 60,
  second = 1 }
times.LENGTH = LENGTH
function times.length(amount)
  local sum = 0
  for unit, n in pairs(amount or {}) do sum = sum + n * LENGTH[unit] end
  return sum
end

-- Hours of a part of the day by a suite's own table, from the interval we gave.
function times.part(d, from, to, hours)
  local h = d.form == "part" and hours[d.part]
  if not h then return from, to end
  local day = from - from % 86400
  return day + h[1] * 3600, day + h[2] * 3600
end

-- Every expression in a string: { d, i, j } with offsets in code points, end exclusive.
function times.each(s, options)
  local out, at = {}, 1
  while at <= #s do
    options.find = at
    local d, i, j = tm.date(s, options)
    if not d then break end
    out[#out + 1] = { d = d, from = utf8.len(s, 1, i - 1) or 0, i = i, j = j, to = utf8.len(s, 1, j),
      text = s:sub(i, j) }
    at = j + 1
  end
  return out
end

return times
