-- What can only be said over all facts of a document: repeated facts become
-- one with several mentions, counts get their place, names are completed.

local checks = require "textmill.rules.zh.checks"
local by_type = require "textmill.rules.zh.by_type"
local counted = require "textmill.rules.zh.counted"
local resolve = require "textmill.rules.zh.resolve"
local quantity_place = require "textmill.rules.zh.quantity_place"
local vocabulary = require "textmill.rules.zh.vocabulary"

local function mention_of(f)
  return f.mentions[1]
end

-- `known` holds the spans of first's mentions, made when a second fact comes.
local function add_mentions(first, f, known)
  for _, m in ipairs(f.mentions) do
    local span = m.i << 32 | m.j
    if not known[span] then
      known[span] = true
      first.mentions[#first.mentions + 1] = m
    end
  end
end

-- The facts that are not in the set.
local function without(facts, dropped)
  if not next(dropped) then return facts end
  local out = {}
  for _, f in ipairs(facts) do
    if not dropped[f] then out[#out + 1] = f end
  end
  return out
end

-- People, places, organisations, times and counts that say what one before them says (csrc/lua/
-- l_docview_repeated.c) become mentions of that.
local function merge(doc, facts)
  local repeated, known, dropped = doc.view:repeated(facts), {}, {}
  for p = 1, repeated and #repeated or 0, 2 do
    local f, first = facts[repeated[p]], facts[repeated[p + 1]]
    if f ~= first then
      if not known[first] then
        known[first] = {}
        for _, m in ipairs(first.mentions) do known[first][m.i << 32 | m.j] = true end
      end
      add_mentions(first, f, known[first])
      if not first.role and f.role then first.role, first.role_from = f.role, f.i end
      first.code = first.code or f.code
      dropped[f] = true
    end
  end
  return without(facts, dropped)
end

-- 王[金华], 陈[玉林]: the given name of somebody is no city. Where the name stands once as a
-- person's, it is that wherever it stands.
local SURNAME_BYTES <const> = { 3, 6 }
local function without_given_names(doc, facts)
  local people, inside = {}, {} -- inside: bytes of names of people but the last
  for _, f in ipairs(by_type.of(facts, "person")) do
    people[f.name] = true
    local span = f.mentions[1].captures.name
    for p = span and span[1] or 1, span and span[2] - 1 or 0 do inside[p] = true end
  end
  if not next(people) then return facts end
  local function given(f)
    local i, j = doc:to_shown(f.i, f.j)
    if people[f.name:sub(1, -4)] then return true end -- 方小云镇|长
    if inside[f.i - 1] and inside[f.i] then return true end -- 周|学伟率县
    for _, bytes in ipairs(SURNAME_BYTES) do
      if i > bytes and people[doc.shown:sub(i - bytes, j)] then return true end
    end
    return false
  end
  local given_names = {}
  for _, f in ipairs(by_type.of(facts, "place")) do
    if given(f) then given_names[f] = true end
  end
  return without(facts, given_names)
end

-- 老罗: nobody else where a full name of that surname is told; 周医生: where somebody of that
-- surname is told to be one.
local function without_familiar(facts)
  local roles, any = {}, false -- surname -> what those are who have it
  for _, f in ipairs(by_type.of(facts, "person")) do
    if f.familiar or f.addressed then any = true end
    local full, surname = not (f.familiar or f.addressed), f.name:sub(1, 3)
    if full then roles[surname] = (roles[surname] or "") .. (f.role or "") .. "\n" end
  end
  if not any then return facts end
  local out = {}
  for _, f in ipairs(facts) do
    local known = f.familiar and roles[f.name:sub(4)]
      or f.addressed and (roles[f.name:sub(1, 3)] or ""):find(f.addressed .. "\n", 1, true)
    if not known then out[#out + 1] = f end
  end
  return out
end

-- A day that is part of a clock (7月7日凌晨3时) or of 截至7月12日 is told by that: it has
-- the day, and the fact of the day alone goes.
local STRETCH <const> = 64 -- bytes

-- The holders by the stretches of the text that they touch.
local function by_stretch(holders)
  local by = {}
  for _, h in ipairs(holders) do
    for n = h.i // STRETCH, h.j // STRETCH do
      by[n] = by[n] or {}
      table.insert(by[n], h)
    end
  end
  return by
end

local NONE <const> = {}
local function inside(m, by)
  for _, h in ipairs(by[m.i // STRETCH] or NONE) do
    if h.i <= m.i and h.j >= m.j and h.j - h.i > m.j - m.i then return h end
  end
end

local HOLDING <const> = { clock = true, asof = true }
local function hand_day(holder, day, words, source)
  holder.day, holder.day_text, holder.source = day, words, source
  if holder.subtype == "asof" then holder.value = holder.value or day end
end

local function fold_days(facts)
  local holders, clocks, out = {}, {}, {}
  for _, f in ipairs(facts) do
    if f.type == "time" and HOLDING[f.subtype] then holders[#holders + 1] = f end
  end
  if #holders == 0 then return facts end
  local by = by_stretch(holders)
  for _, f in ipairs(facts) do
    local kept = f
    if f.type == "time" and (not f.subtype or f.subtype == "clock") then
      local rest, holder = {}, nil
      for _, m in ipairs(f.mentions) do
        local h = inside(m, by)
        if h and h ~= f then holder = h else rest[#rest + 1] = m end
      end
      if holder then
        if f.subtype then clocks[#clocks + 1] = { f, holder } -- 截至7月12日18时
        else hand_day(holder, f.value, f.text, f.source) end
        if #rest == 0 then kept = nil else f.mentions = rest end
      end
    end
    out[#out + 1] = kept
  end
  for _, c in ipairs(clocks) do
    if c[1].day and not c[2].day then hand_day(c[2], c[1].day, c[1].day_text, c[1].source) end
  end
  return out
end

-- 7月7日凌晨3时: the clock says of which day it is.
local function date_clocks(facts)
  local days = {}
  for _, f in ipairs(by_type.of(facts, "time")) do
    if f.type == "time" and not f.subtype then days[f.i] = f end
  end
  for _, f in ipairs(by_type.of(facts, "time")) do
    local day = f.type == "time" and f.subtype == "clock" and days[f.i]
    if day and day.j < f.j and f.value:sub(1, 1) == "T" then f.value = day.value .. f.value end
  end
end

-- The place a fact belongs to is the home of its article; of a quantity the one that is said
-- nearest (quantity_place).
local PLACED <const> = vocabulary.set "quantity scheme permit rule event organisation step"
local function inherit_places(doc, facts)
  local places = by_type.of(facts, "place")
  if #places == 0 then return end
  local homes, mentions = {}, quantity_place.mentions(doc, places)
  local counts, count = counted.of(doc, facts), 0
  for _, f in ipairs(facts) do
    local type = f.type
    if type == "quantity" then count = count + 1 end
    if PLACED[type] then
      local article, n = doc:article_at(f.i)
      if article and homes[n] == nil then homes[n] = quantity_place.home(doc, article, mentions) or false end
      local home, said = homes[n], f.place
      if home then
        f.place, f.place_code, f.place_how = home.name, home.code, "article"
      end
      local near, place = said, nil
      if not said and type == "quantity" then
        near, place = quantity_place.of(doc, counts, count, mentions, home or nil)
      end
      if near then
        f.place, f.place_code, f.place_how = near, place and place.code or nil, "sentence"
      end
    end
  end
end

-- The short form of a town named in full: 青石镇 ... 青石. It is one more mention of that. Only
-- where it stands free, once.
local SHORTENED <const> = vocabulary.set "镇 乡 县 市 村"
local MOST_SEARCHED <const> = 100

-- The first names in the document's order: each costs a walk over the text.
local function searched(full)
  local list = {}
  for name in pairs(full) do list[#list + 1] = name end
  table.sort(list, function(a, b)
    if full[a].i ~= full[b].i then return full[a].i < full[b].i end
    return a < b
  end)
  return table.move(list, 1, math.min(#list, MOST_SEARCHED), 1, {})
end

-- The mentions of all places in order.
local function spans_of(facts)
  local spans = {}
  for _, f in ipairs(by_type.of(facts, "place")) do
    for _, m in ipairs(f.type == "place" and f.mentions or {}) do spans[#spans + 1] = m end
  end
  table.sort(spans, function(a, b) return a.i < b.i end)
  return spans
end

-- May the name be shortened: 青石镇, but 清水河镇 not?
-- the bytes of the stem, or nil
local PEOPLES <const> = "族自治县"
local function has_stem(name)
  if name:sub(-#PEOPLES) == PEOPLES and utf8.len(name) > 6 then return 2 * 3 end -- 隆林各族自治县
  return SHORTENED[name:sub(-3)] and utf8.len(name, 1, -4) == 2 and #name - 3 or nil
end

-- 矾|山, 隆林/ns: words that mean nothing but a name.
local NAMELY <const> = vocabulary.set "ns nr nz g x"
local PART <const> = vocabulary.set "n g ns nr nz x"
local function named_only(doc, a, b)
  if a == b then return NAMELY[doc:tag(a)] end
  local p, q = doc:tag(a), doc:tag(b)
  return b == a + 1 and (NAMELY[p] or NAMELY[q]) and PART[p] and PART[q]
end

-- Does the short name at shown bytes i to j stand free: whole tokens, before 的 or a mark, or
-- such that name nothing else?
local BEHIND <const> = vocabulary.set "“ 的 、 。"
local function is_free(doc, i, j)
  local s, a, b = doc.shown, doc:token_at(i), doc:token_at(j)
  local _, tj = doc:span(b)
  if tj ~= j or doc:span(a) ~= i then return false end
  return BEHIND[s:sub(j + 1, j + 3)] or s:find("^[%p%s]", j + 1) or named_only(doc, a, b)
end

local function short_forms(doc, facts)
  local full, any = {}, false
  for _, f in ipairs(by_type.of(facts, "place")) do
    if f.type == "place" then
      full[f.name] = f
      any = any or has_stem(f.name) ~= nil
    end
  end
  if not any then return end
  local spans -- of all mentions, at the first need
  local function covered(i, j)
    spans = spans or spans_of(facts)
    local lo, hi = 1, #spans
    while lo < hi do
      local mid = (lo + hi + 1) // 2
      if spans[mid].i <= j then lo = mid else hi = mid - 1 end
    end
    return spans[lo] and spans[lo].i <= j and spans[lo].j >= i
  end
  for _, name in ipairs(searched(full)) do
    local f = full[name]
    local stem = name:sub(1, has_stem(name) or 0)
    if stem ~= "" and not full[stem] then
      local p = 1
      while true do
        local at = doc:find(stem, p)
        if not at then break end
        p = at + #stem
        local j = at + #stem - 1
        local b = is_free(doc, at, j) and doc:shown_block(at)
        local ci, cj = nil, nil
        if b and (b.kind == "paragraph" or b.kind == "caption") then ci, cj = doc:to_clean(at, j) end
        if ci and not covered(ci, cj) then
          table.insert(f.mentions, { i = ci, j = cj, how = "short", quote = doc:display(ci, cj),
            rule = f.rule, version = mention_of(f).version, captures = { name = { ci, cj } } })
          break
        end
      end
    end
  end
end

-- The team that holds the quantity f; teams are sorted.
local function team_of(teams, f)
  if f.type ~= "quantity" then return nil end
  local lo, hi = 1, #teams
  while lo < hi do
    local mid = (lo + hi + 1) // 2
    if teams[mid].i <= f.i then lo = mid else hi = mid - 1 end
  end
  local team = teams[lo]
  return f.i >= team.i and f.j <= team.j and team or nil
end

-- 由一名医生、一名护士、一名司机: its ones are the members of the team, no counts of
-- the report; but 1名民警、2名教师为一组 counts them.
local function team_members(facts)
  local teams, many, out = {}, {}, {}
  for _, f in ipairs(by_type.of(facts, "organisation")) do
    if f.type == "organisation" and f.subtype == "team" then teams[#teams + 1] = f end
  end
  if #teams == 0 then return facts end
  table.sort(teams, function(a, b) return a.i < b.i end)
  for _, f in ipairs(by_type.of(facts, "quantity")) do
    local team = f.value ~= 1 and team_of(teams, f)
    if team then many[team] = true end
  end
  for _, f in ipairs(facts) do
    local team = f.value == 1 and team_of(teams, f)
    if team and not many[team] then
      team.members = team.members or {}
      table.insert(team.members, f.item)
    else
      out[#out + 1] = f
    end
  end
  return out
end

-- 指挥部 behind 乡森林消防指挥部: the short name of a body that was named in full before.
local SHORT_FORMS <const> = 2 -- characters at least that the full name has more
local FORMED <const> = vocabulary.set "队 组 部 办 班"
local TAIL <const> = 2 * 3 -- bytes at the end of a name by which full ones are looked up

-- The last of the full names that f is short for, or nil; list: those that may be.
local function in_full(f, list)
  for k = #list, 1, -1 do
    local o = list[k]
    if #o.name - #f.name >= SHORT_FORMS * 3 and o.i < f.i and o.name:sub(-#f.name) == f.name then return o end
  end
end

local function short_names(facts)
  local full, by_tail, short = {}, {}, {}
  for _, f in ipairs(by_type.of(facts, "organisation")) do
    if not f.subtype and FORMED[f.name:sub(-3)] then
      local tail = f.name:sub(-TAIL)
      local list = by_tail[tail]
      if not list then
        list = {}
        by_tail[tail] = list
      end
      local first = in_full(f, #f.name < TAIL and full or list)
      if first then
        add_mentions(first, f, {})
        short[f] = true
      else
        full[#full + 1], list[#list + 1] = f, f
      end
    end
  end
  return without(facts, short)
end

return function(doc, facts)
  facts = short_names(merge(doc, team_members(without_familiar(without_given_names(doc, facts)))))
  resolve.run(doc, facts)
  short_forms(doc, facts)
  date_clocks(facts)
  facts = fold_days(facts)
  inherit_places(doc, facts)
  checks.run(doc, facts)
  return facts
end
