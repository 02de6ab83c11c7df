-- the evaluator of `make bench-words`, on an example worked by hand
local score = dofile "spec/bench/words_score.lua"

describe("the score of words", function()
  it("counts words whose ends are both right", function()
    -- gold 4 words, found 5; right: 研究, 的 | unknown: 生命, 起源; right of these: none
    local sum, vocabulary = {}, { ["研究"] = true, ["的"] = true }
    score.add(sum, score.words "\xEF\xBB\xBF研究　生命 的  起源", score.words "研究 生 命 的 起 源", vocabulary)
    assert.are.same({ gold = 4, found = 6, right = 2, unknown = 2, unknown_right = 0 }, sum)
    -- a second line: gold 3, found 2, right 1, which is unknown
    score.add(sum, score.words "他 去 重庆", score.words "他去 重庆", vocabulary)
    assert.are.same({ gold = 7, found = 8, right = 3, unknown = 5, unknown_right = 1 }, sum)
    local p, r, f, oov = score.result(sum)
    assert.are.equal(3 / 8, p)
    assert.are.equal(3 / 7, r)
    assert.is_true(math.abs(f - 2 * 3 / (7 + 8)) < 1e-12)
    assert.are.equal(1 / 5, oov)
  end)

  it("is one for the gold itself, and has no unknown words without a vocabulary", function()
    local sum = {}
    score.add(sum, score.words "一 二 三", score.words "一 二 三")
    local p, r, f, oov = score.result(sum)
    assert.are.same({ 1, 1, 1 }, { p, r, f })
    assert.is_nil(oov)
  end)

  it("carries boundaries back over a converter that keeps characters", function()
    assert.are.same({ "歷史", "學" }, score.carry("歷史學", { "历史", "学" }))
    assert.is_nil(score.carry("歷史學", { "历史" }))
    assert.is_nil(score.carry("歷史", { "历史", "学" }))
  end)
end)
