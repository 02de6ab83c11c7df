-- WeTextProcessing, spoken to written: dates with strokes, symbols of units, signs of money,
-- short ranges; some subs leave numbers of one character alone.
local rewrite = require "rewrite"
local tm = require "textmill"

return rewrite("train_number", function(s, c)
  return tm.written(s, { date = "slash", meridiem = "latin", money = "signs", units = "symbols",
    ranges = "short", scale = "split", single = not c.sub:find "disable_0_to_9" })
end)
