-- million.lua FOLDER [documents] [seconds] - a corpus as large as asked, made of the
-- sentences of docs-47k put together anew (NDJSON on stdin): texts of the lengths of
-- the real ones, but of no sense, and with a vocabulary that grows no more. Prints how
-- fast it is built, in which memory, and how long searches take. The file is removed.
--
-- Adding stops after so many seconds, saying how many documents there are then.

local core = require "textmill.core"
local json = require "textmill.json"

local folder, wanted, patience = arg[1], tonumber(arg[2]) or 1000000, tonumber(arg[3]) or math.huge
local path = folder .. "/million.db"

local function remove()
  for _, suffix in ipairs { "", "-wal", "-shm", "-journal" } do os.remove(path .. suffix) end
end

-- Memory of its own in MB, mapped pages of the file left out (the system takes those back
-- as it likes), and the most seen so far; 0 where there is no /proc.
local most = 0
local function memory()
  local file = io.open "/proc/self/status"
  local text = file and file:read "a" or ""
  if file then file:close() end
  local now = (tonumber(text:match "RssAnon:%s*(%d+) kB") or 0) / 1e3
  most = math.max(most, now)
  return now
end

local state = 42
local function dice(n)
  state = (state * 6364136223846793005 + 1442695040888963407) & 0x7FFFFFFFFFFFFFFF
  return (state >> 20) % n + 1
end

-- sentences, with what ends them, and the length of every document
local function read_pool()
  local pool, lengths = {}, {}
  for line in io.lines() do
    local text = assert(json.decode(line)).text
    lengths[#lengths + 1] = #text
    for _, mark in ipairs { "。", "！", "？", "\n" } do text = text:gsub(mark, "%0\0") end
    for sentence in text:gmatch "[^\0]+" do pool[#pool + 1] = sentence end
  end
  return pool, lengths
end

local function document(pool, lengths)
  local parts, n, target = {}, 0, lengths[dice(#lengths)]
  repeat
    local s = pool[dice(#pool)]
    parts[#parts + 1], n = s, n + #s
  until n >= target
  return table.concat(parts)
end

local function build(c, pool, lengths)
  local started, cpu, making, bytes, n = core.now(), os.clock(), 0, 0, 0
  c:begin()
  while n < wanted and core.now() - started < patience do
    local before = os.clock()
    local text = document(pool, lengths)
    making = making + (os.clock() - before)
    n, bytes = n + 1, bytes + #text
    assert(c:add { raw = text, id = tostring(n) })
    if n % 1000 == 0 then memory() end
    if n % 100000 == 0 then
      print(("  %8d documents  %7.1f MB  %6.1f MB/s of CPU time  %6.1f s  memory %5.0f MB"):format(n,
        bytes / 1e6, bytes / 1e6 / (os.clock() - cpu - making), core.now() - started, memory()))
    end
  end
  c:commit()
  local took = os.clock() - cpu - making
  print(("built: %d documents, %.1f MB, %.1f s of CPU time (%.1f MB/s), %.1f s by the clock, peak %.0f MB")
    :format(n, bytes / 1e6, took, bytes / 1e6 / took, core.now() - started, most))
  return bytes
end

-- questions ---------------------------------------------------------------------------

local EACH <const>, SECONDS <const> = 40, 20 -- of a kind, whichever comes first

-- Words of running text and how often they stand in a part of it.
local function words_of(pool)
  local counts, list, pairs_ = {}, {}, {}
  for k = 1, math.min(#pool, 100000) do
    local last
    for w, _, _, tag in core.words(pool[k]) do
      local plain = w:find "^[\xE4-\xE9]" and tag ~= "x"
      if plain and not counts[w] then list[#list + 1] = w end
      if plain then counts[w] = (counts[w] or 0) + 1 end
      if plain and last then pairs_[#pairs_ + 1] = { last, w } end
      last = plain and w or nil
    end
  end
  table.sort(list, function(a, b)
    if counts[a] ~= counts[b] then return counts[a] > counts[b] end
    return a < b
  end)
  return list, pairs_
end

local function questions(pool)
  local list, pairs_ = words_of(pool)
  local function frequent() return list[dice(200)] end
  local function usual() return list[200 + dice(3000)] end
  local function pair() return pairs_[dice(#pairs_)] end
  return {
    { "rare", function() return list[#list // 2 + dice(#list // 2)] end }, { "frequent", frequent },
    { "word:", function() return "word:" .. usual() end },
    { "AND", function() return usual() .. " " .. usual() end },
    { "OR", function() return usual() .. " | " .. usual() end },
    { "phrase", function() local p = pair() return p[1] .. p[2] end,
      function() local p = pair() return '"' .. p[1] .. " " .. p[2] .. '"' end },
    { "prefix", function() return (usual():match(utf8.charpattern)) .. "*" end },
  }
end

-- One table: how: options of the search.
local function ask(c, pool, what, how)
  print(("\n%s, the ten best of each of %d, ms of CPU time"):format(what, EACH))
  print("              median       p90       most      hits (median)")
  for _, kind in ipairs(questions(pool)) do
    local times, hits, started = {}, {}, core.now()
    for k = 1, EACH do
      if core.now() - started > SECONDS then break end
      local q = (how.mode and kind[3] or kind[2])()
      local before = os.clock()
      local _, totals = c:search(q, how)
      times[k], hits[k] = (os.clock() - before) * 1e3, totals and totals.hits or 0
    end
    table.sort(times)
    table.sort(hits)
    local n, middle = #times, #times // 2 + 1
    print(("  %-8s %9.2f %9.2f  %9.2f  %9d   %d asked %s"):format(kind[1], times[middle],
      times[(n * 9 + 9) // 10], times[n], hits[middle], n, times[middle] < 5 and "" or "MISSED (5 ms asked)"))
  end
end

remove()
local pool, lengths = read_pool()
print(("documents put together anew from %d sentences of %d; memory before, the sentences: %.0f MB")
  :format(#pool, #lengths, memory()))
local c = core.open(path, { mode = "create" })
local ok, message = xpcall(function()
  local bytes = build(c, pool, lengths)
  local file = assert(io.open(path))
  local size = file:seek "end"
  file:close()
  print(("file: %.1f MB, %.2f of raw; %d different words"):format(size / 1e6, size / bytes, c:stats().words))
  ask(c, pool, "strings, with exact totals", { limit = 10 })
  ask(c, pool, "words, without totals", { limit = 10, mode = "words", totals = false })
  print(("memory after searching: %.0f MB"):format(memory()))
end, debug.traceback)
c:close()
remove()
if not ok then error(message, 0) end
