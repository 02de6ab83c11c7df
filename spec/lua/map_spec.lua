-- tm.valid, and what a map refuses. Maps themselves come from other calls.
local core = require "textmill.core"

describe("valid", function()
  local cases = {
    {"", true}, {"plain", true}, {"汉字\0𠀀", true},
    {"ab\xff", 3, "invalid_byte"}, {"\xe6\xb1", 1, "truncated"}, {"汉\x80", 4, "stray"},
    {"\xc0\x80", 1, "overlong"}, {"a\xed\xa0\x80", 2, "surrogate"},
    {"\xf4\x90\x80\x80", 1, "range"},
  }
  for _, case in ipairs(cases) do
    it(("%q"):format(case[1]), function()
      local ok, message, position, kind = core.valid(case[1])
      if case[2] == true then return assert.is_true(ok) end
      assert.is_nil(ok)
      assert.matches("byte " .. case[2], message)
      assert.equal(case[2], position)
      assert.equal(case[3], kind)
    end)
  end

  it("raises for what is no string", function()
    assert.error(function() core.valid({}) end)
  end)
end)

describe("map", function()
  -- full-width A (3 bytes) -> a, kept character, ligature fi (3 bytes) -> 2
  local source = "Ａ汉ﬁ"
  local folded, m = core.normalize(source, "nfkc_cf")

  it("looks up both ways, 1-based and inclusive", function()
    assert.equal("a汉fi", folded)
    assert.same({1, 3}, {m:from(1)})
    assert.same({4, 6}, {m:from(2, 4)})
    assert.same({7, 9}, {m:from(6)}) -- inside a piece: the whole piece
    assert.same({1, 9}, {m:from(1, -1)})
    assert.same({5, 6}, {m:to(8, 8)})
    assert.same({2, 4}, {m:to(4, 6)})
  end)

  it("maps an empty span to an empty span", function()
    assert.same({4, 3}, {m:from(2, 1)})
  end)

  it("composes", function()
    local _, second = core.normalize(folded, "nfc")
    local both = m:compose(second)
    assert.same({m:from(2, 5)}, {both:from(2, 5)})
    assert.equal(#m, #both)
  end)

  it("says what it is", function()
    assert.equal("textmill.map(9 -> 6 bytes, 2 runs)", tostring(m))
    assert.equal(2, #m)
  end)

  it("refuses what is outside or does not fit", function()
    assert.error_matches(function() m:from(0) end, "position outside the text")
    assert.error_matches(function() m:from(1, 99) end, "position outside the text")
    assert.error_matches(function() m:compose(m) end, "does not begin")
    assert.error(function() m:compose("x") end)
  end)

  it("is closed once and stays closed", function()
    local _, short = core.normalize("x", "nfc")
    local close = getmetatable(short).__close
    close(short)
    close(short)
    assert.equal("textmill.map(closed)", tostring(short))
    assert.error_matches(function() short:from(1) end, "closed")
  end)
end)
