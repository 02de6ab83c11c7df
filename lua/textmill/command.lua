-- textmill.command - the command `textmill VERB ...`: finds the verb, reads its
-- arguments, runs it, turns errors into one line on stderr and an exit status.
--
-- Exit status: 0 done; 1 done, but some input failed (named on stderr); 2 the
-- arguments are wrong; 3 it could not be done; 130 interrupted. A verb is a table
-- in lua/textmill/verbs/: usage, about, options, least, most, run(args, options).

local core = require "textmill.core"
local nearest = require "textmill.nearest"
local options = require "textmill.options"
local screen = require "textmill.screen"

local command = {}

-- in the order of --help
local groups = {
  { "with a corpus file", { "add", "search", "kwic", "match", "extract", "facts", "explain", "docs", "stats",
                            "cite", "compare", "timeline", "sample", "verdicts", "collocates",
                            "frequencies", "keyness", "keywords", "dispersion", "similar",
                            "duplicates", "report", "sql", "remove", "userwords", "new-words", "group",
                            "reindex", "compact", "verify" } },
  { "without one", { "demo", "repl", "clean", "words", "train", "annotate", "filter", "explode", "diff",
                     "schema", "data", "version" } },
}

-- A verb that is not there yet is not listed.
for _, group in ipairs(groups) do
  for k = #group[2], 1, -1 do
    local there = package.searchpath("textmill.verbs." .. group[2][k], package.path)
    if not there then table.remove(group[2], k) end
  end
end

local function known(verb)
  for _, group in ipairs(groups) do
    for _, name in ipairs(group[2]) do if name == verb then return true end end
  end
end

local function load_verb(name)
  return require("textmill.verbs." .. name)
end

function command.usage()
  local lines = { "textmill: dirty multilingual text in, searchable facts that cite their raw bytes out", "" }
  for _, group in ipairs(groups) do
    lines[#lines + 1] = group[1] .. ":"
    for _, name in ipairs(group[2]) do
      lines[#lines + 1] = ("  %-10s %s"):format(name, load_verb(name).about)
    end
    lines[#lines + 1] = ""
  end
  lines[#lines + 1] = "textmill VERB --help says more; textmill demo shows it at work."
  return table.concat(lines, "\n")
end

local complain = screen.complain

local function suggestion(verb)
  local verbs = {}
  for _, group in ipairs(groups) do table.move(group[2], 1, #group[2], #verbs + 1, verbs) end
  local found = nearest.names(verb, verbs)[1]
  return found and (" (did you mean %s?)"):format(found) or ""
end

local function run(verb, args)
  local spec = load_verb(verb)
  for _, a in ipairs(args) do
    if a == "--" then break end
    if a == "--help" or a == "-h" then
      print(options.help(spec))
      return 0
    end
  end
  local rest, found = options.parse(spec, args)
  if not rest then
    complain(verb, ": ", found)
    return 2
  end
  return spec.run(rest, found) or 0
end

-- What Lua says of an argument is said of the command's own.
local function message_of(e)
  if type(e) == "table" and e.message then return e.message end
  local message = tostring(e):gsub("^[^:\n]+%.lua:%d+: ", "")
  return message:match "^bad argument #%-?%d+ to '[^']*' %((.*)%)$" or message
end

local function dispatch(args)
  local verb = args[1]
  if not verb or verb == "--help" or verb == "-h" or verb == "help" then
    if verb == "help" and args[2] and known(args[2]) then return run(args[2], { "--help" }) end
    print(command.usage())
    return verb and 0 or 2
  end
  if verb == "--version" then verb = "version" end
  if not known(verb) then
    complain("there is no '", verb, "'", suggestion(verb), "; textmill --help lists the verbs")
    return 2
  end
  return run(verb, table.move(args, 2, #args, 1, {}))
end

-- One line for what went wrong, and the exit status. Ctrl-C reaches a script
-- as an error of that text.
local function failure(verb, message)
  if message:find "^interrupted!" then
    complain(verb, ": interrupted; what was committed before stays")
    return 130
  end
  complain(verb, ": ", message)
  return 3
end

-- Nothing is done before it is written: a full disk is a failure. A reader that
-- went away (textmill ... | head) is none worth a word.
function command.main(args)
  local ok, status = xpcall(dispatch, function(e)
    local message = message_of(e)
    return os.getenv "TEXTMILL_TRACEBACK" and debug.traceback(message, 2) or message
  end, args)
  local written, why, code = core.flush()
  if code == "pipe" then return 3 end
  if not ok then return failure(args[1] or "--help", status) end
  if written then return status end
  complain("cannot write the output: ", why)
  return 3
end

return command
