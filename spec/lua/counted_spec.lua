-- Quantities of own texts and sentences, whole: value and unit, the item, the place (spec/score/counted.lua).
-- Each list was written whole, with what a reader takes from it, before it was run for the first time;
-- F1 at first sight stands beside the floors. Of lists with a part "locked" every second text is not read
-- when the rules are worked on: only its totals are.
package.path = "spec/score/?.lua;" .. package.path
local counted = require "counted"

local FIXTURES <const> = "spec/fixtures/"

-- file, part, floors of value and unit, item, place
local LEAST <const> = {
  { "facts/items.list", "all", 0.98, 0.95, 0.95 },
  { "facts/items_reports.list", "all", 0.98, 0.97, 0.97 }, -- seven lists, .938-.995 .858-.964
  { "annotated/reports.txt", "all", 0.98, 0.96, 0.96 },
  { "annotated/counts.txt", "all", 0.96, 0.92, 0.92 },
  { "quantities/first.txt", "open", 0.99, 0.97, 0.92 }, -- .976 .921 .868
  { "quantities/first.txt", "locked", 0.98, 0.95, 0.85 }, -- .983 .946 .849
  { "quantities/second.txt", "open", 0.98, 0.95, 0.84 }, -- .966 .920 .815
  { "quantities/second.txt", "locked", 0.97, 0.91, 0.81 }, -- .971 .921 .823
}

local PARTS <const> = {
  open = function(id) return tonumber(id:match "%d+") % 2 == 1 end,
  locked = function(id) return tonumber(id:match "%d+") % 2 == 0 end,
}

describe("what own texts count", function()
  for _, row in ipairs(LEAST) do
    local file, part = row[1], row[2]
    it(("is found in %s, %s"):format(file, part), function()
      local sum = counted.score(FIXTURES .. file, PARTS[part])
      for k, key in ipairs { "value", "item", "place" } do
        local f, p, r = counted.rate(sum, key)
        print(("%s %s, %s: F1 %.3f P %.3f R %.3f of %d"):format(file, part, key, f, p, r, sum.gold))
        assert.is_true(f >= row[k + 2], ("%s: F1 %.3f"):format(key, f))
      end
    end)
  end

  for _, file in ipairs { "facts/items.list", "facts/items_reports.list" } do
    for _, one in ipairs(counted.texts(FIXTURES .. file)) do
      if one.each then
        it("is all found: " .. one.id, function()
          local missed = {}
          local function show(...) missed[#missed + 1] = table.concat({ ... }, " ") end
          counted.compare(one.text, one.list, show)
          assert.same({}, missed)
        end)
      end
    end
  end
end)
