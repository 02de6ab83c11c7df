-- the yardstick itself: gold against gold is 1, planted damage loses what was planted
package.path = "spec/score/?.lua;" .. package.path
local facts = require "facts"

local own = {
  { doc = "a", fact = "quantity", quote = "12座桥", value = 12, unit = "座", item = "桥", place = "清溪镇",
    raw_byte_start = 100, raw_byte_end = 110 },
  { doc = "a", fact = "quantity", quote = "2至3名", from = 2, to = 3, unit = "名", item = "护林员",
    raw_byte_start = 200, raw_byte_end = 210 },
  { doc = "a", fact = "place", quote = "清溪镇", name = "清溪镇", code = "510000101",
    raw_byte_start = 10, raw_byte_end = 19 },
  { doc = "a", fact = "scheme", quote = "三查", name = "三查", declared = 3,
    members = { "查路", "查桥", "查渠" },
    raw_byte_start = 300, raw_byte_end = 312 },
  { doc = "a", fact = "prohibition", quote = "严禁占道", raw_byte_start = 400, raw_byte_end = 412 },
  { doc = "a", fact = "date", quote = "3月5日", value = "2021-03-05",
    raw_byte_start = 500, raw_byte_end = 510 },
  { doc = "a", fact = "noise", quote = "返回顶部", raw_byte_start = 600, raw_byte_end = 612 },
  { doc = "b", fact = "person_role", quote = "镇长吴明", name = "吴明", role = "镇长",
    raw_byte_start = 20, raw_byte_end = 32 },
}

local function by_doc(list)
  local out = {}
  for _, g in ipairs(list) do
    out[g.doc] = out[g.doc] or {}
    table.insert(out[g.doc], g)
  end
  return out
end

-- The gold as predictions, `damage` applied to fact number k.
local function predicted(list, k, damage)
  local out = {}
  for i, g in ipairs(list) do
    local p = facts.as_predicted(g)
    if p and i == k then p = damage(p) end
    if p then
      out[g.doc] = out[g.doc] or {}
      table.insert(out[g.doc], p)
    end
  end
  return out
end

local function hits(k, damage) return facts.score(by_doc(own), predicted(own, k, damage)).all.hit end

describe("score_facts", function()
  it("gives gold against itself 1", function()
    local t = facts.score(by_doc(own), predicted(own))
    assert.equal(7, t.all.gold)
    assert.equal(7, t.all.pred)
    assert.equal(1, t.all.f)
    assert.equal(0, t.noise.hit)
  end)

  local damages = {
    { "a value", 1, function(p) p.value = 13 return p end },
    { "a unit", 1, function(p) p.unit = "个" return p end },
    { "an item", 1, function(p) p.item = "路" return p end },
    { "a place", 1, function(p) p.place = "白鹭乡" return p end },
    { "an upper bound", 2, function(p) p.hi = 4 return p end },
    { "a code", 3, function(p) p.code = "510000102" return p end },
    { "two of three members", 4, function(p) p.members = { "查路" } return p end },
    { "a declared count", 4, function(p) p.count = 4 return p end },
    { "a span", 5, function(p) p.mentions = { { raw = { 406, 440 } } } return p end },
    { "a type", 5, function(p) p.subtype = "obligation" return p end },
    { "a date", 6, function(p) p.value = "2021-03-06" return p end },
    { "a role", 8, function(p) p.role = "书记" return p end },
    { "a whole fact", 8, function() return nil end },
  }
  for _, d in ipairs(damages) do
    it("loses one fact for " .. d[1], function() assert.equal(6, hits(d[2], d[3])) end)
  end

  it("forgives one member of three and a longer item", function()
    assert.equal(7, hits(4, function(p) p.members = { "查路", "查桥" } return p end))
    assert.equal(7, hits(1, function(p) p.item = "危桥" return p end))
  end)

  it("counts a fact twice made once, and one that lies on noise", function()
    local twice = predicted(own)
    table.insert(twice.a, facts.as_predicted(own[1]))
    table.insert(twice.a, { type = "quantity", value = 1, mentions = { { raw = { 600, 612 } } } })
    local t = facts.score(by_doc(own), twice)
    assert.equal(7, t.all.hit)
    assert.equal(9, t.all.pred)
    assert.equal(1, t.noise.hit)
  end)

  it("takes the best of several mentions", function()
    assert.equal(7, hits(1, function(p)
      table.insert(p.mentions, 1, { raw = { 0, 5 } })
      return p
    end))
  end)

  local gold_file = "../shared/gold/seeds_facts.ndjson"
  local there = io.open(gold_file, "rb")
  if there then there:close() end
  it("gives the seeds' gold against itself 1" .. (there and "" or " (skipped: not here)"), function()
    if not there then return end
    local gold, pred = facts.gold(gold_file), {}
    for doc, list in pairs(gold) do
      pred[doc] = {}
      for _, g in ipairs(list) do table.insert(pred[doc], facts.as_predicted(g)) end
    end
    local t = facts.score(gold, pred)
    assert.equal(419, t.all.gold)
    assert.equal(1, t.all.f)
    assert.equal(27, t.noise.gold)
  end)
end)
