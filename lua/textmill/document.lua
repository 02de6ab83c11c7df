-- textmill.document - one text as rules see it.
--
--   clean  "設立14個卡點"   what spans of facts count in
--     |  display map
--   shown  "设立14个卡点"   simplified, half width: what rules read
--     |  tokens: words and tags as lists
--   word(k) tag(k) span(k)
--
-- Positions in `shown` are 1-based inclusive bytes like everywhere in Lua.

local core = require "textmill.core"
local cues = require "textmill.cues"

local document = {}
document.__index = document
document.__name = "textmill.document"

local ids <const>, known_bits <const> = cues.ids, cues.known
local bits_of_cues <const> = cues.bits

-- Methods of what a document holds, which are called at every turn: they need not be looked up there.
local view_has <const>, view_next <const> = core.docview_methods.has, core.docview_methods.next
local view_range <const>, view_places <const> = core.docview_methods.range, core.docview_methods.places
local view_any <const>, view_spots <const> = core.docview_methods.any, core.docview_methods.spots
local token_span <const>, token_at <const> = core.tokens_methods.span, core.tokens_methods.at

-- display form of clean[i, j]
function document:display(i, j)
  return self.shown:sub(self:to_shown(i, j))
end

-- positions between clean and shown text
function document:to_shown(i, j)
  return self.map:to(i, j)
end

function document:to_clean(i, j)
  return self.map:from(i, j)
end

-- blocks -----------------------------------------------------------------

-- the block that holds clean position i, or nil; and its number
function document:block_at(i)
  local n = self.view:clean_block(i)
  if n then return self.blocks[n], n end
end

-- the block that holds shown position i; and its number
function document:shown_block(i)
  local n = self.view:shown_block(i)
  if n then return self.blocks[n], n end
end

-- the article that holds clean position i
function document:article_at(i)
  local list = self.articles
  local lo, hi = 1, #list
  if hi == 1 then return list[1], 1 end
  while lo <= hi do
    local mid = (lo + hi) // 2
    local a = list[mid]
    if i < a.i then hi = mid - 1 elseif i > a.j then lo = mid + 1 else return a, mid end
  end
  return list[#list], #list
end

-- searching --------------------------------------------------------------

-- Makes the view anew, since there are cues that it does not know: those of a list that a rule asks with
-- for the first time.
local function renewed(doc)
  doc.view = core.docview(doc.shown, doc.tokens, doc.map, doc.text, cues.needles())
  doc.known = #doc.view
  return doc.view
end

-- The bits of a list or set of strings, and a view that knows these.
local function bits_and_view(doc, strings)
  local bits = known_bits[strings] or bits_of_cues(strings)
  return bits, doc.known < cues.n and renewed(doc) or doc.view
end

-- Does one of the strings of a list stand in shown text? They become cues.
function document:has_any(strings)
  local bits, view = bits_and_view(self, strings)
  return view_any(view, bits)
end

local kind_bits <const> = setmetatable({}, { __mode = "k" })

-- The kinds of blocks in a set as the core takes them; made once for each table.
local function bits_of(kinds)
  local bits = kind_bits[kinds]
  if not bits then
    bits = core.block_kinds(kinds)
    kind_bits[kinds] = bits
  end
  return bits
end

-- The tokens in blocks of these kinds that are one of the words (a list or a set), or whose
-- last character is: { token, number of its block, token, ... }; nil where there is none.
function document:tokens_with(words, kinds)
  local bits, view = bits_and_view(self, words)
  return view:whole(bits, kind_bits[kinds] or bits_of(kinds))
end

-- opens, passed: only where the next token begins with a character of the first set
-- (core.char_bits), blanks and tokens that begin with one of the second not counted.
function document:tokens_ending(characters, kinds, opens, passed)
  local bits, view = bits_and_view(self, characters)
  return view:ending(bits, kind_bits[kinds] or bits_of(kinds), opens, passed)
end

-- The words (a list or a set) among the tokens of clauses: { token, number of its clause,
-- token, ... }; with nt also tokens of this tag; in blocks of these kinds; with told none
-- that stand in a quotation of sentences; nil where there is none.
function document:places(words, nt, kinds, told)
  local bits = known_bits[words] or bits_of_cues(words)
  local view = self.known < cues.n and renewed(self) or self.view
  return view_places(view, bits, nt, kinds and (kind_bits[kinds] or bits_of(kinds)), told)
end

-- Where the string stands in shown text at or after p, or nil. Of what is no cue
-- that was found last is kept, so that walks block by block stay linear in the text.
function document:find(s, p)
  local id = ids[s]
  if id and id <= self.known and p > 0 then return (view_next(self.view, id, p)) end
  local at, since = self.found[s], self.found_from[s]
  if not at or p < since or p > at then
    at = self.view:find(s, p) or math.maxinteger
    self.found[s], self.found_from[s] = at, p
  end
  return at < math.maxinteger and at or nil
end

local function nothing() end

-- Of a string that is no cue.
local function each_plain(self, s, kinds)
  local p, b = 1, nil
  return function()
    while true do
      local at = self.view:find(s, p)
      if not at then return nil end
      p = at + #s
      if not b or at > b.sj or at < b.si then b = self:shown_block(at) end
      if b and kinds[b.kind] then return at, b end
    end
  end
end

-- Where runs of ASCII digits stand in shown text: { i, j, i, j, ... }, made once.
function document:digits()
  local list = self.digit_runs
  if not list then
    list = self.view:digits() or {}
    self.digit_runs = list
  end
  return list
end

-- Iterates over the string in shown text: its position and its block, those
-- in blocks of these kinds alone.
function document:each(s, kinds)
  local id, view, blocks, size, p = ids[s], self.view, self.blocks, #s, 1
  if not id or id > self.known then return each_plain(self, s, kinds) end
  if not view_has(view, id) then return nothing end
  return function()
    while true do
      local at, n = view_next(view, id, p)
      if not at then return nil end
      p = at + size
      local b = blocks[n]
      if b and kinds[b.kind] then return at, b end
    end
  end
end

-- The same of several strings (a list or a set; they become cues), in the order of the
-- text: position, block, which of them, the token that holds it and its first byte.
local function over(self, spots)
  if not spots then return nothing end
  local list, blocks, p = cues.list, self.blocks, -4
  return function()
    p = p + 5
    local at = spots[p]
    if at then return at, blocks[spots[p + 2]], list[spots[p + 1]], spots[p + 3], spots[p + 4] end
  end
end

function document:each_of(strings, kinds)
  local bits, view = bits_and_view(self, strings)
  return over(self, view_spots(view, bits, kind_bits[kinds] or bits_of(kinds)))
end

-- The same where one ends a token that is none of the words `others`, unless the token is no
-- more than it; or begins one of the words `leads`.
function document:each_tail(strings, kinds, others, leads)
  local not_these, these = bits_of_cues(others), bits_of_cues(leads)
  local bits, view = bits_and_view(self, strings)
  return over(self, view:tails(bits, bits_of(kinds), not_these, these))
end

-- The numbers of items in these blocks: { number of a block that begins with one, how it is written,
-- its value, where its words begin, ... }; where the string (第) may begin one: { byte, block, byte, ... }.
function document:marks(s, kinds)
  if not ids[s] then cues.add { s } end
  local view = self.known < cues.n and renewed(self) or self.view
  return view:numbered(bits_of(kinds), ids[s])
end

local numbers_made <const> = setmetatable({}, { __mode = "k" })

-- The numbers of the strings of a list, which become cues; made once for each table.
local function numbers_of(strings)
  local list = {}
  cues.add(strings)
  for k, s in ipairs(strings) do list[k] = ids[s] end
  numbers_made[strings] = list
  return list
end

-- What stands between two marks, of those in the list { open, close, ... }: see quotes.lua.
function document:between(marks)
  local list = numbers_made[marks] or numbers_of(marks)
  local view = self.known < cues.n and renewed(self) or self.view
  return view:quotations(list, self.blocks)
end

local function gave_up(failure)
  error({ code = failure.code, position = failure.position,
          message = ("%s, from byte %d on"):format(failure.message, failure.position) }, 0)
end

-- Finds what all patterns of the pack match, in one pass.
local function run_set(run, text)
  local set, index = run.patterns(run.pack)
  local lists, failures = set:matches(text, run.limits)
  for p, k in pairs(index) do run.hits[p], run.failed[p] = lists[k], failures[k] end
  run.passed = true
end

-- Of a pattern alone: one that is not in the pack's set, or reads facts.
local function run_alone(self, pattern)
  local list = {}
  local reads = core.pattern_reads_facts(pattern)
  if reads then core.pattern_context(self.text, { facts = self.facts or {} }) end
  for m in pattern:gmatch(self.text, 1, self.run_.limits) do list[#list + 1] = m end
  if not reads then self.run_.hits[pattern] = list end
  return list
end

-- All matches of a pattern in the text.
local function hits(self, pattern)
  local run = self.run_
  if run.pack and not run.passed and select(2, run.patterns(run.pack))[pattern] then
    run_set(run, self.text)
  end
  if run.failed[pattern] then gave_up(run.failed[pattern]) end
  return run.hits[pattern] or run_alone(self, pattern)
end

-- All matches of a pattern, in blocks of these kinds (default: not boilerplate).
function document:matches(pattern, kinds)
  local all, list, n = hits(self, pattern), {}, 0
  if #all == 0 then return list end
  local numbers, blocks = self.blocks_of[all], self.blocks
  if not numbers then
    numbers = self.view:blocks_of(all)
    self.blocks_of[all] = numbers
  end
  for k = 1, #all do
    local b = blocks[numbers[k]]
    if not b or (kinds and kinds[b.kind]) or (not kinds and b.kind ~= "boilerplate") then
      n = n + 1
      list[n] = all[k]
    end
  end
  return list
end

-- tokens -----------------------------------------------------------------

function document:word(k)
  local w = self.words[k]
  return w or ""
end

function document:tag(k)
  return self.tags[k] or "w"
end

-- i, j of token k in shown text
function document:span(k)
  return token_span(self.tokens, k)
end

-- the token that holds shown position i
function document:token_at(i)
  return token_at(self.tokens, i) or 1
end

-- text from token a to token b
function document:text_of(a, b)
  local i, j = view_range(self.view, a, b)
  return self.shown:sub(i, j), i, j
end

local MOST_VALUES <const> = 1000 -- that a constructor takes from core.token_words

-- Words and tags of n tokens as lists.
local function lists_of(tokens, n)
  if n > MOST_VALUES then return tokens:words(), tokens:tags() end
  return { core.token_words(tokens) }, { core.token_tags(tokens) }
end

-- document.new(text | string, {ref=, pack=, limits={max_steps=, max_ms=}}) -> document
-- pack: the one whose patterns run in one pass; limits: of every pattern
function document.new(text, o)
  local tm = require "textmill"
  if type(text) == "string" then text = assert(tm.clean(text, { html = false })) end
  local ref = o and o.ref
  local day = ref and tostring(ref):match "^%d%d%d%d%-%d%d%-%d%d"
  if day then core.pattern_context(text, { ref = day }) end
  local doc = { tm = tm, text = text, clean = tostring(text), ref = ref, day = day, found = {},
                found_from = {}, blocks_of = {}, articles = text:_articles(), meta = text:meta(),
                -- what is called at every turn is found here before it is looked for in the class
                word = document.word, tag = document.tag, span = document.span, find = document.find,
                token_at = document.token_at, places = document.places, has_any = document.has_any,
                to_shown = document.to_shown, to_clean = document.to_clean, each_of = document.each_of,
                -- set below; named here that the table is made large enough at once
                shown = nil, map = nil, tokens = nil, n_tokens = nil, words = nil, tags = nil, run_ = nil,
                view = nil, known = nil, blocks = nil, digit_runs = nil, fired = nil, facts = nil }
  -- a text in neither Chinese script (Japanese) is shown as it is written
  doc.shown, doc.map = tm.normalize(doc.clean, text.script == "none" and "width" or "display")
  doc.tokens = core.tokens_like(doc.shown, text)
  doc.n_tokens = #doc.tokens
  doc.words, doc.tags = lists_of(doc.tokens, doc.n_tokens)
  doc.run_ = { pack = o and o.pack, limits = o and o.limits, hits = {}, failed = {},
               patterns = require "textmill.rule".patterns }
  doc.view = core.docview(doc.shown, doc.tokens, doc.map, text, cues.needles())
  doc.known = #doc.view
  doc.blocks = doc.view:blocks(text)
  return setmetatable(doc, document)
end

return document
