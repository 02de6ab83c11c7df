-- kill_first.lua [rounds] - a process that fills a new file is killed with signal 9 in its first
-- batch, most of whose pages go to the disk before the commit: then the file has none of the batch
-- or all of it, and the next writer goes on.
local core = require "textmill.core"
local json = require "textmill.json"
local tm = require "textmill"

local DOCS <const> = 1500

if arg[1] == "write" then
  local c = tm.open(arg[2], { mode = "create" })
  c:add(arg[3], { jobs = tonumber(arg[4]) })
  c:close()
  os.exit(0)
end

local name = os.tmpname()
os.remove(name)
local path, input = name .. ".db", name .. ".ndjson"
do
  local f = assert(io.open(input, "wb"))
  for k = 1, DOCS do
    local lines = {}
    for n = 1, 40 do lines[n] = ("第%d处水渠长%d米，渠首在%d村，检测卡口%d处。"):format(n, n * k % 977, k * n % 31, k) end
    f:write(json.encode { id = tostring(k), text = table.concat(lines, "\n") }, "\n")
  end
  f:close()
end

local function remove() for _, s in ipairs { "", "-wal", "-shm", "-journal" } do os.remove(path .. s) end end

local passed, failed, seen = 0, 0, {}
local function check(ok, what, round)
  if ok then passed = passed + 1 else
    failed = failed + 1
    print(("round %d: %s"):format(round, what))
  end
end

-- How long a writer takes that nobody kills: the kills are spread over that time.
local function write(jobs, delay)
  local how = delay and ("& pid=$!; sleep %.3f; kill -9 $pid; wait $pid 2>/dev/null"):format(delay) or ""
  local begun = core.now()
  os.execute(("lua5.4 '%s' write '%s' '%s' %d %s"):format(arg[0], path, input, jobs, how))
  return core.now() - begun
end

math.randomseed(tonumber(os.getenv "SEED") or 1)
remove()
local whole = write(2)
for round = 1, tonumber(arg[1]) or 40 do
  remove()
  write(round % 2 + 1, whole * (.3 + .8 * math.random()))
  local ok, c = pcall(core.open, path, { mode = "create" })
  check(ok, "does not open: " .. tostring(c), round)
  if not ok then break end
  local n = #c
  seen[n] = (seen[n] or 0) + 1
  check(n == 0 or n == DOCS, n .. " documents: a part of the batch", round)
  check(c:count("检测卡口").documents == n, "not every document is found", round)
  local problems = c:verify()
  check(#problems == 0, problems[1] and problems[1].problem, round)
  c:add { id = "next", raw = "还有一处水渠。" }
  check(#c == n + 1 and c:count("还有一处").documents == 1, "the next writer cannot go on", round)
  c:close()
end
remove()
os.remove(input)
print(("%d times nothing, %d times all of the batch"):format(seen[0] or 0, seen[DOCS] or 0))
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and passed > 0)
