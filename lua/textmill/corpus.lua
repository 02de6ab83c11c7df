-- textmill.corpus - the corpus as Lua sees it: every method that yields many
-- things returns a result, every fact is an object, `add` takes folders, files,
-- lists, NDJSON and metadata sheets. The C half (csrc/lua/l_corpus.c) does the
-- storing, searching and reading; nothing here touches SQL.

local core = require "textmill.core"
local explain = require "textmill.explain"
local extraction = require "textmill.extraction"
local incremental = require "textmill.incremental"
local inputs = require "textmill.inputs"
local json = require "textmill.json"
local matches = require "textmill.matches"
local result = require "textmill.result"
local rules = require "textmill.rule"
local screen = require "textmill.screen"
local stored = require "textmill.stored"
local verdicts = require "textmill.verdicts"
local view = require "textmill.view"

local corpus = {}
local methods = {}

corpus.__name = "textmill.corpus"
corpus.__index = methods
corpus.__tostring = function(self)
  if not self.store then return "textmill.corpus (closed)" end
  local s = self.store:stats()
  return ("textmill.corpus(%s: %d documents, %d facts)")
    :format(self.path or "in memory", s.documents, s.facts)
end
corpus.__close = function(self) methods.close(self) end

local function has_word(list, name)
  for word in list:gmatch "%S+" do if word == name then return true end end
end

-- The options table, or an empty one; names that are not in the list raise.
local function check_options(o, known)
  for key in pairs(o or {}) do
    if not has_word(known, key) then
      error(("unknown option '%s' (there are: %s)"):format(tostring(key), known), 3)
    end
  end
  return o or {}
end

-- corpus.open(path | nil, [{mode="r"|"rw"|"create", fts5=boolean}]); nil: in memory
function corpus.open(path, o)
  o = check_options(o, "mode fts5")
  return setmetatable({ store = core.open(path, o), path = path }, corpus)
end

function methods:close()
  if self.store then self.store:close() end
  self.store = nil
end

local function open_store(self)
  if type(self) == "table" and self.store then return self.store end
  if not getmetatable(self) or type(self) == "string" then
    error("a corpus is expected before a colon: c:facts{}, not c.facts{}", 3)
  end
  error("the corpus is closed", 3)
end

corpus.__len = function(self) return #open_store(self) end

-- adding -------------------------------------------------------------------

local ADDED_COLUMNS <const> = { "what", "id", "path", "code", "message" }

local function one_document(doc)
  local k = 0
  return function()
    k = k + 1
    return k == 1 and doc or nil
  end
end

local function documents_of(source)
  if type(source) == "string" then return inputs.documents { source } end
  if source.text or source.raw or source.bytes_b64 then
    local doc = source.raw and source or inputs.document(source)
    doc.meta = doc.meta or {}
    return one_document(doc)
  end
  return inputs.documents(source)
end

local function open_sheet(o)
  if not o.meta then return nil end
  local rows, header, n = inputs.sheet(o.meta, o.key)
  return { rows = rows, header = header, n = n, key = o.key or header[1], used = {}, path = o.meta }
end

local function log_failure(store, doc, message, code)
  local name = doc.path or doc.id or "?"
  if doc.line then name = name .. ":" .. doc.line end
  store:log { path = name, message = message, code = code }
  return { what = "failed", id = doc.id, path = name, code = code, message = message }
end

-- The document as the store takes it: its metadata are JSON now.
local function finished_fields(doc, o)
  doc.meta = doc.meta and next(doc.meta) and json.plain(doc.meta) or nil
  doc.date, doc.charset = doc.date or o.date, doc.charset or o.charset
  return doc
end

-- What became of a document; a bad one becomes a row, never an error.
local function receipt_row(store, doc, receipt, message, _, code)
  if not receipt then return log_failure(store, doc, message, code) end
  receipt.path = doc.path
  return receipt
end

-- The record's document into the store.
local function add_record(store, record, o)
  local receipt, message, _, code = store:add(record, o.date, o.charset)
  return receipt or log_failure(store, record:head(), message, code)
end

-- One after the other. What fits a record needs no table.
local function add_serially(store, documents, o, done, record)
  for doc in documents, record do
    if doc == record then done(add_record(store, record, o), #record)
    elseif doc.message then done(log_failure(store, doc, doc.message, doc.code))
    else done(receipt_row(store, doc, store:add(finished_fields(doc, o))), #doc.raw) end
  end
end

-- The same, in the same order, with threads that clean and cut ahead of the writer. What could not be
-- read waits for its turn.
local function add_in_parallel(store, documents, o, done, record)
  local workers <close> = store:workers(o.jobs)
  local unread, first, last = {}, 1, 0
  local function finish_one()
    local doc, receipt, bytes = unread[first]
    if doc then unread[first] = nil else receipt, bytes = workers:next() end
    first = first + 1
    if receipt then done(receipt, bytes) return end
    doc = doc or bytes
    done(log_failure(store, doc, doc.message, doc.code))
  end
  for doc in documents, record do
    while workers:full() or last - first > 10000 do finish_one() end
    last = last + 1
    if doc == record then assert(workers:put(record, o.date, o.charset))
    elseif doc.message then unread[last] = doc
    else assert(workers:put(finished_fields(doc, o))) end
  end
  while first <= last do finish_one() end
end

-- Rows of a sheet that no document had, in their order; how many.
local function log_unused(store, sheet)
  local keys = {}
  for key, row in pairs(sheet.rows) do
    if not sheet.used[row] then keys[#keys + 1] = key end
  end
  table.sort(keys)
  for _, key in ipairs(keys) do
    store:log { path = key, code = "notfound", message = "a row of " .. sheet.path .. " without a document" }
  end
  return #keys
end

local outcomes = { { "added", "added" }, { "same", "the same bytes as another (all sources kept)" },
                   { "replaced", "replaced" }, { "failed", "failed" } }

-- "12 documents: 10 added, 2 failed": what did not happen is not said
local function summary_line(counts, sheet)
  local said = {}
  for _, o in ipairs(outcomes) do
    if counts[o[1]] > 0 then said[#said + 1] = counts[o[1]] .. " " .. o[2] end
  end
  local parts = { screen.count(counts.all, "document") .. (#said > 0 and ": " or "")
                  .. table.concat(said, ", ") }
  if sheet then
    local names = {}
    for _, name in ipairs(sheet.header) do
      if name ~= sheet.key then names[#names + 1] = name end
    end
    parts[2] = ("%s: %s, columns %s -> metadata; %s without a document, %s without a row%s")
      :format(sheet.path, screen.count(sheet.n, "row"), table.concat(names, " "),
        screen.count(counts.unused, "row"), screen.count(counts.unmatched, "document"),
        counts.unused + counts.unmatched > 0 and " (table add_log)" or "")
  end
  return table.concat(parts, "\n")
end

-- The last call of on_progress: the work is over.
local function finished(o, done, counts)
  counts.finished = true
  o.on_progress(done, counts)
  counts.finished = nil
end

local function check_jobs(o)
  if o.jobs and (math.type(o.jobs) ~= "integer" or o.jobs < 1 or o.jobs > 64) then
    error("jobs is a number of threads, 1 to 64", 3)
  end
end

-- c:add(path | {path, ...} | {text=|raw=, id=, url=, date=, meta=}, [o]) -> result
--   o.meta, o.key   metadata sheet (CSV) and its key column (default: the first)
--   o.files         the path is a list of files, one a line
--   o.date          date of documents that have none
--   o.charset
--   o.on_progress   function(done, counts), as tm.progress: counts.bytes of documents, counts.share
--                   of the input that is read, 0 to 1 (nil where it is not known)
--   o.keep          "failed": the result has only rows of what failed, not one a document
--   o.jobs          threads that clean and cut words, the one that writes among them
function methods:add(source, o)
  local store = open_store(self)
  o = check_options(o, "meta key files date charset on_progress jobs keep")
  check_jobs(o)
  if o.keep and o.keep ~= "failed" and o.keep ~= "all" then error("keep is 'all' or 'failed'", 2) end
  if o.files then source = inputs.list_file(source) end
  local sheet = open_sheet(o)
  local counts = { doing = "add", all = 0, added = 0, same = 0, replaced = 0, failed = 0, unmatched = 0,
                   bytes = 0 }
  local rows, documents, _, share = {}, documents_of(source)
  store:begin(o.jobs)
  local function done(row, bytes)
    counts.all = counts.all + 1
    counts[row.what] = counts[row.what] + 1
    counts.bytes = counts.bytes + (bytes or 0)
    if o.keep ~= "failed" or row.what == "failed" then rows[#rows + 1] = row end
    if not o.on_progress then return end
    counts.share = share and share()
    o.on_progress(counts.all, counts)
  end
  local next_document = documents
  local function joined()
    local doc = next_document()
    if doc and not doc.message and not inputs.join(sheet, doc) then
      counts.unmatched = counts.unmatched + 1
      store:log { path = doc.path or doc.id, code = "notfound", message = "no row in " .. sheet.path }
    end
    return doc
  end
  local add_all = (o.jobs or 1) > 1 and add_in_parallel or add_serially
  if sheet then documents = joined end
  local ok, e = pcall(add_all, store, documents, o, done, not sheet and core.record() or nil)
  if ok and sheet then counts.unused = log_unused(store, sheet) end
  store:commit() -- what went in stays in, also when something raised
  if o.on_progress then finished(o, counts.all, counts) end
  if not ok then error(e, 0) end
  counts.share, counts.doing = nil, nil
  local summary = summary_line(counts, sheet)
  local r = result.new { rows = rows, columns = ADDED_COLUMNS, title = summary }
  rawset(r, "summary", summary)
  for key, n in pairs(counts) do rawset(r, key, n) end
  return r
end

-- c:remove(doc id) -> true | nil, message, position, code
function methods:remove(id) return open_store(self):remove(id) end

-- reading ------------------------------------------------------------------

local function right(name, title) return { name = name, title = title, align = "right" } end

-- c:docs() -> result
function methods:docs()
  return result.new {
    rows = open_store(self):docs(), empty = "no documents",
    columns = { "doc", "title", "published", "source", right("characters", "chars"), "charset", "script",
                right "glosses", right("articles", "art."), { name = "path", cut = "left" },
                { name = "sha256", hidden = true }, { name = "url", hidden = true } },
  }
end

-- One line about it; tostring(d.text) is the whole text.
local doc_mt = { __name = "textmill.doc", __tostring = function(d)
  return ("textmill.doc(%s: %s)"):format(d.id, getmetatable(d.text).__inspect(d.text))
end }

-- c:doc(id) -> {id, raw, text, meta, sources} | nil, message, position, code
function methods:doc(id)
  local d, message, position, code = open_store(self):doc(id)
  if not d then return nil, message, position, code end
  return setmetatable(d, doc_mt)
end

-- c:cite "002#10,20" -> quote, {doc, raw, clean, display, left, right, path, sha256}
function methods:cite(citation)
  local row, message, position, code = open_store(self):cite(citation)
  if not row then return nil, message, position, code end
  return row.display, row
end

local stats_mt = { __name = "textmill.stats", __tostring = function(s)
  local function n(key, word) return screen.count(s[key], word) end
  return ("%s (%s), %s, %s, %s, %s%s; %s removed, %d dated, %d without a date")
    :format(n("documents", "document"), n("sources", "source"), n("articles", "article"),
      n("characters", "character"), n("tokens", "token"),
      s.words and screen.count(s.words, "different word") .. ", " or "", n("facts", "fact"),
      screen.count(s.glosses, "gloss", "glosses"), s.dated, s.documents - s.dated)
end }

function methods:stats()
  local s = open_store(self):stats()
  if self.scope_ then s.words = nil end -- known of the whole file only
  return setmetatable(s, stats_mt)
end

-- c:where{date={from=,to=}, place=, source=, doc=, any metadata key} -> view
function methods:where(conditions) return view.new(self, open_store(self), conditions) end

local function counted(what)
  return function(r)
    local t = rawget(r, "totals")
    return ("%s in %s of %s, %s"):format(screen.count(t.hits, "hit"), screen.count(t.articles, "article"),
      screen.count(t.documents, "document"), what)
  end
end

-- What was found, counted by each key: a result a key, by its name.
local function facet_results(rows, keys)
  local lists, facets = {}, {}
  for _, row in ipairs(rows) do
    lists[row.facet] = lists[row.facet] or {}
    table.insert(lists[row.facet], row)
  end
  for _, key in ipairs(keys) do
    facets[key] = result.new { rows = lists[key] or {}, empty = "nothing found",
      columns = { { name = "value", title = key }, right "articles", right "hits" } }
  end
  return facets
end

-- c:search(query, [{in=, mode=, limit=, offset=, context=, doc=, max_ms=, facets=, totals=}]) -> result
function methods:search(query, o)
  o = check_options(o, "in mode limit offset context doc max_ms facets totals")
  local rows, totals, facets = open_store(self):search(query, o)
  local r = result.new {
    rows = rows, title = totals and counted "best first" or "best first",
    columns = { "doc", { name = "title", width = 24 }, right "hits",
                { name = "snippet", keep = true, mark = "‹" }, "cite", { name = "score", hidden = true } },
  }
  rawset(r, "totals", totals)
  if o.facets then rawset(r, "facets", facet_results(facets, o.facets)) end
  return r
end

-- c:count(query | pattern, [o]) -> hits, documents
function methods:count(query, o)
  if type(query) ~= "string" then
    return matches.count(open_store(self), query, check_options(o, "max_ms"))
  end
  local t = open_store(self):count(query, check_options(o, "in mode doc max_ms"))
  return t.hits, t.documents
end

-- c:sql(query, values..., [{write=true}]) -> result; write: tables of one's own
function methods:sql(query, ...)
  local rows, columns = open_store(self):sql(query, ...)
  return result.new { rows = rows, columns = columns, empty = "no rows" }
end

-- The groups of which at least two articles are in the view, numbered anew.
local function within_view(self, rows)
  local groups, kept, number, last = {}, {}, 0, nil
  for _, row in ipairs(rows) do
    if self.store:in_scope(row.doc, row.article) then
      groups[row.group] = groups[row.group] or {}
      table.insert(groups[row.group], row)
    end
  end
  for _, row in ipairs(rows) do
    local g = groups[row.group]
    if row.group ~= last and g and #g > 1 then
      last, number = row.group, number + 1
      for _, one in ipairs(g) do kept[#kept + 1] = { row = one, group = number } end
    end
  end
  for k, one in ipairs(kept) do
    kept[k] = one.row
    one.row.group = one.group
  end
  return kept
end

-- c:duplicates([{threshold=0.8}]) -> result: groups of articles that are nearly the same
function methods:duplicates(o)
  o = check_options(o, "threshold")
  local rows = open_store(self):duplicates(o.threshold or 0.8)
  if self.scope_ then rows = within_view(self, rows) end
  local groups = rows[1] and rows[#rows].group or 0
  for _, row in ipairs(rows) do row.similarity = math.floor(row.similarity * 1e4 + 0.5) / 1e4 end
  return result.new {
    rows = rows, empty = "no near duplicates",
    title = groups > 0 and screen.count(groups, "group") .. " of " .. screen.count(#rows, "article") or nil,
    columns = { right "group", "doc", { name = "title", width = 30 }, right "similarity", "cite",
                { name = "article", hidden = true } },
  }
end

-- c:verify() -> result of problems; none when all is well
function methods:verify()
  return result.new { rows = open_store(self):verify(), columns = { "doc", "problem" },
                      empty = "all is well" }
end

-- c:reindex() -> number of documents: all cut anew, with the lexicon and user words of today
function methods:reindex() return open_store(self):reindex() end

-- c:compact(): the index in one segment, without what was removed
function methods:compact()
  open_store(self):compact()
end

require "textmill.corpus_words" (methods, open_store, check_options)

-- patterns and facts ---------------------------------------------------------

-- c:match(pattern, [{limit=, max_ms=}]) -> result of the matches, body text only. They are
-- counted first; their lines are read when they are asked for.
function methods:match(pattern, o)
  return matches.result(self, open_store(self), pattern, check_options(o, "limit max_ms"))
end

-- c:extract(pack, [{ref_date=, max_ms=, again=, jobs=, on_progress=}]) -> summary (prints itself)
--   jobs   threads that run the pack, the one that writes among them. The others load it by
--          themselves: a pack that is neither textmill's nor a file's is run by one
function methods:extract(p, o)
  open_store(self)
  o = check_options(o, "ref_date max_ms again jobs on_progress")
  check_jobs(o)
  p = rules.pack.new(p)
  local summary = { doing = "extract", pack = p.name, version = p.version, documents = 0, unchanged = 0,
                    facts = 0, mentions = 0, errors = {} }
  local depends = incremental.new(p, incremental.groups(self.store))
  self.store:begin()
  local all = #self.store:ids()
  local function done(id, n, mentions, errors)
    local read = n and "documents" or "unchanged"
    summary[read] = summary[read] + 1
    summary.facts, summary.mentions = summary.facts + (n or 0), summary.mentions + (mentions or 0)
    for _, one in ipairs(errors or {}) do
      one.doc = id
      summary.errors[#summary.errors + 1] = one
    end
    if not o.on_progress then return end
    local n_read = summary.documents + summary.unchanged
    summary.share = n_read / all
    o.on_progress(n_read, summary)
  end
  local run = (o.jobs or 1) > 1 and p.source and extraction.in_parallel or extraction.serially
  local ok, e = pcall(run, self.store, depends, o, done)
  if ok then self.store:forget_runs() end
  self.store:commit()
  if o.on_progress then finished(o, summary.documents + summary.unchanged, summary) end
  summary.doing, summary.share = nil, nil
  if not ok then error(e, 0) end
  summary.jobs = e or 1
  return setmetatable(summary, { __tostring = explain.summary })
end

-- All columns of facts, and which of them are printed: quantities have their
-- own, everything else is one line of what it is about and what it says.
local FACT_COLUMNS <const> = { "type", "place", "label", "detail", "item", "name", "value", "lo", "hi",
  "unit", "approx", "scope", "role", "members", "time", "quote", "cite", "doc", "place_code", "status",
  "verdict", "rule", "id" }
local only_shown = { label = true, detail = true } -- what other columns say
local widths = { label = 28, detail = 60, item = 28, quote = 40 }
local printed_of_quantities = "place item value unit approx scope quote cite"
local printed_of_others = "place label detail cite"

local function fact_columns(rows)
  local types, n = {}, 0
  for _, f in ipairs(rows) do
    if not types[f.type] then types[f.type], n = true, n + 1 end
  end
  local printed = (n == 1 and types.quantity and printed_of_quantities or printed_of_others)
    .. (n > 1 and " type" or "")
  local columns = {}
  for k, name in ipairs(FACT_COLUMNS) do
    columns[k] = { name = name, width = widths[name], shown = only_shown[name],
                   align = name == "value" and "right" or nil,
                   hidden = not printed:find("%f[%w_]" .. name .. "%f[^%w_]") }
  end
  return columns
end

-- c:facts{type=, place=, item=, doc=, colour=, ...} -> result of facts
function methods:facts(where)
  local store = open_store(self)
  if where ~= nil and type(where) ~= "table" then error("facts: a table {type=, place=, ...} expected", 2) end
  local rows = stored.facts_of(store, where or {}, verdicts.apply)
  return result.new { rows = rows, empty = "no facts", columns = fact_columns(rows) }
end

-- c:explain(fact) -> text, from rule to raw bytes
function methods:explain(f) return explain.fact(self, f) end

-- c:why(cite | string, pack) -> text: why there is no fact
function methods:why(where, p) return explain.why(self, where, rules.pack.new(p)) end

verdicts.methods(methods, open_store)
require "textmill.concordance"(methods, open_store, check_options, counted)
require "textmill.statistics".methods(methods, open_store, check_options)
require "textmill.timeline".methods(methods, open_store, check_options)
require "textmill.compare".methods(methods, open_store, check_options)
require "textmill.report".methods(methods, open_store, check_options)

view.take(methods, "sample timeline compare collocates frequencies keyness keywords dispersion similar "
  .. "stats docs doc cite search count match kwic facts duplicates explain why report where")

return corpus
