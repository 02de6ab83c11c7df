-- One member of a list: { text, i, j } in shown text, and what stands around it that is none of it.
--
--   (1)先拆旧房    一是严把入口关    第一步,摸清底数    做到不聚餐    不办寿宴等

local find_within <const> = require "textmill.core".find_within
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local numerals = vocabulary.numerals

local item = {}

-- Words that introduce lists. NAMING: what follows is told to be the members; of all of them LEADING stand
-- before the first one, too, and belong to all and to none: verbs that govern the whole list.
item.NAMING = { "即", "包括", "分别是", "分别为", "就是", "也就是", "指的是", "是指", "一个是" }
local GOVERNING <const> = { "由", "用", "确保", "做到", "坚持", "实现", "切实做到", "努力做到", "实行" }
item.LEADING = {}
for _, words in ipairs { GOVERNING, item.NAMING } do
  table.move(words, 1, #words, #item.LEADING + 1, item.LEADING)
end

local LEADING <const> = vocabulary.by_opening(item.LEADING)
local NONE <const> = {}

-- item.at(shown, i, j) -> shown[i, j]
function item.at(shown, i, j) return { text = shown:sub(i, j), i = i, j = j } end

-- item.stop(shown, marks, from, reach) -> where the first of the marks stands, `reach` bytes away at most;
-- there or behind the text where none does
function item.stop(shown, marks, from, reach)
  local to = math.min(#shown, from + reach)
  return text.first(shown, marks, from, to) or to + 1
end

-- item.find(shown, words, from, limit) -> where the words stand that begin at `limit` at the latest, or nil
function item.find(shown, words, from, limit)
  return find_within(shown, words, from, limit + #words - 1)
end

-- item.unled(it) -> the item without the word that introduces its list
function item.unled(it)
  local words = it.text
  for _, w in ipairs(LEADING[words:sub(1, 3)] or NONE) do
    if words:sub(1, #w) == w and #words > #w then
      return { text = words:sub(#w + 1), i = it.i + #w, j = it.j }
    end
  end
  return it
end

-- item.strip_verb(items): the first one without the verb that the others do not begin with, in place
function item.strip_verb(items)
  local first = items[1]
  for _, w in ipairs(GOVERNING) do
    if first.text:sub(1, #w) == w and items[2] and items[2].text:sub(1, #w) ~= w then
      first.i, first.text = first.i + #w, first.text:sub(#w + 1)
      return
    end
  end
end

-- item.unnumbered(it): 一是严把入口关 without its number, its first clause
local IS <const> = "是"
function item.unnumbered(it)
  if not numerals[it.text:sub(1, 3)] or it.text:sub(4, 6) ~= IS then return it end
  local words = it.text:sub(7):match "^[^,]*"
  if words == "" then return it end
  return { text = words, i = it.i + 6, j = it.i + 5 + #words }
end

-- 第一步摸清底数: the item without its ordinal, nil where it has none.
local ORDINAL <const>, STEP <const> = "第", "步"
local function unstepped(it)
  local n, bytes = text.ordinal(it.text, #ORDINAL + 1)
  local from = n and it.text:sub(1, #ORDINAL) == ORDINAL and #ORDINAL + bytes + #STEP
  if not from or it.text:sub(from - #STEP + 1, from) ~= STEP or #it.text == from then return nil end
  return { text = it.text:sub(from + 1), i = it.i + from, j = it.j }
end

-- 一是责任清单,明确...: without numbers and what is said behind, nil where one of them has none.
local function all_unnumbered(items)
  local out = {}
  for n, it in ipairs(items) do
    out[n] = item.unnumbered(it)
    if out[n] == it then return nil end
  end
  return out
end

-- (1)先拆旧房, 不办寿宴等: without the number and the 等 around it.
local OTHERS <const> = "等"
local function bare(shown, it)
  local mark = shown:match("^%(%d%d?%)", it.i)
  local i, j = it.i + (mark and #mark or 0), it.j
  if j > i + 2 and shown:sub(j - 2, j) == OTHERS then j = j - 3 end
  if i == it.i and j == it.j then return it end
  return { text = it.text:sub(1 + (i - it.i), -1 - (it.j - j)), i = i, j = j }
end

-- A、B、C,确保不漏一户: the last one ends where its clause does, if the others are no longer than one.
local function cut_last(shown, items)
  for n = 1, #items - 1 do
    if items[n].text:find(",", 1, true) then return end
  end
  local last = items[#items]
  local comma = last and #items > 1 and last.text:find(",", 1, true)
  if comma and comma > 6 then
    items[#items] = item.at(shown, last.i, shown:find(",", last.i, true) - 1)
  end
end

-- item.tidy(shown, items) -> the members without the ordinals that all of them have and all else that
-- stands around
function item.tidy(shown, items)
  items = all_unnumbered(items) or items
  local out = {}
  for n, it in ipairs(items) do out[n] = unstepped(it) end
  if #out < #items then table.move(items, 1, #items, 1, out) end
  cut_last(shown, out)
  for n, it in ipairs(out) do out[n] = bare(shown, it) end
  return out
end

return item
