-- words_held.lua - what the pages of the held-out half speak of: schools,
-- hospitals, buses, museums, clubs, products of a city. All names are invented.
local words = {}

words.surnames = { "何", "吕", "施", "张", "孔", "曹", "严", "华", "魏", "陶", "姜", "谢", "邹", "潘", "葛", "范" }
words.given = { "文", "博", "雅", "琴", "子", "涵", "立", "新", "春", "梅", "世", "杰", "慧", "敏", "家", "豪", "云", "飞" }

local function join(...)
  local lists = { ... }
  return function(p)
    local t = {}
    for i, list in ipairs(lists) do t[i] = p:pick(list) end
    return table.concat(t)
  end
end

local first = { "临", "海", "宁", "望", "长", "永", "新", "西", "枫", "荷", "松", "桂" }
local second = { "港", "宁", "湖", "州", "浦", "岗", "屏", "陵", "江", "塘" }
words.county = join(first, second, { "市" })
words.town = join(first, second, { "区", "区", "镇" })
words.village = join(first, second, { "小学", "中学", "医院", "图书馆", "车站" })
words.person = function(p) return p:person() end
words.office = { "$county教育局", "$county卫生健康委员会", "$county公共资源交易中心", "$town文化馆", "$county交通运输局" }
words.medium = { "$county晚报", "江南时讯网", "都市早报", "$county广播电视台", "海岸周刊", "科普时报" }
words.site = { "$county教育信息网", "江南时讯网", "$village" }
words.helper = { "教师", "医护人员", "学生代表", "驾驶员", "讲解员", "社工", "裁判员" }
words.thing = { "绘本", "急救包", "乘车卡", "门票", "参赛证", "问卷", "雨衣" }
words.field = { "教学楼", "门诊大厅", "公交站台", "展览大厅", "运动场", "地铁出口", "食堂" }
words.crop = { "机器人", "合唱", "象棋", "短跑", "陶艺", "航模", "书法", "无人机" }
words.work = { "校园安全演练", "免费义诊", "公交线路优化", "非遗展演", "阅读推广", "体质监测", "急救培训", "消防演习" }
words.sections = { "校园要闻", "本地快讯", "院务公开", "赛事报道", "文化长廊", "采购信息", "城市资讯", "读者来信" }
words.tags = { "阅读", "义诊", "公交", "机器人大赛", "非遗", "急救", "展览", "合唱", "体育课", "地铁" }

words.titles = {
  "$village举办第$n届$crop节", "$county$n条公交线路明起调整", "$village$work走进社区", "守护生命的“第一响应人”：$village急救课开讲",
  "$crop大赛落幕，$village夺冠", "一堂特殊的$crop课", "$county$work活动启动", "$person：把$crop带进课堂的人",
  "周末去哪儿？$town$n场展览等你来", "$village新馆开放，首日迎客$m人", "$work怎么做？听听专家怎么说",
}
words.heads = { "赛程安排", "参与方式", "现场直击", "专家提醒", "评选办法", "背景资料" }
words.sentences = {
  "昨天上午，$village的$field里人头攒动，$m名师生共同参加了这场期待已久的$crop展示。",
  "记者从$office获悉，本次活动历时$n天，吸引了来自$n所学校的$m名选手报名。",
  "“第一次站在台上有些紧张，但看到观众的笑脸就放松了。”参赛选手$person告诉记者。",
  "$d起，途经$field的$n路公交车将临时绕行，早晚高峰发车间隔缩短至$n分钟。",
  "活动期间，$helper为市民免费测量血压，解答健康疑问$m人次，发放$thing$m个。",
  "$village负责人$person介绍，新馆建筑面积$m平方米，馆藏图书$w册，设有阅览座席$m个。",
  "医生提醒，如出现持续发热、咳嗽等症状，应当尽快前往就近的医疗机构就诊，不要自行用药。",
  "经过$n轮激烈角逐，来自$village的代表队以$n比$n的比分获胜，捧得冠军奖杯。",
  "家长们普遍认为，这样的课程既锻炼了孩子的动手能力，也让他们学会了与人合作。",
  "展览共分为$n个单元，展出文物和图片$m余件，系统呈现了$town百年来的变迁。",
  "该校自开设$crop课程以来，已有$n名学生在市级以上比赛中获奖。",
  "$office有关负责人表示，今后将进一步优化服务流程，让更多市民享受到便利。",
  "志愿者$person连续$n年坚持在$field服务，累计时长超过$m小时。",
  "研究人员对$m名受试者进行了跟踪观察，结果显示坚持锻炼的人群睡眠质量明显更好。",
  "本届比赛设$n个组别，采用淘汰赛制，最终决出一等奖$n名、二等奖$n名。",
  "演练结束后，消防员向$helper讲解了灭火器的使用方法，并进行了现场示范。",
  "目前，相关工程已完成总量的百分之$n，预计将于年底前投入使用。",
}
words.notices = {
  "为进一步规范管理，提高服务水平，经研究决定，现将有关安排公布如下。",
  "受$office委托，我中心就下列货物进行询价采购，欢迎符合条件的供应商参加。",
  "供应商应当在规定时间内提交响应文件，并缴纳保证金$m元，未按要求提交的视为无效响应。",
  "报名者请携带本人有效证件到$village一楼服务台登记，名额$n人，额满为止。",
  "如对结果有异议，可在公示之日起五个工作日内以书面形式提出质疑。",
  "请各班班主任做好通知工作，并在$n日前将回执交到教务处。",
}
words.columns = { { "站点", "首班", "客流量" }, { "货物名称", "数量", "预算" }, { "组别", "人数", "得分" } }
words.rows = { "$village", "$village", "$village" }
words.opinions = { "沙发，这活动不错", "孩子参加了，收获很大", "能不能多办几场？", "终于等到了", "我们小区也想要", "楼主好人一生平安",
  "排队两小时，值得", "收藏了慢慢看", "请问需要预约吗", "点个赞再走" }
words.nicks = { "海边的猫", "小雨淅沥", "Tony老师", "夜行列车2008", "橘子汽水", "一只咸鱼", "bluesky77", "奶茶不加糖" }

return words
