local result = require "textmill.result"

local function sample()
  return result.new {
    columns = { "place", { name = "value", align = "right" } },
    rows = { { place = "甲镇", value = 3 }, { place = "乙乡", value = 12 }, { place = "丙村" } },
  }
end

describe("textmill.result", function()
  it("is looped over, counted and indexed", function()
    local r, seen = sample(), {}
    for row in r do seen[#seen + 1] = row.place end
    for row in r do seen[#seen + 1] = row.place end
    assert.same({ "甲镇", "乙乡", "丙村", "甲镇", "乙乡", "丙村" }, seen)
    assert.equal(3, #r)
    assert.equal(12, r[2].value)
  end)
  it("prints columns that line up under wide characters", function()
    assert.equal("place  value\n甲镇       3\n乙乡      12\n丙村", tostring(sample()))
  end)
  it("prints a head and what is left", function()
    assert.equal("place  value\n甲镇       3", tostring(sample():head(1)))
    local rows = {}
    for k = 1, 50 do rows[k] = { k = k } end
    local r = result.new { columns = { "k" }, rows = rows }
    assert.matches("30 more", tostring(r))
    assert.matches("\n21\n", tostring(r:more()))
  end)
  it("sorts both ways, nothing last, unknown columns raise", function()
    local r = sample():sort "-value"
    assert.same({ 12, 3 }, { r[1].value, r[2].value })
    assert.same({ 3, 12 }, { sample():sort("value")[1].value, sample():sort("value")[2].value })
    assert.has_error(function() sample():sort "nope" end, "no column 'nope' (there are: place value)")
  end)
  it("counts by a column", function()
    assert.equal(1, sample():by("place")[1].count)
  end)
  it("saves by extension", function()
    local path = os.tmpname()
    os.remove(path)
    for ext, expected in pairs {
      csv = "\u{FEFF}place,value\r\n甲镇,3\r\n乙乡,12\r\n丙村,\r\n",
      ndjson = '{"place":"甲镇","value":3}\n{"place":"乙乡","value":12}\n{"place":"丙村"}\n',
      md = "| place | value |\n| --- | --- |\n| 甲镇 | 3 |\n| 乙乡 | 12 |\n| 丙村 |  |\n",
    } do
      local file = path .. "." .. ext
      assert.is_true(sample():save(file))
      local f <close> = io.open(file, "rb")
      assert.equal(expected, f:read "a")
      os.remove(file)
    end
    assert.has_error(function() sample():save "x.doc" end)
    local ok, _, _, code = sample():save "/nonexistent/x.csv"
    assert.is_nil(ok)
    assert.equal("io", code)
  end)
  it("escapes what would be HTML or drive the terminal", function()
    local r = result.new { columns = { "x" }, rows = { { x = "<b>\27[31m&" } } }
    assert.matches("&lt;b&gt;%[31m&amp;", result.format(r, "html"))
    assert.not_matches("\27", tostring(r))
  end)
end)
