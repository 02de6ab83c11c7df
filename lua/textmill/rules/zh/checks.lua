-- What a text says against itself, as facts of type check. Each cites all the
-- places it compares. Only what the text itself and the gazetteer decide: nothing
-- that needs knowledge of the matter.
--
--   count gap         check_counts.lua       number      check_values.lua
--   naming wording    check_names.lua        duplicate   check_duplicates.lua
--   unit typo format  check_slips.lua        external source  check_gazetteer.lua
--
-- `name` is what the check is about, `other` the second reading, if any.

local counts = require "textmill.rules.zh.check_counts"
local gazetteer = require "textmill.rules.zh.check_gazetteer"
local duplicates = require "textmill.rules.zh.check_duplicates"
local names = require "textmill.rules.zh.check_names"
local slips = require "textmill.rules.zh.check_slips"
local values = require "textmill.rules.zh.check_values"

local checks = {}

local ALL <const> = { counts.count, names.naming, values.number, duplicates.duplicate, counts.gap, slips.unit,
                      names.wording, slips.typo, slips.homophone, slips.format, gazetteer.external,
                      gazetteer.source }

-- checks.run(doc, facts): adds the checks of a document's facts to them
function checks.run(doc, facts)
  local out = {}
  for _, run in ipairs(ALL) do run(doc, facts, out) end
  for _, f in ipairs(out) do facts[#facts + 1] = f end
end

return checks
