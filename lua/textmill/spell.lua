-- tm.spell(number, style): a number in Chinese numerals, the way back from tm.number.
--
-- Works on the decimal digits, never on a float: "12.30" keeps its zero and an amount
-- of money is rounded half up on what is written.

local STYLES <const> = "lower upper yuan digits"
local LOWER <const> = { point = "点", [0] = "零", "一", "二", "三", "四", "五", "六", "七", "八", "九",
  units = { "", "十", "百", "千" } }
local UPPER <const> = { point = "点", [0] = "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖",
  units = { "", "拾", "佰", "仟" } }
local LONGEST <const> = 16 -- digits before the point: up to 千万亿, above which no unit is agreed on

-- The shortest decimal that reads back as the same float.
local function shortest(x)
  for digits = 15, 17 do
    local s = ("%%.%dg"):format(digits):format(x)
    if tonumber(s) == x then return s end
  end
end

-- Whole and fractional digits with the point moved by an exponent.
local function moved(whole, part, exponent)
  if exponent > 0 then
    part = part .. ("0"):rep(exponent - #part)
    return whole .. part:sub(1, exponent), part:sub(exponent + 1)
  end
  whole = ("0"):rep(-exponent - #whole) .. whole
  return whole:sub(1, #whole + exponent), whole:sub(#whole + exponent + 1) .. part
end

-- -> sign, digits before the point, digits behind it; nil where s is no decimal.
local function digits_of(s)
  local sign, mantissa, exponent = s:match "^%s*([+-]?)([%d.]+)[eE]?([+-]?%d*)%s*$"
  if not mantissa or s:find "[eE]%s*$" or s:find "[eE][+-]%s*$" then return end
  local whole, part = mantissa:match "^(%d+)%.?(%d*)$"
  if not whole then whole, part = "0", mantissa:match "^%.(%d+)$" end
  local shift = exponent == "" and 0 or tonumber(exponent)
  if not part or not shift or math.abs(shift) > 400 then return end
  if shift ~= 0 then whole, part = moved(whole, part, shift) end
  return sign == "-", whole ~= "" and whole or "0", part
end

local function each(digits, names)
  return (digits:gsub("%d", function(d) return names[tonumber(d)] end))
end

-- Up to four digits. 零 stands once for zeros between two digits.
local function group(digits, names)
  local out, zero = {}, false
  for k = 1, #digits do
    local d = tonumber(digits:sub(k, k))
    if d == 0 then zero = #out > 0
    else
      out[#out + 1] = (zero and names[0] or "") .. names[d] .. names.units[#digits - k + 1]
      zero = false
    end
  end
  return table.concat(out)
end

-- Digits without leading zeros; what stands before 亿 and 万 is a number again.
local function cardinal(digits, names)
  if #digits <= 4 then return group(digits, names) end
  local size = #digits > 8 and 8 or 4
  local high, low = digits:sub(1, -size - 1), digits:sub(-size)
  local rest = low:gsub("^0+", "")
  local gap = rest ~= "" and #rest < size and names[0] or ""
  return cardinal(high, names) .. (size == 8 and "亿" or "万") .. gap .. cardinal(rest, names)
end

local function whole_number(whole, names)
  local digits = whole:gsub("^0+", "")
  if digits == "" then return names[0] end
  local s = cardinal(digits, names)
  return names == LOWER and s:gsub("^一十", "十") or s -- 十二, but 一百一十二 and 壹拾贰
end

-- 1.005 -> 1.01: rounds the digits half up to so many behind the point.
local function rounded(whole, part, places)
  local up = (part:sub(places + 1, places + 1)):find "[5-9]"
  local digits = whole .. (part .. ("0"):rep(places)):sub(1, places)
  if up then
    local head, nines = digits:match "^(.-)(9*)$"
    if head == "" then head = "0" end
    digits = head:sub(1, -2) .. tonumber(head:sub(-1)) + 1 .. ("0"):rep(#nines)
  end
  return digits:sub(1, -places - 1), digits:sub(-places)
end

-- 元, 角 and 分; 整 where no 角 or 分 follows.
local function yuan(whole, part)
  whole, part = rounded(whole, part, 2)
  local jiao, fen = tonumber(part:sub(1, 1)), tonumber(part:sub(2))
  local some, out = whole:find "[1-9]", ""
  if some or part == "00" then out = whole_number(whole, UPPER) .. "元" end
  if part == "00" then return out .. "整", some end
  if jiao > 0 then out = out .. UPPER[jiao] .. "角" elseif some then out = out .. UPPER[0] end
  if fen > 0 then out = out .. UPPER[fen] .. "分" end
  return out, true
end

local write = {}

function write.lower(whole, part, names)
  names = names or LOWER
  local s = whole_number(whole, names)
  if part ~= "" then s = s .. names.point .. each(part, names) end
  return s, (whole .. part):find "[1-9]"
end
function write.upper(whole, part) return write.lower(whole, part, UPPER) end
function write.digits(whole, part)
  local s = each(whole, LOWER) .. (part ~= "" and LOWER.point .. each(part, LOWER) or "")
  return s, (whole .. part):find "[1-9]"
end
write.yuan = yuan

local function as_text(number)
  if math.type(number) == "float" then
    if number ~= number or math.abs(number) == math.huge then return "" end
    local s = shortest(number)
    return (s:gsub("^(-?%d+)%.0+$", "%1"))
  end
  return tostring(number)
end

-- (number | decimal string, style | nil) -> string; bad input is an error at `level`.
return function(number, style, level)
  if type(number) ~= "number" and type(number) ~= "string" then
    error(("a number or a string of digits expected, got %s"):format(type(number)), level)
  end
  local writer = write[style or "lower"]
  if not writer then
    error(("unknown style '%s' (there are: %s)"):format(tostring(style), STYLES), level)
  end
  local negative, whole, part = digits_of(as_text(number))
  if not whole then error(("no decimal number: '%s'"):format(tostring(number):sub(1, 40)), level) end
  local size = #whole:gsub("^0+", "")
  if style ~= "digits" and size > LONGEST then
    error(("%d digits before the point, at most %d have a name"):format(size, LONGEST), level)
  end
  local s, some = writer(whole, part)
  return negative and some and "负" .. s or s
end
