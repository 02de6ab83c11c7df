-- From filter on: its inputs and outputs, where a fact comes from, two runs held against
-- each other, tables for other databases.

local columns = require "textmill.columns"
local differences = require "textmill.differences"
local json = require "textmill.json"
local tm = require "textmill"

local samples = require "textmill.demo".samples()

local folder = os.tmpname()
os.remove(folder)
assert(os.execute("mkdir " .. folder))
teardown(function() os.execute("rm -r " .. folder) end)

local function read(path)
  local f <close> = assert(io.open(path, "rb"))
  return f:read "a"
end

local function write(path, bytes)
  local f <close> = assert(io.open(path, "wb"))
  f:write(bytes)
  return path
end

-- run "arguments" -> stdout, stderr, exit status
local function run(arguments, input)
  write(folder .. "/in", input or "")
  local _, _, status = os.execute(("build/bin/textmill %s < %s/in > %s/out 2> %s/err")
    :format(arguments, folder, folder, folder))
  return read(folder .. "/out"), read(folder .. "/err"), status
end

-- Lines of tm.filter over an input.
local function filtered(o)
  local out = {}
  o.output = function(line) out[#out + 1] = line end
  local summary = tm.filter(o)
  return out, summary
end

describe("tm.filter", function()
  it("takes a path, paths or an iterator, and gives the same lines", function()
    local path = write(folder .. "/in.ndjson", '{"id":"a","text":"全镇设置36个水位点"}\n{"id":"b","text":""}\n')
    local lines = filtered { input = path }
    assert.equal(2, #lines)
    assert.same(lines, (filtered { input = { path } }))
    local k, docs = 0, { { id = "a", raw = "全镇设置36个水位点", meta = {} }, { id = "b", raw = "", meta = {} } }
    assert.same(lines, (filtered { input = function()
      k = k + 1
      return docs[k]
    end }))
  end)

  it("writes to a path, a file or a function", function()
    local lines = table.concat((filtered { input = samples }))
    local path = folder .. "/out.ndjson"
    tm.filter { input = samples, output = path, pack = "zh.report" }
    assert.equal(lines, read(path))
    local f = assert(io.open(path, "wb"))
    tm.filter { input = samples, output = f }
    assert.equal("file", io.type(f)) -- whose file it is closes it
    f:close()
    assert.equal(lines, read(path))
  end)

  it("raises on what it does not know", function()
    assert.has_error(function() tm.filter { inptu = samples } end)
    assert.has_error(function() tm.filter { input = samples } end)
    assert.has_error(function() tm.filter { output = print } end)
    assert.has_error(function() tm.filter { input = samples, output = folder .. "/no/such/folder" } end)
  end)

  it("stops patterns at max_steps, and says which limit it was", function()
    local lines, summary = filtered { input = samples, max_steps = 5 }
    assert(summary.limit > 0)
    local line = json.decode(lines[1])
    assert.same({ "limit", "extract" }, { line.status, line.error.stage })
  end)

  it("begins a line with what it is about, and a fact, too", function()
    local line = filtered { input = samples .. "/04_drought.txt" }[1]
    assert.matches('^{"id":"[^"]*","sha256":"%x+","status":"ok","build":"[^"]*","meta":{', line)
    assert.matches('{"id":"q:%x+","type":"quantity","item":"水泵","value":84,"unit":"台","place":"石门镇"', line)
  end)
end)

describe("textmill filter --explain", function()
  local input = '{"id":"7","text":"石门镇设置36个水位观测点。"}\n{"id":"8","text":"石门镇设置36个水位观测点!"}\n'

  it("says where a fact comes from, by the beginning of its id", function()
    local id = (run("filter --explode", input)):match '"id":"(q:%x+)"'
    local out, err, status = run("filter --explain " .. id, input)
    assert.same({ "", 0 }, { err, status })
    assert.matches("^fact " .. id .. "  quantity  item=水位观测点 value=36", out)
    assert.matches("rule zh.report/quantity", out)
    assert.matches("7#15,35", out, 1, true)
    local both = run("filter --explain q:", input)
    assert.equal(2, select(2, both:gsub("fact q:", "")))
  end)

  it("says that there is none, status 1", function()
    local out, err, status = run("filter --explain q:0000nothing", input)
    assert.same({ "", 1 }, { out, status })
    assert.matches("no fact 'q:0000nothing' in 2 documents", err)
  end)
end)

-- differences of two lists of lines
local function of(old, new, o)
  local function each(list)
    local k = 0
    return function()
      k = k + 1
      return list[k] and (type(list[k]) == "string" and list[k] or json.encode(list[k]))
    end
  end
  return differences.of(each(old), each(new), o)
end

local function fact(id, kind, t)
  local f = { id = id, type = kind, quote = "q", raw = json.array { 1, 2 }, rule = "p/r", version = "1" }
  for key, value in pairs(t or {}) do f[key] = value end
  return f
end

local function line(id, facts, t)
  local l = { id = id, status = "ok", meta = {}, facts = json.array(facts) }
  for key, value in pairs(t or {}) do l[key] = value end
  return l
end

describe("differences", function()
  it("of equal runs are none", function()
    local lines = filtered { input = samples }
    local d = of(lines, lines)
    assert.equal(0, #d.rows)
    assert.matches("^10 docs: (%d+) %-> %d+ facts%. no difference, 0 newly failing docs$", tostring(d))
    assert.equal(d.before, d.after)
  end)

  it("count what came, went and changed, by type", function()
    local old = { fact("1", "quantity", { value = 1 }), fact("2", "person"), fact("3", "place") }
    local new = { fact("1", "quantity", { value = 2 }), fact("3", "place"), fact("4", "quantity") }
    local d = of({ line("a", old) }, { line("a", new) })
    assert.equal("1 doc: 3 -> 3 facts. -1 person, +1 ~1 quantity, 0 newly failing docs", tostring(d))
    local seen = {}
    for row in d.rows do seen[row.change .. " " .. row.type] = row end
    assert.equal("value 1 -> 2", seen["changed quantity"].difference)
    assert.equal("a#1,2", seen["came quantity"].cite)
    assert.truthy(seen["went person"])
    assert.equal(3, #d.rows)
  end)

  it("pass over the rule's number, and take facts of one id one by one", function()
    local twice = { fact("1", "step"), fact("1", "step") }
    assert.equal(0, #of({ line("a", twice) }, { line("a", twice) }).rows)
    local once = { fact("1", "step", { version = "2", rule = "p/other" }) }
    local d = of({ line("a", twice) }, { line("a", once) })
    assert.same({ { type = "step", came = 0, went = 1, changed = 0 } }, d.types)
  end)

  it("name documents that fail now, not those that failed before", function()
    local bad = { status = "error", error = { code = "x", message = "no good" } }
    local d = of({ line("a", {}), line("b", {}, bad) }, { line("a", {}, bad), line("b", {}, bad) })
    assert.same({ { doc = "a", message = "no good" } }, d.failing)
    assert.matches("1 newly failing docs$", tostring(d))
  end)

  it("keep some examples and count all", function()
    local many = {}
    for k = 1, 50 do many[k] = fact("n" .. k, "time") end
    local d = of({ line("a", {}) }, { line("a", many) }, { examples = 7 })
    assert.same({ 7, 50 }, { #d.rows, d.types[1].came })
  end)

  it("are of runs over the same documents only", function()
    for message, pair in pairs {
      ["not runs over the same documents"] = { { line("a", {}) }, { line("b", {}) } },
      ["the new run ends before line 2"] = { { line("a", {}), line("b", {}) }, { line("a", {}) } },
      ["line 1 of the old run is no line of filter"] = { { "[1]" }, { line("a", {}) } },
    } do
      local ok, e = pcall(of, pair[1], pair[2])
      assert.is_false(ok)
      assert(e:find(message, 1, true), e)
    end
  end)

  it("textmill diff prints a line and writes the examples", function()
    local one = fact("1", "person", { name = "<b>&" })
    local old = write(folder .. "/old", json.encode(line("a", { one })) .. "\n")
    local new = write(folder .. "/new", json.encode(line("a", {}, { status = "limit" })) .. "\n")
    local page = folder .. "/d.html"
    local out, err, status = run(("diff %s %s --save %s"):format(old, new, page))
    assert.equal(("1 doc: 1 -> 0 facts. -1 person (see %s), 1 newly failing docs\n"):format(page), out)
    assert.same({ "textmill: a: limit\n", 1 }, { err, status })
    assert(read(page):find("&lt;b&gt;&amp;", 1, true))
    assert.same({ "", 0 }, { select(2, run(("diff %s %s"):format(old, old))) })
    assert.equal(3, select(3, run(("diff %s %s/none"):format(old, folder))))
  end)
end)

describe("schema", function()
  -- one line a fact, of facts of every kind
  local exploded = {}
  setup(function()
    for _, l in ipairs(filtered { input = samples, explode = true }) do exploded[#exploded + 1] = l end
    assert(#exploded > 100)
  end)

  it("for sqlite makes a table that takes every line, by the way it describes", function()
    local ddl = columns.schema "sqlite"
    local commands = {}
    for command in ddl:gmatch "%-%-   ([^\n]+)" do commands[#commands + 1] = command end
    write(folder .. "/facts.ndjson", table.concat(exploded))
    write(folder .. "/load.sql", ddl .. table.concat(commands, "\n") .. "\n.mode list\n"
      .. "select count(*), count(distinct id), sum(value), min(raw_from) from facts;\n"
      .. "select item, value, unit, place from facts where quote = '水泵84台';\n")
    local shell <close> = assert(io.popen(("cd %s && sqlite3 facts.db < load.sql"):format(folder)))
    local said = shell:read "a"
    local sum, ids, n = 0, {}, 0
    for _, l in ipairs(exploded) do
      local f = json.decode(l)
      sum = sum + (math.type(f.value) and f.value or 0)
      n = n + (ids[f.id] and 0 or 1)
      ids[f.id] = true
    end
    local all, distinct, total, from = said:match "^(%d+)|(%d+)|([%d.]+)|(%d+)\n"
    assert.same({ #exploded, n, 0 }, { tonumber(all), tonumber(distinct), tonumber(from) })
    assert.near(sum, tonumber(total), 1e-6)
    assert.matches("\n水泵|84.0|台|石门镇\n", said, 1, true)
  end)

  it("names the same columns for every database", function()
    for _, name in ipairs { "postgres", "clickhouse", "duckdb", "sqlite" } do
      local ddl = columns.schema(name)
      for _, c in ipairs(columns.list) do
        assert(ddl:find("\n  " .. c[1] .. " %u*%l*"), name .. ": " .. c[1])
      end
      assert.equal(select(2, ddl:gsub("%(", "")), select(2, ddl:gsub("%)", "")))
    end
  end)

  it("for json-schema requires what every line of filter has, and types what it has", function()
    local schema = json.decode(columns.schema "json-schema")
    local of_fact = schema.properties.facts.items
    local function kind(v)
      if json.is_array(v) then return "array" end
      return type(v) == "table" and "object" or type(v)
    end
    local function check(value, s, where)
      for _, key in ipairs(s.required or {}) do assert(value[key] ~= nil, where .. key) end
      for key, v in pairs(value) do
        local expected = (s.properties or {})[key]
        local wanted = expected and type(expected.type) == "string" and expected.type
        if wanted then assert.equal(wanted == "integer" and "number" or wanted, kind(v), where .. key) end
      end
    end
    for _, l in ipairs(filtered { input = samples }) do
      local value = json.decode(l)
      check(value, schema, "")
      for _, f in ipairs(value.facts) do check(f, of_fact, f.type .. ".") end
    end
  end)

  it("is asked for by name", function()
    local out, _, status = run "schema --for postgres"
    assert.same({ columns.schema "postgres", 0 }, { out, status })
    for message, arguments in pairs { ["for what"] = "", ["none of postgres"] = "--for oracle" } do
      local _, err, got = run("schema " .. arguments)
      assert.equal(2, got)
      assert.matches(message, err)
    end
  end)
end)
