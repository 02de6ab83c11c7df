-- WeTextProcessing, spoken to written: 12万 as it is. Dates with strokes, clocks with
-- colons and units in Latin letters are its own layout.
local rewrite = require "rewrite"

return rewrite.adapter("money math train_number", function(s)
  return rewrite.written(s, { units = true })
end)
