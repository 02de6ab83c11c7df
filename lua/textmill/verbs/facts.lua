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
    return c:facts(where)
  end,
}
