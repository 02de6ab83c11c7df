-- textmill.stored - facts between a run and the corpus: what extraction yields
-- becomes the table the store takes, a row of facts_flat becomes a fact object.
--
-- The store has columns for what every fact may have (item, value, unit, place,
-- time, ...); the rest of the arguments travel as one JSON object, `args`.

local fact = require "textmill.fact"
local json = require "textmill.json"
local result = require "textmill.result"
local validity = require "textmill.validity"

local internal <const>, plain <const> = fact.internal, json.without_functions

local stored = {}

-- fields with a column of their own, given to the store as they are
local columns = {}
for name in ("type subtype item value lo hi unit approx time place place_code place_level place_how "
  .. "scope polarity modality status"):gmatch "[%w_]+" do
  columns[name] = true
end

-- What a fact is listed by: its item, else the name or words it is about.
local function item_of(f)
  local item = f.item or f.name or f.title or f.message or f.first
  if item == nil and type(f.value) == "string" then item = f.value end
  return item ~= nil and tostring(item) or nil
end

local numeric = { value = true, lo = true, hi = true }

-- One fact for corpus:store_facts: values that are words (a date, a title) and
-- arguments without a column go to args.
local function one_for_store(f)
  local out, rest, some = { mentions = f.mentions }, {}, false
  for key, value in pairs(f) do
    local kind = type(value)
    if columns[key] and (kind == "number" or not numeric[key]) then
      out[key] = (kind == "table" or kind == "userdata") and plain(value) or value
    elseif not internal[key] then
      rest[key], some = value, true
    end
  end
  out.item = item_of(f)
  if f.type == "time" then out.time = out.time or plain(rest.value) end
  if f.type == "place" then
    out.place, out.place_code, out.place_how = f.name, f.code, f.how
  end
  out.args = some and json.plain(rest) or nil
  return out
end

-- stored.facts(list) -> list for the store
function stored.facts(list)
  local out = {}
  for k, f in ipairs(list) do out[k] = one_for_store(f) end
  return out
end

-- fact objects ---------------------------------------------------------------

local object = { __name = "textmill.fact" }

-- One line that says what the fact says, whatever its type.
local function label(f)
  return f.name or f.item or f.permit or f.title or (f.type == "metadata" and f.value) or f.quote
end

local function detail(f)
  local parts = {}
  parts[1] = f.role or f.subtype
  if type(f.value) == "number" then
    local v = result.cell(f.value)
    if f.hi and f.hi ~= f.value and not f.approx then v = v .. "-" .. result.cell(f.hi) end
    parts[#parts + 1] = v .. (f.unit or "")
  end
  if f.declared then parts[#parts + 1] = ("%s declared, %s found"):format(result.cell(f.declared),
    result.cell(f.found or #(f.members or {}))) end
  if f.colour then parts[#parts + 1] = f.colour end
  if f.type == "permit" and f.valid then parts[#parts + 1] = tostring(f.valid) end
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

-- captures: {"item": {"raw": [from, to], "clean": [from, to]}} -> {item = {from, to}} in raw bytes
local function spans(captures)
  local out = {}
  for name, span in pairs(captures and json.decode(captures) or {}) do out[name] = span.raw end
  return out
end

-- The mentions of a fact, each with the raw span of its arguments.
local function mentions(f)
  local list = f.store_:mentions(f.id)
  for _, m in ipairs(list) do
    m.args, m.captures = spans(m.captures), nil
  end
  return list
end

-- permit:valid_on(date) -> true | false, why; a permit without days is good on all
local function valid_on(f)
  if f.type ~= "permit" then return nil end
  return function(self, date)
    if not self.valid then return true, "no days stated" end
    return self.valid:on(date)
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
  local args = row.args and json.decode(row.args) or {}
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

return stored
