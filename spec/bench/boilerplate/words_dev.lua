-- words_dev.lua - what the pages of the development half speak of: townships,
-- farming, floods, tenders of a county. All names are put together.
local words = {}

words.surnames = { "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "蒋", "沈", "韩", "杨", "朱", "许" }
words.given = { "建", "国", "明", "丽", "芳", "海", "峰", "玉", "兰", "志", "强", "秀", "英", "晓", "东", "红", "成", "平" }

local function join(...)
  local lists = { ... }
  return function(p)
    local t = {}
    for i, list in ipairs(lists) do t[i] = p:pick(list) end
    return table.concat(t)
  end
end

local first = { "柳", "青", "白", "红", "云", "石", "清", "双", "金", "龙", "南", "东" }
local second = { "河", "山", "岭", "坪", "泉", "桥", "湾", "林", "沟", "溪" }
words.town = join(first, second, { "镇", "镇", "乡", "街道" })
words.village = join(first, second, { "村", "村", "社区" })
words.county = join(first, { "阳", "原", "源", "城", "安" }, { "县" })
words.person = function(p) return p:person() end
words.office = { "$county农业农村局", "$county应急管理局", "$county水务局", "$town党政办", "$county人民政府办公室" }
words.medium = { "$county新闻网", "北原日报", "临江晚报", "$county融媒体中心", "原上先锋网", "农村信息报" }
words.site = { "$county人民政府", "$county新闻网", "$town人民政府" }
words.helper = { "党员", "网格员", "志愿者", "护林员", "镇村干部", "农技员", "民兵" }
words.thing = { "宣传单", "明白纸", "倡议书", "防汛沙袋", "优质种苗", "有机肥料", "灭火器" }
words.field = { "主干道", "河道沿线", "田间地头", "集贸市场", "村口路段", "沿街商铺", "养殖小区" }
words.crop = { "小麦", "玉米", "油菜", "大蒜", "苹果", "花椒", "中药材", "早稻" }
words.work = { "春耕备耕", "秸秆禁烧", "森林防火", "防汛备汛", "人居环境整治", "垃圾分类", "反诈宣传", "秋收秋种" }
words.sections = { "新闻中心", "镇街动态", "政务公开", "通知公告", "乡村振兴", "工作动态", "县区新闻", "招标公告" }
words.tags = { "春耕", "网格", "党员", "环境整治", "防汛", "志愿服务", "花椒", "农技", "河道", "防火" }

words.titles = {
  "$town扎实推进$work工作", "$town：党员带头 $work有序开展", "$town召开$work推进会", "$county多举措抓好$work",
  "“三个到位”筑牢$town$work防线", "$town$crop喜获丰收", "$village：小$crop托起致富梦", "$town开展$work专项行动",
  "走进$town：一株$crop的富民路", "$town组织干部观摩$work现场", "$county$work现场会在$town召开",
}
words.heads = { "加强组织领导", "强化宣传引导", "压实工作责任", "严格督导检查", "完善基础设施", "突出产业带动" }
words.sentences = {
  "$d，$town组织$n名$helper来到$village，对$field开展集中排查，共发现问题$n处，已全部整改到位。",
  "连日来，$town把$work作为当前头等大事，成立工作专班$n个，层层签订责任书，确保各项措施落到实处。",
  "截至目前，全镇累计发放$thing$m份，悬挂横幅$n条，出动宣传车$n辆次，营造了浓厚的工作氛围。",
  "“多亏了村里帮忙联系收割机，我家的$n亩$crop两天就收完了。”$village村民$person高兴地说。",
  "该镇投入资金$m万元，新建蓄水池$n座，硬化生产路$n公里，有效改善了$village的生产条件。",
  "据介绍，$village今年种植$crop$m亩，预计总产量$w公斤，带动周边$n户农户增收。",
  "在$village的加工车间里，$n名工人正忙着分拣$crop，一派繁忙景象。",
  "下一步，$town将继续加大工作力度，建立长效机制，推动$work常态化、制度化。",
  "$helper们挨家挨户上门走访，详细了解群众的困难和需求，现场解决实际问题$n件。",
  "会议要求，各村要提高认识，明确分工，严格执行二十四小时值班制度，做到早发现、早报告、早处置。",
  "镇党委书记$person表示，要以钉钉子的精神抓好落实，让群众看到实实在在的变化。",
  "为保证质量，$office派出技术人员$n名，分片包村进行指导，累计培训农户$m人次。",
  "去年以来，$village流转土地$m亩，引进企业$n家，村集体收入达到$w元。",
  "$town坚持问题导向，对照台账逐项销号，目前已完成整改$n项，其余问题正在有序推进。",
  "村里的老党员$person主动请缨，每天在$field值守十个小时以上，受到大家的好评。",
  "项目建成后，预计年产值可达$w元，提供就业岗位$n个，户均年增收$m元。",
  "针对部分群众反映的灌溉难问题，$town协调水利部门疏通渠道$n公里，惠及耕地$m亩。",
}
words.notices = {
  "根据上级文件精神，结合我县实际，现就做好$work有关事项通知如下，请认真贯彻执行。",
  "各乡镇、各有关单位要高度重视，细化方案，于每月$n日前将进展情况报送$office。",
  "对工作不力、造成不良影响的，将按照有关规定追究责任。",
  "本项目资金来源为财政资金，招标人为$office，现对该项目进行公开招标。",
  "投标人须具备独立法人资格，近三年内承担过类似工程不少于$n项，并在人员、设备、资金等方面具有相应能力。",
  "招标文件每套售价$m元，售后不退，逾期送达的投标文件不予受理。",
}
words.columns = { { "村名", "户数", "面积（亩）" }, { "单位", "计划数", "完成数" }, { "品种", "亩产", "单价" } }
words.rows = { "$village", "$village", "$village" }
words.opinions = { "写得真好，为家乡点赞。", "支持，希望越来越好！", "路修好了回家方便多了", "请问什么时候能轮到我们村", "顶一个",
  "说得在理", "欢迎大家来玩", "什么时候能通公交啊？", "前排围观", "感谢辛苦付出的干部们" }
words.nicks = { "山里娃", "老农民66", "风轻云淡", "阳光少年", "麦田守望者", "路人甲乙", "村口小明", "快乐老头" }

return words
