-- What the gazetteer of the document's time says against it.
--
--   external   甲县乙镇, where 甲县 has no 乙镇 (then), but others have
--   source     the account that publishes bears the name of another town of the county
--
-- Towns of the county that were renamed or raised (乙乡, 乙街道) are no fault.

local check = require "textmill.rules.zh.check"
local by_type = require "textmill.rules.zh.by_type"
local resolve = require "textmill.rules.zh.resolve"

local gazetteer = {}

local COUNTY <const>, TOWN <const> = 6, 9 -- digits of their codes
local KINDS <const> = { "镇", "乡", "街道" }

local function in_county(name, county, date)
  for _, place in ipairs(resolve.places(name, date)) do
    if place.code:sub(1, COUNTY) == county then return true end
  end
  return false
end

-- The name without its kind: 青石镇 -> 青石; nil for others.
local function stem_of(name)
  for _, kind in ipairs(KINDS) do
    if #name > #kind + 3 and name:sub(-#kind) == kind then return name:sub(1, -#kind - 1) end
  end
end

-- 甲县 that became 甲区 or 甲市 has the towns of that.
local function renamed(name, county)
  local stem = county:sub(1, -4)
  for _, place in ipairs(resolve.places(name)) do
    for _, up in ipairs(place.up or {}) do
      if up.name:sub(1, #stem) == stem and #up.name <= #stem + 6 then return true end
    end
  end
  return false
end

local EARLIEST <const> = "2018" -- year of the oldest list of towns

-- Has the county a town of this stem, then or now, of any kind?
local function known_in(stem, county, date)
  for _, kind in ipairs(KINDS) do
    if in_county(stem .. kind, county, date) or date and in_county(stem .. kind, county) then return true end
  end
  return false
end

-- Mentions of places in order, and those by the byte they begin at; without
-- those of whole chains (resolve.lua).
local function mentions(facts)
  local list, from = {}, {}
  for _, f in ipairs(by_type.of(facts, "place")) do
    for _, m in ipairs(f.type == "place" and not f.subtype and f.mentions or {}) do
      if m.how ~= "chain" then
        local one = { f = f, i = m.i, j = m.j }
        list[#list + 1] = one
        from[m.i] = from[m.i] or one
      end
    end
  end
  table.sort(list, function(a, b)
    if a.i ~= b.i then return a.i < b.i end
    return a.j < b.j
  end)
  return list, from
end

-- A county with a code?
local function is_county(f)
  return f.type == "place" and f.code and #f.code == COUNTY and f.code:sub(-2) ~= "00"
end

-- 甲县乙镇: a town that the county right before it has not.
local function stranger(county, town, date)
  local stem = town and is_county(county.f) and stem_of(town.f.name)
  if not stem or date and date < EARLIEST or #resolve.places(town.f.name, date) == 0 then return false end
  return not known_in(stem, county.f.code, date) and not renamed(town.f.name, county.f.name)
end

local function has_county(facts)
  for _, f in ipairs(by_type.of(facts, "place")) do
    if is_county(f) then return true end
  end
  return false
end

-- Is the document of the time of the lists: its date, or a year that it names?
local function of_their_time(doc, date)
  if date then return date >= EARLIEST end
  for year in doc.shown:gmatch "%f[%d](20%d%d)%f[^%d]" do
    if year >= EARLIEST then return true end
  end
  return false
end

function gazetteer.external(doc, facts, out)
  if not has_county(facts) then return end
  local date, seen = resolve.time_of(doc), {}
  if not of_their_time(doc, date) then return end
  local list, from = mentions(facts)
  for _, county in ipairs(list) do
    local town = from[county.j + 1]
    if town and not seen[town.f.name] and stranger(county, town, date) then
      seen[town.f.name] = true
      out[#out + 1] = check.fact(doc, "external", { { county.i, town.j } },
        { name = town.f.name, other = county.f.name })
    end
  end
end

-- The township the document is about: the first with a code.
local function home(facts)
  local first
  for _, f in ipairs(by_type.of(facts, "place")) do
    if f.type == "place" and f.code and #f.code == TOWN and (not first or f.i < first.i) then first = f end
  end
  return first
end

local SHORTEST <const>, LONGEST <const> = 2, 3 -- characters of a town's name in another

-- The town of the county, not `own`, whose name stands in s.
local function town_in(s, own, date)
  local county = own.code:sub(1, COUNTY)
  for p in utf8.codes(s) do
    for n = SHORTEST, LONGEST do
      local e = utf8.offset(s, n + 1, p)
      local stem = e and s:sub(p, e - 1)
      for _, kind in ipairs(stem and KINDS or {}) do
        local name = stem .. kind
        if name ~= own.name and name ~= own.official and in_county(name, county, date) then return name end
      end
    end
  end
end

function gazetteer.source(doc, facts, out)
  local own, date = nil, nil
  for _, m in ipairs(by_type.of(facts, "metadata")) do
    if m.type == "metadata" and m.subtype == "author_account" and type(m.value) == "string" then
      own, date = own or home(facts) or false, date or resolve.time_of(doc)
      local stem = own and stem_of(own.name)
      local other = stem and not m.value:find(stem, 1, true) and town_in(m.value, own, date)
      if other then
        out[#out + 1] = check.fact(doc, "source", { check.span(m), check.span(own) },
          { name = m.value, other = other })
      end
    end
  end
end

return gazetteer
