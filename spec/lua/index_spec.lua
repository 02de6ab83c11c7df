-- The positional index through the corpus: every occurrence of a string is found
-- however documents came and went, in one process and in several.
local core = require "textmill.core"
local tm = require "textmill"
local count = require "spec.occurrences"

local path = os.tmpname()
local function clear()
  for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
end

-- Invented text: words of 1 to 4 characters of a small alphabet, punctuation and
-- blanks between, so that words, parts of words and pairs of words repeat.
local LETTERS <const> = { "山", "水", "村", "路", "口", "设", "立", "检", "查", "站", "人", "员", "的", "一", "三",
  "a", "b", "7" }
local BETWEEN <const> = { "", "", "", "", "，", "。", " ", "、", "“", "\n\n" }

local function letter() return LETTERS[math.random(#LETTERS)] end
local function text(n)
  local out = {}
  for k = 1, n do out[k] = letter() .. BETWEEN[math.random(#BETWEEN)] end
  return table.concat(out) .. "。"
end

local function expected(texts, q)
  local hits, documents = 0, 0
  for _, s in pairs(texts) do
    local n = count(s, q)
    hits, documents = hits + n, documents + (n > 0 and 1 or 0)
  end
  return hits, documents
end

local function compare(c, texts, n)
  for _ = 1, n do
    local q = {}
    for k = 1, math.random(6) do q[k] = letter() end
    q = table.concat(q)
    local hits, documents = expected(texts, q)
    local t = c:count(q)
    assert.equal(hits, t.hits, q)
    assert.equal(documents, t.documents, q)
  end
end

-- Documents of one paragraph each, since a blank line ends one.
local function paragraph(n) return (text(n):gsub("[\n ]", "")) end

local function segments(c)
  return c:sql("select count(*) n, coalesce(max(level), 0) level, coalesce(sum(articles), 0) articles "
    .. "from mill_segments")[1]
end

describe("the index", function()
  after_each(clear)

  it("finds every string as grep does, over merges, removals and replacements", function()
    math.randomseed(11)
    clear()
    local c, texts = core.open(path, { mode = "create" }), {}
    for k = 1, 90 do
      texts[k] = paragraph(math.random(60))
      c:add { raw = texts[k], id = tostring(k) }
      if k % 7 == 0 then
        local gone = tostring(math.random(k))
        if texts[tonumber(gone)] then c:remove(gone) end
        texts[tonumber(gone)] = nil
      end
    end
    local s = segments(c)
    assert.is_true(s.n < 20 and s.level == 2, s.n .. " segments, level " .. s.level)
    compare(c, texts, 150)
    c:begin()
    for k = 80, 130 do
      texts[k] = paragraph(math.random(60))
      c:add { raw = texts[k], id = tostring(k) }
      if k == 100 then compare(c, texts, 5) end -- before the commit, too
    end
    c:commit()
    compare(c, texts, 150)
    assert.same({}, c:verify())
    c:compact()
    s = segments(c)
    assert.equal(1, s.n)
    assert.equal(#c, s.articles)
    compare(c, texts, 100)
    assert.same({}, c:verify())
    c:close()
    local r <close> = core.open(path, { mode = "r" })
    compare(r, texts, 100)
  end)

  it("is undone with its documents", function()
    math.randomseed(12)
    local c, texts = core.open(nil), {}
    for k = 1, 5 do
      texts[k] = paragraph(30)
      c:add { raw = texts[k], id = tostring(k) }
    end
    c:begin()
    for k = 6, 9 do c:add { raw = paragraph(30), id = tostring(k) } end
    c:remove "1"
    c:count "山"
    c:remove "2"
    c:rollback()
    compare(c, texts, 60)
    assert.same({}, c:verify())
    c:add { raw = paragraph(30), id = "again" }
    assert.same({}, c:verify())
  end)

  it("is a snapshot for each reader beside a writer", function()
    math.randomseed(13)
    clear()
    local c, texts = core.open(path, { mode = "create" }), {}
    local reader <close> = core.open(path, { mode = "r" })
    for k = 1, 40 do
      texts[k] = paragraph(30)
      c:add { raw = texts[k], id = tostring(k) }
      if k % 5 == 0 then
        c:remove(tostring(k - 1))
        texts[k - 1] = nil
        compare(reader, texts, 10)
      end
    end
    c:begin()
    c:add { raw = paragraph(30), id = "unseen" }
    c:remove "1"
    compare(reader, texts, 20)
    c:commit()
    c:close()
  end)

  it("is made for a file of an older version when that is written", function()
    local shell = io.popen "command -v sqlite3"
    local has = shell:read "l"
    shell:close()
    if not has then return pending "no sqlite3 command" end
    math.randomseed(14)
    clear()
    local c, texts = core.open(path, { mode = "create", fts5 = true }), {}
    for k = 1, 12 do
      texts[k] = paragraph(30)
      c:add { raw = texts[k], id = tostring(k) }
    end
    c:close()
    local older = { -- positions of version 4 were others: none of them may be read
      "drop table mill_segments; drop table mill_postings; pragma user_version=3",
      "update mill_postings set data = zeroblob(length(data)); pragma user_version=4",
    }
    for k, sql in ipairs(older) do
      os.execute(("sqlite3 %s '%s'"):format(path, sql))
      local old <close> = core.open(path, { mode = "r" })
      compare(old, texts, 20)
      old:close()
      local new <close> = core.open(path, { mode = "rw" })
      assert.equal(1, segments(new).n)
      compare(new, texts, 60)
      new:remove(tostring(k))
      texts[k] = nil
      compare(new, texts, 20)
      assert.same({}, new:verify())
      new:close()
    end
  end)

  it("says when postings are damaged", function()
    local shell = io.popen "command -v sqlite3"
    local has = shell:read "l"
    shell:close()
    if not has then return pending "no sqlite3 command" end
    for _, sql in ipairs { "update mill_postings set data = zeroblob(length(data)) where chunk >> 26 "
      .. "& 3 = 2",
                           "update mill_postings set data = zeroblob(length(data)) where chunk >> 26 "
                             .. "& 3 = 3",
                           "delete from mill_postings where chunk >> 26 & 3 = 1",
                           "update mill_segments set articles = articles - 1",
                           "update mill_segments set removed = x'ff'",
                           "delete from mill_segments" } do
      clear()
      local c <close> = tm.open(path, { mode = "create" })
      for k = 1, 7 do c:add { text = "山路设卡，" .. ("一"):rep(k), id = tostring(k) } end
      c:compact()
      c:close()
      os.execute(("sqlite3 %s %q"):format(path, sql))
      local damaged <close> = tm.open(path, { mode = "r" })
      assert.is_true(#damaged:verify() > 0, sql)
      pcall(damaged.count, damaged, "山路")
    end
  end)

  it("counts no string where positions lie behind the end of their article", function()
    if not os.execute "sqlite3 -version > /dev/null 2>&1" then return pending "no sqlite3 command" end
    clear()
    local c <close> = tm.open(path, { mode = "create" })
    c:add { text = ("巡查水渠的人。"):rep(900), id = "a" }
    assert.equal(900, (c:count "查水"))
    c:close()
    -- the one article has one word, says the file
    local sql = "update mill_segments set article_bytes = 4;"
      .. "update mill_postings set data = x'01020100' where chunk >> 26 & 3 = 0"
    assert(os.execute(("sqlite3 %s %q"):format(path, sql)))
    local damaged <close> = tm.open(path, { mode = "r" })
    for _, query in ipairs { "查水", "水渠的" } do
      local ok, e = pcall(damaged.count, damaged, query)
      assert.is_false(ok)
      assert.equal("corrupt", e.code)
    end
  end)
end)
