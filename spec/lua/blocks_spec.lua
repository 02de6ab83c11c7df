-- Blocks, articles and metadata as Lua sees them; the sample pages' gold.
-- Many more cases: spec/corpus/blocks, run by spec/unit/test_blocks.c.
local core = require "textmill.core"
local json = require "textmill.json"

local page = table.concat({
  "首页 > 镇街动态", "红石镇:茶园里的春天", "2021-04-02 09:10 来源:江岸日报 点击:85次",
  "江岸日报讯(记者 周宁)清明时节,红石镇的茶园里满是采茶人的身影,全镇已采摘鲜叶40吨。",
  "全镇有茶园1.2万亩,带动900余户农户增收,户均年收入超过2万元。(张建国 王 芳)",
  "编辑:沈洁", "返回顶部",
}, "\n")

local function values(t, key)
  local list = {}
  for _, m in ipairs(t:meta()) do
    if m.key == key then list[#list + 1] = m.value end
  end
  return list
end

local function slurp(path)
  local f = io.open(path, "rb")
  if not f then return nil end
  local s = f:read "a"
  f:close()
  return s
end

describe("blocks", function()
  local t = core.clean(page)

  it("say what each stretch is", function()
    local kinds = {}
    for _, b in ipairs(t:blocks()) do kinds[#kinds + 1] = b.kind end
    assert.same({ "boilerplate", "title", "dateline", "boilerplate", "byline", "paragraph",
                  "paragraph", "byline", "byline", "boilerplate" }, kinds)
  end)

  it("take a bullet alone over its text for a heading, bullets together for a list", function()
    local prose = "村里今年把水渠修到了田头,灌溉用水有了保障,大家不再为天旱发愁,庄稼长得比往年好。"
    local kinds = {}
    local text = { "水渠修好以后", "", "◆ 柳湾:渠水到田头", prose, "◆ 石坝:老井又出水", prose, "准备的东西有:",
                   "● 铁锹两把", "● 水泵一台", "● 水管若干", prose }
    for _, b in ipairs(core.clean(table.concat(text, "\n")):blocks()) do kinds[#kinds + 1] = b.kind end
    assert.same({ "title", "heading", "paragraph", "heading", "paragraph" }, { table.unpack(kinds, 1, 5) })
    assert.same({ "list", "list", "list", "paragraph" }, { table.unpack(kinds, #kinds - 3) })
  end)

  it("find headings run into wrapped lines, and the first one under the author's name", function()
    local prose = "全乡今年种下果树三千亩,修好机耕路二十公里,各村都组织了技术培训。"
    local function headings(lines)
      local n = 0
      for _, b in ipairs(core.clean(table.concat(lines, "\n")):blocks()) do
        n = n + (b.kind == "heading" and 1 or 0)
      end
      return n
    end
    assert.equal(3, headings { "果园里的新路", "", "理清思路,规划先行。3月里,乡里", prose, "筹足资金,政策先行。" .. prose,
                               "选准品种,技术先行。" .. prose })
    assert.equal(2, headings { "山路修通记", "周明远", "", "路难走", "", prose .. prose, "", "钱怎么凑", "",
                               prose .. prose })
  end)

  it("give boilerplate its reason and keep its text", function()
    local seen = {}
    for _, b in ipairs(t:blocks "boilerplate") do
      seen[#seen + 1] = b.reason .. " " .. tostring(t):sub(b.i, b.j)
    end
    assert.same({ "navigation 首页 > 镇街动态", "counter 点击:85次", "navigation 返回顶部" }, seen)
  end)

  it("give metadata with the raw bytes it came from", function()
    assert.same({ "红石镇:茶园里的春天" }, values(t, "title"))
    assert.same({ "2021-04-02T09:10" }, values(t, "published"))
    assert.same({ "江岸日报" }, values(t, "source"))
    assert.same({ "周宁", "张建国", "王芳" }, values(t, "author"))
    assert.same({ "沈洁" }, values(t, "editor"))
    assert.same({ "85" }, values(t, "clicks"))
    for _, m in ipairs(t:meta()) do
      if m.key == "source" then assert.equal("江岸日报", page:sub(m.ri, m.rj)) end
      if m.value == "王芳" then assert.equal("王 芳", page:sub(m.ri, m.rj)) end
    end
  end)

  it("of an empty page are none, in one article", function()
    local blank = core.clean " \n "
    assert.same({}, blank:blocks())
    assert.equal(1, #blank:articles())
  end)
end)

describe("metadata of the sample pages", function()
  local gold, seeds = "../shared/gold/seeds/", "../shared/seeds/"
  local list = io.popen("ls " .. seeds .. " 2>/dev/null")
  local names = list:read "a"
  list:close()
  if names == "" then
    pending("../shared/seeds is not here: skipped")
    return
  end
  for name in names:gmatch "[^\n]+" do
    it("of " .. name, function()
      local want = assert(json.decode(slurp(gold .. name:match "^%d+" .. ".json")))
      local t = core.clean(slurp(seeds .. name))
      local function one(key, n)
        local v = values(t, key)[1]
        return (v and v:sub(1, n or -1):gsub("%s+", ""))
      end
      local function gold_one(key)
        local v = want[key]
        return v ~= json.null and v and (v:gsub("%s+", "")) or nil
      end
      assert.equal(gold_one "title", one "title")
      assert.equal(gold_one "published", one("published", 10))
      assert.equal(gold_one "source", one "source")
      assert.same({ table.unpack(want.authors) }, values(t, "author"))
      assert.same({ table.unpack(want.editors) }, values(t, "editor"))
      assert.same({ table.unpack(want.keywords) }, values(t, "keyword"))
    end)
  end
end)
