-- textmill dispersion: how evenly a word is spread.
local reading = require "textmill.reading"
local result = require "textmill.result"

return reading {
  usage = "dispersion FILE.db QUERY",
  about = "how evenly a word is spread over the documents: Juilland's D, DP",
  least = 2, most = 2,
  read = function(c, args)
    local d = c:dispersion(args[2])
    return result.new { rows = { d },
      columns = { "hits", "range", "parts", "words", "juilland", "dp", "dp_norm" } }
  end,
}
