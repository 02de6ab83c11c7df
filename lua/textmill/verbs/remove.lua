-- textmill remove: documents out of a corpus.
local screen = require "textmill.screen"
local tm = require "textmill"

return {
  usage = "remove FILE.db DOC...",
  about = "remove documents with their index entries, sources and facts",
  least = 2,
  run = function(args)
    local c <close> = tm.open(args[1], { mode = "rw" })
    local status = 0
    for k = 2, #args do
      local ok, message = c:remove(args[k])
      if not ok then
        screen.complain(message)
        status = 1
      end
    end
    return status
  end,
}
