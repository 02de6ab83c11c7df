-- c:kwic: lines that are written when they are asked for are those that were found.

local tm = require "textmill"
local P = tm.pattern

local TEXT <const> = "第%d篇。水库大坝加固。\n\n检查水库和水库%s。"

local function corpus(n)
  local c = tm.open(nil)
  for k = 1, n do
    c:add { id = "d" .. k, text = TEXT:format(k, k % 3 == 0 and "水塘" or "大坝") }
  end
  return c
end

local function texts(r)
  local list = {}
  for k = 1, #r do list[k] = ("%s %s|%s|%s"):format(r[k].cite, r[k].left, r[k].node, r[k].right) end
  return list
end

-- The same lines, each asked for by itself.
local function one_by_one(c, query, o, n)
  local list = {}
  for k = 1, n do
    o.limit, o.offset = 1, k - 1
    list[k] = texts(c:kwic(query, o))[1]
  end
  return list
end

describe("c:kwic reads lines when they are asked for", function()
  local c = corpus(400)

  it("in every order, all that were counted", function()
    local queries = { "水库", "word:水库", "水库 OR 水塘", "大坝*", '"水库大坝"', P "水库", P "大坝" * P(1) }
    for _, query in ipairs(queries) do
      local r = c:kwic(query)
      local all, n = texts(r), 0
      assert.is_true(#r > 64)
      assert.equal(#r, r.totals.hits)
      for row in r do n = n + 1; assert.equal(row.cite, r[n].cite) end
      assert.equal(#all, n)
      assert.is_nil(r[n + 1])
      assert.is_nil(r[0])
      local other = c:kwic(query)
      for _, k in ipairs { n, 70, 1, n // 2, 65, 64 } do assert.equal(all[k], texts { other[k] }[1]) end
      assert.same(table.move(all, 61, 75, 1, {}), texts(c:kwic(query, { offset = 60, limit = 15 })))
      assert.same({}, texts(c:kwic(query, { offset = n })))
    end
  end)

  it("sorted", function()
    for _, sort in ipairs { "left", "right", "centre" } do
      local all = texts(c:kwic("水塘|水库", { sort = sort }))
      assert.is_true(#all > 1024)
      assert.same(table.move(all, 1000, 1100, 1, {}),
                  texts(c:kwic("水塘|水库", { sort = sort, offset = 999, limit = 101 })))
    end
  end)

  it("one by one", function()
    local few = corpus(30)
    for _, o in ipairs { {}, { sort = "right" }, { within = "sentence" }, { ["in"] = "all" } } do
      local all = texts(few:kwic("水库", o))
      assert.same(all, one_by_one(few, "水库", o, #all))
    end
    few:close()
  end)

  it("counts articles and documents of a pattern as of a query", function()
    assert.same({ hits = 1200, articles = 400, documents = 400 }, c:kwic(P "水库").totals)
    local t = c:kwic("水库").totals
    assert.same({ 1200, 400, 400 }, { t.hits, t.articles, t.documents })
  end)

  it("in views, by metadata, by lot", function()
    local view = c:where { doc = { "d3", "d7" } }
    assert.equal(6, #view:kwic "水库")
    assert.equal(3, #c:kwic(P "水库", { doc = "d7" }))
    assert.equal(100, #c:kwic("水库", { sample = 100 }))
    local function drawn() return texts(c:kwic("水库", { sample = 20, seed = 2 })) end
    assert.same(drawn(), drawn())
    assert.equal("d10", c:kwic("水库", { sort = "doc" })[4].doc)
  end)
end)

describe("lines of a corpus that changes meanwhile", function()
  it("are the same after other writing", function()
    local c <close> = corpus(100)
    local r, all = c:kwic "水库", texts(c:kwic "水库")
    c:add { id = "other", text = "没有这个词。" }
    c:userwords { add = "水塘大坝" }
    assert.same(all, texts(r))
    local sorted = c:kwic("水库", { sort = "right" })
    all = texts(c:kwic("水库", { sort = "right" }))
    c:group("g", "水库 水塘")
    assert.same(all, texts(sorted))
  end)

  it("are refused when there are others", function()
    local c = corpus(100)
    for _, query in ipairs { "水库", "水库|水塘", P "水库" } do
      local r = c:kwic(query)
      c:remove "d90"
      assert.equal("d1", r[1].doc)
      local ok, message = pcall(function() return r[#r] end)
      assert.is_false(ok)
      assert.matches("the corpus has changed since its .- were counted: ask again", tostring(message))
      assert.is_false((pcall(function() return r[#r] end)))
      c:add { id = "d90", text = TEXT:format(90, "水塘") }
    end
    local r = c:kwic "水库"
    c:close()
    assert.equal("d1", r[1].doc)
    assert.has_error(function() return r[#r] end, "the corpus is closed, and this line was not read before")
  end)
end)

describe("a limit of 0", function()
  local c = corpus(10)

  it("gives nothing, counted all the same", function()
    for _, query in ipairs { "水库", "水库|水塘" } do
      local sorted = c:kwic(query, { limit = 0, sort = "left" })
      local some = c:kwic(query, { limit = 0, sample = 5 })
      for _, r in ipairs { c:search(query, { limit = 0 }), c:kwic(query, { limit = 0 }), sorted, some } do
        assert.equal(0, #r)
        assert.is_nil(r[1])
        assert.equal(c:count(query), r.totals.hits)
      end
    end
    assert.equal(10, #c:search("水库", { limit = 0, facets = { "doc" } }).facets.doc)
    assert.equal(0, #c:kwic(P "水库", { limit = 0 }))
    assert.equal(0, #c:match(P "水库", { limit = 0 }))
    assert.is_truthy(tostring(c:match(P "水库", { limit = 0 })):find "^0 matches in 0 of 10 documents")
  end)

  it("is refused where there would be nothing to tell", function()
    local message <const> = "limit: a whole number above 0"
    assert.error_matches(function() c:frequencies { limit = 0 } end, message)
    assert.error_matches(function() c:collocates("水库", { limit = 0 }) end, message)
  end)
end)

describe("a pattern that only the machine runs", function()
  it("ends in time", function()
    local c <close> = tm.open(nil)
    c:add { id = "long", text = ("水库大坝加固工程安全检查工作"):rep(6000) }
    local p = P.inside "水" * P(1) ^ -500 * P.re "q+"
    local ok, e = pcall(c.count, c, p, { max_ms = 1 })
    assert.same({ false, "limit" }, { ok, e.code })
    assert.equal("matching: the 1 ms of max_ms are used up", e.message)
  end)
end)
