-- textmill facts: stored facts.
local reading = require "textmill.reading"

return reading {
  usage = "facts FILE.db [COLUMN=VALUE...]",
  about = "facts with their citations; type=quantity place=... item=...",
  least = 1,
  read = function(c, args)
    local where = {}
    for k = 2, #args do
      local column, value = args[k]:match "^([%w_]+)=(.*)$"
      if not column then return nil, ("'%s' is not COLUMN=VALUE"):format(args[k]) end
      where[column] = value
    end
    local ok, r = pcall(c.facts, c, where)
    if ok then return r end
    local wrong = type(r) == "string" and r:match "facts have no column.*[^)]"
    if wrong then return nil, wrong end
    error(r, 0)
  end,
}
