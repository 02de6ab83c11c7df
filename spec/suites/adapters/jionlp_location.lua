-- JioNLP, addresses: divisions down to the county (town where asked for), the rest as
-- it stands; names of today for those of old. Four provinces are their own cities; a city
-- without counties (东莞市) has none.
local locations = require "locations"

local function value_of(c, a)
  local chain = a and a.chain or {}
  local town = c.options.town_village and chain.town or nil
  local city_province = (chain.province or ""):find "市$" and chain.county and chain.province
  local value = { province = chain.province, city = chain.city or city_province or nil,
                  county = chain.county ~= chain.city and chain.county or nil, town = town,
                  detail = c.input:sub(a and a.rest or 1) }
  local city = value.city ~= value.province and value.city or ""
  value.full_location = (value.province or "") .. city .. (value.county or "") .. value.detail
  return value
end

local KEYS <const> = { "province", "city", "county", "town", "detail", "full_location" }

local function check(c)
  local want = c.expect[1].value
  local reason = locations.refused(want)
  if reason then return "refused", reason end
  local value = value_of(c, locations.each(c.input)[1])
  return locations.same(want, value, KEYS), locations.show(value)
end

return { check = check }
