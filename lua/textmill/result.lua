-- textmill.result - what every method that yields many things returns: one
-- value that is called in `for`, counted, indexed, printed, sorted and saved.
--
--   columns = { {name=, title=, align="left"|"right", width=, cut="left"|"right", hidden=,
--                keep=, mark=, shown=} , ... }   keep: gives way last; mark: stays in sight;
--                                        shown: on the screen only, never saved
--   rows    = list of tables keyed by column names (rows may know more)
--
-- A result holds plain rows: no open statement, no file. Methods: head, more,
-- sort, columns, by, save. `tostring` prints a head and says how much is left.

local csv = require "textmill.csv"
local decimal = require "textmill.decimal"
local json = require "textmill.json"
local picture = require "textmill.picture"
local screen = require "textmill.screen"

local PAGE <const> = 20 -- rows that tostring prints

local result = {}
local methods = {}

local function column(spec)
  if type(spec) == "string" then spec = { name = spec } end
  return spec
end

-- result.new{rows=, columns=, title=, note=, row_mt=} -> result
--   title: a line above the table or a function of the result
function result.new(t)
  local columns = {}
  for k, spec in ipairs(t.columns) do columns[k] = column(spec) end
  local self = { rows_ = t.rows, columns_ = columns, title_ = t.title, note_ = t.note,
                 first_ = 1, page_ = PAGE, empty_ = t.empty, chart_ = t.chart }
  return setmetatable(self, result)
end

result.__name = "textmill.result"
result.methods = methods
result.__len = function(self) return #self.rows_ end

function result.__index(self, key)
  if type(key) == "number" then return self.rows_[key] end
  return methods[key]
end

-- for row in r do ... end: `for` hands the last row back, nil at the start, so
-- each loop starts anew.
function result.__call(self, _, last)
  local k = last ~= nil and self.cursor_ or 0
  self.cursor_ = k + 1
  return self.rows_[k + 1]
end

-- Is v a result? (for checking arguments)
function result.is(v) return getmetatable(v) == result end

local function copy(self, changes)
  local t = {}
  for k, v in pairs(self) do t[k] = v end
  for k, v in pairs(changes) do t[k] = v end
  t.cursor_ = nil
  return setmetatable(t, result)
end

-- cells --------------------------------------------------------------------

-- A value as people read it: whole numbers without .0, lists with blanks.
function result.cell(v)
  if v == nil or v == json.null then return "" end
  if type(v) == "number" then
    if v == math.floor(v) and math.abs(v) < 2 ^ 53 then return ("%d"):format(v) end
    return v - v == 0 and decimal("%.6g", v) or tostring(v)
  end
  if type(v) == "table" and (getmetatable(v) == nil or json.is_array(v)) then
    local parts = {}
    for k, item in ipairs(v) do parts[k] = result.cell(item) end
    return table.concat(parts, " ")
  end
  return tostring(v)
end

local function visible(self)
  local list = {}
  for _, c in ipairs(self.columns_) do
    if not c.hidden then list[#list + 1] = c end
  end
  return list
end

-- Widths: what the shown cells need, the widest column gives way first until
-- the table fits the screen.
local function fit(columns, cells, total)
  local widths, sum = {}, 0
  for k, c in ipairs(columns) do
    local w = screen.width(c.title or c.name)
    for _, row in ipairs(cells) do w = math.max(w, screen.width(row[k])) end
    if c.width then w = math.min(w, c.width) end
    widths[k], sum = w, sum + w + 2
  end
  while sum > total do
    local widest = 1
    for k = 2, #widths do
      -- a column to keep gives way only when it is twice as wide as the others
      local share = columns[k].keep and 0.5 or 1
      if widths[k] * share > widths[widest] * (columns[widest].keep and 0.5 or 1) then widest = k end
    end
    if widths[widest] <= 8 then break end
    widths[widest], sum = widths[widest] - 1, sum - 1
  end
  return widths
end

local function draw_row(columns, widths, cells, style)
  local parts = {}
  for k, c in ipairs(columns) do
    local text = c.mark and screen.around(cells[k], widths[k], c.mark)
                 or screen.cut(cells[k], widths[k], c.cut)
    text = screen.pad(text, widths[k], c.align)
    if style then text = screen.colour(style, text) end
    parts[k] = text
  end
  return (table.concat(parts, "  "):gsub("%s+$", ""))
end

-- Columns to print: not those where nothing stands, unless they were asked for.
local function with_content(self, first, last)
  local list, all = {}, visible(self)
  for _, c in ipairs(all) do
    local used = self.asked_
    for k = first, used and first - 1 or last do
      used = used or result.cell(self.rows_[k][c.name]) ~= ""
    end
    if used then list[#list + 1] = c end
  end
  return #list > 0 and list or all
end

local function draw(self, first, last)
  local columns, cells, header = with_content(self, first, last), {}, {}
  for k = first, last do
    local row = {}
    for i, c in ipairs(columns) do
      row[i] = screen.clean(result.cell(self.rows_[k][c.name]))
    end
    cells[#cells + 1] = row
  end
  for i, c in ipairs(columns) do header[i] = c.title or c.name end
  local widths = fit(columns, cells, screen.columns())
  local lines = { draw_row(columns, widths, header, "dim") }
  for k, row in ipairs(cells) do lines[k + 1] = draw_row(columns, widths, row) end
  return table.concat(lines, "\n")
end

function result.__tostring(self)
  local title = self.title_
  if type(title) == "function" then title = title(self) end
  local lines = { title }
  local n = #self.rows_
  local last = math.min(n, self.first_ + self.page_ - 1)
  if n == 0 then
    lines[#lines + 1] = title or self.empty_ or "nothing found"
    if title then lines[#lines] = nil end
  else
    lines[#lines + 1] = draw(self, self.first_, last)
  end
  if last < n then
    lines[#lines + 1] = screen.colour("dim", ("%d more (r:more(), r:save \"x.csv\")"):format(n - last))
  end
  lines[#lines + 1] = self.note_
  return table.concat(lines, "\n")
end

-- methods ------------------------------------------------------------------

-- r:head(n) -> result of the first n rows, all printed
function methods:head(n)
  n = n or 10
  local rows = table.move(self.rows_, 1, math.min(n, #self.rows_), 1, {})
  return copy(self, { rows_ = rows, first_ = 1, page_ = n })
end

-- Rows of this result, or others like them, under the same columns.
function result.pick(self, rows)
  return copy(self, { rows_ = rows, first_ = 1 })
end

-- r:more([n]) -> the same result, printing its next page
function methods:more(n)
  local first = self.first_ + self.page_
  if first > #self.rows_ then first = 1 end
  return copy(self, { first_ = first, page_ = n or PAGE })
end

local function before(a, b)
  if a == nil or b == nil then return a ~= nil and b == nil end
  if type(a) == type(b) and (type(a) == "number" or type(a) == "string") then return a < b end
  return result.cell(a) < result.cell(b)
end

local function known_column(self, name)
  for _, c in ipairs(self.columns_) do
    if c.name == name then return c end
  end
  for _, row in ipairs(self.rows_) do
    if row[name] ~= nil then return { name = name } end
  end
  if #self.rows_ == 0 then return { name = name } end
  local names = {}
  for k, c in ipairs(self.columns_) do names[k] = c.name end
  error(("no column '%s' (there are: %s)"):format(name, table.concat(names, " ")), 3)
end

-- r:sort(col | "-col" | function) -> result, stable; nothing sorts last
function methods:sort(by)
  local order, rows, less = {}, {}, by
  for k = 1, #self.rows_ do order[k], rows[k] = k, self.rows_[k] end -- once: they may be made when asked for
  if type(by) == "string" then
    local down, name = by:match "^(%-?)(.*)$"
    known_column(self, name)
    less = function(a, b)
      a, b = a[name], b[name]
      if down == "" or a == nil or b == nil then return before(a, b) end
      return before(b, a)
    end
  end
  table.sort(order, function(i, j)
    if less(rows[i], rows[j]) then return true end
    if less(rows[j], rows[i]) then return false end
    return i < j
  end)
  local sorted = {}
  for k, i in ipairs(order) do sorted[k] = rows[i] end
  return copy(self, { rows_ = sorted, first_ = 1 })
end

-- r:columns(name, ...) -> result with just these columns
function methods:columns(...)
  local columns = {}
  for k, name in ipairs { ... } do
    columns[k] = setmetatable({ hidden = false }, { __index = known_column(self, name) }) -- asked for: shown
  end
  return copy(self, { columns_ = columns, asked_ = true })
end

-- r:by(col) -> result that counts the rows for each value of col
function methods:by(name)
  known_column(self, name)
  local counts, rows = {}, {}
  for _, row in ipairs(self.rows_) do
    local key = result.cell(row[name])
    local group = counts[key]
    if not group then
      group = { [name] = row[name], count = 0 }
      counts[key] = group
      rows[#rows + 1] = group
    end
    group.count = group.count + 1
  end
  return result.new { rows = rows, columns = { name, { name = "count", align = "right" } } }
    :sort "-count"
end

-- saving -------------------------------------------------------------------

local function plain(v)
  if type(v) == "table" and (getmetatable(v) == nil or json.is_array(v)) then
    local t = json.is_array(v) and json.array {} or {}
    for k, item in pairs(v) do
      if type(item) ~= "function" then t[k] = plain(item) end
    end
    return t
  end
  if type(v) == "table" and v ~= json.null or type(v) == "userdata" then return tostring(v) end
  return v
end

-- Names of the columns that are saved.
local function saved(self)
  local names = {}
  for _, c in ipairs(self.columns_) do
    if not c.shown then names[#names + 1] = c.name end
  end
  return names
end

local function delimited(separator)
  return function(self, o)
    local names, out = saved(self), {}
    out[1] = (o.plain or separator == "\t") and "" or csv.BOM
    o = { separator = separator, plain = o.plain }
    out[2] = csv.line(names, o)
    for k, row in ipairs(self.rows_) do
      local cells = { n = #names }
      for i, name in ipairs(names) do
        cells[i] = result.cell(row[name])
      end
      out[k + 2] = csv.line(cells, o)
    end
    return table.concat(out)
  end
end

local function ndjson(self)
  local names, out = saved(self), {}
  for k, row in ipairs(self.rows_) do
    local t = {}
    for _, name in ipairs(names) do t[name] = plain(row[name]) end
    out[k] = json.encode(t, { keys = names })
  end
  return out
end

-- The table element alone; row_of(k) gives attributes of the kth row.
function result.table(self, row_of)
  local out, escape = { "<table>\n<thead><tr>" }, picture.escape
  local columns = visible(self)
  for _, c in ipairs(columns) do out[#out + 1] = "<th>" .. escape(c.title or c.name) .. "</th>" end
  out[#out + 1] = "</tr></thead>\n<tbody>\n"
  for k, row in ipairs(self.rows_) do
    out[#out + 1] = row_of and "<tr" .. row_of(k) .. ">" or "<tr>"
    for _, c in ipairs(columns) do
      out[#out + 1] = "<td>" .. escape(result.cell(row[c.name])) .. "</td>"
    end
    out[#out + 1] = "</tr>\n"
  end
  out[#out + 1] = "</tbody></table>\n"
  return table.concat(out)
end

local function html(self) return '<!doctype html>\n<meta charset="utf-8">\n' .. result.table(self) end

local function markdown(self)
  local columns, lines = visible(self), {}
  local function line(each)
    local cells = {}
    for k, c in ipairs(columns) do
      cells[k] = screen.clean(each(c)):gsub("[|\\]", "\\%0"):gsub("[<&]", { ["<"] = "&lt;", ["&"] = "&amp;" })
    end
    lines[#lines + 1] = "| " .. table.concat(cells, " | ") .. " |"
  end
  line(function(c) return c.title or c.name end)
  lines[2] = "|" .. (" --- |"):rep(#columns)
  for _, row in ipairs(self.rows_) do
    line(function(c) return result.cell(row[c.name]) end)
  end
  return table.concat(lines, "\n") .. "\n"
end

-- A picture of results that say what is drawn (picture.lua).
local function svg(self)
  if not self.chart_ then error("this result has no picture (csv tsv json ndjson html md)", 4) end
  return picture.draw(self.rows_, self.chart_, result.cell)
end

local writers = {
  csv = delimited ",", tsv = delimited "\t", html = html, md = markdown, svg = svg,
  ndjson = function(self) return table.concat(ndjson(self), "\n") .. (#self > 0 and "\n" or "") end,
  json = function(self) return "[" .. table.concat(ndjson(self), ",\n ") .. "]\n" end,
}

-- r:format("csv" | "tsv" | "json" | "ndjson" | "html" | "md" | "svg", [o]) -> string
function result.format(self, kind, o)
  local writer = writers[kind]
  if not writer then
    error(("cannot write '%s' (csv tsv json ndjson html md svg)"):format(tostring(kind)), 3)
  end
  return writer(self, o or {})
end

-- r:save(path, [o]) -> true | nil, message, position, code; the extension
-- decides the format. o.plain: for machines (no BOM, no guarded formulas).
function methods:save(path, o)
  local text = result.format(self, path:match "%.(%w+)$" or "", o)
  local file, message = io.open(path, "wb")
  if not file then return nil, message, 0, "io" end
  local ok, why = file:write(text)
  if ok then ok, why = file:close() else file:close() end
  if not ok then return nil, path .. ": " .. tostring(why), 0, "io" end
  return true
end

return result
