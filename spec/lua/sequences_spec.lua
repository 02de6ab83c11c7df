-- sequences_spec.lua - tm.sequences and tm.choice
local tm = require "textmill"

local function shown(s, o)
  local out = {}
  for k, x in ipairs(tm.sequences(s, o)) do
    assert.equal(x.text, s:sub(x.i, x.j))
    out[k] = x.kind .. " " .. x.value
  end
  return table.concat(out, "; ")
end

describe("tm.sequences", function()
  it("finds phone numbers by their form", function()
    assert.equal("phone 13800138000", shown "速拨13800138000找老周")
    assert.equal("phone 037165581234", shown "值班室(0371)65581234")
    assert.equal("phone 037165581234", shown "值班室0371-65581234")
    assert.equal("phone 4008123456", shown "400-812-3456")
    assert.equal("phone +8613800138000", shown "+86 138-0013-8000")
    local x = tm.sequences("0371-65581234转802")[1]
    assert.same({ "0371-65581234转802", "802" }, { x.text, x.extension })
  end)

  it("takes other runs of digits only behind a word or when told", function()
    assert.equal("phone 65581234", shown "监督电话:65581234。")
    assert.equal("phone +8223123456", shown "电话+82-2-312-3456")
    assert.equal("", shown "+45-12-34-56-78")
    assert.equal("", shown "产量65581234公斤")
    assert.equal("", shown "档号 65581234")
    assert.equal("phone 65581234", shown("档号 65581234", { loose = true }))
    assert.equal("", shown("面积65581234亩", { loose = true }))
  end)

  it("takes no dates, sums, codes for phone numbers", function()
    for _, s in ipairs { "2020-02-26", "16/04/2019", "3.14159265", "a677-1234567", "12+3456789012",
      "01 2e 30 31 ff" } do
      assert.equal("", shown(s, { loose = true }), s)
    end
  end)

  it("finds addresses of the net", function()
    assert.equal("email lao.zhou@mail.example.cn", shown "写信到Lao.Zhou@mail.example.cn。")
    assert.equal("url http://example.gov.cn/a/b.html?x=1",
      shown "见http://example.gov.cn/a/b.html?x=1,谢谢")
    assert.equal("url www.example.com", shown "官网(www.example.com)")
    assert.equal("example.com", tm.sequences("example.com/x")[1].host)
    assert.equal("ip 10.0.0.254", shown "网关10.0.0.254")
    assert.equal("intranet", tm.sequences("见http://intranet/wiki?p=1")[1].host)
    assert.equal("", shown "http://#")
    assert.equal("", shown "1.2.3.400")
    assert.equal("ip fe80::1", shown "地址FE80::1")
    assert.equal("", shown "上午8:30:00")
    assert.equal("", shown "std::cout")
  end)

  it("checks the digits of identity numbers, companies, cards", function()
    local x = tm.sequences("证号11010519491231002X")[1]
    assert.same({ "id", "1949-12-31", "女", "110105" }, { x.kind, x.born, x.sex, x.region })
    assert.equal("", shown "证号110105194912310021")
    assert.equal("company 91350100M000100Y43", shown "代码91350100M000100Y43")
    assert.equal("", shown "代码91350100M000100Y44")
    assert.equal("bankcard 4111111111111111", shown "卡号4111 1111 1111 1111")
    assert.equal("plate 京A12345", shown "车牌京A·12345的货车")
    assert.equal("plate 粤BD12345", shown "粤BD12345")
  end)

  it("limits kinds and refuses others", function()
    assert.equal("url a.cn", shown("13800138000 a.cn", { kinds = { "url" } }))
    assert.has_error(function() tm.sequences("x", { kinds = { "fax" } }) end)
    assert.has_error(function() tm.sequences("x", { kind = "url" }) end)
  end)

  it("is linear on hostile text and finds what it names in place", function()
    for _, unit in ipairs { "1", "(", "a.", ":", "1-", "@a.", "a:", "+1 " } do
      local s = unit:rep(20000)
      for _, x in ipairs(tm.sequences(s, { loose = true })) do assert.equal(x.text, s:sub(x.i, x.j)) end
    end
  end)
end)

describe("tm.choice", function()
  it("reads the first yes or no", function()
    assert.same({ true, 1, 6 }, { tm.choice "好的" })
    assert.is_false((tm.choice "不行,下周再说"))
    assert.is_true((tm.choice "那么,可以。"))
    assert.is_nil((tm.choice "明天下雨"))
    assert.is_true((tm.choice "👍🏽"))
  end)
end)
