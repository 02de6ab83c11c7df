-- textmill explain: one fact, or why there is none.
local screen = require "textmill.screen"
local tm = require "textmill"

return {
  usage = "explain FILE.db FACT-ID | DOC#FROM,TO",
  about = "a fact from its rule down to its raw bytes; for a citation, why there is no fact",
  least = 2, most = 2,
  options = { { "--pack NAME", "the rules to ask (default zh.report)" } },
  run = function(args, o)
    local c <close> = tm.open(args[1], { mode = "r" })
    if args[2]:find "#%d+,%d+$" then
      print(c:why(args[2], o.pack or "zh.report"))
      return 0
    end
    local f = c:facts { id = args[2] }[1]
    if not f then
      screen.complain("no fact ", args[2])
      return 1
    end
    print(c:explain(f))
  end,
}
