-- Lists inside a sentence: "A、B和C" taken apart with their positions.
--
-- An item is { text, i, j } in shown text.

local text = require "textmill.rules.zh.text"

local lists = {}

-- The separators of readings, the coarsest first.
local POINTS <const> = { "、" }
local CLAUSES <const> = { "、", ",", ";" }
local SENTENCES <const> = { "、", ",", ";", "。" }
local WORDS <const> = { "、", ",", ";", "和", "与" }
local READINGS <const> = { POINTS, CLAUSES, { "、", ",", ";", "和", "与", "及" } }

local function trimmed(shown, i, j)
  while i <= j do
    local c = shown:match("^[%s:]", i) or shown:match("^“", i) or shown:match("^‘", i)
      or shown:match("^「", i)
    if not c then break end
    i = i + #c
  end
  while j >= i do
    local s = shown:sub(i, j)
    local c = s:match "[%s]$" or s:match "”$" or s:match "’$" or s:match "」$"
    if not c then break end
    j = j - #c
  end
  if j < i then return nil end
  return { text = (shown:sub(i, j):gsub("“", ""):gsub("”", ""):gsub("‘", ""):gsub("’", "")), i = i, j = j }
end

local function push(items, shown, i, j)
  local item = trimmed(shown, i, j)
  if item then items[#items + 1] = item end
end

-- The span i, j without the characters that its ends cut in two.
local function whole(shown, i, j)
  while i <= j and shown:find("^[\x80-\xBF]", i) do i = i + 1 end
  local last = utf8.offset(shown, 0, j)
  if last and utf8.offset(shown, 2, last) ~= j + 1 then j = last - 1 end
  return i, j
end

-- Splits shown[i, j] at any of the separators (strings).
local function split_at(shown, i, j, separators)
  local items = {}
  i, j = whole(shown, i, math.min(j, #shown))
  local window, p = shown:sub(i, j), 1
  while true do
    local at, mark = text.first(window, separators, p)
    if not at then break end
    push(items, shown, i + p - 1, i + at - 2)
    p = at + #mark
  end
  push(items, shown, i + p - 1, j)
  return items
end
lists.split_at = split_at

local JOINERS <const> = { "以及", "和", "与", "及" }

-- The last item "B和C" as two, where both sides have two characters or more.
local function split_last(shown, items)
  local last = items[#items]
  if not last then return items end
  for _, w in ipairs(JOINERS) do
    local at = shown:sub(last.i, last.j):find(w, 1, true)
    at = at and last.i + at - 1
    if at and at + #w <= last.j and at - last.i >= 3 then
      items[#items] = nil
      push(items, shown, last.i, at - 1)
      push(items, shown, at + #w, last.j)
      return items
    end
  end
  return items
end

-- All items of shown[i, j]; `wanted` (a count) decides where several readings fit.
function lists.items(shown, i, j, wanted)
  local items = split_at(shown, i, j, POINTS)
  if wanted and #items == wanted then return items end
  local more = split_last(shown, split_at(shown, i, j, POINTS))
  if not wanted or #more == wanted then return more end
  local all = split_last(shown, split_at(shown, i, j, SENTENCES))
  if #all == wanted then return all end
  local every = split_at(shown, i, j, WORDS)
  if #every == wanted then return every end
  return #all >= #more and all or more
end

-- All ways to read shown[i, j] as a list, the coarsest first.
function lists.readings(shown, i, j)
  local out = {}
  for k, separators in ipairs(READINGS) do
    out[k] = split_at(shown, i, j, separators)
  end
  return out
end

return lists
