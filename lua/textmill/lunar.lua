-- textmill.lunar - days of the Chinese calendar as they are written: 庚子年正月初二.
--
--   lunar.name(l)       l: what d:lunar() gives; without its year where that is not known
--   lunar.day_name(l)   正月初二, 闰四月廿三
--
-- At the prompt a date that was said in this calendar shows so, too.

local core = require "textmill.core"

local lunar = {}

local function characters(s)
  local list = {}
  for _, c in utf8.codes(s) do list[#list + 1] = utf8.char(c) end
  return list
end

local STEMS <const>, BRANCHES <const> = characters "甲乙丙丁戊己庚辛壬癸", characters "子丑寅卯辰巳午未申酉戌亥"
local MONTHS <const> = characters "正二三四五六七八九十冬腊"
local DIGITS <const> = characters "一二三四五六七八九十"

local function day(n)
  if n <= 10 then return "初" .. DIGITS[n] end
  if n < 20 then return "十" .. DIGITS[n - 10] end
  if n % 10 == 0 then return (n == 20 and "二" or "三") .. "十" end
  return "廿" .. DIGITS[n - 20]
end

function lunar.day_name(l)
  return (l.leap and "闰" or "") .. MONTHS[l.month] .. "月" .. (l.day and day(l.day) or "")
end

-- The year 4 of our era began a cycle.
function lunar.name(l)
  if not l.year then return lunar.day_name(l) end
  return STEMS[(l.year - 4) % 10 + 1] .. BRANCHES[(l.year - 4) % 12 + 1] .. "年" .. lunar.day_name(l)
end

debug.getmetatable(core.date "2020-01-01").__inspect = function(d)
  if d.calendar ~= "lunar" then return tostring(d) end
  return ("%s (%s; lunar %s%s)"):format(tostring(d), d.grain, lunar.name(d:lunar()),
    d.year_from == "ref" and "; year from ref" or "")
end

return lunar
