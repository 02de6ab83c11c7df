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

local CLOSE_YEARS <const> = { ["今年"] = 0, ["去年"] = -1, ["明年"] = 1, ["前年"] = -2 }

-- Day part of what the recogniser took: 2月5日晨 -> 2月5日.
local function shortened(text)
  local _, e = text:find "日"
  if not e then _, e = text:find "号" end
  if not e then _, e = text:find "月" end
  return e and text:sub(1, e) or text
end

-- 去年9月 is a relative date; 今年3月5日 gives its day.
local RELATIVE <const> = { ["去年"] = true, ["前年"] = true, ["明年"] = true, ["后年"] = true }

local function scan(doc)
  local facts, known = {}, nil
  local published
  for _, m in ipairs(doc.meta) do
    if m.key == "published" then published = tonumber(m.value:match "^%d%d%d%d") end
  end
  for _, m in ipairs(doc:matches(P.date:as "d", BODY)) do
    local info = m:info "d"
    local si, sj = doc:to_shown(m.i, m.j)
    local text = doc.shown:sub(si, sj)
    local said = year_in(text)
    if not info.lunar and not RELATIVE[text:sub(1, 6)] and (info.month or said) and text:find "%d" then
      local short = shortened(text)
      local relative
      for w, delta in pairs(CLOSE_YEARS) do
        if text:sub(1, #w) == w then relative = published and published + delta end
      end
      if said then known = said end
      local value = iso(said or relative or known or published, info)
      if value then
        facts[#facts + 1] = { type = "time", value = value, text = short, grain = info.day and "day"
          or info.month and "month" or "year",
                              source = said and "text" or (relative or known) and "text"
                                or published and "published" or nil,
                              at = { si, si + #short - 1 }, spans = { value = { si, si + #short - 1 } } }
      end
    end
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
    },
    counterexamples = { "24小时值守。", "正月初二上岗。", "连续三天。" },
  },
}
