-- Do counts told one after the other agree?
--
--   由120户减少到80户,减少了50户        the difference is another
--   应种3000人,已种2700人,未种400人     done and not done are not all

local check = require "textmill.rules.zh.check"
local text = require "textmill.rules.zh.text"

local changes = {}

-- The exact counts of a document in its order, with where they stand in shown text.
local function counts_of(doc, facts)
  local list = {}
  for _, f in ipairs(facts) do
    local exact = f.type == "quantity" and not f.subtype and f.value and not f.approx and not f.max
    if exact and f.unit ~= "%" then
      local value = f.mentions[1].captures.value or { f.i, f.j }
      local vi = doc:to_shown(value[1], value[2])
      local si, sj = doc:to_shown(f.i, f.j)
      list[#list + 1] = { f = f, value = f.value, unit = f.unit or "", vi = vi,
        si = math.min(si, vi), sj = sj }
    end
  end
  table.sort(list, function(a, b) return a.vi < b.vi end)
  return list
end

-- Are the three counts of one unit, in one sentence?
local function together(doc, a, b, c)
  if a.unit ~= b.unit or b.unit ~= c.unit then return false end
  local between = doc.shown:sub(a.sj + 1, c.vi - 1)
  return #between < 150 and not between:find("。", 1, true) and not between:find("\n", 1, true)
    and not between:find(";", 1, true)
end

local FROM <const> = { "由", "从" }
local TO <const> = { "减少到", "增加到", "下降到", "上升到", "减少至", "增加至", "降到", "降至", "增至", "增长到", "下降至", "减至", "升至",
  "发展到", "扩大到", "提高到", "增长至" }
local BY <const> = { "减少了", "增加了", "下降了", "上升了", "净增", "净增加", "净减少", "降低了", "增长了", "减少", "增加" }
local FAR <const> = 45 -- bytes from 由 to its number

local function change(doc, a, b, c)
  local s = doc.shown
  if not text.has(s:sub(math.max(1, a.vi - FAR), a.vi - 1):match "[^,。;]*$", FROM) then return false end
  if not text.ends(s:sub(a.sj + 1, b.vi - 1), TO) then return false end
  return text.ends(s:sub(b.sj + 1, c.vi - 1), BY) and math.abs(math.abs(a.value - b.value) - c.value) > 1e-6
end

local DONE <const> = { { "应", "已", "未" }, { "应", "实", "未" }, { "应", "已", "尚未" } }

-- The last of the words before a number, back to the mark before it.
local function before(doc, a)
  return doc.shown:sub(math.max(1, a.vi - 30), a.vi - 1):match "[^,。;:%s]*$":gsub(".*、", "")
end

local function undone(doc, a, b, c)
  local x, y, z = before(doc, a), before(doc, b), before(doc, c)
  for _, words in ipairs(DONE) do
    local said = x:find(words[1], 1, true) and y:find(words[2], 1, true) and z:find(words[3], 1, true)
    if said and math.abs(b.value + c.value - a.value) > 1e-6 then return true end
  end
  return false
end

function changes.number(doc, facts, out)
  local list = counts_of(doc, facts)
  for k = 1, #list - 2 do
    local a, b, c = list[k], list[k + 1], list[k + 2]
    if together(doc, a, b, c) then
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
