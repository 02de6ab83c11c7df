-- What the adapters of ITN (spoken to written, tm.written) and TN (written to spoken,
-- tm.spoken) share: a suite's own layout is options, notions that are none of ours are refused.

local REASONS <const> = {
  whitelist = "ITN/TN: a list of names and their short forms",
  train_number = "ITN: numbers of trains",
  postprocessor = "TN: words of hesitation are taken out",
}

-- subs to refuse, write(text, case) -> text
return function(subs, write)
  local refused = {}
  for sub in subs:gmatch "%S+" do refused[sub] = assert(REASONS[sub], sub) end
  return { check = function(c)
    if refused[c.sub] then return "refused", refused[c.sub] end
    local s = write(c.input, c)
    return s == c.output, s
  end }
end
