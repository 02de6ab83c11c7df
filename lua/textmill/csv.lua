-- textmill.csv - delimited text, RFC 4180 with the dirt of real sheets.
--
--   csv.rows(s, [o])    -> iterator of rows (lists of strings)
--   csv.records(s, [o]) -> list of tables keyed by the header, header
--   csv.line(cells, o)  -> one line, terminated by CRLF (tab-separated: LF)
--
-- o.separator: "," ";" or "\t"; without it the header line decides. A BOM is
-- skipped, quotes may stand inside quoted cells doubled, lines end in LF, CR
-- or CRLF, and the last line needs no end.
-- Writing is safe for spreadsheets: cells that a spreadsheet would run as a
-- formula are prefixed with ', codes stay text, line breaks become blanks;
-- o.plain leaves the cells as they are, for machines.

local csv = {}

local BOM <const> = "\u{FEFF}"
csv.BOM = BOM

-- The separator that stands most often in the first line.
local function guess_separator(s)
  local line = s:match("^[^\r\n]*")
  local best, count = ",", 0
  for _, sep in ipairs { ",", ";", "\t" } do
    local _, n = line:gsub(sep, "")
    if n > count then best, count = sep, n end
  end
  return best
end

-- One cell at i: its text and the position behind it.
local function read_cell(s, i, plain)
  if s:byte(i) ~= 34 then
    local j = s:match(plain, i)
    return s:sub(i, j - 1), j
  end
  local parts = {}
  i = i + 1
  while true do
    local j = s:find('"', i, true) or #s + 1 -- an open quote ends with the text
    parts[#parts + 1] = s:sub(i, j - 1)
    if s:byte(j + 1) ~= 34 then return table.concat(parts), s:match(plain, j + 1) or #s + 1 end
    parts[#parts + 1] = '"'
    i = j + 2
  end
end

function csv.rows(s, o)
  local i = s:sub(1, 3) == BOM and 4 or 1
  local sep = o and o.separator or guess_separator(s:sub(i))
  local plain = "^[^\r\n" .. sep .. "]*()"
  return function()
    if i > #s then return nil end
    local row = {}
    while true do
      row[#row + 1], i = read_cell(s, i, plain)
      if s:sub(i, i) ~= sep then break end
      i = i + 1
    end
    i = s:match("^\r?\n?()", i)
    return row
  end
end

function csv.records(s, o)
  local rows = csv.rows(s, o)
  local header, list = rows() or {}, {}
  for row in rows do
    if #row > 1 or row[1] ~= "" then -- skip empty lines
      local record = {}
      for k, name in ipairs(header) do record[name] = row[k] end
      list[#list + 1] = record
    end
  end
  return list, header
end

-- What a spreadsheet would take for a formula; and codes, whose leading zeros
-- and late digits it would drop.
local function guard(cell)
  if cell:find "^%d+$" and (#cell > 11 or cell:find "^0%d") then return '="' .. cell .. '"' end
  if cell:find("^[=+@\t\r]") or (cell:find("^%-") and not tonumber(cell)) then
    return "'" .. cell
  end
  return cell
end

function csv.line(cells, o)
  local sep = o and o.separator or ","
  local out = {}
  for k = 1, cells.n or #cells do
    local v = cells[k]
    local cell = v == nil and "" or tostring(v)
    if not (o and o.plain) and type(v) ~= "number" then
      cell = guard(cell:gsub("[\r\n]+", " "))
    end
    if cell:find('["\r\n' .. sep .. "]") then cell = '"' .. cell:gsub('"', '""') .. '"' end
    out[k] = cell
  end
  return table.concat(out, sep) .. (sep == "\t" and "\n" or "\r\n")
end

return csv
