-- textmill.screen - text for a terminal: columns, colours, harmless characters.
--
--   screen.width(s)          columns s takes (East Asian wide characters two)
--   screen.pad(s, n, [side]) s filled with blanks to n columns; side "right"
--                            puts the blanks on the left
--   screen.cut(s, n, [side]) at most n columns, the rest replaced by …; side
--                            "left" cuts at the beginning
--   screen.around(s, n, mark)  cut on both sides, mark stays in sight
--   screen.clean(s)          control characters and escape sequences removed:
--                            text from strangers cannot drive the terminal
--   screen.colour(name, s)   s coloured where the terminal takes colours
--   screen.complain(...)     one line on stderr, harmless, after the program's name
--   screen.complain_of(name, message)  the same about an input
--   screen.count(n, word)    "1 hit", "12,345 hits"

local core = require "textmill.core"

local screen = {}

screen.width = core.width

-- Bytes that are no characters (names of files may hold any) become U+FFFD.
local function repaired(s)
  local out, from = {}, 1
  local ok, at = utf8.len(s, from)
  while not ok do
    out[#out + 1] = s:sub(from, at - 1) .. "\u{FFFD}"
    from = at + 1
    ok, at = utf8.len(s, from)
  end
  return table.concat(out) .. s:sub(from)
end

function screen.clean(s)
  if not utf8.len(s) then s = repaired(s) end
  s = s:gsub("[\r\n\t]+", " "):gsub("[%z\1-\31\127]", "")
  s = s:gsub("\xc2[\x80-\x9f]", "") -- C1 controls
  return (s:gsub("\xe2\x80[\xaa-\xae]", ""):gsub("\xe2\x81[\xa6-\xa9]", "")) -- bidi overrides
end

function screen.pad(s, n, side)
  local blanks = (" "):rep(n - screen.width(s))
  return side == "right" and blanks .. s or s .. blanks
end

-- The longest prefix of the characters of s that takes at most n columns.
local function prefix(s, n)
  local used = 0
  for p, c in utf8.codes(s, true) do
    local w = screen.width(utf8.char(c))
    if used + w > n then return s:sub(1, p - 1) end
    used = used + w
  end
  return s
end

local function suffix(s, n)
  local drop = screen.width(s) - n
  local used = 0
  for p, c in utf8.codes(s, true) do
    if used >= drop then return s:sub(p) end
    used = used + screen.width(utf8.char(c))
  end
  return ""
end

function screen.cut(s, n, side)
  if screen.width(s) <= n then return s end
  if n < 1 then return "" end
  if side == "left" then return "…" .. suffix(s, n - 1) end
  return prefix(s, n - 1) .. "…"
end

-- At most n columns, cut on both sides so that `mark` stays in sight.
function screen.around(s, n, mark)
  local at = s:find(mark, 1, true)
  if not at or screen.width(s) <= n then return screen.cut(s, n) end
  return screen.cut(screen.cut(s:sub(1, at - 1), n // 3, "left") .. s:sub(at), n)
end

-- screen.count(n, "match", ["matches"])
function screen.count(n, word, words)
  local digits = ("%d"):format(n):reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
  return digits .. " " .. (n == 1 and word or words or word .. "s")
end

local codes = { bold = "1", dim = "2", red = "31", green = "32", yellow = "33", blue = "34" }

-- Colours only on a terminal that did not refuse them (https://no-color.org).
function screen.has_colour()
  if screen.coloured == nil then
    screen.coloured = core.isatty(1) and not os.getenv "NO_COLOR"
                      and os.getenv "TERM" ~= "dumb"
  end
  return screen.coloured
end

function screen.colour(name, s)
  if not screen.has_colour() then return s end
  return "\27[" .. codes[name] .. "m" .. s .. "\27[0m"
end

function screen.complain(...)
  io.stderr:write("textmill: ", screen.clean(table.concat { ... }), "\n")
end

-- What is wrong with an input, which the message may name already.
function screen.complain_of(name, message)
  screen.complain(message:find(name, 1, true) and message or name .. ": " .. message)
end

-- Columns of the terminal, 100 where there is none.
function screen.columns()
  return core.terminal_width() or tonumber(os.getenv "COLUMNS") or 100
end

return screen
