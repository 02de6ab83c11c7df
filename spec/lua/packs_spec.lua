-- packs for other kinds of documents: zh.tender, en.report
local annotate = require "textmill.annotate"
local extract = require "textmill.extract"
local inputs = require "textmill.inputs"
local json = require "textmill.json"
local tm = require "textmill"

-- What a gold fact says must be what a fact says, key by key.
local function same(gold, fact)
  for key, value in pairs(gold) do
    local number = tonumber(value)
    if fact[key] ~= value and not (number and tonumber(fact[key]) == number) then return false end
  end
  return true
end

-- hits, gold, ours over the documents of a folder whose names begin with `prefix`
local function score(pack, folder, prefix)
  local hits, gold, ours, missed = 0, 0, 0, {}
  for _, path in ipairs(inputs.files { folder }) do
    local name = path:match "[^/]*$"
    if name:sub(1, 1) == prefix and name:find "%.txt$" then
      local want = json.decode((inputs.read((path:gsub("%.txt$", ".json"))))).facts
      local facts, errors = extract.run(tm.pack(pack), tm.clean(inputs.read(path)), {})
      assert(#errors == 0, errors[1] and errors[1].message)
      local used = {}
      for _, g in ipairs(want) do
        local found = false
        for k, f in ipairs(facts) do
          if not used[k] and not found and same(g, f) then used[k], found, hits = true, true, hits + 1 end
        end
        if not found then missed[#missed + 1] = name .. " " .. json.encode(g) end
      end
      for k, f in ipairs(facts) do
        if not used[k] then missed[#missed + 1] = name .. " extra " .. f.type .. " " .. f.quote end
      end
      gold, ours = gold + #want, ours + #facts
    end
  end
  return 2 * hits / math.max(1, gold + ours), missed, gold
end

local function reaches(pack, folder, prefix, least)
  local f, missed, n = score(pack, folder, prefix)
  assert(n > 0, "no fixtures")
  local said = ("%s, %s: F1 %.3f of %d facts"):format(pack, prefix, f, n)
  print(said)
  assert(f >= least, ("%s, asked %.2f\n%s"):format(said, least, table.concat(missed, "\n")))
end

for _, pack in ipairs { "zh.tender", "en.report" } do
  describe("pack " .. pack, function()
    it("passes its examples", function()
      local checked = tm.pack(pack):check()
      assert.equal(0, checked.failed, tostring(checked))
    end)
  end)
end

describe("pack zh.tender", function()
  it("reads notices and awards", function() reaches("zh.tender", "spec/fixtures/tenders", "t", 0.95) end)
  it("reads those it was not made on", function() reaches("zh.tender", "spec/fixtures/tenders", "h",
    0.85) end)
  it("is named on the command line and cites raw bytes", function()
    local raw = inputs.read "spec/fixtures/tenders/t03_notice.txt"
    local out = annotate.document(raw, { id = "t03", pack = tm.pack "zh.tender" })
    for _, f in ipairs(out.facts) do
      local m = f.mentions[1]
      local cited = tm.clean(raw:sub(m.raw[1] + 1, m.raw[2]), { html = false })
      assert.equal(f.quote, (tm.normalize(tostring(cited), "display")))
    end
  end)
end)

describe("pack en.report", function()
  it("reads English reports", function() reaches("en.report", "spec/fixtures/english", "t", 0.9) end)
  it("reads those it was not made on", function() reaches("en.report", "spec/fixtures/english", "h", 0.8) end)
end)
