-- textmill verdicts: what people found of a sample.
local reading = require "textmill.reading"

return reading {
  usage = "verdicts FILE.db check.csv",
  about = "take in judged facts (columns fact, verdict) and say how precise they are",
  least = 2, most = 2, mode = "rw",
  read = function(c, args)
    local r = c:verdicts(args[2])
    for _, message in ipairs(r.problems) do require "textmill.screen".complain(args[2], ": ", message) end
    if not require "textmill.core".isatty(1) then
      io.stderr:write(tostring(r):match "^[^\n]*", "\n")
    end
    return r
  end,
  status = function(r) return #r.problems > 0 and 1 or 0 end,
}
