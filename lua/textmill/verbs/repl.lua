-- textmill repl: the interactive prompt.
return {
  usage = "repl [FILE.db]",
  about = "Lua with the module at hand; with FILE.db the corpus is `c` (created when new)",
  most = 1,
  run = function(args)
    local tm = require "textmill"
    local c <close> = args[1] and tm.open(args[1], { mode = "create" }) or nil
    require "textmill.repl".loop(c)
  end,
}
