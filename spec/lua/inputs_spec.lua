local inputs = require "textmill.inputs"
local json = require "textmill.json"

local function lines(t)
  local k = 0
  return function() k = k + 1 return t[k] end
end

describe("textmill.inputs", function()
  it("decodes base64", function()
    assert.equal("", inputs.base64 "")
    assert.equal("a", inputs.base64 "YQ==")
    assert.equal("ab\0", inputs.base64 "YWIA")
    assert.equal("\255\254\253\252", inputs.base64 "//79_A")
    assert.is_nil((inputs.base64 "a*b="))
  end)

  it("reads NDJSON and goes on after a bad line", function()
    local out = {}
    for d in inputs.ndjson(lines {
      '{"id":7,"text":"甲","url":"u","county":"乙"}', "{oops", "", '{"id":"b","bytes_b64":"/w=="}', "[1]",
      '{"id":"c"}' }, "f") do
      out[#out + 1] = d
    end
    assert.equal(5, #out)
    assert.same({ "7", "甲", "u", { county = "乙" } }, { out[1].id, out[1].raw, out[1].url, out[1].meta })
    assert.matches("^f:2: ", out[2].message)
    assert.equal("\255", out[3].raw)
    assert.matches("no text", out[5].message)
  end)

  it("reads lines as most are at once, and as it reads any", function()
    local usual <const>, others <const> = {
      '{"text":"甲\\n乙","id":7}', '{"id":-12,"text":"","n":3,"ok":true,"no":false,"nil":null}',
      ' { "path" : "a/b" , "url":"u","date":"2020-01-02", "text":"\\u6e20\\ud83d\\ude00" } ',
      '{"text":"a","text":"b","k":1,"k":null,"id":"x","id":null}',
      '{"text":"' .. ("长\\t"):rep(9000) .. '"}', '{"text":"t","":"e","meta ":"m","Text":"T"}',
      '{"text":"t","text\\u0000":"u","id\\u0000":"e","meta\\u0000x":"m"}' }, {
      '{"id":"a"}', '{"text":null}', '{"text":true}', '{"text":"a","bytes_b64":"YQ=="}',
      '{"text":"a","meta":{"k":"v"}}',
      '{"text":"a","id":true}', '{"text":"a","list":[1]}', '{"text":"a","x":1.5}', '{"text":"a"}}',
      '{"text":"a",}', '{"text":"a"', '["text"]', '"text"', "", "{}",
      '{"text":"a" "id":1}', '{"text":7}', '{"text":"a\\x"}' }
    for _, line in ipairs(usual) do
      assert.same(inputs.document(json.decode(line)), json.document(line))
    end
    for _, line in ipairs(others) do assert.is_nil(json.document(line)) end
    local d = json.document(usual[2])
    assert.same({ "-12", { n = "3", ok = "true", no = "false" } }, { d.id, d.meta })
    assert.same({}, json.document(usual[4]).meta)
  end)

  it("names what is no file", function()
    local raw, message, _, code = inputs.read "spec"
    assert.is_nil(raw)
    assert.matches("spec is a folder, not a file", message)
    assert.equal("io", code)
    assert.equal("notfound", select(4, inputs.read "nowhere.txt"))
  end)

  it("walks folders in order and joins a sheet", function()
    local folder = os.tmpname()
    os.remove(folder)
    assert(os.execute(("mkdir -p %s/b && cd %s && echo 1 > z.txt && echo 2 > b/a.txt && echo 3 > .hidden")
      :format(folder, folder)))
    local f = assert(io.open(folder .. "/m.csv", "wb"))
    f:write "file,url,county\nz.txt,http://z,甲县\nnone.txt,,\n"
    f:close()
    local rows, header, n = inputs.sheet(folder .. "/m.csv", "file")
    assert.equal(2, n)
    local sheet = { rows = rows, header = header, key = "file", used = {} }
    local seen = {}
    for d in inputs.documents { folder .. "/b", folder .. "/z.txt" } do
      inputs.join(sheet, d)
      seen[#seen + 1] = { d.path:match "[^/]*$", d.url, d.meta.county }
    end
    assert.same({ { "a.txt" }, { "z.txt", "http://z", "甲县" } }, seen)
    assert.has_error(function() inputs.sheet(folder .. "/m.csv", "nope") end)
    os.execute("rm -r " .. folder)
  end)
end)
