-- repair.lua SHARED RUNS [--rows] - mojibake and glosses on real text: what is found, what
-- is wrongly found in the 70 MB of clean documents, and MB/s (CPU time, best of RUNS).
package.path = "./?.lua;" .. package.path
local tm = require "textmill"
local json = require "textmill.json"
local garble = require "spec.bench.garble"

local shared, runs = arg[1], tonumber(arg[2]) or 5
local QUOTED <const> = "ftfy 6 (quoted)"

local function row(section, name, ours, unit, target, rival, figure)
  print(("%-10s %-46s %10.2f %s"):format(section, name, ours, unit))
  if arg[3] ~= "--rows" then return end
  local figures = { rival or "", figure or "", target or "" }
  print(table.concat({ "row", section, name, ("%.6g"):format(ours), unit, table.unpack(figures) }, "\t"))
end

local function documents()
  local list, bytes = {}, 0
  local pipe <close> = assert(io.popen("xz -dc " .. shared .. "/data/docs-47k.ndjson.xz"))
  for line in pipe:lines() do
    list[#list + 1] = json.decode(line).text
    bytes = bytes + #list[#list]
  end
  return list, bytes
end

-- MB/s of f over the texts, the first `most` bytes.
local function speed(f, texts, most)
  local best, bytes
  for _ = 1, runs do
    local from = os.clock()
    bytes = 0
    for _, s in ipairs(texts) do
      f(s)
      bytes = bytes + #s
      if bytes > most then break end
    end
    local took = os.clock() - from
    best = math.min(best or took, took)
  end
  return bytes / 1e6 / best
end

local docs, bytes = documents()
local changed, lost, some = 0, 0, {}
for k, text in ipairs(docs) do
  if tm.repair(text) ~= text then changed = changed + 1 end
  if tm.clean(text, { html = false }).glosses > 0 then lost = lost + 1 end
  if k % 20 == 0 then some[#some + 1] = text end
end
row("mojibake", ("clean documents changed, of %.0f MB"):format(bytes / 1e6), changed, "docs", "<=0")
local found, share, n = garble.measure(some)
row("mojibake", ("stretches of 8+ characters found, of %d"):format(n), 100 * found, "%", ">=95")
row("mojibake", "characters of them right", 100 * share, "%", ">=99")
local good, all = garble.ftfy(shared .. "/data/ftfy-test-cases")
if good then row("mojibake", ("ftfy's cases right, of %d"):format(all), good, "cases", ">=150") end
row("mojibake", "clean text", speed(tm.repair, docs, 2e7), "MB/s", ">=180", QUOTED, 1.8)

local gbk, latin = {}, {}
for k = 1, 400 do
  gbk[k] = garble.gbk(some[k])
  latin[k] = tm.decode(some[k], "windows-1252")
end
row("mojibake", "all of it garbled, GBK", speed(tm.repair, gbk, 2e6), "MB/s", nil, QUOTED, 1.8)
row("mojibake", "all of it garbled, windows-1252", speed(tm.repair, latin, 2e6), "MB/s", nil, QUOTED, 1.8)

row("glosses", ("clean documents that lost one, of %.0f MB"):format(bytes / 1e6), lost, "docs", "<=0")
local removed, seeds = 0, 0
local names <close> = io.popen("ls " .. shared .. "/seeds")
for name in names:lines() do
  local f = io.open(shared .. "/seeds/" .. name, "rb")
  local t = f and tm.clean(f:read "a" or "")
  if f then f:close() end
  if t then removed, seeds = removed + t.glosses, seeds + 1 end
end
row("glosses", ("removed from %d seeds (240 there)"):format(seeds), removed, "", ">=240")
