-- Where the names of schemes stand in a text, quoted or by their head noun.
--
--   names.of(doc) -> list of { name, count, i, j, quote_end, block, ... } in order
--
-- i..j is the name, quote_end the last byte of it with its marks, block the
-- number of its block; alias and head_end: with a head behind the quote
-- (“四定”工作法); members: those the name itself lists; slogan, soft, bare: kinds
-- of names that are judged with more care.

local cues = require "textmill.cues"
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local lists = require "textmill.rules.zh.lists"
local measures = require "textmill.rules.zh.measures"
local quoted_before = require "textmill.rules.zh.scheme_listed"
local quotes = require "textmill.rules.zh.quotes"
local set = vocabulary.set

local names = {}

local numerals = vocabulary.numerals

local REFUSED <const> = set [[一盘棋 一线 一对一 一站式 一把手 一条龙 一条心 一体化 一张图 一张纸 两委 两会 两不误 两手抓 两新 三农 三夏 三秋 三伏 四风 双百
  双十一 十四五 十三五 十二五 十一五 一带一路 八一 五一 七一 十一 六一 三八 一米线 一封信 二维码 七夕 十九大 二十大 十八大 两节 双节 一老一小 二代 三八红旗手
  三好学生 双抢 双休 五保 五保户 六一儿童节 九九 四大天王 三国 八卦 一卡通 一码通 一网通 一张网 一件事 一窗 一刻钟 一家人 一号文件 双减 一次性 二线 三驾马车 双城 一岗双责 四有新人
  双一流 一村一品 五湖四海]]

local HEADS <const> = { "工作机制", "工作法", "工作制", "责任制", "机制", "制度", "体系", "模式", "行动", "工程", "防线",
  "防护网", "网络", "格局",
                        "防控网", "屏障", "战役", "会战", "清单", "流程", "架构", "布局", "链条", "平台",
                        "服务", "包保", "长制", "战法", "办法", "措施", "战略", "诀", "联动", "联防", "举措", "台账", "网" }

-- Leading numeral of a name: value, bytes it takes.
local function numeral(s)
  local ordinal, bytes = text.ordinal(s, 1)
  if bytes == 6 then return ordinal, bytes end
  local n = numerals[s:sub(1, 3)]
  if n then return n, 3 end
end

-- The numerals by their code points.
local NUMERALS <const> = {}
for w, n in pairs(numerals) do NUMERALS[utf8.codepoint(w)] = n end

-- How many numerals the name holds: 两不愁三保障 has two and counts nothing itself.
local ONE <const> = "一"
local function numeral_count(s)
  local n = 0
  if s:find(ONE, 1, true) then s = s:gsub("统一", ""):gsub("第一", ""):gsub("一致", "") end
  for _, c in utf8.codes(s) do
    if NUMERALS[c] then n = n + 1 end
  end
  return n
end

-- 一约五会, 一廊两园三基地: numerals in turn with words, not all of them one.
local NO_SEVERAL <const> = { "年", "月", "天", "元", "块", "来", "能" } -- “一年能挣十来万”
local function several(s)
  if text.has(s, NO_SEVERAL) then return false end
  local many, n, last = false, 0, false
  for _, c in utf8.codes(s) do
    local value = NUMERALS[c]
    if value and last then return false end
    if value then n, many = n + 1, many or value > 1 end
    last = value ~= nil
  end
  return n > 1 and many and not last
end

local NO_NAME <const> = { "。", "、", "“", "《", "…", "·", "的", "了", "都", "没" }

-- Numerals in names of regions count nothing.
local REGIONS <const> = { "八闽", "三晋", "三秦", "三湘", "八桂", "三江", "四川", "九州", "九江", "三峡", "三亚", "四海", "五洲",
                          "三明", "六安", "四平", "两广", "两湖", "两江", "两岸" }

local ROUND <const> = set "十百千 百千万 十百千万" -- so many of each, and no count of them all

-- One paper is what it is, and no name: 一本台账.
local PAPERS <const> = { "台账", "方案", "清单", "表", "册", "图", "卡", "档案", "名单", "公告", "通知", "文件", "信" }
local function one_thing(rest)
  local m = utf8.len(rest) >= 3 and rest:sub(1, 3)
  if not m or not measures.ALL[m] or rest:find "一" then return false end
  for _, w in ipairs(PAPERS) do
    if rest:sub(-#w) == w then return false end
  end
  return true
end

-- 清四乱: one verb before the numeral.
local CLEARS <const> = set "清 除 治 打 查 防 破 禁 反 抓 创 整 纠 戒"
local function cleared(s)
  local n = utf8.len(s) <= 4 and CLEARS[s:sub(1, 3)] and numerals[s:sub(4, 6)]
  return n and n > 1 and #s > 6 and not numerals[s:sub(7, 9)] and n or nil
end

local PERCENT <const> = "个%d+%%$" -- 三个100%

-- Is the quoted text the name of a scheme? Its count (nil: several numerals).
local function name_of(s)
  local length = utf8.len(s)
  if not length or length < 2 or length > 9 or REFUSED[s] then return false end
  if ROUND[s] then return true end -- 十百千
  local n, bytes = numeral(s)
  if n and s:find("^" .. PERCENT, bytes + 1) then return true, n end
  if s:find "[%w%p%s]" or text.starts(s, 1, REGIONS) or text.has(s, NO_NAME) then return false end
  if not n then
    n = cleared(s)
    return n ~= nil, n
  end
  local rest = s:sub(bytes + 1)
  if n == 1 then
    if several(s) then return true end -- 一核两带三区
    if not one_thing(rest) then return false end
    return true, 1
  end
  if utf8.len(rest) == 1 and (numerals[rest] or rest == "大" or rest == "○" or rest == "〇"
    or rest == "二" or rest == "日") then return false end
  if rest:find "^○" or rest:find "^〇" or rest == "人帮" or rest == "四二" then return false end
  if rest == "字" or rest:sub(1, 3) == "月" or rest == "" then return false end -- 六月六
  if numeral_count(s) == length then return false end -- 八八八八, but see spelt
  if rest:find "^个一$" then return true, n end
  if numeral_count(s) > 1 and not s:find "^十" and rest:sub(1, 3) ~= "个" then
    local second = length == 4 and numerals[s:sub(7, 9)] -- 两保一争: two and one
    local third = length == 6 and numerals[s:sub(7, 9)] and numerals[s:sub(13, 15)]
    if third then return true, n + numerals[s:sub(7, 9)] + third end -- 三检两报一停
    return true, second and second ~= n and n + second or nil
  end
  return true, n
end

local NO_HEAD <const> = { "。", "、", "“", "”", "的", "了", "是", "为" }

local NEAR_HEAD <const> = 13 -- bytes between the quote and its head, and one
local LONGEST_HEAD <const> = 4 * 3

-- Text right behind the quote that belongs to the name: “四定”工作法.
local function head_behind(shown, j)
  if not text.first(shown, HEADS, j, j + NEAR_HEAD + LONGEST_HEAD - 2) then return nil end
  local rest = shown:sub(j, j + 40)
  for _, h in ipairs(HEADS) do
    local at = rest:find(h, 1, true)
    if at and at <= NEAR_HEAD then
      local between = rest:sub(1, at - 1)
      local far = at > 7 and rest:find("^" .. text.HAN, at + #h) -- 错期交易机制, no more behind
      if not far and not between:find "[%p%s]" and not text.has(between, NO_HEAD) then
        return between .. h, j + at + #h - 2
      end
    end
  end
end

local LONGEST_QUOTE <const> = 60 -- bytes

-- “三公开和三监督”: two names in one pair of quotes.
local function named_parts(shown, q, parts)
  local named = {}
  if shown:find("^%d", q.close + 1) then return named end
  for _, part in ipairs(parts) do
    local ok, count = name_of(part.text)
    if not ok then return {} end
    named[#named + 1] = { part, count }
  end
  return named
end

local JOINED <const> = { "、", "和" } -- names in one pair of quotes

-- “双随机、一公开”: one name of two halves, the second of which counts one and is none by itself.
local function halves(shown, q, parts)
  local first, second = parts[1], parts[2]
  if #parts ~= 2 or not shown:sub(first.j + 1, second.i - 1):find "^、" then return nil end
  local n = utf8.len(second.text)
  local one = n and n < 5 and #second.text > 6 and numerals[second.text:sub(1, 3)] == 1
    and numeral_count(second.text) == 1 and #first.text == #second.text and name_of(first.text)
  return one and { { { text = shown:sub(q.i, q.j), i = q.i, j = q.j } } } or nil
end

-- “五星支部”: a grade, unless as many stars are told.
local STAR <const> = "星"
local function graded(name) return name:sub(4, 6) == STAR or nil end

local function quoted_name(doc, q, list)
  local shown = doc.shown
  local parts = lists.split_at(shown, q.i, q.j, JOINED)
  local named = halves(shown, q, parts) or named_parts(shown, q, parts)
  local head, to = nil, nil
  if #named == 1 then head, to = head_behind(shown, q.close + 1) end
  for _, n in ipairs(named) do
    local s = { name = n[1].text, count = n[2], i = n[1].i, j = n[1].j, quote_end = q.close, block = q.number,
                quoted = true, soft = graded(n[1].text) }
    if #named > 1 then s.joined = { q.open, q.close } end
    if head then s.alias, s.head_end = n[1].text .. head, to end
    list[#list + 1] = s
  end
  return #parts, #named
end

-- 三个“不”: the numeral stands before the quotes.
local function counted_quote(doc, q, list)
  local shown, name = doc.shown, doc.shown:sub(q.i, q.j)
  local n = numerals[shown:sub(q.open - 6, q.open - 4)]
  if n and n > 1 and shown:sub(q.open - 3, q.open - 1) == "个" and utf8.len(name) <= 4 then
    local counted = shown:sub(q.open - 6, q.open - 1)
    list[#list + 1] = { name = shown:sub(q.open - 6, q.close), count = n, i = q.open - 6, j = q.close,
                        quote_end = q.close, block = q.number, alias = counted .. name, key = name }
  end
end

-- “1+3+N”工作机制; “1+1+1”: so many ones
local function sum_name(doc, q, list)
  local name = doc.shown:sub(q.i, q.j)
  if name:find "^[%dN]+%+[%dNX+]+$" then
    local ones = name:find "^1[+1]+$" and select(2, name:gsub("1", "")) or nil
    local head, to = head_behind(doc.shown, q.close + 1)
    list[#list + 1] = { name = name .. (head or ""), i = q.i, j = to or q.j, quote_end = to or q.close,
                        block = q.number, alias = name, count = ones,
                        parts = select(2, name:gsub("%+", "")) + 1 }
  end
end

-- “支部+合作社+农户”模式: a sum of words is a scheme only where the text calls it one.
local PLUS <const> = { "+" }
cues.add(PLUS)
local WAYS <const> = { "模式", "机制", "工作法", "服务法", "管理法", "治理法", "工作制", "方式" }
local OF_MANY <const>, MANY <const> = "方式", 3 -- “线上+线下”方式 is how it is done, and no scheme
local LONGEST_PART <const>, FARTHEST_WAY <const> = 8, 24 -- characters; bytes behind the quotation marks
local function words_added(doc, q)
  local parts = lists.split_at(doc.shown, q.i, q.j, PLUS)
  for _, part in ipairs(parts) do
    local n = utf8.len(part.text)
    if not n or n > LONGEST_PART or part.text:find "[%w%p%s]" then return nil end
  end
  return #parts > 1 and parts or nil
end

local function sum_of_words(doc, q, list)
  local shown = doc.shown
  local plus = doc:find("+", q.i)
  if not plus or plus > q.j then return end
  local behind = shown:sub(q.close + 1, q.close + FARTHEST_WAY):match "^[^%p%s]*"
  local at, way = text.first(behind, WAYS, 1)
  local parts = at and not text.has(behind:sub(1, at - 1), NO_HEAD) and words_added(doc, q)
  if not parts or way == OF_MANY and #parts < MANY then return end
  local to = q.close + at + #way - 1
  local name = shown:sub(q.i, q.j)
  list[#list + 1] = { name = name, i = q.i, j = q.j, quote_end = q.close, block = q.number, quoted = true,
                      members = parts, alias = name .. shown:sub(q.close + 1, to), head_end = to }
end

-- “1336”发展战略, “三三三”工作模式: numerals alone need a head.
local function spelt_name(doc, q, list)
  local name = doc.shown:sub(q.i, q.j)
  local length = utf8.len(name) or 0
  if length < 3 or length > 6 then return end
  local digits = name:find "^%d%d%d+$" and #name <= 6 and not name:find "^[12][09]%d%d$"
  if not digits and not (length > 2 and length < 6 and numeral_count(name) == length) then return end
  local head, to = head_behind(doc.shown, q.close + 1)
  if not head then return end
  list[#list + 1] = { name = name, i = q.i, j = q.j, quote_end = q.close, block = q.number, quoted = true,
                      alias = name .. head, head_end = to }
end

-- 实行“一企一策”: names that count nothing, where somebody makes them the way things are done.
local MAKERS <const> = { "实行", "实施", "推行", "推出", "建立", "构建", "构筑", "形成", "打造", "采取", "开展" }
local NEAR <const> = 18 -- bytes between the verb and the name
local BREAKS <const> = { ",", "。", ";", "”", ":" }
local CLAUSE_ENDS <const> = { ",", "。", ";", "、", "\n", ":" }

local SENTENCE_ENDS <const> = { "。", ";", "\n" }
local FARTHEST_END <const> = 900 -- bytes of a clause behind the name
local POINT <const> = { "、" }

-- Where the clause ends that goes on at byte i: at one of the marks or with its block; nil where that is far.
local function clause_end(shown, b, i, marks)
  local to = math.min(b.sj, i + FARTHEST_END)
  local stop = text.first(shown, marks, i, to)
  return stop and stop - 1 or to == b.sj and to or nil
end

local function made(shown, q)
  local from = math.max(q.block.si, q.open - NEAR)
  local before = shown:sub(from, q.open - 1)
  for _, w in ipairs(MAKERS) do
    local at = before:find(w, 1, true)
    if at and not text.has(before:sub(at), BREAKS) then return from + at - 1 end
  end
end

-- 一企一策: one for each.
local function one_each(s) return utf8.len(s) == 4 and s:sub(1, 3) == "一" and s:sub(7, 9) == "一" end

local function made_name(doc, q, list)
  local shown, name = doc.shown, doc.shown:sub(q.i, q.j)
  local from = one_each(name) and made(shown, q)
  if not from then return end
  local listed = shown:sub(q.close + 1, q.close + 1) == ":" and q.close + 2
  local to = clause_end(shown, q.block, listed or q.close, listed and SENTENCE_ENDS or CLAUSE_ENDS)
  if not to then listed, to = nil, q.close end
  list[#list + 1] = { name = name, i = q.i, j = q.j, quote_end = q.close, block = q.number, quoted = true,
                      members = listed and lists.split_at(shown, listed, to, POINT) or {}, slogan = true,
                      cited = { listed and q.open or from, to } }
end

-- The first two bytes of the numerals, and what may follow: a name has one, a sum a digit, and
-- what is counted before the quotes 个.
local COUNTING_BYTES <const> = { "^\xE7\x99\xBE", "\xE4[\xB8-\xBA][\x80\x83\x89\x8C\x94\x9D\xA4]",
  "\xE5[\x85\x8D\x8F\x9B][\x81\x8C\x9B\xAB\xAD]", "^[%dN]" }
local function may_count(shown, q)
  local name = shown:sub(q.i, q.j)
  for _, pattern in ipairs(COUNTING_BYTES) do
    if name:find(pattern) then return true end
  end
  return shown:sub(q.open - 3, q.open - 1) == "个"
end

local function quoted_names(doc, q, list)
  if q.j < q.i or q.j - q.i > LONGEST_QUOTE then return 0 end
  if not may_count(doc.shown, q) then
    sum_of_words(doc, q, list)
    return 0
  end
  local parts, named = quoted_name(doc, q, list)
  if named == 0 then counted_quote(doc, q, list) end
  if parts == 1 then sum_name(doc, q, list) end
  if parts == 1 and named == 0 then spelt_name(doc, q, list) end
  if named == 0 then made_name(doc, q, list) end
  return named
end

-- 三级...体系: the head noun within a few words, nothing between that ends it.
local NAME_ENDS <const> = { ",", "。", "、", ";", "“", "”", "的", "是", "和", "了", "在", "由", "对", "为", "《" }
local function head_noun(shown, p, to)
  if not text.first(shown, HEADS, p, math.min(to, p + 45)) then return nil end
  local rest = shown:sub(p, math.min(to, p + 45))
  local stop = rest:find "[%p%s]" or #rest + 1
  stop = math.min(stop, text.first(rest, NAME_ENDS, 1) or stop)
  rest = rest:sub(1, stop - 1)
  local best
  for _, h in ipairs(HEADS) do
    local at = rest:sub(-#h) == h and #rest - #h + 1 or rest:find(h, 1, true)
    if at and (not best or at + #h > best) and at <= 34 then best = at + #h end
  end
  return best and best - 1
end

local BLOCKS <const> = { paragraph = true, heading = true, list = true, title = true,
  abstract = true, caption = true }

-- Each of the measure words behind the numerals of one character: 三级, 五户
local function behind_numerals(words)
  local list = {}
  for _, m in ipairs(words) do
    for n in pairs(numerals) do list[#list + 1] = n .. m end
  end
  table.sort(list)
  return list
end

-- Iterates over such words: place of the measure, block, its number, the measure.
local function counted(doc, words)
  local each = doc:each_of(words, BLOCKS)
  return function()
    local at, b, word = each()
    if not at then return nil end
    local _, number = doc:shown_block(at)
    return at + 3, b, number, word:sub(4)
  end
end

-- The last head noun reached decides where the name ends: 网格体系, not 网.
local COUNTING <const> = set "两 三 四 五 六 七 八 九 十" -- not 二级, 双级
local SOFT <const> = { ["项"] = true, ["色"] = true } -- schemes only where their members are told
local COUNTED_HEADS <const> = behind_numerals(measures.HEADED)
local function unquoted_names(doc, list)
  local shown = doc.shown
  for at, b, number, m in counted(doc, COUNTED_HEADS) do
    local before, p = shown:sub(math.max(b.si, at - 6), at - 4), at + #m
    if COUNTING[shown:sub(at - 3, at - 1)] and before ~= "第" and before ~= "红" and not numerals[before] then
      local length = head_noun(shown, p, b.sj)
      if length and length >= 3 then
        local i, j = at - 3, p + length - 1
        list[#list + 1] = { name = shown:sub(i, j), count = numerals[shown:sub(i, i + 2)], i = i, j = j,
                            quote_end = j, block = number, bare = true, soft = SOFT[m] }
      end
    end
  end
end

-- 宣传、排查、后勤三支队伍: groups counted right beside their list, by the measure word.

-- Where the noun of a group ends that begins at p within four characters.
local MOST_BEFORE <const> = 5 -- characters
local NONE <const> = {}
local function group_end(shown, p, to, nouns)
  local stop = p
  for _ = 1, MOST_BEFORE do
    for _, g in ipairs(nouns.by[shown:sub(stop, stop + 2)] or NONE) do
      if shown:sub(stop, stop + #g - 1) == g and stop + #g - 1 <= to then return stop + #g end
    end
    if not shown:find("^" .. text.HAN, stop) then return nil end
    stop = stop + 3
  end
end

local COUNTED_GROUPS <const> = behind_numerals(vocabulary.words(measures.NOUNS))
local function listed_groups(doc, list)
  for at, b, number, g in counted(doc, COUNTED_GROUPS) do
    local before = doc.shown:sub(math.max(b.si, at - 6), at - 4)
    local n = before ~= "第" and not numerals[before] and numerals[doc.shown:sub(at - 3, at - 1)]
    local stop = n and n > 1 and group_end(doc.shown, at + #g, b.sj, measures.NOUNS[g])
    if stop then
      list[#list + 1] = { name = doc.shown:sub(at - 3, stop - 1), count = n, i = at - 3, j = stop - 1,
                          quote_end = stop - 1, block = number, bare = true, soft = true }
    end
  end
end

-- “查隐患、抓整改、保平安”: slogans of one length in one pair of quotes.
local NO_SLOGAN <const> = { ",", "。", "和", "《", ";" }
local LONGEST_SLOGAN <const> = 90
local function slogans(doc, q, list)
  if q.j - q.i >= LONGEST_SLOGAN then return end
  local inner = doc.shown:sub(q.i, q.j)
  if not inner:find("、", 1, true) or text.has(inner, NO_SLOGAN) then return end
  local parts, length = lists.split_at(doc.shown, q.i, q.j, POINT), nil
  for _, part in ipairs(parts) do
    local n = utf8.len(part.text)
    if n < 3 or n > 5 or length and n ~= length or part.text:find "[%w%p]" then return end
    length = n
  end
  if #parts >= 2 then
    list[#list + 1] = { name = inner, count = #parts, i = q.i, j = q.j, quote_end = q.close, block = q.number,
                        members = parts, slogan = true }
  end
end

-- 一手抓A、一手抓B
local HAND <const> = "一手抓"
local function two_hands(doc, list)
  local reached = 0
  for at, b in doc:each(HAND, BLOCKS) do
    local second = at > reached and doc.shown:find(HAND, at + #HAND, true)
    if second and second - at <= 40 and second <= b.sj then
      local stop = math.min(b.sj, text.clause(doc.shown, second))
      local _, block = doc:shown_block(at)
      local first_end = second - 1
      for _, mark in ipairs { "、", "," } do
        if doc.shown:sub(second - #mark, second - 1) == mark then first_end = second - #mark - 1 end
      end
      list[#list + 1] = { name = "两手抓", count = 2, i = at, j = stop, quote_end = stop, block = block,
        slogan = true, members = { { text = doc.shown:sub(at + #HAND, first_end), i = at + #HAND,
          j = first_end },
          { text = doc.shown:sub(second + #HAND, stop), i = second + #HAND, j = stop } } }
      reached = stop
    end
  end
end

local function candidates(doc)
  local list = {}
  for _, q in ipairs(quotes.of(doc)) do
    if BLOCKS[q.block.kind] then
      if quoted_names(doc, q, list) < 2 then slogans(doc, q, list) end
    end
  end
  quoted_before.of(doc, list)
  unquoted_names(doc, list)
  listed_groups(doc, list)
  two_hands(doc, list)
  return list
end

-- names.of(doc) -> candidates; of two that overlap the first and longer one
function names.of(doc)
  local list = candidates(doc)
  table.sort(list, function(a, c)
    if a.i ~= c.i then return a.i < c.i end
    if a.j ~= c.j then return a.j > c.j end
    if (a.quoted or false) ~= (c.quoted or false) then return a.quoted or false end
    if (a.soft or false) ~= (c.soft or false) then return c.soft or false end
    return a.members ~= nil and c.members == nil
  end)
  local out = {}
  for _, s in ipairs(list) do
    local last = out[#out]
    if not (last and s.i <= last.j) then out[#out + 1] = s end
  end
  return out
end

-- names.numeral_count(name): how many numerals it holds
names.numeral_count = numeral_count
-- names.numeral(name) -> value of its leading numeral, bytes that takes
names.numeral = numeral

return names
