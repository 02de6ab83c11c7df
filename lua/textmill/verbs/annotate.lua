-- textmill annotate: one JSON line a file.
local annotate = require "textmill.annotate"
local inputs = require "textmill.inputs"
local json = require "textmill.json"
local screen = require "textmill.screen"
local tm = require "textmill"

return {
  usage = "annotate [--ref-date DATE] [--pack NAME] FILE...",
  about = "what documents say, one JSON line each: metadata, quantities, people, places, schemes",
  least = 1,
  options = {
    { "--ref-date DATE", "resolve relative dates of facts against this day" },
    { "--pack NAME", "rules: a name or a .lua file (default zh.report)" },
  },
  run = function(files, o)
    local status = 0
    local pack = tm.pack(o.pack or "zh.report")
    for _, path in ipairs(files) do
      local raw, message = inputs.read(path)
      local id = annotate.id(path)
      local out
      if raw then out, message = annotate.document(raw, { id = id, ref_date = o.ref_date, pack = pack }) end
      if not out then
        screen.complain_of(path, message)
        out, status = { id = id, error = message }, 1
      end
      assert(io.write(json.encode(out, { keys = annotate.keys }), "\n"))
    end
    return status
  end,
}
