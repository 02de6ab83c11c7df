-- NeMo, spoken to written: thousands with commas, clocks of two digits, signs of money; our era by
-- whatever name is 公元 there.
local rewrite = require "rewrite"
local tm = require "textmill"

return rewrite("whitelist", function(s)
  s = s:gsub("纪元", "公元"):gsub("紀元", "公元"):gsub("西元", "公元")
  return tm.written(s, { group = true, clock = "padded", money = "signs" })
end)
