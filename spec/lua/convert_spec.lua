-- tm.convert: configurations by name, the map, user entries, the segmenter as a
-- guide, refusals. What the dictionaries do is tested in C.
local tm = require "textmill"

describe("convert", function()
  local cases = {
    { "設立十四個檢查站", "t2s", "设立十四个检查站" },
    { "干净的头发，皇后在后面", "S2T", "乾淨的頭髮，皇后在後面" },
    { "软件和数据库", "s2twp", "軟體和資料庫" },
    { "軟體和資料庫", "tw2sp", "软件和数据库" },
    { "這裡", "tw2t", "這裏" },
    { "这里", "s2hk", "這裏" },
    { "旧字体", "jp2t", "舊字體" },
    { "a\0漢", "t2s", "a\0汉" },
    { "", "t2s", "" },
  }
  for _, case in ipairs(cases) do
    it(("%s of %q"):format(case[2], case[1]), function()
      local s, map = tm.convert(case[1], case[2])
      assert.equal(case[3], s)
      assert.equal(case[1] == case[3], #map == 0)
    end)
  end

  it("maps the result to the source", function()
    local source = "用U盘存数据库"
    local s, map = tm.convert(source, "s2twp")
    local i, j = s:find("隨身碟", 1, true)
    local from, to = map:from(i, j)
    assert.equal("U盘", source:sub(from, to))
    i, j = s:find("庫", 1, true)
    from, to = map:from(i, j)
    assert.equal("库", source:sub(from, to))
  end)

  it("takes entries of the user over the dictionaries", function()
    assert.equal("設立關卡", (tm.convert("设立卡点", "s2t", { user = { ["卡点"] = "關卡" } })))
    assert.equal("程式", (tm.convert("软件", "s2twp", { user = { ["软件"] = "程式" } })))
    assert.equal("汉", (tm.convert("漢", "t2s", { user = {} })))
  end)

  it("is guided by the segmenter", function()
    assert.equal("心理發展", (tm.convert("心理发展", "s2t", { words = true })))
    assert.equal("他在理髮", (tm.convert("他在理发", "s2t", { words = true })))
  end)

  it("converts the clean text of a document", function()
    assert.equal("汉字", (tm.convert(tm.clean "<p>漢字</p>", "t2s")))
  end)

  it("says where the text is not UTF-8", function()
    local s, message, position, code = tm.convert("ab\xff", "t2s")
    assert.is_nil(s)
    assert.matches("UTF%-8", message)
    assert.equal(3, position)
    assert.equal("utf8", code)
  end)

  it("refuses a key that cannot be one", function()
    local s, message, _, code = tm.convert("a", "t2s", { user = { [("x"):rep(256)] = "y" } })
    assert.is_nil(s)
    assert.matches("256 bytes", message)
    assert.equal("invalid", code)
  end)

  it("raises for what it does not know, and names what it does", function()
    assert.error_matches(function() tm.convert("a", "t2x") end, "unknown conversion 't2x'.*s2twp.*jp2t")
    assert.error_matches(function() tm.convert("a", "t2s", { word = true }) end, "unknown option 'word'")
    assert.error(function() tm.convert("a") end)
    assert.error(function() tm.convert({}, "t2s") end)
    assert.error_matches(function() tm.convert("a", "t2s", { user = "x" }) end, "'user' is a table")
    assert.error_matches(function() tm.convert("a", "t2s", { user = { a = 1 } }) end, "strings")
  end)
end)
