-- tm.spoken(s, options): a text as it is read aloud, figures as words (text normalisation,
-- as before speech synthesis). tm.written is the way back.
--
-- One walk from left to right. Where a figure or a sign begins, the readings are tried in
-- order, those that say more first: a date before a fraction, a clock before a score. A
-- reading takes (text, first byte, options) and gives (words, last byte), or nothing. What
-- none of them knows stays as it is.
local core = require "textmill.core"
local spell = require "textmill.spell"
local signs = require "textmill.figure_signs"

local function digits(s) return spell(s, "digits") end

-- 两千, 一万两千, 两亿 as they are said; 二百 and 二十 keep their 二.
local function said(s)
  s = s:gsub("二千", "两千"):gsub("^二万", "两万"):gsub("^二亿", "两亿"):gsub("亿二万", "亿两万")
  return (s:gsub("亿零二万", "亿零两万"):gsub("亿零一十万", "亿零十万"))
end

-- "1,234.50" -> 一千二百三十四点五零; codes with a leading zero and more than 16 digits one by one
local function cardinal(number)
  local s = number:gsub(",", "")
  local minus, rest = s:match "^(%-?)(.+)$"
  local whole = rest:match "^%d+"
  local sign = minus ~= "" and "负" or ""
  if #whole > 16 or whole:find "^0%d" then return sign .. digits(rest) end
  return sign .. said(spell(rest))
end

-- The number at byte i: its text and last byte. Thousands may be set off by commas.
local function number_at(s, i)
  local from, j = s:find("^%-?%d+", i)
  if not from then return end
  local grouped = select(2, s:find("^%-?%d%d?%d?,%d%d%d", i))
  while grouped and not s:find("^%d", grouped + 1) do
    j, grouped = grouped, select(2, s:find("^,%d%d%d", grouped + 1))
  end
  local decimals = select(2, s:find("^%.%d+", j + 1))
  j = decimals and not s:find("^%.%d", decimals + 1) and decimals or j
  return s:sub(i, j), j
end

local function ends(s, j) return not s:find("^%d", j + 1) and not s:find("^%.%d", j + 1) end

-- dates and clocks ----------------------------------------------------------------

local function unpadded(n) return cardinal(("%d"):format(n)) end
local function month_day(m, d) return unpadded(m) .. "月" .. unpadded(d) .. "日" end
local function is_month(m) return tonumber(m) >= 1 and tonumber(m) <= 12 end
local function is_day(d) return tonumber(d) >= 1 and tonumber(d) <= 31 end

-- 2008/8/8, 2008-08-08, 2002.01.28, 12/2/2
local function full_date(s, i)
  local _, j, y, sign, m, d = s:find("^(%d%d%d?%d?)([-/.])(%d%d?)%2(%d%d?)", i)
  if not j or not ends(s, j) or not is_month(m) or not is_day(d) then return end
  if #y == 3 or #y == 2 and sign ~= "/" then return end
  return digits(y) .. "年" .. month_day(m, d), j
end

-- 2/29/2020, 29/2/2020: the year behind month and day, whichever can be which
local function year_last(s, i)
  local _, j, a, b, y = s:find("^(%d%d?)/(%d%d?)/(%d%d%d%d)", i)
  if not j or not ends(s, j) then return end
  if is_month(a) and is_day(b) then return digits(y) .. "年" .. month_day(a, b), j end
  if is_month(b) and is_day(a) then return digits(y) .. "年" .. month_day(b, a), j end
end

-- 2008-08, 2002/01, 2002/1, 08/2008
local function year_month(s, i)
  local _, j, y, m = s:find("^(%d%d%d%d)[-/](%d%d)", i)
  if not j then _, j, y, m = s:find("^([12][09]%d%d)/(%d)%f[%D]", i) end
  if not j then _, j, m, y = s:find("^(%d%d)/(%d%d%d%d)", i) end
  if not j or not ends(s, j) or s:find("^[-/]%d", j + 1) or not is_month(m) then return end
  return digits(y) .. "年" .. unpadded(m) .. "月", j
end

-- 08-08, 08/08, 08.08: only with the zero that numbers and fractions do not have
local function day_of_year(s, i)
  local _, j, m, d = s:find("^(%d%d)[-/.](%d%d)", i)
  if not j or not ends(s, j) or not (m:find "^0" or d:find "^0" and not s:find("^%.", i + 2)) then return end
  if not is_month(m) or not is_day(d) or s:find("^[-/%%]", j + 1) or signs.unit_at(s, j + 1) then return end
  return month_day(m, d), j
end

local SPANS <const> = { "前", "后", "之前", "之后", "以前", "以后", "以上", "以来", "历史", "来", "的历史", "左右", "间" }

local function begins(s, i, words)
  for _, w in ipairs(words) do if s:sub(i, i + #w - 1) == w then return true end end
end

-- 221年BC, 1823年3月 bc
local function before_our_era(s, i)
  local _, j, y = s:find("^(%d+)年", i)
  local text = j and digits(y) .. "年"
  for _, unit in ipairs(j and { "月", "日" } or {}) do
    local _, k, n = s:find("^(%d%d?)" .. unit, j + 1)
    if k then text, j = text .. unpadded(n) .. unit, k end
  end
  local k = j and select(2, s:find("^ ?[bB]%.?[cC]%f[%A]%.?", j + 1))
  if k then return "公元前" .. text, k end
end

-- 98年, 86年: no length of time, which would be round or have a word beside it
local function is_short_year(n) return #n == 2 and tonumber(n) > 60 and not n:find "0$" end

-- 2015年, 02年8月, 2015-2020年: years are read digit by digit
local function year(s, i)
  local _, j, first, last = s:find("^(%d%d%d%d)[-~](%d%d%d%d)年", i)
  if j then return digits(first) .. "到" .. digits(last), j - #"年" end
  _, j, first = s:find("^(%d+)年", i)
  if not j then return end
  local span = begins(s, j + 1, SPANS) or first:find "000$" and first ~= "2000" -- 1500年前, 3000年
  local short = #first == 2
    and (first:find "^0" or s:find("^%d%d?月", j + 1) or is_short_year(first) and not span)
  local before = s:sub(math.max(1, i - 9), i - 1)
  local early = #first == 3 and (before:find "公元$" or before:find "公元前$")
  if #first ~= 4 and not early and not short then return end
  if #first == 4 and span then return end
  return digits(first), j - #"年"
end

-- 02月, 05日; the zero of a minute behind its hour is said: 8点|05分
local function padded(s, i, o)
  local _, j, n = s:find("^0(%d)", i)
  if not j then return end
  local before = s:sub(math.max(1, i - 3), i - 1)
  for _, unit in ipairs { "月", "日", "号", "时", "点", "分", "秒" } do
    if s:sub(j + 1, j + #unit) == unit then
      local minute = unit == "分" and (before == "点" or before == "时") and o.clock_zero ~= false
      return (minute and n ~= "0" and "零" or "") .. cardinal(n), j
    end
  end
end

local MERIDIEM <const> = { am = "上午", pm = "下午" }

-- 2:02, 13:10:36, 1:02 am; a zero before the minute is said
local function one_clock(s, i, o)
  local _, j, h, m = s:find("^(%d%d?):(%d%d)", i)
  if not j or tonumber(h) > 24 or tonumber(m) > 59 then return end
  local _, k, second = s:find("^:(%d%d)", j + 1)
  if k and tonumber(second) < 60 then j = k else second = nil end
  if second == "00" then second = nil end
  if s:find("^[:%d]", j + 1) then return end
  local function part(n, unit)
    if n == "00" and unit == "分" and not second then return "" end
    local zero = o.clock_zero ~= false and n:find "^0[1-9]"
    return (zero and "零" or "") .. unpadded(n) .. unit
  end
  local text = (tonumber(h) == 2 and "两" or unpadded(h)) .. "点" .. part(m, "分")
  if second then text = text .. part(second, "秒") end
  local _, l, half = s:find("^%s*([aApP]%.?[mM])%f[^%w]", j + 1)
  if l and o.meridiem ~= false then
    local point = half:find(".", 1, true) and s:find("^%.", l + 1)
    return MERIDIEM[half:lower():gsub("%.", "")] .. text, point and l + 1 or l
  end
  return text, j
end

local TO <const> = { "-", "~", "～", "—", "–", "至", "到" }

-- The byte behind a sign of ranges at byte i.
local function behind_to(s, i)
  for _, sign in ipairs(TO) do
    if s:sub(i, i + #sign - 1) == sign then return i + #sign end
  end
end

-- 9:00-11:30 is 九点到十一点三十分
local function clock(s, i, o)
  local words, j = one_clock(s, i, o)
  local second, k = nil, nil
  local to = words and behind_to(s, j + 1)
  if to then second, k = one_clock(s, to, o) end
  if second then return words .. "到" .. second, k end
  return words, j
end

-- codes -----------------------------------------------------------------------------

-- Numbers that one dials and everybody knows, and what stands beside them.
local SERVICE <const> =
  "^11[024679]$ ^12[0-2]$ ^12[0-9][0-9][0-9]$ ^1[0-9]0[0-9][0-9]$ ^9[56]%d%d%d$ ^1[12]%d%d%d$"
local NAMED <const> = { "号码", "号码是", "尾号", "尾号是", "尾号为", "编号", "编号为", "邮编", "密码", "验证码", "卡号",
  "账号", "证号", "证号是", "学号", "工号", "房号", "QQ" }
local DIALLED <const> = { "打", "拨", "拨打", "电话", "热线", "致电", "呼叫" }

local function follows(s, i, words)
  local before = s:sub(math.max(1, i - 20), i - 1):gsub("[: ]+$", ""):gsub("：$", "")
  for _, w in ipairs(words) do if before:sub(-#w) == w then return true end end
end

local function yao(s) return (digits(s):gsub("一", "幺")) end

local function is_service(number)
  for pattern in SERVICE:gmatch "%S+" do if number:find(pattern) then return true end end
end

-- 13501234567, 010-64035547, 打12315, 尾号3385, 192.168.0.1
local function code(s, i)
  local _, j, a, b, c, d = s:find("^(%d+)%.(%d+)%.(%d+)%.(%d+)", i)
  if j then return ("%s点%s点%s点%s"):format(digits(a), digits(b), digits(c), digits(d)), j end
  local _, k, area, number = s:find("^(0%d%d%d?)%-(%d%d%d%d%d%d%d%d?)%f[%D]", i)
  if k then return digits(area) .. digits(number), k end
  _, k, a, b, c = s:find("^([48]00)%-?(%d%d%d)%-(%d%d%d%d)%f[%D]", i) -- 400-820-8820
  if k then return digits(a .. b .. c), k end
  _, j, number = s:find("^(%d+)", i)
  if not j or not ends(s, j) then return end
  if number:find "^1[3-9]%d%d%d%d%d%d%d%d%d$" then return yao(number), j end
  local alone = i == 1 and j == #s
  local dialled = alone and #number < 5 or follows(s, i, DIALLED) or begins(s, j + 1, DIALLED)
  if dialled and is_service(number) then return yao(number), j end
  if #number > 2 and follows(s, i, NAMED) or number:find "^0%d" then return digits(number), j end
end

local BEHIND <const> = { "期", "续", "勤", "方" }

-- 90后, 00后
local function generation(s, i)
  local _, j, decade = s:find("^(%d[05])后", i)
  if j and not begins(s, j + 1, BEHIND) then return digits(decade), j - #"后" end
end

-- numbers with signs ----------------------------------------------------------------

-- The second number of a range that goes on at byte i, with its last byte.
local function range_at(s, i)
  local to = behind_to(s, i)
  if to then return number_at(s, to) end
end

local PARTS <const> = { ["%"] = "百分之", ["‰"] = "千分之" }

-- 6.3%, -5%, 30%-40%, 3‰
local function share(s, i)
  local number, j = number_at(s, i)
  if not number then return end
  local function sign_at(k)
    for sign, name in pairs(PARTS) do
      if s:sub(k, k + #sign - 1) == sign then return name, k + #sign - 1 end
    end
  end
  local name, k = sign_at(j + 1)
  local second, l = range_at(s, (k or j) + 1)
  local same, m = sign_at((l or 0) + 1)
  if second and same then return same .. cardinal(number) .. "到" .. same .. cardinal(second), m end
  if name then
    local minus = number:sub(1, 1) == "-"
    return (minus and "负" or "") .. name .. cardinal(minus and number:sub(2) or number), k
  end
end

-- 3/16, -1/5
local function fraction(s, i)
  local _, j, minus, high, low = s:find("^(%-?)(%d+)/(%d+)", i)
  if not j or s:find("^[/%d]", j + 1) or s:find("^/", i - 1) or tonumber(low) == 0 then return end
  return (minus ~= "" and "负" or "") .. cardinal(low) .. "分之" .. cardinal(high), j
end

-- 0:1, 78:96
local function score(s, i)
  local _, j, a, b = s:find("^(%d+):(%d+)", i)
  if j and not s:find("^:", j + 1) then return cardinal(a) .. "比" .. cardinal(b), j end
end

-- $13.5, CNY 1.25, US$5万
local function money(s, i)
  local name, j = signs.money_at(s, i)
  if not name then return end
  local number, k = number_at(s, select(2, s:find("^ ?", j + 1)) + 1)
  if not number then return end
  local scale = ""
  for _, word in ipairs { "万亿", "亿", "万" } do
    if scale == "" and s:sub(k + 1, k + #word) == word then scale, k = word, k + #word end
  end
  return cardinal(number) .. scale .. name, k
end

-- 10km/h, 120m², 38°C, 3-5kg, 300w张
local function measure(s, i)
  local number, j = number_at(s, i)
  if not number then return end
  local words = cardinal(number)
  if s:find("^[wW][\x80-\xff]", j + 1) then return words .. "万", j + 1 end
  local name, k = signs.unit_at(s, j + 1)
  local second, l = range_at(s, (k or j) + 1)
  local same, m = nil, nil
  if second then same, m = signs.unit_at(s, l + 1) end
  local before, after = (name or same or ""):match "^(.*)=(.*)$"
  local unit = after or name or same
  if second and same and (not name or name == same) then
    local first = name and words .. unit or words
    return (before or "") .. first .. "到" .. cardinal(second) .. unit, m
  end
  if name and number == "2" and not unit:find "度$" then words = "两" end
  if name then return (before or "") .. words .. unit, k end
end

-- 3-5名, 300~500
local function range(s, i)
  local first, j = number_at(s, i)
  local second, k = range_at(s, (j or #s) + 1)
  if not second or s:find("^[-=]%d", k + 1) or first:find "^0%d" or second:find "^0%d" then return end
  local a, b = tonumber((first:gsub(",", ""))), tonumber((second:gsub(",", "")))
  if a < b then return cardinal(first) .. "到" .. cardinal(second), k end
end

local COMPARISON <const> = { [">="] = "大于等于", ["<="] = "小于等于", ["≥"] = "大于等于", ["≤"] = "小于等于",
  [">"] = "大于", ["<"] = "小于", ["="] = "等于", ["≈"] = "约等于", ["+"] = "加", ["×"] = "乘以", ["÷"] = "除以",
  ["≠"] = "不等于", ["±"] = "正负", ["≒"] = "约等于", ["≡"] = "恒等于" }
-- With blanks on both sides, or in a sum with =.
local APART <const> = { ["-"] = "减", ["*"] = "乘以", ["/"] = "除以" }

-- A sign between two numbers, or one that bounds a number: 2 ≥ 1, 1+2, 票数≥100万
local function comparison(s, i)
  local _, blank = s:find("^ *", i)
  local apart = APART[s:match("^ +([-*/]) +%-?%d", i)]
  if apart and s:find("^[%d%)]", i - 1) then return apart, (select(2, s:find("^ +. +", i))) end
  local tight = APART[s:match("^([-*/])%d[-+*/%d.]*=", i) -- 5-3=2
    or s:match("^(%*)%d", i) -- 3*4
    or s:find "^[%d.]+%-[%d.]+$" and s:match("^(%-)", i)] -- 3-1 and nothing else
  if tight and s:find("^[%d%)]", i - 1) then return tight, i end
  for size = 3, 1, -1 do
    local j = blank + size
    local name = j <= #s and COMPARISON[s:sub(blank + 1, j)]
    if name then
      local _, k = s:find("^ *", j + 1)
      if not s:find("^%-?%d", k + 1) then return end
      local bound = name:find "于" and (size > 1 or i == 1 or not s:find("^[%w]", i - 1))
      if bound or s:find("^[%d%)]", i - 1) or s:find("^%f[%w]%a", i - 1) then return name, k end
    end
  end
end

-- -2, -百分之5: where no word stands before it a minus is 负
local function minus(s, i)
  if not s:find("^%-", i) or i > 1 and s:find("^[%w%)]", i - 1) then return end
  if s:find("^百分之", i + 1) then return "负", i end
  local number, j = number_at(s, i)
  if number then return cardinal(number), j end
end

-- Measure words and units before which 2 is 两, and what makes something else of them.
local TWO <const> = { "个", "人", "位", "名", "年", "天", "小时", "分钟", "秒钟", "次", "米", "千米", "公里", "公斤", "千克", "吨",
  "升", "毫升", "万", "亿", "千", "只", "件", "台", "条", "辆", "家", "本", "张", "间", "座", "套", "份", "户", "头", "棵", "杯",
  "瓶", "周", "支", "根", "把", "盒", "包", "袋", "箱", "桶", "所", "片", "颗", "朵", "句",
  "批", "艘", "架", "封", "幅", "首", "篇", "枚", "粒", "串", "束", "匹", "株", "场", "趟", "遍", "顿", "碗",
  "盘", "种", "项", "倍", "平方米", "平方公里", "立方米", "厘米", "公顷", "亩" }
local NOT_TWO <const> = { "年级", "次元", "周岁", "年度", "次方", "项式", "人转" }

-- 2点, 2点05分; not 2点5
local function two_o_clock(s, j)
  return begins(s, j + 1, { "点" }) and (not s:find("^%d", j + 4) or s:find("^%d+分", j + 4))
end

local function plain(s, i)
  local number, j = number_at(s, i)
  if not number or number:find "^-" and i > 1 and s:find("^[%w%)]", i - 1) then return end
  local counted = begins(s, j + 1, TWO) and not begins(s, j + 1, NOT_TWO)
  local two = number == "2" and (counted or two_o_clock(s, j))
    and not follows(s, i, { "第", ".", "/", "-", "~" })
  return two and "两" or cardinal(number), j
end

-- B2B, O2O
local function two_as_to(s, i)
  if s:find("^2%u%f[^%w]", i) and s:find("^%f[%w]%u", i - 1) then return " to ", i end
end

local READINGS <const> = { comparison, two_as_to, full_date, year_last, year_month,
  day_of_year, clock, before_our_era,
  year, padded,
  code, share, money, score, generation, fraction, measure, range, minus, plain }
local BEGIN <const> = "()[%d%-$*A-Z<>=+ \xc2\xc3\xe0\xe2\xef]"

-- Figures and Latin letters in half width; blanks and punctuation stay.
local function half(s)
  if not s:find("\xef\xbc", 1, true) and not s:find("\xef\xbd", 1, true) then return s end
  s = s:gsub("\xef([\xbc\xbd])([\x80-\xbf])", function(page, byte)
    local code_point = (page:byte() - 0xbc) * 64 + byte:byte() - 0x80 + 0x20
    local c = string.char(code_point)
    if c:find "[%w%%$]" and code_point < 0x7f then return c end
  end)
  return (s:gsub("(%d)：(%d)", "%1:%2"):gsub("(%d)．(%d)", "%1.%2"):gsub("(%d)－(%d)", "%1-%2"))
end

-- Every number digit by digit, nothing else: 1-2个月 is 一-二个月.
local function one_by_one(s)
  return (s:gsub("()(%-?)(%d+%.?%d*)", function(i, sign, number)
    local after = sign ~= "" and s:find("^%d", i - 1) and i > 1
    local point = number:match "%.$" or ""
    return (sign == "" and "" or after and "-" or "负") .. digits(number:sub(1, #number - #point)) .. point
  end))
end

-- (text, options) -> text | nil, message, position, code
return function(s, o)
  local text, problem, position, code_name = core.normalize(s, "nfc")
  if not text then return nil, problem, position, code_name end
  s = half(tostring(s))
  if o.numbers == "digits" then return one_by_one(s) end
  local out, done, i = {}, 1, 1
  while true do
    i = s:match(BEGIN, i)
    if not i then break end
    local words, last
    for _, reading in ipairs(READINGS) do
      words, last = reading(s, i, o)
      if words then break end
    end
    if words then
      out[#out + 1] = s:sub(done, i - 1) .. words
      done = last + 1
    end
    i = (words and last or select(2, s:find("^%d+", i)) or i) + 1
  end
  return table.concat(out) .. s:sub(done)
end
