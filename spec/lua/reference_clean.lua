-- A reference cleaner: slow, simple, and independent of the C core. Given what
-- was decided about a document (charset, markup or not, gloss mode) it turns
-- any span of its raw bytes into the quote a reader sees. It shares the data
-- files of csrc/data with the core, but no code, and keeps no map.
--
--   reference.quote(raw, i, j, decisions) -> string
--     raw[i, j]   bytes, 1-based, inclusive
--     decisions   { charset = "utf-8", html = true, gloss_mode = "junk",
--                   script = "traditional" }: a textmill.text will do
--
-- What it does not do: NFC (quotes that need it are not its business), JSON,
-- hidden elements (template, rp).

local reference = {}

local function rows(path)
  local f = assert(io.open("csrc/data/" .. path, "rb"))
  local s = f:read "a"
  f:close()
  return s:gsub("#[^\n]*", ""):gmatch "[^\n]+"
end

local tables -- loaded when first needed
local function data()
  if tables then return tables end
  tables = { entities = {}, simple = {}, readings = {} }
  for row in rows "html/entities.txt" do
    local name, codes = row:match "^(%S+) (.+)$"
    local text = ""
    for code in codes:gmatch "%x+" do text = text .. utf8.char(tonumber(code, 16)) end
    tables.entities[name] = text
  end
  for row in rows "opencc/TSCharacters.txt" do
    local from, to = row:match "^(%S+)\t(%S+)"
    if from then tables.simple[from] = to end
  end
  for row in rows "ucd/readings.txt" do
    local code, all = row:match "^(%x+)\t[^\t]*\t(.*)$"
    if not code then code, all = row:match "^(%x+)\t(.*)$" end
    tables.readings[utf8.char(tonumber(code, 16))] = " " .. all .. " "
  end
  return tables
end

-- charset ----------------------------------------------------------------------

-- Through iconv of the system, which is not ICU.
local function iconv(s, charset)
  local name = os.tmpname()
  local f = assert(io.open(name, "wb"))
  f:write(s)
  f:close()
  local pipe = assert(io.popen(("iconv -c -f %s -t utf-8 %s"):format(charset, name)))
  local out = pipe:read "a"
  pipe:close()
  os.remove(name)
  return out
end

local function to_utf8(s, charset)
  if charset ~= "utf-8" then return iconv(s, charset == "big5" and "big5-hkscs" or charset) end
  local out, i = {}, 1
  while i <= #s do
    local n, bad = utf8.len(s, i)
    out[#out + 1] = s:sub(i, (n and #s or bad - 1))
    if n then break end
    out[#out + 1] = "\u{FFFD}"
    i = bad + 1
    while i <= #s and s:byte(i) >= 0x80 and s:byte(i) < 0xC0 do i = i + 1 end
  end
  return (table.concat(out):gsub("^\u{FEFF}", ""))
end

-- markup -----------------------------------------------------------------------

local block = {}
for name in ([[address article aside blockquote body caption center dd details div dl dt
  fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main
  marquee menu nav ol optgroup option p pre section select summary table tbody textarea tfoot
  thead title tr ul xmp]]):gmatch "%S+" do block[name] = true end

local function entity(name)
  local hex, dec = name:match "^#[xX](%x+)$", name:match "^#(%d+)$"
  local code = hex and tonumber(hex, 16) or dec and tonumber(dec)
  if code then return code > 0 and code <= 0x10FFFF and utf8.char(code) or "\u{FFFD}" end
  return data().entities[name .. ";"]
end

local function decode_entities(s)
  return (s:gsub("&(#?%w+);", function(name)
    local text = entity(name)
    return text == "\u{A0}" and " " or text
  end))
end

local function is_wide(c)
  return c and #c >= 3 and (c >= "\u{2E80}" and c <= "\u{9FFF}" or c >= "\u{FF00}" and c <= "\u{FF60}")
end

-- A line break of the source inside a block is a blank, or nothing between
-- two wide characters.
local function join_lines(s)
  return (s:gsub("()%s*[\r\n]%s*()", function(from, to)
    local before = s:sub(1, from - 1):match "[%z\1-\127\xC2-\xF4][\x80-\xBF]*$"
    local after = s:sub(to):match "^[%z\1-\127\xC2-\xF4][\x80-\xBF]*"
    return is_wide(before) and is_wide(after) and "" or " "
  end))
end

-- How many block elements are open after this tag. In a page all is inside.
local function depth_after(depth, slash, name)
  if name == "html" or name == "body" then return math.huge end
  if not block[name] or name == "hr" then return depth end
  return math.max(0, depth + (slash == "" and 1 or -1))
end

local function open_blocks(s)
  local depth = 0
  for slash, name in s:gsub("<!%-%-.-%-%->", ""):gmatch "<(/?)(%a%w*)" do
    depth = depth_after(depth, slash, name:lower())
  end
  return depth
end

local function without_markup(before, s)
  local depth, out = open_blocks(before), {}
  s = s:gsub("<!%-%-.-%-%->", ""):gsub("<[sS][cC][rR][iI][pP][tT].-</[sS][cC][rR][iI][pP][tT]%s*>", "")
       :gsub("<[sS][tT][yY][lL][eE].-</[sS][tT][yY][lL][eE]%s*>", "")
  local at = 1
  local function text(to)
    local piece = s:sub(at, to)
    out[#out + 1] = decode_entities(depth > 0 and join_lines(piece) or piece)
  end
  for from, slash, name, to in s:gmatch "()<(/?)(%a%w*)[^>]*>()" do
    text(from - 1)
    name, at = name:lower(), to
    if block[name] or name == "br" then out[#out + 1] = "\n" end
    if slash == "" and (name == "td" or name == "th") then out[#out + 1] = "\t" end
    depth = depth_after(depth, slash, name)
  end
  text(#s)
  return table.concat(out)
end

-- glosses, blanks, display ---------------------------------------------------------

local function is_reading(han, syllable)
  local d = data()
  local own, simple = d.readings[han], d.readings[d.simple[han] or han]
  local what = " " .. syllable .. " "
  return own and own:find(what, 1, true) or simple and simple:find(what, 1, true)
end

local function without_glosses(s)
  local char = "[\xE3-\xF0][\x80-\xBF]+"
  local function strip(open, close)
    local pattern = "(" .. char .. ")" .. open .. "([a-z\xC3-\xC7\x80-\xBF]+)" .. close
    s = s:gsub(pattern, function(run, syllable)
      local han = run:match "[\xE3-\xF0][\x80-\xBF]*$"
      if is_reading(han, syllable) then return run end
    end)
  end
  strip("%(", "%)")
  strip("（", "）")
  return s
end

local function tidy(s, tabs)
  s = s:gsub("\u{A0}", " "):gsub("\u{3000}", " "):gsub("\xE2\x80[\x80-\x8A]", " ")
  s = s:gsub("[%z\1-\8\14-\31\127]", "")
  s = s:gsub("%s+", function(run)
    return run:find "[\r\n\v\f]" and "\n" or tabs and run:find "\t" and "\t" or " "
  end)
  return (s:gsub("^%s", ""):gsub("%s$", ""))
end

-- A text in neither Chinese script keeps its characters.
local function display(s, as_written)
  local simple = as_written and {} or data().simple
  return (s:gsub("[\xC2-\xF4][\x80-\xBF]+", function(c)
    local code = utf8.codepoint(c)
    if code >= 0xFF01 and code <= 0xFF5E then return utf8.char(code - 0xFEE0) end
    return simple[c]
  end))
end

function reference.quote(raw, i, j, decisions)
  local s = to_utf8(raw:sub(i, j), decisions.charset)
  if decisions.html then s = without_markup(to_utf8(raw:sub(1, i - 1), decisions.charset), s) end
  if decisions.gloss_mode == "junk" then s = without_glosses(s) end
  return display(tidy(s, decisions.html), decisions.script == "none")
end

return reference
