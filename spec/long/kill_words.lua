-- kill_words.lua [rounds] - a process that changes a corpus's words is killed with
-- signal 9 again and again; each time the words and the documents fit each other.
local tm = require "textmill"

local WORDS <const> = { "劝返点", "三有一可", "windows 11", "检测卡口" }
local DOCS <const> = 400

if arg[1] == "write" then
  local c = tm.open(arg[2], { mode = "rw" })
  for k = 1, math.huge do
    local word = WORDS[k % #WORDS + 1]
    c:userwords { [k % 8 < 4 and "add" or "remove"] = { word } }
  end
end

local path = os.tmpname()
os.remove(path)
path = path .. ".db"
do
  local c <close> = tm.open(path, { mode = "create" })
  for k = 1, DOCS do
    local text = ("第%d处劝返点，设立检测卡口%d处，三有一可，装Windows 11。"):format(k, k % 7)
    c:add { id = tostring(k), text = text }
  end
end

math.randomseed(tonumber(os.getenv "SEED") or 1)
local passed, failed = 0, 0
for round = 1, tonumber(arg[1]) or 40 do
  os.execute(("lua5.4 '%s' write '%s' & pid=$!; sleep %.3f; kill -9 $pid; wait $pid 2>/dev/null")
    :format(arg[0], path, 0.05 + math.random() * 0.4))
  local c <close> = tm.open(path)
  local listed = {}
  for row in c:userwords() do listed[row.word] = not row.removed end
  for _, word in ipairs(WORDS) do
    local n = c:count(('word:"%s"'):format(word))
    local ok = n == (listed[word] and DOCS or 0)
    if ok then passed = passed + 1 else
      failed = failed + 1
      print(("round %d: %s stands in %d documents, listed: %s"):format(round, word, n, listed[word]))
    end
  end
  if #c:verify() > 0 then
    failed = failed + 1
    print(("round %d:"):format(round), c:verify())
  end
end
for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
print(("kill words: %d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and passed > 0)
