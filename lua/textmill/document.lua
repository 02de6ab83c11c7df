-- textmill.document - one text as rules see it.
--
--   clean  "設立14個卡點"   what spans of facts count in
--     |  display map
--   shown  "设立14个卡点"   simplified, half width: what rules read
--     |  tokens: words and tags as lists
--   word(k) tag(k) span(k)
--
-- Positions in `shown` are 1-based inclusive bytes like everywhere in Lua.

local document = {}
document.__index = document
document.__name = "textmill.document"

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

local function find_span(list, position, from, to)
  local lo, hi = 1, #list
  while lo <= hi do
    local mid = (lo + hi) // 2
    local b = list[mid]
    if position < b[from] then hi = mid - 1 elseif position > b[to] then lo = mid + 1 else return b, mid end
  end
end

-- the block that holds clean position i, or nil; and its number
function document:block_at(i)
  return find_span(self.blocks, i, "i", "j")
end

-- the block that holds shown position i; and its number
function document:shown_block(i)
  return find_span(self.blocks, i, "si", "sj")
end

-- the article that holds clean position i
function document:article_at(i)
  local a, k = find_span(self.articles, i, "i", "j")
  if a then return a, k end
  return self.articles[#self.articles], #self.articles
end

-- searching --------------------------------------------------------------

-- Where the string stands in shown text at or after p, or nil. What was found
-- last is kept, so that walks block by block stay linear in the text.
function document:find(s, p)
  local memo = self.found[s]
  if not memo then
    memo = { 1, 0 }
    self.found[s] = memo
  end
  if p < memo[1] or p > memo[2] then
    memo[1], memo[2] = p, self.shown:find(s, p, true) or math.maxinteger
  end
  local at = memo[2]
  return at < math.maxinteger and at or nil
end

-- Iterates over the string in shown text: its position and its block, those
-- in blocks of these kinds alone.
function document:each(s, kinds)
  local p, b = 1, nil
  return function()
    while true do
      local at = self.shown:find(s, p, true)
      if not at then return nil end
      p = at + #s
      if not b or at > b.sj or at < b.si then b = self:shown_block(at) end
      if b and kinds[b.kind] then return at, b end
    end
  end
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
  local list, core = {}, require "textmill.core"
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
  local list = {}
  for _, m in ipairs(hits(self, pattern)) do
    local b = self:block_at(m.i)
    if not b or (kinds and kinds[b.kind]) or (not kinds and b.kind ~= "boilerplate") then
      list[#list + 1] = m
    end
  end
  return list
end

-- tokens -----------------------------------------------------------------

function document:word(k)
  return self.words[k] or ""
end

function document:tag(k)
  return self.tags[k] or "w"
end

-- i, j of token k in shown text
function document:span(k)
  return self.tokens:span(k)
end

-- the token that holds shown position i
function document:token_at(i)
  return self.tokens:at(i) or 1
end

-- text from token a to token b
function document:text_of(a, b)
  local i = self:span(a)
  local _, j = self:span(b)
  return self.shown:sub(i, j), i, j
end

-- document.new(text | string, {ref=, pack=, limits={max_steps=, max_ms=}}) -> document
-- pack: the one whose patterns run in one pass; limits: of every pattern
function document.new(text, o)
  local tm, core = require "textmill", require "textmill.core"
  if type(text) == "string" then text = assert(tm.clean(text, { html = false })) end
  local ref = o and o.ref
  local day = ref and tostring(ref):match "^%d%d%d%d%-%d%d%-%d%d"
  if day then core.pattern_context(text, { ref = day }) end
  local doc = { tm = tm, text = text, clean = tostring(text), ref = ref, found = {},
                blocks = text:_blocks(), articles = text:_articles(), meta = text:meta() }
  -- a text in neither Chinese script (Japanese) is shown as it is written
  doc.shown, doc.map = tm.normalize(doc.clean, text.script == "none" and "width" or "display")
  doc.tokens = core.tokens_like(doc.shown, text)
  doc.n_tokens, doc.words, doc.tags = #doc.tokens, doc.tokens:words(), doc.tokens:tags()
  doc.run_ = { pack = o and o.pack, limits = o and o.limits, hits = {}, failed = {},
               patterns = require "textmill.rule".patterns }
  for _, b in ipairs(doc.blocks) do b.si, b.sj = doc.map:to(b.i, b.j) end
  return setmetatable(doc, document)
end

return document
