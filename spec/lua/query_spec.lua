-- Queries of words: ranking beside FTS5 on the corpus's own words, what the index says
-- beside what the texts say, NEAR and regular expressions, facets, paging, limits.

local core = require "textmill.core"
local tm = require "textmill"

local WORDS <const> = { "天气", "下雨", "路口", "设立", "检查站", "人员", "村委会", "防汛", "道路", "通行证", "水库",
  "群众" }
local MARKS <const> = { "", "", "", "", "", "，", "。", " ", "、", "\n" }

local function pick(list) return list[math.random(#list)] end

local function text(n)
  local out = {}
  for k = 1, n do out[k] = WORDS[math.min(math.random(#WORDS), math.random(#WORDS))] .. pick(MARKS) end
  return table.concat(out) .. "。"
end

local function corpus(n)
  local c = core.open(nil, { fts5 = true })
  c:begin()
  for k = 1, n do c:add { raw = text(math.random(60)), id = tostring(k), html = false } end
  c:commit()
  for k = 7, n, 11 do c:remove(tostring(k)) end
  return c
end

-- The same question in both languages.
local function word() return pick(WORDS) end
local kinds = {
  word = function() local a = word() return a, '"' .. a .. '"' end,
  ["and"] = function()
    local a, b = word(), word()
    return a .. " " .. b, ('"%s" AND "%s"'):format(a, b)
  end,
  ["or"] = function()
    local a, b = word(), word()
    return a .. "|" .. b, ('"%s" OR "%s"'):format(a, b)
  end,
  ["not"] = function()
    local a, b = word(), word()
    return a .. " -" .. b, ('"%s" NOT "%s"'):format(a, b)
  end,
  phrase = function()
    local a, b = word(), word()
    return ('word:"%s %s"'):format(a, b), ('"%s" + "%s"'):format(a, b)
  end,
  prefix = function()
    local a = word():match "^[^\x80-\xbf][\x80-\xbf]*"
    return a .. "*", '"' .. a .. '" *'
  end,
  near = function()
    local a, b, n = word(), word(), math.random(0, 12)
    return ("NEAR(%s %s, %d)"):format(a, b, n), ('NEAR("%s" "%s", %d)'):format(a, b, n)
  end,
}

local function bits(x) return (string.unpack("i8", string.pack("d", x))) end

local function compare(c, own, fts, o)
  local rows = c:search(own, { mode = "words", ["in"] = o })
  local other = c:sql([[select a.article as article, d.id as doc, -bm25(mill_fts) as score from mill_fts
    join mill_articles a on a.article = mill_fts.rowid join mill_docs d using(doc)
    where mill_fts match ? order by 3 desc, 1]], (o and "%s" or "body : (%s)"):format(fts))
  assert.equal(#other, #rows, own)
  for k, row in ipairs(rows) do
    assert.equal(other[k].doc, row.doc, own)
    assert.is_true(math.abs(bits(other[k].score) - bits(row.score)) <= 1, own)
  end
  return #rows
end

describe("queries of words", function()
  math.randomseed(20200301)
  local c = corpus(120)

  for kind, ask in pairs(kinds) do
    it("are ranked as FTS5 ranks them: " .. kind, function()
      local n = 0
      for k = 1, 40 do
        local own, fts = ask()
        n = n + compare(c, own, fts, k % 2 == 0 and "all" or nil)
      end
      assert.is_true(n > 100)
    end)
  end

  it("are counted by the index as by the texts", function()
    local asked = 0
    for _ = 1, 60 do
      local names = { "and", "or", "not", "phrase", "prefix", "near" }
      local q = kinds[pick(names)]() .. pick { " ", "|", " -", " (" } .. kinds[pick(names)]()
      if select(2, q:gsub("%(", "")) > select(2, q:gsub("%)", "")) then q = q .. ")" end
      for _, mode in ipairs { "strings", "words" } do
        local o = { mode = mode }
        local t, found = c:count(q, o), c:kwic(q, o)
        local lines = c:lines(found, 1, #found)
        local docs, n = {}, 0
        for _, line in ipairs(lines) do
          n = n + (docs[line.doc] and 0 or 1)
          docs[line.doc] = true
        end
        assert.equal(n, t.documents, q)
        assert.is_true(#lines <= t.hits, q) -- an occurrence of two terms is one line
        asked = asked + t.hits
      end
    end
    assert.is_true(asked > 1000)
  end)

  it("give the same best whether all is counted or not", function()
    for _, q in ipairs { "天气", "天气 下雨", "天气|水库|群众", "防*", "NEAR(天气 下雨, 4)", "天气 -下雨" } do
      local all = c:search(q, { mode = "words" })
      local best, totals = c:search(q, { mode = "words", limit = 5, offset = 2, totals = false })
      assert.is_nil(totals)
      assert.equal(math.min(5, #all - 2), #best)
      for k, row in ipairs(best) do assert.same(all[k + 2], row) end
    end
  end)

  it("cut what is no word of the corpus as documents are cut", function()
    local d = core.open(nil)
    d:add { raw = "全镇设立检测卡口。New York is big; new  york.", id = "a" }
    assert.equal(2, d:count("new york", { mode = "words" }).hits // 2)
    assert.equal(2, d:count('"new york"', { mode = "words" }).hits)
    assert.equal(2, d:count('word:"new york"').hits)
    assert.equal(1, d:count("设立检测", { mode = "words" }).hits)
    assert.equal(0, d:count("立检", { mode = "words" }).hits)
    assert.equal(1, d:count("立检").hits)
    assert.equal(0, d:count("没有的词", { mode = "words" }).hits)
  end)
end)

describe("regular expressions and NEAR", function()
  local c = tm.open(nil)
  c:add { id = "a", text = "设立检查站和哨卡，检查组有人值守。" }
  c:add { id = "b", text = "檢查站設在路口。Checkpoint seven is open." }

  it("match whole words, in both scripts and any case", function()
    assert.equal(3, (c:count "/檢查.?/"))
    assert.equal(2, (c:count "/检查站/"))
    assert.equal(1, (c:count "/CHECK[a-z]+/"))
    assert.equal(0, (c:count "/heck/"))
    assert.equal(1, select(2, c:count "/检查.?/ -open"))
    assert.equal(3, #c:kwic "/检查.?/")
  end)

  it("have limits that say what and where", function()
    local d = core.open(nil)
    local words = {}
    for k = 1, 11000 do words[k] = ("w%da"):format(k) end
    d:add { raw = table.concat(words, " "), id = "x" }
    local ok, e = pcall(d.count, d, "big /w.*/")
    assert.is_false(ok)
    assert.equal("limit", e.code)
    assert.equal(6, e.position)
    assert.is_truthy(e.message:find("/w.*/", 1, true) and e.message:find("10000", 1, true))
    ok, e = pcall(d.count, d, "/(x+x+)+y(" .. ("x"):rep(100) .. "/")
    assert.is_false(ok)
    assert.equal("syntax", e.code)
  end)

  it("have no zero bytes", function()
    for _, method in ipairs { "search", "count", "kwic" } do
      local ok, message = pcall(c[method], c, "检查\0站")
      assert.is_false(ok)
      assert.matches("zero bytes", tostring(message))
    end
  end)

  it("take 64 words near each other, and refuse more", function()
    local d, words = tm.open(nil), {}
    for k = 1, 65 do words[k] = ("w%da"):format(k) end
    d:add { id = "a", text = table.concat(words, " ") }
    local function near(n) return "NEAR(" .. table.concat(words, " ", 1, n) .. ", 100)" end
    assert.equal(1, #d:search(near(64)))
    local ok, e = pcall(d.search, d, "w1a " .. near(65))
    assert.is_false(ok)
    assert.same({ "syntax", 5 }, { e.code, e.position })
    assert.matches("64 words at most", e.message)
  end)

  it("stand under their mistakes", function()
    for query, place in pairs {
      ["卡點 (值守"] = 8, ["/[/"] = 2, ["NEAR(a b, x)"] = 11, ["a /b/c"] = 6, ["NEAR(a)"] = 1, ["/a"] = 1,
      ["NEAR(a (b))"] = 8, ["NEAR(a b, 3 c)"] = 13, ["NEAR(a b"] = 5,
    } do
      local ok, e = pcall(c.search, c, query)
      assert.is_false(ok, query)
      assert.equal("syntax", e.code, query)
      assert.equal(place, e.position, query)
      local shown, caret = e.message:match "\n  (.-)\n  ( *)%^$"
      assert.equal(query, shown)
      assert.equal(core.width(query:sub(1, place - 1)), #caret, query)
    end
  end)
end)

describe("what was found", function()
  local c = tm.open(nil)
  for k = 1, 30 do
    c:add { id = tostring(k), text = ("卡点"):rep(k % 3 + 1) .. "，" .. ("有人值守。"):rep(k % 5) .. "第" .. k .. "号",
            meta = { county = "县" .. k % 4 }, date = ("2020-%02d-03"):format(k % 6 + 1),
            url = k % 2 == 0 and "http://a.example/" .. k or nil }
  end

  it("is counted by metadata, all of it, whatever the limit", function()
    local r = c:search("卡点 值守", { limit = 3, facets = { "county", "month", "year", "url", "script" } })
    assert.equal(3, #r)
    local articles, hits = 0, 0
    for row in r.facets.county do
      articles, hits = articles + row.articles, hits + row.hits
      local n, m = c:where { county = row.value }:count "卡点 值守"
      assert.same({ n, m }, { row.hits, row.articles })
    end
    assert.same({ r.totals.articles, r.totals.hits }, { articles, hits })
    assert.equal(6, #r.facets.month)
    assert.same({ "2020", r.totals.articles }, { r.facets.year[1].value, r.facets.year[1].articles })
    assert.is_nil(r.facets.url[1].value) -- those without one
    assert.equal(1, #r.facets.script)
    local part = c:where { county = "县1" }:search("卡点", { facets = { "county" } })
    assert.equal(1, #part.facets.county)
    assert.has_error(function() c:search("卡点", { facets = { "nothing" } }) end)
    assert.has_error(function() c:search("卡点", { facets = "county" }) end)
    assert.equal(0, #c:search("没有", { facets = { "county" } }).facets.county)
  end)

  it("comes in pages that together are all", function()
    local all, seen = c:search "卡点", {}
    for from = 0, 40, 7 do
      local page = c:search("卡点", { limit = 7, offset = from })
      assert.equal(30, page.totals.documents)
      for row in page do seen[#seen + 1] = row.doc end
    end
    assert.equal(30, #seen)
    for k, row in ipairs(seen) do assert.equal(all[k].doc, row) end
  end)

  it("takes no longer than it may", function()
    local d = core.open(nil)
    local words = {}
    d:begin()
    for k = 1, 3000 do words[k] = text(40) end
    local long = table.concat(words, "\n")
    for k = 1, 12 do d:add { raw = long .. k, id = k .. "x", html = false } end
    d:commit()
    for _, name in ipairs { "search", "count", "kwic" } do
      local ok, e = pcall(d[name], d, '"，天气"', { max_ms = 1 }) -- marks: every text must be read
      assert.is_false(ok, name)
      assert.equal("limit", e.code)
      assert.is_truthy(e.message:find("1 ms", 1, true))
    end
    for _, p in ipairs { core.pattern "天气", require "textmill".pattern.number } do
      local ok, e = pcall(d.match, d, p, { max_ms = 1 })
      assert.is_false(ok)
      assert.equal("limit", e.code)
    end
    assert.equal(60, (c:count("卡点", { max_ms = 60000 })))
    assert.has_error(function() c:count("卡点", { max_ms = -1 }) end)
  end)
end)
