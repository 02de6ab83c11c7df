-- textmill group: one name for several words, in search, rules, facts and tables.
local tm = require "textmill"

return {
  usage = "group FILE.db NAME WORD...",
  about = "one name for words that mean the same, for @NAME in queries and for tables",
  least = 3,
  run = function(args)
    local c <close> = tm.open(args[1], { mode = "rw" })
    c:group(args[2], table.concat(args, " ", 3))
  end,
}
