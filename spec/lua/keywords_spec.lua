-- t:keywords and t:summary: what a text is about, in words and in sentences.

local tm = require "textmill"

local TEXT = [[
石桥乡水库大坝加固完工

石桥水库大坝加固工程昨日完工,大坝加高两米。水库大坝下游的村民转移到学校。

午后天气晴朗。村民说,大坝加固以后心里踏实。水库大坝下游的村民转移到学校。
]]

local function words(result)
  local out = {}
  for _, row in ipairs(result) do out[#out + 1] = row.word end
  return out
end

describe("keywords", function()
  it("puts what is frequent here and rare elsewhere first", function()
    local t = tm.clean(TEXT)
    local list = t:keywords(3)
    assert.equal("大坝", list[1].word)
    assert.equal(6, list[1].count) -- the title counts
    assert.is_true(list[1].score > list[2].score)
    assert.equal(3, #list)
  end)

  it("leaves out words of one character, numbers and function words", function()
    for _, by in ipairs { "tfidf", "textrank" } do
      for _, word in ipairs(words(tm.clean("我们的12个网格和12个网格都在。"):keywords(20, { by = by }))) do
        assert.is_true(utf8.len(word) > 1)
        assert.is_nil(word:find "%d")
        assert.not_equal("我们", word)
      end
    end
  end)

  it("ranks by neighbours when asked to", function()
    -- 村民 stands beside four different words, the others beside two
    local t = tm.clean "村民学校。村民水库。村民大坝。村民干部。"
    assert.equal("村民", t:keywords(1, { by = "textrank" })[1].word)
  end)

  it("gives nothing for a text without words, and says which weighing is unknown", function()
    assert.equal(0, #tm.clean("。。。"):keywords())
    assert.equal(0, #tm.clean("12345 !!!"):keywords(5, { by = "textrank" }))
    local ok, message = pcall(function() return tm.clean("水"):keywords(3, { by = "best" }) end)
    assert.is_false(ok)
    assert.matches("'tfidf' or 'textrank', not 'best'", message)
  end)
end)

describe("summary", function()
  it("takes sentences of the body in their order, each once", function()
    local t = tm.clean(TEXT)
    local list = t:summary(2)
    assert.equal(2, #list)
    assert.is_true(list[1].i < list[2].i)
    local seen = {}
    for _, s in ipairs(t:summary(20)) do
      assert.is_nil(seen[s.text])
      seen[s.text] = true
      assert.not_equal("石桥乡水库大坝加固完工", s.text)
    end
    assert.is_nil(tostring(list):find "晴朗")
  end)

  it("points at the clean text, glosses and all", function()
    local t = tm.clean "水庫(kù)放水。\n\n水庫大壩(bà)加固,大壩下游村民轉移。村民安置在學校。"
    for _, s in ipairs(t:summary(3)) do
      assert.equal(s.text, (tm.normalize(tostring(t):sub(s.i, s.j), "display"):match "^%s*(.-)%s*$"))
    end
  end)

  it("works on hostile lengths within bounds", function()
    local lines = {}
    for k = 1, 3000 do lines[k] = "第" .. k .. "次宣传政策,干部下村,群众支持。" end
    assert.equal(2, #tm.clean(table.concat(lines, "\n")):summary(2))
    assert.equal(0, #tm.clean("12345"):summary())
  end)
end)
