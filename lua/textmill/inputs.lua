-- textmill.inputs - where documents come from: folders, files, lists of files,
-- NDJSON, tables of documents (CSV), web archives (WARC), all of them also as .gz,
-- and metadata sheets joined by a key.
--
-- Everything is an iterator of plain tables, one a document, in a stable order:
--   { path=, raw=, id=, url=, date=, meta={...} }            a document
--   { path=, line=, message=, code= }                        one that cannot be read
-- so that a bad document never stops the good ones.

local core = require "textmill.core"
local csv = require "textmill.csv"
local json = require "textmill.json"
local stream = require "textmill.stream"
local warc = require "textmill.warc"

local inputs = {}

-- Bytes of a regular file. nil, message, 0, code
function inputs.read(path)
  local kind, message, _, code = core.stat(path)
  if not kind then return nil, message, 0, code end
  if kind ~= "file" then return nil, ("%s is a %s, not a file"):format(path, kind), 0, "io" end
  local file, why = io.open(path, "rb")
  if not file then return nil, why, 0, "io" end
  local f <close> = file
  local bytes, reason = f:read "a"
  if not bytes then return nil, path .. ": " .. reason, 0, "io" end
  return bytes
end

-- Appends the files below path to list, folders in order of their names,
-- hidden ones left out; `seen` guards against links in a circle. sizes: bytes of each.
local function walk(path, list, seen, sizes)
  local kind, bytes, identity = core.stat(path)
  if kind ~= "folder" then
    list[#list + 1] = path
    sizes[#list] = kind == "file" and bytes or 0
    return
  end
  if seen[identity] then return end
  seen[identity] = true
  local names, message = core.list(path)
  if not names then
    list[#list + 1] = { path = path, message = message, code = "io" }
    sizes[#list] = 0
    return
  end
  table.sort(names)
  for _, name in ipairs(names) do
    if name:sub(1, 1) ~= "." then walk(path:gsub("/+$", "") .. "/" .. name, list, seen, sizes) end
  end

end

-- inputs.files{path, ...} -> list of paths (and of {path, message, code}), list of their sizes
function inputs.files(paths)
  local list, seen, sizes = {}, {}, {}
  for _, path in ipairs(paths) do walk(path, list, seen, sizes) end
  return list, sizes
end

-- A list of files, one path a line; relative ones count from the list's folder.
function inputs.list_file(path)
  local text = assert(inputs.read(path))
  local folder, list = path:match "^(.*/)" or "", {}
  for line in text:gmatch "[^\r\n]+" do
    list[#list + 1] = line:sub(1, 1) == "/" and line or folder .. line
  end
  return list
end

-- NDJSON --------------------------------------------------------------------

local base64 = {}
do
  local alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  for k = 1, 64 do base64[alphabet:byte(k)] = k - 1 end
  base64[("-"):byte()], base64[("_"):byte()] = 62, 63
end

-- inputs.base64(s) -> bytes | nil, message
function inputs.base64(s)
  s = s:gsub("[%s=]", "")
  if s:find "[^%w+/_-]" or #s % 4 == 1 then return nil, "not base64" end
  local out, char = {}, string.char
  for i = 1, #s, 4 do
    local a, b, c, d = s:byte(i, i + 3)
    local n = base64[a] << 18 | base64[b] << 12 | (base64[c] or 0) << 6 | (base64[d] or 0)
    local piece = char(n >> 16, n >> 8 & 255, n & 255)
    out[#out + 1] = d and piece or piece:sub(1, c and 2 or 1)
  end
  return table.concat(out)
end

local reserved = {}
for name in ("id text bytes_b64 path url date meta"):gmatch "%w+" do reserved[name] = true end

local NONE <const> = {}

local function scalar(v)
  local kind = type(v)
  return kind == "string" or kind == "number" or kind == "boolean"
end

local NAMES <const> = { "id", "path", "url", "date" }

-- What names and places a document is text (an id may be a number), null is absent.
local function named_fields(record)
  local doc = { meta = {} }
  for k = 1, #NAMES do
    local name = NAMES[k]
    local v = record[name]
    if type(v) == "string" then doc[name] = v
    elseif math.type(v) then doc[name] = tostring(v)
    elseif v ~= nil and v ~= json.null then doc.bad = ("'%s' is not a string"):format(name) end
  end
  return doc
end

local function add_meta(meta, source, but)
  for key, value in pairs(source) do
    if not but[key] and scalar(value) then meta[key] = tostring(value) end
  end
end

-- One NDJSON object -> a document. Keys that are not reserved are metadata.
function inputs.document(record)
  local doc = named_fields(record)
  add_meta(doc.meta, record, reserved)
  if type(record.meta) == "table" then add_meta(doc.meta, record.meta, NONE) end
  local message, code, _ = doc.bad, nil, nil
  if message then doc.raw = nil
  elseif type(record.bytes_b64) == "string" then doc.raw, message = inputs.base64(record.bytes_b64)
  elseif type(record.text) == "string" then doc.raw = record.text
  elseif doc.path then doc.raw, message, _, code = inputs.read(doc.path)
  else message = "no text, bytes_b64 or path" end
  if not doc.raw then
    return { id = doc.id, path = doc.path, message = message, code = code or "invalid" }
  end
  return doc
end

-- The document of a line that is not as most are.
local function unusual(line)
  local record, message, at = json.decode(line)
  if type(record) == "table" then return inputs.document(record) end
  return { code = "syntax", message = message and message .. " at byte " .. at or "not an object" }
end

-- inputs.ndjson(lines, name, [read]) -> iterator of documents; lines: iterator of lines; read: as
-- stream.record, for who hands a record to the iterator: a document as most are comes in it
function inputs.ndjson(lines, name, read)
  local number = 0
  return function(record)
    local with_record <const> = read and type(record) == "userdata" -- a for loop may hand over a number
    local line
    repeat
      number = number + 1
      if with_record then line = read(record, number) else line = lines() end
      if line == true then return record end
    until not line or line:find "%S"
    if not line then return nil end
    local doc = json.document(line) or unusual(line)
    if doc.message then
      doc.path, doc.message = name, ("%s:%d: %s"):format(name, number, doc.message)
    end
    doc.line = number
    return doc
  end
end

-- Metadata sheets -------------------------------------------------------------

-- inputs.sheet(path, key) -> table: key value -> row, list of columns. Keys are
-- matched as they stand and by the base name of a path.
function inputs.sheet(path, key)
  local rows, header = csv.records(assert(inputs.read(path)))
  if #header == 0 then error(path .. ": an empty sheet", 0) end
  key = key or header[1]
  local has_key
  for _, name in ipairs(header) do has_key = has_key or name == key end
  if not has_key then
    error(("%s has no column '%s' (there are: %s)")
      :format(path, tostring(key), table.concat(header, ", ")), 0)
  end
  local by_key = {}
  for _, row in ipairs(rows) do by_key[row[key]] = row end
  return by_key, header, #rows
end

local function base_name(path) return path:match "[^/]*$" end

-- The row of a document; marks it as used.
local function row_of(sheet, doc)
  local row = doc.path and (sheet.rows[doc.path] or sheet.rows[base_name(doc.path)])
              or doc.id and sheet.rows[doc.id]
  if row then sheet.used[row] = true end
  return row
end

-- Joins a sheet's row into a document: url and date columns, the rest metadata.
function inputs.join(sheet, doc)
  local row = row_of(sheet, doc)
  if not row then return false end
  doc.meta = doc.meta or {}
  for name, value in pairs(row) do
    if value ~= "" then
      if name == "url" or name == "date" then doc[name] = doc[name] or value
      elseif name ~= sheet.key then doc.meta[name] = value end
    end
  end
  return true
end

-- The documents of any mixture of inputs ------------------------------------------

-- What is in a file, by the end of its name, with or without .gz.
local function format_of(path)
  local name = path:lower():gsub("%.gz$", "")
  if name:find "%.ndjson$" or name:find "%.jsonl$" then return "ndjson" end
  if name:find "%.warc$" then return "warc" end
  if name:find "%.csv$" or name:find "%.tsv$" then return "csv" end
  return path:lower():find "%.gz$" and "packed" or "plain"
end

-- An iterator of one item.
local function single(doc)
  return function()
    local one = doc
    doc = nil
    return one
  end
end

local function failure(path, message, code) return { path = path, message = message, code = code } end

-- Documents of a stream; damage in it ends it with a failure.
local function guarded(s, path, next_document)
  local over = false
  return function(record)
    if over then return nil end
    local ok, doc = pcall(next_document, record)
    if ok and doc then return doc end
    over = true
    s:close()
    if ok then return nil end
    local e = type(doc) == "table" and doc or { message = tostring(doc), code = "io" }
    return failure(path, e.message, e.code)
  end
end

local formats = {}

function formats.ndjson(s, path)
  return inputs.ndjson(s:lines(), path, function(record, number) return s:record(record, number) end)
end

function formats.warc(s, path) return warc.documents(s, path) end

-- The whole unpacked file is the document.
function formats.packed(s, path)
  local done = false
  return function()
    if done then return nil end
    done = true
    local parts = {}
    repeat parts[#parts + 1] = s:block(1 << 20) until #parts[#parts] < 1 << 20
    return { path = path, raw = table.concat(parts), meta = {} }
  end
end

-- A table of documents has a column text, bytes_b64 or path; another sheet is a
-- document itself.
local DOCUMENT_COLUMNS <const> = { "text", "bytes_b64", "path" }
local function table_documents(path)
  local rows, header = csv.records(assert(inputs.read(path)))
  local has = false
  for _, name in ipairs(header) do
    for _, wanted in ipairs(DOCUMENT_COLUMNS) do has = has or name == wanted end
  end
  if not has then return nil end
  local k = 0
  return function()
    k = k + 1
    if not rows[k] then return nil end
    local record = {}
    for name, value in pairs(rows[k]) do
      if value ~= "" then record[name] = value end
    end
    local doc = inputs.document(record)
    if doc.message then doc.path, doc.message = path, ("%s: row %d: %s"):format(path, k, doc.message) end
    doc.line = k + 1
    return doc
  end
end

local function plain_document(path)
  return function()
    local raw, message, _, code = inputs.read(path)
    if not raw then return failure(path, message, code) end
    return { path = path, raw = raw, meta = {} }
  end
end

local function once(make)
  local done
  return function()
    if done then return nil end
    done = true
    return make()
  end
end

local function file_documents(path)
  if type(path) == "table" then return single(path) end -- already a failure
  local format = format_of(path)
  if format == "csv" and not path:find "%.gz$" then
    local ok, rows = pcall(table_documents, path)
    if ok and rows then return rows end
  end
  if not formats[format] then return once(plain_document(path)) end
  local s, message, _, code = stream.open(path)
  if not s then return single(failure(path, message, code)) end
  return guarded(s, path, formats[format](s, path)), s
end

local function sum(list)
  local total = 0
  for _, n in ipairs(list) do total = total + n end
  return total
end

-- inputs.documents(list of paths) -> iterator of documents over folders and files:
-- .ndjson .jsonl .warc, tables of documents, pages, each also with .gz; number of
-- files; function that says how much of their bytes is read, 0 to 1. A record (core.record) that is
-- handed to the iterator is what it returns for a document of NDJSON that is as most are.
function inputs.documents(paths)
  local files, sizes = inputs.files(paths)
  local k, current, source, read, total = 0, nil, nil, 0, sum(sizes)
  local function next_document(record)
    while true do
      local doc = current and current(record)
      if doc then return doc end
      read, k = read + (sizes[k] or 0), k + 1
      if not files[k] then return nil end
      current, source = file_documents(files[k])
    end
  end
  return next_document, #files, function()
    if not files[k] then return k == 0 and 0 or 1 end
    local here = source and source.reader and source:offset() or 0
    return math.min((read + math.min(here, sizes[k])) / math.max(total, 1), 1)
  end
end

return inputs
