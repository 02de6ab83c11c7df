-- Quantities of short texts against what a reader takes from them, one to one: value and unit; the
-- item, too; the place, too.
--
--   === id            a text begins; its lines follow, the first one is its title
--   @ place           where its quantities belong, where they say no other
--   Q 50 人 党员/干部 ; 2-3 名 - @柏树村     value or LOW-HIGH, unit, items a reader may give; - for none
--
-- A file NAME.list has sentences (SENTENCE | QUANTITIES in a line, ~ before one of which not all is found,
-- \n for ends of lines; items alone are no quantities); `each` is true of those without ~.
--
--   counted.texts(path) -> { { id, text, list = { quantity, ... }, each }, ... }
--   counted.compare(text, list, show) -> { gold, found, value, item, place }: hits of each; show(sign, what)
--   counted.score(path, choose, show) -> the sum over the texts that choose(id) is true of

local annotate = require "textmill.annotate"
local inputs = require "textmill.inputs"

local counted = {}

-- "2000-20000 元 罚款/罚金 @石桥镇" -> its parts; nil for an item alone
local function quantity(text, home)
  local rest, place = text:match "^(.-) @(%S+)$"
  local value, unit, items = (rest or text):match "^(%-?[%d.%-]+) (%S+) ?(%S*)$"
  if not value then return nil end
  local low, high = value:match "^(%-?[%d.]+)%-([%d.]+)$"
  return { value = tonumber(low or value), max = tonumber(high), unit = unit == "-" and "" or unit,
           items = items == "" and "-" or items, place = place or home, text = text }
end

local function quantities(line, home, list)
  for part in (line .. " ; "):gmatch "(.-) ; " do
    if part ~= "" then list[#list + 1] = assert(quantity(part, home), part) end
  end
end

-- Texts between lines === ID.
local function whole_texts(file)
  local out, one, home = {}, nil, nil
  for line in file:gmatch "[^\n]+" do
    local id, place, list = line:match "^=== (%S+)", line:match "^@ (%S+)", line:match "^Q (.+)$"
    if id then
      one, home = { id = id, lines = {}, list = {} }, nil
      out[#out + 1] = one
    elseif place then home = place
    elseif list then quantities(list, home, one.list)
    elseif one and not line:find "^[PSO] ?" then table.insert(one.lines, line) end
  end
  for _, t in ipairs(out) do t.text = table.concat(t.lines, "\n") .. "\n" end
  return out
end

-- SENTENCE | QUANTITIES, those given in full; each: all of it is to be found.
local function sentences(file)
  local out = {}
  for line in file:gmatch "[^\n]+" do
    local mark, sentence, list = line:gsub("\\n", "\n"):match "^(~? ?)([^#~].-) |%s?(.*)$"
    if sentence and (list:find "^%-?%d[%d.%-]* %S+ %S") then
      local one = { id = sentence, text = "通知\n\n" .. sentence .. "\n", list = {}, each = mark == "" }
      quantities(list, nil, one.list)
      out[#out + 1] = one
    end
  end
  return out
end

function counted.texts(path)
  local file = assert(inputs.read(path))
  return path:find "%.list$" and sentences(file) or whole_texts(file)
end

local function within(a, b)
  return a ~= nil and b ~= nil and (a:find(b, 1, true) or b:find(a, 1, true)) ~= nil
end

local function same_number(want, f)
  return math.abs(f.value - want.value) < 1e-6 and f.max == want.max and (f.unit or "") == want.unit
end

local function same_item(want, f)
  for name in want.items:gmatch "[^/|]+" do
    if name == "-" or within(f.item, name) then return true end
  end
  return false
end

local function same_place(want, f) return not want.place or within(f.place, want.place) end

-- How well a fact agrees: 0 not at all, 1 value and unit, 2 item, 3 place.
local function agreement(want, f)
  if not same_number(want, f) then return 0 end
  if not same_item(want, f) then return 1 end
  return same_place(want, f) and 3 or 2
end

-- Who agrees best is taken first, so that one of two equal numbers does not take the other's fact.
local function pairs_of(list, found)
  local level, of, used = {}, {}, {}
  for least = 3, 1, -1 do
    for n, want in ipairs(list) do
      for k, f in ipairs(found) do
        if not of[n] and not used[k] and agreement(want, f) >= least then
          of[n], level[n], used[k] = k, least, true
        end
      end
    end
  end
  return level, of, used
end

local function said(f)
  return ("%s%s %s %s @%s"):format(f.value, f.max and "-" .. f.max or "", f.unit or "-", f.item or "-",
                                   f.place or "-")
end

local SIGNS <const> = { [0] = "missed", "item", "place" }
local function report(list, found, level, of, used, show)
  for n, want in ipairs(list) do
    local l = level[n] or 0
    if l < 3 then show(SIGNS[l], want.text, of[n] and said(found[of[n]]) or "") end
  end
  for k, f in ipairs(found) do
    if not used[k] then show("extra", said(f), f.mentions and f.mentions[1].quote or "") end
  end
end

function counted.compare(text, list, show)
  local found = {}
  for _, f in ipairs(assert(annotate.document(text, { id = "x", ref_date = "2022-01-01" })).facts) do
    if f.type == "quantity" and f.subtype ~= "duration" then found[#found + 1] = f end
  end
  local level, of, used = pairs_of(list, found)
  local row = { gold = #list, found = #found, value = 0, item = 0, place = 0 }
  for _, l in pairs(level) do
    row.value = row.value + 1
    row.item = row.item + (l > 1 and 1 or 0)
    row.place = row.place + (l > 2 and 1 or 0)
  end
  if show then report(list, found, level, of, used, show) end
  return row
end

function counted.score(path, choose, show)
  local sum = { gold = 0, found = 0, value = 0, item = 0, place = 0 }
  for _, one in ipairs(counted.texts(path)) do
    if not choose or choose(one.id) then
      local shown = show and function(...) show(one.id, ...) end
      for key, n in pairs(counted.compare(one.text, one.list, shown)) do sum[key] = sum[key] + n end
    end
  end
  return sum
end

-- F1, precision and recall of one of value, item, place
function counted.rate(sum, key)
  local p, r = sum[key] / math.max(1, sum.found), sum[key] / math.max(1, sum.gold)
  return 2 * p * r / math.max(1e-9, p + r), p, r
end

return counted
