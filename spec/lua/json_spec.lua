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

  it("replaces broken UTF-8", function()
    assert.equal('"a\u{FFFD}b"', json.encode "a\xffb")
  end)
end)
