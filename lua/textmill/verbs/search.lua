-- textmill search: articles that hold what a query asks for.
local reading = require "textmill.reading"

return reading {
  usage = "search FILE.db QUERY",
  about = "articles that hold a string, best first, with snippets and citations",
  least = 2, most = 2,
  options = {
    { "--limit N", "articles to list (default 20)", number = true },
    { "--all", "search captions, keyword lists and boilerplate too" },
    { "--words", "terms are words, cut as the documents are, not strings" },
    { "--max-ms N", "stop with an error after so many milliseconds", number = true },
  },
  notes = 'Query: terms (all of them), "a string", a|b, -not, ( ), @group; of words\n'
    .. "卡*, *点, word:卡点, /卡[点口]/ (a regular expression), NEAR(a b, 5).\n"
    .. "A string is found wherever it stands, in both scripts.",
  read = function(c, args, o)
    return c:search(args[2], { limit = o.limit or 20, ["in"] = o.all and "all" or nil,
                               mode = o.words and "words" or nil, max_ms = o.max_ms })
  end,
}
