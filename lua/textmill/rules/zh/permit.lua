-- Permits: papers that let somebody pass, with their colours, counts, holders
-- and the lunar days they are good for.
--
--   发放红黄蓝《甲镇通行证》各3万张(持红证可农历一四七入场,...)
--
-- One fact a colour; `days` are the last digits of days of the lunar month.

local by_type = require "textmill.rules.zh.by_type"
local rule = require "textmill".rule
local clauses = require "textmill.rules.zh.clauses"
local terms = require "textmill.rules.zh.permit_terms"
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"

local PAPERS <const> = { "通行证", "出入证", "摊位证", "用水证", "准入证", "许可证", "出入卡", "通行卡", "证", "卡",
  "证明", "许可", "牌", "票", "券", "码" }
local COLOURS <const> = terms.COLOURS

-- Is 《...》 the name of a permit?
local function is_paper(name)
  for _, p in ipairs(PAPERS) do
    if name:sub(-#p) == p then return true end
  end
  return false
end

-- 农历一四七 -> { 1, 4, 7 }, and where it ends.
local function lunar_days(s, p)
  local at = p + 6
  local days = {}
  while #days < 5 do
    local c = s:sub(at, at + 2)
    if c == "、" then
      at = at + 3
    else
      local n = vocabulary.numerals[c]
      if not n or c == "两" or c == "双" then break end
      days[#days + 1] = n % 10
      at = at + 3
    end
  end
  return days, at - 1
end

-- 周一、三、五; 周一、周三; 周一至周四; 周六、周日 -> days 1-7, and where it ends.
local WEEK <const> = { ["一"] = 1, ["二"] = 2, ["三"] = 3, ["四"] = 4, ["五"] = 5, ["六"] = 6, ["日"] = 7,
  ["天"] = 7 }
local PREFIXES <const> = { "周", "星期", "礼拜", "每周", "逢周" }
local function after_prefix(s, at)
  for _, p in ipairs(PREFIXES) do
    if s:sub(at, at + #p - 1) == p then return at + #p end
  end
  return at
end

local function week_days(s, p)
  local days, at, last = {}, after_prefix(s, p), p
  while #days < 7 do
    local d = WEEK[s:sub(at, at + 2)]
    if not d then break end
    days[#days + 1] = d
    last = at + 2
    local c = s:sub(at + 3, at + 5)
    if c == "至" or c == "到" then
      local e = WEEK[s:sub(after_prefix(s, at + 6), after_prefix(s, at + 6) + 2)]
      if e then
        for x = d + 1, e do days[#days + 1] = x end
        last = after_prefix(s, at + 6) + 2
      end
      break
    end
    at = after_prefix(s, (c == "、" or c == "和") and at + 6 or at + 3)
  end
  return days, last
end

-- The days a rule of a colour is good for: days, calendar, where that ends.
local CALENDARS <const> = { { "农历", lunar_days, "lunar" }, { "周", week_days, "weekly" },
  { "星期", week_days, "weekly" } }
local function days_behind(doc, at, to)
  local stop = math.min(to, text.clause(doc.shown, at) + 40)
  local part = doc.shown:sub(at, stop)
  for _, c in ipairs(CALENDARS) do
    local p = part:find(c[1], 1, true)
    if p and p < 40 then
      local days, last = c[2](doc.shown, at + p - 1)
      if #days > 0 then return days, c[3], last end
    end
  end
end

-- Rules 持红证...农历一四七, 持黄卡...周六 behind position p of the same paragraph.
local function colour_rules(doc, p, to)
  local rules = {}
  while true do
    local at = doc:find("持", p)
    if not at or at > to then break end
    p = at + 3
    local colour = doc.shown:sub(at + 3, at + 5)
    if COLOURS[colour] then
      local days, calendar, last = days_behind(doc, at, to)
      if days then
        rules[#rules + 1] = { colour = colour, days = days, calendar = calendar, i = at,
          j = math.min(to, text.clause(doc.shown, last)) }
      end
    end
  end
  return rules
end

-- 绿证:限外出采购,两天一次;红证2100张,逢单日使用;...: what each colour is good for.
local function colour_parts(doc, p, to)
  local rules = {}
  for _, part in ipairs(terms.parts(doc, p, to)) do
    rules[#rules + 1] = { colour = part.colour, i = part.i, j = part.j, value = part.value }
  end
  return #rules > 1 and rules or {}
end

-- The count of a permit: a quantity found before with this item.
local function count_of(facts, name)
  for _, f in ipairs(by_type.of(facts, "quantity")) do
    if f.type == "quantity" and f.item == name then return f.value end
  end
end

-- What a household or a stall gets: 一摊一证, 每户一张.
local function each_of(s)
  local at = s:find("一[\xE3-\xE9][\x80-\xBF][\x80-\xBF]一证") or s:find("一[\xE3-\xE9][\x80-\xBF][\x80-\xBF]一卡")
  return at and s:sub(at, at + 11)
end

-- The clause around a name: who gets it, how many, and what it is good for.
local STARTS <const> = { "。", ";", "\n", ",", ":", "(", ")" }
local OF <const> = "的,"
local function issue(doc, b, i, j)
  local from = b.si
  local before = doc.shown:sub(math.max(b.si, i - 200), i - 1)
  for _, mark in ipairs(STARTS) do
    local at, p = nil, 1
    while true do
      local q = before:find(mark, p, true)
      if not q then break end
      at, p = q, q + #mark
    end
    if at then from = math.max(from, i - #before + at + #mark - 1) end
  end
  local condition = doc.shown:sub(from - #OF, from - 1) == OF and clauses.at(doc, from - #OF - 1)
  if condition and condition.i >= b.si then from = condition.i end
  local last = math.min(b.sj, text.clause(doc.shown, j + 1))
  local more = last + 1 <= b.sj and doc.shown:sub(last + 2, math.min(b.sj, text.clause(doc.shown, last + 2)))
  local each = more and doc.shown:sub(last + 1, last + 1) == "," and each_of(more)
  if each then return from, last + 1 + #more, each end
  return from, terms.behind(doc, last, b.sj), terms.each(doc, last, b.sj)
end

-- 向社区居民发放: for whom it is.
local function holder(clause)
  return clause:match "^.-向(.-)发放" or clause:match "^.-给(.-)发放" or clause:match "^.-为(.-)办理"
end

-- 绿色《备案卡》; 《备案卡》为绿色, which tells it from others: all that follows is of it.
local function own_colour(doc, i, j)
  local s = doc.shown
  local before = s:sub(math.max(1, i - 9), i - 4)
  if before:sub(-3) == "色" and COLOURS[before:sub(1, 3)] then return before:sub(1, 3), false end
  for _, is in ipairs { "为", "是", "用" } do
    local p = j + 4
    local colour = s:sub(p + 3, p + 5)
    if s:sub(p, p + 2) == is and s:sub(p + 6, p + 8) == "色" and COLOURS[colour] then return colour, true end
  end
end

-- A name without the readings glossed in it: 古(gǔ)村落动火证.
local function unglossed(name)
  return (name:gsub("%([%a\xC3-\xC9\x80-\xBF]+%)", ""))
end

local function permits_of(doc, b, i, j, facts)
  local name = unglossed(doc.shown:sub(i, j))
  local out = {}
  local from, last, each = issue(doc, b, i, j)
  local whom = holder(doc.shown:sub(from, i - 1))
  local rules = colour_rules(doc, j, b.sj)
  if #rules == 0 then rules = colour_parts(doc, j + 1, b.sj) end
  for _, r in ipairs(rules) do
    out[#out + 1] = { type = "permit", name = name, colour = r.colour, value = r.value or count_of(facts,
      name), days = r.days,
                      calendar = r.calendar, valid = r.days and table.concat(r.days, " "), at = { r.i, r.j },
                        holder = whom,
                      spans = { name = { i, j }, colour = { r.i + 3, r.i + 5 } } }
  end
  if #out == 0 then
    local colour, apart = own_colour(doc, i, j)
    if apart then last = terms.stretch(doc, last, b.sj) end
    local value = count_of(facts, name) or terms.count(doc.shown:sub(from, last))
    out[1] = { type = "permit", name = name, colour = colour, value = value, at = { from, last },
      holder = whom, each = each, spans = { name = { i, j } } }
  end
  return out
end

-- 实行“票证制”: a scheme that gives the paper its name.
local BY_PAPER <const> = { "条制”", "证制”", "票制”", "卡制”", "码制”" }
local ACTS <const> = { "严格实行", "严格执行", "实行", "执行", "推行", "采用" }
local KINDS <const> = { paragraph = true, list = true }
local function by_scheme(doc, out, seen)
  if not doc:has_any(BY_PAPER) then return end
  for _, word in ipairs(BY_PAPER) do
    for at, b in doc:each(word, KINDS) do
      local open
      for p = at - 3, math.max(b.si, at - 15), -3 do
        if doc.shown:sub(p, p + 2) == "“" then open = p break end
      end
      for _, act in ipairs(open and ACTS or {}) do
        if doc.shown:sub(open - #act, open - 1) == act then
          local name = doc.shown:sub(open + 3, at + 2)
          if not seen[name] then
            seen[name] = true
            out[#out + 1] = { type = "permit", name = name, at = { open - #act, at + #word - 1 },
                              spans = { name = { open + 3, at + 2 } } }
          end
          break
        end
      end
    end
  end
end

-- Papers by their colour alone, without 《》:
--   出入证分红、蓝两色:红证给住户,蓝证给访客     a name before, then the colours
--   凭黄色乘车证上车   绿色许可证限三级以下使用      a colour, then the name
-- What a paper is good for must be said: 持, 凭, 限, 给, 有效, 换.
local GOOD_FOR <const> = { "有效", "限", "给", "换", "用", "凭", "持", "准", "可", "须", "入", "优先", "免" }
local LONGEST <const> = 6 * 3 -- bytes of a name
local SPLIT_BY <const> = { "证分", "卡分", "证为", "卡为" }

-- The name of the papers told apart by colour before position at, or nil.
local function name_before(doc, b, at)
  for _, word in ipairs(SPLIT_BY) do
    local p = b.si
    while true do
      local q = doc:find(word, p)
      if not q or q >= at then break end
      local k = doc:token_at(q)
      local from = k
      while from > 1 and k - from < 3 and (doc.tags[from - 1] == "n" or doc.tags[from - 1] == "v"
        or doc.tags[from - 1] == "vn") do from = from - 1 end
      local i = doc:span(from)
      if i < q and i >= b.si then return i, q + 2 end
      p = q + #word
    end
  end
end

-- The paper whose colour stands at p: where its name begins and ends, whether 色 is left out; or nil.
local function coloured_name(s, p, stop)
  local from = s:sub(p + 3, p + 5) == "色" and p + 6 or p + 3
  local first = from
  if from == p + 6 and s:sub(from, from + 2) == "“" then first = from + 3 end
  local near = math.min(stop, first + LONGEST)
  for q = first, near - 2, 3 do
    local c = s:sub(q, q + 2)
    if c == "证" or c == "卡" or c == "牌" then
      if q == first and from == p + 6 then return nil end
      return first, q + 2, from == p + 3
    end
    if not c:find "^[\xE3-\xE9]" or c == "的" or c == "、" or c == "和" then return nil end
  end
end

local CLAUSE <const> = { ",", "。", ";", ":", "!", "?", "\n" }
local BEFORE <const> = { "凭", "持", "发", "领", "办", "“", "持有", "领取", "办理", "出示", "佩戴" }
-- Does what stands around the name say that it is a paper?
local function is_used(s, p, j, stop, edge)
  local before, behind = s:sub(math.max(1, p - 6), p - 1), s:sub(j + 1, stop)
  local held = text.ends(before, BEFORE)
  return (held or edge) and (text.has(behind, GOOD_FOR) or held and terms.count(behind) ~= nil)
end

-- The end of what is said of a paper: 。 ; or the end of the block, no further than two clauses
-- and those with its terms; nil where its clause does not end within reach.
local FARTHEST <const> = 900 -- bytes
local function said_to(doc, b, j)
  local stop = text.first(doc.shown, CLAUSE, j + 1, j + FARTHEST)
  if not stop and j + FARTHEST < b.sj then return nil end
  local last = math.min(b.sj, stop and stop - 1 or b.sj)
  if doc.shown:sub(last + 1, last + 1) == "," then last = math.min(b.sj, text.clause(doc.shown, last + 2)) end
  return terms.behind(doc, last, b.sj)
end

-- Where the clause begins that tells who holds the paper whose colour stands at p.
local MOST_BEFORE <const> = 10 * 3
local function held_from(doc, p)
  local c = clauses.at(doc, p)
  return c and p - c.i <= MOST_BEFORE and doc.shown:sub(p - 3, p - 1) ~= "“" and c.i or p
end

local function known(out, i, j)
  for _, f in ipairs(out) do
    if f.at[1] <= j and i <= f.at[2] then return true end
  end
  return false
end

-- Beside papers with titles those alone that 色 tells to have a colour.
local function by_colour(doc, out)
  if not doc:has_any(COLOURS) then return end
  local titled = #out > 0
  for colour in vocabulary.each(COLOURS) do
    for at, b in doc:each(colour, KINDS) do
      local s = doc.shown
      local i, j, short = coloured_name(s, at, b.sj)
      local stop = i and said_to(doc, b, j)
      local edge = text.edge(s, at - 1)
      local said = stop and (not short or edge and not titled) and is_used(s, at, j, stop, edge)
      if said and not known(out, at, j) then
        local ni, nj = i, j
        if short then ni, nj = name_before(doc, b, at) end
        if ni then
          out[#out + 1] = { type = "permit", name = s:sub(ni, nj), colour = colour,
            value = terms.count(s:sub(j + 1, stop)), at = { held_from(doc, at), stop },
            spans = { name = { ni, nj }, colour = { at, at + 2 } } }
        end
      end
    end
  end
end

-- What every paper named has: the end of its name, or its scheme.
local NEEDS <const> = { "证》", "卡》", "证明》", "许可》", "牌》", "票》", "券》", "码》", table.unpack(BY_PAPER) }

local CUES <const> = vocabulary.words(COLOURS)
table.move({ "持", "《", "》" }, 1, 3, #CUES + 1, CUES)

-- or a paper at all
local ANY <const> = { "证", "卡", "牌", "票", "券", "码", "许可", table.unpack(NEEDS) }

local function scan(doc, facts)
  local out, seen = {}, {}
  for _, b in ipairs(doc:find("《", 1) and doc.blocks or {}) do
    local p = b.kind ~= "boilerplate" and b.si or nil
    while p do
      local open = doc:find("《", p)
      local close = open and doc:find("》", open)
      if not close or close > b.sj then break end
      p = close + 3
      local name = doc.shown:sub(open + 3, close - 1)
      if is_paper(name) and not seen[name] then
        seen[name] = true
        for _, f in ipairs(permits_of(doc, b, open + 3, close - 1, facts or {})) do out[#out + 1] = f end
      end
    end
  end
  by_scheme(doc, out, seen)
  by_colour(doc, out)
  return out
end

return {
  rule {
    "permit.paper",
    description = "a permit with its colours and lunar days: 《通行证》, 持红证可农历一四七入场",
    scan = scan, needs = ANY, cues = CUES,
    examples = {
      ["发放《甲镇通行证》各3万张(持红证可农历一四七入场,持黄证可农历二五八入场)。"] = { colour = "黄", valid = "2 5 8" },
      ["持《园区卡》入园,持黄卡可周六、周日入园,持白卡可周一至周四入园。"] = { colour = "白", valid = "1 2 3 4" },
      ["发放《丁区出入证》。绿证:限行人,当日有效;红证:限车辆,长期有效。"] = { colour = "红", name = "丁区出入证" },
      ["凭黄色乘船证上船,一月有效。"] = { colour = "黄", name = "乘船证" },
      ["摊位证分红、白两色:红证给本地户,一年一换;白证给外来户。"] = { colour = "白", name = "摊位证" },
      ["出门严格实行“票制”。"] = { name = "票" },
      ["向住户发放《丙区出入证》,严格一户一证。"] = { holder = "住户", each = "一户一证" },
      ["每户一张《乙村出入证》。"] = { name = "乙村出入证" },
    },
    counterexamples = { "发放白色保证书。", "绿色通道方便群众。", "红色卡车停在路边。", "学习《论语》。", "实行“轮流制”。" },
  },
}
