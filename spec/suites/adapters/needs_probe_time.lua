-- Our own probe, times: spans leave out 自 and 起, values are days, clocks, intervals.
local times = require "times"

local adapter = {}

local function day(t) return times.show(t, "%Y-%m-%d") end

-- 自2月5日起: the day alone is cited. 每逢 before a lunar list, too.
local function trimmed(f)
  local from, to, text = f.from, f.to, f.text
  for _, w in ipairs { "自从", "自", "从", "每逢" } do
    local whole = w ~= "每逢" or text:find("农历", 1, true)
    if whole and text:sub(1, #w) == w then from, text = from + utf8.len(w), text:sub(#w + 1) end
  end
  if text:sub(-#"起") == "起" then to = to - 1 end
  return from, to
end

-- 近三天 has today as its last day, a range of days its last day.
local function agrees(e, d, ref)
  if e.type == "set" then return d.kind == "set", tostring(d) end
  if e.type == "duration" then
    return d.kind == "duration" and (not e.value or times.length(d.amount) == e.value), tostring(d)
  end
  local from, to = times.seconds(d.from), times.seconds(d.to)
  if e.type == "time" then return times.show(from, "%H:%M") == e.value, tostring(d) end
  if e.type == "date" then return day(from) == e.value, tostring(d) end
  if d.kind == "point" and d.form ~= "date" then return false, tostring(d), ref end
  return day(from) == e.from and (not e.to or day(to - 1) == e.to), tostring(d)
end

function adapter.check(c)
  local ref = times.ref(c)
  local found = times.each(c.input, { ref = ref })
  local shown = {}
  for k, f in ipairs(found) do shown[k] = ("%s %d-%d %s %s"):format(f.text, f.from, f.to, f.d.kind,
    tostring(f.d)) end
  local got = table.concat(shown, "; ")
  if #found ~= #c.expect then return false, got end
  for k, e in ipairs(c.expect) do
    local from, to = trimmed(found[k])
    if from ~= e.start or to ~= e["end"] or not agrees(e, found[k].d, ref) then return false, got end
  end
  return true
end

return adapter
