-- textmill.stream - lines and blocks of a file, compressed (gzip) or not, without
-- having it whole in memory.
--
--   stream.open(path) -> stream | nil, message, 0, code
--   s:line()          -> line without its end (LF, CRLF) | nil at the end
--   s:block(n)        -> the next n bytes, fewer at the end
--   s:offset()        -> bytes of the file read so far, as it lies there (packed)
--   s:close()
-- A damaged file raises {code, message, position} where it is damaged.

local core = require "textmill.core"
local failure = require "textmill.failure"

local stream = {}
stream.__index = stream

local PIECE <const> = 1 << 16
local LONGEST_LINE <const> = 256 << 20

function stream.open(path)
  local kind, why, at, code = core.stat(path)
  if not kind then return nil, why, at, code end
  if kind == "folder" then return nil, path .. " is a folder, not a file", 0, "io" end
  local reader, message, position, reason = core.gzip(path)
  if not reader then return nil, message, position, reason end
  return setmetatable({ reader = reader, path = path, rest = "", from = 1 }, stream)
end

-- Reads on; false at the end.
local function more(s)
  local piece, message, position, code = s.reader:read(PIECE)
  if not piece then failure(code, message, position) end
  if piece == "" then return false end
  s.rest, s.from = s.rest:sub(s.from) .. piece, 1
  return true
end

-- A pattern would look for the end at every byte.
local function without_return(line) return line:byte(-1) == 13 and line:sub(1, -2) or line end

-- A line that goes on behind what has been read; its pieces are joined once.
local function long_line(self)
  local parts, size = {}, 0
  while true do
    local at = self.rest:find("\n", self.from, true)
    if at then
      parts[#parts + 1] = self.rest:sub(self.from, at - 1)
      self.from = at + 1
      return without_return(table.concat(parts))
    end
    local rest = self.rest:sub(self.from)
    if rest ~= "" then parts[#parts + 1] = rest end
    size = size + #rest
    if size > LONGEST_LINE then
      failure("limit", self.path .. ": a line of over 256 MiB")
    end
    self.rest, self.from = "", 1
    if not more(self) then return #parts > 0 and without_return(table.concat(parts)) or nil end
  end
end

function stream:line()
  local from = self.from
  local at = self.rest:find("\n", from, true)
  if not at then return long_line(self) end
  self.from = at + 1
  return without_return(self.rest:sub(from, at - 1))
end

function stream:block(n)
  local parts, have = {}, 0
  while have < n do
    local piece = self.rest:sub(self.from, self.from + n - have - 1)
    parts[#parts + 1] = piece
    have, self.from = have + #piece, self.from + #piece
    if have < n and not more(self) then break end
  end
  return table.concat(parts)
end

function stream:lines()
  return function() return self:line() end
end

function stream:offset() return math.max(self.reader:offset(), 0) end

function stream:close() self.reader:close() end

return stream
