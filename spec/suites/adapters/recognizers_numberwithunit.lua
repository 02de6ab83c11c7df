-- Recognizers-Text, numbers with units of Chinese.
local cases = require "number_cases"
local tm = require "textmill"

local UNITS <const> = {
  ["岁"] = "Year", ["天"] = "Day", ["月"] = "Month", ["周"] = "Week", ["年"] = "Year",
  ["角"] = "Jiao", ["分"] = "Fen", ["美分"] = "Cent", ["欧分"] = "Cent", ["便士"] = "Penny",
  ["纳米"] = "Nanometer", ["微米"] = "Micrometer", ["分米"] = "Decimeter", ["码"] = "Yard",
  ["光年"] = "Light year",
  ["海里"] = "Nautical mile", ["千米每小时"] = "Kilometer per hour",
  ["米每秒"] = "Meter per second",
  ["英里每小时"] = "Mile per hour", ["节"] = "Knot", ["品脱"] = "Pint", ["夸脱"] = "Quart",
  ["平方英里"] = "Square mile", ["平方英尺"] = "Square foot", ["平方厘米"] = "Square centimeter",
  ["立方厘米"] = "Cubic centimeter", ["立方英尺"] = "Cubic foot", ["英亩"] = "Acre",
  ["马力"] = "Horsepower",
  ["千瓦时"] = "Kilowatt hour", ["焦耳"] = "Joule", ["千焦"] = "Kilojoule", ["太字节"] = "Terabyte",
  ["吉比特"] = "Gigabit", ["担"] = "Dan", ["顷"] = "Qing", ["度"] = "Degree", ["摄氏度"] = "C",
  ["华氏度"] = "F",
  ["米"] = "Meter", ["千米"] = "Kilometer", ["厘米"] = "Centimeter", ["毫米"] = "Millimeter",
  ["英里"] = "Mile",
  ["英尺"] = "Foot", ["英寸"] = "Inch", ["里"] = "Li", ["尺"] = "Chi", ["丈"] = "Zhang",
  ["寸"] = "Cun",
  ["斤"] = "Jin", ["两"] = "Liang", ["克"] = "Gram", ["千克"] = "Kilogram", ["毫克"] = "Milligram",
  ["微克"] = "Microgram", ["吨"] = "Metric ton", ["磅"] = "Pound", ["盎司"] = "Ounce",
  ["升"] = "Liter", ["毫升"] = "Milliliter", ["加仑"] = "Gallon", ["立方米"] = "Cubic meter",
  ["平方米"] = "Square meter", ["平方千米"] = "Square kilometer", ["亩"] = "Mu",
  ["公顷"] = "Hectare",
  ["字节"] = "Byte", ["千字节"] = "Kilobyte", ["兆字节"] = "Megabyte", ["吉字节"] = "Gigabyte",
  ["比特"] = "Bit", ["千比特"] = "Kilobit", ["兆比特"] = "Megabit",
  ["赫兹"] = "Hertz", ["千赫"] = "Kilohertz", ["兆赫"] = "Megahertz", ["吉赫"] = "Gigahertz",
  ["瓦"] = "Watt", ["千瓦"] = "Kilowatt", ["兆瓦"] = "Megawatt", ["卡"] = "Calorie",
  ["千卡"] = "Kilocalorie",
  ["皮米"] = "Picometer", ["平方毫米"] = "Square millimeter", ["平方分米"] = "Square decimeter",
  ["平方英寸"] = "Square inch", ["平方码"] = "Square yard", ["立方毫米"] = "Cubic millimeter",
  ["立方千米"] = "Cubic kilometer", ["立方英寸"] = "Cubic inch", ["立方码"] = "Cubic yard",
  ["立方英里"] = "Cubic mile", ["百升"] = "Hectoliter", ["分升"] = "Deciliter", ["厘升"] = "Centiliter",
  ["液量盎司"] = "Fluid ounce", ["茶匙"] = "Teaspoon", ["汤匙"] = "Tablespoon", ["英石"] = "Stone",
  ["格令"] = "Grain", ["长吨"] = "Long ton (British)", ["短吨"] = "Short ton (US)",
  ["千米每秒"] = "Kilometer per second", ["千米每分钟"] = "Kilometer per minute",
  ["英尺每秒"] = "Foot per second", ["英尺每分钟"] = "Foot per minute", ["太比特"] = "Terabit",
  ["拍字节"] = "Petabyte", ["拍比特"] = "Petabit", ["开尔文"] = "K", ["兰氏度"] = "R",
}
local OTHER <const> = { money = true, temperature = true, age = true, time = true, count = true, ratio = true,
                        group = true }
local takes = {
  AgeModel = function(q) return q.dimension == "age" end,
  CurrencyModel = function(q) return q.dimension == "money" end,
  TemperatureModel = function(q) return q.dimension == "temperature" end,
  DimensionModel = function(q) return q.dimension and not OTHER[q.dimension] end,
}

local function agrees(q)
  return function(e)
    local money = q.dimension == "money" and q.size == 1 and q.currency == e.isoCurrency
    return (money or UNITS[q.unit] == e.unit) and cases.near(q.value, e.value, 1e-9)
  end
end

local BOUNDS <const> = { "及以上", "或以上", "以上", "及以下", "或以下", "以下", "以内", "之内", "左右" }

-- First and last byte without the words that bound it: 十八岁|以上, 超过|100美元.
local function span_of(input, q)
  local i, j = q.i, q.j
  for _, w in ipairs(q.compared and BOUNDS or {}) do
    if input:sub(j - #w + 1, j) == w then j = j - #w end
  end
  local sign = q.value < 0 or input:find "^零下" or not q.written -- 零下10度, 港币500
  if q.compared and not sign then i = q.numbers[1].i end
  return i, j
end

local function check(c)
  for _, e in ipairs(c.expect) do
    if type(e.value) ~= "number" then return "refused", "a unit without a number is no quantity" end
  end
  local list, found = tm.quantities(c.input), {}
  for _, q in ipairs(list) do
    if takes[c.sub](q) then
      local from, to = cases.points(c.input, span_of(c.input, q))
      found[#found + 1] = { from = from, to = to, agrees = agrees(q) }
    end
  end
  return cases.same(found, c.expect), cases.show(list)
end

return { check = check }
