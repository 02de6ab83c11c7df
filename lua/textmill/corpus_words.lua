-- textmill.corpus_words - the corpus methods about words: words of one's own,
-- groups of words, and words that the list lacks. A corpus's words are stored in
-- its file and count in everything that is done with it.

local core = require "textmill.core"
local failure = require "textmill.failure"
local result = require "textmill.result"

-- 100000 -> 100,000
local function grouped(n)
  local s = ("%d"):format(n):reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
  return s
end

local function words(n) return grouped(n) .. (n == 1 and " word" or " words") end

-- "3 words added. 41 documents of 100,000 contain them and were re-segmented; ..."
local report_mt = { __name = "textmill.words_report", __tostring = function(r)
  if r.added + r.removed == 0 then return "No word is new; nothing had to be done." end
  local said = {}
  if r.added > 0 then said[1] = words(r.added) .. " added" end
  if r.removed > 0 then said[#said + 1] = (r.added > 0 and grouped or words)(r.removed) .. " removed" end
  return ("%s. %s of %s %s %s and %s re-segmented; statistics are up to date."):format(
    table.concat(said, ", "), r.contain == 1 and "1 document" or grouped(r.contain) .. " documents",
    grouped(r.documents), r.contain == 1 and "contains" or "contain",
    r.added + r.removed == 1 and "it" or "them", r.contain == 1 and "was" or "were")
end }

-- Calls each(word, options) for what `list` names: a string of words, a list of
-- words and {word, tag=, class=, weight=, force=}, or a result with a column word:
-- of that the rows with accepted == true, or all when none says.
local function each_word(list, each)
  if type(list) == "string" then
    for word in list:gmatch "%S+" do each(word) end
  elseif result.is(list) then
    local chosen = false
    for k = 1, #list do chosen = chosen or list[k].accepted ~= nil end
    for k = 1, #list do
      if not chosen or list[k].accepted == true then each(list[k].word) end
    end
  elseif type(list) == "table" then
    for _, one in ipairs(list) do
      if type(one) == "table" then
        each(one.word or one[1], { tag = one.tag, class = one.class, weight = one.weight, force = one.force })
      else
        each(one)
      end
    end
  else
    error("words are a string, a list or a result", 3)
  end
end

local function add_to(lex)
  return function(word, o)
    local ok, message = lex:add(word, o)
    if not ok then error(("'%s': %s"):format(word, message), 0) end
  end
end

-- The words of the options as a lexicon of changes.
local function changes_of(o)
  local lex = core.lexicon()
  if o.file then
    local n, message, position, code = lex:load(o.file)
    if not n then failure(code, message, position) end
  end
  if o.add then each_word(o.add, add_to(lex)) end
  if o.remove then each_word(o.remove, function(word) lex:remove(word) end) end
  return lex
end

local USERWORDS_COLUMNS <const> = { "word", "tag", "class", { name = "weight", align = "right" }, "force",
  "removed" }

local function right(name) return { name = name, align = "right" } end

local NEW_WORDS_COLUMNS <const> = { "word", right "count", right "docs", right "cohesion", right "left",
  right "right", { name = "example", width = 36 }, "cite" }

-- Puts the methods into the table; `open` gives the open store, `check` the options.
return function(methods, open, check)

  -- c:userwords{add=, remove=, file=} -> report, which prints itself; c:userwords() -> result
  function methods:userwords(o)
    local store = open(self)
    if o == nil then
      local rows = store:userwords()
      for _, row in ipairs(rows) do row.force, row.removed = row.force ~= 0, row.removed ~= 0 end
      return result.new { rows = rows, columns = USERWORDS_COLUMNS, empty = "no words of its own" }
    end
    o = check(o, "add remove file")
    return setmetatable(store:userwords(changes_of(o)), report_mt)
  end

  -- c:group(name, "word word" | {word, ...}); c:group() -> result
  function methods:group(name, list)
    local store = open(self)
    if name == nil then
      return result.new { rows = store:group(), columns = { "name", "word" }, empty = "no groups" }
    end
    if type(list) == "table" then list = table.concat(list, "\n") .. "\n" end
    store:group(name, list)
  end

  -- c:new_words([{min_count=, min_docs=, max_len=, n=, min_cohesion=, min_entropy=}]) -> result
  function methods:new_words(o)
    return result.new { rows = open(self):new_words(o), columns = NEW_WORDS_COLUMNS, empty = "no new words" }
  end
end
