-- What given names are made of: characters that are frequent in them, and the parts of
-- Tibetan names, which have no surname.

local set = require "textmill.rules.zh.vocabulary".set

local given = {}

-- Characters of given names, one a character.
given.CHARACTERS = {}
for _, c in utf8.codes [[伟芳静涛磊鹏飞勇杰娟敏军霞强玲艳兵斌波辉刚健亮俊浩洁雪琳丹萍颖博超帆宁野晴遥青平华红云林峰山岩松柏森海江河川
东南北风阳光辰志玉梅建国小燕永丽洋福长新成怀民晓德顺家宝文翠兰大秋春生梦瑶学礼宏卫莲娣巧守义栋秀英桂明友发全安清庆元吉祥贵富昌盛荣兴旺昆金银铜铁龙虎凤鹤
淑珍惠慧贤良善美佳嘉怡欣悦婷娜莉莎倩蓉芬芝芸茹菊荷莹月星辉耀晖旭晨曦昊天宇轩泽涵睿毅凯旋旭升恒远达通立正直方圆明亮朗润滋泉源洪涌溪波澜渊
仁智信忠孝廉诚实敬恭谦和睦培栽树根本茂苗枝叶果丰登奎魁元首冠军胜利凯歌武威雄豪壮毅坚锋锐钢铭鑫钰钧锦绣彩虹霓雯霖露雨雷电震霆
思念忆慕怜爱惜心怀德馨香芳菲薇蕾蓓蕊花朵瑞祺祯禄寿喜乐康健宁静安邦保定振奋进先启开创业绩功勋名扬声传继承续延绍祖宗光庭庚寅子丑卯辰巳午申酉戌亥
一二三四五六七八九十百千万有才俊彦儒士彬斌章典范模楷书翰墨画琴棋诗词文韬略政治法纪律度量衡权洲洋港湾岛岳峦峻嵩岭崇高尚
世代道理凡广庭庆廷建连珠琪琦瑛瑾璇瑜琼玮珊瑚璐珂玥雁莺鹃鸿鹏鹰骏骥驰骋腾跃翔翱滔浩瀚淼沛沁沐泓湘漫漪澄澈宪宣宾贞贤赞迎逸运逢遂
骞犇淼焱垚堃喆赟翀翾旸昱昶煜炜烨焕煊皓昕暄妍婧姝娅嫣婕婵妮媛媚滢潇漪汐沅溥湛澍澎灏霁霏韵颢颉颀顼恺愉忻怿恬懿憬慷捷挺旻晟晗晔晏梓桦桐栩楠榕槿樱枫棠柠柯桃椿楚榛歆欢毓
沂沄浦浚浠涓淇渝湉滨漩潼瀛灿炎炳烁烽焰焘熠熹燊猛玄玟玫珏珑珺珞琛琨琰瑄瑗璟璨瓒畅皎祎祈祐禹秉稷穆竣筱筠纯绎绚绮翎翊翌耘聪聿肃胤臻舒航舜芊芃芙苑苒茵茜荃莘菁菀萌萧葳蒙蔓蔚
蘅虔蝶衍裕誉谊谨豫贺赫轲轶逊遐邵郁钊钦铎铠铮锟锡镕镛隽雅靖韬韶颂飒馥骁骄骅鲁鲲鸣鹭麒麟]] do
  given.CHARACTERS[utf8.char(c)] = true
end
given.CHARACTERS["\n"] = nil

-- Two characters each; a Tibetan name has two of them or more.
given.TIBETAN = set [[扎西 次仁 卓玛 央金 达瓦 尼玛 平措 旺堆 格桑 多吉 洛桑 强巴 贡布 白玛 拉姆 丹增 索朗 旦增 益西 边巴 巴桑 普布 米玛 拉巴
  顿珠 曲珍 德吉 仁青 罗布 加措 嘉措 班觉 才让 卓嘎 才旺 次旺 次珍 措姆 旺姆 旺久 旺扎 群培 群宗 桑珠 索南 土登 晋美 江白 阿旺 龙珠 仓决 吉宗 旺杰 次旦 曲扎 加布 多杰 公保
  尕藏 完么 切羊 拉毛 泽仁 泽郎 东周 俄玛 仁增 华旦 华青 夏吾 项杰 卓么 南杰 南加 旦正 旦知 旦巴 才旦 才仁 才吉 更登 更藏 加羊 加央 毛措 切吉 仁欠
  三知 完德 万玛 先巴 扎巴 周毛 周加 吉美 久美 色吉 桑吉 桑杰 桑周 斯郎 四郎 登巴 登真 曲措 次里 农布 取品 鲁茸 此里 七林 吾金]]

-- Mongol names of two characters, which the lexicon cuts or takes for other words: 养殖户苏|和, 布|和.
given.MONGOL = set [[宝音 朝鲁 布和 苏和 达来 巴图 斯琴 乌兰 娜仁 呼和 吉日 那顺 孟和 满都 哈斯 托娅 萨仁 图雅 高娃 朝克 布仁 乌云 旭日 阿荣 阿木
  敖登 苏德 宝力 格根 额日 塔娜 琪琪 金花 银花 白音 莫日 铁木 达赖 青格 那木 浩斯 乌恩 其木 乌日]]

-- Surnames that the lexicon does not know as such, one a character; and those of them that are
-- words first, which are surnames only before two characters of given names.
given.SURNAMES = set [[綦 庹 谯 郄 笪 虢 呙 仵 剡 遆 庾 茆 衷 妥 贠 芶 肇 缑 訚 苻 羌 佴 戢 贲 钭 恽 潭 郇 邾 郏 朴 玄 滑 钏 番 雎 撒
  哈 敏 粘 税 禾 瓮 桐 尕 禚 揣 盍 矫 撖 褟 禇 鄯 亶 琚 粆 钮 荀 姒 妫 缙 侬 禤 郐 侴 蹇 郤 郈]]
given.RARE_SURNAMES = set [[候 展 代 种 火 操 拜 海 虎 玉 者 巨 折 淡 丑 信 才 战 千 承 占 位 么 员 是 起 次 铁 岩 刀 锁 买 闪 酒 脱
  线 资 丹 措 英 红 达 户 喇 底 仓 冒 兆 豹 尼 浮 藤 力 回 旦 杂 切 慎 青 礼 赏 首 仪 泰 院 帖 悟 依 岐 敦
  旷 亚 绪 宛 逮 琴 贵 昂 银 修 鲜 佐 墨 言 汝 沐 羊 卯 母 福 钦]]

-- given.tibetan(s, p): last byte of the Tibetan name that begins at p, or nil
function given.tibetan(s, p)
  local q = p
  while given.TIBETAN[s:sub(q, q + 5)] do q = q + 6 end
  return q - p >= 12 and q - 1 or nil
end

return given
