-- WeTextProcessing, written to spoken: numbers and years; clocks, signs of currencies,
-- numbers of telephones and the cleaning of what was said are not ours.
local rewrite = require "rewrite"

return rewrite.adapter("math sport postprocessor", function(s) return rewrite.spoken(s) end)
