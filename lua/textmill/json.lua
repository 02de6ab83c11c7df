-- textmill.json - JSON (RFC 8259) to Lua values and back.
--
--   json.decode(s)          -> value | nil, message, position
--   json.encode(v, [o])     -> string    o.pretty: indent by one blank a level
--   json.plain(v)           -> string, the same of v without functions, userdata as strings
--   json.null               stands for null (nil would make holes)
--   json.array(t)           marks t as an array even when it is empty
--
-- Objects keep no order when decoded; encode sorts keys, or follows o.keys, a
-- list of the first keys. Strings must be UTF-8: encode replaces what is not
-- by U+FFFD, since JSON cannot carry it. Nesting is limited to 200.

local core <const> = require "textmill.core"
local decimal = require "textmill.decimal"
local json_string <const> = core.json_string

local json = {}

json.null = setmetatable({}, { __tostring = function() return "null" end, __name = "json.null" })

local array_mt = { __name = "json.array" }
json.array_metatable = array_mt
function json.array(t) return setmetatable(t or {}, array_mt) end
function json.is_array(t) return getmetatable(t) == array_mt end

-- decoding ---------------------------------------------------------------

local MAX_DEPTH <const> = 200

local function fail(position, message)
  error({ position = position, message = message }, 0)
end

local function read_string(s, i) -- i: behind the opening quote
  local value, at, position = json_string(s, i)
  if not value then fail(position, at) end
  return value, at
end

local read_value

local function read_array(s, i, depth)
  local t, n = json.array {}, 0
  i = s:match("^%s*()", i)
  if s:byte(i) == 93 then return t, i + 1 end
  while true do
    n = n + 1
    t[n], i = read_value(s, i, depth)
    local c
    c, i = s:match("^%s*(.?)()", i)
    if c == "]" then return t, i end
    if c ~= "," then fail(i - 1, "expected , or ] in an array") end
  end
end

local function read_object(s, i, depth)
  local t = {}
  i = s:match("^%s*()", i)
  if s:byte(i) == 125 then return t, i + 1 end
  while true do
    local at = s:match('^%s*"()', i) or fail(i, "expected a key in an object")
    local key
    key, i = read_string(s, at)
    i = s:match("^%s*:()", i) or fail(i, "expected : behind a key")
    t[key], i = read_value(s, i, depth)
    local c
    c, i = s:match("^%s*(.?)()", i)
    if c == "}" then return t, i end
    if c ~= "," then fail(i - 1, "expected , or } in an object") end
  end
end

local words = { ["true"] = true, ["false"] = false, null = json.null }

function read_value(s, i, depth)
  if depth > MAX_DEPTH then fail(i, "nested deeper than " .. MAX_DEPTH) end
  i = s:match("^%s*()", i)
  local c = s:byte(i)
  if c == 34 then return read_string(s, i + 1) end
  if c == 123 then return read_object(s, i + 1, depth + 1) end
  if c == 91 then return read_array(s, i + 1, depth + 1) end
  local word = s:match("^%a+", i)
  if word and words[word] ~= nil then return words[word], i + #word end
  local number = s:match("^-?%d+%.?%d*[eE]?[+-]?%d*", i)
  local value = number and not number:find("^-?0%d") and tonumber(number)
  if not value then fail(i, "expected a value") end
  return value, i + #number
end

local value_of <const> = core.json_value(array_mt, json.null)

-- A line of NDJSON as inputs.document has it, when it is as most are; nil: decode it.
json.document = core.json_document

function json.decode(s)
  local usual = value_of(s)
  if usual ~= nil then return usual end
  local ok, value, i = pcall(read_value, s, 1, 0)
  if not ok then
    if type(value) ~= "table" then error(value, 0) end
    return nil, value.message, value.position
  end
  i = s:match("^%s*()", i)
  if i <= #s then return nil, "something behind the value", i end
  return value
end

-- encoding ---------------------------------------------------------------

local function escape(c)
  if c == '"' then return '\\"' elseif c == "\\" then return "\\\\"
  elseif c == "\n" then return "\\n" elseif c == "\t" then return "\\t"
  elseif c == "\r" then return "\\r" end
  return ("\\u%04x"):format(c:byte())
end

-- s with every ill-formed byte replaced
local function repair(s)
  local parts, i = {}, 1
  while i <= #s do
    local _, bad = utf8.len(s, i)
    if not bad then parts[#parts + 1] = s:sub(i) break end
    parts[#parts + 1] = s:sub(i, bad - 1)
    parts[#parts + 1] = "\u{FFFD}"
    i = bad + 1
  end
  return table.concat(parts)
end

local function quote(s)
  if not utf8.len(s) then s = repair(s) end
  return '"' .. s:gsub('[%c"\\\127]', escape) .. '"'
end

local function number(v)
  if v ~= v or v == math.huge or v == -math.huge then return "null" end
  if math.type(v) == "float" and v == math.floor(v) and math.abs(v) < 2 ^ 53 then
    return ("%d"):format(v)
  end
  return math.type(v) == "integer" and tostring(v) or decimal("%.14g", v)
end

-- keys of an object: those of `first` in their order, the rest sorted
local function ordered_keys(t, first)
  local keys, seen = {}, {}
  for _, k in ipairs(first or {}) do
    if t[k] ~= nil then keys[#keys + 1] = k; seen[k] = true end
  end
  local rest = {}
  for k in pairs(t) do
    if not seen[k] then rest[#rest + 1] = tostring(k) end
  end
  table.sort(rest)
  return table.move(rest, 1, #rest, #keys + 1, keys)
end

local write

local function write_list(out, items, open, close, pad, each)
  out[#out + 1] = open
  for k, item in ipairs(items) do
    if k > 1 then out[#out + 1] = "," end
    if pad then out[#out + 1] = pad .. " " end
    each(item)
  end
  if pad and #items > 0 then out[#out + 1] = pad end
  out[#out + 1] = close
end

function write(out, v, o, pad)
  local kind = type(v)
  if v == nil or v == json.null then out[#out + 1] = "null"
  elseif kind == "string" then out[#out + 1] = quote(v)
  elseif kind == "number" then out[#out + 1] = number(v)
  elseif kind == "boolean" then out[#out + 1] = tostring(v)
  elseif kind ~= "table" then error("json: cannot encode a " .. kind, 0)
  elseif getmetatable(v) == array_mt or #v > 0 then
    local inner = pad and pad .. " "
    write_list(out, v, "[", "]", pad, function(item) write(out, item, o, inner) end)
  else
    local inner = pad and pad .. " "
    write_list(out, ordered_keys(v, o.keys), "{", "}", pad, function(key)
      out[#out + 1] = quote(key) .. (pad and ": " or ":")
      write(out, v[key], o, inner)
    end)
  end
end

-- A value without functions and userdata.
local function plain(v)
  if type(v) == "userdata" then return tostring(v) end
  if type(v) ~= "table" or v == json.null then return v end
  local t = getmetatable(v) and setmetatable({}, getmetatable(v)) or {}
  for k, item in pairs(v) do
    if type(item) ~= "function" then t[k] = plain(item) end
  end
  return t
end

json.without_functions = plain

local text_of <const> = core.json_text(array_mt, json.null)

function json.plain(v) return text_of(v) or json.encode(plain(v)) end

function json.encode(v, o)
  o = o or {}
  local out = {}
  write(out, v, o, o.pretty and "\n" or nil)
  return table.concat(out)
end

return json
