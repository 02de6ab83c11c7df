-- Channels: by what people are told, and where they can ask.
--
--   通过广播、短信等渠道      依托微信群、应急广播,      a way with its media
--   在业主群里每天发布停水信息                          what is told in a medium
--   举报电话:0731-88886666                             a number with what it is for

local clauses = require "textmill.rules.zh.clauses"
local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local function fact(doc, i, j, at, kind)
  return { type = "event", subtype = "channel", name = doc.shown:sub(i, j), kind = kind, at = { i, j },
           spans = { trigger = at } }
end

-- ---- ways ---------------------------------------------------------------------------

local THROUGH <const> = clauses.wait "通过 利用 运用 借助 采取 采用 充分利用 依托 用 以"
local NAMED_ONLY <const> = set "用 以" -- they say little: a word for ways must follow
local WAYS <const> = set "多种形式 各种形式 多种方式 多种渠道 方式 形式 手段 渠道 途径 平台 载体 媒介 方法 办法"
local MEDIA <const> = { "广播", "喇叭", "微信", "短信", "横幅", "公众号", "电视", "电话", "宣传车", "传单", "黑板报",
  "公告", "海报", "标语", "视频", "大屏", "微博", "条幅", "无人机", "QQ", "网站", "宣传册", "倡议书", "展板", "抖音", "群",
  "报纸", "宣传栏", "宣传单", "网络", "直播", "显示屏", "村村响", "明白纸", "明白卡", "朋友圈", "入户", "院坝会", "坝坝会",
  "板凳会", "一封信", "公开栏", "音箱", "走访" }
local JOINS <const> = set "、 和 等"

-- How many of the media stand in the tokens a..b.
local function media_in(doc, a, b)
  if b < a then return 0 end
  local i, _ = doc:span(a)
  local _, j = doc:span(b)
  local inner, n = doc.shown:sub(i, j), 0
  for _, m in ipairs(MEDIA) do
    if inner:find(m, 1, true) then n = n + 1 end
  end
  return n
end

local LEAST_UNNAMED <const> = 2

-- The last token of what is said of the channel at k, or nil.
local function told_to(doc, k, c)
  local way = clauses.first(doc, k + 1, c.b, WAYS)
  if not way then
    local enough = not NAMED_ONLY[doc.words[k]] and clauses.word(doc, k, c.b, "、")
      and doc:tag(c.b) ~= "v" and media_in(doc, k + 1, c.b) >= LEAST_UNNAMED
    return enough and c.b or nil
  end
  if not clauses.first(doc, k, way, JOINS) or media_in(doc, k + 1, way - 1) < 1 then return nil end
  return way
end

local function scan_ways(doc)
  local facts, reached = {}, 0
  for k, c in clauses.told(doc, THROUGH) do
    local to = k > reached and told_to(doc, k, c)
    if to then
      reached = to
      local before = doc:word(k - 1)
      local i, j = clauses.trim(doc, (before == "充分" or before == "综合") and k - 1 or k, to)
      facts[#facts + 1] = fact(doc, i, j, { doc:span(k) })
    end
  end
  return facts
end

-- 在微信群里每天答疑: a medium, and what is told in it.
local TELLING <const> = clauses.wait "发布 答疑 通报 公示 公布 公开 宣传 提醒 推送 直播 播放 更新"
local IN <const> = set "里 中 上 内"
local MOST_IN <const> = 10 -- tokens from 在 to what is done

local function scan_within(doc)
  local facts, reached = {}, 0
  for k, c in clauses.told(doc, TELLING) do
    for e = k - 2, k > reached and math.max(c.a, k - MOST_IN) or k, -1 do
      if doc.words[e] == "在" then
        local side = clauses.first(doc, e + 1, k - 1, IN)
        if side and media_in(doc, e + 1, side - 1) > 0 then
          local i, j = clauses.trim(doc, e, c.b)
          facts[#facts + 1], reached = fact(doc, i, j, { doc:span(k) }), c.b
        end
        break
      end
    end
  end
  return facts
end

-- ---- numbers --------------------------------------------------------------------------

local LABELS <const> = { ["电话"] = "phone", ["热线"] = "phone", ["手机"] = "phone", ["传真"] = "fax",
  ["邮箱"] = "mail", ["微信号"] = "wechat", ["QQ群"] = "wechat" }
local LINKS <const> = { ":", "为", "是", "号码:", "号码为", "号:", " ", "" }
local NUMBER <const> = "^%d[%d%-]*%d"
local DASHES <const> = { "—", "－", "–", "‐", "-" } -- 0531—6201187
local ADDRESS <const> = "^[%w._%-]+@[%w.%-]+%w"
local ASKED_FOR <const> = { v = true, vn = true, n = true, j = true, b = true, an = true, nt = true,
  x = true, i = true, l = true }
local CALLS <const> = set [[拨打 拨 打 设立 开通 公布 设置 公开 致电 请 可 并 的 有 设 提供 留下 张贴 发布 拨通 接到 接听 来 向 和 及 或 与]]
local COUNTED <const> = set "个 部 条 次 例 件 年"
local SHORTEST <const>, LONGEST <const> = 3, 16 -- characters of a number
local MOST_WORDS <const> = 4

-- Where the words begin that say what the label at token k is for: 乡值班|电话.
local function purpose(doc, k, first)
  local from = k
  while from > first and k - from < MOST_WORDS and ASKED_FOR[doc:tag(from - 1)]
    and not CALLS[doc:word(from - 1)] do
    from = from - 1
  end
  return from
end

-- The end of a number whose area code ends at byte stop: a dash of any width, and more digits.
local function dashed(s, stop)
  for _, dash in ipairs(DASHES) do
    local _, last = s:find("^%d%d%d%d%d+", stop + 1 + #dash)
    if last and s:sub(stop + 1, stop + #dash) == dash then return last end
  end
  return stop
end

-- The last byte of the number that stands behind shown byte j, if one does.
local function number_behind(s, j)
  for _, link in ipairs(LINKS) do
    if s:sub(j + 1, j + #link) == link then
      local from = j + 1 + #link
      local _, stop = s:find(ADDRESS, from)
      if stop then return stop end
      _, stop = s:find(NUMBER, from)
      if stop and stop - from < 4 then stop = dashed(s, stop) end
      local n = stop and stop - from + 1
      local counted = n and n < 5 and COUNTED[s:sub(stop + 1, stop + 3)] -- 电话12部
      if n and n >= SHORTEST and n <= LONGEST and not counted then return stop end
    end
  end
end

local KINDS <const> = { paragraph = true, list = true }
local LINES <const> = { paragraph = true, list = true, boilerplate = true }
local COUNTERS <const> = { "个", "部", "条", "次", "例", "件", "年", "起", "人", "户" }

-- A line of its own with what a number is for, even where lines like it are furniture: 举报电话:...
local PURPOSES <const> = { "举报", "咨询", "投诉", "监督", "报名", "求助", "预约", "报警", "值班", "救援", "报修", "捐款", "捐赠",
  "受理" }
local function for_people(doc, at, b)
  local before = doc.shown:sub(b.si, at - 1)
  return KINDS[b.kind] or #before <= 30 and text.ends(before, PURPOSES)
end

-- 律师咨询请拨打12348, 拨打12333热线反映: who is called, and what for.
local CALLED <const> = { "拨打", "致电" }
local ASKED <const> = { "请", "可", "可以", "请您", "可直接" }
local LINE <const> = { "热线", "电话" }
local function scan_called(doc, facts)
  for at in doc:each_of(CALLED, KINDS) do
    local c = clauses.at(doc, at)
    local _, stop = doc.shown:find("^%d%d%d%d%d[%d%-]*", at + 6)
    local asked = c and text.ends(doc.shown:sub(c.i, at - 1), ASKED)
    local line = stop and text.starts(doc.shown, stop + 1, LINE)
    if c and not c.quoted and stop and stop <= c.j and (asked or line) then
      local from = asked and at - c.i <= 45 and c.i or at
      if line then stop = stop + 6 end
      facts[#facts + 1] = fact(doc, from, stop, { at, at + 5 }, "phone")
    end
  end
end

-- 海事值守点:0593-6650021: a body and its number with the code of its area.
local function scan_bodies(doc, facts)
  for at in doc:each(":0", KINDS) do
    local c = clauses.at(doc, at - 1)
    local _, stop = doc.shown:find("^0%d%d%d?%-%d%d%d%d%d%d%d%d?", at + 1)
    local named = stop and c and not doc.shown:find("^%d", stop + 1) and at - c.i <= 45
    if named and not clauses.first(doc, c.a, c.b, LABELS) then
      facts[#facts + 1] = fact(doc, c.i, stop, { c.i, at - 1 }, "phone")
    end
  end
end

local function apart(facts)
  local out = {}
  table.sort(facts, function(a, b)
    if a.at[1] == b.at[1] then return a.at[2] > b.at[2] end
    return a.at[1] < b.at[1]
  end)
  for _, f in ipairs(facts) do
    local last = out[#out]
    if not last or f.at[1] > last.at[2] then out[#out + 1] = f end
  end
  return out
end

local function scan_numbers(doc)
  local facts = {}
  for label, kind in vocabulary.each(LABELS) do
    for at, b in doc:each(label, LINES) do
      local stop = for_people(doc, at, b) and number_behind(doc.shown, at + #label - 1)
      local counted = false
      for _, unit in ipairs(stop and COUNTERS or {}) do
        counted = counted or doc.shown:sub(stop + 1, stop + #unit) == unit
      end
      if stop and stop <= b.sj and not counted then
        local k = doc:token_at(at)
        local from = purpose(doc, k, doc:token_at(b.si))
        local i = doc:span(from)
        facts[#facts + 1] = fact(doc, math.max(i, b.si), stop, { at, at + #label - 1 }, kind)
      end
    end
  end
  scan_called(doc, facts)
  scan_bodies(doc, facts)
  return apart(facts)
end

local NUMBERED <const> = vocabulary.words(LABELS)
table.move({ ":0", CALLED[1], CALLED[2] }, 1, 3, #NUMBERED + 1, NUMBERED)

return {
  rule {
    "event.channel",
    description = "how people were told: 通过广播、短信等渠道",
    scan = scan_ways, needs = vocabulary.words(THROUGH),
    examples = { ["通过广播、海报等形式宣传。"] = { name = "通过广播、海报等形式" },
                 ["依托短信、微信群,及时提醒。"] = { name = "依托短信、微信群" } },
    counterexamples = { "通过努力、学习等方式提高。", "利用土地。", "用广播提醒。", "以土地、资金等形式入股。" },
  },
  rule {
    "event.told_in",
    description = "what is told in a medium: 在业主群里每天发布...",
    scan = scan_within, needs = vocabulary.words(TELLING),
    examples = { ["在家长群里及时发布通知。"] = { name = "在家长群里及时发布通知" } },
    counterexamples = { "在会上通报情况。", "在村里宣传政策。" },
  },
  rule {
    "event.contact",
    description = "numbers to ask: 举报电话:0731-88886666",
    scan = scan_numbers, needs = NUMBERED,
    examples = { ["仓库值守点:0593-6650021。"] = { name = "仓库值守点:0593-6650021" },
                 ["心理援助请拨打12356。"] = { name = "心理援助请拨打12356" },
                 ["请拨打维修热线:6655443。"] = { name = "维修热线:6655443", kind = "phone" } },
    counterexamples = { "接听热线1200个。", "电话里说好了。" },
  },
}
