-- textmill.fact - what a fact is outside a run: its stable id, its form in
-- NDJSON, how it prints.
--
-- The id is a hash of the document's content, type, subtype and the raw span of
-- every argument: the same over rule versions, machines and runs.

local core = require "textmill.core"
local json = require "textmill.json"

local fact = {}

-- fields of a fact that are bookkeeping, not arguments
local internal = { i = true, j = true, mentions = true, captures = true, order = true, id = true,
                   rule = true, status = true, quote = true, raw = true, clean = true, version = true,
                   members = true, aliases = true }
fact.internal = internal

local letters = { quantity = "q", person = "p", place = "l", organisation = "o", time = "t", scheme = "s",
                  member = "m", step = "st", rule = "r", permit = "pm", event = "e", section = "h",
                  metadata = "md", check = "c", role = "ro" }

-- raw span (0-based half-open) of clean [i, j]
local function raw_span(text, i, j)
  local ri, rj = text:raw(i, j)
  return { ri - 1, rj }
end

-- fact.id(f, text, sha256 of the raw bytes) -> "q:1c77..."
function fact.id(f, text, sha)
  local parts = { sha, f.type, f.subtype or "" }
  local m = f.mentions and f.mentions[1]
  local span = raw_span(text, f.i, f.j)
  parts[#parts + 1] = ("%d-%d"):format(span[1], span[2])
  local names = {}
  for name in pairs(m and m.captures or {}) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    local c = raw_span(text, m.captures[name][1], m.captures[name][2])
    parts[#parts + 1] = ("%s=%d-%d"):format(name, c[1], c[2])
  end
  return (letters[f.type] or "x") .. ":" .. core.sha256(table.concat(parts, "\0")):sub(1, 12)
end

local function plain(v)
  if type(v) == "userdata" then return tostring(v) end
  if type(v) ~= "table" or v == json.null then return v end
  local t = getmetatable(v) and setmetatable({}, getmetatable(v)) or {}
  for k, item in pairs(v) do
    if type(item) ~= "function" then t[k] = plain(item) end
  end
  return t
end

-- A mention for the outside: 0-based half-open spans, one an argument.
local function export_mention(m, text)
  local out = { quote = m.quote, raw = json.array(raw_span(text, m.i, m.j)),
                clean = json.array { m.i - 1, m.j }, rule = m.rule, version = m.version, args = {} }
  for name, c in pairs(m.captures or {}) do out.args[name] = json.array(raw_span(text, c[1], c[2])) end
  if next(out.args) == nil then out.args = nil end
  return out
end

-- fact.export(f, text, sha) -> the table that NDJSON, CSV and the store get
function fact.export(f, text, sha)
  local out = { id = fact.id(f, text, sha), type = f.type, status = f.status, quote = f.quote, rule = f.rule }
  for key, value in pairs(f) do
    if not internal[key] then out[key] = plain(value) end
  end
  out.members, out.aliases = plain(f.members), plain(f.aliases)
  local first = f.mentions[1]
  out.version = first.version
  out.raw, out.clean = json.array(raw_span(text, f.i, f.j)), json.array { f.i - 1, f.j }
  out.mentions = json.array {}
  for k, m in ipairs(f.mentions) do out.mentions[k] = export_mention(m, text) end
  return out
end

return fact
