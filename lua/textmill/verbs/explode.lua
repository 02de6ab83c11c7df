-- textmill explode: lines of filter to one line a fact.
local filter = require "textmill.filter"
local json = require "textmill.json"

return {
  usage = "explode < out.ndjson > facts.ndjson",
  about = "one fact a line (for COPY, ClickHouse JSONEachRow, pandas)",
  most = 0,
  run = function()
    local number, status = 0, 0
    for line in io.lines() do
      number = number + 1
      local doc, message, at = json.decode(line)
      if type(doc) ~= "table" then
        io.stderr:write(("textmill: explode: line %d: %s at byte %d\n")
          :format(number, message or "no object", at or 1))
        status = 1
      else
        for _, row in ipairs(filter.explode(doc)) do
          assert(io.write(json.encode(row, { keys = filter.keys }), "\n"))
        end
      end
    end
    return status
  end,
}
