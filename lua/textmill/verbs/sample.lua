-- textmill sample: facts drawn at random, to be judged.
local reading = require "textmill.reading"

return reading {
  usage = "sample FILE.db [COLUMN=VALUE...] --save check.csv",
  about = "facts drawn at random with an empty column verdict, to be judged",
  least = 1,
  options = {
    { "--n N", "how many (default 50)", number = true },
    { "--seed SEED", "the same seed draws the same facts (default 1)" },
  },
  notes = "In the column verdict: ok, wrong, wrong FIELD, or FIELD=VALUE; then\n"
    .. "  textmill verdicts FILE.db check.csv",
  read = function(c, args, o)
    local what = { n = math.tointeger(o.n or 50), seed = o.seed }
    if not what.n or what.n < 1 then return nil, "--n: a whole number above 0 expected" end
    for k = 2, #args do
      local column, value = args[k]:match "^([%w_]+)=(.*)$"
      if not column then return nil, ("'%s' is not COLUMN=VALUE"):format(args[k]) end
      what[column] = value
    end
    return c:sample(what)
  end,
}
