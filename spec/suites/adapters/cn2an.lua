-- cn2an: a whole string is a number, or must be rejected; amounts of money are
-- numbers to it. A number written out is tm.spell; in a text,
-- each number by itself.
local cases = require "number_cases"
local tm = require "textmill"

local adapter = {}

local STYLES <const> = { spell_low = "lower", spell_up = "upper", spell_rmb = "yuan",
                         spell_direct = "digits" }

local function norm(c)
  if STYLES[c.op] then return tm.spell(c.input, STYLES[c.op]) end
  if c.op == "cn2an" then return tm.written(c.input, { scale = "figures", clock = "words" }) end
  return tm.spoken(c.input, { numbers = c.options and c.options.direct and "digits" or nil })
end

local function check_norm(c)
  local s = norm(c)
  return s == c.output, s
end

function adapter.check(c)
  if c.mode == "norm" then return check_norm(c) end
  local q = cases.whole(c.input)
  local n, message = tm.number(c.input)
  if c.mode == "error" then
    if c.sub == "error_strict_datas" and n and message.kind == "cardinal" and n > 0 then
      return "refused", "cn2an strict: its own normal mode takes digits read one by one and 百十一"
    end
    return n == nil, n
  end
  local want = tonumber(c.expect[1].value)
  if q and q.dimension == "money" then n = q.value * q.size end -- 捌角
  if n == nil then return false, message end
  return cases.near(n, want), n
end

return adapter
