-- cn2an: a whole string is a number, or must be rejected.
local tm = require "textmill"

local adapter = {}

function adapter.check(c)
  if c.mode == "norm" then return "refused", "writing numbers out is not offered" end
  local n, message = tm.number(c.input)
  if c.mode == "error" then return n == nil, n end
  local want = c.expect[1].value
  if n == nil then return false, message end
  return math.abs(n - want) <= 1e-9 * math.max(1, math.abs(want)), n
end

return adapter
