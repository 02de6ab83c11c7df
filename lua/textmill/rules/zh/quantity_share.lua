-- What a share is of: 同比增长5%, 云南省94%的国土, 春耕需求的九成.

local clause = require "textmill.rules.zh.quantity_clause"
local growth = require "textmill.rules.zh.quantity_growth"
local phrase = require "textmill.rules.zh.phrase"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set
local WHERE <const> = vocabulary.scopes
local CLAUSE_END <const> = clause.ENDS

local share = {}

local SHARES <const> = set "% 个百分点"
function share.is(unit) return SHARES[unit] or false end

local PERCENT_HEAD <const> = set "率 比 量 额 度 值 重"

local COMPARISONS <const> = set "同比 环比 比"

-- 收入200万元,[同比]增长5%: how the count before has changed.
local OPENS_COMPARISON <const> = set "同比 环比 较 比 同期"
local function compared(doc, q, previous)
  if not previous or not previous.a or previous.sentence ~= q.sentence then return false end
  local from = q.clause
  if not OPENS_COMPARISON[doc.words[from]] and not OPENS_COMPARISON[doc.words[from + 1]] then return false end
  return from - previous.last <= 3 or previous.unit == "%" and previous.compared
end

-- share.subject(doc, k): the subject of a percentage at token k: the nearest noun of measurement to the left.
function share.subject(doc, k)
  local fallback
  for e = k - 1, math.max(1, k - 40), -1 do
    local w, tag = doc.words[e] or "", doc.tags[e] or "w"
    if w == "。" or w:find "\n" or fallback and CLAUSE_END[w] then break end
    if COMPARISONS[w] or vocabulary.durations[w] then goto continue end
    if w == "率" and #(doc.words[e - 1] or "") > 3 then return e - 1, e end
    if PERCENT_HEAD[w:sub(-3)] and #w > 3 and tag ~= "v" then
      local a, b = phrase.left(doc, e)
      if a then return a, b end
      return e, e
    end
    if (tag == "n" or tag == "vn" or tag == "l" or tag == "nz") and not WHERE[w]
      and #w > 3 and w ~= "人次" then
      if not fallback and tag ~= "vn" then fallback = e end
    end
    ::continue::
  end
  if fallback then return phrase.left(doc, fallback) end
end

share.DIVISIONS = set "村 社区 乡镇 镇 乡 县 行政村 自然村 村民小组 村庄 街道 县区"
-- Does the word name a village or township, which is where and not what?
local OWN_HOMES <const> = set "村 镇 乡 社区"
function share.of_home(doc, a, b)
  local w = doc:text_of(a, b)
  return utf8.len(w) > 2 and (OWN_HOMES[w:sub(-3)] or OWN_HOMES[w:sub(-6)]) and not share.DIVISIONS[w]
end

-- Does a noun stand there that could be the subject?
local function noun_between(doc, a, b)
  for e = a, b do
    local w, tag = doc.words[e] or "", doc.tags[e] or "w"
    if PERCENT_HEAD[w:sub(-3)] then return true end
    local noun = tag == "n" or tag == "nz" or tag == "vn" or tag == "ns"
    if noun and not WHERE[w] then return true end
  end
  return false
end

-- 列|养|[率]100%, 劳资纠纷|[类]占17.8%, [其他]占31.5%: words that the lexicon does not know together are
-- what stands between the last mark and the share.
local MOST_TOKENS <const>, MOST_CHARS <const> = 5, 8
local BOUNDS <const> = set "w m blank c u p t"
local KINDS <const> = set "率 类 比"
local function unknown(doc, q)
  local k = q.filled
  local said = k < q.first - 1 and doc.words[k + 1] == "占"
  if not (KINDS[doc.words[k]] or said) then return nil end
  local a = k + 1
  while a > 1 and k - a < MOST_TOKENS do
    local tag, w = doc.tags[a - 1] or "w", doc.words[a - 1] or ""
    if w == "" or BOUNDS[tag] or WHERE[w] or vocabulary.fillers[w] then break end
    a = a - 1
  end
  local n = a <= k and utf8.len((doc:text_of(a, k))) or 0
  local opens = a == 1 or doc.tags[a - 1] ~= "u"
  if n > 1 and n <= MOST_CHARS and opens then return a, k end
end

local HERE <const> = set "地区 全县 全镇 全市 全省 全国"
-- 增长速度[高于]东部地区7.84%: what is so much more stands before it.
local OVER <const> = phrase.WORDS.over
local function exceeding(doc, q, previous)
  if q.holds & phrase.HOLDS.OVER == 0 then return nil end
  for e = q.first - 1, q.clause + 1, -1 do
    local limit = doc.words[e - 1] == "不" or doc.words[q.first - 1] == "的" -- 不低于合同金额的3%
    if OVER[doc.words[e]] and e < q.first - 1 and not limit then
      local a, b, how = phrase.left(doc, phrase.skip_fillers(doc, e - 1))
      if a and how ~= "verb" and not HERE[doc.words[b]] and doc.tags[b] ~= "ns" then return a, b end
      if previous and previous.a and previous.unit == q.unit then return previous.a, previous.b end
      return nil
    end
  end
end
local AND <const> = set "和 、 与"
local SHARED <const> = set ", 、 : ; 。"
-- The item where the words right beside the share say it: tokens a, b, and where they stand.
local function beside(doc, q, previous, la, how)
  if not la or how == "verb" then
    local a, b = unknown(doc, q)
    if a then return a, b, "left" end
  end
  local opens = SHARED[doc.words[q.first - 1]] or q.first == 1
  if not la and opens and doc.tags[q.last + 1] == "n" then -- 、75%酒精
    local a, b = phrase.right(doc, q.last + 1)
    if a then return a, b, "right" end
  end
  local joined = previous and previous.a and previous.unit == q.unit and previous.last == q.first - 2
  if joined and AND[doc.words[q.first - 1]] then return previous.a, previous.b, "clause" end -- 增长6.9%[和]9.4%
end

-- The one that it is compared with.
local function other(doc, q, previous)
  local a, b = exceeding(doc, q, previous)
  if a then return a, b, "clause" end
  local base = previous and (previous.under or previous)
  if compared(doc, q, previous) then return base.a, base.b, "clause" end
end

-- 春耕需求的九成: the noun before 的.
local function owner(doc, q, previous)
  if doc.words[q.first - 1] ~= "的" or growth.origin(doc, q) then return nil end
  local next_to = previous and previous.sentence == q.sentence
    and q.clause - previous.last < 3
  if next_to and previous.a then q.under = previous end -- 收入3亿元,为预算的102%,同比下降2%: of the income
  local a, b = phrase.left(doc, q.first - 2)
  if a then return a, b, "left" end
end

-- Item of a percentage: that of the one it is compared with, what follows 的, or its subject.
function share.of(doc, q, previous, la, lb, how)
  local a, b, side = beside(doc, q, previous, la, how)
  if not a then a, b, side = other(doc, q, previous) end
  if a then return a, b, side end
  local placed = la and (doc.tags[lb] == "ns" or share.of_home(doc, la, lb)) -- 云南省94%的国土
  if doc.words[q.last + 1] == "的" and (not la or placed) then -- 七成以上的农户
    a, b = phrase.right(doc, q.last + 2)
    if a then return a, b, "clause" end
  end
  local named = la and doc.tags[lb] == "nr" and not phrase.is_person(doc.words[lb])
  if la and how ~= "verb" and not named then return la, lb, "left" end
  a, b, side = owner(doc, q, previous)
  if a then return a, b, side end
  local from = q.clause -- 旅游收入1.87亿元,恢复到2019年的93%
  if previous and previous.a and previous.last == from - 2 and not noun_between(doc, from, q.first - 1) then
    return previous.a, previous.b, "clause"
  end
  a, b = share.subject(doc, q.first)
  return a, b, "left"
end

return share
