-- textmill.picture - results as SVG: bars, a line of time, places by items, and where in
-- the documents a word stands. A result says by `chart` which of its columns are drawn:
--
--   { label=, value= }                          bars
--   { kind = "timeline", date=, label= }        a point a row, on a line of days
--   { kind = "cells", label=, columns= }        a bar in every cell
--   { kind = "dispersion", at=, doc=, sizes= }  a line a document, a stroke a row
--
-- Texts come from anywhere: they go into the picture as escaped text, nothing else does.

local decimal = require "textmill.decimal"
local screen = require "textmill.screen"

local picture = {}

local ROW <const> = 18
local MOST <const> = 500 -- rows that are drawn
local INK <const>, FILL <const>, GREY <const> = "#222222", "#4477aa", "#cccccc"

local escapes = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

-- Text for HTML and XML, inside and outside of attributes; control characters are dropped.
function picture.escape(s)
  return (screen.clean(s):gsub("%c", " "):gsub("[&<>\"']", escapes))
end

local escape = picture.escape

local function svg(width, height, parts)
  return ('<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" '
    .. 'font-family="sans-serif" font-size="12" fill="%s">\n%s</svg>\n')
    :format(width, height, width, height, INK, table.concat(parts))
end

local function tenths(v) return decimal("%.1f", v) end

local function text(x, y, s, anchor)
  return ('<text x="%s" y="%s"%s>%s</text>'):format(tenths(x), tenths(y),
    anchor and (' text-anchor="%s"'):format(anchor) or "", escape(s))
end

local function rect(x, y, width, height, fill)
  return ('<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>')
    :format(tenths(x), tenths(y), tenths(width), tenths(height), fill)
end

local function dot(x, y)
  return ('<circle cx="%s" cy="%s" r="4" fill="%s"/>'):format(tenths(x), tenths(y), FILL)
end

local function left_out(out, n, y)
  if n > MOST then out[#out + 1] = text(4, y, ("%d more are not drawn"):format(n - MOST)) end
end

-- bars -----------------------------------------------------------------------------

local LABEL <const>, WIDTH <const> = 160, 480

local function bars(rows, chart, cell)
  local n, most, out = math.min(#rows, MOST), 0, {}
  for k = 1, n do most = math.max(most, tonumber(rows[k][chart.value]) or 0) end
  for k = 1, n do
    local row, y = rows[k], (k - 1) * ROW
    local v = tonumber(row[chart.value]) or 0
    local length = most > 0 and math.max(0, v) / most * WIDTH or 0
    out[#out + 1] = text(LABEL - 6, y + 15, screen.cut(cell(row[chart.label]), 22), "end")
      .. rect(LABEL, y + 4, length, ROW - 6, FILL)
      .. text(LABEL + length + 4, y + 15, cell(row[chart.value])) .. "\n"
  end
  left_out(out, #rows, n * ROW + 15)
  return svg(LABEL + WIDTH + 80, n * ROW + (#rows > MOST and ROW + 8 or 8), out)
end

-- time -----------------------------------------------------------------------------

-- Days since 1970 of a date that has at least a year; the part that lacks is its first.
local function day_of(date)
  local y, m, d = tostring(date or ""):match "^(%d%d%d%d)%-?(%d?%d?)%-?(%d?%d?)"
  if not y then return nil end
  y, m, d = tonumber(y), tonumber(m) or 1, tonumber(d) or 1
  if m < 1 or m > 12 then m = 1 end
  if m <= 2 then y = y - 1 end -- days from the civil date, the year beginning in March
  local era = y // 400
  local of_era = y - era * 400
  local of_year = (153 * (m + (m > 2 and -3 or 9)) + 2) // 5 + d - 1
  return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
end

local AXIS <const>, DATE <const> = 260, 86

local function timeline(rows, chart, cell)
  local n, first, last, out = math.min(#rows, MOST), nil, nil, {}
  for k = 1, n do
    local day = day_of(rows[k][chart.date])
    if day then first, last = math.min(first or day, day), math.max(last or day, day) end
  end
  local span = math.max(1, (last or 0) - (first or 0))
  for k = 1, n do
    local row, y = rows[k], (k - 1) * ROW + 9
    local day = day_of(row[chart.date])
    out[#out + 1] = text(4, y + 4, row[chart.date])
      .. rect(DATE, y - 0.5, AXIS, 1, GREY)
      .. (day and dot(DATE + (day - first) / span * AXIS, y) or "")
      .. text(DATE + AXIS + 10, y + 4,
              screen.cut(cell(row.place) .. "  " .. cell(row[chart.label]), 80)) .. "\n"
  end
  left_out(out, #rows, n * ROW + 15)
  return svg(900, n * ROW + (#rows > MOST and ROW + 8 or 8), out)
end

-- places by items --------------------------------------------------------------------

local COLUMN <const> = 110

-- The first number a cell says: "412 / 1360", "≈200", "500+".
local function number_in(s) return tonumber(tostring(s or ""):match "%d+%.?%d*") end

local function cells(rows, chart, cell)
  local n, out, most = math.min(#rows, MOST), {}, {}
  for i, name in ipairs(chart.columns) do
    out[#out + 1] = text(LABEL + (i - 1) * COLUMN, 14, screen.cut(name, 14))
    most[name] = 0
    for k = 1, n do most[name] = math.max(most[name], number_in(rows[k][name]) or 0) end
  end
  for k = 1, n do
    local row, y = rows[k], k * ROW
    out[#out + 1] = text(LABEL - 6, y + 15, screen.cut(cell(row[chart.label]), 22), "end")
    for i, name in ipairs(chart.columns) do
      local x, v = LABEL + (i - 1) * COLUMN, number_in(row[name])
      local length = v and most[name] > 0 and v / most[name] * (COLUMN - 60) or 0
      out[#out + 1] = (v and rect(x, y + 5, math.max(1, length), ROW - 7, FILL) or "")
        .. text(x + (v and math.max(1, length) + 3 or 0), y + 15, screen.cut(cell(row[name]), 8))
    end
    out[#out + 1] = "\n"
  end
  left_out(out, #rows, (n + 1) * ROW + 15)
  return svg(LABEL + #chart.columns * COLUMN + 20, (n + 1) * ROW + (#rows > MOST and ROW + 8 or 8), out)
end

-- where a word stands ------------------------------------------------------------------

local function dispersion(rows, chart, cell)
  local docs, order, out, sizes = {}, {}, {}, chart.sizes()
  for _, row in ipairs(rows) do
    local id = row[chart.doc]
    if not docs[id] then
      docs[id], order[#order + 1] = {}, id
    end
    table.insert(docs[id], row[chart.at])
  end
  local n = math.min(#order, MOST)
  for k = 1, n do
    local id, y = order[k], (k - 1) * ROW
    local size = math.max(1, sizes[id] or 0, table.unpack(docs[id], 1, math.min(#docs[id], 200)))
    out[#out + 1] = text(LABEL - 6, y + 14, screen.cut(cell(id), 22), "end")
      .. rect(LABEL, y + 8.5, WIDTH, 1, GREY)
    local strokes, last = {}, nil
    for _, at in ipairs(docs[id]) do
      local x = tenths(LABEL + math.min(1, at / size) * WIDTH)
      if x ~= last then strokes[#strokes + 1] = ("M%s %dv12"):format(x, y + 3) end
      last = x
    end
    out[#out + 1] = ('<path d="%s" stroke="%s" fill="none"/>'):format(table.concat(strokes), FILL)
      .. text(LABEL + WIDTH + 6, y + 14, ("%d"):format(#docs[id])) .. "\n"
  end
  left_out(out, #order, n * ROW + 15)
  return svg(LABEL + WIDTH + 80, n * ROW + (#order > MOST and ROW + 8 or 8), out)
end

local kinds = { bars = bars, timeline = timeline, cells = cells, dispersion = dispersion }

-- picture.draw(rows, chart, cell) -> SVG; cell: a value as people read it
function picture.draw(rows, chart, cell) return kinds[chart.kind or "bars"](rows, chart, cell) end

return picture
