-- Members of schemes whose names are numbers:
--
--   “1234”工作法   “1”是...,“2”是...                               a digit each
--   “1+3+N”        “1”即...,“3”即...; 1名干部、3名监督员、N名志愿者   so many of each
--   “4+1”          A、B、C、D各一名加一名E                            all of them
--   “百千万”工程   培育100名...、建设1000亩...、带动1万名...          so many tens of each

local item = require "textmill.rules.zh.members_item"
local kin = require "textmill.rules.zh.kin"
local lists = require "textmill.rules.zh.lists"
local measures = require "textmill.rules.zh.measures"
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local summed = {}

local REACH <const>, LONGEST <const> = 900, 20 -- bytes behind the name, characters of a member
local DIGITS <const> = { "一", "二", "三", "四", "五", "六", "七", "八", "九", "十" }
local STOPS <const> = { ",", "。", ";", "、", "\n" }
local ENDS <const> = { "。", "\n" }
local POINTS <const> = { "、" }

-- “1336” -> 1 3 3 6, “1+4+N” -> 1 4 N, or nil; and whether it is a sum.
local SUM <const>, NUMBER <const> = "^[%dNX]+%+[%dNX+]+$", "^%d%d+$"
local function digits_of(s)
  local name = s.alias and not s.name:find(NUMBER) and s.alias or s.name
  local sum = name:match(SUM)
  if not sum and not name:find(NUMBER) then return nil end
  local out = {}
  for d in name:gmatch(sum and "[^+]+" or "%d") do out[#out + 1] = d end
  return out, sum ~= nil
end

-- 甲、乙、丙[三项服务]: what is said of all behind the last one.
local function without_sum(shown, it, n)
  local at = it.text:find(DIGITS[n], 4, true)
  local measured = at and measures.ALL[it.text:sub(at + 3, at + 5)]
  return measured and it.i + at - 2 <= it.j and item.at(shown, it.i, it.i + at - 2) or it
end

-- “3”指A、B、C: the list from i on, if it has as many as the digit says; and where it ends.
local CLAUSE <const> = { ",", "。", ";", "\n" }
local function listed(shown, i, d)
  local n = tonumber(d)
  local stop = n and n > 1 and n <= #DIGITS and item.stop(shown, CLAUSE, i, REACH)
  if not stop then return nil end
  local items = lists.split_at(shown, i, stop - 1, POINTS)
  if #items == n - 1 then items = lists.items(shown, i, stop - 1, n) end
  if #items ~= n then return nil end
  items[n] = without_sum(shown, items[n], n)
  return items, stop
end

local COPULA <const> = { "是", "即", "指", "就是", "则是", "为", "代表" }
local function behind_copula(shown, i)
  if shown:sub(i, i) == "," then i = i + 1 end
  for _, w in ipairs(COPULA) do
    if shown:sub(i, i + #w - 1) == w then return i + #w end
  end
  return i
end

-- “1”是建强一个堡垒, “2”是...: a part for each digit of the name, or as many as the digit says.
function summed.by_digits(doc, s)
  local digits = digits_of(s)
  if not digits then return nil end
  local shown, p, out = doc.shown, s.quote_end + 1, {}
  local limit = math.min(#shown, p + REACH)
  for _, d in ipairs(digits) do
    local at = item.find(shown, "“" .. d .. "”", p, limit)
    if not at or at > limit then return nil end
    local i = behind_copula(shown, at + #"“”" + #d)
    local items, stop = listed(shown, i, d)
    if items then table.move(items, 1, #items, #out + 1, out)
    else
      stop = item.stop(shown, STOPS, i, REACH)
      if stop - 1 < i or utf8.len(shown, i, stop - 1) > LONGEST then return nil end
      out[#out + 1] = item.at(shown, i, stop - 1)
    end
    p = stop
  end
  return out
end

local MANY <const> = { N = { "N", "若干", "多" }, X = { "X", "若干", "多" } }
local SUMMED <const> = { "、", ",", ";", "+", "加", "和", "。", "\n" }

-- Where in the item the words begin that count d of something: 1名..., 一名..., N名...
local function counting(words, d)
  local value = tonumber(d)
  for _, head in ipairs(MANY[d] or { d, value and DIGITS[value] }) do
    local at = words:find(head, 1, true)
    local before = at and words:sub(at - 1, at - 1)
    local digit = at and (before:find "%d" or words:find("^%d", at + #head))
    if at and #words > at + #head and not digit then return at end
  end
end

-- “4+1”,即由A、B、C、D各一名加一名E: as many items as the sum, without the ones.
local ONES <const> = { "各一名", "各1名", "各一人", "各1人" }
local ONE <const> = { "一名", "1名", "一位", "1位", "一个", "1个" }
local ADDED <const> = { "、", "+", "加上", "加", "和", "以及" }
local function added(shown, digits, from, stop)
  local total = 0
  for _, d in ipairs(digits) do total = total + (tonumber(d) or REACH) end
  local items = lists.split_at(shown, from, stop - 1, ADDED)
  if #items ~= total then return nil end
  items[1] = item.unled(item.unled(items[1]))
  for n, it in ipairs(items) do
    local i, at = it.i, text.first(it.text, ONES, 1)
    local j = at and at > 1 and i + at - 2 or it.j
    for _, w in ipairs(ONE) do
      if it.text:sub(1, #w) == w and i + #w <= j then i = i + #w break end
    end
    items[n] = item.at(shown, i, j)
    if utf8.len(items[n].text) > LONGEST then return nil end
  end
  return items
end

-- “1+3”监督模式,即1名干部加3名监督员: one item behind the other for each part of the sum; the
-- first may have words before it.
local function counted(doc, digits, from, stop)
  local shown, out = doc.shown, {}
  for it in lists.each(shown, from, stop - 1, SUMMED) do
    local at = counting(shown:sub(it.i, it.j), digits[#out + 1])
    if at and (at == 1 or #out == 0) and utf8.len(it.text) <= LONGEST then
      out[#out + 1] = item.at(shown, it.i + at - 1, it.j)
    elseif #out > 0 then
      return nil
    end
    if #out == #digits then
      kin.cut_predicate(doc, out)
      return out
    end
  end
end

-- “235”模式,即村集体占2成、合作社占3成、农户占5成: the digits in order, one an item.
local function has_figure(words, d)
  local value = tonumber(d)
  local spelt = value and DIGITS[value]
  return words:find("%f[%d]" .. d .. "%f[%D]") or spelt and words:find(spelt, 1, true)
    or value == 2 and words:find("两", 1, true)
end

local function figured(shown, digits, from, stop)
  local items = lists.split_at(shown, from, stop - 1, POINTS)
  if #items ~= #digits then return nil end
  items[1] = item.unled(items[1])
  for n, it in ipairs(items) do
    if not has_figure(it.text, digits[n]) or utf8.len(it.text) > LONGEST then return nil end
  end
  return items
end

local NAMED_BY <const> = { ",即", ":", "(", "即" }
local NOUN_REACH <const> = 31 -- bytes to the word that introduces the list
function summed.by_sum(doc, s)
  local digits, sum = digits_of(s)
  if not digits then return nil end
  local shown, from = doc.shown, (s.head_end or s.quote_end) + 1
  local stop = item.stop(shown, ENDS, from, REACH)
  local out = sum and counted(doc, digits, from, stop)
  if out then return out end
  local at, mark = text.first(shown, NAMED_BY, from, math.min(stop - 1, from + NOUN_REACH))
  if not at then return nil end
  from = at + #mark
  stop = math.min(stop, item.stop(shown, CLAUSE, from, REACH))
  return (sum and added or figured)(shown, digits, from, stop)
end

-- 1万名 has 万, 100名 has 百: the power of ten that the number in the words begins with.
local POWERS <const> = { ["十"] = 10, ["百"] = 100, ["千"] = 1000, ["万"] = 10000 }
local function of_power(words, power)
  local digits, unit = words:match "(%d+)([^%d].?.?)"
  local value = digits and tonumber(digits)
  if not value then return words:find(power, 1, true) ~= nil end
  return value * (POWERS[unit] or 1) >= POWERS[power] and value * (POWERS[unit] or 1) < 10 * POWERS[power]
end

-- “百千万”工程,培育100名...、建设1000亩...、带动1万名...
local ROUND <const> = set "十百千 百千万 十百千万"
local ITEMS <const> = { "、", ",", ";" }
function summed.by_powers(doc, s)
  if not ROUND[s.name] then return nil end
  local shown, from = doc.shown, (s.head_end or s.quote_end) + 1
  local stop = item.stop(shown, ENDS, from, REACH)
  local out = {}
  for it in lists.each(shown, from, stop - 1, ITEMS) do
    it = item.unled(it)
    local power = s.name:sub(3 * #out + 1, 3 * #out + 3)
    if of_power(it.text, power) and utf8.len(it.text) <= LONGEST then out[#out + 1] = it
    elseif #out > 0 then return nil end
    if 3 * #out == #s.name then break end
  end
  if 3 * #out ~= #s.name then return nil end
  local digit = out[2].text:find "^%d" and out[1].text:find "%d"
  if digit then out[1] = item.at(shown, out[1].i + digit - 1, out[1].j) end
  return out
end

return summed
