-- textmill match: a token pattern over a corpus.
local reading = require "textmill.reading"
local tm = require "textmill"

return reading {
  usage = "match FILE.db PATTERN",
  about = [[matches of a pattern in Lua, e.g. 'P.number:as "n" * P.measure^-1 * P"卡点"']],
  least = 2, most = 2,
  read = function(c, args)
    local chunk, message = load("return " .. args[2], "=pattern", "t", { P = tm.pattern })
    if not chunk then return nil, message end
    local ok, p = pcall(function() return tm.pattern(chunk()) end)
    if not ok then return nil, "no pattern: " .. tostring(p) end
    return c:match(p)
  end,
}
