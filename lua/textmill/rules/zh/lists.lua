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

local BLANK <const>, COLON <const> = {}, (":"):byte()
for c in ("\t\n\v\f\r "):gmatch "." do BLANK[c:byte()] = true end
local OPENING <const> = { ["“"] = true, ["‘"] = true, ["「"] = true }
local CLOSING <const> = { ["”"] = true, ["’"] = true, ["」"] = true }
local QUOTES <const> = "\xE2\x80[\x98\x99\x9C\x9D]" -- ‘ ’ “ ”

local function trimmed(shown, i, j)
  while i <= j do
    local c = shown:byte(i)
    if BLANK[c] or c == COLON then i = i + 1
    elseif OPENING[shown:sub(i, i + 2)] then i = i + 3
    else break end
  end
  while j >= i do
    if BLANK[shown:byte(j)] then j = j - 1
    elseif j - i >= 2 and CLOSING[shown:sub(j - 2, j)] then j = j - 3
    else break end
  end
  if j < i then return nil end
  local words = shown:sub(i, j)
  if words:find(QUOTES) then words = words:gsub(QUOTES, "") end
  return { text = words, i = i, j = j }
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

-- lists.each(shown, i, j, separators) -> iterator over what stands between the separators (strings)
local function each(shown, i, j, separators)
  i, j = whole(shown, i, math.min(j, #shown))
  local window, p, done = shown:sub(i, j), 1, false
  return function()
    local item
    while not item and not done do
      local at, mark = text.first(window, separators, p)
      item, done = trimmed(shown, i + p - 1, at and i + at - 2 or j), not at
      p = at and at + #mark
    end
    return item
  end
end
lists.each = each

-- lists.split_at(shown, i, j, separators) -> the same as a list
local function split_at(shown, i, j, separators)
  local items = {}
  for item in each(shown, i, j, separators) do items[#items + 1] = item end
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
  local more = split_last(shown, items)
  if not wanted or #more == wanted then return more end
  local all = split_last(shown, split_at(shown, i, j, SENTENCES))
  if #all == wanted then return all end
  local every = split_at(shown, i, j, WORDS)
  if #every == wanted then return every end
  return #all >= #more and all or more
end

-- Iterates over all ways to read shown[i, j] as a list, the coarsest first.
function lists.readings(shown, i, j)
  local k = 0
  return function()
    k = k + 1
    return READINGS[k] and split_at(shown, i, j, READINGS[k])
  end
end

return lists
