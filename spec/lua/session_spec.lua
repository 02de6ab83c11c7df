-- What a person reads at the prompt: permits on a day, dates, the places of a
-- concordance's lines, what add says of a folder and a sheet.

local inspect = require "textmill.inspect"
local lunar = require "textmill.lunar"
local tm = require "textmill"

local samples = require "textmill.demo".samples()

local c = tm.open(nil)
c:add(samples)
c:extract "zh.report"

describe("facts", function()
  it("are found by any argument they have", function()
    local red = c:facts { type = "permit", colour = "红" }
    assert.equal(1, #red)
    assert.equal("红", red[1].colour)
    assert.equal(1, #c:facts { members = "预警网" }) -- one of a list
    assert.equal(1, #c:facts { type = "permit", days = 4 })
    assert.equal(0, #c:facts { type = "permit", colour = "绿" })
    assert.equal(#c:facts { type = "quantity" }, #c:facts { type = "quantity", rule = nil })
  end)

  it("of an argument that none has are a mistake", function()
    local ok, e = pcall(c.facts, c, { colur = "红" })
    assert.is_false(ok)
    assert.matches("facts have no column 'colur'", e)
  end)

  it("that a person has put right are found by what they are now", function()
    local d <close> = tm.open(nil)
    d:add(samples .. "/04_drought.txt")
    d:extract "zh.report"
    local f = d:facts { type = "permit", colour = "蓝" }[1]
    d:verdicts { [f.id] = "colour=青" }
    assert.equal(f.id, d:facts { type = "permit", colour = "青" }[1].id)
    assert.equal(0, #d:facts { type = "permit", colour = "蓝" })
  end)

  it("of a scheme say what was declared and what was found", function()
    local seen = {}
    for f in c:facts { type = "scheme", doc = "01" } do seen[f.label] = f.detail end
    assert.matches("^4 declared, 4 found  预警网", seen["四张网"])
    assert.matches("0 found  %(declared_only%)", seen["两条热线"])
    assert.is_nil(seen["一本台账"]) -- one paper is no scheme
  end)

  it("that may be one and the same are shown beside each other", function()
    local d <close> = tm.open(nil)
    d:add { id = "x", text = "青禾镇共有水塘24座。青禾镇有蓄水池24座。青禾镇有石桥25座。" }
    d:extract "zh.report"
    local text = d:explain(d:facts { item = "水塘" }[1])
    assert.matches("same_as%? 蓄水池24座 x#%d+,%d+", text)
    assert.equal(1, select(2, text:gsub("same_as", "")))
    assert.is_nil(d:explain(d:facts { item = "石桥" }[1]):find "same_as")
  end)
end)

describe("a permit", function()
  local red = c:facts { type = "permit", colour = "红" }[1]

  it("says why it holds on a day", function()
    assert.same({ true, "lunar 正月廿七 ends in 7" }, { red:valid_on "2020-02-20" })
    assert.same({ false, "lunar 正月廿六 ends in 6" }, { red:valid_on "2020-02-19" }) -- another colour does
  end)

  it("says so when no colour holds, and which check found that", function()
    local good, why = red:valid_on "2020-02-13"
    assert.is_false(good)
    assert.matches("^lunar 正月二十 ends in 0: no colour is valid on this day %(check c:%x+%)$", why)
    assert.equal(1, #c:facts { id = why:match "check (c:%x+)" })
  end)

  it("prints its days", function()
    assert.matches("红  valid: lunar days ending 1 4 7", tostring(red), 1, true)
  end)
end)

describe("days of the lunar calendar", function()
  it("are written as in a calendar", function()
    local function name(day) return lunar.name(tm.date(day):lunar()) end
    for day, expected in pairs {
      ["2020-01-25"] = "庚子年正月初一", ["2020-02-02"] = "庚子年正月初九", ["2020-02-03"] = "庚子年正月初十",
      ["2020-02-04"] = "庚子年正月十一", ["2020-02-13"] = "庚子年正月二十", ["2020-02-14"] = "庚子年正月廿一",
      ["2020-02-22"] = "庚子年正月廿九", ["2020-02-23"] = "庚子年二月初一", ["2020-05-25"] = "庚子年闰四月初三",
      ["2020-01-24"] = "己亥年腊月三十", ["1984-02-02"] = "甲子年正月初一", ["2044-01-29"] = "癸亥年腊月三十",
    } do
      assert.equal(expected, name(day))
    end
    assert.equal("冬月", lunar.day_name { month = 11 })
  end)

  it("are shown at the prompt with the date they are", function()
    assert.equal("2020-01-26 (day; lunar 庚子年正月初二; year from ref)",
      inspect.value(tm.date("正月初二", { ref = "2020-02-20" })))
    assert.equal("2020-06-14 (day; lunar 庚子年闰四月廿三)", inspect.value(tm.date "2020年闰四月廿三"))
    assert.equal("2020-02-20", inspect.value(tm.date "2020-02-20"))
    assert.equal("2020-01-26", tostring(tm.date("正月初二", { ref = "2020-02-20" })))
  end)
end)

describe("lines of a concordance", function()
  it("name the place of their article, where there are facts", function()
    local r = c:kwic "水库"
    assert.same({ "石门镇", "石门镇" }, { r[1].place, r[2].place })
    assert.matches("\ndoc  place ", tostring(r))
    local d <close> = tm.open(nil)
    d:add(samples .. "/04_drought.txt")
    assert.matches("\ndoc +left", tostring(d:kwic "水库"))
  end)

  it("of one page tell its articles apart", function()
    local d <close> = tm.open(nil)
    d:add { id = "x", text = "一、青禾镇\n青禾镇有水塘24座，石桥3座。\n\n二、白石镇\n白石镇有水塘30座。\n" }
    d:extract "zh.report"
    local places = {}
    for row in d:kwic "水塘" do places[#places + 1] = row.place end
    assert.equal(2, #places)
    local of = {}
    for row in d:match(tm.pattern "水塘") do of[#of + 1] = row.place end
    assert.same(places, of)
  end)

  it("are printed after the corpus is closed, too", function()
    local d = tm.open(nil)
    d:add(samples .. "/04_drought.txt")
    d:extract "zh.report"
    local r = d:kwic "水库"
    d:close()
    assert.matches("2 hits", tostring(r))
  end)

  it("say what stands outside of the bodies", function()
    local d <close> = tm.open(nil)
    d:add { id = "x", text = "首页 > 水塘 > 正文\n水塘修好了\n青禾镇修了水塘，村民都说好，天旱的时候也有水用了。\n" }
    local inside, all = d:count "水塘", d:count("水塘", { ["in"] = "all" })
    assert(inside < all)
    assert.matches(("%d hit"):format(all - inside) .. "s? in captions", tostring(d:kwic "水塘"))
    assert.is_nil(tostring(d:kwic("水塘", { ["in"] = "all" })):find "captions")
  end)
end)

describe("add", function()
  local folder = os.tmpname()
  os.remove(folder)
  setup(function() assert(os.execute("mkdir " .. folder)) end)
  teardown(function() os.execute("rm -r " .. folder) end)

  local function write(name, text)
    local f <close> = assert(io.open(folder .. "/" .. name, "wb"))
    f:write(text)
  end

  it("says what a sheet gave, and keeps what did not fit in add_log", function()
    write("a.txt", "青禾镇修了水塘。")
    write("b.txt", "白石镇修了桥。")
    write("pages.csv", "file,url,site,date\na.txt,http://x.example/a,甲站,2021-03-04\nz.txt,,甲站,\n")
    local d <close> = tm.open(nil)
    local files = { folder .. "/a.txt", folder .. "/b.txt" }
    local r = d:add(files, { meta = folder .. "/pages.csv", key = "file" })
    assert.matches("pages.csv: 2 rows, columns url site date -> metadata; 1 row without a document, "
      .. "1 document without a row (table add_log)", r.summary, 1, true)
    assert.same({ 1, 1 }, { r.unused, r.unmatched })
    local log = {}
    for row in d:sql "SELECT path, code FROM add_log ORDER BY path" do log[row.path] = row.code end
    assert.same({ [folder .. "/b.txt"] = "notfound", ["z.txt"] = "notfound" }, log)
    assert.equal(1, #d:where { site = "甲站" }:docs())
    assert.equal("2021-03-04", d:docs()[1].published)
  end)

  it("on the command line says charsets, scripts and what has no date", function()
    local run = io.popen(("build/bin/textmill add %s/x.db %s"):format(folder, samples))
    local said = run:read "a"
    run:close()
    assert.matches("\ncharset: utf%-8 %d+ %%, gb18030 %d+ %%%.  simplified %d+ %%, traditional %d+ %%", said)
    assert.matches("%d documents without a date: give %-%-date or a date column\n$", said)
  end)
end)
