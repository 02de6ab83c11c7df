-- Names of places by their grammar: where a name begins whose suffix is known, what may be one.
--
--   助力|[金坪县]    unled          委托|村, 落后村    acceptable, named: none
--   高|家|[庄]村    start          小河|乡

local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set
local length <const> = utf8.len
local WHERE <const>, NUMERAL <const> = vocabulary.scopes, vocabulary.numerals

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

-- Longer words that may be part of a name although the lexicon knows them.
local function may_be_part(doc, k)
  local w, tag = doc.words[k] or "", doc.tags[k] or "w"
  local n = length(w) or 0
  if tag == "w" or tag == "p" or tag == "c" or tag == "u" or tag == "blank" or tag == "q"
    or tag == "eng" or w == "" then return false end
  if w == "里" and length(doc.words[k - 1] or "") == 2 and doc.tags[k - 1] == "a" then return true end
  if OUTSIDE[w] or vocabulary.enders[w] or WHERE[w] then return false end
  if w:find "[%w%p]" then return false end
  if n == 1 then return tag ~= "q" or w ~= "个" end
  if tag == "ns" or tag == "nr" or tag == "nz" or tag == "nt" then return n <= 3 end
  if tag == "m" then return n == 2 end
  return n == 2 and (tag == "n" or tag == "a" or tag == "z" or tag == "x" or tag == "f"
    or tag == "b" or tag == "i" or tag == "t" and not WHEN[w:sub(-3)])
end

local SUFFIX <const> = {}
for _, s in ipairs(SUFFIXES) do SUFFIX[s] = true end

-- The longest suffix that the word ends with, and is more than.
local function ends_with_suffix(w)
  for bytes = 9, 3, -3 do
    local s = #w > bytes and w:sub(-bytes)
    if s and SUFFIX[s] then return s end
  end
end

local ONE_MORE <const> = set "a n g nr ns b j"

-- Where a name begins whose suffix is at byte `at`, in token k, which begins at byte i: first
-- byte, or nil; most: characters before the suffix.
local function name_start(doc, at, from, k, i, most)
  local begin = at
  local chars = 0
  if i < at then
    begin = i
    chars = length(doc.shown, i, at - 1) or 9
    if doc.tags[k] == "ns" then return begin, chars end
    if chars >= 2 then
      local tag = doc.tags[k - 1] or "w"
      local p, j = doc:span(math.max(1, k - 1))
      if p >= from and j + 1 == i and j - p == 2 and ONE_MORE[tag]
        and not OUTSIDE[doc.words[k - 1]] then return p, chars + 1 end
      return begin, chars
    end
  end
  local e = k - 1
  while e > 0 and chars <= most do
    local p, j = doc:span(e)
    if p < from or j + 1 ~= begin or not may_be_part(doc, e) then break end
    local w = doc.words[e] or ""
    if ends_with_suffix(w) and chars > 0 then break end
    local n = length(w)
    if chars + n > 5 or (chars >= 2 and n > 1) or (chars >= most) then break end
    begin, chars = p, chars + n
    e = e - 1
  end
  if chars == 0 then return nil end
  -- 二十里铺: a numeral is not cut
  while NUMERAL[doc.shown:sub(begin, begin + 2)] and begin - 3 >= from
        and NUMERAL[doc.shown:sub(begin - 3, begin - 1)] do
    begin, chars = begin - 3, chars + 1
  end
  return begin, chars
end

local function fact(si, sj, name, how)
  return { type = "place", name = name, how = how, at = { si, sj }, spans = { name = { si, sj } } }
end

-- Words before a name that the tags do not tell from its beginning.
local LEADING <const> = set [[助力 惠及 以前 支援 涉及 覆盖 走进 来到 位于 奔赴 前往 服务 帮扶 对口 援助 途经 横跨 连接 毗邻 紧邻 地处 辐射
  带动 联合 会同 抵达 遍布 以后 后来 如今 现在 当年 致富 记者 辖区 境内 邻近 附近 周边 周围 临近 毗连 赶赴 走访 深入 通往 直达 情系 情暖 爱心 关爱 对接 牵手 携手
  其中 包括 以及 分别]]
local LEAD_TAGS <const> = set "n vn v f t a ad d r i l"

-- Where the name begins in shown[i, j] without such words: 助力|金坪县; nil
-- where nothing is left.
local function unled(doc, i, j, least)
  local k = doc:token_at(i)
  local ti, tj = doc:span(k)
  if ti ~= i or tj >= j or length(doc.words[k] or "") ~= 2 then return i end
  local rest = length(doc.shown, tj + 1, j) or 0
  if LEADING[doc.words[k]] then return rest >= (least or 3) and tj + 1 or nil end
  if rest >= 4 and LEAD_TAGS[doc.tags[k]] then return tj + 1 end
  return i
end

-- Adjectives and nouns that tell a kind of place, not its name: 贫困村, 沿海地区.
local KINDS <const> = set [[过去 现在 如今 目前 当前 今年 去年 从前 以往 昔日 平时 往年 落实 压实 健全 建立 形成 构建 完善 明确 强化
  富裕 贫困 薄弱 后进 先进 落后 文明 小康 示范 重点 试点 生态 旅游 特色 专业 民族 沿海 沿江 沿河 沿湖
  沿路 沿街 临江 大部 少数 大中 中小 中等 县级 地级 副省级
  直辖 所在 地处 深处 当地 一些 有些 部分
许多 其他 其它 邻近 周边 附近 周围 相邻 偏远 边远 贫穷 困难 发达 山地 丘陵 平原 高原 沿线 空壳 空心 移民 自建 居民 封闭 家属 住宅 老旧 新建 开放 最大 最小 中心 核心 疫情 风险
  名胜 保护 行蓄洪 蓄洪 出列 脱贫 合格 模范 典型 卫生 平安 幸福 和谐 密集 管理 保税 行政 经济 达标 搬迁 农业 工业
人口 百强 强 大 小 新 老 旧 五省 各省 两省 三省 数 多 本 该 每 全 各 外 邻 整 我 贵 上级 下级 相关 有关 辖区 管辖 所辖 包保 联系 帮扶 挂钩 结对 驻点 小山 大山 苗 侗 城
  返 下 出 进 入 回 到 过 离 受 在 是 有 个 条 名 第 优秀 美丽 信用 幸福美丽 一 二 三 四 五 六 七 八 九 十 两]]
local PLAIN_ESTATES <const> = set "物业 老旧 自建 居民 住宅 封闭 家属 开放 各个 所有 城区 镇区 智慧 示范"
local MARKS <const> = { "、", "，", "。", "“", "”", "《", "》", "和", "与", "的" }
local STEM_ENDS_NOT <const> = set "整 该 各 每 起 了 着 过 派 谈 到 的 为 对 向 给 让 们 个 把 入 进 沉 访 驻 包 联 帮 年 月 日 天 次 几"
local TIERS <const> = set "省 市 县 区 乡 镇 村"
local CONTAINS_NO <const> = { "第", "配强",  "们", "员", "干部", "书记", "群众" }

-- 产业富镇, 人才强县, 生态立乡: what is wanted for a place.
local RISES <const> = set "富 强 立 兴 活 美 治 惠 稳 靓"
local WAYS <const> = set [[产业 人才 生态 工业 科技 文化 旅游 农业 教育 交通 商贸 特色 依法 质量 项目 品牌 绿色 林果 茶叶 开放 创新 党建 平安 和谐 养殖
  畜牧 果业 药业 电商 环境 城建 规划 改革 开发 食品 蔬菜 水果 法治 德治 科教 实干 文旅 农旅 工贸 海洋 渔业]]

-- May this be a place's name at all?
local URBAN <const> = "城乡"
local function acceptable(name, code)
  if GENERIC[name] or WHERE[name] then return false end
  if code then return true end
  local suffix = ends_with_suffix(name)
  if not suffix then return true end
  local stem = name:sub(1, -#suffix - 1)
  if KINDS[stem] or OUTSIDE[stem] or suffix == "省" or stem == "会同" then return false end
  if suffix == "小区" then return not PLAIN_ESTATES[stem:sub(-6)] and not OUTSIDE[stem:sub(1, 3)] end
  for n = 2, 3 do
    local at = utf8.offset(stem, -n)
    if at and at > 1 and KINDS[stem:sub(at)] then return false end
  end
  if TIERS[stem:sub(-3)] and KINDS[stem:sub(1, -4)] then return false end
  for _, w in ipairs(CONTAINS_NO) do
    if stem:find(w, 1, true) then return false end
  end
  local tail = stem:sub(-3)
  if STEM_ENDS_NOT[tail] or tail == suffix then return false end
  if name:sub(-#URBAN) == URBAN and WHEN[stem:sub(1, 3)] then return false end -- 2022年城乡居民
  if RISES[tail] and WAYS[stem:sub(1, -4)] then return false end -- 产业富镇
  if ((suffix == "区" or suffix == "市") and GENERIC[name:sub(-6)] and #name > 6) or (suffix == "村"
    and GENERIC[name:sub(-9)] and #name > 9) then
    return false
  end
  local head = stem:sub(1, 3)
  return not ((head == "个" or head == "条" or head == "在" or head == "受" or head == "各"
    or head == "该" or head == "一") and #stem > 3)
end

-- The larger divisions are in the gazetteer; others must not be made of words.
local LARGE <const> = set "省 市 县 区 新区 自治区 自治州 自治县"
local function proper(doc, i, j)
  for k = doc:token_at(i), doc:token_at(j) do
    local tag = doc.tags[k] or "w"
    if length(doc.words[k] or "") > 1 and tag ~= "ns" and tag ~= "nr" and tag ~= "nz"
      and tag ~= "s" then return false end
  end
  return true
end

-- A place the gazetteer does not know is no verb before a suffix: 委托村, 报县.
local NO_STEM <const> = set "v vn d r p c u ad vd"
local NO_ZONE <const> = set "v vn n a ad an f d z b"
local function named(doc, i, name)
  local suffix = ends_with_suffix(name)
  if not suffix then return true end
  local stem_end = i + #name - #suffix - 1
  if suffix == "区" then
    for k = doc:token_at(i), doc:token_at(stem_end) do
      if NO_ZONE[doc.tags[k]] then return false end
    end
  end
  if length(doc.shown, i, stem_end) == 1 then return false end
  for k = doc:token_at(i), doc:token_at(stem_end) do
    if length(doc.words[k] or "") > 1 and NO_STEM[doc.tags[k]] then return false end
  end
  return true
end

return { start = name_start, unled = unled, acceptable = acceptable, proper = proper, named = named,
         fact = fact, suffix = ends_with_suffix,
         SUFFIXES = SUFFIXES, BODY = BODY, GENERIC = GENERIC, OUTSIDE = OUTSIDE,
         LEADING = LEADING, KINDS = KINDS, MARKS = MARKS, STEM_ENDS_NOT = STEM_ENDS_NOT, TIERS = TIERS,
         LARGE = LARGE }
