-- Counts in metres, tons, mu: what has this size.
--
--   株[高]95厘米    井[深]均在200米以上    [限载]5吨        how long, behind what it is of
--   海拔2800米的山上                                        the size has a noun of its own

local phrase = require "textmill.rules.zh.phrase"
local set = require "textmill.rules.zh.vocabulary".set

local measure = {}

local MEASURES <const> = set "米 公里 里 平方米 亩 公顷 平方公里 立方米 厘米 毫米 吨 公斤 斤"
function measure.is(unit) return MEASURES[unit] or false end

-- 高, 深: how something is measured.
local EXTENTS <const> = set "高 深 宽 长 厚 径 粗 重"
function measure.extent(word) return EXTENTS[word] or false end

-- 降雨量, 面积: the noun of a measure.
local MEASURED <const> = set "量 率 度 积 位 长 高 深 宽 重 程"
function measure.noun(word) return MEASURED[word:sub(-3)] or false end

-- 海拔2800米的山上: does the noun that ends at token b say what is measured?
local SIZES <const> = set "海拔 面积 全长 总长 直径 载重"
function measure.sized(doc, q, b)
  local w = doc.words[b] or ""
  return MEASURES[q.unit] and doc.words[q.last + 1] == "的"
    and (SIZES[w] or utf8.len(w) > 1 and MEASURED[w:sub(-3)]) or false
end

-- The tokens of how long, and of what, before the count q; nil where neither is told.
local LIMITED <const> = set "载 高 宽 速 重 长"
function measure.of(doc, q)
  local k = q.first - 1
  if LIMITED[doc.words[k]] and doc.words[k - 1] == "限" then return k - 1, k end
  if q.unit == "分" and doc.words[k] == "分" then return k - 1, k end -- 最高分661分
  if not EXTENTS[doc.words[k]] then k = phrase.skip_fillers(doc, k) end
  if doc.words[k] == "在" then k = phrase.skip_fillers(doc, k - 1) end
  if not (MEASURES[q.unit] and EXTENTS[doc.words[k]]) then return nil end
  local tag = doc.tags[k - 1] or "w"
  local lone = tag ~= "w" and tag ~= "m" and tag ~= "u" and utf8.len(doc.words[k - 1]) == 1
  if lone then return k - 1, k end
  return k, k
end

return measure
