-- tm.written(s, options): a text as it is written, spoken numbers as figures (inverse text
-- normalisation, as after speech recognition). tm.spoken is the way back.
--
-- One walk from left to right over what tm.quantities takes for numbers (一共, 三心二意 are
-- none) and over clocks and dates. Readings are tried in order, those that say more first;
-- a reading takes (state, first byte) and gives (figures, last byte), or nothing.
local core = require "textmill.core"
local decimal = require "textmill.decimal"
local quantities = require "textmill.quantities"
local signs = require "textmill.figure_signs"
local units = require "textmill.units"

local DIGIT <const> = { ["零"] = 0, ["〇"] = 0, ["一"] = 1, ["幺"] = 1, ["二"] = 2, ["三"] = 3, ["四"] = 4,
  ["五"] = 5, ["六"] = 6, ["七"] = 7, ["八"] = 8, ["九"] = 9 }
local SMALL <const> = { ["十"] = true, ["百"] = true, ["千"] = true, ["两"] = true }
local SCALES <const> = { "兆", "亿", "億", "万", "萬" }

-- units whose first character is no part of the number before them
local THOUSANDS <const> = { "千米", "千克", "千瓦", "千卡", "千焦", "千帕", "千赫", "千字节" }

local function at(s, i, word) return s:sub(i, i + #word - 1) == word end

local function one_of(s, i, words)
  for _, w in ipairs(words) do if at(s, i, w) then return w, i + #w - 1 end end
end

-- 二零零八: digits one by one keep their number of places.
local function digits_of(s)
  local out = {}
  for _, code_point in utf8.codes(s, true) do
    local d = DIGIT[utf8.char(code_point)]
    if not d then return end
    out[#out + 1] = d
  end
  return #out > 0 and table.concat(out) or nil
end

local function plain(value)
  local whole = math.tointeger(value)
  return whole and tostring(whole) or decimal("%.14g", value)
end

local function grouped(figures)
  local sign, whole, rest = figures:match "^(%-?)(%d+)(.*)$"
  if #whole <= 3 then return figures end
  return sign .. whole:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "") .. rest
end

-- A numeral without point and scale at byte i: value, last byte, text.
local function small_at(s, i)
  local j = i
  while DIGIT[s:sub(j, j + 2)] or SMALL[s:sub(j, j + 2)] and not one_of(s, j, THOUSANDS) do j = j + 3 end
  if j == i then return end
  local text = s:sub(i, j - 1)
  local digits = digits_of(text)
  local value = digits and tonumber(digits) or core.number(text)
  if value then return value, j - 1, text end
end

local function number_between(s, i, unit)
  local value, j, text = small_at(s, i)
  if value and at(s, j + 1, unit) then return value, j + #unit, text end
end

-- dates and clocks ----------------------------------------------------------------

local DAYS <const> = { "日", "号", "號" }

-- 八月八日 -> 8月8日: month and day together, whatever words they would be alone
local function month_and_day(s, i)
  local month, j = number_between(s, i, "月")
  if not month or month < 1 or month > 12 then return end
  for _, unit in ipairs(DAYS) do
    local day, k = number_between(s, j + 1, unit)
    if day and day >= 1 and day <= 31 then return ("%d月%d%s"):format(month, day, unit), k end
  end
end

-- 二零零八年八月八日 -> 2008/08/08, where strokes are asked for
local function date(state, i)
  if state.o.date ~= "slash" then return month_and_day(state.s, i) end
  local s, out, j = state.s, {}, i - 1
  local year, k, text = number_between(s, i, "年")
  if year and digits_of(text) then out[1], j = digits_of(text), k end
  local month, l = number_between(s, j + 1, "月")
  if not month or month < 1 or month > 12 then return end
  out[#out + 1], j = ("%02d"):format(month), l
  for _, unit in ipairs(DAYS) do
    local day, m = number_between(s, j + 1, unit)
    if day and day >= 1 and day <= 31 then
      out[#out + 1], j = ("%02d"):format(day), m
      break
    end
  end
  if #out > 1 then return table.concat(out, "/"), j end
end

local MORNING <const> = { "早上", "早晨", "清晨", "凌晨", "上午" }
local AFTERNOON <const> = { "中午", "下午", "傍晚", "晚上" }

local QUARTER <const> = { ["半"] = 30, ["一刻"] = 15, ["三刻"] = 45, ["两刻"] = 30 }
local POINTS <const> = { "点", "點" }

-- The minutes behind 点: value, last byte, whether 分 is said; `sure` behind a part of the day.
local function minutes_at(s, i, sure)
  for word, value in pairs(QUARTER) do
    if at(s, i, word) then return value, i + #word - 1 end
  end
  local value, j, text = small_at(s, i)
  if not value or value > 59 then return end
  local spelled = at(s, j + 1, "分") and not one_of(s, j + 1, { "分钟", "分之", "分米", "分贝" })
  if spelled then return value, j + #"分", true end
  local bare = text:find "十" or sure and one_of(text, 1, { "零", "〇" })
  if bare and not one_of(s, j + 1, SCALES) then return value, j end
end

-- 五点一刻 -> 5点1刻, 十点半 -> 10点半: beside padded clocks quarters and halves stay words
local function quarter_of(day, hour, quarter)
  if quarter == "半" then return ("%s%d点半"):format(day or "", hour) end
  return ("%s%d点%s刻"):format(day or "", hour, plain(core.number((quarter:gsub("刻$", "")))))
end

-- 八点半 -> 8:30, 早上一点零二 -> 早上1:02, 十三点五分十秒 -> 13:05:10
local function clock(state, i)
  local s, o = state.s, state.o
  if o.clock == "words" then return end
  local morning, m = one_of(s, i, MORNING)
  local afternoon, a = one_of(s, i, AFTERNOON)
  local day, from = morning or afternoon, (m or a or i - 1) + 1
  local hour, j, text = number_between(s, from, POINTS[1])
  if not hour then hour, j, text = number_between(s, from, POINTS[2]) end
  if not hour or hour > 24 or #text > 9 then return end
  local quarter = o.clock == "padded" and one_of(s, j + 1, { "一刻", "两刻", "二刻", "三刻", "半" })
  if quarter then return quarter_of(day, hour, quarter), j + #quarter end
  local minute, k, spelled = minutes_at(s, j + 1, day ~= nil)
  if not minute and at(s, j + 1, "整") then minute, k = 0, j + #"整" end
  if not minute then return end
  local second, l = number_between(s, k + 1, "秒")
  if not spelled or not second or second > 59 then second, l = nil, k end
  local wide = o.clock == "padded" or hour == 0
  local out = (wide and "%02d:%02d" or "%d:%02d"):format(hour, minute)
  if second then out = out .. (":%02d"):format(second) end
  if not day then return out, l end
  if o.meridiem == "latin" then return out .. (morning and "a.m." or "p.m."), l end
  return day .. out, l
end

-- numbers ---------------------------------------------------------------------------

-- "两千万" -> "两千", "万"; "二十点一万" -> "二十点一", "万"
local function scaled(text)
  for _, scale in ipairs(SCALES) do
    local head = text:sub(-#scale) == scale and text:sub(1, -#scale - 1) or ""
    if head ~= "" and not one_of(head, #head - 2, SCALES) then return head, scale end
  end
end

-- A decimal keeps the zeros it is said with: 一点零 is 1.0.
local function as_said(text, value)
  local part = text:match "点(.+)$" or text:match "點(.+)$"
  local figures = part and digits_of(part)
  if not figures then return plain(value) end
  return decimal(("%%.%df"):format(#figures), value)
end

-- 一亿两千三百 -> 1亿2300
local function split_by_scale(text)
  local out, rest = "", text
  for _, scale in ipairs(SCALES) do
    local i, j = rest:find(scale, 1, true)
    if i then
      local value = core.number((rest:sub(1, i - 1):gsub("^零", "")))
      if not value or value >= 10000 then return end
      out, rest = out .. plain(value) .. scale, rest:sub(j + 1)
    end
  end
  if rest == "" then return out end
  local value = core.number((rest:gsub("^零", "")))
  return value and value < 10000 and out .. plain(value) or nil
end

-- The two ends of 四十五六, 三五, 七百三四十 (万): what stands before and behind two digits.
local function ends_of(text)
  local head, scale = scaled(text)
  if not head or head == "" then head, scale = text, "" end
  local list = {}
  for _, code_point in utf8.codes(head, true) do list[#list + 1] = utf8.char(code_point) end
  for k = 1, #list - 1 do
    local a, b = DIGIT[list[k]] or list[k] == "两" and 2, DIGIT[list[k + 1]]
    if a and b and a > 0 and b > a then
      local before, behind = table.concat(list, "", 1, k - 1), table.concat(list, "", k + 2)
      local low, high = core.number(before .. list[k] .. behind), core.number(before .. list[k + 1] .. behind)
      if low and high and low < high then return plain(low), plain(high), scale end
    end
  end
end

local function range(state, text)
  local low, high, scale = ends_of(text)
  if not low then return end
  if state.o.ranges == "short" and #low == #high and #low > 1 then -- 45-6
    local same = 0
    while low:sub(same + 1, same + 1) == high:sub(same + 1, same + 1) do same = same + 1 end
    if same > 0 then return low .. "-" .. high:sub(same + 1) .. scale end
  end
  return low .. "~" .. high .. scale
end

local function fraction(text)
  local whole, rest = text:match "^(.-)又(.+)$"
  local low, high = (rest or text):match "^(.-)分之(.+)$"
  low, high, whole = low and core.number(low), high and core.number(high), whole and core.number(whole)
  if not low or not high then return end
  local sign = not whole and low < 0 and "-" or "" -- 负二分之一: the whole of it
  return sign .. (whole and plain(whole) .. "又" or "") .. plain(high) .. "/" .. plain(math.abs(low))
end

-- 三七二十一: a line of the table of multiplication stays in words.
local function multiplication(state, i)
  local s = state.s
  local a, b = DIGIT[s:sub(i, i + 2)], DIGIT[s:sub(i + 3, i + 5)]
  local product, j = nil, nil
  if a and b then product, j = small_at(s, i + 6) end
  if product and product == a * b and product > 9 then return s:sub(i, j), j end
end

local MORE <const> = { "多", "余", "来" }

-- 一百多 -> 100多, 三千余 -> 3000余, 二十多万 -> 20多万; 十几 stays in words
local function more_than(text)
  for _, word in ipairs(MORE) do
    local head, behind = text:match("^(.-)" .. word .. "(.*)$")
    local value = head and core.number(head)
    if value and value >= 10 and (behind == "" or one_of(behind, 1, SCALES) == behind) then
      return plain(value) .. word .. behind
    end
  end
end

-- The figures of number n, or nil where its words are better left.
local function figures(state, n, unit)
  local o, text = state.o, state.s:sub(n.i, n.j)
  if o.units ~= "symbols" and n.value < 0 and at(text, 1, "零下") then -- 零下5度 is written so
    local rest = text:sub(#"零下" + 1)
    return rest:find "^[\x80-\xff]" and "零下" .. as_said(rest, -n.value) or nil
  end
  if not text:find "[\x80-\xff]" then return end
  if n.approx then return more_than(text) end
  if n.kind == "range" then return range(state, text) end
  if n.kind == "percent" then return text:find "分" and plain(n.value) .. "%" or nil end
  if n.kind == "fraction" then return fraction(text) end
  local mark = n.kind == "ordinal" and text:match "^第" or ""
  local bare = text:sub(#mark + 1)
  local digits = digits_of(bare)
  if digits and #digits > 1 then return mark .. digits end
  local form = mark == "" and o.group and grouped or tostring
  if o.scale == "split" and unit and mark == "" then
    local split = split_by_scale(bare)
    if split then return split end
  end
  local head, scale = nil, nil
  if o.scale ~= "figures" then head, scale = scaled(bare) end
  if head and (o.scale ~= "split" or unit or head:find "点") then
    local value = core.number(head)
    if value and value < 10000 then return mark .. form(as_said(head, value)) .. scale end
  end
  return mark .. form(as_said(bare, n.value))
end

-- what goes with numbers ---------------------------------------------------------------

local BEFORE_ARTICLE <const> = { "是", "为", "像", "每", "某", "另", "同", "这", "那", "哪" }

-- 是|一个, 另|一个: "a", no count
local function is_article(s, n, unit)
  if n.j - n.i ~= 2 or not at(s, n.i, "一") or unit ~= "个" then return false end
  for _, word in ipairs(BEFORE_ARTICLE) do
    if s:sub(n.i - #word, n.i - 1) == word then return true end
  end
  return false
end

-- The number that tm.quantities found at byte i, as figures: text, last byte, unit.
local function number(state, i)
  local found = state.numbers[i]
  if not found or found.touched then return end
  local n = found.number
  if is_article(state.s, n, found.unit) then return end
  if state.o.single == false and n.j - n.i < 3 and n.kind == "cardinal" then return end
  local out = figures(state, n, found.unit)
  if out then return out, n.j, found.unit end
end

local TO <const> = { "到", "至" }

-- What `read` finds at byte i, and behind 到 once more: first, last byte; second, last byte.
local function through(subject, i, read)
  local first, j = read(subject, i)
  local to, k = nil, nil
  if first then to, k = one_of(subject.s, j + 1, TO) end
  if not to then return first, j end
  local second, l = read(subject, k + 1)
  return first, j, second, l, to
end

local function small(state, i) return small_at(state.s, i) end

-- 百分之三十到四十一 -> 30%到41%, 30~41% where ranges are signs
local function shares(state, i)
  local s = state.s
  if at(s, i, "百分之百") then return "100%", i + #"百分之百" - 1 end
  local head = one_of(s, i, { "百分之", "百分" })
  if not head then return end
  local value, j, second, l, to = through(state, i + #head, small)
  if second and not at(s, l + 1, "点") then
    local signed = state.o.ranges == "short"
    return plain(value) .. (signed and "~" or "%" .. to) .. plain(second) .. "%", l
  end
  if value and head == "百分" then return plain(value) .. "%", j end
end

-- 十到二十: one number or two with 到 between; figures, last byte
local function one_or_two(state, i)
  local value, j, second, l = through(state, i, small)
  if second then return plain(value) .. "~" .. plain(second), l end
  if value then return plain(value), j end
end

local TIMES <const> = { ["每小时"] = "/h", ["每秒"] = "/s" }
local PER <const> = { ["每小时"] = "/h", ["每秒"] = "/s", ["每分钟"] = "/min", ["每升"] = "/L", ["每立方米"] = "/m³" }

-- 每小时 at byte i: its symbol, the byte behind.
local function per_at(s, i, list)
  for word, symbol in pairs(list) do
    if at(s, i, word) then return symbol, i + #word end
  end
end

-- 每小时十公里, 十千米每小时 -> 10km/h, 五毫克每升 -> 5mg/L
local function speed(state, i)
  if state.o.units ~= "symbols" then return end
  local s = state.s
  local ahead, from = per_at(s, i, TIMES)
  local out, j = one_or_two(state, from or i)
  if out and one_of(s, j + 1, POINTS) then out, j = number(state, from or i) end
  if not out then return end
  local unit, k = units.at(s, j + 1)
  local symbol = unit and unit.dimension ~= "time" and signs.symbol[unit.name]
  if not symbol then return end
  if ahead then return unit.dimension == "length" and out .. symbol .. ahead or nil, k end
  local per, behind = per_at(s, k + 1, PER)
  if per then return out .. symbol .. per, behind - 1 end
end

-- Of time only what is counted by the clock has a symbol in a text: 30min, 2年.
local BY_CLOCK <const> = { ["小时"] = true, ["分钟"] = true, ["秒"] = true, ["毫秒"] = true }

-- The symbol of the unit at byte i, where symbols are asked for, and its last byte.
local function symbol_at(state, i)
  local unit, j = nil, nil
  if state.o.units == "symbols" then unit, j = units.at(state.s, i) end
  local symbol = unit and (unit.dimension ~= "time" or BY_CLOCK[unit.name]) and signs.symbol[unit.name]
  if symbol then return symbol, j end
end

-- 二十一到一千零一 -> 21~1001, where ranges are signs
local function pair(state, i)
  if state.o.ranges ~= "short" then return end
  local first, _, second, l = through(state, i, number)
  if not second then return end
  local symbol, k = symbol_at(state, l + 1)
  return first .. "~" .. second .. (symbol or ""), symbol and k or l
end

local OPERATORS <const> = { { "等于", "=" }, { "加", "+" }, { "减", "-" }, { "乘", "×" }, { "乘以", "×" },
  { "除以", "÷" }, { "大于", ">" }, { "小于", "<" }, { "大于等于", "≥" }, { "小于等于", "≤" }, { "不等于", "≠" },
  { "约等于", "≈" } } -- what begins another stands before it

local function operator_at(s, i)
  local sign, behind = nil, nil
  for _, op in ipairs(OPERATORS) do
    if at(s, i, op[1]) then sign, behind = op[2], i + #op[1] end
  end
  return sign, behind
end

-- A number beside a sign: what is one, or the numeral that a word hides (一加|二).
local function operand(state, i)
  local out, j = number(state, i)
  if out then return out, j, true end
  local value, k = small_at(state.s, i)
  if value then return plain(value), k, false end
end

-- 一加二 -> 1+2: at least two numbers, nothing but signs between them
local function sum(state, i)
  local out, j, sure = operand(state, i)
  local terms = 1
  while out do
    local sign, next_at = operator_at(state.s, j + 1)
    local term, k, known = nil, nil, nil
    if sign then term, k, known = operand(state, next_at) end
    if not term then break end
    out, j, terms, sure = out .. sign .. term, k, terms + 1, sure or known
  end
  if terms > 1 and sure then return out, j end
end

-- 三千三百八十元五角八分 -> ¥3380.58, 五千美元 -> US$5000; only where signs are asked for
local function money(state, i)
  if state.o.money ~= "signs" then return end
  local s = state.s
  local out, j = number(state, i)
  local unit, k = nil, nil
  if out then
    out = out:gsub(",", "")
    unit, k = units.at(s, j + 1)
  end
  if not unit or unit.dimension ~= "money" or unit.size ~= 1 or at(s, j + 1, "块") then return end
  local jiao, l = nil, nil
  if out:find "^%d+$" then
    jiao, l = number_between(s, k + 1, "角")
    if not jiao then jiao, l = number_between(s, k + 1, "毛") end
  end
  local fen, m = nil, nil
  if jiao then fen, m = number_between(s, l + 1, "分") end
  if jiao then out = out .. "." .. plain(jiao) .. (fen and plain(fen) or "") end
  local sign = signs.currency[unit.code]
  if s:sub(j + 1, k):find "人民币" then sign = "CNY" end
  if sign then return sign .. out, m or l or k end
end

-- What 一米|八, 九块|九 count behind the unit: .8m where symbols are asked for, else 米8; its last byte.
local function tenths(state, i, j)
  local q = state.numbers[i].quantity
  local unit, k = units.at(state.s, j + 1)
  local digit = unit and q.j == k + 3 and DIGIT[state.s:sub(k + 1, q.j)]
  if not digit then return end
  local symbol = symbol_at(state, j + 1)
  return symbol and "." .. digit .. symbol or state.s:sub(j + 1, k) .. digit, q.j
end

-- A number, and its unit as a symbol where that is asked for.
local function quantity(state, i)
  local out, j = number(state, i)
  if not out then return end
  local tail, e = tenths(state, i, j)
  if tail then return out .. tail, e end
  local symbol, k = symbol_at(state, j + 1)
  return symbol and out .. symbol or out, k or j
end

-- 一九二点一六八点一点一 -> 192.168.1.1
local function address(state, i)
  local s, out, j = state.s, {}, i - 1
  for k = 1, 4 do
    local value, e, text = small_at(s, j + 1)
    local part = value and digits_of(text)
    if not part or #part > 3 or value > 255 then return end
    local _, point = one_of(s, e + 1, POINTS)
    if k < 4 and not point then return end
    out[k], j = part, k < 4 and point or e
  end
  return table.concat(out, "."), j
end

local READINGS <const> = { multiplication, address, date, clock, shares, speed, money, sum, pair, quantity }

-- The numbers of a text by first byte. Two that touch (八百一千) would make a third one as
-- figures: they stay in words.
local function numbers_of(found_quantities)
  local numbers, by_end = {}, {}
  for _, q in ipairs(found_quantities) do
    for _, n in ipairs(q.numbers) do
      if n.value and not numbers[n.i] then
        local found = { number = n, unit = q.unit, quantity = q }
        numbers[n.i], by_end[n.j + 1] = found, found
      end
    end
  end
  for i, found in pairs(numbers) do
    local before = by_end[i]
    if before then before.touched, found.touched = true, true end
  end
  return numbers
end

-- (text, options) -> text | nil, message, position, code
return function(s, o)
  local found, problem, position, code = quantities.scan(s)
  if not found then return nil, problem, position, code end
  s = tostring(s)
  local state = { s = s, o = o, numbers = numbers_of(found) }
  local out, done, i = {}, 1, 1
  while i <= #s do
    local text, last
    if s:byte(i) >= 0x80 or state.numbers[i] then
      for _, reading in ipairs(READINGS) do
        text, last = reading(state, i)
        if text then break end
      end
    end
    if text then
      out[#out + 1] = s:sub(done, i - 1) .. text
      done, i = last + 1, last + 1
    else
      i = i + #(s:match("^[\xc2-\xf4][\x80-\xbf]+", i) or " ")
    end
  end
  return table.concat(out) .. s:sub(done)
end
