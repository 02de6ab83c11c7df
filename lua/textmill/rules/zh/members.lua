-- Members of a named scheme: what the name's numeral counts.
--
-- Places to look, in this order; the first that gives the declared number wins:
--   behind   “三件套”(帽子、...)   “两支队伍”,即A、B、C和D   “五员”:A、B...
--   before   电信网、广电网、互联网“三网融合”     “镇、村、组”三级服务网
--   apart    headings, quoted names and 一是... items with the name's key word
--
-- The key word of a name is what is left of it without numeral and measure:
-- 五关 -> 关, 三道防线 -> 防线, 五带头 -> 带头.

local apart = require "textmill.rules.zh.members_apart"
local kin = require "textmill.rules.zh.kin"
local lists = require "textmill.rules.zh.lists"
local sequence = require "textmill.rules.zh.sequence"
local text = require "textmill.rules.zh.text"
local told = require "textmill.rules.zh.members_told"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local members = {}

local JOINED <const> = { "、", "和" }
local POINTS <const> = { "、" }
local DASHES <const> = { "——", "—", "→", "-" } -- 镇—村—组
local FAMILIES <const> = { { "、", "。", ";" }, { "、", ",", ";", "。" }, { "、", "以及", "和", "。", ";" } }

-- members.split(shown, i, j): names joined in one pair of quotes
function members.split(shown, i, j)
  return lists.split_at(shown, i, j, JOINED)
end

-- Of the items of a list those that make up the declared number.
local function fitting(items, s)
  if not s.count then return items end
  local own = kin.of(items, s.key or kin.key(s.name))
  if #own == s.count then return own end
  if #items == s.count then return items end
  if #own > 0 and #own >= #items / 2 then return own end
  return items
end

local LINE <const>, BRACKET <const>, COMMA <const> = { "\n" }, { ")" }, { "," }
local FULL_STOP <const> = { "。", "\n" }
local LONG_DASH <const> = { "——" }
local SENTENCE_END <const> = { "。", ";", "\n", "!", "?" }

local function first_of(shown, marks, from, to)
  local at = text.first(shown:sub(from, to), marks, 1)
  return at and from + at - 1 or nil
end

-- behind ---------------------------------------------------------------------

local INTRO <const> = { "即", "包括", "分别是", "分别为", "就是", "也就是", "指的是", "是指", "指", "一个是", "为" }

local SENTENCE_MARKS <const> = { "。", "、", "“", "”", "《" }

-- “三度”推动乡村治理: A, B; “三变”改革,即A; “五老”调解员——A: words of the same clause
-- before the mark that opens the list. Where the mark is, and it.
local FARTHEST_COLON <const>, FARTHEST_NOUN <const> = 31, 16
local OPENERS <const> = { ",即", ",包括", ",分别是", "——", "(", "即", "分别是" }
local function noun_behind(rest, s)
  local colon = rest:find(":", 1, true)
  local far = s.count and FARTHEST_COLON or 13
  if colon and colon <= far and not rest:sub(1, colon - 1):find "[%p%s]"
    and not text.has(rest:sub(1, colon - 1), SENTENCE_MARKS) then return colon, ":" end
  for _, mark in ipairs(s.count and OPENERS or {}) do
    local at = rest:find(mark, 1, true)
    if at and at > 1 and at <= FARTHEST_NOUN and not rest:sub(1, at - 1):find "[%p%s]"
      and not text.has(rest:sub(1, at - 1), SENTENCE_MARKS) then return at, mark end
  end
end

-- Position behind brackets, quotes, a head noun, commas and 即; and whether 即
-- (or a bracket, or a colon) was there.
local function introduced(doc, s)
  local shown, p = doc.shown, (s.head_end and s.head_end + 1) or s.quote_end + 1
  local strong, bracket = false, false
  for _ = 1, 4 do
    local rest = shown:sub(p, p + 40)
    local mark = rest:match "^[%s,:]+" or rest:match "^”" or rest:match "^——"
    if rest:find "^%(" then
      bracket, strong, mark = true, true, "("
    end
    if mark then
      if mark:find ":" then strong = true end
      if mark == "——" and s.count then strong, s.dashed = true, true end
      p = p + #mark
    else
      local hit
      for _, w in ipairs(INTRO) do
        if rest:sub(1, #w) == w and (w ~= "为" and w ~= "指" or false) then hit = w end
      end
      if not hit then
        local at, mark_behind = noun_behind(rest, s)
        if mark_behind == ":" then return p + at, true, false end
        if not at then break end
        hit = rest:sub(1, at - 1)
        s.dashed = s.dashed or mark_behind == "——"
      end
      strong = true
      p = p + #hit
    end
  end
  return p, strong, bracket
end

-- 红、黄、蓝三种证: the last item is as long as the others when those are short
-- and equal.
local function cut_last(shown, items)
  local last, length = items[#items], utf8.len(items[1].text)
  if not length or length > 3 or #items < 3 then return end
  for k = 2, #items - 1 do
    if utf8.len(items[k].text) ~= length then return end
  end
  local own = utf8.len(last.text)
  if own and own > 2 * length then
    last.j = last.i + utf8.offset(shown:sub(last.i, last.j), length + 1) - 2
    last.text = shown:sub(last.i, last.j)
  end
end

-- 一是严把入口关: the item without its number.
local function unnumbered(it)
  local n = vocabulary.numerals[it.text:sub(1, 3)]
  if not n or it.text:sub(4, 6) ~= "是" then return it end
  local words = it.text:sub(7):match "^[^,]*"
  return { text = words, i = it.i + 6, j = it.i + 5 + #words }
end

-- 确保 before the first item belongs to all of them and to none.
local LEADS <const> = { "由", "确保", "做到", "坚持", "实现", "切实做到", "努力做到" }
local function strip_verb(items)
  local first = items[1]
  for _, w in ipairs(LEADS) do
    if first.text:sub(1, #w) == w and items[2] and items[2].text:sub(1, #w) ~= w then
      first.i, first.text = first.i + #w, first.text:sub(#w + 1)
      return
    end
  end
end

-- “五小”设施,小广场、小书屋: a noun of two or three characters between the name and the comma.
local function behind_noun(shown, p)
  local comma = shown:find(",", p, true)
  local between = comma and comma - p <= 9 and comma - p >= 6 and shown:sub(p, comma - 1)
  if not between or between:find "[%p%s%w]" or text.has(between, SENTENCE_MARKS) then return nil end
  return between .. ","
end

-- “三到户”,A到户、B到户、C到户: without 即 the items must share the key word.
local function following_family(doc, s, b)
  local p = s.head_end and s.head_end + 1 or s.quote_end + 1
  local comma = doc.shown:match("^[,:]%s*", p) or doc.shown:match("^。", p) or behind_noun(doc.shown, p)
  if not comma or not s.count then return nil end
  local key = s.key or kin.key(s.name)
  local stop = first_of(doc.shown, LINE, p, p + 600) or math.min(#doc.shown, p + 600)
  b = doc:shown_block(math.min(p + #comma, #doc.shown)) or b -- a heading: “三个必须”。
  for _, marks in ipairs(FAMILIES) do
    local run = {}
    for it in lists.each(doc.shown, p + #comma, math.min(stop - 1, b.sj), marks) do
      it = unnumbered(it)
      if #run == s.count - 1 and #kin.of({ it }, key) == 0 then
        it = (kin.up_to(doc, { it }, key) or { it })[1]
      end
      if #kin.of({ it }, key) == 0 and not kin.holds(doc, it, key) or utf8.len(it.text) > 16 then break end
      run[#run + 1] = it
    end
    if #run == s.count then
      kin.cut_predicate(doc, run)
      strip_verb(run)
      return kin.without_head(run, key)
    end
  end
end

-- 一名护士、一名司机[送人]: what there is one of each, without what they do.
local ONE_OF <const> = { "一名", "一位", "一个", "一支" }
local function strip_ones(doc, items)
  for _, it in ipairs(items) do
    if not text.starts(it.text, 1, ONE_OF) then return end
  end
  for _, it in ipairs(items) do
    it.i = it.i + 6
    local a, b = doc:token_at(it.i), doc:token_at(it.j)
    for k = a + 1, b do
      if doc.tags[k] == "v" or doc.tags[k] == "p" then
        it.j = doc:span(k) - 1
        break
      end
    end
    it.text = doc.shown:sub(it.i, it.j)
  end
end

local function behind(doc, s)
  if s.count == 1 then return nil end -- one thing has no list: what it is is told, not enumerated
  local b = doc.blocks[s.block]
  local p, strong, bracket = introduced(doc, s)
  local shown = doc.shown
  if not strong then return following_family(doc, s, b) end
  local limit = math.min(#shown, p + 900)
  local stop = bracket and first_of(shown, BRACKET, p, limit) or first_of(shown, SENTENCE_END, p,
    limit) or limit + 1
  if s.dashed then stop = first_of(shown, LONG_DASH, p, stop) or stop end -- “三零”服务——A、B、C——是...
  local following = doc:shown_block(math.min(p, #shown))
  if following and following ~= b and not shown:sub(s.quote_end, p):find "即"
    and b.kind ~= "heading" then return nil end
  if following and following ~= b and shown:sub(p - 3, p - 1) ~= "即" then return nil end
  if stop - 1 < p then return nil end
  local items = lists.items(shown, p, stop - 1, s.count)
  local key = s.key or kin.key(s.name)
  local full = s.count and not bracket and first_of(shown, FULL_STOP, p, limit)
  for _, to in ipairs(s.count and { stop, full ~= stop and full or nil } or {}) do
    for reading in lists.readings(shown, p, to - 1) do
      local own = kin.of(reading, key)
      if #own == s.count then return kin.without_verbs(kin.without_head(own, key), key) end
    end
  end
  if not bracket and #items ~= s.count then
    local comma = first_of(shown, COMMA, p, stop)
    if comma then
      local short = lists.items(shown, p, comma - 1, s.count)
      if #short == s.count or #short >= 2 then items = short end
    end
  end
  if #items < 2 then return nil end
  if #items == s.count and #kin.of(items, key) == 0 then items = kin.up_to(doc, items, key) or items end
  strip_ones(doc, items)
  cut_last(shown, items)
  local chosen = fitting(items, s)
  for _, it in ipairs(chosen) do
    if utf8.len(it.text) > 20 then return nil end
  end
  return chosen
end

-- before ---------------------------------------------------------------------

local MAKERS <const> = { "建立健全", "建立起", "建立了", "建立", "形成了", "形成", "构筑起", "构筑",
  "构建起", "构建", "组建了", "组建", "实行", "实施", "落实", "推行",
                         "做到", "坚持", "健全", "完善", "织密", "打造", "设立", "成立了", "成立", "开展", "执行", "按照",
                           "采取", "通过", "提升", "筑牢", "围绕", "筑起", "严格",
                         "抓好", "压实", "深化", "强化", "聚焦", "突出", "实现", "争当", "下设" }

-- The first item of a list runs back to the start of its clause: cut what
-- introduces it.
local function cut_first(shown, items)
  local first = items[1]
  if not first then return end
  local second = items[2]
  -- a common beginning: 带头A、带头B
  if second then
    local head = second.text:sub(1, 6)
    local third = items[3]
    if #head == 6 and third and third.text:sub(1, 6) == head then
      local at
      local p = first.i
      while true do
        local q = shown:find(head, p, true)
        if not q or q > first.j then break end
        at = at or q
        p = q + 3
      end
      if at then
        -- the last one whose item still is an item
        first.i, first.text = at, shown:sub(at, first.j)
        return
      end
    end
  end
  local last_end
  for _, w in ipairs(MAKERS) do
    local p = 1
    while true do
      local at = first.text:find(w, p, true)
      local q = at and first.i + at - 1
      if not q or q + #w - 1 >= first.j then break end
      if not last_end or q + #w > last_end then last_end = q + #w end
      p = at + #w
    end
  end
  if last_end and last_end <= first.j then
    for _, m in ipairs { "了", "起", "着", "以", "由" } do
      if shown:sub(last_end, last_end + 2) == m then last_end = last_end + 3 end
    end
    first.i, first.text = last_end, shown:sub(last_end, first.j)
  end
  -- all others as long as each other: so is the first
  local length
  for k = 2, #items do
    local n = utf8.len(items[k].text)
    if length and n ~= length then return end
    length = n
  end
  local own = utf8.len(first.text)
  if length and own and own > length and (#items > 2 or length <= 3) then
    local at = utf8.offset(first.text, -length)
    first.i, first.text = first.i + at - 1, first.text:sub(at)
  end
end

local CLAUSE_ENDS <const> = { "。", ";", ",", ":", "!", "?", "\n" }

-- Where the clause begins that ends at p.
local function clause_from(shown, p, from)
  local window, best = shown:sub(from, p - 1), 1
  while true do
    local q, m = text.first(window, CLAUSE_ENDS, best)
    if not q then return from + best - 1 end
    best = q + #m
  end
end

local LINKS <const> = set "、 和 与 及"
local function before(doc, s)
  local shown, b = doc.shown, doc.blocks[s.block]
  local j = s.i - 1
  if shown:sub(j - 2, j) == "“" and not s.bare then j = j - 3 end
  if shown:sub(j - 2, j) == "的" or shown:sub(j - 2, j) == "等" then j = j - 3 end
  if shown:sub(j - 5, j) == "组成" then j = j - 6 end -- 由A、B、C组成的
  if j < b.si or LINKS[shown:sub(j - 2, j)] then return nil end -- A、B和“三...”: the last of them
  if shown:sub(j - 2, j) == "”" then
    local window = shown:sub(math.max(b.si, j - 120), j - 3)
    local open = window:match ".*()“"
    if open then
      local i = math.max(b.si, j - 120) + open - 1 + 3
      local items = lists.items(shown, i, j - 3, s.count)
      if #items < 2 then items = lists.split_at(shown, i, j - 3, DASHES) end
      if #items < 2 and (s.count or 0) > 2 and utf8.len(shown, i, j - 3) == s.count then -- “红黄绿”三色台账
        items = {}
        for p = i, j - 3, 3 do items[#items + 1] = { text = shown:sub(p, p + 2), i = p, j = p + 2 } end
      end
      if #items >= 2 and (not s.count or #items == s.count) then return items end
    end
  end
  local i = clause_from(shown, j + 1, math.max(b.si, j - 400))
  if i > j then return nil end
  local items = lists.split_at(shown, i, j, POINTS)
  if s.count and #items == s.count - 1 then items = lists.items(shown, i, j, s.count) end
  if s.count and #items > s.count then
    for _ = 1, #items - s.count do table.remove(items, 1) end
    cut_first(shown, items)
  elseif s.count and #items < s.count or #items < 2 then
    return members.ladder(doc, s, i, j)
  else
    cut_first(shown, items)
  end
  local shortest, longest = 99, 0
  for _, it in ipairs(items) do
    local n = utf8.len(it.text) or 99
    shortest, longest = math.min(shortest, n), math.max(longest, n)
  end
  if longest > 20 or (#items == 2 and longest - shortest > 2) then return nil end
  return items
end

-- 县乡(镇)村三级: characters in a row, one a level.
local LEVELS <const> = set "省 市 县 区 乡 镇 村 组 户 街 居"
function members.ladder(doc, s, i, j)
  if not s.count then return nil end
  local shown, items = doc.shown, {}
  local p = j
  while p >= i and #items < s.count do
    local q = p - 2
    if shown:sub(p, p) == ")" then
      local open
      for r = p, math.max(i, p - 20), -1 do
        if shown:sub(r, r) == "(" then open = r break end
      end
      if not open or open - 3 < i then return nil end
      q = open - 3
    end
    if not LEVELS[shown:sub(q, q + 2)] then return nil end
    table.insert(items, 1, { text = shown:sub(q, p), i = q, j = p })
    p = q - 1
  end
  return #items == s.count and items or nil
end

-- “四步法”: the steps told in order around the name; 四道工序:先...,再...
local STEPS <const> = { "步", "工序", "步骤", "环节", "程序", "流程" }
local REACH <const> = 700 -- bytes between the name and its steps
local function steps(doc, s)
  if not s.count or s.count < 2 or not text.has(s.name .. (s.alias or ""), STEPS) then return nil end
  for _, run in ipairs(#doc.shown > 0 and sequence.of(doc) or {}) do
    local from, to = doc:span(run[1][1]), select(2, doc:span(run[#run][2]))
    if #run == s.count and from - s.j < REACH and s.i - to < REACH then
      local out = {}
      for n, part in ipairs(run) do
        local i, j = doc:span(sequence.action(doc, part)), select(2, doc:span(part[2]))
        out[n] = { text = doc.shown:sub(i, j), i = i, j = j }
      end
      s.cited = { s.i, s.j } -- the name: steps are cited each by itself
      return out
    end
  end
end

local function found(doc, s)
  local named = steps(doc, s) or told.by_team(doc, s) or told.by_words(doc, s) or told.by_verb(doc, s)
    or told.by_digits(doc, s) or told.by_sum(doc, s) or told.by_ordinals(doc, s)
  if named then return named end
  local b = behind(doc, s)
  if b and (not s.count or #b == s.count) then return b end
  local f = s.count and s.count > 1 and before(doc, s)
  if f and #f == s.count then return f end
  local a = s.count and s.count > 1 and (apart.find(doc, s) or apart.find(doc, s, true))
  if a then return a end
  local e = s.count and s.count > 1 and (apart.listed(doc, s) or told.ones(doc, s))
  if e then return e end
  local key = s.key or kin.key(s.name)
  local k = told.by_key(doc, s, key) or told.by_sentences(doc, s, key) or told.by_row(doc, s, key)
  if k then return k end
  if b and #b >= 2 and not s.dashed then return b end
  return {}
end

-- An item without the number and the 等 that stand around it: (1)先拆旧房, 不办寿宴等.
local function bare(doc, it)
  local mark = doc.shown:match("^%(%d%d?%)", it.i)
  local i = it.i + (mark and #mark or 0)
  local j = it.j > i + 2 and doc.shown:sub(it.j - 2, it.j) == "等" and it.j - 3 or it.j
  if i == it.i and j == it.j then return it end
  return { text = it.text:sub(1 + (i - it.i), -1 - (it.j - j)), i = i, j = j }
end

-- members.find(doc, scheme) -> list of items (may be empty)
function members.find(doc, s)
  local items = told.tidy(doc, found(doc, s))
  for k, it in ipairs(items) do items[k] = bare(doc, it) end
  return items
end

local MOST_SHARED <const> = 100

-- A name without members takes those of another of the same count whose items
-- all end with its key word: “两证”, 健康证 and 上岗证.
function members.share(list)
  local whole = {}
  for _, s in ipairs(list) do
    if s.count and #s.members == s.count and #whole < MOST_SHARED then whole[#whole + 1] = s end
  end
  for _, s in ipairs(list) do
    if #s.members == 0 and s.count then
      local key = kin.key(s.name)
      for _, o in ipairs(whole) do
        if o ~= s and o.count == s.count and #o.members == s.count and #kin.of(o.members,
          key) == s.count then
          s.members = o.members
        end
      end
    end
  end
end

return members
