-- What stands in figures for a word: symbols of units (SI and the usual rest) and signs of
-- money (ISO 4217 codes, local signs), both ways. For tm.spoken and tm.written.

local signs = {}

-- symbol, how it is said
local UNITS <const> = [[
km/h 每小时=公里
m/s 每秒=米
℃ 摄氏度
°C 摄氏度
℉ 华氏度
°F 华氏度
° 度
km² 平方公里
km2 平方公里
m² 平方米
m2 平方米
㎡ 平方米
cm² 平方厘米
m³ 立方米
m3 立方米
㎥ 立方米
km 公里
cm 厘米
mm 毫米
nm 纳米
μm 微米
m 米
kg 公斤
mg 毫克
μg 微克
g 克
t 吨
ml 毫升
mL 毫升
L 升
l 升
ha 公顷
kWh 千瓦时
kwh 千瓦时
kW 千瓦
MW 兆瓦
W 瓦
V 伏
A 安
kHz 千赫
MHz 兆赫
GHz 吉赫
Hz 赫兹
kPa 千帕
MPa 兆帕
Pa 帕
hPa 百帕
dB 分贝
ms 毫秒
s 秒
min 分钟
h 小时
mph 英里每小时
kcal 千卡
kJ 千焦
J 焦
mmHg 毫米汞柱
]]

-- sign or code, how the money is called
local MONEY <const> = [[
¥ 元
￥ 元
RMB 元
CNY 人民币
$ 美元
US$ 美元
USD 美元
A$ 澳元
AUD 澳元
C$ 加元
CAD 加元
HK$ 港元
HKD 港元
NT$ 新台币
TWD 新台币
S$ 新加坡元
SGD 新加坡元
€ 欧元
EUR 欧元
£ 英镑
GBP 英镑
JPY¥ 日元
JP¥ 日元
JPY 日元
₩ 韩元
KRW 韩元
₹ 印度卢比
INR 印度卢比
₽ 卢布
RUB 卢布
฿ 泰铢
THB 泰铢
CHF 瑞士法郎
NZ$ 新西兰元
MOP 澳门元
RM 林吉特
]]

-- symbols that begin a text, the longest first
local function by_length(list)
  local names, order = {}, {}
  for symbol, name in list:gmatch "(%S+) (%S+)" do
    names[symbol] = name
    order[#order + 1] = symbol
  end
  table.sort(order, function(a, b) return #a ~= #b and #a > #b or #a == #b and a < b end)
  return function(s, i)
    for _, symbol in ipairs(order) do
      local j = i + #symbol - 1
      if s:sub(i, j) == symbol and not (symbol:find "%w$" and s:find("^%a", j + 1)) then
        return names[symbol], j
      end
    end
  end
end

-- (s, i) -> name, j: what is written at byte i; "每小时=公里" says where the number goes
signs.unit_at = by_length(UNITS)
signs.money_at = by_length(MONEY)

-- How the way back writes: the SI symbol of a unit as units.lua names it.
signs.symbol = {
  ["千米"] = "km", ["米"] = "m", ["厘米"] = "cm", ["毫米"] = "mm", ["千克"] = "kg", ["克"] = "g", ["毫克"] = "mg",
  ["毫升"] = "ml", ["升"] = "L", ["平方米"] = "m²", ["平方千米"] = "km²", ["立方米"] = "m³", ["秒"] = "s",
  ["分钟"] = "min", ["毫秒"] = "ms", ["小时"] = "h", ["千瓦"] = "kw", ["千瓦时"] = "kwh", ["瓦"] = "w",
  ["度"] = "°", ["摄氏度"] = "°C", ["华氏度"] = "°F", ["赫兹"] = "Hz", ["千帕"] = "kPa",
}
signs.currency = {
  CNY = "¥", USD = "US$", AUD = "A$", CAD = "C$", HKD = "HK$", TWD = "NT$", SGD = "S$", EUR = "€", GBP = "£",
  JPY = "JPY¥", KRW = "₩", INR = "₹", RUB = "₽", THB = "฿", CHF = "CHF", NZD = "NZ$", MYR = "RM", MOP = "MOP",
}

return signs
