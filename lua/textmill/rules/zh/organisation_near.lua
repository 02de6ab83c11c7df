-- What stands beside the name of an organisation and belongs to it, or is one, too.
--
--   stem        [青石]中学, where 青石镇 is a place of the document
--   neighbours  [巡堤组]、保障组、[宣传组]: items of one list that end alike
--
-- Both work on shown text: the lexicon cuts such names in ways of its own.

local by_type = require "textmill.rules.zh.by_type"
local set = require "textmill.rules.zh.vocabulary".set
local text = require "textmill.rules.zh.text"

local near = {}

local DIVISIONS <const> = set "镇 乡 县 市 区"
local SHORTEST <const> = 2 * 3 -- bytes of a stem

-- near.stems(facts) -> the short names of the document's places: { set, lengths in bytes, the most
-- first }
function near.stems(facts)
  local stems, lengths, seen = {}, {}, {}
  local function add(name)
    stems[name] = true
    if not seen[#name] then lengths[#lengths + 1] = #name end
    seen[#name] = true
  end
  for _, f in ipairs(by_type.of(facts, "place")) do
    local stem = DIVISIONS[f.name:sub(-3)] and f.name:sub(1, -4)
    if stem and #stem >= SHORTEST and #stem <= 3 * 3 then add(stem) end
    if f.name:sub(-3) == "村" and #f.name >= SHORTEST then add(f.name) end
  end
  table.sort(lengths, function(a, b) return a > b end)
  return { stems, lengths }
end

local SIDES <const> = set "东 西 南 北 上 下 大 小 新 老" -- 东|某村: another one

-- near.start(doc, i, stems, from) -> where the name at i begins with the stem before it
function near.start(doc, i, stems, from)
  if #stems[2] == 0 then return i end
  local village = doc.shown:sub(i, i + 2) == "村" -- 后楼[村联谊会]: the walk has cut the village
  for _, n in ipairs(stems[2]) do
    local cut = i + 3 - n
    if village and cut >= from and cut < i and stems[1][doc.shown:sub(cut, i + 2)] then return cut end
    local p = i - n
    local there = p >= from and stems[1][doc.shown:sub(p, i - 1)]
    if there and not SIDES[doc.shown:sub(p - 3, p - 1)] then return p end
  end
  return i
end

local ENDS <const> = set "组 队 所 局 站 办"
local MARKS <const> = { "、", ",", "。", ";", ":", "和", "共", "等", "\n", "(", "“", "”" }
local LEADS <const> = { "下设", "设立", "成立", "组建", "包括", "分为", "抽调", "设有", "由" }
local LEAST <const>, MOST <const> = 3, 8 -- characters of such a name

-- Is shown[i, j] the name of one like its neighbour?
local function is_one(doc, i, j)
  local s = doc.shown:sub(i, j)
  local n = utf8.len(s)
  return n and n >= LEAST and n <= MOST and ENDS[s:sub(-3)] and not s:find "[%w%s%p]"
    and not text.has(s, MARKS)
end

local POINT <const> = "、"
local LONGEST <const> = 4 * MOST -- bytes of such a name
local LONGEST_LEAD <const> = 2 * 3

-- Where the item right of byte j ends, nil where none is.
local function right_of(doc, j, to)
  if doc.shown:sub(j + 1, j + #POINT) ~= POINT then return nil end
  local i = j + 1 + #POINT
  local stop = text.first(doc.shown, MARKS, i, math.min(to, i + LONGEST + #POINT))
  stop = stop and stop - 1 or to
  return stop - i < LONGEST and is_one(doc, i, stop) and i or nil, stop
end

-- Where the item left of byte i begins, behind the verb that leads the list.
local function left_of(doc, i, from)
  if doc.shown:sub(i - #POINT, i - 1) ~= POINT then return nil end
  local j = i - #POINT - 1
  local near_by = math.max(from, j - LONGEST - LONGEST_LEAD - #POINT)
  local at, mark = text.last(doc.shown, MARKS, near_by, j)
  if not at and near_by > from then return nil end
  local start = at and at + #mark or from
  for _, w in ipairs(LEADS) do
    if doc.shown:sub(start, start + #w - 1) == w then start = start + #w break end
  end
  return is_one(doc, start, j) and start or nil, j
end

local NONE <const> = {}

-- near.neighbours(doc, i, j, c, walked) -> list of { i, j }: the items of the list in clause c
-- that stand before and behind the name i..j, up to those that were given before; walked: where that
-- is kept, at first an empty table
function near.neighbours(doc, i, j, c, walked)
  if not ENDS[doc.shown:sub(j - 2, j)] then return NONE end
  local out = {}
  local last, first = j, i
  while last and not walked[last] do
    walked[last] = true
    local from, to = right_of(doc, last, c.j)
    if from then out[#out + 1] = { from, to } end
    last = from and to
  end
  while first and not walked[-first] do
    walked[-first] = true
    local from, to = left_of(doc, first, c.i)
    if from then out[#out + 1] = { from, to } end
    first = from
  end
  return out
end

return near
