-- textmill.crew_worker - what a thread of extraction runs in a Lua state of its own
-- (csrc/lua/l_crew.c).
--
--   settings: JSON of { source, trusted, groups, inputs, ref_date, max_ms, again }
--
-- The pack is loaded anew from where the caller's came from. It must be the same: what
-- documents depend on (textmill.incremental), rule by rule, is compared.

local extraction = require "textmill.extraction"
local incremental = require "textmill.incremental"
local json = require "textmill.json"
local rules = require "textmill.rule"

-- Most of what a document makes dies with it.
collectgarbage "generational"

-- settings -> function(text, published, sha256, inputs, ref, fired) -> kept, rows, fired, errors
return function(settings)
  local o = assert(json.decode(settings))
  local pack = rules.pack.new(o.source, { trusted = o.trusted })
  local depends = incremental.new(pack, o.groups)
  if depends.inputs ~= o.inputs then error("the pack " .. o.source .. " is another than the caller's", 0) end
  return function(text, published, sha256, inputs, ref, fired)
    local row = { published = published, sha256 = sha256, inputs = inputs, ref = ref, fired = fired }
    local found = extraction.read(depends, row, function() return text end, o)
    local errors = found.errors and found.errors[1] and json.encode(found.errors) or nil
    return found.kept, found.rows, found.fired, errors
  end
end
