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

-- 7乡1镇, 6菜1汤: digits right before a noun
local BARE <const> = P.number { kind = "cardinal" }:as "n" * -P.measure
local ROADS <const> = vocabulary.set "省道 县道 乡道 国道"
local function bare_fact(m, doc)
  local text = m:text "n"
  if not text:find "%d" then return nil end
  local si, sj = doc:to_shown(m.i, m.j)
  local first, last = doc:token_at(si), doc:token_at(sj)
  local w, tag = doc.words[last + 1] or "", doc.tags[last + 1] or "w"
  local before, btag = doc.words[first - 1] or "", doc.tags[first - 1] or "w"
  if m.n == 1 and doc.words[first - 2] == "1" then return nil end
  if ROADS[w .. (doc.words[last + 2] or "")] then return nil end
  if before:find "[%w%-./:%%+~]$" or w:find "^[%w%-./:%%+~]" or before == "第"
    or before == "号" then return nil end
  local fact = { type = "quantity", value = m.n, unit = "" }
  if w == "人为" and text:find "^%d+$" then -- 选王某等18人为组长: 人, which the lexicon has in 人为
    local i = doc:span(last + 1)
    local a, b = phrase.right(doc, last + 2)
    fact.unit, fact.item = "人", a and doc:text_of(a, b) or nil
    fact.at, fact.spans = { si, i + 2 }, { value = { si, i + 2 } }
    return fact
  end
  local sa, sb
  if text:find "^%d+%.%d+$" then sa, sb = scaled(doc, first, last) end
  if sa then
    local item, i, j = doc:text_of(sa, sb)
    fact.item, fact.at, fact.spans = item, { si, sj }, { value = { si, sj }, item = { i, j } }
    return fact
  end
  if (text:find("万", 1, true) or text:find("亿", 1, true)) and (tag == "w" or w == "\n" or w == ""
    or tag == "v" or tag == "u") then
    local a, b = phrase.left(doc, phrase.skip_fillers(doc, first - 1))
    if not a then return nil end
    local item, i, j = doc:text_of(a, b)
    fact.item, fact.at, fact.spans = item, { i, sj }, { value = { si, sj }, item = { i, j } }
    return fact
  end
  if (text:find("万", 1, true) or text:find("亿", 1, true)) and THINGS[tag] and utf8.len(w) > 1 then
    return of_many(doc, m.n, si, sj, last + 1)
  end
  local of = TALLIED[w] and tallied(doc, first, last)
  if of then
    fact.item, fact.at = w, { si, select(2, doc:span(last + 1)) }
    fact.spans = { value = { si, sj }, item = { doc:span(last + 1) } }
    return fact
  end
  if SORTS[w] or SORTS[w .. (doc.words[last + 2] or "")] then return sorts(doc, m.n, si, first, last, w) end
  if LOADS[w] and (btag == "n" or btag == "vn") and (doc.tags[last + 2] or "w") == "w" then
    local a, b = phrase.left(doc, first - 1)
    local item, i, j = doc:text_of(a or first - 1, b or first - 1)
    fact.unit, fact.item, fact.at = w, item, { i, select(2, doc:span(last + 1)) }
    fact.spans = { value = { si, fact.at[2] }, item = { i, j } }
    return fact
  end
  if utf8.len(w) == 1 and (tag == "n" or tag == "g") and text:find "^%d+$" and #text <= 3
     and (btag == "w" or btag == "n" or btag == "v" or btag == "g") and not vocabulary.durations[w]
     and not vocabulary.ranks[w] then
    local _, j = doc:span(last + 1)
    fact.item, fact.at = w, { si, j }
    fact.spans = { value = { si, sj }, item = { doc:span(last + 1) } }
    return fact
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

