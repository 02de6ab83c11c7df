-- Quantities: a number, what it counts in, and what it counts.
--
--   right of the measure    12个[网格]           40个[农民合作社]
--   left of the number      [手套]300副          [党员]共计900余人
--   shared                  [群众]213户679人      412户1736名[群众]
--   ratio                   [每户]限定1人
--
-- Which side the item is on is decided from both phrases (quantity_item); what
-- a count is, and what is none, in quantity_read.

local rule = require "textmill".rule
local counting = require "textmill.rules.zh.quantity_read"
local items = require "textmill.rules.zh.quantity_item"
local clause = require "textmill.rules.zh.quantity_clause"
local by_type = require "textmill.rules.zh.by_type"
local phrase = require "textmill.rules.zh.phrase"
local readings = require "textmill.rules.zh.readings"
local respective = require "textmill.rules.zh.quantity_respective"
local tables = require "textmill.rules.zh.quantity_table"
local vocabulary = require "textmill.rules.zh.vocabulary"
local strings = require "textmill.rules.zh.text"
local set, is_chinese = vocabulary.set, counting.is_chinese
local MONEY <const> = vocabulary.money

local AROUND <const> = { over = "余", about = "约", near = "近", least = "以上", most = "以内" }

-- The approximation as the text writes it, in the count or right beside it.
local function approx_of(doc, q)
  local text = q.text .. (doc.words[q.last + 1] or "") .. (doc.words[q.first - 1] or "")
  for _, w in ipairs(vocabulary.approx_words) do
    if text:find(w, 1, true) then return w end
  end
  return AROUND[q.approx]
end

local EACH <const>, EACH_HELD <const> = "每", phrase.HOLDS.EACH
local SCOPED <const> = EACH_HELD | phrase.HOLDS.SCOPE
local function scope_of(doc, q)
  local k, from = q.first, q.clause
  local at = phrase.scope(doc, k, from)
  for e = q.holds & EACH_HELD ~= 0 and k - 1 or 0, at and at + 1 or from, -1 do
    if doc.words[e]:sub(1, #EACH) == EACH then return "each" end
  end
  return at and vocabulary.count_scopes[doc.words[at]]
end

-- Spans of scheme names found before: no counts in them.
local function name_spans(facts)
  local list = {}
  for _, f in ipairs(by_type.of(facts, "scheme")) do
    if f.type == "scheme" and not f.soft then
      for _, m in ipairs(f.mentions) do
        local c = m.captures.name
        if c then list[#list + 1] = c end
      end
    end
  end
  table.sort(list, function(x, y) return x[1] < y[1] end)
  return list
end

-- Do the spans (sorted, disjoint) touch i, j?
local function inside(spans, i, j)
  local lo, hi = 1, #spans
  while lo <= hi do
    local mid = (lo + hi) // 2
    local s = spans[mid]
    if i > s[2] then lo = mid + 1 elseif j < s[1] then hi = mid - 1 else return true end
  end
  return false
end

-- Are count and item cited together? Behind the count within the clause; before it where nothing
-- but fillers, changes (涨到) and quotation marks stand between.
local CHANGED <const> = set "的 涨 升 降 上涨 上升 下降 增长 下跌 提高 ” “"
local LONGEST_GAP <const> = 36 -- bytes
-- 降水量[只有]41毫米, 合格率[保持在]99%: so short a predicate is cited with them.
local LONGEST_PREDICATE <const>, LONGEST_CHARACTER <const> = 5, 4 -- characters, bytes
local FROM <const> = { "从", "由", "和", "一条", "已", "各", "》", "”", "、" } -- 参与率[从]38%: what changes is another's
local function predicate(gap)
  if #gap > LONGEST_PREDICATE * LONGEST_CHARACTER then return false end
  if gap:find "[%p%s%d]" or (utf8.len(gap) or 0) > LONGEST_PREDICATE then return false end
  return not strings.has(gap, FROM)
end

-- 某某公司  20万元: a column of its own, where the text has no spaces around its numbers.
local function in_columns(q, gap) return gap:find "^%s+$" ~= nil and not q.text:find "%s" end

-- 水位[涨到]114米: what rises so is measured in these.
local RISES <const> = set "米 厘米 毫米 公里 亩 吨 ℃ 度 % 立方米 平方米"

-- What stands between the item [i, j] and the count [from, to]; nil where they are far from each other.
local FAR <const> = 1000 -- bytes
local function between(doc, i, j, from, to)
  local a, b = j + 1, from - 1
  if j >= from then a, b = to + 1, i - 1 end
  return b - a < FAR and doc.shown:sub(a, b) or nil
end

local function cited_together(doc, q, gap)
  if gap == "" then return true end
  if q.a > q.last then
    return #gap < LONGEST_GAP and not gap:find "[,;:()]" and not gap:find("、", 1, true)
      and not gap:find("《", 1, true)
  end
  if gap:find("”", 1, true) and not doc:text_of(q.a, q.b):find("“", 1, true) or gap:find("分别", 1, true) then
    return false
  end
  if in_columns(q, gap) then return false end
  if predicate(gap) then return true end
  local k = q.filled
  while k > q.b and CHANGED[doc.words[k]] do k = phrase.skip_fillers(doc, k - 1) end
  return k <= q.b
end

-- 每餐交[2元], 不少于[20天]: the first token of what is said right before a number of it.
local ABOUT <const> = set "不少于 不低于 不超过 不得超过 不到 不足 超过 至少 最多 最少 少于 低于 不得少于 不得低于"
local LESS <const> = set "不少 不低 不多 不得"
local FARTHEST <const> = 4 -- tokens
-- [每方水只收成本费]3元, [每季参加值日]不少于3次: how often, or for how much, in the clause.
local FARTHEST_EACH <const> = 7 -- tokens
local LIMITED <const> = set "限载 限领 限购 限办 限带 限额"
local function each_before(doc, q)
  local charged = MONEY[q.unit] and q.side == "left"
  if not (charged or q.unit == "次" or LIMITED[doc.words[q.filled]]) then return nil end
  local limit = math.max(1, q.first - FARTHEST_EACH, q.clause)
  for e = q.first - 1, limit, -1 do
    local w, tag = doc.words[e] or "", doc.tags[e] or "w"
    if tag == "w" or tag == "m" and not w:find "^每" then return nil end
    local e2 = doc.words[e - 1] == "每" and e - 1 or w:find "^每." and e
    if e2 then
      return e2
    end
  end
end

local function said_before(doc, q)
  local k, each = q.first, q.holds & EACH_HELD ~= 0
  local first, near = k, doc.words[k - 1]
  if not (each or ABOUT[near] or LESS[near] or near == "于") then return k end
  for e = k - 1, math.max(1, k - FARTHEST), -1 do
    local w = doc.words[e] or ""
    if each and w:find "^每." then return e end
    if each and doc.words[e - 1] == "每" then return e - 1 end
    if first == e + 1 and (ABOUT[w] or w == "于" and LESS[doc.words[e - 1]] or LESS[w]) then first = e
    elseif not each then break
    elseif not (vocabulary.fillers[w] or doc.tags[e] == "v" and utf8.len(w) == 1) then break end
  end
  return first
end

-- 惠及2100人: those who are reached are people, no 惠及.
local PEOPLE_UNITS <const> = set "人 户"
local REACHING <const> = set "覆盖 惠及 涉及 受益 带动 吸引 服务 共有"

-- 共26个,其中甲类9个: of the thing before, told by its kind.
local KIND_UNITS <const> = set "个 件 起 处 例 条 项 宗"
local OF_THESE <const> = set "其中 包括 含"
local function kinds_of(doc, list)
  local whole, row = nil, nil
  for _, q in ipairs(list) do
    local before = q.a and (doc.words[q.a - 1] or "")
    local chained = row and row.last == (q.a or 0) - 2 and before == "、" and row.unit == q.unit
    if whole and whole.unit == q.unit and whole.sentence == q.sentence and q.side == "left"
      and KIND_UNITS[q.unit] and (OF_THESE[before] and q.a - whole.last <= 3 or chained) then
      q.whole, row = whole, q
    else
      row = nil
      if q.a then whole = q end
    end
  end
end

-- 问题143个,[整改]141个: of the problems those that were dealt with.
local function done_to(doc, q, item)
  local deed = doc:text_of(q.verb, q.deed)
  return item:find(deed, 1, true) and item or deed .. item
end

-- What q counts, as it is told: its words, and where they stand.
local function told_item(doc, q)
  local text, i, j = doc:text_of(q.a, q.b)
  local item = text:find("\xE2\x80", 1, true) and text:gsub("“", ""):gsub("”", "") or text
  if q.whole then
    local head = doc:text_of(q.whole.a, q.whole.b)
    if not item:find(head, 1, true) then item = item .. head end
  end
  return q.deed and done_to(doc, q, item) or item, i, j
end

-- From where to where count [from, to] and item [i, j] are cited.
local function with_item(doc, q, i, j, from, to, often)
  local gap = between(doc, i, j, from, to)
  local told = q.side == "clause" and not (gap and q.b < q.first and predicate(gap) and RISES[q.unit])
  if often or told or q.side == "shared" or not gap then return from, to end
  if not cited_together(doc, q, gap) then return from, to end
  if gap == "的" and doc.words[q.a - 1] == "占" then i = doc:span(q.a - 1) end
  return math.min(from, i), math.max(to, j)
end

-- Where the citation begins with what is said right before the number.
local function with_words_before(doc, q, from)
  local k = said_before(doc, q)
  local each = q.holds & EACH_HELD ~= 0 and each_before(doc, q)
  if each and each < k then k = each end
  if q.regular and q.regular < k then k = q.regular end
  if q.verb and q.verb < k then k = q.verb end
  local i = doc:span(k)
  return i < from and i or from
end

local function emit(doc, q)
  clause.know(doc, q)
  local fact = { type = "quantity", value = q.value, unit = q.unit, hi = q.max, max = q.max,
                 approx = q.approx and approx_of(doc, q) or nil,
                 scope = q.holds & SCOPED ~= 0 and scope_of(doc, q) or nil, place = q.place }
  local from, to = q.si, q.sj
  local often = items.per_time(doc, q)
  if often then fact.per, from = often:match "^每(.+)$", doc:span(q.first - 1) end
  if PEOPLE_UNITS[q.unit] and (not q.a or q.a == q.b and REACHING[doc.words[q.a]]) then
    fact.item, q.a = q.unit, nil
  end
  fact.spans = { value = { q.si, q.sj }, item = nil }
  local column = tables.of(doc)[1] and tables.head_at(doc, q.si)
  if column then
    fact.item, fact.at = column.item, { from, to }
    return fact
  end
  if q.a then
    local item, i, j = told_item(doc, q)
    fact.item, fact.spans.item = item, { i, j }
    from, to = with_item(doc, q, i, j, from, to, often)
  end
  fact.at = { with_words_before(doc, q, from), to }
  return fact
end

-- Two aspects, three words: how a text is built, not what it counts.
local STRUCTURE <const> = set "方面 层面 字 环节 阶段 原则 层次 维度 角度"

-- 一面党旗, 一条土路: the lexicon keeps 一 and its measure together.
local ONE_UNITS <const> = set [[面 条 名 位 座 所 家 间 户 张 支 只 辆 台 栋 幢 架 艘 匹 头 棵 株 封 套 件 块 顶 扇 盏 口 箱 袋 桶 瓶 盒 本 对 处]]
local LISTED <const> = set "n nr nz j"
-- 新建食堂一栋: one of what stands right before.
local function listed_one(doc, q)
  return q.side == "left" and q.b == q.first - 1 and LISTED[doc.tags[q.b]] and ONE_UNITS[q.unit]
    and (doc.tags[q.last + 1] or "w") == "w"
end

-- 一份盒饭12元: one of what has a price; (一)一张网: what a heading says is no count.
local function priced(doc, q)
  if q.value ~= 1 or not is_chinese(q.text) or not q.b then return false end
  local b = doc:shown_block(q.si)
  if b and b.kind == "heading" then return true end
  local m = q.side == "right" and (doc.words[q.b + 1] or "")
  return m and m:find "^%d" and MONEY[doc.words[q.b + 2]] or false
end

local COUNTED <const> = readings.COUNT

-- The numbers of the document that count something, in order.
local function read_all(doc, schemes)
  local list = {}
  for _, r in ipairs(readings.of(doc, COUNTED, "q")) do
    local q, last = counting.one(doc, r), list[#list]
    if q and (last and q.si <= last.sj -- the 5毛 of 3块5毛
      or schemes[1] and inside(schemes, r.i, r.j)) then q = nil end
    if q and not counting.ordinal(doc, q) and not counting.joined_range(doc, last, q) then
      q.sentence = r.block
      counting.from_limit(doc, q)
      list[#list + 1] = q
    end
  end
  return list
end

-- Does the item, or that there is none, show that q is no count?
local function no_count(doc, q)
  if q.a and STRUCTURE[doc.words[q.b]] or q.text == "四处" then return true end
  local chinese = is_chinese(q.text)
  if q.a and q.side == "right" then return items.figurative(doc, q, q.a, q.b) end
  if q.value == 1 and not q.max and chinese and q.side ~= "right" and not q.regular
    and not listed_one(doc, q) then return true end
  return not q.a and (q.unit == "个" or q.unit == "人" and chinese)
end

-- The counts with what they count: each one knows the one before, and the last with its measure word.
local function with_items(doc, read_list)
  local list, previous, alike = {}, nil, {}
  for _, q in ipairs(respective.share_units(doc, read_list)) do
    if previous and previous.sentence ~= q.sentence then previous, alike = nil, {} end
    q.alike = alike[q.unit]
    q.a, q.b, q.side = items.of(doc, q, previous)
    if not no_count(doc, q) then
      list[#list + 1] = q
      if q.a and q.alike and doc.tags[q.b] == "v" then q.noun = q.alike.noun or q.alike end
      previous, alike[q.unit] = q, q.a and q or nil
    end
  end
  return list
end

-- 412户1736名群众: what has only a verb takes the next one's item
local function from_next(list)
  for k, q in ipairs(list) do
    local nxt = list[k + 1]
    if nxt and nxt.first == q.last + 1 and (not q.a or q.side ~= "left") and nxt.a
      and nxt.side == "right" then
      q.a, q.b = nxt.a, nxt.b
    end
  end
end

-- 纠纷138件,其中邻里37件,调解成功133件: of all of them
local function of_wholes(list)
  for _, q in ipairs(list) do
    local whole = q.of and q.of.whole
    if whole then q.a, q.b = whole.a, whole.b end
  end
end

local function scan(doc, facts)
  local list = with_items(doc, read_all(doc, name_spans(facts)))
  from_next(list)
  respective.give(doc, list)
  kinds_of(doc, list)
  of_wholes(list)
  local out = {}
  for _, q in ipairs(list) do
    if not priced(doc, q) then out[#out + 1] = emit(doc, q) end
  end
  return out
end

local ONE_WORDS <const> = {}
for unit in pairs(ONE_UNITS) do ONE_WORDS[#ONE_WORDS + 1] = "一" .. unit end
table.sort(ONE_WORDS)

local function scan_ones(doc)
  local facts, places = {}, doc:tokens_with(ONE_WORDS, readings.BODY) or {}
  for n = 1, #places, 2 do
    local k = places[n]
    if doc.tags[k] == "m" then
      local i, j = doc:span(k)
      local unit = doc.shown:sub(i + 3, j)
      local q = { si = i, sj = j, text = "一" .. unit, value = 1, unit = unit, first = k, last = k }
      q.a, q.b = phrase.right(doc, k + 1)
      if q.a and doc.tags[q.a] ~= "v" and not items.figurative(doc, q, q.a, q.b)
         and not STRUCTURE[doc.words[q.b]] and not counting.idle(doc, q)
         and not counting.something_else(doc, q) then
        facts[#facts + 1] = emit(doc, q)
      end
    end
  end
  return facts
end

local rules = {}

rules[3] = rule {
  "quantity.one",
  description = "one of a thing, where the lexicon keeps 一 and the measure together: 一面党旗",
  scan = scan_ones, needs = ONE_WORDS,
  examples = { ["门前立起一面党旗。"] = { value = 1, unit = "面", item = "党旗" } },
  counterexamples = { "每名教师就是一面旗帜。", "全村一条心。" },
}

rules[1] = rule {
  "quantity.measure",
  description = "a number with its measure word and what it counts: 12个网格, 手套300副",
  scan = scan, patterns = { COUNTED }, cues = { EACH },
  examples = {
    ["全镇设置了12个网格。"] = { value = 12, unit = "个", item = "网格" },
    ["发放手套300副、雨衣250件。"] = { value = 300, unit = "副", item = "手套" },
    ["组织党员共计900余人上岗。"] = { value = 900, unit = "人", item = "党员", approx = "余" },
    ["选出2至3名懂技术的同志。"] = { value = 2, max = 3, item = "同志" },
    ["转移群众213户679人。"] = { value = 679, unit = "人", item = "群众" },
    ["森林覆盖率达78.5%。"] = { value = 78.5, unit = "%", item = "森林覆盖率" },
    ["由一名村干部带队。"] = { value = 1, item = "村干部" },
  },
  counterexamples = { "全镇一盘棋。", "24小时值守。", "启动一级响应。", "一家药店就是一个堡垒。", "他是第3名队员。", "做到不漏1户1人。" },
}

rules[2] = require "textmill.rules.zh.quantity_bare"
rules[4] = tables.rule

return rules
