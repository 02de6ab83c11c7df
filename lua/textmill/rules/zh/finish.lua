-- What can only be said over all facts of a document: repeated facts become
-- one with several mentions, counts get their place, names are completed.

local checks = require "textmill.rules.zh.checks"
local resolve = require "textmill.rules.zh.resolve"
local quantity_place = require "textmill.rules.zh.quantity_place"
local vocabulary = require "textmill.rules.zh.vocabulary"

local function mention_of(f)
  return f.mentions[1]
end

-- The key under which two facts are the same one; nil: never merged.
local function key(f)
  if f.type == "person" then return "person\0" .. f.name .. (f.office and "\0" .. f.role or "") end
  local whole = (f.type == "place" or f.type == "organisation") and not f.subtype
  if whole then return f.type .. "\0" .. f.name end
  if f.type == "time" then return not f.subtype and "time\0" .. f.value or nil end
  if f.type == "quantity" then
    return "quantity\0" .. (f.item or "") .. "\0" .. (f.value or "") .. "\0" .. (f.max or "") .. "\0"
      .. (f.unit or "") .. "\0" .. (f.place or "")
  end
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

local function merge(facts)
  local by, known, out = {}, {}, {}
  for _, f in ipairs(facts) do
    local k = key(f)
    local first = k and by[k]
    if first then
      if not known[k] then
        known[k] = {}
        for _, m in ipairs(first.mentions) do known[k][m.i << 32 | m.j] = true end
      end
      add_mentions(first, f, known[k])
      if not first.role and f.role then first.role, first.role_from = f.role, f.i end
      first.code = first.code or f.code
    else
      if k then by[k] = f end
      out[#out + 1] = f
    end
  end
  return out
end

-- The place a fact belongs to: the first township or county of its article (its
-- title first); of a quantity the one its sentence names, when it does.
local LEVELS <const> = vocabulary.set "镇 乡 县"
local function home_of(doc, article, places)
  for _, p in ipairs(places) do
    if p.i >= article.i and p.i <= article.j and LEVELS[p.name:sub(-3)]
      and p.name:sub(-3) ~= "县" then return p end
  end
  for _, p in ipairs(places) do
    if p.i >= article.i and p.i <= article.j and p.how ~= "ellipsis" then return p end
  end
  local _ = doc
end

local PLACED <const> = vocabulary.set "quantity scheme permit rule event organisation step"
local function inherit_places(doc, facts)
  local places = {}
  for _, f in ipairs(facts) do
    if f.type == "place" then places[#places + 1] = f end
  end
  table.sort(places, function(a, b) return a.i < b.i end)
  local homes, mentions = {}, nil
  for _, f in ipairs(facts) do
    if PLACED[f.type] then
      local article, n = doc:article_at(f.i)
      if article and homes[n] == nil then homes[n] = home_of(doc, article, places) or false end
      local home = homes[n]
      if home then
        f.place, f.place_code, f.place_how = home.name, home.code, "article"
      end
      local near, place = nil, nil
      if f.type == "quantity" and #places > 0 then
        mentions = mentions or quantity_place.mentions(doc, places)
        near, place = quantity_place.of(doc, f, mentions)
      end
      if near then
        f.place, f.place_code, f.place_how = near, place and place.code or nil, "sentence"
      end
    end
  end
end

-- The short form of a town named in full: 青石镇 ... 青石. Only where it stands
-- free, once.
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

local function short_forms(doc, facts)
  local full, spans = {}, {}
  for _, f in ipairs(facts) do
    if f.type == "place" then
      full[f.name] = f
      for _, m in ipairs(f.mentions) do spans[#spans + 1] = m end
    end
  end
  table.sort(spans, function(a, b) return a.i < b.i end)
  local function covered(i, j)
    local lo, hi = 1, #spans
    while lo < hi do
      local mid = (lo + hi + 1) // 2
      if spans[mid].i <= j then lo = mid else hi = mid - 1 end
    end
    return spans[lo] and spans[lo].i <= j and spans[lo].j >= i
  end
  local added = {}
  for _, name in ipairs(searched(full)) do
    local f = full[name]
    local stem = name:sub(1, -4)
    if SHORTENED[name:sub(-3)] and utf8.len(stem) == 2 and not full[stem] then
      local p = 1
      while true do
        local at = doc.shown:find(stem, p, true)
        if not at then break end
        p = at + #stem
        local j = at + #stem - 1
        local ci, cj = doc:to_clean(at, j)
        local b = doc:shown_block(at)
        local ti = doc:span(doc:token_at(at))
        local _, tj = doc:span(doc:token_at(j))
        local nxt = doc.shown:sub(j + 1, j + 3)
        if b and (b.kind == "paragraph" or b.kind == "caption") and not covered(ci, cj) and ti == at
          and tj == j
           and (nxt == "“" or nxt == "的" or nxt:find "^[%p%s]" or nxt == "、" or nxt == "。") then
          added[#added + 1] = { type = "place", name = stem, how = "short", i = ci, j = cj,
            rule = f.rule, status = "ok", code = f.code,
                                mentions = { { i = ci, j = cj, quote = doc:display(ci, cj), rule = f.rule,
                                               version = mention_of(f).version,
                                                 captures = { name = { ci, cj } } } } }
          added[#added].quote = added[#added].mentions[1].quote
          break
        end
      end
    end
  end
  table.sort(added, function(a, b) return a.i < b.i end)
  for _, f in ipairs(added) do facts[#facts + 1] = f end
end

-- 由一名医生、一名护士、一名司机: its ones are the members of the team, no counts of
-- the report.
local function team_members(facts)
  local teams, out = {}, {}
  for _, f in ipairs(facts) do
    if f.type == "organisation" and f.subtype == "team" then teams[#teams + 1] = f end
  end
  if #teams == 0 then return facts end
  table.sort(teams, function(a, b) return a.i < b.i end)
  for _, f in ipairs(facts) do
    local lo, hi = 1, #teams
    while f.type == "quantity" and lo < hi do
      local mid = (lo + hi + 1) // 2
      if teams[mid].i <= f.i then lo = mid else hi = mid - 1 end
    end
    local team = teams[lo]
    if f.type == "quantity" and f.value == 1 and f.i >= team.i and f.j <= team.j then
      team.members = team.members or {}
      table.insert(team.members, f.item)
    else
      out[#out + 1] = f
    end
  end
  return out
end

return function(doc, facts)
  facts = merge(team_members(facts))
  resolve.run(doc, facts)
  short_forms(doc, facts)
  inherit_places(doc, facts)
  checks.run(doc, facts)
  return facts
end
