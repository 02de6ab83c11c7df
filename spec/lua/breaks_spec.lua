-- tm.sentences, tm.graphemes, words of other scripts
local tm = require "textmill"

local function list(iterator)
  local all = {}
  for piece in iterator do all[#all + 1] = piece end
  return table.concat(all, "|")
end

describe("tm.sentences", function()
  it("gives sentences and their bytes", function()
    local s = " 路通了。Mr. Wu came. 桥（木桥。）也好！\n"
    assert.equal("路通了。|Mr. Wu came.|桥（木桥。）也好！", list(tm.sentences(s)))
    for piece, i, j in tm.sentences(s) do assert.equal(piece, s:sub(i, j)) end
  end)

  it("reads the clean form of a text, and says when it was closed", function()
    local t = tm.clean "<p>修(xiū)路。</p><p>架橋。</p>"
    assert.equal("修(xiū)路。|架橋。", list(tm.sentences(t)))
    local next_sentence = tm.sentences(t)
    getmetatable(t).__close(t)
    assert.has_error(function() next_sentence() end)
  end)

  it("keeps its string alive and takes a locale", function()
    local next_sentence = tm.sentences("Prof. Li came. " .. os.time() .. ".", "en")
    collectgarbage() collectgarbage()
    assert.equal("Prof.", (next_sentence()))
    assert.has_error(function() tm.sentences(nil) end)
    assert.has_error(function() tm.sentences("a", {}) end)
  end)

  it("is linear on rows of open brackets", function()
    assert.equal(1, select(2, list(tm.sentences(("（【"):rep(50000) .. "。")):gsub("。", "")))
  end)
end)

describe("tm.graphemes", function()
  it("keeps what is read as one character", function()
    assert.equal("é|点|👍🏽|🇨🇳", list(tm.graphemes "é点👍🏽🇨🇳"))
    assert.equal("", list(tm.graphemes ""))
    assert.equal("a|\xff|b", list(tm.graphemes "a\xffb"))
  end)
end)

describe("other scripts", function()
  it("have words by ICU's dictionaries", function()
    assert.equal("ภาษา|ไทย|ง่าย", list(tm.words "ภาษาไทยง่าย"))
    assert.equal("橋|を", list(tm.words "橋を"):gsub("^.*|橋", "橋"))
    assert.equal("优|の|良|品", list(tm.words "优の良品"))
  end)

  it("are found in a corpus", function()
    local c <close> = tm.open(nil)
    c:add { text = "วันนี้ภาษาไทยง่ายนิดเดียว", id = "th" }
    assert.equal(1, (c:count "ไทย"))
    assert.equal(1, (c:count "นี้ภาษา"))
  end)
end)
