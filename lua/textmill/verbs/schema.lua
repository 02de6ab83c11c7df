-- textmill schema: what a database needs to take in facts.
local columns = require "textmill.columns"
local screen = require "textmill.screen"

return {
  usage = "schema --for postgres|clickhouse|duckdb|sqlite|json-schema",
  about = "the table that takes lines of explode, or the JSON Schema of lines of filter",
  most = 0,
  options = { { "--for postgres|clickhouse|duckdb|sqlite|json-schema", "for what" } },
  run = function(_, o)
    if not o["for"] then
      screen.complain "schema: --for what? postgres, clickhouse, duckdb, sqlite or json-schema"
      return 2
    end
    assert(io.write(columns.schema(o["for"])))
  end,
}
