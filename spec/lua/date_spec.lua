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
