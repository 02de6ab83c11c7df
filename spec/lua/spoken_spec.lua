-- spoken_spec.lua - tm.spoken and tm.written: figures as words and words as figures
local tm = require "textmill"

local function all(f, cases, o)
  for k = 1, #cases, 2 do assert.equal(cases[k + 1], f(cases[k], o), cases[k]) end
end

describe("tm.spoken", function()
  it("reads numbers, with 两 where it is said and digits one by one where they are a code", function()
    all(tm.spoken, {
      "共2,350.80元", "共两千三百五十点八零元", "220户", "二百二十户", "12000斤", "一万两千斤", "-7", "负七",
      "零下-3", "零下负三", "编号007", "编号零零七", "尾号8152", "尾号八一五二", "拨打12345", "拨打幺二三四五",
      "12345人", "一万两千三百四十五人", "110人", "一百一十人", "13900001111", "幺三九零零零零幺幺幺幺",
      "0376-8123456", "零三七六八一二三四五六", "10.0.0.7", "一零点零点零点七",
      "12345678901234567890", "一二三四五六七八九零一二三四五六七八九零",
    })
  end)

  it("reads dates and clocks", function()
    all(tm.spoken, {
      "2019/7/3", "二零一九年七月三日", "2019-07", "二零一九年七月", "07-03", "七月三日", "1998年", "一九九八年",
      "3年", "三年", "05月", "五月", "2016-2020年", "二零一六到二零二零年", "公元前221年", "公元前二二一年",
      "9:05", "九点零五分", "14:00", "十四点", "2:30", "两点三十分", "7:08:09", "七点零八分零九秒", "6:15 pm", "下午六点十五分",
      "2019/13/3", "两千零一十九/十三/三", "98年", "九八年", "98年后", "九十八年后", "30年", "三十年",
      "221年BC", "公元前二二一年", "8:30:00", "八点三十分", "2点05分", "两点零五分", "第2点", "第二点",
    })
    all(tm.spoken, { "9:05", "九点五分", "6:15pm", "六点十五分pm" }, { clock_zero = false, meridiem = false })
  end)

  it("reads shares, fractions, ranges, scores, money, units and signs", function()
    all(tm.spoken, {
      "4.5%", "百分之四点五", "-2%", "负百分之二", "10%-15%", "百分之十到百分之十五", "2‰", "千分之二", "3/8", "八分之三",
      "3-5名", "三到五名", "比分2:1", "比分二比一", "$20", "二十美元", "HK$3.5万", "三点五万港元", "€9", "九欧元",
      "60km/h", "每小时六十公里", "85m²", "八十五平方米", "36.5℃", "三十六点五摄氏度", "5-8kg", "五到八公斤",
      "500w人", "五百万人", "x≥3", "x大于等于三", "2+3=5", "二加三等于五", "7-2", "七减二", "3*4", "三乘以四",
      "125", "一百二十五", "119", "幺幺九", "a=1", "a等于一",
      "400-820-8820", "四零零八二零八八二零", "2支笔", "两支笔", "2m", "两米", "2/29/2020", "二零二零年二月二十九日",
      "80后", "八零后", "B2C", "B to C",
    })
  end)

  it("reads digit by digit where it is told to", function()
    all(tm.spoken, { "第3批，-20.50，1-2个", "第三批，负二零点五零，一-二个", "3.", "三." }, { numbers = "digits" })
  end)

  it("folds the width of figures and letters, and leaves all else as it is", function()
    all(tm.spoken, { "１２名", "十二名", "８：０５", "八点零五分", "ＧＤＰ", "GDP", "无数字，《山》。", "无数字，《山》。", "", "",
      "\u{E000}a-b", "\u{E000}a-b" })
  end)
end)

describe("tm.written", function()
  it("writes numbers as figures and leaves what is no number", function()
    all(tm.written, {
      "一千二百零五户", "1205户", "一百二十万人", "120万人", "三点五万亩", "3.5万亩", "一点零", "1.0", "负三度", "-3度",
      "二零一九年", "2019年", "第十二届", "第12届", "八分之三", "3/8", "一又二分之一", "1又1/2", "百分之六点三", "6.3%",
      "百分之百", "100%", "一共来了", "一共来了", "四川省", "四川省", "三七二十一", "三七二十一", "八百一千", "八百一千",
      "十一千米", "11千米", "十五千瓦", "15千瓦", "", "", "no figures", "no figures",
    })
  end)

  it("writes clocks where minutes are said", function()
    all(tm.written, {
      "八点半", "8:30", "上午九点零五分", "上午9:05", "三点一刻", "3:15", "零点十分", "00:10", "八点三十", "8:30",
      "十三点零五分十秒", "13:05:10", "三点一四", "3.14", "八点三十分钟", "8:30分钟",
    })
    all(tm.written, { "八点三十分", "08:30", "八点半", "8点半", "八点一刻", "8点1刻" }, { clock = "padded" })
    all(tm.written, { "下午三点四十", "3:40p.m." }, { meridiem = "latin" })
  end)

  it("writes both ends of a range", function()
    all(tm.written, { "三五户", "3~5户", "七八公斤", "7~8公斤", "四十五六岁", "45~46岁", "三四十亿", "30~40亿",
      "百分之三十到四十", "30%到40%" })
    all(tm.written, { "四十五六岁", "45-6岁", "七百三四十", "730-40", "三五户", "3~5户", "十到二十", "10~20",
      "百分之三十到四十", "30~40%" }, { ranges = "short" })
  end)

  it("lays out dates, money, units, thousands and scales as it is told", function()
    all(tm.written, { "二零一九年七月三日", "2019/07/03", "七月三号", "07/03", "七月", "7月" }, { date = "slash" })
    all(tm.written, { "五千美元", "US$5000", "三十元五角八分", "¥30.58", "一点五万英镑", "£1.5万" }, { money = "signs" })
    all(tm.written, { "八公斤", "8kg", "六十公里每小时", "60km/h", "每小时六十公里", "60km/h",
      "三十分钟", "30min", "两年", "2年", "零下五度", "-5°" }, { units = "symbols" })
    all(tm.written, { "一亿两千三百人", "1亿2300人", "一万", "10000" }, { scale = "split" })
    all(tm.written, { "一千二百零五户", "1,205户" }, { group = true })
    all(tm.written, { "三点五万亩", "35000亩", "一百二十万人", "1200000人" }, { scale = "figures" })
    all(tm.written, { "两年后", "两年后", "十二年后", "12年后" }, { single = false })
    all(tm.written, { "一加二十等于二十一", "1+20=21", "气温零下五度", "气温零下5度",
      "一百多人", "100多人", "是一个问题", "是一个问题",
      "另一个村", "另一个村", "有一个问题", "有1个问题", "二十余万户", "20余万户", "十几个", "十几个", "身高一米八", "身高1米8" })
    all(tm.written, { "身高一米八", "身高1.8m" }, { units = "symbols" })
    all(tm.written, { "十到二十公里", "10~20km" }, { units = "symbols", ranges = "short" })
  end)

  it("undoes tm.spoken for numbers, money and clocks", function()
    for n = 11, 99999, 37 do
      if n % 10000 ~= 0 then assert.equal(n .. "户", tm.written(tm.spoken(n .. "户")), tostring(n)) end
    end
    for minute = 1, 59 do
      local clock = ("7:%02d"):format(minute)
      assert.equal(clock .. "开会", tm.written(tm.spoken(clock .. "开会")))
    end
  end)
end)

describe("tm.spoken and tm.written", function()
  it("name what is wrong with their arguments", function()
    for _, f in ipairs { tm.spoken, tm.written } do
      assert.error_matches(function() f({}) end, "string")
      assert.error_matches(function() f("1", { colour = 1 }) end, "unknown option 'colour'")
      local s, problem, at, code = f("一\xff二")
      assert.is_nil(s)
      assert.is_string(problem)
      assert.equal(4, at)
      assert.is_string(code)
    end
    assert.error_matches(function() tm.written("1", { clock = "roman" }) end,
      "clock = 'roman': one of colon padded words")
  end)

  it("take a sign that nothing follows as it is", function()
    for _, text in ipairs { "+", "a+", "1+", "≥", "5 ≤" } do assert.is_string((tm.spoken(text))) end
  end)
  it("end on whatever stands there", function()
    local pieces = { "1", "零", "点", "百分之", "-", "~", "/", ":", "年", "万", "kg", "$", ".", ",", "半", "月",
      "%", "第", "两", "又" }
    local seed = 7
    for _ = 1, 3000 do
      local s = {}
      for k = 1, 8 do
        seed = (seed * 1103515245 + 12345) & 0x7fffffff
        s[k] = pieces[1 + (seed >> 8) % #pieces]
      end
      local text = table.concat(s)
      assert.is_string(tm.spoken(text), text)
      assert.is_string(tm.written(text), text)
    end
  end)
end)
