-- The facts of a document by type, for what looks at one type alone.
--
--   by_type.of(facts, "place") -> those of the list, in its order; not to be changed
--
-- The lists are made once and grow with the list of facts, which nobody shortens while
-- they are asked for. Of types that nobody asks for, half of all facts, none is made.

local set = require "textmill.rules.zh.vocabulary".set

local by_type = {}

local INDEX <const> = {} -- the field of a list of facts where its lists are kept
local NONE <const> = {}
local COUNT <const> = 1 -- of facts that are filed; beside it the lists by type

local ASKED <const> = set "event metadata organisation permit person place quantity scheme section time"

-- Of another type, whenever it is asked for.
local function selected(facts, type)
  local list = {}
  for _, f in ipairs(facts) do
    if f.type == type then list[#list + 1] = f end
  end
  return list
end

-- Files the facts that came since.
local function file(facts, index)
  local n = #facts
  for k = index[COUNT] + 1, n do
    local f = facts[k]
    local type = f.type
    if ASKED[type] then
      local list = index[type]
      if list then list[#list + 1] = f else index[type] = { f } end
    end
  end
  index[COUNT] = n
end

function by_type.of(facts, type)
  if not facts then return NONE end
  if not ASKED[type] then return selected(facts, type) end
  local index = facts[INDEX]
  if not index or index[COUNT] > #facts then
    index = { 0 }
    facts[INDEX] = index
  end
  if index[COUNT] < #facts then file(facts, index) end
  return index[type] or NONE
end

return by_type
