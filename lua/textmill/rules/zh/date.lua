-- Dates of the body. The year comes from the text (the last full date before),
-- else from the document's own publishing date, else it is open: XXXX-02-04.

local P = require "textmill".pattern
local rule = require "textmill".rule

local BODY <const> = { paragraph = true, heading = true, list = true, caption = true, abstract = true }

-- The year said in the text, or nil.
local function year_in(text)
  local y = text:match "^(%d%d%d%d)%D" or text:match "^(%d%d%d%d)$"
  return y and tonumber(y)
end

local function iso(year, info)
  if not info.month then return year and ("%04d"):format(year) end
  local y = year and ("%04d"):format(year) or "XXXX"
  if not info.day then return ("%s-%02d"):format(y, info.month) end
  return ("%s-%02d-%02d"):format(y, info.month, info.day)
end

-- Day part of what the recogniser took: 2月5日晨 -> 2月5日.
local function shortened(text)
  local _, e = text:find "日"
  if not e then _, e = text:find "号" end
  if not e then _, e = text:find "月" end
  return e and text:sub(1, e) or text
end

-- 去年9月 is a relative date; 今年3月5日 gives its day.
local RELATIVE <const> = { ["去年"] = true, ["前年"] = true, ["明年"] = true, ["后年"] = true }

-- The year of publishing, or nil.
local function published_year(doc)
  for _, m in ipairs(doc.meta) do
    if m.key == "published" then return tonumber(m.value:match "^%d%d%d%d") end
  end
end

local DATE <const> = P.date:as "d"

-- What the recogniser found: { i, j, year, month, day }, sorted.
local function recognised(doc)
  local found = {}
  if not doc.shown:find "%d" then return found end
  for _, m in ipairs(doc:matches(DATE, BODY)) do
    local info = m:info "d"
    local si, sj = doc:to_shown(m.i, m.j)
    local text = doc.shown:sub(si, sj)
    local said = year_in(text)
    if not info.lunar and not RELATIVE[text:sub(1, 6)] and (info.month or said) and text:find "%d" then
      local short = shortened(text)
      found[#found + 1] = { i = si, j = si + #short - 1, year = said, month = info.month, day = info.day,
                            this_year = text:sub(1, 6) == "今年" }
    end
  end
  return found
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
  for at in doc:each("月", BODY) do
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
  for at in doc:each("年", BODY) do
    local i, j = at - 4, at + 2
    local y = i > 0 and tonumber(doc.shown:sub(i, at - 1):match "^%d%d%d%d$")
    if y and y >= 1900 and y <= 2100 and not (i > 1 and doc.shown:find("^%d", i - 1))
      and not doc.shown:find("^%d%d?月", j + 1)
       and doc.shown:sub(j + 1, j + 3) ~= "度" then
      found[#found + 1] = { i = i, j = j, year = y }
    end
  end
end

-- 2月26日至28日: the second day has the month of the first.
local TO <const> = { "至", "到", "-", "~", "—", "、", "和" }
local function day_ranges(doc, found)
  for k = 1, #found do
    local d = found[k]
    for _, w in ipairs(d.day and TO or {}) do
      local p = d.j + 1
      local day = doc.shown:sub(p, p + #w - 1) == w and (doc.shown:match("^(%d%d?)日", p + #w)
        or doc.shown:match("^(%d%d?)号", p + #w))
      if day and tonumber(day) > d.day and tonumber(day) <= 31 then
        found[#found + 1] = { i = p + #w, j = p + #w + #day + 2, year = d.year, month = d.month,
                              day = tonumber(day), this_year = d.this_year }
      end
    end
  end
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
  day_ranges(doc, found)
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

local function scan(doc)
  local facts, known, published = {}, nil, published_year(doc)
  for _, d in ipairs(all_dates(doc)) do
    if d.year then known = d.year end
    if of_dateline(doc, d) then goto continue end
    local value = iso(d.year or (d.this_year and published) or known or published, d)
    if value then
      facts[#facts + 1] = {
        type = "time", value = value, text = doc.shown:sub(d.i, d.j),
        grain = d.day and "day" or d.month and "month" or "year",
        source = (d.year or known) and "text" or published and "published" or nil,
        at = { d.i, d.j }, spans = { value = { d.i, d.j } },
      }
    end
    ::continue::
  end
  return facts
end

return {
  rule {
    "time.date",
    description = "dates, with the year of the text or of publishing",
    scan = scan,
    examples = {
      ["2月4日召开会议。"] = { value = "XXXX-02-04", text = "2月4日" },
      ["2020年3月5日起,至4月1日止。"] = { value = "2020-04-01" },
      ["12月31日前完成。"] = { value = "XXXX-12-31" },
    },
    counterexamples = { "24小时值守。", "正月初二上岗。", "连续三天。" },
  },
}
