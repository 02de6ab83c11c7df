-- Text garbled in known ways, and how much of it tm.repair brings back.
--
--   garble.measure(texts)     share of stretches found, share of characters right, stretches
--   garble.ftfy(dir)          cases of ftfy right, all, negative ones changed; nil without the files
--   garble.gbk(text)          what a reader that takes UTF-8 for GB18030 shows
local tm = require "textmill"
local json = require "textmill.json"

local M = {}
local files = { "in-the-wild", "known-failures", "language-names", "negative", "synthetic" }

local function characters(s)
  local list = {}
  for _, c in utf8.codes(s) do list[#list + 1] = utf8.char(c) end
  return list
end

-- What a reader that takes UTF-8 for GB18030 shows.
function M.gbk(s) return (tm.decode(s, "gb18030")) end

-- Characters of `want` that `got` has in their places; where the lengths
-- differ, those before the first and behind the last difference.
local function right(want, got)
  local a, b, n = characters(want), characters(got), 0
  if #a == #b then
    for i = 1, #a do n = n + (a[i] == b[i] and 1 or 0) end
    return n, #a
  end
  while a[n + 1] and a[n + 1] == b[n + 1] do n = n + 1 end
  local m = 0
  while m < math.min(#a, #b) - n and a[#a - m] == b[#b - m] do m = m + 1 end
  return n + m, #a
end

-- Garbles a stretch of 8 to 40 characters in each text; how many were found,
-- and the share of their characters that came back.
function M.measure(texts)
  local state = 7
  local function below(n)
    state = (state * 1103515245 + 12345) % 2147483648
    return state // 65536 % n
  end
  local runs, found, good, all = 0, 0, 0, 0
  for _, text in ipairs(texts) do
    local c = characters(text)
    local n = math.min(8 + below(33), #c)
    local from = 1 + below(#c - n + 1)
    local piece = table.concat(c, "", from, from + n - 1)
    local _, han = piece:gsub("[\xE4-\xE9][\x80-\xBF][\x80-\xBF]", "")
    if han >= 8 then
      local before, behind = table.concat(c, "", 1, from - 1), table.concat(c, "", from + n)
      local dirty = before .. M.gbk(piece) .. behind
      local got = tm.repair(dirty)
      runs = runs + 1
      if got ~= dirty then
        found = found + 1
        local r, len = right(text, got)
        good, all = good + r - (len - n), all + n
      end
    end
  end
  return found / runs, good / all, runs
end

function M.ftfy(dir)
  local good, all, changed = 0, 0, 0
  for _, name in ipairs(files) do
    local f = io.open(dir .. "/" .. name .. ".json", "rb")
    if not f then return nil end
    for _, case in ipairs(json.decode(f:read "a")) do
      local want = case["fixed-encoding"] or case.fixed
      local got = tm.repair(case.original)
      all, good = all + 1, good + (got == want and 1 or 0)
      if name == "negative" and got ~= want then changed = changed + 1 end
    end
    f:close()
  end
  return good, all, changed
end

return M
