-- textmill.matches - c:match: the matches of a pattern in a corpus.
--
--   core    doc 3: 2 matches, doc 7: 1, ...       counted in C, nothing else is kept
--   r[2]    the second of doc 3                   the document is read, its matches are found
--                                                 again, with captures and sentences
--
-- So a result of a million matches takes no more memory than one of ten, and the corpus must
-- be open, and as it was, while lines are read.

local core = require "textmill.core"
local explain = require "textmill.explain"
local extract = require "textmill.extract"
local result = require "textmill.result"
local screen = require "textmill.screen"
local whereabouts = require "textmill.whereabouts"

local matches = {}

local RECENT <const> = 64 -- documents whose lines are kept at hand

-- Says of clean positions, in rising order, whether their article is in scope; each
-- article is asked about once.
local function scope_of(store, id, text)
  local articles, number, known = text:_articles(), 1, {}
  return function(i)
    while articles[number + 1] and articles[number + 1].i <= i do number = number + 1 end
    if known[number] == nil then known[number] = store:in_scope(id, number) end
    return known[number]
  end
end

-- The lines of one document.
local function lines_of(corpus, store, pattern, id)
  local text = corpus:doc(id).text
  local doc, inside, rows = extract.document(text, {}), scope_of(store, id, text), {}
  for _, m in ipairs(doc:matches(pattern)) do
    if inside(m.i) then rows[#rows + 1] = explain.match_row(doc, id, m) end
  end
  return rows
end

local function changed()
  error("the corpus has changed since its matches were counted: ask again", 0)
end

local rows = {}

function rows.__len(self) return #self.found end

function rows.__index(self, k)
  if math.type(k) ~= "integer" then return nil end
  local number, at, of = self.found:at(k)
  if not number then return nil end
  local list = self.recent[number]
  if not list then
    if not self.corpus.store then error("the corpus is closed, and this line was not read before", 0) end
    local id = self.store:name(number) or changed()
    list = lines_of(self.corpus, self.store, self.pattern, id)
    if #list < of or (#list > of and not self.limited) then changed() end
    if self.has_facts then whereabouts.add_places(self.corpus, self.store, list) end
    if self.n_recent == RECENT then self.recent, self.n_recent = {}, 0 end
    self.recent[number], self.n_recent = list, self.n_recent + 1
  end
  return list[at]
end

-- Nothing was asked for: limit = 0.
local NONE <const> = setmetatable({ at = function() end, documents = function() return 0, 0, 0 end },
  { __len = function() return 0 end })

-- Made when somebody prints it: the documents of a large corpus take a while to be counted.
local function title_of(store, found, limited)
  local n, title = (found:documents()), nil
  return function()
    if title then return title end
    local ok, ids = pcall(function() return #store:ids() end)
    title = ("%s in %d of %s"):format(screen.count(#found, "match", "matches"), n,
      screen.count(ok and ids or n, "document")) .. (limited and ", no more were looked for" or "")
    return title
  end
end

-- matches.result(corpus or view, its open store, pattern, {limit=, max_ms=}) -> result
function matches.result(corpus, store, pattern, o)
  pattern = core.pattern(pattern)
  local found = o.limit == 0 and NONE or store:match(pattern, o)
  local limited = o.limit ~= nil and #found == o.limit
  local has_facts = #store:sql "SELECT 1 FROM facts_flat LIMIT 1" > 0
  local lines = setmetatable({ corpus = corpus, store = store, pattern = pattern, found = found,
    limited = limited, has_facts = has_facts, recent = {}, n_recent = 0 }, rows)
  local documents, _, articles = found:documents()
  local r = result.new { rows = lines, title = title_of(store, found, limited),
    columns = { "doc", { name = "place", width = 12, hidden = not has_facts },
                { name = "match", title = "sentence" }, "captures", "cite" } }
  rawset(r, "totals", { hits = #found, articles = articles, documents = documents })
  return r
end

-- matches.count(store, pattern, {max_ms=}) -> matches, documents
function matches.count(store, pattern, o)
  local found = store:match(core.pattern(pattern), o)
  return #found, (found:documents())
end

return matches
