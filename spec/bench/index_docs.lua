-- index_docs.lua [N]: NDJSON on stdin -> the first N texts as docs_read wants them.
local json = require "textmill.json"
local left = tonumber(arg[1]) or math.huge
for line in io.lines() do
  if left <= 0 then break end
  left = left - 1
  local text = assert(json.decode(line)).text
  io.write(#text, "\n", text)
end
