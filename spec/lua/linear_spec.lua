-- A document of one sentence, or of one kind of line, takes time in proportion to its length: a
-- rule that looks back at all that stands before each of its places does not.
local tm = require "textmill"
local extract = require "textmill.extract"

local HEAD <const> = "关于柳湾镇2019年工作情况的报告\n2019年3月5日\n"

-- What each text repeats, with a number that goes up.
local UNITS <const> = {
  ["counts of one clause"] = "%d个",
  ["numbers in a row"] = "%d、",
  ["counts with words between them"] = "三年来%d人次",
  ["villages with their counts"] = "柳湾村%d户、",
  ["enumerated villages"] = "村%d、种植小麦,",
  ["lines with a total and its part"] = "第%d村共有农户%d户,其中贫困户20户。\n",
  ["totals and parts of one sentence"] = "柳湾村共有农户%d户,其中贫困户%d户;",
  ["groups announced one behind the other"] = "四类人员%d:",
  ["quoted schemes in one sentence"] = "“三保四促”%d",
  ["schemes in one sentence"] = "三项保障%d",
  ["what figures stand for"] = "“1+3”即%d名",
  ["heads of offices in a row"] = "委员会",
  ["teams in one list"] = "查险组、保障组",
  ["posts in one clause"] = "甲组长任",
  ["penalties in one clause"] = "扣分",
  ["watches of one clause"] = "%d小时有人值守",
  ["prohibitions in one clause"] = "不得%d外出",
  ["counts up to one day in one clause"] = "截至3月%d人",
  ["papers told apart by colour"] = "领绿色甲牌%d",
  ["visits of one clause"] = "镇慰问%d",
  ["honours of one clause"] = "获得村委会",
  ["gifts of one clause"] = "捐赠%d元",
  ["one for each, in one clause"] = "实行“一企一策”%d",
  ["items below one heading"] = "%d．开展检查%d次\n",
}

local function body(unit, bytes)
  local parts, n, i = { HEAD }, 0, 0
  while n < bytes do
    i = i + 1
    parts[#parts + 1] = unit:format(i, i)
    n = n + #parts[#parts]
  end
  return table.concat(parts)
end

-- Thousands of instructions of Lua that the rules run: the same on any machine.
local function cost(raw)
  local text, n = tm.clean(raw), 0
  local pack = tm.pack "zh.report"
  local hook, mask, every = debug.gethook()
  debug.sethook(function() n = n + 1 end, "", 1000)
  local ok, facts = pcall(extract.run, pack, text, { ref = "2019-03-05" })
  debug.sethook(hook, mask, every)
  assert.is_true(ok, tostring(facts))
  return n
end

describe("rules", function()
  for name, unit in pairs(UNITS) do
    it("take time in proportion to " .. name, function()
      cost(body(unit, 1000))
      local small, large = cost(body(unit, 20000)), cost(body(unit, 80000))
      assert.is_true(large < 5 * small, ("%d and %d thousand instructions"):format(small, large))
    end)
  end
end)
