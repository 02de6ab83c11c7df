-- Facts: one id wherever they are made, in a corpus or a pipeline; what c:extract
-- does with a rule's mistakes.

local core = require "textmill.core"
local filter = require "textmill.filter"
local inputs = require "textmill.inputs"
local tm = require "textmill"

local page = "<h1>青石镇防汛通报</h1><p>全镇設(shè)立14個(gè)观测點(diǎn)，转移群众230余人。</p>"

describe("the id of a fact", function()
  local text, sha = tm.clean(page), core.sha256(page)
  local function id(changes)
    local f = { type = "quantity", mentions = { { i = 40, j = 45, captures = { value = { 40, 42 } } } } }
    for key, value in pairs(changes or {}) do f[key] = value end
    return core.fact_id(text, sha, f)
  end

  it("is the hash of bytes, type, subtype and raw spans", function()
    local function raw(i, j)
      local ri, rj = text:raw(i, j)
      return ("%d-%d"):format(ri - 1, rj)
    end
    local parts = { sha, "quantity", "", raw(40, 45), "value=" .. raw(40, 42) }
    local expected = core.sha256(table.concat(parts, "\0"))
    assert.equal("q:" .. expected:sub(1, 12), id())
    assert.equal("x:", id { type = "something" }:sub(1, 2))
  end)

  it("does not change with what else is known", function()
    assert.equal(id(), id { item = "观测点", unit = "个", rule = "other", value = 14 })
    assert.not_equal(id(), id { subtype = "s" })
    assert.not_equal(id(), id { type = "person" })
    assert.not_equal(id(), id { mentions = { { i = 40, j = 45 } } })
    assert.not_equal(id(), core.fact_id(text, core.sha256 "other", { type = "quantity",
      mentions = { { i = 40, j = 45, captures = { value = { 40, 42 } } } } }))
  end)

  it("needs a place in the text", function()
    for _, m in ipairs { { i = 1, j = 9999 }, { i = 0, j = 1 }, { ri = 0, rj = 9999 }, {},
                         { i = 1, j = 3, captures = { a = { 1, 9999 } } } } do
      assert.has_error(function() id { mentions = { m } } end)
    end
    assert.has_error(function() id { mentions = {} } end)
    assert.has_error(function() core.fact_id(text, "abc", {}) end)
  end)

  it("is the same in the corpus and in a pipeline", function()
    local pack = tm.pack "zh.report"
    local c <close> = tm.open(nil)
    local folder = package.searchpath("textmill.init", package.path):match "^(.*)/" .. "/samples"
    c:add(folder)
    c:add { text = page, id = "page" }
    c:extract(pack)
    local stored, piped = {}, {}
    for f in c:facts() do stored[f.doc .. " " .. f.id] = f.cite end
    local function run(doc, name)
      for _, f in ipairs(filter.document(doc, { pack = pack, build = "b" }).facts) do
        piped[name .. " " .. f.id] = ("%s#%d,%d"):format(name, f.raw[1], f.raw[2])
      end
    end
    for doc in inputs.documents { folder } do run(doc, doc.path:match "([^/_.]+)[^/]*$") end
    run({ raw = page }, "page")
    assert.is_truthy(next(piped))
    assert.same(piped, stored)
  end)
end)

describe("c:extract", function()
  it("names the rule's mistakes and goes on with the next document", function()
    local P = tm.pattern
    local pack = tm.pack { "mine", version = "1", tm.rule { "house.count", match = P.number:as "n" * P"户",
      emit = function(m) return { type = "quantity", value = m.n, unit = m.n == 3 and {} or "户" } end } }
    local c <close> = tm.open(nil)
    c:add { text = "共3户。", id = "bad" }
    c:add { text = "共5户。", id = "good" }
    local s = c:extract(pack)
    assert.equal(2, s.documents)
    assert.equal(1, #s.errors)
    assert.equal("bad", s.errors[1].doc)
    assert.is_truthy(s.errors[1].message:find "unit")
    assert.equal(1, #c:facts {})
    assert.equal(5, c:facts {}[1].value)
    assert.equal(2, #c)
  end)

  it("refuses unknown options, every method does", function()
    local c <close> = tm.open(nil)
    for _, call in ipairs { function() c:extract("zh.report", { ref = "x" }) end,
                            function() c:add("x", { ["meta key"] = 1 }) end,
                            function() c:search("x", { [""] = 1 }) end, function() c:kwic("x", { 1 }) end,
                            function() c:count("x", { limit = 1 }) end } do
      local ok, e = pcall(call)
      assert.is_false(ok)
      assert.is_truthy(tostring(e):find "unknown option", e)
    end
  end)
end)
