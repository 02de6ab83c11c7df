-- What a labelled value says: an amount, a time, names.

local tm = require "textmill"
local lists = require "textmill.rules.zh.lists"

local values = {}

local QUANTITY <const> = tm.pattern.quantity:as "q"
local TIME <const> = tm.pattern.time:as "t"
local DATE <const> = tm.pattern.date:as "d"

-- The first amount in shown[i, j]; note: the unit the label names (元, 万元).
function values.amount(doc, i, j, note)
  local s = doc.shown:sub(i, j)
  local a, b, m = QUANTITY:find(s)
  if m then
    local q = m:info "q"
    return { value = q.value, lo = q.lo ~= q.value and q.lo or nil, hi = q.hi ~= q.value and q.hi or nil,
             unit = q.unit, i = i + a - 1, j = i + b - 1 }
  end
  local digits = s:match "^[%d,]+%.?%d*"
  local n = digits and tm.number(digits)
  if not n then return nil end
  if note == "万元" then n, note = n * 10000, "元" end
  return { value = n, unit = note, i = i, j = i + #digits - 1 }
end

-- The first time or date in shown[i, j]: its ISO form and span.
function values.time(doc, i, j)
  local s = doc.shown:sub(i, j)
  local a, b, m = TIME:find(s)
  if m and tostring(m.t):find "^%d" then return tostring(m.t), i + a - 1, i + b - 1 end
  a, b, m = DATE:find(s)
  if m and tostring(m.d):find "^%d" then return tostring(m.d), i + a - 1, i + b - 1 end
end

-- A、B、C -> items with spans
function values.names(doc, i, j) return lists.items(doc.shown, i, j) end

return values
