-- explore.lua FOLDER RUNS [--rows] - exploring a corpus of docs-47k (NDJSON on stdin): the
-- size of its parts, sorting a concordance, collocates, frequencies, patterns. Times are
-- CPU times of this process, medians of RUNS. CWB's figures are quoted: it is in no
-- package of Debian's; they were measured on the same texts on another machine.

local tm = require "textmill"
local core = require "textmill.core"
local json = require "textmill.json"
local segment_words = require "spec.segment_words"

local folder, runs = arg[1], tonumber(arg[2]) or 5
local wants_rows = arg[3] == "--rows"
local path = folder .. "/explore.db"

local function row(name, ours, unit, rival, figure, target)
  if wants_rows then
    print(("row\texploring\t%s\t%.6g\t%s\t%s\t%s\t%s")
      :format(name, ours, unit, rival or "", figure and ("%.6g"):format(figure) or "", target or ""))
  else
    print(("  %-52s %9.2f %-6s %-14s %8s  %s")
      :format(name, ours, unit, rival or "", figure or "", target or ""))
  end
end

local function remove()
  for _, suffix in ipairs { "", "-wal", "-shm", "-journal" } do os.remove(path .. suffix) end
end

local function median(n, f)
  local times = {}
  for k = 1, n do
    collectgarbage()
    local from = os.clock()
    f()
    times[k] = (os.clock() - from) * 1e3
  end
  table.sort(times)
  return times[(n + 1) // 2]
end

local function build()
  local c, bytes, n, spent = core.open(path, { mode = "create" }), 0, 0, 0
  c:begin()
  for line in io.lines() do
    local text = assert(json.decode(line)).text
    local from = os.clock()
    n, bytes = n + 1, bytes + #text
    assert(c:add { raw = text, id = tostring(n) })
    spent = spent + (os.clock() - from)
  end
  local from = os.clock()
  c:commit()
  c:compact()
  c:close()
  spent = spent + (os.clock() - from)
  row("raw to searchable and stored, compacted, one thread", bytes / 1e6 / spent, "MB/s",
    "simple (quoted)", 31, ">=40")
  return bytes
end

-- What the seams behind a segment's words take, in both streams (csrc/store/segment.h).
local function seam_bytes(words)
  local bytes = 0
  for word, from, behind, size in segment_words.each(words) do
    if word >= 1 << 30 then bytes = bytes + size + behind - from end
  end
  return bytes
end

local function all_seams(c)
  local bytes = 0
  for _, segment in ipairs(c:sql "SELECT segment FROM mill_segments") do
    local words, first = {}, segment.segment << 28 | 1 << 26
    local sql = "SELECT data FROM mill_postings WHERE chunk >= %d AND chunk < %d ORDER BY chunk"
    for _, chunk in ipairs(c:sql(sql:format(first, first + (1 << 26)))) do words[#words + 1] = chunk.data end
    bytes = bytes + seam_bytes(table.concat(words))
  end
  return bytes
end

-- Shares of raw. Searching a string exactly needs postings and forward (and words).
local function sizes(c, bytes)
  local function sum(query) return (c:sql(query)[1].n or 0) / bytes end
  local seams = all_seams(c) / bytes
  row("postings (articles, words, blocks, positions)", sum [[SELECT sum(article_bytes + word_bytes
    + posting_bytes + position_bytes) AS n FROM mill_segments]] - seams, "of raw",
    "FTS5 (quoted)", 0.41, "<=0.35")
  row("seams: articles of pairs of characters where words meet", seams, "of raw")
  row("forward (tokens and blocks of every document)",
    sum "SELECT sum(length(tokens) + length(layout)) AS n FROM mill_forward", "of raw", nil, nil, "<=0.35")
  local file = assert(io.open(path))
  row("whole file: these, raw and clean texts, maps, words", file:seek "end" / bytes, "of raw",
    nil, nil, "<=2.8")
  file:close()
end

-- The word that stands nearest to so often.
local function word_of(c, n)
  local best
  for r in c:frequencies { limit = 300 } do
    if not best or math.abs(r.count - n) < math.abs(best.count - n) then best = r end
  end
  return best.word, best.count
end

local function explore(c)
  local word, n = word_of(c, 134854)
  local q = "word:" .. word
  local function lines(sort, query)
    return function() c:kwic(query or q, { sort = sort, limit = 100 }) end
  end
  lines "right" ()
  local more = {} -- what sorting adds, in pairs: finding the lines takes several times as long
  local two = q .. "|word:" .. word .. word -- of two parts: all lines are found, sorted or not
  for k = 1, 2 * runs + 1 do more[k] = -median(1, lines("none", two)) + median(1, lines("right", two)) end
  table.sort(more)
  row(("sorting %d lines by pinyin (pairs, half in %.0f to %.0f)"):format(n, more[#more // 4 + 1],
    more[#more * 3 // 4 + 1]), more[runs + 1], "ms", "CQP (quoted)", 150, "<=50")
  row("  finding, sorting, the first 100 written", median(runs, lines "right"), "ms")
  row("  unsorted: all of them counted, the first read", median(runs, function() c:kwic(q) end), "ms")
  row("  and every one read", median(3, function() for _ in c:kwic(q) do end end), "ms")
  c:collocates(word)
  row(("collocates of %s"):format(word), median(runs, function() c:collocates(word) end), "ms",
    "CQP (quoted)", 242, "<=10")
  c:frequencies()
  row("frequencies of all words", median(runs, function() c:frequencies { limit = 100 } end), "ms")
end

-- Patterns: the first time in a newly opened file, which reads what it needs, and from then
-- on. CQP's figures are of its second and later runs.
local P = tm.pattern
local patterns = {
  { "anchored: 应当 ... 报告, at most 5 between", P "应当" * P(1) ^ { 0, 5 } * P "报告", 276, "x5" },
  { "anchored, rare: 拖拉机 and the word behind", P "拖拉机" * P(1), 27, "x5" },
  { "class-only: adjective, noun", P.tag "a" * P.tag "n", 50, "x2" },
  { "class-only: surname, noun", P.class "surname" * P.tag "n" },
  { "tag-only: names of persons", P.tag "nr" },
  { "gap: 负责 ... 工作, at most 6 between, one sentence", P "负责" * P.skip(P "工作", 6) },
  { "look: adjective, verb, no noun between", P.tag "a" * -P.tag "n" * P.tag "v" },
  { "recogniser: number, 人", P.number * P "人" },
  { "recogniser: quantity", P.quantity },
  { "recogniser: role, name of a person", P.role * P.tag "nr" },
}

local function cold(p)
  local c <close> = tm.open(path)
  local from = os.clock()
  return #c:match(p), (os.clock() - from) * 1e3
end

local function match(c)
  for _, p in ipairs(patterns) do
    local n, first = cold(p[2])
    row(("%s (%d), first"):format(p[1], n), first, "ms")
    c:match(p[2])
    c:match(p[2])
    local again = median(runs, function() assert(#c:match(p[2]) == n) end)
    row("  again", again, "ms", p[3] and "CQP (quoted)", p[3], p[4])
  end
  local r = c:match(patterns[3][2])
  row("  its first 100 lines, written", median(1, function() return tostring(r:head(100)) end), "ms")
  local limited = median(runs, function() return #c:match(patterns[3][2], { limit = 100 }) end)
  row("  no more than 100 looked for", limited, "ms")
end

remove()
local bytes = build()
local c = tm.open(path)
local ok, message = xpcall(function()
  sizes(c, bytes)
  explore(c)
  match(c)
end, debug.traceback)
c:close()
remove()
if not ok then error(message, 0) end
