-- Near duplicates made from real text: how many pairs are found at which rate of
-- edits, and how many of those found are wrong.
--
--   lua similar.lua PAGES.ndjson N [--rows]   reads N documents of 300 characters or more
--
-- Each gets one copy. An edit hits one sentence: it is deleted, replaced by or
-- followed by a sentence of another document. A pair belongs together when the
-- Jaccard index of its strings of five characters, counted here, reaches the
-- threshold. What was found is wrong when its index with the first of its group
-- is more than 0.01 lower (a number is one unit to textmill, five characters here).

local tm = require "textmill"
local json = require "textmill.json"

local THRESHOLD <const> = 0.8
local RATES <const> = { 0, 0.02, 0.05, 0.1, 0.2, 0.4 }

local function sentences(text)
  local list = {}
  for s in text:gsub("。", "。\0"):gmatch "[^%z]+" do list[#list + 1] = s end
  return list
end

local function read(path, n)
  local docs = {}
  for line in io.lines(path) do
    local text = json.decode(line).text
    if text and (utf8.len(text) or 0) >= 300 then docs[#docs + 1] = text end
    if #docs == n then break end
  end
  return docs
end

local function edited(text, rate, pool)
  local out = {}
  for _, s in ipairs(sentences(text)) do
    local how = math.random() < rate and math.random(3)
    if how ~= 1 and how ~= 2 then out[#out + 1] = s end
    if how == 2 or how == 3 then out[#out + 1] = pool[math.random(#pool)] end
  end
  return table.concat(out)
end

-- The set of strings of five characters, without what is no letter or digit.
local function shingles(text)
  local folded = tm.normalize(text, "fold"):gsub("[%p%s]", "")
  for _, mark in ipairs { "。", "、", "“", "”", "《", "》", "—", "‘", "’", "…" } do
    folded = folded:gsub(mark, "")
  end
  local at, set, n = {}, {}, 0
  for k in utf8.codes(folded, true) do at[#at + 1] = k end
  at[#at + 1] = #folded + 1
  for k = 1, #at - 1 do
    local s = folded:sub(at[math.max(1, k - 4)], at[k + 1] - 1)
    if not set[s] then set[s], n = true, n + 1 end
  end
  return set, n
end

local function jaccard(a, b)
  local x, n = shingles(a)
  local y, m = shingles(b)
  local both = 0
  for s in pairs(x) do both = both + (y[s] and 1 or 0) end
  return n + m > 0 and both / (n + m - both) or 1
end

local function row(...)
  if arg[3] == "--rows" then print(table.concat({ "row", "near duplicates", ... }, "\t")) end
end

local path, n = arg[1], tonumber(arg[2])
local docs, pool = read(path, n), {}
math.randomseed(20)
for k = 1, #docs do
  for _, s in ipairs(sentences(docs[k])) do pool[#pool + 1] = s end
end

print(("near duplicates of %d documents, threshold %.1f"):format(#docs, THRESHOLD))
print(" rate   pairs  found   recall precision   s")
for _, rate in ipairs(RATES) do
  local c, texts = tm.open(nil), {}
  for k, text in ipairs(docs) do texts["a" .. k], texts["b" .. k] = text, edited(text, rate, pool) .. "。" end
  for k = 1, #docs do
    c:add { id = "a" .. k, text = texts["a" .. k] }
    c:add { id = "b" .. k, text = texts["b" .. k] }
  end
  local from = os.clock()
  local r = c:duplicates { threshold = THRESHOLD }
  local took = os.clock() - from
  local group, first, right, wrong = {}, {}, 0, 0
  for one in r do
    group[one.doc] = one.group
    first[one.group] = first[one.group] or one.doc
    if first[one.group] ~= one.doc then
      local j = jaccard(texts[first[one.group]], texts[one.doc])
      if j >= THRESHOLD - 0.01 then right = right + 1 else wrong = wrong + 1 end
    end
  end
  local pairs_of, found = 0, 0
  for k = 1, #docs do
    if jaccard(texts["a" .. k], texts["b" .. k]) >= THRESHOLD then
      pairs_of = pairs_of + 1
      if group["a" .. k] and group["a" .. k] == group["b" .. k] then found = found + 1 end
    end
  end
  print(("%5.2f  %6d %6d  %6.2f %%  %6.2f %%  %.2f"):format(rate, pairs_of, found,
    pairs_of > 0 and 100 * found / pairs_of or 100, 100 * right / math.max(1, right + wrong), took))
  if pairs_of > 0 then
    local name = ("planted, %d %% of sentences edited: "):format(math.floor(rate * 100 + 0.5))
    local wanted = ">=99"
    row(name .. "recall", ("%.2f"):format(100 * found / pairs_of), "%", "", "", wanted)
    row(name .. "precision", ("%.2f"):format(100 * right / math.max(1, right + wrong)), "%", "", "", wanted)
  end
  c:close()
end
