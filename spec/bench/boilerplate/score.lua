-- score.lua - makes the pages of a half and scores what textmill finds in them.
--
--   score.pages("dev"|"held", n, bodies)    n flattened and n HTML pages
--   score.run(pages) -> { all=, family=, kind=, meta= }
--
-- Characters that are not white space, by their place in the raw bytes:
--   hit     boilerplate in truth and found as boilerplate
--   P = hit / found, R = hit / true, F = 2PR / (P + R)
-- Metadata: a page is right when the value (all values, in any order) is the
-- true one; pages where truth and result are both empty count, too.
local core = require "textmill.core"
local page = require "spec.bench.boilerplate.page"
local prose = require "spec.bench.boilerplate.prose"
local tm = require "textmill"

local score = {}

score.files = {
  dev = { flat = { "dev_flat", "dev_flat_more" }, html = { "dev_html", "dev_html_more" } },
  held = { flat = { "held_flat" }, html = { "held_html" } },
}
score.seeds = { dev = 20200204, held = 19491001 }

local function sorted_names(t)
  local names = {}
  for name in pairs(t) do names[#names + 1] = name end
  table.sort(names)
  return names
end

local function traditional(s) return (assert(tm.convert(s, "s2tw"))) end

local function display(s) return (tm.normalize(s, "display")) end

-- Truth as a reader sees it: simplified, half width.
local function shown(meta)
  for key, v in pairs(meta) do
    if type(v) == "string" then
      meta[key] = display(v)
    elseif type(v) == "table" then
      for i, s in ipairs(v) do v[i] = display(s) end
    end
  end
end

-- bodies: a function that returns paragraphs to put in the place of invented ones, or nil
function score.pages(half, n, bodies)
  local words = require("spec.bench.boilerplate.words_" .. half)
  local pages, random = {}, page.random(score.seeds[half])
  for _, form in ipairs { "flat", "html" } do
    local families = {}
    for _, file in ipairs(score.files[half][form]) do
      for name, make in pairs(require("spec.bench.boilerplate." .. file)) do families[name] = make end
    end
    local names = sorted_names(families)
    for k = 1, n do
      local family = names[(k - 1) % #names + 1]
      local p = page.new(random, family == "traditional" and traditional or nil)
      local w = prose.new(words, random)
      if bodies then function w.paragraph() return bodies() end end
      w:begin()
      if form == "flat" and p:chance(30) then p.newline = p:pick { "\r\n", "\n\n" } end
      families[family](p, w)
      if p.convert then
        for key, v in pairs(p.meta) do p.meta[key] = type(v) == "string" and p.convert(v) or v end
        for _, list in ipairs { p.meta.authors, p.meta.keywords, p.meta.editors } do
          for i, s in ipairs(list) do list[i] = p.convert(s) end
        end
      end
      shown(p.meta)
      pages[#pages + 1] = p:finish(form .. " " .. family, form)
    end
  end
  return pages
end

local function row(t, key)
  t[key] = t[key] or { hit = 0, found = 0, gold = 0, body_lost = 0 }
  return t[key]
end

-- How many characters of raw[from+1, to] are not white space (blanks of all widths).
local function count(raw, from, to)
  local s = raw:sub(from + 1, to):gsub("[ \t\r\n]+", ""):gsub("\u{3000}", ""):gsub("\u{A0}", "")
  return utf8.len(s, 1, -1, true) or #s
end

-- Raw spans of the boilerplate blocks, 0-based half-open, with their reasons.
local function found_spans(text)
  local list = {}
  for _, b in ipairs(text:blocks "boilerplate") do
    local i, j = text:raw(b.i, b.j)
    list[#list + 1] = { from = i - 1, to = j, reason = b.reason }
  end
  return list
end

local function characters(p, text, result)
  local spans, at = found_spans(text), 1
  for _, t in ipairs(p.truth) do
    while spans[at] and spans[at].to <= t.from do at = at + 1 end
    local all, hit, k = count(p.raw, t.from, t.to), 0, at
    while spans[k] and spans[k].from < t.to do
      hit = hit + count(p.raw, math.max(t.from, spans[k].from), math.min(t.to, spans[k].to))
      k = k + 1
    end
    local is = page.boilerplate[t.kind]
    if t.kind ~= "neutral" then
      for _, r in ipairs { row(result.all, "all"), row(result.all, p.form), row(result.family,
          p.family) } do
        r.found = r.found + hit
        if is then r.hit, r.gold = r.hit + hit, r.gold + all end
      end
      local r = row(result.kind, t.kind)
      r.gold, r.found, r.hit = r.gold + all, r.found + hit, r.hit + (is and hit or all - hit)
      if result.errors and (is and hit < all or not is and hit > 0) then
        table.insert(result.errors, ("%s\t%s\t%s\t%s"):format(p.family, is and "MISSED" or "LOST", t.kind,
                                                                   p.raw:sub(t.from + 1, t.to)))
      end
    end
  end
end

local singles = { "title", "published", "source" }
local lists = { authors = "author", editors = "editor", keywords = "keyword" }
score.fields = { "title", "published", "source", "authors", "editors", "keywords", "articles" }

local function strip(s) return s and (s:gsub("%s+", "")) end

local function metadata(p, text, result)
  local one, many = {}, { author = {}, editor = {}, keyword = {} }
  for _, m in ipairs(text:meta()) do
    if many[m.key] then table.insert(many[m.key], strip(m.value)) end
    one[m.key] = one[m.key] or strip(m.value)
  end
  one.published = one.published and one.published:sub(1, 10)
  local function say(field, want, got)
    local r = result.meta[field] or { right = 0, n = 0 }
    result.meta[field] = r
    r.n, r.right = r.n + 1, r.right + (want == got and 1 or 0)
    if result.errors and want ~= got then
      table.insert(result.errors, ("%s\t%s\twant %s\tgot %s"):format(p.family, field, want, got))
    end
  end
  for _, key in ipairs(singles) do say(key, tostring(strip(p.meta[key])), tostring(one[key])) end
  for field, key in pairs(lists) do
    local want = {}
    for i, s in ipairs(p.meta[field]) do want[i] = strip(s) end
    table.sort(want)
    table.sort(many[key])
    say(field, table.concat(want, "|"), table.concat(many[key], "|"))
  end
  say("articles", tostring(p.meta.articles), tostring(#text:articles()))
end

-- errors: a list to which what went wrong is added, or nil
function score.run(pages, errors)
  local result = { all = {}, family = {}, kind = {}, meta = {}, errors = errors }
  for _, p in ipairs(pages) do
    local text = assert(core.clean(p.raw))
    characters(p, text, result)
    metadata(p, text, result)
  end
  return result
end

function score.prf(r)
  local P = r.found > 0 and r.hit / r.found or 1
  local R = r.gold > 0 and r.hit / r.gold or 1
  return P, R, P + R > 0 and 2 * P * R / (P + R) or 0
end

return score
