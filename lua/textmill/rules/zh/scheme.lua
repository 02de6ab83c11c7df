-- Named schemes: a count in the name and what it counts.
--
--   “五带头”  “三道防线”  “两支队伍”  “六个一”  “两不愁三保障”       quoted
--   三级服务网  四级联动机制  五户联保机制                        by their head noun
--
-- Members stand behind the name (即 A、B和C; in brackets; after a colon),
-- before it (A、B、C“五带头”; “镇、村、组”三级...), or apart: headings, quoted
-- names and 一是… items that share the name's last word (members.lua).

local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local lists = require "textmill.rules.zh.lists"
local members = require "textmill.rules.zh.members"
local set = vocabulary.set

local numerals = vocabulary.numerals

local REFUSED <const> = set [[一盘棋 一线 一对一 一站式 一把手 一条龙 一条心 一体化 一张图 一张纸 两委 两会 两不误 两手抓 两新 三农 三夏 三秋 三伏 四风 双百
  双十一 十四五 十三五 十二五 十一五 一带一路 八一 五一 七一 十一 六一 三八 一米线 一封信 二维码 七夕 十九大 二十大 十八大 两节 双节 一老一小 三无 二代 三八红旗手
  三好学生 双抢 双休 五保 五保户 六一儿童节 九九 四大天王 三国 八卦 一卡通 一码通 一网通 一张网 一件事 一窗 一刻钟 一家人 一号文件 双减 一次性 四有新人 双一流 一村一品]]

local HEADS <const> = { "工作机制", "工作法", "工作制", "责任制", "机制", "制度", "体系", "模式", "行动", "工程", "防线",
  "防护网", "网络", "格局",
                        "防控网", "屏障", "服务", "包保", "战法", "办法", "措施", "战略", "网" }

-- Leading numeral of a name: value, bytes it takes.
local function numeral(s)
  local ordinal, bytes = text.ordinal(s, 1)
  if bytes == 6 then return ordinal, bytes end
  local n = numerals[s:sub(1, 3)]
  if n then return n, 3 end
end

-- How many numerals the name holds: 两不愁三保障 has two and counts nothing itself.
local function numeral_count(s)
  local n = 0
  s = s:gsub("统一", ""):gsub("第一", ""):gsub("一致", "")
  for _, c in utf8.codes(s) do
    if numerals[utf8.char(c)] then n = n + 1 end
  end
  return n
end

local MEASURES <const> = set "个 大 项 条 道 张 支 只 种 级 方 层 步 本 位 类 套 轮 重 双 把 份 块 面 根 户 员 次 关 包 名"

local NO_NAME <const> = { "。", "、", "“", "《", "…" }

-- Is the quoted text the name of a scheme? Its count (nil: several numerals).
local function name_of(s)
  local length = utf8.len(s)
  if not length or length < 2 or length > 9 or REFUSED[s] or s:find "[%w%p%s]"
     or text.has(s, NO_NAME) then
    return false
  end
  local n, bytes = numeral(s)
  if not n then return false end
  local rest = s:sub(bytes + 1)
  if n == 1 then
    local m = utf8.len(rest) >= 3 and rest:sub(1, 3)
    if not (m and MEASURES[m]) or rest:find "一" then return false end
    return true, 1
  end
  if utf8.len(rest) == 1 and (numerals[rest] or rest == "大" or rest == "○" or rest == "〇"
    or rest == "二" or rest == "日") then return false end
  if rest:find "^○" or rest:find "^〇" or rest == "人帮" or rest == "四二" then return false end
  if rest == "字" then return false end
  if rest:find "^个一$" then return true, n end
  if numeral_count(s) > 1 and not s:find "^十" then
    local second = length == 4 and numerals[s:sub(7, 9)] -- 三有一可: three and one
    return true, second and second ~= n and n + second or nil
  end
  return true, n
end

local QUOTES <const> = { { "“", "”" }, { "「", "」" }, { "『", "』" }, { "\"", "\"" } }

-- Calls found(name, i, j) for each part of shown[i, j] between quotes.
local function each_quoted(doc, from, to, found)
  for _, q in ipairs(QUOTES) do
    local p = from
    while true do
      local i = doc:find(q[1], p)
      if not i or i > to then break end
      local j = doc:find(q[2], i + #q[1])
      if not j or j > to then break end
      found(i + #q[1], j - 1)
      p = j + #q[2]
    end
  end
end

local NO_HEAD <const> = { "。", "、", "“", "”", "的", "了", "是", "为" }

-- Text right behind the quote that belongs to the name: “四定”工作法.
local function head_behind(shown, j)
  local rest = shown:sub(j, j + 40)
  for _, h in ipairs(HEADS) do
    local at = rest:find(h, 1, true)
    if at and at <= 7 then
      local between = rest:sub(1, at - 1)
      if not between:find "[%p%s]" and not text.has(between, NO_HEAD) then
        return between .. h, j + at + #h - 2
      end
    end
  end
end

-- “三公开和三监督”: two names in one pair of quotes.
local function quoted_names(doc, block, b, list)
  local shown = doc.shown
  each_quoted(doc, b.si, b.sj, function(i, j)
    if j < i or j - i > 60 then return end
    local parts = members.split(shown, i, j)
    local named = {}
    for _, part in ipairs(parts) do
      local ok, count = name_of(part.text)
      if ok and shown:find("^%d", j + 4) then ok = false end
      if not ok then named = {} break end
      named[#named + 1] = { part, count }
    end
    for _, n in ipairs(named) do
      local head, to = head_behind(shown, j + 4)
      local s = { name = n[1].text, count = n[2], i = n[1].i, j = n[1].j, quote_end = j + 3, block = block }
      if #named > 1 then s.joined = { i - 3, j + 3 } end
      if head and #named == 1 then s.alias, s.head_end = n[1].text .. head, to end
      list[#list + 1] = s
    end
    -- 三个“不”: the numeral stands before the quotes
    local n = numerals[shown:sub(i - 9, i - 7)]
    if n and n > 1 and shown:sub(i - 6, i - 4) == "个" and #named == 0 and utf8.len(shown:sub(i,
      j)) <= 4 then
      local name = shown:sub(i, j)
      list[#list + 1] = { name = shown:sub(i - 9, j + 3), count = n, i = i - 9, j = j + 3,
        quote_end = j + 3, block = block,
                          alias = shown:sub(i - 9, i - 4) .. name, key = name }
    end
    -- “1+3+N”工作机制
    local name = shown:sub(i, j)
    if #parts == 1 and name:find "^[%dN]+%+[%dNX+]+$" then
      local head, to = head_behind(shown, j + 4)
      list[#list + 1] = { name = name .. (head or ""), i = i, j = to or j, quote_end = to or j + 3,
        block = block, alias = name }
    end
  end)
end

-- 三级...体系: the head noun within a few words, nothing between that ends it.
local UNQUOTED <const> = { "级", "户", "道", "张", "大" }
local NAME_ENDS <const> = { ",", "。", "、", ";", "“", "”", "的", "是", "和", "了", "在", "由", "对", "为", "《" }
local function head_noun(shown, p, to)
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

-- The last head noun reached decides where the name ends: 网格体系, not 网.
local function unquoted_names(doc, block, b, list)
  local shown = doc.shown
  for _, m in ipairs(UNQUOTED) do
    local p = b.si
    while true do
      local at = doc:find(m, p)
      if not at or at > b.sj then break end
      p = at + 3
      local n = at - 3 >= b.si and numerals[shown:sub(at - 3, at - 1)]
      local before = shown:sub(math.max(b.si, at - 6), at - 4)
      local numeral_text = shown:sub(at - 3, at - 1)
      if n and n > 1 and before ~= "第" and not numerals[before] and numeral_text ~= "二"
        and numeral_text ~= "双" then
        local length = head_noun(shown, p, b.sj)
        if length and length >= 3 then
          local i, j = at - 3, p + length - 1
          list[#list + 1] = { name = shown:sub(i, j), count = n, i = i, j = j, quote_end = j,
            block = block, bare = true }
        end
      end
    end
  end
end

-- 宣传、排查、后勤三支队伍: groups counted right behind their list.
local GROUPS <const> = { "队伍", "分队", "专班", "组", "队" }

-- Where the noun of a group ends that begins at p within four characters.
local function group_end(shown, p, to)
  local stop = p
  for _ = 1, 5 do
    for _, g in ipairs(GROUPS) do
      if shown:sub(stop, stop + #g - 1) == g and stop + #g - 1 <= to then return stop + #g end
    end
    if not shown:find("^" .. text.HAN, stop) then return nil end
    stop = stop + 3
  end
end

local function listed_groups(doc, block, b, list)
  for _, g in ipairs { "个", "支" } do
    local p = b.si
    while true do
      local at = doc:find(g, p)
      if not at or at > b.sj then break end
      p = at + #g
      local n = at - 3 >= b.si and numerals[doc.shown:sub(at - 3, at - 1)]
      local stop = n and n > 1 and group_end(doc.shown, p, b.sj)
      if stop then
        p = stop
        list[#list + 1] = { name = doc.shown:sub(at - 3, p - 1), count = n, i = at - 3, j = p - 1,
          quote_end = p - 1,
                            block = block, bare = true, soft = true }
      end
    end
  end
end

-- “查隐患、抓整改、保平安”: slogans of one length in one pair of quotes.
local POINT <const> = { "、" }
local NO_SLOGAN <const> = { ",", "。", "和", "《", ";" }
local function slogans(doc, block, b, list)
  each_quoted(doc, b.si, b.sj, function(i, j)
    local inner = doc.shown:sub(i, j)
    if #inner > 90 or not inner:find("、", 1, true) or text.has(inner, NO_SLOGAN) then return end
    local parts, length = lists.split_at(doc.shown, i, j, POINT), nil
    for _, part in ipairs(parts) do
      local n = utf8.len(part.text)
      if n < 3 or n > 5 or length and n ~= length or part.text:find "[%w%p]" then return end
      length = n
    end
    if #parts >= 2 then
      list[#list + 1] = { name = inner, count = #parts, i = i, j = j, quote_end = j + 3, block = block,
        members = parts, slogan = true }
    end
  end)
end

-- 一手抓A、一手抓B
local HAND <const> = "一手抓"
local function two_hands(doc, block, b, list)
  local p = b.si
  while true do
    local at = doc:find(HAND, p)
    if not at or at > b.sj then return end
    local second = doc.shown:find(HAND, at + #HAND, true)
    p = at + #HAND
    if second and second - at <= 40 and second <= b.sj then
      local stop = math.min(b.sj, text.clause(doc.shown, second))
      local first_end = second - 1
      for _, mark in ipairs { "、", "," } do
        if doc.shown:sub(second - #mark, second - 1) == mark then first_end = second - #mark - 1 end
      end
      list[#list + 1] = { name = "两手抓", count = 2, i = at, j = stop, quote_end = stop, block = block,
        slogan = true, members = { { text = doc.shown:sub(at + #HAND, first_end), i = at + #HAND,
          j = first_end },
          { text = doc.shown:sub(second + #HAND, stop), i = second + #HAND, j = stop } } }
      p = stop
    end
  end
end

local BLOCKS <const> = { paragraph = true, heading = true, list = true, title = true,
  abstract = true, caption = true }

local function candidates(doc)
  local list = {}
  for k, b in ipairs(doc.blocks) do
    if BLOCKS[b.kind] then
      quoted_names(doc, k, b, list)
      unquoted_names(doc, k, b, list)
      listed_groups(doc, k, b, list)
      slogans(doc, k, b, list)
      two_hands(doc, k, b, list)
    end
  end
  table.sort(list, function(a, c)
    if a.i ~= c.i then return a.i < c.i end
    return a.j > c.j
  end)
  local out = {}
  for _, s in ipairs(list) do
    local last = out[#out]
    if not (last and s.i <= last.j) then out[#out + 1] = s end
  end
  return out
end

-- Schemes of one name are one; the first that has members gives them.
local function merged(list)
  local by, out = {}, {}
  for _, s in ipairs(list) do
    local first = by[s.name]
    if not first then
      by[s.name] = s
      s.mentions = { s }
      out[#out + 1] = s
    else
      first.mentions[#first.mentions + 1] = s
      if #s.members > #first.members or (first.count
        and #s.members == first.count) then first.members = s.members end
      first.alias = first.alias or s.alias
    end
  end
  return out
end

-- 两张清单 and 两张表格: the same numeral and measure, one of them without members.
local function join_aliases(list)
  local out, any, empty = {}, {}, {}
  for _, s in ipairs(list) do
    local twin, key
    local _, bytes = numeral(s.name)
    local stem = bytes and MEASURES[s.name:sub(bytes + 1, bytes + 3)] and s.name:sub(1, bytes + 3)
    if stem and s.count and s.count > 1 and utf8.len(s.name) <= 5 then
      key = ("%s %d %d"):format(stem, s.count, utf8.len(s.name))
      local o = (#s.members == 0 and any or empty)[key]
      if o and (#s.members == 0 or #o.members == 0) then twin = o end
    end
    if twin then
      twin.aliases = twin.aliases or {}
      table.insert(twin.aliases, s.name)
      if #twin.members == 0 then twin.members = s.members end
      for _, m in ipairs(s.mentions) do table.insert(twin.mentions, m) end
    else
      out[#out + 1] = s
      if key then
        any[key] = s
        if #s.members == 0 then empty[key] = s end
      end
    end
  end
  return out
end

local OPENING <const> = set "“ 「 『"
local CLOSING <const> = set "” 」 』"

-- With the quotation marks and brackets that stand around it.
local function with_marks(shown, i, j)
  if OPENING[shown:sub(i - 3, i - 1)] then i = i - 3 end
  if CLOSING[shown:sub(j + 1, j + 3)] then j = j + 3 end
  if shown:sub(j + 1, j + 1) == ")" and shown:sub(i, j):find("(", 1, true) then j = j + 1 end
  return i, j
end

local SENTENCES <const> = { "。", "\n" }
local FARTHEST <const> = 400 -- bytes of a definition

-- Where the scheme is defined: its name and the members that stand with it in
-- one sentence, else its name.
local function definition(doc, m, list)
  if m.joined then return m.joined[1], m.joined[2] end
  local i, j = m.i, math.max(m.j, m.head_end or 0)
  for _, member in ipairs(#m.members > 0 and m.members or list) do
    i, j = math.min(i, member.i), math.max(j, member.j)
  end
  if j - i > FARTHEST or text.has(doc.shown:sub(i, j), SENTENCES) then i, j = m.i, math.max(m.j,
    m.head_end or 0) end
  return with_marks(doc.shown, i, j)
end

local function to_fact(doc, s)
  local fact = { type = "scheme", subtype = s.slogan and "slogan" or nil, soft = s.soft, name = s.name,
    count = s.count, members = {},
    mentions = {} }
  if s.alias and s.alias ~= s.name then fact.aliases, fact.full = { s.alias }, s.alias end
  for _, a in ipairs(s.aliases or {}) do
    fact.aliases = fact.aliases or {}
    table.insert(fact.aliases, a)
  end
  for k, m in ipairs(s.members) do fact.members[k] = m.text end
  fact.found = #s.members
  if s.count and #s.members == 0 then fact.status = "declared_only" end
  for k, m in ipairs(s.mentions) do
    local i, j = doc:to_clean(definition(doc, m, s.members))
    fact.mentions[k] = { i = i, j = j, quote = doc:display(i, j),
                         captures = { name = { doc:to_clean(m.i, m.j) } } }
  end
  for k, m in ipairs(s.members) do
    fact.mentions[1].captures[("member%d"):format(k)] = { doc:to_clean(m.i, m.j) }
  end
  fact.i, fact.j = fact.mentions[1].i, fact.mentions[1].j
  return fact
end

local function scan(doc)
  local list = candidates(doc)
  for _, s in ipairs(list) do s.members = s.members or members.find(doc, s) end
  list = join_aliases(merged(list))
  members.share(list)
  local facts = {}
  for _, s in ipairs(list) do
    if not s.soft or #s.members == s.count then facts[#facts + 1] = to_fact(doc, s) end
  end
  return facts
end

return {
  rule {
    "scheme.named",
    description = "a named scheme, its count and its members: “三道防线”, 四级联动机制",
    scan = scan,
    examples = {
      ["带头学习、带头工作、带头奉献“三带头”。"] = { name = "三带头", count = 3, found = 3 },
      ["组建“两支队伍”,即巡逻队和宣传队。"] = { name = "两支队伍", count = 2, found = 2 },
      ["构筑起镇、村、组、户四级联动机制。"] = { name = "四级联动机制", count = 4, found = 4 },
      ["落实“五个一”要求。"] = { name = "五个一", count = 5, status = "declared_only" },
      ["做到“查隐患、抓整改、保平安”。"] = { count = 3, found = 3 },
      ["坚持一手抓生产、一手抓安全。"] = { name = "两手抓", count = 2, found = 2 },
      ["做到“三清”(底数清、去向清、人员清)。"] = { name = "三清", found = 3 },
    },
    counterexamples = { "全乡“一盘棋”。", "村“两委”干部上岗。", "实行“一企一策”服务。", "启动一级响应机制。" },
  },
}
