-- tm.words, tm.tokens, tm.lexicon
local core = require "textmill.core"

local function joined(s, options)
  local list = {}
  for word in core.words(s, options) do list[#list + 1] = word end
  return table.concat(list, " ")
end

local function tags(s)
  local list = {}
  for word, _, _, tag in core.words(s) do list[#list + 1] = word .. "/" .. tag end
  return table.concat(list, " ")
end

describe("tm.words", function()
  it("gives words, spans and tags", function()
    local got = {}
    for w, i, j, tag in core.words "全村设立检测卡口70处" do
      got[#got + 1] = ("%s/%s %d-%d"):format(w, tag, i, j)
    end
    assert.are.same({ "全村/n 1-6", "设立/v 7-12", "检测/vn 13-18", "卡口/ns 19-24", "70/m 25-26",
      "处/n 27-29" }, got)
  end)

  it("gives pieces of the string as they stand", function()
    local s = "Ｗｅ 設立 ７０處ＡＢＣ，完"
    local last = 0
    for w, i, j in core.words(s) do
      assert.are.equal(w, s:sub(i, j))
      assert.is_true(i > last)
      last = j
    end
    assert.are.equal(#s, last)
    assert.are.equal("Ｗｅ 設立 ７０ 處 ＡＢＣ ， 完", joined(s))
  end)

  it("finds traditional and simplified words alike", function()
    local simple, traditional = joined "历史学家研究电脑", joined "歷史學家研究電腦"
    assert.are.equal("历史学家 研究 电脑", simple)
    assert.are.equal("歷史學家 研究 電腦", traditional)
  end)

  it("keeps numbers whole, or splits them", function()
    assert.are.equal("1,234.5 元 和 30% , 2020-02-26 16:57", joined "1,234.5元和30%,2020-02-26 16:57")
    assert.are.equal("1 , 234 . 5 元", joined("1,234.5元", { numbers = "split" }))
    assert.are.equal("三百 余 名 党员", joined "三百余名党员")
    assert.are.equal("30万 元", joined "30万元")
    assert.are.equal("2 月 4 日", joined "2月4日")
    assert.are.equal("2 千克 盐", joined "2千克盐")
  end)

  it("lets words that begin like numerals be words", function()
    assert.are.equal("在 第一 线 , 万一 一律", (joined "在第一 线,万一 一律"))
    assert.are.equal("万一/m 一盘棋/n 两委/j", tags "万一 一盘棋 两委")
  end)

  it("keeps addresses, names of things and combining sequences whole", function()
    assert.are.equal("covid-19 4G AT&T x.y@example.org", joined "covid-19 4G AT&T x.y@example.org")
    assert.are.equal("见 https://example.org/a?b=1 。", joined "见https://example.org/a?b=1。")
    assert.are.equal("re\u{301}sume\u{301} 5 km", joined "re\u{301}sume\u{301} 5km")
    assert.are.equal("👍🏽 🇨🇳", joined "👍🏽🇨🇳")
  end)

  it("gives a character that folds to several once", function()
    assert.are.equal("㎏ 和 ½ …", joined "㎏和½…")
  end)

  it("has nothing for empty and blank strings", function()
    assert.are.equal("", joined "")
    assert.are.equal("", joined " \n\t　")
  end)

  it("gives the words in words for an index of one's own", function()
    local function search(s, o)
      local list = {}
      o = o or {}
      o.mode = "search"
      for w, i, j, tag, at in core.words(s, o) do
        assert.are.equal(w, s:sub(i, j))
        list[#list + 1] = at .. w .. (tag ~= "" and "/" .. tag or "")
      end
      return table.concat(list, " ")
    end
    assert.are.equal("1北京大学/nt 1北京/ns 1大学/n 2的/u 3水库/n", search "北京大学的水库")
    assert.are.equal("1歷史學家/n 1歷史學/n 1歷史/n 1史學家/n 1史學/n 1學家/n 2㍿/nt 3研究/vn", search " 歷史學家㍿ 研究")
    assert.are.equal("1我们/r 2劝返点1号/n 2劝返点/n 2劝返/v", search("我们劝返点1号",
      { lexicon = core.lexicon():add("劝返点"):add("劝返点1号", { force = true }) }))
    assert.are.equal("", search "")
    assert.has_error(function() core.words("a", { mode = "search", tags = "upos" }) end)
  end)

  it("has without the words in words what it has alone", function()
    local s = ("重庆大学在中华人民共和国，１２月歷史學家㍿。½的 "):rep(30)
    local alone, last, n, positions = {}, 0, 0, 0
    for w, i, j, tag in core.words(s) do alone[#alone + 1] = w .. i .. j .. tag end
    for w, i, j, tag, at in core.words(s, { mode = "search" }) do
      if at > last then
        n, last = n + 1, at
        assert.are.equal(alone[n], w .. i .. j .. tag)
        assert.are.equal(n, at)
      else
        positions = positions + 1
      end
    end
    assert.are.equal(#alone, n)
    assert.is_true(positions > n / 4)
  end)

  it("refuses wrong arguments and raises on broken UTF-8", function()
    assert.has_error(function() core.words() end)
    assert.has_error(function() core.words("a", { mood = "dict" }) end)
    assert.has_error(function() core.words("a", { numbers = "half" }) end)
    assert.error_matches(function() core.words("a", { mode = "crf" }) end, "no mode 'crf'")
    local _, e = pcall(core.words, "ab\xff")
    assert.are.equal("utf8", e.code)
    assert.are.equal(3, e.position)
  end)

  it("makes no garbage beside the words", function()
    local s = ("村里设立卡口"):rep(2000)
    for _ in core.words(s) do end -- the strings exist now
    local next_word = core.words(s)
    collectgarbage() collectgarbage "stop"
    local before = collectgarbage "count"
    local n = 0
    while next_word() do n = n + 1 end
    local made = collectgarbage "count" - before
    collectgarbage "restart"
    assert.is_true(n >= 6000)
    assert.is_true(made < 4, ("%g KB for %d words"):format(made, n))
  end)
end)

describe("tm.tokens", function()
  it("is columns over the whole string", function()
    local s = "村里有 12户"
    local t = core.tokens(s)
    assert.are.equal(#t, 5)
    assert.are.equal("textmill.tokens(5 tokens)", tostring(t))
    local all = {}
    for k = 1, #t do all[k] = t:word(k) end
    assert.are.equal(s, table.concat(all))
    assert.are.equal("12", t:word(-2))
    assert.are.same({ 11, 12 }, { t:span(4) })
    assert.are.equal("q", t:tag(5))
    assert.has_error(function() t:word(6) end)
    assert.has_error(function() t:word(0) end)
  end)

  it("holds the words in words in search mode", function()
    local t = core.tokens("在 北京大学", { mode = "search" })
    assert.are.same({ "在", " ", "北京大学", "北京", "大学" }, t:words())
    assert.are.same({ 1, 1, 2, 2, 2 }, { t:position(1), t:position(2), t:position(3), t:position(4),
      t:position(-1) })
    assert.are.same({ 11, 16 }, { t:span(5) })
    assert.are.equal(3, t:at(5))
    assert.are.equal(3, t:at(14))
    assert.has_error(function() core.tokens("在"):position(1) end)
  end)

  it("keeps its string alive", function()
    local t = core.tokens(("卡口"):rep(100) .. os.time())
    collectgarbage() collectgarbage()
    assert.are.equal("卡口", t:word(1))
  end)
end)

describe("tm.lexicon", function()
  local lex = core.lexicon()

  it("knows words in both scripts", function()
    local e = lex:get "歷史"
    assert.are.equal("历史", e.word)
    assert.are.equal("n", e.tag)
    assert.is_true(e.frequency > 1000)
    assert.are.same({}, e.classes)
    assert.is_nil(lex:get "历史史历")
    assert.is_nil(lex:get "")
  end)

  it("knows classes", function()
    assert.are.same({ "surname" }, lex:get("欧阳").classes)
    assert.are.same({ "measure", "unit" }, lex:get("平方米").classes)
    assert.are.same({ "measure", "unit" }, lex:get("KG").classes)
    assert.are.same({ "measure", "money" }, lex:get("美元").classes)
    assert.are.same({ "role" }, lex:get("镇长").classes)
    assert.are.same({ "county" }, lex:get("东城区").classes)
    assert.are.same({ "township" }, lex:get("東華門街道").classes)
  end)

  it("has no word that keeps a numeral and its measure word together", function()
    for _, s in ipairs { "三个", "百余", "万元", "几十名", "第三次", "一月", "三百余名" } do
      assert.is_nil(lex:get(s), s)
    end
    for _, s in ipairs { "一线", "第一", "一起", "十分", "三面", "半天" } do
      assert.is_not_nil(lex:get(s), s)
    end
  end)

  it("knows readings", function()
    assert.are.same({ "zhōng", "zhòng" }, lex:readings "中")
    assert.are.same({}, lex:readings "a")
    assert.has_error(function() lex:readings "中国" end)
    assert.has_error(function() lex:readings "" end)
  end)

  it("prints itself", function()
    assert.matches("^textmill%.lexicon%(%d+ words, jieba%-%d+k/%x%x%x%x%)$", tostring(lex))
    assert.is_true(#lex > 300000)
  end)
end)
