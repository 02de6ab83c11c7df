-- textmill.annotate - a document as one JSON object: what it says of itself,
-- then its facts by kind, then all facts with raw spans.
--
--   { id, title, published, source, authors, editors, keywords, keywords_from, boilerplate,
--     quantities, people, places, dates, schemes, enumerations, articles?, facts }
--
-- keywords_from says whose the keywords are: "page" (its own list) or "text" (the ten
-- with the highest tf-idf).

local core = require "textmill.core"
local extract = require "textmill.extract"
local facts_of = require "textmill.fact"
local json = require "textmill.json"
local tm = require "textmill"

local annotate = {}

annotate.keys = { "id", "title", "published", "source", "authors", "editors", "keywords",
                  "keywords_from", "boilerplate", "quantities", "people", "places", "dates", "schemes",
                  "enumerations", "articles", "facts" }

-- "dir/003_name.txt" -> "003"
function annotate.id(path)
  return (path:match "[^/]*$":match "^[^_.]+") or path
end

local function metadata(text, out)
  local many = { author = out.authors, editor = out.editors, keyword = out.keywords }
  for _, m in ipairs(text:meta()) do
    if many[m.key] then
      table.insert(many[m.key], m.value)
    elseif (m.key == "title" or m.key == "published" or m.key == "source") and out[m.key] == json.null then
      out[m.key] = m.key == "published" and m.value:match "^%d+%-?%d*%-?%d*" or m.value
    end
  end
  out.keywords_from = #out.keywords > 0 and "page" or "text"
  if #out.keywords > 0 then return end
  for _, row in ipairs(text:keywords(10)) do table.insert(out.keywords, row.word) end
end

-- The annotation's boilerplate is what belongs to the page (menus, votes,
-- copyright, counters), as a reader sees it there: what lies between tags. An advert is set
-- aside, too, but not listed; the title of the window is no part of the page.
local UNLISTED <const> = { advert = true, ["page title"] = true }
local function add_visible(out, html, s)
  if not html or not s:find("<", 1, true) then return table.insert(out, s) end
  for part in s:gsub("<[^>]*>", "\0"):gmatch "%Z+" do
    local words = part:match "^%s*(.-)%s*$"
    if words ~= "" and words ~= "&nbsp;" then table.insert(out, words) end
  end
end

local function blocks(text, raw, out)
  for _, b in ipairs(text:blocks "boilerplate") do
    if not UNLISTED[b.reason] then
      local i, j = text:raw(b.i, b.j)
      add_visible(out.boilerplate, text.html, raw:sub(i, j))
    end
  end
  local articles = text:articles()
  if #articles > 1 then
    out.articles = json.array {}
    for _, a in ipairs(articles) do
      if a.title then table.insert(out.articles, (tm.normalize(a.title, "display"))) end
    end
  end
end

local function or_null(v)
  if v == nil then return json.null end
  return v
end

local OTHER_YEARS <const> = { ["去年"] = true, ["前年"] = true, ["明年"] = true, ["后年"] = true }

local add = {}
function add.quantity(out, f)
  if f.subtype then return end -- durations, none of it, one for each
  table.insert(out.quantities, { item = or_null(f.item), value = f.value, max = or_null(f.max),
    unit = f.unit or "",
                                 approx = or_null(f.approx), text = f.quote })
end
function add.organisation(out, f)
  if f.subtype ~= "team" then return end
  for _, item in ipairs(f.members or {}) do
    table.insert(out.quantities, { item = item, value = 1, max = json.null, unit = "名", approx = json.null,
                                   text = f.quote })
  end
end
-- Posts in a task force, which say less of somebody than an office.
local POSTS <const> = { ["组长"] = true, ["副组长"] = true, ["成员"] = true, ["组组长"] = true, ["总指挥"] = true,
  ["副总指挥"] = true, ["指挥长"] = true, ["副指挥长"] = true, ["双组长"] = true, ["队长"] = true,
  ["常务副总指挥"] = true, ["常务副指挥长"] = true, ["常务副组长"] = true, ["常务副主任"] = true }

-- Everybody once, with what is told first; an office wins over a post.
function add.person(out, f)
  if f.formed then return end -- 以镇长甲为组长的小组: a fact, but the same person
  for _, p in ipairs(out.people) do
    if p.name == f.name then
      local better = p.role == json.null or f.nearer or POSTS[p.role] and not POSTS[f.role]
      if f.role and better then p.role = f.role end
      return
    end
  end
  table.insert(out.people, { name = f.name, role = or_null(f.role) })
end
function add.place(out, f)
  if f.subtype then return end -- roads
  table.insert(out.places, f.name)
  for _, m in ipairs(f.mentions) do
    if m.how == "short" then table.insert(out.places, m.quote) end -- 青石, of 青石镇
  end
end

-- Dates have the year that the document itself knows: not that of a reference date. 去年9月
-- is told from the day of publishing, and is none of them.
local function add_date(out, f, words, iso)
  if OTHER_YEARS[words:sub(1, 6)] then return end
  if f.source == "reference" then iso = iso:gsub("^%d%d%d%d", "XXXX") end
  table.insert(out.dates, { text = words, iso = iso })
end
function add.time(out, f)
  if f.day then add_date(out, f, f.day_text, f.day) end -- 7月7日3时
  if f.subtype then return end -- clocks, lunar days, as-of words
  add_date(out, f, f.text, f.value)
end
function add.scheme(out, f)
  if f.subtype then return end -- slogans in a row, which have no name of their own
  local s = { name = f.name, count = or_null(f.count), members = json.array(f.members) }
  if f.aliases then s.aliases = json.array(f.aliases) end
  table.insert(out.schemes, s)
end
function add.enumeration(out, f)
  table.insert(out.enumerations, json.array(f.items))
end

-- annotate.document(raw, {id=, ref_date=, pack=}) -> table for JSON | nil, message, position, code
function annotate.document(raw, o)
  local text, message, position, code = tm.clean(raw)
  if not text then return nil, message, position, code end
  local out = { id = o.id, title = json.null, published = json.null, source = json.null,
    facts = json.array {} }
  for _, key in ipairs { "authors", "editors", "keywords", "boilerplate", "quantities",
                         "people", "places", "dates", "schemes", "enumerations" } do
    out[key] = json.array {}
  end
  metadata(text, out)
  blocks(text, raw, out)
  local facts = extract.run(o.pack or tm.pack "zh.report", text, { ref = o.ref_date })
  local sha = core.sha256(raw)
  for _, f in ipairs(facts) do
    if add[f.type] then add[f.type](out, f) end
    table.insert(out.facts, facts_of.export(f, text, sha))
  end
  return out
end

return annotate
