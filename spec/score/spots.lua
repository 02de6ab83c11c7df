-- Where fragments stand in a raw text, character by character, and what score.py strips
-- of strings before it compares them.

local spots = {}

local SPACES <const> = { [0x85] = true, [0xA0] = true, [0x1680] = true, [0x2028] = true, [0x2029] = true,
                         [0x202F] = true, [0x205F] = true, [0x3000] = true }
local function space(c)
  return c == 32 or c >= 9 and c <= 13 or c >= 28 and c <= 31 or SPACES[c] or c >= 0x2000 and c <= 0x200A
end

-- spots.strip(s) -> s without white space
function spots.strip(s)
  local out = {}
  for p, c in utf8.codes(s, true) do
    if not space(c) then out[#out + 1] = s:sub(p, utf8.offset(s, 2, p) - 1) end
  end
  return table.concat(out)
end

-- White space at the ends of s: bytes before, and the rest without either.
local function trimmed(s)
  local first, last
  for p, c in utf8.codes(s, true) do
    if not space(c) then first, last = first or p, utf8.offset(s, 2, p) - 1 end
  end
  return first and first - 1 or #s, first and s:sub(first, last) or ""
end

local function matches(s, p, words)
  for _, w in ipairs(words) do
    if s:sub(p, p + #w - 1) == w then return p + #w end
  end
end

local NUMERALS <const> = { "一", "二", "三", "四", "五", "六", "七", "八", "九", "十" }
local DIGITS <const> = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" }
for _, d in ipairs(NUMERALS) do DIGITS[#DIGITS + 1] = d end
local AFTER <const> = { "是", "要", "、", ".", "．", ",", ":", "：" }

-- Up to three numerals from byte p on, then one of the words: the byte behind.
local function numbered(s, p, numerals, words)
  local q = p
  for _ = 1, 3 do
    q = matches(s, q, numerals)
    local behind = q and matches(s, q, words)
    if behind then return behind end
    if not q then return nil end
  end
end

-- spots.unmarked(s) -> s without the mark of a list at its head: 一是 一、 (一) 1. ①
function spots.unmarked(s)
  local q = numbered(s, matches(s, 1, { "第" }) or 1, NUMERALS, AFTER)
    or numbered(s, matches(s, 1, { "(", "（" }) or 1, DIGITS, { ")", "）" })
    or s:match "^%d%d?、()" or s:match "^%d%d?%.()" or s:match "^%d%d?．()"
    or s:match "^\xE2\x91[\xA0-\xB3]()"
  return q and s:sub(q) or s
end

local function digit_at(raw, p)
  return raw:find("^%d", p) or raw:find("^\xEF\xBC[\x90-\x99]", p)
end
local function digits_only(s)
  return s:gsub("%d", ""):gsub("\xEF\xBC[\x90-\x99]", "") == ""
end

-- A bare number must stand free, not inside a longer one.
local function inside(raw, at, f)
  if not digits_only(f) then return false end
  return at > 1 and (raw:find("^%d", at - 1) or at > 3 and raw:find("^\xEF\xBC[\x90-\x99]", at - 3))
    or digit_at(raw, at + #f)
end

-- spots.of(raw, fragments) -> set of the bytes where characters of the fragments begin,
-- how many, and how many characters stand nowhere. One fragment given twice takes two
-- places; whole lines go first, then the longer ones.
function spots.of(raw, fragments)
  local hit, n, lost, lines, rest = {}, 0, 0, {}, {}
  local function take(at, f)
    for p, c in utf8.codes(f, true) do
      if not space(c) and not hit[at + p - 1] then hit[at + p - 1], n = true, n + 1 end
    end
  end
  for at, line in raw:gmatch "()([^\n]*)" do
    local before, words = trimmed(line)
    lines[words] = lines[words] or {}
    table.insert(lines[words], at + before)
  end
  for _, f in ipairs(fragments) do
    local _, words = trimmed(f)
    local free = lines[words] and table.remove(lines[words], 1)
    if words ~= "" and free then take(free, words) elseif words ~= "" then rest[#rest + 1] = words end
  end
  for k, f in ipairs(rest) do rest[k] = { f = f, k = k, n = utf8.len(f) } end
  table.sort(rest, function(a, b) return a.n > b.n or a.n == b.n and a.k < b.k end)
  local function taken(at, f)
    for p in utf8.codes(f, true) do
      if hit[at + p - 1] then return true end
    end
    return inside(raw, at, f)
  end
  for _, r in ipairs(rest) do
    local at = raw:find(r.f, 1, true)
    while at and taken(at, r.f) do at = raw:find(r.f, at + 1, true) end
    if at then take(at, r.f) else lost = lost + utf8.len(spots.strip(r.f)) end
  end
  return hit, n, lost
end

return spots
