-- textmill filter: NDJSON or files in, one line of facts a document out.
local filter = require "textmill.filter"
local inputs = require "textmill.inputs"
local json = require "textmill.json"
local progress = require "textmill.progress"
local screen = require "textmill.screen"

return {
  usage = "filter [--pack NAME] [FILE...] < in.ndjson > out.ndjson",
  about = "documents in, exactly one line of facts out for each, in the same order",
  options = {
    { "--pack NAME", "rules: a name or a .lua file (default zh.report)" },
    { "--ref-date DATE", "resolve dates without a year against this day" },
    { "--ref-date-field NAME", "... against this field of each input line" },
    { "--max-bytes SIZE", "a larger document gets status limit", size = true },
    { "--max-ms N", "time for one document; facts found before are kept", number = true },
    { "--max-steps N", "steps a pattern may take in one document; likewise", number = true },
    { "--explode", "one line a fact instead of one a document" },
    { "--summary FILE", "write counts, bytes and times as JSON" },
    { "--explain ID", "instead: where the facts come from whose id begins with ID" },
    { "--progress", "documents, facts and rate on stderr" },
  },
  notes = 'Input lines: {"id","text"}, {"id","bytes_b64"} (true raw bytes), {"id","path"}; other\n'
    .. "keys are metadata. Files and folders given as arguments are read as they are.\n"
    .. "Exit status 1 when a document had status error.",
  run = function(files, o)
    local summary = filter.run {
      input = #files > 0 and files or inputs.ndjson(io.lines(nil, "l"), "standard input"), output = io.stdout,
      pack = o.pack, ref_date = o.ref_date, ref_date_field = o.ref_date_field,
      max_bytes = o.max_bytes, max_ms = o.max_ms, max_steps = o.max_steps, explode = o.explode,
      explain = o.explain, on_progress = o.progress and progress.show or nil,
    }
    if o.summary then
      local f = assert(io.open(o.summary, "wb"))
      assert(f:write(json.encode(summary), "\n"))
      assert(f:close())
    end
    if o.explain and summary.explained == 0 then
      local documents = screen.count(summary["in"], "document")
      screen.complain(("filter: no fact '%s' in %s"):format(o.explain, documents))
      return 1
    end
    return summary.error > 0 and 1 or 0
  end,
}
