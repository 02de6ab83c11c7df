-- textmill collocates: words that stand near a word.
local reading = require "textmill.reading"

return reading {
  usage = "collocates FILE.db QUERY",
  about = "words that stand near a word, the closest tied first",
  least = 2, most = 2,
  options = {
    { "--span N", "words on each side (default 5)", number = true },
    { "--by logdice|ll|mi|t", "measure (default logdice)" },
    { "--min N", "least occurrences together (default 3)", number = true },
    { "--limit N", "rows (default 50)", number = true },
  },
  read = function(c, args, o)
    return c:collocates(args[2], { span = math.tointeger(o.span), by = o.by, min = math.tointeger(o.min),
                                   limit = math.tointeger(o.limit) })
  end,
}
