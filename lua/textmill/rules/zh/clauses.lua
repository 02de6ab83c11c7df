-- The clauses of a text, and where words stand that rules wait for.
--
--   clauses.wait "严禁 禁止 不得"     before any text: words some rule wants
--   clauses.of(doc)                -> list of clauses, made once a document
--   clauses.with(doc, words, kinds) -> iterator: token k, its clause; words: a set
--
-- A clause ends at , 。 ; : ! ? or the end of its block:
--   { i, j   bytes of shown text     a, b   tokens     mark  what ends it
--     n      its place in the list   part   counts sentences (。 ! ? ;)
--     block  the block it stands in  quoted it lies in a quotation of sentences }
--
-- One walk over the tokens finds the ends and all words waited for: rules that
-- find nothing cost nothing.

local vocabulary = require "textmill.rules.zh.vocabulary"

local clauses = {}

local waited = {}

-- clauses.wait(words) -> set of the words in the string, each now waited for
function clauses.wait(words)
  local set = vocabulary.set(words)
  for w in pairs(set) do waited[w] = true end
  return set
end

local ENDS <const> = vocabulary.set ", 。 ; : ! ? \n …… …"
local PARTS <const> = vocabulary.set "。 ; ! ? \n"
ENDS["\n"], PARTS["\n"] = true, true
local BODY <const> = { paragraph = true, list = true, heading = true, caption = true }
local RUNNING <const> = { paragraph = true, list = true }
clauses.ENDS = ENDS

-- Depth of “ ” behind token k of a clause.
local function depth_after(word, depth)
  if word == "“" or word == "「" then return depth + 1 end
  if word == "”" or word == "」" then return math.max(0, depth - 1) end
  return depth
end

-- Adds the clauses of one block, tokens from to to; what was waited for goes
-- to `places`.
local function of_block(doc, b, from, to, list, places, part)
  local words, tags = doc.words, doc.tags
  local a, depth, quoted = from, 0, false
  local function close(last, mark)
    if last >= a then
      local i = doc:span(a)
      local _, j = doc:span(last)
      list[#list + 1] = { i = i, j = j, a = a, b = last, mark = mark, n = #list + 1, part = part,
                          block = b, quoted = quoted }
    end
  end
  for k = from, to do
    local w = words[k]
    if ENDS[w] then
      close(k - 1, w)
      a = k + 1
      quoted = depth > 0
      if PARTS[w] then part = part + 1 end
    else
      depth = depth_after(w, depth)
      if k == a and depth > 0 then quoted = true end
      if waited[w] or tags[k] == "nt" then places[#places + 1] = k end
    end
  end
  close(to, "\n")
  return part + 1
end

local function build(doc)
  local list, part = { places = {} }, 1
  local places = list.places
  for _, b in ipairs(doc.blocks) do
    if BODY[b.kind] and b.sj >= b.si then
      part = of_block(doc, b, doc:token_at(b.si), doc:token_at(b.sj), list, places, part)
    end
  end
  return list
end

function clauses.of(doc)
  local list = doc.clause_list
  if not list then
    list = build(doc)
    doc.clause_list = list
  end
  return list
end

-- The clause that holds token k, from clause number n on.
local function holding(list, k, n)
  while list[n] and list[n].b < k do n = n + 1 end
  local c = list[n]
  return c and c.a <= k and c or nil, n
end

-- clauses.with(doc, words, [kinds], [tag]) -> iterator: token, clause; in blocks
-- of these kinds (default: paragraphs and lists); tag "nt": those tokens, too
function clauses.with(doc, words, kinds, tag)
  kinds = kinds or RUNNING
  local list, p, n, c = clauses.of(doc), 0, 1, nil
  local places, text = list.places, doc.words
  return function()
    while true do
      p = p + 1
      local k = places[p]
      if not k then return nil end
      if words[text[k]] or tag and doc.tags[k] == tag then
        c, n = holding(list, k, n)
        if c and kinds[c.block.kind] then return k, c end
      end
    end
  end
end

-- clauses.at(doc, i, [j]) -> the clause that holds the shown bytes i..j, or nil
function clauses.at(doc, i, j)
  local list = clauses.of(doc)
  local lo, hi = 1, #list
  while lo < hi do
    local mid = (lo + hi + 1) // 2
    if list[mid].i <= i then lo = mid else hi = mid - 1 end
  end
  local c = list[lo]
  return c and c.i <= i and c.j >= (j or i) and c or nil
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
  for k = a, b do
    if set[doc.words[k]] then return k end
  end
end

-- Does a token of a..b have one of the tags?
function clauses.has_tag(doc, a, b, tags)
  for k = a, b do
    if tags[doc.tags[k]] then return k end
  end
  return nil
end

local LOOSE <const> = vocabulary.set "” ) 、"
local PAIRS <const> = { ["”"] = "“", [")"] = "(" }

-- Bytes of the tokens a..b, without blanks and lone marks at their ends.
function clauses.trim(doc, a, b)
  local words, tags = doc.words, doc.tags
  while a < b and (tags[a] == "blank" or LOOSE[words[a]]) do a = a + 1 end
  while b > a do
    local w = words[b]
    local open = PAIRS[w]
    if tags[b] ~= "blank" and w ~= "“" and w ~= "(" and w ~= "、"
      and not (open and not clauses.first(doc, a, b, { [open] = true })) then break end
    b = b - 1
  end
  local i = doc:span(a)
  local _, j = doc:span(b)
  return i, j
end

-- Does a clause have only things counted, no verb: 村主干10人?
local COUNTS <const> = vocabulary.set "m q"
local COUNTED <const> = vocabulary.set "人 户 家 名 个 起 辆"
function clauses.counted(doc, c)
  if c.b - c.a > 8 or not (COUNTS[doc.tags[c.b]] or COUNTED[doc.words[c.b]]) then return false end
  for k = c.a, c.b do
    local tag = doc.tags[k]
    if tag == "v" or tag == "p" or tag == "d" or tag == "c" then return false end
  end
  return clauses.has_tag(doc, c.a, c.b, { m = true }) ~= nil
end

return clauses
