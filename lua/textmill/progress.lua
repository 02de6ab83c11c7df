-- textmill.progress - how far long work has come, on stderr: tm.progress, to be given as
-- on_progress to add, extract and filter.
--
--   add      ████████░░░░░░░░   50 %  1,200 documents, 3 failed, 4.1 MB, 9.8 MB/s, 0:00:06 left
--   extract  ████░░░░░░░░░░░░   25 %  1,200 documents, 3,400 facts, 600/s, 0:00:09 left
--
-- One line on a terminal, written over and cleared at the end; elsewhere a line every five
-- seconds. What is known of a run stands in the table that the run hands over each time:
--   counts.doing     "add", "extract", "filter"
--   counts.share     of the work that is done, 0 to 1; nil where nobody knows
--   counts.failed, counts.facts, counts.bytes
--   counts.finished  true in the last call

local core = require "textmill.core"
local screen = require "textmill.screen"

local progress = {}

local CELLS <const> = 16

-- when each run began, and when it was last shown
local runs = setmetatable({}, { __mode = "k" })

local function clock(seconds)
  local s = math.ceil(seconds)
  return ("%d:%02d:%02d"):format(s // 3600, s // 60 % 60, s % 60)
end

local function bar(share)
  local full = math.floor(share * CELLS)
  return ("█"):rep(full) .. ("░"):rep(CELLS - full) .. ("  %3d %%  "):format(share * 100 // 1)
end

-- progress.line(done, counts, seconds) -> what is said after so many seconds
function progress.line(done, counts, seconds)
  local parts, rate = { screen.count(done, "document") }, done / seconds
  local function say(format, ...) parts[#parts + 1] = format:format(...) end
  if (counts.failed or 0) > 0 then say("%d failed", counts.failed) end
  if counts.facts then say("%s", screen.count(counts.facts, "fact")) end
  if counts.bytes then say("%.1f MB, %.1f MB/s", counts.bytes / 1e6, counts.bytes / 1e6 / seconds)
  else say("%.0f/s", rate) end
  local share = counts.share
  if share and share > 0 then say("%s left", clock(seconds * (1 - share) / share)) end
  return (counts.doing and counts.doing .. "  " or "") .. (share and bar(share) or "")
         .. table.concat(parts, ", ")
end

-- progress.new{terminal=, out=, now=} -> function(done, counts): tm.progress with another
-- screen and another clock
function progress.new(o)
  return function(done, counts)
    local now = o.now()
    local run = runs[counts] or { began = now, shown = now }
    runs[counts] = run
    if counts.finished then
      if o.terminal() then o.out "\r\27[K" end
      return
    end
    if now - run.shown < (o.terminal() and 0.2 or 5) then return end
    run.shown = now
    local line = progress.line(done, counts, now - run.began)
    o.out(o.terminal() and "\r" .. line .. "\27[K" or line .. "\n")
  end
end

progress.show = progress.new {
  now = core.now, terminal = function() return core.isatty(2) end,
  out = function(s) io.stderr:write(s) end,
}

return progress
