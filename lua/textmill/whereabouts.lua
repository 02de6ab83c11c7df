-- textmill.whereabouts - what an article is about and says of itself: the place most
-- of its facts have, and the stretch of text around a fact.

local explain = require "textmill.explain"

local whereabouts = {}
whereabouts.__index = whereabouts

-- whereabouts.new(corpus or view, its open store, [doc]); doc: of that document alone
function whereabouts.new(c, store, doc)
  local articles = {}
  local select <const> = "SELECT doc, number, title, clean_from, clean_to FROM articles "
  local rows = doc and store:sql(select .. "WHERE doc = ? ORDER BY number", doc)
               or store:sql(select .. "ORDER BY doc, number")
  for _, row in ipairs(rows) do
    local list = articles[row.doc] or {}
    articles[row.doc], list[row.number] = list, row
  end
  return setmetatable({ corpus = c, articles = articles, texts = {} }, whereabouts)
end

-- Number of the article a fact stands in.
function whereabouts:article(f)
  local number = 1
  for k, a in ipairs(self.articles[f.doc] or {}) do
    if f.clean_from and a.clean_from <= f.clean_from then number = k end
  end
  return number
end

-- One document's text is kept at a time: facts come by document.
function whereabouts:text(doc)
  if self.doc ~= doc then self.doc, self.kept = doc, self.corpus:doc(doc).text end
  return self.kept
end

-- The sentence a fact stands in, 0-based half-open clean span and its text.
function whereabouts:sentence(f, width)
  if not f.clean_from then return f.quote or "" end
  local clean = tostring(self:text(f.doc))
  local from, to = explain.sentence(clean, f.clean_from + 1, f.clean_to, width or 60)
  return clean:sub(from, to), from - 1, to
end

-- Counts the places of facts: {[doc#article] = {place=, code=}}: the one most facts of
-- the article have, the first of equals.
function whereabouts:places(facts)
  local counts, best = {}, {}
  for k = 1, #facts do
    local f = facts[k]
    if f.place and f.type ~= "place" then
      local key = f.doc .. "#" .. self:article(f)
      local here = counts[key] or {}
      counts[key] = here
      here[f.place] = (here[f.place] or 0) + 1
      local b = best[key]
      if not b or here[f.place] > here[b.place] then best[key] = { place = f.place, code = f.place_code } end
    end
  end
  return best
end

-- Rows {doc=, cite=} get a field `place`, that of their article; it is looked up when somebody
-- asks for it, so that lines nobody reads cost nothing.
function whereabouts.add_places(c, store, rows)
  local known = {} -- of each document
  local function of_document(doc)
    local w = whereabouts.new(c, store, doc)
    return { where = w, text = c:doc(doc).text, places = w:places(c:facts { doc = doc }) }
  end
  local function place(row)
    local from = tonumber(row.cite:match "#(%d+),")
    known[row.doc] = known[row.doc] or of_document(row.doc)
    local here = known[row.doc]
    local at = { doc = row.doc, clean_from = (here.text:at(from + 1, from + 1) or 1) - 1 }
    return (here.places[row.doc .. "#" .. here.where:article(at)] or {}).place
  end
  local mt = { __index = function(row, key)
    if key ~= "place" then return nil end
    local ok, found = pcall(place, row) -- the corpus may be closed by now
    row.place = ok and found or ""
    return row.place
  end }
  for _, row in ipairs(rows) do setmetatable(row, mt) end
  return rows
end

return whereabouts
