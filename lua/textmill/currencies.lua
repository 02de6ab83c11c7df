-- Money: ISO 4217 code, the sign tm.written puts before a sum (the code itself where there
-- is none of its own), name, other names, folded. One table for tm.quantities (units.lua)
-- and for tm.spoken and tm.written (figure_signs.lua).

local TABLE <const> = [[
CNY ¥ 元 块 圆 块钱 元钱 元人民币 人民币元 人民币 rmb cny 圆整 圆正 元整 蚊
USD US$ 美元 美金 美刀 美圆 usd 元美元 元美金
HKD HK$ 港元 港币 港纸 hkd 元港币 港圆
TWD TWD 新台币 台币 twd 元台币 新台币元
MOP MOP 澳门元 澳门币 mop 葡币
JPY JPY¥ 日元 日币 日圆 円 日本円 日本元 jpy 元日币
EUR € 欧元 eur 元欧元
GBP £ 英镑 gbp
KRW ₩ 韩元 韩币 韩圆 韩国元 元韩币 krw
KPW KPW 朝鲜元 朝元 kpw
AUD A$ 澳元 澳币 澳大利亚元 澳洲元 aud
CAD C$ 加元 加币 加拿大元 cad
NZD NZ$ 新西兰元 纽币 纽元 纽西兰元 nzd
SGD S$ 新加坡元 新元 新币 坡币 sgd
CHF CHF 瑞士法郎 chf 瑞郎
INR ₹ 卢比 印度卢比 印度卢布 inr
RUB ₽ 卢布 俄罗斯卢布 俄国卢布 rub
BYN BYN 白俄罗斯卢布 byn
THB ฿ 泰铢 泰币 泰株 thb
MYR RM 林吉特 马来西亚林吉特 马币 令吉 马来西亚令吉 myr
VND ₫ 越南盾 越盾 越南币 vnd
IDR Rp 印尼盾 印度尼西亚盾 印尼卢比 印度尼西亚卢比 idr
PHP ₱ 菲律宾比索 比索 菲律宾披索 php
MMK MMK 缅元 缅甸元 缅币 mmk
KHR KHR 瑞尔 柬埔寨瑞尔 khr
LAK LAK 基普 老挝基普 lak
BND BND 文莱元 文莱林吉特 bnd
MNT MNT 图格里克 蒙古图格里克 mnt
NPR NPR 尼泊尔卢比 npr
PKR PKR 巴基斯坦卢比 pkr
LKR LKR 斯里兰卡卢比 lkr
MVR MVR 马尔代夫拉菲亚 马尔代夫卢菲亚 拉菲亚 卢菲亚 mvr
BDT BDT 塔卡 孟加拉塔卡 bdt
AFN AFN 阿富汗尼 afn
KZT ₸ 坚戈 哈萨克斯坦坚戈 kzt
UZS UZS 乌兹别克斯坦苏姆 苏姆 uzs
UAH ₴ 格里夫纳 乌克兰格里夫纳 uah
PLN PLN 波兰兹罗提 兹罗提 pln
CZK CZK 捷克克朗 捷克克郎 czk
HUF HUF 福林 匈牙利福林 huf
RON RON 罗马尼亚列伊 列伊 ron
BGN BGN 保加利亚列弗 列弗 bgn
RSD RSD 塞尔维亚第纳尔 rsd
SEK SEK 瑞典克朗 瑞典克郎 sek
NOK NOK 挪威克朗 挪威克郎 nok
DKK DKK 丹麦克朗 丹麦克郎 dkk
ISK ISK 冰岛克朗 冰岛克郎 isk
TRY ₺ 里拉 土耳其里拉 土耳其新里拉
ILS ₪ 以色列新谢克尔 新谢克尔 谢克尔 ils
SAR SAR 沙特里亚尔 沙特阿拉伯里亚尔 sar
QAR QAR 卡塔尔里亚尔 qar
IRR IRR 伊朗里亚尔 irr
AED AED 阿联酋迪拉姆 迪拉姆 迪尔汗 aed
KWD KWD 科威特第纳尔 kwd
BHD BHD 巴林第纳尔 bhd
IQD IQD 伊拉克第纳尔 iqd
JOD JOD 约旦第纳尔 jod
EGP EGP 埃及镑 埃及磅 egp
LBP LBP 黎巴嫩镑 lbp
SYP SYP 叙利亚镑 syp
ZAR R 兰特 南非兰特 zar
NGN ₦ 奈拉 尼日利亚奈拉 ngn
KES KES 肯尼亚先令 kes
TZS TZS 坦桑尼亚先令 tzs
UGX UGX 乌干达先令 ugx
ETB ETB 埃塞俄比亚比尔 etb
GHS GHS 加纳塞地 塞地 ghs
MAD MAD 摩洛哥迪拉姆
DZD DZD 阿尔及利亚第纳尔 dzd
TND TND 突尼斯第纳尔 tnd
LYD LYD 利比亚第纳尔 lyd
XAF XAF 中非法郎 xaf
XOF XOF 西非法郎 xof
BRL R$ 巴西雷亚尔 雷亚尔 brl
MXN MXN 墨西哥比索 mxn
ARS ARS 阿根廷比索 ars
CLP CLP 智利比索 clp
COP COP 哥伦比亚比索
UYU UYU 乌拉圭比索 uyu
CUP CUP 古巴比索
PEN PEN 秘鲁索尔 索尔 秘鲁新索尔
VES VES 委内瑞拉玻利瓦尔 玻利瓦尔 ves
BOB BOB 玻利维亚诺
PYG PYG 瓜拉尼 巴拉圭瓜拉尼 pyg
JMD JMD 牙买加元 jmd
FJD FJD 斐济元 fjd
PGK PGK 基那 巴布亚新几内亚基那 pgk
DEM DEM 马克 德国马克
FRF FRF 法郎 法国法郎
BTC ₿ 比特币 btc
MUR MUR 毛里求斯卢比
SCR SCR 塞舌尔卢比
OMR OMR 阿曼里亚尔 阿曼里亚
YER YER 也门里亚尔
DOP DOP 多米尼加比索
GEL GEL 格鲁吉亚拉里
AMD AMD 亚美尼亚德拉姆 德拉姆
AZN AZN 阿塞拜疆马纳特
TMT TMT 土库曼斯坦马纳特
KGS KGS 吉尔吉斯斯坦索姆
TJS TJS 塔吉克斯坦索莫尼 索莫尼
BTN BTN 不丹努尔特鲁姆 努尔特鲁姆
SOS SOS 索马里先令
XPF XPF 太平洋法郎
RWF RWF 卢旺达法郎
BIF BIF 布隆迪法郎
DJF DJF 吉布提法郎
GNF GNF 几内亚法郎
KMF KMF 科摩罗法郎
CDF CDF 刚果法郎
ZMW ZMW 赞比亚克瓦查
MWK MWK 马拉维克瓦查
BWP BWP 博茨瓦纳普拉
MZN MZN 莫桑比克梅蒂卡尔 梅蒂卡尔
AOA AOA 安哥拉宽扎 宽扎
MGA MGA 马达加斯加阿里亚里 阿里亚里
SLL SLL 塞拉利昂利昂
GMD GMD 冈比亚达拉西 达拉西
CVE CVE 佛得角埃斯库多
LSL LSL 莱索托洛蒂
SZL SZL 斯威士兰里兰吉尼 里兰吉尼
NAD NAD 纳米比亚元
ZWL ZWL 津巴布韦元
LRD LRD 利比里亚元
MRU MRU 毛里塔尼亚乌吉亚 乌吉亚
ERN ERN 厄立特里亚纳克法
SDG SDG 苏丹镑
SSP SSP 南苏丹镑
BBD BBD 巴巴多斯元
BSD BSD 巴哈马元
BMD BMD 百慕大元
BZD BZD 伯利兹元
KYD KYD 开曼群岛元 开曼元
GYD GYD 圭亚那元
SRD SRD 苏里南元
TTD TTD 特立尼达和多巴哥元
XCD XCD 东加勒比元
HTG HTG 海地古德
HNL HNL 洪都拉斯伦皮拉 伦皮拉
NIO NIO 尼加拉瓜科多巴 科多巴
CRC CRC 哥斯达黎加科朗
GTQ GTQ 危地马拉格查尔 格查尔
PAB PAB 巴拿马巴波亚 巴波亚
AWG AWG 阿鲁巴弗罗林
HRK HRK 克罗地亚库纳 库纳
MKD MKD 马其顿第纳尔
ALL ALL 阿尔巴尼亚列克
MDL MDL 摩尔多瓦列伊
BAM BAM 波黑可兑换马克
GIP GIP 直布罗陀镑
FKP FKP 福克兰群岛镑
SHP SHP 圣赫勒拿镑
SBD SBD 所罗门群岛元
VUV VUV 瓦努阿图瓦图
WST WST 萨摩亚塔拉
TOP TOP 汤加潘加
FIM FIM 芬兰马克
BEF BEF 比利时法郎
LUF LUF 卢森堡法郎
ITL ITL 意大利里拉
ESP ESP 西班牙比塞塔 比塞塔
NLG NLG 荷兰盾
PTE PTE 葡萄牙埃斯库多
GRD GRD 希腊德拉克马 德拉克马
IEP IEP 爱尔兰镑
ATS ATS 奥地利先令
CYP CYP 塞浦路斯镑
MTL MTL 马耳他里拉
EEK EEK 爱沙尼亚克朗
SKK SKK 斯洛伐克克朗
LVL LVL 拉脱维亚拉特
LTL LTL 立陶宛立特
SIT SIT 斯洛文尼亚托拉尔
]]

-- Signs before a sum that are not those it is written with.
local SIGNS <const> = [[
￥ CNY
$ USD
HKD$ HKD
NT$ TWD
AU$ AUD
CA$ CAD
SG$ SGD
MOP$ MOP
JP¥ JPY
]]

local currencies = { list = {}, by_code = {}, by_sign = {} }

for line in TABLE:gmatch "[^\n]+" do
  local code, sign, name, others = line:match "^(%S+) (%S+) (%S+) ?(.*)$"
  local c = { code = code, sign = sign, name = name, names = { name } }
  for other in others:gmatch "%S+" do c.names[#c.names + 1] = other end
  currencies.list[#currencies.list + 1] = c
  currencies.by_code[code] = c
  if sign ~= code then currencies.by_sign[sign] = c end
end
for sign, code in SIGNS:gmatch "(%S+) (%S+)" do currencies.by_sign[sign] = currencies.by_code[code] end

return currencies
