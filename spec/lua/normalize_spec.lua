-- tm.normalize: forms by name, the map that comes with the result, refusals.
-- What the forms do is tested in C against the Unicode files and ICU.
local core = require "textmill.core"

describe("normalize", function()
  local cases = {
    { "e\u{301}", "nfc", "é" },
    { "é", "NFD", "e\u{301}" },
    { "ﬁ①", "nfkc", "fi1" },
    { "한", "nfkd", "\u{1112}\u{1161}\u{11AB}" },
    { "Straße", "nfkc_cf", "strasse" },
    { "ＡBC", "casefold", "ａbc" },
    { "１２個ｶﾞ", "width", "12個ガ" },
    { "zhèn", "nomarks", "zhen" },
    { "開辦１２所學校，Ａ", "fold", "开办12所学校,a" },
    { "開辦１２所「學校」，Ａ“好”。", "display", "开办12所「学校」,A“好”。" },
    { "", "fold", "" },
    { "a\0Ｂ", "fold", "a\0b" },
  }
  for _, case in ipairs(cases) do
    it(("%s of %q"):format(case[2], case[1]), function()
      local s, map = core.normalize(case[1], case[2])
      assert.equal(case[3], s)
      assert.equal(case[1] == case[3], #map == 0)
    end)
  end

  it("maps the result to the source", function()
    local source = "開辦１２所學校"
    local s, map = core.normalize(source, "fold")
    local i, j = s:find("12所", 1, true)
    local from, to = map:from(i, j)
    assert.equal("１２所", source:sub(from, to))
    assert.same({ i, j }, { map:to(from, to) })
  end)

  it("maps a composed character to all of its parts", function()
    local _, map = core.normalize("xe\u{323}\u{302}y", "nfc")
    assert.same({ 2, 6 }, { map:from(2, 4) })
    assert.same({ 7, 7 }, { map:from(5, 5) })
  end)

  it("says where the text is not UTF-8", function()
    local s, message, position, code = core.normalize("ab\xff", "nfc")
    assert.is_nil(s)
    assert.matches("UTF%-8", message)
    assert.equal(3, position)
    assert.equal("utf8", code)
  end)

  it("raises for a form it does not know, and names those it does", function()
    assert.error_matches(function() core.normalize("a", "nfq") end, "unknown form 'nfq'.*nfkc_cf")
    assert.error(function() core.normalize("a") end)
    assert.error(function() core.normalize({}, "nfc") end)
  end)
end)
