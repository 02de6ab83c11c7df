-- Members told before the name:
--
--   电信网、广电网、互联网“三网融合”     “镇、村、组”三级服务网     县乡(镇)村三级
--
--   before.find(doc, s) -> items or nil

local item = require "textmill.rules.zh.members_item"
local kin = require "textmill.rules.zh.kin"
local lists = require "textmill.rules.zh.lists"
local text = require "textmill.rules.zh.text"
local set = require "textmill.rules.zh.vocabulary".set

local before = {}

local POINTS <const> = { "、" }
local DASHES <const> = { "——", "—", "→", "-" } -- 镇—村—组
local LONGEST <const> = 20 -- characters of a member

-- what introduces the list ---------------------------------------------------------

local MAKERS <const> = { "组织", "办了", "办成", "办好", "提供", "做好", "给予", "配备",
                         "建立健全", "建立起", "建立了", "建立", "形成了", "形成", "构筑起", "构筑",
  "构建起", "构建", "组建了", "组建", "实行", "实施", "落实", "推行",
                         "做到", "坚持", "健全", "完善", "织密", "打造", "设立", "成立了", "成立", "开展", "执行", "按照",
                           "采取", "通过", "提升", "筑牢", "围绕", "筑起", "严格",
                         "抓好", "压实", "深化", "强化", "聚焦", "突出", "实现", "争当", "下设",
                         "紧盯", "建起", "建成", "设置", "瞄准", "针对", "排查出", "查出", "分为", "涵盖", "涉及", "推出", "推进", "严把",
                         "把好", "严查", "整合", "统筹", "明确" }
local PARTICLES <const> = set "了 起 着 以 由 对 把 将 向"

local function begin_at(first, shown, i)
  first.i, first.text = i, shown:sub(i, first.j)
end

-- 带头A、带头B: the last place in the first item where the beginning stands that the next two have.
local function common_beginning(shown, items)
  local head, third = items[2] and items[2].text:sub(1, 6) or "", items[3]
  if #head < 6 or not third or third.text:sub(1, 6) ~= head then return nil end
  local at = shown:sub(items[1].i, items[1].j):find(head, 1, true)
  return at and items[1].i + at - 1 or nil
end

-- Where the last verb of the first item ends that makes what is listed, with its particles.
local function behind_maker(first, shown)
  if not text.has(first.text, MAKERS) then return nil end
  local last_end
  for _, w in ipairs(MAKERS) do
    local at = first.text:find(w, 1, true)
    while at do
      local stop = first.i + at - 1 + #w
      if stop > first.j then break end
      if not last_end or stop > last_end then last_end = stop end
      at = first.text:find(w, at + #w, true)
    end
  end
  while last_end and PARTICLES[shown:sub(last_end, last_end + 2)] do last_end = last_end + 3 end
  return last_end
end

-- 将把A、B、C: where the last preposition of the first item ends, if that is longer than all others.
local GOVERNS <const> = set "把 将 对 从 由 以 向 就"
local function behind_preposition(doc, items)
  local first = items[1]
  for k = 2, #items do
    if #items[k].text + 6 > #first.text then return nil end
  end
  for e = doc:token_at(first.j), doc:token_at(first.i), -1 do
    local i, j = doc:span(e)
    if GOVERNS[doc.words[e]] and doc.tags[e] ~= "v" and i >= first.i then return j + 1 end
  end
end

-- The length of all items behind the first one, where they have one.
local function common_length(items)
  local length
  for k = 2, #items do
    local n = utf8.len(items[k].text)
    if length and n ~= length then return nil end
    length = n
  end
  return length
end

-- The first item of a list runs back to the start of its clause: cut what
-- introduces it.
local function cut_first(doc, items)
  local shown, first = doc.shown, items[1]
  if not first then return end
  local at = common_beginning(shown, items)
  if at then return begin_at(first, shown, at) end
  local made = behind_maker(first, shown) or behind_preposition(doc, items)
  if made and made <= first.j then begin_at(first, shown, made) end
  -- all others as long as each other: so is the first
  local length, own = common_length(items), utf8.len(first.text)
  if length and own and own > length and (#items > 2 or length <= 3) then
    local i = doc:span(doc:token_at(first.i + utf8.offset(first.text, -length) - 1)) -- no word is cut in two
    if i > first.i and not (made and utf8.len(shown, i, first.j) > length) then begin_at(first, shown, i) end
  end
end

-- where the list stands --------------------------------------------------------------

local CLAUSE_ENDS <const> = { "。", ";", ",", ":", "!", "?", "\n" }

-- Where the clause begins that ends at p.
local function clause_from(shown, p, from)
  local window, best = shown:sub(from, p - 1), 1
  while true do
    local q, m = text.first(window, CLAUSE_ENDS, best)
    if not q then return from + best - 1 end
    best = q + #m
  end
end

-- Byte where the list ends, without the words between it and the name; nil where it can be none.
local LINKS <const> = set "、 和 与 及"
local OPENING <const> = set "“ ‘ 「"
local function list_end(shown, s, b)
  local j = s.i - 1
  if OPENING[shown:sub(j - 2, j)] and not s.bare then j = j - 3 end
  if shown:sub(j - 2, j) == "的" or shown:sub(j - 2, j) == "等" then j = j - 3 end
  if shown:sub(j - 5, j) == "组成" then j = j - 6 end -- 由A、B、C组成的
  if j < b.si or LINKS[shown:sub(j - 2, j)] then return nil end -- A、B和“三...”: the last of them
  return j
end

-- “红黄绿”三色台账: a character each.
local function each_character(shown, i, j, count)
  if (count or 0) <= 2 or utf8.len(shown, i, j) ~= count or j - i + 1 ~= 3 * count then return {} end
  local items = {}
  for p = i, j, 3 do items[#items + 1] = item.at(shown, p, p + 2) end
  return items
end

-- “1名医生+N名邻居”的“1+N”: a part for each of the sum.
local SUMMED <const> = { "+", "、" }
local function added(shown, s, i, j)
  local items = lists.split_at(shown, i, j, SUMMED)
  return #items == s.parts and items or nil
end

-- “镇、村、组”三级: the list in the quotes that end at j.
local QUOTED_REACH <const> = 120 -- bytes
local LAST_OPENED <const> = { ["”"] = ".*()“", ["’"] = ".*()‘", ["」"] = ".*()「" }
local function quoted(shown, s, b, j)
  local opened = LAST_OPENED[shown:sub(j - 2, j)]
  if not opened then return nil end
  local from = math.max(b.si, j - QUOTED_REACH)
  local open = shown:sub(from, j - 3):match(opened)
  if not open then return nil end
  local i = from + open - 1 + 3
  if s.parts then return added(shown, s, i, j - 3) end
  local items = lists.items(shown, i, j - 3, s.count)
  if #items < 2 then items = lists.split_at(shown, i, j - 3, DASHES) end
  if #items < 2 and s.bare then items = each_character(shown, i, j - 3, s.count) end
  return #items >= 2 and (not s.count or #items == s.count) and items or nil
end

-- 县乡(镇)村三级: characters in a row, one a level.
local LEVELS <const> = set "省 市 县 区 乡 镇 村 组 户 街 居"
local LONGEST_BRACKET <const> = 20 -- bytes
local function ladder(shown, s, i, j)
  if not s.count then return nil end
  local items, p = {}, j
  while p >= i and #items < s.count do
    local q = p - 2
    if shown:sub(p, p) == ")" then
      local open = shown:sub(math.max(i, p - LONGEST_BRACKET), p):match ".*()%("
      q = open and math.max(i, p - LONGEST_BRACKET) + open - 4
      if not q or q < i then return nil end
    end
    if not LEVELS[shown:sub(q, q + 2)] then return nil end
    table.insert(items, 1, item.at(shown, q, p))
    p = q - 1
  end
  return #items == s.count and items or nil
end

-- Two items differ by two characters at most, and none is long.
local function balanced(items)
  local shortest, longest = 99, 0
  for _, it in ipairs(items) do
    local n = utf8.len(it.text) or 99
    shortest, longest = math.min(shortest, n), math.max(longest, n)
  end
  return longest <= LONGEST and (#items > 2 or longest - shortest <= 2)
end

-- The last s.count items of the clause shown[i, j].
local function in_clause(doc, s, i, j)
  local shown = doc.shown
  local items = lists.split_at(shown, i, j, POINTS)
  if s.count and #items == s.count - 1 then items = lists.items(shown, i, j, s.count) end
  if s.count and #items < s.count or #items < 2 then return ladder(shown, s, i, j) end
  for _ = 1, s.count and #items - s.count or 0 do table.remove(items, 1) end
  cut_first(doc, items)
  return balanced(items) and items or nil
end

-- A、B、C,[群众称之为]“...”: how a clause names what the one before it lists.
local NAMINGS <const> = { "称之为", "称为", "统称为", "统称", "简称", "叫做", "叫作", "称作", "概括为", "归纳为",
  "总结为", "合称" }
local LONGEST_NAMING <const> = 7 -- characters
local function is_naming(words)
  if (utf8.len(words) or LONGEST_NAMING + 1) > LONGEST_NAMING then return false end
  for _, w in ipairs(NAMINGS) do
    if words:sub(-#w) == w then return true end
  end
  return false
end

-- The clause before the one that begins at i, as bytes.
local CLAUSE_REACH <const> = 400 -- bytes
local function clause_before(shown, i, b)
  if shown:sub(i - 1, i - 1) ~= "," then return nil end
  local from = clause_from(shown, i - 1, math.max(b.si, i - CLAUSE_REACH))
  return from < i - 1 and from or nil, i - 2
end

-- 脱贫户12户: without how many there are.
local function uncounted(shown, it)
  local words = it.text:match "^(.-[^%d])%d+[^%d%p%s]+$"
  return words and utf8.len(words) and item.at(shown, it.i, it.i + #words - 1) or it
end

-- 资源变资产、资金变股金、农民变股东,“三变”...: the clause before lists what has the key word.
local SHORT_LEAD <const> = set "对 这 对这 以 用 把 将 即"
SHORT_LEAD[""] = true
local function of_key(doc, s, i, j)
  local shown, key = doc.shown, kin.key_of(s)
  local items = lists.split_at(shown, i, j, POINTS)
  if #items ~= s.count or s.count < 2 then return nil end
  for n, it in ipairs(items) do
    items[n] = uncounted(shown, it)
    local words = items[n].text
    if #kin.of({ items[n] }, key) == 0 and not words:find(key, 4, true) then return nil end
  end
  cut_first(doc, items)
  return balanced(items) and items or nil
end

function before.find(doc, s)
  local shown, b = doc.shown, doc.blocks[s.block]
  local j = list_end(shown, s, b)
  if not j then return nil end
  local inside = quoted(shown, s, b, j)
  if inside then return inside end
  local i = clause_from(shown, j + 1, math.max(b.si, j - CLAUSE_REACH))
  local own = i <= j and in_clause(doc, s, i, j)
  if own then return own end
  local lead = shown:sub(i, j)
  local from, to = clause_before(shown, i, b)
  if not from or not s.count then return nil end
  if is_naming(lead) then return in_clause(doc, s, from, to) end
  return SHORT_LEAD[lead] and of_key(doc, s, from, to) or nil
end

-- before.summed(doc, s): the parts of a sum in quotation marks right before it
function before.summed(doc, s)
  local j = s.parts and list_end(doc.shown, s, doc.blocks[s.block])
  return j and quoted(doc.shown, s, doc.blocks[s.block], j) or nil
end

return before
