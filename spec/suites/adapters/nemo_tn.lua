-- NeMo, written to spoken: no zero before minutes; am and pm stay; the day of a date is 日.
local rewrite = require "rewrite"
local tm = require "textmill"

return rewrite("whitelist", function(s, c)
  local out = tm.spoken(s, { clock_zero = false, meridiem = false })
  return c.sub == "date" and out:gsub("号", "日") or out
end)
