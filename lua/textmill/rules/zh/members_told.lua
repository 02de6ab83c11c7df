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
  return by, total
end

local PARTS <const> = { "、", ",", ";", "。", "(", ")", ":", "\n" }

-- Items that begin or end with the words of the name, just as many of each as it says.
function told.by_words(doc, s)
  local by, total = wanted(s.name)
  if not by then return nil end
  local shown, from = doc.shown, (s.head_end or s.quote_end) + 1
  local b = doc.blocks[s.block]
  local out, left = {}, {}
  for word, n in pairs(by) do left[word] = n end
  for it in lists.each(shown, from, math.min(b.sj, from + REACH), PARTS) do
    for word in pairs(by) do
      if it.text:sub(1, #word) == word and #it.text > #word and utf8.len(it.text) <= LONGEST then
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

return told
