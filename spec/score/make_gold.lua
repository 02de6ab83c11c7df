-- Gold facts with raw spans from quotes.
--
--   lua5.4 spec/score/make_gold.lua DIR > DIR/gold.ndjson
--
-- Beside each DIR/ID_name.txt stands ID_name.gold, a fact a line:
--
--   type <tab> quote <tab> key=value key=value
--
-- `quote@2` is the quote's second place in the document. A value that is a number
-- is written as one; a;b;c is a list. A quote that is not there is an error.

local inputs = require "textmill.inputs"
local json = require "textmill.json"

local LISTS <const> = { members = true }

local function value_of(key, s)
  if LISTS[key] then
    local list = json.array {}
    for item in s:gmatch "[^;]+" do list[#list + 1] = item end
    return list
  end
  if key == "colour" or key == "name" then return s end
  return tonumber(s) or s
end

-- The n-th place of the quote, 1-based inclusive.
local function place_of(raw, quote, n)
  local i, j = 1, 0
  for _ = 1, n do
    i, j = raw:find(quote, j + 1, true)
    if not i then return nil end
  end
  return i, j
end

local function fact_of(doc, raw, line)
  local kind, quote, rest = line:match "^([%w_]+)\t([^\t]+)\t?(.*)$"
  assert(kind, doc .. ": not a fact: " .. line)
  local text, n = quote:match "^(.-)@(%d+)$"
  quote, n = text or quote, tonumber(n) or 1
  local i, j = place_of(raw, quote, n)
  assert(i, ("%s: %q is not there"):format(doc, quote))
  local fact = { doc = doc, fact = kind, quote = quote, raw_byte_start = i - 1, raw_byte_end = j }
  for key, value in rest:gmatch "([%w_]+)=(%S+)" do fact[key] = value_of(key, value) end
  return fact
end

local dir = assert(arg[1], "usage: make_gold.lua DIR")
for _, path in ipairs(inputs.files { dir }) do
  if type(path) == "string" and path:find "%.txt$" and not path:sub(#dir + 2):find "/" then
    local raw = assert(inputs.read(path))
    local doc = path:match "[^/]*$":match "^[^_.]+"
    for line in (assert(inputs.read((path:gsub("%.txt$", ".gold")))) .. "\n"):gmatch "(.-)\n" do
      if line:find "%S" then print(json.encode(fact_of(doc, raw, line))) end
    end
  end
end
