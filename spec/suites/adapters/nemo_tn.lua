-- NeMo, written to spoken: no zero before minutes; am and pm stay.
local rewrite = require "rewrite"
local tm = require "textmill"

return rewrite("whitelist", function(s)
  return tm.spoken(s, { clock_zero = false, meridiem = false })
end)
