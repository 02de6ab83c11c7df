-- What a text says against itself, as facts of type check. Each cites all the
-- places it compares. Only what the text itself decides: no gazetteer, nothing
-- that needs knowledge of the matter.
--
--   count      “三查”, but four things listed      naming   two names for one thing
--   number     two numbers for one thing           duplicate  the same said twice
--   gap        days that no permit covers          unit     certificates counted in persons
--   wording    a list said again in other words    typo, format   slips of the pen
--
-- `name` is what the check is about, `other` the second reading, if any.

local clauses = require "textmill.rules.zh.clauses"
local lists = require "textmill.rules.zh.lists"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local checks = {}

-- A check over clean spans { {i, j}, ... }, the first is where it is reported.
local function check(doc, subtype, spans, fields)
  local f = { type = "check", subtype = subtype, status = fields.status or "disputed", mentions = {},
              rule = "zh.report/check." .. subtype }
  for key, v in pairs(fields) do f[key] = v end
  for k, s in ipairs(spans) do
    f.mentions[k] = { i = s[1], j = s[2], quote = doc:display(s[1], s[2]), rule = f.rule,
                      captures = { [k == 1 and "name" or "other"] = { s[1], s[2] } } }
  end
  f.i, f.j, f.quote = spans[1][1], spans[1][2], f.mentions[1].quote
  return f
end

local function span_of(f) return { f.i, f.j } end

-- The name of a scheme alone, with its quotation marks.
local function name_span(doc, f)
  local c = f.mentions[1].captures.name
  local si, sj = doc:to_shown(c[1], c[2])
  if doc.shown:sub(si - 3, si - 1) == "“" and doc.shown:sub(sj + 1, sj + 3) == "”" then si, sj = si - 3,
    sj + 3 end
  return { doc:to_clean(si, sj) }
end

-- The clause that holds clean span i..j.
local function clause_around(doc, i, j) return clauses.at(doc, doc:to_shown(i, j)) end

-- ---- counts ---------------------------------------------------------------------

-- Are the members some of the numbered headings, but not all?
local function among_headings(facts, f)
  local headings = {}
  local n = 0
  for _, h in ipairs(facts) do
    if h.type == "section" and not h.subtype and h.n then
      n = n + 1
      headings[h.title] = true
    end
  end
  if n <= #f.members then return nil end
  for _, m in ipairs(f.members) do
    if not headings[m] then return nil end
  end
  return n
end

-- Items of a 一是 list that stand behind the fact in its block.
local function items_behind(doc, facts, f)
  local b = doc:block_at(f.i)
  local n = 0
  for _, it in ipairs(facts) do
    if b and it.type == "section" and it.subtype == "item" and it.i > f.j and it.i <= b.j then
      if it.n ~= n + 1 then break end
      n = n + 1
    end
  end
  return n
end

-- 三有一可: the numerals of the name together, and how many; 三抓三保 may be three pairs.
local function numerals_of(name)
  local sum, n, last = 0, 0, nil
  for _, c in utf8.codes(name) do
    local v = vocabulary.numerals[utf8.char(c)]
    if v and v == last then return 0, 0 end
    if v then sum, n, last = sum + v, n + 1, v end
  end
  return sum, n
end

function checks.count(doc, facts, out)
  for _, f in ipairs(facts) do
    if f.type == "scheme" and f.found and f.found > 0 then
      if f.count and f.found ~= f.count then
        out[#out + 1] = check(doc, "count", { name_span(doc, f) },
          { name = f.name, declared = f.count, found = f.found })
      else
        local n = f.count and f.count > 1 and among_headings(facts, f)
        if n then
          out[#out + 1] = check(doc, "count", { name_span(doc, f) },
            { name = f.name, declared = f.count, found = n, status = "resolved" })
        end
      end
    elseif f.type == "scheme" and not f.soft then
      local sum, many = numerals_of(f.name)
      local n = many > 1 and items_behind(doc, facts, f) or 0
      if n >= 2 and n ~= sum then
        out[#out + 1] = check(doc, "count", { name_span(doc, f) }, { name = f.name, declared = sum,
          found = n })
      end
    end
  end
end

-- ---- names ----------------------------------------------------------------------

-- 两张清单 and 两张表格: a scheme's mention under another name.
local function scheme_names(doc, facts, out)
  for _, f in ipairs(facts) do
    if f.type == "scheme" and f.aliases and #f.mentions > 1 then
      for _, m in ipairs(f.mentions) do
        local name = m.captures and m.captures.name
        local said = name and doc:display(name[1], name[2])
        if said and said ~= f.name and not f.name:find(said, 1, true) and not said:find(f.name, 1, true) then
          out[#out + 1] = check(doc, "naming", { { m.i, m.j }, span_of(f) }, { name = said, other = f.name })
          break
        end
      end
    end
  end
end

-- Nouns for places where somebody stands and looks: 卡点, 检测点, 观测站.
local STATIONS <const> = set "点 站 卡 岗 口 所"
local PLACE_UNITS <const> = set "个 处 座"
local LEAST <const> = 8 -- smaller numbers are equal by chance
local MAKING <const> = set "设 设立 设置 新建 建立 增设 新设 开设 布设 设有 另设 建成"

local function is_station(f)
  return f.type == "quantity" and f.item and f.value and f.value >= LEAST and PLACE_UNITS[f.unit or ""]
    and STATIONS[f.item:sub(-3)] and not f.approx
end

local function made(doc, f)
  local si = doc:to_shown(f.i, f.j)
  local k = doc:token_at(si)
  return MAKING[doc:word(k)] or MAKING[doc:word(k - 1)]
end

local function station_names(doc, facts, out)
  local by = {}
  for _, f in ipairs(facts) do
    if is_station(f) then
      local _, article = doc:article_at(f.i)
      local key = ("%d %s %s"):format(article or 0, f.value, f.item:sub(-3))
      local o = by[key]
      if o and not o.item:find(f.item, 1, true) and not f.item:find(o.item, 1, true)
        and not (made(doc, o) and made(doc, f)) then
        out[#out + 1] = check(doc, "naming", { span_of(o), span_of(f) }, { name = o.item, other = f.item,
          value = f.value })
        table.insert(out[#out].mentions, 1, table.remove(out[#out].mentions, 1))
      end
      by[key] = by[key] or f
    end
  end
end

function checks.naming(doc, facts, out)
  scheme_names(doc, facts, out)
  station_names(doc, facts, out)
end

-- ---- numbers ----------------------------------------------------------------------

local TOTAL <const> = { "全镇", "全乡", "全村", "全县", "全市", "全区", "全校", "全市场", "全街道", "全院", "全厂", "全局" }

-- Scope word of the clause before the quantity, or nil: 全镇[共有]卡点12处.
local function total_of(doc, f)
  local c = clause_around(doc, f.i, f.j)
  if not c then return nil end
  local si = doc:to_shown(f.i, f.j)
  local before = doc.shown:sub(c.i, si - 1)
  for _, w in ipairs(TOTAL) do
    local at = before:find(w, 1, true)
    if at and at <= 4 and #before - at - #w < 16 then
      if before:find("新", 1, true) or before:find("累计", 1, true) or before:find("另", 1, true)
        or before:find("增", 1, true)
        or before:find("减", 1, true) then return nil end
      return w, c
    end
  end
end

local function totals(doc, facts, out)
  local by = {}
  for _, f in ipairs(facts) do
    if f.type == "quantity" and f.item and f.value and not f.approx and not f.max then
      local scope, c = total_of(doc, f)
      if scope then
        local _, article = doc:article_at(f.i)
        local key = table.concat({ article or 0, scope, f.item, f.unit or "" }, "\0")
        local o = by[key]
        if o and o[1].value ~= f.value then
          out[#out + 1] = check(doc, "number", { { doc:to_clean(o[2].i, o[2].j) }, { doc:to_clean(c.i,
            c.j) } },
            { name = f.item, value = o[1].value, other = f.value, unit = f.unit })
        end
        by[key] = o or { f, c }
      end
    end
  end
end

-- 共计90人,其中A 60人,B 48人: parts of one total in one sentence.
local function parts(doc, facts, out)
  local sorted = {}
  for _, f in ipairs(facts) do
    if f.type == "quantity" and f.value and not f.approx then sorted[#sorted + 1] = f end
  end
  table.sort(sorted, function(a, b) return a.i < b.i end)
  for at, b in doc:each("其中", { paragraph = true, list = true }) do
    local stop = doc.shown:find("。", at, true) or b.sj
    local ci, cj = doc:to_clean(at, math.min(stop, b.sj))
    local total
    for k = #sorted, 1, -1 do
      local f = sorted[k]
      if f.i < ci then
        total = f
        for h = k - 1, math.max(1, k - 3), -1 do
          local o = sorted[h]
          local si, sj = doc:to_shown(o.i, o.j)
          if doc.shown:sub(si - 12, sj):find "共" and not doc.shown:sub(sj, at):find "。" then total = o end
        end
        break
      end
    end
    local sum, n, last = 0, 0, nil
    for _, f in ipairs(sorted) do
      if total and f.i > ci and f.j <= cj and f.unit == total.unit then sum, n, last = sum + f.value,
        n + 1, f end
    end
    local start = total and doc:to_shown(total.i, total.j)
    if n >= 2 and start and at - start < 200 and start >= b.si and sum > total.value then
      local c = clause_around(doc, total.i, total.j)
      local i = c and doc:to_clean(c.i, c.j) or total.i
      out[#out + 1] = check(doc, "number", { { i, last.j }, span_of(last) },
        { name = total.item, value = total.value, other = sum, unit = total.unit })
    end
  end
end

function checks.number(doc, facts, out)
  totals(doc, facts, out)
  parts(doc, facts, out)
end

-- ---- said twice -----------------------------------------------------------------

local LEAST_BYTES <const> = 60
local REPEATED <const> = set "paragraph abstract list"

local function blocks_twice(doc, out)
  local seen = {}
  for _, b in ipairs(doc.blocks) do
    if REPEATED[b.kind] and b.sj - b.si >= LEAST_BYTES then
      local s = doc.shown:sub(b.si, b.sj):gsub("^摘要:", "")
      local first = seen[s]
      if first then
        out[#out + 1] = check(doc, "duplicate", { { first.i, first.j }, { b.i, b.j } }, { name = first.kind })
      end
      seen[s] = first or b
    end
  end
end

local LABELS <const> = { editor = { "责任编辑", "编辑", "责编" }, author = { "作者", "记者" } }

-- 责任编辑:X at the head and at the foot.
local function credits_twice(doc, out)
  for _, m in ipairs(doc.meta) do
    for _, label in ipairs(m.i and LABELS[m.key] or {}) do
      local line = label .. ":" .. m.value
      local i, j = doc.shown:find(line, 1, true)
      local i2, j2 = doc.shown:find(line, (j or #doc.shown) + 1, true)
      if i2 then
        out[#out + 1] = check(doc, "duplicate", { { doc:to_clean(i, j) }, { doc:to_clean(i2, j2) } },
          { name = line })
        break
      end
    end
  end
end

function checks.duplicate(doc, _, out)
  blocks_twice(doc, out)
  credits_twice(doc, out)
end

-- ---- days no permit covers: of a week, working days ------------------------------------

local WHOLE <const> = { lunar = 10, weekly = 7 }

function checks.gap(doc, facts, out)
  local by, order = {}, {}
  for _, f in ipairs(facts) do
    if f.type == "permit" and f.days and WHOLE[f.calendar] then
      local key = f.name .. "\0" .. f.calendar
      if not by[key] then
        by[key] = {}
        order[#order + 1] = key
      end
      table.insert(by[key], f)
    end
  end
  for _, key in ipairs(order) do
    local list, covered, missing = by[key], {}, {}
    local n = WHOLE[list[1].calendar]
    for _, f in ipairs(list) do
      for _, d in ipairs(f.days) do covered[d % n] = true end
    end
    for d = 1, n do
      if not covered[d % n] then missing[#missing + 1] = d % 10 end
    end
    local weekend = list[1].calendar == "weekly" and missing[1] == 6
    if #list >= 2 and #missing > 0 and not weekend and #missing <= n // 3 then
      local spans = {}
      for k, f in ipairs(list) do spans[k] = span_of(f) end
      out[#out + 1] = check(doc, "gap", spans, { name = list[1].name, days = missing,
        calendar = list[1].calendar })
    end
  end
end

-- ---- units ------------------------------------------------------------------------

local PERSONS <const> = set "人 名 位 户 辆"
local PAPERS <const> = { "证", "材料", "资料", "传单", "手册", "倡议书", "告知书", "宣传册", "明白纸", "通知书", "宣传单" }
local COLLECTIVES <const> = { "班子", "领导班子", "集体" }

local function ends_with(s, words)
  for _, w in ipairs(words) do
    if s:sub(-#w) == w then return true end
  end
  return false
end

function checks.unit(doc, facts, out)
  local last
  for _, f in ipairs(facts) do
    if f.type == "quantity" and f.item and PERSONS[f.unit or ""] then
      local c
      if ends_with(f.item, PAPERS) or (f.unit ~= "户" and f.unit ~= "辆" and ends_with(f.item,
        COLLECTIVES)) then
        c = clause_around(doc, f.i, f.j)
      end
      if c then
        local i, j = doc:to_clean(c.i, c.j)
        if last and last.part == c.part and ends_with(f.item, PAPERS) then -- a list of them is one slip
          local m = out[#out].mentions
          m[#m + 1] = { i = i, j = j, quote = doc:display(i, j), rule = m[1].rule,
                        captures = { other = { i, j } } }
        else
          out[#out + 1] = check(doc, "unit", { { i, j } }, { name = f.item, unit = f.unit })
        end
        last = c
      end
    end
  end
end

-- ---- lists said again ---------------------------------------------------------------

-- Pairs the items of two lists by their last two characters; the first pair that
-- differs, or nil where they are no two wordings of one list.
local function rewording(list, other)
  local used, differs = {}, nil
  for _, a in ipairs(list) do
    local found
    for k, b in ipairs(other) do
      if not used[k] and b.text:find(a.text:sub(-6), 1, true) then
        used[k], found = true, b
        break
      end
    end
    if not found then return nil end
    if not found.text:find(a.text, 1, true) then differs = differs or { a, found } end
  end
  return differs
end

function checks.wording(doc, facts, out)
  for _, f in ipairs(facts) do
    local captures = f.type == "scheme" and f.count and f.count >= 3 and f.found == f.count
      and f.mentions[1].captures
    if captures and captures.member1 then
      local own = {}
      for k, text in ipairs(f.members) do own[k] = { text = text, span = captures["member" .. k] } end
      local last = own[#own]
      local first, tail = last.text:sub(-6), doc:to_shown(last.span[1], last.span[2])
      local p = tail + #last.text
      while last.text and #first == 6 do
        local at = doc.shown:find(first, p, true)
        if not at then break end
        p = at + 6
        local c = clause_around(doc, doc:to_clean(at, at + 5))
        local items = c and lists.split_at(doc.shown, c.i, c.j, { "、" }) or {}
        if #items == #own then
          local pair = rewording(own, items)
          if pair and pair[1].span then
            out[#out + 1] = check(doc, "wording", { pair[1].span, { doc:to_clean(pair[2].i, pair[2].j) } },
              { name = pair[1].text, other = pair[2].text })
            break
          end
        end
      end
    end
  end
end

-- ---- slips of the pen -----------------------------------------------------------------

local DIVISION <const> = set "镇 乡 县 村"

-- 某镇镇成立: the division's noun twice, before a verb.
local function doubled(doc, facts, out)
  for _, f in ipairs(facts) do
    for _, m in ipairs(f.type == "place" and f.mentions or {}) do
      local _, sj = doc:to_shown(m.i, m.j)
      local last = doc.shown:sub(sj - 2, sj)
      if DIVISION[last] and doc.shown:sub(sj + 1, sj + 3) == last then
        local k = doc:token_at(sj + 1)
        if doc:word(k) == last and doc:tag(k + 1) == "v" then
          local _, e = doc:span(k + 1)
          local i, j = doc:to_clean(doc:to_shown(m.i, m.j), e)
          out[#out + 1] = check(doc, "typo", { { i, j } }, { name = last .. last, other = last })
        end
      end
    end
  end
end

local UNTIL <const> = clauses.wait "截止 那里 截止目前"
local UP_TO <const> = { "目前", "现在", "今天", "昨日", "昨天", "今日", "当前", "记者", "发稿" }

-- 截止目前 for 截至目前; 在那里,那里就... for 哪里.
local function misspelt(doc, _, out)
  for k, c in clauses.with(doc, UNTIL) do
    local i, j = doc:span(k)
    if doc.words[k] == "那里" then
      local nxt = k == c.b and doc.words[k - 1] == "在" and clauses.behind(doc, c)
      if nxt and doc.words[nxt.a] == "那里" and doc.shown:sub(nxt.i + 6, nxt.i + 8) == "就" then
        local ci, cj = doc:to_clean(c.i, c.j)
        out[#out + 1] = check(doc, "typo", { { ci, cj } }, { name = "那里", other = "哪里" })
      end
    else
      local rest = doc.shown:sub(i + 6, i + 11)
      for _, w in ipairs(UP_TO) do
        local day = k == c.a and c.mark == "," and doc.shown:find("^%d+月", i + 6)
        if rest == w or day then
          local ci, cj = doc:to_clean(i, math.max(j, i + 5 + #w))
          out[#out + 1] = check(doc, "typo", { { ci, cj } }, { name = "截止", other = "截至" })
          break
        end
      end
    end
  end
end

function checks.typo(doc, facts, out)
  doubled(doc, facts, out)
  misspelt(doc, facts, out)
end

local USUAL <const> = 8 -- numbers without a blank that make one with it a slip

-- One blank between a character and a number, where the others have none.
function checks.format(doc, facts, out)
  local odd, usual
  usual = 0
  for _, f in ipairs(facts) do
    if f.type == "quantity" then
      local si = doc:to_shown(f.i, f.j)
      local c = doc.shown:sub(si, si)
      if c:find "%d" then
        if doc.shown:find("^[\xE4-\xE9][\x80-\xBF][\x80-\xBF] ", si - 4) then
          if odd then return end
          odd = f
        elseif doc.shown:find("^[\xE4-\xE9][\x80-\xBF][\x80-\xBF]", si - 3) then usual = usual + 1 end
      end
    end
  end
  if odd and usual >= USUAL then
    local si, sj = doc:to_shown(odd.i, odd.j)
    local i, j = doc:to_clean(si - 4, sj)
    out[#out + 1] = check(doc, "format", { { i, j } }, { name = "blank" })
  end
end

local ORDER <const> = { "count", "naming", "number", "duplicate", "gap", "unit", "wording", "typo", "format" }

-- checks.run(doc, facts): adds the checks of a document's facts to them
function checks.run(doc, facts)
  local out = {}
  for _, kind in ipairs(ORDER) do checks[kind](doc, facts, out) end
  for _, f in ipairs(out) do facts[#facts + 1] = f end
end

return checks
