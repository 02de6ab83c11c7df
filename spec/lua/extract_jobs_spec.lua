-- extracting with threads: the same facts, rows and numbers as without
local core = require "textmill.core"
local json = require "textmill.json"
local incremental = require "textmill.incremental"
local tm = require "textmill"

-- All that extraction writes, row by row.
local function contents(c)
  local parts = {}
  for _, query in ipairs {
    "select * from mill_facts order by fact", "select * from mill_mentions order by fact, number",
    "select * from mill_packs order by pack", "select * from mill_runs order by run",
    "select * from mill_extractions order by doc, pack" } do
    for row in c:sql(query) do parts[#parts + 1] = json.encode(row) end
  end
  return table.concat(parts, "\n")
end

local function filled(n)
  local c = tm.open(nil)
  for k = 1, n do
    local line = ("石桥镇第%d号水渠长%d米，设立%d个卡点。"):format(k, k * 7, k % 13 + 2)
    c:add { id = "d" .. k, text = line:rep(k % 4 + 1), date = k % 3 == 0 and "2021-05-01" or nil }
  end
  return c
end

local function with_file(text, f)
  local path = os.tmpname()
  os.remove(path)
  path = path .. ".lua"
  local function write(what)
    local file = assert(io.open(path, "wb"))
    file:write(what)
    file:close()
  end
  write(text)
  local ok, e = pcall(f, path, write)
  os.remove(path)
  if not ok then error(e, 0) end
end

-- Finds 卡点 and a number before it; raises where it says 5.
local pack_text <const> = [[
local P = tm.pattern
return tm.pack { "posts", version = "2", tm.rule { "posts.count",
  match = P.number:as "n" * P.measure ^ -1 * P "卡点",
  emit = function(m)
    if m.n == 5 then error("not five") end
    return { type = "quantity", item = "卡点", value = m.n, more = { 1, "x" } }
  end } }
]]

local function settings_of(pack, groups, inputs)
  return json.encode { source = pack.source, trusted = pack.trusted, groups = groups, inputs = inputs }
end

describe("extract with threads", function()
  it("writes the same rows in the same order", function()
    local serial, parallel = tm.open(nil), tm.open(nil)
    for _, c in ipairs { serial, parallel } do
      c:add "spec/fixtures/reports"
      c:userwords { add = "工作专班" }
      c:group("post", "卡点 卡口")
    end
    local a = serial:extract("zh.report", { ref_date = "2020-02-20" })
    local b = parallel:extract("zh.report", { ref_date = "2020-02-20", jobs = 3 })
    assert.equal(1, a.jobs)
    assert.is_true(b.jobs >= 1 and b.jobs <= 3)
    assert.is_true(a.facts > 100)
    for _, key in ipairs { "documents", "facts", "mentions", "errors" } do assert.same(a[key], b[key]) end
    assert.equal(contents(serial), contents(parallel))
    local again = parallel:extract("zh.report", { ref_date = "2020-02-20", jobs = 2 })
    assert.same({ 0, a.documents }, { again.documents, again.unchanged })
    assert.equal(contents(serial), contents(parallel))
  end)

  it("runs packs of files, and tells of the same errors", function()
    with_file(pack_text, function(path)
      local serial, parallel = filled(90), filled(90)
      local a, b = serial:extract(path), parallel:extract(path, { jobs = 4 })
      assert.is_true(#a.errors > 5)
      assert.same(a.errors, b.errors)
      assert.equal(contents(serial), contents(parallel))
    end)
  end)

  it("reads again what a changed pack may concern, as one thread does", function()
    with_file(pack_text, function(path, write)
      local serial, parallel = filled(60), filled(60)
      serial:extract(path)
      parallel:extract(path, { jobs = 3 })
      write((pack_text:gsub("m%.n == 5", "m.n == 6"):gsub('P "卡点",', 'P "卡点" * P "。",')))
      local a, b = serial:extract(path), parallel:extract(path, { jobs = 3 })
      assert.same({ a.documents, a.unchanged, a.facts }, { b.documents, b.unchanged, b.facts })
      assert.equal(contents(serial), contents(parallel))
    end)
  end)

  it("leaves packs made of tables to one thread", function()
    local seen = 0
    local pack = tm.pack { "own", version = "1", tm.rule { "own.rule", match = tm.pattern "卡点",
      emit = function() seen = seen + 1 return { type = "place", name = "卡点" } end } }
    local s = filled(20):extract(pack, { jobs = 4 })
    assert.equal(1, s.jobs)
    assert.equal(seen, s.mentions)
  end)

  it("stops when a callback raises, and keeps what was stored", function()
    local c = filled(120)
    assert.has_error(function()
      c:extract("zh.report", { jobs = 3, on_progress = function(done)
        if done == 20 then error("enough", 0) end
      end })
    end, "enough")
    assert.equal(20, c:sql("select count(*) as n from mill_extractions")[1].n)
    assert.equal(100, c:extract("zh.report", { jobs = 2 }).documents)
    for _, jobs in ipairs { 0, 65, 1.5, "2" } do
      assert.has_error(function() c:extract("zh.report", { jobs = jobs }) end)
    end
  end)
end)

describe("a crew", function()
  local pack, c = tm.pack "zh.report", filled(40)
  local groups = incremental.groups(c.store)
  local depends = incremental.new(pack, groups)

  local function put_all(crew)
    for k = 1, 40 do
      local id = "d" .. k
      local row = c.store:extraction(id, pack.name)
      assert.equal(k, crew:put(c.store, id, row.published, row.sha256, row.inputs, row.ref, row.fired))
    end
  end

  it("reads all by its threads, in order, when nobody helps", function()
    local crew <close> = core.crew(2, package.path, package.cpath, settings_of(pack, groups, depends.inputs))
    put_all(crew)
    for k = 1, 40 do
      local found = crew:next()
      assert.is_false(found.kept)
      assert.is_nil(found.errors)
      assert.is_true(c.store:store_facts("d" .. k, pack.name, pack.version, found.rows) > 0)
    end
    assert.is_true((crew:working()) >= 1)
    assert.has_error(function() crew:next() end)
  end)

  it("gives work to the caller, oldest first, with its text", function()
    local crew <close> = core.crew(0, package.path, package.cpath, "{}")
    put_all(crew)
    local text, number = crew:claim()
    assert.equal(1, number)
    assert.equal(tostring(c:doc "d1".text), tostring(text))
    assert.is_true(crew:ready())
    assert.is_nil(crew:next())
    assert.is_false(crew:ready())
    assert.equal(2, select(2, crew:claim()))
    local bad, _, _, code = crew:put(c.store, "none")
    assert.same({ nil, "notfound" }, { bad, code })
  end)

  it("does nothing with another pack than the caller's, and says so", function()
    local crew <close> = core.crew(1, package.path, package.cpath, settings_of(pack, groups, "others"))
    put_all(crew)
    assert.error_matches(function() crew:next() end, "another than the caller's")
    local n, problem = crew:working()
    assert.equal(0, n)
    assert.matches("another than", problem)
    local none <close> = core.crew(1, "?", "?", "{}")
    put_all(none)
    assert.error_matches(function() none:next() end, "crew_worker")
    none:close()
    assert.has_error(function() none:full() end)
  end)
end)
