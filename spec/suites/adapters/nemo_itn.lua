-- NeMo, spoken to written: thousands with commas, 12万 as it is. Clocks with colons are
-- its own layout.
local rewrite = require "rewrite"

return rewrite.adapter("whitelist money", function(s)
  return rewrite.written(s, { group = true, units = true })
end)
