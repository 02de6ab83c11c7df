-- Where the clause begins that a count stands in.

local cues = require "textmill.cues"
local set = require "textmill.rules.zh.vocabulary".set

local CLAUSE_END <const> = set ", 。 ; : ! ? …… …"

CLAUSE_END["\n"] = true
local FARTHEST <const> = 25 -- tokens

-- clause.start(doc, k): the first token of the clause that token k is in; that of the last one is
-- kept, it is asked again.
local function clause_start(doc, k)
  local last = doc.clause_asked
  if last and last[1] == k then return last[2] end
  local words, from = doc.words, math.max(1, k - FARTHEST)
  for e = k - 1, from, -1 do
    if CLAUSE_END[words[e]] then
      from = e + 1
      break
    end
  end
  last = last or {}
  doc.clause_asked, last[1], last[2] = last, k, from
  return from
end

-- clause.has_each(doc): does 每 stand in the text?
local EACH <const> = { "每" }
cues.add(EACH)
local function has_each(doc)
  local has = doc.each_said
  if has == nil then
    has = doc:find(EACH[1], 1) ~= nil
    doc.each_said = has
  end
  return has
end

return { ENDS = CLAUSE_END, start = clause_start, has_each = has_each }
