-- number_spec.lua - tm.number: one whole string as a number
local tm = require "textmill"

local function info(s)
  local n, about = tm.number(s)
  assert(n, s)
  return n, about
end

describe("tm.number", function()
  it("gives the number first, so that it can be used at once", function()
    assert.equal(301, tm.number "三百" + 1)
    assert.equal("integer", math.type((tm.number "1,200")))
    assert.equal(13.5e8, (tm.number "十三点五亿"))
  end)

  it("says how exact it is", function()
    local n, about = info "三百余"
    assert.equal(300, n)
    assert.same({"over", 301, 399}, {about.approx, about.lo, about.hi})
    assert.equal("{approx=over, lo=301, hi=399}", tostring(about))
    n, about = info "约200"
    assert.same({200, "about"}, {n, about.approx})
    n, about = info "2至3"
    assert.same({2, "range", 2, 3}, {n, about.kind, about.lo, about.hi})
    local _, least = info "上百"
    assert.equal(math.huge, least.hi)
  end)

  it("knows ordinals, percentages and fractions", function()
    local cases = {["第三"] = {3, "ordinal"}, ["百分之五"] = {5, "percent"}, ["七成"] = {70, "percent"},
      ["四分之一"] = {0.25, "fraction"}}
    for s, want in pairs(cases) do
      local n, about = info(s)
      assert.same(want, {n, about.kind}, s)
    end
  end)

  it("reads traditional characters and full-width digits", function()
    assert.equal(20000, (tm.number "兩萬"))
    assert.equal(1200, (tm.number "１，２００"))
  end)

  it("says what is wrong and where", function()
    local n, message, position, code = tm.number "三百个"
    assert.same({nil, 7, "invalid"}, {n, position, code})
    assert.matches("个", message, 1, true)
    n, message, position = tm.number ""
    assert.same({nil, "not a number (empty)", 1}, {n, message, position})
    n, message, position = tm.number "第一书记"
    assert.is_nil(n)
    assert.same({"not a number (第一书记 is a role)", 1}, {message, position})
    assert.is_nil((tm.number "\xff"))
  end)

  it("raises on what is no string", function()
    assert.has_error(function() tm.number() end)
    assert.has_error(function() tm.number {} end)
  end)
end)
