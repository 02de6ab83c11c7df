-- suites_spec.lua - the suites of other projects (spec/suites), where they are at hand: the
-- share of each that passes, what is refused counted as failed, must not fall
local DIR <const> = "../shared/suites"

local FLOORS <const> = {
  cn2an = 98.7,
  cpca_location = 77.8,
  duckling_zh = 98.5,
  jionlp_clean = 100,
  jionlp_extract = 96.4,
  jionlp_location = 80,
  jionlp_money = 95.7,
  jionlp_time_parse = 97.1,
  minlp_duckling = 98.7,
  needs_probe = 100,
  nemo_itn = 96.9,
  nemo_tn = 97.7,
  recognizers_choice = 100,
  recognizers_datetime = 97.7,
  recognizers_number = 98.4,
  recognizers_numberwithunit = 92.5,
  recognizers_sequence = 99.5,
  wetext_itn = 91.8,
  wetext_tn = 91.5,
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
    local name, share = line:match "^(%S+)%s+%d+/%d+.*refused%s+([%d.]+) %%$"
    if name then shares[name] = tonumber(share) end
  end
  for name, floor in pairs(FLOORS) do
    it("pass as before: " .. name, function()
      assert(shares[name], "no result")
      assert.is_true(shares[name] >= floor, ("%.1f %%"):format(shares[name]))
    end)
  end
end)
