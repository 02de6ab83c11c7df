-- textmill.stored - facts between a run and the corpus: what extraction yields
-- becomes the table the store takes, a row of facts_flat becomes a fact object.
--
-- The store has columns for what every fact may have (item, value, unit, place,
-- time, ...); the rest of the arguments travel as one JSON object, `args`. An item is what a
-- fact is listed by: its item, else the name or words it is about.

local core = require "textmill.core"
local fact = require "textmill.fact"
local failure = require "textmill.failure"
local json = require "textmill.json"
local result = require "textmill.result"
local validity = require "textmill.validity"

local stored = {}

-- fields with a column of their own
local columns = {}
for name in ("type subtype item unit approx time place place_code place_level place_how "
  .. "scope polarity modality status"):gmatch "[%w_]+" do
  columns[name] = true
end
local numeric = { value = true, lo = true, hi = true }

-- JSON of a fact's arguments; C writes those of usual values by itself.
local function args_of(f)
  local rest = {}
  for key, value in pairs(f) do
    local column = columns[key] or numeric[key] and type(value) == "number"
    if not column and not fact.internal[key] then rest[key] = value end
  end
  return json.plain(rest)
end

-- stored.rows(text, sha256, facts) -> rows for store:store_facts of the document with these bytes
-- | nil, message, position, code
stored.rows = core.made_rows(json.array_metatable, json.null, fact.internal, args_of)

-- fact objects ---------------------------------------------------------------

local object = { __name = "textmill.fact" }

-- One line that says what the fact says, whatever its type.
local function label(f)
  local said = f.name or f.item or f.permit or f.title or (f.type == "metadata" and f.value) or f.quote
  return type(said) == "table" and result.cell(said) or said
end

local function detail(f)
  local parts = {}
  parts[1] = f.role or f.subtype
  if type(f.value) == "number" then
    local v = result.cell(f.value)
    if f.hi and f.hi ~= f.value and not f.approx then v = v .. "-" .. result.cell(f.hi) end
    parts[#parts + 1] = v .. (f.unit or "")
  end
  local declared = f.declared or f.type == "scheme" and f.count
  if declared then parts[#parts + 1] = ("%s declared, %s found"):format(result.cell(declared),
    result.cell(f.found or #(f.members or {}))) end
  if f.colour then parts[#parts + 1] = f.colour end
  if f.holder then parts[#parts + 1] = "holder " .. f.holder end
  if f.type == "permit" and f.valid then parts[#parts + 1] = "valid: " .. tostring(f.valid) end
  if f.type == "check" and f.other then parts[#parts + 1] = "/ " .. result.cell(f.other) end
  if f.type == "step" then
    parts[1] = ("step %s"):format(result.cell(f.n))
    parts[#parts + 1] = f.actor
  end
  if f.members and #f.members > 0 then parts[#parts + 1] = table.concat(f.members, " ") end
  if f.time and f.time ~= f.value then parts[#parts + 1] = tostring(f.time) end
  if f.status and f.status ~= "ok" then parts[#parts + 1] = "(" .. f.status .. ")" end
  return table.concat(parts, "  ")
end

local function damaged(id, what) failure("corrupt", ("fact %s: its %s are damaged"):format(id, what)) end

-- JSON that the file has for a fact: an object, or nil. A stranger's file may have anything there.
local function object_of(text, id, what)
  if text == nil then return nil end
  local ok, value = pcall(json.decode, text)
  return ok and type(value) == "table" and value or damaged(id, what)
end

-- captures: {"item": {"raw": [from, to], "clean": [from, to]}} -> {item = {from, to}} in raw bytes
local function spans(captures, id)
  local out = {}
  for name, span in pairs(object_of(captures, id, "captures") or {}) do
    if type(span) ~= "table" then damaged(id, "captures") end
    out[name] = span.raw
  end
  return out
end

-- The mentions of a fact, each with the raw span of its arguments.
local function mentions(f)
  local list = f.store_:mentions(f.id)
  for _, m in ipairs(list) do
    m.args, m.captures = spans(m.captures, f.id), nil
  end
  return list
end

-- Does another permit of the document that bears the same name hold on that day?
local function another_holds(f, date)
  for _, row in ipairs(f.store_:facts { doc = f.doc, type = "permit" }) do
    local other = stored.fact(row, f.store_)
    if other.name == f.name and (not other.valid or other.valid:on(date)) then return true end
  end
end

-- ": no colour is valid on this day (check ...)", where that is so of all of one name
local function gap(f, date)
  if not f.colour or another_holds(f, date) then return "" end
  local check = f.store_:facts { doc = f.doc, type = "check", subtype = "gap" }[1]
  return ": no colour is valid on this day" .. (check and (" (check %s)"):format(check.id) or "")
end

-- permit:valid_on(date) -> true | false, why; a permit without days is good on all
local function valid_on(f)
  if f.type ~= "permit" then return nil end
  return function(self, date)
    if not self.valid then return true, "no days stated" end
    local good, why = self.valid:on(date)
    return good, good and why or why .. gap(self, date)
  end
end

local computed = { valid_on = valid_on, label = label, detail = detail, mentions = mentions }

function object.__index(f, key)
  local compute = computed[key]
  return compute and compute(f) or nil
end

function object.__tostring(f)
  local parts = { f.type, label(f), detail(f), f.place, f.cite }
  local out = {}
  for k = 1, 5 do
    if parts[k] and parts[k] ~= "" then out[#out + 1] = tostring(parts[k]) end
  end
  return table.concat(out, "  ")
end

-- stored.fact(row, store) -> fact object
function stored.fact(row, store)
  local args = object_of(row.args, row.id, "arguments") or {}
  row.args, row.captures = nil, nil
  for key, value in pairs(args) do
    if row[key] == nil then row[key] = value end
  end
  if row.type ~= "quantity" then row.item = nil end
  row.time = row.time_from
  row.version = row.rule_version
  row.mentions = nil
  if row.type == "permit" then row.valid = validity.new(row) end
  row.store_ = store
  return setmetatable(row, object)
end

-- asking ---------------------------------------------------------------------

-- columns of facts_flat that the store looks up; any other argument is looked at here
local asked = {}
for name in ("id doc type subtype item item_group value lo hi unit approx place place_code place_level "
  .. "place_how time_from time_to time_grain time_calendar time_source scope polarity modality status "
  .. "verdict quote cite raw_from raw_to clean_from clean_to rule rule_version pack pack_version"
  ):gmatch "[%w_]+" do
  asked[name] = true
end

local function equal(v, wanted)
  if type(v) == "table" then
    for _, one in ipairs(v) do if equal(one, wanted) then return true end end
    return false
  end
  return v ~= nil and (tostring(v) == tostring(wanted) or math.type(v) and v == tonumber(wanted))
end

-- The facts with these arguments; a name that none of them has is a mistake.
local function select(facts, rest)
  local known, out = {}, {}
  for _, f in ipairs(facts) do
    local all = true
    for key, wanted in pairs(rest) do
      known[key] = known[key] or f[key] ~= nil
      all = all and equal(f[key], wanted)
    end
    if all then out[#out + 1] = f end
  end
  for key in pairs(rest) do
    if #facts > 0 and not known[key] then error(("facts have no column '%s'"):format(tostring(key)), 0) end
  end
  return out
end

-- stored.facts_of(store, {column or argument = value}, edit) -> list of fact objects; edit(fact):
-- what people have said of it since
function stored.facts_of(store, where, edit)
  local columns_asked, rest = {}, {}
  for key, value in pairs(where) do
    if asked[key] or type(key) ~= "string" then columns_asked[key] = value else rest[key] = value end
  end
  local facts = store:facts(columns_asked)
  for k, row in ipairs(facts) do facts[k] = edit(stored.fact(row, store)) end
  return next(rest) and select(facts, rest) or facts
end

return stored
