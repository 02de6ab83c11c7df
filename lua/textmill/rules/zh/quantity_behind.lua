-- What stands behind a count: the noun phrase that is its item, and what is none.
--
--   12个[网格]    25人[组成的]考察团    1.5万名[地县两级]干部    一位[不愿留名的]热心人
--   6300多人[的]电话, 造成3人[受伤]                              none, or what befell them

local measure = require "textmill.rules.zh.quantity_measure"
local phrase = require "textmill.rules.zh.phrase"
local share = require "textmill.rules.zh.quantity_share"
local units = require "textmill.rules.zh.quantity_units"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set
local length <const> = utf8.len
local MONEY <const>, ADNOMINAL <const> = vocabulary.money, vocabulary.adnominal
local ONES <const> = units.ONES

-- 600多人[排成]几道长线: what people do is not who they are.
local function doing(doc, q, k)
  return q.unit == "人" and doc.tags[k] == "v" and not ADNOMINAL[doc.words[k]]
    and not phrase.compound(doc, k) and doc.tags[k + 1] == "m"
end

-- 造成3人[受伤]。: what happens to people who are not named.
local function befalls(doc, q)
  if q.unit ~= "人" then return false end
  local k = q.last + 1
  local tag = doc.tags[k]
  return (tag == "v" or tag == "a") and length(doc.words[k]) > 1
    and (doc.tags[k + 1] or "w") == "w"
end

-- 6300多人[的]电话, 72岁[的]村民: theirs, not them.
local OWNERS <const> = set "人 次 岁 周岁"
local function owning(doc, q)
  return OWNERS[q.unit] and doc.words[q.last + 1] == "的"
end

-- 25人[组成的]考察团; 每人1500元[给予]补助: what is behind such a verb.
local GIVING <const> = set "给予 予以 进行 发给 作为"
local AS <const> = set "作为 担任 为 任 当 充任 出任"
local function behind_verb(doc, q)
  local k = q.last + 1
  if AS[doc.words[k]] and (ONES[q.unit] or q.unit == "人") then -- 选出4人作为[科技带头人]
    local a, b = phrase.right(doc, k + 1)
    if a then return a, b end
  end
  if doc.words[k] == "组成" and doc.words[k + 1] == "的" then return phrase.right(doc, k + 2) end
  if not MONEY[q.unit] or not GIVING[doc.words[k]] then return nil end
  if phrase.verbal_noun(doc, k + 1) then return k + 1, k + 1 end
  return phrase.right(doc, k + 1)
end

-- What is done is counted in these: 三项承诺, 两次督办.
local ACTS <const> = set "项 次 场 起 种 轮 封 条 篇"

local function division(doc, a, b)
  if a and share.DIVISIONS[doc.words[a]] and doc.words[b + 1] ~= "的" then return a end
  return b
end

-- 一位[不愿留名的]热心人: who, behind what they do not do.
local NOT <const> = set "不 未 没有"
local function behind_negation(doc, k)
  if not NOT[doc.words[k]] then return nil end
  for e = k + 1, k + 8 do
    local w = doc.words[e] or ""
    if w == "的" then
      local a, b = phrase.right(doc, e + 1)
      if a and phrase.is_person(doc.words[b]) then return a, b end
      return nil
    end
    if (doc.tags[e] or "w") == "w" or w == "" or w:find "\n" then return nil end
  end
end

-- 特种作业人员[无证上岗的]9人: the noun that the clause before 的 is said of.
local NO_WORDS <const> = set "m blank w"
local function topic(doc, q)
  if q.unit == "%" then return nil end
  if (doc.words[q.first - 2] or ""):find "^最" or doc.words[q.first - 3] == "最" then return nil end -- 捐款最多的
  local k = q.clause
  while k < q.first and NO_WORDS[doc.tags[k]] do k = k + 1 end
  if doc.tags[k] == "v" or doc.tags[k] == "d" or doc.tags[k] == "p" or doc.tags[k] == "r" then return nil end
  local a, b = phrase.right(doc, k)
  if not a or b + 1 >= q.first - 1 or a > k + 1 then return nil end
  local tag = doc.tags[b + 1] or "w"
  if tag == "v" or tag == "d" or tag == "vd" or tag == "t" then return a, b end
end

-- [养蜂]的有31户: those who do so.
local THERE <const> = set "有 占 达 就有 共有 已有 约有 还有 仅有 多达 达到"
local function those_who(doc, q)
  local before = q.first - 1
  if not (THERE[doc.words[before]] or THERE[doc.words[before - 1]]) then return nil end
  if q.unit == "%" or MONEY[q.unit] or measure.is(q.unit) then return nil end
  local k = q.filled
  if doc.words[k] ~= "的" or not THERE[doc.words[k + 1]] then return nil end
  local a, b = phrase.left(doc, k - 1)
  local word = length(doc.words[k - 1] or "") > 1 and (doc.tags[k - 1] or "w") ~= "w"
  if not a and word then a, b = k - 1, k - 1 end
  if a and doc.tags[b] ~= "a" then return a, b end
end

-- 1.5万名[地县两级]干部: who, behind the levels they are of.
local LEVELS <const> = set "两级 三级 四级 五级 二级"
local TIERS <const> = set "省 地 市 县 区 乡 镇 村 组 州 、 街道"
local function of_levels(doc, k)
  local e = k
  while e < k + 9 and TIERS[doc.words[e]] do e = e + 1 end
  if e > k and LEVELS[doc.words[e]] then return phrase.right(doc, e + 1) end
end

-- What else may stand right of the count where no phrase does: c.ra, c.rb.
local function look_behind(doc, q, c)
  local nxt = q.last + 1
  if not c.ra and (not c.la or c.how == "verb") then c.ra, c.rb = behind_verb(doc, q) end
  if not c.ra and ONES[q.unit] then c.ra, c.rb = behind_negation(doc, nxt) end
  if not c.ra and ONES[q.unit] then c.ra, c.rb = of_levels(doc, nxt) end
  if not c.ra and (ONES[q.unit] or q.unit == "户") and length(doc.words[nxt] or "") > 1
    and phrase.is_person(doc.words[nxt] or "") then c.ra, c.rb = nxt, nxt end -- 考生, which is a verb
  if not (c.ra or c.la) and measure.is(q.unit) and doc.words[nxt] == "的" then -- 40平方米的老房
    c.ra, c.rb = phrase.right(doc, nxt + 1)
  end
  if not c.ra and ACTS[q.unit] and phrase.verbal_noun(doc, nxt) then c.ra, c.rb = nxt, nxt end
end

-- The phrase right of the count: c.ra, c.rb, and c.book for a title. Returns the item where a
-- topic before the clause is it.
local function look_right(doc, q, c)
  c.ra, c.rb, c.book = phrase.right(doc, q.last + 1)
  if q.unit == "个" then c.rb = division(doc, c.ra, c.rb) end
  local oa, ob = those_who(doc, q)
  if oa then return oa, ob, "clause" end
  local ends = not c.ra and doc.words[q.first - 1] == "的" and (doc.tags[q.last + 1] or "w") == "w"
  local ta, tb = nil, nil
  if ends then ta, tb = topic(doc, q) end
  if ta then return ta, tb, "clause" end
  look_behind(doc, q, c)
  if c.ra and ONES[q.unit] and doc.words[c.rb + 1] == "的" and not phrase.is_person(doc.words[c.rb]) then
    local pa, pb = phrase.right(doc, c.rb + 2) -- 3名工作不力的[村干部]
    if pa and phrase.is_person(doc.words[pb]) then c.ra, c.rb = pa, pb end
  end
  if c.ra and not c.book and (doing(doc, q, c.ra) or owning(doc, q)) then c.ra, c.rb = nil, nil end
  if q.unit == "人" and c.how == "verb" and owning(doc, q) then -- 解决了309万人的[饮水安全问题]
    c.ra, c.rb = phrase.right(doc, q.last + 2)
    if c.ra then return c.ra, c.rb, "clause" end
  end
end
return { look = look_right, befalls = befalls }
