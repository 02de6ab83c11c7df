-- Facts of one clause that a word of its own gives away: what gifts, honours and cases share.
--
--   told.scanner(words, subtype, start) -> scan of a rule
--     start(doc, k, c) -> first token, last token of the fact, or nil: token k is one of the words
--   told.whole(doc, k, c) -> the first token of what is said before k: its subject

local clauses = require "textmill.rules.zh.clauses"
local set = require "textmill.rules.zh.vocabulary".set

local told = {}

function told.fact(doc, subtype, from, to, at)
  local i, j = clauses.trim(doc, from, to)
  return { type = "event", subtype = subtype, name = doc.shown:sub(i, j), at = { i, j },
           spans = { trigger = { doc:span(at or from) } } }
end

function told.scanner(words, subtype, start)
  return function(doc)
    local facts, reached = {}, 0
    for k, c in clauses.told(doc, words) do
      if k > reached then
        local from, to = start(doc, k, c)
        if from then
          reached = to
          facts[#facts + 1] = told.fact(doc, subtype, from, to, k)
        end
      end
    end
    return facts
  end
end

local SUBJECT <const> = set "n ns nt nr nz j s r g x"
local MOST_SUBJECT <const> = 14 -- tokens
local NO_SUBJECT <const> = { v = true, vd = true, u = true, t = true, d = true }

-- The subject right before a verb: 乡机关|成立.
function told.near(doc, k, c)
  local from = k
  while from > c.a and SUBJECT[doc.tags[from - 1]] and k - from < 6 do from = from - 1 end
  return from
end

-- As near, or the whole beginning of the clause where that has no verb.
function told.whole(doc, k, c)
  local verb = k - c.a > MOST_SUBJECT or clauses.has_tag(doc, c.a, k - 1, NO_SUBJECT)
    or doc.shown:sub(c.i, (doc:span(k))):find "%d"
  return verb and told.near(doc, k, c) or c.a
end

return told
