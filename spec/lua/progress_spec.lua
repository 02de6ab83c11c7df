-- tm.progress: what long work says of itself, and that add, extract and filter call it.

local progress = require "textmill.progress"
local tm = require "textmill"

-- A screen and a clock of our own: said(), tick(seconds), the function.
local function fake(terminal)
  local time, out = 0, {}
  local show = progress.new { now = function() return time end, terminal = function() return terminal end,
                              out = function(s) out[#out + 1] = s end }
  return out, function(seconds) time = time + seconds end, show
end

describe("progress", function()
  it("says counts, rate and time left", function()
    local function bar(n) return ("█"):rep(n) .. ("░"):rep(16 - n) end
    assert.equal("add  " .. bar(8) .. "   50 %  1,200 documents, 3 failed, 4.0 MB, 2.0 MB/s, 0:00:02 left",
      progress.line(1200, { doing = "add", share = 0.5, failed = 3, bytes = 4000000 }, 2))
    assert.equal("extract  " .. bar(4) .. "   25 %  600 documents, 1 fact, 300/s, 0:00:06 left",
      progress.line(600, { doing = "extract", share = 0.25, facts = 1 }, 2))
    assert.equal("filter  7 documents, 0 facts, 0.0 MB, 0.0 MB/s", -- a pipe has no known end
      progress.line(7, { doing = "filter", facts = 0, bytes = 0 }, 2))
  end)

  it("keeps to one line on a terminal and clears it at the end", function()
    local out, tick, show = fake(true)
    local counts = { doing = "add", bytes = 0 }
    show(1, counts)
    tick(0.1)
    show(2, counts)
    assert.same({}, out) -- not so soon
    tick(0.2)
    show(3, counts)
    assert.matches("^\r.*3 documents.*\27%[K$", out[1])
    counts.finished = true
    show(3, counts)
    assert.same({ out[1], "\r\27[K" }, out)
  end)

  it("elsewhere says a line every five seconds", function()
    local out, tick, show = fake(false)
    local counts = { bytes = 0 }
    for k = 1, 12 do
      tick(1)
      show(k, counts)
    end
    counts.finished = true
    show(12, counts)
    assert.equal(2, #out)
    assert.matches("^6 documents[^\r\27]*\n$", out[1])
  end)

  it("keeps two runs apart", function()
    local out, tick, show = fake(false)
    local first, second = { bytes = 0 }, { bytes = 5e6 }
    show(1, first)
    tick(5)
    show(1, second) -- begins here
    show(2, first)
    assert.same({ "2 documents, 0.0 MB, 0.0 MB/s\n" }, out)
  end)

  it("is called by add, extract and filter: shares that rise to 1, then the end", function()
    local function watch()
      local seen = { shares = {}, finished = 0 }
      return seen, function(done, counts)
        seen.doing, seen.done = counts.doing, done
        if counts.finished then seen.finished = seen.finished + 1
        else seen.shares[#seen.shares + 1] = counts.share end
      end
    end
    local samples = require "textmill.demo".samples()
    local c <close> = tm.open(nil)
    for _, work in ipairs {
      { "add", function(f) return c:add(samples, { on_progress = f }) end },
      { "extract", function(f) return c:extract("zh.report", { on_progress = f }) end },
      { "filter", function(f)
        return tm.filter { input = samples, output = function() end, on_progress = f }
      end },
    } do
      local seen, f = watch()
      local r = work[2](f)
      assert.same({ work[1], 10, 1, 10 }, { seen.doing, seen.done, seen.finished, #seen.shares })
      for k = 2, 10 do assert(seen.shares[k] >= seen.shares[k - 1], work[1]) end
      assert(seen.shares[10] > seen.shares[1] and seen.shares[10] <= 1)
      assert.same({}, { r.doing, r.share, r.finished })
    end
  end)
end)
