-- textmill new-words: words the list lacks, with evidence; nothing is added.
local reading = require "textmill.reading"

return reading {
  usage = "new-words FILE.db",
  about = "words that the word list lacks, offered with evidence (add: userwords)",
  least = 1, most = 1,
  options = {
    { "--n N", "rows (default 100)", number = true },
    { "--min-count N", "least occurrences (default 5, more in a large corpus)", number = true },
    { "--min-docs N", "least documents (default 2)", number = true },
    { "--max-len N", "most characters (default 6)", number = true },
  },
  read = function(c, _, o)
    for _, name in ipairs { "n", "min_count", "min_docs", "max_len" } do
      if o[name] and o[name] < 1 then return nil, ("--%s is below 1"):format(name:gsub("_", "-")) end
    end
    return c:new_words { n = o.n, min_count = o.min_count, min_docs = o.min_docs, max_len = o.max_len }
  end,
}
