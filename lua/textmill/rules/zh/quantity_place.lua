-- Where a count belongs. The nearest of these says it:
--
--   柳湾、石桥等村为群众代缴电费80余笔        the list before it in its sentence, as written
--   柳湾村支部书记组织群众...三个堆放点       a village or township that leads the sentence
--   小麦收割:柳湾村4200亩、石桥村3800亩       one that stands right before the number
--   全镇36个村 ... ; 村里改造危房34栋         the town, or the village spoken of last
--   ◆ 柳湾村:种瓜种出名                       the heading above
--   柳湾村的“三本账”                          the home of the article: the title's narrowest
--                                             place, else its first township

local cues = require "textmill.cues"
local strings = require "textmill.rules.zh.text"
local set = require "textmill.rules.zh.vocabulary".set

local quantity_place = {}

local SUFFIXES <const> = { "社区", "街道", "小区", "村", "镇", "乡", "县", "区", "市", "省", "地", "组" }

-- How narrow a place is: 3 village, 2 township, 1 wider; nil where its name does not say.
local LEVEL <const> = { ["村"] = 3, ["镇"] = 2, ["乡"] = 2, ["县"] = 1, ["区"] = 1, ["市"] = 1, ["省"] = 1 }
local WIDER <const> = set "街道"
local function level(name)
  local last = name:sub(-6)
  if last == "社区" or last == "小区" then return 3 end
  return WIDER[last] and 2 or LEVEL[name:sub(-3)]
end

-- Every mention of a place, in order: { i=, j=  shown bytes   fact=, level= }, and what is found of it for
-- the first count and asked for others: `stop`, where a list ends behind it; `lead`, whether it leads the
-- sentence that begins at byte `start`.
function quantity_place.mentions(doc, places)
  local list = {}
  for _, f in ipairs(places) do
    local narrow = level(f.name)
    for _, m in ipairs(f.mentions) do
      local i, j = doc:to_shown(m.i, m.j)
      list[#list + 1] = { i = i, j = j, fact = f, level = narrow }
    end
  end
  table.sort(list, function(a, b)
    if a.i ~= b.i then return a.i < b.i end
    return a.j > b.j
  end)
  return list
end

-- The first mention at or behind byte p.
local function first_at(list, p)
  local lo, hi = 1, #list + 1
  while lo < hi do
    local mid = (lo + hi) // 2
    if list[mid].i < p then lo = mid + 1 else hi = mid end
  end
  return lo
end

-- What a list ends with behind byte j: 等村, 两村, 村. The byte where it ends; j where it is
-- what is counted (等4个村).
local NUMERALS <const> = { "一", "两", "二", "三", "四", "五", "六", "七", "八", "九", "十" }
local function list_end(s, j)
  local p = j + 1
  if s:sub(p, p + 2) == "等" then p = p + 3 end
  if s:find("^%d", p) or p > j + 1 and strings.starts(s, p, NUMERALS) then return j end
  for _, w in ipairs(SUFFIXES) do
    if s:sub(p, p + #w - 1) == w then return p + #w - 1 end
  end
  return p - 1
end

-- Is the place one that counts belong to (西安: cities and counties are where people come
-- from), or a bare name that its office tells: 湖泉店|支部书记?
local OFFICES <const> = { "支部", "党支部", "党总支", "村", "社区", "群众", "村民", "居民", "干部", "党员" }
local function near(doc, m)
  local n, code = m.level, m.fact.code
  if n then return n > 1 end
  return code ~= nil and #code >= 9 or code == nil and strings.starts(doc.shown, m.j + 1, OFFICES)
end

-- Does the place lead the sentence that begins at byte `start`? What is said
-- first may be why or when (为减少流动, 目前,) or what it is part of (本县石桥镇).
local REASONS <const> = set "为 因 据 按 面 随 针 自 截 目 近 连 日 当"
local function leads(doc, m, start)
  if not near(doc, m) then return false end
  local gap = doc.shown:sub(start, m.i - 1)
  local lead, own = gap:match "^%s*(.*),(.-)$"
  own = own or gap
  local dated = lead and (lead:find "%d日" or lead:find "%d月")
  if lead and (lead:find(",", 1, true) or not REASONS[lead:sub(1, 3)] and not dated) then return false end
  if own == "" or own:find "^%s+$" then return true end
  return (own == "在" or LEVEL[own:sub(-3)] ~= nil) and LEVEL[m.fact.name:sub(-3)] ~= nil
end

local function leading(doc, m, start)
  if m.start ~= start then m.start, m.lead = start, leads(doc, m, start) end
  return m.lead
end

local function stop_of(doc, m)
  if not m.stop then m.stop = list_end(doc.shown, m.j) end
  return m.stop
end

-- What stands between a place and its own number: 柳湾村4200亩, 石桥村已完成60亩.
local LONGEST_OWN <const> = 3 -- bytes
local function owns(doc, m, at)
  if at - 1 - m.j > LONGEST_OWN then return false end
  local gap = doc.shown:sub(m.j + 1, at - 1)
  return near(doc, m) and (gap == "" or gap == "为" or gap == "有" or gap == "约")
end

-- 柳湾、石桥等村恢复了打更,[4个村]有更夫9人: a clause that counts the villages is of all of them.
local function recounted(doc, e, at)
  local clause = doc.shown:sub(e + 1, at + 12):match ".*,(.*)$"
  return clause ~= nil and clause:find "^%d*[^,]-个村" ~= nil
end

-- The place that the sentence up to byte `at` names for its counts: name, fact.
local function stated(doc, mentions, start, at)
  local k, name, place = first_at(mentions, start), nil, nil
  while mentions[k] and mentions[k].j < at do
    local first, last, count = mentions[k], mentions[k], 1
    while mentions[k + 1] and mentions[k + 1].j < at do
      local gap = doc.shown:sub(last.j + 1, mentions[k + 1].i - 1)
      if gap ~= "、" and gap ~= "和" and gap ~= "村、" then break end
      k, last, count = k + 1, mentions[k + 1], count + 1
    end
    if count == 1 then
      if owns(doc, last, at) or leading(doc, first, start) then name, place = last.fact.name, last.fact end
    else
      local e = stop_of(doc, last)
      local listed = e > last.j and e < at and not recounted(doc, e, at)
      if listed then name, place = doc.shown:sub(first.i, e), nil end
    end
    k = k + 1
  end
  return name, place
end

-- 全镇, 村里: of the town, of the village spoken of last. What stands nearest counts.
local OF_TOWN <const> = { "全镇", "全乡", "镇里", "乡里", "镇上", "乡上", "镇域", "我镇", "我乡", "该镇", "该乡" }
local OF_VILLAGE <const> = { "全村", "村里", "村上", "该村", "我村", "本村", "寨里", "全社区", "社区里" }
local OF_COUNTY <const> = { "全县", "我县", "全区", "我区", "全市", "我市" }
for _, words in ipairs { OF_TOWN, OF_VILLAGE, OF_COUNTY } do cues.add(words) end

-- Where the last of them stands in shown[from, to]; 0 for none. mentions: what else is known of the
-- document, and which of the words stand in it.
local function last_of(doc, mentions, words, from, to)
  local any = mentions[words]
  if any == nil then
    any = doc:has_any(words)
    mentions[words] = any
  end
  return any and strings.last(doc.shown, words, from, to) or 0
end

-- The last mention before byte `at`, at `from` or behind it, of a place this narrow.
local function spoken_of(mentions, from, at, wanted)
  for k = first_at(mentions, at) - 1, 1, -1 do
    local m = mentions[k]
    if m.i < from then return nil end
    if m.level == wanted then return m.fact end
  end
end

-- The county that the article speaks of first, before byte `at`.
local function wide(mentions, from, at)
  local k = first_at(mentions, from)
  while mentions[k] and mentions[k].j < at do
    if mentions[k].level == 1 then return mentions[k].fact end
    k = k + 1
  end
end

-- The narrowest place named in shown[i, j]: of two alike the first.
local function narrowest(mentions, i, j)
  local best
  local k = first_at(mentions, i)
  while mentions[k] and mentions[k].j <= j do
    local n = mentions[k].level
    if n and n > 1 and n > (best and best.level or 0) then best = mentions[k] end
    k = k + 1
  end
  return best and best.fact
end

-- The lines an article opens with, before its first sentence: last byte.
local HEAD_LINES <const> = 5
local function head_end(doc, si)
  local _, n = doc:shown_block(si)
  local e = si
  for k = n or 1, (n or 1) + HEAD_LINES do
    local b = doc.blocks[k]
    local stop = b and doc:find("。", b.si)
    if not b or stop and stop + 2 <= b.sj then break end
    e = b.sj
  end
  return e
end

-- A report of a county speaks of the whole county, and not of a whole township.
local OWN_TOWN <const> = { "全镇", "全乡", "我镇", "我乡", "该镇", "该乡", "全街道" }
cues.add(OWN_TOWN)

-- Does one of the words, which are cues, stand in shown[from, to]?
local function said_in(doc, words, from, to)
  for _, w in ipairs(doc:has_any(words) and words or {}) do
    local at = doc:find(w, from)
    if at and at + #w - 1 <= to then return true end
  end
  return false
end

local function of_county(doc, mentions, from, to)
  if not said_in(doc, OF_COUNTY, from, to) or said_in(doc, OWN_TOWN, from, to) then return nil end
  local k = first_at(mentions, from)
  while mentions[k] and mentions[k].j <= to do
    if mentions[k].level == 1 then return mentions[k].fact end
    if mentions[k].level == 2 then return nil end
    k = k + 1
  end
end

-- The home of an article: what its head names, else its first township, else its first place.
function quantity_place.home(doc, article, mentions)
  local from, to = doc:to_shown(article.i, article.j)
  local home = narrowest(mentions, from, head_end(doc, from)) or of_county(doc, mentions, from, to)
  local k = first_at(mentions, from)
  local first
  while not home and mentions[k] and mentions[k].j <= to do
    local f = mentions[k].fact
    if mentions[k].level == 2 then home = f end
    if f.how ~= "ellipsis" then first = first or f end
    k = k + 1
  end
  return home or first
end

-- The place of the heading above block n, within the article that begins at byte `first`: the same for
-- all blocks from that heading on, and kept for them.
local function headed(doc, mentions, n, first)
  local known = mentions.headed
  if not known or known.first ~= first then
    known = { first = first }
    mentions.headed = known
  end
  local k, place = n, known[n]
  while place == nil and k >= 1 do
    local b = doc.blocks[k]
    if b.si <= first then place = false
    elseif b.kind == "heading" then place = narrowest(mentions, b.si, b.sj) or false
    else
      k = k - 1
      place = known[k]
    end
  end
  for m = math.max(k, 1), n do known[m] = place or false end
  return place or nil
end

-- quantity_place.of(doc, c, k, mentions, home) -> name, place fact or nil, of the k-th count (counted.lua);
-- nil when it is the article's home
function quantity_place.of(doc, c, k, mentions, home)
  if #mentions == 0 then return nil end
  local at, start = c.vi[k], c.start[k]
  local town = last_of(doc, mentions, OF_TOWN, start, at - 1)
  local village = last_of(doc, mentions, OF_VILLAGE, start, at - 1)
  local name, place = stated(doc, mentions, start, at)
  local of_village = home and level(home.name) == 3
  local villages = village > town and not of_village and place and level(place.name) ~= 3
  if name and not villages then return name, place end
  local article = doc:article_at(c.list[k].i)
  local first = article and doc:to_shown(article.i, article.i) or 1
  local county = last_of(doc, mentions, OF_COUNTY, start, at - 1)
  if county > town and county > village then
    place = home and level(home.name) ~= 1 and wide(mentions, first, at) or nil
  elseif town > village then
    place = of_village and spoken_of(mentions, first, at, 2) or nil
  elseif village > 0 and not of_village then
    place = spoken_of(mentions, c.from[k], at, 3)
  else
    local _, n = doc:shown_block(at)
    place = n and headed(doc, mentions, n, first)
  end
  return place and place.name, place
end

return quantity_place
