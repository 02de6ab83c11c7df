-- Where the clause begins that a count stands in.

local cues = require "textmill.cues"
local phrase = require "textmill.rules.zh.phrase"
local vocabulary = require "textmill.rules.zh.vocabulary"

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

-- clause.know(doc, q): what the clause of a count holds before it is asked once: q.clause, q.filled, q.holds
-- (phrase.before)
local function know(doc, q)
  if not q.holds then q.clause, q.filled, q.holds = phrase.before(doc, q.first) end
end

-- clause.start(doc, k): the first token of the clause that token k is in
return { ENDS = vocabulary.clause_ends, start = phrase.clause, has_each = has_each,
         know = know }
