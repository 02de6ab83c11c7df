-- textmill.fact - what a fact is outside a run: its stable id (as the corpus
-- makes it: csrc/core/fact_id.c) and its form in NDJSON.

local core = require "textmill.core"
local json = require "textmill.json"

local plain <const> = json.without_functions

local fact = {}

-- fields of a fact that are bookkeeping, not arguments
local internal = { i = true, j = true, mentions = true, captures = true, order = true, id = true,
                   rule = true, status = true, quote = true, raw = true, clean = true, version = true,
                   office = true, formed = true, nearer = true, addressed = true }
fact.internal = internal

-- raw span (0-based half-open) of clean [i, j]
local function raw_span(text, i, j)
  local ri, rj = text:raw(i, j)
  return { ri - 1, rj }
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
  local out = { id = core.fact_id(text, sha, f), type = f.type, status = f.status, quote = f.quote,
                rule = f.rule }
  for key, value in pairs(f) do
    if not internal[key] then out[key] = plain(value) end
  end
  local first = f.mentions[1]
  out.version = first.version
  out.raw, out.clean = json.array(raw_span(text, f.i, f.j)), json.array { f.i - 1, f.j }
  out.mentions = json.array {}
  for k, m in ipairs(f.mentions) do out.mentions[k] = export_mention(m, text) end
  return out
end

return fact
