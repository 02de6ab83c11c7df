-- Does the number in a name agree with what is listed?
--
--   count    “三查”, but four things listed      gap   days that no permit covers
local check = require "textmill.rules.zh.check"
local cues = require "textmill.cues"
local by_type = require "textmill.rules.zh.by_type"
local clauses = require "textmill.rules.zh.clauses"
local counted = require "textmill.rules.zh.counted"
local lists = require "textmill.rules.zh.lists"
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"

local set = vocabulary.set

local counts = {}

-- Are the members some of the numbered headings, but not all?
local function among_headings(facts, f)
  local headings = {}
  local n = 0
  for _, h in ipairs(by_type.of(facts, "section")) do
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

-- 盯住三件事:一是...: a list that another number than the name's announces.
local ANNOUNCED <const> = { "件事", "个方面", "项工作", "方面", "项任务", "项措施", "个环节", "点", "句话", "个问题", "件事情", "项重点" }
local function announced(doc, it)
  local si = doc:to_shown(it.i, it.j)
  local before = doc.shown:sub(math.max(1, si - 24), si - 1)
  return before:sub(-1) == ":" and text.ends(before:sub(1, -2), ANNOUNCED)
end

-- Items of a 一是 list that stand behind the fact in its block.
local function items_behind(doc, facts, f)
  local b = doc:block_at(f.i)
  local n = 0
  for _, it in ipairs(by_type.of(facts, "section")) do
    if b and it.type == "section" and it.subtype == "item" and it.i > f.j and it.i <= b.j then
      if it.n ~= n + 1 or n == 0 and announced(doc, it) then break end
      n = n + 1
    end
  end
  return n
end

-- 两保一争: the numerals of the name together, and how many; 三抓三保 may be three pairs.
local function numerals_of(name)
  local sum, n, last = 0, 0, nil
  for _, c in utf8.codes(name) do
    local v = vocabulary.numerals[utf8.char(c)]
    if v and v == last then return 0, 0 end
    if v then sum, n, last = sum + v, n + 1, v end
  end
  return sum, n
end

local POINT <const>, JOINED <const> = { "、" }, { "、", "和", "及", "以及" }
cues.add(POINT)
local UNITS <const> = set "个 支 项 类 家 所 座 条 处 种"
local MOST <const> = 12 -- of things listed before their count
local SUMS <const> = { "一共", "总共", "共计", "共" }

-- Where the list ends that stands right before a count; is it all that there is:
-- A组、B组共2个组, A组、B组2个组; not A组、B组等2个组.
local function list_end(s, j)
  for _, w in ipairs(SUMS) do
    if s:sub(j - #w + 1, j) == w then return j - #w end
  end
  return j
end

-- The items of the clause that ends at shown byte j, if all but the first, which has
-- the verb, end with the same character.
local function items_of_kind(doc, c, j, kind, marks)
  local items = lists.split_at(doc.shown, c.i, j, marks)
  for k, it in ipairs(items) do
    if it.text:sub(-3) ~= kind or k > 1 and #it.text < 6 then return nil end
  end
  return #items
end

-- What may be a list right before a number at bytes si to sj: its clause and the last byte of
-- the list, where two points at least stand there.
local function list_before(doc, si, sj)
  local c = clauses.at(doc, si, sj)
  if not c or si <= c.i then return nil end
  local j = list_end(doc.shown, si - 1)
  local point = doc:find("、", c.i)
  local second = point and point < j and doc:find("、", point + 3)
  if second and second < j then return c, j end
end

-- 甲组、乙组、丙组共5个工作组: what is listed beside the number it is said to be.
local function listed(doc, f, c, j)
  local kind = f.item:sub(-3)
  if kind == "奖" or doc.shown:sub(c.i, j):find "%d" then return nil end
  local points = items_of_kind(doc, c, j, kind, POINT)
  if not points or points < 3 or points > MOST or points == f.value then return nil end
  if items_of_kind(doc, c, j, kind, JOINED) ~= f.value then return points, { doc:to_clean(c.i, j) } end
end

-- 甲、乙、丙4个村: names without their kind right before the count of it. 甲镇、乙镇8个村 are
-- the villages of others.
local KINDS <const> = { "村", "社区", "镇", "乡", "街道", "县", "区", "组", "村小", "小学", "学校", "站", "部门", "单位", "行政村",
  "自然村", "村民组" }
local OWN <const> = { "村", "镇", "乡", "县", "市", "区", "组", "街", "道", "省", "户", "人", "岸", "侧", "期" }
local JOINING <const> = { "和", "与", "及", "等", "的", "了" }
local SHORT <const>, NAMED_MOST <const> = 2, 4 -- characters of such a name

local function names_before(doc, f, si, c, j)
  local some = (f.unit == "个" or f.unit == "所") and text.ends(f.item, KINDS)
  if not some or doc.shown:sub(si - 3, si - 1) == "、" then return nil end
  local items = lists.split_at(doc.shown, c.i, j, POINT)
  for k, it in ipairs(items) do
    local n = utf8.len(it.text) or 0
    local acts = k > 1 and doc.tags[doc:token_at(it.i)] == "v"
    local named = not acts and n >= SHORT and (k == 1 or n <= NAMED_MOST) and not text.ends(it.text, OWN)
    if not named or it.text:find "%d" or text.has(it.text, JOINING) then return nil end
  end
  if #items >= 3 and #items <= MOST and #items ~= f.value then return #items, { doc:to_clean(c.i, j) } end
end

-- Does the fact say how many things of a kind there are, more than one?
local function counts_things(f)
  return f.item and f.value and f.value > 1 and not f.approx and not f.max and UNITS[f.unit or ""]
    and f.mentions[1].captures.value
end

local function listed_counts(doc, facts, out)
  if not doc:find("、", 1) then return end
  local of = counted.of(doc, facts)
  for k, f in ipairs(of.list) do
    local c, j, second = nil, nil, of.second[k]
    local may_follow = second > 0 and second < of.vi[k] and counts_things(f)
    if may_follow then c, j = list_before(doc, of.vi[k], of.vj[k]) end
    if c then
      local n, span = listed(doc, f, c, j)
      if not n then n, span = names_before(doc, f, of.vi[k], c, j) end
      if n then
        out[#out + 1] = check.fact(doc, "count", { check.span(f), span },
          { name = f.item, declared = f.value, found = n })
      end
    end
  end
end

-- More than one or two apart, what was found is not the list; 十六字诀 counts characters.
local MOST_APART <const>, MANY <const> = 1, 8
local NO_LIST <const> = { "字", "个月", "月", "年", "天", "位一体" }
local function disagrees(f)
  local apart = math.abs(f.found - f.count)
  for _, w in ipairs(NO_LIST) do
    if f.name:find(w, 1, true) then return false end
  end
  return apart > 0 and apart <= (f.count >= MANY and 2 or MOST_APART)
end

function counts.count(doc, facts, out)
  listed_counts(doc, facts, out)
  for _, f in ipairs(by_type.of(facts, "scheme")) do
    if f.type == "scheme" and f.found and f.found > 0 then
      if f.count and disagrees(f) then
        out[#out + 1] = check.fact(doc, "count", { check.name_span(doc, f) },
          { name = f.name, declared = f.count, found = f.found })
      else
        local n = f.count and f.count > 1 and among_headings(facts, f)
        if n then
          out[#out + 1] = check.fact(doc, "count", { check.name_span(doc, f) },
            { name = f.name, declared = f.count, found = n, status = "resolved" })
        end
      end
    elseif f.type == "scheme" and not f.soft then
      local sum, many = numerals_of(f.name)
      local n = many > 1 and items_behind(doc, facts, f) or 0
      if n >= 2 and n ~= sum then
        out[#out + 1] = check.fact(doc, "count", { check.name_span(doc, f) }, { name = f.name, declared = sum,
          found = n })
      end
    end
  end
end

-- ---- days no permit covers: of a week, working days --------------------------

local WHOLE <const> = { lunar = 10, weekly = 7 }

function counts.gap(doc, facts, out)
  local by, order = {}, {}
  for _, f in ipairs(by_type.of(facts, "permit")) do
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
      for k, f in ipairs(list) do spans[k] = check.span(f) end
      out[#out + 1] = check.fact(doc, "gap", spans, { name = list[1].name, days = missing,
        calendar = list[1].calendar })
    end
  end
end

return counts
