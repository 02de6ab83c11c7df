-- textmill.concordance - c:kwic: every occurrence of a query or of a pattern on a line,
-- the node in the middle; sorted by what stands around it or by the metadata, drawn by
-- lot when there are too many to read. Lines are written when they are asked for.

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

-- lines that are read when they are asked for ------------------------------------

local FIRST <const>, PAGE <const> = 64, 1024 -- lines read at once: at first, and from then on

local lines = {}

function lines.__len(self) return self.n end

-- The page that line k is on: its first line, and how many.
local function page_of(k)
  if k <= FIRST then return 1, FIRST end
  if k <= PAGE then return FIRST + 1, PAGE - FIRST end
  return (k - 1) // PAGE * PAGE + 1, PAGE
end

function lines.__index(self, k)
  if math.type(k) ~= "integer" or k < 1 or k > self.n then return nil end
  local from, n = page_of(k)
  if not self.pages[from] then
    if not self.corpus.store then error("the corpus is closed, and this line was not read before", 0) end
    self.pages[from] = self.read(from, math.min(n, self.n - from + 1))
  end
  return self.pages[from][k - from + 1]
end

-- n lines, of which read(from, n) makes a list; the first are read at once.
local function lazy(corpus, n, read)
  local self = setmetatable({ corpus = corpus, n = n, read = read, pages = {} }, lines)
  local _ = self[1]
  return self
end

-- Lines of a query: how many, what reads them, the totals.
local function of_query(store, query, o)
  local found, totals = store:kwic(query, o)
  return o.limit == 0 and 0 or #found, function(from, n) return store:lines(found, from, n) end, totals
end

-- A line of a pattern, in the form the store gives those of a query.
local function line_of(match, text, context)
  local clean = tostring(text)
  local from = utf8.offset(clean, -context, match.i) or 1
  local to = utf8.offset(clean, context + 1, match.j + 1) or #clean + 1
  local function shown(i, j)
    return (core.normalize(clean:sub(i, j), "display"):gsub("%s*\n%s*", " "))
  end
  local title
  for _, a in ipairs(text:articles()) do
    if a.i <= match.i then title = a.title end
  end
  return { doc = match.doc, title = title and core.normalize(title, "display"), cite = match.cite,
           left = shown(from, match.i - 1), node = shown(match.i, match.j),
           right = shown(match.j + 1, to - 1) }
end

local function of_pattern(corpus, pattern, o)
  local found = (o.doc and corpus:where { doc = o.doc } or corpus):match(pattern, { max_ms = o.max_ms })
  local skip, id, text = o.offset or 0, nil, nil
  local function read(from, n)
    local rows = {}
    for k = 1, n do
      local match = found[skip + from + k - 1]
      if match.doc ~= id then id, text = match.doc, corpus:doc(match.doc).text end
      rows[k] = line_of(match, text, o.context or 20)
    end
    return rows
  end
  return math.max(0, math.min(o.limit or math.huge, #found - skip)), read, rawget(found, "totals")
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
    if type(query) ~= "string" and in_c[o.sort] and o.sort ~= "none" then
      error("lines of a pattern are sorted by metadata: sort = \"published\", ...", 2)
    end
    local later = o.sort and not in_c[o.sort] or o.sample -- every line is wanted first
    local asked = { ["in"] = o["in"], context = o.context, doc = o.doc, max_ms = o.max_ms, mode = o.mode,
      sort = in_c[o.sort] and o.sort or nil, limit = not later and o.limit or nil,
      offset = not later and o.offset or nil }
    local n, read, totals
    if type(query) == "string" then n, read, totals = of_query(store, query, asked)
    else n, read, totals = of_pattern(self, query, asked) end
    local has_facts = #store:sql "SELECT 1 FROM facts_flat LIMIT 1" > 0
    local rows = lazy(self, n, function(from, many)
      local page = read(from, many)
      if o.within then for _, row in ipairs(page) do within_sentence(row) end end
      return has_facts and whereabouts.add_places(self, store, page) or page
    end)
    if o.sample then
      rows = verdicts.draw(rows, o.sample, o.seed or 1, function(row) return row.cite end)
    end
    local key = o.sort and not in_c[o.sort] and sort_by(self, store, rows, o.sort) or nil
    local what = o.sample and ("%d drawn, seed %s"):format(#rows, o.seed or 1) or "concordance"
    local head, more = counted(what), nil
    local r = result.new {
      rows = rows,
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
