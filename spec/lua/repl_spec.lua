-- the prompt: entries, values, errors, completion, piped input, help.

local help = require "textmill.help"
local inspect = require "textmill.inspect"
local repl = require "textmill.repl"
local tm = require "textmill"

local function session()
  local env, out = repl.environment(tm.open(nil)), {}
  local function run(text)
    out = {}
    local state = repl.run(text, env, function(s) out[#out + 1] = s end)
    return table.concat(out, "\n"), state
  end
  return run, env
end

describe("entries", function()
  it("show what expressions give, nothing for statements", function()
    local run = session()
    assert.equal("3", (run "1 + 2"))
    assert.equal("3", (run "= 1 + 2"))
    assert.equal("", (run "x = 1"))
    assert.equal("1\tnil\ta", (run "x, nil, 'a'"))
    assert.equal("", (run ""))
    assert.equal("", (run "-- said nothing"))
  end)
  it("remember the last value", function()
    local run = session()
    run "{7}"
    assert.equal("7", (run "_[1]"))
  end)
  it("go on over lines while they are unfinished", function()
    local run = session()
    for _, text in ipairs { "for k = 1, 2 do", "1 +", "f {", "x = [[a", "tm.number(" } do
      assert.equal("more", select(2, run(text)), text)
    end
    assert.equal("2", (run "1 +\n1"))
  end)
  it("say what went wrong, and the session goes on", function()
    local run = session()
    assert.matches("^error: .*global 'nope'", (run "nope.x"))
    assert.equal("error: unexpected symbol near ')'", (run ")"))
    assert.equal("error: line 2: no", (run "do\nerror 'no' end"))
    assert.equal("error: {code = 1}", (run "error {code = 1}"))
    assert.equal("error: nil", (run "error()"))
    assert.matches("^error: .*bad", (run "setmetatable({}, {__tostring = function() error 'bad' end})"))
    assert.matches("error: query", (run "c:search '('"))
    assert.is_false(select(2, run "nope()"))
    assert.equal("4", (run "2 + 2"))
  end)
  it("say what is wrong with names, not where in textmill that was noticed", function()
    local run = session()
    run "c = tm.open(nil)"
    for entry, message in pairs {
      ["c:extract 'zh.reprot'"] = "zh.reprot: there is no pack of this name",
      ["c:extract()"] = "a pack is expected: its name, a .lua file or a table",
      ["c:facts 'quantity'"] = "facts: a table {type=, place=, ...} expected",
      ["c.facts {type = 'quantity'}"] = "a corpus is expected before a colon: c:facts{}, not c.facts{}",
    } do
      assert.equal("error: " .. message, (run(entry)))
    end
    assert.matches("^error: no 'plce' to choose by", (run "c:where {plce = 'x'}"))
  end)
end)

describe("values", function()
  it("of texts are one line about them", function()
    local t = tm.clean "一个词"
    assert.matches("^textmill%.text%(9 bytes raw", inspect.value(t))
    assert.equal("一个词", tostring(t))
    local c = tm.open(nil)
    c:add { id = "a", text = "一个词\n两个词" }
    assert.matches("^textmill%.doc%(a: textmill%.text%([^\n]+$", inspect.value(c:doc "a"))
  end)
  it("that are lists of rows are tables that line up", function()
    local shown = inspect.value { { name = "甲镇", value = 3 }, { name = "长名字", value = 12 } }
    assert.equal("name    value\n甲镇        3\n长名字     12", shown)
  end)
  it("that are tables are shown one level deep, keys in order", function()
    assert.equal('{"a", 2, true}', inspect.value { "a", 2, true })
    assert.equal('{b = {...}, z = "x"}', inspect.value { z = "x", b = { c = {} } })
    assert.equal("{}", inspect.value {})
    local many = {}
    for k = 1, 100 do many["k" .. k] = k end
    assert.matches("60 more", inspect.value(many))
  end)
  it("never drive the terminal", function()
    local hostile = "a\27[2J\7\xc2\x9b31m\xff\0"
    for _, v in ipairs { hostile, { hostile }, { { text = hostile } } } do
      local shown = inspect.value(v)
      assert.not_matches("[%z\1-\8\11-\31\127]", shown)
      assert.not_matches("\xc2\x9b", shown)
      assert(utf8.len(shown))
    end
    assert.equal("a\\x1b[2J\\x07\\x9b31m\\xff\\x00", inspect.value(hostile))
  end)
  it("that are long are cut between characters", function()
    local shown = inspect.value(("字"):rep(5000))
    assert(#shown < 4100 and utf8.len(shown))
    assert.matches("more", shown)
  end)
  it("that are functions say their name", function()
    assert.equal("function tm.clean: help(tm.clean)", inspect.value(tm.clean))
    assert.matches("corpus:kwic", inspect.value(tm.open(nil).kwic))
  end)
end)

describe("completion", function()
  local _, env = session()
  env.t = tm.clean "一个词"
  env.r = tm.open(nil):docs()
  local function first(word) return repl.candidates(word, env)[1] end
  it("knows names, fields and methods", function()
    assert.same({ "tm.normalize", "tm.number" }, repl.candidates("tm.n", env))
    assert.equal("c:kwic", first "c:kw")
    assert.equal("t:blocks", first "t:bl")
    assert.equal("t.charset", first "t.char")
    assert.equal("P.quantity", first "P.quan")
    assert.equal("r:save", first "r:sa")
    assert.equal("string.format", first "string.fo")
  end)
  it("offers methods alone behind a colon, nothing private, nothing for nothing", function()
    for _, name in ipairs(repl.candidates("t:", env)) do assert.not_equal("t:charset", name) end
    for _, name in ipairs(repl.candidates("r.", env)) do assert.not_matches("_$", name) end
    assert.same({}, repl.candidates("nope.x.y", env))
    assert.same({}, repl.candidates("c.x.y.z", env))
  end)
end)

describe("help", function()
  it("lists every function of the module", function()
    for name in pairs(tm) do
      if name ~= "pattern" then assert.matches("tm%." .. name .. "%f[^%w_]", help.text()) end
    end
  end)
  it("finds functions, methods, classes, values and names", function()
    local c = tm.open(nil)
    for expected, x in pairs {
      ["tm.clean(raw"] = tm.clean, ["corpus:kwic(query"] = c.kwic, ["text:find(s"] = tm.clean("x").find,
      ["textmill.corpus"] = c, ["textmill.result"] = c:docs(), ["textmill.text"] = tm.clean "x",
      ["textmill.patterns"] = tm.pattern, ["textmill.module"] = tm, ["textmill.pattern\n"] = tm.pattern "x",
      ["corpus:search(query"] = "c:search", ["text:blocks("] = "t:blocks", ["P.skip("] = "P.skip",
      ["P.number  pattern"] = "P.number", ["textmill.fact"] = "fact", ["result:save("] = "result:save",
      ["textmill.rule"] = "rule", ["match:info("] = "m:info",
    } do
      local page = help.text(x)
      assert(page:sub(1, #expected) == expected, ("%s, not %s"):format(page:match "[^\n]*", expected))
    end
  end)
  it("lists all that a name may mean", function()
    local page = help.text "find"
    assert.matches("text:find", page)
    assert.matches("pattern:find", page)
  end)
  it("suggests", function()
    assert.matches("did you mean tm%.clean", help.text "claen")
    assert.matches("corpus:kwic", help.text "c:kwik")
    assert.matches("help%(%) lists", help.text "xyzzyxyzzy")
    assert.matches("nil", help.text(nil))
    assert.matches("no help for this number", help.text(1))
    assert.matches("no help for this table", help.text {})
  end)
  it("fits the screen", function()
    for _, item in ipairs(require "textmill.annotations".read().items) do
      for line in help.text(item.name):gmatch "[^\n]+" do
        assert(line:find "^  " or #line < 130, line)
      end
    end
  end)
end)

describe("textmill repl", function()
  local function run(input, arguments)
    local path = os.tmpname()
    local f <close> = io.open(path, "wb")
    f:write(input)
    f:flush()
    local pipe = io.popen(("build/bin/textmill repl %s < %s 2>&1"):format(arguments or "", path))
    local out = pipe:read "a"
    local _, _, status = pipe:close()
    os.remove(path)
    return out, status
  end
  it("runs piped input without prompts", function()
    assert.same({ "3\nok\n", 0 }, { run "1 + 2\nfor k = 1, 1 do\nprint 'ok'\nend\n" })
  end)
  it("goes on after errors and says so at the end", function()
    assert.same({ "error: attempt to call a nil value (global 'nope')\n2\n", 1 }, { run "nope()\n2" })
  end)
  it("tells input that ends too early", function()
    local out, status = run "for k = 1, 2 do\n"
    assert.equal(1, status)
    assert.matches("ends in the middle", out)
  end)
  it("prints a transcript", function()
    assert.equal("> {\n>> 1}\n{1}\n> nope.x\nerror: attempt to index a nil value (global 'nope')\n",
      (run("{\n1}\nnope.x\n", "--echo")))
  end)
  it("opens a corpus, or says why not", function()
    assert.matches("textmill.corpus%(in memory", (run "tm.open(nil)\n"))
    local out, status = run("1\n", "README.md")
    assert.equal(3, status)
    assert.matches("README.md", out)
  end)
end)
