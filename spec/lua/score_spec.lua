-- The scorer of whole annotations (spec/score): it gives the figures of ../shared/gold/score.py
-- where that is present, on texts it was annotated for and on ones that are damaged; and the
-- annotations of the sixth to the eighth set keep theirs.
package.path = "spec/score/?.lua;" .. package.path

local inputs = require "textmill.inputs"
local json = require "textmill.json"
local score = require "score"
local spots = require "spots"

local PYTHON <const> = "../shared/gold/score.py"
local REF <const> = "2020-02-26"
local FLOORS <const> = { title = 0.9, published = 1, source = 1, authors = 0.96, editors = 1,
                         ["keywords@10"] = 1, boilerplate = 0.98, quantities = 0.93,
                         quantities_loose = 0.97, people = 0.96, ["people+role"] = 0.96, places = 0.95,
                         dates = 1, schemes = 1, scheme_members = 0.97, enumerations = 1 }

local READ_SIXTH <const> = { title = 1, boilerplate = 0.96, quantities = 0.88, people = 0.95,
                             ["people+role"] = 0.95, places = 0.9, dates = 0.92, schemes = 0.96,
                             scheme_members = 0.92, enumerations = 1 }

local UNREAD_EIGHTH <const> = { title = 0.6, published = 0.85, source = 0.8, authors = 0.55, editors = 1,
                                boilerplate = 0.95, quantities = 0.87, quantities_loose = 0.93,
                                people = 0.9, ["people+role"] = 0.87, places = 0.91, dates = 0.72,
                                schemes = 0.93, scheme_members = 0.88, enumerations = 0.97 }

local function run(command)
  local pipe = assert(io.popen(command))
  local out = pipe:read "a"
  pipe:close()
  return out
end

-- Every second fact of each kind, every third value of a field: what a worse reader gives.
local function damaged(p)
  local out = {}
  for key, v in pairs(p) do
    if type(v) ~= "table" then
      out[key] = v
    else
      out[key] = json.array {}
      for k = 1, #v, 2 do table.insert(out[key], v[k]) end
      if #v > 0 then table.insert(out[key], v[#v]) end
    end
  end
  out.title, out.facts = "别的题目", nil
  return out
end

local function write(path, s)
  local f = assert(io.open(path, "wb"))
  f:write(s)
  f:close()
end

local function compared(gold, docs, change)
  local folder = run "mktemp -d":match "%S+"
  local t = score.blank()
  score.each(gold, docs, REF, function(id, g, p, raw)
    p = change(p)
    write(("%s/%s.json"):format(folder, id), json.encode(p))
    score.document(t, g, p, raw)
  end)
  local theirs = json.decode(run(("python3 %s %s %s --docs %s --json"):format(PYTHON, gold, folder, docs)))
  run("rm -r " .. folder)
  for _, field in ipairs(score.fields) do
    for _, count in ipairs { "hit", "gold", "pred" } do
      assert.equal(theirs[field][count], t[field][count], ("%s of %s in %s"):format(count, field, gold))
    end
  end
end

describe("scores of whole annotations", function()
  for _, set in ipairs { { "../shared/gold/seeds", "../shared/seeds" },
                         { "spec/fixtures/seventh", "spec/fixtures/seventh" },
                         { "spec/fixtures/reports", "spec/fixtures/reports" } } do
    it("equal those of score.py on " .. set[2], function()
      if not inputs.read(PYTHON) then return pending(PYTHON .. " is not there") end
      if not run "command -v python3":find "%S" then return pending "python3 is not there" end
      compared(set[1], set[2], function(p)
        p.facts = nil
        return p
      end)
      compared(set[1], set[2], damaged)
    end)
  end

  it("strip the mark of an item", function()
    for marked, words in pairs { ["一是加强领导"] = "加强领导", ["第二,检查"] = "检查", ["(三)总结"] = "总结",
                                 ["12、十二"] = "十二", ["④水"] = "水", ["十二要闻"] = "闻", ["一切顺利"] = "一切顺利",
                                 ["第三人"] = "第三人", ["123、号"] = "123、号" } do
      assert.equal(words, spots.unmarked(marked))
    end
  end)

  it("find fragments by their places", function()
    local raw = "5\n正文15人 5号\n分享 5\n"
    local hit, n, lost = spots.of(raw, { "5", "5", "分享", "没有" })
    assert.are.same({ 4, 2 }, { n, lost })
    assert.is_true(hit[1] and hit[#"5\n正文15人 5"])
    assert.is_nil(hit[#"5\n正文15"])
  end)

  it("keep every field of the five sample reports, where these are", function()
    local gold = "../shared/gold/seeds"
    if not inputs.read(gold .. "/000.json") then return pending(gold .. " is not there") end
    for field, row in pairs(score.folder(gold, "../shared/seeds", REF)) do
      assert.is_true(row.f >= 0.97, ("%s: %.3f"):format(field, row.f))
    end
  end)

  -- ten pages more; with the build before they were written: quantities .87, people and roles .83,
  -- schemes .83, places .88. Of people and schemes the misses were read since (.87 and .81 before).
  it("keep their floors on the sixth set", function()
    local t = score.folder("spec/fixtures/sixth", nil, REF)
    for field, least in pairs(READ_SIXTH) do
      assert.is_true(t[field].f >= least, ("%s: %.3f < %.3f"):format(field, t[field].f, least))
    end
  end)

  -- eight pages more, annotated before any rule was at work on them and not changed since. Their
  -- misses are not to be printed nor read by anybody, only these totals; at first sight: titles
  -- .62, authors .57, boilerplate .96, quantities .89 (.95 without items), people .92, people and
  -- roles .90, places .93, dates .75, schemes .98, their members .91, enumerations .99.
  it("keep their floors on the eighth set, which is not read", function()
    local t = score.folder("spec/fixtures/eighth", nil, REF)
    for field, least in pairs(UNREAD_EIGHTH) do
      assert.is_true(t[field].f >= least, ("%s: %.3f < %.3f"):format(field, t[field].f, least))
    end
  end)

  it("are 1 where the annotation is the gold itself", function()
    for _, set in ipairs { "sixth", "seventh", "eighth" } do
      local t = score.blank()
      score.each("spec/fixtures/" .. set, nil, REF, function(_, g, _, raw) score.document(t, g, g, raw) end)
      for field, row in pairs(score.rates(t)) do
        assert.equal(1, row.f, ("%s of the %s set"):format(field, set))
      end
    end
  end)

  -- ten pages as they are found, annotated before the rules were seen at work on them; at
  -- first sight: titles .67, authors .84, boilerplate .86, quantities .82, people and roles .81,
  -- places .86, dates .86, schemes 1, their members .75, enumerations .96. Their misses were
  -- read since.
  it("keep their floors on the seventh set", function()
    local t = score.folder("spec/fixtures/seventh", nil, REF)
    for field, least in pairs(FLOORS) do
      assert.is_true(t[field].f >= least, ("%s: %.3f < %.3f"):format(field, t[field].f, least))
    end
  end)
end)
