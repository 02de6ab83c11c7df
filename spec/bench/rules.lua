-- rules.lua CACHE [MB] [RUNS]: where the time of a rule pack goes, ms of CPU a MB
-- of clean text (make bench-rules).
--
--   clean -> document -> rule 1 .. rule n -> finish      each timed by itself
--               |             |
--            its parts     what it asks the machine for (matches)
-- The whole pack is run by itself, without the clocks. Beside the times: how often each part ran on
-- the last set and how many facts it gave, both a MB.
--
-- Texts: spec/fixtures/reports, ../shared/seeds where present, and the first MB of
-- ../shared/data/docs-47k (CACHE: that much as NDJSON). Of RUNS rounds the fastest
-- counts for every row, since other work on the machine only ever adds.

local tm = require "textmill"
local core = require "textmill.core"
local json = require "textmill.json"
local document = require "textmill.document"

local cache, limit, runs = arg[1], tonumber(arg[2] or "2") * 1e6, tonumber(arg[3] or "5")
local clock = os.clock

-- ---- texts ---------------------------------------------------------------------

local function files_of(folder)
  local list = {}
  local pipe = io.popen("ls " .. folder .. "/*.txt 2>/dev/null")
  for path in pipe:lines() do list[#list + 1] = path end
  pipe:close()
  return list
end

local function add(sets, name, raw)
  local set = sets[name]
  if not set then
    set = { name = name, bytes = 0, raw = {} }
    sets[name], sets[#sets + 1] = set, set
  end
  set.raw[#set.raw + 1] = raw
end

local function load_texts()
  local sets = {}
  for name, folder in pairs { reports = "spec/fixtures/reports", seeds = "../shared/seeds" } do
    for _, path in ipairs(files_of(folder)) do
      local f = assert(io.open(path, "rb"))
      add(sets, name, f:read "a")
      f:close()
    end
  end
  table.sort(sets, function(a, b) return a.name < b.name end)
  local f, bytes = cache and io.open(cache, "rb"), 0
  while f and bytes < limit do
    local line = f:read "L"
    if not line then break end
    local text = assert(json.decode(line)).text
    bytes = bytes + #text
    add(sets, "docs-47k", text)
  end
  if f then f:close() end
  return sets
end

-- ---- timing ----------------------------------------------------------------------

local spent = {} -- row -> seconds of this round
local runs_of, found_by = {}, {} -- row -> how often it ran, facts it gave

local PASS <const> = "pass of all patterns" -- made when the first rule asks, not charged to it

local function timed(row, f)
  return function(...)
    local begun, passed = clock(), spent[PASS] or 0
    local r = table.pack(f(...))
    local own = clock() - begun - ((spent[PASS] or 0) - passed)
    spent[row] = (spent[row] or 0) + own
    local found = type(r[1]) == "table" and r[1] or {}
    runs_of[row] = (runs_of[row] or 0) + 1
    found_by[row] = (found_by[row] or 0) + (found.type and 1 or #found)
    return table.unpack(r, 1, r.n)
  end
end

-- The pack with every part of it timed; the rules themselves are not changed.
local function timed_pack(pack)
  local copy = setmetatable({}, getmetatable(pack))
  for key, value in pairs(pack) do copy[key] = value end
  copy.list = {}
  for k, r in ipairs(pack.list) do
    local one = setmetatable({}, getmetatable(r))
    for key, value in pairs(r) do one[key] = value end
    if r.scan then one.scan = timed("rule " .. r.name, r.scan) end
    if r.emit then one.emit = timed("rule " .. r.name, r.emit) end
    copy.list[k] = one
  end
  copy.finish = pack.finish and timed("finish", pack.finish)
  return copy
end

-- Parts of the library with a clock of their own; plain[name] is what was there.
local plain = { new = document.new, pattern_context = core.pattern_context }
local set_methods = getmetatable(core.pattern_set {}).__index
plain.pass = set_methods.matches
for _, name in ipairs { "matches", "display", "to_clean" } do plain[name] = document[name] end
document.new = function(...) return document.made(...) end -- before textmill.extract takes it

local function watch()
  for _, name in ipairs { "matches", "display", "to_clean" } do
    document[name] = timed("  of it doc:" .. name, plain[name])
  end
  set_methods.matches = timed(PASS, plain.pass)
  document.made = timed("document", plain.new)
  core.pattern_context = timed("  of it pattern_context", plain.pattern_context)
end

local function unwatch()
  for _, name in ipairs { "matches", "display", "to_clean" } do document[name] = plain[name] end
  document.made, core.pattern_context, set_methods.matches = plain.new, plain.pattern_context, plain.pass
end
local extract = require "textmill.extract"

-- One round over a set: seconds by row; with the clocks of timed_pack or without.
local function round(set, pack, clocks)
  spent, runs_of, found_by = {}, {}, {}
  set.bytes, set.facts = 0, 0
  local cleaning, running = 0, 0
  for _, raw in ipairs(set.raw) do
    local begun = clock()
    local text = tm.clean(raw)
    local cleaned = clock()
    local facts, errors = extract.run(pack, text, { ref = "2020-02-20" })
    local done = clock()
    if errors[1] then error(errors[1].rule .. ": " .. errors[1].message) end
    cleaning, running = cleaning + cleaned - begun, running + done - cleaned
    set.bytes, set.facts = set.bytes + #text, set.facts + #facts
  end
  if clocks then
    set.runs, set.found = runs_of, found_by
    return spent
  end
  return { clean = cleaning, ["whole pack"] = running }
end

local function note(best, seconds)
  for row, s in pairs(seconds) do best[row] = math.min(best[row] or math.huge, s) end
end

local function fastest(set, clocked, pack)
  local best = {}
  for _ = 1, runs do
    collectgarbage()
    unwatch()
    note(best, round(set, pack, false))
    watch()
    note(best, round(set, clocked, true))
  end
  return best
end

-- ---- the table -----------------------------------------------------------------------

local function print_table(sets)
  local rows = {}
  for row in pairs(sets[#sets].best) do rows[#rows + 1] = row end
  local big = sets[#sets].best
  table.sort(rows, function(a, b)
    if big[a] ~= big[b] then return big[a] > big[b] end
    return a < b
  end)
  io.write(("%-28s"):format "ms a MB of clean text")
  for _, set in ipairs(sets) do io.write(("%12s"):format(set.name)) end
  io.write "     runs/MB    facts/MB\n"
  local last = sets[#sets]
  for _, row in ipairs(rows) do
    io.write(("%-28s"):format(row))
    for _, set in ipairs(sets) do io.write(("%12.1f"):format((set.best[row] or 0) * 1e9 / set.bytes)) end
    if last.runs[row] then io.write(("%12.0f"):format(last.runs[row] * 1e6 / last.bytes)) end
    local is_rule = row:find "^rule " or row == "finish"
    if is_rule then io.write(("%12.0f"):format(last.found[row] * 1e6 / last.bytes)) end
    io.write "\n"
  end
  for _, line in ipairs {
    { "MB", function(s) return s.bytes / 1e6 end }, { "facts", function(s) return s.facts end },
    { "MB/s, pack without clean", function(s) return s.bytes / 1e6 / s.best["whole pack"] end } } do
    io.write(("%-28s"):format(line[1]))
    for _, set in ipairs(sets) do io.write(("%12.2f"):format(line[2](set))) end
    io.write "\n"
  end
end

local pack = tm.pack "zh.report"
local with_clocks = timed_pack(pack)
local sets = load_texts()
for _, set in ipairs(sets) do set.best = fastest(set, with_clocks, pack) end
print_table(sets)
