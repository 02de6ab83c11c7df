-- What the words of a text say about its numbers: which are none (一旦, 四川, a2021), and which
-- measures are only the beginning of a word.
--
--   words_of.read(s) -> { first, last, tag }: for each byte the first and last of its word, and the tag
--   s is folded text without blanks in numerals, q a reading of quantities.lua

local core = require "textmill.core"

local number_at <const> = core.number_at

local words_of = {}

local function set(words)
  local t = {}
  for w in words:gmatch "%S+" do t[w] = true end
  return t
end

function words_of.read(s)
  local first, last, tag = {}, {}, {}
  for _, i, j, t in core.words(s) do
    for k = i, j do first[k], last[k], tag[k] = i, j, t end
  end
  return { first = first, last = last, tag = tag }
end

local FORMAL <const> = set "壹 贰 叁 肆 伍 陆 柒 捌 玖 拾 佰 仟 参 俩 百 千 万 亿 兆 万万 百万 千万 亿万 万亿 零"

-- Words of numerals and measures that count nothing in a sentence.
local NOTHING <const> = set [[一一 一样 万一 万岁 百度 零钱 三番五次 三番两次 三番四次 几次三番 三天两头 三年五载 三三两两
三头两面 两面三刀 一五一十 数一数二 十有八九 十之八九 千儿八百 一日千里 一日万里 一星半点 一点一滴 一丝一毫 一分一毫
半三不四 四方八面 诸子百家 丁一卯二 大干一场 半信半疑]]
-- words_of.hidden(s, words, q, [whole]): does the word that holds the number say something
-- else? Words of numerals and measures (九折, 二期) are read; 一旦, 四川 are not.
function words_of.hidden(s, words, q, whole)
  if whole then return false end
  local i, j = q.number.i, q.number.j
  for _, k in ipairs { i, j } do
    local a, b = words.first[k], words.last[k]
    local word = k == i and a and s:sub(a, b)
    if word == "十分" and (words.tag[b + 1] or ""):find "^[vadbizl]" then return true end -- very
    if NOTHING[word] and not (word == "一样" and (words.tag[b + 1] or ""):find "^n") then return true end
    if a and (a < i or b > j) and b - a > 2 then
      local tag = words.tag[k]
      local inner = s:sub(math.max(a, i), b)
      local _, _, info = number_at(inner, 1, true, false)
      local counts = info and (tag == "m" or b == q.j or tag == "q" or tag == "b" or tag == "t")
      local figure = tag == "eng" and a == i and b == q.j and s:find("^%d", a) -- 5mile, 500g
      if not figure and (tag == "eng" or not counts) then return true end
      if a >= i and b > q.j and b > j and not s:find("^%d", a) then return true end
      if b == q.j and b > j and ("vad"):find(words.tag[b + 1] or "-", 1, true) and a == i then return true end
    end
  end
  return false
end

-- Money that is told by what stands behind it: 五十块|奖金, 三块|车费.
local SUMS <const> = set "钱 金 费 款 币 元 资 贴 助 包 洋 息 税 租 利 润"
local PIECE <const> = { name = "块", dimension = "count", size = 1 }

-- 四块|展板: pieces of what is named behind, unless that is money.
function words_of.piece(s, words, q)
  local i = q.j + 1
  if q.written ~= "块" or q.kind ~= "cardinal" or q.value >= 100 or q.more then return end
  local last = words.first[i] == i and (words.tag[i] or ""):find "^n" and words.last[i]
  if last and not SUMS[s:sub(last - 2, last)] then q.unit = PIECE end
end

-- 一|发生: a measure that is only the beginning of a word is none.
function words_of.drop_unit(words, q)
  if not q.unit or q.unit.dimension ~= "count" or q.j <= q.number.j then return end
  local a, b = words.first[q.j], words.last[q.j]
  if a and b > q.j and a > q.number.j then q.unit, q.written, q.j = nil, nil, q.number.j end
end

local DIGITS <const> = set "一 二 三 四 五 六 七 八 九 十 百 千 万"
local ONES <const> = set "一 二 三 四 五 六 七 八 九"

-- 七上八下, 三心二意: numerals in turn with other characters.
local function in_turn(s, i, j)
  local before, after = s:sub(math.max(1, i - 6), i - 4), s:sub(j + 4, j + 6)
  return s:find("^[\xe4-\xe9]", j + 1) ~= nil
    and (i > 6 and DIGITS[before] or DIGITS[after] and s:find("^[\xe4-\xe9]", j + 7)) and j - i == 2
end

-- A lone formal numeral or unit in running text, a lone 一 before a verb, 万一.
function words_of.doubtful(s, words, q, whole)
  if whole or q.parts or q.kind ~= "cardinal" then return false end
  local text = s:sub(q.number.i, q.number.j)
  local first, then_han = text:sub(1, 3), s:find("^[\xe4-\xe9]", q.number.j + 1)
  if DIGITS[first] and FORMAL[first] and DIGITS[text:sub(4)] and then_han then return true end
  if q.unit then return false end
  if DIGITS[text] and in_turn(s, q.i, q.j) then return true end
  if #text == 6 and then_han and text:find "^[\xe4-\xe9]" and ONES[first] and ONES[text:sub(4)]
    and (words.tag[q.j + 1] or ""):find "^n" then return true end -- 五一|路
  local han_after = s:find("^[\xe4-\xe9]", q.j + 1)
  local han_before = s:sub(math.max(1, q.i - 3), q.i - 1):find "^[\xe4-\xe9]"
  if FORMAL[text] and (han_after or han_before) then return true end
  return text == "一" and han_after ~= nil and (words.tag[q.j + 1] or ""):find "^[vdapc]" ~= nil
end

-- A quantity of nothing but digits in the middle of a code (a2021, 12-34-56).
function words_of.in_code(s, q)
  local before, after = s:sub(q.number.i - 1, q.number.i - 1), s:sub(q.number.j + 1, q.number.j + 1)
  return before:find "[%w_]" ~= nil and s:find("^[%d.]", q.number.i) ~= nil
    or not q.unit and after:find "[%a_]" ~= nil and s:find("%d", q.number.j) == q.number.j
end

return words_of
