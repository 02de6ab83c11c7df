-- from_lua.lua DOCS-FOLDER RUNS - the same work called from Lua, on the first
-- two megabytes of clean.docs and dirty.docs; MB of raw bytes, median of RUNS.
local tm = require "textmill"
local core = require "textmill.core"

local folder, runs = arg[1], tonumber(arg[2]) or 5
local limit = 2000000

local function read(name)
  local f = assert(io.open(folder .. "/" .. name .. ".docs", "rb"))
  local docs, bytes = {}, 0
  while bytes < limit do
    local n = f:read "n"
    if not n then break end
    f:read(1)
    docs[#docs + 1] = f:read(n)
    bytes = bytes + n
  end
  f:close()
  return docs, bytes
end

local function median(f, docs)
  local times = {}
  for k = 1, runs do
    collectgarbage()
    local from = core.now()
    for _, d in ipairs(docs) do f(d) end
    times[k] = core.now() - from
  end
  table.sort(times)
  return times[(runs + 1) // 2]
end

local function words(d)
  local n = 0
  for _ in tm.words(d) do n = n + 1 end
  return n
end

local rows = {
  { "tm.clean", tm.clean },
  { "tm.clean, tm.words loop", function(d) return words(assert(tm.clean(d))) end },
  { "tm.clean, tm.tokens", function(d) return tm.tokens(assert(tm.clean(d))) end },
}

local ok, pack = pcall(tm.pack, "zh.report")
if ok and pack then
  local extract = require "textmill.extract"
  rows[#rows + 1] = { "... pack zh.report", function(d) return extract.run(pack, assert(tm.clean(d))) end }
end

local clean, clean_bytes = read "clean"
local dirty, dirty_bytes = read "dirty"
print(("\nFrom %s, first %.1f MB, median of %d"):format(_VERSION, clean_bytes / 1e6, runs))
print(("  %-28s %9s %8s  | %9s %8s"):format("", "ms/MB", "clean MB/s", "ms/MB", "dirty MB/s"))
for _, row in ipairs(rows) do
  local c, d = median(row[2], clean) / clean_bytes * 1e9, median(row[2], dirty) / dirty_bytes * 1e9
  print(("  %-28s %9.2f %10.1f  | %9.2f %10.1f"):format(row[1], c, 1e3 / c, d, 1e3 / d))
end
if not ok then print "  pack zh.report is not there" end
