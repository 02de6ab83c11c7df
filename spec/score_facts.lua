-- lua5.4 spec/score_facts.lua GOLD.ndjson DOC_DIR [--ref-date D] [--show TYPE] [--types own]
-- The facts of the documents beside gold facts with raw spans (spec/score/facts.lua):
-- a table by type; --show lists what is missed and what is too much (all: of every
-- type). --types own: those alone that the gold of spec/fixtures/facts has.
package.path = (arg[0]:match "^(.*/)" or "./") .. "score/?.lua;" .. package.path
local facts = require "facts"
local annotate = require "textmill.annotate"
local inputs = require "textmill.inputs"

-- What spec/fixtures/facts is annotated with.
local OWN <const> = [[org metadata scheme contradiction procedure_step permit prohibition obligation sanction
  service event donation recognition channel quote_speech case org_structure team road]]

local paths, ref, show, types = {}, nil, nil, nil
for k = 1, #arg do
  if arg[k - 1] == "--ref-date" then ref = arg[k]
  elseif arg[k - 1] == "--show" then show = arg[k]
  elseif arg[k - 1] == "--types" then
    types = {}
    for name in (arg[k] == "own" and OWN or arg[k]):gmatch "%S+" do types[name] = true end
  elseif arg[k]:sub(1, 2) ~= "--" then paths[#paths + 1] = arg[k] end
end
if #paths ~= 2 then
  io.stderr:write "usage: score_facts.lua GOLD.ndjson DOC_DIR [--ref-date YYYY-MM-DD] [--show TYPE]\n"
  os.exit(2)
end

local gold, predicted = facts.gold(paths[1]), {}
for _, path in ipairs(inputs.files { paths[2] }) do
  local id = type(path) == "string" and annotate.id(path)
  if gold[id] and not path:find "%.json$" then
    predicted[id] = assert(annotate.document(assert(inputs.read(path)), { id = id, ref_date = ref })).facts
  end
end

local function line(name, row)
  print(("%-22s%6d%6d%6d%8.3f%8.3f%8.3f"):format(name, row.gold, row.pred, row.hit, row.p, row.r, row.f))
end

local t, names = facts.score(gold, predicted, types), {}
for name in pairs(t) do
  if name ~= "all" and name ~= "noise" then names[#names + 1] = name end
end
table.sort(names, function(a, b)
  if t[a].gold ~= t[b].gold then return t[a].gold > t[b].gold end
  return a < b
end)
print(("%-22s%6s%6s%6s%8s%8s%8s"):format("type", "gold", "ours", "hit", "P", "R", "F1"))
for _, name in ipairs(names) do line(name, t[name]) end
line("all but noise", t.all)
print(("noise: %d of %d came out as a fact"):format(t.noise.hit, t.noise.gold))
local function list(name)
  for _, m in ipairs(t[name].missed or {}) do print("missed", name, m.doc, m.fact.quote) end
  for _, m in ipairs(t[name].spare) do
    print("extra", name, m.doc, m.fact.quote, m.fact.name or m.fact.value or m.fact.item)
  end
end

for _, name in ipairs(show == "all" and names or { show }) do
  if t[name] then list(name) end
end
