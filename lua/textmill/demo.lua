-- textmill.demo - the main job on sample pages, shown from end to end: what came
-- in, facts with their citations, a search, a concordance, one fact explained
-- down to its raw bytes. `make run` and `textmill demo` are this file.

local core = require "textmill.core"
local result = require "textmill.result"
local screen = require "textmill.screen"
local tm = require "textmill"

local demo = {}

-- The folder of the samples, beside this file, in a clone as in a rock.
function demo.samples()
  local here = debug.getinfo(1, "S").source:match "^@(.*)/[^/]*$"
  return here .. "/samples"
end

local function heading(out, text, about)
  out("")
  out(screen.colour("bold", text) .. (about and "  " .. screen.colour("dim", about) or ""))
end

-- The word that most documents share and that says something: a noun that
-- stands as the item of several facts, so the demonstration fits any folder.
local function telling_item(facts)
  local documents, best, most = {}, nil, 0
  for f in facts do
    local length = f.type == "quantity" and f.item and utf8.len(f.item) or 0
    if length >= 2 and length <= 4 then
      documents[f.item] = documents[f.item] or {}
      documents[f.item][f.doc] = true
    end
  end
  local items = {}
  for item in pairs(documents) do items[#items + 1] = item end
  table.sort(items)
  for _, item in ipairs(items) do
    local n = 0
    for _ in pairs(documents[item]) do n = n + 1 end
    if n > most then best, most = item, n end
  end
  return best
end

-- The quantity whose raw bytes differ most from its quote shows the map best.
local function richest_fact(c, facts)
  local best, most = facts[1], -1
  for f in facts do
    local quote, row = c:cite(f.cite)
    if f.type == "quantity" and quote and row and #row.raw - #quote > most then
      best, most = f, #row.raw - #quote
    end
  end
  return best
end

-- At most n rows, as many of each document as of the others, in their order.
local function spread(rows, n)
  local rank, seen = {}, {}
  for k, row in ipairs(rows) do
    seen[row.doc] = (seen[row.doc] or 0) + 1
    rank[k] = { seen[row.doc], k }
  end
  table.sort(rank, function(a, b) if a[1] ~= b[1] then return a[1] < b[1] end return a[2] < b[2] end)
  local chosen, list = {}, {}
  for k = 1, math.min(n, #rank) do chosen[rank[k][2]] = true end
  for k, row in ipairs(rows) do
    if chosen[k] then list[#list + 1] = row end
  end
  return list
end

-- Facts of a type, some of each page.
local function some_facts(out, c, kind, title, n)
  local facts = c:facts { type = kind }
  if #facts == 0 then return end
  local shown = result.pick(facts, spread(facts, n))
  heading(out, ("%s  %d of %d"):format(title, #shown, #facts), ("c:facts{type=%q}"):format(kind))
  out(tostring(shown:head(n)))
end

local function explain_file(out, path, message)
  out(("  %s: %s"):format(path, message))
end

-- demo.run{ folder=, file=, out= } -> corpus
function demo.run(o)
  local out = o.out or print
  local started = core.now()
  local c = tm.open(o.file, { mode = "create" })
  local added = c:add(o.folder or demo.samples())
  local summary = c:extract "zh.report"
  local ms = (core.now() - started) * 1000
  local docs, facts = c:docs(), c:facts()
  out(screen.colour("bold", ("%d pages -> %d facts in %.0f ms"):format(#docs, #facts, ms)))
  out(screen.colour("dim", tostring(tm.version())))

  heading(out, "What came in", "kept as it came; every figure below cites these bytes")
  out(tostring(added.failed == 0 and docs:columns("doc", "title", "published", "charset", "script", "glosses")
      or docs))
  for row in added do
    if row.what == "failed" then explain_file(out, row.path or row.id, row.message) end
  end
  for _, e in ipairs(summary.errors) do out(("  rule %s: %s"):format(e.rule, e.message)) end

  some_facts(out, c, "quantity", "Quantities", 16)
  some_facts(out, c, "person", "People and their roles", 8)
  some_facts(out, c, "scheme", "Schemes and their members", 8)

  local item = telling_item(facts)
  if item then
    heading(out, "A search", ("c:search %q  (both scripts, any charset)"):format(item))
    out(tostring(c:search(item, { limit = 6 })))
    heading(out, "A concordance", ("c:kwic(%q, {sort=\"right\"})"):format(item))
    out(tostring(c:kwic(item, { sort = "right" }):head(8)))
  end
  local f = richest_fact(c, facts)
  if f then
    heading(out, "One fact, down to its raw bytes", "c:explain(f)")
    out(c:explain(f))
  end
  return c
end

return demo
