-- textmill keywords: what a document, or a part, is about.
local reading = require "textmill.reading"

return reading {
  usage = "keywords FILE.db [DOC]",
  about = "the words that say what a document, or the whole, is about",
  least = 1, most = 2,
  options = { { "--n N", "words (default 20)", number = true } },
  read = function(c, args, o) return c:keywords { doc = args[2], n = math.tointeger(o.n) } end,
}
