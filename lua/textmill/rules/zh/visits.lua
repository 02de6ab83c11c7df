-- Events told by who comes, and by what becomes of a place.
--
--   副县长李明到青石镇调研防汛工作       a visit
--   首届油菜花节在河湾村开幕            what is held for the n-th time
--   村里把旧厂房改建成文化礼堂          what is made of something

local clauses = require "textmill.rules.zh.clauses"
local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local told = require "textmill.rules.zh.told"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

-- ---- visits ---------------------------------------------------------------------------

local VISITS <const> = clauses.wait "调研 视察 督导 观摩 考察 检查验收 慰问 督查 验收 暗访 巡察"
local COMES <const> = set "到 来 赴 来到 莅临 前往 深入"
-- who comes from outside; those of the place do it every day
local GUESTS <const> = { "副县长", "县长", "市长", "局长", "部长", "主席", "县委", "市委", "省委", "一行", "验收组", "代表", "督导组",
  "检查组", "考察团", "巡察组", "考核组", "主任", "常委", "书记" }
local NO_VISIT <const> = set "要 将 应 应当 定期 每月 每周 经常 多次 可 可以 负责 分别 分头 轮流"

local function visit(doc, k, c)
  local comes
  for e = k - 1, c.a + 1, -1 do
    if COMES[doc.words[e]] then comes = e break end
  end
  if not comes or clauses.first(doc, c.a, k, NO_VISIT) then return nil end
  local before = doc.shown:sub(c.i, (doc:span(comes)) - 1)
  if not text.has(before, GUESTS) or doc:word(k + 1) == "的" then return nil end
  local from = c.a
  while from < comes and (doc.tags[from] == "t" or doc.tags[from] == "blank") do from = from + 1 end
  return from, c.b
end

-- ---- what is held for the n-th time ---------------------------------------------------

local NTH <const> = clauses.wait "首届 首次 届"
local HELD <const> = { "节", "展", "展演", "大会", "选举", "比赛", "运动会", "论坛", "演练", "博览会", "文化节", "联赛" }
local BEGINS <const> = { "开幕", "举行", "开始", "举办", "启动", "闭幕", "开赛", "办了", "圆满", "召开" }

local function nth(doc, k, c)
  local w, words = doc.words[k], doc.shown:sub(c.i, c.j)
  if w == "首次" or w == "届" and doc:word(k - 1):sub(1, 3) ~= "第" and doc:tag(k - 1) ~= "m" then return nil end
  if not text.has(words, HELD) or not text.has(words, BEGINS) then return nil end
  local held = text.has(doc.shown:sub(c.i, (doc:span(k)) - 1), BEGINS)
  if held then return nil end -- 举办第三届...: the rule of meetings has it
  return told.near(doc, w == "届" and k - 1 or k, c), c.b
end

-- ---- what becomes of a place ---------------------------------------------------------------

local MADE <const> = clauses.wait "改建 改建成 改造 改造成 改成 改建为 改造为 出列 投入使用"
local DAYS <const>, UNTIL <const> = set "月 日 号 年 年底 凌晨 晚 时 许 上午 下午", { "截至", "截止", "前", "以来", "起" }
local TAKING <const> = set "把 将"
local NOT_YET <const> = set "拟 计划 要 应 应当 可 可以 准备 争取 为"

local WHOLE <const> = { "整村出列" }
local function became(doc, k, c)
  if clauses.first(doc, c.a, k, NOT_YET) then return nil end
  local w = doc.words[k]
  if w == "出列" then return k == c.b and text.ends(doc.shown:sub(c.i, c.j), WHOLE) and c.a or nil, c.b end
  if w == "投入使用" then return k == c.b and doc:word(k - 1) == "正式" and c.a or nil, c.b end
  local take = clauses.first(doc, c.a, k - 1, TAKING)
  local into = w:find "成$" or w:find "为$" or doc:word(k + 1) == "成" or doc:word(k + 1) == "为"
  if not take or not into or k == c.b then return nil end
  return take > c.a and take - c.a <= 3 and told.near(doc, take, c) or take, c.b
end

-- ---- what happened on a day -------------------------------------------------------------

local HAPPENED <const> = clauses.wait [[发生 发现 签订 建成 通水 通车 开园 开市 查获 销毁 投用 挂牌 复工 启用 解封 解除 上线 落地 摘帽 开镰 接通 通电
  决堤 溃口 倒塌 侧翻 起火 遇难 封闭 接进 落成 破获 竣工 爆发 检出 立案 宣判 送达 达成 到账]]
local DATED <const> = { "日", "号", "年底", "凌晨", "上午", "下午", "晚" }
local MOST_DATED <const> = 36 -- bytes of a date before its clause
local DATE_TAGS <const> = { t = true, blank = true, m = true, w = true }

-- Where what happened begins behind the date at the head of clause c or before it; nil: no day.
local function behind_date(doc, k, c)
  local from = c.a
  while from < k and (DATE_TAGS[doc.tags[from]] or DAYS[doc.words[from]]) do from = from + 1 end
  local own = doc.shown:sub(c.i, (doc:span(from)) - 1)
  if own:find "%d" and text.has(own, DATED) then return from end
  local prev = clauses.before(doc, c)
  local said = prev and prev.j - prev.i < MOST_DATED and doc.shown:sub(prev.i, prev.j)
  return said and said:find "^[^,]*%d" and text.has(said, DATED) and not text.has(said, UNTIL) and from or nil
end

local NONE <const> = set "没有 没 未 无 不 未曾"
local function on_a_day(doc, k, c)
  local before = doc:word(k - 1)
  local other = doc:word(k + 1) == "的" or before == "的" or NONE[before]
  if other or clauses.first(doc, c.a, k, NOT_YET) then return nil end
  local from = behind_date(doc, k, c)
  return from and from <= k and k < c.b and from or nil, c.b
end

return {
  rule {
    "event.on_a_day",
    description = "what happened on a day that is named: 3月2日,村民发现一处管涌",
    scan = told.scanner(HAPPENED, "event", on_a_day), needs = vocabulary.words(HAPPENED),
    examples = { ["6月3日凌晨,巡堤员发现一处渗水。"] = { name = "巡堤员发现一处渗水" } },
    counterexamples = { "巡堤员发现一处渗水。", "6月3日前发现的问题。" },
  },
  rule {
    "event.visit",
    description = "who comes to look: 副县长李明到青石镇调研",
    scan = told.scanner(VISITS, "event", visit), needs = vocabulary.words(VISITS),
    examples = { ["市应急局局长王强到青石镇督导防汛。"] = { subtype = "event" } },
    counterexamples = { "干部到户调研。", "局长要到现场督导。" },
  },
  rule {
    "event.nth",
    description = "what is held for the n-th time: 首届丰收节开幕",
    scan = told.scanner(NTH, "event", nth), needs = { "首届", "届" },
    examples = { ["首届丰收节在河滩开幕。"] = { subtype = "event" } },
    counterexamples = { "应届毕业生参加选举。" },
  },
  rule {
    "event.became",
    description = "what is made of a place: 把旧厂房改建成礼堂",
    scan = told.scanner(MADE, "event", became), needs = { "改", "出列", "投入使用" },
    examples = { ["村里把旧祠堂改造成书屋。"] = { subtype = "event" } },
    counterexamples = { "计划将旧楼改造成宿舍。", "改造危房12户。" },
  },
}
