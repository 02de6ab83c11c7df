-- textmill similar: documents about the same things.
local reading = require "textmill.reading"

return reading {
  usage = "similar FILE.db DOC",
  about = "the documents most like one, by the words they share",
  least = 2, most = 2,
  options = { { "--n N", "documents (default 10)", number = true } },
  read = function(c, args, o)
    local r, message = c:similar(args[2], { n = math.tointeger(o.n) })
    if not r then error(message, 0) end
    return r
  end,
}
