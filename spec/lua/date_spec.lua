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
    for _, s in ipairs { "2月30日", "13月5日", "25点", "三点八", "每", "从", "零" } do assert.is_nil((tm.date(s,
      REF)), s) end
    assert.has_error(function() return tm.date("今天", { kind = "set" }) end)
  end)
end)
