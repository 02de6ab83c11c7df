-- Members told behind the name, in the order of how plainly they are introduced:
--
--   “三件套”(帽子、...)   “两支队伍”,即A、B、C和D   “五员”:A、B...   “三零”服务——A、B、C——是...
--   “五小”设施,小广场、小书屋...       without a word between: the items share the key word
--
--   behind.find(doc, s) -> items, as many as are told; nil where no list begins

local item = require "textmill.rules.zh.members_item"
local kin = require "textmill.rules.zh.kin"
local lists = require "textmill.rules.zh.lists"
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"

local behind = {}

local FAMILIES <const> = { { "、", "。", ";" }, { "、", ",", ";", "。" }, { "、", "以及", "和", "。", ";" } }
local LINE <const>, BRACKET <const>, COMMA <const> = { "\n" }, { ")" }, { "," }
local FULL_STOP <const> = { "。", "\n" }
local LONG_DASH <const> = { "——" }
local SENTENCE_END <const> = { "。", ";", "\n", "!", "?" }
local SENTENCE_MARKS <const> = { "。", "、", "“", "”", "《" }
local REACH <const>, FAMILY_REACH <const> = 900, 600 -- bytes behind the name
local LONGEST <const>, LONGEST_KIN <const> = 20, 16 -- characters of a member

local function first_of(shown, marks, from, to)
  return (text.first(shown, marks, from, to))
end

local function name_end(s) return s.head_end or s.quote_end end

-- where the list begins --------------------------------------------------------

local function plain(words)
  return not words:find "[%p%s]" and not text.has(words, SENTENCE_MARKS)
end

-- “三度”推动乡村治理: A, B; “三变”改革,即A; “五老”调解员——A: words of the same clause
-- before the mark that opens the list. Where the mark is, and it.
local FARTHEST_COLON <const>, FARTHEST_NOUN <const> = 31, 16
local MARKS <const> = { ":", ",", "——", "(", "即", "分别是" } -- one of these begins each of the openers
local OPENERS <const> = { ",即", ",包括", ",分别是", "——", "(", "即", "分别是" }
local function noun_behind(rest, s)
  if not text.has(rest, MARKS) then return nil end
  local colon = rest:find(":", 1, true)
  local far = s.count and FARTHEST_COLON or 13
  if colon and colon <= far and plain(rest:sub(1, colon - 1)) then return colon, ":" end
  for _, mark in ipairs(s.count and OPENERS or {}) do
    local at = rest:find(mark, 1, true)
    local far_mark = mark == ",即" and FARTHEST_COLON or FARTHEST_NOUN
    if at and at > 1 and at <= far_mark and plain(rest:sub(1, at - 1)) then return at, mark end
  end
end

local NAMING <const> = vocabulary.by_opening(item.NAMING)
local NONE <const> = {}

local function naming(rest)
  for _, w in ipairs(NAMING[rest:sub(1, 3)] or NONE) do
    if rest:sub(1, #w) == w then return w end
  end
end

-- Position behind brackets, quotes, a head noun, commas and 即; and whether 即
-- (or a bracket, or a colon) was there.
local function introduced(doc, s)
  local shown, p = doc.shown, name_end(s) + 1
  local strong, bracket = false, false
  for _ = 1, 4 do
    local rest = shown:sub(p, p + 40)
    local mark = rest:match "^[%s,:]+" or rest:match "^”" or rest:match "^——"
    if rest:find "^%(" then
      bracket, strong, mark = true, true, "("
    end
    if mark then
      if mark:find ":" then strong = true end
      if mark == "——" and s.count then strong, s.dashed = true, true end
    else
      mark = naming(rest)
      if not mark then
        local at, opener = noun_behind(rest, s)
        if opener == ":" then return p + at, true, false end
        if not at then break end
        mark = rest:sub(1, at - 1)
        s.dashed = s.dashed or opener == "——"
      end
      strong = true
    end
    p = p + #mark
  end
  return p, strong, bracket
end

-- lists of kin, without a word between ---------------------------------------------

-- “五小”设施,小广场、小书屋: a noun of two or three characters between the name and the comma.
local LONGEST_NOUN <const> = 3 * 3 -- bytes
local function behind_noun(shown, p)
  local comma = first_of(shown, COMMA, p, p + LONGEST_NOUN)
  local between = comma and comma - p >= 6 and shown:sub(p, comma - 1)
  if not between or between:find "[%p%s%w]" or text.has(between, SENTENCE_MARKS) then return nil end
  return between .. ","
end

-- As many items of shown[from, to] as the name says that have its key word, from the first on.
local function family(doc, s, key, from, to, marks)
  local run = {}
  for it in lists.each(doc.shown, from, to, marks) do
    it = item.unnumbered(it)
    if #run == s.count - 1 and #kin.of({ it }, key) == 0 then
      it = (kin.up_to(doc, { it }, key) or { it })[1]
    end
    local own = #kin.of({ it }, key) > 0 or kin.holds(doc, it, key)
    if not own or utf8.len(it.text) > LONGEST_KIN then return nil end
    run[#run + 1] = it
    if #run == s.count then return run end
  end
end

-- “三到户”,A到户、B到户、C到户: without 即 the items must share the key word.
local function following_family(doc, s)
  local shown, p = doc.shown, name_end(s) + 1
  local comma = shown:match("^[,:]%s*", p) or shown:match("^。", p) or behind_noun(shown, p)
  if not comma or not s.count then return nil end
  local key, from = kin.key_of(s), p + #comma
  local stop = first_of(shown, LINE, p, p + FAMILY_REACH) or math.min(#shown, p + FAMILY_REACH)
  -- a heading: “三个必须”。
  local b = doc:shown_block(math.min(from, #shown)) or doc.blocks[s.block]
  for _, marks in ipairs(FAMILIES) do
    local run = family(doc, s, key, from, math.min(stop - 1, b.sj), marks)
    if run then
      kin.cut_predicate(doc, run)
      item.strip_verb(run)
      return kin.without_head(run, key)
    end
  end
end

-- lists behind a word that introduces them -------------------------------------------

-- 红、黄、蓝三种证: the last item is as long as the others when those are short
-- and equal.
local function cut_last(shown, items)
  local last, length = items[#items], utf8.len(items[1].text)
  if not length or length > 3 or #items < 3 then return end
  for k = 2, #items - 1 do
    if utf8.len(items[k].text) ~= length then return end
  end
  local own = utf8.len(last.text)
  if own and own > 2 * length then
    last.j = last.i + utf8.offset(shown:sub(last.i, last.j), length + 1) - 2
    last.text = shown:sub(last.i, last.j)
  end
end

-- 一名护士、一名司机[送人]: what there is one of each, without what they do.
local ONE_OF <const> = { "一名", "一位", "一个", "一支" }
local function strip_ones(doc, items)
  for _, it in ipairs(items) do
    if not text.starts(it.text, 1, ONE_OF) then return end
  end
  for _, it in ipairs(items) do
    it.i = it.i + 6
    local a, b = doc:token_at(it.i), doc:token_at(it.j)
    for k = a + 1, b do
      if doc.tags[k] == "v" or doc.tags[k] == "p" then
        it.j = doc:span(k) - 1
        break
      end
    end
    it.text = doc.shown:sub(it.i, it.j)
  end
end

-- Of the items of a list those that make up the declared number.
local function fitting(items, s)
  if not s.count then return items end
  local own = kin.of(items, kin.key_of(s))
  if #own == s.count then return own end
  if #items == s.count then return items end
  if #own > 0 and #own >= #items / 2 then return own end
  return items
end

local function of_one_clause(items)
  for _, it in ipairs(items) do
    if it.text:find(",", 1, true) then return false end
  end
  return true
end

-- The declared number of kin, however shown[p, stop] or shown[p, full] is read: best where no item
-- runs over a comma.
local function kin_in(doc, s, p, stop, full)
  local key, best = kin.key_of(s), nil
  for _, to in ipairs(s.count and { stop, full ~= stop and full or nil } or {}) do
    for reading in lists.readings(doc.shown, p, to - 1) do
      local own = kin.of(reading, key)
      local fits = #own == s.count
      if fits and (not best or of_one_clause(own) and not of_one_clause(best)) then best = own end
    end
    if best then return kin.without_verbs(kin.without_head(best, key), key) end
  end
end

-- The items of shown[p, stop], or of its first clause where these are as many as declared.
local function items_in(doc, s, p, stop, bracket)
  local shown = doc.shown
  local items = lists.items(shown, p, stop - 1, s.count)
  local comma = not bracket and #items ~= s.count and first_of(shown, COMMA, p, stop)
  local short = comma and lists.items(shown, p, comma - 1, s.count)
  if short and (#short == s.count or #short >= 2) then items = short end
  return items
end

-- Where the list that begins at p ends; nil where another block stands between it and the name.
local function list_end(doc, s, p, bracket)
  local shown, b = doc.shown, doc.blocks[s.block]
  local limit = math.min(#shown, p + REACH)
  local stop = bracket and first_of(shown, BRACKET, p, limit) or first_of(shown, SENTENCE_END, p, limit)
    or limit + 1
  if s.dashed then stop = first_of(shown, LONG_DASH, p, stop) or stop end -- “三零”服务——A、B、C——是...
  local following = doc:shown_block(math.min(p, #shown))
  local apart = following and following ~= b
  if apart and not shown:sub(s.quote_end, p):find "即" and b.kind ~= "heading" then return nil end
  if apart and shown:sub(p - 3, p - 1) ~= "即" or stop <= p then return nil end
  return stop, s.count and not bracket and first_of(shown, FULL_STOP, p, limit) or nil
end

local function short(items)
  for _, it in ipairs(items) do
    if utf8.len(it.text) > LONGEST then return false end
  end
  return true
end

function behind.find(doc, s)
  if s.count == 1 then return nil end -- one thing has no list: what it is is told, not enumerated
  local p, strong, bracket = introduced(doc, s)
  if not strong then return following_family(doc, s) end
  local stop, full = list_end(doc, s, p, bracket)
  if not stop then return nil end
  local own = kin_in(doc, s, p, stop, full)
  if own then return own end
  local items, key = items_in(doc, s, p, stop, bracket), kin.key_of(s)
  if #items < 2 then return nil end
  if #items == s.count and #kin.of(items, key) == 0 then items = kin.up_to(doc, items, key) or items end
  strip_ones(doc, items)
  cut_last(doc.shown, items)
  local chosen = fitting(items, s)
  return short(chosen) and chosen or nil
end

return behind
