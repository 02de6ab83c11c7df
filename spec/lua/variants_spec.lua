-- variants_spec.lua - families of expressions, made from few lines: every prefix with every
-- unit, every sign with every number. spec/fixtures/variants.txt has the families; a line that
-- falls out of its family is a rule that was written for one case.
--
--   @ date REF | @ duration | @ quantity | @ spoken OPTIONS | @ written OPTIONS    what reads the lines
--   {a|b}x{c|d} = value                     all of ax, bx ... have that value
--   {a=1|b=2} = value $1                    a choice says what stands for $1 in the value ($2 the second)
local tm = require "textmill"
local inputs = require "textmill.inputs"

local FILE <const> = "spec/fixtures/variants.txt"

-- "a{b=1|c}d" -> { { text, { value of each choice } }, ... }
local function expand(pattern)
  local before, list, after = pattern:match "^([^{]*)(%b{})(.*)$"
  if not list then return { { pattern, {} } } end
  local out = {}
  for choice in (list:sub(2, -2) .. "|"):gmatch "(.-)|" do
    local text, value = choice:match "^(.-)=(.*)$"
    for _, rest in ipairs(expand(after)) do
      local values = { value or choice }
      table.move(rest[2], 1, #rest[2], 2, values)
      out[#out + 1] = { before .. (text or choice) .. rest[1], values }
    end
  end
  return out
end

local function date_text(d)
  if d.form == "holiday" or d.kind == "point" and d.grain == "day" then return tostring(d.from):sub(1, 10) end
  return tostring(d)
end

local function options_of(words)
  local o = {}
  for name, value in words:gmatch "(%w+)=(%w+)" do
    o[name] = value == "true" or value ~= "false" and value
  end
  return o
end

local readers = {
  date = function(s, words)
    local d, message = tm.date(s, { ref = words, prefer = "future" })
    return d and date_text(d) or message
  end,
  duration = function(s)
    local d, message = tm.date(s, { kind = "duration" })
    return d and tostring(d) or message
  end,
  quantity = function(s)
    local list = tm.quantities(s)
    local q = list[1]
    if #list ~= 1 or q.i ~= 1 or q.j ~= #s then return ("%d found"):format(#list) end
    local value = q.lo ~= q.hi and ("%s..%s"):format(q.lo, q.hi) or tostring(q.value)
    return value .. " " .. (q.currency or q.unit or q.kind)
  end,
  spoken = function(s, words) return tm.spoken(s, options_of(words)) end,
  written = function(s, words) return tm.written(s, options_of(words)) end,
}

local function each_line(text, f)
  local reader, words, number = nil, nil, 0
  for line in (text .. "\n"):gmatch "(.-)\n" do
    number = number + 1
    local name, rest = line:match "^@ (%w+) ?(.*)$"
    if name then
      reader, words = assert(readers[name], name), rest
    elseif line:find "%S" and not line:find "^#" then
      f(line, number, reader, words)
    end
  end
end

describe("families of expressions", function()
  local count = 0
  each_line(assert(inputs.read(FILE)), function(line, number, reader, words)
    local pattern, value = line:match "^(.-) = (.*)$"
    it(("read all of line %d: %s"):format(number, line), function()
      assert(pattern, "no value")
      for _, case in ipairs(expand(pattern)) do
        local want = value:gsub("%$(%d)", function(k) return case[2][tonumber(k)] end)
        assert.equal(want, reader(case[1], words), case[1])
        count = count + 1
      end
    end)
  end)

  it("are many", function() assert.is_true(count >= 600, count) end)
end)
