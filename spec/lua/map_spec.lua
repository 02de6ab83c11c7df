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
