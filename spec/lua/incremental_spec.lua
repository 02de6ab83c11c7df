-- A pack runs again only where something its facts depend on has changed.

local tm = require "textmill"
local fingerprint = require "textmill.fingerprint"
local inputs = require "textmill.inputs"
local P = tm.pattern

local PAGES <const> = { a = "全乡共3户搬迁。", b = "水库放水,村民转移。", c = "本月7户入住,9人返乡。" }

local function corpus()
  local c = tm.open(nil)
  for _, id in ipairs { "a", "b", "c" } do c:add { id = id, text = PAGES[id] } end
  return c
end

-- A pack of counted things; each run of a rule is noted in `read`.
local function pack(units, o)
  o = o or {}
  local list = { "mine", version = o.version or "1", finish = o.finish }
  for _, unit in ipairs(units) do
    list[#list + 1] = tm.rule { "count." .. unit, match = P.number:as "n" * P(unit),
      emit = o[unit] or function(m) return { type = "quantity", value = m.n, unit = unit } end }
  end
  return tm.pack(list)
end

local function said(s) return ("%d %d %d"):format(s.documents, s.unchanged, s.facts) end

local function values(c)
  local out = {}
  for f in c:facts {} do out[#out + 1] = f.doc .. f.value .. f.unit end
  table.sort(out)
  return table.concat(out, " ")
end

describe("a fingerprint", function()
  local function rule(n) return function() return n end end

  it("follows code, upvalues, tables and patterns, not line numbers", function()
    assert.equal((fingerprint.of(rule(1))), (fingerprint.of(rule(1))))
    assert.not_equal((fingerprint.of(rule(1))), (fingerprint.of(rule(2))))
    assert.equal((fingerprint.of(load "return 1 + 1")), (fingerprint.of(load "\n\n\nreturn 1 + 1")))
    assert.not_equal((fingerprint.of(load "return 1 + 1")), (fingerprint.of(load "return 1 + 2")))
    assert.equal((fingerprint.of { b = 1, a = { true } }), (fingerprint.of { a = { true }, b = 1 }))
    assert.not_equal((fingerprint.of { a = { true } }), (fingerprint.of { a = { false } }))
    assert.not_equal((fingerprint.of(P "户")), (fingerprint.of(P "人")))
  end)

  it("ends where tables hold themselves", function()
    local t = {}
    t.self = t
    assert.equal(16, #fingerprint.of(t))
  end)

  it("of shipped rules is the same before and after they ran", function()
    for _, name in ipairs { "zh.report", "zh.tender", "en.report" } do
      local p, before = tm.pack(name), {}
      for k, r in ipairs(p.list) do before[k] = fingerprint.of(r) end
      local text = tm.clean "柳河镇镇长周某某说,全镇35个村共有12户搬迁。Mayor Ann Lee opened 12 schools."
      require "textmill.extract".run(p, text, {})
      for _, path in ipairs { "full/d01_deluge", "full_fifth/m02_swine", "full_fourth/k03_ledger" } do
        require "textmill.extract".run(p, inputs.read("spec/fixtures/facts/" .. path .. ".txt"), {})
      end
      for k, r in ipairs(p.list) do assert.equal(before[k], (fingerprint.of(r)), r.name) end
    end
  end)
end)

describe("c:extract", function()
  it("forgets what no document's facts were made with any more", function()
    local c <close> = corpus()
    local runs <const> = "select run from mill_runs"
    c:extract(pack { "户" })
    assert.equal(1, #c:sql(runs))
    c:extract(pack { "户", "人" })
    assert.equal(1, #c:sql(runs))
    c:extract(tm.pack { "other", version = "1", tm.rule { "r", match = P "水库", emit = function() end } })
    assert.equal(2, #c:sql(runs))
    assert.equal("0 3 0", said(c:extract(pack { "户", "人" })))
  end)

  it("passes over documents that another process removes meanwhile", function()
    local extraction, incremental = require "textmill.extraction", require "textmill.incremental"
    local c <close> = corpus()
    c:add { id = "d", text = "共8户。" }
    local depends = incremental.new(tm.pack(pack { "户" }), "")
    local store = setmetatable({
      ids = function() return { "a", "gone", "b", "c", "d" } end,
      text = function(_, number) if number == 2 then c:remove "b" end return c.store:text(number) end,
      store_facts = function(_, number, ...)
        if number == 3 then c:remove "c" end
        return c.store:store_facts(number, ...)
      end }, { __index = function(_, name)
        return function(_, ...) return c.store[name](c.store, ...) end
      end })
    local told = {}
    extraction.serially(store, depends, {}, function(id, n, _, errors)
      told[#told + 1] = { id, n, errors }
    end)
    c.store:note_extraction(3, "mine", "{}", nil, "")
    assert.same({ { "a", 1, {} }, { "d", 1, {} } }, told)
    assert.equal("a3户 d8户", values(c))
  end)

  it("reads a document once while nothing changes, and new ones", function()
    local c <close> = corpus()
    assert.equal("3 0 3", said(c:extract(pack { "户", "人" })))
    assert.equal("0 3 0", said(c:extract(pack { "户", "人" })))
    c:add { id = "d", text = "又有2户。" }
    local s = c:extract(pack { "户", "人" })
    assert.equal("1 3 1", said(s))
    assert.matches("; 3 documents unchanged$", tostring(s))
    assert.equal("a3户 c7户 c9人 d2户", values(c))
    assert.equal("4 0 4", said(c:extract(pack { "户", "人" }, { again = true })))
  end)

  it("reads again where a changed rule found something, then or now", function()
    local c <close> = corpus()
    c:extract(pack { "户", "人" })
    local doubled = { ["人"] = function(m) return { type = "quantity", value = 2 * m.n, unit = "人" } end }
    assert.equal("1 2 2", said(c:extract(pack({ "户", "人" }, doubled))))
    assert.equal("a3户 c18人 c7户", values(c))
    local none = { ["人"] = function() return nil end }
    assert.equal("1 2 1", said(c:extract(pack({ "户", "人" }, none))))
    assert.equal("a3户 c7户", values(c))
    assert.equal("1 2 2", said(c:extract(pack({ "户", "人" }, doubled))))
  end)

  it("knows rules that come, go and change places", function()
    local c <close> = corpus()
    c:extract(pack { "户" })
    assert.equal("1 2 2", said(c:extract(pack { "户", "人" })))
    assert.equal("1 2 1", said(c:extract(pack { "户" })))
    assert.equal("0 3 0", said(c:extract(pack { "户", "次" })))
    c:extract(pack { "户", "人" })
    assert.equal("3 0 3", said(c:extract(pack { "人", "户" })))
  end)

  it("reads everything when the finish, the version, the date or the groups change", function()
    local c <close> = corpus()
    c:extract(pack { "户" })
    assert.equal("3 0 2", said(c:extract(pack({ "户" }, { finish = function(_, facts) return facts end }))))
    assert.equal("3 0 2", said(c:extract(pack({ "户" }, { version = "2" }))))
    assert.equal("3 0 2", said(c:extract(pack({ "户" }, { version = "2" }), { ref_date = "2021-03-04" })))
    assert.equal("0 3 0", said(c:extract(pack({ "户" }, { version = "2" }), { ref_date = "2021-03-04" })))
    c:group("water", "水库 河道")
    assert.equal("3 0 2", said(c:extract(pack({ "户" }, { version = "2" }), { ref_date = "2021-03-04" })))
  end)

  it("reads everything when a changed rule looks at what others found", function()
    local function with(n)
      return tm.pack { "mine", version = "1",
        tm.rule { "count.户", match = P.number:as "n" * P "户",
          emit = function(m) return { type = "quantity", value = m.n, unit = "户" } end },
        tm.rule { "sum", scan = function(_, facts)
          for _, f in ipairs(facts) do f.value = f.value + n end
        end } }
    end
    local c <close> = corpus()
    c:extract(with(0))
    assert.equal("3 0 2", said(c:extract(with(1))))
    assert.equal("a4户 c8户", values(c))
  end)

  it("reads again what user words cut anew, and what had errors", function()
    local c <close> = corpus()
    c:extract(pack { "户", "人" })
    c:userwords { add = "户入住" }
    assert.equal("1 2 1", said(c:extract(pack { "户", "人" })))
    assert.equal("a3户 c9人", values(c))
    local bad = { ["人"] = function(m) error("no " .. m.n) end }
    assert.equal(1, #c:extract(pack({ "户", "人" }, bad)).errors)
    assert.equal(1, #c:extract(pack({ "户", "人" }, bad)).errors)
  end)

  it("keeps its notes in the file, and one for each pack", function()
    local path = os.tmpname()
    os.remove(path)
    do
      local c <close> = tm.open(path, { mode = "create" })
      c:add { id = "a", text = PAGES.a }
      c:extract(pack { "户" })
    end
    local c <close> = tm.open(path, { mode = "rw" })
    assert.equal("0 1 0", said(c:extract(pack { "户" })))
    assert.equal("1 0 1", said(c:extract "zh.report"))
    assert.equal("0 1 0", said(c:extract "zh.report"))
    c:remove "a"
    c:add { id = "a", text = PAGES.a }
    assert.equal("1 0 1", said(c:extract(pack { "户" })))
    assert.equal(0, #c:verify())
    for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  end)

  it("reads again where the notes are not such", function()
    local path = os.tmpname()
    os.remove(path)
    if not os.execute "sqlite3 -version > /dev/null 2>&1" then return pending "no sqlite3 command" end
    do
      local c <close> = tm.open(path, { mode = "create" })
      c:add { id = "a", text = PAGES.a }
    end
    for _, notes in ipairs { "", "[", "7", "{}", '{"rules":7}', '{"rules":[7]}', '{"rules":[[7]]}' } do
      do
        local c <close> = tm.open(path, { mode = "rw" })
        c:extract(pack { "户" })
      end
      assert(os.execute(("sqlite3 %s \"update mill_runs set inputs = '%s' where run = (select run from "
        .. "mill_extractions)\""):format(path, notes:gsub('"', '\\"'))))
      local c <close> = tm.open(path, { mode = "rw" })
      assert.equal("1 0 1", said(c:extract(pack { "户" })), notes)
    end
    for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  end)
end)
