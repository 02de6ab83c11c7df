-- quantities_spec.lua - tm.quantities: numbers of a text with units and bounds
local tm = require "textmill"

-- Every quantity as "text=value unit", in one string.
local function shown(s)
  local out = {}
  for k, q in ipairs(tm.quantities(s)) do
    assert.equal(q.text, s:sub(q.i, q.j))
    out[k] = ("%s=%.10g%s"):format(q.text, q.value, q.unit and " " .. q.unit or "")
  end
  return table.concat(out, "; ")
end

local function only(s)
  local list = tm.quantities(s)
  assert.equal(1, #list, s)
  return list[1]
end

describe("tm.quantities", function()
  it("reads units by their canonical names, with parts and halves", function()
    local cases = {
      ["苹果3公斤"] = "3公斤=3 千克", ["九两半"] = "九两半=9.5 两", ["一米七五吗"] = "一米七五=1.75 米", ["两米零三"] = "两米零三=2.03 米",
      ["五份之一的人"] = "五份之一=0.2",
      ["一年两季"] = "一年=1 年; 两季=2 季", ["三份之间"] = "三份=3 份", ["10.2.33.4"] = "10=10; 2=2; 33=33; 4=4",
      ["每人每月600元"] = "600元=600 元",
      ["每小时3公里"] = "每小时3公里=3 千米每小时", ["五米三十人"] = "五米=5 米; 三十人=30 人", ["2.4千兆赫兹"] = "2.4千兆赫兹=2.4 吉赫",
      ["价八块三"] = "八块三=8.3 元", ["四元五角六分"] = "四元五角六分=4.56 元", ["6 kg"] = "6 kg=6 千克",
      ["跑了两个半小时"] = "两个半小时=2.5 小时", ["时速80公里每小时"] = "80公里每小时=80 千米每小时",
      ["零下十二度"] = "零下十二度=-12 度", ["华氏零下四十度半"] = "华氏零下四十度半=-40.5 华氏度",
      ["六千瓦"] = "六千瓦=6 千瓦", ["第二幕"] = "第二幕=2 幕",
      ["最少有50人"] = "最少有50人=50 人", ["感人一幕"] = "", ["存折十亿欧元"] = "十亿欧元=1000000000 欧元",
    }
    for s, want in pairs(cases) do assert.equal(want, shown(s), s) end
  end)

  it("knows bounds and whether they are left out", function()
    local q = only "不少于40人"
    assert.same({ 40, math.huge, nil }, { q.lo, q.hi, q.lo_open })
    q = only "小于6.5"
    assert.same({ -math.huge, 6.5, true }, { q.lo, q.hi, q.hi_open })
    q = only "大于3小于9"
    assert.same({ 3, 9, true, true, "range" }, { q.lo, q.hi, q.lo_open, q.hi_open, q.kind })
    q = only "六块五至七块二"
    assert.same({ 6.5, 7.2 }, { q.lo, q.hi })
    q = only "两到四万元"
    assert.same({ 20000, 40000, true }, { q.lo, q.hi, q.shared })
    q = only "三百到五百万"
    assert.same({ 3e6, 5e6 }, { q.lo, q.hi })
  end)

  it("leaves words alone", function()
    for _, s in ipairs { "他一旦到四川就收拾行李", "万一下雨", "五颜六色", "陆先生", "A20301155B", "一律从严" } do
      assert.equal("", shown(s), s)
    end
    assert.equal("2020=2020; 02=2; 26=26", shown "2020-02-26")
  end)

  it("leaves idioms and names of streets alone, counts their likes", function()
    for _, s in ipairs { "他三番五次来问", "大家三天两头跑", "镇上数一数二的大户", "十有八九会来", "两面三刀的人", "百度一下",
                         "和去年一样。", "住在五一路", "二七广场", "一一介绍", "一点一滴做起" } do
      assert.equal("", shown(s), s)
    end
    assert.equal("三次=3 次", shown "他来了三次")
    assert.equal("一样=1 样", shown "送来一样东西")
    assert.equal("五百一=510", shown "五百一")
    assert.equal("两头=2 头", shown "两头牛")
    assert.equal("五折=50", shown "全场五折起")
    assert.equal("一起=1 起", shown "一起事故")
  end)

  it("tells points of a score from clocks", function()
    assert.equal("九十八点五分=98.5 分", shown "得了九十八点五分")
    assert.equal("8点5分=8.5 分", shown "评分8点5分")
    assert.equal("九点五分=9.5 分", shown "评委打了九点五分")
    assert.equal("超过七分=7 分", shown "评分超过七分")
    assert.is_nil(shown "八点五分下飞机":find "8.5")
    assert.equal("华氏一百度=100 华氏度", shown "今天华氏一百度")
    assert.equal("比二十多=20", shown "比二十多")
    assert.equal("38度5=38.5 度", shown "烧到38度5")
    assert.equal("1毛5=1.5 角", shown "1毛5")
    assert.equal("", shown "他十分高兴")
    assert.equal("十分=10 分", shown "扣十分")
    assert.equal("", shown "一起")
  end)

  it("counts pieces apart from yuan, halves before any noun", function()
    assert.equal("四块=4 块", shown "摆放四块展板")
    assert.equal("三块=3 元", shown "花了三块")
    assert.equal("十块=10 元", shown "十块奖金")
    assert.equal("三块二=3.2 元", shown "三块二")
    assert.equal("3亩半=3.5 亩", shown "种了3亩半地")
    assert.equal("五间半=5.5 间", shown "五间半房")
    assert.equal("两剂=2 剂", shown "接种两剂疫苗")
    assert.equal("三车=3 车", shown "三车柴火")
  end)

  it("does not mind blanks inside numerals, width, script", function()
    assert.equal("三千 八百=3800", shown "三千 八百")
    assert.equal("１２．５％=12.5", shown "佔１２．５％")
    assert.equal("兩萬公尺=20000 米", shown "兩萬公尺")
  end)

  it("is linear and takes any bytes that are UTF-8", function()
    local long = ("九百到"):rep(2000) .. ("1-"):rep(2000) .. ("大于"):rep(2000)
    local start = os.clock()
    assert.is_table(tm.quantities(long))
    assert.is_true(os.clock() - start < 4)
    assert.same({}, tm.quantities "")
    assert.same({}, tm.quantities "\0")
    assert.is_nil((tm.quantities "\xff"))
    assert.has_error(function() tm.quantities() end)
  end)
end)
