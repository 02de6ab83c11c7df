-- textmill extract: run a pack over a corpus.
local core = require "textmill.core"
local tm = require "textmill"

return {
  usage = "extract FILE.db [PACK]",
  about = "run rules (default zh.report, or a .lua file) and store the facts",
  least = 1, most = 2,
  options = {
    { "--ref-date DATE", "resolve dates without a year against this day" },
    { "--again", "read every document, those too whose facts cannot have changed" },
    { "--max-ms N", "time for one document", number = true },
    { "--jobs N", "threads that run the rules, the one that writes among them", number = true },
    { "--progress", "rate and time left on stderr, where that is no terminal, too" },
  },
  run = function(args, o)
    local c <close> = tm.open(args[1], { mode = "rw" })
    local s = c:extract(args[2] or "zh.report", { ref_date = o.ref_date, max_ms = o.max_ms,
      again = o.again, jobs = o.jobs,
      on_progress = (core.isatty(2) or o.progress) and tm.progress or nil })
    print(s)
    return #s.errors > 0 and 1 or 0
  end,
}
