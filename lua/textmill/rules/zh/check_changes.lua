-- Do counts told one after the other agree?
--
--   由120户减少到80户,减少了50户        the difference is another
--   应种3000人,已种2700人,未种400人     done and not done are not all

local check = require "textmill.rules.zh.check"
local cues = require "textmill.cues"
local text = require "textmill.rules.zh.text"

local changes = {}

-- Which of the counts (counted.lua) are exact, in the order of their numbers in the text.
local function exact(counts)
  local list, vi = {}, counts.vi
  for k, f in ipairs(counts.list) do
    if not f.subtype and f.value and not f.approx and not f.max and f.unit ~= "%" then list[#list + 1] = k end
  end
  table.sort(list, function(a, b) return vi[a] < vi[b] end)
  return list
end

-- One of them with its spans of shown text.
local function count_of(counts, k)
  local f = counts.list[k]
  return { f = f, value = f.value, unit = f.unit or "", vi = counts.vi[k],
           si = math.min(counts.si[k], counts.vi[k]), sj = counts.sj[k] }
end

-- Are the three counts of one unit, in one sentence?
local STOPS <const> = { "。", "\n", ";" }
local MOST <const> = 150 -- bytes between the first and the last
local function together(doc, counts, a, b, c)
  local of, unit = counts.list, counts.list[a].unit or ""
  if (of[b].unit or "") ~= unit or (of[c].unit or "") ~= unit then return false end
  local from, to = counts.sj[a] + 1, counts.vi[c] - 1
  return to - from + 1 < MOST and not text.last(doc.shown, STOPS, from, to)
end

local FROM <const> = { "由", "从" }
local TO <const> = { "减少到", "增加到", "下降到", "上升到", "减少至", "增加至", "降到", "降至", "增至", "增长到", "下降至", "减至", "升至",
  "发展到", "扩大到", "提高到", "增长至" }
local BY <const> = { "减少了", "增加了", "下降了", "上升了", "净增", "净增加", "净减少", "降低了", "增长了", "减少", "增加" }
local FAR <const> = 45 -- bytes from 由 to its number

local CLAUSE_ENDS <const> = { ",", "。", ";" }
local function change(doc, a, b, c)
  local s = doc.shown
  local clause = text.behind_last(s:sub(math.max(1, a.vi - FAR), a.vi - 1), CLAUSE_ENDS)
  if not text.has(clause, FROM) then return false end
  if not text.ends(s:sub(a.sj + 1, b.vi - 1), TO) then return false end
  return text.ends(s:sub(b.sj + 1, c.vi - 1), BY) and math.abs(math.abs(a.value - b.value) - c.value) > 1e-6
end

local DONE <const> = { { "应", "已", "未" }, { "应", "实", "未" }, { "应", "已", "尚未" } }

-- The last of the words before a number, back to the mark before it.
local WORD_ENDS <const> = { ",", "。", ";", ":", "、", " ", "\n" }
local function before(doc, a)
  return text.behind_last(doc.shown:sub(math.max(1, a.vi - 30), a.vi - 1), WORD_ENDS)
end

local function undone(doc, a, b, c)
  local x, y, z = before(doc, a), before(doc, b), before(doc, c)
  for _, words in ipairs(DONE) do
    local said = x:find(words[1], 1, true) and y:find(words[2], 1, true) and z:find(words[3], 1, true)
    if said and math.abs(b.value + c.value - a.value) > 1e-6 then return true end
  end
  return false
end

-- May the document say one of the two at all?
cues.add(TO)
cues.add { "应", "未" }
local function some_told(doc)
  return doc:has_any(TO) or doc:find("应", 1) and doc:find("未", 1)
end

-- Adds the checks to out; counts: counted.lua
function changes.number(doc, counts, out)
  local list = #counts.list >= 3 and some_told(doc) and exact(counts) or {}
  for k = 1, #list - 2 do
    if together(doc, counts, list[k], list[k + 1], list[k + 2]) then
      local a, b, c = count_of(counts, list[k]), count_of(counts, list[k + 1]), count_of(counts, list[k + 2])
      local changed, left = change(doc, a, b, c), undone(doc, a, b, c)
      if changed or left then
        local first, other = changed and c or a, changed and a or c
        out[#out + 1] = check.fact(doc, "number", { { doc:to_clean(first.si, first.sj) },
          { doc:to_clean(other.si, other.sj) }, check.span(b.f) },
          { name = a.f.item, value = a.value, other = c.value, unit = a.unit })
      end
    end
  end
end

return changes
