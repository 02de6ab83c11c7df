-- What the adapters of ITN (spoken to written) and TN (written to spoken) share:
-- the numbers of a text in other numerals. Only what tm.quantities takes for a number
-- is touched; a suite's own layout of dates, clocks, money and units is not ours.
local tm = require "textmill"

local rewrite = {}

local DIGIT <const> = { ["零"] = 0, ["〇"] = 0, ["一"] = 1, ["幺"] = 1, ["二"] = 2, ["三"] = 3, ["四"] = 4,
  ["五"] = 5, ["六"] = 6, ["七"] = 7, ["八"] = 8, ["九"] = 9 }

-- 二零零八: digits read one by one keep their number of places.
local function digits_of(s)
  local out = {}
  for _, code in utf8.codes(s) do
    local d = DIGIT[utf8.char(code)]
    if not d then return end
    out[#out + 1] = d
  end
  return #out > 1 and table.concat(out) or nil
end

local function plain(value)
  local whole = math.tointeger(value)
  return whole and tostring(whole) or ("%.14g"):format(value)
end

-- Text with each number replaced by f(number, its text, what follows); nil keeps it.
function rewrite.numbers(s, f)
  local out, at = {}, 1
  for _, q in ipairs(tm.quantities(s)) do
    for _, n in ipairs(q.numbers) do
      local new = n.value and n.i >= at and f(n, s:sub(n.i, n.j), s:sub(n.j + 1))
      if new then
        out[#out + 1] = s:sub(at, n.i - 1) .. new
        at = n.j + 1
      end
    end
  end
  return table.concat(out) .. s:sub(at)
end

-- "12万": what stands before 万 or 亿 where that is all, else nil.
local function with_unit(text)
  for _, unit in ipairs { "万", "萬", "亿", "億" } do
    local head = text:sub(-#unit) == unit and text:sub(1, -#unit - 1)
    local value = head and tm.number(head)
    if value and value < 10000 then return value, unit end
  end
end

local function fraction(text)
  local low, high = text:match "^(.-)分之(.+)$"
  low, high = low and tm.number(low), high and tm.number(high)
  return low and high and plain(high) .. "/" .. plain(low)
end

-- Options: group = thousands are set off by commas; units = 12万 keeps its 万.
function rewrite.written(s, o)
  local function grouped(value)
    local whole, rest = plain(value):match "^(%-?%d+)(.*)$"
    if o.group and #whole:gsub("-", "") > 3 then
      whole = whole:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^(%-?),", "%1")
    end
    return whole .. rest
  end
  return rewrite.numbers(s, function(n, text)
    if not text:find "[\x80-\xff]" then return end
    local digits = digits_of(text)
    if digits then return digits end
    if n.kind == "percent" then return text:find "分" and plain(n.value) .. "%" or nil end
    if n.kind == "fraction" then return fraction(text) end
    local mark = n.kind == "ordinal" and text:match "^第" or ""
    local bare = text:sub(#mark + 1)
    if n.approx or n.kind == "range" then return end
    local head, unit = nil, nil
    if o.units then head, unit = with_unit(bare) end
    if head then return mark .. (mark == "" and grouped or plain)(head) .. unit end
    local decimals = bare:match "点(.+)$" or bare:match "點(.+)$"
    if decimals and digits_of("零" .. decimals) then -- the zero of 一点零 stays
      local shown = ("%%.%df"):format(utf8.len(decimals)):format(n.value)
      local whole, rest = shown:match "^(%-?%d+)(.*)$"
      return mark .. (whole == "-0" and whole or grouped(math.tointeger(whole))) .. rest
    end
    return mark .. (mark == "" and grouped or plain)(n.value)
  end)
end

-- -12.50 -> 负十二点五零, 2015年 digit by digit; a share of a hundred by its name.
-- `style` of tm.spell for all that is neither share nor fraction.
function rewrite.spoken(s, style)
  return rewrite.numbers(s, function(n, text, behind)
    if n.kind == "percent" then
      local sign, digits = text:match "^(%D*)(%d+%.?%d*)%%$"
      return digits and (sign ~= "" and "负" or "") .. "百分之" .. tm.spell(digits)
    end
    if n.kind == "fraction" then
      local sign, high, low = text:match "^(%-?)(%d+)/(%d+)$"
      return high and (sign ~= "" and "负" or "") .. tm.spell(low) .. "分之" .. tm.spell(high)
    end
    local before, digits, after = text:match "^([^%d-]*)(%-?%d+%.?%d*)([^%d]*)$"
    if not digits then return end
    local year = behind:find "^年" and (digits:find "^%d%d%d%d?$" or digits:find "^0%d+$")
    return before .. tm.spell(digits, year and "digits" or style) .. after
  end)
end

-- An adapter's check: the suite's own way to write is a function of the input, and
-- subs that ask for notions of their own are refused.
local REASONS <const> = {
  whitelist = "ITN/TN: a list of names and their short forms",
  train_number = "ITN: numbers of trains",
  money = "ITN: money written with the sign of its currency",
  math = "ITN/TN: signs of arithmetic in words", sport = "TN: scores of games",
  postprocessor = "TN: words of hesitation are taken out",
}

function rewrite.adapter(subs, write)
  local refused = {}
  for sub in subs:gmatch "%S+" do refused[sub] = assert(REASONS[sub], sub) end
  return { check = function(c)
    if refused[c.sub] then return "refused", refused[c.sub] end
    local s = write(c.input)
    return s == c.output, s
  end }
end

return rewrite
