-- textmill userwords: a corpus's own words.
local screen = require "textmill.screen"
local tm = require "textmill"

return {
  usage = "userwords FILE.db [--add WORDS] [--remove WORDS] [--file WORDS.txt]",
  about = "words of the corpus's own, stored in it; without options: list them",
  least = 1, most = 1,
  options = {
    { "--add WORDS", "words separated by blanks" },
    { "--remove WORDS", "take words away, also the list's" },
    { "--file WORDS.txt", "jieba's format: word [frequency] [tag] a line" },
  },
  run = function(args, o)
    local change = o.add or o.remove or o.file
    local c <close> = tm.open(args[1], { mode = change and "rw" or "r" })
    if not change then
      local r = c:userwords()
      print(r:head(#r))
      return 0
    end
    local ok, report = pcall(c.userwords, c, { add = o.add, remove = o.remove, file = o.file })
    if not ok then
      screen.complain(tostring(report))
      return 1
    end
    print(report)
    return 0
  end,
}
