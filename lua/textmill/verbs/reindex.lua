-- textmill reindex: every document cut anew.
local screen = require "textmill.screen"
local tm = require "textmill"

return {
  usage = "reindex FILE.db",
  about = "cut and index every document anew, after the lexicon has changed",
  least = 1, most = 1,
  run = function(args)
    local c <close> = tm.open(args[1], { mode = "rw" })
    print(screen.count(c:reindex(), "document") .. " cut and indexed anew")
  end,
}
