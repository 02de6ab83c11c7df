-- c:reindex: documents cut anew, as after a new lexicon; nothing else of the file changes.

local tm = require "textmill"

local path = os.tmpname()
os.remove(path)
teardown(function()
  for _, suffix in ipairs { "", "-wal", "-shm", "-journal" } do os.remove(path .. suffix) end
end)

local function shell(sql)
  local out <close> = assert(io.popen(("sqlite3 %s %q"):format(path, sql)))
  return out:read "a"
end

-- All that searches and rules see of the corpus.
local function seen(c)
  local lines = {}
  for _, q in ipairs { "全镇", "巡查", "word:巡查", "水*", "NEAR(全镇 村民, 20)" } do
    for row in c:search(q) do
      lines[#lines + 1] = ("%s %s %d %.17g"):format(q, row.doc, row.hits, row.score)
    end
  end
  for f in c:facts {} do lines[#lines + 1] = f.id .. tostring(f) end
  return lines
end

describe("reindex", function()
  it("leaves a file that is up to date as it is", function()
    local c <close> = tm.open(nil)
    c:add(require "textmill.demo".samples())
    c:extract "zh.report"
    local before = seen(c)
    assert.equal(10, c:reindex())
    assert.equal(0, #c:verify())
    assert.same(before, seen(c))
    assert.equal(10, c:extract("zh.report").documents) -- rules see other words, perhaps
    assert.same(before, seen(c))
  end)

  it("cuts as the words of today do, counts included, and stamps the file", function()
    local c = tm.open(path, { mode = "create" })
    c:add { id = "a", text = "全县推行五长联动。" }
    c:add { id = "b", text = "没有这个词的一页。" }
    c:userwords { add = "五长联动" }
    assert.equal(1, (c:count "word:五长联动"))
    c:close()
    -- another lexicon: words that the documents were cut with are none any more
    shell "delete from mill_userwords; update mill_meta set value = 'of old' where key = 'lexicon'"
    c = tm.open(path)
    assert.equal(1, (c:count "word:五长联动"))
    local tokens = c:stats().tokens
    assert.equal(2, c:reindex())
    assert.equal(0, (c:count "word:五长联动"))
    assert.equal(1, (c:count "五长联动"))
    assert(c:stats().tokens > tokens)
    assert.equal(0, #c:verify())
    c:close()
    assert.is_nil(shell("select value from mill_meta where key = 'lexicon'"):find "of old")
    c = tm.open(path, { mode = "r" })
    assert.equal(0, (c:count "word:五长联动"))
    assert.has_error(function() c:reindex() end) -- opened for reading
    c:close()
  end)

  it("is a verb, as are group and duplicates", function()
    local function run(arguments)
      local out <close> = assert(io.popen("build/bin/textmill " .. arguments))
      return out:read "a"
    end
    assert.equal("2 documents cut and indexed anew\n", run("reindex " .. path))
    assert.matches("one segment", run("compact " .. path))
    run(("group %s page 一页 两页"):format(path))
    assert.matches("\nb\t", run(("search %s @page"):format(path)))
    assert.equal(0, select(2, run("duplicates " .. path):gsub("\n", "\n", 2)) - 1)
  end)
end)
