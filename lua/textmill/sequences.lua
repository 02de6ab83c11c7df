-- tm.sequences(s, o): strings of digits, letters and signs that name something: phone
-- numbers, mail and web addresses, IP addresses, identity and company numbers, plates.
--
--   text -> folded (widths, letters) -> readers by kind, in order -> places in the text
--
-- A reader is { kinds = {...}, first = pattern of the bytes it begins with,
-- read = function(s, at, how) -> last byte, fields | nil, last byte to skip }.
-- What one reader takes no later one sees.

local core = require "textmill.core"

local READERS <const> = {
  require "textmill.sequences.net", require "textmill.sequences.identity",
    (require "textmill.sequences.phone"),
}

local sequences = {}

sequences.KINDS = { email = true, url = true, ip = true, id = true, company = true, bankcard = true, plate
  = true,
                    phone = true }

local function wanted(kinds)
  if not kinds then return nil end
  local out = {}
  for _, k in ipairs(kinds) do
    if not sequences.KINDS[k] then
      error(("bad option 'kinds': no kind %q of sequence"):format(tostring(k)), 3)
    end
    out[k] = true
  end
  return out
end

local function found(text, map, at, last, x)
  local i, j = map:from(at, last)
  x.i, x.j, x.text = i, j, text:sub(i, j)
  return x
end

-- scan(text, {kinds = {...}, loose = boolean}) -> list in order | nil, message, position, code
function sequences.scan(text, o)
  o = o or {}
  local kinds, list, taken = wanted(o.kinds), {}, {}
  if type(text) ~= "string" then text = tostring(core.normalize(text, "nfc") and text) end
  local s, map, position, code = core.normalize(text, "fold")
  if not s then return nil, map, position, code end
  for _, reader in ipairs(READERS) do
    local at = 1
    while true do
      at = s:find(reader.first, at)
      if not at then break end
      if taken[at] then at = taken[at] + 1 goto continue end
      local last, x = reader.read(s, at, o.loose)
      local skip = not last and x or nil
      if last then
        for k = at, last do
          if taken[k] then last = nil break end
        end
      end
      if last then
        for k = at, last do taken[k] = last end
        if not kinds or kinds[x.kind] then list[#list + 1] = found(text, map, at, last, x) end
      end
      at = math.max(last or skip or at, at) + 1 -- always forward
      ::continue::
    end
  end
  table.sort(list, function(a, b) return a.i < b.i end)
  return list
end

return sequences
