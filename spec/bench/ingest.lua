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
local extraction = require "textmill.extraction"
local incremental = require "textmill.incremental"
local stored = require "textmill.stored"

local stages <const> = { "row of the document", "text", "rules", "rows of facts", "storing",
                         "what they were made with", "commit", "the rest" }
local methods <const> = { extraction = stages[1], text = stages[2], store_facts = stages[5],
                          note_extraction = stages[6], commit = stages[7] }

local spent, inside

-- f, its CPU added to the row; what is called inside of it is not added again.
local function timed(row, f)
  return function(...)
    if inside then return f(...) end
    inside = true
    local begun = os.clock()
    local r = table.pack(f(...))
    spent[row], inside = (spent[row] or 0) + os.clock() - begun, false
    return table.unpack(r, 1, r.n)
  end
end

-- The store with clocks at its methods.
local function watched(store)
  return setmetatable({}, { __index = function(_, name)
    local f = function(_, ...) return store[name](store, ...) end
    return methods[name] and timed(methods[name], f) or f
  end })
end

-- Seconds of CPU by stage, of all documents: the extraction of one thread as it is, with clocks.
local function by_stage()
  local pack, path = tm.pack "zh.report", os.tmpname()
  local c = tm.open(path, { mode = "create" })
  c:add(docs)
  local run, made, fired = extract.run, stored.rows, incremental.fired
  extract.run, stored.rows = timed("rules", run), timed(stages[4], made)
  incremental.fired = timed(stages[6], fired)
  spent = {}
  local store, depends = watched(c.store), incremental.new(pack, incremental.groups(c.store))
  local begun = os.clock()
  store:begin()
  extraction.serially(store, depends, {}, function() end)
  store:commit()
  local rest = os.clock() - begun
  for _, s in pairs(spent) do rest = rest - s end
  spent[stages[8]] = rest
  extract.run, stored.rows, incremental.fired = run, made, fired
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
