-- textmill add: documents into a corpus file.
local core = require "textmill.core"
local result = require "textmill.result"
local screen = require "textmill.screen"
local tm = require "textmill"

-- On a terminal, elsewhere only when asked.
local function progress(asked)
  return (core.isatty(2) or asked) and tm.progress or nil
end

-- "utf-8 91 %, gb18030 8 %" of the documents by a column; less than half a percent: <1 %
local function shares(c, column, all)
  local parts = {}
  for row in c:sql(("SELECT %s AS name, count(*) AS n FROM documents WHERE %s IS NOT NULL GROUP BY 1 "
                   .. "ORDER BY n DESC, 1"):format(column, column)) do
    local percent = math.floor(100 * row.n / all + 0.5)
    parts[#parts + 1] = ("%s %s %%"):format(row.name, percent > 0 and percent or "<1")
  end
  return table.concat(parts, ", ")
end

-- What the corpus consists of, and what is amiss.
local function what_it_is(c)
  local s = c:stats()
  local undated = s.documents - s.dated
  return ("charset: %s.  %s.%s"):format(shares(c, "charset", s.documents), shares(c, "script", s.documents),
    undated > 0 and ("  %s without a date: give --date or a date column"):format(
      screen.count(undated, "document")) or "")
end

return {
  usage = "add FILE.db PATH...",
  about = "clean, segment and index pages: folders, files, NDJSON, CSV, WARC, each also .gz (made when new)",
  least = 2,
  options = {
    { "--meta SHEET.csv", "metadata sheet; its columns url and date are known, the rest is kept" },
    { "--key COLUMN", "the sheet's column that names the file or id (default: the first)" },
    { "--files", "PATH is a list of files, one a line" },
    { "--date DATE", "date of documents that have none" },
    { "--charset NAME", "the charset of the files (default: find out)" },
    { "--fts5", "a file made here keeps an FTS5 table mill_fts, too, for other programs" },
    { "--jobs N", "threads that clean and cut words, the one that writes among them", number = true },
    { "--progress", "rate and time left on stderr, where that is no terminal, too" },
    { "--list", "list what became of every document" },
  },
  notes = "A bad document never stops the others: it is listed, kept in the table add_log, and the\n"
    .. "exit status is 1. Identical bytes are stored once with all their sources: run again, an\n"
    .. "add that was interrupted goes on where it was.",
  run = function(args, o)
    local c <close> = tm.open(args[1], { mode = "create", fts5 = o.fts5 })
    local source = o.files and args[2] or table.move(args, 2, #args, 1, {})
    local r = c:add(source, { meta = o.meta, key = o.key, files = o.files, date = o.date,
                              charset = o.charset, jobs = o.jobs,
                              keep = o.list and "all" or "failed",
                              on_progress = progress(o.progress) })
    print(r.summary)
    if r.added + r.replaced > 0 then print(what_it_is(c)) end
    if o.list then
      io.write(result.format(r, "tsv", { plain = true }))
    else
      for row in r do
        if row.what == "failed" then
          screen.complain_of(row.path, ("%s (%s)"):format(row.message, row.code))
        end
      end
    end
    return r.failed > 0 and 1 or 0
  end,
}
