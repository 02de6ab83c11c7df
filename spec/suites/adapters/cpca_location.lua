-- chinese_province_city_area_mapper: divisions with the code of the finest, the rest
-- of the text behind them. What lies in a municipality has 市辖区 for its city.
local locations = require "locations"

local KEYS <const> = { "province", "city", "county", "adcode" }

local function value_of(c, a)
  if not a then return { detail = c.input } end
  local chain = a.chain
  return { province = chain.province, city = chain.city or (chain.county and "市辖区"), county = chain.county,
           adcode = a.code, detail = c.input:sub(a.rest) }
end

-- Two expectations that begin at one offset are not of one text.
local function mixed(expect)
  local seen = {}
  for _, e in ipairs(expect) do
    if seen[e.start] then return true end
    seen[e.start] = true
  end
end

local function check(c)
  if mixed(c.expect) then return "refused", "cpca: expectations of several texts under one" end
  local list, shown, ok = locations.each(c.input), {}, true
  for k, e in ipairs(c.expect) do
    local reason = locations.refused(e.value)
    if reason then return "refused", reason end
    local value = value_of(c, list[k])
    shown[k] = locations.show(value)
    ok = ok and locations.same(e.value, value, KEYS)
      and (e.value.detail == nil or e.value.detail == value.detail)
  end
  return ok, table.concat(shown, "; ")
end

return { check = check }
