-- textmill.concordance - c:kwic: every occurrence of a query or of a pattern on a line,
-- the node in the middle; sorted by what stands around it or by the metadata, drawn by
-- lot when there are too many to read.

local core = require "textmill.core"
local explain = require "textmill.explain"
local result = require "textmill.result"
local screen = require "textmill.screen"
local verdicts = require "textmill.verdicts"
local whereabouts = require "textmill.whereabouts"

local in_c = { left = true, right = true, centre = true, none = true }

-- Where a line's context ends when it may not leave the sentence.
local function within_sentence(row)
  local both = row.left .. row.node .. row.right
  local from, to = explain.sentence(both, #row.left + 1, #row.left + #row.node, 1e9)
  row.left = both:sub(from, #row.left)
  row.right = both:sub(#row.left + #row.node + from, to)
  return row
end

-- The value of a line's document for a sort key: a column of docs or any metadata.
local function metadata(c, store, key)
  local of, known = {}, false
  for _, row in ipairs(store:docs()) do
    local v = row[key]
    if v == nil then
      local d = c:doc(row.doc)
      v = d.meta[key]
      for _, source in ipairs(v == nil and d.sources or {}) do
        local meta = source.meta and require "textmill.json".decode(source.meta)
        if type(meta) == "table" and v == nil then v = meta[key] end
      end
    end
    of[row.doc], known = v, known or v ~= nil
  end
  return of, known
end

local function sort_by(c, store, rows, key)
  local of, known = metadata(c, store, key)
  if not known and #rows > 0 then
    error(("sort: '%s' is none of left, right, centre, nor a column or metadata of documents")
      :format(key), 3)
  end
  for _, row in ipairs(rows) do row[key] = row[key] or of[row.doc] end
  return key
end

-- Lines of a pattern, in the form the store gives those of a query.
local function lines_of_pattern(self, pattern, context, max_ms)
  local rows, docs, articles = {}, {}, {}
  for m in self:match(pattern, { max_ms = max_ms }) do
    local text = self:doc(m.doc).text
    local clean = tostring(text)
    local from = utf8.offset(clean, -context, m.i) or 1
    local to = utf8.offset(clean, context + 1, m.j + 1) or #clean + 1
    local function shown(i, j)
      return (core.normalize(clean:sub(i, j), "display"):gsub("%s*\n%s*", " "))
    end
    local title
    for k, a in ipairs(text:articles()) do
      if a.i <= m.i then title, articles[m.doc .. "#" .. k] = a.title, true end
    end
    docs[m.doc] = true
    rows[#rows + 1] = { doc = m.doc, title = title and core.normalize(title, "display"), cite = m.cite,
                        left = shown(from, m.i - 1), node = shown(m.i, m.j), right = shown(m.j + 1, to - 1) }
  end
  local totals = { hits = #rows, articles = 0, documents = 0 }
  for _ in pairs(docs) do totals.documents = totals.documents + 1 end
  for _ in pairs(articles) do totals.articles = totals.articles + 1 end
  return rows, totals
end

-- Bytes of each document, for a picture; of a corpus that was closed since, none.
local function sizes_of(c)
  local sizes = {}
  local ok, docs = pcall(c.docs, c)
  for _, row in ipairs(ok and docs or {}) do sizes[row.doc] = row.bytes end
  return sizes
end

-- "; 5 more in captions and keyword lists": what stands outside of the bodies.
local function elsewhere(c, query, o, shown)
  if type(query) ~= "string" or o["in"] then return "" end
  local ok, all = pcall(c.count, c, query, { ["in"] = "all", mode = o.mode, doc = o.doc, max_ms = o.max_ms })
  if not ok or all <= shown then return "" end
  return ("; %s in captions, keyword lists and menus not shown (in = \"all\")")
    :format(screen.count(all - shown, "hit"))
end

return function(methods, open, check, counted)

  -- c:kwic(query | pattern, [{sort=, context=, within=, limit=, sample=, seed=, ...}]) -> result
  function methods:kwic(query, o)
    o = check(o, "in mode limit offset context doc sort sample seed within max_ms")
    local store = open(self)
    if o.within and o.within ~= "sentence" then error("within: sentence expected", 2) end
    if o.sample and (math.type(o.sample) ~= "integer" or o.sample < 1) then
      error("sample: a number of lines expected", 2)
    end
    local rows, totals
    local later = o.sort and not in_c[o.sort] or o.sample
    if type(query) == "string" then
      rows, totals = store:kwic(query, { ["in"] = o["in"], context = o.context, doc = o.doc, mode = o.mode,
        max_ms = o.max_ms,
        sort = in_c[o.sort] and o.sort or nil, limit = not later and o.limit or nil,
        offset = not later and o.offset or nil })
    else
      rows, totals = lines_of_pattern(o.doc and self:where { doc = o.doc } or self, query, o.context or 20,
                                        o.max_ms)
      later = true
    end
    if o.within then for _, row in ipairs(rows) do within_sentence(row) end end
    if o.sample then
      rows = verdicts.draw(rows, o.sample, o.seed or 1, function(row) return row.cite end)
    end
    local key = o.sort and not in_c[o.sort] and sort_by(self, store, rows, o.sort) or nil
    if not key and o.sort and o.sort ~= "none" and type(query) ~= "string" then
      error("lines of a pattern are sorted by metadata: sort = \"published\", ...", 2)
    end
    local what = o.sample and ("%d drawn, seed %s"):format(#rows, o.seed or 1) or "concordance"
    local head, more = counted(what), nil
    local has_facts = #store:sql "SELECT 1 FROM facts_flat LIMIT 1" > 0
    local r = result.new {
      rows = has_facts and whereabouts.add_places(self, store, rows) or rows,
      title = function(r)
        more = more or elsewhere(self, query, o, totals.hits)
        return head(r) .. more
      end,
      columns = { "doc", { name = "place", width = 12, hidden = not has_facts },
                  { name = "title", width = 20, hidden = has_facts },
                  { name = "left", align = "right", cut = "left", width = 34 },
                  { name = "node" }, { name = "right", width = 34 }, { name = "cite", hidden = true } },
    }
    if key then r = r:sort(key) end
    if type(query) == "string" and not o.sample then
      rawset(r, "chart_", { kind = "dispersion", doc = "doc", at = "raw_from",
        sizes = function() return sizes_of(self) end })
    end
    if later and (o.limit or o.offset) then
      local from = (o.offset or 0) + 1
      local all, part = {}, {}
      for k = 1, #r do all[k] = r[k] end
      table.move(all, from, math.min(#all, from - 1 + (o.limit or #all)), 1, part)
      r = result.pick(r, part)
    end
    rawset(r, "totals", totals)
    return r
  end
end
