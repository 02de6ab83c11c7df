-- first.lua N: the first N bytes of text of an NDJSON corpus on stdin, a line
-- a paragraph, whole documents.
local json = require "textmill.json"
local left = tonumber(arg[1])
for line in io.lines() do
  if left <= 0 then break end
  local text = assert(json.decode(line)).text .. "\n"
  left = left - #text
  io.write(text)
end
