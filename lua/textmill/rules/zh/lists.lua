-- Lists inside a sentence: "A、B和C" taken apart with their positions.
--
-- An item is { text, i, j } in shown text.

local core = require "textmill.core"
local text = require "textmill.rules.zh.text"

local lists = {}

-- The separators of readings, the coarsest first.
local POINTS <const> = { "、" }
local CLAUSES <const> = { "、", ",", ";" }
local SENTENCES <const> = { "、", ",", ";", "。" }
local WORDS <const> = { "、", ",", ";", "和", "与" }
local READINGS <const> = { POINTS, CLAUSES, { "、", ",", ";", "和", "与", "及" } }

local each_item <const>, list_items <const> = core.each_item, core.list_items

-- lists.each(shown, i, j, separators) -> iterator over what stands between the separators (strings)
function lists.each(shown, i, j, separators) return each_item(shown, i, j, text.packed(separators)) end

-- lists.split_at(shown, i, j, separators) -> the same as a list
local function split_at(shown, i, j, separators)
  return list_items(shown, i, j, text.packed(separators))
end
lists.split_at = split_at

local function push(items, shown, i, j)
  items[#items + 1] = list_items(shown, i, j, "")[1]
end

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
