-- one walk over the numbered items: what structure, enumerations and procedures share
local document = require "textmill.document"
local numbering = require "textmill.rules.zh.numbering"

local function lists_of(s)
  local doc, out = document.new(s), {}
  for _, list in ipairs(numbering.lists(doc)) do
    local words = {}
    for k, it in ipairs(list) do words[k] = doc.shown:sub(it.i, it.j) end
    out[#out + 1] = list.style .. " " .. table.concat(words, "|")
  end
  return out
end

describe("numbering", function()
  it("keeps styles apart and begins again at each one", function()
    assert.are.same({ "一、 甲方|乙方", "(一) 时间|地点", "(一) 人数|物资" },
      lists_of "一、甲方\n(一)时间\n(二)地点\n二、乙方\n(一)人数\n(二)物资\n")
  end)
  it("reads running text by clauses", function()
    assert.are.same({ "一是 查路|查桥" }, lists_of "一是查路,二是查桥。")
    assert.are.same({ "第一 缺水|缺电" }, lists_of "难处有:第一,缺水;第二,缺电。")
    assert.are.same({ "步 填表|交费" }, lists_of "第一步,填表;第二步,交费。")
  end)
  it("reads numbers in the middle of a block", function()
    assert.are.same({ "(1)… 摸清底数|补足缺口" }, lists_of "会议要求,(1)摸清底数;(2)补足缺口。")
    assert.are.same({ "1、… 人员到位|物资到位" }, lists_of "做到:1、人员到位;2、物资到位。")
    assert.are.same({ "1.… 加强领导|严格检查" }, lists_of "措施有:1.加强领导;2.严格检查。")
    for _, s in ipairs { "第1、2组负责,3、4组待命。", "见图(1)和图(2)。", "增长1.2倍,2.3万人。", "5月1、2、3日放假。",
                         "共1、2两个组。" } do
      assert.are.same({}, lists_of(s))
    end
  end)
  it("takes no decimal, no lone item and no gap for a list", function()
    assert.are.same({}, lists_of "1.5万元\n2.5万元\n")
    assert.are.same({}, lists_of "一、甲方\n三、丙方\n")
    assert.are.same({}, lists_of "迈出了第一步,很好。")
  end)
  it("takes a number alone in its line for no item, but for the number of the heading behind it", function()
    assert.are.same({}, lists_of "01\n早部署\n02\n广宣传\n")
    local tm = require "textmill"
    local raw = "妇女检查工作\n\n01\n早部署\n各村提前通知,全镇共检查三百人,群众十分满意,医生上门服务到家。\n02\n广宣传\n"
      .. "村里张贴通知,并在微信群里反复提醒,让大家都知道检查的时间。\n"
    local facts, errors = require "textmill.extract".run(tm.pack "zh.report", tm.clean(raw))
    assert.are.same({}, errors)
    local titles = {}
    for _, f in ipairs(facts) do titles[f.title or ""] = f.n end
    assert.is_nil(titles["01"])
    assert.are.equal(1, titles["早部署"])
  end)
  it("knows the wider of two levels and where marks stand", function()
    local doc = document.new "一、甲方\n(一)时间\n(二)地点\n二、乙方\n"
    local lists = numbering.lists(doc)
    assert.is_true(lists[1].level < lists[2].level)
    assert.are.equal(1, lists[1][1].mark)
    assert.is_true(lists[1][2].lead)
    assert.are.equal(4, lists[1][2].number)
  end)
end)
