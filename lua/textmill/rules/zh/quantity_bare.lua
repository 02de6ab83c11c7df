-- Numbers without a measure word: 7乡1镇, 总投资200万.

local P = require "textmill".pattern
local rule = require "textmill".rule
local phrase = require "textmill.rules.zh.phrase"
local vocabulary = require "textmill.rules.zh.vocabulary"

local BODY <const> = { paragraph = true, heading = true, list = true, caption = true, abstract = true }

-- 8金5银6铜, 1死2伤: one of them alone says nothing.
local TALLIED <const> = vocabulary.set "金 银 铜 死 伤"
local function tallied(doc, first, last)
  return TALLIED[doc.words[first - 1]] and doc.tags[first - 2] == "m"
    or TALLIED[doc.words[last + 3]] and doc.tags[last + 2] == "m"
end

-- 垃圾430车: so many loads of it.
local LOADS <const> = vocabulary.set "车 船 筐 担 囤 仓 缸 坛 篮 篓 挑 窖"

-- 补贴12大类、31小项: so many kinds of it.
local SORTS <const> = vocabulary.set "大类 小类 大项 小项 子项 分项"
local function sorts(doc, value, si, first, last, w)
  local unit = SORTS[w] and w or w .. doc.words[last + 2]
  local j = select(2, doc:span(SORTS[w] and last + 1 or last + 2))
  local a, b = phrase.right(doc, doc:token_at(j) + 1)
  if not a then a, b = phrase.left(doc, first - 1) end
  local fact = { type = "quantity", value = value, unit = unit, at = { si, j } }
  fact.spans = { value = { si, j } }
  if a then
    local item, i, e = doc:text_of(a, b)
    fact.item, fact.spans.item = item, { i, e }
  else fact.item = unit end
  return fact
end

-- 带动3900多万农户: so many of them, without a measure word.
local THINGS <const> = vocabulary.set "n nz vn"
local function of_many(doc, value, si, sj, k)
  local a, b = phrase.right(doc, k)
  if not a or a ~= k then return nil end
  local item, i, j = doc:text_of(a, b)
  return { type = "quantity", value = value, unit = "", item = item, at = { si, j },
           spans = { value = { si, sj }, item = { i, j } } }
end

-- 收入比由2.31缩小到2.24, 视力不低于4.8: numbers of a scale of their own.
local SCALES <const> = { "比", "指数", "系数", "视力", "均分", "得分", "评分", "绩点", "密度", "酸碱度", "赔率", "比值" }
local FROM <const> = vocabulary.set "由 从 至 到 为 达 低于 高于"
local function scaled(doc, first, last)
  local after, k = doc.tags[last + 1] or "w", phrase.skip_fillers(doc, first - 1)
  if after ~= "w" and after ~= "v" and after ~= "p" then return nil end
  for _ = 1, 2 do
    while FROM[doc.words[k]] do k = phrase.skip_fillers(doc, k - 1) end
    local decimal = doc.tags[k] == "v" and (doc.words[k - 1] or ""):find "^%d+%.%d+$"
    if decimal then k = phrase.skip_fillers(doc, k - 2) end
  end
  local w = doc.words[k] or ""
  for _, scale in ipairs(SCALES) do
    if #w >= #scale and w:sub(-#scale) == scale then
      local a, b = phrase.left(doc, k)
      if a then return a, b end
      a = phrase.left(doc, k - 1) -- 收入|比, which the lexicon has for a preposition
      return a, a and k
    end
  end
end

local BARE <const> = P.number { kind = "cardinal" }:as "n" * -P.measure
local ROADS <const> = vocabulary.set "省道 县道 乡道 国道"

-- A number that pattern m has found, its tokens and the words beside it: what the readers below see.
local function context(doc, m)
  local si, sj = doc:to_shown(m.i, m.j)
  local first, last = doc:token_at(si), doc:token_at(sj)
  return { value = m.n, text = m:text "n", si = si, sj = sj, first = first, last = last,
           word = doc.words[last + 1] or "", tag = doc.tags[last + 1] or "w",
           before = doc.words[first - 1] or "", before_tag = doc.tags[first - 1] or "w" }
end

-- A part of a name, of a road, of an expression: no number of anything.
local function refused(doc, c)
  if not c.text:find "%d" or c.value == 1 and doc.words[c.first - 2] == "1" then return true end
  if ROADS[c.word .. (doc.words[c.last + 2] or "")] then return true end
  if c.before == "第" or c.before == "号" then return true end
  return c.before:find "[%w%-./:%%+~]$" ~= nil or c.word:find "^[%w%-./:%%+~]" ~= nil
end

-- The fact over shown bytes `at`; its number ends at byte `to`; tokens a, b: the item.
local function fact_of(doc, c, at, to, a, b, unit)
  local item, i, j
  if a then item, i, j = doc:text_of(a, b) end
  return { type = "quantity", value = c.value, unit = unit or "", item = item, at = at,
           spans = { value = { c.si, to }, item = i and { i, j } } }
end

-- 选王某等18人为组长: 人, which the lexicon has in 人为
local function persons(doc, c)
  if c.word ~= "人为" or not c.text:find "^%d+$" then return nil end
  local to = doc:span(c.last + 1) + 2
  local a, b = phrase.right(doc, c.last + 2)
  local fact = fact_of(doc, c, { c.si, to }, to, a, b, "人")
  fact.spans.item = nil
  return fact
end

local function on_scale(doc, c)
  if not c.text:find "^%d+%.%d+$" then return nil end
  local a, b = scaled(doc, c.first, c.last)
  return a and fact_of(doc, c, { c.si, c.sj }, c.sj, a, b)
end

-- 总投资200万,...: what stands before it; 带动3900多万农户: behind it.
local SUM_ENDS <const> = vocabulary.set "w v u"
local function large_sum(doc, c)
  if not (c.text:find("万", 1, true) or c.text:find("亿", 1, true)) then return nil end
  if SUM_ENDS[c.tag] or c.word == "\n" or c.word == "" then
    local a, b = phrase.left(doc, phrase.skip_fillers(doc, c.first - 1))
    return a and fact_of(doc, c, { doc:span(a), c.sj }, c.sj, a, b) or false
  end
  if THINGS[c.tag] and utf8.len(c.word) > 1 then
    return of_many(doc, c.value, c.si, c.sj, c.last + 1) or false
  end
end

local function tally(doc, c)
  if not (TALLIED[c.word] and tallied(doc, c.first, c.last)) then return nil end
  local k = c.last + 1
  return fact_of(doc, c, { c.si, select(2, doc:span(k)) }, c.sj, k, k)
end

local function sorted(doc, c)
  if not (SORTS[c.word] or SORTS[c.word .. (doc.words[c.last + 2] or "")]) then return nil end
  return sorts(doc, c.value, c.si, c.first, c.last, c.word)
end

local function loads(doc, c)
  local noun = c.before_tag == "n" or c.before_tag == "vn"
  if not (LOADS[c.word] and noun and (doc.tags[c.last + 2] or "w") == "w") then return nil end
  local a, b = phrase.left(doc, c.first - 1)
  a, b = a or c.first - 1, b or c.first - 1
  local to = select(2, doc:span(c.last + 1))
  return fact_of(doc, c, { doc:span(a), to }, to, a, b, c.word)
end

-- 7乡1镇, 6菜1汤: digits right before a noun of one character
local NOUNS <const>, BEFORE <const> = vocabulary.set "n g", vocabulary.set "w n v g"
local function of_noun(doc, c)
  local w = c.word
  if utf8.len(w) ~= 1 or not NOUNS[c.tag] or not BEFORE[c.before_tag] then return nil end
  if not c.text:find "^%d+$" or #c.text > 3 then return nil end
  if vocabulary.durations[w] or vocabulary.ranks[w] then return nil end
  local k = c.last + 1
  return fact_of(doc, c, { c.si, select(2, doc:span(k)) }, c.sj, k, k)
end

local READERS <const> = { persons, on_scale, large_sum, tally, sorted, loads, of_noun }
local function bare_fact(m, doc)
  local c = context(doc, m)
  if refused(doc, c) then return nil end
  for _, read in ipairs(READERS) do
    local fact = read(doc, c)
    if fact ~= nil then return fact or nil end
  end
end

-- Digits that no noun of one character stands behind, and no 万 or 亿 near: most of them.
local FARTHEST <const> = 200 -- bytes that a number is long

-- Does the word stand near behind byte j? one: { word, where it stood last }; j only goes up.
local function near(doc, one, j)
  if one[2] and one[2] < j then one[2] = doc:find(one[1], j) end
  return one[2] ~= nil and one[2] - j < FARTHEST
end

-- What ends a number: no 万 behind it is its own.
local ENDS <const> = vocabulary.set [[人 户 名 元 年 月 日 号 点 时 米 公 亩 吨 斤 条 项 次 家 处 场 辆 台 件 支 份 张 位 周 岁 级 栋 间 座 所
  只 头 匹 棵 株 。]]
local function hopeless(doc, i, j, large)
  local k = doc.tokens:at(j) + 1
  local w = doc.words[k]
  local ends = w ~= "人为" and ENDS[doc.shown:sub(j + 1, j + 3)]
  if not ends and (near(doc, large[1], j) or near(doc, large[2], j)) then return false end
  if doc.shown:find("^%d+%.%d", i) then return false end -- a scale
  if j - i >= 3 then return true end
  if w == "人为" or TALLIED[w] or LOADS[w] or SORTS[w] or w == "大" or w == "小" then return false end
  local tag = doc.tags[k]
  return not (tag == "n" or tag == "g") or utf8.len(w) ~= 1
end

return rule {
  "quantity.bare",
  description = "digits right before a noun: 7乡1镇; sums without a currency: 总投资200万",
  cues = { "万", "亿" },
  scan = function(doc)
    local facts, runs = {}, doc:digits()
    local large = { { "万", 0 }, { "亿", 0 } }
    for k = 1, #runs, 2 do
      local i, j = runs[k], runs[k + 1]
      local b = not hopeless(doc, i, j, large) and doc:shown_block(i)
      local m = b and BODY[b.kind] and BARE:match(doc.text, (doc:to_clean(i, i)))
      local fact = m and bare_fact(m, doc)
      if fact then facts[#facts + 1] = fact end
    end
    return facts
  end,
  examples = { ["总投资200万,工期一年。"] = { value = 2000000, item = "总投资", unit = "" } },
  counterexamples = { "电话6218890。", "2020年2月。", "第3号楼。" },
}

