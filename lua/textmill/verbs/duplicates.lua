-- textmill duplicates: articles that are nearly the same.
local reading = require "textmill.reading"

return reading {
  usage = "duplicates FILE.db",
  about = "groups of articles that are nearly the same",
  least = 1, most = 1,
  options = { { "--threshold N", "similarity that is enough (default 0.8)", number = true } },
  read = function(c, _, o) return c:duplicates { threshold = o.threshold } end,
}
