-- items_spec.lua - what counts count: items of quantities, and the measure words they stand with
local annotate = require "textmill.annotate"
local json = require "textmill.json"

local function quantities(sentence)
  return annotate.document("通知\n\n" .. sentence .. "\n", { id = "x" }).quantities
end

describe("the items of quantities", function()
  for line in io.lines "spec/fixtures/facts/items.list" do
    local sentence, items = line:match "^([^#].-) | (.*)$"
    if sentence then
      it("are those a reader names: " .. sentence, function()
        local found, k = quantities(sentence), 0
        for want in (items .. " ; "):gmatch "(.-) ; " do
          k = k + 1
          local item = found[k] and found[k].item
          assert(item and item ~= json.null, ("number %d has no item, wanted %s"):format(k, want))
          assert(item:find(want, 1, true) or want:find(item, 1, true), ("%s, wanted %s"):format(item, want))
        end
        assert.equal(k, #found)
      end)
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
