-- Files of older schemas: read as they are, brought up to date when they are written.
local core = require "textmill.core"

local has_sqlite3 = os.execute "sqlite3 -version > /dev/null 2>&1"
local path = os.tmpname()

local function texts()
  local list = {}
  for k = 1, 30 do
    list[k] = ("第%d期：全镇设立检测卡口%d处，石桥村修路%d米。\n"):format(k, k, k * 7):rep(3)
  end
  return list
end

local function rows(c, sql)
  local out = {}
  for _, row in ipairs(c:sql(sql)) do
    local keys = {}
    for key, value in pairs(row) do keys[#keys + 1] = key .. "=" .. tostring(value) end
    table.sort(keys)
    out[#out + 1] = table.concat(keys, " ")
  end
  return out
end

-- (id, text, tag, kind) of each word, from the chunks that hold them.
local function words(c)
  local list = {}
  for _, row in ipairs(c:sql "select first, words from mill_vocabulary order by first") do
    local s, at = row.words, 1
    while at <= #s do
      local tag, kind, n, shift = s:byte(at), s:byte(at + 1), 0, 0
      at = at + 2
      repeat
        local byte = s:byte(at)
        n, shift, at = n | (byte & 127) << shift, shift + 7, at + 1
      until byte < 128
      list[#list + 1] = { s:sub(at, at + n - 1), tag, kind }
      at = at + n
    end
  end
  return list
end

local OF_DOC <const> = " REFERENCES mill_docs ON DELETE CASCADE"

-- What schema 5 had: words one a row, foreign keys everywhere, numbers from SQLite.
local function statements(list)
  local sql = { "begin; drop table mill_vocabulary; create table mill_words(word INTEGER PRIMARY KEY,"
    .. " text BLOB NOT NULL, tag INTEGER NOT NULL, kind INTEGER NOT NULL);" }
  for id, w in ipairs(list) do
    sql[#sql + 1] = ("insert into mill_words values(%d, x'%s', %d, %d);"):format(id,
      w[1]:gsub(".", function(ch) return ("%02x"):format(ch:byte()) end), w[2], w[3])
  end
  sql[#sql + 1] = "alter table mill_sources rename to s;" .. [[
create table mill_sources(
  source INTEGER PRIMARY KEY,
  doc INTEGER NOT NULL]] .. OF_DOC .. [[,
  id TEXT, path TEXT, url TEXT, date TEXT,
  meta TEXT);
insert into mill_sources select source, doc, id, path, url, date, meta from s; drop table s;
CREATE INDEX mill_sources_doc ON mill_sources(doc);
CREATE INDEX mill_sources_path ON mill_sources(path) WHERE path IS NOT NULL;
CREATE INDEX mill_sources_id ON mill_sources(id) WHERE id IS NOT NULL;
delete from mill_segments; delete from mill_postings;
delete from mill_meta where key like 'last%';
insert into sqlite_sequence values('mill_docs', 100), ('mill_articles', 200);
pragma writable_schema = on;
update sqlite_schema set sql = replace(sql, 'CREATE TABLE "mill_', 'CREATE TABLE mill_');
update sqlite_schema set sql = replace(sql, 'create table', 'CREATE TABLE');
update sqlite_schema
  set sql = replace(sql, 'doc INTEGER PRIMARY KEY,  ', 'doc INTEGER PRIMARY KEY AUTOINCREMENT,  ')
  where name = 'mill_docs';
update sqlite_schema
  set sql = replace(sql, 'doc INTEGER PRIMARY KEY', 'doc INTEGER PRIMARY KEY]] .. OF_DOC .. [[')
  where name in ('mill_texts', 'mill_forward');
update sqlite_schema set sql = replace(replace(sql, 'PRIMARY KEY', 'PRIMARY KEY AUTOINCREMENT'),
  'doc INTEGER NOT NULL', 'doc INTEGER NOT NULL]] .. OF_DOC .. [[') where name = 'mill_articles';
update sqlite_schema set sql = replace(sql, 'doc INTEGER NOT NULL', 'doc INTEGER NOT NULL]] .. OF_DOC .. [[')
  where name = 'mill_metadata';
update mill_meta set value = '5' where key = 'schema';
commit; pragma writable_schema = reset; pragma user_version = 5;
]]
  return table.concat(sql, "\n")
end

local function make_older()
  for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  local c = core.open(path, { mode = "create" })
  for k, text in ipairs(texts()) do c:add { raw = text, id = "d" .. k, path = "p/" .. k } end
  local before = { words = words(c), sources = rows(c, "select * from sources"), stats = c:stats() }
  c:close()
  local script = path .. ".sql"
  local f <close> = assert(io.open(script, "w"))
  f:write("pragma legacy_alter_table = on; pragma foreign_keys = off;\n", statements(before.words))
  f:close()
  local pipe <close> = io.popen(("sqlite3 -bail %s < %s 2>&1"):format(path, script))
  assert.equal("", (pipe:read "a"))
  os.remove(script)
  return before
end

describe("a file of schema 5", function()
  teardown(function()
    for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  end)

  it("is read as it is", function()
    if not has_sqlite3 then return pending "no sqlite3 command" end
    local before = make_older()
    local c <close> = core.open(path, { mode = "r" })
    assert.equal("5", c:stats().schema)
    assert.equal(before.stats.words, c:stats().words)
    assert.equal(90, c:count("卡口").hits)
    assert.same(before.sources, rows(c, "select * from sources"))
    assert.same({}, c:verify())
  end)

  it("is brought up to date when it is written", function()
    if not has_sqlite3 then return pending "no sqlite3 command" end
    local before = make_older()
    local c = core.open(path, { mode = "rw" })
    assert.equal("10", c:stats().schema)
    assert.same({}, c:verify())
    assert.same(before.words, words(c))
    assert.equal(90, c:count("卡口").hits)
    c:add { raw = "新来的一篇：卡口一处。", id = "new" }
    -- no number is given twice
    assert.same({ "doc=101" }, rows(c, "select doc from mill_docs where id = 'new'"))
    c:add { raw = texts()[1], id = "again", path = "q/1" }
    assert.same({ "doc=d1 id=again path=q/1", "doc=d1 id=d1 path=p/1" },
      rows(c, "select doc, id, path from sources where doc = 'd1' order by id"))
    c:remove "d2"
    c:add { raw = "另一篇。", path = "p/3" } -- replaces d3
    assert.same({}, c:verify())
    assert.equal(85, c:count("卡口").hits)
    c:close()
    local again <close> = core.open(path, { mode = "rw" })
    again:add { raw = "最后一篇。" }
    assert.same({}, again:verify())
    assert.equal(31, #again)
  end)
end)

describe("a file of schema 6", function()
  teardown(function()
    for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  end)

  -- It lacks nothing: its segments only have no blocks of bits, and stay.
  it("is read as it is, and keeps its segments when it is written", function()
    if not has_sqlite3 then return pending "no sqlite3 command" end
    for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
    local c = core.open(path, { mode = "create" })
    for k, text in ipairs(texts()) do c:add { raw = text, id = "d" .. k } end
    local segments = rows(c, "select segment, words, posting_bytes from mill_segments")
    c:close()
    assert(os.execute(("sqlite3 %s \"pragma user_version = 6; update mill_meta set value = '6'"
      .. " where key = 'schema'\""):format(path)))
    local read = core.open(path, { mode = "r" })
    assert.equal("6", read:stats().schema)
    assert.equal(90, read:count("卡口").hits)
    read:close()
    local written <close> = core.open(path, { mode = "rw" })
    assert.equal("10", written:stats().schema)
    assert.same(segments, rows(written, "select segment, words, posting_bytes from mill_segments"))
    assert.equal(90, written:count("卡口").hits)
    assert.same({}, written:verify())
  end)
end)
