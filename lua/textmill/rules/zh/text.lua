-- Strings of Chinese text for rules: Lua's character classes see bytes, so
-- what needs characters stands here.

local text = {}

text.HAN = "[\xE3-\xE9][\x80-\xBF][\x80-\xBF]"

local DIGITS <const> = { ["一"] = 1, ["二"] = 2, ["三"] = 3, ["四"] = 4, ["五"] = 5, ["六"] = 6,
  ["七"] = 7, ["八"] = 8,
                         ["九"] = 9, ["十"] = 10 }

-- text.ordinal(s, p) -> n, bytes: the Chinese numeral (1-99) that begins at p
function text.ordinal(s, p)
  local a = DIGITS[s:sub(p, p + 2)]
  if not a then return nil end
  local b, c = DIGITS[s:sub(p + 3, p + 5)], DIGITS[s:sub(p + 6, p + 8)]
  if a == 10 and b and b < 10 then return 10 + b, 6 end
  if b == 10 and a < 10 then
    if c and c < 10 then return a * 10 + c, 9 end
    return a * 10, 6
  end
  return a, 3
end

-- text.first(s, marks, from) -> position and mark that comes first, or nil
function text.first(s, marks, from)
  local best, which
  for _, m in ipairs(marks) do
    local at = s:find(m, from, true)
    if at and (not best or at < best) then best, which = at, m end
  end
  return best, which
end

local STOPS <const> = { ",", "。", ";", ":", "!", "?", "\n" }

-- text.clause(s, p) -> last byte of the clause that begins at p
function text.clause(s, p)
  local at = text.first(s, STOPS, p)
  return at and at - 1 or #s
end

-- text.has(s, marks): does one of the strings stand in s?
function text.has(s, marks)
  return text.first(s, marks, 1) ~= nil
end

-- Calls found(n, i, j) for each 一是 item of s[from, to]: its number and span,
-- the item without its mark, up to the end of its clause.
local LISTED <const> = { "是", "要" }
function text.listed(s, from, to, found)
  for _, word in ipairs(LISTED) do
    local p = from
    while true do
      local at = s:find(word, p, true)
      if not at or at > to then break end
      p = at + 3
      local n = at - 3 >= from and DIGITS[s:sub(at - 3, at - 1)]
      local before = s:sub(math.max(1, at - 6), at - 4)
      if n and not DIGITS[before] and (at - 3 == from or text.edge(s, at - 4)) then
        found(n, at + 3, math.min(to, text.clause(s, at + 3)), at - 3)
      end
    end
  end
end

local EDGES <const> = { ["。"] = true, ["、"] = true, ["“"] = true, ["!"] = true, ["?"] = true,
  ["…"] = true, ["”"] = true }
-- Does position p end a clause: punctuation, blank or the text's beginning?
function text.edge(s, p)
  if p < 1 then return true end
  local c = s:sub(p, p)
  if c:find "[%s,;:!?%.()%[%]]" then return true end
  return EDGES[s:sub(p - 2, p)] == true
end

return text
