-- What rules ask a document for: where strings and words stand.

local tm = require "textmill"
local core = require "textmill.core"
local cues = require "textmill.cues"
local document = require "textmill.document"

local PARAGRAPH <const> = { paragraph = true }
local TEXT <const> = "一是一,二是二。\n\n会议要求,各村一是要登记,二是要上报。“好。”他说。\n"

local function collect(...)
  local list = {}
  for at in ... do list[#list + 1] = at end
  return list
end

-- Where a string stands, found one after the other.
local function places_of(s, word)
  local list, p = {}, 1
  while true do
    local at = s:find(word, p, true)
    if not at then return list end
    list[#list + 1], p = at, at + #word
  end
end

describe("A document", function()
  it("trims tokens in time in proportion to what closes brackets that were not opened", function()
    local function seconds(n)
      local doc, best = document.new(tm.clean("登记" .. (")"):rep(n))), math.huge
      for _ = 1, 3 do
        local began = os.clock()
        local i, j = doc.view:trimmed(1, n + 1)
        best = math.min(best, os.clock() - began)
        assert.equal("登记", doc.shown:sub(i, j))
      end
      return best
    end
    local small, large = seconds(15000), seconds(60000)
    assert.is_true(large < 0.05 + 6 * small, ("%.3f and %.3f s"):format(small, large))
    local doc = document.new(tm.clean("(登记)和“上报”)"))
    local i, j = doc.view:trimmed(1, 8)
    assert.equal("(登记)和“上报”)", doc.shown:sub(i, j)) -- a bracket is open somewhere
  end)

  it("finds a string alike whether it is a cue or not", function()
    local before = document.new(tm.clean(TEXT))
    local plain = {}
    for _, w in ipairs { "一是", "是一", "要", "无" } do
      plain[w] = { collect(before:each(w, PARAGRAPH)), before:find(w, 5) }
      assert.is_nil(cues.ids[w .. "!"])
    end
    cues.add { "一是", "是一", "要", "无" }
    local doc = document.new(tm.clean(TEXT))
    for w, was in pairs(plain) do
      assert.same(places_of(doc.shown, w), was[1])
      assert.same(was, { collect(doc:each(w, PARAGRAPH)), doc:find(w, 5) })
      assert.equal(doc.shown:find(w, 5, true), doc:find(w, 5))
    end
    assert.same({}, collect(doc:each("要", { heading = true })))
  end)

  it("made before a string was a cue finds it, too", function()
    local doc = document.new(tm.clean(TEXT))
    local word = "登记"
    assert.equal(doc.shown:find(word, 1, true), doc:find(word, 1))
    assert.is_true(doc:has_any { word })
    assert.equal(doc.shown:find(word, 1, true), doc:find(word, 1))
    assert.is_false(doc:has_any { "没有的词" })
  end)

  it("gives its words and tags as lists", function()
    local doc = document.new(tm.clean(TEXT))
    assert.same(doc.tokens:words(), table.move(doc.words, 1, #doc.words, 1, {}))
    assert.same(doc.tokens:tags(), table.move(doc.tags, 1, doc.n_tokens, 1, {}))
    assert.is_nil(doc.words[0])
    assert.is_nil(doc.words[doc.n_tokens + 1])
    assert.equal("", doc:word(0))
    assert.equal("w", doc:tag(doc.n_tokens + 1))
  end)

  it("gives them of long texts, too", function()
    local doc = document.new(tm.clean(("各村要登记,"):rep(600)))
    assert.is_true(doc.n_tokens > 1000)
    assert.same(doc.tokens:words(), doc.words)
    assert.same(doc.tokens:tags(), doc.tags)
    assert.error_matches(function() core.token_words(doc.tokens) end, "more than may be returned at once")
    assert.error_matches(function() core.token_tags(doc.tokens) end, "more than may be returned at once")
  end)

  it("has phrases that say so when a finalizer asks for them behind the end of their words", function()
    local script = os.tmpname()
    local f = assert(io.open(script, "w"))
    f:write [[
      local late = setmetatable({}, { __gc = function(o) print(pcall(o.right, 1)) end }) -- goes last
      local tm, core = require "textmill", require "textmill.core"
      local words = core.phrase_words { heads = { ["点"] = true } }
      local shown = "卡点12个"
      late.right = core.phrases(shown, tm.tokens(shown), words).right
      print(late.right(1))
    ]]
    f:close()
    local pipe = assert(io.popen("lua5.4 " .. script .. " 2>&1"))
    local out = pipe:read "a"
    pipe:close()
    os.remove(script)
    assert.matches("^1\t2\n", out)
    assert.matches("\nfalse\tthe words of these phrases are closed", out)
  end)

  it("says what the clause before a count holds", function()
    local phrase = require "textmill.rules.zh.phrase"
    local doc, holds = document.new(tm.clean "把路拓宽,捐款最多的(由村里)每户共计500元"), phrase.HOLDS
    local clause, filled, held = phrase.before(doc, doc:token_at(doc.shown:find "500"))
    assert.equal("捐款", doc:word(clause))
    assert.equal(")", doc:word(filled))
    assert.equal(holds.EACH | holds.FROM | holds.SCOPE | holds.MOST | holds.BRACKET | holds.CHANGE, held)
    clause, filled, held = phrase.before(doc, doc:token_at(doc.shown:find ","))
    assert.same({ 1, holds.TAKING }, { clause, held })
    assert.is_true(filled >= clause)
    for name, class in pairs { WITH = "比", OVER = "优于", CHANGE = "增加" } do
      local one = document.new(tm.clean(class .. "去年5元"))
      assert.equal(holds[name], (select(3, phrase.before(one, one:token_at(one.shown:find "5")))))
    end
  end)

  it("finds words among tokens, by all of them and by their last character", function()
    local doc = document.new(tm.clean(TEXT))
    local wanted = {}
    for k = 1, doc.n_tokens do
      if doc:word(k):sub(-3) == "求" or doc:word(k) == "说" then wanted[#wanted + 1] = k end
    end
    assert.equal(2, #wanted)
    local first, second = wanted[1], wanted[2]
    local block = select(2, doc:shown_block((doc:span(first))))
    assert.equal(block, select(2, doc:shown_block((doc:span(second)))))
    assert.same({ first, block, second, block },
      doc:tokens_ending({ ["求"] = true, ["说"] = true }, PARAGRAPH))
    assert.same({ second, block }, doc:tokens_with({ "说", "求" }, PARAGRAPH))
    assert.is_nil(doc:tokens_with({ "说" }, { heading = true }))
    assert.is_nil(doc:tokens_with({ "没有" }, PARAGRAPH))
  end)

  it("finds several strings in the order of the text", function()
    local doc = document.new(tm.clean(TEXT))
    local found, wanted = {}, {}
    for at, b, s, k, i in doc:each_of({ ["要"] = true, ["是"] = true, ["无"] = true }, PARAGRAPH) do
      assert.equal("paragraph", b.kind)
      assert.equal(doc:token_at(at), k)
      assert.equal((doc:span(k)), i)
      found[#found + 1] = at .. s
    end
    for at = 1, #doc.shown - 2 do
      local s = doc.shown:sub(at, at + 2)
      if s == "要" or s == "是" then wanted[#wanted + 1] = at .. s end
    end
    assert.equal(7, #wanted)
    assert.same(wanted, found)
    assert.is_nil(doc:each_of({ "无" }, PARAGRAPH)())
  end)

  it("finds strings at the ends of tokens and before words they lead", function()
    local doc = document.new(tm.clean "柳湾村民在农村小区里,村口有村。")
    local kept, others, leads = {}, { "农村" }, { "村口" }
    for at, _, s, k, i in doc:each_of({ "村", "区" }, PARAGRAPH) do
      local w, to = doc:word(k), at + #s
      local ends = i + #w == to and not (w == "农村" and #w > #s)
      if ends or i == at and w == "村口" then kept[#kept + 1] = at .. s .. k end
    end
    local found = {}
    for at, b, s, k in doc:each_tail({ "村", "区" }, PARAGRAPH, others, leads) do
      assert.equal("paragraph", b.kind)
      found[#found + 1] = at .. s .. k
    end
    assert.same(kept, found)
    assert.equal(3, #found) -- 小[区], [村]口, 村
    assert.is_nil(doc:each_tail({ "无" }, PARAGRAPH, others, leads)())
  end)

  it("finds words by what the next one begins with", function()
    local doc = document.new(tm.clean "书记 李明到场,书记说:“书记”王强。书记")
    local after, passed = core.char_bits { "李明", "王" }, core.char_bits { "”" }
    local all = doc:tokens_ending({ "记" }, PARAGRAPH)
    assert.equal(8, #all)
    assert.same({ all[1], all[2], all[5], all[6] }, doc:tokens_ending({ "记" }, PARAGRAPH, after, passed))
    assert.same({ all[1], all[2] }, doc:tokens_ending({ "记" }, PARAGRAPH, after, core.char_bits {}))
    assert.is_nil(doc:tokens_ending({ "记" }, PARAGRAPH, core.char_bits {}, passed))
  end)

  it("knows the characters of a class", function()
    local function holds(set, c)
      local n = utf8.codepoint(c)
      return set:byte(n // 8 + 1) >> (n % 8) & 1 == 1
    end
    local plain, surnames = core.char_bits { "的" }, core.char_bits({ "的" }, "surname")
    assert.is_true(holds(plain, "的") and holds(surnames, "的"))
    for _, c in ipairs { "王", "李", "劉", "张" } do -- of either script
      assert.is_true(holds(surnames, c))
      assert.is_false(holds(plain, c))
    end
    assert.is_false(holds(surnames, "吃"))
    assert.error_matches(function() core.char_bits({}, "nonsense") end, "no such class")
    assert.error_matches(function() core.char_bits { "\xFF" } end, "UTF%-8")
    assert.error_matches(function() core.char_bits { "" } end, "UTF%-8")
  end)

  it("knows where digits stand", function()
    assert.same({ 1, 1, 8, 11 }, document.new(tm.clean "3号楼2020室。"):digits())
    assert.same({}, document.new(tm.clean "三号楼。"):digits())
  end)

  it("knows the block of a position", function()
    local doc = document.new(tm.clean(TEXT))
    for n, b in ipairs(doc.blocks) do
      assert.same({ b, n }, { doc:shown_block(b.si) })
      assert.same({ b, n }, { doc:shown_block(b.sj) })
      assert.same({ b, n }, { doc:block_at(b.i) })
    end
    assert.is_nil((doc:shown_block(#doc.shown + 1)))
    assert.is_nil((doc:shown_block(0)))
  end)

  it("refuses cues that are no strings", function()
    for _, field in ipairs { "needs", "cues" } do
      local ok, e = pcall(tm.rule, { "r", scan = function() end, [field] = { 1 } })
      assert.is_false(ok)
      assert.matches(field .. " is no string", tostring(e.message))
    end
  end)
end)

describe("A rule's needs", function()
  local ran = 0
  local one = tm.rule { "r", scan = function() ran = ran + 1 end, needs = { "防汛", "抗旱" } }
  local pack = tm.pack { "needs", one }

  it("pass it over where none of them stands", function()
    local extract = require "textmill.extract"
    extract.run(pack, "今天晴。")
    assert.equal(0, ran)
    extract.run(pack, "全力防汛。")
    assert.equal(1, ran)
    extract.run(pack, "全力抗旱。", { only = "r" })
    assert.equal(2, ran)
  end)
end)

describe("A document's columns", function()
  local function parts(s)
    local text = assert(tm.clean(s, { html = false }))
    local shown, map = tm.normalize(tostring(text), "display")
    return shown, core.tokens_like(shown, text), map, text
  end
  local strings = core.needles { "要求", "一" }
  local shown, tokens, map, text = parts(TEXT)

  it("are of one text", function()
    local _, other, far = parts("短。")
    local function refused(why, ...)
      local ok, message = pcall(core.docview, ...)
      assert.is_false(ok)
      assert.matches(why, message)
    end
    refused("tokens of another text", "短。", tokens, far, text, strings)
    refused("map of another text", shown, other, far, text, strings)
    refused("textmill.needles expected", shown, tokens, map, text, {})
    assert.error_matches(function() core.needles { "a", 1 } end, "not all are strings")
    assert.error_matches(function() core.needles { "" } end, "empty or too long")
  end)

  it("refuse places outside, and texts that are closed", function()
    local view = core.docview(shown, tokens, map, text, strings)
    local outside = { { 0, 1 }, { #shown + 2 }, { 1, #shown + 1 }, { math.maxinteger, math.mininteger } }
    for _, at in ipairs(outside) do
      assert.error_matches(function() view:cite({ { at = at } }, "r", "1") end, "position outside")
    end
    for _, fact in ipairs { { at = 1 }, { at = { 1, 3 }, spans = { a = 1 } } } do
      assert.error_matches(function() view:cite({ fact }, "r", "1") end, "fact with spans")
    end
    assert.error_matches(function() view:cite({ 1 }, "r", "1") end, "list of facts")
    assert.equal(0, view:cite({ {}, { at = { 1, 3 }, mentions = {} } }, "r", "1"))
    local cited = { {}, { at = { 1, 3 }, spans = { name = { 1, 3 } } },
                    { at = { 1, 3 }, quote = "x", status = "y" } }
    assert.equal(2, view:cite(cited, "r", "1"))
    local first = shown:sub(1, 3)
    assert.same({ {}, { i = 1, j = 3, quote = first, rule = "r", status = "ok",
                        mentions = { { i = 1, j = 3, quote = first, rule = "r", version = "1",
                                       captures = { name = { 1, 3 } } } } },
                  { i = 1, j = 3, quote = "x", rule = "r", status = "y",
                    mentions = { { i = 1, j = 3, quote = first, rule = "r", version = "1",
                                   captures = {} } } } }, cited)
    assert.error_matches(function() view:blocks_of { 1 } end, "textmill.match expected")
    for _, k in ipairs { 0, -1, 3, math.maxinteger, math.mininteger } do
      assert.is_false(view:has(k))
      assert.is_nil(view:next(k, 1))
      assert.equal(0, select("#", view:clause(k == 3 and 99 or k, {})))
      assert.is_nil(view:shown_block(k == 3 and #shown + 9 or k))
    end
    do
      local _, own, closing, of = parts(TEXT)
      local late = core.docview(shown, own, closing, of, strings)
      do local closed <close> = closing end -- luacheck: ignore closed
      local ok, message = pcall(late.cite, late, { { at = { 1, 3 } } }, "r", "1")
      assert.is_false(ok)
      assert.matches("map of this document is closed", message)
      assert.error_matches(function() core.docview(shown, own, closing, of, strings) end, "map is closed")
    end
  end)

  it("find any string as Lua does", function()
    local long = (TEXT .. "某县abc 12。"):rep(30)
    local of = { parts(long) }
    local view = core.docview(of[1], of[2], of[3], of[4], strings)
    local wanted = { "要求", "求要", "某县abc", "abc 12", "bc 12。", "某", "c", "\xE6\x9F", "\x90县", of[1],
                     of[1] .. "a" }
    for _, s in ipairs(wanted) do
      for _, p in ipairs { -1, 0, 1, 2, #of[1] // 2, #of[1], #of[1] + 1, #of[1] + 9 } do
        assert.equal(of[1]:find(s, math.max(p, 1), true), (view:find(s, p)))
      end
    end
    assert.error_matches(function() view:find("", 1) end, "is empty")
    local short = { parts "一" }
    view = core.docview(short[1], short[2], short[3], short[4], strings)
    assert.equal(1, view:find("一", 1))
    assert.is_nil(view:find("一一", 1))
  end)

  it("say which rules of a pack a text wants, and which words are tokens of its clauses", function()
    local many = {}
    for k = 1, 200 do many[k] = ("%d号"):format(k) end
    many[201], many[202], many[203] = "要求", "求", "缺席"
    local view = core.docview(shown, tokens, map, text, core.needles(many))
    local function bits(k) return ("\0"):rep((k - 1) // 8) .. string.char(1 << (k - 1) % 8) end
    local function row(s, first) return ("<I2I2"):pack(#s, first or 0) .. s end
    local at = 200 // 8
    local rows = row(bits(3)) .. row(bits(201)) .. row "" .. row(bits(203)) .. row "\0"
      .. row(bits(201):sub(at + 1), at) .. row(bits(203):sub(at + 1), at) .. row("\255\255", 60000)
    assert.same({ 2, 3, 6 }, view:wanted(rows))
    assert.same({}, view:wanted "")
    for cut = 1, 5 do
      assert.error_matches(function() view:wanted(row(bits(201)):sub(1, -cut - 1)) end, "half a row")
    end
    assert.error_matches(function() view:wanted "\0\0\0" end, "half a row")
    assert.is_true(view:any(bits(202)))
    assert.is_false(view:any(bits(203)))
    assert.is_false(view:any(("\0"):rep(60) .. "\1"))
    local k = view:places(bits(201))[1]
    assert.equal("要求", tokens:word(k))
    assert.is_nil(view:places(bits(202))) -- stands in a word alone
    assert.is_nil(view:places(bits(203)))
  end)

  it("say where a table may begin", function()
    local function tabular(page, longest, cells, widest)
      local of = { parts(page) }
      return core.docview(of[1], of[2], of[3], of[4], strings):tabular(longest, cells, widest)
    end
    local ROWS, CELLS, BOTH = 1, 2, 3
    local rows = "村名 户数\n甲村 12\n以上。\n完 了"
    assert.same({ 1, ROWS }, tabular(rows, 3, 2, 100))
    assert.same({ 1, BOTH, 2, CELLS, 3, CELLS }, tabular(rows, 20, 2, 100))
    assert.same({ 1, CELLS, 2, CELLS, 5, CELLS }, tabular("甲\n乙\n丙\n这是很长的一句话。\n丁\n戊", 3, 2, 100))
    assert.is_nil(tabular(rows, 3, 2, 12))
    assert.is_nil(tabular("甲\n乙", 3, 3, 100))
  end)

  it("know where counts stand", function()
    local of = { parts "甲村有。\n他说!乙村种树40棵,\n共 5棵;丙" }
    local s = of[1]
    local view = core.docview(s, of[2], of[3], of[4], strings)
    local function fact(quote, value)
      local i, j = s:find(quote, 1, true)
      local vi, vj = s:find(value, i, true)
      return { i = i, j = j, mentions = { { captures = { value = value and { vi, vj } } } } }
    end
    local bare = fact("种树40棵", "40")
    bare.mentions = nil
    local c = view:counted { fact("种树40棵", "40"), fact("共 5棵", "5"), bare,
                             fact("乙村种树40棵,\n共", "40") }
    local kind, count = s:find "种树", s:find "40棵"
    local second = s:find "共"
    local other = s:find "乙"
    assert.same({ kind, second, kind, other }, c.si)
    assert.same({ count + 4, s:find ";" - 1, count + 4, second + 2 }, c.sj)
    assert.same({ count, s:find "5", kind, count }, c.vi)
    assert.same({ count + 1, s:find "5", count + 4, count + 1 }, c.vj)
    assert.same({ other, second, other, other }, c.start)
    assert.equal(second, c.from[2]) -- the block
    local clause = view:clause_at(kind, count)
    assert.same({ clause, view:clause_at(second, second), clause, 0 }, c.clause)
    assert.same({ other, second, other, 0 }, c.ci)
    assert.same({ 0, 0, 0, 0 }, c.second)
    assert.same({}, view:counted({}).si)
    assert.error_matches(function() view:counted { { i = 1, j = #s + 1 } } end, "position outside")
    assert.error_matches(function() view:counted { 1 } end, "list of facts")
    assert.error_matches(function() view:counted { {} } end, "number expected")
    local far = { parts(("字"):rep(300) .. "5个。") }
    view = core.docview(far[1], far[2], far[3], far[4], strings)
    assert.equal(901 - 600, view:counted({ { i = 901, j = 904 } }).start[1])
  end)

  it("know where the second point of a count's clause stands", function()
    local of = { parts "甲、乙,丙、丁村2个,甲、乙、丙3个,甲、乙、丙、丁4个。5个" }
    local s, list = of[1], {}
    for _, digit in ipairs { "2", "3", "4", "5" } do
      local i = s:find(digit, 1, true)
      list[#list + 1] = { i = i, j = i + 3 }
    end
    local third, last = s:find "、丙3", s:find "、丙、"
    assert.same({ 0, third, last, 0 }, core.docview(of[1], of[2], of[3], of[4], strings):counted(list).second)
  end)

  local function view_of(page)
    local of = { parts(page) }
    return core.docview(of[1], of[2], of[3], of[4], strings)
  end

  it("tell facts that say what one before them says", function()
    local view = view_of "甲村。"
    local function repeated(...) return view:repeated { ... } end
    local li, village = { type = "person", name = "李明" }, { type = "place", name = "甲村" }
    assert.is_nil(repeated())
    local others = { { type = "organisation", name = "甲村" }, { type = "rule", name = "甲村" } }
    assert.is_nil(repeated(li, village, table.unpack(others)))
    assert.same({ 3, 1, 4, 2, 5, 1 }, repeated(li, village, { type = "person", name = "李明", role = "村长" },
      { type = "place", name = "甲村", code = "1" }, li))
    assert.is_nil(repeated({ type = "place", name = "甲村", subtype = "road" }, village,
      { type = "place" },
      { type = "place" }, { type = "time" }, { type = "time", value = false }))
    -- an office is held by one person at a time
    local head = { type = "person", name = "村", office = true, role = "长" }
    assert.same({ 3, 1 }, repeated(head, { type = "person", name = "村", office = true, role = "书记" },
      { type = "person", name = "村", office = true, role = "长" }))
    -- two places of one name: the code is known from the first that has one
    local function town(code) return { type = "place", name = "长安区", code = code } end
    assert.same({ 2, 1, 4, 1, 5, 3, 6, 1 }, repeated(town(), town "1", town "2", town "1", town "2", town()))
    -- numbers as Lua has them: 5 is not 5.0, fractions agree in fourteen digits
    local function count(t)
      t.type = "quantity"
      return t
    end
    assert.same({ 4, 1, 5, 3 }, repeated(count { value = 5, unit = "个" }, count { value = 5.0, unit = "个" },
      count { value = 0.1 + 0.2, item = "人" }, count { value = 5, unit = "个", subtype = "share" },
      count { value = 0.3, item = "人", place = "", max = "" }))
    assert.is_nil(repeated(count { value = 5, unit = "ab", place = "c" },
      count { value = 5, unit = "a", place = "bc" }, count { value = 5, max = 6 },
      count { value = 5, item = "个" }, count {}))
    assert.error_matches(function() view:repeated { 1 } end, "list of facts")
    assert.error_matches(function() view:repeated() end, "table expected")
    local many, wanted = {}, {}
    for k = 1, 3000 do many[k] = { type = "time", value = "v" .. k % 1500 } end
    for k = 1501, 3000 do
      wanted[#wanted + 1] = k
      wanted[#wanted + 1] = k - 1500
    end
    assert.same(wanted, view:repeated(many))
  end)

  it("tell whether two blocks may be one", function()
    local kinds, none = core.block_kinds { paragraph = true }, core.block_kinds {}
    local view = view_of("这里写的是第一段话。\n那里写的是第二段话。\n还有一段更长的话在这里。")
    assert.is_true(view:alike(none, 0, kinds, 10))
    assert.is_true(view:alike(kinds, 29, none, 0)) -- 30 bytes: 29 behind the first
    assert.is_false(view:alike(kinds, 30, none, 0))
    assert.is_false(view:alike(none, 0, none, 0))
    assert.is_false(view_of("这里写的是第一段话。\n那里写的不是第二段话。"):alike(none, 0, kinds, 0))
  end)

  it("are the same when a finalizer has another document's made meanwhile", function()
    local function clauses(view)
      local out = {}
      for k = 1, view:clauses() do out[k] = view:clause(k, {}) end
      return out
    end
    local long = { parts(TEXT:rep(40)) }
    local wanted = core.docview(shown, tokens, map, text, strings)
    local spots, cut, ran = wanted:spots("\3", -1), clauses(wanted), 0
    local function again()
      ran = ran + 1
      clauses(core.docview(long[1], long[2], long[3], long[4], strings))
      setmetatable({}, { __gc = ran < 500 and again or nil })
    end
    collectgarbage("generational", 2)
    setmetatable({}, { __gc = again })
    repeat
      local view = core.docview(shown, tokens, map, text, strings)
      assert.same(spots, view:spots("\3", -1))
      assert.same(cut, clauses(view))
    until ran > 5
    collectgarbage "incremental"
    collectgarbage()
  end)
end)

describe("What rules share", function()
  it("no number is too large for the checks", function()
    local pack = require "textmill".pack "zh.report"
    local text = "全县共有人口100000000000000000000人,全县共有树木1200棵。"
    local facts, errors = require "textmill.extract".run(pack, text)
    assert.same({}, errors)
    assert.is_true(#facts >= 2)
  end)

  it("lines of cells end at one that is no cell", function()
    local pack = require "textmill".pack "zh.report"
    local long = ("各村逐户上门登记"):rep(8) .. "。"
    local lines = { "村名", "户数", "人数", "柳湾村", long, "40人", "石桥村", "12", "30" }
    assert.same({}, select(2, require "textmill.extract".run(pack, table.concat(lines, "\n"))))
  end)

  it("the last of some marks within bytes", function()
    local text = require "textmill.rules.zh.text"
    local s, marks = "甲、乙。丙、丁", { "、", "。" }
    assert.same({ 16, "、" }, { text.last(s, marks, 1, #s) })
    assert.same({ 10, "。" }, { text.last(s, marks, 1, 17) })
    assert.same({ 4, "、" }, { text.last(s, marks, 4, 11) })
    assert.is_nil(text.last(s, marks, 5, 11))
    assert.is_nil(text.last(s, marks, 9, 3))
    assert.same({ 16, "、" }, { text.last(s, marks, -3, 99) })
  end)

  local by_type = require "textmill.rules.zh.by_type"
  local text = require "textmill.rules.zh.text"

  it("facts of one type are those of the list, also when it grew", function()
    local facts = { { type = "place" }, { type = "time" }, { type = "place" } }
    assert.same({ facts[1], facts[3] }, by_type.of(facts, "place"))
    facts[4] = { type = "place" }
    assert.equal(facts[4], by_type.of(facts, "place")[3])
    facts[4], facts[3] = nil, nil
    assert.same({ facts[1] }, by_type.of(facts, "place"))
    assert.same({}, by_type.of(facts, "step"))
    assert.same({}, by_type.of(nil, "step"))
  end)

  it("the first of marks: where, and which; of two at one place the one named first", function()
    local marks = { "、", ",", "以及", "以" }
    assert.same({ 4, "、" }, { text.first("甲、乙,丙", marks, 1) })
    assert.same({ 10, "," }, { text.first("甲、乙,丙", marks, 5) })
    assert.same({ 4, "以及" }, { text.first("甲以及乙", marks, 1) })
    for _, from in ipairs { 1, 14, 15, 99, math.maxinteger } do
      assert.is_nil(text.first("甲、乙,丙", from > 1 and marks or { "丁" }, from))
    end
    assert.are.same({ 4, "、" }, { text.first("甲、乙,丙", marks, 1, 6) })
    assert.is_nil(text.first("甲、乙,丙", marks, 1, 5)) -- cut in two
    for _, bad in ipairs { "\0", "\2,", "\1,\1" } do
      assert.error_matches(function() core.first_mark("a", bad, 1) end, "marks and their lengths")
    end
  end)

  it("takes lists apart", function()
    local lists = require "textmill.rules.zh.lists"
    local s = " “甲”、、乙:,:丙‘丁’\n丑"
    local function items(i, j)
      local list = lists.split_at(s, i, j, { "、", "," })
      local k = 0
      for it in lists.each(s, i, j, { "、", "," }) do
        k = k + 1
        assert.are.same(list[k], it)
      end
      assert.are.equal(#list, k)
      return list
    end
    assert.are.same({ { text = "甲", i = 5, j = 7 }, { text = "乙:", i = 17, j = 20 },
                      { text = "丙丁\n丑", i = 23, j = #s } }, items(1, #s))
    assert.are.same({ { text = "乙:", i = 17, j = 20 } }, items(12, 24)) -- characters that the ends cut
    assert.are.same({}, items(5, 4))
    assert.error_matches(function() core.list_items("a", 1, 1, "\2,") end, "marks and their lengths")
  end)

  it("finds strings within part of a text", function()
    assert.are.equal(4, core.find_within("甲乙甲乙", "乙", 1, 12))
    assert.are.equal(10, core.find_within("甲乙甲乙", "乙", 5, 99))
    assert.is_nil(core.find_within("甲乙甲乙", "乙", 5, 11))
    assert.is_nil(core.find_within("甲乙", "乙", 7, 6))
    assert.is_nil(core.find_within("甲乙", "", 1, 6))
  end)

  it("finds what stands between marks of one block", function()
    local doc = document.new "甲“乙“丙”丁”「戊」\n己“庚\n辛”“壬”癸“"
    local found = {}
    for k, q in ipairs(require "textmill.rules.zh.quotes".of(doc)) do
      found[k] = doc.shown:sub(q.i, q.j)
      assert.are.equal(doc.blocks[q.number], q.block)
      assert.is_true(q.open < q.i and q.close > q.j)
    end
    assert.are.same({ "乙“丙", "戊", "壬" }, found)
    assert.error_matches(function() doc.view:quotations({ 0, 1 }, doc.blocks) end, "numbers of strings")
  end)
end)
