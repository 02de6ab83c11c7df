-- Units of measurement and of money, and the measure words a count stands with.
--
-- Each line: canonical name, dimension, size in the base unit of the dimension
-- (metre, gram, litre, square metre, byte, watt, hertz, pascal, joule, second,
-- metre per second), and the other ways to write it, folded. Sizes: SI; Chinese
-- market units of 1959 (斤 500 g, 尺 1/3 m, 亩 1/15 ha); international inch, pound
-- and mile; US gallon.

local currencies = require "textmill.currencies"

local units = {}

local TABLE <const> = [[
皮米 length 1e-12 pm
纳米 length 1e-9 nm
微米 length 1e-6 µm μm um
毫米 length 1e-3 公厘 mm
厘米 length 1e-2 公分 cm
分米 length 0.1 dm
米 length 1 公尺 m
千米 length 1000 公里 公裏 km
里 length 500 华里 里地 里路
丈 length 3.3333333333333335
尺 length 0.3333333333333333 市尺
寸 length 0.03333333333333333 市寸
英寸 length 0.0254 吋 英吋 inch inches
英尺 length 0.3048 呎 英呎 foot feet foots ft
码 length 0.9144 yard yards yd yds
英里 length 1609.344 英裏 英哩 哩 mile miles
海里 length 1852 浬 海浬 nmi
英寻 length 1.8288
公引 length 100
天文单位 length 149597870700
秒差距 length 3.0856775814913673e16
光年 length 9.4607304725808e15
微克 mass 1e-6 µg μg ug mcg
毫克 mass 1e-3 mg
克 mass 1 公克 g
千克 mass 1000 公斤 kg
吨 mass 1000000 公吨
担 mass 50000 市担
钱 mass 5
英石 mass 6350.29318
格令 mass 0.06479891
长吨 mass 1016046.9088
短吨 mass 907184.74
英担 mass 50802.34544
纳克 mass 1e-9 ng
公担 mass 100000
斤 mass 500 市斤 台斤
两 mass 50 市两
磅 mass 453.59237 lb lbs pound pounds
盎司 mass 28.349523125 安士 oz
克拉 mass 0.2
微升 volume 1e-6 μl µl ul
厘升 volume 0.01 cl
毫升 volume 1e-3 公撮 cc ml 西西
升 volume 1 公升 l litre litres liter liters
立方米 volume 1000 立方公尺 m³ m3
立方毫米 volume 1e-6 mm³ mm3
立方千米 volume 1e12 立方公里 km³ km3
分升 volume 0.1 dl
立方厘米 volume 1e-3 立方公分 cm³ cm3
立方分米 volume 1 dm³ dm3
立方英尺 volume 28.316846592 立方呎 ft³
立方英寸 volume 0.016387064
立方码 volume 764.554857984
立方英里 volume 4.168181825440579e12
百升 volume 100
千升 volume 1000 公秉 kl
品脱 volume 0.473176473 pint pints
夸脱 volume 0.946352946 quart quarts qt
加仑 volume 3.785411784 gallon gallons gal
液量盎司 volume 0.0295735295625 液盎司
蒲式耳 volume 35.23907016688
桶油 volume 158.987294928
茶匙 volume 5e-3 tsp
汤匙 volume 15e-3 大匙 tbsp
平方毫米 area 1e-6 mm² mm2
平方厘米 area 1e-4 平方公分 cm² cm2
平方米 area 1 平米 平方公尺 平方 平 m² m2 ㎡
平方千米 area 1e6 平方公里 km² km2
平方分米 area 0.01 dm² dm2
平方英尺 area 0.09290304 平方呎 ft² sqft
平方英寸 area 0.00064516 平方吋
平方码 area 0.83612736
平方英里 area 2589988.110336 平方哩
公亩 area 100
顷 area 66666.66666666667
公顷 area 10000 ha
坪 area 3.305785124
分地 area 66.66666666666667
亩 area 666.6666666666666
英亩 area 4046.8564224 acre acres
度 temperature 1 ° 度数
摄氏度 temperature 1 摄氏° °c ℃ c°
华氏度 temperature 1 华氏° °f ℉ f°
开尔文 temperature 1 开氏度
兰氏度 temperature 1
比特 information 0.125 bit bits
千比特 information 125 kbit kbps
兆比特 information 125000 mbit mbps
字节 information 1 byte bytes
千字节 information 1000 kb
兆字节 information 1e6 mb 兆b
吉字节 information 1e9 gb 千兆字节 吉b g字节
太字节 information 1e12 tb 太b
拍字节 information 1e15 pb 皮字节
艾字节 information 1e18 eb
太比特 information 1.25e11 tbit
拍比特 information 1.25e14 皮比特
吉比特 information 1.25e8 千兆比特 gbit gbps
瓦 power 1 瓦特
千瓦 power 1000 kw
兆瓦 power 1e6 mw
吉瓦 power 1e9 gw
毫瓦 power 1e-3
微瓦 power 1e-6
马力 power 735.49875 匹马力
赫兹 frequency 1 hz
千赫 frequency 1000 千赫兹 khz
兆赫 frequency 1e6 兆赫兹 mhz
吉赫 frequency 1e9 吉赫兹 千兆赫 千兆赫兹 ghz
太赫 frequency 1e12 太赫兹 thz
帕 pressure 1 帕斯卡 pa
百帕 pressure 100 hpa
毫巴 pressure 100 mbar
毫米汞柱 pressure 133.322387415 毫米水银柱 mmhg
大气压 pressure 101325 标准大气压 个大气压 atm
吉帕 pressure 1e9 gpa
千帕 pressure 1000 kpa
兆帕 pressure 1e6 mpa
焦耳 energy 1
兆焦 energy 1e6 兆焦耳 mj
电子伏 energy 1.602176634e-19 电子伏特
千焦 energy 1000 千焦耳 kj
卡 energy 4.184 卡路里 cal
千卡 energy 4184 大卡 千卡路里 kcal
度电 energy 3600000
千瓦时 energy 3600000 千瓦小时 kwh
伏 voltage 1 伏特
千伏 voltage 1000 千伏特 kv
毫伏 voltage 1e-3 毫伏特 mv
安培 current 1
毫安 current 1e-3 毫安培 ma
微安 current 1e-6 微安培
毫安时 charge 3.6 mah
安时 charge 3600 安培小时 ah
库仑 charge 1
欧姆 resistance 1 ω
千欧姆 resistance 1000 kω
兆欧姆 resistance 1e6 mω
法拉 capacitance 1
微法 capacitance 1e-6 μf
牛顿 force 1
千牛顿 force 1000 kn
牛米 torque 1 牛顿米 n·m
分贝 level 1 db
流明 light 1 lm
勒克斯 illuminance 1 lux lx
坎德拉 luminance 1
摩尔 substance 1 mol
毫摩尔 substance 1e-3 mmol
贝克勒尔 activity 1 bq
毫西弗 dose 1e-3 msv
微西弗 dose 1e-6 μsv
特斯拉 field 1
像素 image 1 px
百万像素 image 1e6
转每分 rotation 1 转每分钟 转/分 转/分钟 rpm
度角 angle 1
弧度 angle 57.29577951308232 rad
角分 angle 0.016666666666666666
角秒 angle 0.0002777777777777778
迈 speed 0.44704
节 speed 0.514444
纳秒 time 1e-9 ns
微秒 time 1e-6 μs
毫秒 time 1e-3 ms
秒 time 1 秒钟
分钟 time 60 min mins
小时 time 3600 钟头 个小时 个钟头
天 time 86400 日
周 time 604800 星期 个星期 礼拜 个礼拜
月 time 2629800 个月
年 time 31557600 载
岁 age 1 周岁 岁大
角 money:CNY 0.1 毛 毫 角钱 毛钱
分 money:CNY 0.01 分钱
美分 money:USD 0.01
欧分 money:EUR 0.01
港仙 money:HKD 0.01
戈比 money:RUB 0.01
便士 money:GBP 0.01
日本钱 money:JPY 0.01 日本銭 日本銭
倍 ratio 1
百分点 ratio 0.01 个百分点
对 group 2
双 group 2
打 group 12
]]

-- Words that count things, people or events.
local MEASURES <const> = [[个 名 位 户 人 口 家 张 件 份 条 次 人次 辆 台 套 座 栋 幢 间 所 处 支 只 头 匹 棵 株 块
片 包 箱 袋 瓶 桶 盒 罐 副 顶 床 本 册 篇 项 批 组 队 班 期 届 场 起 例 宗 笔 封 通 首 部 架 艘 列 节 级 档 集 弹 番 层 楼 道
门 扇 面 把 根 颗 粒 滴 杯 碗 盘 桌 席 枚 发 盏 轮 遍 趟 回 步 声 顿 餐 种 类 款 样 字 页 行 段 句 章 则 村 乡 镇 县 市 省 国 站
点位 车次 剂次 场次 班次 户次 批次 台次 条次 件次 架次 亩次 人份 台套 台班 课时 学时 世纪 周年 年级
幅 剂 针 堂 车 船 季 卷 孔 尊 枝 朵 串 捆 筐 窝 杆 挂 锅 坛 缸 束 丛 垛 摞 沓 具]]

local by_name = {} -- written form -> { name=, dimension=, size=, code= }
local longest = 0

local function put(written, unit)
  if not by_name[written] then by_name[written] = unit end
  longest = math.max(longest, #written)
end

for line in TABLE:gmatch "[^\n]+" do
  local name, dimension, size, others = line:match "^(%S+) (%S+) (%S+) ?(.*)$"
  local kind, code = dimension:match "^(money):(.*)$"
  local unit = { name = name, dimension = kind or dimension, size = tonumber(size), code = code }
  put(name, unit)
  for other in others:gmatch "%S+" do put(other, unit) end
end
for _, c in ipairs(currencies.list) do
  local unit = { name = c.name, dimension = "money", size = 1, code = c.code }
  for _, name in ipairs(c.names) do put(name, unit) end
end
for word in MEASURES:gmatch "%S+" do put(word, { name = word, dimension = "count", size = 1 }) end

-- units.at(s, i) -> unit, j: the longest unit written at byte i of folded s
function units.at(s, i)
  for n = math.min(longest, #s - i + 1), 1, -1 do
    local unit = by_name[s:sub(i, i + n - 1)]
    if unit and not (n <= 4 and s:find("^%a", i) and s:find("^%a", i + n)) then return unit, i + n - 1 end
  end
end

function units.named(name) return by_name[name] end

return units
