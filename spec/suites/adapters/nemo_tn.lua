-- NeMo, written to spoken: numbers and years; clocks, signs of currencies and units in
-- Latin letters are not read out.
local rewrite = require "rewrite"

return rewrite.adapter("whitelist", function(s) return rewrite.spoken(s) end)
