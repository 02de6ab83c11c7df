-- WeTextProcessing, written to spoken. Its cleaning of what was said (呃, 儿) is not ours.
local rewrite = require "rewrite"
local tm = require "textmill"

return rewrite("postprocessor", function(s)
  return tm.spoken(s)
end)
