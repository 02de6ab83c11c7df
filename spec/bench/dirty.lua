-- dirty.lua - makes clean documents dirty in known ways, and says what the
-- truth is. Deterministic: the same text, mode and seed give the same bytes.
--
--   text --words--> paragraphs --page--> lines or HTML --bytes--> raw
--         gloss, broken          html, boilerplate      gb18030, big5, entities
--
-- truth.paragraphs  what a reader should get back, in order
-- truth.junk        lines that are there but are no body text
-- truth.absent      strings nobody should ever see (scripts, comments)

local page = require "spec.bench.page"

local dirty = {}

dirty.modes = { "html", "gloss", "gb18030", "boilerplate", "broken", "entities" }

-- ---- random numbers: xorshift64*, one state a document ------------------------

function dirty.random(seed)
  local x = (seed + 1) * 0x9E3779B97F4A7C15 | 1
  return function(n) -- 1..n
    x = x ~ (x >> 12)
    x = x ~ (x << 25)
    x = x ~ (x >> 27)
    return (x * 0x2545F4914F6CDD1D >> 33) % n + 1
  end
end

-- ---- the project's own tables --------------------------------------------------

local function lines_of(path)
  local f = assert(io.open(path, "rb"))
  return f:lines()
end

-- simplified -> the last traditional character listed that folds to it
local function load_traditional()
  local to = {}
  for line in lines_of "csrc/data/opencc/TSCharacters.txt" do
    local t, s = line:match "^([^#%s]+)\t(%S+)"
    if t and t ~= s and utf8.len(t) == 1 then to[s] = t end
  end
  return to
end

-- character -> its usual reading
local function load_readings()
  local of = {}
  for line in lines_of "csrc/data/ucd/readings.txt" do
    local code, reading = line:match "^(%x+)\t(%S+)"
    if code then of[utf8.char(tonumber(code, 16))] = reading end
  end
  return of
end

-- Every character of the BMP in another charset, asked from iconv once.
local function load_charset(name)
  local path = os.tmpname()
  local f = assert(io.open(path, "wb"))
  local codes = {}
  for c = 0x80, 0xFFFF do
    if c < 0xD800 or c > 0xDFFF then
      codes[#codes + 1] = utf8.char(c)
      f:write(codes[#codes], "\n")
    end
  end
  f:close()
  local pipe = assert(io.popen(("iconv -c -f UTF-8 -t %s %s 2>/dev/null"):format(name, path), "r"))
  local to, k = {}, 0
  for line in pipe:lines() do
    k = k + 1
    if line ~= "" then to[codes[k]] = line end
  end
  pipe:close()
  os.remove(path)
  return k == #codes and to or nil
end

local tables = {}
local function table_of(name, load, ...)
  if tables[name] == nil then tables[name] = load(...) or false end
  return tables[name]
end

local function traditional() return table_of("traditional", load_traditional) end
local function readings() return table_of("readings", load_readings) end

-- Does this machine have the iconv this mode needs?
function dirty.can(mode)
  if mode ~= "gb18030" and mode ~= "big5" then return true end
  return table_of(mode, load_charset, mode) and true or false
end

-- ---- words -----------------------------------------------------------------------

-- Traditional script; a converter has put the reading behind what it changed.
local function gloss(p, glossed)
  local to, reading = traditional(), readings()
  return (p:gsub(utf8.charpattern, function(c)
    local t = to[c]
    if not t then return c end
    return glossed and reading[t] and ("%s(%s)"):format(t, reading[t]) or t
  end))
end

local full_width = {}
for d = 0, 9 do full_width[tostring(d)] = utf8.char(0xFF10 + d) end

-- Truncated characters, stray bytes, NBSP, ideographic indents, full-width
-- digits, zero-width characters. Returns the dirty paragraph and the truth.
local function break_up(p, random)
  local out, truth = { ("\u{3000}\u{3000}"):rep(random(2) - 1) }, {}
  for _, code in utf8.codes(p) do
    local c, die = utf8.char(code), random(200)
    if full_width[c] then
      out[#out + 1], truth[#truth + 1] = full_width[c], c
    elseif c == " " then
      out[#out + 1], truth[#truth + 1] = die < 100 and "\u{A0}" or " \u{A0} ", " "
    elseif die == 1 and #c == 3 then
      out[#out + 1], truth[#truth + 1] = c:sub(1, 2), "\u{FFFD}"
    elseif die == 2 then
      out[#out + 1], truth[#truth + 1] = c .. "\xFF", c .. "\u{FFFD}"
    elseif die <= 4 then
      out[#out + 1], truth[#truth + 1] = c .. "\u{200B}", c
    else
      out[#out + 1], truth[#truth + 1] = c, c
    end
  end
  return table.concat(out), table.concat(truth)
end

-- ---- bytes ----------------------------------------------------------------------

-- GB18030 and Big5 from the table; astral planes by GB18030's own arithmetic.
local function encode(s, name)
  local to = assert(table_of(name, load_charset, name), "iconv is missing")
  return (s:gsub(utf8.charpattern, function(c)
    if #c == 1 then return c end
    if to[c] then return to[c] end
    local n = utf8.codepoint(c) - 0x10000
    if name ~= "gb18030" or n < 0 then return "?" end
    return string.char(0x90 + n // 12600, 0x30 + n // 1260 % 10, 0x81 + n // 10 % 126, 0x30 + n % 10)
  end))
end

local function entities(s)
  return (s:gsub(utf8.charpattern, function(c)
    return #c > 1 and ("&#%d;"):format(utf8.codepoint(c)) or nil
  end))
end

-- ---- the modes --------------------------------------------------------------------

local function paragraphs_of(text)
  local list = {}
  for line in text:gmatch "[^\n]+" do
    local p = line:gsub("^%s+", ""):gsub("%s+$", "")
    if p ~= "" then list[#list + 1] = p end
  end
  return list
end

local function each(list, f, ...)
  local out = {}
  for k, p in ipairs(list) do out[k] = f(p, ...) end
  return out
end

local make = {}

function make.plain(d) return table.concat(d.paragraphs, "\n") .. "\n" end
function make.html(d, random, truth, charset) return page.html(d.paragraphs, random, truth, charset) end
function make.boilerplate(d, random, truth) return page.flat(d.paragraphs, random, truth) end

function make.gloss(d) return table.concat(each(d.paragraphs, gloss, true), "\n") .. "\n" end
function make.gb18030(d) return encode(make.plain(d), "gb18030") end
function make.big5(d) return encode(table.concat(each(d.paragraphs, gloss, false), "\n") .. "\n", "big5") end

function make.broken(d, random, truth)
  local out = {}
  for k, p in ipairs(d.paragraphs) do out[k], truth.paragraphs[k] = break_up(p, random) end
  return table.concat(out, "\r\n") .. "\r\n"
end

function make.entities(d)
  return entities("<p>" .. table.concat(each(d.paragraphs, page.escape), "</p>\n<p>") .. "</p>\n")
end

-- Several at once, as real pages are.
function make.html_gb18030(d, random, truth)
  return encode(make.html(d, random, truth, "gb2312"), "gb18030")
end
function make.html_gloss(d, random, truth)
  return make.html({ paragraphs = each(d.paragraphs, gloss, true) }, random, truth)
end
function make.boilerplate_gloss(d, random, truth)
  return make.boilerplate({ paragraphs = each(d.paragraphs, gloss, true) }, random, truth)
end

-- dirty.make(text, mode, seed) -> raw bytes, truth
function dirty.make(text, mode, seed)
  local random = dirty.random(seed)
  local d = { paragraphs = paragraphs_of(text) }
  local truth = { mode = mode, text = text, junk = {}, absent = {}, paragraphs = {} }
  for k, p in ipairs(d.paragraphs) do truth.paragraphs[k] = p end
  return assert(make[mode], "no such mode")(d, random, truth), truth
end

-- What a crawl brings in, roughly.
local mixture = {
  "html", "html", "html", "html_gb18030", "html_gloss", "boilerplate", "boilerplate", "boilerplate_gloss",
  "gloss", "gb18030", "broken", "plain",
}
function dirty.mixed(text, seed)
  local mode = mixture[seed % #mixture + 1]
  return dirty.make(text, dirty.can(mode:match "gb18030" or mode) and mode or "html", seed)
end

return dirty
