-- textmill report: one HTML file of everything.
local reading = require "textmill.reading"
local screen = require "textmill.screen"
local tm = require "textmill"

return {
  usage = "report FILE.db OUT.html",
  about = "one HTML file: summary, comparison, timeline, facts with their pages, checks, how it was made",
  least = 2, most = 2,
  options = {
    { "--item WORDS", "words, or a group, that the comparison is about (default: the commonest items)" },
    { "--title TEXT", "the heading" },
    { "--limit N", "how many facts are listed (default 5000)", number = true },
    { "--pages BYTES", "how much text of pages goes in (default 16 MB)", number = true },
    { "--where KEY=VALUE", "a part: date=FROM..TO, place=, doc=, metadata; several with ;" },
  },
  run = function(args, o)
    local where, wrong = reading.conditions(o.where or "")
    if not where then
      screen.complain("report: ", wrong)
      return 2
    end
    local c <close> = tm.open(args[1], { mode = "r" })
    local asked = { item = o.item, title = o.title, limit = o.limit, pages = o.pages }
    print(assert((o.where and c:where(where) or c):report(args[2], asked)))
    return 0
  end,
}
