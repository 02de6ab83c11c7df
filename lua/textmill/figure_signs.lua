-- What stands in figures for a word: symbols of units (SI and the usual rest) and signs of
-- money (ISO 4217 codes, local signs), both ways. For tm.spoken and tm.written.

local currencies = require "textmill.currencies"

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
km/s 每秒=公里
cm/s 每秒=厘米
m/min 每分钟=米
m/s² 米每二次方秒
kg/m³ 千克每立方米
g/cm³ 克每立方厘米
mg/m³ 毫克每立方米
μg/m³ 微克每立方米
mg/L 毫克每升
g/L 克每升
μg/L 微克每升
mg/dL 毫克每分升
mmol/L 毫摩尔每升
μmol/L 微摩尔每升
mg/kg 毫克每千克
km² 平方公里
km2 平方公里
m² 平方米
m2 平方米
㎡ 平方米
cm² 平方厘米
cm2 平方厘米
mm² 平方毫米
mm2 平方毫米
dm² 平方分米
cm³ 立方厘米
cm3 立方厘米
dm³ 立方分米
mm³ 立方毫米
km³ 立方公里
m³ 立方米
m3 立方米
㎥ 立方米
km 公里
cm 厘米
dm 分米
pm 皮米
mm 毫米
nm 纳米
μm 微米
m 米
kg 公斤
mg 毫克
μg 微克
g 克
ng 纳克
lb 磅
lbs 磅
oz 盎司
ft 英尺
yd 码
inch 英寸
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
GW 吉瓦
mW 毫瓦
V 伏
kV 千伏
mV 毫伏
A 安
mA 毫安
mAh 毫安时
Ah 安时
Ω 欧姆
kΩ 千欧
MΩ 兆欧
N 牛
kN 千牛
N·m 牛米
F 法
μF 微法
pF 皮法
mol 摩尔
mmol 毫摩尔
lx 勒克斯
lm 流明
cd 坎德拉
rpm 转每分钟
r/min 转每分钟
Bq 贝克勒尔
mSv 毫西弗
μSv 微西弗
bit 比特
kbps 千比特每秒
Mbps 兆比特每秒
Gbps 吉比特每秒
KB 千字节
MB 兆字节
GB 吉字节
TB 太字节
PB 拍字节
μL 微升
dL 分升
atm 标准大气压
eV 电子伏
px 像素
kHz 千赫
THz 太赫
MHz 兆赫
GHz 吉赫
Hz 赫兹
kPa 千帕
MPa 兆帕
Pa 帕
hPa 百帕
dB 分贝
μs 微秒
ns 纳秒
ms 毫秒
s 秒
min 分钟
h 小时
mph 英里每小时
cal 卡
kcal 千卡
MJ 兆焦
kJ 千焦
J 焦
mmHg 毫米汞柱
]]

-- sign or code, how the money is called: what is not simply the name of its currency
local MONEY <const> = { { "RMB", "元" }, { "CNY", "人民币" }, { "₹", "印度卢比" }, { "INR", "印度卢比" },
  { "₱", "菲律宾比索" } }
for sign, c in pairs(currencies.by_sign) do
  if sign:find "[^%a]" or sign == "RM" then MONEY[#MONEY + 1] = { sign, c.name } end
end
for _, c in ipairs(currencies.list) do MONEY[#MONEY + 1] = { c.code, c.name } end

-- symbols that begin a text, the longest first
local function by_length(list)
  local names, order = {}, {}
  for _, pair in ipairs(list) do
    if not names[pair[1]] then order[#order + 1] = pair[1] end
    names[pair[1]] = names[pair[1]] or pair[2]
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

local function pairs_of(list)
  local out = {}
  for symbol, name in list:gmatch "(%S+) (%S+)" do out[#out + 1] = { symbol, name } end
  return out
end

-- (s, i) -> name, j: what is written at byte i; "每小时=公里" says where the number goes
signs.unit_at = by_length(pairs_of(UNITS))
signs.money_at = by_length(MONEY)

-- How the way back writes: the SI symbol of a unit as units.lua names it.
signs.symbol = {
  ["千米"] = "km", ["米"] = "m", ["厘米"] = "cm", ["毫米"] = "mm", ["千克"] = "kg", ["克"] = "g", ["毫克"] = "mg",
  ["毫升"] = "ml", ["升"] = "L", ["平方米"] = "m²", ["平方千米"] = "km²", ["立方米"] = "m³", ["秒"] = "s",
  ["分钟"] = "min", ["毫秒"] = "ms", ["小时"] = "h", ["千瓦"] = "kw", ["千瓦时"] = "kwh", ["瓦"] = "w",
  ["度"] = "°", ["摄氏度"] = "°C", ["华氏度"] = "°F", ["赫兹"] = "Hz", ["千帕"] = "kPa", ["千赫"] = "kHz",
  ["兆赫"] = "MHz", ["吉赫"] = "GHz", ["帕"] = "Pa", ["兆帕"] = "MPa",
  ["百帕"] = "hPa", ["分米"] = "dm", ["微米"] = "μm", ["纳米"] = "nm", ["微克"] = "μg", ["平方厘米"] = "cm²",
  ["立方厘米"] = "cm³", ["平方毫米"] = "mm²", ["平方分米"] = "dm²", ["立方分米"] = "dm³", ["毫安"] = "mA",
  ["毫安时"] = "mAh", ["千伏"] = "kV", ["毫伏"] = "mV", ["欧姆"] = "Ω", ["千欧姆"] = "kΩ", ["兆瓦"] = "MW", ["千焦"] = "kJ",
  ["千卡"] = "kcal", ["分贝"] = "dB", ["摩尔"] = "mol", ["毫摩尔"] = "mmol", ["毫米汞柱"] = "mmHg", ["转每分"] = "rpm",
}
signs.currency = {}
for _, c in ipairs(currencies.list) do signs.currency[c.code] = c.sign end

return signs
