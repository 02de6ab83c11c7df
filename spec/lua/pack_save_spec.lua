-- Packs written down as files: patterns print as the Lua that makes them, functions keep
-- their text, and a pack that is read again does what it did.
local tm = require "textmill"
local core = require "textmill.core"
local function_source = require "textmill.function_source"
local P = tm.pattern

local PATTERNS <const> = {
  [[P.number{min=3.25, kind="cardinal range", unit={"个", "名"}}:as"n" * P.measure^-1]],
  [[P.place{level="county township"} + P.date{grain="day"} + P.number{max=-2}]],
  [[-P"a" * #P"b" * P(1)^3 * -P(2)]],
  [[P.skip(P"a", 3) * P.re"a\\d+" * P.set{"a", "b"}]],
  [[-P"x" * (P.class"measure" + P.class"place_user")]],
  [[P{"S", S = P.V"b" * P"x", ["a"] = P"z", ["b"] = P"y", ["end"] = P"q"}]],
  [[P.same("a", "b", "tag") * P.same("a", "b", "text") * P.less("a", "b")]],
  [[(P"a"^-1):lazy() * (P"a"^{1,2})^2 * P"\"\\"]],
  [[P.after(P"x") * P.kind"han" * P.block"list" * P.sentence * P.fact"quantity"]],
  [[P.within(P"a", P"b" + P"c") * P.containing(P"a", P"b"):list"zz" * P.inside"d" * P.form"e"]],
}

local function made_of(source) return assert(load("local P = ... return " .. source))(P) end

describe("a pattern as text", function()
  it("is the Lua that makes it", function()
    for _, source in ipairs(PATTERNS) do
      assert.equal(source, core.pattern_source(made_of(source)))
    end
  end)

  it("survives operators laid around it", function()
    local around = { function(a, b) return a * b end, function(a, b) return a + b end,
                     function(a) return -a end, function(a) return #a end,
                     function(a) return (a * P "x") ^ 2 end, function(a) return ((a * P "x") ^ -3):lazy() end,
                     function(a) return (a * P "x"):as "k" end, function(a, b) return a - b end,
                     function(a, b) return P.within(a, b) end }
    local random = 7
    local function pick(list)
      random = (random * 1103515245 + 12345) & 0x7fffffff
      return list[(random >> 8) % #list + 1]
    end
    for _ = 1, 500 do
      local p = made_of(pick(PATTERNS))
      for _ = 1, 5 do p = pick(around)(p, made_of(pick(PATTERNS))) end
      local source = core.pattern_source(p)
      assert.equal(source, core.pattern_source(made_of(source)))
    end
  end)

  it("is cut where it is shown, not where it is written", function()
    local words = {}
    for k = 1, 1000 do words[k] = "word" .. k end
    local p = P.set(words)
    assert.matches("%.%.%.$", tostring(p))
    assert.is_true(#tostring(p) < 4010)
    assert.equal(core.pattern_source(p), core.pattern_source(made_of(core.pattern_source(p))))
  end)
end)

describe("a function's text", function()
  it("is found between strings, comments and other blocks", function()
    local f = function(m) -- end
      local s = "end" .. [[ end ]] .. 'a\'end'
      for _ = 1, 2 do if m then while m do m = nil end end end
      --[[ end
      ]]
      repeat s = s .. "end" until #s > 9
      return function() return s end
    end
    local text = function_source.of(f)
    assert.matches("^function%(m%) %-%- end\n", text)
    assert.matches("return function%(%) return s end\n    end$", text)
    assert.equal(f(1)(), load("return " .. text)()(1)())
  end)

  it("is not guessed", function()
    local a, b = function() return 1 end, function() return 2 end
    local text, why = function_source.of(a)
    assert.is_nil(text)
    assert.matches("two functions", why)
    assert.is_nil((function_source.of(print)))
    assert.is_nil((function_source.of(load("return function() end", "=elsewhere")())))
    assert.equal(2, b())
  end)

  it("of the prompt is that of the entry that made it", function()
    local first, second = "f = function() return 1 end", "g = function() return 2 end"
    function_source.remember(first)
    function_source.remember(second)
    local env = {}
    load(first, "=repl", "t", env)()
    load(second, "=repl", "t", env)()
    assert.equal("function() return 1 end", function_source.of(env.f))
    assert.equal("function() return 2 end", function_source.of(env.g))
  end)
end)

describe("pack:save", function()
  local path = os.tmpname()
  os.remove(path)
  path = path .. ".lua"
  after_each(function() os.remove(path) end)

  local item = P.tag "n"
  local NAMES <const> = { ["队伍"] = "team" }
  local function named(s) return NAMES[s] or s end

  local function pack()
    return tm.pack { "mine", version = "3",
      tm.rule { "count", description = 'says "how many"',
        match = P.number { kind = "cardinal" }:as "n" * P.measure * item:as "item",
        blocks = { "paragraph" },
        emit = function(m)
          return { type = "quantity", item = named(m.item), value = m.n }
        end,
        examples = { ["成立12支队伍"] = { value = 12, item = "team" } },
        counterexamples = { "第12支队伍" } },
      finish = function(_, facts)
        return facts
      end }
  end

  it("writes what reads as the same pack", function()
    assert.is_true(pack():save(path))
    local again = tm.pack(path)
    assert.equal("mine", again.name)
    assert.equal("3", again.version)
    local one = again.list[1]
    assert.equal('says "how many"', one.description)
    assert.same({ paragraph = true }, one.blocks)
    assert.equal(0, again:check().failed)
    local found = require "textmill.extract".run(again, "全镇成立12支队伍。")
    assert.equal("team", found[1].item)
    assert.is_true(again:save(path .. ".copy.lua"))
    local a, b = io.open(path):read "a", io.open(path .. ".copy.lua"):read "a"
    os.remove(path .. ".copy.lua")
    assert.equal(a, b)
  end)

  it("names a pack that textmill ships", function()
    assert.is_true(tm.pack "zh.report":save(path))
    assert.equal(#tm.pack "zh.report".list, #tm.pack(path).list)
  end)

  it("says what it cannot write, and makes no file", function()
    local function refused(fields, why)
      fields[1], fields.match = "a.b", P "x"
      local p = tm.pack { "p", tm.rule(fields) }
      local ok, message, _, code = p:save(path)
      assert.is_nil(ok)
      assert.matches(why, message)
      assert.equal("invalid", code)
      assert.is_nil(io.open(path))
    end
    local handle = io.stdout
    refused({ emit = function()
      return handle
    end }, "a.b.emit.handle: a userdata")
    refused({ emit = function() return (function() end)() end, examples = {} }, "two functions")
    refused({ emit = print }, "its text is not known")
    rawset(_G, "a_global", { name = "x" })
    refused({ emit = function()
      return { type = "x", name = a_global.name } -- luacheck: globals a_global
    end, examples = { ["x"] = { type = "x" } } }, "examples fail")
    rawset(_G, "a_global", nil)
  end)

  it("says where it could not be written", function()
    local ok, message, _, code = pack():save("/nowhere/at/all.lua")
    assert.is_nil(ok)
    assert.matches("/nowhere/at/all.lua", message)
    assert.equal("io", code)
    assert.has_error(function() pack():save "mine.txt" end)
    assert.has_error(function() pack():save() end)
  end)
end)
