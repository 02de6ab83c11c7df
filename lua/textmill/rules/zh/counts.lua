-- Counts with their measure words, as several rules read them: one pattern, so that they
-- are found once, and what the recogniser knows of each, asked once.
--
--   for _, m in ipairs(doc:matches(counts.PATTERN, kinds)) do counts.info(doc, m) end

local P = require "textmill".pattern

local counts = { PATTERN = P.quantity:as "q" }

-- counts.info(doc, m) -> m:info "q"; shared, not to be changed
function counts.info(doc, m)
  local infos = doc.count_infos
  if not infos then
    infos = {}
    doc.count_infos = infos
  end
  local info = infos[m]
  if not info then
    info = m:info "q"
    infos[m] = info
  end
  return info
end

return counts
