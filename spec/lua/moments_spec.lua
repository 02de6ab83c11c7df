-- Moments and stretches by what a reader takes them for (spec/fixtures/dates/moments.txt), as the adapter for
-- JioNLP reads them: intervals closed to the second.
package.path = "spec/suites/?.lua;" .. package.path
local adapter = require "adapters.jionlp_time_parse"
local tm = require "textmill"

local LEAST <const> = 151 -- of 152: 2019.5 alone may be a count

describe("moments", function()
  it("are what one takes them for", function()
    local right, wrong = 0, {}
    for line in io.lines "spec/fixtures/dates/moments.txt" do
      local words, from, to = line:match "^([^#].-) | (%S.-) | (%S.*)$"
      if words then
        if #from == 10 then from = from .. " 00:00:00" end
        if #to == 10 then to = to .. " 23:59:59" end
        local case = { input = words, reference_time = "2021-06-14T01:06:40",
                       expect = { { type = "datetime", from = from, to = to } } }
        local ok, got = adapter.check(case)
        if ok == true then right = right + 1 else wrong[#wrong + 1] = words .. " " .. tostring(got) end
      end
    end
    assert.is_true(right >= LEAST, table.concat(wrong, "; "))
  end)

  it("have one o'clock only where a clock goes on", function()
    for words, time in pairs { ["一点十分"] = "T01:10", ["一点半"] = "T01:30", ["十一点05分"] = "T11:05",
                               ["零点正"] = "T00" } do
      assert.equal("2021-06-14" .. time, tostring(tm.date(words, { ref = "2021-06-14" })))
    end
    for _, words in ipairs { "一点", "一点半成品", "三点正确", "下 二〇〇九年" } do
      assert.is_nil(tm.date(words, { ref = "2021-06-14" }))
    end
  end)
end)
