-- Boilerplate and metadata on generated pages with known truth (the bench of
-- spec/bench/boilerplate, fewer pages): floors on both halves. The floors of
-- the held-out half are those of pages the rules were not tuned on.
local page = require "spec.bench.boilerplate.page"
local score = require "spec.bench.boilerplate.score"

local floors = {
  dev = { flat = 0.98, html = 0.99, title = 0.98, published = 0.98, source = 0.98, authors = 0.98,
      editors = 0.98,
          keywords = 0.98, articles = 0.98 },
  held = { flat = 0.86, html = 0.97, title = 0.88, published = 0.88, source = 0.88, authors = 0.88,
      editors = 0.98,
           keywords = 0.98, articles = 0.98 },
}

describe("boilerplate of generated pages", function()
  for _, half in ipairs { "dev", "held" } do
    it("is found in the half " .. half, function()
      local result = score.run(score.pages(half, 40))
      for _, form in ipairs { "flat", "html" } do
        local _, _, f = score.prf(result.all[form])
        assert.is_true(f >= floors[half][form], ("%s %s: F %.4f"):format(half, form, f))
      end
      local precision = score.prf(result.all.all)
      assert.is_true(precision >= 0.98, ("%s: precision %.4f"):format(half, precision))
      for _, field in ipairs(score.fields) do
        local r = result.meta[field]
        local rate = r.right / r.n
        assert.is_true(rate >= floors[half][field], ("%s %s: %.4f"):format(half, field, rate))
      end
    end)
  end

  it("does not count text that is thrown away as found", function()
    local p = page.new(page.random(1))
    p:line("title", "青石镇春耕备耕有序开展")
    p:line("body", "春分时节,青石镇的田间地头一派繁忙景象,全镇已完成春播面积一万二千亩。")
    p:line("navigation", "这一行没有任何可以认出的词语")
    local done = p:finish("test", "flat")
    done.meta.title = "青石镇春耕备耕有序开展"
    local result = score.run { done }
    local precision, recall = score.prf(result.all.all)
    assert.equal(1, precision)
    assert.equal(0, recall)
    assert.equal(1, result.meta.title.right)
    done.meta.title = "青石镇"
    assert.equal(0, score.run({ done }).meta.title.right)
  end)

  it("comes in the same pages every time, and in others for the other half", function()
    local a, b, c = score.pages("dev", 10), score.pages("dev", 10), score.pages("held", 10)
    for i = 1, #a do
      assert.equal(a[i].raw, b[i].raw)
      assert.are_not.equal(a[i].raw, c[i].raw)
      local last = 0
      for _, t in ipairs(a[i].truth) do
        assert.is_true(t.from >= last and t.to >= t.from and t.to <= #a[i].raw)
        last = t.to
      end
    end
  end)
end)
