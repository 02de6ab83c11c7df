-- c:new_words: words that the list lacks are offered, what is no word is not
local tm = require "textmill"

-- Sentences around words of nobody's list, different on both sides each time.
local LEFT <const> = { "村口", "路边", "桥头", "镇上", "学校", "工地", "码头", "山下", "河边", "厂里" }
local RIGHT <const> = { "已经建成", "很快拆除", "尚未完工", "正式启用", "停止使用", "由村民看守", "进行登记",
  "无人值守", "全部撤销", "需要维修" }
local WORDS <const> = { "劝返点", "智慧停车桩", "护河哨", "垃圾兑换屋" }

local function corpus(words, o)
  local c = tm.open()
  for d = 1, 5 do
    local text = {}
    for k, word in ipairs(words) do
      for n = 1, 2 do
        local at = (d * 2 + n + k * 3) % 10 + 1
        text[#text + 1] = LEFT[at] .. "的" .. word .. RIGHT[(at + d) % 10 + 1] .. "。"
        text[#text + 1] = LEFT[at % 10 + 1] .. word .. RIGHT[(at + n) % 10 + 1] .. (o and o.tail or "。")
      end
    end
    c:add { id = tostring(d), text = table.concat(text, "\n") }
  end
  return c
end

local function offered(r)
  local t = {}
  for k = 1, #r do t[r[k].word] = r[k] end
  return t
end

describe("corpus:new_words", function()
  it("offers words the list lacks, with evidence", function()
    local c <close> = corpus(WORDS)
    local r = offered(c:new_words())
    for _, word in ipairs(WORDS) do
      local row = r[word]
      assert.is_table(row, word)
      assert.are.equal(20, row.count)
      assert.are.equal(5, row.docs)
      assert.is_true(row.cohesion > 3 and row.left > 1 and row.right > 1)
      assert.is_truthy(row.example:find(word, 1, true))
      assert.are.equal(word, (c:cite(row.cite)))
    end
  end)

  it("agrees with counting by hand", function()
    local c <close> = tm.open()
    c:add { id = "a", text = "甲劝返点乙。丙劝返点丁。" }
    c:add { id = "b", text = "甲劝返点乙。劝返点丁。" }
    local row = offered(c:new_words { min_count = 4, min_cohesion = 0.1, min_entropy = 0.1 })["劝返点"]
    assert.are.equal(4, row.count)
    assert.are.equal(1.5, row.left, "2 x 甲, 丙, an edge")
    assert.are.equal(1, row.right, "2 x 乙, 2 x 丁")
  end)

  it("offers no parts, no phrases with function words, numbers or letters", function()
    local c <close> = corpus { "智慧停车桩", "从这里", "第三中", "2号abc", "在我们" }
    local r = c:new_words { min_cohesion = 0.5 }
    local parts = { ["慧停"] = true, ["停车桩"] = true, ["智慧停"] = true, ["慧停车桩"] = true }
    for k = 1, #r do
      local word = r[k].word
      assert.is_nil(word:find "%w", word)
      assert.is_nil(parts[word], word)
      for _, edge in ipairs { "的", "从", "在", "我们", "这里", "第三" } do
        assert.is_false(word:sub(1, #edge) == edge or word:sub(-#edge) == edge, word)
      end
    end
    assert.is_table(offered(r)["智慧停车桩"])
  end)

  it("offers nothing the list has or was told", function()
    local c <close> = corpus { "水库", "劝返点", "护河哨" }
    local r = c:new_words()
    assert.is_nil(offered(r)["水库"])
    for k = 1, #r do r[k].accepted = r[k].word == "劝返点" end
    assert.matches("^1 word added", tostring(c:userwords { add = r }))
    local again = offered(c:new_words())
    assert.is_nil(again["劝返点"])
    assert.is_table(again["护河哨"])
    assert.are.equal(20, (c:count "word:劝返点"))
    assert.are.equal(0, (c:count "word:护河哨"))
    assert.matches("word", tostring(c:userwords { add = c:new_words() }))
    assert.are.equal(20, (c:count "word:护河哨"))
  end)

  it("keeps to its options", function()
    local c <close> = corpus(WORDS)
    assert.are.equal(2, #c:new_words { n = 2 })
    assert.are.equal(0, #c:new_words { min_count = 21 })
    assert.are.equal(0, #c:new_words { min_docs = 6 })
    assert.is_nil(offered(c:new_words { max_len = 4 })["智慧停车桩"])
    assert.are.equal(0, #c:new_words { min_entropy = 9 })
    assert.has_error(function() c:new_words { max_len = 1 } end)
    assert.has_error(function() c:new_words { n = 0 } end)
    assert.has_error(function() c:new_words { color = 1 } end)
    local empty <close> = tm.open()
    assert.are.equal(0, #empty:new_words())
  end)

  it("changes nothing", function()
    local c <close> = corpus(WORDS)
    c:new_words()
    assert.are.equal(0, #c:userwords())
    assert.are.equal(0, #c:verify())
  end)

  it("reads the pages at hand", function()
    local f = io.open "../shared/seeds/000_bd21ebf93e470434.txt"
    if not f then return pending "no ../shared/seeds" end
    f:close()
    local c <close> = tm.open()
    c:add "../shared/seeds"
    local r = c:new_words { n = 5 }
    assert.are.equal("卡点", r[1].word)
    assert.is_true(r[1].docs == 5)
  end)
end)
