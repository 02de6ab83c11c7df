-- tm.repair and the option mojibake of tm.clean: a dirtying generator with
-- known truth, ftfy's cases, and clean documents that must stay as they are
-- (the last two from ../shared, skipped where it is absent).
local tm = require "textmill"
local json = require "textmill.json"
local garble = require "spec.bench.garble"

local function read(path)
  local f = io.open(path, "rb")
  if not f then return nil end
  local s = f:read "a"
  f:close()
  return s
end

-- Every 20th of the documents, or nil.
local function documents()
  if not read "../shared/data/docs-47k.ndjson.xz" then return nil end
  local list, k = {}, 0
  local pipe = assert(io.popen "xz -dc ../shared/data/docs-47k.ndjson.xz")
  for line in pipe:lines() do
    k = k + 1
    if k % 20 == 0 then list[#list + 1] = json.decode(line).text end
  end
  pipe:close()
  return list
end

describe("repair", function()
  it("gives the text, the map and how many characters were put in", function()
    local s, map, n = tm.repair "a鍏ㄩ晣b"
    assert.equal("a全镇b", s)
    assert.equal(2, n)
    assert.same({ 2, 10 }, { map:from(2, 4) })
    local same, none, zero = tm.repair "好"
    assert.same({ "好", 0, 0 }, { same, #none, zero })
  end)

  it("does one kind when asked", function()
    local s = "鍏ㄩ晣鍏辨湁瀛︽牎 Ã©tÃ©"
    assert.equal("全镇共有学校 Ã©tÃ©", (tm.repair(s, { kind = "gbk" })))
    assert.equal("鍏ㄩ晣鍏辨湁瀛︽牎 été", (tm.repair(s, { kind = "latin" })))
    assert.equal("全镇共有学校 été", (tm.repair(s, { kind = "all" })))
  end)

  it("refuses what is no text and unknown options", function()
    local s, _, at, code = tm.repair "ab\xFF"
    assert.same({ n = 3, nil, 3, "utf8" }, table.pack(s, at, code))
    assert.has_error(function() tm.repair("a", { kind = "big5" }) end)
    assert.has_error(function() tm.repair("a", { colour = 1 }) end)
    assert.has_error(function() tm.repair() end)
  end)

  it("brings back what a generator garbled", function()
    local texts, sentences = {}, {
      "今年春天，我们学校的学生在操场上种了二十棵小树。", "他问：“你什么时候回来？”我说：“明天下午。”",
      "图书馆（新馆）每天上午九点开门，晚上八点关门；周末照常开放。", "会议讨论了预算、教育、卫生、交通等问题。",
      "2018年，全市共有各类学校1200所，比上年增加3.5%。", "科学家发现，这种植物可以在干旱的地方生长……" }
    for i = 1, 120 do
      texts[i] = sentences[i % 6 + 1] .. sentences[(i * 7 + i // 6) % 6 + 1] .. sentences[(i * 5 + 2) % 6 + 1]
    end
    local found, share = garble.measure(texts)
    assert(found >= 0.95, found)
    assert(share >= 0.98, share) -- few texts: a lost byte weighs
  end)
end)

describe("cleaning", function()
  local page = "<p>很好鍏ㄩ晣鍏辨湁瀛︽牎&Atilde;&copy;t&Atilde;&copy;</p>"

  it("repairs behind entities, notes it and leads back to the garbled bytes", function()
    local t = tm.clean(page)
    assert.equal("很好全镇共有学校été", tostring(t))
    local notes = {}
    for _, note in ipairs(t:notes()) do notes[#notes + 1] = note.kind end
    assert.equal("mojibake", notes[1])
    local i, j = t:find "学校"
    local from, to = t:raw(i, j)
    assert.equal("学校", (tm.repair(page:sub(from, to), { kind = "gbk" })):match "学校")
  end)

  it("leaves it when told so", function()
    assert.equal("很好鍏ㄩ晣鍏辨湁瀛︽牎Ã©tÃ©", tostring(tm.clean(page, { mojibake = false })))
    assert.equal("很好全镇共有学校Ã©tÃ©", tostring(tm.clean(page, { mojibake = "gbk" })))
    assert.has_error(function() tm.clean(page, { mojibake = "both" }) end)
  end)
end)

describe("../shared", function()
  it("ftfy's cases: 150 of 161, none of the negative ones", function()
    local good, all, changed = garble.ftfy "../shared/data/ftfy-test-cases"
    if not good then return pending "no ../shared" end
    assert.equal(0, changed)
    print(("mojibake: %d of %d of ftfy's cases"):format(good, all))
    assert(good >= 150, good)
  end)

  it("clean documents stay, garbled stretches come back", function()
    local texts = documents()
    if not texts then return pending "no ../shared" end
    for _, text in ipairs(texts) do
      local got, _, n = tm.repair(text)
      if n > 0 then assert.equal(text, got) end
    end
    local found, share, runs = garble.measure(texts)
    print(("mojibake: of %d garbled stretches %.2f %% found, %.2f %% of their characters right")
      :format(runs, found * 100, share * 100))
    assert(found >= 0.95, found)
    assert(share >= 0.99, share)
  end)
end)
