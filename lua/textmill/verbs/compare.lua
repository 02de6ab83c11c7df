-- textmill compare: who says which number.
local reading = require "textmill.reading"

return reading {
  usage = "compare FILE.db [GROUP | WORD...]",
  about = "a table of numbers: places by items; ~ mentioned without one, . not mentioned",
  least = 1,
  options = {
    { "--rows FIELD", "a field of facts (default place)" },
    { "--cols FIELD", "likewise (default item)" },
  },
  read = function(c, args, o)
    local item = #args == 2 and args[2] or #args > 2 and table.move(args, 2, #args, 1, {}) or nil
    return c:compare { rows = o.rows, cols = o.cols, item = item }
  end,
}
