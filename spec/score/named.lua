-- People, schemes and places of short texts, by the measure of the reports' own gold: names of
-- a text counted once each, roles by containment, schemes by name or by count and half of the members.
--
--   === id            a text begins
--   P name/role ...   people; no role: name/
--   S name|alias count a;b   a scheme; - for no count
--   L name ...        places
--   any other line    the text
--
-- named.score(path, show) -> { people = {gold, found, hit}, ... }; show: prints misses and extras

local annotate = require "textmill.annotate"
local inputs = require "textmill.inputs"
local json = require "textmill.json"

local named = {}

named.fields = { "people", "people+role", "places", "schemes", "members" }

local function split(s, mark)
  local list = {}
  for part in (s .. mark):gmatch("(.-)%" .. mark) do
    if part ~= "" then list[#list + 1] = part end
  end
  return list
end

local parse = {}
function parse.P(rest, doc)
  for name, role in (rest .. " "):gmatch "(%S-)/(%S*) " do
    table.insert(doc.P, { name = name, role = role })
  end
end
function parse.S(rest, doc)
  local name, count, members = rest:match "^(%S+) (%S+) ?(.*)$"
  table.insert(doc.S, { names = split(name, "|"), count = tonumber(count), members = split(members, ";") })
end
function parse.L(rest, doc)
  for name in rest:gmatch "%S+" do table.insert(doc.L, name) end
end

local function documents(path)
  local list, doc = {}, nil
  for line in assert(inputs.read(path)):gmatch "[^\n]+" do
    local kind, rest = line:match "^([PSL]) (.*)$"
    if line:find "^=== " then
      doc = { id = line:sub(5), text = {}, P = {}, S = {}, L = {} }
      list[#list + 1] = doc
    elseif kind then parse[kind](rest, doc)
    else table.insert(doc.text, line) end
  end
  return list
end

local function given(v) return v ~= json.null and v ~= nil and v or "" end

local function once(list, key)
  local seen, out = {}, {}
  for _, x in ipairs(list) do
    local k = key(x)
    if not seen[k] then seen[k], out[#out + 1] = true, x end
  end
  return out
end

local function person(p) return p.name .. "/" .. given(p.role) end
local function same_role(g, p)
  local a, b = g.role, given(p.role)
  return g.name == p.name and (a == b or a ~= "" and b ~= ""
    and (a:find(b, 1, true) or b:find(a, 1, true)) ~= nil)
end

local function shared(a, b)
  local set, n = {}, 0
  for _, x in ipairs(a) do set[x] = true end
  for _, x in ipairs(b) do n = n + (set[x] and 1 or 0) end
  return n
end

local function same_scheme(g, p)
  local names = { p.name, table.unpack(p.aliases or {}) }
  if shared(g.names, names) > 0 then return true end
  local both = shared(g.members, p.members)
  return g.count ~= nil and g.count == p.count and both > 0 and 2 * both >= math.min(#g.members, #p.members)
end

local function scheme(s)
  return ("%s %s %s"):format(s.names and s.names[1] or s.name, s.count ~= json.null and s.count or "-",
                             table.concat(s.members, ";"))
end

-- Pairs greedily; what is left over on both sides is shown.
local function match(row, gold, found, same, show)
  local used, pairs_ = {}, {}
  for _, g in ipairs(gold) do
    local hit
    for n, p in ipairs(found) do
      if not hit and not used[n] and same(g, p) then hit = n end
    end
    if hit then
      used[hit], row.hit = true, row.hit + 1
      pairs_[#pairs_ + 1] = { g, found[hit] }
    elseif show then show("-", g) end
  end
  for n, p in ipairs(found) do
    if not used[n] and show then show("+", p) end
  end
  row.gold, row.found = row.gold + #gold, row.found + #found
  return pairs_
end

local function equal(a, b) return a == b end
local function itself(x) return x end

local function add(t, d, a, print_as)
  local function names(list) return once(list, function(p) return p.name end) end
  local function by_name(g, p) return g.name == p.name end
  match(t.people, names(d.P), names(a.people), by_name)
  match(t["people+role"], once(d.P, person), once(a.people, person), same_role, print_as(person))
  match(t.places, once(d.L, itself), once(a.places, itself), equal, print_as(itself))
  local matched = match(t.schemes, d.S, a.schemes, same_scheme, print_as(scheme))
  local row = t.members
  for _, s in ipairs(d.S) do row.gold = row.gold + #s.members end
  for _, s in ipairs(a.schemes) do row.found = row.found + #s.members end
  for _, pair in ipairs(matched) do
    local both = shared(pair[1].members, pair[2].members)
    row.hit = row.hit + both
    if both < math.max(#pair[1].members, #pair[2].members) then
      print_as(scheme)("<", pair[1])
      print_as(scheme)(">", pair[2])
    end
  end
end

function named.score(path, show)
  local t = {}
  for _, field in ipairs(named.fields) do t[field] = { gold = 0, found = 0, hit = 0 } end
  for _, d in ipairs(documents(path)) do
    local text = table.concat(d.text, "\n") .. "\n"
    local a = assert(annotate.document(text, { id = d.id, ref_date = "2022-01-01" }))
    add(t, d, a, function(as)
      return function(sign, x) if show then print(d.id, sign, as(x)) end end
    end)
  end
  return t
end

return named
