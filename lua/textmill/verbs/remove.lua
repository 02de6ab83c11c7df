-- textmill remove: documents out of a corpus.
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
        io.stderr:write("textmill: ", message, "\n")
        status = 1
      end
    end
    return status
  end,
}
