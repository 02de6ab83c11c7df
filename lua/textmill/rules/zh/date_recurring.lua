-- Days that come again: of every week or month, and market days of the lunar calendar.
--
--   每周一、三    每周一至周五    周六、周日    每月5日、20日    每月逢5日    农历逢三、六、九
--
-- Such a time has no day of its own: it is told as it is written. 每周一次 counts, and is none.

local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local BODY <const> = { paragraph = true, heading = true, list = true, caption = true, abstract = true }

local WEEKDAY <const> = set "一 二 三 四 五 六 日 天"
local WEEKEND <const> = set "六 日 天"
local JOINS <const> = { "、", "和", "及", "至", "到", "—", "-", "~" }
local WEEKS <const> = { "周", "星期", "礼拜" }
local HOURS <const> = { "上午", "下午", "晚上", "早上", "中午", "夜间", "晚", "早" }
-- What may stand behind one working day: 每周三到村, 每周一例会 but not 每周一次.
local BEHIND <const> = { "上午", "下午", "晚", "早", "中午", "到", "在", "去", "为", "是", "前", "定期", "召开", "组织",
  "开展", "举行", "集中", "固定", "汇总", "下", "赴", "的", ",", "。", ";", ")", "(", "、" }

-- Behind the first of the words that stands at byte p of s; p itself where none does.
local function past(s, p, words)
  for _, w in ipairs(words) do
    if s:sub(p, p + #w - 1) == w then return p + #w end
  end
  return p
end

-- Weekdays from byte p on (一、三; 一至周五): the byte behind them, how many, the last.
local function weekdays(s, p)
  local last, n = s:sub(p, p + 2), 1
  if not WEEKDAY[last] then return p, 0 end
  p = p + 3
  while true do
    local q = past(s, p, JOINS)
    local day = past(s, q, WEEKS)
    if q == p or not WEEKDAY[s:sub(day, day + 2)] then return p, n, last end
    p, n, last = day + 3, n + 1, s:sub(day, day + 2)
  end
end

-- 每周...: the byte behind the days, or nil.
local function of_week(s, p)
  local q, n, last = weekdays(s, p)
  if n == 0 then return nil end
  if n == 1 and not WEEKEND[last] and past(s, q, BEHIND) == q then return nil end
  if n == 1 and s:find("^次", q) then return nil end
  return past(s, q, HOURS)
end

local FIRST_DAYS <const>, MARKETS <const> = "初", { "逢集", "赶集", "集期", "赶场", "逢场", "集", "场" }

-- One day of a month at byte p: 5日, 初六, 二十一. The byte behind it, is it marked as one?
local function month_day(s, p)
  local digits = s:match("^%d%d?", p)
  if digits then
    local q = past(s, p + #digits, { "日", "号" })
    return q, q > p + #digits
  end
  local q = past(s, p, { FIRST_DAYS })
  local first = q > p
  while vocabulary.numerals[s:sub(q, q + 2)] and q < p + 9 do q = q + 3 end
  return q, first and q > p + 3
end

-- Days of a month from byte p on: the byte behind them, or nil.
local function of_month(s, p, marked)
  local q, one = month_day(s, p)
  if q == p then return nil end
  marked = marked or one
  while past(s, q, JOINS) > q do
    local nxt = past(s, q, JOINS)
    local behind, also = month_day(s, nxt)
    if behind == nxt then break end
    q, marked = behind, marked or also
  end
  return marked and past(s, q, MARKETS) or nil
end

local WAYS <const> = {
  { "每周", of_week }, { "每星期", of_week },
  { "每月", function(s, p)
    local q = past(s, p, { "农历", "阴历" })
    local market = past(s, q, { "逢" })
    return of_month(s, market, market > q)
  end },
  { "农历逢", function(s, p) return of_month(s, p, true) end },
  { "周六", function(s, p)
    local q, n = weekdays(s, p - 3)
    return n > 1 and past(s, q, HOURS) or nil
  end },
}
local CUES <const> = {}
for _, way in ipairs(WAYS) do CUES[#CUES + 1] = way[1] end

local BEFORE <const> = { "每", "本", "上", "下", "至", "到", "、" } -- 本周六, 周五、周六

local function scan(doc)
  local facts, s = {}, doc.shown
  for _, way in ipairs(WAYS) do
    for at, b in doc:each(way[1], BODY) do
      local behind = way[2](s, at + #way[1])
      local part = way[1] == "周六" and text.ends(s:sub(math.max(1, at - 3), at - 1), BEFORE)
      if behind and behind - 1 <= b.sj and not part then
        facts[#facts + 1] = { type = "time", subtype = "recurring", text = s:sub(at, behind - 1),
                              at = { at, behind - 1 }, spans = { scope = { at, behind - 1 } } }
      end
    end
  end
  table.sort(facts, function(x, y) return x.at[1] < y.at[1] end)
  return facts
end

return {
  rule {
    "time.recurring",
    description = "days that come again: 每周一、三, 每月5日, 农历逢三、六、九",
    scan = scan, needs = CUES,
    examples = {
      ["每周一、三到村坐诊。"] = { subtype = "recurring", text = "每周一、三" },
      ["每周一至周五办理。"] = { subtype = "recurring", text = "每周一至周五" },
      ["每月逢5日、20日下村。"] = { subtype = "recurring", text = "每月逢5日、20日" },
      ["农历逢三、六、九赶集。"] = { subtype = "recurring", text = "农历逢三、六、九赶集" },
      ["周六、周日不限行。"] = { subtype = "recurring", text = "周六、周日" },
    },
    counterexamples = { "每周一次。", "每周五次。", "每月三次。", "每月5000元。", "本周六、周日开放。", "每周三小时。" },
  },
}
