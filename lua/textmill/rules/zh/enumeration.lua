-- Enumerations: 一是...二是..., headings 一、 (一) 1. 第一级..., 第一...第二...
-- The lists of numbering.lua as facts, each with its items.

local numbering = require "textmill.rules.zh.numbering"
local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"

local ENDS <const> = { "。", ":", "\n" }
local LOOSE <const> = {}
for c in ("\t\n\v\f\r ,;.!?:"):gmatch "." do LOOSE[c:byte()] = true end

-- The words of an item: of a block its first sentence, without marks at its end.
local function tidy(doc, it)
  local i, j = it.i, it.j
  local stop = text.first(doc.shown, ENDS, i, j)
  if stop then j = stop - 1 end
  while j > i and LOOSE[doc.shown:byte(j)] do j = j - 1 end
  return i, j
end

local function fact(doc, list)
  local f = { type = "enumeration", style = list.style, items = {}, count = #list, spans = {} }
  for k, it in ipairs(list) do
    local i, j = tidy(doc, it)
    f.items[k] = doc.shown:sub(i, j)
    f.spans[("item%d"):format(k)] = { i, j }
  end
  f.at = f.spans.item1
  f.first = f.items[1]
  return f
end

-- A scan for the lists whose items stand at the head of blocks, or in running text.
local RUNNING <const> = { ["一是"] = "一是", ["第一"] = "第一", ["个是"] = "第一", ["步"] = "步" }
local function scanner(wanted)
  return function(doc)
    local facts = {}
    for _, list in ipairs(numbering.lists(doc)) do
      local kind = RUNNING[list.style] or "heading"
      if kind == wanted then facts[#facts + 1] = fact(doc, list) end
    end
    return facts
  end
end

return {
  rule {
    "enumeration.listed",
    description = "一是...二是...三是...",
    scan = scanner "一是",
    needs = { "一是", "一要" },
    examples = { ["一是加强领导。二是严格检查。三是及时报送。"] = { count = 3, first = "加强领导" } },
    counterexamples = { "一是一,二不是二。" },
  },
  rule {
    "enumeration.headings",
    description = "numbered headings and list items: 一、 (一) 1. 第一级",
    scan = scanner "heading",
    examples = { ["一、检查时间\n本月。\n二、检查范围\n全镇。"] = { count = 2, first = "检查时间" } },
  },
  rule {
    "enumeration.ordinals",
    description = "第一,...;第二,... in running text",
    scan = scanner "第一",
    needs = { "第一" },
    examples = { ["问题有:第一,基础薄弱;第二,人才短缺。"] = { count = 2, first = "基础薄弱" } },
  },
}
