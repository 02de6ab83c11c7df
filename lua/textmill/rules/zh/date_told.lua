-- Dates that lean on the day of publishing:
--
--   本月30日    上月底    下个月1日      of another month      本周三    上周五    下周二
--   1月10日 in a page of December: of the year that is nearest, where the clause says so
--
-- What is found is a row of date.lua: { i, j, year, month, day, told }.

local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local told = {}

local BODY <const> = { paragraph = true, heading = true, list = true, caption = true, abstract = true }
local DAY <const> = 24 * 60 * 60

-- told.day(doc) -> year, month, day on which the page was published, or nil
function told.day(doc)
  for _, m in ipairs(doc.meta) do
    if m.key == "published" then
      local y, month, d = m.value:match "^(%d%d%d%d)%-(%d%d)%-(%d%d)"
      if y then return tonumber(y), tonumber(month), tonumber(d) end
    end
  end
end

local MONTHS <const> = { ["本月"] = 0, ["上月"] = -1, ["上个月"] = -1, ["下月"] = 1, ["下个月"] = 1 }
local PARTS <const> = { "底", "末", "初", "中旬", "上旬", "下旬" }
local WEEKS <const> = { ["本周"] = 0, ["这周"] = 0, ["上周"] = -1, ["下周"] = 1 }
local WEEKDAYS <const> = { ["一"] = 0, ["二"] = 1, ["三"] = 2, ["四"] = 3, ["五"] = 4, ["六"] = 5, ["日"] = 6,
  ["天"] = 6 }

told.cues = {}
for _, words in ipairs { MONTHS, WEEKS } do
  table.move(vocabulary.words(words), 1, #vocabulary.words(words), #told.cues + 1, told.cues)
end

local function shifted(year, month, by)
  local n = year * 12 + month - 1 + by
  return n // 12, n % 12 + 1
end

local function months(doc, found, y, m)
  local s = doc.shown
  for word, by in vocabulary.each(MONTHS) do
    for at in doc:each(word, BODY) do
      local year, month = shifted(y, m, by)
      local p = at + #word
      local day, q = s:match("^(%d%d?)日()", p)
      if not day then day, q = s:match("^(%d%d?)号()", p) end
      local part = not day and text.starts(s, p, PARTS)
      if day and tonumber(day) <= 31 or part then
        found[#found + 1] = { i = at, j = (q or p) - 1, year = year, month = month, day = tonumber(day),
                              told = true }
      end
    end
  end
end

local function weeks(doc, found, y, m, d)
  local noon = os.time { year = y, month = m, day = d, hour = 12 }
  local monday = noon - (tonumber(os.date("%w", noon)) + 6) % 7 * DAY
  for word, by in vocabulary.each(WEEKS) do
    for at in doc:each(word, BODY) do
      local p = at + #word
      local weekday = WEEKDAYS[doc.shown:sub(p, p + 2)]
      if weekday then
        local on = os.date("*t", monday + (7 * by + weekday) * DAY)
        found[#found + 1] = { i = at, j = p + 2, year = on.year, month = on.month, day = on.day, told = true }
      end
    end
  end
end

-- told.add(doc, found): the days and months told from the day of publishing
function told.add(doc, found)
  if not doc:has_any(told.cues) then return end
  local y, m, d = told.day(doc)
  if not y then return end
  months(doc, found, y, m)
  if doc:has_any(WEEKS) then weeks(doc, found, y, m, d) end
end

local FAR <const> = 6 -- months
local PLANS <const> = { "请", "将", "拟", "须", "务必", "预计", "力争", "计划", "确保", "定于", "应" }
local UNTIL <const> = set "前 止 之 起"
local REACH <const> = 60 -- bytes

local function is_plan(doc, d)
  local before = text.behind_last(doc.shown:sub(math.max(1, d.i - REACH), d.i - 1), { "。", ";", "\n" })
  return text.has(before, PLANS)
end

-- told.year(doc, d, year, month) -> the year of a month without one, in a page published in that month: the
-- next one of a plan for its first months that is told in its last, the one before of what was done.
function told.year(doc, d, year, month)
  if not month or not d.month or math.abs(d.month - month) <= FAR then return year end
  if d.month < month then return is_plan(doc, d) and year + 1 or year end
  local open = UNTIL[doc.shown:sub(d.j + 1, d.j + 3)] or is_plan(doc, d)
  return open and year or year - 1
end

-- 二〇一四年: the year that words begin with, or nil.
local DIGITS <const> = { ["〇"] = 0, ["○"] = 0, ["零"] = 0, ["一"] = 1, ["二"] = 2, ["三"] = 3, ["四"] = 4,
  ["五"] = 5, ["六"] = 6, ["七"] = 7, ["八"] = 8, ["九"] = 9 }

function told.han_year(s)
  local year = 0
  for k = 1, 12, 3 do
    local digit = DIGITS[s:sub(k, k + 2)]
    if not digit then return nil end
    year = 10 * year + digit
  end
  return s:sub(13, 15) == "年" and year or nil
end

return told
