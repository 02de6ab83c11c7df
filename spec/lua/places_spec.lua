-- Divisions as they are written daily: short names, and which of several namesakes is meant.
local extract = require "textmill.extract"
local tm = require "textmill"
local pack = tm.pack "zh.report"

local function codes_of(text)
  local out = {}
  for _, f in ipairs((extract.run(pack, text))) do
    if f.type == "place" then out[#out + 1] = f.name .. "=" .. tostring(f.code) end
  end
  return table.concat(out, " ")
end

local CASES <const> = {
  -- a province or a city, not the township of that name
  { "北京昨日降雪。", "北京=110000" },
  { "客商来自新疆。", "新疆=650000" },
  { "记者从石家庄获悉，工程已开工。", "石家庄=130100" },
  { "列车由唐山开往合肥。", "唐山=130200 合肥=340100" },
  { "在恩施调研。", "恩施=422800" },
  { "会议在巴音郭楞召开。", "巴音郭楞=652800" },
  -- autonomous divisions without their peoples
  { "凉山州和恩施州结对。", "凉山州=513400 恩施州=422800" },
  { "恭城县的柿子熟了。", "恭城县=450332" },
  -- the place before it says which
  { "北京朝阳的一处工地。", "北京=110000 朝阳=110105" },
  { "辽宁朝阳的一处工地。", "辽宁=210000 朝阳=211300" },
  { "青海海南州的牧场。", "青海=630000 海南州=632500" },
  { "江苏淮安清江浦区。", "江苏=320000 淮安=320800 清江浦区=320812" },
  { "福建厦门思明的渔船。", "福建=350000 厦门=350200 思明=350203" },
  { "上海浦东新区的码头。", "上海=310000 浦东新区=310115" },
  { "桂林阳朔和湖北仙桃。", "桂林=450300 阳朔=450321 湖北=420000 仙桃=429004" },
  { "四川平安过节，北京大兴土木。", "四川=510000 北京=110000" },
  -- two of one name are two
  { "石家庄市长安区和西安市长安区。", "石家庄市=130100 长安区=130102 西安市=610100 长安区=610116" },
  -- one of two, but not which
  { "西湖区蒋村路。", "西湖区=nil" },
  -- common nouns first
  { "来宾陆续入场。", "" }, { "这里日照充足。", "" }, { "白银价格上涨。", "" },
}

describe("places", function()
  for _, case in ipairs(CASES) do
    it(case[1], function() assert.equal(case[2], codes_of(case[1])) end)
  end
end)
