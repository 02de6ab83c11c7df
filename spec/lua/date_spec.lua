-- date_spec.lua - tm.date and its values
local tm = require "textmill"

local function iso(s, options) return tostring((tm.date(s, options))) end

describe("tm.date", function()
  it("prints ISO 8601, X for what is not said", function()
    assert.equal("2020-02-04", iso "2020年2月4日")
    assert.equal("XXXX-02-04", iso "2月4日")
    assert.equal("2020-02-26T16:57", iso "2020-02-26 16:57")
    assert.equal("2020-02", iso "二〇二〇年二月")
  end)

  it("resolves against a reference date", function()
    assert.equal("2020-01-26", iso("正月初二", {ref = "2020-02-20"}))
    assert.equal("2019-12-30", iso("12月30日", {ref = "2020-02-26"}))
    assert.equal("2020-12-30", iso("12月30日", {ref = "2020-02-26", prefer = "future"}))
    assert.equal("2019-03-05", iso("3月5日", {ref = tm.date "2020-02-26", prefer = "past"}))
    assert.equal("ref", tm.date("2月4日", {ref = "2020-02-26"}).year_from)
  end)

  it("has fields", function()
    local d = tm.date "2020年2月4日下午3点半"
    assert.same({2020, 2, 4, 15, 30, "minute"}, {d.year, d.month, d.day, d.hour, d.minute, d.grain})
    assert.is_nil(tm.date "2月4日".year)
    assert.equal("year", tm.date "2020年".grain)
  end)

  it("knows the lunar calendar", function()
    local l = tm.date "2020-01-26":lunar()
    assert.same({year = 2020, month = 1, day = 2, leap = false}, l)
    assert.same({year = 1987, month = 6, day = 1, leap = true}, tm.date "1987年闰六月初一":lunar())
    assert.is_nil((tm.date "2月4日":lunar()))
  end)

  it("counts and compares", function()
    local a, b = tm.date "2020-02-27", tm.date "2020-03-01"
    assert.equal(3, b - a)
    assert.equal("2020-03-01", tostring(a + 3))
    assert.equal("2020-02-27", tostring(b - 3))
    assert.is_true(a < b and a <= b and a + 3 == b)
    assert.has_error(function() return tm.date "2月4日" + 1 end)
  end)

  it("refuses what cannot be", function()
    local d, message, position, code = tm.date "2月30日"
    assert.same({nil, "no such date (2月30日)", 1, "invalid"}, {d, message, position, code})
    assert.is_nil((tm.date "2月4日会议"))
    assert.is_nil((tm.date "村"))
    assert.has_error(function() tm.date("2月4日", {reference = "2020"}) end)
    assert.has_error(function() tm.date("2月4日", {ref = "soon"}) end)
    assert.has_error(function() tm.date("2月4日", {prefer = "later"}) end)
  end)
end)

describe("tm.date of expressions", function()
  local REF <const> = { ref = "2020-02-26" }

  it("tells words apart from times in running text", function()
    local function found(s)
      local d, i, j = tm.date(s, { ref = "2020-02-26", find = 1 })
      return d and s:sub(i, j)
    end
    assert.equal("三天前", found "他三天前来过")
    assert.equal("三天", found "他三天前来北京")
    assert.equal("下午三点到五点", found "下午三点到五点我有课")
    assert.is_nil(found "十分漂亮")
    assert.equal("十分钟", found "十分钟路程")
    assert.is_nil(found "五月天的歌")
    assert.equal("五月", found "五月天气好")
    assert.equal("12月25日圣诞节", found "12月25日圣诞节放假")
    assert.equal("3月", found "3月护士节")
    assert.equal("R/PT15M", iso("每一刻钟", REF))
    assert.equal("每天下午四点", found "他每天下午四点下班")
    assert.equal("这天下午", found "这天下午很热")
    assert.is_nil(found "四周都是山")
    assert.equal("四周", found "用了四周时间")
    assert.is_nil(found "三分天下")
  end)

  it("gives ranges with both ends", function()
    local d = tm.date("3月5日至4月1日", REF)
    assert.same({ "range", "2020-03-05", "2020-04-02" }, { d.kind, tostring(d.from), tostring(d.to) })
    assert.equal("2020-03-05/2020-04-01", tostring(d))
    assert.equal("2018-01-01/2020-12-31", iso("2018-2020年", REF))
    assert.equal("2020-02-01/2020-02-10", iso("2月上旬", REF))
    assert.equal("2020-02-26T13:00:00/2020-02-26T15:10:00", iso("今天下午1点到3点十分", REF))
    assert.equal("2020-02-01/..", iso("自2月起", REF))
    assert.equal("../2020-01-31", iso("2月以前", REF))
    assert.is_nil(tm.date("自2月起", REF).to)
  end)

  it("gives points seen from the reference", function()
    assert.equal("2020-02-23", iso("三天前", REF))
    assert.equal("2020-03-04", iso("下周三", REF))
    assert.equal("2020-05-10", iso("母亲节", REF))
    assert.equal("2020-04-04", iso("清明", REF))
    assert.equal("2020-01-17", iso("去年腊月廿三", REF))
    assert.equal("2020-02-26T07:55", iso("差五分八点", REF))
  end)

  it("gives durations", function()
    local d = tm.date "两年零三个月"
    assert.same({ "duration", { year = 2, month = 3 } }, { d.kind, d.amount })
    assert.equal("P1Y3M", iso "一年零三个月")
    assert.equal("PT1.5H", iso "一个半小时")
    assert.equal("P90D", iso("90日", { kind = "duration" }))
    assert.same({ day = 5 }, tm.date "三到五天".high)
  end)

  it("gives what comes again, on and between days", function()
    local market = tm.date "农历一四七"
    assert.equal("set", market.kind)
    local n = 0
    for day = 0, 28 do -- the first lunar month
      local l = (tm.date "2020-01-25" + day):lunar()
      local on = market:on(tm.date "2020-01-25" + day)
      assert.equal(l.day % 10 == 1 or l.day % 10 == 4 or l.day % 10 == 7, on)
      n = n + (on and 1 or 0)
    end
    assert.equal(9, n)
    local days = tm.date "每周一":between(tm.date "2020-02-01", tm.date "2020-02-29")
    assert.same({ "2020-02-03", "2020-02-10", "2020-02-17", "2020-02-24" },
      { tostring(days[1]), tostring(days[2]), tostring(days[3]), tostring(days[4]) })
    assert.equal(4, #days)
    assert.has_error(function() return tm.date "三天":on(tm.date "2020-01-01") end)
    assert.has_error(function() return market:on(tm.date "2月") end)
  end)

  -- the days of a month on which it falls
  local function days(s, month, options)
    local d, out = assert(tm.date(s, options or REF)), {}
    assert.equal("set", d.kind)
    local first = tm.date(month .. "-01")
    for _, day in ipairs(d:between(first, first + 30)) do
      if day.month == first.month then out[#out + 1] = day.day end
    end
    return table.concat(out, " ")
  end

  it("knows lists of days and their clocks", function()
    assert.equal("1 3 8 10 15 17 22 24 29 31", days("每周二、四", "2020-12"))
    assert.equal("2 4 6 9 11 13 16 18 20 23 25 27 30", days("周一、三、五上午9点", "2020-11"))
    assert.equal("5 20", days("每月5号和20号", "2020-03"))
    assert.equal("1 2 3 28", days("每月1日至3日、28日", "2020-03"))
    assert.equal("27", days("每月最后一个星期五", "2020-11"))
    assert.equal("11", days("每月第二个周三", "2020-11"))
    assert.equal("29", days("每月最后一天", "2020-02"))
    assert.equal("", days("每年3月和9月", "2020-05"))
    assert.equal(31, select(2, days("每年3月和9月", "2020-03"):gsub("%d+", "")))
    assert.equal("6 7 8", days("3月6日至8日每天上午8点至11点", "2020-03"))
    assert.equal("18:00", ("%d:00"):format(tm.date("周一到周三的晚上", REF).from.hour))
    assert.equal(3, tm.date("每周三次", REF).times)
    assert.equal("R/P2W", iso("隔周六", REF))
  end)

  it("says when the first of them is", function()
    local function first(s)
      local d = assert(tm.date(s, REF)) -- a Wednesday
      return tostring(d.from) .. "/" .. tostring(d.to)
    end
    assert.equal("2020-02-29/2020-03-02", first "每周末")
    assert.equal("2020-02-15/2020-02-16", first "每月15号")
    assert.equal("2020-02-20/2020-02-26", first "每月20日至25日")
    assert.equal("2020-02-10T09:00/2020-02-10T10:00", first "每个月的10号上午9点")
    assert.equal("2020-02-27T18:00/2020-02-28", first "每隔两周的周四晚")
    assert.equal("2020-02-26T19:00/2020-02-26T20:00", first "天天晚上7点")
    assert.is_nil((tm.date("天天", REF)))
  end)

  it("knows months and quarters one after the other", function()
    assert.equal("2020-07-01/2020-08-31", iso("七八月份", REF))
    assert.equal("2019-03-01/2019-05-31", iso("2019年3、4、5月", REF))
    assert.equal("2019-04-01/2019-09-30", iso("2019年二至三季度", REF))
    assert.equal("2018-01-01/2018-09-30", iso("2018年第一季度到第三季度", REF))
    assert.equal("2019-10-01/2019-12-31", iso("2019年末季度", REF))
    assert.is_nil((tm.date("3、5月", REF)))
    local _, i, j = tm.date("1、2月份召开会议", { ref = "2020-02-26", find = 1 })
    assert.same({ 5, 11 }, { i, j }) -- the first of a list
  end)

  it("counts weeks of a year as ISO 8601 does, of a month by its Mondays", function()
    assert.equal("2012-12-31/2013-01-07", tostring(tm.date "2013年第一周".from) .. "/"
      .. tostring(tm.date "2013年第一周".to))
    assert.equal("2021-01-04", tostring(tm.date "2021年第一周".from))
    assert.equal("2020-12-28", tostring(tm.date "2020年最后一周".from))
    assert.equal("2013-10-07", tostring(tm.date "2013年10月第一周".from))
  end)

  it("knows feasts by other words of their names", function()
    local function day(s) return iso(s, { ref = "2013-02-12", prefer = "future" }) end
    assert.equal("2013-05-03", day "东正教圣礼拜五")
    assert.equal(day "圣周星期六", day "圣周礼拜六")
    assert.equal(day "犹太赎罪日", day "犹太教赎罪日")
    assert.equal(day "开斋节", day "穆斯林开斋节")
    assert.equal("2013-12-26", day "圣诞节翌日")
    assert.equal("2013-10-02", day "国庆节次日")
    assert.equal("2018-10-09/2018-10-19", tostring(tm.date "2018年九夜节".from) .. "/"
      .. tostring(tm.date "2018年九夜节".to))
    assert.is_nil((tm.date("印度儿童节", REF))) -- not the day of 儿童节
    assert.is_nil((tm.date("东正教国庆节", REF)))
  end)

  it("takes decades for those that have begun", function()
    assert.equal("1930-01-01", tostring(tm.date("三十年代", REF).from))
    assert.equal("2020-01-01", tostring(tm.date("二十年代", REF).from))
    assert.equal("2030-01-01", tostring(tm.date("三十年代", { ref = "2020-02-26", prefer = "future" }).from))
  end)

  it("goes on to the next lunar month", function()
    assert.equal("2020-01-24/2020-01-29", iso("大年三十到初五", { ref = "2020-01-10" }))
  end)

  it("knows stretches with names of their own", function()
    assert.equal("2018-09-01/2019-08-31", iso("2018-2019学年", REF))
    assert.equal("2019-02-01/2019-07-31", iso("2018学年第二学期", REF))
    assert.equal("2019-07-01/2019-09-30", iso("2019年Q3", REF))
    assert.equal("2011-01-01/2015-12-31", iso("“十二五”期间", REF))
    assert.equal("2019-07-12/2019-08-20", iso("2019年三伏", REF))
    assert.equal("2020-02-26/2020-12-31", iso("年内", REF))
    assert.equal("-0220", iso("公元前221年", REF))
    assert.equal("2017", iso("2017财年", REF))
    assert.equal("2019-02-26", iso("去年同期", REF))
    assert.equal("1736", iso("清乾隆元年", REF))
  end)

  it("chains an offset and what narrows it", function()
    assert.equal("2020-02-29T15", iso("三天后下午三点", REF))
    assert.equal("2020-03-13", iso("两周后的周五", REF))
    assert.equal("2020-01-26", iso("一个月前的今天", REF))
    assert.equal("2018-10", iso("两年前的10月", REF))
    assert.equal("2020-03-01/2020-03-10", iso("自3月1日起10日内", REF))
    assert.equal("2020-04-28/2020-04-30", iso("5月1日前三天", REF))
    assert.equal("../2019-12-31", iso("截至去年底", REF))
    assert.equal("2020-02-25T20:00:00/2020-02-26T09:00:00", iso("昨晚8点至今天上午九点", REF))
  end)

  it("knows holidays of other calendars and nations", function()
    assert.equal("2022-10-24", iso("2022年排灯节", REF))
    assert.equal("2020-05-24", iso("2020年开斋节", REF))
    assert.equal("2020-05-17", iso("2020年全国助残日", REF))
    assert.equal("2020-10-01", iso("2020年国庆", REF))
    assert.equal("2020-10-10", iso("2020年国庆", { ref = "2020-02-26", region = "TW" }))
    assert.has_error(function() tm.date("国庆", { region = "XX" }) end)
  end)

  it("says whose clock it is", function()
    assert.equal(480, tm.date("北京时间3月2日8点", REF).zone)
    assert.equal(-240, tm.date("2020年7月1日美东时间上午9点", REF).zone)
    assert.equal(-300, tm.date("2020年1月1日美东时间上午9点", REF).zone)
    assert.equal(330, tm.date("2020-01-01T08:00:00+05:30", REF).zone)
    assert.is_nil(tm.date("下午3点", REF).zone)
    assert.equal("2020-02-26T08:30:00/2020-02-26T11:30:00", iso("8:30-11:30", REF))
  end)

  it("reads English dates", function()
    assert.equal("2020-03-05", iso "March 5, 2020")
    assert.equal("2020-03-05", iso "5th of March 2020")
    assert.equal("2019-05", iso "May 2019")
    assert.equal("2020-04-03", iso("3/4/2020", { order = "dmy" }))
    assert.equal("2020-03-04", iso "3/4/2020")
    assert.is_nil((tm.date "marching 5"))
  end)

  it("searches with find", function()
    local s = "会议于3月5日召开,为期三天。"
    local d, i, j = tm.date(s, { ref = "2020-02-26", find = 1 })
    assert.same({ "2020-03-05", "3月5日" }, { tostring(d), s:sub(i, j) })
    d, i, j = tm.date(s, { find = j + 1 })
    assert.same({ "P3D", "三天" }, { tostring(d), s:sub(i, j) })
    assert.is_nil((tm.date(s, { find = j + 1 })))
    assert.has_error(function() return tm.date(s, { find = 0 }) end)
  end)

  it("refuses what cannot be", function()
    for _, s in ipairs { "2月30日", "13月5日", "25点", "三点八", "每", "从",
      "零" } do assert.is_nil((tm.date(s,
      REF)), s) end
    assert.has_error(function() return tm.date("今天", { kind = "set" }) end)
  end)
end)
