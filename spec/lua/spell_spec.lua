-- spell_spec.lua - tm.spell: a number in Chinese numerals
local tm = require "textmill"

describe("tm.spell", function()
  it("writes 零 once for zeros between two digits, and none at the end of a group", function()
    local cases = {
      [0] = "零", [7] = "七", [10] = "十", [18] = "十八", [110] = "一百一十", [205] = "二百零五",
      [3007] = "三千零七", [3070] = "三千零七十", [40000] = "四万", [120300] = "十二万零三百",
      [6005000] = "六百万五千", [80000009] = "八千万零九", [300500000] = "三亿零五十万",
      [2000040000] = "二十亿零四万", [5000000000000] = "五万亿", [-42] = "负四十二",
    }
    for n, want in pairs(cases) do assert.equal(want, tm.spell(n)) end
  end)

  it("reads back as the number it was", function()
    local n = 1
    for k = 1, 3000 do
      n = (n * 6364136223846793005 + 1442695040888963407) & math.maxinteger
      local x = n % (10 ^ (1 + k % 15) // 1 | 0)
      for _, style in ipairs { "lower", "upper" } do
        assert.equal(x, (tm.number(tm.spell(x, style))), tm.spell(x, style))
      end
    end
  end)

  it("keeps the decimals of a string and gives the shortest of a float", function()
    assert.equal("一点五零", tm.spell "1.50")
    assert.equal("一点五", tm.spell(1.5))
    assert.equal("二", tm.spell(2.0))
    assert.equal("零点零零零三", tm.spell(3e-4))
    assert.equal("三百万", tm.spell "3e6")
    assert.equal("零点零三零", tm.spell "30e-3")
    assert.equal("负零点七", tm.spell "-.7")
    assert.equal("零", tm.spell(-0.0))
  end)

  it("writes amounts of money, rounded half up on the digits", function()
    local cases = {
      ["0"] = "零元整", ["18"] = "壹拾捌元整", ["0.6"] = "陆角", ["0.07"] = "柒分", ["3.04"] = "叁元零肆分",
      ["2500.5"] = "贰仟伍佰元伍角", ["7.125"] = "柒元壹角叁分", ["19.995"] = "贰拾元整", ["0.004"] = "零元整",
      ["-0.3"] = "负叁角", ["99999.999"] = "壹拾万元整", ["-0.001"] = "零元整",
    }
    for n, want in pairs(cases) do assert.equal(want, tm.spell(n, "yuan")) end
  end)

  it("gives digits one by one, leading zeros too", function()
    assert.equal("零零七", tm.spell("007", "digits"))
    assert.equal("二零二零点五零", tm.spell("2020.50", "digits"))
    assert.equal("零点零零二", tm.spell("2e-3", "digits"))
    assert.equal(60, #tm.spell(("8"):rep(20), "digits"))
  end)

  it("refuses what is no number or has no name", function()
    assert.error_matches(function() tm.spell "1,200" end, "no decimal number: '1,200'")
    for _, bad in ipairs { "", ".", "1.2.3", "--3", "1e", "1e+", "1e999", "十", 0 / 0, math.huge } do
      assert.error_matches(function() tm.spell(bad) end, "no decimal number")
    end
    assert.error_matches(function() tm.spell {} end, "a number or a string of digits expected, got table")
    assert.error_matches(function() tm.spell(("9"):rep(17)) end, "17 digits before the point, at most 16")
    assert.error_matches(function() tm.spell(1, "roman") end, "unknown style 'roman'")
  end)
end)
