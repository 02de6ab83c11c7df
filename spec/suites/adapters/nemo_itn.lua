-- NeMo, spoken to written: thousands with commas, clocks of two digits, signs of money.
local rewrite = require "rewrite"
local tm = require "textmill"

return rewrite("whitelist", function(s)
  return tm.written(s, { group = true, clock = "padded", money = "signs" })
end)
