-- Where the clause begins that a count stands in.

local set = require "textmill.rules.zh.vocabulary".set

local CLAUSE_END <const> = set ", 。 ; : ! ? …… …"

CLAUSE_END["\n"] = true
local FARTHEST <const> = 25 -- tokens

-- clause.start(doc, k): the first token of the clause that token k is in.
local function clause_start(doc, k)
  local words, from = doc.words, math.max(1, k - FARTHEST)
  for e = k - 1, from, -1 do
    if CLAUSE_END[words[e]] then return e + 1 end
  end
  return from
end

return { ENDS = CLAUSE_END, start = clause_start }
