-- Phone numbers, Chinese ones and those of other countries, as people write them:
--
--   [+86] [(] area [)] groups of digits, signs or a blank between them [ext 123]
--
-- A number is sure when its form says so (a mobile, an area code, +, brackets) or a word
-- before it does (电话, 热线); other runs of 7 to 12 digits only count with `loose`.

local WORDS <const> = { "电话", "手机", "联系", "热线", "传真", "号码", "致电", "拨打",
  "来电", "咨询", "客服", "话号", "tel", "phone", "call",
                        "fax", "mobile" }
-- What stands behind a count: no phone number.
local COUNTS <const> = { "元", "万", "亿", "个", "人", "名", "米", "吨", "户", "年", "件",
  "只", "%", "股", "平", "亩", "公", "美", "倍",
                         "次", "度", "点" }

-- The groups from `at`: { {i=, j=, inside=boolean} }, plus?, last byte; nil when brackets do not fit.
local function groups(s, at)
  local list, p, open, plus, last = {}, at, false, false, nil
  while #list < 9 do
    local gap = #list > 0 and s:match("^ ? ?[%-/%.]? ?()", p) or p
    if #list > 0 and s:find("^   ?%(?%d", p) then gap = s:match("^ +()", p) end
    local q = gap
    if s:find("^%(", q) then
      if open then return nil end
      open, q = true, q + 1
    end
    if s:find("^%+%d", q) and #list == 0 then plus, q = true, q + 1 end
    local e = s:match("^%d+()", q)
    if not e then break end
    list[#list + 1] = { i = q, j = e - 1, inside = open, sign = s:sub(p, gap - 1) }
    last, p = e - 1, e
    if open and s:find("^%)", p) then open, last, p = false, p, p + 1 end
  end
  if open then return nil end
  return list, plus, last
end

local function extension(s, last)
  local e = s:match("^ ?ext%.? ?%d+()", last + 1) or s:match("^ ?x ?%d+()", last + 1)
  if not e then
    local _, f = s:find("^ ?转 ?%d+", last + 1)
    e = f and f + 1
  end
  return e and e - 1
end

-- 2020-02-26, 16/04/2010
local function is_date(list, s)
  if #list ~= 3 then return false end
  local n = {}
  for k, g in ipairs(list) do n[k] = s:sub(g.i, g.j) end
  local year, month, day = n[1], n[2], n[3]
  if #n[3] == 4 then year, month, day = n[3], n[2], n[1] end
  return #year == 4 and #month <= 2 and #day <= 2 and tonumber(day) <= 31 and tonumber(month) <= 31
    and year:find "^[12]" ~= nil
end

-- Groups with points between are a phone number when all of them have one and three digits.
local function points_fit(list)
  local points = 0
  for k = 2, #list do
    if list[k].sign:find(".", 1, true) then points = points + 1 end
  end
  return points == 0 or points >= 2 and points >= #list - 2
end

local function digits(list, s)
  local out = {}
  for k, g in ipairs(list) do out[k] = s:sub(g.i, g.j) end
  return table.concat(out)
end

local function said_before(s, at)
  local before = s:sub(math.max(1, at - 24), at - 1)
  for _, w in ipairs(WORDS) do
    if before:find(w, 1, true) then return true end
  end
  return false
end

-- A mobile, an area code with its number, a service number.
local function chinese(n, list)
  local d = n:gsub("^0086", ""):gsub("^86", "")
  return d:find "^1[3-9]%d%d%d%d%d%d%d%d%d$" ~= nil
    or d:find "^[48]00%d%d%d%d%d%d%d$" ~= nil and #list > 1
    or d:find "^0[12]%d%d%d%d%d%d%d%d%d$" ~= nil and #list > 1
    or d:find "^0[3-9]%d%d%d%d%d%d%d%d%d?%d?$" ~= nil and #list > 1
end

local function counted(s, last)
  for _, w in ipairs(COUNTS) do
    if s:sub(last + 1, last + #w) == w then return true end
  end
  return false
end

-- Do sums, codes and letters around say it is none?
local function in_code(s, at, last, list, plus)
  local before, after = s:sub(at - 1, at - 1), s:sub(last + 1, last + 1)
  if at > 1 and before:find "[%w_=*$#/.]" or after:find "[%a_=*+@]" then return true end
  if at > 1 and (before == "-" or before == "+") and (#list == 1 or plus or s:find("^[%d)]",
    at - 2)) then return true end
  if plus and before == ")" then return true end
  return s:find("^ %x?%a%x? ", last + 1) ~= nil or s:find("^ %x%a", last + 1) ~= nil and #list > 3
end

-- +45-12-34-56-78: nothing but pairs with strokes behind the country
local function all_pairs(list)
  for k = 2, #list do
    if list[k].j - list[k].i ~= 1 or list[k].sign ~= "-" then return false end
  end
  return #list > 1
end

-- Is it one by its form alone; does it need help; can it not be one?
local function shape(s, list, plus, n)
  if #n < 6 or #n > 15 or is_date(list, s) or not points_fit(list) then return nil end
  local brackets = false
  for k, g in ipairs(list) do
    brackets = brackets or g.inside
    if k > 1 and g.j - g.i + 1 < 2 and #n < 9 then return nil end
  end
  if plus and not list[1].inside and all_pairs(list) then return nil end
  if plus or brackets and #n >= 7 or chinese(n, list) then return "sure" end
  if #n < 7 then return n:find "^0" and #list == 1 and "weak" or nil end
  if #list == 1 and #n > 12 and not n:find "^00" then return nil end
  if #list >= 3 and #n >= 8 and (n:find "^0" or #n >= 9) then return "sure" end
  return "weak"
end

local function read(s, at, loose)
  local list, plus, last = groups(s, at)
  if not list or #list == 0 then return nil, (s:match("^[%d(+]+()", at)) - 1 end
  local n = digits(list, s)
  local sure = shape(s, list, plus, n)
  local more = extension(s, last)
  local whole = more or last
  if not sure or in_code(s, at, whole, list, plus) then
    local tight = s:match("^[%w%-_%.+]*()", at) - 1
    return nil, math.max(tight, at)
  end
  if sure == "weak" and not said_before(s, at) and (not loose or #n < 7 or counted(s,
    last)) then return nil, list[1].j end
  return whole, { kind = "phone", value = (plus and "+" or "") .. n, extension = more and s:match("%d+",
    last + 1) or nil }
end

return { first = "[%d(+]", read = read }
