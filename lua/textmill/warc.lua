-- textmill.warc - documents of a web archive (WARC 1.0, 1.1; .warc.gz, too):
-- the bodies of responses, resources and conversions that are text.
--
--   warc.documents(stream, name) -> iterator of documents (textmill.inputs)
--
-- raw is the body as the server sent it, without chunks (RFC 9112, 7.1) and
-- unpacked where it was compressed; its bytes are what citations count. url, date
-- and, from Content-Type, the charset come along; the id is the record's.
-- Reference: ISO 28500:2017.

local core = require "textmill.core"
local failure = require "textmill.failure"

local warc = {}

local LARGEST <const> = 256 << 20 -- bytes of a record

local function trim(s) return s:match "^%s*(.-)%s*$" end

-- Header lines of the stream up to the empty one: names in lower case.
local function headers(next_line)
  local found, last = {}, nil
  for line in next_line do
    if line == "" then return found end
    local name, value = line:match "^([^:%s]+):%s*(.*)$"
    if name then
      last = name:lower()
      found[last] = trim(value)
    elseif last and line:find "^%s" then -- a folded line goes on
      found[last] = found[last] .. " " .. trim(line)
    end
  end
  return found
end

-- Lines of a string from `at`, and where they ended.
local function string_lines(s, at)
  return function()
    if at > #s then return nil end
    local stop = s:find("\n", at, true) or #s + 1
    local line = s:sub(at, stop - 1):gsub("\r$", "")
    at = stop + 1
    return line
  end, function() return at end
end

-- A body in chunks -> the body | nil, message
local function unchunk(s)
  local parts, at = {}, 1
  while true do
    local size, stop = s:match("^(%x+)[^\n]*\n()", at)
    if not size then return nil, "a damaged chunk" end
    local n = tonumber(size, 16)
    if n == 0 then return table.concat(parts) end
    if stop + n - 1 > #s then return nil, "a chunk is cut off" end
    parts[#parts + 1] = s:sub(stop, stop + n - 1)
    at = s:match("^\r?\n()", stop + n) or stop + n
  end
end

local UNPACKED <const> = { gzip = true, ["x-gzip"] = true, deflate = true }

local function decode(body, h)
  local message
  if (h["transfer-encoding"] or ""):lower():find "chunked" then
    body, message = unchunk(body)
    if not body then return nil, message end
  end
  local coding = (h["content-encoding"] or "identity"):lower()
  if UNPACKED[coding] then return core.inflate(body, LARGEST) end
  if coding ~= "identity" and coding ~= "" then return nil, "packed with " .. coding .. ", not supported" end
  return body
end

local function is_text(kind)
  return kind == nil or kind:find "^%s*text/" or kind:find "html" or kind:find "xml"
end

local function charset_of(kind)
  return kind and kind:match "[cC][hH][aA][rR][sS][eE][tT]%s*=%s*\"?([%w_:%.-]+)"
end

-- The HTTP message of a response -> body, content type | nil, message
local function http(block)
  local next_line, position = string_lines(block, 1)
  local status = next_line() or ""
  if not status:find "^HTTP/" then return nil, "no HTTP response" end
  local h = headers(next_line)
  if not is_text(h["content-type"]) then return false end
  local body, message = decode(block:sub(position()), h)
  return body, body and h["content-type"] or message
end

local WANTED <const> = { response = true, resource = true, conversion = true }

-- One record -> a document, or false where it is no text.
local function document(h, block, name)
  local id = h["warc-record-id"]
  local doc = { id = id and id:match "([%w-]+)>?$", url = h["warc-target-uri"],
                date = h["warc-date"] and h["warc-date"]:match "^%d%d%d%d%-%d%d%-%d%d", meta = {} }
  local body, kind
  if h["warc-type"] == "response" then
    body, kind = http(block)
    if body == false then return false end
    if not body then
      local message = ("%s: %s"):format(doc.url or name, kind)
      return { id = doc.id, path = name, message = message, code = "corrupt" }
    end
  elseif is_text(h["content-type"]) then
    body, kind = block, h["content-type"]
  else
    return false
  end
  doc.raw, doc.charset = body, charset_of(kind)
  return doc
end

-- The next record's headers and block; nil at the end.
local function record(s)
  local line
  repeat line = s:line() until line == nil or line ~= ""
  if not line then return nil end
  if not line:find "^WARC/%d" then
    failure("format", s.path .. ": no WARC record where one should begin")
  end
  local h = headers(function() return s:line() end)
  local n = tonumber(h["content-length"] or "")
  if not n or n < 0 or n > LARGEST then
    failure("format", s.path .. ": a WARC record without a usable Content-Length")
  end
  local block = s:block(n)
  if #block < n then
    failure("corrupt", s.path .. ": the last WARC record is cut off")
  end
  return h, block
end

function warc.documents(s, name)
  return function()
    while true do
      local h, block = record(s)
      if not h then return nil end
      local doc = WANTED[h["warc-type"]] and document(h, block, name)
      if doc then return doc end
    end
  end
end

return warc
