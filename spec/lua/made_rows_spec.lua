-- Facts as rules make them, in the columns of the store: what goes where, and what C leaves to Lua.
local tm = require "textmill"
local core = require "textmill.core"
local json = require "textmill.json"
local stored = require "textmill.stored"

local TEXT <const> = "全镇设立检测卡口，石桥村修路。"

-- The row of facts_flat that a fact becomes, or nil and why not.
local function row_of(f)
  local c <close> = core.open(nil, { mode = "create" })
  c:add { raw = TEXT, id = "d" }
  f.mentions = f.mentions
    or { { i = 1, j = 6, quote = "?", rule = "p/a", version = "1", captures = { x = { 1, 3 } } } }
  local rows, message, _, code = stored.rows(c:text "d", c:extraction("d", "p").sha256, { f })
  if not rows then return nil, message, code end
  assert.equal(1, c:store_facts("d", "p", "1", rows))
  assert.same({}, c:verify())
  return c:facts {}[1]
end

describe("facts that rules made", function()
  it("have what every fact may have in columns, the rest in args", function()
    local f = row_of { type = "quantity", subtype = "count", item = "卡口", value = 3, hi = 5, unit = "处",
      approx = "about", scope = "each", polarity = "+", modality = "must", status = "disputed",
      place = "石桥村", place_code = "1", place_level = "village", place_how = "said",
      colour = "绿", b = true, list = { 1, 2 },
      rule = "p/a", quote = "全镇", i = 1, j = 6, time = "2020-02-06" }
    assert.equal('{"b":true,"colour":"绿","list":[1,2]}', f.args)
    assert.equal("全镇", f.quote) -- the text's, not what the mention says
    assert.equal('{"x":{"raw":[0,3],"clean":[0,3]}}', f.captures)
    for key, value in pairs { type = "quantity", subtype = "count", item = "卡口", value = 3, lo = 3, hi = 5,
      unit = "处", approx = "about", scope = "each", polarity = "+", modality = "must", status = "disputed",
      place = "石桥村", place_code = "1", place_level = "village", place_how = "said",
      time_from = "2020-02-06",
      rule = "p/a", rule_version = "1", cite = "d#0,6" } do
      assert.equal(value, f[key], key)
    end
  end)

  it("are listed by their item, else by what they are about", function()
    local about = { item = "i", name = "n", title = "t", message = "m", first = "f", value = "words" }
    for _, key in ipairs { "item", "name", "title", "message", "first", "value" } do
      local f = { type = "check" }
      for name, value in pairs(about) do f[name] = value end
      assert.equal(about[key], row_of(f).item)
      about[key] = nil
    end
    assert.is_nil(row_of { type = "check" }.item)
    assert.is_nil(row_of { type = "check", value = 7 }.item)
    assert.equal("12", row_of { type = "step", first = 12 }.item)
  end)

  it("may have words for a value, places and times in parts or as values of the library", function()
    local f = row_of { type = "metadata", value = "宣传部", lo = "x" }
    assert.same({ "宣传部", nil, '{"lo":"x","value":"宣传部"}' }, { f.item, f.value, f.args })
    f = row_of { type = "quantity", place_level = "not this",
      place = { name = "甲", code = "9", how = "near" },
                 time = { from = "2020", to = "2021", grain = "year", calendar = "lunar", source = "said" } }
    assert.same({ "甲", "9", nil, "near" }, { f.place, f.place_code, f.place_level, f.place_how })
    assert.same({ "2020", "2021", "year", "lunar", "said" },
      { f.time_from, f.time_to, f.time_grain, f.time_calendar, f.time_source })
    f = row_of { type = "place", name = "石桥村", code = "12", how = "said", place = "other", place_code = "8" }
    assert.same({ "石桥村", "12", "said" }, { f.place, f.place_code, f.place_how })
    assert.equal('{"code":"12","how":"said","name":"石桥村"}', f.args)
    local day = tm.date "2020年2月6日"
    f = row_of { type = "time", value = day, of = { day } }
    assert.equal(tostring(day), f.time_from)
    assert.equal(json.plain { value = day, of = { day } }, f.args)
  end)

  it("may have arguments that only Lua can write", function()
    local many = {}
    for k = 1, 80 do many["k" .. k] = k end
    local odd = { f = print, bytes = "\xff", made = setmetatable({ a = 1 }, { __index = {} }) }
    for _, args in ipairs { many, odd, { [7] = "seven" }, { deep = { f = print, x = 1 } } } do
      local f = { type = "check" }
      for key, value in pairs(args) do f[key] = value end
      assert.equal(json.plain(args), row_of(f).args)
    end
  end)

  it("that no rule should make are refused, and nothing is stored", function()
    assert.has_error(function() row_of { item = "x" } end, "fact: type missing")
    assert.has_error(function() row_of { type = "check", unit = 5 } end, "fact: unit is no string")
    assert.has_error(function() row_of { type = "check", time = true } end, "fact: time is no string")
    assert.has_error(function() row_of { type = "check", mentions = {  { i = 1 } } } end,
      "mention: j is no integer")
    for _, mention in ipairs { { i = 1, j = 900 }, { i = 2, j = 3 }, { ri = 1, rj = 900 } } do
      local none, _, code = row_of { type = "check", mentions = { mention } }
      assert.is_nil(none)
      assert.is_truthy(code == "invalid" or code == "utf8", code)
    end
    assert.is_nil((row_of { type = "check", mentions = {} }))
  end)

  it("keep their strings whatever becomes of the tables", function()
    local f = { type = "check", mentions = { { i = 1, j = 6, rule = "p/" .. "a", version = "1" } } }
    f.item = setmetatable({}, { __tostring = function()
      for key in pairs(f) do if key ~= "mentions" then f[key] = nil end end
      collectgarbage()
      return "listed"
    end })
    f.subtype = ("sub"):rep(30)
    local ok, row = pcall(row_of, f)
    assert.is_true(not ok or row.item == "listed")
  end)
end)
