-- What recognisers found in the running text, as several rules read it: asked of the core
-- once a document, for all matches together.
--
--   for n, r in ipairs(readings.of(doc, readings.COUNT, "q")) do ... end
--
-- A reading: { si, sj  bytes of shown text, and what the capture of that name is:
--   value, lo, hi, kind, approx, unit  of a count, with i, j  bytes of clean text,
--     first, last  its tokens, block  the number of the block it begins in
--   year, month, day, lunar  of a date    code  of a place }. Shared: not to be changed.

local P = require "textmill".pattern

local readings = {
  COUNT = P.quantity:as "q", DATE = P.date:as "d",
  BODY = { paragraph = true, heading = true, list = true, caption = true, abstract = true },
}

-- ⑤15个工作日: the bullet is no digit of the number behind it.
local BULLET <const> = 0xE2
local function unbulleted(doc, r)
  if doc.shown:byte(r.si) ~= BULLET or not r.value then return end
  local rest = doc.shown:match("^\xE2\x91[\xA0-\xB3](%d+)", r.si)
  local digit = rest and doc.shown:byte(r.si + 2) - 0x9F
  if not digit then return end
  local scale = tonumber(rest) / tonumber(digit .. rest)
  r.si, r.i, r.value = r.si + 3, r.i + 3, math.tointeger(r.value * scale) or r.value * scale
  if r.lo then r.lo = r.value end
  if r.kind == "cardinal" and r.hi then r.hi = r.value end
end

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
    for _, r in ipairs(list[1]) do unbulleted(doc, r) end
    known[pattern] = list
  end
  return list[1], list[2]
end

return readings
