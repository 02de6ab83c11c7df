-- textmill cite: the bytes behind a citation.
local screen = require "textmill.screen"
local tm = require "textmill"

return {
  usage = "cite FILE.db DOC#FROM,TO...",
  about = "the raw bytes of a citation and how they read",
  least = 2,
  options = { { "--raw", "only the bytes, exactly" } },
  run = function(args, o)
    local c <close> = tm.open(args[1], { mode = "r" })
    local status = 0
    for k = 2, #args do
      local quote, row = c:cite(args[k])
      if not quote then
        screen.complain(row)
        status = 1
      elseif o.raw then
        io.write(row.raw)
      else
        print(("%s   raw, %d bytes of %s (sha256 %s…)"):format(screen.clean(row.raw), #row.raw,
          row.path or row.doc, row.sha256:sub(1, 12)))
        print(("%s   display"):format(screen.clean(quote)))
      end
    end
    return status
  end,
}
