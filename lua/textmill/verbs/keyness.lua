-- textmill keyness: what sets one part apart from another.
local reading = require "textmill.reading"

return reading {
  usage = "keyness FILE.db --where KEY=VALUE [--against KEY=VALUE]",
  about = "words commoner in one part than in another (default: than in the whole)",
  least = 1, most = 1,
  options = {
    { "--against KEY=VALUE", "the other part, written as --where" },
    { "--min N", "least occurrences (default 3)", number = true },
    { "--limit N", "rows (default 100)", number = true },
  },
  read = function(c, _, o)
    local whole, other = c.base_ or c, nil
    if o.against then
      local where, message = reading.conditions(o.against)
      if not where then return nil, message end
      other = whole:where(where)
    end
    return c:keyness(other, { min = math.tointeger(o.min), limit = math.tointeger(o.limit) })
  end,
}
