-- What explores a corpus: samples and verdicts, comparisons, time lines, statistics.
-- Figures are worked out by hand beside each case.

local tm = require "textmill"
local verdicts = require "textmill.verdicts"

local A <const> = "清溪镇防汛\n清溪镇设置36个观测点，巡查队12支，"
  .. "救生衣200余件。"
  .. "2月6日起，清溪镇全镇设置36个观测点。"
local B <const> = "白河镇防汛\n白河镇出动冲锋舟15艘，各观测点有巡查队值守。"

local function corpus()
  local c = tm.open(nil)
  c:add { id = "a", text = A, date = "2020-02-08" }
  c:add { id = "b", text = B }
  c:extract "zh.report"
  return c
end

local function near(expected, x)
  assert(math.abs(expected - x) < 5e-4, ("%g expected, %g"):format(expected, x))
end

describe("samples", function()
  local c = corpus()
  it("are the same for the same seed, and others for another", function()
    local list = {}
    for k = 1, 200 do list[k] = { id = "q:" .. k } end
    local function key(x) return x.id end
    local function ids(t)
      local out = {}
      for k, x in ipairs(t) do out[k] = x.id end
      return table.concat(out, " ")
    end
    local one = ids(verdicts.draw(list, 20, 1, key))
    assert.equal(one, ids(verdicts.draw(list, 20, 1, key)))
    assert.not_equal(one, ids(verdicts.draw(list, 20, 2, key)))
    assert.equal(200, #verdicts.draw(list, 500, 1, key))
  end)
  it("draw each fact as often", function()
    local list, drawn = {}, {}
    for k = 1, 20 do list[k] = { id = "q:" .. k } end
    for seed = 1, 2000 do
      for _, x in ipairs(verdicts.draw(list, 5, seed, function(f) return f.id end)) do
        drawn[x.id] = (drawn[x.id] or 0) + 1
      end
    end -- 500 expected, standard deviation 19.4
    for _, n in pairs(drawn) do assert(math.abs(n - 500) < 90, n) end
  end)
  it("come as rows to be judged", function()
    local r = c:sample { n = 2, type = "quantity" }
    assert.equal(2, #r)
    for row in r do
      assert.equal("", row.verdict)
      assert(row.context:find("[" .. row.quote .. "]", 1, true), row.context)
    end
    assert.has_error(function() c:sample { n = 0 } end)
    assert.has_error(function() c:sample { colour = "red" } end)
  end)
end)

describe("verdicts", function()
  it("are read as people write them", function()
    assert.equal("accepted", verdicts.parse " OK ")
    assert.equal("rejected", verdicts.parse "wrong")
    assert.equal("rejected place", verdicts.parse "Wrong place")
    assert.equal("edited value=30", verdicts.parse "value = 30")
    for _, s in ipairs { "yes", "ok place", "wrong colour of it", "x=1", "", "wrongplace" } do
      assert.is_nil((verdicts.parse(s)), s)
    end
  end)
  it("have Wilson's interval", function() -- Newcombe 1998, table I: 81/263 and 15/148; 0/20, 1/29
    local function interval(k, n, lo, hi)
      local a, b = verdicts.wilson(k, n)
      near(lo, a)
      near(hi, b)
    end
    interval(81, 263, 0.2553, 0.3662)
    interval(15, 148, 0.0624, 0.1605)
    interval(0, 20, 0, 0.1611)
    interval(1, 29, 0.0061, 0.1718)
  end)
  it("survive new runs of the rules, and go with exports", function()
    local c = corpus()
    local q = c:facts { type = "quantity" }
    local f, g, h = q[1], q[2], q[3]
    local r = c:verdicts { [f.id] = "wrong place", [g.id] = "value=99", [h.id] = "ok", ["q:none"] = "ok" }
    assert.equal(3, r[1].judged)
    assert.equal(1, r[1].ok)
    near(33.3, r[1].precision)
    assert.equal(1, #r.problems)
    assert.matches("no fact has the id q:none", r.problems[1])
    c:extract "zh.report"
    assert.equal(f.id, c:facts { verdict = "rejected place" }[1].id)
    local edited = c:facts { id = g.id }[1]
    assert.equal(99, edited.value)
    assert.equal(g.value, edited.was)
    assert.equal("accepted", c:facts { id = h.id }[1].verdict)
    local before = #c:facts()
    c:remove "a"
    c:add { id = "a2", text = A, date = "2020-02-08" }
    c:extract "zh.report"
    assert.equal(before, #c:facts())
    assert.equal("accepted", c:facts { id = h.id }[1].verdict) -- the same bytes, the same fact
  end)
  it("come back from a sheet", function()
    local c, path = corpus(), os.tmpname() .. ".csv"
    local r = c:sample { n = 100, seed = 3 }
    for k = 1, #r do r[k].verdict = k == 1 and "wrong" or k == 2 and "maybe" or k < 5 and "ok" or "" end
    assert(r:save(path))
    local report = c:verdicts(path)
    os.remove(path)
    assert.equal(3, report[1].judged)
    assert.equal(2, report[1].ok)
    assert.matches("row 3: 'maybe' is no verdict", report.problems[1])
    assert.equal("rejected", c:facts { id = r[1].fact }[1].verdict)
    assert.has_error(function() c:verdicts "/nowhere.csv" end)
    assert.has_error(function() c:verdicts(3) end)
  end)
  it("need a corpus that may be written", function()
    local path = os.tmpname()
    os.remove(path)
    local c = tm.open(path, { mode = "create" })
    c:add { id = "a", text = A }
    c:extract "zh.report"
    local id = c:facts()[1].id
    c:close()
    local d = tm.open(path, { mode = "r" })
    assert.has_error(function() d:verdicts { [id] = "ok" } end)
    d:close()
    os.remove(path)
  end)
end)

describe("compare", function()
  local c = corpus()
  local function cells(r, place)
    for row in r do if row.place == place then return row end end
  end
  it("tells a number, a mention without one, and nothing apart", function()
    local r = c:compare { item = { "观测点", "冲锋舟", "救生衣", "直升机" } }
    local a, b = cells(r, "清溪镇"), cells(r, "白河镇")
    assert.equal("36", a["观测点"])
    assert.equal(".", a["冲锋舟"])
    assert.equal("200+", a["救生衣"])
    assert.equal("~", b["观测点"])
    assert.equal("15", b["冲锋舟"])
    assert.equal(".", a["直升机"])
    assert.equal(".", b["直升机"])
  end)
  it("takes the words of a group", function()
    local d = corpus()
    d:group("posts", "观测点 巡查队")
    local a = cells(d:compare { item = "posts" }, "清溪镇")
    assert.equal("36", a["观测点"])
    assert.equal("12", a["巡查队"])
  end)
  it("counts a copy once and a rejected fact never", function()
    local d = tm.open(nil)
    local long = ("清溪镇干部群众连夜上堤，逐村逐户排查隐患，转移安置有序推进。"):rep(6)
    d:add { id = "a", text = "清溪镇防汛\n" .. long .. "清溪镇设置36个观测点。" }
    d:add { id = "b", text = "清溪镇防汛\n" .. long .. "清溪镇设置36个观测点。转载" }
    d:extract "zh.report"
    local a = cells(d:compare { item = "观测点" }, "清溪镇")
    assert.equal("36", a["观测点"])
    assert.equal("1 sentence", a.says)
    local all = {}
    for f in d:facts { type = "quantity", item = "观测点" } do all[f.id] = "wrong" end
    d:verdicts(all)
    assert.equal("~", cells(d:compare { item = "观测点" }, "清溪镇")["观测点"])
  end)
  it("points to numbers that differ or agree suspiciously", function()
    local d = tm.open(nil)
    d:add { id = "a", text = "清溪镇防汛\n清溪镇设置36个观测点。清溪镇设置36个检查点。清溪镇设置40个观测点。" }
    d:extract "zh.report"
    local a = cells(d:compare { item = { "观测点", "检查点" } }, "清溪镇")
    assert.equal("36 / 40", a["观测点"])
    assert.matches("! 观测点: 2 numbers", a.says)
    assert.matches("! 观测点 = 检查点 %?", a.says)
  end)
  it("takes other rows and columns", function()
    local r = c:compare { rows = "doc", cols = "unit" }
    assert.equal("a", r[1].doc)
    assert.has_error(function() c:compare { row = "doc" } end)
  end)
end)

describe("the time line", function()
  it("says how each year is known", function()
    local c = corpus()
    local r = c:timeline()
    assert.equal(1, #r)
    assert.equal("2020-02-06", r[1].date)
    assert.equal("清溪镇", r[1].place)
    assert.equal("year: when published", r[1].year)
    assert.equal(1, #c:timeline { from = "2020-02", to = "2020-02" })
    assert.equal(0, #c:timeline { from = "2020-03" })
    assert.equal(0, #c:timeline { to = "2020-02-05" })
    assert.has_error(function() c:timeline { year = "x" } end)
    assert.has_error(function() c:timeline { since = "2020" } end)
  end)
  it("invents no year", function()
    local d = tm.open(nil)
    d:add { id = "a", text = A }
    d:extract "zh.report"
    assert.equal("XXXX-02-06", d:timeline()[1].date)
    assert.equal("year not known", d:timeline()[1].year)
    assert.equal("2021-02-06", d:timeline { year = 2021 }[1].date)
    assert.equal("year: given", d:timeline { year = 2021 }[1].year)
    d:add { id = "b", text = "别处", date = "2019-05-01" }
    assert.equal("2019-02-06", d:timeline()[1].date)
    assert.equal("year: corpus default", d:timeline()[1].year)
    d:add { id = "c", text = "他处", date = "2020-05-01" }
    assert.equal("XXXX-02-06", d:timeline()[1].date)
    assert.matches("1 date without a year", tostring(d:timeline { from = "2020" }))
  end)
end)

-- "node b c. node b d. x node. b e.": 10 words, node 3, b 3. One word on each side: b, b
-- to the right, x to the left: 3 words in windows. For b: O11 = 2, E11 = 3 * 3 / 10.
describe("collocates", function()
  local c = tm.open(nil)
  c:add { id = "a", text = "node b c. node b d. x node. b e." }
  local function of(word, o)
    for row in c:collocates("node", o) do if row.word == word then return row end end
  end
  it("have the figures worked out by hand", function()
    local b = of("b", { span = 1, min = 1 })
    assert.same({ 2, 0, 2, 3 }, { b.count, b.left, b.right, b.frequency })
    near(0.9, b.expected)
    near(13.42, b.logdice) -- 14 + log2(2 * 2 / (3 + 3)) = 13.415
    near(1.15, b.mi)       -- log2(2 / 0.9) = 1.152
    near(0.78, b.t)        -- (2 - 0.9) / sqrt(2) = 0.778
    near(2.66, b.ll)       -- 2 (2 ln 2/.9 + ln 1/2.1 + ln 1/2.1 + 6 ln 6/4.9) = 2.656
    local r = c:collocates("node", { span = 1, min = 1 })
    assert.same({ nodes = 3, words = 10, window = 3 }, r.totals)
  end)
  it("stay within the sentence", function()
    assert.is_nil(of("e", { span = 50, min = 1 }))
    assert.equal(1, of("x", { span = 50, min = 1 }).left)
  end)
  it("are sorted by the measure asked for, and cut off", function()
    for _, by in ipairs { "logdice", "ll", "mi", "t" } do
      local r = c:collocates("node", { min = 1, by = by })
      for k = 2, #r do assert(r[k - 1][by] >= r[k][by], by) end
    end
    assert.equal(1, #c:collocates("node", { min = 2 }))
    assert.equal(2, #c:collocates("node", { min = 1, limit = 2 }))
    assert.has_error(function() c:collocates("node", { by = "chi" }) end)
    assert.has_error(function() c:collocates("node", { span = 0 }) end)
    assert.has_error(function() c:collocates "node -b" end)
    assert.has_error(function() c:collocates "node b" end)
    assert.equal(0, #c:collocates "nowhere")
  end)
  it("take strings of several words, alternatives, beginnings and groups", function()
    local d = tm.open(nil)
    d:add { id = "a", text = "设立卡点十处。检测卡口七处。设立劝返点。" }
    local function nodes(q) return d:collocates(q, { min = 1 }).totals.nodes end
    assert.equal(1, nodes "卡点")
    assert.equal(2, nodes "卡点|卡口")
    assert.equal(1, nodes "检测卡口")
    assert.equal(1, nodes "劝返点")
    assert.equal(2, nodes "设*")
    d:group("posts", "卡点 卡口 劝返点")
    assert.equal(3, nodes "@posts")
    assert.equal(0, nodes "测卡")
  end)
  it("are up to date after adding, removing and new words", function()
    local d = tm.open(nil)
    d:add { id = "a", text = "node b." }
    assert.equal(1, d:collocates("node", { min = 1 }).totals.nodes)
    d:add { id = "b", text = "node b c." }
    assert.equal(2, d:collocates("node", { min = 1 }).totals.nodes)
    d:remove "a"
    assert.equal(1, d:collocates("node", { min = 1 }).totals.nodes)
    d:add { id = "c", text = "全镇设劝返点" }
    local before = d:collocates "word:劝返点".totals.nodes
    d:userwords { add = "劝返点" }
    assert.same({ 0, 1 }, { before, d:collocates "word:劝返点".totals.nodes })
  end)
  it("of a view count its words only", function()
    local d = tm.open(nil)
    d:add { id = "a", text = "node b. node b." }
    d:add { id = "b", text = "node c c c." }
    local r = d:where { doc = "a" }:collocates("node", { min = 1 })
    assert.same({ nodes = 2, words = 4, window = 2 }, r.totals)
    assert.equal(1, #r)
  end)
end)

describe("frequencies", function()
  local c = tm.open(nil)
  c:add { id = "a", text = "one two two. three two one.", date = "2020-01-01", meta = { site = "x" } }
  c:add { id = "b", text = "two one two", date = "2021-05-01", meta = { site = "y" } }
  c:add { id = "c", text = "four" }
  it("of words", function()
    local r = c:frequencies()
    assert.same({ "two", 5, 500000, 2 }, { r[1].word, r[1].count, r[1].per_million, r[1].docs })
    assert.equal(4, #r)
    assert.equal(2, #c:frequencies { min = 2 })
    assert.equal(1, #c:frequencies { limit = 1 })
  end)
  it("of runs of words, not over the end of a sentence", function()
    local r = c:frequencies { n = 2 } -- one two, two two | three two, two one || two one, one two
    local found = {}
    for row in r do found[row.word] = row.count end
    assert.same({ ["one two"] = 2, ["two one"] = 2, ["two two"] = 1, ["three two"] = 1 }, found)
    assert.equal(2, c:frequencies { n = 2 }[1].docs)
    assert.has_error(function() c:frequencies { n = 9 } end)
  end)
  it("of tags and kinds", function()
    assert.equal("latin", c:frequencies { of = "kind" }[1].word)
    assert.equal(10, c:frequencies { of = "kind" }[1].count)
    assert(#c:frequencies { of = "tags" } >= 1)
    assert.has_error(function() c:frequencies { of = "lemmas" } end)
  end)
  it("in each year, document or value", function()
    local r = c:frequencies { by = "year", q = "two" }
    assert.same({ "2020", 3, 500000 }, { r[1].by, r[1].count, r[1].per_million })
    assert.same({ "2021", 2 }, { r[2].by, r[2].count })
    assert.matches("1 document without one", tostring(r))
    assert.equal("y", c:frequencies { by = "site", q = "two" }[2].by)
    assert.equal("b", c:frequencies { by = "doc", q = "two" }[2].by)
    assert.equal("two", c:frequencies { by = "year" }[1].word)
    assert.has_error(function() c:frequencies { by = "colour" } end)
    assert.has_error(function() c:frequencies { q = "two" } end)
  end)
  it("are pictures, too, of harmless text", function()
    local path = os.tmpname() .. ".svg"
    local d = tm.open(nil)
    d:add { id = "a", text = "x", meta = { site = "<script>alert(1)</script>&\"" } }
    assert(d:frequencies { by = "site", q = "x" }:save(path))
    local file = io.open(path)
    local text = file:read "a"
    file:close()
    os.remove(path)
    assert.matches("^<svg ", text)
    assert.is_nil(text:find("<script", 1, true))
    assert.matches("&lt;script", text)
    assert.has_error(function() d:docs():save(path) end)
  end)
end)

-- Gries 2008, the corpus of five parts; "a" stands in them 1, 2, 3, 4, 5 times.
describe("dispersion", function()
  it("has the figures of the literature", function()
    local c = tm.open(nil)
    for k, text in ipairs { "b a m n i b e u p", "b a s a t b e w q n", "b c a g a b e s t a",
                            "b a g h a b e a a t", "b a h a a b e a x a t" } do
      c:add { id = "p" .. k, text = text }
    end
    local d = c:dispersion "a"
    assert.same({ 15, 50, 5, 5 }, { d.hits, d.words, d.parts, d.range })
    near(0.785, d.juilland)
    near(0.18, d.dp)
    near(0.2195, d.dp_norm)
    assert.equal(0, c:dispersion("zebra").hits)
    near(0.78, c:dispersion("x").dp) -- in one part, of 11 in 50 words: 1 - 0.22
  end)
end)

-- a: 4 of 8 words here, 1 of 12 there.
describe("keyness", function()
  local c = tm.open(nil)
  c:add { id = "a", text = "k k k k b b b b" }
  c:add { id = "b", text = "k b b b b b b b b b b b" }
  it("has the figures worked out by hand", function()
    local r = c:where { doc = "a" }:keyness(c:where { doc = "b" })
    assert.same({ "k", 4, 1 }, { r[1].word, r[1].count, r[1].other })
    near(4.52, r[1].ll)         -- 2 (4 ln 4/2 + 4 ln 4/6 + ln 1/3 + 11 ln 11/9) = 4.519
    near(2.58, r[1].log_ratio)  -- log2((4 / 8) / (1 / 12)) = log2 6 = 2.585
    near(-4.52, r[2].ll)
    assert.equal(500000, r[1].per_million)
  end)
  it("is of two parts of one corpus", function()
    assert.equal(2, #c:where { doc = "a" }:keyness())
    assert.equal(2, #c:where { doc = "a" }:keyness(c))
    assert.has_error(function() c:keyness(tm.open(nil):where {}) end)
    assert.has_error(function() c:keyness "b" end)
  end)
end)

describe("key words", function()
  it("are those that are rarer elsewhere", function()
    local c = tm.open(nil)
    c:add { id = "a", text = "水库泄洪，水库下游群众转移，我们的水库很大。" }
    c:add { id = "b", text = "学校开学。" }
    assert.equal("水库", c:keywords { doc = "a", n = 1 }[1].word)
    for row in c:keywords { doc = "a" } do assert(row.word ~= "我们" and row.word ~= "的") end
    assert.has_error(function() c:keywords { doc = "zz" } end)
  end)
end)

describe("concordances", function()
  local c = tm.open(nil)
  c:add { id = "a", text = "值守卡点八处。爱心卡点阿姨。不设卡点澳门。", date = "2021-01-01", meta = { site = "y" } }
  c:add { id = "b", text = "增设卡点安全。", date = "2020-01-01", meta = { site = "x" } }
  local function column(r, name)
    local list = {}
    for k = 1, #r do list[k] = utf8.char(utf8.codepoint(r[k][name])) end
    return table.concat(list)
  end
  it("are sorted by pinyin to the right", function()
    assert.equal("阿安澳八", column(c:kwic("卡点", { sort = "right" }), "right")) -- a an ao ba
  end)
  it("are sorted from the node outwards to the left", function()
    local r = c:kwic("卡点", { sort = "left" }) -- she (bu), she (zeng), shou, xin
    assert.matches("不设$", r[1].left)
    assert.matches("增设$", r[2].left)
    assert.matches("值守$", r[3].left)
    assert.matches("爱心$", r[4].left)
  end)
  it("are sorted by the node, then by what follows; what ends is before what goes on", function()
    assert.equal("阿安澳八", column(c:kwic("卡点|站", { sort = "centre" }), "right"))
    local d = tm.open(nil)
    d:add { id = "a", text = "巡查3次。巡查a组。巡查2次。巡查。巡查B组。巡查，然后休息。巡查阿姨。" }
    assert.equal(",。23阿aB", column(d:kwic("巡查", { sort = "right" }), "right"))
  end)
  it("give any part of the sorted lines as they stand in the whole", function()
    local d = tm.open(nil)
    local seed = 5
    for k = 1, 40 do
      local words = {}
      for i = 1, 30 do
        seed = (seed * 1103515245 + 12345) % 2147483648
        words[i] = ({ "河堤", "巡查", "水位", "上涨", "下降", "值班", "，", "。", "two", "7" })[seed // 65536 % 10 + 1]
      end
      d:add { id = tostring(k), text = table.concat(words) }
    end
    for _, sort in ipairs { "left", "right", "centre" } do
      local all = d:kwic("巡查", { sort = sort })
      assert(#all > 60)
      local part = d:kwic("巡查", { sort = sort, limit = 7, offset = 20 })
      assert.equal(7, #part)
      for k = 1, 7 do assert.equal(all[20 + k].cite, part[k].cite) end
      assert.equal(3, #d:kwic("巡查", { sort = sort, offset = #all - 3 }))
      assert.equal(0, #d:kwic("巡查", { sort = sort, limit = 5, offset = #all }))
    end
  end)
  it("are sorted by metadata", function()
    assert.equal("b", c:kwic("卡点", { sort = "published" })[1].doc)
    assert.equal("b", c:kwic("卡点", { sort = "site" })[1].doc)
    assert.equal(2, #c:kwic("卡点", { sort = "site", limit = 2 }))
    assert.has_error(function() c:kwic("卡点", { sort = "colour" }) end)
  end)
  it("are drawn by lot, the same for the same seed", function()
    local function drawn(seed)
      local r, list = c:kwic("卡点", { sample = 2, seed = seed }), {}
      for k = 1, #r do list[k] = r[k].cite end
      return table.concat(list, " ")
    end
    assert.equal(2, #c:kwic("卡点", { sample = 2, seed = 1 }))
    assert.equal(drawn(1), drawn(1))
    local seen, n = {}, 0
    for seed = 1, 30 do
      n = n + (seen[drawn(seed)] and 0 or 1)
      seen[drawn(seed)] = true
    end
    assert(n > 3)
    assert.has_error(function() c:kwic("卡点", { sample = 0 }) end)
  end)
  it("stay within the sentence where asked", function()
    local r = c:kwic("卡点", { within = "sentence" })
    assert.equal("爱心", r[2].left)
    assert.equal("阿姨。", r[2].right)
    assert.matches("。爱心$", c:kwic("卡点")[2].left)
    assert.has_error(function() c:kwic("卡点", { within = "page" }) end)
  end)
  it("take a pattern as node", function()
    local P = tm.pattern
    local d = tm.open(nil)
    d:add { id = "a", text = "设立14个哨所，撤销3个哨所。", date = "2021-01-01", meta = { site = "y" } }
    d:add { id = "b", text = "另建9个哨所。", date = "2020-01-01", meta = { site = "x" } }
    local node = P.number * P "个"
    local r = d:kwic(node, { context = 2 })
    assert.equal(3, #r)
    assert.same({ "设立", "14个", "哨所" }, { r[1].left, r[1].node, r[1].right })
    assert.same({ 3, 2 }, { r.totals.hits, r.totals.documents })
    assert.equal(1, #d:where { site = "x" }:kwic(node))
    assert.equal("b", d:kwic(node, { sort = "published" })[1].doc)
  end)
end)

-- N = 3. a: p p q, b: p q q, c: r. idf p = idf q = ln 3/2, idf r = ln 3.
-- weights a: (1 + ln 2) and 1 times the same idf, b: the other way round:
-- cosine 2 (1 + ln 2) / ((1 + ln 2)^2 + 1) = 3.3863 / 3.8667 = 0.8758
describe("similar documents", function()
  local c = tm.open(nil)
  c:add { id = "a", text = "p p q" }
  c:add { id = "b", text = "p q q" }
  c:add { id = "c", text = "r" }
  it("have the likeness worked out by hand", function()
    local r = c:similar "a"
    assert.equal(1, #r)
    assert.equal("b", r[1].doc)
    near(0.8758, r[1].similarity)
  end)
  it("are of a view, and of documents that there are", function()
    assert.equal(0, #c:where { doc = { "a", "c" } }:similar "a")
    assert.is_nil((c:similar "zz"))
    assert.has_error(function() c:similar("a", { n = 0 }) end)
  end)
end)
