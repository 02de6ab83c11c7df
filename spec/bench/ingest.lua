-- ingest.lua DOCS.ndjson - whole additions by the clock, with one thread and with two, and
-- with the facts of zh.report in it: MB of raw text a second beside what was asked. Medians
-- of RUNS runs, taken in turn. Not pinned to a core: threads are what is measured.

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
  if facts then c:extract "zh.report" end
  c:close()
  local spent = core.now() - started
  for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  return spent
end

local rows <const> = {
  { "NDJSON to searchable and stored, one thread", 1, false, 40 },
  { "NDJSON to searchable and stored, two threads", 2, false, 80 },
  { "the same with one thread, facts of zh.report included", 1, true, 15 },
}

local times = { {}, {}, {} }
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
