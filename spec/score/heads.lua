-- Scores what the heads and tails of pages say (spec/fixtures/heads, whose open.txt explains the form):
--
--   lua5.4 spec/score/heads.lua FILE [--show]     one table; --show: every miss (of open files only)
--   heads.score(path, [told]) -> { field = { p=, r=, f=, ... } }; told(page, found)
--
-- Fields and matching are those of score.lua that heads decide.
package.path = "spec/score/?.lua;" .. package.path

local annotate = require "textmill.annotate"
local inputs = require "textmill.inputs"
local json = require "textmill.json"
local score = require "score"
local spots = require "spots"

local heads = {}

heads.fields = { "title", "published", "source", "authors", "editors", "dates", "boilerplate" }

local OPEN <const>, CLOSE <const> = "⟦", "⟧"

local function list(s, part)
  local out = {}
  for word in (s or ""):gmatch(part) do out[#out + 1] = word end
  return out
end

-- The line as it stands in the page; its boilerplate goes to `parts`.
local function unmarked(line, parts)
  local bare = line:gsub("^~", ""):gsub(OPEN, ""):gsub(CLOSE, "")
  if line:sub(1, 1) == "~" then parts[#parts + 1] = bare return bare end
  for part in line:gmatch(OPEN .. "(.-)" .. CLOSE) do parts[#parts + 1] = part end
  return bare
end

local function gold_of(fields, parts)
  local dates = list(fields.dates, "%S+")
  for k, iso in ipairs(dates) do dates[k] = { iso = iso } end
  return { title = fields.title, published = fields.published, source = fields.source,
           authors = list(fields.authors, "[^|]+"), editors = list(fields.editors, "[^|]+"), dates = dates,
           boilerplate = parts }
end

-- heads.pages(path) -> list of { name, raw, gold }
function heads.pages(path)
  local out, page, inside = {}, nil, false
  for line in assert(inputs.read(path)):gmatch "([^\n]*)\n" do
    local name = line:match "^=== (.+)"
    if name then
      page, inside = { name = name, fields = {}, parts = {}, lines = {} }, false
      out[#out + 1] = page
    elseif page and inside then
      page.lines[#page.lines + 1] = unmarked(line, page.parts)
    elseif line == "---" then
      inside = true
    elseif page then
      local key, value = line:match "^(%w+) = (.*)"
      page.fields[key] = value
    end
  end
  for _, p in ipairs(out) do
    p.raw, p.gold = table.concat(p.lines, "\n") .. "\n", gold_of(p.fields, p.parts)
  end
  return out
end

-- heads.score(path, [told]) -> table of fields, as score.rates gives it
function heads.score(path, told)
  local t = score.blank()
  for _, page in ipairs(heads.pages(path)) do
    local found = assert(annotate.document(page.raw, { id = page.name }))
    score.document(t, page.gold, found, page.raw)
    if told then told(page, found) end
  end
  return score.rates(t)
end

local function words(v)
  if v == nil or v == json.null then return "-" end
  if type(v) ~= "table" then return spots.strip(tostring(v)) end
  local out = {}
  for k, x in ipairs(v) do out[k] = spots.strip(type(x) == "table" and x.iso or x) end
  table.sort(out)
  return table.concat(out, " ")
end

local function show(page, found)
  for _, field in ipairs(heads.fields) do
    local gold, got = words(page.gold[field]), words(found[field])
    if gold ~= got then
      print(("%s %s\n    gold  %s\n    found %s"):format(page.name, field, gold, got))
    end
  end
end

if arg and arg[0]:find "score/heads%.lua$" then
  assert(arg[1], "usage: heads.lua FILE [--show]")
  local open = not arg[1]:find "locked"
  local t = heads.score(arg[1], arg[2] == "--show" and open and show or nil)
  for _, field in ipairs(heads.fields) do
    local r = t[field]
    print(("%-12s P %.3f  R %.3f  F1 %.3f of %d, found %d"):format(field, r.p, r.r, r.f, r.gold, r.pred))
  end
end

return heads
