-- c:match beside a walk over every document by itself: random patterns over small random
-- corpora, also after removals, replacements and user words, over several segments, in views.

local tm = require "textmill"
local extract = require "textmill.extract"
local P = tm.pattern

local SEED <const> = tonumber(os.getenv "MATCH_SEED") or 7
local ROUNDS <const> = tonumber(os.getenv "MATCH_ROUNDS") or 80

math.randomseed(SEED)
local random = math.random

local function one(list) return list[random(#list)] end

local words = { "水库", "大坝", "加固", "完成", "加固工程", "工程", "值班", "值班室", "电话", "我们", "的", "了", "在",
  "很", "清楚", "安全", "美丽", "新", "镇", "乡", "村", "王小明", "李", "三", "12", "5名", "2020年3月4日", "上午九点",
  "。", "，", "：", "!", "?", ".", "”", "“", "(", ")", " ", "  ", "\n", "\n\n", "\t", "dam", "Repair",
  "is done.",
  "3.5", "衛生", "檢查", "開展", "工作", "工作人员", "人员", "负责", "负责人", "鼹鼠", "ﬁ", "é", "①", "组长", "张", "支", "北京市",
  "河北省", "人民医院", "一", "二", "都", "不", "说", "去年" }

local function text(n)
  local parts = {}
  for k = 1, n do parts[k] = one(words) end
  return "文" .. table.concat(parts)
end

local function new_corpus()
  local c = tm.open(nil)
  local pipe = io.popen "ls spec/fixtures/reports/*.txt"
  for path in pipe:lines() do c:add(path) end
  pipe:close()
  for k = 1, 30 do
    local menu = k % 5 == 0 and ("<nav><a href='x'>%s</a> <a href='y'>工作</a></nav>"):format(one(words)) or nil
    c:add { id = "r" .. k, text = menu and nil or text(random(60)), date = k % 2 == 0 and "2020-02-03" or nil,
            raw = menu and ("<html><body>%s<p>%s</p></body></html>"):format(menu, text(40)) }
  end
  return c
end

-- patterns ---------------------------------------------------------------------

local tags = { "n", "v", "a", "m", "nr", "ns", "w", "d", "x", "n v", "a d" }
local classes = { "surname", "measure", "role", "township", "unit", "surname measure" }
local kinds = { "han", "number", "latin", "punct", "blank", "break", "punct blank" }

local atoms = {
  function() return P(one(words)) end,
  function() return P(one(words) .. one(words)) end,
  function() return P.form(one(words)) end,
  function() return P.tag(one(tags)) end,
  function() return P.tag(one(tags)) end,
  function() return P.class(one(classes)) end,
  function() return P.kind(one(kinds)) end,
  function() return P.set { one(words), one(words), one(words) .. one(words), "工作人员", "工作" } end,
  function() return P(1) end,
  function() return P(random(2)) end,
  function() return P.sentence end,
  function() return P.re(one { ".工.*", "[a-z]+", ".", "\\d+", ".*人.?" }) end,
  function() return P(one(words)) end,
}
local rare = {
  function() return P.inside(one(words)) end,
  function()
    return one { P.number, P.measure, P.quantity, P.date, P.time, P.person, P.place, P.org, P.role }
  end,
  function() return P.block(one { "paragraph", "title", "heading", "boilerplate" }) end,
  function() return P.class "checkpoint" end,
  function() return P.fact "quantity" end,
}

local recognisers = {
  function()
    return one { P.number, P.measure, P.quantity, P.date, P.time, P.person, P.place, P.org, P.role }
  end,
  function() return P.number { kind = one { "cardinal", "ordinal", "percent" } } end,
  function() return P.number { min = one { 2, 4, 10 }, max = one { 5, 12, 100 } } end,
  function() return P.quantity { unit = one { "名", "人", "张" } } end,
  function() return P.number { unit = "名" } end,
  function() return P.date { grain = one { "day", "year", "month" } } end,
  function() return P.place { level = one { "city", "province", "village" } } end,
  function() return P.quantity { min = 2 } end,
}
local odds = 12 -- one atom in so many is rare

local build

local joins = {
  function(d) return build(d) * build(d) end,
  function(d) return build(d) * build(d) end,
  function(d) return build(d) * build(d) * build(d) end,
  function(d) return build(d) + build(d) end,
  function(d) return build(d) ^ -random(3) end,
  function(d) return build(d) ^ random(0, 2) end,
  function(d) return build(d) ^ { random(0, 1), random(1, 4) } end,
  function(d) return (build(d) ^ -random(3)):lazy() end,
  function(d) return P.skip(build(d), random(4)) end,
  function(d) return build(d):as "x" end,
  function(d) return -build(d) * build(d) end,
  function(d) return #build(d) * build(d) end,
  function(d) return build(d) - build(d) end,
  function(d) return P.after(build(d)) * build(d) end,
}
local rare_joins = {
  function(d) return P.within(build(d), build(d)) end,
  function(d) return P.containing(build(d), build(d)) end,
  function(d) return build(d):as "a" * build(d):as "b" * P.same("a", "b") end,
  function(d) return P { "s", s = build(d) * P.V "s" ^ -1 } end,
}

function build(depth)
  if depth <= 0 or random(4) == 1 then
    return one(random(odds) > 1 and atoms or odds < 12 and recognisers or rare)()
  end
  return one(random(12) == 1 and rare_joins or joins)(depth - 1)
end

-- A pattern that can be made: some are refused, as loops over nothing are.
local function pattern()
  for _ = 1, 100 do
    local ok, p = pcall(build, random(0, 3))
    if ok and pcall(p.find, p, "a") then return p end
  end
end

-- what is to be found ----------------------------------------------------------------

local function documents(c)
  local list = {}
  for k, id in ipairs(c.store:ids()) do list[k] = { id = id, doc = extract.document(c:doc(id).text, {}) } end
  return list
end

local function in_scope(c, d, i)
  local number = 1
  for k, a in ipairs(d.doc.text:_articles()) do if a.i <= i then number = k end end
  return c.store:in_scope(d.id, number)
end

local function plainly(c, docs, p)
  local list, n = {}, 0
  for _, d in ipairs(docs) do
    local before = #list
    for _, m in ipairs(d.doc:matches(p)) do
      if in_scope(c, d, m.i) then list[#list + 1] = ("%s %d %d"):format(d.id, m.i, m.j) end
    end
    if #list > before then n = n + 1 end
  end
  return list, n
end

local function matched(c, p, o)
  local r, list = c:match(p, o), {}
  for row in r do list[#list + 1] = ("%s %d %d"):format(row.doc, row.i, row.j) end
  assert.equal(#list, #r)
  return list, r
end

-- Compares n patterns; returns how many matches there were.
local function compare(c, n)
  local docs, total = documents(c), 0
  for _ = 1, n do
    local p = pattern()
    local name = ("seed %d: %s"):format(SEED, tostring(p))
    local ok, expected, with = pcall(plainly, c, docs, p)
    if ok then
      assert.same(expected, matched(c, p), name)
      assert.same({ #expected, with }, { c:count(p) }, name)
      local limit = random(5)
      local first = table.move(expected, 1, math.min(limit, #expected), 1, {})
      assert.same(first, matched(c, p, { limit = limit }), name)
      total = total + #expected
    else -- too long for a document: so it is for the corpus
      assert.is_false((pcall(c.count, c, p)), name)
    end
  end
  return total
end

describe("c:match finds what every document by itself has", function()
  local c = new_corpus()

  it("in a new corpus", function()
    assert.is_true(compare(c, ROUNDS) > 5 * ROUNDS)
  end)

  it("piece by piece, before the columns are kept", function()
    for _ = 1, ROUNDS // 20 do
      c:add { id = "again", text = text(20) }
      compare(c, 1)
    end
  end)

  it("after removals and replacements, over several segments", function()
    for k = 1, 30, 3 do c:remove("r" .. k) end
    for k = 2, 30, 5 do c:add { id = "r" .. k, text = text(50) } end
    assert.is_true(compare(c, ROUNDS // 2) > ROUNDS)
  end)

  it("in an open batch, and after it was undone", function()
    c.store:begin()
    c.store:add { id = "batch", raw = "水库大坝加固完成" .. text(30) }
    c.store:remove "r2"
    compare(c, ROUNDS // 10)
    c.store:rollback()
    compare(c, ROUNDS // 10)
  end)

  it("with words of one's own", function()
    c:userwords { add = { { "大坝加固", tag = "n", class = "works" }, { "工作人", tag = "a", class = "checkpoint" },
                          { "美丽新", tag = "v", class = "surname" } } }
    c:userwords { remove = "工程" }
    assert.is_true(compare(c, ROUNDS // 2) > ROUNDS)
  end)

  it("in one segment", function()
    c:compact()
    assert.is_true(compare(c, ROUNDS // 4) > 0)
  end)

  it("in views", function()
    local titles = {}
    for a in c:doc("d07").text:articles() do titles[#titles + 1] = a.title end
    assert.is_true(#titles > 1)
    for _, where in ipairs { { date = "2020-02" }, { doc = { "d07", "r3", "d01" } }, { title = titles[2] } }
    do
      compare(c:where(where), ROUNDS // 6)
    end
    assert.equal(1, #c:where { title = titles[2] })
  end)
end)

describe("c:match with recognisers", function()
  setup(function() odds = 2 end)
  teardown(function() odds = 12 end)

  it("finds what every document by itself has", function()
    local c = new_corpus()
    assert.is_true(compare(c, 2 * ROUNDS) > 5 * ROUNDS)
    c:userwords { add = { { "加固工程", tag = "n", class = "role" }, { "大坝", tag = "n", class = "measure" },
                          { "水库", tag = "nr", class = "surname" } } }
    assert.is_true(compare(c, ROUNDS) > ROUNDS)
    c:compact()
    for k = 1, 10 do c:add { id = "new" .. k, text = text(40), date = "2019-02-03" } end
    compare(c, ROUNDS // 2)
  end)

  it("asks them by themselves, with and without conditions", function()
    local c = new_corpus()
    for _, make in ipairs(recognisers) do
      for _ = 1, 4 do
        local p = make()
        assert.same(plainly(c, documents(c), p), matched(c, p), tostring(p))
      end
    end
  end)
end)

describe("a result of c:match", function()
  local function corpus()
    local c = tm.open(nil)
    for k = 1, 100 do c:add { id = "d" .. k, text = "水库大坝加固完成。水库安全。第" .. k .. "篇。" } end
    return c
  end

  it("reads its lines when they are asked for", function()
    local c <close> = corpus()
    local r = c:match(P "水库")
    assert.equal(200, #r)
    assert.equal("d100", r[200].doc)
    assert.equal("d1", r[1].doc)
    assert.is_nil(r[201])
    assert.is_nil(r[0])
    assert.equal(r[7].cite, r:head(7)[7].cite)
    assert.equal(200, #r:sort "-cite")
    assert.equal(2, r:by "doc"[1].count)
    assert.truthy(tostring(r):find("200 matches in 100 of 100 documents", 1, true))
  end)

  it("says so when the corpus is another one by then", function()
    local c = corpus()
    local r = c:match(P "水库")
    c:remove "d3"
    assert.equal("d2", r[4].doc)
    assert.has_error(function() return r[5] end,
      "the corpus has changed since its matches were counted: ask again")
    c:close()
    assert.equal("d2", r[4].doc)
    assert.has_error(function() return r[100] end, "the corpus is closed, and this line was not read before")
  end)

  it("ends in time also inside of one document", function()
    local c <close> = tm.open(nil)
    c:add { id = "long", text = ("水库大坝加固工程安全检查工作"):rep(6000) }
    c:count(P(1)) -- what it reads is in memory now
    local ok, e = pcall(c.count, c, P(1) ^ -500 * P.re "q+", { max_ms = 1 })
    assert.same({ false, "limit" }, { ok, e.code })
  end)

  it("says when more was not looked for", function()
    local c <close> = corpus()
    local function title(limit) return tostring(c:match(P "水库", { limit = limit })):match "^[^\n]*" end
    assert.equal("5 matches in 3 of 100 documents, no more were looked for", title(5))
    assert.equal("200 matches in 100 of 100 documents", title(500))
    assert.has_error(function() c:match(P "水库", { limit = -1 }) end)
    assert.same({ 200, 100 }, { c:count(P "水库") })
  end)
end)
