-- textmill.compare - a table of what is said where.
--
--   place   code       卡点  卡口  检测点   as of    says
--   白鹭乡  420100101    24     .      24   当前     2 sentences  ! 检测点 = 卡点 ?
--   清溪镇  420100102     ~     .       .            卡点 named 13 times, no number given
--
-- A cell holds the number said; ~ where the word is used of the place without one;
-- . where it is not used at all. Only a text that says 0 makes a 0. One number said
-- several times, or by several copies of one text, stands once.

local result = require "textmill.result"
local screen = require "textmill.screen"
local verdicts = require "textmill.verdicts"
local whereabouts = require "textmill.whereabouts"

local compare = {}

local LEGEND <const> = ".  not mentioned     ~  mentioned without a number (NOT zero)      "
  .. "0 would be printed as 0"
local MOST <const> = 8 -- columns where none are asked for

-- The words of a group, of a string, of a list.
local function words_of(store, item)
  if type(item) == "table" then return item end
  local list = {}
  for _, row in ipairs(store:group()) do
    if row.name == item then list[#list + 1] = row.word end
  end
  if #list > 0 then return list end
  for word in item:gmatch "%S+" do list[#list + 1] = word end
  return list
end

-- 检测卡口 is a 卡口: the longest of the words the item ends with.
local function word_of(item, words)
  local best
  for _, word in ipairs(words) do
    if item:sub(-#word) == word and (not best or #word > #best) then best = word end
  end
  return best
end

-- what stands for "more than it says", in the terms of tm.number and as texts have it
local more = {}
for word in ("over least 余 多 以上"):gmatch "%S+" do more[word] = true end

local function number_of(f)
  if f.lo and f.hi and f.lo ~= f.hi and not f.approx then
    return result.cell(f.lo) .. "-" .. result.cell(f.hi)
  end
  if not f.approx then return result.cell(f.value) end
  return more[f.approx] and result.cell(f.value) .. "+" or "≈" .. result.cell(f.value)
end

local function counts(f)
  return f.type == "quantity" and type(f.value) == "number" and f.item and f.status ~= "duplicate"
    and not verdicts.rejected(f)
end

-- the columns --------------------------------------------------------------------

-- The commonest values of a field, at most MOST.
local function commonest(facts, field)
  local seen, list = {}, {}
  for _, f in ipairs(facts) do
    local v = result.cell(f[field])
    if v ~= "" and not seen[v] then
      seen[v] = { v, 0 }
      list[#list + 1] = seen[v]
    end
    if v ~= "" then seen[v][2] = seen[v][2] + 1 end
  end
  table.sort(list, function(a, b)
    if a[2] ~= b[2] then return a[2] > b[2] end
    return a[1] < b[1]
  end)
  local names = {}
  for k = 1, math.min(#list, MOST) do names[k] = list[k][1] end
  return names
end

-- the rows -----------------------------------------------------------------------

local function row_for(table_, key, code)
  local id = key .. "\0" .. (code or "")
  local row = table_[id]
  if not row then
    row = { key = key, code = code, cells = {}, facts = {}, named = {}, as_of = {}, order = #table_ + 1 }
    table_[id], table_[#table_ + 1] = row, row
  end
  return row
end

local function put_number(row, column, f)
  local cell = row.cells[column] or { mentions = 0 }
  row.cells[column] = cell
  local text = number_of(f)
  if not cell[text] then cell[text], cell[#cell + 1] = true, text end
  cell.mentions = cell.mentions + (f.mentions and #f.mentions or 1)
  row.facts[#row.facts + 1] = f
end

-- When a number holds: what the fact says, else a statement of time whose stretch of
-- text holds the fact, else a date in the same sentence before it.
local function as_of(f, times, where)
  if f.time_from then return f.time_from end
  local _, from = where:sentence(f, 200)
  local best
  for _, t in ipairs(times[f.doc] or {}) do
    local around = t.clean_from <= f.clean_from and t.clean_to >= f.clean_to
    if t.subtype == "asof" and around then return t.scope end
    if t.time_from and t.time_from:find "^[%dX]+%-" and from and t.clean_from >= from
       and t.clean_to <= f.clean_from then
      best = t.time_from
    end
  end
  return best
end

local function times_of(facts)
  local times = {}
  for k = 1, #facts do
    local f = facts[k]
    if f.type == "time" and f.clean_from then
      times[f.doc] = times[f.doc] or {}
      table.insert(times[f.doc], f)
    end
  end
  return times
end

-- "3 sentences", "2 mentions, one number", "卡点 named 13 times, no number given"
local function says(row, columns)
  local said, by_number = {}, {}
  local mentions, numbers = 0, 0
  for _, name in ipairs(columns) do
    local cell = row.cells[name]
    if cell then
      mentions, numbers = mentions + cell.mentions, numbers + #cell
      for _, text in ipairs(cell) do
        by_number[text] = by_number[text] or {}
        table.insert(by_number[text], name)
      end
    end
  end
  if mentions > 0 then
    said[1] = mentions == 1 and "1 sentence" or numbers == 1 and mentions .. " mentions, one number"
      or mentions .. " sentences"
    for _, name in ipairs(columns) do
      local cell = row.cells[name] or {}
      if #cell > 1 then said[#said + 1] = ("! %s: %d numbers"):format(name, #cell) end
      for _, text in ipairs(cell) do
        local same = by_number[text]
        if same[1] == name and #same > 1 and text ~= "0" then
          said[#said + 1] = "! " .. table.concat(same, " = ") .. " ?"
        end
      end
    end
  else
    for _, name in ipairs(columns) do
      if row.named[name] then
        said[#said + 1] = ("%s named %s"):format(name, screen.count(row.named[name], "time"))
      end
    end
    if #said > 0 then said[#said] = said[#said] .. ", no number given" end
  end
  return table.concat(said, "; ")
end

-- Where the words are used, in articles whose place is known.
local function find_named(c, table_, words, places)
  for _, word in ipairs(words) do
    local hits = c:kwic('"' .. word:gsub('"', "") .. '"')
    for k = 1, #hits do
      local hit = hits[k]
      local p = places[hit.doc .. "#" .. hit.article]
      if p then
        local row = row_for(table_, p.place, p.code)
        row.named[word] = (row.named[word] or 0) + 1
      end
    end
  end
end

-- Copies of one text count once: documents of near-duplicate articles but the first.
local function copies(c)
  local skip, first = {}, {}
  local r = c:duplicates { threshold = 0.9 }
  for k = 1, #r do
    local key = r[k].doc .. "#" .. r[k].article
    if first[r[k].group] then skip[key] = first[r[k].group] else first[r[k].group] = key end
  end
  return skip
end

local function listed(row, columns, rows_by, asked)
  local out = { [rows_by] = row.key, code = row.code, says = says(row, columns),
                ["as of"] = #row.as_of > 0 and table.concat(row.as_of, "; ") or nil }
  for _, name in ipairs(columns) do
    local cell = row.cells[name]
    out[name] = cell and table.concat(cell, " / ") or (asked and row.named[name] and "~") or "."
  end
  return out
end

local function note_as_of(row, said)
  if not said then return end
  for _, one in ipairs(row.as_of) do if one == said then return end end
  row.as_of[#row.as_of + 1] = said
end

-- The words with the most numbers first, then those used most.
local function by_use(table_, words)
  local use, list = {}, table.move(words, 1, #words, 1, {})
  for k, name in ipairs(words) do
    use[name] = { 0, 0, k }
    for _, row in ipairs(table_) do
      use[name][1] = use[name][1] + (row.cells[name] and 1 or 0)
      use[name][2] = use[name][2] + (row.named[name] or 0)
    end
  end
  table.sort(list, function(a, b)
    a, b = use[a], use[b]
    if a[1] ~= b[1] then return a[1] > b[1] end
    if a[2] ~= b[2] then return a[2] > b[2] end
    return a[3] < b[3]
  end)
  return list
end

function compare.methods(methods, open, check)

  -- c:compare{rows="place", cols="item", item = group | word | {words}} -> result
  function methods:compare(o)
    local store = open(self)
    o = check(o, "rows cols item")
    local rows_by, cols_by = o.rows or "place", o.cols or "item"
    local facts, kept, all = self:facts(), {}, {}
    local where, skip = whereabouts.new(self, store), copies(self)
    local places, times = where:places(facts), times_of(facts)
    local words = o.item and words_of(store, o.item)
    for k = 1, #facts do
      local f = facts[k]
      local word = counts(f) and (not words or word_of(f.item, words))
      if word then
        all[#all + 1] = f
        kept[f] = type(word) == "string" and cols_by == "item" and word or result.cell(f[cols_by])
      end
    end
    local columns = words and cols_by == "item" and words or commonest(all, cols_by)
    local is_column, table_ = {}, {}
    for _, name in ipairs(columns) do is_column[name] = true end
    for _, f in ipairs(all) do
      local key = result.cell(f[rows_by])
      local article = f.doc .. "#" .. where:article(f)
      if is_column[kept[f]] and key ~= "" and not skip[article] then
        local row = row_for(table_, key, rows_by == "place" and f.place_code or nil)
        put_number(row, kept[f], f)
        note_as_of(row, as_of(f, times, where))
      end
    end
    local asked = words and cols_by == "item" and rows_by == "place"
    if asked then
      find_named(self, table_, words, places)
      columns = by_use(table_, words)
    end
    return compare.result(table_, columns, rows_by, asked)
  end
end

function compare.result(table_, columns, rows_by, asked)
  table.sort(table_, function(a, b)
    local x, y = #a.facts > 0, #b.facts > 0
    if x ~= y then return x end
    return a.order < b.order
  end)
  local rows, shown = {}, { rows_by }
  if rows_by == "place" then shown[2] = "code" end
  for k, row in ipairs(table_) do rows[k] = listed(row, columns, rows_by, asked) end
  for _, name in ipairs(columns) do shown[#shown + 1] = { name = name, align = "right" } end
  shown[#shown + 1] = "as of"
  shown[#shown + 1] = { name = "says", keep = true }
  return result.new { rows = rows, columns = shown, empty = "nothing to compare",
                      note = #rows > 0 and asked and LEGEND or nil,
                      chart = { kind = "cells", label = rows_by, columns = columns } }
end

return compare
