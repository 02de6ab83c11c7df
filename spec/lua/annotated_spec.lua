-- Short texts of the genre with what a reader takes from them, written before the rules were
-- worked on: precision and recall by kind do not fall.
--
--   === id            a text begins
--   P name/role ...   people            Q value unit item|item    a count; value LOW-HIGH, unit - for none
--   S name count a;b  a scheme          O name ...                organisations
--   any other line    the text
local annotate = require "textmill.annotate"
local inputs = require "textmill.inputs"
local json = require "textmill.json"

local FOLDER <const> = "spec/fixtures/annotated/"

local parse = {}
function parse.P(line, doc)
  for name, role in line:gmatch "(%S-)/(%S*)" do table.insert(doc.P, { name = name, role = role }) end
end
function parse.Q() end -- counted_spec.lua
function parse.S(line, doc) table.insert(doc.S, { name = line:match "^%S+" }) end
function parse.O(line, doc)
  doc.named = true
  for name in line:gmatch "%S+" do table.insert(doc.O, { name = name }) end
end

local function documents(path)
  local list, doc = {}, nil
  for line in assert(inputs.read(path)):gmatch "[^\n]+" do
    local kind, rest = line:match "^([PQSO]) ?(.*)$"
    if line:find "^=== " then
      doc = { id = line:sub(5), text = {}, P = {}, S = {}, O = {} }
      list[#list + 1] = doc
    elseif kind and (rest == "" or line:sub(2, 2) == " ") then
      parse[kind](rest, doc)
    else
      table.insert(doc.text, line)
    end
  end
  return list
end

local function plain(s) return s ~= json.null and s ~= nil and s:gsub("“", ""):gsub("”", "") or "" end
local function within(a, b)
  a, b = plain(a), plain(b)
  return a ~= "" and b ~= "" and (a:find(b, 1, true) or b:find(a, 1, true)) ~= nil
end

local same = {}
function same.P(g, p)
  return g.name == p.name and (within(g.role, p.role) or g.role == "" and plain(p.role) == "")
end
function same.S(g, p)
  for _, alias in ipairs(p.aliases or {}) do
    if alias == g.name then return true end
  end
  return g.name == p.name
end
function same.O(g, p) return plain(g.name) == plain(p.name) end

local function organisations(a)
  local list = {}
  for _, f in ipairs(a.facts) do
    if f.type == "organisation" and not f.subtype then list[#list + 1] = { name = f.name } end
  end
  return list
end

local function count(t, kind, gold, found)
  local row = t[kind] or { gold = 0, found = 0, hit = 0 }
  t[kind] = row
  local used = {}
  for _, g in ipairs(gold) do
    for n, p in ipairs(found) do
      if not used[n] and same[kind](g, p) then
        used[n], row.hit = true, row.hit + 1
        break
      end
    end
  end
  row.gold, row.found = row.gold + #gold, row.found + #found
end

local function score(name)
  local t = {}
  for _, d in ipairs(documents(FOLDER .. name .. ".txt")) do
    local text = table.concat(d.text, "\n") .. "\n"
    local a = assert(annotate.document(text, { id = d.id, ref_date = "2022-01-01" }))
    count(t, "P", d.P, a.people)
    count(t, "S", d.S, a.schemes)
    if d.named then count(t, "O", d.O, organisations(a)) end
  end
  return t
end

-- file, kind, least precision, least recall; schemes of reports: its reader takes “A+B+C”模式 for none
local LEAST <const> = {
  { "reports", "P", 0.98, 0.92 }, { "reports", "S", 0.76, 0.84 },
  { "people", "P", 0.95, 0.81 }, { "schemes", "S", 0.95, 0.87 },
  { "organisations", "O", 0.93, 0.85 },
}

describe("what a reader takes from short texts", function()
  local scores = {}
  for _, row in ipairs(LEAST) do
    local file, kind = row[1], row[2]
    it(("%s, %s"):format(file, kind), function()
      scores[file] = scores[file] or score(file)
      local t = scores[file][kind]
      local p, r = t.hit / t.found, t.hit / t.gold
      print(("%s %s: P %.3f R %.3f of %d"):format(file, kind, p, r, t.gold))
      assert.is_true(p >= row[3] and r >= row[4], ("P %.3f R %.3f"):format(p, r))
    end)
  end
end)
