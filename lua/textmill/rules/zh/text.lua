-- Strings of Chinese text for rules: Lua's character classes see bytes, so
-- what needs characters stands here.

local core = require "textmill.core"

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

local packed <const> = setmetatable({}, { __mode = "k" })

-- The marks of a list as core.first_mark takes them, made once for each table.
local function pack(marks)
  local strings = {}
  for k, m in ipairs(marks) do strings[k] = string.pack("s1", m) end
  packed[marks] = table.concat(strings)
  return packed[marks]
end

local first_mark <const> = core.first_mark

-- text.first(s, marks, from, [to]) -> position and mark that comes first in those bytes, or nil
function text.first(s, marks, from, to)
  local at, k = first_mark(s, packed[marks] or pack(marks), from, to)
  return at, k and marks[k]
end

-- text.packed(marks) -> the marks of a list as core takes them
function text.packed(marks) return packed[marks] or pack(marks) end

local last_mark <const> = core.last_mark

-- text.last(s, marks, from, to) -> position and mark that comes last in those bytes, or nil
function text.last(s, marks, from, to)
  local at, k = last_mark(s, packed[marks] or pack(marks), from, to)
  return at, k and marks[k]
end

local STOPS <const> = { ",", "。", ";", ":", "!", "?", "\n" }

local lengths <const> = setmetatable({}, { __mode = "k" })

-- The strings of a list as a set, with the bytes they are long: { set, length, ... }.
local function by_length(words)
  local known = lengths[words]
  if not known then
    local strings, seen = {}, {}
    known = { strings }
    for _, w in ipairs(words) do
      strings[w] = true
      if not seen[#w] then known[#known + 1] = #w end
      seen[#w] = true
    end
    lengths[words] = known
  end
  return known
end

-- text.behind_last(s, marks): what stands behind the last of the marks, s where there is none
function text.behind_last(s, marks)
  local at, mark = text.last(s, marks, 1, #s)
  return at and s:sub(at + #mark) or s
end

-- text.starts(s, p, words): does one of the strings stand at p?
function text.starts(s, p, words)
  local known = by_length(words)
  for k = 2, #known do
    if known[1][s:sub(p, p + known[k] - 1)] then return true end
  end
  return false
end

-- text.clause(s, p) -> last byte of the clause that begins at p
function text.clause(s, p)
  local at = text.first(s, STOPS, p)
  return at and at - 1 or #s
end

-- text.clause_ends(s) -> a function that gives where the clause ends that begins at a byte, for bytes in
-- order: that of the last one is not looked for again.
function text.clause_ends(s)
  local from, stop = 1, 0
  return function(i)
    if i < from or i > stop + 1 then stop = text.clause(s, i) end
    from = i
    return stop
  end
end

-- text.has(s, marks): does one of the strings stand in s?
function text.has(s, marks)
  return first_mark(s, packed[marks] or pack(marks), 1) ~= nil
end

-- Calls found(n, i, j, mark) for each 一是 item of s[from, to]: its number, the
-- item without its mark up to the end of its clause, where the mark begins.
local LISTED <const> = { "是", "要" }
function text.listed(s, from, to, found)
  local part, shift = s:sub(from, to), from - 1
  for _, word in ipairs(LISTED) do
    local p, stop = 1, 0
    while true do
      local at = part:find(word, p, true)
      if not at then break end
      p = at + 3
      local n = at > 3 and DIGITS[part:sub(at - 3, at - 1)]
      local before = part:sub(math.max(1, at - 6), at - 4)
      if n and not DIGITS[before] and (at == 4 or text.edge(part, at - 4)) then
        if stop < at + 3 then stop = text.clause(part, at + 3) end
        found(n, shift + at + 3, shift + stop, shift + at - 3)
      end
    end
  end
end

-- text.ends(s, words): does it end with one of the strings?
function text.ends(s, words)
  local known = by_length(words)
  for k = 2, #known do
    if known[1][s:sub(-known[k])] then return true end
  end
  return false
end

-- text.ends_at(s, from, j, words): does s[from, j] end with one of the strings?
function text.ends_at(s, from, j, words)
  local known = by_length(words)
  for k = 2, #known do
    local i = j - known[k] + 1
    if i >= from and known[1][s:sub(i, j)] then return true end
  end
  return false
end

local EDGES <const> = { ["。"] = true, ["、"] = true, ["“"] = true, ["!"] = true, ["?"] = true,
  ["…"] = true, ["”"] = true }
local EDGE_BYTES <const> = {}
for c in ("\t\n\v\f\r ,;:!?.()[]"):gmatch "." do EDGE_BYTES[c:byte()] = true end
-- Does position p end a clause: punctuation, blank or the text's beginning?
function text.edge(s, p)
  if p < 1 or EDGE_BYTES[s:byte(p)] then return true end
  return EDGES[s:sub(p - 2, p)] == true
end

return text
