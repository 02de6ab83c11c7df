-- textmill sql: a reading statement.
local reading = require "textmill.reading"

return reading {
  usage = "sql FILE.db STATEMENT",
  about = "run one reading SQL statement (views: documents articles facts_flat mentions ...)",
  least = 2, most = 2,
  read = function(c, args) return c:sql(args[2]) end,
}
