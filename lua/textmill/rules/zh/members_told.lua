-- Members of schemes whose names say how they are told:
--
--   “三抓三促”     一抓谋划促储备,二抓招商促落地,三抓服务促投产      numbered by the name's verb
--   “两查三清”     查车辆、查人员;清路障、清残枝、清积水             so many of each word
--   三道防护网     第一道是岗亭,第二道是走访,第三道是巡查           numbered with its measure
--   “四包一”       1名干部、1名民警、1名亲属、1名网格员             one of each

local find_within <const> = require "textmill.core".find_within
local item = require "textmill.rules.zh.members_item"
local kin = require "textmill.rules.zh.kin"
local lists = require "textmill.rules.zh.lists"
local text = require "textmill.rules.zh.text"
local numerals = require "textmill.rules.zh.vocabulary".numerals

local told = {}

local REACH <const> = 900 -- bytes behind the name
local DIGITS <const> = { "一", "二", "三", "四", "五", "六", "七", "八", "九", "十" }
local STOPS <const> = { ",", "。", ";", "、", "\n" }
local LONGEST <const> = 20 -- characters of a member
local ENDS <const> = { "。", "\n" }

-- The characters of a name, and how many.
local function characters(name)
  local out = {}
  for c in name:gmatch(utf8.charpattern) do out[#out + 1] = c end
  return out
end

-- The characters of a scheme's name; read once, not to be changed.
local function letters(s)
  s.letters = s.letters or characters(s.name)
  return s.letters
end

-- 一抓..., 二抓...: as many as the name's first numeral says.
function told.by_verb(doc, s)
  local name = letters(s)
  local count, verb = numerals[name[1]], name[2]
  if not count or count < 2 or #name < 3 or numerals[verb] then return nil end
  local shown, p = doc.shown, s.quote_end + 1
  local limit, out = math.min(#shown, p + REACH), {}
  for n = 1, count do
    local at = item.find(shown, DIGITS[n] .. verb, p, limit)
    if not at or at > limit or not text.edge(shown, at - 1) then return nil end
    local stop = item.stop(shown, STOPS, at, REACH)
    if utf8.len(shown, at, stop - 1) > LONGEST then return nil end
    out[n] = item.at(shown, at + #DIGITS[n], stop - 1)
    p = stop
  end
  return out
end

-- 三紧盯三确保 -> { 紧盯 = 3, 确保 = 3 }, 6; nil where the name is not made like this.
local function read_wanted(letters_of_name)
  local by, order, total = {}, {}, 0
  local count, word = nil, ""
  local function close()
    if count and word ~= "" and not by[word] then
      by[word], order[#order + 1], total = count, word, total + count
      return true
    end
  end
  for _, c in ipairs(letters_of_name) do
    if numerals[c] then
      if count and not close() then return nil end
      count, word = numerals[c], ""
    else
      word = word .. c
    end
  end
  if not close() or #order < 2 then return nil end
  return by, total, order
end

-- The same of a scheme, read once.
local function wanted(s)
  local known = s.wanted
  if not known then
    known = table.pack(read_wanted(letters(s)))
    s.wanted = known
  end
  return known[1], known[2], known[3]
end

local PARTS <const> = { "、", ",", ";", "。", "(", ")", ":", "\n" }
-- “三查三问”: 一查A、二查B、三查C,一问...: so many of each word, each numbered.
local function numbered_words(doc, s, by, order)
  local shown, out = doc.shown, {}
  local p = s.quote_end + 1
  local limit = math.min(#shown, p + REACH)
  for _, word in ipairs(order) do
    for n = 1, by[word] do
      local at = DIGITS[n] and item.find(shown, DIGITS[n] .. word, p, limit)
      if not at or at > limit or not text.edge(shown, at - 1) then return nil end
      local stop = item.stop(shown, STOPS, at, REACH)
      if utf8.len(shown, at, stop - 1) > LONGEST then return nil end
      out[#out + 1], p = item.at(shown, at + #DIGITS[n], stop - 1), stop
    end
  end
  return out
end

-- The first word of the name that the item begins with.
local function opening_word(words, order)
  for _, word in ipairs(order) do
    if #words > #word and words:sub(1, #word) == word then return word end
  end
end

-- Or that it ends with, or holds as a verb of one character (县级领导|包|乡镇).
local function word_of(words, order, left)
  local opening = opening_word(words, order)
  if opening then return opening end
  for _, word in ipairs(order) do
    local within = #word == 3 and words:find(word, 4, true) or words:sub(-#word) == word
    if #words > #word and within and left[word] > 0 then return word end
  end
end

-- Just as many items of each word as the name says; nil where there are others.
local function of_words(shown, from, to, by, total, order, which)
  local out, left = {}, {}
  for word, n in pairs(by) do left[word] = n end
  for it in lists.each(shown, from, to, PARTS) do
    it = item.unled(it)
    local word = (utf8.len(it.text) or 99) <= LONGEST and which(it.text, order, left)
    if word then
      left[word] = left[word] - 1
      out[#out + 1] = it
    end
    if #out == total then break end
  end
  for _, n in pairs(left) do
    if n ~= 0 then return nil end
  end
  return out
end

-- Do all words of the name stand in these bytes?
local function holds_all(shown, from, to, order)
  for _, word in ipairs(order) do
    if not find_within(shown, word, from, to) then return false end
  end
  return true
end

-- Items of the words of the name, just as many of each as it says.
function told.by_words(doc, s)
  local by, total, order = wanted(s)
  if not by then return nil end
  local numbered = numbered_words(doc, s, by, order)
  if numbered then return numbered end
  local shown, from = doc.shown, (s.head_end or s.quote_end) + 1
  local to = math.min(doc.blocks[s.block].sj, from + REACH)
  if not holds_all(shown, from, to, order) then return nil end
  local out = of_words(shown, from, to, by, total, order, word_of)
    or of_words(shown, from, to, by, total, order, opening_word)
  if not out then
    return told.paired(doc, from, to, by, order) or told.pairs_apart(doc, from, to, by, order)
  end
  s.count = s.count or total
  return out
end

-- “六抓六促”: 抓A促B、抓C促D...: six items with all the words of the name each.
function told.paired(doc, from, to, by, order)
  local count, out = by[order[1]], {}
  for _, word in ipairs(order) do
    if by[word] ~= count then return nil end
  end
  for it in lists.each(doc.shown, from, to, PARTS) do
    it = item.unled(it)
    local all = utf8.len(it.text) <= LONGEST
    for _, word in ipairs(order) do all = all and it.text:find(word, 1, true) ~= nil end
    if all then out[#out + 1] = it
    elseif #out > 0 then break end
    if #out == count then return out end
  end
end

-- “四联四帮”: 联村帮发展。协调...。联企帮纾困。...: so many sentences of all words of the name.
local SENTENCES <const> = { "。", ";", "\n" }
local LONGEST_PAIR <const> = 12 -- characters
function told.pairs_apart(doc, from, to, by, order)
  local count, out = by[order[1]], {}
  for it in lists.each(doc.shown, from, to, SENTENCES) do
    local all = utf8.len(it.text) <= LONGEST_PAIR and it.text:sub(1, #order[1]) == order[1]
    for _, word in ipairs(order) do
      all = all and by[word] == count and it.text:find(word, 1, true) ~= nil
    end
    if all then out[#out + 1] = it end
  end
  return #out == count and out or nil
end

-- “三倡三反”: 倡导A、B、C;反对D、E、F: a clause for each word of the name, which begins it, with as many
-- items as it says, some of them without the word.
local CLAUSE_MARKS <const> = { ";", ",", "。", ":", "\n" }
local POINT <const> = { "、" }
local function clause_items(doc, clause, n)
  local items = lists.split_at(doc.shown, clause.i, clause.j, POINT)
  if #items ~= n then return nil end
  local _, opening = doc:span(doc:token_at(clause.i))
  if opening + 3 <= items[1].j and opening > clause.i + 2 then
    items[1] = item.at(doc.shown, opening + 1, items[1].j)
  end
  return items
end

function told.by_clauses(doc, s)
  local by, total, order = wanted(s)
  if not by then return nil end
  local from = (s.head_end or s.quote_end) + 1
  local out, n = {}, 1
  for clause in lists.each(doc.shown, from, math.min(doc.blocks[s.block].sj, from + REACH), CLAUSE_MARKS) do
    local word = order[n]
    local items = word and clause.text:sub(1, #word) == word and clause_items(doc, clause, by[word])
    if items then
      table.move(items, 1, #items, #out + 1, out)
      n = n + 1
    elseif n > 1 then break end
  end
  return #out == total and out or nil
end

-- “双线四包”: A包B、C包D、...: as many items in the sentence as one word of the name has, where no other
-- word has any.
function told.by_part(doc, s)
  local by, _, order = wanted(s)
  if not by then return nil end
  local from = (s.head_end or s.quote_end) + 1
  local stop = item.stop(doc.shown, ENDS, from, REACH)
  for _, word in ipairs(order) do
    local out = {}
    for it in lists.each(doc.shown, from, stop - 1, PARTS) do
      local at = it.text:find(word, 4, true)
      if at and at + #word <= #it.text and utf8.len(it.text) <= LONGEST then out[#out + 1] = it end
    end
    if by[word] > 2 and #out == by[word] then return out end
  end
end

-- “五包一”,由A、B、C、D和E包联: those who look after one.
local TEAMED <const> = { "包", "帮", "联", "带", "管", "盯" }
local BY <const> = { "由", "即" }
local TEAM_ENDS <const> = { "。", ",", ";", ")", "\n" }
local TEAM_VERBS <const> = { "包联", "包保", "联系", "帮扶", "结对", "负责", "共同", "组成", "对接", "包户", "管理" }
local TEAM_REACH <const> = 60 -- bytes to where the list begins
function told.by_team(doc, s)
  local name = letters(s)
  local count = #name == 3 and name[3] == "一" and numerals[name[1]]
  if not count or not text.starts(name[2], 1, TEAMED) then return nil end
  local shown, p = doc.shown, (s.head_end or s.quote_end) + 1
  local at, mark = text.first(shown, BY, p, p + TEAM_REACH)
  if not at then return nil end
  local from = at + #mark
  local stop = item.stop(shown, TEAM_ENDS, from, REACH)
  local items = lists.items(shown, from, stop - 1, count)
  local last = #items == count and items[count]
  if not last then return nil end
  local cut = text.first(last.text, TEAM_VERBS, 4)
  if cut then items[count] = item.at(shown, last.i, last.i + cut - 2) end
  return items
end

-- 第一道是岗亭,第二道是...; 第一步,摸清底数;第二步,...: one sentence or clause for each, in order.
local COPULA <const> = { "是", "为", ",", ":", "、" }
function told.by_ordinals(doc, s)
  if not s.count or s.count < 2 or s.count > #DIGITS then return nil end
  local shown, p, out = doc.shown, s.quote_end + 1, {}
  local limit = math.min(#shown, p + REACH)
  for n = 1, s.count do
    local at = item.find(shown, "第" .. DIGITS[n], p, limit)
    local to = at and at + 5
    if not at or not text.edge(shown, at - 1) then return nil end
    to = to + (shown:match("^" .. text.HAN .. "()", to + 1) or to + 1) - to - 1 -- its measure
    local from
    for _, w in ipairs(COPULA) do
      if shown:sub(to + 1, to + #w) == w then from = to + #w + 1 end
    end
    local stop = from and (item.stop(shown, STOPS, from, REACH))
    if not stop or stop <= from or utf8.len(shown, from, stop - 1) > LONGEST then return nil end
    out[n], p = item.at(shown, from, stop - 1), stop
  end
  return out
end

-- Behind the name at p: where its list begins, in the same block or, where the name ends
-- that, in the next; and where that block ends.
local OPENING <const> = "^[:,;]%s*"
local function list_at(doc, p, b)
  local shown = doc.shown
  local at = p
  while at <= b.sj and shown:find("^[%s:]", at) do at = at + 1 end
  if at <= b.sj then
    local mark = shown:match(OPENING, p)
    return mark and p + #mark or nil, b.sj
  end
  local nxt = doc.blocks[b.number and b.number + 1 or 0]
  for n, o in ipairs(nxt and {} or doc.blocks) do
    if o == b then nxt = doc.blocks[n + 1] break end
  end
  if nxt and (nxt.kind == "paragraph" or nxt.kind == "list") then return nxt.si, nxt.sj end
end

local LIST_MARKS <const> = { { ";" }, { "、" }, { "," } }
local LEAST_RUN <const>, MOST_LONG <const> = 3, 24 -- items; characters of one
local LIST_REACH <const> = 6000 -- bytes of a list, be it one of sentences

-- “十不准”: 不准...;不准...;...: all that is listed behind the name, each with its key word,
-- be they as many as it says or not.
function told.by_key(doc, s)
  local key = kin.key_of(s)
  if not s.count or s.count < LEAST_RUN or utf8.len(key) < 2 then return nil end
  local from, last = list_at(doc, (s.head_end or s.quote_end) + 1, doc.blocks[s.block])
  if not from then return nil end
  local stop = text.first(doc.shown, ENDS, from)
  last = math.min(last, stop and stop - 1 or last, from + LIST_REACH)
  for _, marks in ipairs(LIST_MARKS) do
    local items = lists.split_at(doc.shown, from, last, marks)
    local fits = #items >= LEAST_RUN
    for _, it in ipairs(items) do
      fits = fits and it.text:sub(1, #key) == key and #it.text > #key and utf8.len(it.text) <= MOST_LONG
    end
    if fits then return items end
  end
end

local LONGEST_SENTENCE <const> = 10 -- characters
local SENTENCE <const> = { "。", ";", "!" }

-- “三个到位”: 人员到位。抽调...。物资到位。备足...: the short sentences behind the name with its key word.
function told.by_sentences(doc, s)
  local key = kin.key_of(s)
  if not s.count or s.count < 2 or utf8.len(key) < 2 then return nil end
  local out, from = {}, s.quote_end + 1
  for it in lists.each(doc.shown, from, math.min(doc.blocks[s.block].sj, from + LIST_REACH), SENTENCE) do
    local kind = it.text:sub(-#key) == key or it.text:sub(1, #key) == key
    if kind and #it.text > #key and utf8.len(it.text) <= LONGEST_SENTENCE then out[#out + 1] = it end
  end
  return #out == s.count and out or nil
end

-- “三资”管理...重点查资金、资产、资源台账: as many words of one length in a row, each beginning
-- with the key word, in the rest of the sentence.
function told.by_row(doc, s)
  local key = kin.key_of(s)
  if not s.count or s.count < LEAST_RUN or #key ~= 3 then return nil end
  local shown, from = doc.shown, s.quote_end + 1
  local stop = item.stop(shown, ENDS, from, REACH)
  local p = item.find(shown, "、" .. key, from, stop)
  local long = p and p < stop and (shown:find("、", p + 3, true) or stop) - p - 3
  if not long or long > 12 or shown:sub(p - long, p - long + 2) ~= key then return nil end
  local out = {}
  for n = 0, s.count - 1 do
    local i = p - long + n * (long + 3)
    local parted = n == s.count - 1 or shown:sub(i + long, i + long + 2) == "、"
    if shown:sub(i, i + 2) ~= key or not parted or i + long > stop then return nil end
    out[#out + 1] = item.at(shown, i, i + long - 1)
  end
  return out
end

local CLAUSES <const> = { "、", ",", ";" }

-- The items of shown[from, stop] that begin with a one, just as many as the name says.
local function ones_in(doc, s, from, stop)
  local out = {}
  for it in lists.each(doc.shown, from, stop, CLAUSES) do
    local at = doc:find("1", it.i)
    local one = doc:find("一", it.i)
    if one and (not at or one < at) then at = one end
    if at and at <= it.j and (at == it.i or #out == 0) then
      out[#out + 1] = item.at(doc.shown, at, it.j)
    elseif #out > 0 and #out < s.count then
      out = {}
    end
    if #out == s.count then return out end
  end
end

-- 五个一: in one of the sentences behind it.
function told.ones(doc, s)
  if not s.count or s.name:sub(-6) ~= "个一" then return nil end
  local from, last = s.quote_end + 1, math.min(#doc.shown, s.quote_end + REACH)
  while from < last do
    local stop = item.stop(doc.shown, ENDS, from, last - from)
    local found = ones_in(doc, s, from, stop - 1)
    if found then return found end
    from = stop + 1
  end
end

return told
