-- Places as they are written: provinces to villages, by the gazetteer and by
-- their suffix; and places that share a suffix: A、B、C等村.

local P = require "textmill".pattern
local cues = require "textmill.cues"
local rule = require "textmill".rule
local names = require "textmill.rules.zh.names"
local lists = require "textmill.rules.zh.lists"
local readings = require "textmill.rules.zh.readings"
local resolve = require "textmill.rules.zh.resolve"
local text = require "textmill.rules.zh.text"
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

-- 村 in 村民, 村干部... belongs to the word behind it, but a name may stand before.
local GLUED <const> = set [[村口 村内 村里 村支部 村党支部 村委会 村委 村支书 村主任 村两委 村干部 镇党委 乡党委 县委 市委 省委 镇政府 乡政府 县政府
市政府 镇长 乡长 村民 村级 镇级 乡级 村会计]]

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
local KINDS <const> = set [[落实 压实 健全 建立 形成 构建 完善 明确 强化
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

local named

-- Words with a suffix that name no place, those that may stand behind a name: 柳湾[村委会].
local NO_PLACES <const>, LED <const> = {}, {}
for _, words in ipairs { GENERIC, vocabulary.scopes } do
  for w in pairs(words) do NO_PLACES[w] = true end
end
for w in pairs(GLUED) do
  if w ~= "村民" and w ~= "村级" and w ~= "镇级" and w ~= "乡级" then LED[w] = true end
end
cues.bits(NO_PLACES)
cues.bits(LED)

-- 高增乡|占里|村, 大庄村、|宙和|村: what stands between a place or a point of its list and the suffix is
-- the name, whatever the lexicon takes it for. ends: the last bytes of places known.
local VILLAGES <const> = set "村 社区 嘎查"
local LONGEST_STEM <const> = 4 * 3
local NO_BEGINNING <const> = set [[的 了 各 全 每 该 本 一 两 几 多 有 所 等 辖 内 里 境 驻 包 个 党 群 干 我 其 贫 农 和 与 及 在 到 对
  为 把 被 共 十 百 至 往 从 某]]
local WAY <const> = set "位于 来到 走进 地处 抵达 返回 回到 赶到 前往"
local function behind_known(doc, at, s, ends)
  if not VILLAGES[s] then return nil end
  for p = at - 6, at - LONGEST_STEM, -3 do
    local before = doc.shown:sub(p - 3, p - 1)
    local open = ends[p - 1] or before == "、" and ends[p - 4] == s or WAY[doc.shown:sub(p - 6, p - 1)]
    local stem = open and doc.shown:sub(p, at - 1)
    if stem then
      local first, last = stem:sub(1, 3), stem:sub(-3)
      local plain = not (NO_BEGINNING[first] or TIERS[last] or STEM_ENDS_NOT[last] or KINDS[stem])
      local body = last == "和" and stem:sub(1, -4) or stem -- 宙和
      local clean = plain and length(stem) and not stem:find "[%w%s%p]" and not text.has(body, MARKS)
      return clean and acceptable(stem .. s) and p or nil
    end
  end
end

-- Places by suffix.
local function of_suffix(doc, out, ends, at, b, s, k, ti)
  local function take(begin)
    out[#out + 1] = { begin, at + #s - 1 }
    ends[at + #s - 1] = s
  end
  local known = behind_known(doc, at, s, ends)
  if known then return take(known) end
  local begin = name_start(doc, at, b.si, k, ti, s == "小区" and 4 or 3)
  if begin and begin < at then begin = unled(doc, begin, at + #s - 1) end
  if not begin or begin >= at then return end
  local name = doc.shown:sub(begin, at + #s - 1)
  local stem = doc.shown:sub(begin, at - 1)
  local village = s == "村" or s == "嘎查" or s == "社区" or s == "小区"
  local single = length(stem) == 1
  local numeral = NUMERAL[stem] or stem:find "%d"
  local through = s == "村" and stem:sub(-3) == "通" and doc.tags[k + 1] == "n" -- 通村|公路
  if not numeral and not through and length(stem) <= 5
     and not (single and (village or s == "区" or s == "省" or s == "市" or #s > 3))
     and acceptable(name) and named(doc, begin, name)
     and (not LARGE[s] or proper(doc, begin, at - 1)) then
    take(begin)
  end
end

local SPLIT <const> = { "嘎查" } -- the lexicon has it not as a word
local MOUNTAIN <const> = { "山村" }
local NAMED <const> = set "ns nr nz"
local function by_suffix(doc, out)
  local ends = {}
  for _, t in ipairs(out) do ends[t[2]] = ends_with_suffix(doc.shown:sub(t[1], t[2])) or "" end
  for at, b, s, k, ti in doc:each_tail(SUFFIXES, BODY, NO_PLACES, LED) do
    of_suffix(doc, out, ends, at, b, s, k, ti)
  end
  for at in doc:each_of(MOUNTAIN, BODY) do -- 青龙|山村: the lexicon knows what is left
    local k = doc:token_at(at)
    local i, j = doc:span(math.max(1, k - 1))
    if k > 1 and (doc.words[k] or "") == MOUNTAIN[1] and j == at - 1 and NAMED[doc.tags[k - 1]]
      and length(doc.words[k - 1] or "") == 2 then out[#out + 1] = { i, at + #MOUNTAIN[1] - 1 } end
  end
  for at, b, s in doc:each_of(SPLIT, BODY) do
    local k = doc:token_at(at)
    if doc:span(k) == at then of_suffix(doc, out, ends, at, b, s, k, at) end
  end
end

-- Longest first at each start; no overlaps. Larger spans to the left win.
local function disjoint(list)
  table.sort(list, function(x, y)
    if x[1] ~= y[1] then return x[1] < y[1] end
    if x[2] ~= y[2] then return x[2] > y[2] end
    return x[3] ~= nil and y[3] == nil -- the one with a code
  end)
  local out, reached = {}, 0
  for _, s in ipairs(list) do
    if s[1] > reached then
      out[#out + 1] = s
      reached = s[2]
    end
  end
  return out
end

-- 店支部书记, 庄党支部: a hamlet named without 村 before its party branch.
local HAMLETS <const> = set [[坳 垭 滩 坨 堰 塆 垴 崖 岔 畈 嘴 咀 台 磨 梁 峁 川 嶂 寮 庄 寨 屯 堡
  营 沟 坪 店 湾 楼 集 铺 岭 坡 塘 岗 洼 桥 河 口 坝 冲 峪 坞 浦 埠 圩 渡]]
local BRANCHES <const> = { "党支部", "支部书记", "支书", "党总支" }
local function by_branch(doc, taken)
  for at, b, _, k, i in doc:each_of(BRANCHES, BODY) do
    if at - 6 >= b.si and HAMLETS[doc.shown:sub(at - 3, at - 1)] then
      if i == at then
        local begin, chars = name_start(doc, at, b.si, k, i, 3)
        if begin and chars and chars >= 2 and chars <= 4 and acceptable(doc.shown:sub(begin, at - 1)) then
          taken[#taken + 1] = { begin, at - 1 }
        end
      end
    end
  end
end

-- 高家庄的苹果、李家沟的梨: a family's hamlet, whole words.
local FAMILY <const> = { "家" }
local NOT_FAMILY <const> = set "大 人 农 国 公 专 独 自 住 全 回 老 各 店 厂 商"
local function by_family(doc, taken)
  for at, b in doc:each_of(FAMILY, BODY) do
    local i, last = at - 3, doc.shown:sub(at + 3, at + 5)
    local k = i >= b.si and HAMLETS[last] and doc:token_at(i)
    local surname = k and doc.shown:sub(i, at - 1)
    if k and doc:span(k) == i and not NOT_FAMILY[surname] and names.is_surname(doc, surname) then
      local _, j = doc:span(doc:token_at(at + 3))
      if j == at + 5 then taken[#taken + 1] = { i, j } end
    end
  end
end

-- A place the gazetteer does not know is no verb before a suffix: 委托村, 报县.
local NO_STEM <const> = set "v vn d r p c u ad vd"
local NO_ZONE <const> = set "v vn n a ad an f d z b"
named = function(doc, i, name)
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

local PLACE <const> = P.place:as "p"

-- 甲庄、乙庄[五村]: how many the list names, no part of the last name.
local function counted(doc, i, j)
  local suffix = ends_with_suffix(doc.shown:sub(i, j))
  return suffix and doc.shown:sub(i - 3, i - 1) == "、"
    and NUMERAL[doc.shown:sub(j - #suffix - 2, j - #suffix)] ~= nil
end

-- 至|白|马庙乡: one character between what leads to a place and a name of the gazetteer is the
-- beginning of another name. Where that begins, or i.
local ORPHANS <const> = set "a n g nr ns b j x"
local LEADS <const> = set "w p v blank c u"
local function with_orphan(doc, i, from)
  local k = doc:token_at(i) - 1
  local w, p = doc.words[k] or "", doc:span(math.max(k, 1))
  if k < 1 or p < from or #w ~= 3 or not ORPHANS[doc.tags[k]] then return i end
  if OUTSIDE[w] or KINDS[w] or TIERS[w] or WHERE[w] or NUMERAL[w] then return i end
  local open = p == from or LEADS[doc.tags[k - 1] or "w"] and length(doc.words[k - 1] or "") < 3
  return open and p or i
end

-- 实干|兴县: a county of one character right behind a word that is no place is a slogan.
local COUNTY_BYTES <const> = 6
local NO_LEAD <const> = set "n vn a an ad d b l i j"
local function in_slogan(doc, i, j)
  if j - i + 1 ~= COUNTY_BYTES or doc.shown:sub(j - 2, j) ~= "县" then return false end
  local k = doc:token_at(i) - 1
  return k > 0 and length(doc.words[k] or "") > 1 and NO_LEAD[doc.tags[k]] and not LEADING[doc.words[k]]
end

-- 云南|师范|大学, 湖北|远大|纺织|有限公司: a province or a city is the first word of an institution's name.
local INSTITUTIONS <const> = { "大学", "学院", "日报", "晚报", "电视台", "集团", "有限公司", "出版社" }
local NAMING <const> = set "n nz nr j vn b g ns a x"
local LONGEST_INSTITUTION <const> = 5 -- tokens
local ABOVE_COUNTY <const> = "00$" -- of six digits
local function of_institution(doc, j, code)
  if not code or #code ~= 6 or not code:find(ABOVE_COUNTY) then return false end
  if TIERS[doc.shown:sub(j - 2, j)] then return false end -- 黑龙江省|农业|科学院: its academy
  local k = doc:token_at(j) + 1
  for e = k, k + LONGEST_INSTITUTION do
    if text.ends(doc.words[e] or "", INSTITUTIONS) then return true end
    if not NAMING[doc.tags[e]] then return false end
  end
  return false
end

local TOWNS <const> = set "乡 镇"
local function scan(doc)
  local facts, taken = {}, {}
  by_branch(doc, taken)
  by_family(doc, taken)
  -- the gazetteer first: its left edges are sure
  for _, r in ipairs((readings.of(doc, PLACE, "p", BODY))) do
    local i, j, code = r.si, r.sj, r.code
    if not code then i = unled(doc, i, j) or j + 1 end
    local name = doc.shown:sub(i, j)
    local known = code or resolve.is_name(name) -- 西湖区: there are two, but it is one
    local b = code and TOWNS[name:sub(-3)] and doc:shown_block(i)
    local begin = b and with_orphan(doc, i, b.si) or i
    if begin < i then i, code = begin, nil end
    if acceptable(name, known) and length(name) >= 2 and (known or named(doc, i, name))
      and not in_slogan(doc, i, j) and not of_institution(doc, j, code) then
      taken[#taken + 1] = { i, j, code }
    end
  end
  by_suffix(doc, taken)
  for _, s in ipairs(disjoint(taken)) do
    if s[3] or not counted(doc, s[1], s[2]) then
      local f = fact(s[1], s[2], doc.shown:sub(s[1], s[2]), s[3] and "gazetteer" or "suffix")
      f.code = s[3]
      facts[#facts + 1] = f
    end
  end
  return facts
end

-- ellipsis -------------------------------------------------------------------

local SHARED <const> = set [[区 州 旗 寨 屯 岛 村寨 团场 嘎查 苏木 村 乡 镇 乡镇 村庄 社区 自然村 行政村 场镇 省 市 省市 县 县区 县市 区县
  省份 地 城市 村子 村组 街道 村民小组]]

local AROUND <const> = set "周边 周围 邻近 沿线 附近" -- A、B等周边村
-- Token of the shared noun when an ellipsis ends at token k (等村; 等5个村; 两个场镇).
local function shared_noun(doc, k)
  local w = doc.words[k] or ""
  local e = k
  if w == "等" then
    e = k + 1
    if doc.words[e] == "区" then return false end -- A、B等[区管]河道
    if AROUND[doc.words[e]] then e = e + 1 end
    if SHARED[doc.words[e]] or ((doc.words[e] or ""):find "^省" or doc.words[e] == "地") then return true end
  elseif doc.tags[k] ~= "m" then
    return false
  end
  if doc.tags[e] ~= "m" then return false end
  if doc.words[e + 1] == "个" then e = e + 1 end
  if doc.words[e] == "个" and doc.words[e + 1] == "区" then return false end -- 蔬菜、百货两个区
  return SHARED[doc.words[e + 1]] or SHARED[(doc.words[e + 1] or "") .. (doc.words[e + 2] or "")]
end

-- What such a noun, or the first of the two words it is cut in, may be as a token.
local SHARED_PARTS <const> = {}
for noun in pairs(SHARED) do
  for bytes = 3, #noun, 3 do SHARED_PARTS[noun:sub(1, bytes)] = true end
end
local AND_OTHERS <const> = { "等" }
local ALL <const> = set "paragraph title dateline byline heading list caption keywords abstract boilerplate"

local NOT_IN_LIST <const> = set "d r v f p"

local LONGEST_LIST <const> = 200 -- tokens

-- First byte of the list that ends before byte j: back over short names and 、.
local function list_start(doc, k)
  local e, chars = k, 0
  local first = nil
  while e > math.max(0, k - LONGEST_LIST) do
    local w, tag = doc.words[e] or "", doc.tags[e] or "w"
    if w == "、" or w == "和" then
      chars = 0
    elseif tag == "w" or tag == "blank" or tag == "p" or tag == "c" or tag == "u" or chars >= 4
           or OUTSIDE[w] and NOT_IN_LIST[tag] and not (tag == "f" and chars == 1) then
      break -- 上|潘: sides begin names of two characters
    elseif (tag == "v" or tag == "d") and length(w) > 1 then
      break
    else
      chars = chars + length(w)
      if chars > 4 and ends_with_suffix(doc.words[e] or "") then break end
    end
    first = e
    e = e - 1
  end
  return first
end

-- Does 、 stand a few words before token k, no end of a clause between?
local STOPS <const> = set "、 。 ,"
STOPS["\n"] = true
local function in_list(doc, k)
  local words = doc.words
  for e = k - 2, k - 5, -1 do
    if words[e] == "、" then
      local b = doc:shown_block((doc:span(e)))
      if b and BODY[b.kind] then return true end
    end
    if STOPS[words[e + 1]] then return false end -- what stands right behind 、 may be anything
  end
  return false
end

-- Tokens that may end an ellipsis: 等, and what stands a few words behind 、
-- (石门、龙塘两村), before a shared noun or the first part of one. Sorted, each once.
local function ellipsis_ends(doc)
  local list, seen, tags, words = {}, {}, doc.tags, doc.words
  local function add(k)
    if not seen[k] and k >= 2 then
      seen[k] = true
      list[#list + 1] = k
    end
  end
  local places = doc:tokens_with(AND_OTHERS, BODY) or {}
  for n = 1, #places, 2 do add(places[n]) end
  places = doc:tokens_with(SHARED_PARTS, ALL) or {}
  for n = 1, #places, 2 do
    local k = places[n] - 1
    if words[k] == "个" then k = k - 1 end
    if tags[k] == "m" and in_list(doc, k) then add(k) end
    if k == places[n] - 2 and tags[k + 1] == "m" and in_list(doc, k + 1) then add(k + 1) end
  end
  table.sort(list)
  return list
end

-- One place of a list; 湘西|凤凰 is two, one in the other.
local NAMELY <const> = set "ns nr nz"
local function add_item(doc, i, j, facts)
  local name = doc.shown:sub(i, j)
  local n = length(name)
  if not n or n < 2 or n > 5 or name:find "[%w%p]" then return end
  if GENERIC[name] or WHERE[name] then return end
  local k = doc:token_at(i)
  local a, b = doc:span(k)
  local two = n == 4 and a == i and b - a == 5 and doc.tags[k] == "ns" and NAMELY[doc.tags[k + 1]]
  if two and select(2, doc:span(k + 1)) == j then
    facts[#facts + 1] = fact(i, b, doc.shown:sub(i, b), "ellipsis")
    i = b + 1
  end
  facts[#facts + 1] = fact(i, j, doc.shown:sub(i, j), "ellipsis")
end

local function scan_ellipsis(doc)
  local facts = {}
  for _, k in ipairs(ellipsis_ends(doc)) do
    if shared_noun(doc, k) then
      local b = doc:shown_block((doc:span(k)))
      local first = b and list_start(doc, k - 1)
      if first then
        local i = doc:span(first)
        local _, j = doc:span(k - 1)
        local items = lists.items(doc.shown, math.max(i, b.si), j)
        if #items >= 2 or (#items == 1 and doc.words[k] == "等") then
          for _, it in ipairs(items) do
            it.i = unled(doc, it.i, it.j, 2) or it.i
            add_item(doc, it.i, it.j, facts)
          end
        end
      end
    end
  end
  return facts
end

-- 209国道, S217省道, G4高速
local ROADS <const> = { "国道", "省道", "县道", "高速" }
local function scan_roads(doc)
  local facts = {}
  for at, _, w in doc:each_of(ROADS, BODY) do
    local s = doc.shown:sub(math.max(1, at - 6), at - 1)
    local number = s:match "[A-Z]?%d+$" or s:match "[A-Z]%d+$"
    if number and #number <= 5 then
      local i, j = at - #number, at + #w - 1
      local digits = number:match "%d+$"
      facts[#facts + 1] = { type = "place", subtype = "road", name = doc.shown:sub(i, j),
        value = tonumber(digits),
                            at = { i, j }, spans = { name = { i, j }, value = { at - #digits, at - 1 } } }
    end
  end
  return facts
end

local PLACE_CUES <const> = { table.unpack(SUFFIXES) }
table.move(SPLIT, 1, #SPLIT, #PLACE_CUES + 1, PLACE_CUES)

return {
  rule {
    "place.road",
    description = "roads by their numbers: 209国道, G4高速",
    scan = scan_roads, needs = ROADS,
    examples = { ["途经318国道。"] = { subtype = "road", name = "318国道", value = 318 } },
    counterexamples = { "国道上车不多。" },
  },
  rule {
    "place.name",
    description = "provinces to villages, by gazetteer and suffix",
    scan = scan, patterns = { PLACE }, cues = PLACE_CUES,
    examples = {
      ["在大岭村设卡。"] = { name = "大岭村" },
      ["河南省的来客。"] = { name = "河南省" },
      ["翠竹社区的居民。"] = { name = "翠竹社区" },
    },
    counterexamples = { "全镇各村都行动起来。", "全镇14个行政村。", "乡镇干部进村入户。", "广大农村地区。" },
  },
  rule {
    "place.ellipsis",
    description = "places that share their suffix: 石门、龙塘、桥头等村",
    scan = scan_ellipsis, needs = { "等", "、" },
    examples = { ["分赴石门、龙塘、桥头等村。"] = { name = "石门" }, ["为柳湾、石桥等村代办。"] = { name = "石桥" } },
    counterexamples = { "各村等工作。" },
  },
}
