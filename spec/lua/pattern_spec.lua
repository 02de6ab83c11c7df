-- tm.pattern: the language of patterns, seen from Lua
local tm = { pattern = require "textmill.core".pattern }
local core = require "textmill.core"
local P = tm.pattern

-- text of the first match, or nil
local function first(p, s, init)
  local i, j = p:find(s, init)
  return i and s:sub(i, j)
end

local function all(p, s)
  local list = {}
  for m in p:gmatch(s) do list[#list + 1] = s:sub(m.i, m.j) end
  return table.concat(list, "|")
end

local report = "全村设立检测卡口70处,组织工作人员345人。现有24个卡点,153个小区卡点"

describe("pattern atoms", function()
  it("match runs of whole tokens", function()
    assert.are.equal("卡口", first(P"卡口", report))
    assert.are.equal("卡点|卡点", all(P"卡点", report)) -- 卡 and 点 are tokens of their own
    assert.is_nil(first(P"工作人", report))
    assert.are.equal("工作人", first(P.inside"工作人", report))
    assert.are.equal("检测卡口", first(P"检测卡口", report))
  end)

  it("match traditional, full-width and upper case alike", function()
    assert.are.equal("設立", first(P"设立", "全村設立"))
    assert.are.equal("设立", first(P"設立", "全村设立"))
    assert.are.equal("ＡＢＣ", first(P"abc", "在ＡＢＣ公司"))
  end)

  it("count tokens and stop at line breaks", function()
    assert.are.equal("全村设立", first(P(2), report))
    assert.is_nil(first(P"全村" * P(1) * P"卡口", "全村\n卡口"))
    assert.are.equal("卡口", first(P"卡口" * P(-1), "卡口设立\n卡口\n"))
    assert.is_nil(P(false):find(report))
    assert.are.equal(1, (P(true):find(report)))
  end)

  it("know tags, kinds, classes, sets and regular expressions", function()
    assert.are.equal("设立", first(P.tag"v", report))
    assert.are.equal("检测", first(P.tag"vn t", report))
    assert.are.equal("70", first(P.kind"number", report))
    assert.are.equal("卡口", first(P.set{ "卡点", "卡口" }, report))
    assert.are.equal("卡点", first(P.set{ "卡", "卡点" }, "卡点")) -- the longest
    assert.are.equal("工作人员", first(P.re"工.*员", report))
    assert.is_nil(P.re"作":find(report)) -- whole tokens only
  end)

  it("know sentences", function()
    assert.are.equal("现有", first(P.sentence * P"现有", report))
    assert.is_nil((P"设立" * P.skip(P"卡点", 20)):find(report)) -- not over the sentence's end
    assert.are.equal("设立检测卡口70处", first(P"设立" * P.skip(P"处", 5), report))
    assert.is_nil((P"设立" * P.skip(P"处", 2)):find(report))
  end)

  it("pass over blanks between tokens", function()
    assert.are.equal("设立 14", first(P"设立" * P.kind"number", "全村设立 14 个"))
    local m = (P"设立" * P.kind"number":as "n"):match("设立 14")
    assert.are.equal("14", m.n)
  end)
end)

describe("pattern operators", function()
  it("are LPeg's, with strings and numbers as patterns", function()
    assert.are.equal("设立检测", first("设立" * P"检测", report))
    assert.are.equal("卡口", first(P"没有" + "卡口", report))
    assert.are.equal("设立", first(P.tag"v vn n" - P"全村", report))
    assert.are.equal("设立检测卡口", first(P"设立" * P.tag"vn ns"^1, report))
    assert.are.equal("设立检测", first(P"设立" * P.tag"vn ns"^-1, report))
    assert.are.equal("全村设立", first(P(1)^{ 2, 2 }, report))
    assert.are.equal("设立", first(P"设立" * #P"检测", report))
    assert.is_nil((P"设立" * -P"检测"):find(report))
    assert.are.equal("设立检测卡口", first(P"设立" * (P(1)^0):lazy() * P"卡口", report))
  end)

  it("give back what follows needs", function()
    assert.are.equal("153个小区卡点", first(P"153" * P(1)^-6 * P"点", report))
    assert.are.equal("小区卡点", first(P.tag"n"^-3 * P"卡点" * P(-1), report))
  end)

  it("look behind", function()
    local ordinal = P.after(P"第") * P.kind"number"
    assert.is_nil(ordinal:find "有14个")
    assert.are.equal("小区", first(P.after(P"153" * P"个") * P.tag"n", report))
    assert.is_nil((-P.after(P"个") * P"小区"):find(report))
  end)

  it("look around spans", function()
    local brackets = P"(" * (P(1) - P")")^0 * P")"
    local s = "村(镇,村)村(乡)"
    local i = P.within(P"村", brackets):find(s)
    assert.are.equal(9, i) -- the one between brackets
    assert.are.equal("(乡)", first(P.containing(brackets, P"乡"), s))
  end)

  it("compare captures", function()
    local twice = P.tag"n":as "a" * P(1) * P.tag"n":as "b" * P.same("a", "b")
    assert.are.equal("学校、学校", first(twice, "医院、学校、学校"))
    local rising = P.number:as "a" * P"、" * P.number:as "b" * P.less("a", "b")
    assert.are.equal("14、70", first(rising, "24、14、70"))
  end)

  it("make grammars", function()
    local nested = P{ "list", list = P"(" * (P.V"list" + P.kind"han")^0 * P")" }
    assert.are.equal("(甲(乙)(丙))", first(nested, "丁(甲(乙)(丙))("))
  end)
end)

describe("matches", function()
  local item = (P"卡点" + P"卡口"):as "item"

  it("give positions, values and everything known", function()
    local m = (P.number:as "n" * P(1):as "unit" * item):match(report, (report:find("24", 1, true)))
    assert.are.equal(25, m.n + 1)
    assert.are.equal("integer", math.type(m.n))
    assert.are.equal("个", m.unit)
    assert.are.equal("卡点", m.item)
    assert.are.equal("24个卡点", report:sub(m.i, m.j))
    assert.are.same({ report:find("24", 1, true) }, { m:span "n" })
    local info = m:info "n"
    assert.are.equal(24, info.value)
    assert.are.equal("number", info.type)
    assert.are.equal("24", info.text)
    assert.are.same({ "n", "unit", "item" }, m:names())
    assert.is_nil(m.missing)
    assert.is_nil(m:info "missing")
    assert.is_truthy(tostring(m):find("n=24", 1, true))
  end)

  it("collect lists", function()
    local p = P.tag"n":list "things" * (P"、" * P.tag"n":list "things")^0
    local m = p:match "学校、医院、商店"
    assert.are.same({ "学校", "医院", "商店" }, m.things)
    assert.are.same({ 10, 15 }, { m:span("things", 2) })
  end)

  it("show the display form of traditional text", function()
    local m = (P"设立" * P.number:as "n"):match "設立１４個"
    assert.are.equal("设立14", m:text())
    assert.are.equal(14, m.n)
    assert.are.equal(12, m.j)
  end)

  it("are anchored for match, searched for find, none overlapping for gmatch", function()
    assert.is_nil(P"卡口":match(report))
    assert.is_not_nil(P"全村":match(report))
    assert.is_nil(P"卡点":find(report, -1))
    assert.is_nil(P"卡点":find(report, #report + 2))
    assert.are.equal("卡点|卡点", all(P"卡点", report))
    assert.are.equal("ab|ab", all(P.inside"ab", "ababx"))
  end)

  it("come from texts, with positions of their clean form", function()
    local t = core.clean("<p>設(shè)立14個(gè)卡點(diǎn)</p>")
    local m = (P"设立" * P.number:as "n"):match(t)
    assert.are.equal(14, m.n)
    assert.are.equal("設立14", tostring(t):sub(m.i, m.j))
  end)

  it("are as many as plain search finds, for P.inside", function()
    local state = 7
    local function below(n)
      state = (state * 1103515245 + 12345) % 2147483648
      return state // 65536 % n + 1
    end
    local words = { "检测", "工作", "作人", "人员", "卡点", "点", "个", "7", "70处", "a", "ab", "bab", "设立检" }
    local pieces = { "检测", "工作人员", "卡点", "卡", "个", "70处", "ab", "b", "a", "设立", "、", " ", "。" }
    for _ = 1, 300 do
      local text = {}
      for k = 1, below(20) do text[k] = pieces[below(#pieces)] end
      local s, w = table.concat(text), words[below(#words)]
      local expected, found, from = {}, {}, 1
      while true do
        local i, j = s:find(w, from, true)
        if not i then break end
        expected[#expected + 1] = i
        from = j + 1
      end
      for m in P.inside(w):gmatch(s) do found[#found + 1] = m.i end
      assert.are.same(expected, found, w .. " in " .. s)
    end
  end)
end)

describe("recognisers", function()
  local item = (P"卡点" + P"卡口"):as "item"

  it("are patterns, with options or without", function()
    local before = P.number:as "n" * P.measure^-1 * P.tag"n"^-2 * item
    local behind = P.tag"vn"^-1 * item * P.number:as "n" * P.measure^-1
    assert.are.equal("检测卡口70处|24个卡点|153个小区卡点", all(before + behind, report))
    assert.are.equal("345|153", all(P.number{ min = 100 }, report))
    assert.are.equal("70|24", all(P.number{ min = 20, max = 100 }, report))
    assert.are.equal("70", all(P.number{ unit = "处" }, report))
    assert.are.equal("24|153", all(P.number{ unit = { "个" } }, report))
    assert.are.equal("14", all(P.number{ kind = "cardinal" }, "第3个到14个"))
  end)

  it("give numbers, dates and everything they found", function()
    local m = select(3, P.quantity:as "q":find "现有三百余个网格")
    local info = m:info "q"
    assert.are.equal("number", type(m.q))
    assert.are.same({ "over", 301, 399 }, { info.approx, info.lo, info.hi })
    m = select(3, P.date:as "d":find "截至2020年2月4日")
    assert.are.equal("2020-02-04", tostring(m.d))
    assert.are.equal("day", m:info "d".grain)
    m = select(3, P.place:as "where":find "住在河南省")
    assert.are.equal("河南省", m.where)
    assert.is_string(m:info "where".code)
  end)

  it("take dates without a year from the context", function()
    local s = "到2月4日为止"
    assert.are.equal("XXXX-02-04", tostring(select(3, P.date:as "d":find(s)).d))
    core.pattern_context(s, { ref = "2020-02-26" })
    assert.are.equal("2020-02-04", tostring(select(3, P.date:as "d":find(s)).d))
  end)
end)

describe("facts and blocks", function()
  it("stand where the context says", function()
    local i, j = report:find("卡口", 1, true)
    core.pattern_context(report, { facts = { { type = "gate", i = i, j = j } } })
    assert.are.equal("卡口70", first(P.fact"gate" * P.number, report))
    assert.is_nil(P.fact"person":find(report))
  end)

  it("are paragraphs in plain strings", function()
    assert.are.equal("卡口", first(P.block"paragraph" * P"卡口", report))
    assert.is_nil((P.block"heading" * P"卡口"):find(report))
  end)
end)

describe("mistakes in patterns", function()
  local function message(f)
    local ok, e = pcall(f)
    assert.is_false(ok)
    return tostring(e)
  end

  it("raise, naming what and where", function()
    assert.matches("pattern_spec.lua:%d+: unknown tag 'zebra'", message(function() return P.tag"n zebra" end))
    assert.matches("unknown kind 'x'", message(function() return P.kind"x" end))
    assert.matches("no class is named", message(function() return P.class" " end))
    assert.matches("unknown block 'x'", message(function() return P.block"x" end))
    assert.matches("unknown option 'mim'", message(function() return P.number{ mim = 1 } end))
    assert.matches("only recognisers take options", message(function() return P"x"{ min = 1 } end))
    assert.matches("would never end", message(function() return (P"x"^0)^0 end))
    assert.matches("P\"x\"^1", message(function() return P.after(P"x"^1) end))
    assert.matches("'a' is left recursive", message(function() return P{ "a", a = P"x"^-1 * P.V"a" } end))
    assert.matches("V'b', which is not defined", message(function() return P{ "a", a = "x" * P.V"b" } end))
    assert.matches("starts with 'a'", message(function() return P{ "a", b = P"x" } end))
    assert.matches("outside of the grammar", message(function() return P.V"a":find "x" end))
    assert.matches("nothing is captured", message(function() return P.same("a", "b"):find "x" end))
    assert.matches("bad regular expression", message(function() return P.re"(" end))
    assert.matches("'info' is a field of every match", message(function() return P"x":as "info" end))
    assert.matches("unknown option", message(function() return P"x":find("x", 1, { steps = 1 }) end))
  end)

  it("are no mistakes of the data", function()
    local i, m, position, code = P"x":find "a\xff"
    assert.is_nil(i)
    assert.is_string(m)
    assert.are.same({ 2, "utf8" }, { position, code })
    assert.has_error(function() P"x":gmatch "a\xff" end)
  end)

  it("end at the step limit, with its code", function()
    local p = #((P"a" + P"b")^0 * (P"a" + P"b")^0 * (P"a" + P"b")^0 * P"x")
    local s = ("a "):rep(2000)
    local i, m, _, code = p:find(s, 1, { max_steps = 10000 })
    assert.is_nil(i)
    assert.matches("too many steps", m)
    assert.are.equal("limit", code)
    local ok, e = pcall(function() p:gmatch(s, 1, { max_steps = 10000 })() end)
    assert.is_false(ok)
    assert.are.equal("limit", e.code)
  end)
end)

describe("traces", function()
  local item = (P"卡点" + P"卡口"):as "item"

  it("name the part that failed furthest", function()
    local t = (P.number:as "n" * P(1) * item):trace(report)
    assert.is_true(t.matched)
    t = (P.number:as "n" * P(1) * item * P"关闭"):trace(report)
    assert.is_false(t.matched)
    assert.are.equal(4, t.part)
    assert.matches("part 1  number", tostring(t))
    assert.matches("n=24", tostring(t))
    assert.matches("part 4  关闭 .* FAILED here", tostring(t))
  end)

  it("say what was recognised but is not wanted", function()
    local function refusal(p, s) return tostring(p:trace(s)):match "FAILED here(: [%a ,]+)" end
    local text = "全镇共12个网格"
    assert.matches("another value", refusal(P.number { min = 100 } * P.measure, text))
    assert.matches("another kind", refusal(P.number { kind = "ordinal" } * P"个", text))
    assert.matches("another unit", refusal(P"共" * P.quantity { unit = "名" }, text))
    assert.is_nil(refusal(P"共" * P.quantity * P"会议", text))
    assert.is_nil(refusal(P"全镇" * P.number { min = 100 }, text)) -- none stands there
  end)

  it("say when only a token boundary was in the way", function()
    local t = (P"组织" * P"工作" * P"人员"):trace(report)
    assert.is_true(t.boundary)
    assert.matches("P.inside\"工作\" would match it", tostring(t))
  end)

  it("say where a missing word stands", function()
    local t = (P.number * P(1) * P"卡口"):trace("设立卡口70处,24个")
    assert.matches("卡口 stands %d tokens? BEFORE", tostring(t))
  end)

  it("take any text", function()
    assert.is_string(tostring(P"x":trace ""))
    assert.is_string(tostring(P.inside"b":trace "abc"))
    assert.is_string(tostring((P(true)):trace " \n "))
  end)
end)

describe("printing", function()
  it("shows patterns as they are written", function()
    local p = P.number:as "n" * P.measure^-1 * (P"a" + (P.inside"b" - P.tag"n v"))^{ 1, 2 }
    assert.are.equal('P.number:as"n" * P.measure^-1 * (P"a" + -P.tag"n v" * P.inside"b")^{1,2}', tostring(p))
  end)
end)

-- Every word of the lexicon, or one in so many of them: TEXTMILL_WORDS=all in test-long.
describe("P.inside", function()
  local every = os.getenv "TEXTMILL_WORDS" == "all" and 1 or 499

  -- where the word stands in the text, one occurrence behind the other
  local function occurrences(s, w)
    local list, p = {}, 1
    while true do
      local i, j = s:find(w, p, true)
      if not i then return table.concat(list, " ") end
      list[#list + 1] = i .. "-" .. j
      p = j + 1
    end
  end

  it("of a word finds it exactly where it stands in the folded text", function()
    local words, near, n = {}, {}, 0
    for line in io.lines "csrc/data/words/dict.txt" do
      n = n + 1
      near[(n - 1) % 50 + 1] = line:match "^%S+"
      if n % every == 0 then
        local w = core.normalize(line:match "^%S+", "fold")
        -- it, its parts, doubled and beside others: boundaries fall everywhere
        words[#words + 1] = w
        local parts = { w, w:sub(1, utf8.offset(w, 2) - 1), w .. w, w:sub(utf8.offset(w, -1)) }
        for k = 1, 8 do parts[#parts + 1] = near[(n * k) % #near + 1] end
        for k = #parts, 2, -1 do
          local at = (n * 7 + k * 31) % k + 1
          parts[k], parts[at] = parts[at], parts[k]
        end
        local s = core.normalize(table.concat(parts), "fold")
        local found = {}
        for m in P.inside(w):gmatch(s) do found[#found + 1] = m.i .. "-" .. m.j end
        assert.equal(occurrences(s, w), table.concat(found, " "), w .. " in " .. s)
      end
    end
    assert.is_true(#words > 500)
  end)
end)
