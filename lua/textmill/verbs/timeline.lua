-- textmill timeline: what happened when.
local reading = require "textmill.reading"

return reading {
  usage = "timeline FILE.db",
  about = "events and dates in order, with place, citation and how the year is known",
  least = 1, most = 1,
  options = {
    { "--from DATE", "the first day; 2020-02 is all of February" },
    { "--to DATE", "the last day" },
    { "--year YEAR", "of dates without one (default: the year all dated documents share)" },
  },
  read = function(c, _, o)
    if o.year and not o.year:find "^%d%d%d%d$" then return nil, "--year: four digits expected" end
    return c:timeline { from = o.from, to = o.to, year = o.year }
  end,
}
