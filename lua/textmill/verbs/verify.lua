-- textmill verify: is the file whole?
local reading = require "textmill.reading"

return reading {
  usage = "verify FILE.db",
  about = "check pages, blobs, index and facts; exit status 1 when something is wrong",
  least = 1, most = 1,
  read = function(c) return c:verify() end,
  status = function(r)
    if #r == 0 then io.stderr:write "all is well\n" end
    return #r > 0 and 1 or 0
  end,
}
