-- Where a count belongs: the places its own sentence names before it, before the
-- home of the article.
--
--   柳湾、石桥等村为群众代缴电费80余笔        the list that stands nearest, as written
--   柳湾村支部书记组织群众...三个堆放点       a village or township that leads the sentence

local set = require "textmill.rules.zh.vocabulary".set

local quantity_place = {}

local LONGEST <const> = 600 -- bytes looked back
local STOPS <const> = { "。", "!", "?", ";", "\n" }
local SUFFIXES <const> = { "社区", "街道", "小区", "村", "镇", "乡", "县", "区", "市", "省", "地", "组" }
local WIDE <const> = set "省 市 县 区 国 州 盟 旗"

-- Every mention of a place, in order: { i=, j=, fact= } in shown bytes.
function quantity_place.mentions(doc, places)
  local list = {}
  for _, f in ipairs(places) do
    for _, m in ipairs(f.mentions) do
      local i, j = doc:to_shown(m.i, m.j)
      list[#list + 1] = { i = i, j = j, fact = f }
    end
  end
  table.sort(list, function(a, b)
    if a.i ~= b.i then return a.i < b.i end
    return a.j > b.j
  end)
  return list
end

-- How far back the sentence that holds byte i may begin.
local function farthest(doc, i)
  local b = doc:shown_block(i)
  return math.max(b and b.si or 1, i - LONGEST)
end

-- First byte of the sentence that holds byte i, `from` or behind it.
local function sentence_start(doc, i, from)
  local before, start = doc.shown:sub(from, i - 1), from
  for _, stop in ipairs(STOPS) do
    local p = 1
    while true do
      local s, e = before:find(stop, p, true)
      if not s then break end
      start, p = math.max(start, from + e), e + 1
    end
  end
  return start
end

-- The first mention at or behind byte p.
local function first_at(list, p)
  local lo, hi = 1, #list + 1
  while lo < hi do
    local mid = (lo + hi) // 2
    if list[mid].i < p then lo = mid + 1 else hi = mid end
  end
  return lo
end

-- What a list ends with behind byte j: 等村, 两村, 村. The byte where it ends.
local function list_end(s, j)
  local p = j + 1
  if s:sub(p, p + 2) == "等" then p = p + 3 end
  for _, w in ipairs(SUFFIXES) do
    if s:sub(p, p + #w - 1) == w then return p + #w - 1 end
  end
  return p - 1
end

-- Does the place lead the sentence that begins at byte `start`? What is said
-- first may be why or when (为减少流动, 目前,).
local REASONS <const> = set "为 因 据 按 面 随 针 自 截 目 近 连 日 当"
local function leads(doc, m, start)
  local gap = doc.shown:sub(start, m.i - 1)
  local name = m.fact.name
  local code = m.fact.code -- 西安: cities and counties are where people come from
  local near = code and #code >= 9 or not code and not WIDE[name:sub(-3)] or name:sub(-6) == "社区"
  if not near then return false end
  if gap == "" or gap == "在" or gap:find "^%s+$" then return true end
  local lead = gap:match "^%s*(.-),$"
  return lead ~= nil and not lead:find(",", 1, true) and REASONS[lead:sub(1, 3)] ~= nil
end

-- quantity_place.of(doc, f, mentions) -> name, place fact or nil; nil when its
-- sentence names none before it
function quantity_place.of(doc, f, mentions)
  if #mentions == 0 then return nil end
  local value = f.mentions[1].captures and f.mentions[1].captures.value
  local at = doc:to_shown(value and value[1] or f.i, value and value[2] or f.j)
  local from = farthest(doc, at)
  local k = first_at(mentions, from)
  if not mentions[k] or mentions[k].i >= at then return nil end
  local start, name, place = sentence_start(doc, at, from), nil, nil
  k = first_at(mentions, start)
  while mentions[k] and mentions[k].j < at do
    local first, last, count = mentions[k], mentions[k], 1
    while mentions[k + 1] and mentions[k + 1].j < at do
      local gap = doc.shown:sub(last.j + 1, mentions[k + 1].i - 1)
      if gap ~= "、" and gap ~= "和" and gap ~= "村、" then break end
      k, last, count = k + 1, mentions[k + 1], count + 1
    end
    local e = list_end(doc.shown, last.j)
    if count > 1 and e > last.j and e < at then name, place = doc.shown:sub(first.i, e), nil
    elseif count == 1 and leads(doc, first, start) then name, place = first.fact.name, first.fact end
    k = k + 1
  end
  return name, place
end

return quantity_place
