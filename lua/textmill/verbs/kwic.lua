-- textmill kwic: a concordance.
local reading = require "textmill.reading"

return reading {
  usage = "kwic FILE.db QUERY",
  about = "every occurrence with its context",
  least = 2, most = 2,
  options = {
    { "--sort left|right|centre", "order of the lines (default: of the documents)" },
    { "--context N", "characters on each side (default 20)", number = true },
    { "--limit N", "lines", number = true },
    { "--all", "captions, keyword lists and boilerplate too" },
  },
  read = function(c, args, o)
    return c:kwic(args[2], { sort = o.sort, context = o.context, limit = o.limit,
                             ["in"] = o.all and "all" or nil })
  end,
}
