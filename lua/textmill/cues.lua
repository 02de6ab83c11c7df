-- textmill.cues - strings that rules wait for: all of them are found in one pass over a
-- document (csrc/core/needles.c), however many they are.
--
--   cues.add { "严禁", "禁止" }          when a rule is made: its needs and cues
--   cues.ids["禁止"]                    the number of a string, or nil
--   cues.bits(strings | set)           what doc:has_any and the like take: strings of bits
--
-- A number never changes, so bits made before others were added stay good.

local core = require "textmill.core"

local cues = { ids = {}, list = {}, n = 0 } -- n: how many there are

local ids, list = cues.ids, cues.list
local needles -- made of the first #needles strings

-- Adds the strings that are not known yet.
function cues.add(strings)
  for _, s in ipairs(strings) do
    if s ~= "" and not ids[s] then
      cues.n = cues.n + 1
      list[cues.n], ids[s] = s, cues.n
    end
  end
end

-- The strings as the core looks for them.
function cues.needles()
  if not needles or #needles < cues.n then needles = core.needles(list) end
  return needles
end

-- Strings of a list, or the keys of a set, sorted.
local function strings_of(words)
  if words[1] then return words end
  local out = {}
  for w in pairs(words) do out[#out + 1] = w end
  table.sort(out)
  return out
end

local known <const> = setmetatable({}, { __mode = "k" })
cues.known = known -- what cues.bits has made: table -> bits; read only

-- The bits of a list or set of strings, which are added; made once for each table.
function cues.bits(words)
  local bits = known[words]
  if bits then return bits end
  local bytes, strings = {}, strings_of(words)
  cues.add(strings)
  for _, s in ipairs(strings) do
    local k = (ids[s] or 1) - 1
    for b = #bytes + 1, k // 8 + 1 do bytes[b] = 0 end
    if ids[s] then bytes[k // 8 + 1] = bytes[k // 8 + 1] | 1 << (k % 8) end
  end
  for b, byte in ipairs(bytes) do bytes[b] = string.char(byte) end
  bits = table.concat(bytes)
  known[words] = bits
  return bits
end

return cues
