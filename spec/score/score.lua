-- Scores annotations of documents against their gold.
--
--   lua5.4 spec/score/run.lua GOLD_DIR [DOC_DIR]     one table on the screen
--   score.folder(gold, docs, ref_date) -> { field = { p=, r=, f=, gold=, pred=, hit= } }
--
-- A gold file ID.json lies beside its document ID_name.txt (or in another
-- folder). Matching, micro-averaged over documents, one to one:
--   quantities        value, max and unit equal; the item equal, or one contains
--                     the other (`alt` gives more accepted nouns)
--   quantities_loose  the same without the item
--   people            name;  people+role: and role equal or containing
--   places, dates     equal, distinct
--   schemes           one name or alias in common, or the count and half of the shorter
--                     list of members;  scheme_members: of those
--   enumerations      first four characters of items behind their marks, in any list
--   keywords@10       of the given ones among the first ten; only where some are given
--   boilerplate       characters by their places in the raw text (spots.lua)
--   title published source authors editors   equal
--
-- The same figures as ../shared/gold/score.py gives (spec/lua/score_spec.lua).

local annotate = require "textmill.annotate"
local inputs = require "textmill.inputs"
local json = require "textmill.json"
local spots = require "spots"

local score = {}

score.fields = { "title", "published", "source", "authors", "editors", "keywords@10", "boilerplate",
                 "quantities", "quantities_loose", "people", "people+role", "places", "dates", "schemes",
                 "scheme_members", "enumerations" }

local function value(v)
  if v == json.null then return nil end
  return v
end

local function strip(s)
  return s and spots.strip(tostring(s)) or ""
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

local function same_item(g, p, nouns)
  local item = strip(value(p.item))
  local own = strip(value(g.item))
  if own == item or within(own, item) then return true end
  for _, other in ipairs(nouns[own] or {}) do
    if other == item or within(other, item) then return true end
  end
  return false
end

-- Further accepted nouns of the items of a document: given once, good for all counts of one.
local function accepted(quantities)
  local nouns = {}
  for _, q in ipairs(quantities or {}) do
    local own = strip(value(q.item))
    for _, other in ipairs(q.alt or {}) do
      nouns[own] = nouns[own] or {}
      table.insert(nouns[own], strip(other))
    end
  end
  return nouns
end

local function quantities(t, g, p)
  local gold, pred = distinct(g.quantities, quantity_key), distinct(p.quantities, quantity_key)
  local nouns = accepted(g.quantities)
  local both = pairing(gold, pred, function(a, b) return same_count(a, b) and same_item(a, b, nouns) end)
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
  local function key(x) return strip(value(x.name)) .. "\0" .. strip(value(x.role)) end
  local function fits(a, b)
    local ra, rb = strip(value(a.role)), strip(value(b.role))
    return strip(a.name) == strip(b.name) and (ra == rb or within(ra, rb))
  end
  local gold, pred = distinct(g.people, key), distinct(p.people, key)
  add(t, "people+role", #pairing(gold, pred, fits), #gold, #pred)
end

local function names_of(s)
  local out = { [strip(s.name)] = true }
  for _, a in ipairs(s.aliases or {}) do out[strip(a)] = true end
  return out
end

local function members_of(s)
  local list, known = distinct(s.members, strip), {}
  for k, m in ipairs(list) do
    list[k] = strip(m)
    known[list[k]] = true
  end
  return list, known
end

local function shared(a, b)
  local list, n = members_of(a), 0
  local _, known = members_of(b)
  for _, m in ipairs(list) do n = n + (known[m] and 1 or 0) end
  return n
end

local function same_scheme(a, b)
  local known = names_of(a)
  for name in pairs(names_of(b)) do
    if known[name] then return true end
  end
  local count = tonumber(value(a.count))
  local shorter = math.min(#members_of(a), #members_of(b))
  return count ~= nil and count == tonumber(value(b.count)) and shorter > 0 and 2 * shared(a, b) >= shorter
end

local function schemes(t, g, p)
  local both = pairing(g.schemes or {}, p.schemes or {}, same_scheme)
  add(t, "schemes", #both, #(g.schemes or {}), #(p.schemes or {}))
  local gold, pred, hit = 0, 0, 0
  for _, s in ipairs(g.schemes or {}) do gold = gold + #members_of(s) end
  for _, s in ipairs(p.schemes or {}) do pred = pred + #members_of(s) end
  for _, pair in ipairs(both) do hit = hit + shared(pair[1], pair[2]) end
  add(t, "scheme_members", hit, gold, pred)
end

local function leads(doc)
  local out = {}
  for _, list in ipairs(doc.enumerations or {}) do
    for _, item in ipairs(list) do
      local s = spots.unmarked(strip(item))
      out[#out + 1] = s:sub(1, (utf8.offset(s, 5) or #s + 1) - 1)
    end
  end
  return out
end

local MOST_KEYWORDS <const> = 10
local function keywords(t, g, p)
  local gold, pred = distinct(g.keywords, strip), distinct(p.keywords, strip)
  if #gold == 0 then return end
  pred = table.move(pred, 1, math.min(#pred, MOST_KEYWORDS), 1, {})
  local both = pairing(gold, pred, function(a, b) return strip(a) == strip(b) end)
  add(t, "keywords@10", #both, math.min(MOST_KEYWORDS, #gold), #pred)
end

local function boilerplate(t, g, p, raw)
  if not utf8.len(raw) then return end -- a page in GB: its places are not those of characters
  local gold, n_gold, gold_lost = spots.of(raw, g.boilerplate or {})
  local pred, n_pred, pred_lost = spots.of(raw, p.boilerplate or {})
  local hit = 0
  for at in pairs(gold) do hit = hit + (pred[at] and 1 or 0) end
  add(t, "boilerplate", hit, n_gold + gold_lost, n_pred + pred_lost)
end

-- Adds the counts of one document to t.
function score.document(t, g, p, raw)
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
  keywords(t, g, p)
  boilerplate(t, g, p, raw)
  local gold, pred = leads(g), leads(p)
  add(t, "enumerations", #pairing(gold, pred, function(a, b) return a == b end), #gold, #pred)
end

-- The document of gold file `id` in folder: its path.
local function document_of(folder, id)
  for _, path in ipairs(inputs.files { folder }) do
    if type(path) == "string" and annotate.id(path) == id and not path:find "%.json$" then return path end
  end
end

-- score.blank() -> a table of fields, all counts 0
function score.blank()
  local t = {}
  for _, field in ipairs(score.fields) do t[field] = { hit = 0, gold = 0, pred = 0 } end
  return t
end

-- Precision, recall and F1 from the counts.
function score.rates(t)
  for _, row in pairs(t) do
    row.p = row.pred > 0 and row.hit / row.pred or (row.gold == 0 and 1 or 0)
    row.r = row.gold > 0 and row.hit / row.gold or (row.pred == 0 and 1 or 0)
    row.f = row.p + row.r > 0 and 2 * row.p * row.r / (row.p + row.r) or 0
  end
  return t
end

-- score.each(gold, docs, ref_date, f): f(id, gold, annotation, raw) for each document
function score.each(gold, docs, ref_date, f)
  for _, path in ipairs(inputs.files { gold }) do
    if type(path) == "string" and path:find "%.json$" then
      local g = assert(json.decode(assert(inputs.read(path))))
      local id = annotate.id(path)
      local raw = assert(inputs.read(assert(document_of(docs or gold, id), "no document for " .. path)))
      f(id, g, assert(annotate.document(raw, { id = id, ref_date = ref_date })), raw)
    end
  end
end

-- score.folder(gold, [docs], [ref_date]) -> table of fields
function score.folder(gold, docs, ref_date)
  local t = score.blank()
  score.each(gold, docs, ref_date, function(_, g, p, raw) score.document(t, g, p, raw) end)
  return score.rates(t)
end

return score
