-- c:match: documents without what every match holds are not read, and nothing is lost.

local tm = require "textmill"
local extract = require "textmill.extract"
local P = tm.pattern

local function reports()
  local list = {}
  local pipe = io.popen "ls spec/fixtures/reports/*.txt"
  for path in pipe:lines() do list[#list + 1] = path end
  pipe:close()
  return list
end

local function corpus()
  local c = tm.open(nil)
  for _, path in ipairs(reports()) do c:add(path) end
  c:add { id = "dam", text = "水库大坝加固完成。\n值班室电话0571-1234。" }
  c:add { id = "english", text = "The dam was repaired. Nothing else happened." }
  return c
end

-- What c:match gives, from every document by itself.
local function plainly(c, p)
  local list = {}
  for _, id in ipairs(c.store:ids()) do
    for _, m in ipairs(extract.document(c:doc(id).text, {}):matches(p)) do
      list[#list + 1] = ("%s %d %d"):format(id, m.i, m.j)
    end
  end
  return list
end

local function matched(c, p)
  local list = {}
  for row in c:match(p) do list[#list + 1] = ("%s %d %d"):format(row.doc, row.i, row.j) end
  return list
end

local patterns = {
  P "大坝", P.inside "坝", P.form "加固", P.number * P.measure, P.measure, P.role, P.person * P.role,
  P.class "role" * P.tag "nr"^-1, P.class "unit", P.class "money" + P.class "surname",
  P.tag "v" * P "完成", (P "组长" + P "队长" + P "主任"):as "who", P.set { "村", "镇", "县", "乡", "社区" },
  P.tag "n" * P.class "measure", P(1) * P ":" * P.number, -P.tag "v" * P.role, P.skip(P "工作", 3),
  P "不在任何一篇里的字", P.class "unit" + P "电话", P.place, P.tag "w",
}

describe("c:match", function()
  local c = corpus()

  it("finds what a walk through all documents finds", function()
    local total = 0
    for _, p in ipairs(patterns) do
      local expected = plainly(c, p)
      assert.are.same(expected, matched(c, p), tostring(p))
      total = total + #expected
    end
    assert.is_true(total > 500)
  end)

  it("asks the index for all that a match must hold", function()
    local many <close> = tm.open(nil)
    local texts = { "甲鱼和鲸鲨。", "甲鱼。", "鲸鲨。" }
    for k = 1, 180 do many:add { id = "fish" .. k, text = k .. texts[k % 3 + 1] } end
    local function read(p) return select(2, many.store:match(p):documents()) end
    local both = P "甲鱼" * P(1) ^ -3 * P "鲸鲨"
    assert.are.equal(60, read(both:as "x" * P "。"))
    assert.are.equal(60, read(P.skip(both, 2)))
    assert.are.equal(120, read(P "甲鱼" * P "鲸鲨" ^ -1))
    assert.are.equal(180, read(P "甲鱼" * P "不" + P "鲸鲨"))
    assert.are.equal(60, #many:match(both))
  end)

  it("does so with words of one's own", function()
    local own = corpus()
    own:userwords { add = { { "大坝加固", tag = "n", class = "works" } } }
    for _, p in ipairs { P.class "works", P.class "unit", P "大坝加固", P.role } do
      assert.are.same(plainly(own, p), matched(own, p), tostring(p))
    end
    own:close()
  end)

  it("looks at no document that the index rules out", function()
    local all = #c.store:ids()
    local function read(p) return select(2, c.store:match(p):documents()) end
    assert.are.equal(0, read(P "鹦鹉螺"))
    assert.is_true(read(P.tag "v" * P "大坝") < all)
    assert.is_true(read(P.number * (P "大坝" + P "小组")) < all)
    assert.are.equal(all, read(P.tag "v"))
    assert.are.equal(all, read(P "大坝" + P.tag "v"))
  end)

  it("says so when a pattern cannot be run on a document", function()
    local long = tm.open(nil)
    long:add { id = "long", text = ("长"):rep(3000) }
    local any = P.inside "长" ^ 0
    local p = any * any * any * any * P.same("a", "b") * P "短"
    local ok, e = pcall(function() return long:match(p) end)
    assert.is_false(ok)
    assert.is_truthy(tostring(e))
  end)
end)
