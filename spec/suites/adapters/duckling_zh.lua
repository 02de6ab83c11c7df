-- Duckling, ZH: the whole input is one expression. Its units are ours by another
-- name, its weights are in grams, its money without a currency in "dollars".
local cases = require "number_cases"

local NUMBERS <const> = { AmountOfMoney = true, Distance = true, Numeral = true, Ordinal = true,
                          Quantity = true, Temperature = true, Volume = true }
local UNITS <const> = {
  Distance = { ["毫米"] = "Millimetre", ["厘米"] = "Centimetre", ["米"] = "Metre",
    ["千米"] = "Kilometre",
               ["英寸"] = "Inch", ["英尺"] = "Foot", ["码"] = "Yard", ["英里"] = "Mile" },
  Temperature = { ["度"] = "Degree", ["摄氏度"] = "Celsius", ["华氏度"] = "Fahrenheit" },
  Volume = { ["升"] = "Litre", ["毫升"] = "Millilitre", ["加仑"] = "Gallon" },
}
local DIMENSIONS <const> = { AmountOfMoney = "money", Quantity = "mass", Volume = "volume" }

-- Our value in Duckling's unit: factor and the unit's name.
local function unit_of(sub, q, want)
  if sub == "Quantity" then return q.size, q.dimension == "mass" and "Gram" end
  if sub == "Volume" and want == "Millilitre" then return q.size * 1000, q.dimension == "volume" and want end
  if sub == "AmountOfMoney" then
    if q.currency == "CNY" and q.size < 1 then return q.size * 100, "Cent" end
    if q.currency == "CNY" and not (q.text:find "人民" or q.text:lower():find "rmb") then return 1,
      "Dollar" end
    return 1, q.currency
  end
  return 1, (UNITS[sub] or {})[q.unit]
end

local function agrees(e, q, factor)
  if e.value then return cases.near(q.value * factor, e.value) end
  local lo, hi = cases.bounds(q)
  return cases.near(lo and lo * factor, e.from) and cases.near(hi and hi * factor, e.to)
end

local function numeral(e, q)
  local group = q.dimension == "group" and q.size or 1
  return (q.unit == nil or q.unit == "个" or group > 1) and cases.near(q.value * group, e.value)
end

-- 個半, 個九, 三個一毫四: money in Cantonese without a word for it.
local function cantonese(input) return (input:find("個", 1, true) or input:find("个", 1, true)) ~= nil end

local function check(c)
  local e, q, got = c.expect[1], cases.whole(c.input)
  if c.sub == "AmountOfMoney" and cantonese(c.input) then
    return "refused", "Cantonese 個 for dollars: nothing says it is money"
  end
  if not q then return false, got end
  if c.sub == "Numeral" then return numeral(e, q), cases.show { q } end
  if c.sub == "Ordinal" then return q.kind == "ordinal" and q.value == e.value, cases.show { q } end
  if DIMENSIONS[c.sub] and q.dimension ~= DIMENSIONS[c.sub] then return false, cases.show { q } end
  local factor, unit = unit_of(c.sub, q, e.unit)
  return unit == e.unit and agrees(e, q, factor), cases.show { q }
end

return { check = cases.with_times("duckling_zh", function(c) return not NUMBERS[c.sub] end, check) }
