-- Measure words in the names of schemes, and what they count there.
--
--   measures.ALL      三道防线, 四张清单: may stand between the numeral of a name and its noun
--   measures.HEADED   三级...体系: before a head noun a few words on, without quotation marks
--   measures.NOUNS    宣传、排查、后勤三支队伍: measure -> nouns of what is counted right beside its list; .by: the
--                     same by their first character

local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local measures = {}

measures.ALL = set "个 大 项 条 道 张 支 只 种 级 方 层 步 本 位 类 套 轮 重 把 份 块 面 根 户 名"
measures.HEADED = { "字", "项", "色", "级", "户", "道", "张", "大", "步" }

local GROUPS <const> = { "诀", "经", "方针", "队伍", "分队", "专班", "组", "队", "工序", "步骤", "环节", "关口", "阶段",
  "窗口", "社团", "板块", "维度", "阵地", "平台", "服务队" }
local KINDS <const> = { "人员", "人群", "群体", "对象", "隐患", "场所", "问题", "事项", "户", "主体", "干部", "风险", "区域",
  "情形", "行为", "案件", "矛盾", "纠纷", "岗位", "单位", "机构", "事件", "项目", "家庭", "患者", "疾病", "病人", "学生",
  "企业", "商户", "资源", "物资", "部门", "要素", "产品", "责任人" }
local LARGE <const> = { "重点", "品牌", "阵地", "平台", "要素", "革命", "工程", "行动", "战役", "攻坚战", "体系", "任务",
  "举措", "机制", "帮扶", "产业", "中心", "板块", "提升", "专项", "环节", "目标" }
local LISTED <const> = { "清单", "表", "网", "牌", "名片", "单" }
local TASKS <const> = { "保障", "任务", "机制", "制度", "措施", "举措", "职能", "重点工作", "行动", "工程", "要求" }
local BOOKS <const>, LEVELS <const> = { "账", "台账" }, { "包保", "长制", "书记" }

measures.NOUNS = { ["个"] = GROUPS, ["支"] = GROUPS, ["道"] = GROUPS, ["字"] = GROUPS, ["类"] = KINDS,
  ["处"] = KINDS, ["大"] = LARGE, ["张"] = LISTED, ["本"] = BOOKS, ["项"] = TASKS, ["级"] = LEVELS }

for _, nouns in ipairs { GROUPS, KINDS, LARGE, LISTED, TASKS, BOOKS, LEVELS } do
  nouns.by = vocabulary.by_opening(nouns)
end

return measures
