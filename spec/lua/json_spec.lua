local json = require "textmill.json"

describe("textmill.json", function()
  it("reads every kind of value", function()
    local v = json.decode ' {"a":[1,-2.5e3,true,false,null,"x\\u4e2d\\n\\ud83d\\ude00"],"b":{}} '
    assert.same({ 1, -2500, true, false, json.null, "x中\n😀" }, setmetatable(v.a, nil))
    assert.same({}, v.b)
  end)

  for bad, position in pairs {
    ["{"] = 2, ["[1,]"] = 4, ["01"] = 1, ['"a'] = 2, ['{"a" 1}'] = 5, ["nul"] = 1, ["1 2"] = 3, [""] = 1,
    ['"\\x"'] = 2, ['"\1"'] = 2, ['"a\\u12"'] = 3, ['"ab\\'] = 4, ['"a\\nb'] = 5, ['{"\\q":1}'] = 3,
  } do
    it("names the position of the error in " .. ("%q"):format(bad), function()
      local v, message, at = json.decode(bad)
      assert.is_nil(v)
      assert.is_string(message)
      assert.equal(position, at)
    end)
  end

  it("reads every escape, surrogates that are alone, and bytes as they are", function()
    for text, value in pairs {
      ['"\\"\\\\\\/\\b\\f\\n\\r\\t"'] = '"\\/\b\f\n\r\t', ['"\\u0000x\\u00e9\\u4E2D"'] = "\0xé中",
      ['"\\ud83d"'] = "\u{FFFD}", ['"\\ud83dx"'] = "\u{FFFD}x", ['"\\ude00"'] = "\u{FFFD}",
      ['"\\ud83d\\n"'] = "\u{FFFD}\n", ['"\\ud83d\\u4e2d"'] = "\u{FFFD}中", ['"\\uD83D\\uDE00"'] = "😀",
      ['"\xff\127"'] = "\xff\127", ['""'] = "",
    } do assert.equal(value, (json.decode(text)), text) end
    local long = ("卡口\n"):rep(5000)
    assert.equal(long, json.decode(json.encode(long)))
  end)

  -- What is read at once and what is read slowly: an exponent in front makes all of it slow.
  it("reads the same at once and slowly", function()
    math.randomseed(7)
    local parts = {
      "1", "-0", "007", "12345678901234567890", "1.5", "-", "true", "truex", "nul", "null", "false",
      '"a\\u4e2d"', '"卡点70处卡点70处"', '"a\1"', '""', "[", "]", "{", "}", ",", ":", " ", "\n", "\v", "\0",
      '"k":', '"k":', "[]", "{}", "[1,2]", '{"a":"b"}',
    }
    local function slowly(s)
      local v, message, at = json.decode("[1e0," .. s .. "]")
      if v then return v[2] end
      return nil, message, at - 5
    end
    local ended = 0
    for _ = 1, 20000 do
      local list = {}
      for k = 1, math.random(6) do list[k] = parts[math.random(#parts)] end
      local s = table.concat(list)
      local v = json.decode(s)
      local slow = slowly(s)
      if v ~= nil then
        ended = ended + 1
        assert.same(v, slow, s)
        assert.equal(math.type(v), math.type(slow), s)
        assert.equal(getmetatable(v), getmetatable(slow), s)
      end
    end
    assert.is_true(ended > 1000)
    assert.same({ a = { 1, { b = json.null } } }, (function(v)
      setmetatable(v.a, nil)
      return v
    end)(json.decode '{"a":[1,{"b":null}]}'))
    local deep = json.decode(("["):rep(150) .. ("]"):rep(150))
    for _ = 1, 149 do deep = deep[1] end
    assert.same({}, setmetatable(deep, nil))
  end)

  it("finds what ends a string at every place in it", function()
    for n = 0, 20 do
      for _, bytes in ipairs { "a", "\x7f", "\x80", "\xa2", "\xdc", "\xff", "!", "#", "[", "]", " " } do
        local text = bytes:rep(n)
        assert.equal(text, json.decode('"' .. text .. '"'))
        assert.equal(text .. "\n" .. text, json.decode('"' .. text .. "\\n" .. text .. '"'))
        local v, message, at = json.decode('"' .. text .. "\31" .. text .. '"')
        assert.is_nil(v)
        assert.matches("control", message)
        assert.equal(n + 2, at)
      end
    end
  end)

  it("limits nesting", function()
    local v, message = json.decode(("["):rep(100000))
    assert.is_nil(v)
    assert.matches("nested", message)
  end)

  it("writes what it reads", function()
    local t = { list = json.array {}, n = 1.0, f = 0.25, s = 'a"\\\n\0中', z = json.null }
    assert.equal([[{"n":1,"f":0.25,"list":[],"s":"a\"\\\n\u0000中","z":null}]],
      json.encode(t, { keys = { "n" } }))
    assert.same(t.s, json.decode(json.encode(t)).s)
  end)

  -- values of the kinds that facts have, and some that are left to the slower way
  local pieces = { "中", "é", "😀", '"', "\\", "\n", "\r\t", "\0", "\127", "a", "\xff" }
  local function random_value(depth)
    local kind = math.random(depth > 3 and 8 or 11)
    if kind == 1 then return math.random(-1000, 1000) end
    if kind == 2 then return math.random() * 10 ^ math.random(-20, 20) end
    if kind == 3 then return ({ 1 / 0, -1 / 0, 0 / 0, -0.0, 1e15, 2.0 ^ 53, -3.0 })[math.random(7)] end
    if kind == 4 then return math.random(2) == 1 end
    if kind == 5 then return json.null end
    if kind < 9 then
      local parts = {}
      for k = 1, math.random(0, 12) do
        parts[k] = pieces[math.random(99) < 99 and math.random(10) or 11]
      end
      return table.concat(parts)
    end
    local t = kind == 9 and json.array {} or {}
    for k = 1, math.random(0, 4) do
      t[kind == 11 and tostring(random_value(4)) or k] = random_value(depth + 1)
    end
    return t
  end

  it("writes plain values as encode does", function()
    math.randomseed(7)
    for _ = 1, 3000 do
      local v = random_value(0)
      assert.equal(json.encode(v), json.plain(v))
    end
    local many = {}
    for k = 1, 200 do many["key" .. k] = k end
    assert.equal(json.encode(many), json.plain(many))
  end)

  it("leaves functions out of plain values, and writes userdata as tostring does", function()
    local date = require "textmill".date "2020-02-06"
    assert.equal('{"d":"2020-02-06","l":["2020-02-06",1],"t":{"x":1}}',
      json.plain { d = date, l = { date, 1 }, t = { x = 1, f = print } })
    assert.equal('{"t":{"x":2}}', json.plain { t = setmetatable({ x = 2 }, { __index = { y = 1 } }) })
    assert.has_error(function() json.encode { f = print } end)
  end)

  it("replaces broken UTF-8", function()
    assert.equal('"a\u{FFFD}b"', json.encode "a\xffb")
  end)
end)
