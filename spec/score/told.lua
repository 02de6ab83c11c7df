-- Dates as passages tell them (spec/fixtures/dates/told.txt): told.score(path, parity, [show]).
local extract = require "textmill.extract"
local inputs = require "textmill.inputs"
local tm = require "textmill"

local told = {}

local function list(s)
  local out = {}
  for word in s:gmatch "%S+" do out[#out + 1] = word end
  return out
end

-- told.passages(path) -> list of { published, dates, text }
function told.passages(path)
  local out = {}
  for line in assert(inputs.read(path)):gmatch "[^\n]+" do
    local day, dates, words = line:match "^(%d+%-%d+%-%d+) |([^|]*)| (.*)$"
    if day then out[#out + 1] = { published = day, dates = list(dates), text = words } end
  end
  return out
end

local function page(p)
  return ("镇里的工作\n发布时间：%s　来源：本站\n%s\n村民们说，大家都记得这些日子。\n"):format(p.published, p.text)
end

-- What the rules for time say of a page: days, months and years, not when something was counted.
local function dates_of(raw)
  local out = {}
  for _, f in ipairs(extract.run(tm.pack "zh.report", tm.clean(raw), {})) do
    local value = f.type == "time" and (f.day or f.subtype ~= "asof" and f.value)
    local iso = value and value:match "^[%dX][%d%-X]+"
    if iso then out[iso] = true end
  end
  return out
end

-- Counts of hits, gold and found over every second passage: parity 1 (open) or 0 (locked).
function told.score(path, parity, show)
  local hit, gold, pred = 0, 0, 0
  for n, p in ipairs(told.passages(path)) do
    if n % 2 == parity then
      local found, want, got = dates_of(page(p)), {}, {}
      for _, iso in ipairs(p.dates) do want[iso] = true end
      for iso in pairs(want) do gold, hit = gold + 1, hit + (found[iso] and 1 or 0) end
      for iso in pairs(found) do
        pred = pred + 1
        got[#got + 1] = iso
      end
      table.sort(got)
      local said, seen = table.concat(p.dates, " "), table.concat(got, " ")
      if show and said ~= seen then print(("%s\n    gold  %s\n    found %s"):format(p.text, said, seen)) end
    end
  end
  return hit, gold, pred
end

if arg and arg[0]:find "score/told%.lua$" then
  for parity = 1, 0, -1 do
    local hit, gold, pred = told.score(arg[1], parity, parity == 1)
    local half = parity == 1 and "open" or "locked"
    print(("%s: P %.3f R %.3f of %d"):format(half, hit / pred, hit / gold, gold))
  end
end

return told
