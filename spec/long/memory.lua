-- memory.lua [N [MB]] - N cleanings of 1 MB in a plain loop (20,000, as a long run has
-- them) stay below MB of resident memory (100): what C holds is charged to the
-- collector, which nobody calls here.
local tm = require "textmill"

local count, limit = tonumber(arg and arg[1]) or 20000, tonumber(arg and arg[2]) or 100

local function resident()
  local f <close> = io.open "/proc/self/status"
  return f and tonumber(f:read("a"):match "VmHWM:%s*(%d+) kB") / 1024
end

if not io.open "/proc/self/status" then
  print "no /proc/self/status here: skipped; 1 passed, 0 failed"
  os.exit(true)
end

local sentence = "<p>全镇设置36个水位观测点，配备手摇报警器40台，每天两次通报水情。 The river rose again.</p>\n"
local page = sentence:rep(1000000 // #sentence + 1):sub(1, 1000000)
local start, bytes = os.clock(), 0
for k = 1, count do
  local t = tm.clean(page, { html = k % 2 == 0 })
  bytes = bytes + #tostring(t)
end
local most = resident()
local ok = most < limit and bytes > count * 500000
print(("memory: %d cleanings of 1 MB, %.0f MB/s, at most %.1f MB resident (limit %d)"):format(count,
  count / (os.clock() - start), most, limit))
if arg and arg[3] == "--rows" then
  print(table.concat({ "row", "memory", ("%d cleanings of 1 MB in a Lua loop, peak"):format(count),
                       ("%.1f"):format(most), "MB", "", "", "<=" .. limit }, "\t"))
end
print(("%d passed, %d failed"):format(ok and 1 or 0, ok and 0 or 1))
os.exit(ok)
