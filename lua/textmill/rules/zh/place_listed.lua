-- Places that share their suffix: A、B、C等村; 石门、龙塘两村.

local lists = require "textmill.rules.zh.lists"
local place_names = require "textmill.rules.zh.place_names"
local rule = require "textmill".rule
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set
local length <const>, WHERE <const> = utf8.len, vocabulary.scopes
local BODY <const>, fact <const>, unled <const> = place_names.BODY, place_names.fact, place_names.unled
local GENERIC <const>, OUTSIDE <const> = place_names.GENERIC, place_names.OUTSIDE
local ends_with_suffix <const> = place_names.suffix

local SHARED <const> = set [[区 州 旗 寨 屯 岛 村寨 团场 嘎查 苏木 村 乡 镇 乡镇 村庄 社区 自然村 行政村 场镇 省 市 省市 县 县区 县市 区县
  省份 地 城市 村子 村组 街道 村民小组]]

local AROUND <const> = set "周边 周围 邻近 沿线 附近 边远 偏远 山区 库区 高山 贫困 重点 相邻" -- A、B等周边村
-- Token of the shared noun when an ellipsis ends at token k (等村; 等5个村; 两个场镇).
local function shared_noun(doc, k)
  local w = doc.words[k] or ""
  local e = k
  if w == "等" then
    e = k + 1
    if doc.words[e] == "区" then return false end -- A、B等[区管]河道
    if AROUND[doc.words[e]] then e = e + 1 end
    if SHARED[doc.words[e]] or ((doc.words[e] or ""):find "^省" or doc.words[e] == "地") then return true end
  elseif doc.tags[k] ~= "m" then
    return false
  end
  if doc.tags[e] ~= "m" then return false end
  if doc.words[e + 1] == "个" then e = e + 1 end
  if doc.words[e] == "个" and doc.words[e + 1] == "区" then return false end -- 蔬菜、百货两个区
  return SHARED[doc.words[e + 1]] or SHARED[(doc.words[e + 1] or "") .. (doc.words[e + 2] or "")]
end

-- What such a noun, or the first of the two words it is cut in, may be as a token.
local SHARED_PARTS <const> = {}
for noun in pairs(SHARED) do
  for bytes = 3, #noun, 3 do SHARED_PARTS[noun:sub(1, bytes)] = true end
end
local AND_OTHERS <const> = { "等" }
local ALL <const> = set "paragraph title dateline byline heading list caption keywords abstract boilerplate"

local NOT_IN_LIST <const> = set "d r v f p"

local LONGEST_LIST <const> = 200 -- tokens
local PASSING <const> = set "经 流经 途经 穿过" -- 河流经|石桥、新寨

-- First byte of the list that ends before byte j: back over short names and 、.
local function list_start(doc, k)
  local e, chars = k, 0
  local first = nil
  while e > math.max(0, k - LONGEST_LIST) do
    local w, tag = doc.words[e] or "", doc.tags[e] or "w"
    if w == "、" or w == "和" then
      chars = 0
    elseif tag == "w" or tag == "blank" or tag == "p" or tag == "c" or tag == "u" or chars >= 4
           or OUTSIDE[w] and NOT_IN_LIST[tag] and not (tag == "f" and chars == 1) then
      break -- 上|潘: sides begin names of two characters
    elseif (tag == "v" or tag == "d") and length(w) > 1 or PASSING[w] then
      break
    else
      chars = chars + length(w)
      if chars > 4 and ends_with_suffix(doc.words[e] or "") then break end
    end
    first = e
    e = e - 1
  end
  return first
end

-- Does 、 stand a few words before token k, no end of a clause between?
local STOPS <const> = set "、 。 ,"
STOPS["\n"] = true
local function in_list(doc, k)
  local words = doc.words
  for e = k - 2, k - 5, -1 do
    if words[e] == "、" then
      local b = doc:shown_block((doc:span(e)))
      if b and BODY[b.kind] then return true end
    end
    if STOPS[words[e + 1]] then return false end -- what stands right behind 、 may be anything
  end
  return false
end

-- Tokens that may end an ellipsis: 等, and what stands a few words behind 、
-- (石门、龙塘两村), before a shared noun or the first part of one. Sorted, each once.
local function ellipsis_ends(doc)
  local list, seen, tags, words = {}, {}, doc.tags, doc.words
  local function add(k)
    if not seen[k] and k >= 2 then
      seen[k] = true
      list[#list + 1] = k
    end
  end
  local places = doc:tokens_with(AND_OTHERS, BODY) or {}
  for n = 1, #places, 2 do add(places[n]) end
  places = doc:tokens_with(SHARED_PARTS, ALL) or {}
  for n = 1, #places, 2 do
    local k = places[n] - 1
    if words[k] == "个" then k = k - 1 end
    if tags[k] == "m" and in_list(doc, k) then add(k) end
    if k == places[n] - 2 and tags[k + 1] == "m" and in_list(doc, k + 1) then add(k + 1) end
  end
  table.sort(list)
  return list
end

-- One place of a list; 湘西|凤凰 is two, one in the other.
local NAMELY <const> = set "ns nr nz"
local function add_item(doc, i, j, facts)
  local name = doc.shown:sub(i, j)
  local n = length(name)
  if not n or n < 2 or n > 5 or name:find "[%w%p]" then return end
  if GENERIC[name] or WHERE[name] then return end
  local k = doc:token_at(i)
  local a, b = doc:span(k)
  local two = n == 4 and a == i and b - a == 5 and doc.tags[k] == "ns" and NAMELY[doc.tags[k + 1]]
  if two and select(2, doc:span(k + 1)) == j then
    facts[#facts + 1] = fact(i, b, doc.shown:sub(i, b), "ellipsis")
    i = b + 1
  end
  facts[#facts + 1] = fact(i, j, doc.shown:sub(i, j), "ellipsis")
end

local function scan_ellipsis(doc)
  local facts = {}
  for _, k in ipairs(ellipsis_ends(doc)) do
    if shared_noun(doc, k) then
      local b = doc:shown_block((doc:span(k)))
      local first = b and list_start(doc, k - 1)
      if first then
        local i = doc:span(first)
        local _, j = doc:span(k - 1)
        local items = lists.items(doc.shown, math.max(i, b.si), j)
        if #items >= 2 or (#items == 1 and doc.words[k] == "等") then
          for _, it in ipairs(items) do
            it.i = unled(doc, it.i, it.j, 2) or it.i
            add_item(doc, it.i, it.j, facts)
          end
        end
      end
    end
  end
  return facts
end

return rule {
  "place.ellipsis",
  description = "places that share their suffix: 石门、龙塘、桥头等村",
  scan = scan_ellipsis, needs = { "等", "、" },
  examples = { ["分赴石门、龙塘、桥头等村。"] = { name = "石门" }, ["为柳湾、石桥等村代办。"] = { name = "石桥" } },
  counterexamples = { "各村等工作。" },
}
