-- Facts of a file of schema 7, which had a row for each mention: read as they are, moved when
-- the file is written.
local core = require "textmill.core"

local has_sqlite3 = os.execute "sqlite3 -version > /dev/null 2>&1"
local path = os.tmpname()

local function remove_files()
  for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
end

local function fact(i, more)
  local f = { type = "place", place = { name = "石桥村", code = tostring(i) }, args = '{"n":1}',
              mentions = { { i = i, j = i + 2, rule = "p/a", version = "1",
                             captures = { name = { i, i + 2 } } } } }
  for _, at in ipairs(more or {}) do table.insert(f.mentions, { i = at, j = at + 2, rule = "p/b" }) end
  return f
end

local questions <const> = {
  "select * from facts_flat order by doc, raw_from, raw_to, id, pack",
  "select * from mentions order by doc, raw_from, raw_to, fact",
  "select * from places order by code", "select * from checks order by id",
  "select a.id as one, b.id as other, kind from mill_links l join mill_facts a on a.fact = l.fact"
    .. " join mill_facts b on b.fact = l.other",
}

local function all_of(c)
  local out = {}
  for k, sql in ipairs(questions) do out[k] = c:sql(sql) end
  out.stats = c:stats()
  out.stats.schema = nil
  local scope, documents = c:scope { { key = "place", "14" } }
  assert.equal(1, documents)
  out.in_place = c:within(scope, "stats").mentions
  out.facets = select(3, c:search("卡口", { facets = { "place" } }))
  return out
end

-- A file of schema 7, and what was in it before. d2 has facts of two packs, and links.
local function make_older()
  remove_files()
  local c = core.open(path, { mode = "create" })
  for k = 1, 3 do
    c:add { raw = ("第%d期：全镇设立检测卡口处，石桥村修路。\n"):format(k):rep(3), id = "d" .. k }
  end
  assert.equal(2, c:store_facts("d1", "p", "1", { fact(1, { 5, 11 }), fact(5) }))
  c:store_facts("d2", "p", "1", { fact(5), fact(1, { 17 }) }, { { 1, 2, "same_as" } })
  c:store_facts("d2", "other", "3", { fact(1), fact(14) })
  c:verdict(c:facts { doc = "d1" }[1].id, "accepted")
  local before = all_of(c)
  c:close()
  local pipe <close> = io.popen(("sqlite3 -bail %s < spec/fixtures/schema7.sql 2>&1"):format(path))
  assert.equal("", (pipe:read "a"))
  return before
end

describe("facts of schema 7", function()
  teardown(remove_files)

  it("are read as they are", function()
    if not has_sqlite3 then return pending "no sqlite3 command" end
    local before = make_older()
    local c <close> = core.open(path, { mode = "r" })
    assert.equal("7", c:stats().schema)
    assert.equal(1, #c:sql "select 1 from sqlite_schema where name = 'mill_mentions_fact'")
    assert.same(before, all_of(c))
    assert.same({}, c:verify())
  end)

  it("move when the file is written", function()
    if not has_sqlite3 then return pending "no sqlite3 command" end
    local before = make_older()
    local c <close> = core.open(path, { mode = "rw" })
    assert.equal("10", c:stats().schema)
    assert.same({}, c:sql("select 1 from sqlite_schema where name = 'mill_mentions_fact' "
      .. "or name like '%older%'"))
    assert.same(before, all_of(c))
    assert.same({}, c:verify())
    c:store_facts("d2", "p", "2", { fact(8) })
    assert.equal(5, #c:facts {})
    assert.equal(0, #c:sql "select * from mill_links")
    c:remove "d2"
    assert.equal(2, #c:facts {})
    assert.same({}, c:verify())
  end)

  it("move under views that somebody else made of them", function()
    if not has_sqlite3 then return pending "no sqlite3 command" end
    make_older()
    os.execute(("sqlite3 %s 'create view mine as select id, quote from facts_flat; create view rough as"
      .. " select f.id, m.quote from mill_facts f join mill_mentions m using(fact)'"):format(path))
    local c <close> = core.open(path, { mode = "rw" })
    assert.equal(6, #c:sql "select * from mine where quote is not null")
    assert.is_true(#c:sql "select * from rough" > 0)
    assert.same({}, c:verify())
  end)

  it("in two forms are refused", function()
    if not has_sqlite3 then return pending "no sqlite3 command" end
    make_older()
    os.execute(("sqlite3 %s 'drop index mill_mentions_fact'"):format(path))
    local ok, e = pcall(core.open, path, { mode = "rw" })
    assert.is_false(ok)
    assert.equal("corrupt", e.code)
    assert.matches("facts in two forms", e.message)
  end)
end)

describe("facts of a damaged file", function()
  teardown(remove_files)

  it("are an error that names the fact", function()
    if not has_sqlite3 then return pending "no sqlite3 command" end
    local tm = require "textmill"
    local wrong = { args = { "3", "{", "[1", "x'ff'" }, captures = { "5", "{", '{"name":1}' } }
    for column, values in pairs(wrong) do
      for _, value in ipairs(values) do
        remove_files()
        local c = core.open(path, { mode = "create" })
        c:add { raw = "全镇设立检测卡口处，石桥村修路。\n", id = "d" }
        c:store_facts("d", "p", "1", { fact(1) })
        c:close()
        value = value:find "^x'" and value or "'" .. value .. "'"
        local sql = ("update mill_facts set %s = %s"):format(column, value)
        assert(os.execute(("sqlite3 %s %q"):format(path, sql)))
        local corpus <close> = tm.open(path)
        local ok, e = pcall(function() return corpus:facts {}[1].mentions end)
        assert.is_false(ok)
        assert.equal("corrupt", e.code)
        assert.matches("^fact l:%x+: its %a+ are damaged$", tostring(e))
      end
    end
  end)
end)
