-- Members of schemes whose names say how they are told:
--
--   “三抓三促”     一抓谋划促储备,二抓招商促落地,三抓服务促投产      numbered by the name's verb
--   “两查三清”     查车辆、查人员;清路障、清残枝、清积水             so many of each word
--   “1234”工作法   “1”是...,“2”是...                               a digit each

local lists = require "textmill.rules.zh.lists"
local text = require "textmill.rules.zh.text"
local numerals = require "textmill.rules.zh.vocabulary".numerals

local told = {}

local REACH <const> = 900 -- bytes behind the name
local DIGITS <const> = { "一", "二", "三", "四", "五", "六", "七", "八", "九", "十" }
local STOPS <const> = { ",", "。", ";", "、", "\n" }
local LONGEST <const> = 20 -- characters of a member

local function item(shown, i, j) return { text = shown:sub(i, j), i = i, j = j } end

-- The characters of a name, and how many.
local function characters(name)
  local out = {}
  for _, c in utf8.codes(name) do out[#out + 1] = utf8.char(c) end
  return out
end

-- 一抓..., 二抓...: as many as the name's first numeral says.
function told.by_verb(doc, s)
  local name = characters(s.name)
  local count, verb = numerals[name[1]], name[2]
  if not count or count < 2 or #name < 3 or numerals[verb] then return nil end
  local shown, p = doc.shown, s.quote_end + 1
  local limit, out = math.min(#shown, p + REACH), {}
  for n = 1, count do
    local at = shown:find(DIGITS[n] .. verb, p, true)
    if not at or at > limit or not text.edge(shown, at - 1) then return nil end
    local stop = text.first(shown, STOPS, at) or #shown + 1
    if utf8.len(shown, at, stop - 1) > LONGEST then return nil end
    out[n] = item(shown, at + #DIGITS[n], stop - 1)
    p = stop
  end
  return out
end

-- 三紧盯三确保 -> { 紧盯 = 3, 确保 = 3 }, 6; nil where the name is not made like this.
local function wanted(name)
  local by, order, total = {}, {}, 0
  local count, word = nil, ""
  local function close()
    if count and word ~= "" and not by[word] then
      by[word], order[#order + 1], total = count, word, total + count
      return true
    end
  end
  for _, c in ipairs(characters(name)) do
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

local PARTS <const> = { "、", ",", ";", "。", "(", ")", ":", "\n" }

-- “三查三问”: 一查A、二查B、三查C,一问...: so many of each word, each numbered.
local function numbered_words(doc, s, by, order)
  local shown, out = doc.shown, {}
  local p = s.quote_end + 1
  local limit = math.min(#shown, p + REACH)
  for _, word in ipairs(order) do
    for n = 1, by[word] do
      local at = DIGITS[n] and shown:find(DIGITS[n] .. word, p, true)
      if not at or at > limit or not text.edge(shown, at - 1) then return nil end
      local stop = text.first(shown, STOPS, at) or #shown + 1
      if utf8.len(shown, at, stop - 1) > LONGEST then return nil end
      out[#out + 1], p = item(shown, at + #DIGITS[n], stop - 1), stop
    end
  end
  return out
end

-- What stands before the first item and belongs to none.
local LEADS <const> = { "即", "就是", "包括", "做到", "确保", "坚持", "实行" }
local function unled(shown, it)
  for _, w in ipairs(LEADS) do
    if it.text:sub(1, #w) == w and #it.text > #w then return item(shown, it.i + #w, it.j) end
  end
  return it
end

-- 县领导包乡: does the item begin or end with the word, or hold it inside?
local function told_by(it, word)
  local at = #it.text > #word and it.text:find(word, 1, true)
  return at and utf8.len(it.text) <= LONGEST
end

-- Items with the words of the name, just as many of each as it says.
function told.by_words(doc, s)
  local by, total, order = wanted(s.name)
  if not by then return nil end
  local numbered = numbered_words(doc, s, by, order)
  if numbered then return numbered end
  local shown, from = doc.shown, (s.head_end or s.quote_end) + 1
  local b = doc.blocks[s.block]
  local out, left = {}, {}
  for word, n in pairs(by) do left[word] = n end
  for it in lists.each(shown, from, math.min(b.sj, from + REACH), PARTS) do
    it = unled(shown, it)
    for _, word in ipairs(order) do
      if left[word] > 0 and told_by(it, word) then
        left[word] = left[word] - 1
        out[#out + 1] = it
        break
      end
    end
    if #out == total then break end
  end
  for _, n in pairs(left) do
    if n ~= 0 then return nil end
  end
  return out
end

local COPULA <const> = { "是", "即", "指", "就是" }

-- “1”是建强一个堡垒, “2”是...: a part for each digit of the name.
function told.by_digits(doc, s)
  local digits = s.alias and s.alias:match "^%d+$" or s.name:match "^%d+$"
  if not digits or #digits < 2 then return nil end
  local shown, p, out = doc.shown, s.quote_end + 1, {}
  local limit = math.min(#shown, p + REACH)
  for d in digits:gmatch "%d" do
    local at = shown:find("“" .. d .. "”", p, true)
    if not at or at > limit then return nil end
    local i = at + #"“”" + 1
    for _, w in ipairs(COPULA) do
      if shown:sub(i, i + #w - 1) == w then i = i + #w break end
    end
    local stop = text.first(shown, STOPS, i) or #shown + 1
    if stop - 1 < i or utf8.len(shown, i, stop - 1) > LONGEST then return nil end
    out[#out + 1], p = item(shown, i, stop - 1), stop
  end
  return out
end

-- “1+4+X”体系,1名网格长、4名网格员、X名志愿者: an item for each part of the sum.
local SUM_PARTS <const> = { "、", ",", ";", "(", ")", ":", "和" }
local SENTENCE <const> = { "。", "\n" }
local function begins_with(it, part)
  if it.text:sub(1, #part) == part and not it.text:find("^[%d+]", #part + 1) then return true end
  return tonumber(part) and numerals[it.text:sub(1, 3)] == tonumber(part)
end

function told.by_sum(doc, s)
  local sum = s.alias or s.name
  if not sum:find "^[%dN]+%+[%dNX+]+$" then return nil end
  local shown, from, wants = doc.shown, s.quote_end + 1, {}
  for part in sum:gmatch "[^+]+" do wants[#wants + 1] = part end
  local stop = text.first(shown, SENTENCE, from) or #shown + 1
  local out = {}
  for _, it in ipairs(lists.split_at(shown, from, math.min(stop - 1, from + REACH), SUM_PARTS)) do
    it = unled(shown, it)
    local fits = wants[#out + 1] and begins_with(it, wants[#out + 1]) and utf8.len(it.text) <= LONGEST
    if fits and utf8.len(it.text) > 1 then out[#out + 1] = it end
  end
  return #out == #wants and out or nil
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
local ENDS <const> = { "。", "\n" }

-- “十不准”: 不准...;不准...;...: all that is listed behind the name, each with its key word,
-- be they as many as it says or not.
function told.by_key(doc, s, key)
  if not s.count or s.count < LEAST_RUN or utf8.len(key) < 2 then return nil end
  local from, last = list_at(doc, (s.head_end or s.quote_end) + 1, doc.blocks[s.block])
  if not from then return nil end
  local stop = text.first(doc.shown, ENDS, from)
  last = math.min(last, stop and stop - 1 or last)
  for _, marks in ipairs(LIST_MARKS) do
    local items = lists.split_at(doc.shown, from, last, marks)
    local fits = #items >= LEAST_RUN
    for _, it in ipairs(items) do
      fits = fits and it.text:sub(1, #key) == key and #it.text > #key and utf8.len(it.text) <= MOST_LONG
    end
    if fits then return items end
  end
end

local CLAUSES <const> = { "、", ",", ";" }

-- The items of shown[from, stop] that begin with a one, just as many as the name says.
local function ones_in(doc, s, from, stop)
  local out = {}
  for _, it in ipairs(lists.split_at(doc.shown, from, stop, CLAUSES)) do
    local at = doc:find("1", it.i)
    local one = doc:find("一", it.i)
    if one and (not at or one < at) then at = one end
    if at and at <= it.j and (at == it.i or #out == 0) then
      out[#out + 1] = { text = doc.shown:sub(at, it.j), i = at, j = it.j }
    elseif #out > 0 and #out < s.count then
      out = {}
    end
    if #out == s.count then return out end
  end
end

-- 五个一: in one of the sentences behind it.
local ONES_REACH <const> = 900 -- bytes
function told.ones(doc, s)
  if not s.count or s.name:sub(-6) ~= "个一" then return nil end
  local from, last = s.quote_end + 1, math.min(#doc.shown, s.quote_end + ONES_REACH)
  while from < last do
    local stop = text.first(doc.shown, SENTENCE, from) or last + 1
    local found = ones_in(doc, s, from, stop - 1)
    if found then return found end
    from = stop + 1
  end
end

return told
