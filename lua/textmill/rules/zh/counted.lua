-- The counts of a document, and where they stand: worked out once by the core
-- (csrc/lua/l_docview_counted.c), for what is asked of every one of them at the end.
--
--   c = counted.of(doc, facts)
--   c.list[k]                 the k-th fact that is a quantity
--   c.si[k], c.sj[k]          its bytes of shown text
--   c.vi[k], c.vj[k]          those of its number
--   c.start[k], c.from[k]     where the sentence of that begins; how far back was looked
--   c.clause[k], c.ci[k]      the number of the clause that holds it, and its first byte; 0 for none
--   c.second[k]               first byte of the second 、 in the clause that holds its number, 0 for none
--
-- Not to be changed; facts keep their places while it is used.

local by_type = require "textmill.rules.zh.by_type"

local counted = {}

-- Of a document without counts
local NONE <const> = { list = {} }
for column in ("si sj vi vj from start clause ci second"):gmatch "%a+" do NONE[column] = {} end

function counted.of(doc, facts)
  local list, known = by_type.of(facts, "quantity"), doc.counted
  if not list[1] then return NONE end
  if not known or known.list ~= list or #known.si < #list then
    known = doc.view:counted(list)
    known.list = list
    doc.counted = known
  end
  return known
end

return counted
