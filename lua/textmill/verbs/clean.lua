-- textmill clean: raw pages to clean text.
local screen = require "textmill.screen"
local tm = require "textmill"

return {
  usage = "clean [--blocks | --meta | --display] FILE...",
  about = "print the clean text of pages, or how it was made",
  least = 1,
  options = {
    { "--charset NAME", "the charset of the files (default: find out)" },
    { "--blocks", "one line a block: kind, raw bytes FROM,TO, text" },
    { "--meta", "what the page says of itself: title, date, source, authors" },
    { "--display", "simplified, half width: the form that facts quote" },
  },
  run = function(files, o)
    local status = 0
    for _, path in ipairs(files) do
      local t, message = tm.clean({ path = path }, { charset = o.charset })
      if not t then
        screen.complain_of(path, message)
        status = 1
      elseif o.blocks then
        for _, b in ipairs(t:blocks()) do
          local ri, rj = t:raw(b.i, b.j)
          print(("%-11s %7d,%-7d %s"):format(b.kind, ri - 1, rj, screen.clean(b.text)))
        end
      elseif o.meta then
        for _, m in ipairs(t:meta()) do print(m.key .. "\t" .. screen.clean(m.value)) end
      else
        local form = t.script == "none" and "width" or "display"
        io.write(o.display and tm.normalize(tostring(t), form) or tostring(t), "\n")
      end
    end
    return status
  end,
}
