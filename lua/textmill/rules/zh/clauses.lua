-- The clauses of a text, and where words stand that rules wait for.
--
--   clauses.wait "严禁 禁止 不得"     before any text: words some rule wants
--   clauses.of(doc)                -> list of clauses, made once a document
--   clauses.with(doc, words, kinds) -> iterator: token k, its clause; words: a set
--   clauses.told(doc, words, kinds) -> the same, but of quotations of sentences
--
-- A clause ends at , 。 ; : ! ? or the end of its block, or where it has become endless:
--   { i, j   bytes of shown text     a, b   tokens     mark  what ends it
--     n      its place in the list   part   counts sentences (。 ! ? ;)
--     block  the block it stands in  quoted it lies in a quotation of sentences }
--
-- The core finds the ends (csrc/core/clauses.c) and all words waited for, in one walk;
-- a clause becomes a table when somebody asks for it.

local cues = require "textmill.cues"
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"

local clauses = {}

-- clauses.wait(words) -> set of the words in the string, each now waited for
function clauses.wait(words)
  local set = vocabulary.set(words)
  cues.bits(set)
  return set
end

local RUNNING <const> = { paragraph = true, list = true }

-- Makes clause n of the list when it is asked for.
local lazy <const> = { __len = function(list) return list.count end }
function lazy.__index(list, n)
  if n < 1 or n > list.count then return nil end
  local c = list.doc.view:clause(n, list.doc.blocks)
  list[n] = c
  return c
end

function clauses.of(doc)
  local list = doc.clause_list
  if not list then
    list = setmetatable({ doc = doc, count = doc.view:clauses() }, lazy)
    doc.clause_list = list
  end
  return list
end

local function nothing() end

-- Iterates over places: token, clause; those of tokens alone that pass the test, if any.
local function over(doc, places, test)
  if not places then return nothing end
  local list, p = clauses.of(doc), -1
  return function()
    local k
    repeat
      p = p + 2
      k = places[p]
      if not k then return nil end
    until not test or test(doc, k)
    return k, list[places[p + 1]]
  end
end

-- clauses.with(doc, words, [kinds], [tag], [test]) -> iterator: token, clause; in blocks
-- of these kinds (default: paragraphs and lists); tag "nt": those tokens, too;
-- test(doc, k): false for tokens whose clause need not be looked at
function clauses.with(doc, words, kinds, tag, test)
  return over(doc, doc:places(words, tag == "nt", kinds or RUNNING), test)
end

-- clauses.told(doc, words, [kinds], [test]) -> the same without what lies in quotations
function clauses.told(doc, words, kinds, test)
  return over(doc, doc:places(words, false, kinds or RUNNING, true), test)
end

-- clauses.at(doc, i, [j]) -> the clause that holds the shown bytes i..j, or nil
function clauses.at(doc, i, j)
  local n = doc.view:clause_at(i, j or i)
  return n and clauses.of(doc)[n]
end

-- The clause before c in its sentence, or nil; the one behind it.
function clauses.before(doc, c)
  local o = clauses.of(doc)[c.n - 1]
  return o and o.part == c.part and o.block == c.block and o or nil
end

function clauses.behind(doc, c)
  local o = clauses.of(doc)[c.n + 1]
  return o and o.part == c.part and o.block == c.block and o or nil
end

-- The first token of a..b whose word is in the set, or nil.
function clauses.first(doc, a, b, set)
  local words = doc.words
  for k = a, b do
    if set[words[k]] then return k end
  end
end

-- The first token of the clause whose word is in the set, or nil; looked for once a clause.
function clauses.first_in(doc, c, set)
  local at = c[set]
  if at == nil then
    at = clauses.first(doc, c.a, c.b, set) or false
    c[set] = at
  end
  return at or nil
end

-- The first token of a..b that is the word, or nil.
function clauses.word(doc, a, b, word)
  local words = doc.words
  for k = a, b do
    if words[k] == word then return k end
  end
end

-- Does a token of a..b have one of the tags?
function clauses.has_tag(doc, a, b, tags)
  local of = doc.tags
  for k = a, b do
    if tags[of[k]] then return k end
  end
  return nil
end

-- clauses.first_cue(doc, a, b, cues) -> the same of words that are cues (clauses.wait)
function clauses.first_cue(doc, a, b, words) return doc.view:first_of(cues.bits(words), a, b) end

-- clauses.holds(doc, c, marks, [from]): does one of the strings stand in the clause, at `from` or behind it?
-- Where the last of them stands is looked for once a clause.
function clauses.holds(doc, c, marks, from)
  local last = c[marks]
  if last == nil then
    last = text.last(doc.shown, marks, c.i, c.j) or false
    c[marks] = last
  end
  return last and (not from or last >= from) or false
end

-- clauses.ends_before(doc, k, c, words): does the clause up to token k end with one of the strings?
function clauses.ends_before(doc, k, c, words)
  return text.ends_at(doc.shown, c.i, doc:span(k) - 1, words)
end

-- Bytes of the tokens a..b, without blanks and lone marks at their ends.
function clauses.trim(doc, a, b) return doc.view:trimmed(a, b) end

-- Does a clause have only things counted, no verb: 村主干10人?
local COUNTS <const>, NUMERAL <const> = vocabulary.set "m q", { m = true }
local COUNTED <const> = vocabulary.set "人 户 家 名 个 起 辆"
function clauses.counted(doc, c)
  if c.b - c.a > 8 or not (COUNTS[doc.tags[c.b]] or COUNTED[doc.words[c.b]]) then return false end
  for k = c.a, c.b do
    local tag = doc.tags[k]
    if tag == "v" or tag == "p" or tag == "d" or tag == "c" then return false end
  end
  return clauses.has_tag(doc, c.a, c.b, NUMERAL) ~= nil
end

return clauses
