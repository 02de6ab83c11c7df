-- Recognizers-Text, sequences: phone numbers (any run of digits that could be one),
-- mail and web addresses, IP addresses, with offsets and what was written.
local cases = require "number_cases"
local tm = require "textmill"

local KINDS <const> = { PhoneNumberModel = "phone", IpAddressModel = "ip", URLModel = "url",
  EmailModel = "email" }

local function check(c)
  local kind = KINDS[c.sub]
  if not kind then return "refused", "no such sequence: " .. tostring(c.sub) end
  local found, shown = {}, {}
  for k, x in ipairs(tm.sequences(c.input, { loose = true })) do
    shown[k] = x.kind .. " " .. x.text
    if x.kind == kind then
      local from, to = cases.points(c.input, x.i, x.j)
      found[#found + 1] = { from = from, to = to, agrees = function() return true end }
    end
  end
  return cases.same(found, c.expect), table.concat(shown, "; ")
end

return { check = check }
