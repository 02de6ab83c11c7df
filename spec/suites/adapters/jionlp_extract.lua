-- JioNLP extraction: spans of times and of money in a sentence, code points.
local cases = require "number_cases"
local tm = require "textmill"
local times = require "times"

local adapter = {}

local function spans_of_times(c)
  local out = {}
  for _, f in ipairs(times.each(c.input, {})) do out[#out + 1] = { f.from, f.to, f.text } end
  return out
end

local function spans_of_money(c)
  local out = {}
  for _, q in ipairs(tm.quantities(c.input)) do
    if q.kind == "money" or q.unit == "元" or q.currency then
      local from, to = cases.points(c.input, q.i, q.j)
      out[#out + 1] = { from, to, q.text }
    end
  end
  return out
end

function adapter.check(c)
  local found = c.sub == "money" and spans_of_money(c) or spans_of_times(c)
  local shown, same = {}, #found == #c.expect
  for k, f in ipairs(found) do
    local e = c.expect[k]
    same = same and e and f[1] == e.start and f[2] == e["end"]
    shown[k] = ("%s %d-%d"):format(f[3], f[1], f[2])
  end
  return same, table.concat(shown, "; ")
end

return adapter
