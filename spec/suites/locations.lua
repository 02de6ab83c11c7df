-- What the adapters of location suites share: the first address of a text by the
-- places that the pack zh.report found, its divisions, and what stands behind them.
local core = require "textmill.core"
local extract = require "textmill.extract"
local tm = require "textmill"

local locations = {}

local LEVELS <const> = { "province", "city", "county", "town" }
local pack

-- The level of a name that several counties have: that much is sure.
local function common_level(name)
  local level
  for _, place in ipairs(core.places(name)) do
    if place.name == name then
      if level and level ~= place.level then return end
      level = place.level
    end
  end
  return level
end

-- Divisions of a fact by level; nil where the gazetteer does not say which it is.
local function chain_of(f)
  local level = not f.code and common_level(f.name)
  if level then return { [LEVELS[level]] = f.name }, level end
  for _, place in ipairs(f.code and core.places(f.name) or {}) do
    if place.code == f.code then
      local chain = { [LEVELS[place.level]] = place.name }
      for _, up in ipairs(place.up) do chain[LEVELS[up.level]] = up.name end
      return chain, place.level
    end
  end
end

-- Places in order of the text; where two rules found one, it is there once.
local function places_of(input)
  pack = pack or tm.pack "zh.report"
  local out, seen = {}, {}
  for _, f in ipairs((extract.run(pack, input))) do
    for _, m in ipairs(f.type == "place" and f.mentions or {}) do
      if not seen[m.i] then out[#out + 1] = { i = m.i, j = m.j, f = f } end
      seen[m.i] = true
    end
  end
  table.sort(out, function(a, b) return a.i < b.i end)
  return out
end

-- Does the finer address lie in the coarser one?
local function within(fine, coarse)
  for _, level in ipairs(LEVELS) do
    if coarse[level] and coarse[level] ~= fine[level] then return false end
  end
  return true
end

-- Addresses: runs of places that touch each other and lie in each other. Each is
-- { i = , j = , rest = first byte behind the county, code = , province = , ... }.
function locations.each(input)
  local out, last = {}, nil
  for _, p in ipairs(places_of(input)) do
    local chain, level = chain_of(p.f)
    local touches = last and p.i == last.j + 1
    if chain and touches and (not last.chain or within(chain, last.chain)) then
      last.chain, last.j, last.code = chain, p.j, level < 4 and p.f.code or last.code
      if level < 4 then last.rest = p.j + 1 end
    elseif touches and not chain then
      last.j = p.j -- a short name that is several places: what follows may say which
    else
      last = { i = p.i, j = p.j, chain = chain, code = p.f.code, rest = p.j + 1 }
      out[#out + 1] = last
    end
  end
  for k = #out, 1, -1 do
    if not out[k].chain then table.remove(out, k) end
  end
  return out
end

-- Are all the keys of `want` that we know of the same in `got`? null is none.
function locations.same(want, got, keys)
  for _, key in ipairs(keys) do
    local w = want[key]
    if type(w) ~= "string" then w = nil end
    if w ~= got[key] then return false end
  end
  return true
end

function locations.show(value)
  return ("%s|%s|%s|%s|%s"):format(value.province or "", value.city or "", value.county or "",
    value.detail or "", value.adcode or value.town or "")
end

-- What the gazetteer does not hold, by what is expected; nil: all may be asked.
function locations.refused(want)
  local province = tostring(want.province)
  local islands = province:find "^台湾" or province:find "^香港" or province:find "^澳门"
  if islands and type(want.county) == "string" then
    return "counties of Taiwan, Hong Kong and Macao are not in the gazetteer"
  end
  if want.county == "市辖区" then return "市辖区 as the name of a county" end
end

return locations
