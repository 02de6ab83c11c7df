-- The pack zh.report: its own examples, the development fixtures, provenance.
package.path = "spec/score/?.lua;" .. package.path

local annotate = require "textmill.annotate"
local document = require "textmill.document"
local extract = require "textmill.extract"
local inputs = require "textmill.inputs"
local score = require "score"
local tm = require "textmill"

local REPORTS <const> = "spec/fixtures/reports"

describe("pack zh.report", function()
  local pack = tm.pack "zh.report"

  it("passes the examples and counterexamples of its rules", function()
    local checked = pack:check()
    assert.are.equal(0, checked.failed, tostring(checked))
  end)

  it("reaches its thresholds on the development fixtures", function()
    local t = score.folder(REPORTS)
    local wanted = { quantities = 0.9, quantities_loose = 0.93, people = 0.93, ["people+role"] = 0.93,
                     places = 0.92, dates = 0.85, schemes = 0.92, scheme_members = 0.9, enumerations = 0.95,
                     published = 0.95, source = 0.95 }
    for field, least in pairs(wanted) do
      assert.is_true(t[field].f >= least, ("%s: %.3f < %.2f"):format(field, t[field].f, least))
    end
  end)

  it("cites: each span of each mention shows its quote", function()
    local n = 0
    for _, path in ipairs(inputs.files { REPORTS }) do
      if path:find "%.txt$" then
        local raw = assert(inputs.read(path))
        local text = assert(tm.clean(raw))
        local doc = document.new(text, {})
        for _, f in ipairs((extract.run(pack, text, {}))) do
          for _, m in ipairs(f.mentions) do
            assert.are.equal(m.quote, doc:display(m.i, m.j))
            local ri, rj = text:raw(m.i, m.j)
            assert.is_true(ri >= 1 and rj <= #raw and ri <= rj)
            for name, c in pairs(m.captures or {}) do
              assert.is_true(c[1] <= c[2], f.type .. " " .. name)
            end
            n = n + 1
          end
        end
      end
    end
    assert.is_true(n > 300)
  end)

  it("takes an item from the text, not from elsewhere", function()
    local out = annotate.document("全村共有128户，发放种子600斤。", { id = "x" })
    assert.are.equal(2, #out.quantities)
    assert.are.equal("种子", out.quantities[2].item)
    assert.are.equal(600, out.quantities[2].value)
  end)

  it("says which scheme names more than it lists", function()
    local facts = extract.run(pack, "组建“四支队伍”,即宣传队、巡逻队和排查队。", {})
    local found
    for _, f in ipairs(facts) do found = found or (f.type == "check" and f) end
    assert.are.equal(4, found.declared)
    assert.are.equal(3, found.found)
  end)

  it("gives a permit its colours and days", function()
    local facts = extract.run(pack, "发放红黄《甲镇通行证》各3万张(持红证可农历一四七入场,持黄证可农历二五八入场)。", {})
    local days = {}
    for _, f in ipairs(facts) do
      if f.type == "permit" then days[f.colour] = f.valid end
    end
    assert.are.same({ ["红"] = "1 4 7", ["黄"] = "2 5 8" }, days)
  end)

  it("stays quiet on text that reports nothing", function()
    for _, s in ipairs { "", "你好。", "The quick brown fox.", "一心一意,三心二意,五湖四海。" } do
      local facts = s ~= "" and extract.run(pack, s, {}) or {}
      assert.are.equal(0, #facts, s)
    end
  end)
end)
