-- textmill.stream - lines and blocks of a file, compressed (gzip) or not, without
-- having it whole in memory.
--
--   stream.open(path) -> stream | nil, message, 0, code
--   s:line()          -> line without its end (LF, CRLF) | nil at the end
--   s:record(r, n)    -> true: the next line, of number n, is a document and in the record r
--                        (core.record); or as s:line()
--   s:block(n)        -> the next n bytes, fewer at the end
--   s:offset()        -> bytes of the file read so far, as it lies there (packed)
--   s:close()
-- A damaged file raises {code, message, position} where it is damaged.

local core = require "textmill.core"
local failure = require "textmill.failure"

local stream = {}
stream.__index = stream

local PIECE <const> = 1 << 16

function stream.open(path)
  local kind, why, at, code = core.stat(path)
  if not kind then return nil, why, at, code end
  if kind == "folder" then return nil, path .. " is a folder, not a file", 0, "io" end
  local reader, message, position, reason = core.gzip(path)
  if not reader then return nil, message, position, reason end
  return setmetatable({ reader = reader, path = path }, stream)
end

function stream:line()
  local line, message, position, code = self.reader:line()
  if message then failure(code, message, position) end
  return line
end

function stream:record(record, number)
  local line, message, position, code = record:read(self.reader, number)
  if message then failure(code, message, position) end
  return line
end

-- No more at once than a damaged head may claim.
function stream:block(n)
  local parts, have = {}, 0
  while have < n do
    local piece, message, position, code = self.reader:read(math.min(n - have, PIECE))
    if not piece then failure(code, message, position) end
    if piece == "" then break end
    parts[#parts + 1], have = piece, have + #piece
  end
  return table.concat(parts)
end

function stream:lines()
  return function() return self:line() end
end

function stream:offset() return math.max(self.reader:offset(), 0) end

function stream:close() self.reader:close() end

return stream
