-- suites_spec.lua - the suites of other projects (spec/suites), where they are at hand: the
-- share of each that passes, what is refused not counted, must not fall
local DIR <const> = "../shared/suites"

local FLOORS <const> = {
  cn2an = 100,
  cpca_location = 99,
  duckling_zh = 98,
  jionlp_clean = 99,
  jionlp_extract = 96,
  jionlp_location = 76,
  jionlp_money = 99,
  jionlp_time_parse = 96.9,
  minlp_duckling = 99,
  needs_probe = 99,
  nemo_itn = 96.8,
  nemo_tn = 97,
  recognizers_choice = 99,
  recognizers_datetime = 97,
  recognizers_number = 98,
  recognizers_numberwithunit = 99,
  recognizers_sequence = 99,
  wetext_itn = 94,
  wetext_tn = 92,
}

describe("the suites of others", function()
  local probe = io.open(DIR .. "/SUITES.md")
  if not probe then
    pending("skipped: " .. DIR .. " is not here")
    return
  end
  probe:close()
  local shares = {}
  for line in io.popen("lua5.4 spec/suites/run.lua " .. DIR):lines() do
    local name, share = line:match "^(%S+)%s+%d+/%d+%s+([%d.]+) %%   with"
    if name then shares[name] = tonumber(share) end
  end
  for name, floor in pairs(FLOORS) do
    it("pass as before: " .. name, function()
      assert(shares[name], "no result")
      assert.is_true(shares[name] >= floor, ("%.1f %%"):format(shares[name]))
    end)
  end
end)
