-- textmill.report - c:report(path): one HTML file that shows what a corpus says, without
-- a network, a server or a program of its own.
--
--   1 summary  2 comparison  3 timeline  4 facts  5 checks  6 how it was made
--
-- Everything is there as tables without JavaScript; the script (report_page.lua) filters
-- and sorts them, and shows behind a fact the page it came from: the raw text with the cited
-- bytes marked, beside the clean text.
--
-- Text from documents is never HTML: it is escaped (picture.escape) or lies in one JSON
-- block with every < written \u003c, from where the script puts it in as text. A content
-- security policy names the hashes of the one script and the one style, and forbids the rest.

local core = require "textmill.core"
local json = require "textmill.json"
local page = require "textmill.report_page"
local picture = require "textmill.picture"
local result = require "textmill.result"
local screen = require "textmill.screen"

local report = {}

local escape = picture.escape
local FACTS <const> = 5000      -- rows of the table, unless asked
local PAGES <const> = 16 << 20  -- bytes of page text in the file
local AROUND <const> = 600      -- bytes on each side where a whole page would be too much
local DOCS <const> = 200        -- documents listed

-- pages ------------------------------------------------------------------------------

-- Moves a byte position (0-based) out of a character, towards the start.
local function at_character(s, i)
  i = math.max(0, math.min(i, #s))
  while i > 0 and i < #s and s:byte(i + 1) & 0xC0 == 0x80 do i = i - 1 end
  return i
end

-- Units of UTF-16, in which JavaScript counts, up to each of the byte positions.
local function utf16_positions(s, positions)
  table.sort(positions)
  local at, units, of = 0, 0, {}
  for _, p in ipairs(positions) do
    local piece = s:sub(at + 1, p)
    local _, characters = piece:gsub("[^\x80-\xBF]", "")
    local _, beyond = piece:gsub("[\xF0-\xF4]", "")
    units, at = units + characters + beyond, p
    of[p] = units
  end
  return of
end

-- The raw bytes as text, and a function from raw positions to positions in it.
local function readable(raw, charset)
  local text, _, map = core.decode(raw, charset)
  if not text then return (raw:gsub("[\x80-\xFF]", "?")), function(from, to) return from, to end end
  return text, function(from, to)
    if from >= to then return from, to end
    local i, j = map:to(from + 1, to)
    return i - 1, j
  end
end

-- Puts spans (0-based, half open) of a text in the units of JavaScript, in place.
local function count_units(text, spans)
  local positions = {}
  for _, s in ipairs(spans) do
    s[1], s[2] = at_character(text, s[1]), at_character(text, s[2])
    positions[#positions + 1], positions[#positions + 2] = s[1], s[2]
  end
  local of = utf16_positions(text, positions)
  for _, s in ipairs(spans) do s[1], s[2] = of[s[1]], of[s[2]] end
end

-- One page whole, for all its facts.
local function whole_page(pages, id, texts, facts)
  count_units(texts.raw, texts.raw_spans)
  count_units(texts.clean, texts.clean_spans)
  pages[#pages + 1] = { id = id, raw = texts.raw, clean = texts.clean }
  for k, f in ipairs(facts) do
    f.page = { #pages - 1, texts.raw_spans[k][1], texts.raw_spans[k][2], texts.clean_spans[k][1],
               texts.clean_spans[k][2] }
  end
end

local function window(text, span)
  local from = at_character(text, span[1] - AROUND)
  local piece = text:sub(from + 1, at_character(text, span[2] + AROUND))
  local moved = { { span[1] - from, span[2] - from } }
  count_units(piece, moved)
  return piece, moved[1]
end

-- What is around each fact, where the page is too long.
local function windows(pages, id, texts, facts)
  for k, f in ipairs(facts) do
    local raw, r = window(texts.raw, texts.raw_spans[k])
    local clean, c = window(texts.clean, texts.clean_spans[k])
    pages[#pages + 1] = { id = id, raw = raw, clean = clean, part = true }
    f.page = { #pages - 1, r[1], r[2], c[1], c[2] }
  end
end

local function texts_of(doc, facts)
  local raw, to_text = readable(doc.raw, doc.charset)
  local t = { raw = raw, clean = tostring(doc.text), raw_spans = {}, clean_spans = {} }
  for k, f in ipairs(facts) do
    t.raw_spans[k] = { to_text(f.raw_from, f.raw_to) }
    t.clean_spans[k] = { f.clean_from or 0, f.clean_to or 0 }
  end
  return t
end

-- Pages for the script; every fact gets where it stands in them. budget: bytes of text.
local function pages_of(c, facts, budget, charsets)
  local by_doc, order, pages, left = {}, {}, {}, budget
  for _, f in ipairs(facts) do
    if f.raw_from and not by_doc[f.doc] then
      by_doc[f.doc], order[#order + 1] = {}, f.doc
    end
    if f.raw_from then table.insert(by_doc[f.doc], f) end
  end
  for _, id in ipairs(order) do
    local doc = left > 0 and c:doc(id)
    if doc then
      local list = by_doc[id]
      local t = texts_of({ raw = doc.raw, text = doc.text, charset = charsets[id] }, list)
      local parts = math.min(#t.raw + #t.clean, #list * 4 * AROUND)
      local put = #t.raw + #t.clean <= math.max(left, 0) and #t.raw <= budget // 4 and whole_page or windows
      if put == windows and parts > left then break end
      left = left - (put == windows and parts or #t.raw + #t.clean)
      put(pages, id, t, list)
    end
  end
  return pages
end

-- sections -----------------------------------------------------------------------------

local function section(out, id, title, ...)
  out[#out + 1] = ('<section id="%s"><h2>%s</h2>\n'):format(id, escape(title))
  for _, part in ipairs { ... } do out[#out + 1] = part end
  out[#out + 1] = "</section>\n"
end

local function paragraph(s) return "<p>" .. escape(s) .. "</p>\n" end

local function list_of(pairs_)
  local out = {}
  for _, p in ipairs(pairs_) do
    if p[2] ~= nil and p[2] ~= "" then
      out[#out + 1] = ("<dt>%s</dt><dd>%s</dd>\n"):format(escape(p[1]), escape(result.cell(p[2])))
    end
  end
  return "<dl>\n" .. table.concat(out) .. "</dl>\n"
end

local function table_or(r, none)
  return #r > 0 and '<div class="wide">' .. result.table(r) .. "</div>\n" or paragraph(none)
end

local function drawn(r)
  return #r > 0 and '<div class="wide">' .. result.format(r, "svg") .. "</div>\n" or ""
end

local function summary(out, c, docs, facts)
  local s, first, last = c:stats(), nil, nil
  for k = 1, #docs do
    local day = tostring(docs[k].published or docs[k].date or ""):match "^%d%d%d%d%-%d%d%-%d%d"
    if day then first, last = math.min(first or day, day), math.max(last or day, day) end
  end
  section(out, "summary", "1 Summary", list_of {
    { "documents", s.documents }, { "articles", s.articles }, { "characters", s.characters },
    { "facts", #facts }, { "published", first and (first == last and first or first .. " to " .. last) },
    { "with a date", s.dated } },
    table_or(facts:by "type", "no facts: textmill extract makes them"),
    #docs > DOCS and paragraph(("the first %d of %d documents"):format(DOCS, #docs)) or "",
    table_or(docs:head(DOCS):columns("doc", "title", "published", "source", "characters", "path", "url"),
      "no documents"))
end

-- The words of the comparison, or the item most numbers are about.
local function words_of(compared)
  local list = {}
  for _, column in ipairs(compared.chart_.columns) do list[#list + 1] = '"' .. column:gsub('"', "") .. '"' end
  return list
end

local function comparison(out, c, item)
  local r = c:compare { item = item }
  local words = words_of(r)
  local query = item and #words > 0 and table.concat(words, "|") or words[1]
  local where = query and c:kwic(query, { limit = 20000 })
  section(out, "comparison", "2 Comparison", table_or(r, "nothing to compare"),
    #r > 0 and paragraph(".  not mentioned     ~  mentioned without a number (NOT zero)") or "", drawn(r),
    where and #where > 0 and paragraph(("where %s stands in the documents"):format(query)) .. drawn(where)
      or "")
end

local function fact_table(facts)
  local rows = {}
  for k, f in ipairs(facts) do
    rows[k] = { type = f.type, place = f.place, what = f.label, says = f.detail, quote = f.quote,
                cite = f.cite, rule = f.rule }
  end
  local r = result.new { rows = rows,
    columns = { "type", "place", "what", "says", "quote", { name = "cite", title = "raw bytes" }, "rule" } }
  return result.table(r, function(k)
    return (' id="fact-%d"'):format(k - 1) .. (facts[k].page and (' data-fact="%d"'):format(k - 1) or "")
  end)
end

local function fact_list(out, shown, all, pages)
  local said = #shown < #all and ("the first %d of %d facts; "):format(#shown, #all) or ""
  section(out, "facts", "4 Facts",
    paragraph(said .. "each cites document#from,to: bytes of the page as it came"),
    '<div id="tools" hidden></div>\n',
    #shown > 0 and '<div class="wide">' .. fact_table(shown) .. "</div>\n" or paragraph "no facts")
  local places = json.array {}
  for k, f in ipairs(shown) do places[k] = f.page and json.array(f.page) or json.null end
  return { facts = places, pages = json.array(pages) }
end

local function checks(out, facts)
  local rows = {}
  for f in facts do
    if f.type == "check" or f.status == "disputed" or f.status == "declared_only" then
      rows[#rows + 1] = { kind = f.type == "check" and (f.subtype or "check") or f.type, what = f.label,
        says = f.detail, quote = f.quote, cite = f.cite, status = f.status }
    end
  end
  section(out, "checks", "5 Checks", table_or(result.new { rows = rows,
    columns = { "kind", "what", "says", "quote", { name = "cite", title = "raw bytes" } } },
    "no contradictions were found"))
end

local PACKS <const> = "SELECT p.name AS pack, p.version AS version, count(*) AS documents,"
  .. " min(e.ref) AS \"dates from\", max(e.ref) AS \"to\""
  .. " FROM mill_extractions e JOIN mill_packs p USING(pack) GROUP BY p.name"
local FILE <const> = "SELECT key, value FROM mill_meta ORDER BY key"

local function made(out, c, facts, path)
  local base = c.base_ or c
  local rows, seen = {}, {}
  for f in facts do
    local key = ("%s %s"):format(f.rule, f.rule_version)
    if f.rule and not seen[key] then
      seen[key] = { rule = f.rule, version = f.rule_version, pack = f.pack, facts = 0 }
      rows[#rows + 1] = seen[key]
    end
    if f.rule then seen[key].facts = seen[key].facts + 1 end
  end
  local ok, packs = pcall(base.sql, base, PACKS)
  section(out, "made", "6 How it was made",
    list_of { { "made by", "textmill " .. core.version }, { "on", os.date "!%Y-%m-%d %H:%M UTC" },
              { "from", path and path:match "[^/]*$" or "a corpus in memory" },
              { "Unicode", core.unicode_version }, { "word list", core.data_describe "lexicon" },
              { "places of", core.data_describe "places" }, { "calendar", core.data_describe "calendar" },
              { "ICU", core.icu_version } },
    "<h3>the file</h3>\n", table_or(base:sql(FILE), ""),
    "<h3>packs</h3>\n", ok and table_or(packs, "no pack was run") or paragraph "no pack was run",
    "<h3>rules</h3>\n", table_or(result.new { rows = rows, columns = { "rule", "version", "pack",
      { name = "facts", align = "right" } } }:sort "rule", "no rules"))
end

-- the file -----------------------------------------------------------------------------

local base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

-- "sha256-..." as a content security policy wants it
local function hash_source(s)
  local bits = core.sha256(s):gsub("%x", function(x)
    local n, out = tonumber(x, 16), ""
    for b = 3, 0, -1 do out = out .. (n >> b & 1) end
    return out
  end)
  local digits = (bits .. ("0"):rep(-#bits % 6)):gsub("%d%d%d%d%d%d", function(six)
    local n = tonumber(six, 2) + 1
    return base64_digits:sub(n, n)
  end)
  return "'sha256-" .. digits .. ("="):rep(-#digits % 4) .. "'"
end

local function head(title)
  return ([[<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src %s;
  script-src %s; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>%s</title>
<style>%s</style>
</head>
<body>
<h1>%s</h1>
<nav><a href="#summary">summary</a> <a href="#comparison">comparison</a> <a href="#timeline">timeline</a>
<a href="#facts">facts</a> <a href="#checks">checks</a> <a href="#made">how it was made</a></nav>
]]):format(hash_source(page.style), hash_source(page.script), escape(title), page.style, escape(title))
end

-- Data for the script: nothing in it can end the block or begin a comment.
local function data_block(data)
  local text = json.encode(data):gsub("[<>&]", function(c) return ("\\u%04x"):format(c:byte()) end)
  return '<script type="application/json" id="data">' .. text .. "</script>\n"
end

-- report.html(corpus or view, [{title=, item=, limit=, pages=}]) -> string
function report.html(c, o)
  local docs, all, charsets = c:docs(), c:facts(), {}
  for k = 1, #docs do charsets[docs[k].doc] = docs[k].charset end
  local shown = {}
  for k = 1, math.min(#all, o.limit or FACTS) do shown[k] = all[k] end
  local pages = pages_of(c, shown, o.pages or PAGES, charsets)
  local title = ("%s, %s"):format(screen.count(#docs, "document"), screen.count(#all, "fact"))
  local out = { head(o.title or title) }
  summary(out, c, docs, all)
  comparison(out, c, o.item)
  local times = c:timeline()
  section(out, "timeline", "3 Timeline", drawn(times), table_or(times, "no dates"))
  local data = fact_list(out, shown, all, pages)
  checks(out, all)
  made(out, c, all, (c.base_ or c).path)
  out[#out + 1] = data_block(data)
  out[#out + 1] = "<script>" .. page.script .. "</script>\n</body>\n</html>\n"
  return table.concat(out)
end

local report_mt = { __name = "textmill.report", __tostring = function(r)
  return ("%s: one file, %d kB, no network: 1 summary  2 comparison  3 timeline  4 facts (filter, sort, "
    .. "click = raw page with the bytes marked beside the clean text)  5 checks  6 how it was made")
    :format(r.path, (r.bytes + 999) // 1000)
end }

function report.methods(methods, open, check)

  -- c:report(path, [{title=, item=, limit=, pages=}]) -> {path=, bytes=}, which prints
  -- itself | nil, message, position, code
  function methods:report(path, o)
    open(self)
    o = check(o, "title item limit pages")
    if type(path) ~= "string" then error("a path for the report expected", 2) end
    local html = report.html(self, o)
    local file, message = io.open(path, "wb")
    if not file then return nil, message, 0, "io" end
    local ok, why = file:write(html)
    if ok then ok, why = file:close() else file:close() end
    if not ok then return nil, path .. ": " .. tostring(why), 0, "io" end
    return setmetatable({ path = path, bytes = #html }, report_mt)
  end
end

return report
