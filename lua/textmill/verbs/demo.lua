-- textmill demo: the main job on the sample pages, in memory.
return {
  usage = "demo [--keep FILE.db] [FOLDER]",
  about = "clean, index and extract sample pages (or FOLDER) and show what comes out",
  most = 1,
  options = {
    { "--keep FILE.db", "keep the corpus in a file" },
    { "--repl", "go on at the REPL with the corpus as `c`" },
  },
  run = function(args, o)
    local c <close> = require "textmill.demo".run { folder = args[1], file = o.keep }
    if o.repl then
      require "textmill.repl".loop(c)
    else
      print "\nTry it on your own:  textmill add my.db PAGES/   textmill repl my.db   textmill --help"
    end
  end,
}
