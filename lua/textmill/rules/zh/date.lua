-- Dates of the body. The year comes from the text (the last full date before),
-- else from the document's own publishing date, else it is open: XXXX-02-04.

local P = require "textmill".pattern
local readings = require "textmill.rules.zh.readings"
local rule = require "textmill".rule
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set
local NONE <const> = {}
local told_from = require "textmill.rules.zh.date_told"
local text = require "textmill.rules.zh.text"

local BODY <const> = { paragraph = true, heading = true, list = true, caption = true, abstract = true }

-- The year said in the text, or nil.
local function year_in(s)
  local y = s:match "^(%d%d%d%d)%D" or s:match "^(%d%d%d%d)$"
  return y and tonumber(y)
end

local function iso(year, info)
  if not info.month then return year and ("%04d"):format(year) end
  local y = year and ("%04d"):format(year) or "XXXX"
  if not info.day then return ("%s-%02d"):format(y, info.month) end
  return ("%s-%02d-%02d"):format(y, info.month, info.day)
end

-- Day part of what the recogniser took: 2月5日晨 -> 2月5日.
local function shortened(s)
  local _, e = s:find "日"
  if not e then _, e = s:find "号" end
  if not e then _, e = s:find "月" end
  return e and s:sub(1, e) or s
end

-- 去年9月 is a relative date; 今年3月5日 gives its day.
local RELATIVE <const> = { ["去年"] = -1, ["前年"] = -2, ["明年"] = 1, ["后年"] = 2 }

-- The year of publishing, else that of the reference date, or nil; and which of them.
local function published_year(doc)
  for _, m in ipairs(doc.meta) do
    if m.key == "published" then return tonumber(m.value:match "^%d%d%d%d"), "published" end
  end
  local reference = doc.ref and tonumber(tostring(doc.ref):match "^%d%d%d%d")
  if reference then return reference, "reference" end
end

-- The day as it is written: 6月10日24时 is of the 10th.
local function day_said(words, info)
  return info.day and tonumber(words:match "(%d%d?)日" or words:match "(%d%d?)号") or info.day
end

local DATE <const> = readings.DATE

-- 十月二十五日: in words, with its 日.
local function in_han(words)
  return words:find("月", 1, true) and (words:find("日", 1, true) or words:find("号", 1, true)) ~= nil
end

-- What the recogniser found: { i, j, year, month, day }, sorted.
local function recognised(doc)
  local found = {}
  for _, info in ipairs((readings.of(doc, DATE, "d"))) do
    local si = info.si
    local said_as = info.lunar and "" or doc.shown:sub(si, info.sj)
    local numbered = said_as:find "%d"
    if not (numbered or in_han(said_as)) then goto continue end
    local said = year_in(said_as) or not numbered and told_from.han_year(said_as)
    if not (info.month or said) then goto continue end
    local weekday = said_as:find "^周" or said_as:find "^星期" or said_as:find "^礼拜"
    local day_alone = said_as:find "^%d%d?日" or said_as:find "^%d%d?号" -- see days_alone
    local relative = weekday or day_alone or RELATIVE[said_as:sub(1, 6)]
    if not relative then
      local short = shortened(said_as)
      local j = si + #short - 1
      local day = day_said(short, info)
      found[#found + 1] = { i = si, j = j, year = said or nil, month = info.month, day = day,
                            this_year = said_as:sub(1, 6) == "今年" }
    end
    ::continue::
  end
  return found
end

-- Iterates over the places of the word with a digit right before it.
local DIGIT <const> = {}
for c in ("0123456789"):gmatch "." do DIGIT[c:byte()] = true end
local function behind_digits(doc, word)
  local s, each = doc.shown, doc:each(word, BODY)
  return function()
    local at
    repeat at = each() until not at or DIGIT[s:byte(at - 1)]
    return at
  end
end

-- 去年10月3日, 明年5月[底]: days and months of a year told from that of publishing.
local function of_other_years(doc, found)
  local published = doc:has_any(RELATIVE) and published_year(doc)
  for word, years in vocabulary.each(published and RELATIVE or NONE) do
    for at in doc:each(word, BODY) do
      local month, p = doc.shown:match("^(%d%d?)月()", at + #word)
      local day, q = doc.shown:match("^(%d%d?)日()", p or #doc.shown + 1)
      if month and tonumber(month) >= 1 and tonumber(month) <= 12 then
        found[#found + 1] = { i = at, j = (q or p) - 1, year = published + years, month = tonumber(month),
                              day = tonumber(day), told = true }
      end
    end
  end
end

-- Month alone is a date where a word says so: 3月初, 1月份.
local LOOSE <const> = { "份", "初", "底", "末", "上旬", "中旬", "下旬" }
local function month_alone(s, p)
  for _, w in ipairs(LOOSE) do
    if s:sub(p, p + #w - 1) == w then return true end
  end
end

-- N月N日 whose last character the lexicon takes for part of a word: 31日前.
local function written(doc, found)
  local s = doc.shown
  for at in behind_digits(doc, "月") do
    local month = s:sub(math.max(1, at - 2), at - 1):match "%d%d?$"
    local i, j = month and at - #month, at + 2
    local y = i and s:sub(math.max(1, i - 7), i - 1):match "^(%d%d%d%d)年$"
    local day = s:match("^(%d%d?)日", j + 1) or s:match("^(%d%d?)号", j + 1)
    local before = i and s:sub(math.max(1, i - 6), i - 1)
    if month and tonumber(month) <= 12 and not (i > 1 and s:find("^%d", i - 1)) and not RELATIVE[before]
      and before:sub(-3) ~= "每"
       and (day and tonumber(day) >= 1 and tonumber(day) <= 31 or not day and (y or month_alone(s,
         j + 1))) then
      found[#found + 1] = { i = y and i - 7 or i, j = day and j + #day + 3 or j, year = y and tonumber(y),
                            month = tonumber(month), day = day and tonumber(day) }
    end
  end
end

-- N年 before a word: 2019年底.
local function years(doc, found)
  for at in behind_digits(doc, "年") do
    local i, j = at - 4, at + 2
    local y = i > 0 and tonumber(doc.shown:sub(i, at - 1):match "^%d%d%d%d$")
    if y and y >= 1900 and y <= 2100 and not (i > 1 and doc.shown:find("^%d", i - 1))
      and not doc.shown:find("^%d%d?月", j + 1) then
      found[#found + 1] = { i = i, j = j, year = y }
    end
  end
end

local TO <const> = {}
for _, w in ipairs { "至", "到", "-", "~", "—", "、", "和" } do TO[w] = w end

-- 5月15-17日: the first day, whose 日 stands behind the second.
local function first_days(doc, found)
  local s = doc.shown
  for at in behind_digits(doc, "月") do
    local day, p = s:match("^(%d%d?)()", at + 3)
    local w = day and (TO[s:sub(p, p + 2)] or TO[s:sub(p, p)])
    local last = w and s:match("^(%d%d?)日", p + #w)
    local month = last and s:sub(math.max(1, at - 2), at - 1):match "%d%d?$"
    if month and tonumber(month) <= 12 and tonumber(day) < tonumber(last) and tonumber(last) <= 31 then
      local i = at - #month
      local y = s:sub(math.max(1, i - 7), i - 1):match "^(%d%d%d%d)年$"
      local first = { i = y and i - 7 or i, j = p - 1, year = tonumber(y), month = tonumber(month),
                      day = tonumber(day) }
      found[#found + 1] = first
      found[#found + 1] = { i = p + #w, j = p + #w + #last + 2, year = first.year, month = first.month,
                            day = tonumber(last) }
    end
  end
end

-- 2月26日至28日: the second day has the month of the first.
local function day_ranges(doc, found)
  for k = 1, #found do
    local d = found[k]
    local p = d.j + 1
    local w = d.day and (TO[doc.shown:sub(p, p + 2)] or TO[doc.shown:sub(p, p)])
    if w then
      local day = (doc.shown:match("^(%d%d?)日", p + #w)
        or doc.shown:match("^(%d%d?)号", p + #w))
      if day and tonumber(day) > d.day and tonumber(day) <= 31 then
        found[#found + 1] = { i = p + #w, j = p + #w + #day + 2, year = d.year, month = d.month,
                              day = tonumber(day), this_year = d.this_year }
      end
    end
  end
end

-- 17日凌晨, ... alone in its clause: a day of the month that is told of, else of the one in
-- which the page was published. 3日内, 每月5日, 历时3日 are none.
local ALONE_BEHIND <const> = { ",", "、", "至", "到", "起", "止", "凌晨", "清晨", "早", "上午", "中午", "下午", "傍晚", "晚",
  "夜", "当天", "当日", "(星期", "(周", "在", "从", "向", "对", "全", "我", "已", "正", "又", "再", "仍", "开始", "召开",
  "举行", "组织", "前往", "赴", "抵达", "发布", "一早", "零时" }
local ALONE_BEFORE <const> = { "自", "从", "至", "到", "截至", "截止", "、", "和", ",", "记者", "(" }
local TODAY <const> = { "昨日(", "昨天(", "今日(", "今天(", "前日(", "前天(", "明日(", "明天(" } -- 昨日(4日)
local EARLY <const>, LATE <const> = 7, 24 -- 30日..., 2日...: the month after

local function stands_alone(s, i, j)
  if s:byte(i - 1) == 0x28 and text.ends_at(s, i - 7, i - 1, TODAY) then return true end
  if not text.edge(s, i - 1) and not text.ends_at(s, i - 6, i - 1, ALONE_BEFORE) then return false end
  return text.starts(s, j + 1, ALONE_BEHIND) or s:find("^%d%d?:", j + 1) or s:find("^%d%d?时", j + 1)
    or s:find("^%d%d?点", j + 1)
end

local function published_month(doc, day)
  for _, m in ipairs(doc.meta) do
    local y, month, d = m.value:match "^(%d%d%d%d)%-(%d%d)%-(%d%d)"
    if m.key == "published" and y then
      month = tonumber(month) - (day > tonumber(d) and 1 or 0)
      return month > 0 and month or 12, tonumber(y) - (month > 0 and 0 or 1)
    end
  end
end

-- Month and year of a day alone: those of the last day told before it, in its own words, or
-- the month after, if that day was published by then (30日..., 9日).
local function month_of(doc, day, last)
  local now, year_now = published_month(doc, day)
  if not last then return now, year_now end
  local month, year, after = last.month, last.year, last.month % 12 + 1
  local next_one = now and after == now or not now and last.day >= LATE and day <= EARLY
  if day < last.day and next_one then month = after end
  return month, year and month < last.month and year + 1 or year
end

local function days_alone(doc, found)
  local s, told, alone, n, last = doc.shown, {}, {}, 1, nil
  for _, d in ipairs(found) do
    if d.month and d.day then told[#told + 1] = d end
  end
  table.sort(told, function(x, y) return x.i < y.i end)
  for at in behind_digits(doc, "日") do
    local digits = s:sub(math.max(1, at - 2), at - 1):match "%d%d?$"
    local i, j, day = digits and at - #digits, at + 2, tonumber(digits)
    while told[n] and told[n].i < at do n, last = n + 1, told[n] end
    if i and day >= 1 and day <= 31 and not (i > 1 and s:find("^%d", i - 1)) and stands_alone(s, i, j) then
      local month, year = month_of(doc, day, last)
      alone[#alone + 1] = month and { i = i, j = j, month = month, day = day, year = year,
                                      resolved = last and "text" or "published" } or nil
    end
  end
  table.move(alone, 1, #alone, #found + 1, found)
end

-- 新华社南京1月2日电: the dateline in the text.
local function of_dateline(doc, d)
  local w = doc.shown:sub(d.j + 1, d.j + 3)
  return (w == "电" or w == "讯") and doc.shown:find("^[%s()]", d.j + 4) ~= nil
end

local function all_dates(doc)
  local found = recognised(doc)
  written(doc, found)
  years(doc, found)
  of_other_years(doc, found)
  told_from.add(doc, found)
  first_days(doc, found)
  day_ranges(doc, found)
  days_alone(doc, found)
  table.sort(found, function(x, y)
    if x.i ~= y.i then return x.i < y.i end
    return x.j > y.j
  end)
  local out, reached = {}, 0
  for _, d in ipairs(found) do
    if d.i > reached then
      out[#out + 1] = d
      reached = d.j
    end
  end
  return out
end

-- 1月[中旬]: which part of the month, as said.
local PARTS <const> = { "上旬", "中旬", "下旬", "初", "底前", "底", "末", "以来" }
local function part_end(doc, d)
  for _, w in ipairs(d.day and {} or PARTS) do
    if doc.shown:sub(d.j + 1, d.j + #w) == w then return d.j + #w end
  end
  return d.j
end

-- 每月10日、25日: days of every month. 1至[10月]: months of one count.
local EVERY <const>, DAY_MARKS <const> = { "每月", "每年", "每年的" }, { "日", "号", "、", "和" }
local UNTIL <const> = set "至 到 - --"
local DURATIONS <const> = { "期", "期限", "为期" } -- 有效期3日
local function recurs(doc, d)
  local before = doc.shown:sub(math.max(1, d.i - 30), d.i - 1):gsub("^.*[,;:\n]", ""):gsub("^.*。", "")
  if text.ends(before, EVERY) then return true end
  for _, w in ipairs(EVERY) do
    local at = before:find(w, 1, true)
    local days = at and before:sub(at + #w):gsub("%d", "")
    for _, mark in ipairs(days and DAY_MARKS or {}) do days = days:gsub(mark, "") end
    if days == "" then return true end
  end
  if text.ends(before:gsub("%s+$", ""), DURATIONS) and doc.shown:find("^%d+%s*日", d.i) then return true end
  return not d.day and not d.year and UNTIL[before:match "%d(%D*)$" or ""] or false
end

-- The year said in another block goes for what is told there; elsewhere the year of
-- publishing is nearer, where it is known and later, or the other is a plan for a coming
-- year (做好2019年工作). Second: how it is known.
local function year_of(doc, d, known, published, how, month)
  if d.year then return d.year, d.resolved or "text" end
  if d.this_year and published then return published, how end
  local elsewhere = known and how == "published" and (known.block ~= d.block and published > known.year
    or known.plan and published < known.year)
  if known and not elsewhere then return known.year, "text" end
  if published then return told_from.year(doc, d, published, month), how end
end

local function scan(doc)
  if #doc:digits() == 0 then return {} end
  local facts, known, published, how = {}, nil, published_year(doc)
  local _, month = told_from.day(doc)
  for _, d in ipairs(all_dates(doc)) do
    d.block = doc:shown_block(d.i)
    if d.year and not d.told and not d.resolved then
      known = { year = d.year, block = d.block, plan = not d.month }
    end
    if of_dateline(doc, d) or recurs(doc, d) then goto continue end
    d.j = part_end(doc, d)
    local year, source = year_of(doc, d, known, published, how, month)
    local value = iso(year, d)
    if value then
      facts[#facts + 1] = {
        type = "time", value = value, text = doc.shown:sub(d.i, d.j),
        grain = d.day and "day" or d.month and "month" or "year",
        source = source or nil,
        at = { d.i, d.j }, spans = { value = { d.i, d.j } },
      }
    end
    ::continue::
  end
  return facts
end

-- What the recogniser gives for a lunar day or a clock.
local function fact_of(doc, m, subtype, value)
  local i, j = doc:to_shown(m.i, m.j)
  return { type = "time", subtype = subtype, value = value, text = doc.shown:sub(i, j), at = { i, j },
           spans = { value = { i, j } } }
end

-- A day by its number, not a holiday by its name (春节).
local NUMBERED <const> = { "月", "初", "廿", "除夕", "大年" }
-- 一月一[检]: of a day it would be 初一
local DIGITS <const> = set "一 二 三 四 五 六 七 八 九"
local function numbered(s)
  if s:sub(-6, -4) == "月" and DIGITS[s:sub(-3)] then return false end
  for _, w in ipairs(NUMBERED) do
    if s:find(w, 1, true) then return true end
  end
  return false
end

local function scan_lunar(doc)
  local facts = {}
  local list, matches = readings.of(doc, DATE, "d")
  for n, info in ipairs(list) do
    local fact = info.lunar and info.day and fact_of(doc, matches[n], "lunar", tostring(matches[n].d))
    if fact and numbered(fact.text) then facts[#facts + 1] = fact end
  end
  return facts
end

-- 晚上7时到10时: the second clock is of the same half of the day.
local NOON <const> = 12
local function same_half(from, to)
  local a, b = tonumber(from:match "^T(%d%d)"), tonumber(to:match "^T(%d%d)")
  if not a or not b or a < NOON or b >= NOON or b + NOON <= a then return to end
  return ("T%02d%s"):format(b + NOON, to:sub(4))
end

-- 6:30—9:00: from one clock to the other, as one.
local DASHES <const> = { ["—"] = true, ["-"] = true, ["~"] = true, ["——"] = true, ["–"] = true, ["至"] = true,
  ["到"] = true }
local function spans_of_hours(doc, list)
  local out = {}
  for _, f in ipairs(list) do
    local o = out[#out]
    if o and DASHES[doc.shown:sub(o.at[2] + 1, f.at[1] - 1)] and not o.value:find "/" then
      o.value, o.at = o.value .. "/" .. same_half(o.value, f.value), { o.at[1], f.at[2] }
      o.text, o.spans = doc.shown:sub(o.at[1], o.at[2]), { value = o.at }
    else
      out[#out + 1] = f
    end
  end
  return out
end

local CLOCK <const> = P.time:as "t"
local function scan_clock(doc)
  local facts = {}
  for _, m in ipairs(doc:matches(CLOCK, BODY)) do
    local hour, rest = tostring(m.t):match "T(%d%d)(.*)$"
    local si, sj = doc:to_shown(m.i, m.j)
    if hour and not doc.shown:sub(math.max(1, si - 9), si - 1):find "比" then -- 师生比约为1:16
      if hour == "00" and doc.shown:sub(si, sj):find "24%D" then hour = "24" end -- the end of a day
      facts[#facts + 1] = fact_of(doc, m, "clock", "T" .. hour .. (rest == "" and ":00" or rest))
    end
  end
  return spans_of_hours(doc, facts)
end

-- Where the date ends that begins at byte i: 4月10日18时.
local UNITS <const> = { "时", "日", "号", "底", "末", "月", "点", "年" }
local LONGEST_DATE <const> = 30 -- bytes
local function dated(doc, i, to)
  local s = doc.shown:sub(i, to)
  local far = nil
  for _, w in ipairs(UNITS) do
    local at = s:match("%d" .. "()" .. w) or (s:match("年()" .. w) or s:match("月()" .. w))
    while at do
      far = math.max(far or 0, at + #w - 1)
      at = s:match("%d()" .. w, at + #w)
    end
  end
  return far and far <= LONGEST_DATE and i + far - 1 or nil
end

-- 截至目前, ...: when what follows was counted.
local AS_OF <const> = { "截至", "截止" }
local NOW <const> = { "目前", "当前", "现在", "今日", "昨日", "昨天", "今天", "发稿时", "发稿", "假期末", "月底", "年底" }
-- Where the next of AS_OF begins behind byte i, or nil.
local function next_as_of(doc, i)
  local a, b = doc:find(AS_OF[1], i), doc:find(AS_OF[2], i)
  return a and b and math.min(a, b) or a or b
end

local function scan_as_of(doc)
  local facts = {}
  for _, word in ipairs(AS_OF) do
    local ends = text.clause_ends(doc.shown)
    for at, b in doc:each(word, BODY) do
      local i, now = at + #word, nil
      for _, w in ipairs(NOW) do
        if not now and doc.shown:sub(i, i + #w - 1) == w then now = i + #w - 1 end
      end
      local stop = not now and doc.shown:find("^%d", i) and math.min(ends(i), b.sj)
      local k = now or stop and dated(doc, i, math.min(stop, (next_as_of(doc, i) or stop + 1) - 1))
      if k then
        facts[#facts + 1] = { type = "time", subtype = "asof", value = now and doc.published or nil,
                              scope = doc.shown:sub(at, k), at = { at, k }, spans = { scope = { at, k } } }
      end
    end
  end
  return facts
end

-- ---- days told from the day of publishing ------------------------------------------

local DAY <const> = 24 * 60 * 60
local TOLD <const> = { ["即日起"] = 0, ["发布之日起"] = 0, ["印发之日起"] = 0, ["前天"] = -2 }
local YEARS <const> = { ["去年底"] = -1, ["去年年底"] = -1, ["去年初"] = -1, ["去年年初"] = -1, ["前年底"] = -2,
  ["年底前"] = 0 }
local YEAR_END <const> = "年底前"
local OF_YEARS <const> = { "去", "前", "明", "后", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" } -- 明[年底前]

local function published_day(doc)
  for _, m in ipairs(doc.meta) do
    if m.key == "published" then
      local y, mo, d = m.value:match "^(%d%d%d%d)%-(%d%d)%-(%d%d)"
      return y and os.time { year = y, month = mo, day = d, hour = 12 }
    end
  end
end

local function relative(doc, at, word, value)
  local j = at + #word - 1
  if doc.shown:sub(at - 3, at - 1) == "自" then at = at - 3 end
  return { type = "time", subtype = "relative", value = value, text = doc.shown:sub(at, j), at = { at, j },
           source = "published", spans = { value = { at, j } } }
end

local function scan_relative(doc)
  local facts, day = {}, published_day(doc)
  for word, days in vocabulary.each(day and TOLD or NONE) do
    for at in doc:each(word, BODY) do
      facts[#facts + 1] = relative(doc, at, word, os.date("%Y-%m-%d", day + days * DAY))
    end
  end
  for word, years_ago in vocabulary.each(day and YEARS or NONE) do
    for at in doc:each(word, BODY) do
      local value = ("%d"):format(os.date("*t", day).year + years_ago)
      if word ~= YEAR_END or not text.ends(doc.shown:sub(math.max(1, at - 3), at - 1), OF_YEARS) then
        facts[#facts + 1] = relative(doc, at, word, value)
      end
    end
  end
  table.sort(facts, function(a, b) return a.at[1] < b.at[1] end)
  return facts
end

local RELATIVES <const> = {}
for word in pairs(TOLD) do RELATIVES[#RELATIVES + 1] = word end
for word in pairs(YEARS) do RELATIVES[#RELATIVES + 1] = word end
table.sort(RELATIVES)

local cues = { "年", "月", "日", "去年", "前年", "明年", "后年" }
table.move(told_from.cues, 1, #told_from.cues, #cues + 1, cues)

return {
  rule {
    "time.relative",
    description = "days told from the day of publishing: 即日起, 去年底",
    scan = scan_relative, needs = RELATIVES,
    counterexamples = { "即日起停止供水。" }, -- published when?
  },
  rule {
    "time.lunar",
    description = "days of the lunar calendar",
    scan = scan_lunar, patterns = { DATE },
    examples = { ["2020年正月初二上岗。"] = { subtype = "lunar", value = "2020-01-26" } },
    counterexamples = { "2月4日召开会议。", "春节返乡。" },
  },
  rule {
    "time.clock",
    description = "clock times: 早上六点, 16:57",
    scan = scan_clock, patterns = { CLOCK },
    examples = { ["每天早上六点到岗。"] = { subtype = "clock", value = "T06:00" } },
    counterexamples = { "24小时值守。" },
  },
  rule {
    "time.as_of",
    description = "when something was counted: 截至目前,...",
    scan = scan_as_of, needs = AS_OF,
    examples = { ["截至目前,共修路三公里。"] = { subtype = "asof", scope = "截至目前" } },
    counterexamples = { "报名今天截止。" },
  },
  rule {
    "time.date",
    description = "dates, with the year of the text or of publishing",
    scan = scan, patterns = { DATE }, cues = cues,
    examples = {
      ["2月4日召开会议。"] = { value = "XXXX-02-04", text = "2月4日" },
      ["2020年3月5日起,至4月1日止。"] = { value = "2020-04-01" },
      ["12月31日前完成。"] = { value = "XXXX-12-31" },
      ["2019年4月29日,材料运到,30日上午开工。"] = { value = "2019-04-30", text = "30日" },
    },
    counterexamples = { "24小时值守。", "正月初二上岗。", "连续三天。", "历时3日,完成。", "3日内办结。" },
  },
}
