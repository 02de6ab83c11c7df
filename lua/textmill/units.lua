-- Units of measurement and of money, and the measure words a count stands with.
--
-- Each line: canonical name, dimension, size in the base unit of the dimension
-- (metre, gram, litre, square metre, byte, watt, hertz, pascal, joule, second,
-- metre per second), and the other ways to write it, folded. Sizes: SI; Chinese
-- market units of 1959 (斤 500 g, 尺 1/3 m, 亩 1/15 ha); international inch, pound
-- and mile; US gallon.

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
英尺 length 0.3048 呎 foot feet foots ft
码 length 0.9144 yard yards
英里 length 1609.344 英裏 哩 mile miles
海里 length 1852 浬
光年 length 9.4607304725808e15
微克 mass 1e-6 µg μg ug mcg
毫克 mass 1e-3 mg
克 mass 1 公克 g
千克 mass 1000 公斤 kg
吨 mass 1000000 公吨
担 mass 50000 市担
钱 mass 5
斤 mass 500 市斤 台斤
两 mass 50 市两
磅 mass 453.59237 lb lbs pound pounds
盎司 mass 28.349523125 安士 oz
克拉 mass 0.2
毫升 volume 1e-3 cc ml 西西
升 volume 1 公升 l litre litres liter liters
立方米 volume 1000 立方公尺 m³
分升 volume 0.1 dl
立方厘米 volume 1e-3 立方公分 cm³
立方分米 volume 1
立方英尺 volume 28.316846592
立方英寸 volume 0.016387064
立方码 volume 764.554857984
品脱 volume 0.473176473
夸脱 volume 0.946352946
加仑 volume 3.785411784 gallon gallons
茶匙 volume 5e-3
汤匙 volume 15e-3
平方毫米 area 1e-6
平方厘米 area 1e-4 cm²
平方米 area 1 平米 平方公尺 平方 平 m²
平方千米 area 1e6 平方公里 km²
平方分米 area 0.01
平方英尺 area 0.09290304
平方英寸 area 0.00064516
平方码 area 0.83612736
平方英里 area 2589988.110336
顷 area 66666.66666666667
公顷 area 10000
亩 area 666.6666666666666
英亩 area 4046.8564224
度 temperature 1 ° 度数
摄氏度 temperature 1 摄氏° °c ℃ c°
华氏度 temperature 1 华氏° °f ℉ f°
比特 information 0.125 bit bits
千比特 information 125
兆比特 information 125000
字节 information 1 byte bytes
千字节 information 1000 kb
兆字节 information 1e6 mb 兆b
吉字节 information 1e9 gb 千兆字节
太字节 information 1e12 tb
吉比特 information 1.25e8 千兆比特 gbit
瓦 power 1 瓦特
千瓦 power 1000 kw
兆瓦 power 1e6 mw
马力 power 735.49875
赫兹 frequency 1 hz
千赫 frequency 1000 千赫兹 khz
兆赫 frequency 1e6 兆赫兹 mhz
吉赫 frequency 1e9 ghz
帕 pressure 1 帕斯卡 pa
千帕 pressure 1000 kpa
兆帕 pressure 1e6 mpa
焦耳 energy 1
千焦 energy 1000 kj
卡 energy 4.184 卡路里
千卡 energy 4184 大卡 千卡路里 kcal
度电 energy 3600000
千瓦时 energy 3600000 千瓦小时 kwh
伏 voltage 1 伏特
安培 current 1
迈 speed 0.44704
节 speed 0.514444
毫秒 time 1e-3 ms
秒 time 1 秒钟
分钟 time 60
小时 time 3600 钟头 个小时 个钟头
天 time 86400 日
周 time 604800 星期 个星期 礼拜 个礼拜
月 time 2629800 个月
年 time 31557600 载
岁 age 1 周岁 岁大
元 money:CNY 1 块 圆 块钱 元钱 元人民币 人民币元 人民币 rmb cny 圆整 圆正 元整 蚊
角 money:CNY 0.1 毛 毫 角钱 毛钱
分 money:CNY 0.01 分钱
美元 money:USD 1 美金 美刀 美圆 usd 元美元 元美金
美分 money:USD 0.01
欧分 money:EUR 0.01
便士 money:GBP 0.01
港元 money:HKD 1 港币 港纸 hkd 元港币
新台币 money:TWD 1 台币 twd 元台币
日元 money:JPY 1 日币 日圆 円 日本円 日本元 jpy 元日币
日本钱 money:JPY 0.01 日本銭 日本銭
欧元 money:EUR 1 eur
英镑 money:GBP 1 gbp
瑞士法郎 money:CHF 1 chf
法郎 money:FRF 1
卢布 money:RUB 1
韩元 money:KRW 1 韩币 韩圆 韩国元 元韩币 krw
新西兰元 money:NZD 1 纽币 nzd
瑞典克朗 money:SEK 1
挪威克朗 money:NOK 1
丹麦克朗 money:DKK 1
冰岛克朗 money:ISK 1
捷克克朗 money:CZK 1 捷克克郎
波兰兹罗提 money:PLN 1 兹罗提
福林 money:HUF 1 匈牙利福林
印尼盾 money:IDR 1 印度尼西亚盾 印尼卢比
菲律宾比索 money:PHP 1
墨西哥比索 money:MXN 1
阿根廷比索 money:ARS 1
智利比索 money:CLP 1
哥伦比亚比索 money:COP 1
巴西雷亚尔 money:BRL 1
俄罗斯卢布 money:RUB 1
土耳其里拉 money:TRY 1
南非兰特 money:ZAR 1
以色列新谢克尔 money:ILS 1 新谢克尔 谢克尔
沙特里亚尔 money:SAR 1
阿联酋迪拉姆 money:AED 1 迪拉姆
埃及镑 money:EGP 1
巴基斯坦卢比 money:PKR 1
比特币 money:BTC 1
泰铢 money:THB 1 泰币 泰株
澳元 money:AUD 1 澳币 澳大利亚元
加元 money:CAD 1 加币 加拿大元
新加坡元 money:SGD 1 新元 新币
澳门元 money:MOP 1 澳门币
卢比 money:INR 1 印度卢比
越南盾 money:VND 1
马克 money:DEM 1
林吉特 money:MYR 1 马币
比索 money:PHP 1
里拉 money:TRY 1
雷亚尔 money:BRL 1
兰特 money:ZAR 1
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
点位 车次 剂次 场次 班次 户次 批次 世纪 周年 年级 度角]]

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
