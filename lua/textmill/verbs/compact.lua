-- textmill compact: the index in one segment, without what was removed.
local tm = require "textmill"

return {
  usage = "compact FILE.db",
  about = "merge the index into one segment, without what was removed",
  least = 1, most = 1,
  run = function(args)
    local c <close> = tm.open(args[1], { mode = "rw" })
    c:compact()
    print(("%s: the index is one segment"):format(args[1]))
  end,
}
