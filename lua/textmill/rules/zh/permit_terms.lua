-- What papers are good for: the clauses behind their name, and those told apart by colour.
--
--   ...持《作业证》,当日有效,一人一证       terms.behind: where the terms end
--   绿证:限采购;红证2100张,逢单日使用       terms.parts: one a colour, with its count

local clauses = require "textmill.rules.zh.clauses"
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"

local terms = {}

terms.COLOURS = vocabulary.set "红 黄 蓝 绿 白 橙 紫 粉"
local GILT <const> = vocabulary.set "金 银" -- colours with 色 alone: 金牌 is a prize

local PAPERS <const> = { "证", "卡", "牌", "码" }
local TERMS <const> = { "有效", "每户", "每人", "使用", "限", "逢", "换", "持证",
  "共发", "已办", "共办", "共计", "发放", "共制作", "已发", "核发",
  "一审", "年审", "审验", "不限", "随到随办", "过期", "作废", "仅", "已制", "发卡", "发证", "制卡", "制证" }
local COUNTED <const> = { "张", "本", "块", "枚", "份", "个" }
local MOST <const> = 4 -- clauses

local function each_in(s)
  return s:find "一[\xE3-\xE9][\x80-\xBF][\x80-\xBF]一证" or s:find "一[\xE3-\xE9][\x80-\xBF][\x80-\xBF]一卡"
end

local function has_terms(doc, c)
  local s = doc.shown:sub(c.i, c.j)
  return (text.has(s, TERMS) or each_in(s)) and s
end

-- Calls found(clause) for the clauses of the sentence behind shown byte j that tell of terms;
-- one that tells of something else may stand between (专人看护,一次一证).
local function walk(doc, j, to, found)
  local c, n = clauses.at(doc, j), 0
  c = c and clauses.behind(doc, c)
  while c and c.j <= to and n < MOST do
    local s = has_terms(doc, c)
    if not s then
      c = n == 0 and clauses.behind(doc, c)
      s = c and c.j <= to and each_in(doc.shown:sub(c.i, c.j)) and has_terms(doc, c)
      if not s then break end
    end
    found(c, s)
    c, n = clauses.behind(doc, c), n + 1
  end
end

-- terms.stretch(doc, j, to) -> where the part of the sentence ends that stands behind shown byte j
function terms.stretch(doc, j, to)
  local c = clauses.at(doc, j)
  while c and c.j <= to do
    j, c = math.max(j, c.j), clauses.behind(doc, c)
  end
  return j
end

-- terms.behind(doc, j, to) -> where the terms end that stand behind shown byte j; j without any
function terms.behind(doc, j, to)
  local last = j
  walk(doc, j, to, function(c) last = c.j end)
  return last
end

-- terms.each(doc, j, to) -> 一人一证 among the terms, or nil
function terms.each(doc, j, to)
  local each
  walk(doc, j, to, function(_, s)
    local at = each_in(s)
    if at then each = each or s:sub(at, at + 11) end
  end)
  return each
end

-- terms.count(s) -> the number of papers said: 办理27张
function terms.count(s)
  for n, unit in s:gmatch "(%d+) ?([\xE3-\xE9][\x80-\xBF][\x80-\xBF])" do
    if text.ends(unit, COUNTED) then return tonumber(n) end
  end
end

-- The colour or letter of a paper whose kind (证) stands at q, where its name begins, and whether
-- 色 says that it is a colour: 红证, 红色证, 红色就餐卡, A证.
local MOST_BETWEEN <const> = 5 -- characters between 色 and 证
local function coloured(s, q)
  if s:find("^%u", q - 1) then return s:sub(q - 1, q - 1), q - 1, false end
  local colour = s:sub(q - 3, q - 1)
  if terms.COLOURS[colour] then return colour, q - 3, false end
  for n = 1, MOST_BETWEEN + 1 do
    local p = q - 3 * n
    if p < 4 or not s:find("^[\xE4-\xE9]", p) or s:sub(p, p + 2) == "的" then return nil end
    if s:sub(p, p + 2) == "色" then
      colour = s:sub(p - 3, p - 1)
      if terms.COLOURS[colour] or GILT[colour] then return colour, p - 3, true end
      return nil
    end
  end
end

-- terms.told_apart(doc, kinds) -> the blocks of these kinds with two papers at least that have a colour
-- or a letter
local COLOURED <const> = {}
for c in pairs(terms.COLOURS) do COLOURED[c] = true end
for c in pairs(GILT) do COLOURED[c] = true end
local FIRST_LETTER <const>, LAST_LETTER <const> = ("A"):byte(), ("Z"):byte()
function terms.told_apart(doc, kinds)
  local list, s, block, n = {}, doc.shown, nil, 0
  local any = doc:has_any(COLOURED)
  for at, b in doc:each_of(PAPERS, kinds) do
    local before = s:byte(at - 1) or 0
    local letter = before >= FIRST_LETTER and before <= LAST_LETTER
    if (letter or any) and coloured(s, at) then
      n = b == block and n + 1 or 1
      block = b
      if n == 2 then list[#list + 1] = b end
    end
  end
  return list
end

local HELD <const> = { "持", "凭", "发", "领", "发放" }
local GOOD_FOR <const> = { ":", "供", "给", "限", "逢", "使用", "用", "有效", "发" }
local STOPS <const> = { "。", ";", "\n" }

-- terms.colour(name) -> the colour in a name, or nil: 信访绿色通道卡
function terms.colour(name)
  local at = name:find("色", 1, true)
  local colour = at and at > 3 and name:sub(at - 3, at - 1)
  return colour and terms.COLOURS[colour] and colour or nil
end

-- terms.parts(doc, p, to) -> { { colour, i, j, value }, ... }: papers told apart in shown p..to
function terms.parts(doc, p, to)
  local s, found = doc.shown, {}
  local block, shift = s:sub(p, to), p - 1
  local at = text.first(block, PAPERS, 1)
  while at do
    local q = shift + at
    local colour, i, named = coloured(s, q)
    local begins = colour and (i == p or text.edge(s, i - 1) or text.ends_at(s, p, i - 1, HELD))
    if colour and i >= p and (named or begins) then
      found[#found + 1] = { colour = colour, i = i, last = q + 2 }
    end
    at = text.first(block, PAPERS, at + 3)
  end
  local parts = {}
  for k, f in ipairs(found) do
    local j = math.min(to, found[k + 1] and found[k + 1].i - 1 or to)
    local stop = text.first(s, STOPS, f.last, j)
    if stop then j = stop - 1 end
    while j > f.last and text.edge(s, j) do j = utf8.offset(s, -1, j + 1) - 1 end
    local said = s:sub(f.last + 1, j)
    local told = #found > 2 and #said >= 6 or text.has(said, GOOD_FOR)
      or said:find "^%("
    if told or terms.count(said) then
      parts[#parts + 1] = { colour = f.colour, i = f.i, j = j, value = terms.count(said),
        name = s:sub(f.i, f.last) }
    end
  end
  return parts
end

return terms
