-- the corpus file: adding, replacing, removing; sources; facts and verdicts;
-- what a stock SQLite sees; foreign, newer, corrupt, full and read-only files.

local core = require "textmill.core"

local files = {}
local function path_of(name)
  local path = os.tmpname()
  os.remove(path)
  path = path .. "_" .. name
  files[#files + 1] = path
  return path
end

local function write(path, bytes)
  local f = assert(io.open(path, "wb"))
  f:write(bytes)
  f:close()
end

local function read(path)
  local f = assert(io.open(path, "rb"))
  local bytes = f:read "a"
  f:close()
  return bytes
end

local function shell(command)
  local pipe = io.popen(command .. " 2>&1")
  local out = pipe:read "a"
  return out, pipe:close()
end

local has_sqlite3 = os.execute "sqlite3 -version > /dev/null 2>&1"

teardown(function()
  for _, path in ipairs(files) do
    for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  end
end)

local function raises(code, f, ...)
  local ok, e = pcall(f, ...)
  assert.is_false(ok)
  assert.equal(code, type(e) == "table" and e.code or tostring(e))
  return e
end

local function sound(c)
  local problems = {}
  for k, p in ipairs(c:verify()) do problems[k] = (p.doc or "") .. ": " .. p.problem end
  assert.same({}, problems)
end

describe("documents", function()
  it("are named by what is given, the file, or their bytes", function()
    local c = core.open(nil)
    assert.equal("a", c:add { raw = "甲", id = "a" }.id)
    assert.equal("012", c:add { raw = "乙", path = "x/012_abc.txt" }.id)
    assert.equal("012-2", c:add { raw = "丙", path = "y/012.html" }.id)
    assert.equal(12, #c:add { raw = "丁" }.id)
    assert.equal(4, #c)
    sound(c)
  end)

  it("with the same bytes are stored once, with every source", function()
    local c = core.open(nil)
    c:add { raw = "同样的字", path = "a/1.txt", url = "http://a/1", date = "2020-02-01" }
    local second = { raw = "同样的字", path = "b/2.txt", url = "http://b/2", meta = '{"county":"X"}' }
    local r = c:add(second)
    assert.same({ "same", "1" }, { r.what, r.id })
    assert.equal("same", c:add(second).what)
    assert.equal("same", c:add { raw = "同样的字", id = "other" }.what)
    assert.equal(1, #c)
    assert.equal(3, #c:doc("1").sources)
    assert.equal("1", c:doc("other").id) -- a name given later leads there, too
  end)

  it("are replaced when a path or a given id has other bytes", function()
    local c = core.open(nil)
    c:add { raw = "旧的卡点", path = "p/7.txt" }
    assert.equal("replaced", c:add { raw = "新的卡口", path = "p/7.txt" }.what)
    assert.equal(1, #c)
    assert.equal(0, c:count("卡点").hits)
    assert.equal(1, c:count("卡口").hits)
    assert.equal("replaced", c:add { raw = "再来一次", id = "7" }.what)
    assert.equal(0, c:count("卡口").hits)
    sound(c)
  end)

  it("stay for the other ids that have their bytes", function()
    local c <close> = core.open(nil)
    c:add { raw = "村口設立14個卡口。", id = "2" }
    assert.equal("same", c:add { raw = "村口設立14個卡口。", id = "3" }.what)
    assert.equal("added", c:add { raw = "换了内容。", id = "2" }.what)
    assert.equal("村口設立14個卡口。", c:doc("3").raw)
    assert.equal("换了内容。", c:doc("2").raw)
    assert.equal("same", c:add { raw = "换了内容。", id = "3" }.what) -- and the old bytes have nobody
    assert.equal(1, #c)
    assert.equal("换了内容。", c:doc("3").raw)
    sound(c)
  end)

  it("of one name are numbered", function()
    local c <close> = core.open(nil)
    c:begin()
    for k = 1, 300 do
      local id = c:add { raw = "第" .. k, path = k .. "/index.html" }.id
      assert.equal(k == 1 and "index" or "index-" .. k, id)
    end
    c:commit()
    assert.equal("第300", c:doc("index-300").raw)
    assert.is_truthy(c:add { raw = "x", path = "\xff\xfe.txt" }.id:find "^%x+$")
  end)

  it("with an id that no list can show are refused, the batch goes on", function()
    local c <close> = core.open(nil)
    c:begin()
    c:add { raw = "甲", id = "a" }
    for _, id in ipairs { "", ("x"):rep(256), "a\nb", "\xff" } do
      local r, message, _, code = c:add { raw = "乙", id = id }
      assert.is_nil(r)
      assert.is_string(message)
      assert.is_truthy(code == "invalid" or code == "utf8", code)
    end
    c:add { raw = "丙", id = ("x"):rep(255) }
    c:commit()
    assert.equal(2, #c)
    sound(c)
  end)

  it("stay while another source has them", function()
    local c = core.open(nil)
    c:add { raw = "共有", path = "p/1.txt" }
    c:add { raw = "共有", path = "p/2.txt" }
    assert.equal("added", c:add { raw = "不同", path = "p/1.txt" }.what)
    assert.equal(2, #c)
    sound(c)
  end)

  it("leave no orphan when removed", function()
    local c = core.open(nil)
    for k = 1, 30 do c:add { raw = ("第%d篇：检测卡口%d处。\n标题\n"):format(k, k), id = tostring(k) } end
    c:store_facts("7", "p", "1", { { type = "quantity", item = "卡口", value = 7,
      mentions = { { i = 1, j = 3, rule = "r", version = "1" } } } })
    for k = 1, 30, 2 do assert.is_true(c:remove(tostring(k))) end
    assert.equal(15, #c)
    assert.equal(15, c:count("卡口").documents)
    assert.equal(0, #c:facts())
    sound(c)
    local _, message, _, code = c:remove "1"
    assert.equal("notfound", code)
    assert.is_truthy(message:find "1")
  end)

  it("come back as they were", function()
    local raw = "<html><p>&nbsp;設（shè）立14個（gè）卡點（diǎn）</p><p>第二段</p></html>"
    local c = core.open(nil)
    c:add { raw = raw, id = "a" }
    local d, t = c:doc "a", core.clean(raw)
    assert.equal(raw, d.raw)
    assert.equal(tostring(t), tostring(d.text))
    assert.same(t:notes(), d.text:notes())
    assert.same({ t:raw(1, 6) }, { d.text:raw(1, 6) })
    local a, b = t:blocks(), d.text:blocks()
    assert.equal(#a, #b)
    for k = 1, #a do assert.same({ a[k].i, a[k].j, a[k].kind }, { b[k].i, b[k].j, b[k].kind }) end
    local i, j = d.text:find "卡点"
    assert.is_truthy(i and j)
  end)

  it("without bytes are refused, the rest goes in", function()
    local c = core.open(nil)
    c:begin()
    c:add { raw = "好的", id = "1" }
    local r, _, _, code = c:add { raw = "", id = "2" }
    if not r then assert.equal("empty", code) end
    local bad, _, _, why = c:add { path = "/nonexistent/file.txt" }
    assert.is_nil(bad)
    assert.is_truthy(why == "io" or why == "notfound")
    c:log { path = "/nonexistent/file.txt", code = why, message = "gone" }
    c:add { raw = "也好", id = "3" }
    c:commit()
    assert.is_true(#c >= 2)
    assert.equal(1, c:stats().failures)
  end)

  it("with NULs, broken bytes and other scripts are taken", function()
    local c = core.open(nil)
    for k, raw in ipairs { "a\0b\0", "\xff\xfe\xfd", "カタカナとひらがな",
                           "emoji \u{1F600} \u{1F468}\u{200D}\u{1F469}", ("x"):rep(100000),
                           "\u{10FFFF}", "\n\n\n" } do
      assert(c:add { raw = raw, id = "d" .. k })
    end
    assert.equal(1, c:count("カタカナ").hits)
    assert.equal(1, c:count("\u{1F600}").hits)
    sound(c)
  end)
end)

describe("batches", function()
  it("roll back without a trace", function()
    local c = core.open(nil)
    c:add { raw = "留下的文字", id = "1" }
    c:begin()
    c:add { raw = "消失的文字另外词语", id = "2" }
    assert.equal(2, c:count("文字").documents)
    c:rollback()
    assert.equal(1, #c)
    assert.equal(1, c:count("文字").documents)
    c:add { raw = "后来的词语另外文字", id = "3" }
    assert.equal(1, c:count("词语").documents)
    sound(c)
    c:commit() -- nothing to do without a batch
  end)

  it("are seen by a reader after the commit only, words included", function()
    local path = path_of "two.db"
    local c <close> = core.open(path, { mode = "create" })
    c:add { raw = "第一个", id = "1" }
    local reader <close> = core.open(path, { mode = "r" })
    c:begin()
    c:add { raw = "全新词汇xyzzy", id = "2" }
    assert.equal(1, #reader)
    assert.equal(0, reader:count("xyzzy").hits)
    c:commit()
    assert.equal(1, reader:count("xyzzy").hits)
    sound(reader)
  end)
end)

describe("facts", function()
  local raw = "城關鎮(zhèn)設(shè)立卡點(diǎn)153個。"
  local function fact(value)
    return { type = "quantity", item = "卡点", value = value, unit = "个", status = "ok",
             time = { from = "2020-02-06", grain = "day" }, place = { name = "城关镇", code = "411330100" },
             args = '{"note":"x"}',
             mentions = { { i = 1, j = 9, rule = "p/r", version = "1", captures = { item = { 1, 9 } } } } }
  end
  local c = core.open(nil)
  c:add { raw = raw, id = "a" }

  it("are stored with quotes, citations and ids that stay", function()
    assert.equal(1, c:store_facts("a", "p", "1", { fact(153) }))
    local f = c:facts { doc = "a", type = "quantity" }[1]
    assert.equal("卡点", f.item)
    assert.equal("integer", math.type(f.value))
    assert.equal("城关镇", f.place)
    assert.equal("2020-02-06", f.time_from)
    assert.equal(c:cite(f.cite).display, f.quote)
    assert.is_truthy(f.id:find "^q:%x+$")
    c:verdict(f.id, "ok")
    c:store_facts("a", "p", "2", { fact(154), fact(154) }) -- again, and twice: one fact
    local again = c:facts()
    assert.equal(1, #again)
    assert.same({ f.id, 154, "2", "ok", 2 },
      { again[1].id, again[1].value, again[1].pack_version, again[1].verdict, again[1].mentions })
    assert.equal(2, #c:mentions(f.id))
    c:store_facts("a", "other", "1", { fact(1) })
    assert.equal(2, #c:facts())
    c:store_facts("a", "p", "3", {})
    c:store_facts("a", "other", "2", {})
    assert.equal(0, #c:facts())
  end)

  it("become rows in two steps, for their own document alone", function()
    c:store_facts("a", "p", "1", { fact(1), fact(2) })
    local once = c:facts()
    local known = c:extraction("a", "p")
    local rows = core.fact_rows(c:text "a", known.sha256, { fact(1), fact(2) })
    assert.equal(2, #rows)
    assert.equal(1, c:store_facts("a", "p", "1", rows))
    assert.same(once, c:facts())
    assert.is_nil(c:extraction("a", "p").inputs)
    for _, ref in ipairs { "2020-02-20", false } do -- what they were made with, noted with them
      assert.equal(1, c:store_facts("a", "p", "1", rows, nil, "{}", ref or nil, "x\ny"))
      local noted = c:extraction("a", "p")
      assert.same({ "{}", "x\ny" }, { noted.inputs, noted.fired })
      assert.equal(ref or nil, noted.ref)
    end
    assert.same(once, c:facts())
    assert.equal(1, c:store_facts("a", "p", "1", rows)) -- and forgotten
    assert.is_nil(c:extraction("a", "p").inputs)
    assert.has_error(function() c:store_facts("a", "p", "1", { fact(1) }, nil, "{}", nil, "x") end)
    assert.has_error(function() c:store_facts("a", "p", "1", rows, nil, "{}") end)
    c:add { raw = "别的文件，长到足以放下它。", id = "b" }
    local r, message, _, code = c:store_facts("b", "p", "1", rows)
    assert.same({ nil, "invalid" }, { r, code })
    assert.matches("another text", message)
    assert.equal(1, #c:facts())
    c:remove "b"
    rows:close()
    assert.has_error(function() c:store_facts("a", "p", "1", rows) end)
    local none, _, _, why = core.fact_rows(c:text "a", known.sha256, { fact(1) }, { { 1, 2, "x" } })
    assert.same({ nil, "invalid" }, { none, why })
    none, _, _, why = c:text "none"
    assert.same({ nil, "notfound" }, { none, why })
  end)

  it("are grouped", function()
    c:store_facts("a", "p", "1", { fact(153) })
    c:group("checkpoint", "卡点 卡口")
    assert.equal("checkpoint", c:facts()[1].item_group)
    assert.equal(1, #c:facts { item_group = "checkpoint" })
  end)

  it("are refused with their document untouched", function()
    local bad = fact(1)
    bad.mentions[1].j = 100000
    local r, _, _, code = c:store_facts("a", "p", "1", { fact(2), bad })
    assert.is_nil(r)
    assert.equal("invalid", code)
    assert.equal(153, c:facts()[1].value)
    assert.has_error(function() c:store_facts("a", "p", "1", { { type = "x" } }) end)
    assert.has_error(function() c:facts { nonsense = "1" } end)
    local _, _, _, missing = c:store_facts("none", "p", "1", {})
    assert.equal("notfound", missing)
  end)
end)

describe("citations", function()
  local c = core.open(nil)
  c:add { raw = "一二三四五", id = "a#b" }

  it("resolve", function()
    local row = c:cite "a#b#3,9"
    assert.same({ "二三", "一", "四五" }, { row.display, row.left, row.right })
  end)

  it("say what is wrong", function()
    for citation, code in pairs { ["a#b#3,99"] = "notfound", ["x#1,2"] = "notfound",
                                  ["a#b#9,3"] = "syntax", ["a#b#1"] = "syntax", [""] = "syntax",
                                  ["#1,2"] = "syntax" } do
      local row, message, _, got = c:cite(citation)
      assert.is_nil(row)
      assert.equal(code, got, citation)
      assert.is_string(message)
    end
  end)
end)

describe("SQL", function()
  local c = core.open(nil, { fts5 = true })
  c:add { raw = "设立卡点", id = "1" }

  it("reads", function()
    local rows, columns = c:sql("select id, characters, ? as x, ? as y from documents", 1.5, nil)
    assert.same({ "id", "characters", "x", "y" }, columns)
    assert.same({ { id = "1", characters = 4, x = 1.5 } }, rows)
    -- on our connection a query is segmented as the text was
    assert.equal(1, #(c:sql("select rowid from mill_fts where mill_fts match ?", "設立卡點")))
  end)

  it("writes only when asked", function()
    for _, s in ipairs { "delete from mill_docs", "create table t(x)", "attach 'x.db' as y",
                         "pragma user_version=9", "drop table mill_docs", "begin",
                         "insert into mill_fts(mill_fts) values('delete-all')",
                         "vacuum into '/tmp/x'", "select load_extension('x')" } do
      local ok, e = pcall(c.sql, c, s)
      assert.is_false(ok, s)
      assert.is_truthy(e.code == "readonly" or e.code == "syntax" or e.code == "invalid", s)
    end
    c:sql("create table mine(x)", { write = true })
    c:sql("insert into mine values(?)", 5, { write = true })
    assert.equal(5, c:sql("select x from mine")[1].x)
    c:sql("create index on_mine on mine(x)", { write = true })
    c:sql("drop table mine", { write = true })
    raises("syntax", c.sql, c, "select 1; select 2")
    raises("syntax", c.sql, c, "selec 1")
    assert.equal(1, #c)
  end)

  it("leaves the corpus's own tables and its transaction alone", function()
    for _, s in ipairs { "delete from mill_docs", "update mill_texts set raw = ''", "commit", "rollback",
                         "savepoint a", "insert into mill_fts(mill_fts) values('delete-all')",
                         "drop view documents", "create table mill_mine(x)", "drop table MILL_facts",
                         "create index i on mill_docs(id)", "alter table mill_docs add column x",
                         "create trigger t after insert on mill_docs begin select 1; end",
                         "attach 'x.db' as y", "pragma journal_mode=delete" } do
      local e = raises("readonly", c.sql, c, s, { write = true })
      assert.is_truthy(e.message:find "corpus", s)
    end
    c:begin()
    c:add { raw = "又一件", id = "2" }
    raises("readonly", c.sql, c, "commit", { write = true })
    c:commit()
    assert.equal(2, #c)
    sound(c)
  end)
end)

describe("a corpus file", function()
  local path = path_of "good.db"
  do
    local c <close> = core.open(path, { mode = "create", fts5 = true })
    c:add { raw = "全镇设立检测卡口70处。\n標題：設立卡點", id = "1", url = "http://x" }
    c:store_facts("1", "p", "1", { { type = "check", subtype = "count", item = "m",
      mentions = { { i = 1, j = 6, rule = "r", version = "1" } } } })
  end

  it("opens in a stock SQLite, with views and word search", function()
    if not has_sqlite3 then return print "skipped: no sqlite3 shell" end
    local function sql(q) return (shell(("sqlite3 -batch '%s' \"%s\""):format(path, q))) end
    assert.equal("1\n", sql "select count(*) from mill_fts where mill_fts match '卡口'")
    assert.equal("1|http://x\n", sql "select id, url from documents")
    for _, view in ipairs { "documents", "sources", "articles", "facts_flat", "mentions", "places",
                            "checks" } do
      assert.is_nil(sql("select * from " .. view):find "Error", view)
    end
    assert.equal("ok\n", sql "pragma integrity_check")
    assert.equal("", sql "insert into mill_fts(mill_fts) values('integrity-check')")
  end)

  it("holds other tables beside its own", function()
    if not has_sqlite3 then return print "skipped: no sqlite3 shell" end
    local copy = path_of "other_tables.db"
    write(copy, read(path))
    shell(("sqlite3 '%s' 'create table notes(x); create index by_x on notes(x); analyze'"):format(copy))
    local c <close> = core.open(copy, { mode = "r" })
    assert.equal(1, #c)
  end)

  it("is opened as asked", function()
    raises("notfound", core.open, path .. "x", { mode = "rw" })
    raises("notfound", core.open, path .. "x")
    local c <close> = core.open(path, { mode = "r" })
    raises("readonly", c.add, c, { raw = "x", id = "9" })
    assert.equal(1, #c)
    assert.has_error(function() core.open(path, { mode = "x" }) end)
    c:close()
    c:close()
    assert.has_error(function() c:stats() end)
    assert.equal("textmill.corpus (closed)", tostring(c))
  end)

  it("is told from other files", function()
    local other = path_of "other.db"
    write(other, "this is a text and no database, longer than a header of 100 bytes " .. ("x"):rep(100))
    raises("format", core.open, other, { mode = "rw" })
    raises("format", core.open, other, { mode = "create" })
    write(other, "")
    raises("format", core.open, other, { mode = "r" })
    raises("format", core.open, "/tmp", { mode = "r" })
    raises("format", core.open, "/dev/null", { mode = "create" })
    if has_sqlite3 then
      os.remove(other)
      shell(("sqlite3 '%s' 'create table t(x)'"):format(other))
      raises("format", core.open, other, { mode = "create" })
    end
  end)

  it("made by a newer version, or altered, is refused", function()
    if not has_sqlite3 then return print "skipped: no sqlite3 shell" end
    for statement, code in pairs {
      ["pragma user_version=99"] = "version",
      ["create trigger evil after insert on mill_docs begin select 1; end"] = "corrupt",
      ["drop view documents"] = "corrupt",
      ["drop view documents; create view documents as select 1"] = "corrupt",
      ["create index evil on mill_docs(id) where id = abs(1)"] = "corrupt",
      ["drop table mill_fts_docsize; create view mill_fts_docsize as select 1 as id, 2 as sz"] = "corrupt",
      ["create table mill_more(x)"] = "corrupt",
    } do
      local copy = path_of "copy.db"
      write(copy, read(path))
      shell(("sqlite3 '%s' '%s'"):format(copy, statement))
      raises(code, core.open, copy, { mode = "r" })
    end
  end)

  it("with flipped bytes gives an error or a problem, never a crash", function()
    local bytes = read(path)
    local seen = 0
    math.randomseed(7)
    for _ = 1, 400 do -- most bytes are the empty ends of pages
      local copy = path_of "flip.db"
      local at = math.random(#bytes)
      local flipped = string.char(bytes:byte(at) ~ (1 << math.random(0, 7)))
      write(copy, bytes:sub(1, at - 1) .. flipped .. bytes:sub(at + 1))
      local ok, c = pcall(core.open, copy, { mode = "r" })
      if ok then
        local fine, problems = pcall(c.verify, c)
        if not fine or #problems > 0 then seen = seen + 1 end
        pcall(c.search, c, "卡口")
        pcall(c.kwic, c, "设立 -x")
        pcall(c.doc, c, "1")
        c:close()
      else
        seen = seen + 1
        assert.is_string(c.code)
      end
      os.remove(copy)
    end
    assert.is_true(seen > 5)
  end)

  it("cut off gives an error", function()
    local bytes, copy = read(path), path_of "cut.db"
    for _, n in ipairs { 1, 50, 100, 4096, 8192, 20000, #bytes - 1 } do
      write(copy, bytes:sub(1, n))
      local ok, c = pcall(core.open, copy, { mode = "r" })
      if ok then
        local fine, problems = pcall(c.verify, c)
        assert.is_true(not fine or #problems > 0, n)
        c:close()
      end
    end
  end)
end)

describe("a disk without room", function()
  it("stops with a clear error; what was committed stays", function()
    local path = path_of "full.db"
    local script = path_of "full.lua"
    write(script, ([[
      local core = require "textmill.core"
      local c = core.open(%q, { mode = "create" })
      local ok, e, n = true, nil, 0
      while ok and n < 400 do
        n = n + 1
        ok, e = pcall(c.add, c, { raw = ("文字%%d "):rep(2000):format(table.unpack((function()
          local t = {} for k = 1, 2000 do t[k] = n * 2000 + k end return t end)())), id = tostring(n) })
      end
      print(ok and "no limit" or e.code, n - 1, #c)
    ]]):format(path))
    local env = ("LUA_CPATH_5_4='%s' LUA_PATH_5_4='%s'"):format(package.cpath, package.path)
    local out = shell(("bash -c \"trap '' XFSZ; ulimit -f 3000; %s lua5.4 %s\""):format(env, script))
    local code, added, kept = out:match "(%S+)%s+(%d+)%s+(%d+)"
    assert.equal("full", code, out)
    assert.is_true(tonumber(added) > 0)
    assert.equal(added, kept)
    local c <close> = core.open(path)
    assert.equal(tonumber(kept), #c)
    sound(c)
  end)
end)

describe("the SQLite extension", function()
  it("offers the tokenizer and the functions, in a stock SQLite, from anywhere", function()
    local lib = package.searchpath("textmill_sqlite", package.cpath)
    if not has_sqlite3 or not lib then return print "skipped: no sqlite3 shell or no textmill_sqlite.so" end
    if lib:sub(1, 1) ~= "/" then lib = shell("pwd"):gsub("%s+$", "") .. "/" .. lib end
    local script = path_of "extension.sql"
    write(script, ([[
.load %s
SELECT mill_fold('設立ＡＢ'), mill_words('检测卡口70处,'), mill_fold(NULL) IS NULL;
CREATE VIRTUAL TABLE t USING fts5(body, tokenize = 'textmill');
INSERT INTO t VALUES('全村設立檢測卡口'), ('別的'), (CAST(x'ff41ff' AS TEXT)), ('');
SELECT rowid, highlight(t, 0, '[', ']') FROM t WHERE t MATCH '检测';
SELECT rowid, hex(highlight(t, 0, '[', ']')) FROM t WHERE t MATCH 'a';
INSERT INTO t(t) VALUES('integrity-check');
]]):format(lib))
    local out = shell(("cd / && sqlite3 -batch :memory: < '%s'"):format(script))
    assert.equal("设立ab|检测 卡口 70 处 ,|1\n1|全村設立[檢測]卡口\n3|FF5B415DFF\n", out)
  end)
end)
