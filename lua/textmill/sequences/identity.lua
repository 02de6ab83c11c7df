-- Numbers with a check digit: identity numbers of persons (GB 11643), unified social
-- credit codes of companies (GB 32100), bank cards (ISO 7812), and number plates.

local function digits_sum(s, weights, modulus, alphabet)
  local sum = 0
  for k, w in ipairs(weights) do
    local v = alphabet:find(s:sub(k, k), 1, true)
    if not v then return nil end
    sum = sum + (v - 1) * w
  end
  return sum % modulus
end

local ID_WEIGHTS <const> = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 }
local DAYS <const> = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function born(year, month, day)
  local m, d = tonumber(month), tonumber(day)
  return tonumber(year) >= 1850 and tonumber(year) <= 2100 and DAYS[m] and d >= 1 and d <= DAYS[m]
end

local function person(s, at)
  local run = s:match("^%d+[xX]?", at)
  if not run or #run ~= 18 or s:find("^%w", at + 18) then return nil end
  local y, m, d = run:match "^[1-9]%d%d%d%d%d(%d%d%d%d)(%d%d)(%d%d)%d%d%d"
  if not y or not born(y, m, d) then return nil end
  local sum = digits_sum(run, ID_WEIGHTS, 11, "0123456789")
  if ("10x98765432"):sub(sum + 1, sum + 1) ~= run:sub(18):lower() then return nil end
  return at + 17, { kind = "id", value = run:upper(), born = ("%s-%s-%s"):format(y, m, d),
    region = run:sub(1, 6),
                    sex = tonumber(run:sub(17, 17)) % 2 == 1 and "男" or "女" }
end

local CREDIT <const> = "0123456789abcdefghjklmnpqrtuwxy"
local CREDIT_WEIGHTS <const> = { 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28 }

local function company(s, at)
  local run = s:match("^%w+", at)
  if #run ~= 18 or not run:find "^[1-9a-y][1-59]%d%d%d%d%d%d" then return nil end
  local sum = digits_sum(run, CREDIT_WEIGHTS, 31, CREDIT)
  local check = sum and (31 - sum) % 31 + 1
  if not sum or CREDIT:sub(check, check) ~= run:sub(18) then return nil end
  return at + 17, { kind = "company", value = run:upper(), region = run:sub(3, 8) }
end

-- 16-19 digits, in groups of four or not, whose check digit is right (Luhn).
local function bankcard(s, at)
  local run = s:match("^%d[%d ]*%d", at)
  local digits = run and run:gsub(" ", "")
  if not digits or #digits < 16 or #digits > 19 or not digits:find "^[3-6]" then return nil end
  if run ~= digits and not run:find "^%d%d%d%d %d%d%d%d %d%d%d%d %d%d%d%d" or s:find("^%w",
    at + #run) then return nil end
  local sum = 0
  for k = 1, #digits do
    local d = tonumber(digits:sub(-k, -k))
    if k % 2 == 0 then d = d * 2 - (d > 4 and 9 or 0) end
    sum = sum + d
  end
  if sum % 10 ~= 0 then return nil end
  return at + #run - 1, { kind = "bankcard", value = digits }
end

local PROVINCES <const> = {}
for c in ("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"):gmatch(utf8.charpattern) do PROVINCES[c] = true end
local ENDS <const> = { ["挂"] = true, ["学"] = true, ["警"] = true, ["港"] = true, ["澳"] = true }

-- 京A12345, 沪AD12345 (electric), 粤Z1234港
local function plate(s, at)
  local province = s:sub(at, at + 2)
  if not PROVINCES[province] then return nil end
  local e = s:match("^%a·()", at + 3) or s:match("^%a%.?()", at + 3)
  if not e then return nil end
  local run = s:match("^[%w]+", e) or ""
  local last = e + #run - 1
  if not run:find "%d" or run:find "[io]" then return nil end
  if #run == 4 and ENDS[s:sub(last + 1, last + 3)] then last = last + 3
  elseif #run < 5 or #run > 6 then return nil end
  local value = s:sub(at, last):upper():gsub("·", ""):gsub("%.", "")
  return last, { kind = "plate", value = value }
end

local function read(s, at)
  if s:find("^[\xe4-\xe9]", at) then
    local last, x = plate(s, at)
    return last, last and x or nil
  end
  if at > 1 and s:find("^[%w_]", at - 1) then return nil, (s:match("^%w*()", at)) - 1 end
  for _, f in ipairs { person, company, bankcard } do
    local last, x = f(s, at)
    if last then return last, x end
  end
  return nil, (s:match("^%w*()", at)) - 1
end

return { first = "[%w\xe4-\xe9]", read = read }
