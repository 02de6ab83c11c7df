-- textmill.demo - the main job on sample pages, shown from end to end: what came
-- in, facts with their citations, a search, a concordance, one fact explained
-- down to its raw bytes. `make run` and `textmill demo` are this file.

local core = require "textmill.core"
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
  out(screen.colour("bold", ("%d pages -> %d facts in %.0f ms"):format(#docs, #facts, ms))
      .. "  " .. tostring(tm.version()))

  heading(out, "What came in", "kept as it came; every figure below cites these bytes")
  out(tostring(added.failed == 0 and docs:columns("doc", "title", "published", "charset", "script", "glosses")
      or docs))
  for row in added do
    if row.what == "failed" then explain_file(out, row.path or row.id, row.message) end
  end
  for _, e in ipairs(summary.errors) do out(("  rule %s: %s"):format(e.rule, e.message)) end

  heading(out, "Quantities", "c:facts{type=\"quantity\"}")
  local quantities = c:facts { type = "quantity" }
  out(tostring(quantities:columns("place", "item", "value", "unit", "approx", "quote", "cite")))
  heading(out, "People, schemes, permits and the rest", "c:facts()")
  local rest = {}
  for f in facts do if f.type ~= "quantity" then rest[#rest + 1] = f end end
  out(tostring(require "textmill.result".new { rows = rest, columns = {
    "type", "place", { name = "label", width = 30 }, { name = "detail", width = 44 }, "cite" } }))

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
