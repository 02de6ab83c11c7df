-- textmill.inspect - a value as the REPL shows it.
--
--   string             as it is; bytes that are no text as \xNN, long ones cut
--   what has __inspect one line about it (a text: sizes instead of its content)
--   what has __tostring that
--   list of tables     a table with columns
--   other tables       {key = value}, one level deep
--   function           its name where it is the module's

local core = require "textmill.core"
local result = require "textmill.result"

local inspect = {}

local MAX_BYTES <const>, MAX_KEYS <const> = 4000, 40

local function escape(c) return ("\\x%02x"):format(c:byte()) end

-- Control characters other than line breaks and tabs cannot drive a terminal.
local function no_controls(s)
  s = s:gsub("[%z\1-\8\11-\31\127]", escape)
  return (s:gsub("\xc2([\x80-\x9f])", escape))
end

-- The longest beginning of s that ends between characters, at most n bytes.
local function head(s, n)
  while n > 0 and s:byte(n + 1) & 0xC0 == 0x80 do n = n - 1 end
  return s:sub(1, n)
end

-- inspect.text(s) -> s with everything that is not text made visible
function inspect.text(s)
  local rest = ""
  if #s > MAX_BYTES then
    local shown = head(s, MAX_BYTES)
    rest = ("\n... %d bytes more; print(_) shows all"):format(#s - #shown)
    s = shown
  end
  local out, from = {}, 1
  while true do
    local ok, _, at = core.valid(s:sub(from))
    if ok then break end
    out[#out + 1] = no_controls(s:sub(from, from + at - 2)) .. escape(s:sub(from + at - 1))
    from = from + at
  end
  out[#out + 1] = no_controls(s:sub(from))
  return table.concat(out) .. rest
end

local function meta_of(v, name)
  local mt = debug.getmetatable(v)
  return type(mt) == "table" and rawget(mt, name) or nil
end

local function is_list(t)
  local n = #t
  for k in pairs(t) do
    if math.type(k) ~= "integer" or k > n then return false end
  end
  return n > 0
end

-- One line for a value inside another.
local short

-- {"a", "b"}, or nil where that is too long for a line
local function short_list(t, most)
  local parts = {}
  for k, v in ipairs(t) do
    if type(v) == "table" or k > most then return nil end
    parts[k] = short(v)
  end
  local line = "{" .. table.concat(parts, ", ") .. "}"
  return #line <= 90 and not line:find "\n" and line or nil
end

short = function(v)
  if type(v) == "string" then
    local s = #v > 60 and head(v, 60) .. "…" or v
    return '"' .. inspect.text(s):gsub("\n", "\\n") .. '"'
  end
  if meta_of(v, "__inspect") then return meta_of(v, "__inspect")(v) end
  if type(v) ~= "table" then return tostring(v) end
  if meta_of(v, "__tostring") then
    local s = tostring(v)
    return (s:find "\n" or #s > 60) and (meta_of(v, "__name") or "table") or s
  end
  if next(v) == nil then return "{}" end
  return is_list(v) and (short_list(v, 4) or ("{%d values}"):format(#v)) or "{...}"
end

local function by_kind(a, b)
  if type(a) == "number" and type(b) == "number" then return a < b end
  return tostring(a) < tostring(b)
end

local function keys_of(t)
  local keys = {}
  for k in pairs(t) do keys[#keys + 1] = k end
  table.sort(keys, by_kind)
  return keys
end

local function plain_table(t)
  local list = is_list(t) and short_list(t, MAX_KEYS)
  if list then return list end
  local keys, lines = keys_of(t), {}
  for n, k in ipairs(keys) do
    if n > MAX_KEYS then
      lines[n] = ("  ... %d more"):format(#keys - MAX_KEYS)
      break
    end
    lines[n] = ("  %s = %s"):format(type(k) == "string" and k or "[" .. tostring(k) .. "]", short(t[k]))
  end
  if #lines == 0 then return "{}" end
  local line = "{" .. table.concat(lines, ","):gsub("  ", " "):sub(2) .. "}"
  if #lines <= 6 and #line <= 90 and not line:find "\n" then return line end
  return "{\n" .. table.concat(lines, "\n") .. "\n}"
end

-- columns in the order people look for them; the others follow by name
local order = {}
for n, name in ipairs { "doc", "id", "type", "kind", "key", "name", "title", "item", "value",
                        "i", "j", "ri", "rj", "first", "last", "article", "level", "ordinal", "reason",
                        "quote", "raw", "text" } do
  order[name] = n
end

local function columns_of(rows)
  local seen, names = {}, {}
  for _, row in ipairs(rows) do
    for name in pairs(row) do
      if not seen[name] then names[#names + 1] = name end
      seen[name] = true
    end
  end
  table.sort(names, function(a, b)
    local x, y = order[a] or 15.5, order[b] or 15.5
    if x ~= y then return x < y end
    return by_kind(a, b)
  end)
  return names
end

local function is_list_of_rows(t)
  if not is_list(t) then return false end
  for _, row in ipairs(t) do
    if type(row) ~= "table" or getmetatable(row) ~= nil or type(next(row)) ~= "string" then return false end
  end
  return true
end

local function rows_table(t)
  local rows, columns = {}, {}
  for k = 1, math.min(#t, MAX_KEYS) do
    local row = {}
    for key, v in pairs(t[k]) do
      row[key] = type(v) == "table" and short(v) or type(v) == "string" and inspect.text(v) or v
    end
    rows[k] = row
  end
  for k, name in ipairs(columns_of(rows)) do
    columns[k] = { name = name, align = type(rows[1][name]) == "number" and "right" or nil }
  end
  local note = #t > MAX_KEYS and ("... %d more"):format(#t - MAX_KEYS) or nil
  return tostring(result.new { rows = rows, columns = columns, note = note }:head(MAX_KEYS))
end

local function of_function(f)
  local name = require "textmill.help".live_names()[f]
  return name and ("function %s: help(%s)"):format(name, name) or tostring(f)
end

-- inspect.value(v) -> string
function inspect.value(v)
  if type(v) == "string" then return inspect.text(v) end
  if type(v) == "function" then return of_function(v) end
  if meta_of(v, "__inspect") then return meta_of(v, "__inspect")(v) end
  if type(v) ~= "table" or meta_of(v, "__tostring") then return tostring(v) end
  return is_list_of_rows(v) and rows_table(v) or plain_table(v)
end

return inspect
