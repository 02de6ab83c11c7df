-- Counts in the order of their owners:
--
--   大豆、玉米、马铃薯[分别]播种6.8万亩、3.4万亩和2.1万亩      an item each
--   柳湾村、石桥村[分别]栽树300棵、500棵                        a place each, and one item

local before_it = require "textmill.rules.zh.quantity_previous"
local cues = require "textmill.cues"
local measure = require "textmill.rules.zh.quantity_measure"
local phrase = require "textmill.rules.zh.phrase"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set
local text = require "textmill.rules.zh.text"

local RESPECTIVELY <const> = set "分别 依次 各自"
cues.bits(RESPECTIVELY)
local AND <const> = set "、 和 与 及 以及"
local ENDS <const> = set ", 。 ; : ! ?"
local BEFORE <const> = set "其中 截至 今年 去年 目前 现有 已"
local KINDS <const> = require("textmill.rules.zh.place_names").KINDS
local NO_PLACES <const> = set "城镇 乡镇 集镇 场镇 农村 城乡"
local PLACES <const> = set "村 镇 乡 县 市 区 省 社区 街道"
local FARTHEST <const> = 8 -- tokens between 分别 and the first number
local MOST_TOKENS <const> = 40

-- 分别 before the number that begins at token k, in its clause.
local function marker(doc, k)
  if not doc:has_any(RESPECTIVELY) then return nil end
  for e = k - 1, math.max(1, k - FARTHEST), -1 do
    local w = doc.words[e] or ""
    if RESPECTIVELY[w] then return e end
    if ENDS[w] or w:find "\n" then return nil end
  end
end

-- The members that stand before token k, joined by 、 and 和: { { a, b }, ... }.
local function members(doc, k)
  local list, last = {}, k - 1
  for e = k - 1, math.max(0, k - MOST_TOKENS), -1 do
    local w = doc.words[e] or ""
    local stop = e == 0 or ENDS[w] or BEFORE[w] or w:find "\n" ~= nil
    if stop or AND[w] then
      if e < last then table.insert(list, 1, { e + 1, last }) end
      last = e - 1
      if stop then break end
    end
  end
  return list
end

-- The counts from number n on that are told in a row.
local function run(doc, list, n)
  local last = n
  while list[last + 1] and list[last + 1].sentence == list[n].sentence
    and list[last + 1].first - list[last].last == 2 and (AND[doc.words[list[last].last + 1]]
      or doc.words[list[last].last + 1] == ",") do last = last + 1 end
  return last
end

-- 柳湾、石桥、河口[三个村]入学率分别达到...: places by their bare names; where the count of them
-- stands, and the noun behind it.
local function counted_places(doc, own)
  local m = own[#own]
  for e = m[1] + 2, m[2] do
    local w = doc.words[e] or ""
    local counted = doc.tags[e - 1] == "q" and doc.tags[e - 2] == "m" or doc.tags[e - 1] == "m"
    if PLACES[w] and counted then
      local last = doc.tags[e - 1] == "q" and e - 3 or e - 2
      if last < m[1] then return nil end
      local a, b = e + 1, m[2]
      m[2] = last
      return true, a <= b and a or nil, b
    end
  end
end

local function is_place(doc, m)
  local w = doc.words[m[2]] or ""
  if NO_PLACES[w] then return false end
  local stem = w:sub(-3) == "村" and doc:text_of(m[1], m[2]):sub(1, -4) -- 空壳村, 全县负债村
  if stem and (KINDS[stem] or KINDS[stem:sub(-6)]) then return false end
  return PLACES[w:sub(-3)] or PLACES[w:sub(-6)] or false
end

-- What the places have one number each of: the noun before the first, or what chose() said.
local function give_places(doc, list, n, own)
  local a, b = list[n].a, list[n].b
  for k, m in ipairs(own) do
    local q = list[n + k - 1]
    q.place = doc:text_of(m[1], m[2])
    if k > 1 and a and not (q.a and q.side == "right") then q.a, q.b, q.side = a, b, "shared" end
  end
end

-- 游客12万人次,收入680万元,[分别增长]18%和22%: how the counts before have changed, in their order.
local function give_changed(list, n, count)
  local first = n - count
  for k = first, n - 1 do
    local q = list[k]
    if not q or q.sentence ~= list[n].sentence or not q.a then return false end
  end
  for k = 0, count - 1 do
    local q, of = list[n + k], list[first + k]
    q.a, q.b, q.side = of.a, of.b, "clause"
  end
  return true
end

-- 分别种植[300、260]、180亩, 分别提升[2.3个]和1.8个百分点: the unit is said once, at the end.
local PLAIN <const> = "^%d[%d.]*$"
local ORDINALS <const> = { "第", "号" }
local POWERS <const> = { ["万"] = 10000, ["亿"] = 100000000 }
local function whole(x)
  x = math.floor(x * 1000 + 0.5) / 1000
  return math.tointeger(x) or x
end

local function bare_before(doc, q)
  if not AND[doc.words[q.first - 1]] then return nil end
  local rest = q.first - 2
  local value = tonumber(doc.words[rest] or "")
  if not value or not doc.words[rest]:find(PLAIN) then return nil end
  local lead = doc.words[rest - 1] or ""
  if lead:find "%d$" or text.ends(lead, ORDINALS) then return nil end
  local power = POWERS[q.text:match "^[%d.]+(...)"] or 1
  local i, j = doc:span(rest)
  return { si = i, sj = j, text = doc.shown:sub(i, j), kind = q.kind, value = whole(value * power),
           unit = q.unit, first = rest, last = rest, sentence = q.sentence }
end

-- 3、4个村, 三、四户: from three to four.
local function about(doc, q)
  if doc.words[q.first - 1] ~= "、" then return end
  local before = doc.words[q.first - 2] or ""
  local low = vocabulary.numerals[before] or tonumber(before)
  if not low or q.max or q.value > 9 or low ~= q.value - 1 then return end
  local lead = doc.words[q.first - 3] or ""
  local tag = doc.tags[q.first - 3] or "w"
  if lead ~= "," and (tag == "w" or lead:find "%s" or lead:find "第$") then return end
  q.value, q.max, q.first = low, q.value, q.first - 2
  q.si = doc:span(q.first)
  q.text = doc.shown:sub(q.si, q.sj)
end

-- The numbers in a row that end with `one`, whose unit is q's.
local function row_before(doc, q, one)
  local row = {}
  while one do
    table.insert(row, 1, one)
    one = bare_before(doc, setmetatable({ first = one.first }, { __index = q }))
  end
  return row
end

-- The list with the counts whose unit stands behind the last of them.
local function share_units(doc, list)
  local out = {}
  for _, q in ipairs(list) do
    local before = out[#out]
    local k = q.unit == "个百分点" and before and before.unit == "个" and AND[doc.words[q.first - 1]]
    if k and before.last == q.first - 2 then before.unit = q.unit end
    local one = bare_before(doc, q)
    local row = one and row_before(doc, q, one)
    local sizes = row and #row > 1 and (measure.is(q.unit) or vocabulary.money[q.unit]) -- 60、90、120平方米
    if row and (sizes or marker(doc, row[1].first)) then table.move(row, 1, #row, #out + 1, out)
    else about(doc, q) end
    out[#out + 1] = q
  end
  return out
end

-- Gives the counts of the list (quantity.lua) that stand in order with others their own.
local function give(doc, list)
  if not doc:has_any(RESPECTIVELY) then return end
  for n, q in ipairs(list) do
    local k = marker(doc, q.first)
    local own = k and not q.place and members(doc, k)
    local changes = k and (q.unit == "倍"
      or before_it.of_change(doc, before_it.clause_start(doc, q.first), q.first - 1))
    if changes and give_changed(list, n, run(doc, list, n) - n + 1) then own = nil end
    if own and #own > 1 and run(doc, list, n) - n + 1 == #own then
      local bare, na, nb = counted_places(doc, own)
      if bare and na then q.a, q.b, q.side = na, nb, "clause" end
      if bare then
        for at = 2, #own do list[n + at - 1].a = nil end
      end
      if bare or is_place(doc, own[1]) then give_places(doc, list, n, own)
      else
        for at, m in ipairs(own) do
          local a, b = phrase.left(doc, m[2])
          local one = list[n + at - 1]
          one.a, one.b, one.side = a and math.max(a, m[1]) or m[1], b or m[2], "clause"
        end
      end
    end
  end
end

return { give = give, share_units = share_units }
