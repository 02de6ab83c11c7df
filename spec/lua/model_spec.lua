-- tm.model, tm.train, tm.evaluate, mode = "model" and textmill train.
local tm = require "textmill"

local CORPUS <const> = "spec/fixtures/segmented.conllu"
local image = os.tmpname()
assert(tm.train(CORPUS, image, { min_count = 1, name = "fixture" }))
local model = assert(tm.model(image))

local function words(s, o)
  local list = {}
  for w in tm.words(s, o) do list[#list + 1] = w end
  return table.concat(list, " ")
end

local function run(command)
  local pipe = io.popen(command .. " 2>&1")
  local out = pipe:read "a"
  local _, _, status = pipe:close()
  return out, status
end

teardown(function() os.remove(image) end)

describe("tm.words by a model", function()
  it("knows names from their context", function()
    assert.equal("张大海 在 河边 种 柳树 。", words("张大海在河边种柳树。", { model = model }))
    assert.equal("李小明 和 张大海", words("李小明和张大海", { model = model, mode = "model" }))
  end)

  it("reads both scripts and gives pieces of the string", function()
    assert.equal("張大海 在 河邊 種 樹", words("張大海在河邊種樹", { model = model }))
  end)

  it("tags by context", function()
    local tags = tm.tokens("张大海种树。", { model = model, tags = "upos" }):tags()
    assert.same({ "PROPN", "VERB", "NOUN", "PUNCT" }, tags)
    assert.equal("_", tm.tokens("树 树", { model = model, tags = "upos" }):tag(2))
    for _, _, _, tag in tm.words("村里", { model = model, tags = "upos" }) do assert.equal("NOUN", tag) end
    assert.equal("n", tm.tokens("水库", { model = model }):tag(1)) -- the lexicon's, where not asked
  end)

  it("keeps wholes whole and splits numbers when told", function()
    local s = "https://example.org/a?b=1 covid-19 1,234.5元"
    assert.equal("https://example.org/a?b=1 covid-19 1,234.5 元", words(s, { model = model }))
    assert.equal("1 , 234 . 5 元", words("1,234.5元", { model = model, numbers = "split" }))
  end)

  it("leaves user words as they are", function()
    local lex = tm.lexicon()
    lex:add("边种柳", { force = true })
    local got = words("张大海在河边种柳树。", { model = model, lexicon = lex })
    assert.truthy((" " .. got .. " "):find(" 边种柳 ", 1, true), got)
  end)

  it("gives what tiles the string, whatever it is", function()
    for _, s in ipairs { "", " ", "\n", ("水"):rep(3000), ("a水 "):rep(999), "カタカナと漢字", "한국 привет" } do
      local t = tm.tokens(s, { model = model, tags = "upos" })
      local at = 1
      for k = 1, #t do
        local i, j = t:span(k)
        assert.equal(at, i)
        at = j + 1
      end
      assert.equal(#s + 1, at)
    end
  end)

  it("refuses what cannot be", function()
    local function refused(o, why) assert.error_matches(function() tm.words("好", o) end, why) end
    refused({ mode = "crf" }, "no mode 'crf'; there are: dict, model")
    refused({ mode = "dict", model = model }, "takes no model")
    refused({ tags = "upos" }, "needs mode = 'model'")
    local closed = tm.model(image)
    getmetatable(closed).__close(closed)
    refused({ model = closed }, "closed")
  end)
end)

describe("the installed model", function()
  it("is named with the line that installs it, where it is missing", function()
    local folder = run "mktemp -d":gsub("\n", "")
    os.execute(("ln -s $PWD/build/lib/textmill/textmill-[!m]*.dat %s"):format(folder))
    local out, status = run(("echo 好 | TEXTMILL_DATA=%s textmill words --mode model"):format(folder))
    assert.equal(3, status)
    assert.truthy(out:find("make install-model", 1, true), out)
    os.execute(("ln -s %s %s/textmill-model-gsd.dat"):format(image, folder))
    out = run(("echo 张大海在河边 | TEXTMILL_DATA=%s textmill words --mode model --tags"):format(folder))
    assert.equal("张大海/PROPN 在/ADP 河边/NOUN\n", out)
    os.execute("rm -r " .. folder)
  end)
end)

describe("the model that is shipped", function()
  local path = "csrc/data/models/textmill-model-gsd.dat"

  it("opens, has tags and is no larger than 2 MiB", function()
    local f <close> = assert(io.open(path, "rb"))
    assert.is_true(f:seek "end" <= 2 << 20)
    local shipped = assert(tm.model(path))
    assert.equal(15, #shipped:tags())
    local list = {}
    for w, _, _, tag in tm.words("我们明天去学校。", { model = shipped, tags = "upos" }) do
      list[#list + 1] = w .. "/" .. tag
    end
    assert.equal("我们/PRON 明天/NOUN 去/VERB 学校/NOUN 。/PUNCT", table.concat(list, " "))
  end)
end)

describe("tm.model", function()
  it("refuses other and damaged files by name", function()
    local _, message, _, code = tm.model(CORPUS)
    assert.truthy(message:find "not a textmill data image")
    assert.equal("format", code)
    local f <close> = assert(io.open(image, "rb"))
    local bytes = f:read "a"
    local damaged = os.tmpname()
    local changed = bytes:sub(1, 9000) .. "x" .. bytes:sub(9002)
    for _, s in ipairs { bytes:sub(1, 5000), bytes:sub(1, -2), changed } do
      local g <close> = assert(io.open(damaged, "wb"))
      g:write(s)
      g:flush()
      assert.equal("corrupt", select(4, tm.model(damaged)))
    end
    os.remove(damaged)
  end)

  it("says what it is", function()
    assert.equal("textmill.model(fixture, 12 tags)", tostring(model))
    assert.equal("NOUN", model:tags()[1])
  end)
end)

describe("tm.train", function()
  it("makes the same bytes from the same input", function()
    local again = os.tmpname()
    local report = assert(tm.train(CORPUS, again, { min_count = 1, name = "fixture" }))
    assert.same({ 12, 90 }, { report.sentences, report.words })
    local a <close> = assert(io.open(image, "rb"))
    local b <close> = assert(io.open(again, "rb"))
    assert.is_true(a:read "a" == b:read "a")
    os.remove(again)
  end)

  it("refuses bad files and options", function()
    assert.equal("notfound", select(4, tm.train("nowhere", os.tmpname())))
    assert.error_matches(function() tm.train(CORPUS, "x", { epoch = 1 }) end, "epoch")
    assert.error_matches(function() tm.train(CORPUS, "x", { rate = -1 }) end, "rate")
    assert.equal("invalid", select(4, tm.train(CORPUS, os.tmpname(), { longest = 7 })))
  end)

  it("is a verb", function()
    local path = os.tmpname()
    local line = ("textmill train --words %s --dev %s --min-count 1 -o %s"):format(CORPUS, CORPUS, path)
    local out, status = run(line)
    assert.equal(0, status)
    assert.truthy(out:find "12 sentences, 90 words")
    assert.truthy(out:find "F1 0%.9%d+  tags")
    assert.equal(3, select(2, run "textmill train"))
    os.remove(path)
  end)
end)

describe("tm.evaluate", function()
  it("counts words whose both ends are right", function()
    local by_model, by_lexicon = tm.evaluate(CORPUS, model), tm.evaluate(CORPUS)
    assert.is_true(by_model.f1 > by_lexicon.f1 and by_model.tags > 0.9 and by_model.both > 0.9)
    assert.is_nil(by_lexicon.tags)
    assert.equal(90, by_lexicon.words)
  end)
end)
