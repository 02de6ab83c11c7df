-- ingest.lua DOCS.ndjson - whole additions by the clock, with one thread and with two, without
-- and with the facts of zh.report in it: MB of raw text a second beside what was asked. Medians
-- of RUNS runs, taken in turn. Not pinned to a core: threads are what is measured.
-- Then what of an extraction is rules and what is not, by stage (CPU of one thread).

local tm = require "textmill"
local core = require "textmill.core"
local json = require "textmill.json"

local docs, runs = arg[1], tonumber(os.getenv "RUNS") or 3

local bytes = 0
for line in io.lines(docs) do bytes = bytes + #json.decode(line).text end

-- Seconds of one addition, and of the extraction behind it.
local function once(jobs, facts)
  local path = os.tmpname()
  os.remove(path)
  local started = core.now()
  local c = tm.open(path, { mode = "create" })
  c:add(docs, { jobs = jobs })
  if facts then c:extract("zh.report", { jobs = jobs }) end
  c:close()
  local spent = core.now() - started
  for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  return spent
end

local rows <const> = {
  { "NDJSON to searchable and stored, one thread", 1, false, 40 },
  { "NDJSON to searchable and stored, two threads", 2, false, 80 },
  { "the same with one thread, facts of zh.report included", 1, true, 15 },
  { "the same with two threads, facts included", 2, true, 15 },
}

local times = { {}, {}, {}, {} }
for _ = 1, runs do
  for k, row in ipairs(rows) do times[k][#times[k] + 1] = once(row[2], row[3]) end
end

print(("whole additions by the clock, %.1f MB, median of %d"):format(bytes / 1e6, runs))
local speed = {}
for k, row in ipairs(rows) do
  table.sort(times[k])
  speed[k] = bytes / 1e6 / times[k][(runs + 1) // 2]
  print(("  %-56s %6.1f MB/s   >= %d %s"):format(row[1], speed[k], row[4],
    speed[k] >= row[4] and "ok" or "MISSED"))
end
print(("  %-56s %6.2f x      near 2"):format("two threads beside one", speed[2] / speed[1]))
print(("  %-56s %6.2f x      near 2"):format("the same, facts included", speed[4] / speed[3]))

-- by stage ------------------------------------------------------------------------

local extract = require "textmill.extract"
local incremental = require "textmill.incremental"
local stored = require "textmill.stored"

local stages <const> = { "row of the document", "text", "rules", "rows of facts", "storing",
                         "what they were made with", "commit" }

-- Seconds of CPU by stage, of all documents.
local function by_stage()
  local pack, path, spent, last = tm.pack "zh.report", os.tmpname(), {}, nil
  local c = tm.open(path, { mode = "create" })
  c:add(docs)
  local store, depends = c.store, incremental.new(pack, incremental.groups(c.store))
  local function stage(name)
    local now = os.clock()
    if name then spent[name] = (spent[name] or 0) + now - last end
    last = now
  end
  store:begin()
  stage()
  for _, id in ipairs(store:ids()) do
    local row = store:extraction(id, pack.name)
    stage(stages[1])
    local text = store:text(id)
    stage(stages[2])
    local facts, _, doc = extract.run(pack, text, { ref = row.published })
    stage(stages[3])
    local made = stored.rows(text, row.sha256, facts)
    stage(stages[4])
    store:store_facts(id, pack.name, pack.version, made)
    stage(stages[5])
    store:note_extraction(id, pack.name, depends.inputs, row.published, incremental.fired(doc))
    stage(stages[6])
  end
  store:commit()
  stage(stages[7])
  c:close()
  for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  return spent
end

local best = {}
for _ = 1, runs do
  for name, s in pairs(by_stage()) do best[name] = math.min(best[name] or math.huge, s) end
end
print "extraction by stage, ms of CPU a MB of raw text, fastest of the runs"
local rest = 0
for _, name in ipairs(stages) do
  local ms = best[name] * 1e9 / bytes
  if name ~= "rules" then rest = rest + ms end
  print(("  %-56s %6.1f"):format(name, ms))
end
print(("  %-56s %6.1f      < 60 %s"):format("all that is not rules", rest, rest < 60 and "ok" or "MISSED"))
