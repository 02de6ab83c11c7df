-- tm.lexicon with words of one's own: they surely apply, in both scripts, and only
-- in their own handle; word classes in patterns; the words of a corpus
local tm = require "textmill"
local P = tm.pattern

local function joined(s, lex, o)
  o = o or {}
  o.lexicon = lex
  local list = {}
  for word in tm.words(s, o) do list[#list + 1] = word end
  return table.concat(list, "|")
end

local function with(...)
  local lex = tm.lexicon()
  for _, word in ipairs { ... } do assert(lex:add(word)) end
  return lex
end

describe("a lexicon with words of one's own", function()
  it("applies words of any characters", function()
    local cases = { -- word, text, tokens
      { "C++", "学C++语言", "学|C++|语言" },
      { "Windows 11", "装Windows 11了", "装|Windows 11|了" },
      { "卡-点", "村口设卡-点", "村口|设|卡-点" },
      { "新冠-19", "防新冠-19和流感", "防|新冠-19|和|流感" },
      { "easy_install", "用 easy_install 装", "用|easy_install|装" },
      { "T+0", "实行T+0交易", "实行|T+0|交易" },
      { "5A级", "一处5A级景区", "一处|5A级|景区" },
      { "三有一可", "做到三有一可", "做到|三有一可" },
      { "劝返点", "设立劝返点", "设立|劝返点" },
      { "2号卡口", "在2号卡口值守", "在|2号卡口|值守" },
      { "node.js", "学 Node.js 了", "学|Node.js|了" },
      { "一网统管", "推进“一网统管”平台", "推进|“|一网统管|”|平台" },
    }
    for _, case in ipairs(cases) do
      assert.are.equal(case[3], joined(case[2], with(case[1])), case[1])
    end
  end)

  it("finds them in both scripts, any case and width", function()
    local lex = with("勸返點", "Windows 11", "聯防")
    assert.are.equal("设|劝返点|,|設|勸返點", joined("设劝返点,設勸返點", lex))
    assert.are.equal("ＷＩＮＤＯＷＳ　１１|windows  11", joined("ＷＩＮＤＯＷＳ　１１ windows  11", lex))
  end)

  it("wins against its parts, wherever they come from", function()
    for _, word in ipairs { "研究生命", "中华人民", "一二三四", "的了", "人民共和", "在于是", "三百六十行" } do
      assert.are.equal(word, joined(word, with(word)), word)
    end
  end)

  it("takes a weight as a frequency", function()
    local lex = tm.lexicon():add("设立检", { weight = 1 })
    assert.are.equal("设立|检测", joined("设立检测", lex))
    lex:add("设立检", { weight = 50000000 })
    assert.are.equal("设立检|测", joined("设立检测", lex))
    assert.are.equal(50000000, lex:get("设立检").weight)
  end)

  it("forces words through numbers, letters and the best path", function()
    local lex = tm.lexicon():add("19疫苗", { force = true }):add("测卡", { force = true })
      :add("AI", { force = true }):add("口70", { force = true }):add("测卡口", { force = true })
    assert.are.equal("covid|-|19疫苗", joined("covid-19疫苗", lex))
    assert.are.equal("检|测卡口|70|处", joined("检测卡口70处", lex), "the leftmost, the longest")
    assert.are.equal("said|AI|说|AI|了", joined("said AI说AI了", lex), "no letters are parted")
    assert.are.equal("路|口70|,|路口|705", joined("路口70,路口705", lex), "nor digits")
  end)

  it("forces what is too long for a path", function()
    local long = ("全镇村组干部党员"):rep(6)
    assert.are.equal("是|" .. long .. "|的", joined("是" .. long .. "的", with(long)))
  end)

  it("cuts no word at the window's edge", function()
    local lex = with("卡 - 点")
    for n = 500, 516 do
      local s = ("、"):rep(n) .. "卡 - 点" .. ("、"):rep(300)
      local list = {}
      for word in tm.words(s, { lexicon = lex }) do list[word] = true end
      assert.is_true(list["卡 - 点"], tostring(n))
    end
  end)

  it("keeps words of one handle from another", function()
    local one, two = with("劝返点"), with("设劝")
    assert.are.equal("设|劝返点", joined("设劝返点", one))
    assert.are.equal("设劝|返|点", joined("设劝返点", two))
    assert.are.equal("设|劝返|点", joined "设劝返点")
    local three = tm.lexicon(one)
    three:remove "劝返点"
    assert.are.equal("设|劝返点", joined("设劝返点", one))
    assert.are.equal("设|劝返|点", joined("设劝返点", three))
    one:remove "劝返"
    assert.are.equal("设|劝返|点", joined("设劝返点", three))
  end)

  it("removes words, also the list's", function()
    local lex = with("劝返点")
    local n = #lex
    assert.is_true(lex:remove "檢測")
    assert.is_false(lex:remove "检测")
    assert.is_true(lex:remove "劝返点")
    assert.is_false(lex:remove "根本没有这个词")
    assert.are.equal(n - 2, #lex)
    assert.is_nil(lex:get "检测")
    assert.are.equal("检|测|人员|劝返|点", joined("检测人员劝返点", lex))
    lex:add "检测"
    assert.are.equal("检测|人员", joined("检测人员", lex))
    assert.are.equal("vn", lex:get("检测").tag)
    for _, word in ipairs { "中华人民共和国", "的", "t恤" } do
      assert.is_true(lex:remove(word))
      assert.is_nil(lex:get(word))
    end
    assert.are_not.equal("中华人民共和国", joined("中华人民共和国", lex))
  end)

  it("says what it knows of a word", function()
    local lex = tm.lexicon():add("勸返點", { tag = "ns", class = "checkpoint measure" })
    assert.are.same({ word = "劝返点", tag = "ns", frequency = 0, classes = { "measure", "checkpoint" },
      user = true, force = false }, lex:get "劝返点")
    local _, _, _, tag = tm.words("劝返点", { lexicon = lex })()
    assert.are.equal("ns", tag)
    assert.are.equal(1186, tm.lexicon():add("水库"):get("水库").frequency)
    assert.matches("1 of one's own", tostring(lex))
  end)

  it("refuses what is no word", function()
    local lex = tm.lexicon()
    assert.has_error(function() lex:add "" end)
    assert.has_error(function() lex:add " \t" end)
    assert.has_error(function() lex:add "a\nb" end)
    assert.has_error(function() lex:add "a\0b" end)
    assert.has_error(function() lex:add(("x"):rep(256)) end)
    assert.has_error(function() lex:add("x", { tag = "nothing" }) end)
    assert.has_error(function() lex:add("x", { weight = 0 }) end)
    assert.has_error(function() lex:add("x", { color = 1 }) end)
    local none, _, position, code = lex:add "\xE5\x8D"
    assert.is_nil(none)
    assert.are.equal("utf8", code)
    assert.are.equal(1, position)
  end)

  it("tiles any text with any words", function()
    local pieces = { "卡", "点", "a", "1", " ", "-", "+", "三", "百", "的", "ア", "・", "\u{301}", "検", "Ｗ", "\n" }
    local seed = 7
    local function random(n)
      seed = (seed * 1103515245 + 12345) % 2147483648
      return seed // 65536 % n + 1
    end
    local function make(n)
      local t = {}
      for k = 1, n do t[k] = pieces[random(#pieces)] end
      return table.concat(t)
    end
    for _ = 1, 60 do
      local lex = tm.lexicon()
      for _ = 1, 20 do pcall(lex.add, lex, make(random(5)), { force = random(3) == 1 }) end
      for _ = 1, 3 do pcall(lex.remove, lex, make(random(2))) end
      local s = make(400)
      local t, last = tm.tokens(s, { lexicon = lex }), 0
      for k = 1, #t do
        local i, j = t:span(k)
        assert.is_true(i == last + 1 or i <= last + 1 and j >= last)
        last = j
      end
      assert.are.equal(#s, last)
    end
  end)
end)

describe("lex:load", function()
  local function load(content)
    local path = os.tmpname()
    local f <close> = assert(io.open(path, "wb"))
    f:write(content)
    f:close()
    local lex = tm.lexicon()
    local n, message, line, code = lex:load(path)
    os.remove(path)
    return lex, n, message and message:gsub("^.*/", ""):gsub("^lua_%w+", "FILE"), line, code
  end

  it("reads jieba's format", function()
    local lex, n = load("\u{FEFF}劝返点 3 ns\r\n# a comment\r\n\r\nWindows 11 5 nz\r\n卡点\r\n" ..
      "C++\t\teng\r\nrice 2\r\n" ..
      "visual studio\r\nPlan 9\t\t\r\n检测 0\r\n#话题#\r\n")
    assert.are.equal(8, n)
    assert.are.equal("ns", lex:get("劝返点").tag)
    assert.are.equal(3, lex:get("劝返点").weight)
    assert.are.equal("nz", lex:get("windows 11").tag)
    assert.are.equal("eng", lex:get("c++").tag)
    assert.are.equal(2, lex:get("rice").weight)
    assert.is_table(lex:get "visual studio")
    assert.is_table(lex:get "plan 9")
    assert.is_table(lex:get "#话题#")
    assert.is_nil(lex:get "检测")
  end)

  it("names file and line of what is wrong, and takes nothing then", function()
    local lex, n, message, line, code = load "劝返点\n\xFF\n"
    assert.is_nil(n)
    assert.are.equal("FILE:2: not UTF-8", message)
    assert.are.equal(2, line)
    assert.are.equal("utf8", code)
    assert.is_nil(lex:get "劝返点")
    n, message = select(2, load "卡点\n\n闸口\tmany\tn\n")
    assert.is_nil(n)
    assert.are.equal("FILE:3: 'many' is no frequency", message)
    n, message = select(2, load(("长"):rep(100) .. "\n"))
    assert.is_nil(n)
    assert.matches("^FILE:1: a word is too long", message)
    assert.is_nil((lex:load "no/such/file"))
  end)
end)

describe("patterns with a lexicon", function()
  it("match classes of one's own", function()
    local lex = tm.lexicon():add("劝返点", { class = "checkpoint" }):add("卡口", { class = "checkpoint" })
    local o = { lexicon = lex }
    local p = P.number:as "n" * P.measure * P.class "checkpoint":as "item"
    local m = p:match("3个勸返點", 1, o)
    assert.are.equal("劝返点", m.item)
    assert.are.equal(3, m.n)
    assert.is_nil(p:match "3个勸返點")
    local found = {}
    for one in P.class"checkpoint county":gmatch("设卡口和劝返点", 1, o) do found[#found + 1] = one:text() end
    assert.are.same({ "卡口", "劝返点" }, found)
    assert.are.equal('P.class"checkpoint"', tostring(P.class"checkpoint"))
  end)

  it("see changes of the lexicon, and no other lexicon's words", function()
    local lex, s = tm.lexicon(), "村口设劝返点"
    local o = { lexicon = lex }
    assert.is_nil(P.form"劝返点":find(s, 1, o))
    lex:add("劝返点", { class = "checkpoint" })
    assert.are.equal(10, (P.form"劝返点":find(s, 1, o)))
    assert.are.equal(10, (P.class"checkpoint":find(s, 1, o)))
    assert.is_nil(P.class"checkpoint":find(s))
    lex:remove "劝返点"
    assert.is_nil(P.class"checkpoint":find(s, 1, o))
    assert.is_nil(P.class"checkpoint":find(s, 1, { lexicon = tm.lexicon() }))
  end)

  it("give words the classes textmill knows", function()
    local lex = tm.lexicon():add("坨", { class = "measure", tag = "q" })
    local o = { lexicon = lex }
    assert.are.equal("坨", (P.number * P.class"measure":as"m"):match("3坨", 1, o).m)
    assert.are.equal("3坨", (P.number * P.measure):match("3坨", 1, o):text())
    assert.is_nil((P.number * P.measure):match "3坨")
  end)

  it("work on texts, and keep no text's own view", function()
    local t = tm.clean "村口设劝返点"
    local lex = with "劝返点"
    assert.are.equal(10, (P.form"劝返点":find(t, 1, { lexicon = lex })))
    assert.is_nil(P.form"劝返点":find(t))
  end)
end)

describe("the words of a corpus", function()
  local DOCS <const> = { "全镇设立劝返点3个，卡口2处。", "村口設勸返點5个，装Windows 11。", "没有什么可说的。",
    "聯防聯控，三有一可。", "三有一可，设劝返点一处。" }

  local function corpus(before)
    local c = tm.open()
    if before then before(c) end
    for k, text in ipairs(DOCS) do assert(c:add { id = tostring(k), text = text }) end
    return c
  end

  local function tokens(c)
    local t = {}
    for k = 1, #DOCS do
      for m in P(1):gmatch(c:doc(tostring(k)).text) do t[#t + 1] = m:text() end
      t[#t + 1] = "/"
    end
    for row in c:sql "select tokens from documents order by id" do t[#t + 1] = row.tokens end
    for row in c:sql "select tokens from articles order by doc" do t[#t + 1] = row.tokens end
    return table.concat(t, " ")
  end

  it("cut the documents anew that hold them, and say how many", function()
    local c <close> = corpus()
    assert.are.equal(0, (c:count "word:劝返点"))
    local r = c:userwords { add = "劝返点 聯防聯控" }
    assert.are.equal("2 words added. 4 documents of 5 contain them and were re-segmented; "
      .. "statistics are up to date.", tostring(r))
    assert.are.equal(3, (c:count "word:劝返点"))
    assert.are.equal(3, (c:count "劝返点"))
    assert.are.equal(1, (c:count "word:联防联控"))
    assert.are.equal(0, #c:verify())
    assert.are.equal("1 word added. 1 document of 5 contains it and was re-segmented; "
      .. "statistics are up to date.", tostring(c:userwords { add = { "Windows 11" } }))
    local again = c:userwords { add = { "windows 11" } }
    assert.are.equal("No word is new; nothing had to be done.", tostring(again))
    local list = {}
    for row in c:userwords() do list[#list + 1] = row.word end
    assert.are.same({ "windows 11", "劝返点", "联防联控" }, list)
    assert.are.equal(0, #c:verify())
  end)

  it("leave a corpus as if they had been there before its documents", function()
    local function change(c)
      c:userwords { add = { "Windows 11", "三有", { "劝返点", tag = "ns", force = true }, "有一可" } }
      c:userwords { remove = "三有 没有" }
    end
    local plain = corpus()
    local after, before = corpus(), corpus(change)
    change(after)
    assert.are.equal(tokens(before), tokens(after))
    assert.are_not.equal(tokens(plain), tokens(after))
    assert.are.equal(0, #after:verify())
    after:userwords { remove = { "Windows 11", "劝返点", "有一可" }, add = "没有" }
    assert.are.equal(tokens(plain), tokens(after))
    assert.are.equal(0, #after:verify())
  end)

  it("come from a file in jieba's format, too; an error changes nothing", function()
    local c <close> = corpus()
    local path = os.tmpname()
    local function write(s)
      local f <close> = assert(io.open(path, "wb"))
      f:write(s)
    end
    write "劝返点 5 ns\nWindows 11 3 nz\n没有 0\n"
    local report = tostring(c:userwords { file = path })
    assert.matches("^2 words added, 1 removed%. 4 documents of 5 contain them", report)
    assert.are.equal(1, (c:count 'word:"windows 11"'))
    write "三有一可\n劝返\xFF\n"
    local ok, e = pcall(c.userwords, c, { file = path })
    assert.is_false(ok)
    assert.matches(":2: not UTF%-8", tostring(e))
    assert.are.equal("utf8", e.code)
    assert.are.equal(0, (c:count "word:三有一可"))
    os.remove(path)
  end)

  it("are in the file, for every process and later documents", function()
    local path = os.tmpname()
    os.remove(path)
    do
      local c <close> = tm.open(path, { mode = "create" })
      c:add { id = "a", text = DOCS[1] }
      local other <close> = tm.open(path, { mode = "rw" })
      other:add { id = "b", text = DOCS[2] }
      c:userwords { add = "劝返点" }
      assert.are.equal(2, (other:count "word:劝返点"))
      other:add { id = "c", text = DOCS[5] }
      assert.are.equal(3, (c:count "word:劝返点"))
    end
    local c <close> = tm.open(path, { mode = "r" })
    assert.are.equal(3, (c:count "word:劝返点"))
    assert.are.equal(0, #c:verify())
    assert.are.equal("10", c:stats().schema)
    assert.has_error(function() c:userwords { add = "卡点" } end)
    for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  end)

  it("bear tags and classes in patterns", function()
    local c <close> = corpus()
    c:userwords { add = { { "劝返点", tag = "ns", class = "checkpoint" }, { word = "三有一可", class = "scheme" } } }
    assert.are.equal(3, #c:match(P.class "checkpoint"))
    assert.are.equal(5, #c:match(P.class "checkpoint scheme"))
    assert.are.equal(3, #c:match(P.tag "ns" * P.number))
    assert.are.same({ "checkpoint", "scheme" }, { c:userwords()[2].class, c:userwords()[1].class })
  end)

  it("refuse what is no word", function()
    local c <close> = corpus()
    assert.has_error(function() c:userwords { add = { "" } } end)
    assert.has_error(function() c:userwords { words = "a" } end)
    assert.has_error(function() c:userwords { add = 5 } end)
    assert.has_error(function() c:userwords { add = { "\xFF" } } end)
    assert.are.equal(0, #c:userwords())
  end)
end)

describe("groups of words", function()
  local function corpus()
    local c = tm.open()
    c:add { id = "a", text = "全镇设立劝返点3个，卡口2处。" }
    c:add { id = "b", text = "村口設檢測點5个。" }
    c:group("checkpoint", "勸返點 卡口 检测点")
    return c
  end

  it("are found by @name", function()
    local c <close> = corpus()
    local hits, documents = c:count "@checkpoint"
    assert.are.equal(3, hits)
    assert.are.equal(2, documents)
    assert.are.equal(2, (c:count "@checkpoint -村口"))
    assert.are.equal(1, #c:search "@checkpoint 全镇")
    assert.has_error(function() c:count "@nothing" end)
    assert.are.equal(0, (c:count '"@nothing"'))
  end)

  it("are classes in patterns over the corpus, of one token or more", function()
    local c <close> = corpus()
    local found = {}
    for row in c:match(P.class"checkpoint":as"what" * P.number:as"n") do found[#found + 1] = row.captures end
    assert.are.equal(3, #found)
    assert.are.equal(0, (c:count "word:劝返点"), "no words for the segmenter")
  end)

  it("are listed, changed and removed", function()
    local c <close> = corpus()
    local list = {}
    for row in c:group() do list[#list + 1] = row.name .. " " .. row.word end
    assert.are.same({ "checkpoint 劝返点", "checkpoint 卡口", "checkpoint 检测点" }, list)
    c:group("checkpoint", { "卡口", "Windows 11" })
    assert.are.equal(1, (c:count "@checkpoint"))
    assert.are.equal(2, #c:group())
    c:group("checkpoint", "")
    assert.are.equal(0, #c:group())
    assert.has_error(function() c:count "@checkpoint" end)
    assert.has_error(function() c:group("measure", "a") end)
    assert.has_error(function() c:group("two words", "a") end)
  end)
end)

describe("the verbs", function()
  it("userwords and new-words work on a file", function()
    local path = os.tmpname()
    os.remove(path)
    do
      local c <close> = tm.open(path, { mode = "create" })
      c:add { id = "a", text = "设劝返点，装Windows 11，又设劝返点。" }
    end
    local function run(rest)
      local f = assert(io.popen("build/bin/textmill " .. rest .. " 2>&1"))
      local out = f:read "a"
      f:close()
      return out
    end
    assert.matches("^1 word added%. 1 document of 1", run("userwords " .. path .. " --add 劝返点"))
    assert.matches("劝返点", run("userwords " .. path))
    assert.matches("1 word removed", run("userwords " .. path .. " --remove 劝返点"))
    assert.matches("no such file", run("userwords " .. path .. " --file /no/words.txt"):lower())
    assert.matches("^word\tcount\tdocs", run("new-words " .. path .. " --min-count 2 --min-docs 1"))
    assert.matches("below 1", run("new-words " .. path .. " --n 0"))
    for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  end)
end)
