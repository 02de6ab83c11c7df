-- textmill stats: totals of a corpus.
local tm = require "textmill"

return {
  usage = "stats FILE.db",
  about = "documents, articles, tokens, words, facts",
  least = 1, most = 1,
  options = { { "--json", "as one JSON object" } },
  run = function(args, o)
    local c <close> = tm.open(args[1], { mode = "r" })
    local s = c:stats()
    print(o.json and require "textmill.json".encode(setmetatable(s, nil)) or tostring(s))
  end,
}
