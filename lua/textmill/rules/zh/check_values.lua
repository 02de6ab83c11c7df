-- Do the numbers agree?
--
--   number   two numbers for one thing; parts that are not their total
local changes = require "textmill.rules.zh.check_changes"
local check = require "textmill.rules.zh.check"
local clauses = require "textmill.rules.zh.clauses"
local cues = require "textmill.cues"
local counted = require "textmill.rules.zh.counted"
local set = require "textmill.rules.zh.vocabulary".set
local text = require "textmill.rules.zh.text"

local values = {}

local TOTAL <const> = { "全镇", "全乡", "全村", "全县", "全市", "全区", "全校", "全市场", "全街道", "全院", "全厂", "全局" }
local LONGEST_TOTAL <const> = 3 * 3 -- bytes
cues.add(TOTAL)
cues.add { "其中", ":", "中,", ",每" }

local NOT_WHOLE <const> = { "新", "累计", "另", "增", "减", "其余", "其他", "其它", "剩", "余下", "已有", "还有" }

local NEAR <const> = 3 -- bytes of the clause that may stand before the word

-- Does one of the words stand at the beginning of clause n, which begins at byte `at`? known: what was
-- found before.
local function led(doc, n, at, known)
  if known[n] == nil then
    known[n] = text.first(doc.shown:sub(at, at + NEAR + LONGEST_TOTAL - 1), TOTAL, 1) ~= nil
  end
  return known[n]
end

-- Scope word of clause c before the quantity at byte si, or nil: 全镇[共有]卡点12处.
local function total_of(doc, c, si)
  local before = doc.shown:sub(c.i, si - 1)
  for _, w in ipairs(TOTAL) do
    local at = before:find(w, 1, true)
    if at and at <= NEAR + 1 and #before - at - #w < 16 then
      return not text.has(before, NOT_WHOLE) and w or nil
    end
  end
end

local function totals(doc, counts, out)
  if not doc:has_any(TOTAL) then return end
  local by, known = {}, {}
  for k, f in ipairs(counts.list) do
    local n = counts.clause[k]
    local whole = f.item and f.value and not f.approx and not f.max and f.unit ~= "%"
    if n > 0 and whole and led(doc, n, counts.ci[k], known) then
      local c = clauses.of(doc)[n]
      local scope = total_of(doc, c, counts.si[k])
      if scope then
        local _, article = doc:article_at(f.i)
        local key = table.concat({ article or 0, scope, f.item, f.unit or "" }, "\0")
        local o = by[key]
        if o and o[1].value ~= f.value and o[2].n ~= c.n then
          out[#out + 1] = check.fact(doc, "number", { { doc:to_clean(o[2].i, o[2].j) }, check.span(o[1]),
            check.span(f) }, { name = f.item, value = o[1].value, other = f.value, unit = f.unit })
        end
        by[key] = o or { f, c }
      end
    end
  end
end

-- 甲类9个、乙类8个、丙类7个: three kinds or more of one word make up the whole;
-- places are only some of theirs.
local PLACES <const> = { "村", "镇", "乡", "县", "市", "街道", "社区", "组", "户" }
local function of_one_kind(kinds, whole)
  if #kinds < 3 then return false end
  local last = kinds[1]:sub(-3)
  for _, item in ipairs(kinds) do
    -- 东村8个 of so many 检查点 is read as 东村检查点
    local own = #item > #whole and item:sub(-#whole) == whole and item:sub(1, -#whole - 1) or item
    if #item < 6 or item:sub(-3) ~= last or text.ends(own, PLACES) then return false end
  end
  return true
end

-- 干部60人、群众30人: the last takes all that are left; 男..女..: there are no others.
local REST <const> = { "其他", "其它", "其余", "群众", "普通", "一般" }
local PAIRS <const> = { { "男", "女" }, { "有效", "无效" }, { "已", "未" }, { "城镇", "农村" }, { "在册", "非在册" } }

-- What is said of a part between the mark before it and its number.
local function part_words(doc, f)
  local value = f.mentions[1].captures.value or { f.i, f.j }
  local si, sj = doc:to_shown(f.i, f.j)
  local from = math.max(1, math.min(si, (doc:to_shown(value[1], value[2]))) - 24)
  local s = doc.shown:sub(from, sj)
  for _, mark in ipairs { "、", ",", "其中" } do
    local at = s:match(".*" .. mark .. "()")
    if at then s = s:sub(at) end
  end
  return s
end

local function exhaustive(doc, list)
  local words = {}
  for k, f in ipairs(list) do words[k] = part_words(doc, f) end
  if #list >= 3 then return text.has(words[#words], REST) end
  for _, pair in ipairs(#list == 2 and PAIRS or {}) do
    if words[1]:find(pair[1], 1, true) and words[2]:find(pair[2], 1, true) then return true end
  end
  return false
end

-- 比上年高30亿: how much more, which is no whole. 11·11%: a decimal point of its own.
local COMPARED <const> = { "高", "多", "低", "少", "增", "减", "增加", "减少", "降", "升", "·", "提高", "降低" }

local function compared_by(doc, f)
  local value = f.mentions[1].captures.value
  local si = doc:to_shown(value and value[1] or f.i, f.j)
  return text.ends(doc.shown:sub(math.max(1, si - 12), si - 1), COMPARED)
end

-- 平均每村3个: no whole.
local MEANS <const> = { "平均", "人均", "户均", "日均", "年均", "每" }
local function averaged(doc, f)
  local c = check.clause(doc, f.i, f.j)
  return c and text.has(doc.shown:sub(c.i, (doc:to_shown(f.i, f.j))), MEANS) or false
end

-- 其中A 60人,B 48人 add up; what an act of its own counts (B参与11起) or is compared by may
-- be the same ones again.
local ACT <const> = { v = true }
local function additive(doc, f, last)
  if compared_by(doc, f) then return false end
  if not last then return true end
  local c = check.clause(doc, f.i, f.j)
  local value = f.mentions[1].captures.value or { f.i, f.j }
  local from = math.max(c and c.i or 1, select(2, doc:to_shown(last.i, last.j)) + 1)
  local to = (doc:to_shown(value[1], value[2])) - 1
  if to < from or doc.shown:sub(from, from + 2) == "、" then return true end
  return not clauses.has_tag(doc, doc:token_at(from), doc:token_at(to), ACT)
end

-- The item as it stands beside the count: 甲区, not 甲区检查点.
local function told_item(doc, f)
  local span = f.mentions[1].captures.item
  return span and doc:display(span[1], span[2]) or f.item or ""
end

-- 投诉27件,办结26件,其中...: the count before the whole, where its parts are more than that, too.
local function outer(sorted, k, sum, doc)
  local total, o = sorted[k], sorted[k - 1]
  if o and o.unit == total.unit and o.value < sum and o.value >= total.value then
    local a, b = doc:to_shown(o.i, o.j), doc:to_shown(total.i, total.j)
    return not doc.shown:sub(a, b):find "。" and check.span(o) or nil
  end
end

-- 共计90人,其中A 60人,B 48人: parts of one total in one sentence.
-- 摊位280个、车位90个。其中...: which of several counts of the sentence before is the whole?
local function unclear(doc, sorted, k, total, at, sum)
  if doc.shown:sub(at - 3, at - 1) ~= "。" then return false end
  local b, n, behind = doc:shown_block(at), 0, at - 3
  for h = k, 1, -1 do
    local f = sorted[h]
    local si = doc:to_shown(f.i, f.j)
    if not b or si < b.si or doc.shown:sub(si, behind - 1):find("。", 1, true) then break end
    behind = si
    if f.unit == total.unit then n = n + 1 end
    if f.unit == total.unit and math.abs(f.value - sum) < 1e-6 then return true end
  end
  return n >= 2
end

-- The last of the counts before byte i of clean text; 0 where there is none.
local function last_before(sorted, i)
  local lo, hi = 0, #sorted
  while lo < hi do
    local mid = (lo + hi + 1) // 2
    if sorted[mid].i < i then lo = mid else hi = mid - 1 end
  end
  return lo
end

local MOST_PARTS <const> = 60 -- counts of a sentence behind 其中; where there are more, nothing is said

-- The exact counts of a document, sorted.
local function exact_sorted(counts)
  local sorted = {}
  for _, f in ipairs(counts.list) do
    if f.value and not f.approx then sorted[#sorted + 1] = f end
  end
  table.sort(sorted, function(a, b) return a.i < b.i or a.i == b.i and a.j < b.j end)
  return sorted
end

-- Where what 其中 at byte `at` of block b opens comes to its end.
local function part_end(doc, at, b)
  local stop = doc:find("。", at) or b.sj
  local close = doc.shown:sub(at - 1, at - 1) == "(" and doc:find(")", at)
  return math.min(close and math.min(stop, close) or stop, b.sj)
end

-- The number of the count that is divided: the one before, or one that says 共 a little earlier.
local function whole_of(doc, sorted, before, at)
  local k = before
  for h = before - 1, math.max(1, before - 3), -1 do
    local o = sorted[h]
    local si, sj = doc:to_shown(o.i, o.j)
    if doc.shown:sub(si - 12, sj):find "共" and not doc.shown:sub(sj, at):find "。" then k = h end
  end
  return k
end

-- The counts behind number `before` up to byte cj that add up to the total: { sum, n, last, kinds, found };
-- nil where there are too many.
local function added_up(doc, sorted, before, total, ci, cj)
  local t = { sum = 0, n = 0, last = nil, kinds = {}, found = {} }
  for h = before + 1, #sorted do
    local f = sorted[h]
    if f.i > cj then break end
    if h - before > MOST_PARTS then return nil end
    if f.i > ci and f.j <= cj and f.unit == total.unit and additive(doc, f, t.last) then
      t.sum, t.n, t.last = t.sum + f.value, t.n + 1, f
      t.kinds[t.n], t.found[t.n] = told_item(doc, f), f
    end
  end
  return t
end

-- Do the parts say another number than the total?
local function disagree(doc, total, t)
  if total.unit == "%" or compared_by(doc, total) or averaged(doc, total) then return false end
  if t.sum > total.value + 1e-6 then return true end
  return t.sum < total.value - 1e-6
    and (of_one_kind(t.kinds, total.item or "\0") or exhaustive(doc, t.found))
end

local FARTHEST_TOTAL <const> = 200 -- bytes
local function check_parts(doc, sorted, at, b, out)
  local ci, cj = doc:to_clean(at, part_end(doc, at, b))
  local before = last_before(sorted, ci)
  local k = whole_of(doc, sorted, before, at)
  local total = sorted[k]
  local t = total and added_up(doc, sorted, before, total, ci, cj)
  if not t or t.n < 2 then return end
  local start = doc:to_shown(total.i, total.j)
  if at - start >= FARTHEST_TOTAL or start < b.si or not disagree(doc, total, t) then return end
  if unclear(doc, sorted, before, total, at, t.sum) then return end
  local c = check.clause(doc, total.i, total.j)
  local i = c and doc:to_clean(c.i, c.j) or total.i
  out[#out + 1] = check.fact(doc, "number", { { i, t.last.j }, { i, total.j }, check.span(total),
    outer(sorted, k, t.sum, doc) or check.span(t.last) },
    { name = total.item, value = total.value, other = t.sum, unit = total.unit })
end

local function parts(doc, counts, out)
  if not doc:find("其中", 1) then return end
  local sorted = exact_sorted(counts)
  for at, b in doc:each("其中", { paragraph = true, list = true }) do check_parts(doc, sorted, at, b, out) end
end

-- What of a fact is compared: exact counts.
local function is_exact(f)
  return f.value and not f.approx and not f.max
end

-- The exact counts of a document in its order.
local function exact(counts)
  local list = {}
  for _, f in ipairs(counts.list) do
    if is_exact(f) then
      for _, m in ipairs(f.mentions) do list[#list + 1] = { f = f, i = m.i, j = m.j } end
    end
  end
  table.sort(list, function(a, b) return a.i < b.i end)
  return list
end

local ENDS <const> = { "。", ";", "\n" }
local SHARES_REACH <const> = 1500 -- bytes of such a sentence behind its colon

-- 补助1200元:省里300元、市里200元: from the colon to the end of the sentence all are
-- parts of the whole.
local function shares(doc, list, k)
  local whole = list[k]
  local _, sj = doc:to_shown(whole.i, whole.j)
  if doc.shown:sub(sj + 1, sj + 1) ~= ":" then return end
  local b = doc:shown_block(sj)
  local at = text.first(doc.shown:sub(sj + 2, sj + SHARES_REACH), ENDS, 1)
  local stop = math.min(at and sj + 1 + at or #doc.shown, b and b.sj + 1 or #doc.shown)
  if stop > sj + SHARES_REACH then return end
  local sum, n, last = 0, 0, nil
  for h = k + 1, #list do
    local si, ej = doc:to_shown(list[h].i, list[h].j)
    if si >= stop then break end
    if list[h].f.unit ~= whole.f.unit or ej >= stop then return end
    sum, n, last = sum + list[h].f.value, n + 1, list[h]
  end
  local points = select(2, doc.shown:sub(sj + 2, stop - 1):gsub("、", ""))
  if n >= 2 and points == n - 1 and math.abs(sum - whole.f.value) > 1e-6 then return sum, last end
end

local COLON <const> = (":"):byte()

-- Does a colon stand behind one of the exact counts?
local function some_announced(doc, counts)
  if not doc:find(":", 1) then return false end
  for k, f in ipairs(counts.list) do
    if is_exact(f) then
      if doc.shown:byte(counts.sj[k] + 1) == COLON then return true end
      for _, m in ipairs(f.mentions) do
        local own = m.i == f.i and m.j == f.j
        if not own and doc.shown:byte(select(2, doc:to_shown(m.i, m.j)) + 1) == COLON then return true end
      end
    end
  end
  return false
end

local function sums(doc, counts, out)
  local list = some_announced(doc, counts) and exact(counts) or {}
  for k = 1, #list - 2 do
    local sum, last = shares(doc, list, k)
    if sum then
      out[#out + 1] = check.fact(doc, "number", { { list[k].i, list[k].j }, { last.i, last.j } },
        { name = list[k].f.item, value = list[k].f.value, other = sum, unit = list[k].f.unit })
    end
  end
end

-- 17所学校中,初中1所、小学9所、幼儿园8所: kinds of one unit that are more than there are.
local KINDS_OF <const> = set "所 家 座 起 件 台"
local LEAST_PARTS <const> = 3
local function among(doc, list, k)
  local whole = list[k]
  local c = KINDS_OF[whole.f.unit or ""] and check.clause(doc, whole.i, whole.j)
  local nxt = c and c.mark == "," and doc.shown:sub(c.j - 2, c.j) == "中" and clauses.behind(doc, c)
  if not nxt or doc.shown:sub(c.i, c.j):find "共.*中$" then return end
  local sum, n, last = 0, 0, nil
  for h = k + 1, #list do
    local si, sj = doc:to_shown(list[h].i, list[h].j)
    if si > nxt.j or list[h].f.unit ~= whole.f.unit then break end
    sum, n, last = sum + list[h].f.value, n + 1, sj <= nxt.j and list[h] or nil
  end
  local points = select(2, doc.shown:sub(nxt.i, nxt.j):gsub("、", ""))
  local all = n >= LEAST_PARTS and points == n - 1 and last and sum > whole.f.value
  if all and select(2, doc:to_shown(last.i, last.j)) == nxt.j then return sum, last end
end

-- 9个村共有专干10名,每村1名: so many of each are not all.
local EACH_BEHIND <const> = ",每"
local EACH <const> = "^每([\xE3-\xE9\x80-\xBF]-)(%d+)([\xE3-\xE9][\x80-\xBF][\x80-\xBF])$"
local function of_each(doc, list, k)
  local whole, before = list[k], list[k - 1]
  if not before then return end
  local si, sj = doc:to_shown(whole.i, whole.j)
  if doc.shown:sub(sj + 1, sj + #EACH_BEHIND) ~= EACH_BEHIND then return end
  local c = check.clause(doc, whole.i, whole.j)
  local nxt = c and c.mark == "," and clauses.behind(doc, c)
  local kind, n, unit = nil, nil, nil
  if nxt then kind, n, unit = doc.shown:sub(nxt.i, nxt.j):match(EACH) end
  if not kind or unit ~= whole.f.unit or #kind < 3 then return end
  local bi, bj = doc:to_shown(before.i, before.j)
  local first = not list[k - 2] or (doc:to_shown(list[k - 2].i, list[k - 2].j)) < c.i
  local named = before.f.unit == "个" and (before.f.item or ""):sub(-#kind) == kind
  local product = before.f.value * tonumber(n)
  local told = first and named and bi >= c.i and bj < si and sj == c.j
  if told and product ~= whole.f.value then return product, before end
end

local LEAST <const> = 100
local LEAST_DISTINCT <const> = 3 -- digits that are no zero
local PERIODS <const> = set "年 月 日 岁 周岁 小时 分钟 天"

local DIGIT_BITS <const> = 5 -- that count a digit

-- The digits of a count whatever their order, as one number; nil where they are not many
-- enough to be mistaken.
local function digits_of(f)
  local v = f.value
  if not v or v < LEAST or PERIODS[f.unit or ""] then return nil end
  v = math.tointeger(v)
  if not v then return nil end
  local of, distinct = 0, 0
  while v > 0 do
    local shift = v % 10 * DIGIT_BITS
    if shift > 0 and of >> shift & (1 << DIGIT_BITS) - 1 == 0 then distinct = distinct + 1 end
    of, v = of + (1 << shift), v // 10
  end
  return distinct >= LEAST_DISTINCT and of or nil
end

local TOLD <const> = { v = true, vn = true, n = true }

-- The verbs and nouns of two characters or more of a clause, and how many there are; kept in `known`: a
-- clause may hold any number of counts.
local function told_words(doc, c, known)
  local words = known[c.n]
  if words then return words end
  words = { of = {}, n = 0 }
  for k = c.a, c.b do
    local word = doc.words[k]
    if TOLD[doc.tags[k]] and #word >= 6 and not words.of[word] then
      words.of[word], words.n = true, words.n + 1
    end
  end
  known[c.n] = words
  return words
end

-- Does one of them stand in both clauses?
local function common_word(doc, a, b, known)
  local few, many = told_words(doc, a, known), told_words(doc, b, known)
  if few.n > many.n then few, many = many, few end
  for word in pairs(few.of) do
    if many.of[word] then return true end
  end
  return false
end

-- Which two values a check has compared already: of[value][other].
local function compared(out)
  local of = {}
  for _, c in ipairs(out) do
    if c.subtype == "number" and c.value and c.other then
      of[c.value] = of[c.value] or {}
      of[c.value][c.other] = true
    end
  end
  return of
end

-- Which counts have digits that another has, too: fact -> digits.
local function alike(counts)
  local first, of = {}, {}
  for _, f in ipairs(counts.list) do
    local digits = not f.max and digits_of(f)
    if digits then
      local o = first[digits]
      if o then of[o], of[f] = digits, digits else first[digits] = f end
    end
  end
  return of
end

-- 转移1860人 and 转移1680人: the same digits in another order, said of one thing.
local function transposed(doc, counts, out)
  local by, known, digits_alike = {}, {}, alike(counts)
  if not next(digits_alike) then return end
  local done = compared(out)
  for _, f in ipairs(counts.list) do
    local digits = digits_alike[f]
    if digits then
      local _, article = doc:article_at(f.i)
      local key = table.concat({ article or 0, f.unit or "", digits }, "\0")
      local o = by[key]
      by[key] = o or f
      local a, b = o and check.clause(doc, o.i, o.j), o and check.clause(doc, f.i, f.j)
      if a and b and o.value ~= f.value and common_word(doc, a, b, known)
        and not (done[o.value] and done[o.value][f.value]) then
        done[o.value] = done[o.value] or {}
        done[o.value][f.value] = true
        out[#out + 1] = check.fact(doc, "number", { check.span(o), check.span(f) },
          { name = f.item, value = o.value, other = f.value, unit = f.unit })
      end
    end
  end
end

local function kinds(doc, counts, out)
  local some, each = doc:find("中,", 1), doc:find(",每", 1)
  local list = (some or each) and exact(counts) or {}
  for k = 1, #list do
    local sum, last = nil, nil
    if some then sum, last = among(doc, list, k) end
    if each and not sum then sum, last = of_each(doc, list, k) end
    if sum then
      out[#out + 1] = check.fact(doc, "number", { { list[k].i, list[k].j }, { last.i, last.j } },
        { name = list[k].f.item, value = list[k].f.value, other = sum, unit = list[k].f.unit })
    end
  end
end

function values.number(doc, facts, out)
  local counts = counted.of(doc, facts)
  if not counts.list[1] then return end
  totals(doc, counts, out)
  changes.number(doc, counts, out)
  parts(doc, counts, out)
  sums(doc, counts, out)
  kinds(doc, counts, out)
  transposed(doc, counts, out)
end

return values
