-- bench/corpus.lua FILE.ndjson [documents] - raw bytes to a searchable, stored
-- corpus on one core, its stages, and queries. Prints MB of raw text a second.

local core = require "textmill.core"
local json = require "textmill.json"

local file, limit = arg[1], tonumber(arg[2]) or 10000
local texts, bytes = {}, 0
for line in io.lines(file) do
  if #texts == limit then break end
  texts[#texts + 1] = json.decode(line).text
  bytes = bytes + #texts[#texts]
end

local function report(what, seconds, extra)
  print(("%-28s %7.3f s  %7.2f MB/s  %s"):format(what, seconds, bytes / 1e6 / seconds, extra or ""))
end

local function timed(what, f)
  collectgarbage()
  local start = core.now()
  f()
  report(what, core.now() - start)
end

timed("clean", function() for _, s in ipairs(texts) do core.clean(s) end end)

local path = os.tmpname()
os.remove(path)
local c
timed("add (clean, words, index)", function()
  c = core.open(path, { mode = "create" })
  c:begin()
  for k, s in ipairs(texts) do c:add { raw = s, id = tostring(k) } end
  c:commit()
end)
local size = io.open(path):seek "end"
print(("file %.1f MB, %.2f of raw; %d documents, %d tokens, %d words"):format(size / 1e6, size / bytes,
  #c, c:stats().tokens, c:stats().words))
for _, q in ipairs { "中华人民共和国", "的", "经济发展", "word:经济", "经*", "规定 -国家", "税务机关|海关" } do
  local start = core.now()
  local t = c:count(q)
  local counted = core.now() - start
  start = core.now()
  c:search(q, { limit = 10 })
  print(("  %-24s %7d hits %6d docs %6d read  count %7.1f ms  search %7.1f ms"):format(q, t.hits,
    t.documents, t.scanned, counted * 1000, (core.now() - start) * 1000))
end
c:close()
for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
