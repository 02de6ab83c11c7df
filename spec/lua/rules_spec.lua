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

  it("gives dates the year that the document knows, not that of a reference date", function()
    local function dates(text)
      local out = {}
      local a = annotate.document(text, { id = "x", ref_date = "2020-02-26" })
      for k, d in ipairs(a.dates) do out[k] = d.iso end
      return out
    end
    assert.are.same({ "XXXX-02-04", "XXXX-02-05" }, dates "2月4日召开会议。5日上午开工。")
    assert.are.same({ "2018-12-30", "2019-01-02" }, dates "2018年12月30日接到报警,2日凌晨3时找到。")
    assert.are.same({ "2021-07-08" }, dates "截至2021年7月8日12时,转移418户。")
    assert.are.same({ "2021-07-08" }, dates "截至2021年7月8日24时,转移418户。")
    assert.are.same({}, dates "去年9月建成,3日内办结,5日后复查。")
    assert.are.same({ "2019" }, dates "2019年度预算已公布。")
    -- what the reference date gave stays in the facts
    local facts = extract.run(pack, "2月4日召开会议。", { ref = "2020-02-26" })
    assert.are.same({ "2020-02-04", "reference" }, { facts[1].value, facts[1].source })
  end)

  it("says which scheme names more than it lists", function()
    local facts = extract.run(pack, "组建“四支队伍”,即宣传队、巡逻队和排查队。", {})
    local found
    for _, f in ipairs(facts) do found = found or (f.type == "check" and f) end
    assert.are.equal(4, found.declared)
    assert.are.equal(3, found.found)
  end)

  it("gives an item that two words of a name fit to the first of them", function()
    local facts = extract.run(pack, "柳湾镇开展“两查两改”行动,检查改造方案、排查安全隐患、整改突出问题、修改工作制度。", {})
    local listed
    for _, f in ipairs(facts) do listed = listed or f.type == "scheme" and #f.members end
    assert.are.equal(4, listed)
    facts = extract.run(pack, "柳湾镇开展“两查两改”行动,检查改造方案、排查安全隐患、整改突出问题。", {})
    for _, f in ipairs(facts) do
      if f.type == "scheme" then assert.are.not_equal(4, #(f.members or {})) end
    end
  end)

  it("gives a permit its colours and days", function()
    local facts = extract.run(pack, "发放红黄《甲镇通行证》各3万张(持红证可农历一四七入场,持黄证可农历二五八入场)。", {})
    local days = {}
    for _, f in ipairs(facts) do
      if f.type == "permit" then days[f.colour] = f.valid end
    end
    assert.are.same({ ["红"] = "1 4 7", ["黄"] = "2 5 8" }, days)
  end)

  it("knows the days of a stored permit", function()
    local c = tm.open(nil)
    c:add { text = "发放《甲镇通行证》各3万张(持红证可农历一四七入场,持黄证可农历二五八入场),持《乙园卡》入园,"
      .. "持白卡可周六、周日入园。", id = "p" }
    c:extract(pack)
    local by = {}
    for f in c:facts { type = "permit" } do by[f.colour] = f end
    assert.is_true((by["红"]:valid_on "2020-02-20")) -- the 27th of the month
    assert.is_false((by["红"]:valid_on "2020-02-13"))
    local days = {}
    for d in by["红"].valid:between("2020-02-01", "2020-02-12") do days[#days + 1] = d end
    assert.are.same({ "2020-02-04", "2020-02-07", "2020-02-10" }, days)
    assert.is_true((by["白"]:valid_on "2020-02-22")) -- a Saturday
    assert.is_false((by["白"]:valid_on "2020-02-21"))
    assert.has_error(function() by["红"]:valid_on "yesterdays" end)
    c:close()
  end)

  it("keeps its recall on its own annotated documents", function()
    local facts = require "facts"
    local types = {}
    for name in ("org permit prohibition obligation sanction service procedure_step contradiction scheme "
      .. "event donation recognition channel quote_speech org_structure"):gmatch "%S+" do
      types[name] = true
    end
    local gold, predicted = facts.gold "spec/fixtures/facts/gold.ndjson", {}
    for _, path in ipairs(inputs.files { "spec/fixtures/facts" }) do
      local id = path:match "/(f%d+)_[^/]*%.txt$"
      if id then predicted[id] = annotate.document(assert(inputs.read(path)), { id = id }).facts end
    end
    local all = facts.score(gold, predicted, types).all
    assert.is_true(all.r >= 0.95 and all.p >= 0.95, ("P %.3f R %.3f"):format(all.p, all.r))
  end)

  -- whole documents annotated by somebody who writes no rules, with facts of all types:
  -- those the rules were worked on with first, and those (full_held) that were held out
  -- until their scores were known and have been development documents since. Those of
  -- full_unseen came last and were scored once; nobody has worked on their misses. Those of
  -- full_fourth were annotated after that: recall .520 at first sight, .543 when the rules had
  -- been worked on elsewhere; since then their misses have been read, too
  -- set, least precision, least recall, least F1 of quantities with item and place
  local full = { { "full", 0.80, 0.77, 0.785 }, { "full_held", 0.76, 0.70, 0.64 },
    { "full_unseen", 0.79, 0.75, 0.84 }, { "full_fourth", 0.86, 0.81, 0.85 },
    { "full_fifth", 0.72, 0.68, 0.81 } }
  for _, set in ipairs(full) do
    it("keeps its scores on the documents of " .. set[1], function()
      local facts, folder = require "facts", "spec/fixtures/facts/" .. set[1]
      local gold, predicted = facts.gold(folder .. "/gold.ndjson"), {}
      for _, path in ipairs(inputs.files { folder }) do
        local id = path:match "/(%w+)_[^/]*%.txt$"
        if id then predicted[id] = annotate.document(assert(inputs.read(path)), { id = id }).facts end
      end
      local scores = facts.score(gold, predicted)
      local all, counts = scores.all, scores.quantity
      print(("%s: P %.3f R %.3f of %d facts, quantities F1 %.3f"):format(set[1], all.p, all.r, all.gold,
        counts.f))
      assert.is_true(all.p >= set[2] and all.r >= set[3], ("P %.3f R %.3f"):format(all.p, all.r))
      assert.is_true(counts.f >= set[4], ("quantities F1 %.3f"):format(counts.f))
    end)
  end

  it("stays quiet on text that reports nothing", function()
    for _, s in ipairs { "", "你好。", "The quick brown fox.", "一心一意,三心二意,五湖四海。" } do
      local facts = s ~= "" and extract.run(pack, s, {}) or {}
      assert.are.equal(0, #facts, s)
    end
  end)
end)
