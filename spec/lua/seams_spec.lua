-- Seams: pairs of characters where two words meet, which a segment lists behind its words. Strings
-- are found with them as without: segments of files before schema 9 have none.
local core = require "textmill.core"
local count = require "spec.occurrences"
local segment_words = require "spec.segment_words"

local has_sqlite3 = os.execute "sqlite3 -version > /dev/null 2>&1"
local path = os.tmpname()
local function clear()
  for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
end

-- Invented text of characters that make words and parts of words of each other.
local LETTERS <const> = { "人", "民", "主", "国", "家", "中", "华", "共", "和", "政", "府", "工", "作", "出",
  "发", "展", "开", "的", "社", "会" }
local BETWEEN <const> = { "", "", "", "", "", "", "，", " " }

local function letter() return LETTERS[math.random(#LETTERS)] end
local function text(n)
  local out = {}
  for k = 1, n do out[k] = letter() .. BETWEEN[math.random(#BETWEEN)] end
  return (table.concat(out) .. "。"):gsub("^ ", "")
end

local function compare(c, texts, n)
  for _ = 1, n do
    local q, hits, documents = {}, 0, 0
    for k = 1, math.random(7) do q[k] = letter() end
    q = table.concat(q)
    for _, s in ipairs(texts) do
      local here = count(s, q)
      hits, documents = hits + here, documents + (here > 0 and 1 or 0)
    end
    local t = c:count(q)
    assert.same({ q, hits, documents }, { q, t.hits, t.documents })
  end
end

local function fill(c, texts, n)
  c:begin()
  for _ = 1, n do
    texts[#texts + 1] = text(math.random(8, 80))
    c:add { raw = texts[#texts], id = tostring(#texts) }
  end
  c:commit()
end

-- ---- a segment's streams, as segment.h has them

local SEAMS <const>, MARK <const>, CHUNK <const> = 1 << 30, 0x60000000, 8120
local WORDS <const>, POSTINGS <const> = 1, 2

local function number(segment, stream, chunk) return segment << 28 | stream << 26 | chunk end

local function read(c, segment, stream)
  local out = {}
  local sql = ("select data from mill_postings where chunk >= %d and chunk < %d order by chunk"):format(
    number(segment, stream, 0), number(segment, stream + 1, 0))
  for _, row in ipairs(c:sql(sql)) do out[#out + 1] = row.data end
  return table.concat(out)
end

local function write(segment, stream, bytes)
  local sql = { ("delete from mill_postings where chunk >= %d and chunk < %d;")
    :format(number(segment, stream, 0), number(segment, stream + 1, 0)) }
  for from = 1, #bytes, CHUNK do
    sql[#sql + 1] = ("insert into mill_postings values(%d, x'%s');"):format(
      number(segment, stream, from // CHUNK),
      (bytes:sub(from, from + CHUNK - 1):gsub(".", function(b) return ("%02x"):format(b:byte()) end)))
  end
  return table.concat(sql, "\n")
end

-- How many words there are before the seams, seams with their mark, and where both streams have
-- the first seam.
local function parts(words)
  local last, postings, text_words, seams, cut = 0, 0, 0, 0, nil
  for word, from, _, size in segment_words.each(words) do
    if word < SEAMS then text_words = text_words + 1 else seams = seams + 1 end
    if word >= SEAMS and not cut then cut = { words = from - 1, postings = postings } end
    last, postings = word, postings + size
  end
  return text_words, seams, cut, last
end

-- What textmill before schema 9 would have written.
local function without_seams()
  local c = core.open(path, { mode = "r" })
  local sql = { "begin;" }
  for _, row in ipairs(c:sql "select segment from mill_segments") do
    local segment = row.segment
    local words, postings = read(c, segment, WORDS), read(c, segment, POSTINGS)
    local n, _, cut = parts(words)
    sql[#sql + 1] = write(segment, WORDS, words:sub(1, cut.words))
    sql[#sql + 1] = write(segment, POSTINGS, postings:sub(1, cut.postings))
    sql[#sql + 1] = ("update mill_segments set words = %d, word_bytes = %d, posting_bytes = %d"
      .. " where segment = %d;"):format(n, cut.words, cut.postings, segment)
  end
  c:close()
  local script = path .. ".sql"
  local f = assert(io.open(script, "w"))
  f:write(table.concat(sql, "\n"),
    "\nupdate mill_meta set value = '8' where key = 'schema'; commit; pragma user_version = 8;\n")
  f:close()
  local pipe <close> = io.popen(("sqlite3 -bail %s < %s 2>&1"):format(path, script))
  assert.equal("", (pipe:read "a"))
  os.remove(script)
end

local function seams_of_all(c)
  local all, marked, n = 0, 0, 0
  for _, row in ipairs(c:sql "select segment from mill_segments") do
    local _, seams, _, last = parts(read(c, row.segment, WORDS))
    all, n, marked = all + seams, n + 1, marked + (last > MARK and 1 or 0)
  end
  return all, marked, n
end

describe("seams", function()
  after_each(clear)

  it("are listed, and find what grep finds", function()
    math.randomseed(21)
    clear()
    local c <close>, texts = core.open(path, { mode = "create" }), {}
    for _ = 1, 10 do fill(c, texts, 12) end
    local all, marked, n = seams_of_all(c)
    assert.is_true(all > 50 and n > 1)
    assert.equal(n, marked)
    compare(c, texts, 400)
    assert.same({}, c:verify())
    c:compact()
    assert.same({ 1, 1 }, { select(2, seams_of_all(c)) })
    compare(c, texts, 200)
    assert.same({}, c:verify())
  end)

  it("are missing in a file of schema 8, which is searched as well", function()
    if not has_sqlite3 then return pending "no sqlite3 command" end
    math.randomseed(22)
    clear()
    local c, texts = core.open(path, { mode = "create" }), {}
    for _ = 1, 3 do fill(c, texts, 30) end
    c:close()
    without_seams()
    local r = core.open(path, { mode = "r" })
    assert.equal("8", r:stats().schema)
    assert.equal(0, (seams_of_all(r)))
    compare(r, texts, 300)
    assert.same({}, r:verify())
    r:close()
    local w <close> = core.open(path, { mode = "rw" })
    assert.equal("10", w:stats().schema)
    fill(w, texts, 30)
    local _, marked, n = seams_of_all(w)
    assert.same({ 1, 4 }, { marked, n })
    compare(w, texts, 300)
    assert.same({}, w:verify())
    w:compact() -- what some segments had would not be all
    assert.same({ 0, 0, 1 }, { seams_of_all(w) })
    compare(w, texts, 200)
    assert.same({}, w:verify())
  end)

  it("are checked against the tokens", function()
    if not has_sqlite3 then return pending "no sqlite3 command" end
    math.randomseed(23)
    clear()
    local c = core.open(path, { mode = "create" })
    fill(c, {}, 20)
    local segment = c:sql("select segment from mill_segments")[1].segment
    local postings = read(c, segment, POSTINGS)
    c:close()
    local at = #postings - 1 -- the last seam's last posting: behind it stands the mark's
    local other = postings:sub(1, at - 1) .. string.char(postings:byte(at) ~ 1) .. postings:sub(at + 1)
    local command = ("sqlite3 -bail %s 2>&1 \"%s\""):format(path, write(segment, POSTINGS, other))
    local pipe <close> = io.popen(command)
    assert.equal("", (pipe:read "a"))
    local r <close> = core.open(path, { mode = "r" })
    assert.is_true(#r:verify() > 0)
  end)
end)
