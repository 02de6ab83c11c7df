-- search: every occurrence, wherever segmentation put boundaries, counted as a
-- scan of the folded text counts it; the query language; ranking; concordance.

local core = require "textmill.core"
local json = require "textmill.json"

local function corpus(texts)
  local c = core.open(nil, { fts5 = true })
  for k, s in ipairs(texts) do assert(c:add { raw = s, id = tostring(k) }) end
  return c
end

local function hits(c, q, o)
  local t = c:count(q, o)
  return t.hits, t.documents
end

-- Occurrences that do not overlap, as grep -o counts them.
local function scan(texts, s)
  local n, documents = 0, 0
  for _, text in ipairs(texts) do
    local at, here = 1, 0
    while true do
      local i, j = text:find(s, at, true)
      if not i then break end
      here, at = here + 1, j + 1
    end
    n, documents = n + here, documents + (here > 0 and 1 or 0)
  end
  return n, documents
end

local function sample(path, max_bytes)
  local pipe = io.popen("xz -dc '" .. path .. "' 2>/dev/null")
  local texts, bytes = {}, 0
  for line in pipe:lines() do
    texts[#texts + 1] = json.decode(line).text
    bytes = bytes + #texts[#texts]
    if bytes >= max_bytes then break end
  end
  pipe:close()
  return texts
end

-- 1 to 6 characters from anywhere, without white space (in a query it matches
-- any white space) and quotes.
local function random_string(texts)
  while true do
    local text = texts[math.random(#texts)]
    local n = utf8.len(text)
    local from = math.random(n)
    local to = math.min(from + math.random(6) - 1, n)
    local s = text:sub(utf8.offset(text, from), utf8.offset(text, to + 1) - 1)
    if not s:find '[%s"]' and not s:find "\u{3000}" then return s end
  end
end

describe("search finds what a scan finds", function()
  local path = "../shared/data/docs-47k.ndjson.xz"

  it("on random strings of a real corpus", function()
    local f = io.open(path)
    if not f then
      print("skipped: no ../shared/data/docs-47k.ndjson.xz")
      return
    end
    f:close()
    local bytes = tonumber(os.getenv "TEXTMILL_SAMPLE_BYTES") or 1000000
    local rounds = tonumber(os.getenv "TEXTMILL_SAMPLE_ROUNDS") or 1000
    local texts = sample(path, bytes)
    local c, folded = core.open(nil), {}
    c:begin()
    for k, s in ipairs(texts) do
      c:add { raw = s, id = tostring(k), html = false }
      folded[k] = core.normalize(s, "fold")
    end
    c:commit()
    math.randomseed(20200206)
    local scanned = 0
    for _ = 1, rounds do
      local s = random_string(texts)
      local t = c:count('"' .. s .. '"', { ["in"] = "all" })
      local n, documents = scan(folded, (core.normalize(s, "fold")))
      assert.same({ n, documents }, { t.hits, t.documents }, s)
      scanned = scanned + t.scanned
    end
    -- the index did its work: far fewer documents were read than there are
    assert.is_true(scanned < rounds * #texts / 2, scanned / rounds .. " of " .. #texts)
  end)

  -- Blocks of frequent words that have none of the other side's articles are passed over.
  it("of frequent and of rare words, in one segment and in eight, with some removed", function()
    math.randomseed(8)
    local frequent, rare = { "的", "了", "和", "，" }, { "鑫", "淼", "的鑫" }
    local texts = {}
    for k = 1, 1600 do
      local parts = {}
      for i = 1, 12 do
        local from = k // 90 % 7 == 3 and math.random(5) == 1 and rare or frequent
        parts[i] = from[math.random(#from)]
      end
      texts[k] = table.concat(parts) .. k
    end
    local strings = {}
    for _, a in ipairs { "的", "了", "鑫", "淼" } do
      for _, b in ipairs { "", "的", "和", "鑫", "淼", "的鑫", "鑫的" } do strings[#strings + 1] = a .. b end
    end
    local function compare(c, left)
      for _, s in ipairs(strings) do assert.same({ scan(left, s) }, { hits(c, '"' .. s .. '"') }, s) end
    end
    for _, parts in ipairs { 1, 8 } do
      local c <close> = core.open(nil)
      local left = {}
      c:begin()
      for k, s in ipairs(texts) do
        c:add { raw = s, id = tostring(k), html = false }
        if k % (#texts // parts) == 0 and k < #texts then c:commit() c:begin() end
      end
      c:commit()
      compare(c, texts)
      for k, s in ipairs(texts) do
        if k % 9 == 0 then c:remove(tostring(k)) else left[#left + 1] = s end
      end
      compare(c, left)
    end
  end)

  -- A string may run over several words of one character: what stands between two boundaries
  -- must be the same word for both.
  it("over boundaries that hang together", function()
    math.randomseed(15)
    local parts = { "鎏", "镔", "邠", "，", "水", "水库", "库", "1" }
    local texts = {}
    for k = 1, 500 do
      local some = {}
      for i = 1, 10 do some[i] = parts[math.random(k % 5 == 0 and 8 or 5)] end
      texts[k] = table.concat(some)
    end
    local c <close> = corpus(texts)
    for _ = 1, 600 do
      local some = {}
      for i = 1, math.random(2, 6) do some[i] = parts[math.random(8)] end
      local s = table.concat(some)
      assert.same({ scan(texts, s) }, { hits(c, '"' .. s .. '"') }, s)
    end
  end)

  -- With a limit matches are counted by the block, without one each is looked at.
  it("and counts the same with a limit and without, where documents have one article or more", function()
    math.randomseed(23)
    local words = { "水库", "道路", "群众", "的", "村民", "工程", "检查" }
    local function text(n)
      local some = {}
      for i = 1, n do some[i] = words[math.random(math.random(#words))] end
      return table.concat(some)
    end
    local queries = { "水库", "的", "工程检查", "水库 | 村民", "道路 检查", "群众 -检查", "word:水库",
                      "word:水库 word:的", "word:水库 | word:检查", "水*", "NEAR(水库 检查, 2)", '"的的"' }
    local function compare(c)
      for _, q in ipairs(queries) do
        local all, totals = c:search(q)
        local some, same = c:search(q, { limit = 3 })
        assert.same(totals, same, q)
        local counted = c:count(q)
        assert.same({ counted.hits, counted.articles, counted.documents },
          { same.hits, same.articles, same.documents }, q)
        assert.equal(math.min(3, #all), #some)
        for k, row in ipairs(some) do assert.same(all[k], row, q) end
      end
    end
    local c <close> = core.open(nil)
    for part = 1, 6 do
      c:begin()
      for k = 1, 150 do c:add { raw = text(30), id = part .. "-" .. k } end
      c:commit()
    end
    compare(c)
    for k = 1, 150, 4 do c:remove("3-" .. k) end
    compare(c)
    for k = 1, 20 do
      local two = "清泉镇:水库工程检查开始\n\n%s。\n\n白石乡:道路工程检查结束\n\n%s。\n"
      c:add { raw = "各地群众来信\n\n" .. two:format(text(40), text(40)), id = "two" .. k }
    end
    local t = c:count "的"
    assert.is_true(t.articles > t.documents, t.articles .. " articles of " .. t.documents)
    compare(c)
  end)

  it("across words, inside words, in both scripts, with punctuation and digits", function()
    local texts = { "全镇设立检测卡口70处，组织工作人员345人。", "鎮政府設立14個卡點，卡點有人值守。", "Checkpoint No.7: open 24 hours" }
    local folded = {}
    for k, s in ipairs(texts) do folded[k] = core.normalize(s, "fold") end
    local c = corpus(texts)
    local checked = 0
    for _, text in ipairs(texts) do
      local n = utf8.len(text)
      for from = 1, n do
        for to = from, math.min(from + 5, n) do
          local s = text:sub(utf8.offset(text, from), utf8.offset(text, to + 1) - 1)
          if not s:find "%s" then
            assert.same({ scan(folded, (core.normalize(s, "fold"))) }, { hits(c, '"' .. s .. '"') }, s)
            checked = checked + 1
          end
        end
      end
    end
    assert.is_true(checked > 200)
  end)

  it("without overlaps", function()
    assert.equal(2, (hits(corpus { "哈哈哈哈哈" }, "哈哈")))
  end)
end)

describe("queries", function()
  local c = corpus {
    "第一段说卡点设在路口。\n第二段说值守的人很多。",
    "这里只有卡口，没有别的。",
    "值守两个字在这里。",
    "New York is big.\nNew\n York again, newyork.",
  }

  local function found(q)
    local list = {}
    for _, r in ipairs((c:search(q))) do list[#list + 1] = r.doc end
    table.sort(list)
    return table.concat(list, " ")
  end

  it("combine terms", function()
    assert.equal("1", found "卡点 值守")
    assert.equal("1", found "卡点 AND 值守")
    assert.equal("1 2", found "卡点|卡口")
    assert.equal("1 2", found "卡点 OR 卡口")
    assert.equal("3", found "值守 -卡点")
    assert.equal("3", found "值守 NOT 卡点")
    assert.equal("1", found "(卡点|卡口) 值守")
    assert.equal("1", found "值守 卡点|卡口") -- | binds tighter
    assert.equal("", found "卡点 -(值守|卡口)")
  end)

  it("ask for words, beginnings and ends", function()
    assert.equal("1 3", found "word:值守")
    assert.equal("4", found "word:york")
    assert.equal("4", found "new*")
    assert.equal("4", found "*york")
    assert.equal(3, (hits(c, "*york")))
    assert.equal("", found "word:ork")
    assert.equal("4", found "ork")
  end)

  it("take white space in a phrase for any white space", function()
    assert.equal(2, (hits(c, '"new york"')))
    assert.equal(1, (hits(c, "newyork")))
  end)

  it("point at what is wrong", function()
    for query, position in pairs {
      ["(卡点"] = 1, ["卡点)"] = 7, ['卡点 "值守'] = 8, ["卡点 |"] = 9, [""] = 1, ["-卡点"] = 1,
      ["卡点 -"] = 8, ["*"] = 1, ['""'] = 2,
    } do
      local ok, e = pcall(c.count, c, query)
      assert.is_false(ok, query)
      assert.equal("syntax", e.code, query)
      assert.equal(position, e.position, query)
    end
    assert.is_false((pcall(c.count, c, ("("):rep(1000) .. "a")))
    assert.is_false((pcall(c.count, c, ("a "):rep(1000))))
    assert.is_false((pcall(c.count, c, "a\xff")))
    assert.has_error(function() c:count("a", { nonsense = 1 }) end)
  end)

  it("page through results", function()
    local rows, totals = c:search("值守|卡点|卡口", { limit = 1, offset = 1 })
    assert.equal(1, #rows)
    assert.equal(3, totals.documents)
    local all = c:search "值守|卡点|卡口"
    assert.equal(all[2].doc, rows[1].doc)
  end)
end)

describe("ranking", function()
  it("is FTS5's bm25 for words", function()
    local texts = {}
    for k = 1, 40 do texts[k] = ("天气 "):rep(k % 7) .. ("下雨 "):rep(k % 3) .. ("路口 "):rep(k) end
    local c = corpus(texts)
    local rows = c:search "word:天气 word:下雨"
    local fts = c:sql([[select d.id as doc, -bm25(mill_fts) as score from mill_fts
      join mill_articles a on a.article = mill_fts.rowid join mill_docs d using(doc)
      where mill_fts match 'body : (天气 AND 下雨)' order by 2 desc, a.article]])
    assert.is_true(#fts > 5)
    assert.equal(#fts, #rows)
    for k, row in ipairs(rows) do
      assert.equal(fts[k].doc, row.doc)
      assert.is_true(math.abs(fts[k].score - row.score) <= 1e-12 * math.abs(row.score))
    end
  end)
end)

describe("what is shown", function()
  local html = "<p>&nbsp;鎮（zhèn）上設（shè）立14個（gè）卡點（diǎn）。</p>"

  it("cites raw bytes that contain the hit", function()
    local c = core.open(nil)
    c:add { raw = html, id = "a" }
    local row = c:search("設立14個卡點")[1]
    assert.is_truthy(row.snippet:find("‹设立14个卡点›", 1, true))
    local cited = c:cite(row.cite)
    assert.equal("设立14个卡点", cited.display)
    assert.equal(html:sub(row.raw_from + 1, row.raw_to), cited.raw)
  end)

  it("keeps captions, keywords and boilerplate apart unless asked", function()
    local c = corpus { "今天镇里开会。\n会上说了防汛的事情，大家都很关心。\n关键词：防汛 会议\n" }
    local all, body = hits(c, "防汛", { ["in"] = "all" }), hits(c, "防汛")
    assert.equal(2, all)
    assert.equal(1, body)
  end)

  it("sorts concordances", function()
    local c = corpus { "甲卡点乙", "丙卡点丁", "乙卡点甲" }
    local function nodes(sort, side)
      local list = {}
      local lines = c:kwic("卡点", { sort = sort })
      for k, r in ipairs(c:lines(lines, 1, #lines)) do list[k] = r[side] end
      return table.concat(list)
    end
    assert.equal("丙甲乙", nodes("left", "left")) -- bing jia yi: by pinyin
    assert.equal("丁甲乙", nodes("right", "right"))
    assert.equal("甲丙乙", nodes(nil, "left"))
    assert.equal(2, #(c:kwic("卡点", { sort = "left", limit = 2 })))
    assert.equal(1, #(c:kwic("卡点", { sort = "left", limit = 2, offset = 2 })))
  end)
end)
