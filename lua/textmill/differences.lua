-- textmill.differences - two runs of filter over the same documents, held against each other
-- line by line: which facts came, went, or say something else. For a new pack before it is
-- rolled out. Only one line of each run is in memory, and the first examples of each kind.
--
--   d = differences.of(lines of the old run, lines of the new run, [{examples=}])
--   tostring(d)    "1,000 docs: 6,120 -> 6,131 facts. +14 quantity, -3 person, 0 newly failing docs"
--   d.documents, d.before, d.after    counts
--   d.types        list of {type=, came=, went=, changed=}
--   d.failing      list of {doc=, message=}: failed in the new run alone
--   d.rows         result of examples

local json = require "textmill.json"
local result = require "textmill.result"
local screen = require "textmill.screen"

local differences = {}

local EXAMPLES <const> = 200 -- of each type and kind

-- What may differ in a fact that is the same: rules are renumbered, not facts.
local unimportant = { mentions = true, rule = true, version = true, clean = true }

local function same(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then return a == b end
  for key, value in pairs(a) do if not same(value, b[key]) then return false end end
  for key in pairs(b) do if a[key] == nil then return false end end
  return true
end

-- Names of what differs, and how: "value 36 -> 63, unit"
local function what_changed(old, new)
  local keys, parts = {}, {}
  for _, f in ipairs { old, new } do
    for key in pairs(f) do keys[key] = true end
  end
  for key in pairs(keys) do
    local a, b = old[key], new[key]
    if not unimportant[key] and not same(a, b) then
      local plain = type(a) ~= "table" and type(b) ~= "table"
      parts[#parts + 1] = plain and ("%s %s -> %s"):format(key, tostring(a or "-"), tostring(b or "-")) or key
    end
  end
  table.sort(parts)
  return table.concat(parts, ", ")
end

local function example(self, kind, doc, fact, change)
  local t = self.by_type[fact.type]
  t[kind] = t[kind] + 1
  if t[kind] > self.most then return end
  local raw = fact.raw or {}
  self.examples[#self.examples + 1] = {
    change = kind, type = fact.type, doc = doc, item = fact.item or fact.name, value = fact.value,
    unit = fact.unit, quote = fact.quote, rule = fact.rule, difference = change,
    cite = raw[2] and ("%s#%d,%d"):format(doc, raw[1], raw[2]) or nil }
end

local function counted(self, kind)
  if not self.by_type[kind] then
    self.by_type[kind] = { type = kind, came = 0, went = 0, changed = 0 }
  end
end

-- Facts by their id; a rule may find one twice, so each id has a list.
local function by_id(self, facts)
  local known = {}
  for _, f in ipairs(facts) do
    known[f.id] = known[f.id] or {}
    table.insert(known[f.id], f)
    counted(self, f.type)
  end
  return known
end

local function compare_facts(self, doc, old, new)
  local known = by_id(self, old)
  for _, f in ipairs(new) do
    counted(self, f.type)
    local before = known[f.id] and table.remove(known[f.id], 1)
    local change = before and what_changed(before, f)
    if not before then example(self, "came", doc, f)
    elseif change ~= "" then example(self, "changed", doc, f, change) end
  end
  for _, f in ipairs(old) do
    if table.remove(known[f.id], 1) then example(self, "went", doc, f) end
  end
end

local function fails(line) return line.status == "error" or line.status == "limit" end

local function decoded(line, which, at_line)
  local value, message, at = json.decode(line)
  if type(value) ~= "table" or type(value.facts) ~= "table" then
    error(("line %d of the %s run is no line of filter%s"):format(at_line, which,
      message and (": %s at byte %d"):format(message, at) or ""), 0)
  end
  return value
end

local function compare(self, at, old, new)
  if old.id ~= new.id then
    error(("line %d: the old run has document '%s', the new one '%s': not runs over the same documents")
      :format(at, tostring(old.id), tostring(new.id)), 0)
  end
  local doc = tostring(old.id)
  self.documents = at
  self.before, self.after = self.before + #old.facts, self.after + #new.facts
  if fails(new) and not fails(old) then
    self.failing[#self.failing + 1] = { doc = doc, message = new.error and new.error.message or new.status }
  end
  compare_facts(self, doc, old.facts, new.facts)
end

local function number(n) return (screen.count(n, ""):gsub("%D*$", "")) end

-- "+14,002 -3 quantity"
local function in_words(t)
  local parts = {}
  local function say(sign, n)
    if n > 0 then parts[#parts + 1] = sign .. number(n) end
  end
  say("+", t.came)
  say("-", t.went)
  say("~", t.changed)
  return table.concat(parts, " ") .. " " .. t.type
end

-- differences.summary(d, [path]) -> one line; path: where the examples are
function differences.summary(d, path)
  local parts = {}
  for _, t in ipairs(d.types) do
    if t.came + t.went + t.changed > 0 then parts[#parts + 1] = in_words(t) end
  end
  return ("%s: %s -> %s. %s%s, %s newly failing docs"):format(screen.count(d.documents, "doc"),
    number(d.before), screen.count(d.after, "fact"),
    #parts > 0 and table.concat(parts, ", ") or "no difference",
    path and (" (see %s)"):format(path) or "", number(#d.failing))
end

local mt = { __name = "textmill.differences", __tostring = function(d) return differences.summary(d) end }

-- differences.of(next line of the old run, of the new run, [{examples=}])
function differences.of(old, new, o)
  local self = { documents = 0, before = 0, after = 0, failing = {}, by_type = {}, examples = {},
                 most = o and o.examples or EXAMPLES }
  local at = 0
  while true do
    local a, b = old(), new()
    if not a and not b then break end
    at = at + 1
    if not a or not b then
      error(("the %s run ends before line %d"):format(a and "new" or "old", at), 0)
    end
    compare(self, at, decoded(a, "old", at), decoded(b, "new", at))
  end
  self.types = {}
  for _, t in pairs(self.by_type) do self.types[#self.types + 1] = t end
  table.sort(self.types, function(a, b) return a.type < b.type end)
  setmetatable(self, mt)
  self.rows = result.new { rows = self.examples, title = tostring(self), empty = "no difference",
    columns = { "change", "type", "doc", "item", "value", "unit", "quote", "difference", "rule", "cite" } }
  self.examples, self.by_type = nil, nil
  return self
end

return differences
