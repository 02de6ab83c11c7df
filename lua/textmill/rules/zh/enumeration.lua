-- Enumerations: 一是...二是..., headings 一、 (一) 1. 第一级..., 第一...第二...

local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"

-- An enumeration fact from its items { text, i, j }.
local function fact(items, style)
  local f = { type = "enumeration", style = style, items = {}, count = #items, spans = {},
              at = { items[1].i, items[#items].j } }
  f.at[2] = items[1].j
  for k, it in ipairs(items) do
    f.items[k] = it.text
    f.spans[("item%d"):format(k)] = { it.i, it.j }
  end
  f.first = f.items[1]
  return f
end

local PARTS <const> = { ",", "。", ";", "\n" }
local ENDS <const> = { "。", ":", "\n" }

-- 一是... in running text: a new list begins at each 一.
local function scan_listed(doc)
  local facts, items = {}, {}
  local function flush()
    if #items >= 2 then facts[#facts + 1] = fact(items, "一是") end
    items = {}
  end
  local found = {}
  for _, b in ipairs(doc.blocks) do
    if b.kind == "paragraph" or b.kind == "heading" or b.kind == "list" then
      text.listed(doc.shown, b.si, b.sj, function(n, i, j)
        local stop = text.first(doc.shown, PARTS, i)
        if stop and stop - 1 < j then j = stop - 1 end
        if j > i then found[#found + 1] = { n = n, text = doc.shown:sub(i, j), i = i, j = j } end
      end)
    end
  end
  table.sort(found, function(a, b) return a.i < b.i end)
  for _, it in ipairs(found) do
    if it.n == 1 then flush() end
    if it.n == #items + 1 then items[#items + 1] = it end
  end
  flush()
  return facts
end

-- How a heading is numbered: style, number, where its text begins.
local function mark(s, p)
  local bracket = s:sub(p, p) == "("
  local q = bracket and p + 1 or p
  if s:sub(q, q + 2) == "第" then
    local n, bytes = text.ordinal(s, q + 3)
    if n then return "第", n, q end
    local _ = bytes
  end
  local n, bytes = text.ordinal(s, q)
  local style = "一"
  if not n then
    local digits = s:match("^%d%d?", q)
    if not digits then return nil end
    n, bytes, style = tonumber(digits), #digits, "1"
  end
  q = q + bytes
  if bracket then
    local close = s:match("^%)[、.%s]*", q)
    if close then return "(" .. style .. ")", n, q + 1 end
    return nil
  end
  if s:sub(q, q + 2) == "、" then return style .. "、", n, q + 3 end
  local point = s:match("^[.:,]%s*", q)
  if point and not s:find("^%d", q + #point) then return style .. ".", n, q + #point end
  local close = s:match("^%)%s*", q)
  if close then return style .. ")", n, q + #close end
end

local function tidy(doc, i, j)
  local stop = text.first(doc.shown, ENDS, i)
  if stop and stop - 1 < j then j = stop - 1 end
  while j > i and doc.shown:sub(j, j):find "[%s,;.!?:]" do j = j - 1 end
  return { text = doc.shown:sub(i, j), i = i, j = j }
end

-- Numbered headings and list items; one list a style, a new one where it
-- begins again with 1.
local function scan_headings(doc)
  local facts, open = {}, {}
  local function close(style)
    local items = open[style]
    if items and #items >= 2 then facts[#facts + 1] = fact(items, style) end
    open[style] = nil
  end
  for _, b in ipairs(doc.blocks) do
    if b.kind == "heading" or b.kind == "list" or b.kind == "paragraph" then
      local style, n, at = mark(doc.shown, b.si)
      if style == "第" and b.kind == "paragraph" then style = nil end
      if style then
        if n == 1 then close(style) end
        local items = open[style]
        if n == 1 then
          items = {}
          open[style] = items
        end
        if items and n == #items + 1 then items[n] = tidy(doc, at, b.sj) end
      end
    end
  end
  local styles = {}
  for style in pairs(open) do styles[#styles + 1] = style end
  table.sort(styles)
  for _, style in ipairs(styles) do close(style) end
  return facts
end

-- Where the text begins behind 第N and a comma, colon or 、at p; nil for others.
local function behind_ordinal(s, p)
  local n, bytes = text.ordinal(s, p)
  if not n then return nil end
  local q = p + bytes
  if s:find("^[,:]", q) then return n, q + 1 end
  if s:sub(q, q + 2) == "、" then return n, q + 3 end
end

-- 第一, ...; 第二, ...  in one paragraph or in several.
local function scan_ordinals(doc)
  local facts, items = {}, {}
  local function flush()
    if #items >= 2 then facts[#facts + 1] = fact(items, "第一") end
    items = {}
  end
  for _, b in ipairs(doc.blocks) do
    local p = (b.kind == "paragraph" or b.kind == "list" or b.kind == "heading") and b.si or nil
    while p do
      local at = doc:find("第", p)
      if not at or at > b.sj then break end
      p = at + 3
      local n, i = behind_ordinal(doc.shown, p)
      if n == 1 then flush() end
      if n == #items + 1 then
        local j = math.min(b.sj, text.clause(doc.shown, i))
        items[n] = { text = doc.shown:sub(i, j), i = i, j = j }
      end
    end
  end
  flush()
  return facts
end

return {
  rule {
    "enumeration.listed",
    description = "一是...二是...三是...",
    scan = scan_listed,
    examples = { ["一是加强领导。二是严格检查。三是及时报送。"] = { count = 3, first = "加强领导" } },
    counterexamples = { "一是一,二不是二。" },
  },
  rule {
    "enumeration.headings",
    description = "numbered headings and list items: 一、 (一) 1. 第一级",
    scan = scan_headings,
    examples = { ["一、检查时间\n本月。\n二、检查范围\n全镇。"] = { count = 2, first = "检查时间" } },
  },
  rule {
    "enumeration.ordinals",
    description = "第一,...;第二,... in running text",
    scan = scan_ordinals,
    examples = { ["问题有:第一,基础薄弱;第二,人才短缺。"] = { count = 2, first = "基础薄弱" } },
  },
}
