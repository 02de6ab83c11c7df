-- Which of several places of a name is meant, by what stands beside it: the
-- division it lies in (full name or short), places that are sure, and, where the
-- image of villages is there, its villages. Codes hold for the document's time.
--
--   松林镇 (2 of them)  +  沙滩场, a community of one of them   -> code, how = "co-mention"
--   石桥村 in the article of 石桥镇, whose code is known       -> code of the village

local core = require "textmill.core"
local by_type = require "textmill.rules.zh.by_type"
local set = require "textmill.rules.zh.vocabulary".set

local resolve = {}

local DIVISIONS <const> = set "省 市 县 区 乡 镇"
local SHORTENED <const> = set "省 市 县 区"
local MOST_NAMES <const> = 200 -- of villages that are asked for each candidate

-- The date by which the gazetteer is read, or nil.
function resolve.time_of(doc)
  if doc.day then return doc.day end
  for _, m in ipairs(doc.meta) do
    if m.key == "published" then return (m.value:match "^%d%d%d%d%-%d%d%-%d%d") end
  end
end

local function last(name) return name:sub(-3) end

local function is_division(name)
  return (DIVISIONS[last(name)] or name:sub(-6) == "街道") and name:sub(-6) ~= "社区" and name:sub(-6) ~= "小区"
end

-- 石桥村, 沙滩场, 柳湾 (in a list that ends with 等村): may the fact be a village?
local function may_be_village(f)
  return f.type == "place" and not f.code and not is_division(f.name) and f.name:sub(-6) ~= "小区"
end

-- 河南省 -> 河南, as people write it; 沛县 keeps its 县.
local function short_name(name)
  local short = SHORTENED[last(name)] and name:sub(1, -4) or name
  return utf8.len(short) >= 2 and short or name
end

local MOST_KEPT <const> = 2000
-- lists: date -> name -> places; n: how many of them. Weak, as caches are.
local kept <const> = setmetatable({}, { __mode = "k" })

-- resolve.places(name, date) -> the divisions of that name; shared, not to be changed. The
-- same names stand in many documents.
function resolve.places(name, date)
  if not kept.lists or kept.n >= MOST_KEPT then kept.lists, kept.n = {}, 0 end
  local lists = kept.lists[date or ""]
  if not lists then
    lists = {}
    kept.lists[date or ""] = lists
  end
  local list = lists[name]
  if not list then
    list = core.places(name, date)
    lists[name], kept.n = list, kept.n + 1
  end
  return list
end

-- evidence --------------------------------------------------------------------

local WEIGHT <const> = { 1, 2, 4 } -- a province, a city, a county above it is named

-- Is the division named, in full or short? Asked of the text once a name.
local function is_named(doc, full, short)
  local named = doc.divisions_named
  if not named then
    named = {}
    doc.divisions_named = named
  end
  if named[full] == nil then named[full] = (doc:find(full, 1) or doc:find(short, 1)) ~= nil end
  return named[full]
end

-- The short names of the divisions above a place, by the table of it. Weak, as caches are.
local shorts_above <const> = setmetatable({}, { __mode = "k" })

local function shorts_of(place)
  local list = {}
  for k, up in ipairs(place.up) do list[k] = short_name(up.name) end
  shorts_above[place] = list
  return list
end

local function above(doc, place, name)
  local score, ups, shorts = 0, place.up, shorts_above[place] or shorts_of(place)
  for k = 1, #ups do
    local up, short = ups[k], shorts[k]
    if short ~= name and is_named(doc, up.name, short) then score = score + (WEIGHT[up.level] or 0) end
  end
  return score
end

-- How many of the codes begin with each four and, of those of a county or less, each six digits.
local function by_digits(codes)
  local of = {}
  for code in pairs(codes) do
    local city, county = code:sub(1, 4), #code >= 6 and code:sub(1, 6)
    of[city] = (of[city] or 0) + 1
    if county then of[county] = (of[county] or 0) + 1 end
  end
  return of
end

-- Sure places that lie in the same county (3 each) or city (1).
local function beside(place, of)
  return 2 * (of[place.code:sub(1, 6)] or 0) + (of[place.code:sub(1, 4)] or 0)
end

local function villages_in(place, names, date)
  local score = 0
  if #place.code ~= 9 then return 0 end
  for k = 1, math.min(#names, MOST_NAMES) do
    if core.village(place.code, names[k], date) then score = score + 3 end
  end
  return score
end

-- The only candidate with the most evidence, or nil. told: what the document says, { digits of the
-- codes of its sure places, names that may be villages, date }
local function best(doc, name, candidates, told)
  local found, most, tied = nil, 0, false
  for _, place in ipairs(candidates) do
    local score = above(doc, place, name) + beside(place, told.digits)
      + villages_in(place, told.names, told.date)
    if score > most then found, most, tied = place, score, false
    elseif score == most then tied = true end
  end
  return not tied and found or nil
end

-- facts -------------------------------------------------------------------------

-- A division's name with those above it, by the table of it. Weak, as caches are.
local full_names <const> = setmetatable({}, { __mode = "k" })

local function full_name(place)
  local chain = { place.name }
  for _, up in ipairs(place.up) do table.insert(chain, 1, up.name) end
  full_names[place] = table.concat(chain)
  return full_names[place]
end

local function set_place(f, place, how)
  f.code, f.how, f.official = place.code, how or f.how, place.name
  f.full = full_names[place] or full_name(place)
end

local function place_of_code(f, date)
  for _, place in ipairs(resolve.places(f.name, date)) do
    if place.code == f.code then return place end
  end
end

-- Names that may be villages: where no division has them.
local function village_names(facts)
  local names, seen = {}, {}
  for _, f in ipairs(by_type.of(facts, "place")) do
    if may_be_village(f) and not seen[f.name] then
      seen[f.name] = true
      names[#names + 1] = f.name
    end
  end
  return names
end

-- Places that are called so in full: 青山镇 is not short for 青山镇街道.
local function of_full_name(name, date)
  local list = {}
  for _, place in ipairs(resolve.places(name, date)) do
    if place.name == name then list[#list + 1] = place end
  end
  return list
end

-- 朝阳 is a city of Liaoning unless what stands beside it speaks for a district elsewhere.
local function of_short_name(doc, f, told)
  local candidates = {}
  for _, place in ipairs(resolve.places(f.name, told.date)) do
    if place.level <= 3 then candidates[#candidates + 1] = place end
  end
  return #candidates > 1 and best(doc, f.name, candidates, told) or nil
end

-- resolve.is_name(name) -> is a division called so in full?
function resolve.is_name(name) return of_full_name(name)[1] ~= nil end

local function divisions(doc, facts, date)
  local codes, open, short = {}, {}, {}
  for _, f in ipairs(by_type.of(facts, "place")) do
    if f.type == "place" then
      local sure = f.code and place_of_code(f, date)
      if sure then
        set_place(f, sure)
        if sure.name == f.name then codes[f.code] = true else short[#short + 1] = f end
      elseif is_division(f.name) then
        f.code = nil
        open[#open + 1] = f
      end
    end
  end
  if not short[1] and not open[1] then return end
  local told = { digits = by_digits(codes), date = date,
                 names = core.has_villages() and village_names(facts) or {} }
  for _, f in ipairs(short) do
    local place = of_short_name(doc, f, told)
    if place then set_place(f, place, place.code ~= f.code and "co-mention" or f.how) end
  end
  for _, f in ipairs(open) do
    local candidates = of_full_name(f.name, date)
    local place = #candidates == 1 and candidates[1] or best(doc, f.name, candidates, told)
    if place then set_place(f, place, #candidates > 1 and "co-mention" or f.how) end
  end
end

-- Townships of the document with a code, in its order.
local function townships(facts)
  local list = {}
  for _, f in ipairs(by_type.of(facts, "place")) do
    if f.type == "place" and f.code and #f.code == 9 then list[#list + 1] = f end
  end
  table.sort(list, function(a, b) return a.i < b.i end)
  return list
end

-- The village in the township of its article, else in another of the document.
local function villages(doc, facts, date)
  local towns = townships(facts)
  if #towns == 0 or not core.has_villages() then return end
  for _, f in ipairs(by_type.of(facts, "place")) do
    if may_be_village(f) then
      local home, other = nil, nil
      local article = doc:article_at(f.i)
      for _, town in ipairs(towns) do
        local v = core.village(town.code, f.name, date)
        local here = article and town.i >= article.i and town.i <= article.j
        if v and here then home = home or { v, town } elseif v then other = other or { v, town } end
      end
      local found = home or other
      if found then
        f.code, f.official = found[1].code, found[1].name .. (found[1].urban and "社区" or "村")
        f.full = found[2].full and found[2].full .. f.official
      end
    end
  end
end

-- 山东省聊城市临清市松林镇: the last of a chain of divisions is mentioned by the
-- whole of it, too.
local function chains(doc, facts)
  local fact_at, mention_at, chained = {}, {}, {} -- by the byte they begin at
  for _, f in ipairs(by_type.of(facts, "place")) do
    for _, m in ipairs(f.mentions) do
      if not fact_at[m.i] then fact_at[m.i], mention_at[m.i] = f, m end
    end
  end
  for _, f in ipairs(by_type.of(facts, "place")) do
    local i, j, tail = f.mentions[1].i, f.mentions[1].j, f
    while fact_at[j + 1] do tail, j = fact_at[j + 1], mention_at[j + 1].j end
    if tail ~= f and tail.code and not chained[i] then
      chained[i] = true
      table.insert(tail.mentions, { i = i, j = j, how = "chain", quote = doc:display(i, j), rule = tail.rule,
                                    version = tail.mentions[1].version, captures = { name = { i, j } } })
    end
  end
end

function resolve.run(doc, facts)
  local date = resolve.time_of(doc)
  divisions(doc, facts, date)
  villages(doc, facts, date)
  chains(doc, facts)
end

return resolve
