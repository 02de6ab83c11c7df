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
