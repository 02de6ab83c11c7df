-- Recognizers-Text, yes and no: the first answer of a sentence and its span.
local cases = require "number_cases"
local tm = require "textmill"

local function check(c)
  local said, i, j = tm.choice(c.input)
  if said == nil then return #c.expect == 0, "nothing" end
  local from, to = cases.points(c.input, i, j)
  local e = c.expect[1]
  return e ~= nil and #c.expect == 1 and e.value == said and e.start == from and e["end"] == to,
    ("%s %s"):format(tostring(said), c.input:sub(i, j))
end

return { check = check }
