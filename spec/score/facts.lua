-- Scores facts against gold facts with raw spans: the yardstick of extraction.
--
--   facts.gold(path) -> { doc = { gold fact, ... } }      one JSON object a line
--   facts.score(gold, predicted, [types]) -> rows by type, "all", "noise"; types:
--     a set of gold types, where the gold has not all of them
--   facts.as_predicted(gold) -> the gold in the shape of our facts (for checks)
--
-- A gold fact: { doc, fact = type, quote, raw_byte_start, raw_byte_end, keys of the type }.
-- A predicted fact: as `textmill annotate` prints it,
-- { type, subtype, keys, mentions = {{raw = {from, to}}} }.
-- A match: the types agree (table `types`), the raw spans overlap by half of their
-- union in the best mention, and the keys of the type agree. One to one. What
-- annotators put in their own words (what, rule, action, note) is not compared.
-- Nothing may come out of `noise`: a fact that lies on one is counted there.

local json = require "textmill.json"
local inputs = require "textmill.inputs"

local facts = {}

-- gold type -> our type, subtype
facts.types = {
  quantity = { "quantity" }, place = { "place" }, org = { "organisation" }, metadata = { "metadata" },
  scheme = { "scheme" }, person_role = { "person" }, contradiction = { "check" }, section = { "section" },
  procedure_step = { "step" }, date = { "time" }, permit = { "permit" },
  prohibition = { "rule", "prohibition" }, obligation = { "rule", "obligation" },
  sanction = { "rule", "sanction" }, scheme_rule = { "rule", "scheme" }, duty = { "rule", "duty" },
  service = { "event", "service" }, event = { "event", "event" }, donation = { "event", "donation" },
  recognition = { "event", "recognition" }, case = { "event", "case" }, quote_speech = { "event", "speech" },
  caption = { "section", "caption" }, enumeration = { "section", "item" }, asof = { "time", "asof" },
  road = { "place", "road" }, team = { "organisation", "team" },
  org_structure = { "organisation", "structure" }, channel = { "event", "channel" },
}

-- subtypes that are gold types of their own: not taken for the plain type
local own_subtype = {}
for _, t in pairs(facts.types) do
  if t[2] then own_subtype[t[1] .. "/" .. t[2]] = true end
end

local function strip(v)
  if v == nil or v == json.null then return nil end
  return (tostring(v):gsub("%s+", ""):gsub("[《》“”\"（）()]", ""))
end

local function within(a, b)
  a, b = strip(a), strip(b)
  return a ~= nil and b ~= nil and a ~= "" and b ~= "" and (a:find(b, 1, true) or b:find(a, 1, true)) ~= nil
end

local function number(v)
  if v == nil or v == json.null then return nil end
  return tonumber(v)
end

-- ---- the keys of each type -------------------------------------------------------

local function same_number(a, b) return a == b or (a ~= nil and b ~= nil and math.abs(a - b) < 1e-6) end

-- Are all of the gold's strings there, or half of them?
local function half_of(gold, list)
  local found = 0
  for _, g in ipairs(gold) do
    for _, p in ipairs(list or {}) do
      if within(g, type(p) == "table" and p.name or p) then found = found + 1 break end
    end
  end
  return found * 2 >= #gold
end

local same = {}

function same.value(g, p)
  if g.from then
    return same_number(number(g.from), number(p.lo) or number(p.value)) and
           same_number(number(g.to), number(p.hi) or number(p.max))
  end
  return same_number(number(g.value), number(p.value))
end
function same.unit(g, p) return (strip(g.unit) or "") == (strip(p.unit) or "") end
function same.item(g, p) return g.item == nil or within(g.item, p.item) end
function same.place(g, p) return g.place == nil or within(g.place, p.place) end
-- a place may be named in full, or as the gazetteer does
function same.name(g, p)
  local name = strip(g.name)
  return name == strip(p.name) or name == strip(p.official) or name == strip(p.full)
end
-- 4201 and 420100 are one code
local function short_code(code)
  code = strip(code)
  return code and #code == 6 and code:gsub("00$", ""):gsub("00$", "") or code
end
function same.code(g, p) return g.code == nil or short_code(g.code) == short_code(p.code) end
function same.role(g, p) return within(g.role, p.role) end
function same.date(g, p) return strip(g.value) == strip(p.value) end
function same.declared(g, p) return g.declared == nil or number(g.declared) == number(p.count) end
function same.members(g, p) return half_of(g.members or {}, p.members) end
function same.n(g, p) return number(g.n) == number(p.n) end
function same.title(g, p) return strip(g.title) == strip(p.title) end
function same.key(g, p) return strip(g.key) == strip(p.subtype) end
function same.text(g, p)
  if type(g.value) ~= "table" then return strip(g.value) == strip(p.value) end
  return type(p.value) == "table" and half_of(g.value, p.value)
end
function same.permit(g, p) return within(g.permit, p.name) end
function same.colour(g, p) return g.colour == nil or strip(g.colour) == strip(p.colour) end
function same.count(g, p) return g.count == nil or same_number(number(g.count), number(p.value)) end
function same.days(g, p)
  if g.days == nil then return true end
  return p.days ~= nil and table.concat(g.days, " ") == table.concat(p.days, " ")
end
function same.kind(g, p) return strip(g.kind) == strip(p.kind or p.subtype) end

facts.keys = {
  quantity = { "value", "unit", "item", "place" }, place = { "name", "code" }, org = { "name" },
  metadata = { "key", "text" }, scheme = { "name", "declared", "members" }, person_role = { "name", "role" },
  contradiction = { "kind" }, section = { "n", "title" }, procedure_step = { "n" }, date = { "date" },
  permit = { "permit", "colour", "count", "days" },
}

-- ---- matching ------------------------------------------------------------------------

-- Overlap of two spans, as a part of their union.
local function overlap(a, b)
  local both = math.min(a[2], b[2]) - math.max(a[1], b[1])
  if both <= 0 then return 0 end
  return both / (math.max(a[2], b[2]) - math.min(a[1], b[1]))
end

local function best_overlap(g, p)
  local best = 0
  for _, m in ipairs(p.mentions) do
    best = math.max(best, overlap({ g.raw_byte_start, g.raw_byte_end }, m.raw))
  end
  return best
end

-- Does the fact belong to the gold type? Only types the gold knows are counted.
local function of_type(gold_type, p)
  local t = facts.types[gold_type]
  if p.type ~= t[1] then return false end
  if t[2] then return p.subtype == t[2] end
  return not own_subtype[p.type .. "/" .. tostring(p.subtype)]
end

local function agree(g, p, keys)
  if best_overlap(g, p) < 0.5 then return false end
  for _, key in ipairs(keys) do
    if not same[key](g, p) then return false end
  end
  return true
end

-- Largest one-to-one matching; how many pairs, and which gold stays alone.
local function matching(gold, pred, keys)
  local owner = {}
  local function seek(g, seen)
    for j, p in ipairs(pred) do
      if not seen[j] and agree(gold[g], p, keys) then
        seen[j] = true
        if not owner[j] or seek(owner[j], seen) then
          owner[j] = g
          return true
        end
      end
    end
    return false
  end
  local hits, missed = 0, {}
  for g = 1, #gold do
    if seek(g, {}) then hits = hits + 1 else missed[#missed + 1] = gold[g] end
  end
  local spare = {}
  for j, p in ipairs(pred) do
    if not owner[j] then spare[#spare + 1] = p end
  end
  return hits, missed, spare
end

local function row_of(t, name)
  t[name] = t[name] or { gold = 0, pred = 0, hit = 0, missed = {}, spare = {} }
  return t[name]
end

local function count(t, name, doc, gold, pred, keys)
  local hit, missed, spare = matching(gold, pred, keys)
  local row = row_of(t, name)
  row.gold, row.pred, row.hit = row.gold + #gold, row.pred + #pred, row.hit + hit
  for _, g in ipairs(missed) do table.insert(row.missed, { doc = doc, fact = g }) end
  for _, p in ipairs(spare) do table.insert(row.spare, { doc = doc, fact = p }) end
end

local function document(t, doc, gold, pred, types)
  for name in pairs(types) do
    local g, p = {}, {}
    for _, f in ipairs(gold) do
      if f.fact == name then g[#g + 1] = f end
    end
    for _, f in ipairs(pred) do
      if of_type(name, f) then p[#p + 1] = f end
    end
    local keys = facts.keys[name] or {}
    count(t, name, doc, g, p, keys)
    if name == "quantity" then -- how far it goes wrong
      count(t, "quantity value+unit", doc, g, p, { "value", "unit" })
      count(t, "quantity +item", doc, g, p, { "value", "unit", "item" })
    end
  end
  local noise = row_of(t, "noise")
  for _, g in ipairs(gold) do
    if g.fact == "noise" then
      noise.gold = noise.gold + 1
      for _, p in ipairs(pred) do
        if best_overlap(g, p) >= 0.5 and p.subtype ~= "caption" and p.type ~= "check" then
          noise.hit = noise.hit + 1
          table.insert(noise.spare, { doc = doc, fact = p })
          break
        end
      end
    end
  end
end

local function rates(row)
  row.p = row.pred == 0 and (row.gold == 0 and 1 or 0) or row.hit / row.pred
  row.r = row.gold == 0 and 1 or row.hit / row.gold
  row.f = row.p + row.r == 0 and 0 or 2 * row.p * row.r / (row.p + row.r)
end

-- ---- public ----------------------------------------------------------------------------

function facts.gold(path)
  local out = {}
  for line in (assert(inputs.read(path)) .. "\n"):gmatch "(.-)\n" do
    if line:find "%S" then
      local g = assert(json.decode(line))
      assert(g.fact == "noise" or facts.types[g.fact], "gold of no known type: " .. tostring(g.fact))
      out[g.doc] = out[g.doc] or {}
      table.insert(out[g.doc], g)
    end
  end
  return out
end

function facts.score(gold, predicted, types)
  local t = {}
  types = types or facts.types
  for doc, list in pairs(gold) do document(t, doc, list, predicted[doc] or {}, types) end
  local all = { gold = 0, pred = 0, hit = 0 }
  for name in pairs(types) do
    local row = row_of(t, name)
    all.gold, all.pred, all.hit = all.gold + row.gold, all.pred + row.pred, all.hit + row.hit
  end
  t.all = all
  for _, row in pairs(t) do rates(row) end
  return t
end

local shape = {}
function shape.quantity(g, p) p.lo, p.hi = g.from, g.to end
function shape.scheme(g, p) p.count = g.declared end
function shape.metadata(g, p) p.subtype = g.key end
function shape.permit(g, p) p.name, p.value = g.permit, g.count end
function shape.contradiction(g, p) p.kind = g.kind end

function facts.as_predicted(g)
  if g.fact == "noise" then return nil end
  local p = {}
  for key, value in pairs(g) do p[key] = value end
  p.type, p.subtype = facts.types[g.fact][1], facts.types[g.fact][2]
  p.mentions = { { raw = { g.raw_byte_start, g.raw_byte_end } } }
  if shape[g.fact] then shape[g.fact](g, p) end
  return p
end

return facts
