-- Quantities: a number, what it counts in, and what it counts.
--
--   right of the measure    12个[网格]           40个[农民合作社]
--   left of the number      [手套]300副          [党员]共计900余人
--   shared                  [群众]213户679人      412户1736名[群众]
--   ratio                   [每户]限定1人
--
-- Which side the item is on is decided from both phrases (choose).

local rule = require "textmill".rule
local counts = require "textmill.rules.zh.counts"
local names = require "textmill.rules.zh.names"
local strings = require "textmill.rules.zh.text"
local phrase = require "textmill.rules.zh.phrase"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local BODY <const> = { paragraph = true, heading = true, list = true, caption = true, abstract = true }

-- value, max, unit ---------------------------------------------------------

local AROUND <const> = { over = "余", about = "约", near = "近", least = "以上", most = "以内" }

-- The approximation as the text writes it.
local function approx_of(text, kind)
  for _, w in ipairs(vocabulary.approx_words) do
    if text:find(w, 1, true) then return w end
  end
  return AROUND[kind]
end



local function is_chinese(text)
  return not text:find "%d"
end

-- Is the count none: a duration, a rank, a vague or figurative one?
local function refused(q)
  if vocabulary.durations[q.unit] or vocabulary.ranks[q.unit] then return true end
  if q.kind == "ordinal" or (q.approx == "vague") then return true end
  if q.value == 1 and is_chinese(q.text) and vocabulary.vague_one[q.unit] then return true end
  return false
end

-- 台(套), 辆次: the unit with what stands behind it in brackets.
local function bracketed_unit(doc, k)
  if doc:word(k) == "(" and doc:word(k + 2) == ")" and utf8.len(doc:word(k + 1)) <= 2
     and (doc:tag(k + 1) == "q" or doc:tag(k + 1) == "m" or doc:tag(k + 1) == "n"
       or doc:tag(k + 1) == "v") then
    return "(" .. doc:word(k + 1) .. ")", k + 3
  end
end

-- surroundings ---------------------------------------------------------------

-- The last character of a place that people are counted in.
local HOMES <const> = set "村 镇 乡 县 市 区 社区"

local CLAUSE_END <const> = set ", 。 ; : ! ? …… …"

-- First token of the clause that token k is in.
local function clause_start(doc, k)
  for e = k - 1, math.max(1, k - 25), -1 do
    local w = doc:word(e)
    if CLAUSE_END[w] or w:find "\n" then return e + 1 end
  end
  return math.max(1, k - 25)
end

-- 每户 ... 1人: the word of 每 in the same clause, as tokens a, b.
local function per(doc, k)
  for e = k - 1, clause_start(doc, k), -1 do
    local w = doc:word(e)
    if w == "每" then return e, e + 1 end
    if w:find "^每." and not vocabulary.scopes[w] then return e, e end
  end
end

local SCOPES <const> = { ["累计"] = "total", ["共计"] = "total", ["共"] = "total", ["合计"] = "total",
  ["总计"] = "total",
                         ["共有"] = "total", ["各"] = "each", ["均"] = "each", ["平均"] = "each", ["户均"] = "each",
                         ["人均"] = "each" }
local function scope_of(doc, k)
  for e = k - 1, clause_start(doc, k), -1 do
    local s = SCOPES[doc:word(e)]
    if s then return s end
    if doc:word(e):find "^每" then return "each" end
  end
end

-- 不漏1户1人, 无一人伤亡: nothing is counted.
local NEGATIONS <const> = set "不漏 不落 不留 无 没有 未 没 不丢 不少 零 漏 落下 不"
local function negated(doc, k, q)
  if q.value ~= 1 then return false end
  for e = k - 1, math.max(1, k - 4), -1 do
    local w = doc:word(e)
    if doc:tag(e) == "w" then return false end
    if NEGATIONS[w] and (w ~= "不" or e >= k - 2) then return true end
  end
  return false
end

-- 1人1档, 一摊一证: slogans of ones.
local function of_ones(doc, q)
  if q.value ~= 1 then return false end
  local function one(k) return doc:word(k) == "1" or doc:word(k):sub(1, 3) == "一" and doc:tag(k) == "m" end
  return one(q.last + 1) or one(q.last + 2) and doc:tag(q.last + 1) ~= "w"
    and utf8.len(doc:word(q.last + 1)) == 1
    or one(q.first - 2) and doc:tag(q.first - 1) ~= "w" and doc:tag(q.first - 1) ~= "v"
end

-- Short quoted stretches are names: “六个一”, “一对一”, not speech.
local function in_short_quote(doc, q)
  local before = doc.shown:sub(math.max(1, q.si - 30), q.si - 1)
  if not before:find("“", 1, true) then return false end
  local open = before:match ".*()“"
  if not open or before:find("”", open, true) then return false end
  local after = doc.shown:sub(q.sj + 1, q.sj + 36)
  local close = after:find("”", 1, true)
  if not close then return false end
  if q.value == 1 and before:sub(open + 3, open + 5) == "一" then return true end
  local inside = before:sub(open + 3) .. q.text .. after:sub(1, close - 1)
  return utf8.len(inside) ~= nil and utf8.len(inside) <= 10
end

-- choosing ---------------------------------------------------------------------

-- 每名教师就是一面旗帜, 一家药店就是一个堡垒
local function figurative(doc, q, a, b)
  if q.value ~= 1 or not is_chinese(q.text) then return false end
  if a and vocabulary.figures[doc:word(b)] then return true end
  if not a then return true end
  local w = doc:word(b + 1)
  return w == "就是" or w == "便是" or w == "之"
end

local PERCENT_HEAD <const> = set "率 比 量 额 度 值 重"

local COMPARISONS <const> = set "同比 环比 比"

-- The subject of a percentage: the nearest noun of measurement to the left.
local function percent_subject(doc, k)
  local fallback
  for e = k - 1, math.max(1, k - 40), -1 do
    local w, tag = doc:word(e), doc:tag(e)
    if w == "。" or w:find "\n" then break end
    if COMPARISONS[w] then goto continue end
    if w == "率" and #doc:word(e - 1) > 3 then return e - 1, e end
    if PERCENT_HEAD[w:sub(-3)] and #w > 3 and tag ~= "v" then
      local a, b = phrase.left(doc, e)
      if a then return a, b end
      return e, e
    end
    if (tag == "n" or tag == "vn" or tag == "l" or tag == "nz") and not vocabulary.scopes[w]
      and #w > 3 and w ~= "人次" then
      if not fallback and tag ~= "vn" then fallback = e end
    end
    ::continue::
  end
  if fallback then return phrase.left(doc, fallback) end
end

-- The item of "五户为一个小组" is what the count makes up.
local function made_up(doc, q)
  if doc:word(q.last + 1) == "为" and vocabulary.numerals[doc:word(q.last + 2)] == 1 then
    return phrase.right(doc, q.last + 4)
  end
end

local LIMITS <const> = set "限定 限 限用 只限 仅限 限购 限领 限制"
local AGAIN <const> = set "已 其中 再 又 后 已经 均 还"

local FREQUENT <const> = set "每天 每日 每周 每月 每年 每晚"
local TIMES <const> = set "次 遍 趟 回 场次"

-- 每天[两次]: how often.
local function per_time(doc, q)
  local w = doc:word(q.first - 1)
  return TIMES[q.unit] and FREQUENT[w] and w or nil
end

-- 由46户发展到318户: the second count is of the same thing.
local UP_TO <const> = set "到 至 为"
local function grown(doc, q, previous)
  if not previous or not previous.from or q.first - previous.last > 5 then return false end
  local w = doc:word(q.first - 1)
  return UP_TO[w:sub(-3)] and previous.unit == q.unit
end

-- 水位[涨]到114.6米: what rises or falls is the noun before.
local CHANGES <const> = set "涨 升 降 上涨 上升 下降 下跌 回落 跌 增长 减少 提高 提升 增加 缩短 延长 扩大 压减"
local function changed(doc, a, b)
  if a ~= b or not CHANGES[doc:word(a)] then return nil end
  local na, nb, how = phrase.left(doc, a - 1)
  if na and how ~= "verb" then return na, nb end
end

-- 排查险情21处,[处置]19处: a clause of a verb and a count alone goes on counting
-- the thing before.
local function elliptic(doc, q, a, previous)
  return previous and previous.a and previous.unit == q.unit and previous.sentence == q.sentence
    and CLAUSE_END[doc:word(a - 1)] and doc:word(a - 1) == "," and previous.side ~= "clause"
end

-- 600多人[排成]几道长线: what people do is not who they are.
local function doing(doc, q, k)
  return q.unit == "人" and doc:tag(k) == "v" and not vocabulary.adnominal[doc:word(k)]
    and not phrase.compound(doc, k) and doc:tag(k + 1) == "m"
end

-- 6300多人[的]电话, 72岁[的]村民: theirs, not them.
local OWNERS <const> = set "人 次 岁 周岁"
local function owning(doc, q)
  return OWNERS[q.unit] and doc:word(q.last + 1) == "的"
end

-- Item of a quantity that has been placed: tokens a, b, or a string.
local function choose(doc, q, previous)
  local ma, mb = made_up(doc, q)
  if ma then return ma, mb, "right" end
  if per_time(doc, q) then
    local va, vb = phrase.clause_verb(doc, q.last + 1)
    if va then return va, vb, "right" end
  end
  if LIMITS[doc:word(q.first - 1)] then
    local pa, pb = per(doc, q.first)
    if pa then return pa, pb, "per" end
  end
  local before = phrase.skip_fillers(doc, q.first - 1)
  q.from = doc:word(before) == "由" or doc:word(before) == "从"
  local la, lb, how = phrase.left(doc, q.from and before - 1 or before)
  if q.from and la and how ~= "verb" then return la, lb, "left" end
  if grown(doc, q, previous) then return previous.a, previous.b, "shared" end
  if la and previous and la <= previous.last then
    la = previous.last + 1
    if la > lb then la, lb, how = nil, nil, nil end
  end
  local adjacent = before == q.first - 1
  local ra, rb, book = phrase.right(doc, q.last + 1)
  if ra and not book and (doing(doc, q, ra) or owning(doc, q)) then ra, rb = nil, nil end
  if q.unit == "%" or q.unit == "个百分点" then
    local sa, sb = percent_subject(doc, q.first)
    return sa, sb, "left"
  end
  if book then return ra, rb, "right" end
  if ra and q.unit == "人" and doc:tag(ra) == "v" and not vocabulary.adnominal[doc:word(ra)] then ra = nil end
  local joined = previous and previous.last and previous.last + 1 >= before
                 and previous.last + 1 <= q.first and doc:tag(previous.last + 1) ~= "w"
  if ra and joined and previous.a and previous.side == "left" and doc:tag(ra) == "v" then ra = nil end
  local left_noun = la and how ~= "verb" and not joined
  if vocabulary.money[q.unit] and left_noun then return la, lb, "left" end
  if ra and left_noun then
    if q.value == 1 and is_chinese(q.text) then return ra, rb, "right" end -- 每户奖一套用品
    local next_tag = doc:tag(rb + 1)
    local verbal = (doc:tag(q.last + 1) == "v" or doc:tag(q.last + 1) == "d")
      and not phrase.compound(doc, q.last + 1)
    if la == lb and doc:tag(lb) == "vn" and adjacent then return ra, rb, "right" end
    if q.unit == "人" then return la, lb, "left" end
    if verbal then return la, lb, "left" end
    if next_tag == "m" and adjacent and doc:word(rb + 1):find "%d" and doc:word(rb + 2) == q.unit then
      return la, lb, "left"
    end
    return ra, rb, "right"
  end
  if ra then return ra, rb, "right" end
  if left_noun then return la, lb, "left" end
  if joined and previous.a then return previous.a, previous.b, "left" end
  if TIMES[q.unit] then
    if la then return la, lb, "left" end
    local va, vb = phrase.clause_verb(doc, q.last + 1)
    if va then return va, vb, "right" end
  end
  if la and how == "verb" then
    local na, nb = changed(doc, la, lb)
    if na then return na, nb, "left" end
    if elliptic(doc, q, la, previous) then
      q.verb = la
      return previous.a, previous.b, "shared"
    end
  end
  if la and how == "verb" and previous and previous.a and previous.unit == q.unit
     and previous.sentence == q.sentence and AGAIN[doc:word(la - 1)] then
    return previous.a, previous.b, "shared"
  end
  if la then return la, lb, "left" end
end

-- An item that is still missing: the ratio's word, or the next count's item.
local PEOPLED <const> = set "户 人 口 家"
local function fallback(doc, q, previous)
  local pa, pb = per(doc, q.first)
  if pa then return pa, pb, "per" end
  local k = q.first - 1
  if PEOPLED[q.unit] then
    if vocabulary.scopes[doc:word(k)] and HOMES[doc:word(k):sub(-3)] then return k, k, "scope" end
    if previous and previous.last == k then return previous.a, previous.b, "shared" end
  end
  local near = doc:tag(k)
  if near == "q" or near == "x" or near == "o" or near == "k" then
    return utf8.len(doc:word(k)) == 1 and k - 1 or k, k, "left"
  end
  for e = q.first - 1, clause_start(doc, q.first), -1 do
    local tag = doc:tag(e)
    if (tag == "n" or tag == "vn" or tag == "nz" or tag == "v") and not vocabulary.scopes[doc:word(e)]
       and not vocabulary.fillers[doc:word(e)] and utf8.len(doc:word(e)) > 1
       and not phrase.located(doc:word(e)) then
      return e, e, "clause"
    end
  end
end

-- the scan -----------------------------------------------------------------------

-- 辆次, 剂次: so many uses of the thing.
local TIMED <const> = set "辆 人 台 户 架 场 班 车 件 剂 艘 批 头 趟 针"

-- 周六[三个]村: two digits in a row count nothing (63 is 六十三), the first belongs to what
-- stands before.
local function last_digit(q)
  local digits = q.kind == "cardinal" and q.text:sub(1, -#q.unit - 1)
  if not digits or #digits ~= 6 then return end
  local a, b = vocabulary.numerals[digits:sub(1, 3)], vocabulary.numerals[digits:sub(4)]
  if a and b and q.value == 10 * a + b then q.si, q.text, q.value = q.si + 3, q.text:sub(4), b end
end

-- S106[省]道: the kind of road, no count of provinces.
local ROADS <const> = set "省 县 乡"
local function numbered_road(doc, q)
  return ROADS[q.unit] and doc.shown:sub(q.sj + 1, q.sj + 3) == "道"
end

-- 30个工作日内, 3个月: how long, not how many.
local PERIODS <const> = { "工作日", "自然日", "交易日", "月", "小时", "星期", "学期", "季度", "世纪" }

-- 10块钱, 4毛5分, 3块5毛: in 元.
local COINS <const> = { ["块钱"] = 1, ["元钱"] = 1, ["块"] = 1, ["毛钱"] = 0.1, ["毛"] = 0.1, ["角"] = 0.1,
                        ["角钱"] = 0.1, ["分钱"] = 0.01 }
local SMALLER <const> = { ["块"] = { ["毛"] = 0.1, ["角"] = 0.1 }, ["毛"] = { ["分"] = 0.01 },
                          ["角"] = { ["分"] = 0.01 } }
local function in_yuan(doc, q)
  local coin, smaller = COINS[q.unit], SMALLER[q.unit]
  local part = smaller and smaller[doc:word(q.last + 2)] and tonumber(doc:word(q.last + 1))
  if q.unit == "块" and not part then return end -- of soap, of land
  if part then
    part, q.last = part * smaller[doc:word(q.last + 2)], q.last + 2
    q.sj = select(2, doc:span(q.last))
    q.text = doc.shown:sub(q.si, q.sj)
  elseif q.unit == "角" then return end
  q.value, q.max, q.unit = q.value * coin + (part or 0), q.max and q.max * coin, "元"
end

-- The quantity of one match, with its tokens; nil when it counts nothing.
local function read(doc, m)
  local info = counts.info(doc, m)
  local si, sj = doc:to_shown(m.i, m.j)
  local q = { si = si, sj = sj, text = doc.shown:sub(si, sj), kind = info.kind, approx = info.approx,
              value = info.value, unit = info.unit or "" }
  if info.kind == "percent" then q.unit = "%" end
  if info.kind == "range" then q.max = info.hi end
  q.first, q.last = doc:token_at(si), doc:token_at(sj)
  if q.unit ~= "" and q.text:find(q.unit, 1, true) == nil and q.unit ~= "%" then q.unit = info.unit end
  if TIMED[q.unit] and doc:word(q.last + 1) == "次" then
    q.unit, q.last = q.unit .. "次", q.last + 1
    local _, j = doc:span(q.last)
    q.sj = j
  end
  if q.unit == "个" and doc.shown:sub(q.sj + 1, q.sj + 9) == "百分点" then
    q.unit, q.sj = "个百分点", q.sj + 9
    q.last = doc:token_at(q.sj)
  end
  local more, nxt = bracketed_unit(doc, q.last + 1)
  if more then
    q.unit, q.last = q.unit .. more, nxt - 1
    local _, j = doc:span(q.last)
    q.sj = j
  end
  q.text = doc.shown:sub(q.si, q.sj)
  if COINS[q.unit] then in_yuan(doc, q) end
  if q.unit == "个" and strings.starts(doc.shown, q.sj + 1, PERIODS) then return nil end
  last_digit(q)
  if numbered_road(doc, q) then return nil end
  if refused(q) or negated(doc, q.first, q) or of_ones(doc, q) or in_short_quote(doc, q) then return nil end
  return q
end

-- 第: an ordinal that begins before the number; 后三位, 前10名: a rank.
local function ordinal(doc, q)
  local w = doc:word(q.first - 1)
  if w == "前" and (q.unit == "位" or q.unit == "名") or w == "后" and q.unit == "位" then return true end
  return w == "第" or w == "№" or w:find "第$" ~= nil
end

-- Spans of scheme names found before: no counts in them.
local function name_spans(facts)
  local list = {}
  for _, f in ipairs(facts or {}) do
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

-- 比去年多了20亩: the same thing as the count before.
local COMPARED <const> = set "多 少 增加 减少 增 减 比"

-- Whose age it is: the last name or noun of people in the sentence before.
local function aged(doc, q)
  for e = clause_start(doc, q.first), q.first - 1 do
    if doc:tag(e) == "nr" then
      local name, _, _, after = names.at(doc, e, "list")
      if name and after <= q.first and not HOMES[name:sub(-3)] then return e, after - 1 end
    end
  end
  for e = q.first - 1, math.max(1, q.first - 25), -1 do
    local w = doc:word(e)
    if w == "。" or w:find "\n" then return nil end
    if doc:tag(e) == "nr" and utf8.len(w) > 1 or vocabulary.people[w] then return e end
  end
end

-- 队长方某71岁: a person's name before an age is whose, not part of the count.
local AGES <const> = set "岁 周岁"
local function item_of(doc, q, previous)
  local a, b, side = choose(doc, q, previous)
  if a and AGES[q.unit] and b == q.first - 1 and phrase.named(doc, a, b) then return a, b, "clause" end
  local near = doc:word(phrase.skip_fillers(doc, q.first - 1))
  if not a and previous and previous.unit == q.unit and previous.a and COMPARED[near] then
    return previous.a, previous.b, "shared"
  end
  if not a and AGES[q.unit] then
    local who, to = aged(doc, q)
    if who then return who, to or who, "clause" end
  end
  if not a then a, b, side = fallback(doc, q, previous) end
  return a, b, side
end

-- 全镇外围[八道岗]: where they are, right before the count. Its first byte, or nil.
local function where(doc, k)
  local tag = doc:tag(k - 1)
  if (tag == "f" or tag == "s") and vocabulary.scopes[doc:word(k - 2)] then return (doc:span(k - 2)) end
end

-- Does nothing but quotation marks and fillers stand between count and item?
-- Then they are cited together.
local BESIDE <const> = set "的 涨到 升到 上涨到 上升到 降到 下降到 下降 上升 增长 上涨 增长到 下跌 提高到"
local function beside(gap)
  gap = gap:gsub("“", ""):gsub("”", ""):gsub(" ", "")
  return gap == "" or vocabulary.fillers[gap] or gap == "为一个" or BESIDE[gap]
end

local function emit(doc, q)
  local fact = { type = "quantity", value = q.value, unit = q.unit, hi = q.max, max = q.max,
                 approx = q.approx
                   and approx_of(q.text .. doc:word(q.last + 1) .. doc:word(q.first - 1), q.approx) or nil,
                 scope = scope_of(doc, q.first) }
  local from, to = q.si, q.sj
  local often = per_time(doc, q)
  if often then fact.per, from = often:match "^每(.+)$", doc:span(q.first - 1) end
  if not q.a and (q.unit == "人" or q.unit == "户") then fact.item = q.unit end
  fact.spans = { value = { q.si, q.sj } }
  if q.a then
    local text, i, j = doc:text_of(q.a, q.b)
    fact.item = text:gsub("“", ""):gsub("”", "")
    fact.spans.item = { i, j }
    local gap = j < from and doc.shown:sub(j + 1, from - 1) or doc.shown:sub(to + 1, i - 1)
    if often or q.side == "clause" or not beside(gap) then i, j = from, to
    elseif gap == "的" and doc:word(q.a - 1) == "占" then i = doc:span(q.a - 1) end
    from, to = math.min(from, i), math.max(to, j)
  end
  if from == q.si then from = where(doc, q.first) or from end
  if q.verb then from = math.min(from, (doc:span(q.verb))) end
  fact.at = { from, to }
  return fact
end

-- 十五人至二十九人, 五千元以上五万元以下: two counts in one unit are a range.
local RANGES <const> = set "至 到 - — ~ —— 以上"
local function joined_range(doc, first, q)
  if not first or first.max or first.unit ~= q.unit or q.value <= first.value then return false end
  local gap = doc.shown:sub(first.sj + 1, q.si - 1)
  local limits = first.text:find "以上$" and gap == "" and q.text:find "以[下内]"
  if not limits and not (RANGES[gap] and (gap ~= "以上" or q.text:find "以[下内]$")) then return false end
  first.max, first.last, first.sj, first.approx = q.max or q.value, q.last, q.sj, nil
  first.text = doc.shown:sub(first.si, first.sj)
  return true
end

-- 一万元以上十万元以下, where the lexicon keeps 万元以上 together: the lower limit.
local NUMERALS <const> = set "零 一 二 两 三 四 五 六 七 八 九 十 百 千 万 亿"

-- The digits and numerals that a string ends with.
local function trailing_number(s)
  local p = #s + 1
  while p > 1 do
    if s:find("^[%d.]", p - 1) then p = p - 1
    elseif p > 3 and NUMERALS[s:sub(p - 3, p - 1)] then p = p - 3
    else break end
  end
  return s:sub(p)
end

local function from_limit(doc, q)
  if q.max or not (q.text:find "以下$" or q.text:find "以内$") or q.unit == "" then return end
  local head = doc.shown:sub(math.max(1, q.si - 48), q.si - 1):match("^(.*)" .. "以上$")
  head = head and head:sub(-#q.unit) == q.unit and head:sub(1, -#q.unit - 1)
  local digits = head and trailing_number(head)
  local low = digits and #digits > 0 and doc.tm.number(digits)
  if not low or low >= q.value then return end
  q.max, q.value, q.approx = q.value, low, nil
  q.si = q.si - #"以上" - #q.unit - #digits
  q.text, q.first = doc.shown:sub(q.si, q.sj), doc:token_at(q.si)
end

-- Two aspects, three words: how a text is built, not what it counts.
local STRUCTURE <const> = set "方面 层面 字 环节 阶段 原则 层次 维度 角度"

-- 一面党旗, 一条土路: the lexicon keeps 一 and its measure together.
local ONE_UNITS <const> = set [[面 条 名 位 座 所 家 间 户 张 支 只 辆 台 栋 幢 架 艘 匹 头 棵 株 封 套 件 块 顶 扇 盏 口 箱 袋 桶 瓶 盒 本 对]]
-- 新建食堂一栋: one of what stands right before.
local function listed_one(doc, q)
  return q.side == "left" and q.b == q.first - 1 and doc:tag(q.b) == "n" and doc:tag(q.last + 1) == "w"
    and ONE_UNITS[q.unit]
end

local function scan(doc, facts, pattern)
  local schemes = name_spans(facts)
  local list, read_list, previous = {}, {}, nil
  for _, m in ipairs(doc:matches(pattern, BODY)) do
    local q = not inside(schemes, m.i, m.j) and read(doc, m) or nil
    local last = read_list[#read_list]
    if q and last and q.si <= last.sj then q = nil end -- the 5毛 of 3块5毛
    if q and not ordinal(doc, q) and not joined_range(doc, read_list[#read_list], q) then
      q.sentence = select(2, doc:block_at(m.i))
      from_limit(doc, q)
      read_list[#read_list + 1] = q
    end
  end
  for _, q in ipairs(read_list) do
    do
      if previous and previous.sentence ~= q.sentence then previous = nil end
      q.a, q.b, q.side = item_of(doc, q, previous)
      if q.a and STRUCTURE[doc:word(q.b)] or q.text == "四处" then
        q = nil
      elseif q.a and q.side == "right" and figurative(doc, q, q.a, q.b)
         or (q.value == 1 and is_chinese(q.text) and q.side ~= "right" and not listed_one(doc, q)) then
        q = nil
      end
      if q and not q.a and q.unit == "人" and is_chinese(q.text) then q = nil end
      if q then
        list[#list + 1] = q
        previous = q
      end
    end
  end
  -- 412户1736名群众: what has only a verb takes the next one's item
  for k, q in ipairs(list) do
    local nxt = list[k + 1]
    if nxt and nxt.first == q.last + 1 and (not q.a or q.side ~= "left") and nxt.a
      and nxt.side == "right" then
      q.a, q.b = nxt.a, nxt.b
    end
  end
  local out = {}
  for k, q in ipairs(list) do out[k] = emit(doc, q) end
  return out
end

local ONE_WORDS <const> = {}
for unit in pairs(ONE_UNITS) do ONE_WORDS[#ONE_WORDS + 1] = "一" .. unit end
table.sort(ONE_WORDS)

local NO_ONES <const> = set "boilerplate keywords title dateline byline"

local function scan_ones(doc)
  local facts = {}
  for _, b in ipairs(doc.blocks) do
    for _, k in ipairs(not NO_ONES[b.kind] and doc:tokens_with(ONE_WORDS, b.si, b.sj) or {}) do
      local i, j = doc:span(k)
      local unit = doc.shown:sub(i + 3, j)
      if doc:tag(k) == "m" then
        local q = { si = i, sj = j, text = "一" .. unit, value = 1, unit = unit, first = k, last = k }
        q.a, q.b = phrase.right(doc, k + 1)
        if q.a and doc:tag(q.a) ~= "v" and not figurative(doc, q, q.a, q.b) and not negated(doc, k, q)
           and not of_ones(doc, q) and not in_short_quote(doc, q) and not STRUCTURE[doc:word(q.b)] then
          facts[#facts + 1] = emit(doc, q)
        end
      end
    end
  end
  return facts
end

local rules = {}
local COUNTED <const> = counts.PATTERN

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
  scan = function(doc, facts) return scan(doc, facts, COUNTED) end, patterns = { COUNTED },
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

return rules
