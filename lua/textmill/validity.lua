-- textmill.validity - the days a permit is good for, as it states them.
--
--   v = validity.new(fact)          fact.days, fact.calendar: "lunar" | "weekly"
--   v:on "2020-02-20"            -> true | false, why
--   v:between(from, to)          -> iterator of ISO dates
--
-- Lunar days are last digits of the day of the lunar month (1 4 7: the 1st, 4th,
-- 7th, 11th, ...), weekly ones count from Monday = 1.

local day_name = require "textmill.lunar".day_name
local failure = require "textmill.failure"

local validity = {}
validity.__index = validity
validity.__name = "textmill.validity"

local MOST_DAYS <const> = 40000 -- of one walk: a century and some

local function as_date(d)
  local tm = require "textmill"
  local date = type(d) == "string" and tm.date(d) or d
  if not date or type(date) == "string" or not date.day then
    failure("invalid", ("not a day (%s)"):format(tostring(d)))
  end
  return date
end

-- Day of the week, Monday = 1 (Sakamoto's method).
local SHIFT <const> = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 }
local function weekday(d)
  local y = d.month < 3 and d.year - 1 or d.year
  local n = (y + y // 4 - y // 100 + y // 400 + SHIFT[d.month] + d.day) % 7
  return n == 0 and 7 or n
end

local function covers(self, d)
  local n, said
  if self.calendar == "lunar" then
    local lunar, message = d:lunar()
    if not lunar then return false, message end
    n, said = lunar.day % 10, ("lunar %s ends in %d"):format(day_name(lunar), lunar.day % 10)
  else
    n = weekday(d)
    said = ("day %d of the week"):format(n)
  end
  for _, day in ipairs(self.days) do
    if day % (self.calendar == "lunar" and 10 or 8) == n then return true, said end
  end
  return false, said
end

function validity:on(d)
  return covers(self, as_date(d))
end

function validity:between(from, to)
  local d, last, n = as_date(from), as_date(to), 0
  return function()
    while d <= last and n < MOST_DAYS do
      local day = d
      d, n = d + 1, n + 1
      if covers(self, day) then return tostring(day) end
    end
  end
end

function validity:__tostring()
  return ("%s days %s%s"):format(self.calendar, self.calendar == "lunar" and "ending " or "",
    table.concat(self.days, " "))
end

-- validity.new(fact) -> validity, or nil: the permit states no days
function validity.new(f)
  if type(f.days) ~= "table" or #f.days == 0 or not f.calendar then return nil end
  return setmetatable({ days = f.days, calendar = f.calendar }, validity)
end

return validity
