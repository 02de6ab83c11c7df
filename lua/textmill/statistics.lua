-- textmill.statistics - which words, how often, near which others, and where: the
-- corpus methods collocates, frequencies, keyness, keywords, dispersion. The counting
-- is done in C (csrc/store/stream.c, collocates.c, frequencies.c, where the formulas
-- and their sources stand).

local core = require "textmill.core"
local keywords = require "textmill.keywords"
local result = require "textmill.result"
local screen = require "textmill.screen"
local view = require "textmill.view"

local statistics = {}

local function right(name, title) return { name = name, title = title, align = "right" } end
local function hidden(name) return { name = name, align = "right", hidden = true } end

local function rounded(rows, names, digits)
  local scale = 10.0 ^ (digits or 2)
  for _, row in ipairs(rows) do
    for name in names:gmatch "%S+" do
      if row[name] then row[name] = math.floor(row[name] * scale + 0.5) / scale end
    end
  end
  return rows
end

-- words ------------------------------------------------------------------------

-- The value of a document for a key: year, month, doc, or any column or metadata.
local function value_of(c, row, by)
  local date = tostring(row.published or row.date or "")
  if by == "year" then return date:match "^%d%d%d%d" end
  if by == "month" then return date:match "^%d%d%d%d%-%d%d" end
  if by == "doc" then return row.doc end
  if row[by] ~= nil then return result.cell(row[by]) end
  local d = c:doc(row.doc)
  local own = d and d.meta[by]
  if own then return own end
  for _, source in ipairs(d and d.sources or {}) do
    local meta = source.meta and require "textmill.json".decode(source.meta)
    if type(meta) == "table" and meta[by] ~= nil then return result.cell(meta[by]) end
  end
end

-- {value = list of doc ids}, values in order; documents without one are left out
local function groups_of(c, store, by)
  local groups, names, without = {}, {}, 0
  for _, row in ipairs(store:docs()) do
    local v = value_of(c, row, by)
    if not v then
      without = without + 1
    else
      if not groups[v] then
        groups[v] = {}
        names[#names + 1] = v
      end
      table.insert(groups[v], row.doc)
    end
  end
  table.sort(names)
  return groups, names, without
end

local WORDS_EACH <const> = 10 -- of each group, where no word is asked for

-- Rows of a count in every group: of a query, else of each group's commonest words.
local function by_group(self, store, o)
  local groups, names, without = groups_of(self, store, o.by)
  if #names == 0 then error(("no document says its '%s'"):format(o.by), 3) end
  local rows = {}
  for _, name in ipairs(names) do
    local v = view.new(self, store, { doc = groups[name] })
    if o.q then
      local d = v.store:dispersion(o.q)
      rows[#rows + 1] = { by = name, word = o.q, count = d.hits, docs = d.range, words = d.words,
                          per_million = d.words > 0 and 1e6 * d.hits / d.words or 0 }
    else
      local asked = { of = o.of, n = o.n, min = o.min, limit = o.limit or WORDS_EACH }
      local list, total = v.store:frequencies(asked)
      for _, row in ipairs(list) do
        row.by, row.words = name, total
        rows[#rows + 1] = row
      end
    end
  end
  return result.new { rows = rounded(rows, "per_million"), empty = "no words",
    columns = { { name = "by", title = o.by }, "word", right "count", right("per_million", "per million"),
                right "docs", hidden "words" },
    chart = { label = "by", value = o.q and "per_million" or "count" },
    note = without > 0 and screen.count(without, "document") .. " without one left out" or nil }
end

local function sum_of(store, o)
  local rows, total = store:frequencies { of = o.of, n = o.n, min = o.min, limit = o.limit or 1000 }
  local classes = o.of == "tags" or o.of == "kind"
  return result.new { rows = rounded(rows, "per_million"), empty = "no words",
    title = screen.count(total, (o.n or 1) > 1 and ("run of %d words"):format(o.n) or "word",
      (o.n or 1) > 1 and ("runs of %d words"):format(o.n) or "words"),
    columns = { { name = "word", title = classes and (o.of == "kind" and "kind" or "tag") or nil },
                right "count", right("per_million", "per million"),
                classes and right("words", "different words") or right "docs" },
    chart = { label = "word", value = "count" } }
end

-- near, against, how even ----------------------------------------------------------

local COLLOCATES <const> = { "word", right "count", right "left", right "right", right "frequency",
  right "logdice", right "ll", right "mi", right "t", hidden "expected" }

local KEYNESS <const> = { "word", right "count", right("per_million", "per million"), right "other",
  right("other_per_million", "per million there"), right "ll", right("log_ratio", "log ratio") }

local dispersion_methods = {}
local lines_of = setmetatable({}, { __mode = "k" }) -- of measures: makes the concordance

-- d:save "x.svg" -> true | nil, message, position, code: where in each document it stands
function dispersion_methods:save(path)
  local kind = path:match "%.(%w+)$"
  if kind ~= "svg" then error("a dispersion is saved as .svg", 2) end
  return lines_of[self]():save(path)
end

local dispersion_mt = { __name = "textmill.dispersion_measures", __index = dispersion_methods,
  __tostring = function(d)
    return ("%s in %d of %s (%s): Juilland's D %.3f, DP %.3f (normalised %.3f)"):format(
      screen.count(d.hits, "hit"), d.range, screen.count(d.parts, "document"), screen.count(d.words, "word"),
      d.juilland, d.dp, d.dp_norm)
  end }

-- methods ----------------------------------------------------------------------------

function statistics.methods(methods, open, check)

  -- c:collocates(query, [{span=5, by="logdice"|"ll"|"mi"|"t", min=3, limit=50}]) -> result
  function methods:collocates(query, o)
    o = check(o, "span by min limit")
    local rows, totals = open(self):collocates(query,
      { span = o.span, by = o.by, min = o.min, limit = o.limit or 50 })
    local r = result.new { rows = rounded(rows, "logdice ll mi t expected"), columns = COLLOCATES,
      empty = ("no collocates of %d occurrences (min says how often at least)"):format(totals.nodes),
      title = ("%s of %s among %s; %d words on each side, by %s"):format(
        screen.count(totals.nodes, "occurrence"), query, screen.count(totals.words, "word"),
        o.span or 5, o.by or "logdice"),
      chart = { label = "word", value = o.by or "logdice" } }
    rawset(r, "totals", totals)
    return r
  end

  -- c:frequencies([{of="words"|"tags"|"kind", n=, by=, q=, min=, limit=}]) -> result
  function methods:frequencies(o)
    o = check(o, "of n by q min limit")
    local store = open(self)
    if o.q and not o.by then error("q: how often in each of what? (by = \"year\", \"doc\", ...)", 2) end
    if o.by then return by_group(self, store, o) end
    return sum_of(store, o)
  end

  -- c:keyness(other, [{min=3, limit=100}]) -> result: words of this part against the other
  function methods:keyness(other, o)
    o = check(o, "min limit")
    local store = open(self)
    if other ~= nil and getmetatable(other) ~= view and other ~= (self.base_ or self) then
      error("a view of this corpus expected: c:where{...}:keyness(c:where{...})", 2)
    end
    if getmetatable(other) == view and other.base_ ~= (self.base_ or self) then
      error("both views must be of one corpus", 2)
    end
    local rows = store:keyness(other and other.scope_ or nil, { min = o.min, limit = o.limit or 100 })
    return result.new { rows = rounded(rows, "per_million other_per_million ll log_ratio"), columns = KEYNESS,
      empty = "no words", chart = { label = "word", value = "ll" } }
  end

  -- c:dispersion(query) -> measures, which print themselves
  function methods:dispersion(query)
    local d = open(self):dispersion(query)
    lines_of[d] = function() return self:kwic(query) end
    return setmetatable(d, dispersion_mt)
  end

  -- c:similar(doc, [{n=10}]) -> result | nil, message, position, code
  function methods:similar(doc, o)
    o = check(o, "n")
    local rows, message, position, code = open(self):similar(doc, o.n)
    if not rows then return nil, message, position, code end
    return result.new { rows = rounded(rows, "similarity", 4), empty = "none is like it",
      columns = { "doc", { name = "title", width = 60 }, right "similarity" } }
  end

  -- c:keywords([{doc=, n=20}]) -> result
  function methods:keywords(o)
    o = check(o, "doc n")
    local part = o.doc and view.new(self, open(self), { doc = o.doc }) or self
    if o.doc and part.documents == 0 then error(("no document is named '%s'"):format(o.doc), 2) end
    local list, rows = keywords.weigh(open(part):frequencies {}, core.lexicon()), {}
    table.move(list, 1, math.min(o.n or 20, #list), 1, rows)
    return result.new { rows = rounded(rows, "score per_million"), empty = "no words",
      columns = { "word", right "count", right "docs", right "background", right "score" },
      chart = { label = "word", value = "score" } }
  end
end

return statistics
