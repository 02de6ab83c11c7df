-- textmill docs: what is in a corpus.
local reading = require "textmill.reading"

return reading {
  usage = "docs FILE.db",
  about = "the documents with title, date, source, charset, script",
  least = 1, most = 1,
  read = function(c) return c:docs() end,
}
