-- MiNLP's Duckling: the whole input is one expression; `raw` holds the value as
-- its Scala expression writes it. Lengths are in metres, by rounded conversion
-- factors (尺 0.333, 海里 1853): one part in a thousand is allowed there.
local cases = require "number_cases"
local locations = require "locations"
local tm = require "textmill"

local OTHERS <const> = { gender = true, constellation = true }
local SEQUENCES <const> = { phoneno = "phone", url = "url" }
local COUNTS <const> = { act = true, episode = true, level = true }

local function raw_number(e)
  return tonumber(e.raw:match "^[A-Za-z]*%(?\"?\\?([%+%-]?[%d.]+E?[%+%-]?%d*)")
end

-- 零零幺 -> 001
local function digits_of(q)
  local out = q.text:gsub("零", "0"):gsub("〇", "0")
  for k, d in ipairs { "一", "二", "三", "四", "五", "六", "七", "八", "九" } do out = out:gsub(d,
    tostring(k)) end
  return (out:gsub("幺", "1"))
end

local reads = {}

function reads.numeral(e, q) return not q.unit and cases.near(q.value, e.value) end
reads["numeral/fraction"] = function(e, q)
  return cases.near(q.kind == "percent" and q.value / 100 or q.value, e.value)
end
reads["numeral/multiple"] = function(e, q) return q.unit == "倍" and cases.near(q.value, raw_number(e)) end
reads["numeral/seq"] = function(e, q)
  local digits = digits_of(q)
  return digits == e.raw:match "%d+" and tonumber(digits) == q.value
end
function reads.ordinal(e, q) return q.kind == "ordinal" and q.value == e.value end
function reads.currency(e, q)
  return q.dimension == "money" and cases.near(q.value * q.size, raw_number(e))
end
function reads.age(e, q)
  if q.dimension ~= "age" then return false end
  local from, to = e.raw:match "IntervalValue%(.-([%d.]+).-, .-([%d.]+)"
  if from then return cases.near(q.lo, tonumber(from)) and cases.near(q.hi, tonumber(to)) end
  local bound = e.raw:find "After" and q.lo or e.raw:find "Before" and q.hi or q.value
  return cases.near(bound, raw_number(e))
end
function reads.quantity(e, q) return q.unit == e.unit and cases.near(q.value, e.value) end
reads["quantity/area"] = function(e, q)
  return cases.near(q.value, raw_number(e)) and e.raw:find(q.unit or "?", 1, true) ~= nil
end
reads["quantity/velocity"] = function(e, q)
  local unit = q.unit == "迈" and "英里每小时" or q.unit
  return cases.near(q.value, raw_number(e)) and e.raw:find(unit or "?", 1, true) ~= nil
end
reads["quantity/distance"] = function(e, q)
  return q.dimension == "length" and cases.near(q.value * q.size, raw_number(e), 1.1e-3)
end
function reads.temperature(e, q)
  local scale = q.unit == "华氏度" and "F" or "C" -- without a word it is Celsius
  return q.dimension == "temperature" and cases.near(q.value, raw_number(e))
    and e.raw:find(", \"?\\?" .. scale) ~= nil
end

-- The whole input is one number of a phone or one address; its digits, its host.
local function check_sequence(c, kind)
  local list = tm.sequences(c.input, { kinds = { kind }, loose = true })
  local x, e = list[1], c.expect[1]
  if not x or #list > 1 or x.text ~= c.input then return false, x and x.text end
  if kind == "url" then return e.raw:find('"' .. x.host .. '"', 1, true) ~= nil, x.host end
  local digits = e.raw:match '"(%d+)"'
  return x.value:gsub("%D", ""):sub(-#digits) == digits, x.value
end

-- 评分8.5: the number in it. 最后一季: counted from the end.
local function check_inner(c)
  local list, want = tm.quantities(c.input), raw_number(c.expect[1])
  local q = list[#list]
  if not q then return false, "nothing" end
  local open = c.expect[1].raw:find "OpenInterval" ~= nil
  local value = open and (q.lo > -math.huge and q.lo or q.hi) or q.value
  return cases.near(value, want) or want == -q.value, cases.show(list)
end

-- 湖北当阳: the finest division of the whole input, a person of it (山东诸城人) too.
local function check_place(c)
  local a = locations.each(c.input)[1]
  local chain = a and a.chain or {}
  local name, rest = chain.county or chain.city or chain.province or "", a and c.input:sub(a.rest)
  return c.expect[1].raw:find('"' .. name .. '"', 1, true) ~= nil and (rest == "" or rest == "人"), name
end

-- 最后一集 is to it 倒数第一集.
local function from_the_end(c)
  local input = c.input:match "^最后(.+)$"
  if not input then return c end
  return setmetatable({ input = "倒数第" .. input }, { __index = c })
end

local function check(c)
  if COUNTS[c.sub] or c.sub == "season" then c = from_the_end(c) end
  if SEQUENCES[c.sub] then return check_sequence(c, SEQUENCES[c.sub]) end
  if c.sub == "rating" or c.sub == "season" then return check_inner(c) end
  if c.sub == "place" then return check_place(c) end
  if OTHERS[c.sub] then return "refused", "no number: " .. c.sub end
  local e, q, got = c.expect[1], cases.whole(c.input)
  if not q then return false, got end
  if COUNTS[c.sub] then return q.unit ~= nil and q.value == raw_number(e), cases.show { q } end
  local read = reads[c.sub]
  if not read then return "refused", "no number: " .. c.sub end
  return read(e, q) and true or false, cases.show { q }
end

return { check = cases.with_times("minlp_duckling", function(c) return c.sub:find "^time" ~= nil end, check) }
