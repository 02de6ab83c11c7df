-- textmill.keywords - the words that say what a text is about, and its most telling
-- sentences.
--
--   blocks of the body -> sentences -> candidates (content words, as displayed)
--                                          |
--        tf-idf against the lexicon's frequencies       keywords.weigh
--        TextRank over neighbours in a window           t:keywords(n, { by = "textrank" })
--        TextRank over sentences that share words       t:summary(n)
--
-- TF-IDF: Sparck Jones 1972; TextRank: Mihalcea, Tarau 2004 (window 5, damping 0.85).

local core = require "textmill.core"
local result = require "textmill.result"

local keywords = {}

-- Tags of words that say what a text is about; words of one character rarely do.
local telling = {}
for tag in ("n nr ns nt nz v vn a an i l j eng x"):gmatch "%S+" do telling[tag] = true end

-- The list's running words: the sum of its frequencies is of this order, and only the
-- order counts under the logarithm.
local BACKGROUND <const> = 6e7

local function is_telling(word, entry)
  return utf8.len(word) > 1 and not word:find "^[%d.,%%]+$" and (not entry or telling[entry.tag])
end

-- TF-IDF with the lexicon as background: count * ln(B / frequency in the list), the
-- frequency of what the list lacks taken as 1. rows: list of { word =, count = }.
function keywords.weigh(rows, lexicon)
  local out = {}
  for _, row in ipairs(rows) do
    local entry = lexicon:get(row.word)
    if is_telling(row.word, entry) then
      local frequency = entry and entry.frequency > 0 and entry.frequency or 1
      row.background, row.score = entry and entry.frequency or 0, row.count * math.log(BACKGROUND / frequency)
      out[#out + 1] = row
    end
  end
  table.sort(out, function(a, b)
    if a.score ~= b.score then return a.score > b.score end
    return a.word < b.word
  end)
  return out
end

-- sentences and their words --------------------------------------------------------

-- Kinds of blocks that are the text itself.
local BODY <const> = { paragraph = true, list = true, heading = true, title = true }

-- What of the title and headings helps to find keywords is no sentence of a summary.
local TOLD <const> = { paragraph = true, list = true }

-- Beyond so many sentences the first ones stand for the text: memory and time of the
-- graph of sentences stay bounded.
local SENTENCES <const> = 1000

-- The telling words of a piece, in their order; of each what the lexicon says is kept.
local function words_of(piece, known)
  local out = {}
  for word in core.words(piece) do
    local is = known[word]
    if is == nil then
      is = is_telling(word, known.lexicon:get(word)) or false
      known[word] = is
    end
    if is then out[#out + 1] = word end
  end
  return out
end

-- The sentences of the body: list of { i, j, text =, words =, told = }.
local function sentences_of(text)
  local out, clean, known = {}, tostring(text), { lexicon = core.lexicon() }
  for _, b in ipairs(text:_blocks()) do
    if BODY[b.kind] then
      for piece, i, j in core.sentences(clean:sub(b.i, b.j)) do
        if #out == SENTENCES then return out end
        local shown = core.normalize(piece, "display")
        out[#out + 1] = { i = b.i + i - 1, j = b.i + j - 1, text = shown:match "^%s*(.-)%s*$",
                          words = words_of(shown, known), told = TOLD[b.kind] }
      end
    end
  end
  return out
end

-- PageRank over a weighted graph without direction -----------------------------------

local DAMPING <const>, ROUNDS <const>, ENOUGH <const> = 0.85, 50, 1e-6

-- edges[k] = { [other] = weight }; sums in the order of the numbers, so that the same
-- text always gives the same digits.
local function neighbours(edges)
  local out = {}
  for k, of in ipairs(edges) do
    local list, sum = {}, 0
    for other in pairs(of) do list[#list + 1] = other end
    table.sort(list)
    for _, other in ipairs(list) do sum = sum + of[other] end
    out[k] = { list = list, sum = sum }
  end
  return out
end

local function rank(edges)
  local near, score = neighbours(edges), {}
  for k = 1, #edges do score[k] = 1 end
  for _ = 1, ROUNDS do
    local moved, new = 0, {}
    for k = 1, #edges do
      local sum = 0
      for _, other in ipairs(near[k].list) do sum = sum + score[other] * edges[k][other] / near[other].sum end
      new[k] = 1 - DAMPING + DAMPING * sum
      moved = math.max(moved, math.abs(new[k] - score[k]))
    end
    score = new
    if moved < ENOUGH then break end
  end
  return score
end

local function join(edges, a, b, weight)
  edges[a][b] = (edges[a][b] or 0) + weight
  edges[b][a] = (edges[b][a] or 0) + weight
end

-- keywords ----------------------------------------------------------------------------

local WINDOW <const> = 5 -- words

-- Words that stand within a window of telling words of one sentence are joined.
local function word_graph(sentences)
  local rows, number, edges = {}, {}, {}
  for _, s in ipairs(sentences) do
    for k, word in ipairs(s.words) do
      if not number[word] then
        rows[#rows + 1] = { word = word, count = 0 }
        number[word], edges[#rows] = #rows, {}
      end
      rows[number[word]].count = rows[number[word]].count + 1
      for back = math.max(1, k - WINDOW + 1), k - 1 do
        local a, b = number[s.words[back]], number[word]
        if a ~= b then join(edges, a, b, 1) end
      end
    end
  end
  return rows, edges
end

local function by_score(a, b)
  if a.score ~= b.score then return a.score > b.score end
  return a.word < b.word
end

local weighers = {
  tfidf = function(rows) return keywords.weigh(rows, core.lexicon()) end,
  textrank = function(rows, edges)
    local score = rank(edges)
    for k, row in ipairs(rows) do row.score = score[k] end
    table.sort(rows, by_score)
    return rows
  end,
}

local function rounded(n) return tonumber(("%.4f"):format(n)) end

local methods = core.text_methods

-- t:keywords([n], [{by = "tfidf" | "textrank"}]) -> result
function methods:keywords(n, o)
  local weigher = weighers[o and o.by or "tfidf"]
  if not weigher then error(("by is 'tfidf' or 'textrank', not '%s'"):format(tostring(o.by)), 2) end
  local list, rows = weigher(word_graph(sentences_of(self))), {}
  for k = 1, math.min(math.tointeger(n) or 10, #list) do
    rows[k] = { word = list[k].word, count = list[k].count, score = rounded(list[k].score) }
  end
  return result.new { rows = rows, empty = "no words",
    columns = { "word", { name = "count", align = "right" }, { name = "score", align = "right" } } }
end

-- summary -----------------------------------------------------------------------------

local function set_of(list)
  local set, n = {}, 0
  for _, word in ipairs(list) do
    if not set[word] then set[word], n = true, n + 1 end
  end
  return set, n
end

-- Words two sentences share, over the logarithms of how many each has.
local function sentence_graph(sentences)
  local edges, holders, sizes = {}, {}, {}
  for k, s in ipairs(sentences) do
    local set, n = set_of(s.words)
    edges[k], sizes[k] = {}, math.log(n + 1)
    for word in pairs(set) do
      holders[word] = holders[word] or {}
      for _, other in ipairs(holders[word]) do edges[k][other] = (edges[k][other] or 0) + 1 end
      table.insert(holders[word], k)
    end
  end
  for k, of in ipairs(edges) do
    for other, shared in pairs(of) do
      if other < k then
        local weight = shared / (sizes[k] + sizes[other])
        edges[k][other], edges[other][k] = weight, weight
      end
    end
  end
  return edges
end

-- Each sentence once, however often the page repeats it.
local function told_once(sentences)
  local out, seen = {}, {}
  for _, s in ipairs(sentences) do
    if s.told and #s.words > 0 and not seen[s.text] then
      seen[s.text] = true
      out[#out + 1] = s
    end
  end
  return out
end

local sentence_mt = { __tostring = function(s) return s.text end, __name = "textmill.sentence" }

-- t:summary([n]) -> result: the n most telling sentences, in the text's order
function methods:summary(n)
  local list = told_once(sentences_of(self))
  local score, order, rows = rank(sentence_graph(list)), {}, {}
  for k in ipairs(list) do order[k] = k end
  table.sort(order, function(a, b)
    if score[a] ~= score[b] then return score[a] > score[b] end
    return a < b
  end)
  for k = 1, math.min(math.tointeger(n) or 3, #order) do rows[k] = order[k] end
  table.sort(rows)
  for k, at in ipairs(rows) do
    local s = list[at]
    rows[k] = setmetatable({ i = s.i, j = s.j, score = rounded(score[at]), text = s.text }, sentence_mt)
  end
  return result.new { rows = rows, empty = "no sentences",
    columns = { { name = "i", align = "right" }, { name = "j", align = "right" },
                { name = "score", align = "right" }, { name = "text", keep = true } } }
end

return keywords
