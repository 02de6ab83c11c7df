-- textmill search: articles that hold what a query asks for.
local reading = require "textmill.reading"

return reading {
  usage = "search FILE.db QUERY",
  about = "articles that hold a string, best first, with snippets and citations",
  least = 2, most = 2,
  options = {
    { "--limit N", "articles to list (default 20)", number = true },
    { "--all", "search captions, keyword lists and boilerplate too" },
  },
  notes = 'Query: words (all of them), "a string", a|b, -not, 卡*, *点, word:卡点, ( ).\n'
    .. "A string is found wherever it stands, in both scripts.",
  read = function(c, args, o)
    return c:search(args[2], { limit = o.limit or 20, ["in"] = o.all and "all" or nil })
  end,
}
