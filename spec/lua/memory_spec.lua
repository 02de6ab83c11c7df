-- What C holds for Lua is freed in time: a process of its own, since memory once used
-- stays with a process. spec/long/memory.lua runs 20,000.
describe("a plain loop of cleanings", function()
  it("stays below 100 MB", function()
    local pipe = assert(io.popen "lua5.4 spec/long/memory.lua 60 100 2>&1")
    local out = pipe:read "a"
    assert(pipe:close(), out)
    assert.matches("1 passed, 0 failed", out)
  end)
end)
