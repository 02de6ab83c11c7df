-- items_spec.lua - what counts count: items of quantities, and the measure words they stand with. Lists
-- of quantities with their values are in counted_spec.lua.
local annotate = require "textmill.annotate"
local json = require "textmill.json"

local function quantities(sentence)
  return annotate.document("通知\n\n" .. sentence .. "\n", { id = "x" }).quantities
end

local function within(a, b)
  return a ~= nil and b ~= nil and (a:find(b, 1, true) or b:find(a, 1, true)) ~= nil
end

-- A line SENTENCE | ITEMS of a list, in the order of the text; nil for one in full (counted_spec.lua).
local function read_line(line)
  local sentence, items = line:gsub("\\n", "\n"):match "^([^#~].-) |%s?(.*)$"
  if not sentence or items:find "^%-?%d[%d.%-]* %S+ %S" then return nil end
  local list = {}
  for item in (items .. " ; "):gmatch "(.-) ; " do
    if item ~= "" then list[#list + 1] = item end
  end
  return { sentence = sentence, list = list }
end

local function names_in_order(one)
  local found = quantities(one.sentence)
  for k, want in ipairs(one.list) do
    local item = found[k] and found[k].item
    assert(item and item ~= json.null, ("number %d has no item, wanted %s"):format(k, want))
    assert(within(item, want), ("%s, wanted %s"):format(item, want))
  end
  assert.equal(#one.list, #found)
end

describe("the items of quantities", function()
  for _, name in ipairs { "items", "items_reports" } do
    for line in io.lines("spec/fixtures/facts/" .. name .. ".list") do
      local one = read_line(line)
      if one then it("are those a reader names: " .. one.sentence, function() names_in_order(one) end) end
    end
  end
end)

describe("measure words", function()
  local things = [[辆车 部手机 架飞机 头牛 条鱼 块砖 盏灯 扇门 堵墙 顿饭 碗饭 道菜 堂课 节课 盆花 封信 份文件 本书 首歌 座桥 艘船 口井
    孔窑洞 级台阶 面旗 枚奖章 幅标语 张床 把椅子 双鞋 顶帐篷 群羊 窝蜂 垛草 畦菜 筐菜 只羊 匹马 尾鱼 棵树 支队伍 名医生 位老人 头份疫苗 桩好事
    摞书 则通知 期培训班 场演出 台电脑 间房屋 眼泉 道工序 篇文章]]
  it("are told from what they stand before, where the word list of another knows them together", function()
    for thing in things:gmatch "%S+" do
      for written, value in pairs { ["36"] = 36, ["二十四"] = 24 } do
        local q = quantities("今年该镇共有" .. written .. thing .. "。")[1]
        assert(q and q.value == value, written .. thing .. " is no count")
        assert.equal(1, thing:find(q.unit, 1, true), thing .. ": " .. q.unit)
      end
    end
  end)

  it("of degrees are signs", function()
    local q = quantities "体温37.3℃以上的有3人。"
    assert.equal(37.3, q[1].value)
    assert.equal("℃", q[1].unit)
  end)

  it("that rank count nothing", function()
    for _, s in ipairs { "启动二级响应。", "四面环山。", "上下两头跑。", "三级联动。" } do
      assert.equal(0, #quantities(s), s)
    end
  end)
end)

-- A text whose lines are blocks -> the places of its counts, in order.
local function places(text)
  local list = {}
  for _, f in ipairs(annotate.document(text, { id = "x" }).facts) do
    if f.type == "quantity" then list[#list + 1] = ("%s %s"):format(f.value, f.place) end
  end
  return table.concat(list, "; ")
end

describe("the places of quantities", function()
  local cases = {
    ["are the narrowest that the title names, the town's where the town is meant"] = {
      "柏树村的“明白账”\n\n沿着县道一路往北，就到了石桥镇柏树村。\n村里改造危房34栋，安装路灯118盏。\n截至9月底，全镇36个村建起食堂。\n",
      "34 柏树村; 118 柏树村; 36 石桥镇" },
    ["are the town's without a narrower title, but the village's that was spoken of"] = {
      "石桥镇:改厕进行时\n\n全镇改造户厕5873户。\n会计王明是柏树村人，给村里15户困难户送了洁具。\n",
      "5873 石桥镇; 15 柏树村" },
    ["stand right before the number"] = {
      "石桥镇春播简报\n\n全镇播种面积较大，其中柏树村4200亩、柳湾村3860亩。\n", "4200 柏树村; 3860 柳湾村" },
    ["are those of the heading above"] = {
      "石桥镇乡村见闻\n\n今年以来全镇干部群众一起努力，种下果树5万棵，村容村貌有了很大改变。\n一、柏树村的瓜\n"
        .. "瓜田里一派丰收景象，大棚120个连成一片，瓜农们忙着采摘装车，笑声不断传来。\n", "50000 石桥镇; 120 柏树村" },
    ["are told in the order of the numbers"] = {
      "春季植树\n\n石桥镇、柳湾乡、河口乡分别栽种果树3万棵、2万棵和1.5万棵。\n", "30000 石桥镇; 20000 柳湾乡; 15000 河口乡" },
    ["are not the members of a list that is counted itself"] = {
      "石桥镇防汛纪实\n\n柏树、柳湾、河口等4个村的群众437户连夜转移。\n", "4 石桥镇; 437 石桥镇" },
    ["are the county's in a report that speaks of all of it"] = {
      "根治欠薪见成效\n\n宜城县开展检查,全县排查工地112个。石桥镇走访农户60户。\n", "112 宜城县; 60 石桥镇" },
    ["are all the villages where a clause counts them again"] = {
      "石桥镇夜巡纪实\n\n柏树、柳湾、河口等村恢复了打更,3个村有更夫9人。\n", "3 石桥镇; 9 石桥镇" },
    ["are not the cities that people come from"] = {
      "石桥镇修路记\n\n在西安做生意的王明一次捐款30万元。\n", "300000 石桥镇" },
  }
  for name, case in pairs(cases) do
    it(name, function() assert.equal(case[2], places(case[1])) end)
  end
end)
