-- textmill frequencies: how often words stand, in all or in each part.
local reading = require "textmill.reading"

return reading {
  usage = "frequencies FILE.db [QUERY]",
  about = "how often words, tags, kinds or runs of words stand; QUERY with --by: in each part",
  least = 1, most = 2,
  options = {
    { "--of words|tags|kind", "what is counted (default words)" },
    { "--n N", "runs of N words", number = true },
    { "--by KEY", "in each year, month, doc, or value of any metadata" },
    { "--min N", "least occurrences", number = true },
    { "--limit N", "rows (default 1000; with --by 10 a part)", number = true },
  },
  read = function(c, args, o)
    if args[2] and not o.by then return nil, "a QUERY is counted in parts: --by year, doc, ..." end
    return c:frequencies { of = o.of, n = math.tointeger(o.n), by = o.by, q = args[2],
                           min = math.tointeger(o.min), limit = math.tointeger(o.limit) }
  end,
}
