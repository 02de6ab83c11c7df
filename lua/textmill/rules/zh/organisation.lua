-- Organisations by the grammar of their names: a noun phrase that ends in a
-- head. What they are made of: who leads them, of whom a team consists.
--
--   [镇 党委 政府]  [防汛 抗旱 指挥部]  [水情 监测 组]  [大德 源 天然气 公司]
--   由镇长任组长的防汛领导小组          structure
--   由一名医生、一名护士、一名司机        team
--
-- The walk goes left from a head over nouns and over verbs that name a task
-- (监测, 服务); verbs that take an organisation as their object (成立, 通知) and
-- everything else end it.

local clauses = require "textmill.rules.zh.clauses"
local near = require "textmill.rules.zh.organisation_near"
local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set
local length <const> = utf8.len
local WHERE <const> = vocabulary.scopes

local organisation = {}

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
local NOUN <const> = set "n nr ns nt nz j vn b g x eng an nrt nrfg s"
local SCOPES <const> = { ["各村"] = 3, ["各镇"] = 3, ["各乡"] = 3, ["各县"] = 3 }
local FIRMS_OF <const> = "米业 药业 茶业 实业 矿业 酒业 纸业 置业 "
local COMPANY <const> = set(FIRMS_OF .. "公司 有限公司 集团 超市 商店 商场 书店 药店 饭店 酒店 银行 车行 店 厂 外卖 "
  .. "合作社 站 液化气站 市场 农贸市场 林场 农场 项目")
local BARE_SCOPE <const> = set "镇 乡 县 市 村 区 省 街道 社区 全 校 组 全县 全市 全省 全国 全村 全镇 全乡 全区 全校"
local LONGEST <const> = 9
local TELLING <const> = set [[成立 组建 组织 设立 联合 通知 要求 带领 协调 上报 报告 委托 联系 支持 进入 来到 走进 深入 根据 按照 发挥 健全 加强 依靠 召开 坚持 选派
  保留 撤并 新建 改建 扩建 关闭 慰问 走访 拥有 纳入 移交 补助 资助 带着 配合 陪同 请求 对接 捐给 送到 送给
  前往 得到 成为 到 担任 充分发挥 建立 建设 创建 组成 下设 增设 设置 安排 动员 号召 邀请 参加 负责 主持 参与 协助 配合 推荐 选举 举行 开展 进行 推进 完善 建成 启动]]

-- 宣讲|队, 抽|粪|队: what a team does, in one word or in two characters.
local AFTER <const> = set "q w v"
local function team_of(doc, k, c)
  local before = doc.words[k - 1]
  if length(before) == 2 then
    return doc.tags[k - 1] == "v" and not TELLING[before] and not OUTSIDE[before]
  end
  local act = k - 2 >= c.a and (doc.tags[k - 2] == "v" or doc.tags[k - 2] == "g")
  return act and length(doc.words[k - 2]) == 1 and length(doc.words[k - 1]) == 1
    and (k - 2 == c.a or AFTER[doc.tags[k - 3]] ~= nil) and doc.tags[k - 1] == "n"
end

-- Is the word before a lone character one it makes a name with?
local function short_head(doc, k, c)
  local w = doc.words[k]
  if k == c.a then return false end
  local before = doc.words[k - 1]
  if length(before) == 1 and k - 1 > c.a and CUT[doc.words[k - 2] .. before] then return true end
  local fits = PLACED[w]
  if w == "队" and team_of(doc, k, c) then return true end
  if not fits then
    return length(before) >= 2 and (NOUN[doc.tags[k - 1]] or TASKS[before]) and not OUTSIDE[before]
      and doc.tags[k - 1] ~= "s" and doc.tags[k + 1] ~= "n"
  end
  return fits[before] or false
end

-- 盛|达|建筑|公司: the name of a firm that the lexicon cuts into characters, two of them at least.
local NO_PART <const> = set [[去 到 进 在 从 向 给 与 和 由 让 为 被 用 跟 往 来 回 开 办 建 买 卖 找 等 有 是 对 把 将 以 请 于 问 访 帮
  了 过 着 著 沿]]
local FIRMS <const> = set(FIRMS_OF .. "公司 有限公司 集团 超市 酒店 饭店 合作社 厂 砖厂 水泥厂 药房")
local function one_character(doc, k)
  local w, tag = doc.words[k], doc.tags[k]
  return w ~= nil and tag ~= "w" and tag ~= "m" and not NO_PART[w] and length(w) == 1
end
local function spelt(doc, k, head)
  return FIRMS[doc.words[head]] and one_character(doc, k)
    and (one_character(doc, k - 1) or k < head - 1 and one_character(doc, k + 1)) or false
end

-- 县|...|局: a division may begin what the walk has cut too short. Its token, or nil.
local SCOPED <const> = set "县 镇 乡 村 市 区 省 团"
local FARTHEST_SCOPE <const> = 5
local PASSED <const> = set "n nr ns nt nz j vn b g a x an nrt s l v i"
local function scope_of(doc, k, c)
  for e = k - 1, math.max(c.a, k - FARTHEST_SCOPE), -1 do
    local w = doc.words[e]
    if SCOPED[w] then return (e == c.a or doc.tags[e - 1] ~= "m") and e or nil end
    if not PASSED[doc.tags[e]] or OUTSIDE[w] or TELLING[w] or NO_PART[w] then return nil end
  end
end

local RULING <const> = set "党委 政府 纪委 镇政府 乡政府 县政府 市政府 区政府 村委会 居委会 镇党委 乡党委 县委 党支部 支部 总支"

-- May the token k stand in a name whose part behind it begins at k + 1?
local CIRCLED <const> = "\xE2\x91" -- ④
local function inside(doc, k, head)
  local words, tags = doc.words, doc.tags
  local w, tag = words[k], tags[k]
  if KEPT[w] then return true end
  if TASKS[w] and (tags[k - 1] == "nt" or RULING[words[k - 1]]) then return false end
  if OUTSIDE[w] or tag ~= "n" and w:sub(1, #CIRCLED) == CIRCLED then return false end
  if tag == "n" and tags[k - 1] == "m" and #w == 3 then return false end -- 8|支
  if NOUN[tag] then return not WHERE[w] or BARE_SCOPE[w] end
  if tag == "v" or tag == "ad" or tag == "d" or tag == "vd" then
    local before = doc.words[k - 1] or ""
    if TASKS[w] then return true end
    if tag == "v" and length(w) == 2 and doc.words[k + 1] == "工作" and k + 1 < head then -- 搬迁|工作|领导|小组
      return not TELLING[w]
    end
    if tag == "v" and length(w) == 2 and not TELLING[w] and doc.tags[k - 1] == "n" and length(before) == 2
      and not OUTSIDE[before] and (NOUN[doc.tags[k + 1]] or k + 1 == head) and not NOUN[doc.tags[k - 2]] then
      return doc.tags[k - 2] ~= "b" and doc.tags[k - 2] ~= "a"
    end
    return TASKS[w] or spelt(doc, k, head) or COMPANY[doc.words[head]] and length(w) == 1 and k == head - 2
      and doc.tags[k - 1] == "nr" or doc.words[head] == "项目" and length(w) == 2 and k < head - 1
  end
  if tag == "m" then return w:sub(1, 3) == "第" and #w > 3 end
  if tag == "l" and length(w) == 4 and k == head - 2 then return true end -- 退役军人|服务|站
  if tag == "l" or tag == "t" then return length(w) > 2 and k < head and TASKS[w] or false end
  if tag == "a" or tag == "f" then return length(w) == 1 and doc.tags[k + 1] == "n"
    and length(doc.words[k + 1]) == 1 end
  return false
end

-- 昆山|绿|源|再生|资源|有限公司: a firm's name begins with its place, whatever stands between
-- them, or where its clause begins. Its first token, or nil.
local FIRM_STOPS <const> = set "w m q u p c r d f blank"
local LONGEST_FIRM <const> = 6 -- tokens before what the walk has found
local function firm_start(doc, e, c)
  for k = e - 1, math.max(c.a, e - LONGEST_FIRM), -1 do
    local w, tag = doc.words[k], doc.tags[k]
    if FIRM_STOPS[tag] or NO_PART[w] or TELLING[w] or OUTSIDE[w] then return nil end
    if tag == "ns" or k == c.a and tag ~= "v" and tag ~= "t" then return k end
    if tag == "t" and w ~= "现代" then return nil end
  end
end

-- First token of the name that ends in the head at k; nil: no name.
local function name_start(doc, k, c)
  local e, head = k, k
  if SHORT[doc.words[k]] then
    if not short_head(doc, k, c) then return nil end
    e = k - 1
  end
  while e > c.a and k - e < LONGEST and inside(doc, e - 1, head) do
    e = e - 1
    local tag = WHERE[doc.words[e]] and (doc.tags[e - 1] or "w")
    if tag and tag ~= "nr" and tag ~= "ns" and tag ~= "nz" then break end
  end
  return FIRMS[doc.words[head]] and firm_start(doc, e, c) or e
end

-- 党委 and 政府 are one name, 公安|机关, 村|委会: heads that go on.
local BRANCHED <const> = set "超市 药房 大药房 酒店 饭店 商场"
local function whole_head(doc, k, c)
  if BRANCHED[doc.words[k]] and k + 2 <= c.b and doc.words[k + 2] == "店" then return k + 2 end -- 超市|河东|店
  while k < c.b do
    local nxt = doc.words[k + 1]
    local tag = doc.tags[k + 1]
    if HEAD[nxt] and (NOUN[tag] or SHORT[nxt] or tag == "l") and not (nxt == "点" or nxt == "项目"
      or nxt == "机关") then
      if SHORT[nxt] and not (PLACED[nxt] and PLACED[nxt][doc.words[k]] or nxt == "组"
        or nxt == "队") then break end
      k = k + 1
    else
      break
    end
  end
  return k
end

local NAMED <const> = set "委 局 站 所 院 会 部 办 队 司 店 厂 行 社 校 处 室 中 学"
local GENERIC <const> = set "村民小组 村民委员会 施工队 工作队 工作组 服务中心 服务站 村党组织 农村党组织 基层党组织 基层党支部 志愿队 党员队伍 党委会 公共场所"
local COMMON <const> = "村民小组"
-- Is what was found a name and no common noun?
local function is_name(doc, a, k)
  local head = doc.words[k]
  local s = a == k and head or doc:text_of(a, k)
  if GENERIC[s] or s:sub(-#COMMON) == COMMON then return false end
  if a == k then return SELF[s] or doc.tags[k] == "nt" and length(s) > 2 and NAMED[s:sub(-3)] or false end
  if head == "点" then return k - a >= 2 end
  local n = length(s)
  if n < 3 or n > 18 then return false end
  if head == "机关" then return doc.words[k - 1] == "公安" or doc.words[k - 1] == "司法"
    or doc.words[k - 1] == "税务" end
  if head == "项目" or head == "市场" or head == "外卖" or head == "中心" or head == "小组" or head == "团队" then
    return k - a >= (head == "小组" and 1 or head == "项目" and 2 or 1)
      and (head ~= "市场" or doc.tags[a] == "ns" or doc.tags[a] == "nz") and doc.words[a] ~= "全"
  end
  if head == "学校" or head == "工厂" or head == "小学" or head == "商店" or head == "超市" or head == "中学" then
    return (NOUN[doc.tags[a]] or doc.words[a]:find "^第.") and doc.tags[a] ~= "b"
      and (doc.tags[a] ~= "n" or k - a > 1
      or length(doc.words[a]) > 1)
  end
  if head == "党组织" or head == "党支部" or head == "党小组" then
    return doc.words[a] ~= "农村" and doc.words[a] ~= "基层" and not (k - a == 1 and BARE_SCOPE[doc.words[a]])
  end
  return true
end

local WIDE <const> = set "局 办 所 站 会 中心"

-- “红马甲”志愿服务队: the quoted name before it. Where it opens, else i.
local QUOTED_HEADS <const> = set "队 会 站 室 组 社 班 家 院 店"
local function with_quote(doc, i, j, c)
  if doc.shown:sub(i - 3, i - 1) ~= "”" or not QUOTED_HEADS[doc.shown:sub(j - 2, j)] then return i end
  local from = math.max(1, i - 36)
  local open = doc.shown:sub(from, i - 4):match ".*()“"
  if not open or from + open - 1 < c.block.si then return i end
  return from + open - 1
end

-- “护秋”[服务队]: a head that is no name of its own, behind what it is called.
local function quoted_name(doc, a, e, c)
  if a ~= e or length(doc.words[e]) < 2 then return false end
  local i, j = doc:span(e)
  return with_quote(doc, i, j, c) < i
end

local KINDS <const> = { paragraph = true, list = true, caption = true, heading = true }

-- Names are said again with what is before them: 镇集中隔离点, 集中隔离点.
local function fact(doc, i, j, head)
  local name = doc.shown:sub(i, j)
  return { type = "organisation", name = name, kind = COMPANY[head] and "company" or "body",
           at = { i, j }, spans = { name = { i, j } } }
end

-- The items listed with the name k found, where the walk finds none itself.
local function add_neighbours(doc, facts, taken, c)
  local own = facts[#facts]
  for _, span in ipairs(near.neighbours(doc, own.at[1], own.at[2], c)) do
    if not taken[span[2]] then
      taken[span[2]] = true
      facts[#facts + 1] = fact(doc, span[1], span[2], doc.shown:sub(span[2] - 2, span[2]))
    end
  end
end

-- 县法院|巡回法庭: does a task alone stand between the name found last and token k?
local function continues(doc, reached, k)
  return k - reached == 2 and TASKS[doc.words[k - 1]] and doc.tags[k - 1]:find "^v" ~= nil
end

-- 下圩村|党支部: a body of a village that the document names; not its secretary.
local VILLAGE_BODIES <const> = set "党支部 党总支 村委会 卫生室 小学"
local function of_village(doc, a, e, stems, c)
  local nxt = doc.words[e + 1] or ""
  if not VILLAGE_BODIES[doc.words[e]] or nxt:find "书记" or nxt:find "主任" or nxt == "副" then return false end
  local i = doc:span(a)
  return near.start(doc, i, stems, c.i) < i
end

-- The clauses of titles, which hold one each.
local function titles(doc)
  local list = {}
  for _, b in ipairs(doc.blocks) do
    if b.kind == "title" and b.sj > b.si then
      local c = { a = doc:token_at(b.si), b = doc:token_at(b.sj), i = b.si, j = b.sj, block = b }
      for k = c.a, c.b do
        if HEAD[doc.words[k]] or doc.tags[k] == "nt" then list[#list + 1] = { k, c } end
      end
    end
  end
  return list
end

-- The name whose head stands at token k, added to what is found; reached: its last token.
local function name_at(doc, k, c, found)
  local facts, taken, stems = found.facts, found.taken, found.stems
  local e = whole_head(doc, k, c)
  local a = name_start(doc, k, c)
  if a and a > c.a and doc.tags[a] ~= "ns" then a = scope_of(doc, a, c) or a end
  if not a and not PLACED[doc.words[e]] or WIDE[doc.words[e]] then a = scope_of(doc, e, c) or a end
  if a and doc.words[e] == "点" and BARE_SCOPE[doc.words[a]] then a = a + 1 end
  if doc.words[e] == "项目" and doc.tags[e + 1] == "m" then return end -- 水利项目28个
  local fits = a and a > found.reached
    and (is_name(doc, a, e) or quoted_name(doc, a, e, c) or of_village(doc, a, e, stems, c))
  if fits then
    local i, j = doc.view:range(a, e)
    local scope = SCOPES[doc.words[a - 1]]
    if scope and a > c.a then i = i - 3 end
    i = with_quote(doc, near.start(doc, i, stems, c.i), j, c)
    if not taken[j] then
      taken[j] = true
      facts[#facts + 1] = fact(doc, i, j, doc.words[e])
      add_neighbours(doc, facts, taken, c)
    end
    found.reached = e
  elseif a and #facts > 0 and a <= found.reached and continues(doc, found.reached, k) then
    local i, j = facts[#facts].at[1], select(2, doc:span(e))
    facts[#facts], found.reached, taken[j] = fact(doc, i, j, doc.words[e]), e, true
  end
end

local function scan_names(doc, known)
  local found = { facts = {}, reached = 0, taken = {}, stems = near.stems(known) }
  for _, head in ipairs(titles(doc)) do
    if head[1] > found.reached then name_at(doc, head[1], head[2], found) end
  end
  found.reached = 0
  for k, c in clauses.with(doc, HEAD, KINDS, "nt") do
    if k > found.reached then name_at(doc, k, c, found) end
  end
  return found.facts
end

-- ---- who leads it, of whom it consists -----------------------------------------

local LEADS <const> = clauses.wait "任 为 担任 兼任 任组长 任双 双组长"
local BY <const> = set "由 以"
local POSTS <const> = { "组长", "指挥长", "队长", "主任", "书记", "总指挥", "会长", "班长", "校长", "理事长", "政委", "副组长" }

-- The post named right behind token k, or nil.
local function post(doc, k, c)
  local from = doc:span(k)
  local rest = doc.shown:sub(from, math.min(c.j, from + 26))
  for _, p in ipairs(POSTS) do
    local at = rest:find(p, 1, true)
    if at and at <= 13 and not rest:sub(1, at - 1):find "、" and not rest:sub(1,
      at - 1):find "的" then return p end
  end
end

-- Where 由... or 以... begins before token k, also in the clause before.
local function led_by(doc, k, c)
  for e = k - 1, c.a, -1 do
    if BY[doc.words[e]] then return e, c end
  end
  local prev = clauses.before(doc, c)
  if prev then
    for e = prev.b, prev.a, -1 do
      if BY[doc.words[e]] and clauses.first(doc, e, prev.b, LEADS) then return e, prev end
    end
  end
end

-- The organisation named in the clause behind 的, or in the clause before.
local function last_name(doc, k, c)
  local last
  for e = k, c.b do
    if HEAD[doc.words[e]] and not SHORT[doc.words[e]] or doc.words[e] == "组" then last = e end
  end
  return last
end

-- 镇长李明任总指挥,副镇长周青任副总指挥: heads of a body that is named before; those of
-- an office (任书记) are somebody's posts.
local OF_BODY <const> = set "组长 总指挥 指挥长"
local NAMED_BY <const> = { nr = true }
local function heads(doc, k, c, role)
  if not OF_BODY[role] or doc.words[k] == "为" then return nil end
  if not clauses.has_tag(doc, c.a, k - 1, NAMED_BY) then return nil end
  local nxt = clauses.behind(doc, c)
  local more = nxt and clauses.first(doc, nxt.a, nxt.b, LEADS)
  return c.a, more and post(doc, more, nxt) and nxt.b or c.b
end

-- ...任副总指挥,各村书记为成员: the last token of what follows the heads.
local MEMBERS <const> = { "为成员", "任成员", "组成" }
local function with_members(doc, c)
  local nxt = clauses.behind(doc, c)
  return nxt and text.ends(doc.shown:sub(nxt.i, nxt.j), MEMBERS) and nxt.b or c.b
end

-- 专班成员包括甲、乙和丙: who is in it.
local CONSISTS <const> = clauses.wait "包括 由 有"
local function scan_members(doc)
  local facts = {}
  for k, c in clauses.told(doc, CONSISTS) do
    local named = k > c.a and k - c.a <= 4 and doc.words[k - 1] == "成员"
    local several = named and clauses.word(doc, k, c.b, "、")
    if named and k < c.b and (several or text.ends(doc.shown:sub(c.i, c.j), MEMBERS)) then
      local i, j = clauses.trim(doc, c.a, c.b)
      facts[#facts + 1] = { type = "organisation", subtype = "structure", name = doc.shown:sub(i, j),
                            role = "成员", at = { i, j }, spans = { trigger = { doc:span(k) } } }
    end
  end
  return facts
end

local function scan_structure(doc)
  local facts, reached = {}, 0
  for k, c in clauses.with(doc, LEADS) do
    local role = k > reached and post(doc, k, c)
    if role then
      local from, first = led_by(doc, k, c)
      local last = from and last_name(doc, k, c)
      if from and not last then -- 成立委员会,由校长任主任,家长任副主任
        last = c.b
        local nxt = clauses.behind(doc, c)
        local more = nxt and clauses.first(doc, nxt.a, nxt.b, LEADS)
        if more and post(doc, more, nxt) then last = with_members(doc, nxt) end
        local prev = from == first.a and clauses.before(doc, first)
        local name = prev and HEAD[doc.words[prev.b]] and name_start(doc, prev.b, prev)
        if name then from = name end
      elseif last and from ~= k then -- two posts: A任组长,B为指挥长的...
        local nxt = clauses.behind(doc, c)
        local more = last <= k + 3 and nxt and clauses.first(doc, nxt.a, nxt.b, LEADS)
        if more and post(doc, more, nxt) then last = last_name(doc, more, nxt) or nxt.b end
      end
      if not from then from, last = heads(doc, k, c, role) end
      if from then
        reached = last
        local i, j = clauses.trim(doc, from, last)
        facts[#facts + 1] = { type = "organisation", subtype = "structure", name = doc.shown:sub(i, j),
          role = role,
                              at = { i, j }, spans = { trigger = { doc:span(k) } } }
      end
    end
  end
  return facts
end

local BY_WHOM <const> = clauses.wait "由"
local ONE <const> = { ["名"] = true, ["位"] = true }

local function counted_next(doc, k) return doc.tags[k + 1] == "m" end

-- 1名民警、2名教师、4名家长为一组: how many of each make one group.
local AS_ONE <const> = { "为一组", "为一队", "为一个小组", "一组", "一队", "组成" }
local COUNTED <const> = { ["名"] = true, ["位"] = true, ["个"] = true }
local function scan_groups(doc)
  local facts, reached = {}, 0
  for at, _, word in doc:each_of(AS_ONE, { paragraph = true, list = true }) do
    local c = at > reached and clauses.at(doc, at)
    local last = c and doc:token_at(at)
    local first, kinds, by = nil, 0, nil
    for e = c and c.a or 1, c and last - 1 or 0 do
      if doc.tags[e] == "m" and COUNTED[doc.words[e + 1]] then
        first, kinds = first or e, kinds + 1
      end
      by = by or doc.words[e] == "由"
    end
    if kinds >= 2 and not by and clauses.word(doc, first, last, "、") then
      local i = doc:span(first)
      reached = math.min(c.j, at + #word - 1)
      facts[#facts + 1] = { type = "organisation", subtype = "team", name = doc.shown:sub(i, at - 1),
                            value = kinds, at = { i, reached }, spans = { trigger = { at, reached } } }
    end
  end
  return facts
end

-- 由一名A、一名B、一名C: three kinds of members at least.
local function scan_teams(doc)
  local facts = {}
  for k, c in clauses.with(doc, BY_WHOM, nil, nil, counted_next) do
    local n, e = 0, k + 1
    while e < c.b and doc.tags[e] == "m" and (ONE[doc.words[e + 1]] or ONE[doc.words[e]:sub(-3)]) do
      n = n + 1
      while e < c.b and doc.words[e] ~= "、" and NOUN[doc.tags[e + 1]] or ONE[doc.words[e + 1]] do
        e = e + 1
      end
      if doc.words[e + 1] ~= "、" then break end
      e = e + 2
    end
    if n >= 3 then
      local i, j = clauses.trim(doc, k, e)
      facts[#facts + 1] = { type = "organisation", subtype = "team", name = doc.shown:sub(i, j), value = n,
                            at = { i, j }, spans = { trigger = { doc:span(k) } } }
    end
  end
  return facts
end

organisation[1] = rule {
  "organisation.name",
  description = "organisations by the heads of their names: ...指挥部, ...公司, ...服务队",
  scan = scan_names,
  examples = {
    ["组建青年志愿服务队。"] = { name = "青年志愿服务队" },
    ["上报县应急管理局。"] = { name = "县应急管理局" },
    ["请派出所支援。"] = { name = "派出所" },
    ["由县卫健局牵头。"] = { name = "县卫健局" },
    ["县法院巡回法庭来了。"] = { name = "县法院巡回法庭" },
    ["下设水源监测组。"] = { name = "水源监测组" },
    ["下设查险组、物资保障组。"] = { name = "查险组" },
    ["东风机械公司复工。"] = { name = "东风机械公司", kind = "company" },
  },
  counterexamples = { "各小组分头行动。", "他排队买药。", "这一点很重要。" },
}
organisation[2] = rule {
  "organisation.structure",
  description = "who leads it: 由...任组长的...",
  scan = scan_structure, needs = POSTS,
  examples = { ["成立由县长任组长的抗旱领导小组。"] = { subtype = "structure", role = "组长" },
               ["镇长李明任总指挥。"] = { subtype = "structure", role = "总指挥" } },
  counterexamples = { "李明任书记。", "他担任过教师。", "由小变大。" },
}
organisation[3] = rule {
  "organisation.team",
  description = "of whom a team consists: 由一名...、一名...、一名...",
  scan = scan_teams, needs = { "名", "位" },
  examples = { ["由一名医生、一名护士、一名司机上门接送。"] = { subtype = "team", value = 3 } },
  counterexamples = { "由一名医生负责。" },
}
organisation[4] = rule {
  "organisation.group",
  description = "how many of each make one group: 1名医生、2名护士为一组",
  scan = scan_groups, needs = AS_ONE,
  examples = { ["2名司机、3名护士为一组。"] = { subtype = "team", value = 2 } },
  counterexamples = { "3名学生分在第一组。" },
}
organisation[5] = rule {
  "organisation.members",
  description = "who is in it: 专班成员包括...",
  scan = scan_members, needs = { "成员" },
  examples = { ["小组成员包括医生、教师和司机。"] = { subtype = "structure", role = "成员" } },
  counterexamples = { "成员有20人。", "材料包括表格、照片。" },
}

return organisation
