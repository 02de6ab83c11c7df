-- What recognisers found in the running text, as several rules read it: asked of the core
-- once a document, for all matches together.
--
--   for n, r in ipairs(readings.of(doc, readings.COUNT, "q")) do ... end
--
-- A reading: { i, j  bytes of clean text    si, sj  of shown text    first, last  tokens
--   block  number of the block it begins in, and what the capture of that name is:
--   value, lo, hi, kind, approx, unit  of a count    year, month, day, lunar  of a date
--   code  of a place }. Shared: not to be changed.

local P = require "textmill".pattern

local readings = {
  COUNT = P.quantity:as "q", DATE = P.date:as "d",
  BODY = { paragraph = true, heading = true, list = true, caption = true, abstract = true },
}

-- readings.of(doc, pattern, name, [kinds]) -> list of readings, the matches they are of;
-- kinds of blocks (default: BODY): always the same for one pattern
function readings.of(doc, pattern, name, kinds)
  local known = doc.readings
  if not known then
    known = {}
    doc.readings = known
  end
  local list = known[pattern]
  if not list then
    local matches = doc:matches(pattern, kinds or readings.BODY)
    list = { doc.view:read(matches, name), matches }
    known[pattern] = list
  end
  return list[1], list[2]
end

return readings
