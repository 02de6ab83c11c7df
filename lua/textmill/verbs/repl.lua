-- textmill repl: the interactive prompt.
return {
  usage = "repl [FILE.db]",
  about = "Lua with the module at hand; with FILE.db the corpus is `c` (created when new)",
  most = 1,
  options = { { "--echo", "piped input: print a transcript, with prompts and input" } },
  notes = "tm is the module, P its patterns, _ the value shown last, help(x) explains anything.\n"
    .. "From a pipe it runs line by line without prompts: echo 'c:stats()' | textmill repl FILE.db",
  run = function(args, o)
    local tm = require "textmill"
    local c <close> = args[1] and tm.open(args[1], { mode = "create" }) or nil
    return require "textmill.repl".loop(c, o.echo)
  end,
}
