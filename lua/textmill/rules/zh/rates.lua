-- Quantities that count no things: how long something goes on (24小时值守), what
-- there is none of (零事故), one of something for each (1人1档).

local P = require "textmill".pattern
local rule = require "textmill".rule
local items = require "textmill.rules.zh.quantity_item"
local phrase = require "textmill.rules.zh.phrase"
local readings = require "textmill.rules.zh.readings"
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set
local length <const> = utf8.len

local BODY <const> = { paragraph = true, heading = true, list = true, caption = true, abstract = true }

-- how long ---------------------------------------------------------------------

-- What happens once within the time, and does not last it.
local ONCE <const> = set [[完成 到达 赶到 到 达 达到 送达 办结 响应 返回 解决 处置 反馈 回复 报告 上报 出 有 是 为 后 前 内
  见效 生效 等于 相当于 超过 过去 左右]]
local WITH_VERBS <const> = set "v vn vd d ad n"

-- The verbs that begin at token k, with what modifies them: 轮流|值班|值守.
local function activity(doc, k)
  if ONCE[doc.words[k]] then return nil end
  local last, e = nil, k
  while e < k + 4 and WITH_VERBS[doc.tags[e]] and not ONCE[doc.words[e]] and length(doc.words[e]) > 1 do
    local verbal = doc.tags[e] == "v" or doc.tags[e] == "vn"
    if not verbal and last then break end
    if verbal then last = e end
    e = e + 1
  end
  return last and k, last
end

local COUNTED <const> = readings.COUNT
local UNITS <const> = set "秒 秒钟 分钟 小时 个小时 钟头 个钟头 天 昼夜 周 星期 个星期 年 周年 个工作日 工作日"
local LONG <const> = set "小时 个小时 钟头 个钟头"
-- Units of which one of these is made, and 月, 日 besides.
local LASTING <const> = set "月 日"
for unit in pairs(UNITS) do LASTING[unit] = true end
for unit in pairs(LONG) do LASTING[unit] = true end
local LONGEST_YEARS <const> = 200
-- 三年前, 两天后, 五年级: a time or a rank, not how long.
local ELSE <const> = set "前 后 之前 之后 以前 以后 级 代 底 初 末 度 春 夏 秋 冬 间 后的 前的 半月"
local WITHIN <const> = set "内 以内 之内"
local ENDS_PERIOD <const> = "期" -- 有效期, 工期

-- The unit the duration is given in, or nil: 月 only as 个月, 日 only in 日内.
local function unit_of(doc, info, words, period)
  local unit = info.unit
  if unit == "月" then return (words:find("个月", 1, true) or words:find("个多月", 1, true)) and "个月" or nil end
  if unit == "日" then
    local limited = words:find "内$" or words:find "以下$" or words:find "以上$"
      or words:find "超过" or words:find "不少于"
    return (limited or WITHIN[doc.words[info.last + 1]] or period) and "日" or nil
  end
  if unit:sub(-3) == "年" and info.value >= LONGEST_YEARS then return nil end
  if LONG[unit] then return "小时" end
  return UNITS[unit] and unit or nil
end

local DAY <const> = 24 -- hours: 实行24小时轮班, all day

-- Is one of a unit written out, which says no more than the unit: 一年, 一天?
local function vague_one(words, info, period)
  return info.value < 1 or info.value == 1 and not words:find "%d" and not period
end

-- 有效期[7天]: first byte of the noun before token k, itself.
local VALID <const> = set "有效"
local MOST <const> = set "最长 最短 最多 至少 为 不 不超过 不得 不得超过 不少于"
local function period_before(doc, k)
  local e = k - 1
  while doc.tags[e] == "blank" and not (doc.words[e] or ""):find "\n" or MOST[doc.words[e]] do e = e - 1 end
  local w = doc.words[e] or ""
  if w ~= "为期" and #w > #ENDS_PERIOD and w:sub(-#ENDS_PERIOD) == ENDS_PERIOD then return (doc:span(e)), w end
end

-- 整整11年, 连续三年: said with the number.
local WHOLE <const> = set "整整 足足 连续 长达 为期 提前 最长"
local function emphasis(doc, k)
  return WHOLE[doc.words[k - 1]] and (doc:span(k - 1)) or nil
end

local function approximation(words, before)
  for _, w in ipairs(vocabulary.approx_words) do
    if words:find(w, 1, true) or before == w then return w end
  end
end

-- [行车]40分钟, [留样]不少于48小时: the verb that lasts so long, its token.
local function lasting(doc, k)
  local e = phrase.skip_fillers(doc, k)
  local w, tag = doc.words[e] or "", doc.tags[e] or "w"
  if (tag == "v" or tag == "vn" or tag == "n") and length(w) == 2 and not ONCE[w] then return e end
end

local function duration(doc, info)
  if not LASTING[info.unit] or info.kind == "ordinal" or info.approx == "vague" then return nil end
  local si, sj, first, last = info.si, info.sj, info.first, info.last
  local words = doc.shown:sub(si, sj)
  local from, item = period_before(doc, first)
  local unit = unit_of(doc, info, words, from)
  local before = doc.words[first - 1] or ""
  if not unit or before == "第" or before == "每" or ELSE[doc.words[last + 1]] then return nil end
  local limited = from or before == "提前" or WITHIN[doc.words[last + 1]] or VALID[doc.words[last + 1]]
  if vague_one(words, info, limited) then return nil end
  local fact = { type = "quantity", subtype = "duration", value = info.value, hi = info.hi, unit = unit,
                 item = item, approx = info.approx and approximation(words, before) or nil,
                 at = { from or emphasis(doc, first) or si, sj }, spans = { value = { si, sj } } }
  if words:find("个工作日", 1, true) and not item then
    fact.unit, fact.item = "个", "工作日"
  end
  if info.kind == "range" then fact.max = info.hi else fact.hi = nil end
  if WITHIN[doc.words[last + 1]] then fact.at[2] = select(2, doc:span(last + 1)) end
  return fact, last
end

-- 24小时[有人值守], 3分钟[到场]: all that is left of so short a clause.
local ENDS <const> = { ",", "。", ";", ":", "、", "!", "\n" }
local SHORT <const> = set "分钟 小时"
local LONGEST_REST <const>, REST_REACH <const> = 5, 24 -- characters; bytes to the mark behind them
local LIMITS <const> = { "以上", "以下", "以内" }
local NO_REST <const> = set "f u p c w m q"
local OPENS_CLAUSE <const> = set "内 以内 之内 左右 不 不要 不得 就 才 便 都 把 无 没有 后 前 多"
local function rest(doc, fact, last)
  if not SHORT[fact.unit] then return nil end
  if NO_REST[doc.tags[last + 1] or "w"] or OPENS_CLAUSE[doc.words[last + 1]] then return nil end
  local from = doc:span(last + 1)
  local stop = from and text.first(doc.shown:sub(from, from + REST_REACH), ENDS, 1)
  stop = stop and from + stop - 1
  local words = stop and doc.shown:sub(from, stop - 1)
  local n = words and length(words)
  if not n or n < 2 or n > LONGEST_REST or words:find "[%w%p]" or text.has(words, LIMITS) then return nil end
  return words, from, stop - 1
end

local function scan_durations(doc)
  local facts = {}
  for _, r in ipairs(readings.of(doc, COUNTED, "q")) do
    local fact, last = duration(doc, r)
    if fact then
      local a, b = activity(doc, last + 1)
      local v = not (fact.item or a and LONG[fact.unit] or fact.value == DAY and LONG[fact.unit]
        or WITHIN[doc.words[last + 1]]) and lasting(doc, r.first - 1)
      local left, from, to = rest(doc, fact, last)
      if left and not fact.item and not a then
        fact.item, fact.at[2], fact.spans.item = left, to, { from, to }
      elseif a and not fact.item and LONG[fact.unit] then
        local item, i, j = doc:text_of(a, b)
        fact.item, fact.at[2], fact.spans.item = item, j, { i, j }
      elseif v then
        local item, i, j = doc:text_of(v, v)
        fact.item, fact.at[1], fact.spans.item = item, i, { i, j }
      end
      facts[#facts + 1] = fact
    end
  end
  return facts
end

-- none --------------------------------------------------------------------------

local NUMERALS <const> = set "零 一 二 两 三 四 五 六 七 八 九 十 百 千 万 亿"

-- What 零 says of an attitude or a beginning, not of a count.
local FIGURES <const> = set "距离 容忍 门槛 基础 起点 时差 差距 首付 报告 成本 钱 头 部件 星 度 食 售 工 点 时 下"

-- 五百零..., 3零...: the middle of a number.
local function follows_number(doc, k)
  local w = doc.words[k - 1] or ""
  return w:find "%d$" ~= nil or NUMERALS[w:sub(-3)] ~= nil
end

local IDIOM <const> = set "i l"
local CLAUSE <const> = { ",", "。", ";", "、", "!", "\n", "”" }

-- 零伤亡 as one word of the lexicon; 零失联, whose noun the lexicon cuts.
local function zero_idiom(doc, k, i, j)
  local from, to = i + #"零", j
  if doc.words[k] == "零" then
    local at = text.first(doc.shown:sub(from, from + 3 * 3), CLAUSE, 1)
    if length(doc.words[k + 1] or "") ~= 1 or at ~= 2 * 3 + 1 then return nil end
    to = from + at - 2
  elseif not IDIOM[doc.tags[k]] then return nil end
  local item = doc.shown:sub(from, to)
  if length(item) < 2 or FIGURES[item] or follows_number(doc, k) or item:find "%w" then return nil end
  for _, c in utf8.codes(item) do
    if NUMERALS[utf8.char(c)] then return nil end
  end
  return { type = "quantity", subtype = "zero", value = 0, unit = "", item = item, at = { i, to },
           spans = { value = { i, i + 2 }, item = { from, to } } }
end

-- 零[上访]: what nobody does, at the end of its clause.
local function undergone(doc, k)
  local tag, after = doc.tags[k] or "w", (doc.tags[k + 1] or "w")
  if (tag == "v" or tag == "vn") and (after == "w" or (doc.words[k + 1] or ""):find "\n") then return k, k end
end

local function scan_zeros(doc)
  local facts = {}
  for at in doc:each("零", BODY) do
    local k = doc:token_at(at)
    local i, j = doc:span(k)
    local tag = doc.tags[k + 1] or "w"
    local whole = i == at and zero_idiom(doc, k, i, j)
    if whole then facts[#facts + 1] = whole end
    if i == at and doc.words[k] == "零" and not FIGURES[doc.words[k + 1]] and tag ~= "m" and tag ~= "q"
      and not follows_number(doc, k) and length(doc.words[k + 1] or "") > 1 then
      local a, b = phrase.right(doc, k + 1)
      if not a then a, b = undergone(doc, k + 1) end
      if a == k + 1 and b then
        local item, from, to = doc:text_of(a, b)
        facts[#facts + 1] = { type = "quantity", subtype = "zero", value = 0, unit = "", item = item,
                              at = { i, to }, spans = { value = { i, j }, item = { from, to } } }
      end
    end
  end
  return facts
end

-- 死亡率为零: of what is measured there is none.
local MADE_ZERO <const> = set "为 是 归 达到"
local function scan_made_zero(doc)
  local facts = {}
  for at in doc:each("零", BODY) do
    local k = doc:token_at(at)
    local stop = (doc.tags[k + 1] or "w") == "w" or (doc.words[k + 1] or ""):find "\n"
    if stop and doc.words[k] == "零" and MADE_ZERO[doc.words[k - 1]] then
      local a, b, how = phrase.left(doc, k - 2)
      if a and how ~= "verb" then
        local item, from, to = doc:text_of(a, b)
        local i, j = doc:span(k)
        facts[#facts + 1] = { type = "quantity", subtype = "zero", value = 0, unit = "", item = item,
                              at = { from, j }, spans = { value = { i, j }, item = { from, to } } }
      end
    end
  end
  return facts
end

-- 没有发生一起火灾, 无一人伤亡: none, told by one that is not.
local NOT_ONE <const> = { "一起", "一例", "一人", "一户", "一件", "一名", "一处", "一次" }
local NEGATIONS <const> = set "没有 未 无 没 未发生 从未 未有 没有发生 无一 没有一"
local BETWEEN <const> = set "发生 出现 有 再 因 发现"
local function negation(doc, k)
  local e = k - 1
  while BETWEEN[doc.words[e]] and e > k - 3 do e = e - 1 end
  return NEGATIONS[doc.words[e]] and e or nil
end

-- The item behind token k: a noun phrase, or what happens to nobody.
local function missing(doc, k)
  local a, b = phrase.right(doc, k)
  if a then return a, b end
  if doc.tags[k] == "v" or doc.tags[k] == "vn" then return k, k end
end

local function scan_not_one(doc)
  local facts = {}
  for at, b, w in doc:each_of(NOT_ONE, BODY) do
    local k = doc:token_at(at)
    local from = doc:span(k) == at and negation(doc, k)
    local last = doc:token_at(at + #w - 1)
    local a, e
    if from then a, e = missing(doc, last + 1) end
    local item, i, j
    if a then item, i, j = doc:text_of(a, e) end
    if item and j <= b.sj then
      facts[#facts + 1] = { type = "quantity", subtype = "zero", value = 0, unit = w:sub(4), item = item,
                            at = { (doc:span(from)), j },
                            spans = { value = { at, at + #w - 1 }, item = { i, j } } }
    end
  end
  return facts
end

-- parts -------------------------------------------------------------------------

-- 三分之一在外打工, 不足一半: of what it is a part, as a percentage has it.
local FRACTION <const> = P.number { kind = "fraction" }:as "n"
local HALF <const> = "半"
local OTHER <const> = set "另 另外 后 前 上 下 这 那 各 对 剩下 其中"

local function part(doc, si, sj, value, unit)
  local q = { si = si, sj = sj, text = doc.shown:sub(si, sj), value = value, unit = "%",
              first = doc:token_at(si), last = doc:token_at(sj) }
  local a, b = items.of(doc, q)
  local fact = { type = "quantity", subtype = "part", value = value, unit = unit, at = { si, sj },
                 spans = { value = { si, sj } } }
  if a then
    local item, i, j = doc:text_of(a, b)
    fact.item, fact.spans.item = item, { i, j }
    local k = phrase.skip_fillers(doc, q.first - 1)
    if doc.words[k] == "占" then k = k - 1 end
    if a > q.last or b == k then fact.at = { math.min(i, si), math.max(j, sj) } end
  end
  return fact
end

local function scan_parts(doc)
  local facts = {}
  for _, m in ipairs(doc:matches(FRACTION, BODY)) do
    local si, sj = doc:to_shown(m.i, m.j)
    local words, before = doc.shown:sub(si, sj), (doc.words[doc:token_at(si) - 1] or "")
    if words:find(HALF, 1, true) then
      if words:find("一半", 1, true) and not OTHER[before] then
        facts[#facts + 1] = part(doc, si, sj, 100 * m.n, "%")
      end
    elseif m.n > 0 and m.n < 1 then facts[#facts + 1] = part(doc, si, sj, m.n, "") end
  end
  return facts
end

-- one for each --------------------------------------------------------------------

local KEEPERS <const> = { "人", "户", "村", "车", "楼", "岗", "店", "校", "船", "次", "证", "年", "月", "周", "季" }
local KEPT <const> = { "档", "册", "卡", "证", "表", "码", "簿", "牌", "摊", "审", "公示", "议事", "通报", "研判", "调度" }
local ONES <const> = { "1", "一" }

-- Which of the words stands at byte p: it, and the byte behind.
local function one_of(s, p, words)
  for _, w in ipairs(words) do
    if s:sub(p, p + #w - 1) == w then return w, p + #w end
  end
end

local function ratio_at(s, i)
  local one, p = one_of(s, i, ONES)
  local keeper, q = one_of(s, p or i, KEEPERS)
  if not one or not keeper then return nil end
  local again, r = one_of(s, q, ONES)
  local kept, e = one_of(s, r or q, KEPT)
  if again and kept then return keeper, kept, q, r, e - 1 end
end

-- What every ratio has: 人1, 户一, ...
local AGAIN <const> = {}
for _, keeper in ipairs(KEEPERS) do
  for _, one in ipairs(ONES) do AGAIN[#AGAIN + 1] = keeper .. one end
end

local function scan_ratios(doc)
  local facts, seen = {}, {}
  for _, one in ipairs(ONES) do
    for at in doc:each(one, BODY) do
      local keeper, kept, i, unit, j = ratio_at(doc.shown, at)
      if keeper and not seen[at] and not doc.shown:sub(math.max(1, at - 1), at - 1):find "%d" then
        seen[at] = true
        facts[#facts + 1] = { type = "quantity", subtype = "ratio", value = 1, unit = kept, item = kept,
                              per = keeper, at = { at, j },
                              spans = { value = { i, j }, item = { unit, j } } }
      end
    end
  end
  return facts
end

return {
  rule {
    "quantity.duration",
    description = "how long: 24小时值守, 7天之内, 有效期三年",
    scan = scan_durations, patterns = { COUNTED },
    examples = { ["卡口实行24小时值守。"] = { value = 24, unit = "小时", item = "值守", subtype = "duration" },
                 ["有效期7天。"] = { value = 7, unit = "天", item = "有效期" },
                 ["6个月内报告。"] = { value = 6, unit = "个月" },
                 ["干了二十年。"] = { value = 20, unit = "年" } },
    counterexamples = { "三年前搬走。", "第三年完工。", "2020年开工。", "3月5日完工。", "一天天好起来。", "每两小时报一次。" },
  },
  rule {
    "quantity.zero",
    description = "what there is none of: 零事故",
    scan = scan_zeros, needs = { "零" },
    examples = { ["全年零安全事故。"] = { value = 0, item = "安全事故" } },
    counterexamples = { "零距离服务群众。", "零售价上涨。", "二零二零年。", "每日零报告。" },
  },
  rule {
    "quantity.made_zero",
    description = "a measure that is zero: 死亡率为零",
    scan = scan_made_zero, needs = { "零" },
    examples = { ["孕产妇死亡率为零。"] = { value = 0, item = "孕产妇死亡率" } },
    counterexamples = { "化整为零。", "零点开始。", "成本为零售价的一半。" },
  },
  rule {
    "quantity.none",
    description = "one that is not: 没有发生一起火灾",
    scan = scan_not_one, needs = NOT_ONE,
    examples = { ["全年没有发生一起火灾。"] = { value = 0, unit = "起", item = "火灾" },
                 ["无一人伤亡。"] = { value = 0, unit = "人", item = "伤亡" } },
    counterexamples = { "不漏一户一人。", "大家一起干。" },
  },
  rule {
    "quantity.part",
    description = "a part of something: 三分之一的农户, 不足一半",
    scan = scan_parts, needs = { "分之", HALF },
    examples = { ["三分之一的农户搬了新家。"] = { value = 1 / 3, item = "农户" },
                 ["出苗率不足一半。"] = { value = 50, unit = "%", item = "出苗率" } },
    counterexamples = { "百分之五的农户。", "另一半留给自己。" },
  },
  rule {
    "quantity.ratio",
    description = "one of something for each: 1人1档, 一户一册",
    scan = scan_ratios, needs = AGAIN, cues = ONES,
    examples = { ["做到1人1档。"] = { value = 1, unit = "档", per = "人" } },
    counterexamples = { "一人一天。", "11人1档。" },
  },
}
