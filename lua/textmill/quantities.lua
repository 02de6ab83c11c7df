-- tm.quantities(s): every number of a string with its unit and its bounds.
--
--   [bound] [currency | 摄氏] [-] number [unit [part]] [半] [to the same] [bound]
--
-- Numbers are read by the core, loosely, from the folded text; words of the
-- lexicon keep what is no number (一旦, 四川, 收拾). Blanks inside a numeral
-- (三千 八百) do not count. Offsets are those of the text as it came.

local core = require "textmill.core"
local currencies = require "textmill.currencies"
local bounds = require "textmill.quantity_bounds"
local units = require "textmill.units"
local words_of = require "textmill.quantity_words"

local number_at <const> = core.number_at

local function set(words)
  local t = {}
  for w in words:gmatch "%S+" do t[w] = true end
  return t
end

-- the text -----------------------------------------------------------------------

local NUMERIC <const> = set [[0 1 2 3 4 5 6 7 8 9 . , k % - + / 零 〇 一 二 两 三 四 五 六 七 八 九 十 百 千
万 亿 兆 壹 贰 叁 肆 伍 陆 柒 捌 玖 拾 佰 仟 廿 卅 参 俩 点 分 之 又 余 多 几 成 折 个 负 大 小 于 或 者 等 比 低 高]]

-- The text without the blanks inside numerals, and where each byte was.
local function squeeze(s)
  if not s:find(" ", 1, true) then return s, nil end
  local out, at, n, p = {}, {}, 0, 1
  while p <= #s do
    local c = s:match("^[\0-\x7f\xc2-\xf4][\x80-\xbf]*", p) or s:sub(p, p)
    local blank = s:match("^ +", p)
    local after = blank and s:match("^[\0-\x7f\xc2-\xf4][\x80-\xbf]*", p + #blank)
    local before = out[#out]
    if blank and before and after and NUMERIC[before] and NUMERIC[after]
      and not (#before == 1 and #after == 1 and after ~= "k" and after ~= "%") then
      p = p + #blank
    else
      out[#out + 1] = c
      for k = 0, #c - 1 do n = n + 1; at[n] = p + k end
      p = p + #c
    end
  end
  return table.concat(out), at
end

-- one quantity ------------------------------------------------------------------------

local function blank(s, i) return s:match("^ *()", i) end

-- 千瓦, 百帕, 千字节: the last character of a numeral is the first of a unit.
local function given_back(s, i, j)
  local c = s:sub(j - 2, j)
  if s:sub(j - 5, j) == "千兆" and units.at(s, j - 5) then j, c = j - 3, "千" end
  if j - i < 3 or not (c == "千" or c == "兆" or c == "百") then return nil end
  local unit, unit_end = units.at(s, j - 2)
  if not unit or unit.dimension == "count" or unit_end <= j then return nil end
  local e, value, info = number_at(s:sub(i, j - 3), 1, true, false)
  if e == j - i - 2 then return j - 3, value, info end
end

local RATED <const> = { "评分", "得分", "打分", "均分", "总分", "评分为", "得分为", "评分是", "得分是", "打了", "评了" }

-- 评分|8点5分: points of a score, no clock.
local function read_score(s, i)
  local text = s:sub(i, i + 26):match "^(.-)分"
  if not text or not text:find("点", 1, true) then return nil end
  for _, w in ipairs(RATED) do
    if s:sub(math.max(1, i - #w), i - 1) == w then
      local e, value, info = number_at(text, 1, true, false)
      return e == #text and i + e - 1 or nil, value, info
    end
  end
end

-- The number at i: j, value, info. Mixed decimals (12点5) only before a unit or
-- when nothing else follows.
local function read_number(s, i, whole)
  local j, value, info = read_score(s, i)
  if j then return j, value, info end
  if i > 1 and s:find("^%d%.", i - 1) then return nil end
  local part = s:find("^%d%.%d", i - 2) and i > 2 and s:match("^%d+", i) -- 1.2.3.4: no decimal goes on
  if part then return number_at(s:sub(1, i + #part - 1), i, true, false) end
  j, value, info = number_at(s, i, true, false)
  if not j then return nil end
  local thousand = s:match("^点.-()千", j + 1) -- 三点五千米
  if thousand and thousand - j < 15 then
    local e, v, n = given_back(s, i, thousand + 2)
    if e then return e, v, n end
  end
  local e, v, n = given_back(s, i, j)
  if e then return e, v, n end
  if s:sub(i, j):find "%d点" or s:sub(i, j):find "点%d" then
    local unit = units.at(s, j + 1)
    if not unit and not (whole and j == #s) or unit and (unit.name == "分" or unit.dimension == "time") then
      return number_at(s, i, false, false)
    end
  end
  return j, value, info
end

local SIGNS <const> = { "零下", "负的", "负" }
local MINUS_APART <const> = "^%- ()%.?%d" -- "- 5", where it is all there is
local SCALES <const> = { ["摄氏"] = "摄氏度", ["摄氏温度"] = "摄氏度", ["华氏"] = "华氏度", ["华氏温度"] = "华氏度" }

-- $, hk$, € as folded text has them, the unit of each; RM and R are letters only.
local SIGNED <const>, LONGEST_SIGN <const> = {}, 4 -- bytes
for sign, c in pairs(currencies.by_sign) do
  if sign:find "[^%a]" then SIGNED[sign:lower()] = units.named(c.name) end
end
SIGNED["us$"] = units.named "美元"

-- 摄氏, 华氏温度, 港币, rmb, ¥ at i: what they say the unit is, and the byte behind.
local function read_prefix(s, i)
  for _, n in ipairs { 12, 6 } do
    local unit = SCALES[s:sub(i, i + n - 1)]
    if unit then return units.named(unit), i + n end
  end
  for n = LONGEST_SIGN, 1, -1 do
    local sign = s:sub(i, i + n - 1)
    if SIGNED[sign] then return SIGNED[sign], i + #sign end
  end
  local unit, j = units.at(s, i)
  if unit and unit.dimension == "money" and unit.size == 1 and j - i >= 2 and s:sub(i, j) ~= "元" then
    return unit, j + 1
  end
end

-- 个[半]小时, 个[多]月: hours are counted. The unit, where it ends, what 半 adds.
local function long_unit(s, j)
  local half, many = s:find("^半", j + 1), s:find("^多", j + 1)
  local unit, e = units.at(s, j + ((half or many) and 4 or 1))
  if unit and unit.dimension == "time" then return unit, e, half and 0.5 end
end

local PER <const> = { h = "小时", s = "秒", min = "分钟" }

-- A unit behind the number that ends before i; rates (公里每小时, km/h) too.
local function read_unit(s, i)
  local p = blank(s, i)
  local unit, j = units.at(s, p)
  if not unit then return nil end
  local celsius = unit.name == "度" and s:match("^° ?([cf])%f[%A]", p)
  if celsius then return units.named(celsius == "c" and "摄氏度" or "华氏度"), (s:find(celsius, p, true)) end
  if unit.name == "个" then
    local long, e, more = long_unit(s, j)
    if long then return long, e, more end
  end
  local per = s:match("^每()", j + 1) or s:match("^/()", j + 1)
  if per then
    local time, e = units.at(s, per)
    local short = s:match("^%a+", per)
    if PER[short] then time, e = units.named(PER[short]), per + #short - 1 end
    if time and time.dimension == "time" then
      return { name = unit.name .. "每" .. time.name, dimension = "speed", size = unit.size / time.size,
               written = s:sub(p, e) }, e
    end
  end
  return unit, j
end

-- What is numbered, never counted with these words: 第二幕, 第3卷.
local NUMBERED <const> = set "幕 卷 辑 编 稿 版 话"

local function read_numbered(s, i)
  local p = blank(s, i)
  local word = s:sub(p, p + 2)
  if NUMBERED[word] then return { name = word, dimension = "count", size = 1 }, p + 2 end
end

local ONE <const> = { kind = "cardinal", lo = 1, hi = 1 }

-- What may be a smaller part of a unit: 块-毛-分, 斤-两.
local PARTS <const> = { money = true, mass = true, length = true, age = false }

-- Units a bare digit behind counts the tenths of: 九块九, 一米七, 三十六度五.
local TENTHS <const> = set "元 角 米 度"
local BARE_TENTHS <const> = set "块 毛 度" -- in figures, too: 38度5

-- Behind 半 these make a word of it: 三亩|半年.
local NO_HALF <const> = set "价 天 年 月 夜"
local DIGIT <const> = set "二 三 四 五 六 七 八 九"

local PLACE <const> = { ["零"] = 0, ["一"] = 1, ["二"] = 2, ["三"] = 3, ["四"] = 4, ["五"] = 5,
  ["六"] = 6, ["七"] = 7,
  ["八"] = 8, ["九"] = 9 }

-- 一米[七五], 两米[零三]: hundredths of a metre, and the byte where they end.
local function hundredths(s, j)
  local a, b = PLACE[s:sub(j + 1, j + 3)], PLACE[s:sub(j + 4, j + 6)]
  if not a or not b or number_at(s, j + 7, true, false) or units.at(s, j + 7) then return end
  return (a * 10 + b) / 100, j + 6
end

-- 三斤[5两], 五块[七毛八], 九块[九], 两米[半]: adds to q; the byte where it ends.
local function read_parts(s, q, j)
  local unit, last = q.unit, q.unit
  if s:sub(j + 1, j + 3) == "半" and not NO_HALF[s:sub(j + 4, j + 6)] then
    q.more, j = (q.more or 0) + 0.5, j + 3
    return j
  end
  local parts = PARTS[unit.dimension] or TENTHS[unit.name]
  if not parts or q.info.kind ~= "cardinal" or q.info.approx then return j end
  local more, behind = nil, nil
  if q.written == "米" then more, behind = hundredths(s, j) end
  if more then
    q.more = (q.more or 0) + more
    return behind
  end
  while true do
    local e, value, info = number_at(s, j + 1, true, false)
    if last.dimension == "mass" and s:find("^一两", j + 1) and not DIGIT[s:sub(j + 7, j + 9)] then
      e, value, info = j + 3, 1, ONE -- 三斤一两: here 两 is the weight
    end
    if not e or info.kind ~= "cardinal" or info.approx or info.lo ~= info.hi or value < 0 then return j end
    local sub, f = units.at(s, e + 1)
    if sub and sub.dimension == last.dimension and sub.code == last.code and sub.size < last.size then
      q.more = (q.more or 0) + value * sub.size / unit.size
      last, j = sub, f
    elseif value < 10 and value % 1 == 0 and not sub
      and (s:find("^[\xe0-\xef]", j + 1) or BARE_TENTHS[q.written] and not s:find("^%w", e + 1))
      and TENTHS[unit.name] then
      q.more = (q.more or 0) + value * last.size / unit.size / 10
      return e
    else
      return j
    end
  end
end

-- What 每月, 每天 before it makes no unit of its own: 每月|600元, 每天|8小时.
local NOT_RATED <const> = { money = true, count = true, time = true }

-- 每小时: the time of a rate at byte i and the byte behind it; nil, i where there is none, false where
-- what stands behind 每 is no time.
local function read_rate(s, i)
  local at = s:match("^每()", i)
  if not at then return nil, i end
  local time, e = units.at(s, at)
  if not time or time.dimension ~= "time" then return false end
  return time, e + 1
end

-- Signs and a unit before the number, in either order: 1 or -1, the unit, the byte of the number.
local function read_lead(s, p, whole)
  local sign, prefix = 1, nil
  local apart = whole and s:match(MINUS_APART, p)
  if apart then sign, p = -1, apart end
  for _ = 1, 2 do
    for _, w in ipairs(SIGNS) do
      if sign == 1 and s:sub(p, p + #w - 1) == w then sign, p = -1, blank(s, p + #w) end
    end
    if not prefix then
      local unit, e = read_prefix(s, p)
      if unit then prefix, p = unit, blank(s, e) end
    end
  end
  return sign, prefix, p
end

-- The unit behind the number that ends at byte j: unit, its last byte, a half that stands there.
local function unit_behind(s, j, kind, whole)
  local unit, e, half = read_unit(s, j + 1)
  if not unit and kind == "ordinal" then unit, e = read_numbered(s, j + 1) end
  if unit and kind == "percent" and unit.dimension == "count" then unit, e = nil, nil end -- 五折|起
  local stroke = whole and not unit and s:match("^ ?(['\"])$", j + 1) -- 8' and 4" of nothing else
  if stroke then unit, e = units.named(stroke == "'" and "英尺" or "英寸"), #s end
  return unit, e, half
end

-- The unit of both sides of the number: false where they are not the same.
local function joined_unit(unit, e, prefix, j)
  if not prefix then return unit, e end
  if not unit then return prefix, j end
  if unit.dimension ~= prefix.dimension then return false end
  if unit.name ~= prefix.name and unit.size == 1 then unit = prefix end
  return unit, e
end

-- What the words behind it make of q: an age, an ordinal.
local function reconsider(s, q, unit)
  if q.unit.name == "百分点" then q.kind = "percent" end
  if unit.dimension == "time" and s:find("^大", q.j + 1)
    and not s:find("^大约", q.j + 1) and not s:find("^大概", q.j + 1) then
    q.unit, q.j = { name = unit.name, dimension = "age", size = unit.size }, q.j + 3
  end
  if unit.name == "期" and q.kind == "cardinal" and not s:find("^%d", q.number.i) then
    q.kind, q.number.kind, q.number.j = "ordinal", "ordinal", q.j -- 二期工程
  end
end

-- Value and bounds, with a half behind the unit, under the sign.
local function set_values(q, value, info, sign)
  local more = (q.more or 0) * (value < 0 and -1 or 1)
  q.value, q.lo, q.hi = value + more, info.lo + more, info.hi + more
  if sign < 0 then q.value, q.lo, q.hi = -q.value, -q.hi, -q.lo end
  q.kind, q.approx = info.kind, info.approx
end

-- Number and unit at i, without bounds: q with j, or nil.
local function read_one(s, i, whole)
  local rate, from = read_rate(s, i)
  if rate == false then return nil end
  local sign, prefix, p = read_lead(s, from, whole)
  local j, value, info = read_number(s, p, whole)
  if not j or sign < 0 and (s:find("^-", p) or info.kind == "ordinal") then return nil end
  local q = { i = i, info = info,
              number = { i = p, j = j, value = value, kind = info.kind, approx = info.approx } }
  if sign < 0 then q.number.i, q.number.value = prefix and p or i, -value end
  local unit, e, half = unit_behind(s, j, info.kind, whole)
  if rate then
    if not unit or NOT_RATED[unit.dimension] then return nil end
    unit = { name = unit.name .. "每" .. rate.name, dimension = "speed", size = unit.size / rate.size }
  end
  q.more, q.written = half, unit and s:sub(blank(s, j + 1), e)
  unit, e = joined_unit(unit, e, prefix, j)
  if unit == false then return nil end
  q.unit, q.j = unit, unit and e or j
  if unit and not rate then q.j = read_parts(s, q, e) end
  set_values(q, value, info, sign)
  if unit then reconsider(s, q, unit) end
  return q
end

-- ranges --------------------------------------------------------------------------------

local SEPARATORS <const> = { "至", "到", "——", "--", "—", "–", "-", "~", "〜", "―", "─" }

local function separator(s, i)
  for _, w in ipairs(SEPARATORS) do
    if s:sub(i, i + #w - 1) == w then return i + #w end
  end
end

local function same_unit(a, b)
  return a == nil or b == nil or a.dimension == b.dimension and a.code == b.code
end

-- 5k-20k, 五块六到五块七毛八, 1万(含)-5万元: q extended by a second one, or nil.
local function read_range(s, q, whole)
  local p = separator(s, s:match("^%(含%)()", q.j + 1) or q.j + 1)
  local j, value, info = number_at(s, q.number.i, true, true)
  if q.kind == "cardinal" and j and info.kind == "range" and j > q.number.j and p then
    local b = read_one(s, p, whole) -- the core shares 万 of 两到三万
    if b and b.number.j == j and (not q.unit or not b.unit) then
      b.lo, b.value = info.lo, value
      b.i, b.parts, b.kind = q.i, { q.number, b.number }, "range"
      b.number = { i = q.number.i, j = j, value = value, kind = "range" }
      b.unit, b.shared = b.unit or q.unit, info.lo ~= q.number.value
      return b
    end
  end
  local b = p and read_one(s, p, whole)
  if not b or b.kind ~= q.kind and not (b.kind == "cardinal" or q.kind == "cardinal") then return nil end
  if b.hi <= q.lo or not same_unit(q.unit, b.unit) or q.unit and not b.unit then return nil end
  if q.kind == "cardinal" and not q.unit and not b.unit and j == q.number.j
    and s:sub(q.number.i, q.number.j):find "^%d+$" then return nil end -- 2020-02-26, 028-123
  local factor = q.unit and b.unit and q.unit.size / b.unit.size or 1
  b.lo, b.value, b.i, b.parts, b.kind = q.value * factor, q.value * factor, q.i, { q.number, b.number },
    q.kind == "percent" and "percent" or "range"
  b.number = { i = q.number.i, j = b.number.j, value = b.value, kind = "range" }
  return b
end

-- [在]A和B之间
local function read_between(s, i, whole)
  local start = s:match("^在()", i) or s:match("^介于()", i) or i
  local a = read_one(s, start, whole)
  local p = a and (s:match("^和()", a.j + 1) or s:match("^与()", a.j + 1) or separator(s, a.j + 1))
  local b = p and read_one(s, p, whole)
  if b and b.unit and b.unit.name == "间" then b.unit, b.j = nil, b.number.j end
  local e = b and (s:match("^之间()", b.j + 1) or s:match("^间()", b.j + 1))
  if not e or b.hi <= a.lo then return nil end
  b.parts, b.lo, b.value, b.kind = { a.number, b.number }, a.value, a.value, "range"
  b.i, b.j, b.compared, b.tail = i, e - 1, true, true
  return b
end

-- 从2到5米, 由三十至五十
local function read_from(s, i, whole)
  local p = s:match("^从()", i) or s:match("^由()", i)
  local a = p and read_one(s, p, whole)
  local q = a and a.kind ~= "ordinal" and read_range(s, a, whole)
  if q then q.i = i end
  return q
end

-- 比三十大
local function read_compared(s, i, whole)
  local p = s:match("^比 *()", i)
  local q = p and read_one(s, p, whole)
  local op, e
  if q then op, e = bounds.literal(bounds.COMPARED, s, blank(s, q.j + 1)) end
  if q and not op and q.approx == "over" and s:sub(q.j - 2, q.j) == "多" then -- 比二十|多
    op, e, q.lo, q.hi, q.approx = "gt", q.j + 1, q.value, q.value, nil
  end
  if not op then return nil end
  bounds.set(q, op)
  q.i, q.j, q.tail = i, e - 1, true
  return q
end

-- 成千上万, 上百, 上千万
local UPWARD <const> = { ["上百"] = true, ["上千"] = true, ["上万"] = true, ["上亿"] = true }
local function read_upward(s, i)
  local floor, e
  if s:find("^成千上万", i) or s:find("^成千累万", i) then floor, e = 1000, i + 11
  elseif s:find("^成百上千", i) then floor, e = 100, i + 11
  elseif UPWARD[s:sub(i, i + 5)] then
    e, floor = number_at(s, i + 3, false, false)
  end
  if not e then return nil end
  local q = { i = i, value = floor, lo = floor, hi = math.huge, kind = "cardinal", approx = "least",
              number = { i = i, j = e, value = floor, kind = "cardinal", approx = "least" } }
  local unit, f = read_unit(s, e + 1)
  q.unit, q.j = unit, unit and f or e
  return q
end

-- 首个, 首批; 打对折
local function read_fixed(s, i)
  if s:find("^对折", i) and s:sub(math.max(1, i - 3), i - 1) == "打" then
    local x = { value = 50, lo = 50, hi = 50, kind = "percent", i = i, j = i + 5 }
    x.number = { i = i, j = x.j, value = 50, kind = "percent" }
    return x
  end
  local unit, j
  if s:find("^首", i) then unit, j = units.at(s, i + 3) end
  if not unit or unit.dimension ~= "count" then return nil end
  return { value = 1, lo = 1, hi = 1, kind = "ordinal", i = i, j = j, unit = unit,
           number = { i = i, j = j, value = 1, kind = "ordinal" } }
end

local function read(s, i, whole)
  local q = read_fixed(s, i)
  if q then return q end
  q = read_upward(s, i) or read_between(s, i, whole) or read_compared(s, i, whole)
    or read_from(s, i, whole)
  if q then return q end
  local op, p = bounds.literal(bounds.BEFORE, s, i)
  p = op and blank(s, p) or i
  if op and not number_at(s, p, true, false) and not read_prefix(s, p) then return nil end
  q = read_one(s, p, whole)
  if not q then return nil end
  if op == "near" and q.value < 10 then return nil end
  if q.kind ~= "ordinal" then q = read_range(s, q, whole) or q end
  q.i = i
  if op and q.kind ~= "ordinal" then
    bounds.set(q, op)
    if op ~= "about" and op ~= "near" then q.bounded = p end
  elseif op then
    q.i = p
  end
  if op == "near" then q.lo, q.approx = q.value - math.max(1, q.value / 10), "near" end
  local after, e = bounds.literal(bounds.AFTER, s, q.j + 1)
  if after and q.kind ~= "ordinal" then
    if not q.compared then bounds.set(q, after) end
    q.j, q.after = e - 1, true
  end
  return q
end

-- the scan ----------------------------------------------------------------------------------

-- 1.2M, -.0012G: in capitals behind digits, and nothing else behind them.
local METRIC <const> = { M = 1e6, G = 1e9, T = 1e12 }
local function metric(text, size, map, back, q)
  if q.unit and #(q.written or "") > 1 or not q.unit and q.j ~= q.number.j then return end
  local e = q.unit and q.j or q.j + 1
  local at = back and back[e] or e
  if not at or at > size then return end
  local i = map:from(at, at)
  local by = i and METRIC[text:sub(i, i)]
  if not by or text:find("^[%w\xe0-\xef]", i + 1) then return end
  q.unit, q.written, q.j = nil, nil, e
  q.value, q.lo, q.hi = q.value * by, q.lo * by, q.hi * by
  q.number.value, q.number.j = q.number.value * by, e
end

-- 4G, 3D: behind a figure one capital is no unit but of those that are written so (5L, 3W).
local function capital(text, map, back, q)
  if #(q.written or "") ~= 1 or not q.written:find "%a" then return false end
  local at = back and back[q.j] or q.j
  local i = at and map:from(at, at)
  local letter = i and text:sub(i, i) or ""
  return letter:find "[A-Z]" ~= nil and not letter:find "[LWVA]"
end

-- Whole numbers as integers.
local function tidy(x) return math.tointeger(x) or x end

local function result(text, map, back, q)
  local function original(i, j)
    if back then i, j = back[i], back[j] end
    return map:from(i, j)
  end
  local out = { value = tidy(q.value), lo = tidy(q.lo), hi = tidy(q.hi), kind = q.kind, approx = q.approx,
                lo_open = q.lo_open, hi_open = q.hi_open, compared = q.compared, shared = q.shared }
  out.i, out.j = original(q.i, q.j)
  out.text = text:sub(out.i, out.j)
  if q.compared and not q.after then out.bound = { original(q.i, q.tail and q.j or q.number.j) } end
  if q.compared and q.after then out.bound = { out.i, out.j } end
  if q.unit then
    out.unit, out.dimension, out.currency = q.unit.name, q.unit.dimension, q.unit.code
    out.size, out.written = q.unit.size, q.written
  end
  out.numbers = {}
  for k, n in ipairs(q.parts or { q.number }) do
    local i, j = original(n.i, n.j)
    out.numbers[k] = { i = i, j = j, value = tidy(n.value), kind = n.kind, approx = n.approx }
  end
  return out
end

-- 大于12小于50, 比四分之一大, 比二分之一小: two bounds side by side are one interval.
local GAPS <const> = { [""] = true, [","] = true, ["，"] = true, ["、"] = true, ["且"] = true, ["并"] = true,
                       ["并且"] = true, ["而且"] = true, ["同时"] = true, ["又"] = true, ["但"] = true }
local function between(text, first, second)
  if not first or not first.compared or not second.compared then return false end
  local a, b = first, second
  if a.lo == -math.huge then a, b = b, a end
  if a.hi ~= math.huge or b.lo ~= -math.huge or a.lo >= b.hi or not same_unit(a, b) then return false end
  if not GAPS[text:sub(first.j + 1, second.i - 1):gsub(" ", "")] then return false end
  first.lo, first.lo_open, first.hi, first.hi_open = a.lo, a.lo_open, b.hi, b.hi_open
  first.kind, first.approx, first.value, first.j = "range", nil, a.lo, second.j
  first.text, first.bound[2] = text:sub(first.i, second.j), second.bound[2]
  table.move(second.numbers, 1, #second.numbers, #first.numbers + 1, first.numbers)
  return true
end

-- Words that are adverbs where nothing stands beside them.
local ADVERBS <const> = set "一起 一样 万岁 万一 四处 四周"

-- quantities.scan(text) -> list of quantities, in order
local function scan(text)
  if type(text) ~= "string" then text = tostring(core.normalize(text, "nfc") and text) end
  local folded, map, position, code = core.normalize(text, "fold")
  if not folded then return nil, map, position, code end
  local s, back = squeeze(folded)
  local words, list, p = words_of.read(s), {}, 1
  if ADVERBS[s] then return list end
  local whole = read(s, 1, true)
  if whole and whole.j >= #s - 1 then
    metric(text, #folded, map, back, whole)
    if whole.j == #s then return { result(text, map, back, whole) } end
  end
  while true do
    local at = s:find("[%d.%-$a-z<>=\xc2-\xef]", p)
    if not at then return list end
    p = at + 1
    local sign_in_code = s:find("^%-", at) and s:find("^[%w]", at - 1) == at - 1 and at > 1
    if not sign_in_code and (words.first[at] == at or words.tag[at] == "m") then
      local q = read(s, at, false)
      if q then
        words_of.drop_unit(words, q)
        words_of.piece(s, words, q)
        if not words_of.hidden(s, words, q) and not words_of.doubtful(s, words, q)
          and not words_of.in_code(s, q) and not capital(text, map, back, q) then
          metric(text, #folded, map, back, q)
          local x = result(text, map, back, q)
          if not between(text, list[#list], x) then list[#list + 1] = x end
          p = q.j + 1
        else
          p = math.max(p, words.tag[at] == "eng" and words.last[at] + 1 or q.number.j + 1)
        end
      end
    end
  end
end

return { scan = scan }
