-- what a text says against itself: each kind found, and what looks like it left alone
local tm = require "textmill"
local extract = require "textmill.extract"
local pack = tm.pack "zh.report"

local function checks_of(s)
  local out = {}
  for _, f in ipairs((extract.run(pack, s, { ref = "2020-06-01" }))) do
    if f.type == "check" then out[#out + 1] = f.subtype end
  end
  table.sort(out)
  return table.concat(out, " ")
end

local found = {
  { "count", "下设巡查组、保障组、宣传组共5个工作组。" },
  { "count", "组建“四支队伍”,即宣传队、巡逻队和排查队。" },
  { "number", "每户补助900元:市里300元、县里400元、镇里300元。" },
  { "number", "全村转移群众2470人,安置在学校。\n据统计,共转移群众2740人,无人受伤。" },
  { "number", "全镇设检查点20个,其中红区8个、黄区6个、蓝区4个。" },
  { "duplicate", "摘要:守林靠的是一双腿一双眼。\n\n春天来了,山里草木返青,护林员每天都要进山巡查。\n\n守林靠的是一双腿一双眼。" },
  { "typo", "背诵数学公式,再背诵数学公式,又背诵数学公事。" },
  { "typo", "截止目前,无人受伤。" },
}
local quiet = {
  "下设巡查组、保障组、宣传组共3个工作组。", "下设巡查组、保障组、宣传组等5个工作组。",
  "每户补助900元:市里300元、县里400元、镇里200元。", "每户补助900元:市里300元,其余自筹。",
  "转移群众2470人,发放传单2740份。", "转移群众2470人,去年收入2740元。",
  "全镇设检查点20个,其中东村8个、西村6个、南村4个。", "发放宣传单三次,发放宣传单两次,发放宣传册一次。",
}

describe("checks", function()
  for _, c in ipairs(found) do
    it("finds " .. c[1] .. ": " .. c[2]:gsub("\n", " "), function() assert.equal(c[1], checks_of(c[2])) end)
  end
  for _, s in ipairs(quiet) do
    it("says nothing of " .. s, function() assert.equal("", checks_of(s)) end)
  end

  it("knows which towns a county has", function()
    assert.equal("", checks_of "安徽省歙县深渡镇的雨停了。")
    assert.equal("external", checks_of "安徽省歙县马楼乡的雨停了。")
  end)

  it("sees an account that bears another town's name", function()
    local gazetteer = require "textmill.rules.zh.check_gazetteer"
    local document = require "textmill.document"
    local doc = document.new "歙县深渡镇的雨停了。看三阳,看家乡。"
    local town = { type = "place", name = "深渡镇", code = "341021101", i = 7, j = 15, mentions = {} }
    local function sources(account)
      local out = {}
      local meta = { type = "metadata", subtype = "author_account", value = account, i = 1, j = 6 }
      gazetteer.source(doc, { meta, town }, out)
      return #out
    end
    assert.equal(0, sources "看深渡")
    assert.equal(0, sources "山水家园")
    assert.equal(1, sources "看三阳")
  end)
end)
