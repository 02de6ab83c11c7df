-- English numbers over words: 4,500; 1.2 million; twenty-six; two hundred; a dozen.

local numbers = {}

local UNITS <const> = { zero = 0, one = 1, two = 2, three = 3, four = 4, five = 5, six = 6, seven = 7,
  eight = 8, nine = 9, ten = 10, eleven = 11, twelve = 12, thirteen = 13, fourteen = 14, fifteen = 15,
  sixteen = 16, seventeen = 17, eighteen = 18, nineteen = 19 }
local TENS <const> = { twenty = 20, thirty = 30, forty = 40, fifty = 50, sixty = 60, seventy = 70,
  eighty = 80, ninety = 90 }
local SCALES <const> = { hundred = 100, thousand = 1000, million = 1e6, billion = 1e9, dozen = 12 }

local function digits(s)
  local plain = s:gsub("^%$", ""):gsub("%%$", "")
  if not plain:find "^%d[%d,]*%.?%d*$" then return nil end
  return tonumber((plain:gsub(",", "")))
end

local function small(s)
  if UNITS[s] then return UNITS[s] end
  local tens, unit = s:match "^(%a+)%-(%a+)$"
  if tens and TENS[tens] and UNITS[unit] and UNITS[unit] < 10 then return TENS[tens] + UNITS[unit] end
  return TENS[s]
end

-- numbers.at(list, k) -> value, words taken | nil
function numbers.at(list, k)
  local w = list[k]
  if not w then return nil end
  local value, n = digits(w.text) or small(w.lower), 1
  if not value then
    if w.lower == "a" and list[k + 1] and list[k + 1].lower == "dozen" then return 12, 2 end
    return nil
  end
  local total = 0
  while list[k + n] and not list[k + n - 1].stop do
    local scale, more = SCALES[list[k + n].lower], small(list[k + n].lower)
    if scale then
      value, n = value * scale, n + 1
      if scale >= 1000 then total, value = total + value, 0 end
    elseif list[k + n].lower == "and" and list[k + n + 1] and small(list[k + n + 1].lower)
      and value >= 100 then
      value, n = value + small(list[k + n + 1].lower), n + 2
    elseif more and total + value >= 100 then value, n = value + more, n + 1
    else break end
  end
  value = total + value
  return math.tointeger(value) or value, n
end

-- the scale alone behind a number: "2 and 3 million"
function numbers.scale(w) return w and SCALES[w.lower] end

return numbers
