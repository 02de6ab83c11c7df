-- What stands between quotation marks, found once a document.
--
--   quotes.of(doc) -> { { i, j, open, close, block, number }, ... } in order
--
-- i..j are the words between the marks (j < i: none), open..close with them; block
-- and its number: the one that holds both marks. Of nested marks of one kind the
-- first opening goes with the first closing.

local cues = require "textmill.cues"

local quotes = {}

local MARKS <const> = { "“", "”", "「", "」", "『", "』", "\"", "\"", "‘", "’" } -- in pairs
cues.add(MARKS)

function quotes.of(doc)
  local list = doc.quotations
  if list then return list end
  list = doc:between(MARKS)
  doc.quotations = list
  return list
end

return quotes
