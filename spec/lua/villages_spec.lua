-- the optional image of villages, and places resolved by what stands beside them
local core = require "textmill.core"
local inputs = require "textmill.inputs"

-- A command in a process of its own: the data images are opened once a state.
local function run(script, folder)
  local path = os.tmpname()
  local f = assert(io.open(path, "w"))
  f:write(script)
  f:close()
  local p = assert(io.popen(("TEXTMILL_DATA=%s lua5.4 %s 2>&1"):format(folder, path)))
  local out = p:read "a"
  p:close()
  os.remove(path)
  return out
end

local LIST <const> = [[
code,name,streetCode
371581101201,"大桥村委会",371581101
371581101202,"龙泉庄村委会",371581101
371581101203,"上村村委会",371581101
520303109002,"沙滩场社区居委会",520303109
520303109201,"双河村民委员会",520303109
]]

local function with_folder(f)
  local folder = os.tmpname()
  os.remove(folder)
  local link = "mkdir %s && for i in %s/*.dat; do ln -s $(readlink -f $i) %s/; done; "
    .. "rm -f %s/textmill-villages.dat"
  assert(os.execute(link:format(folder, core.data_folder(), folder, folder)))
  local list = io.open(folder .. "/list.csv", "w")
  list:write(LIST)
  list:close()
  local ok, e = pcall(f, folder)
  os.execute("rm -rf " .. folder)
  if not ok then error(e, 0) end
end

describe("villages", function()
  it("are found by township, with and without their suffix", function()
    with_folder(function(folder)
      local image = folder .. "/textmill-villages.dat"
      assert.equal(5, core.build_villages(image, { ["2019"] = folder .. "/list.csv" }))
      local out = run([[
        local core = require "textmill.core"
        local function code(town, name)
          local v = core.village(town, name, "2020-02-01")
          return v and v.code or "-"
        end
        print(core.has_villages(), code("371581101", "大桥村"), code("371581101", "大桥"),
          code("371581101", "龙泉"))
        print(code("371581101", "上村"), code("371581101", "沙滩场"), code("520303109", "沙滩场社区"),
          code("520303109", "雙河村"), code("999999999", "大桥"))
      ]], folder)
      assert.equal("true\t371581101201\t371581101201\t371581101202\n"
        .. "371581101203\t-\t520303109002\t520303109201\t-\n", out)
    end)
  end)

  it("tell townships of one name apart, and get codes", function()
    with_folder(function(folder)
      local script = [[
        local tm, extract = require "textmill", require "textmill.extract"
        local function codes(s)
          local list = {}
          for _, f in ipairs(extract.run(tm.pack "zh.report", tm.clean(s), { ref = "2020-02-01" })) do
            if f.type == "place" then list[#list + 1] = f.name .. "=" .. tostring(f.code) end
          end
          return table.concat(list, " ")
        end
        print(codes "松林镇修好了大桥村的路。")
        print(codes "松林镇修好了双河村的路。")
        print(codes "临清市松林镇修好了路。")
        print(codes "松林镇修好了路。")
      ]]
      local without = run(script, folder)
      assert.equal("松林镇=nil 大桥村=nil\n松林镇=nil 双河村=nil\n临清市=371581 松林镇=371581101\n松林镇=nil\n", without)
      core.build_villages(folder .. "/textmill-villages.dat", { ["2019"] = folder .. "/list.csv" })
      assert.equal("松林镇=371581101 大桥村=371581101201\n松林镇=520303109 双河村=520303109201\n"
        .. "临清市=371581 松林镇=371581101\n松林镇=nil\n", run(script, folder))
    end)
  end)

  it("say which line is no village, and which file is not there", function()
    with_folder(function(folder)
      local out = folder .. "/textmill-villages.dat"
      local f = io.open(folder .. "/bad.csv", "w")
      f:write("code,name\n371581101201,\"甲村\"\nabc\n")
      f:close()
      local n, message, _, code = core.build_villages(out, { ["2019"] = folder .. "/bad.csv" })
      assert.is_nil(n)
      assert.matches("bad.csv: line 3 is no village", message)
      assert.equal("format", code)
      assert.equal("notfound", select(4, core.build_villages(out, { ["2019"] = folder .. "/none.csv" })))
      assert.equal("empty", select(4, core.build_villages(out, {})))
      assert.is_nil(inputs.read(out))
    end)
  end)

  it("a damaged image is an error, not a crash", function()
    with_folder(function(folder)
      local out = folder .. "/textmill-villages.dat"
      core.build_villages(out, { ["2019"] = folder .. "/list.csv" })
      local bytes = inputs.read(out)
      local f = io.open(out, "wb")
      f:write(bytes:sub(1, #bytes // 2))
      f:close()
      local said = run([[print(pcall(require("textmill").clean, "a"))]], folder)
      assert.matches("textmill%-villages.dat is incomplete", said)
    end)
  end)
end)

describe("places of a name", function()
  it("are those of the document's time", function()
    local function codes(name, date)
      local list = {}
      for _, p in ipairs(core.places(name, date)) do list[#list + 1] = p.code end
      return table.concat(list, " ")
    end
    assert.equal("371203", codes("钢城区", "2018-01-01"))
    assert.equal("370117", codes("钢城区", "2020-02-01"))
    assert.equal("370117", codes "钢城区")
    assert.equal("371200", codes("莱芜市", "2023-12-01")) -- none then: what there was
    assert.equal("", codes "没有的地方")
    assert.has_error(function() core.places("钢城区", "last year") end)
    local town = core.places("东华门街道", "2019-12-31")[1]
    assert.same({ "东城区", "北京市" }, { town.up[1].name, town.up[2].name })
    assert.same({ "2018", "2019", "2020", "2023" }, town.vintages)
  end)
end)
