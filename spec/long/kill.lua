-- kill.lua [rounds] - a writer is killed with signal 9 again and again, at
-- random moments; each time what it had said to be committed is there, whole
-- and found by search, nothing is torn, and the next writer goes on.
--
--   writer:  begin, add a few, commit, print the number, over and over;
--            every third batch removes and replaces older documents
--   checker: everything up to the last number printed is in the file

local core = require "textmill.core"

local function raw_of(k, version)
  return ("第%d篇第%d版：全镇设立检测卡口%d处，组织工作人员%d人。\n编号%dx%d\n")
    :format(k, version, k % 90 + 1, k % 400 + 1, k, version)
end

local function writer(path)
  local c = core.open(path, { mode = "create" })
  local next_id = #c > 0 and c:sql("select max(cast(id as integer)) as m from documents")[1].m + 1 or 1
  local batch = 0
  while true do
    c:begin()
    local first = next_id
    for _ = 1, 8 do
      c:add { raw = raw_of(next_id, 1), id = tostring(next_id) }
      next_id = next_id + 1
    end
    batch = batch + 1
    if batch % 3 == 0 then c:add { raw = raw_of(first, 2), id = tostring(first) } end
    c:commit()
    io.stdout:write(next_id - 1, "\n")
    io.stdout:flush()
  end
end

if arg[1] == "write" then writer(arg[2]) end

local rounds = tonumber(arg[1]) or 100
local path = os.tmpname()
os.remove(path)
path = path .. ".db"
math.randomseed(tonumber(os.getenv "SEED") or 1)

local passed, failed = 0, 0
local function check(ok, what, round)
  if ok then passed = passed + 1 else
    failed = failed + 1
    print(("round %d: %s"):format(round, what))
  end
end

-- Starts a writer, kills it after a while; the last number it printed.
local function run_and_kill()
  local out = path .. ".out"
  local delay = 0.02 + math.random() * 0.25
  os.execute(("lua5.4 '%s' write '%s' > '%s' & pid=$!; sleep %.3f; kill -9 $pid; wait $pid 2>/dev/null")
    :format(arg[0], path, out, delay))
  local last
  for line in io.lines(out) do last = tonumber(line) or last end
  os.remove(out)
  return last
end

local promised, killed_inside = 0, 0
for round = 1, rounds do
  local last = run_and_kill()
  if last then
    promised = math.max(promised, last)
    killed_inside = killed_inside + 1
  end
  local ok, c = pcall(core.open, path, { mode = "create" })
  check(ok, "does not open: " .. tostring(c), round)
  if not ok then break end
  local n = #c
  check(n >= promised, ("%d documents, %d were committed"):format(n, promised), round)
  check(n % 8 == 0, ("%d documents: half a batch"):format(n), round)
  if promised > 0 then
    local k = math.random(promised)
    local d = c:doc(tostring(k))
    check(d and (d.raw == raw_of(k, 1) or d.raw == raw_of(k, 2)),
      "document " .. k .. " is not what was added", round)
    check(c:count(("编号%dx"):format(k)).documents == 1, "document " .. k .. " is not found", round)
    check(c:count("检测卡口").documents == n, "not every document is found", round)
  end
  if round % 10 == 0 or round == rounds then
    local problems = c:verify()
    check(#problems == 0, problems[1] and problems[1].problem, round)
  end
  c:close()
end
check(killed_inside > rounds / 4, "too few writers got to write before they were killed", rounds)
for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
print(("%d documents after %d kills"):format(promised, rounds))
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and passed > 0)
