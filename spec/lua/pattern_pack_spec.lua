-- Patterns where many of them run: sets, packs, facts of earlier rules, limits, and why
-- there is no fact.
local tm = require "textmill"
local core = require "textmill.core"
local extract = require "textmill.extract"
local P = tm.pattern

local report = "全村设立检测卡口70处,组织工作人员345人。2月5日起,现有24个卡点,王芳镇长在沙河村值守至16:30。\n"

local function spans(list)
  local out = {}
  for k, m in ipairs(list) do out[k] = tostring(m) end
  return table.concat(out, " | ")
end

describe("a set of patterns", function()
  local patterns = { P.quantity:as "q", P"卡点", P.inside"卡", P.tag"n v"^{ 1, 3 }, P.date, P.person, P.place,
    P.number:as "n" * P(1)^-2 * (P"卡点" + P"卡口"):as "item", P.after "," * P(1), P.class "measure",
    P.re "[0-9]+", P.skip(P"人", 4), P"没有这个词" * P(1)^0, P(true) }

  it("finds what each of them finds", function()
    local text = tm.clean(report:rep(20))
    local lists = core.pattern_set(patterns):matches(text)
    for k, p in ipairs(patterns) do
      local alone = {}
      for m in p:gmatch(text) do alone[#alone + 1] = m end
      assert.equal(spans(alone), spans(lists[k]), tostring(p))
    end
  end)

  it("gives up for one pattern alone, naming the place", function()
    local slow = (P(1)^0 * P(1)^0 * #P"b")
    local lists, failures = core.pattern_set { slow, P"a" }:matches(("a "):rep(300), { max_steps = 5000 })
    assert.equal(300, #lists[2])
    assert.equal("limit", failures[1].code)
    assert.matches("steps", failures[1].message)
    assert.is_nil(failures[2])
  end)

  it("takes nothing else", function()
    assert.error_matches(function() core.pattern_set { "x" } end, "pattern")
    assert.equal(0, #core.pattern_set {})
    assert.same({}, (core.pattern_set {}:matches "x"))
  end)
end)

describe("patterns over tokens", function()
  it("see the words they are", function()
    local s = "会议在上海外滩举行,共70处"
    for _, o in ipairs { {}, { numbers = "split" } } do
      local t = tm.tokens(s, o)
      for k = 1, #t do
        local i, j = t:span(k)
        local m = P(1):match(t, i)
        if m then assert.same({ i, j }, { m.i, m.j }) end
      end
    end
    local own = tm.lexicon()
    own:add("海外滩", { force = true })
    assert.is_nil(P"海外滩":find(tm.tokens(s)))
    assert.is_number((P"海外滩":find(tm.tokens(s, { lexicon = own }))))
    assert.equal("共", P(1):match(tm.tokens(tm.clean "﹝共﹞七十處"), 4):text())
  end)
end)

-- A rule that makes a fact of the first match of a pattern.
local function rule(name, p, o)
  local kind = o and o.type or "section"
  return tm.rule { name, match = p, emit = function(m) return { type = kind, name = m:text() } end }
end

local function names(facts)
  local list = {}
  for k, f in ipairs(facts) do list[k] = f.name end
  return table.concat(list, "|")
end

describe("rules of a pack", function()
  it("see the facts of the rules before", function()
    local pack = tm.pack { "p", rule("a", P"卡口" + P"卡点", { type = "place" }),
                           rule("b", P.fact "place" * P.number) }
    assert.equal("卡口70|卡口|卡点", names((extract.run(pack, report))))
    pack = tm.pack { "p", rule("b", P.fact "place" * P.number), rule("a", P"卡口", { type = "place" }) }
    assert.equal("卡口", names((extract.run(pack, report))))
  end)

  it("are passed over where nothing they need stands", function()
    local asked = 0
    local function scan() asked = asked + 1 end
    local pack = tm.pack { "p", tm.rule { "a", scan = scan, needs = { "严禁", "卡口" } },
                           tm.rule { "b", scan = scan, needs = { "严禁" } } }
    extract.run(pack, report)
    assert.equal(1, asked)
    assert.has_error(function() tm.rule { "a", scan = scan, patterns = { "x" } } end)
  end)

  it("give the same with and without the one pass", function()
    local pack = tm.pack "zh.report"
    local together = extract.run(pack, report)
    local apart = {}
    for _, r in ipairs(pack.list) do
      if r.name:find "^time" then
        for _, f in ipairs((extract.run(pack, report, { only = r.name }))) do apart[#apart + 1] = f.quote end
      end
    end
    for _, q in ipairs(apart) do
      local seen = false
      for _, f in ipairs(together) do seen = seen or f.quote == q end
      assert.is_true(seen, q)
    end
    assert.is_true(#apart > 0)
  end)
end)

describe("rules that raise", function()
  local function half_way(k)
    return tm.rule { "half" .. k, match = P"a", emit = function(m)
      if m.i > 1 then error { code = "mine", message = "no " .. k, position = m.i } end
      return { type = "step", item = "half" }
    end }
  end
  local function named(list, key)
    local out = {}
    for k, one in ipairs(list) do out[k] = one[key]:match "[^/]*$" end
    return table.concat(out, " ")
  end

  it("are passed over with what they found, and only they", function()
    local broken = tm.rule { "broken", scan = function() return 1 + {} end }
    local pack = tm.pack { "p", half_way(1), rule("first", P"a"), broken, half_way(2), rule("last", P"a") }
    for _, max_ms in ipairs { 0, 10000 } do
      local facts, errors, doc = extract.run(pack, "a a", { max_ms = max_ms > 0 and max_ms or nil })
      assert.equal("first last first last", named(facts, "rule"))
      assert.equal("half1 broken half2", named(errors, "rule"))
      assert.same({ "mine", "rule", "mine" }, { errors[1].code, errors[2].code, errors[3].code })
      assert.same({ "no 1", 3 }, { errors[1].message, errors[1].position })
      assert.same({ half1 = true, first = true, broken = true, half2 = true, last = true }, doc.fired)
    end
  end)

  it("are passed over where they are the last ones, or all", function()
    local _, errors = extract.run(tm.pack { "p", half_way(1), half_way(2) }, "a a")
    assert.equal("half1 half2", named(errors, "rule"))
    _, errors = extract.run(tm.pack { "p", half_way(1), half_way(2) }, "a a", { only = "half2" })
    assert.equal("half2", named(errors, "rule"))
  end)
end)

describe("limits of a pack", function()
  local slow = P(1)^0 * P(1)^0 * #P"b"
  local found = rule("good", P"a")

  it("stop a pattern by its steps", function()
    local pack = tm.pack { "p", rule("slow", slow), found }
    local facts, errors = extract.run(pack, ("a "):rep(300), { max_steps = 5000 })
    assert.equal(300, #facts)
    assert.equal("slow", errors[1].rule)
    assert.equal("limit", errors[1].code)
    assert.is_number(errors[1].position)
  end)

  it("stop Lua by the clock", function()
    local function forever() while true do end end
    local pack = tm.pack { "p", found, tm.rule { "endless", scan = forever }, rule("late", P"a") }
    local facts, errors = extract.run(pack, "a", { max_ms = 30 })
    assert.equal(1, #facts)
    assert.equal("endless", errors[1].rule)
    assert.equal("limit", errors[1].code)
    assert.is_nil(debug.gethook())
  end)

  it("hold for matching alone", function()
    local nested = #(P(1)^0 * P(1)^0 * P(1)^0 * #P"b")
    local i, message, _, code = nested:find(("a "):rep(3000), 1, { max_ms = 5, max_steps = 1 << 60 })
    assert.is_nil(i)
    assert.equal("limit", code)
    assert.matches("too long", message)
    assert.has_error(function() P"a":find("a", 1, { max_ms = -1 }) end)
  end)
end)

describe("why", function()
  local c = tm.open(nil)
  c:add { text = "2020年1月20日,李庄镇开会。2月3日,全镇设立检测卡口70处,有24个检测点。", id = "x" }
  c:extract "zh.report"
  local mine = tm.pack { "mine", rule("teams", P.number * P"队"),
    rule("checkpoint", P.number:as "n" * P(1)^-1 * (P"卡点" + P"关口")) }

  it("names the rule that came closest, and its part", function()
    local said = c:why("有24个检测点", mine)
    assert.matches("^no rule of mine matches\n  checkpoint: stopped at 检测 %(part 3: not 卡点|关口%)", said)
    assert.matches("FAILED here", said)
    assert.matches("\n  teams: stopped at 个 %(part 2: not 队%)", said)
  end)

  it("looks where the citation says", function()
    local f = c:facts { item = "检测点" }[1]
    assert.matches("there is one: quantity 检测点", c:why(f.cite, "zh.report"))
    assert.matches("^no rule of mine matches at " .. f.cite:gsub("%p", "%%%0"), c:why(f.cite, mine))
  end)

  it("and explain cite what was inherited", function()
    local f = c:facts { item = "检测点" }[1]
    local where = c:explain(f):match "place  李庄镇.-named at (%S-)%)"
    assert.equal("李庄镇", (c:cite(where)))
    for t in c:facts { type = "time" } do
      if t.quote == "2月3日" then
        assert.equal("2020年1月20日", (c:cite(c:explain(t):match "year   of .-, named at (%S+)")))
      end
    end
  end)
end)
