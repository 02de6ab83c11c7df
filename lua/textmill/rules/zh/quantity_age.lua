-- Whose an age is.
--
--   18岁以上、70岁以下[妇女]    78岁的[村民]      a noun of people behind it
--   老党员[方某]今年71岁                          a name or such a noun before it

local names = require "textmill.rules.zh.names"
local phrase = require "textmill.rules.zh.phrase"
local set = require "textmill.rules.zh.vocabulary".set

local ages = {}

local AGES <const> = set "岁 周岁"
function ages.is(unit) return AGES[unit] or false end

-- 须[年满]18周岁: what an age must be is not whose it is.
local LIMITS <const> = set "年满 满 放宽 未满 不满 已满 超过 限制 控制 要求"
function ages.limits(word) return LIMITS[word] or false end

-- The noun of people right behind the age of q: tokens a, b.
function ages.told_of(doc, q)
  if not AGES[q.unit] then return nil end
  local a, b = phrase.right(doc, doc.words[q.last + 1] == "的" and q.last + 2 or q.last + 1)
  if a and phrase.is_person(doc.words[b]) then return a, b end
end

-- 爷爷今年已经七十三岁: kin, who go before a name that was told earlier.
local KIN <const> = set [[爷爷 奶奶 外公 外婆 姥姥 姥爷 父亲 母亲 爸爸 妈妈 妻子 丈夫 儿子 女儿 孙子 孙女 老伴 哥哥 姐姐 弟弟 妹妹 大爷 大娘 大妈 大叔
  公公 婆婆 儿媳 媳妇 岳父 岳母 老汉 老两口 小儿子 大儿子 小女儿 大女儿 老母亲 老父亲 双亲 父母]]

-- The last character of a place.
local HOMES <const> = set "村 镇 乡 县 市 区 社区"

-- Whose age it is: the last name or noun of people in the sentence before.
function ages.owner(doc, q, clause)
  if not AGES[q.unit] then return nil end
  if doc.words[q.last + 1] == "的" then -- 65岁的老党员某某
    local name, _, _, after = names.at(doc, q.last + 2, "list")
    if name then return q.last + 2, after - 1 end
    local a, b = phrase.right(doc, q.last + 2)
    if a then return a, b end
  end
  for e = q.first - 1, clause, -1 do
    if KIN[doc.words[e]] then return e end
  end
  for e = clause, q.first - 1 do
    if doc.tags[e] == "nr" or names.is_surname(doc, (doc.words[e] or "")) then
      local name, _, _, after = names.at(doc, e, "list")
      if name and after <= q.first and not HOMES[name:sub(-3)] then return e, after - 1 end
    end
  end
  for e = q.first - 1, math.max(1, q.first - 25), -1 do
    local w = doc.words[e] or ""
    if w == "。" or w:find "\n" then return nil end
    if utf8.len(w) > 1 and (doc.tags[e] == "nr" or phrase.is_person(w)) then return e end
  end
end

return ages
