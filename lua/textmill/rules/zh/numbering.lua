-- The numbered items of a text, found in one walk.
--
--   一、  (一)  1.  (1)  ①  01  第一级   at the head of a block
--   一是...  一要...  ①...            in running text
--   (1)...(2)...  1、...2、...  1.     in running text of one block, from 1 on
--   第一,...  第一步...  第一个是...      in running text
--
-- An item: { style, n, mark, i, j, lead, block, number }
--   style  "一、" "(一)" "1." "第" "一是" "第一" "步" ...
--   mark   byte of shown text where its number begins
--   i, j   its words: to the end of the block, in running text of the clause
--   block  the block it stands in      number  the place of that among the blocks
--   lead   it begins its block

local core = require "textmill.core"
local cues = require "textmill.cues"
local text = require "textmill.rules.zh.text"

local numbering = {}
local item_number <const> = core.item_number

cues.add { "一是", "一要", "第", "个是", "第二个是", "②" }

local BODY <const> = { paragraph = true, heading = true, list = true }
-- The widest are 1.
local LEVELS <const> = { ["第"] = 1, ["一、"] = 1, ["一."] = 1, ["(一)"] = 2, ["一)"] = 2, ["1、"] = 3,
                         ["1."] = 3, ["1)"] = 4, ["(1)"] = 4, ["①"] = 4, ["01"] = 1, ["一是"] = 5,
                         ["第一"] = 5, ["步"] = 5, ["个是"] = 5 }

-- Value of ① ... ⑳ at p, or nil.
local function circled(s, p)
  local last = s:match("^\xE2\x91([\xA0-\xB3])", p)
  return last and last:byte() - 0x9F
end

-- leads: { number of a block, style and value of the number it begins with, where its words begin, ... }
local function leading(doc, leads, items)
  local blocks = doc.blocks
  for k = 1, #leads, 4 do
    local number = leads[k]
    local b = blocks[number]
    items[#items + 1] = { style = leads[k + 1], n = leads[k + 2], mark = b.si, i = leads[k + 3], j = b.sj,
                          lead = true, block = b, number = number }
  end
end

local function listed(doc, number, b, items)
  text.listed(doc.shown, b.si, b.sj, function(n, i, j, mark)
    items[#items + 1] = { style = "一是", n = n, mark = mark, i = i, j = j,
                          lead = mark == b.si, block = b, number = number }
  end)
end

-- Style of 第N at p, its number, where its words begin: 第一, 第一步
local function ordinal_at(s, p)
  local n, bytes = text.ordinal(s, p + 3)
  if not n then return nil end
  local q, style = p + 3 + bytes, "第一"
  if s:sub(q, q + 2) == "步" then
    if not text.edge(s, p - 1) then return nil end
    style, q = "步", q + 3
  end
  local point = s:match("^[,:]", q) or s:match("^、", q)
  if point then return style, n, q + #point end
  if style == "步" then return style, n, q end
end

-- places: { byte of 第, number of its block, ... }
local function ordinals(doc, places, items)
  local ends = #places > 0 and text.clause_ends(doc.shown)
  for k = 1, #places, 2 do
    local at, number = places[k], places[k + 1]
    local b, style, n, i = doc.blocks[number], ordinal_at(doc.shown, at)
    if style then
      items[#items + 1] = { style = style, n = n, mark = at, i = i,
                            j = math.min(b.sj, ends(i)), lead = at == b.si,
                            block = b, number = number }
    end
  end
end

local PARTS <const> = { ";", "。", "\n" }

-- Where an item ends that begins at i: at ; 。 or at `to`, before the next one or where its block ends.
local function part_end(doc, i, to)
  local stop = text.first(doc.shown, PARTS, i, to)
  return stop and stop - 1 or to
end

local function add_part(doc, items, style, n, mark, i, j, b)
  local _, number = doc:shown_block(mark)
  items[#items + 1] = { style = style, n = n, mark = mark, i = i, j = j,
                        lead = false, block = b, number = number }
end

-- 头一个是摸底;第二个是登记
local ONE_IS <const> = "个是"
local function singles(doc, items)
  local ends = text.clause_ends(doc.shown)
  for at, b in doc:each(ONE_IS, BODY) do
    local s = doc.shown
    local n = text.ordinal(s, at - 3)
    local mark = at - 6
    local lead = s:sub(mark, mark + 2)
    local first = lead == "第" or lead == "头" and n == 1
    if n and n < 10 and mark >= b.si and first and text.edge(s, mark - 1) then
      local i = at + #ONE_IS
      add_part(doc, items, "个是", n, mark, i, math.min(b.sj, ends(i)), b)
    end
  end
end

-- ①... ②... that do not begin their block
local function circles(doc, items)
  local p = 1
  while true do
    local at = doc.shown:find("\xE2\x91[\xA0-\xB3]", p)
    if not at then return end
    p = at + #"①"
    local b = doc:shown_block(at)
    if b and BODY[b.kind] and at > b.si then
      local nxt = doc.shown:find("\xE2\x91[\xA0-\xB3]", p)
      local j = part_end(doc, p, math.min(b.sj, nxt and nxt - 1 or b.sj))
      add_part(doc, items, "①", circled(doc.shown, at), at, p, j, b)
    end
  end
end

-- (1)...;(2)...; or 1、...;2、...; inside one block. A run begins with 1 and has two at
-- least: 第1、2组, 见表(2) are none.
local INLINE <const> = {
  { style = "(1)…", cue = "(2)", mark = "()%((%d%d?)%)()", free = true },
  { style = "(一)…", cue = "(二)", mark = "()%(([\xE4\xE5][\x80-\xBF][\x80-\xBF])%)()", free = true },
  { style = "1、…", cue = "2、", mark = "()(%d%d?)、()" },
  { style = "1.…", cue = "2.", mark = "()(%d%d?)%.()" },
}
for _, way in ipairs(INLINE) do
  cues.add { way.cue }
  LEVELS[way.style] = 5
end

local PICTURES <const> = { ["图"] = true, ["表"] = true, ["式"] = true, ["注"] = true, ["第"] = true }

-- The run of marks of one way in block b: list of { mark, words, n }.
local function run_in(doc, b, way)
  local run, s = {}, doc.shown:sub(b.si, b.sj)
  for at, digits, words in s:gmatch(way.mark) do
    local n = tonumber(digits) or text.ordinal(digits, 1)
    local before = s:sub(math.max(1, at - 3), at - 1)
    local stands = way.free and not PICTURES[before] or text.edge(s, at - 1)
    stands = stands and s:find("^[\xE2-\xEF]..[\xE2-\xEF]", words) -- two characters at least
    if stands and n == #run + 1 then run[n] = { b.si + at - 1, b.si + words - 1, n } end
  end
  return run
end

local function inline(doc, items, way)
  local read -- the block of the last cue
  for at, b in doc:each(way.cue, BODY) do
    if at > b.si and b ~= read and not (items.inline and items.inline == b.si) then
      read = b
      local run = run_in(doc, b, way)
      for k, r in ipairs(#run >= 2 and run or {}) do
        items.inline = b.si -- one run of a block
        local j = part_end(doc, r[2], run[k + 1] and run[k + 1][1] - 1 or b.sj)
        add_part(doc, items, way.style, r[3], r[1], r[2], j, b)
      end
    end
  end
end

local function before(a, b)
  if a.mark ~= b.mark then return a.mark < b.mark end
  return a.style < b.style
end

local function sorted(items)
  for k = 2, #items do
    if not before(items[k - 1], items[k]) then return false end
  end
  return true
end

-- What else numbers items in running text; one of these strings stands there.
local LISTED <const>, IN_TEXT <const> = { "一是", "一要" }, { "第二个是", "②" }
for _, way in ipairs(INLINE) do IN_TEXT[#IN_TEXT + 1] = way.cue end

local function in_text(doc, items)
  if doc:find("第二个是", 1) then singles(doc, items) end
  if doc:find("②", 1) then circles(doc, items) end
  for _, way in ipairs(INLINE) do
    if doc:find(way.cue, 1) then inline(doc, items, way) end
  end
end

-- numbering.of(doc) -> the items in the order of the text
function numbering.of(doc)
  local items = doc.numbered
  if items then return items end
  items = {}
  local leads, places = doc:marks("第", BODY)
  leading(doc, leads, items)
  if doc:has_any(LISTED) then
    for number, b in ipairs(doc.blocks) do
      if BODY[b.kind] then listed(doc, number, b, items) end
    end
  end
  ordinals(doc, places, items)
  if doc:has_any(IN_TEXT) then in_text(doc, items) end
  if not sorted(items) then table.sort(items, before) end
  doc.numbered = items
  return items
end

-- numbering.lists(doc) -> runs of items numbered 1, 2, ... in one style, two at
-- least; each has style, level; a new one begins at each 1
function numbering.lists(doc)
  local lists = doc.numbered_lists
  if lists then return lists end
  local open, all = {}, {}
  for _, it in ipairs(numbering.of(doc)) do
    if it.n == 1 then
      open[it.style] = { style = it.style, level = LEVELS[it.style] }
      all[#all + 1] = open[it.style]
    end
    local list = open[it.style]
    if list and it.n == #list + 1 then list[it.n] = it end
  end
  lists = {}
  for _, list in ipairs(all) do
    if #list >= 2 then lists[#lists + 1] = list end
  end
  doc.numbered_lists = lists
  return lists
end

local PROCEDURES <const> = { "流程", "程序", "步骤", "手续", "顺序" }
local SHORT <const> = 60 -- bytes of what introduces a list

-- numbering.procedure(doc, list): does the block before it say that the list is one
-- of steps to be taken? It is short, or its last sentence is and ends with a colon.
numbering.PROCEDURES = PROCEDURES
function numbering.procedure(doc, list)
  if list.procedure ~= nil then return list.procedure end
  list.procedure = false
  local b = list[1].lead and doc.blocks[list[1].number - 1]
  if not b then return false end
  local words = doc.shown:sub(b.si, b.sj)
  if #words > SHORT then
    words = words:sub(-1) == ":" and words:sub(#words - SHORT):match "^.*。(.-)$" or ""
  end
  list.procedure = text.has(words, PROCEDURES)
  return list.procedure
end

-- numbering.words(doc, b) -> where the words of a block begin, behind its number
function numbering.words(doc, b)
  local _, _, at = item_number(doc.shown, b.si)
  return at and at <= b.sj and at or b.si
end

return numbering
