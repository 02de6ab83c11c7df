-- Names of organisations: the words that their grammar asks for. The grammar is the core's
-- (csrc/core/org_names.h).
--
--   [镇 党委 政府]  [防汛 抗旱 指挥部]  [水情 监测 组]  [大德 源 天然气 公司]
--
-- What stands in a name goes left from a head over nouns and over verbs that name a task (监测, 服务);
-- verbs that take an organisation as their object (成立, 通知) and everything else end it.

local core = require "textmill.core"
local cues = require "textmill.cues"
local clauses = require "textmill.rules.zh.clauses"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

-- Heads that are a name by themselves.
local SELF <const> = set [[派出所 指挥部 卫生院 市场监管局 公安局 教育局 法院 检察院 电视台 村委会 居委会 城管 专班 领导小组 管理处 总支部
  党工委 公安机关 业委会 街道办事处 交警支队 敬老院 养老院 供销社 信用社 图书馆 文化馆 博物馆 文化站 林业站 司法所 财政所 国土所 水管所 气象局
  农机站 农技站 兽医站 畜牧站 水利站 县政府 市政府 区政府 乡政府 镇政府]]

-- Heads that need something before them.
local HEADS <const> = [[党委 党支部 党总支 党组织 党小组 党组 政府 人民政府 纪委 团委 妇联 工会 小组 工作组 领导组 领导小组 指挥部 指挥所 办公室
  服务队 突击队 先锋队 巡逻队 工作队 小分队 分队 中队 大队 支队 总队 救援队 宣传队 消防队 督察队 抢险队 施工队 医疗队 护林队 战队 联防队 民兵连 队 组
  派出所 卫生院 卫生所 卫生室 所 局 委员会 管委会 村委会 居委会 业委会 中心 公司 有限公司 集团 超市 商店 商场 书店 药店 饭店 酒店 银行 信用社 医院 学校 中学 小学
  幼儿园 大学 学院 合作社 协会 联合会 商会 基金会 检查站 站 林场 农场 农贸市场 市场 车行 店 厂 工厂 机关 项目 示范岗 隔离点 岗 点 处 管理处 办事处 居 室
  管理局 监督局 税务局 公安局 教育局 法院 检察院 电视台 报社 专班 班 外卖 组织部 宣传部 统战部 武装部 部 委 党工委 办 教研组 服务社 气站 加油站 质监站 敬老院 养老院
  团队 志愿队 工作站 服务站 研究院 研究所 突击组 公安机关 城管 科
  检查组 督查组 调查组 专家组 巡查组 巡逻组 保障组 旅行社
  图书馆 文化馆 博物馆 纪念馆 档案馆 展览馆 体育馆 科技馆 美术馆 法庭 监委 监察委 议事会 理事会 监事会
  红十字会 供销社 主席团 药房 大药房 砖厂 水泥厂 文化站 林业站 水管所 司法所 财政所 国土所 水文站 气象站 气象局 监督站 驿站 工作室 保险公司 事务所 分店 农科院
  调解室 协调组 疾控中心 信访办 信访局 卫健委 卫健局 文旅局 住建局 人社局 分局 执法局 消防大队 执法大队 消防中队 救援大队 消防站 分公司
  分院 中心校 米业 药业 茶业 实业 矿业 酒业 纸业 置业 支行 指挥中心 服务中心 厅 院 联谊会 促进会 研究会 老年协会 保健院
  农机站 农技站 兽医站 畜牧站 水利站 县政府 市政府 区政府 乡政府 镇政府 家委会]]
local HEAD <const> = clauses.wait(HEADS)

-- One character: a head only behind a word of two that is no verb of telling.
local SHORT <const> = set "厅 院 队 组 所 局 站 店 厂 岗 点 处 室 班 部 委 办 科 居"
-- Behind these 点, 岗, 室, 班, 部, 项目 make an organisation, else a place.
local PLACED <const> = { ["点"] = set "隔离 安置 接种", ["岗"] = set "示范 先锋",
  ["室"] = set "校医 医务 办公 教研 卫生 纪检监察 法律援助 调解 说事 议事 警务 工作 图书 阅览 谈心",
  ["厅"] = set "管理 应急管理 运输 交通运输 农业农村 自然资源 教育 公安 民政 财政 司法 水利 商务 文旅 科技 旅游",
  ["院"] = set "妇幼保健 保健 中医 检察 农科 福利 养老 敬老 卫生 妇产 设计 党史 社科",
  ["班"] = set "专 工作专", ["居"] = set "邻", ["部"] = set "组织 宣传 统战 武装 项目 党 后勤 保卫 财务 人事 医务 教务",
  ["处"] = set "管理 办事 政教 教务 总务 财务 保卫", ["所"] = set("实践 监管 监督 市场监管 市政 工商 财政 司法 国土 房管 税务 水利 供电 林业 派出 卫生 "
    .. "律师事务 会计师事务 计生 食药 环卫 民政 劳保 社保 城建 交管 自然资源 动检 畜牧 农技 经管 检疫"),
  ["委"] = set "纪 党 政法 县 市 省 区 镇 团 发改 卫健 村", ["办"] = set "党政 综治 扶贫 安 应急 经济发展 社会事务 疫情防控 创建 文明 食安 环保 宣传",
  ["科"] = set "业务 财务 人事 保卫 总务 医务 内 外 妇产",
    ["站"] = set [[实践 管理 监督 管护 检查 气 液化气 服务 工作 监测 农技 文化 质监 兽医 水利 广播
      林业 气象 救助 志愿 供电 变电 水文 接种 加油 电商 便民 畜牧 民政 收购 环保 防疫 农机 公路 畜牧兽医 动检 交管
      植保 水保 种子 粮管 质检 消防 法律服务 公共法律服务]] }

-- Offices the lexicon cuts in two where 局, 办, 委, 室 follow: 卫|健|局
local CUT <const> = set "林草 普查 住保 招商 卫健 文旅 住建 发改 城建 规建 人社 经信 工信 应急 综治 农综 食药 市监 网信 政法 宗教 侨务 外事 说事 议事"
for office in ("普查 防汛 防火 创卫 招商 振兴 综合执法 信访 文旅 民政 城建 规建 农业 林业 教育 卫健 河长 禁毒 双拥 财政 统战 纪检 党委 政府 县委 市委 "
  .. "区委 省委 县政府 市政府 区政府 镇政府 乡政府"):gmatch "%S+" do
  PLACED["办"][office] = true
end

-- Verbs that name the task of what stands behind them.
local TASKS <const> = set [[防控 服务 领导 监测 保障 转移 安置 巡逻 督查 监管 督察 指挥 帮扶 抢险 救援 宣传 排查 检查 隔离 集中 志愿 应急 值守 执法 咨询 就业 联结
 搜救 消防 治理 整治 管理 评审 采购 交易 扑火 调解 互助 联防 协作 普查 救助 投资 建设 发展 维护 维稳 防汛 抗旱 防火 养护 养殖 种植 送水 供水 送餐 助农 代办 代购 配送
 保洁 清运 消杀 消毒 巡查 巡山 护林 监督 考核 评估 审计 招商 招标 研究 设计 施工 物流 运输 装修 餐饮 保安 测绘 勘察 开发 出租 公交 快递 培训 教育 翻译 攻坚 控辍 稳岗 返乡 振兴 驻
 创业 创建 攻关 机动 劝导 劝返 流动 留守 专项 结对 综合 执勤 接待 联络
 协调 转运 流调 采样 接种 支援 驻村 扶贫 包保 包联 工作 防护 议事 说事 理事 自治 巡回 活动 审判 竞赛
 文明 选举 造林]]
-- Words that stand before a name without being part of it.
local OUTSIDE <const> = set [[会同 协同 施工方 承建方 建设方 承包方 甲方 乙方 业主方 报
  经 组织 成立 组建 设立 群众 干部 企业 单位 部门 书记 镇长 县长 市长 乡长 村长 局长 主任 队长 组长
  同志 情况 期间 时间 活动 目前 全面 基层
 大家 人员 地区 范围 作用 工作者 会议 任务 方面 时候 记者 代表 司机 老师 医生 队员 成员 各级 当前 上级 下级 辖区 问题 作风 思想 行动 爱心 城区 支部书记 党支部书记 村主任 充分发挥
  县级 镇级 村级 乡级 市级 省级 请 闲置 废弃
 商户 附近 沿线 其他 高校 企事业 乡里 镇里 县里 市里 村里 前线 一线 指令 家 城乡]]
local KEPT <const> = set("春季 夏季 秋季 冬季 冬春 双语 老年 少年 青少年 妇女 儿童 半 临时 专门 专项 志愿 义务 应急 综合 机动"
  .. " 基层 新 大 老 青年 警察 重大 旅外")
local FIRMS_OF <const> = "米业 药业 茶业 实业 矿业 酒业 纸业 置业 "
local COMPANY <const> = set(FIRMS_OF .. "公司 有限公司 集团 超市 商店 商场 书店 药店 饭店 酒店 银行 车行 店 厂 外卖 "
  .. "合作社 站 液化气站 市场 农贸市场 林场 农场 项目")
local BARE_SCOPE <const> = set "镇 乡 县 市 村 区 省 街道 社区 全 校 组 全县 全市 全省 全国 全村 全镇 全乡 全区 全校"
local TELLING <const> = set [[成立 组建 组织 设立 联合 通知 要求 带领 协调 上报 报告 委托 联系 支持 进入 来到 走进 深入 根据 按照 发挥 健全 加强 依靠 召开 坚持 选派
  保留 撤并 新建 改建 扩建 关闭 慰问 走访 拥有 纳入 移交 补助 资助 带着 配合 陪同 请求 对接 捐给 送到 送给
  前往 得到 成为 到 担任 充分发挥 建立 建设 创建 组成 下设 增设 设置 安排 动员 号召 邀请 参加 负责 主持 参与 协助 配合 推荐 选举 举行 开展 进行 推进 完善 建成 启动]]

-- 盛|达|建筑|公司: firms whose names the lexicon cuts into characters; these are no part of one.
local NO_PART <const> = set [[去 到 进 在 从 向 给 与 和 由 让 为 被 用 跟 往 来 回 开 办 建 买 卖 找 等 有 是 对 把 将 以 请 于 问 访 帮
  了 过 着 著 沿]]
local FIRMS <const> = set(FIRMS_OF .. "公司 有限公司 集团 超市 酒店 饭店 合作社 厂 砖厂 水泥厂 药房")
-- 县|...|局: a division may begin what the walk has cut too short.
local SCOPED <const> = set "县 镇 乡 村 市 区 省 团"
local RULING <const> = set "党委 政府 纪委 镇政府 乡政府 县政府 市政府 区政府 村委会 居委会 镇党委 乡党委 县委 党支部 支部 总支"

-- 党委 and 政府 are one name, 公安|机关, 村|委会: heads that go on.
local BRANCHED <const> = set "超市 药房 大药房 酒店 饭店 商场"
local NO_ENDS <const> = set "点 项目 机关"
local ALWAYS <const> = set "组 队"

local NAMED <const> = set "委 局 站 所 院 会 部 办 队 司 店 厂 行 社 校 处 室 中 学"
local GENERIC <const> = set "村民小组 村民委员会 施工队 工作队 工作组 服务中心 服务站 村党组织 农村党组织 基层党组织 基层党支部 志愿队 党员队伍 党委会 公共场所"
local COMMON <const> = set "村民小组" -- ends them
local OF_LAW <const> = set "公安 司法 税务"

-- Heads by what a name of several words needs before them.
local SCHOOLED <const> = set "学校 工厂 小学 商店 超市 中学"
local OF_PARTY <const> = set "党组织 党支部 党小组"
local NOT_ALL <const> = set "外卖 中心 小组 团队" -- not 全 alone

-- 隔离|点: a word and the head that it fits, as one string; the heads.
local FITS <const>, PLACED_HEADS <const> = {}, {}
for head, words in pairs(PLACED) do
  PLACED_HEADS[head] = true
  for w in pairs(words) do FITS[w .. head] = true end
end

local WORDS <const> = core.org_words {
  head = HEAD, self = SELF, short = SHORT, placed = PLACED_HEADS, fits = FITS, office = CUT, task = TASKS,
  outside = OUTSIDE, kept = KEPT, telling = TELLING, company = COMPANY, firm = FIRMS, no_part = NO_PART,
  scope = SCOPED, bare_scope = BARE_SCOPE, scopes = vocabulary.scopes, every = set "各村 各镇 各乡 各县",
  ruling = RULING, branched = BRANCHED, no_end = NO_ENDS, always = ALWAYS, wide = set "局 办 所 站 会 中心",
  generic = GENERIC, named_end = NAMED, neighbour_end = set "组 队 所 局 站 办",
  village_body = set "党支部 党总支 村委会 卫生室 小学", of_law = OF_LAW, schooled = SCHOOLED, of_party = OF_PARTY,
  not_all = NOT_ALL, rural = set "农村 基层", all = set "全", work = set "工作", shop = set "店", point = set "点",
  project = set "项目", bureau = set "机关", market = set "市场", team = set "队", modern = set "现代",
  common = COMMON,
}

local names = { HEAD = HEAD, SHORT = SHORT, COMPANY = COMPANY }

-- Bits of what names.each gives: see csrc/core/org_names.h.
names.FITS, names.QUOTED, names.VILLAGE, names.TASK, names.LISTED = 1, 2, 4, 8, 16
names.OF_COMPANY, names.EVERY = 32, 64
names.COLUMNS = 7

-- names.of(doc, kinds) -> two lists, of titles and of clauses in blocks of these kinds (core.block_kinds):
-- { token of a head, number of its block or clause, first and last token of what may be a name, its
-- bytes i and j, bits, ... }
local HEAD_BITS <const> = cues.bits(HEAD)
function names.of(doc, kinds) return doc.view:organisations(WORDS, HEAD_BITS, kinds) end

-- names.start(doc, k, c) -> first token of the name that ends in the head at k of clause c, or nil
function names.start(doc, k, c) return doc.view:organisation_start(WORDS, k, c.a, c.b) end

return names
