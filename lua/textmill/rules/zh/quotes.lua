-- What stands between quotation marks, found once a document.
--
--   quotes.of(doc) -> { { i, j, open, close, block, number }, ... } in order
--
-- i..j are the words between the marks (j < i: none), open..close with them; block
-- and its number: the one that holds both marks. Of nested marks of one kind the
-- first opening goes with the first closing.

local cues = require "textmill.cues"

local quotes = {}

local PAIRS <const> = { { "“", "”" }, { "「", "」" }, { "『", "』" }, { "\"", "\"" }, { "‘", "’" } }

for _, pair in ipairs(PAIRS) do cues.add(pair) end

local function of_pair(doc, open, close, list)
  local p, b, number = 1, nil, nil
  while true do
    local i = doc:find(open, p)
    if not i then return end
    if not b or i > b.sj or i < b.si then b, number = doc:shown_block(i) end
    local j = b and doc:find(close, i + #open)
    if not j then
      if b then return end
      p = i + #open
    elseif j > b.sj then
      p = b.sj + 1
    else
      list[#list + 1] = { i = i + #open, j = j - 1, open = i, close = j + #close - 1, block = b,
                          number = number }
      p = j + #close
    end
  end
end

function quotes.of(doc)
  local list = doc.quotations
  if list then return list end
  list = {}
  for _, pair in ipairs(PAIRS) do of_pair(doc, pair[1], pair[2], list) end
  table.sort(list, function(a, b) return a.open < b.open end)
  doc.quotations = list
  return list
end

return quotes
