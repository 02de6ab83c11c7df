-- Scores annotations of documents against their gold.
--
--   lua5.4 spec/score/run.lua GOLD_DIR [DOC_DIR]     one table on the screen
--   score.folder(gold, docs) -> { field = { p=, r=, f=, gold=, pred=, hit= } }
--
-- A gold file ID.json lies beside its document ID_name.txt (or in another
-- folder). Matching, micro-averaged over documents, one to one:
--   quantities        value, max and unit equal; the item equal, or one contains
--                     the other (`alt` gives more accepted nouns)
--   quantities_loose  the same without the item
--   people            name;  people+role: and role equal or containing
--   places, dates     equal, distinct
--   schemes           one name or alias in common;  scheme_members: of those
--   enumerations      first four characters of items
--   title published source authors editors   equal

local annotate = require "textmill.annotate"
local inputs = require "textmill.inputs"
local json = require "textmill.json"

local score = {}

score.fields = { "title", "published", "source", "authors", "editors", "quantities", "quantities_loose",
                 "people", "people+role", "places", "dates", "schemes", "scheme_members", "enumerations" }

local function value(v)
  if v == json.null then return nil end
  return v
end

local function strip(s)
  return s and (tostring(s):gsub("%s+", "")) or ""
end

local function within(a, b)
  return a ~= "" and b ~= "" and (a:find(b, 1, true) or b:find(a, 1, true)) ~= nil
end

-- Distinct entries of a list, by key.
local function distinct(list, key)
  local seen, out = {}, {}
  for _, x in ipairs(list or {}) do
    local k = key(x)
    if not seen[k] then
      seen[k] = true
      out[#out + 1] = x
    end
  end
  return out
end

-- Largest one-to-one matching by augmenting paths; list of {g, p}.
local function pairing(gold, pred, fits)
  local owner = {}
  local function seek(g, seen)
    for j, p in ipairs(pred) do
      if not seen[j] and fits(gold[g], p) then
        seen[j] = true
        if not owner[j] or seek(owner[j], seen) then
          owner[j] = g
          return true
        end
      end
    end
    return false
  end
  for g = 1, #gold do seek(g, {}) end
  local out = {}
  for j, g in pairs(owner) do out[#out + 1] = { gold[g], pred[j] } end
  return out
end

local function add(t, field, hit, gold, pred)
  local row = t[field]
  row.hit, row.gold, row.pred = row.hit + hit, row.gold + gold, row.pred + pred
end

local function quantity_key(q)
  return table.concat({ strip(value(q.item)), tostring(value(q.value)), tostring(value(q.max)),
                        strip(value(q.unit)) }, "\0")
end

local function same_count(g, p)
  local function near(a, b)
    a, b = tonumber(value(a)), tonumber(value(b))
    return a == b or (a and b and math.abs(a - b) < 1e-6)
  end
  return near(g.value, p.value) and near(g.max, p.max) and strip(value(g.unit)) == strip(value(p.unit))
end

local function same_item(g, p)
  local item = strip(value(p.item))
  local own = strip(value(g.item))
  if own == item or within(own, item) then return true end
  for _, other in ipairs(g.alt or {}) do
    if strip(other) == item or within(strip(other), item) then return true end
  end
  return false
end

local function quantities(t, g, p)
  local gold, pred = distinct(g.quantities, quantity_key), distinct(p.quantities, quantity_key)
  local both = pairing(gold, pred, function(a, b) return same_count(a, b) and same_item(a, b) end)
  add(t, "quantities", #both, #gold, #pred)
  add(t, "quantities_loose", #pairing(gold, pred, same_count), #gold, #pred)
end

local function strings(t, field, gold, pred)
  gold, pred = distinct(gold, strip), distinct(pred, strip)
  add(t, field, #pairing(gold, pred, function(a, b) return strip(a) == strip(b) end), #gold, #pred)
end

local function people(t, g, p)
  local function names(list)
    local out = {}
    for k, x in ipairs(list or {}) do out[k] = x.name end
    return out
  end
  strings(t, "people", names(g.people), names(p.people))
  local function fits(a, b)
    local ra, rb = strip(value(a.role)), strip(value(b.role))
    return strip(a.name) == strip(b.name) and (ra == rb or within(ra, rb))
  end
  add(t, "people+role", #pairing(g.people, p.people, fits), #g.people, #p.people)
end

local function names_of(s)
  local out = { [strip(s.name)] = true }
  for _, a in ipairs(s.aliases or {}) do out[strip(a)] = true end
  return out
end

local function schemes(t, g, p)
  local both = pairing(g.schemes, p.schemes, function(a, b)
    local known = names_of(a)
    for name in pairs(names_of(b)) do
      if known[name] then return true end
    end
    return false
  end)
  add(t, "schemes", #both, #g.schemes, #p.schemes)
  local gold, pred, hit = 0, 0, 0
  for _, s in ipairs(g.schemes) do gold = gold + #s.members end
  for _, s in ipairs(p.schemes) do pred = pred + #s.members end
  for _, pair in ipairs(both) do
    hit = hit + #pairing(pair[1].members, pair[2].members, function(a, b) return strip(a) == strip(b) end)
  end
  add(t, "scheme_members", hit, gold, pred)
end

local function leads(doc)
  local out = {}
  for _, list in ipairs(doc.enumerations or {}) do
    for _, item in ipairs(list) do
      local s = strip(item)
      out[#out + 1] = s:sub(1, (utf8.offset(s, 5) or #s + 1) - 1)
    end
  end
  return out
end

-- Adds the counts of one document to t.
function score.document(t, g, p)
  for _, field in ipairs { "title", "published", "source" } do
    local a, b = value(g[field]), value(p[field])
    add(t, field, a and strip(a) == strip(b) and 1 or 0, a and 1 or 0, b and 1 or 0)
  end
  for _, field in ipairs { "authors", "editors", "places" } do strings(t, field, g[field], p[field]) end
  local function isos(list)
    local out = {}
    for k, d in ipairs(list or {}) do out[k] = d.iso end
    return out
  end
  strings(t, "dates", isos(g.dates), isos(p.dates))
  quantities(t, g, p)
  people(t, g, p)
  schemes(t, g, p)
  local gold, pred = leads(g), leads(p)
  add(t, "enumerations", #pairing(gold, pred, function(a, b) return a == b end), #gold, #pred)
end

-- The document of gold file `id` in folder: its path.
local function document_of(folder, id)
  for _, path in ipairs(inputs.files { folder }) do
    if type(path) == "string" and annotate.id(path) == id and not path:find "%.json$" then return path end
  end
end

-- score.folder(gold, [docs]) -> table of fields
function score.folder(gold, docs)
  local t = {}
  for _, field in ipairs(score.fields) do t[field] = { hit = 0, gold = 0, pred = 0 } end
  for _, path in ipairs(inputs.files { gold }) do
    if type(path) == "string" and path:find "%.json$" then
      local g = assert(json.decode(assert(inputs.read(path))))
      local id = annotate.id(path)
      local document = assert(document_of(docs or gold, id), "no document for " .. path)
      score.document(t, g, assert(annotate.document(assert(inputs.read(document)), { id = id })))
    end
  end
  for _, row in pairs(t) do
    row.p = row.pred > 0 and row.hit / row.pred or (row.gold == 0 and 1 or 0)
    row.r = row.gold > 0 and row.hit / row.gold or (row.pred == 0 and 1 or 0)
    row.f = row.p + row.r > 0 and 2 * row.p * row.r / (row.p + row.r) or 0
  end
  return t
end

return score
