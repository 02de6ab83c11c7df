-- Places as they are written: provinces to villages, by the gazetteer and by their suffix
-- (place_names.lua: what may be a name); places that share a suffix (place_listed.lua); roads.

local P = require "textmill".pattern
local place_names = require "textmill.rules.zh.place_names"
local rule = require "textmill".rule
local names = require "textmill.rules.zh.names"
local readings = require "textmill.rules.zh.readings"
local resolve = require "textmill.rules.zh.resolve"
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set
local length <const> = utf8.len
local WHERE <const>, NUMERAL <const> = vocabulary.scopes, vocabulary.numerals
local SUFFIXES <const>, SPLIT <const>, BODY <const> = place_names.SUFFIXES, place_names.SPLIT,
  place_names.BODY
local OUTSIDE <const>, LEADING <const> = place_names.OUTSIDE, place_names.LEADING
local KINDS <const>, TIERS <const>, fact <const> = place_names.KINDS, place_names.TIERS, place_names.fact
local unled <const>, fits <const>, ends_with_suffix <const> = place_names.unled, place_names.fits,
  place_names.suffix

local MOUNTAIN <const> = { "山村" }
local NAMED <const> = set "ns nr nz"
local function by_suffix(doc, out)
  place_names.by_suffix(doc, out)
  for at in doc:each_of(MOUNTAIN, BODY) do -- 青龙|山村: the lexicon knows what is left
    local k = doc:token_at(at)
    local i, j = doc:span(math.max(1, k - 1))
    if k > 1 and (doc.words[k] or "") == MOUNTAIN[1] and j == at - 1 and NAMED[doc.tags[k - 1]]
      and length(doc.words[k - 1] or "") == 2 then out[#out + 1] = { i, at + #MOUNTAIN[1] - 1 } end
  end
end

-- Longest first at each start; no overlaps. Larger spans to the left win.
local function disjoint(list)
  table.sort(list, function(x, y)
    if x[1] ~= y[1] then return x[1] < y[1] end
    if x[2] ~= y[2] then return x[2] > y[2] end
    return x[3] ~= nil and y[3] == nil -- the one with a code
  end)
  local out, reached = {}, 0
  for _, s in ipairs(list) do
    if s[1] > reached then
      out[#out + 1] = s
      reached = s[2]
    end
  end
  return out
end

-- 店支部书记, 庄党支部: a hamlet named without 村 before its party branch.
local HAMLETS <const> = set [[坳 垭 滩 坨 堰 塆 垴 崖 岔 畈 嘴 咀 台 磨 梁 峁 川 嶂 寮 庄 寨 屯 堡
  营 沟 坪 店 湾 楼 集 铺 岭 坡 塘 岗 洼 桥 河 口 坝 冲 峪 坞 浦 埠 圩 渡]]
local BRANCHES <const> = { "党支部", "支部书记", "支书", "党总支" }
local function by_branch(doc, taken)
  for at, b, _, k, i in doc:each_of(BRANCHES, BODY) do
    if at - 6 >= b.si and HAMLETS[doc.shown:sub(at - 3, at - 1)] then
      if i == at then
        local begin, chars = place_names.start(doc, at, b.si, k, 3)
        if begin and chars >= 2 and chars <= 4 and fits(doc, begin, at - 1) then
          taken[#taken + 1] = { begin, at - 1 }
        end
      end
    end
  end
end

-- 高家庄的苹果、李家沟的梨: a family's hamlet, whole words.
local FAMILY <const> = { "家" }
local NOT_FAMILY <const> = set "大 人 农 国 公 专 独 自 住 全 回 老 各 店 厂 商"
local FAMILY_SUFFIX <const>, WATERS <const> = set "村 镇 乡", set "河 江 湖 溪 山"
local function by_family(doc, taken)
  for at, b in doc:each_of(FAMILY, BODY) do
    local i, last = at - 3, doc.shown:sub(at + 3, at + 5)
    local k = i >= b.si and HAMLETS[last] and doc:token_at(i)
    local surname = k and doc.shown:sub(i, at - 1)
    if k and doc:span(k) == i and not NOT_FAMILY[surname] and names.is_surname(doc, surname) then
      local _, j = doc:span(doc:token_at(at + 3))
      local behind = doc.shown:sub(j + 1, j + 3)
      if j == at + 5 and not WATERS[behind] then
        taken[#taken + 1] = { i, FAMILY_SUFFIX[behind] and j + #behind or j } -- 何|家|埠|镇
      end
    end
  end
end

local PLACE <const> = P.place:as "p"

-- 甲庄、乙庄[五村]: how many the list names, no part of the last name.
local function counted(doc, i, j)
  local suffix = ends_with_suffix(doc.shown:sub(i, j))
  return suffix and doc.shown:sub(i - 3, i - 1) == "、"
    and NUMERAL[doc.shown:sub(j - #suffix - 2, j - #suffix)] ~= nil
end

-- 至|白|马庙乡: one character between what leads to a place and a name of the gazetteer is the
-- beginning of another name. Where that begins, or i.
local ORPHANS <const> = set "a n g nr ns b j x"
local LEADS <const> = set "w p v blank c u"
local TWIN <const> = "双" -- is in names more often than it counts
local function with_orphan(doc, i, from)
  local k = doc:token_at(i) - 1
  local w, p = doc.words[k] or "", doc:span(math.max(k, 1))
  if k < 1 or p < from or #w ~= 3 or not ORPHANS[doc.tags[k]] then return i end
  if OUTSIDE[w] or KINDS[w] or TIERS[w] or WHERE[w] or NUMERAL[w] and w ~= TWIN then return i end
  local open = p == from or LEADS[doc.tags[k - 1] or "w"] and length(doc.words[k - 1] or "") < 3
  return open and p or i
end

-- 实干|兴县: a county of one character right behind a word that is no place is a slogan.
local COUNTY_BYTES <const> = 6
local NO_LEAD <const> = set "n vn a an ad d b l i j"
local function in_slogan(doc, i, j)
  if j - i + 1 ~= COUNTY_BYTES or doc.shown:sub(j - 2, j) ~= "县" then return false end
  local k = doc:token_at(i) - 1
  return k > 0 and length(doc.words[k] or "") > 1 and NO_LEAD[doc.tags[k]] and not LEADING[doc.words[k]]
end

-- 云南|师范|大学, 湖北|远大|纺织|有限公司: a province or a city is the first word of an institution's name.
local INSTITUTIONS <const> = { "大学", "学院", "日报", "晚报", "电视台", "集团", "有限公司", "出版社" }
local NAMING <const> = set "n nz nr j vn b g ns a x"
local LONGEST_INSTITUTION <const> = 5 -- tokens
local ABOVE_COUNTY <const> = "00" -- the last of six digits
local function of_institution(doc, j, code)
  if not code or #code ~= 6 or code:sub(-2) ~= ABOVE_COUNTY then return false end
  if TIERS[doc.shown:sub(j - 2, j)] then return false end -- 黑龙江省|农业|科学院: its academy
  local k = doc:token_at(j) + 1
  for e = k, k + LONGEST_INSTITUTION do
    if text.ends(doc.words[e] or "", INSTITUTIONS) then return true end
    if not NAMING[doc.tags[e]] then return false end
  end
  return false
end

local TOWNS <const> = set "乡 镇"
local function scan(doc)
  local facts, taken = {}, {}
  by_branch(doc, taken)
  by_family(doc, taken)
  -- the gazetteer first: its left edges are sure
  for _, r in ipairs((readings.of(doc, PLACE, "p", BODY))) do
    local i, j, code = r.si, r.sj, r.code
    if not code then i = unled(doc, i, j) or j + 1 end
    local known = code or resolve.is_name(doc.shown:sub(i, j)) -- 西湖区: there are two, but it is one
    local fit = fits(doc, i, j, known)
    local b = code and fit and TOWNS[doc.shown:sub(j - 2, j)] and doc:shown_block(i)
    local begin = b and with_orphan(doc, i, b.si) or i
    if begin < i then i, code = begin, nil end
    if fit and not in_slogan(doc, i, j) and not of_institution(doc, j, code) then
      taken[#taken + 1] = { i, j, code }
    end
  end
  by_suffix(doc, taken)
  for _, s in ipairs(disjoint(taken)) do
    if s[3] or not counted(doc, s[1], s[2]) then
      local f = fact(s[1], s[2], doc.shown:sub(s[1], s[2]), s[3] and "gazetteer" or "suffix")
      f.code = s[3]
      facts[#facts + 1] = f
    end
  end
  return facts
end

-- 209国道, S217省道, G4高速
local ROADS <const> = { "国道", "省道", "县道", "高速" }
local function scan_roads(doc)
  local facts = {}
  for at, _, w in doc:each_of(ROADS, BODY) do
    local s = doc.shown:sub(math.max(1, at - 6), at - 1)
    local number = s:match "[A-Z]?%d+$" or s:match "[A-Z]%d+$"
    if number and #number <= 5 then
      local i, j = at - #number, at + #w - 1
      local digits = number:match "%d+$"
      facts[#facts + 1] = { type = "place", subtype = "road", name = doc.shown:sub(i, j),
        value = tonumber(digits),
                            at = { i, j }, spans = { name = { i, j }, value = { at - #digits, at - 1 } } }
    end
  end
  return facts
end

local PLACE_CUES <const> = { table.unpack(SUFFIXES) }
table.move(SPLIT, 1, #SPLIT, #PLACE_CUES + 1, PLACE_CUES)

return {
  rule {
    "place.road",
    description = "roads by their numbers: 209国道, G4高速",
    scan = scan_roads, needs = ROADS,
    examples = { ["途经318国道。"] = { subtype = "road", name = "318国道", value = 318 } },
    counterexamples = { "国道上车不多。" },
  },
  rule {
    "place.name",
    description = "provinces to villages, by gazetteer and suffix",
    scan = scan, patterns = { PLACE }, cues = PLACE_CUES,
    examples = {
      ["在大岭村设卡。"] = { name = "大岭村" },
      ["河南省的来客。"] = { name = "河南省" },
      ["翠竹社区的居民。"] = { name = "翠竹社区" },
    },
    counterexamples = { "全镇各村都行动起来。", "全镇14个行政村。", "乡镇干部进村入户。", "广大农村地区。" },
  },
  (require "textmill.rules.zh.place_listed"),
}
