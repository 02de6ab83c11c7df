-- Names of places: the words that their grammar asks for. The grammar is the core's
-- (csrc/core/place_grammar.h).
--
--   助力|[金坪县]    unled          委托|村, 落后村    fits: no
--   高|家|[庄]村    start          小河|乡

local core = require "textmill.core"
local cues = require "textmill.cues"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local SUFFIXES <const> = { "自治区", "自治州", "自治县", "街道", "社区", "居委会", "新区", "小区", "林场", "农场", "省",
  "市", "县", "区", "乡", "镇", "村" }
local BODY <const> = { paragraph = true, heading = true, list = true, caption = true,
  abstract = true, title = true }

-- Words with a suffix that name no place.
local GENERIC <const> = set [[农村 乡村 山村 自然村 行政村 各村 全村 本村 我村 该村 贫困村 空心村 进村 驻村 城镇 乡镇 场镇 集镇 市镇 村镇 各镇 全镇 本镇
  该镇 我镇 各乡 全乡 本乡 该乡 家乡 返乡 下乡 老乡 回乡 故乡 他乡 同乡 还乡
全县 各县 本县 该县 我县 外县 全市 本市 该市 我市 城市 超市 门市 菜市 夜市 全省 本省 外省 各省 全区 各区 本区 该区 小区 社区 家庭农场
  国有农场 国有林场 景区 片区 辖区 校区 园区 山区 灾区 库区 林区 牧区
  地区 城区 郊区 新区 老区 街区 街道 市区 县区 矿区 厂区 湖区 疫区 禁区 战区 特区 片区 示范区 开发区 工业区 保护区 协作区 居民区 责任区
生活区 核心区 住宅区 风景区 服务区 管控区 隔离区 封控区 防范区 安置区 作业区 办公区 聚居区 中心村 重点村 示范村 文明村 美丽乡村 村村 移民村 联村 包村 帮村 到村 入村 封村 出村 回村
  邻村 外村 两区 三区 高风险区 低风险区 中风险区 水域 危险区 集中区 一村 新农村 产业园区 省市 州市 县市 县乡 乡村 镇村 自治区 自治州 自治县 辖村 工作区 居委会 党小区 整村 数字乡村
  省区市 停车区 易发区 菜市 社区村 沿线村 后进村 先进村 城中村 老旧小区 本社区 各社区 该社区 全社区 本街道 该街道 各街道 全街道 家属小区 住宅小区 居民小区 自建小区 移民小区 封闭小区
  开放小区]]

-- Single characters that come before a place but are no part of it.
local OUTSIDE <const> = set [[在 到 于 从 对 向 往 由 和 与 及 把 被 是 为 以 等 的 了 各 全 该 本 每 将 让 给 去 回 进 驻 包 帮 有 使 至 同
  后 前 名 个 家 位 来 带 自 经 赴 我 你 他 我们 这 那 某 两 几 多 里 中 内 外 即 如 也 都 并 按 沿 离 距 过
  家 抵 叫 据 要 报 需 须 应 转 呈 抄 且 但 或 而 其 当 时 说 做 任 原 现 总 查 抓 促 使 所 又 还 已 再 就 才 访 住 属 余 第 近 遍 听 看 见 找 用 靠 走 请 因]]

local WHEN <const> = set "底 初 末 年 月 日 天 时 期 季 晚 夜 晨 午" -- 年底|整村

local function fact(si, sj, name, how)
  local at = { si, sj }
  return { type = "place", name = name, how = how, at = at, spans = { name = at } }
end

-- Words before a name that the tags do not tell from its beginning.
local LEADING <const> = set [[助力 惠及 以前 支援 涉及 覆盖 走进 来到 位于 奔赴 前往 服务 帮扶 对口 援助 途经 横跨 连接 毗邻 紧邻 地处 辐射
  带动 联合 会同 抵达 遍布 以后 后来 如今 现在 当年 致富 记者 辖区 境内 邻近 附近 周边 周围 临近 毗连 赶赴 走访 深入 通往 直达 情系 情暖 爱心 关爱 对接 牵手 携手
  其中 包括 以及 分别 产生 当选]]

-- Adjectives and nouns that tell a kind of place, not its name: 贫困村, 沿海地区.
local KINDS <const> = set [[过去 现在 如今 目前 当前 今年 去年 从前 以往 昔日 平时 往年 落实 压实 健全 建立 形成 构建 完善 明确 强化
  富裕 负债 自足 空壳 贫困 薄弱 后进 先进 落后 文明 小康 示范 重点 试点 生态 旅游 特色 专业 民族 沿海 沿江 沿河 沿湖
  沿路 沿街 临江 大部 少数 大中 中小 中等 县级 地级 副省级
  直辖 所在 地处 深处 当地 一些 有些 部分
许多 其他 其它 邻近 周边 附近 周围 相邻 偏远 边远 贫穷 困难 发达 山地 丘陵 平原 高原 沿线 空壳 空心 移民 自建 居民 封闭 家属 住宅 老旧 新建 开放 最大 最小 中心 核心 疫情 风险
  名胜 保护 行蓄洪 蓄洪 出列 脱贫 合格 模范 典型 卫生 平安 幸福 和谐 密集 管理 保税 行政 经济 达标 搬迁 农业 工业
人口 百强 强 大 小 新 老 旧 五省 各省 两省 三省 数 多 本 该 每 全 各 外 邻 整 我 贵 上级 下级 相关 有关 辖区 管辖 所辖 包保 联系 帮扶 挂钩 结对 驻点 小山 大山 苗 侗 城
  返 下 出 进 入 回 到 过 离 受 在 是 有 个 条 名 第 优秀 美丽 信用 幸福美丽 一 二 三 四 五 六 七 八 九 十 两]]
local PLAIN_ESTATES <const> = set "物业 老旧 自建 居民 住宅 封闭 家属 开放 各个 所有 城区 镇区 智慧 示范"
local MARKS <const> = set "、 ， 。 “ ” 《 》 和 与 的" -- stand in no stem
local STEM_ENDS_NOT <const> = set "整 该 各 每 起 了 着 过 派 谈 到 的 为 对 向 给 让 们 个 把 入 进 沉 访 驻 包 联 帮 年 月 日 天 次 几"
local TIERS <const> = set "省 市 县 区 乡 镇 村"
local CONTAINS_NO <const> = set "第 配强 们 员 干部 书记 群众"

-- 产业富镇, 人才强县, 生态立乡: what is wanted for a place.
local RISES <const> = set "富 强 立 兴 活 美 治 惠 稳 靓"
local WAYS <const> = set [[产业 人才 生态 工业 科技 文化 旅游 农业 教育 交通 商贸 特色 依法 质量 项目 品牌 绿色 林果 茶叶 开放 创新 党建 平安 和谐 养殖
  畜牧 果业 药业 电商 环境 城建 规划 改革 开发 食品 蔬菜 水果 法治 德治 科教 实干 文旅 农旅 工贸 海洋 渔业]]

local LARGE <const> = set "省 市 县 区 新区 自治区 自治州 自治县" -- are in the gazetteer

-- 村 in 村民, 村干部... belongs to the word behind it, but a name may stand before.
local GLUED <const> = set [[村口 村内 村里 村支部 村党支部 村委会 村委 村支书 村主任 村两委 村干部 镇党委 乡党委 县委 市委 省委 镇政府 乡政府 县政府
市政府 镇长 乡长 村民 村级 镇级 乡级 村会计]]

-- Words with a suffix that name no place, those that may stand behind a name: 柳湾[村委会].
local NO_PLACES <const>, LED <const> = {}, {}
for _, words in ipairs { GENERIC, vocabulary.scopes } do
  for w in pairs(words) do NO_PLACES[w] = true end
end
for w in pairs(GLUED) do
  if w ~= "村民" and w ~= "村级" and w ~= "镇级" and w ~= "乡级" then LED[w] = true end
end

-- 高增乡|占里|村, 大庄村、|宙和|村: what stands between a place or a point of its list and the suffix is
-- the name, whatever the lexicon takes it for.
local NO_BEGINNING <const> = set [[的 了 各 全 每 该 本 一 两 几 多 有 所 等 辖 内 里 境 驻 包 个 党 群 干 我 其 贫 农 和 与 及 在 到 对
  为 把 被 共 十 百 至 往 从 某]]
local WAY <const> = set "位于 来到 走进 地处 抵达 返回 回到 赶到 前往"

local SPLIT <const> = { "嘎查" } -- the lexicon has it not as a word

local function set_of(words)
  local t = {}
  for _, w in ipairs(words) do t[w] = true end
  return t
end

local WORDS <const> = core.place_words {
  suffix = set_of(SUFFIXES), generic = GENERIC, scopes = vocabulary.scopes, outside = OUTSIDE,
  ender = vocabulary.enders, numeral = vocabulary.numerals, leading = LEADING, kind = KINDS,
  plain_estate = PLAIN_ESTATES, stem_end_not = STEM_ENDS_NOT, tier = TIERS, within = CONTAINS_NO,
  rise = RISES, way = WAYS, large = LARGE, when = WHEN, no_beginning = NO_BEGINNING, way_to = WAY,
  mark = MARKS,
  village = set "村 社区 嘎查", settlement = set "村 嘎查 社区 小区", loose = set "个 条 在 受 各 该 一",
  estate = set "小区", province = set "省", district = set "区", city = set "市", hamlet = set "村",
  meeting = set "会同", urban = set "城乡", inside = set "里", through = set "通", ["and"] = set "和",
}

-- names.suffix(s) -> the longest suffix that s ends with, and is more than; or nil
local function suffix(s) return core.place_suffix(WORDS, s) end

-- names.start(doc, at, from, k, most) -> first byte, not before `from`, of the name whose suffix stands
-- at byte `at` in token k, and its characters before the suffix; or nil
local function start(doc, at, from, k, most) return doc.view:place_start(WORDS, at, from, k, most) end

-- names.unled(doc, i, j, [least]) -> where the name begins in shown[i, j] without the words that lead to
-- it; nil where nothing is left
local LEAST <const> = 3 -- characters
local function unled(doc, i, j, least) return doc.view:place_unled(WORDS, i, j, least or LEAST) end

-- names.fits(doc, i, j, known): may shown[i, j] be a place's name? known: the gazetteer has it
local function fits(doc, i, j, known) return doc.view:place_fits(WORDS, i, j, known) end

-- names.by_suffix(doc, list): adds the places { i, j } that are named by their suffix to those known
local BITS <const> = { cues.bits(SUFFIXES), cues.bits(NO_PLACES), cues.bits(LED), cues.bits(SPLIT) }
local BODY_BITS <const> = core.block_kinds(BODY)
local function by_suffix(doc, list)
  doc.view:by_suffix(WORDS, BITS[1], BODY_BITS, BITS[2], BITS[3], BITS[4], list)
end

return { start = start, unled = unled, fits = fits, by_suffix = by_suffix, fact = fact, suffix = suffix,
         SUFFIXES = SUFFIXES, SPLIT = SPLIT, BODY = BODY, GENERIC = GENERIC, OUTSIDE = OUTSIDE,
         LEADING = LEADING, KINDS = KINDS, TIERS = TIERS }
