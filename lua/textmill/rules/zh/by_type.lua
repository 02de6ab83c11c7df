-- The facts of a document by type, for what looks at one type alone.
--
--   by_type.of(facts, "place") -> those of the list, in its order; not to be changed
--
-- The lists are made once and grow with the list of facts, which nobody shortens while
-- they are asked for.

local by_type = {}

local INDEX <const> = {} -- the field of a list of facts where its lists are kept
local NONE <const> = {}

function by_type.of(facts, type)
  if not facts then return NONE end
  local index = facts[INDEX]
  if not index or index.n > #facts then
    index = { n = 0, lists = {} }
    facts[INDEX] = index
  end
  local lists = index.lists
  for k = index.n + 1, #facts do
    local f = facts[k]
    local list = lists[f.type]
    if list then list[#list + 1] = f else lists[f.type] = { f } end
  end
  index.n = #facts
  return lists[type] or NONE
end

return by_type
