-- Items that are of the kind a scheme's name counts.
--
-- The key word of a name is what is left of it without numeral and measure:
-- 五关 -> 关, 三道防线 -> 防线, 五带头 -> 带头.

local measures = require "textmill.rules.zh.measures"
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local numerals, set = vocabulary.numerals, vocabulary.set

local kin = {}

local SYSTEMS <const> = set "制 法 式"

-- kin.key(name): 三道防线 -> 防线
function kin.key(name)
  local _, bytes = text.ordinal(name, 1)
  local behind = not numerals[name:sub(1, 3)] and numerals[name:sub(4, 6)] -- 清四乱 -> 乱
  local rest = name:sub((bytes or behind and 6 or 3) + 1)
  if utf8.len(rest) > 1 and measures.ALL[rest:sub(1, 3)] then rest = rest:sub(4) end
  if utf8.len(rest) > 1 and SYSTEMS[rest:sub(-3)] then rest = rest:sub(1, -4) end -- 两票制 -> 票
  return rest
end

-- kin.key_of(s): the key word of a scheme, its own or that of its name
function kin.key_of(s) return s.key or kin.key(s.name) end

-- kin.of(items, key): those that begin or end with the key word.
function kin.of(items, key)
  local out = {}
  if key == "" then return out end
  for _, it in ipairs(items) do
    local fits = it.text:sub(-#key) == key or it.text:sub(1, #key) == key
    if fits and it.text ~= key then out[#out + 1] = it end
  end
  return out
end

-- 管行业必须管安全: does a key word of two characters stand inside of the item? “红色名片”讲故事: no.
function kin.holds(doc, it, key)
  local quoted = doc.shown:sub(it.i - 3, it.i - 1) == "“"
  return utf8.len(key) > 1 and not quoted and it.text:find(key, 4, true) ~= nil
end

-- kin.without_head(items, key): a beginning that all share is the verb before the names: 把好预警关.
function kin.without_head(items, key)
  if #items < 2 or items[1].text:sub(1, #key) == key then return items end
  local head = items[1].text:sub(1, 6)
  for _, it in ipairs(items) do
    if it.text:sub(1, 6) ~= head or #it.text - 6 < #key + 3 then return items end
  end
  local out = {}
  for k, it in ipairs(items) do out[k] = { text = it.text:sub(7), i = it.i + 6, j = it.j } end
  return out
end

-- 建好底数账、管好整改账、算好效益账: the verb before each, where all have one of this kind.
local DONE_WELL <const> = set "好 牢 实 紧 细 严 准"
function kin.without_verbs(items, key)
  local out = {}
  for k, it in ipairs(items) do
    local rest = it.text:sub(7)
    if not DONE_WELL[it.text:sub(4, 6)] or #rest <= #key or rest:sub(-#key) ~= key then return items end
    out[k] = { text = rest, i = it.i + 6, j = it.j }
  end
  return out
end

-- 保洁员扫街、护林员巡山: each up to its key word, where all have it as the last character of a
-- noun; nil otherwise.
local NOUNS <const> = set "n nr nz g"
function kin.up_to(doc, items, key)
  local out = {}
  for k, it in ipairs(items) do
    local at = #key == 3 and doc.shown:find(key, it.i + 3, true)
    local e = at and at < it.j and doc:token_at(at)
    local noun = e and NOUNS[doc:tag(e)] and not numerals[doc.shown:sub(at - 3, at - 1)]
    if not noun or select(2, doc:span(e)) ~= at + 2 then return nil end
    out[k] = { text = doc.shown:sub(it.i, at + 2), i = it.i, j = at + 2 }
  end
  return out
end

-- A、B、C[全部建成]: the last of nouns without what is said of all.
local SAYS <const>, ALL <const> = set "d p ad", set "全部 全都 一应"
local function said(doc, it, from)
  for k = doc:token_at(it.i) + from, doc:token_at(it.j) do
    if SAYS[doc.tags[k]] or ALL[doc.words[k]] then return k end
  end
end

function kin.cut_predicate(doc, items)
  for k = 1, #items - 1 do
    if said(doc, items[k], 0) then return end
  end
  local last = items[#items]
  local k = said(doc, last, 1)
  if not k then return end
  last.j = doc:span(k) - 1
  last.text = doc.shown:sub(last.i, last.j)
end

return kin
