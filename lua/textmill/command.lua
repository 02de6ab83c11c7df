-- textmill.command - the command `textmill VERB ...`: finds the verb, reads its
-- arguments, runs it, turns errors into one line on stderr and an exit status.
--
-- Exit status: 0 done; 1 done, but some input failed (named on stderr); 2 the
-- arguments are wrong; 3 it could not be done. A verb is a table in
-- lua/textmill/verbs/: usage, about, options, least, most, run(args, options).

local options = require "textmill.options"

local command = {}

-- in the order of --help
local groups = {
  { "with a corpus file", { "add", "search", "kwic", "match", "extract", "facts", "explain", "docs", "stats",
                            "cite", "sql", "remove", "verify" } },
  { "without one", { "demo", "repl", "clean", "words", "annotate", "filter", "explode", "version" } },
}

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

local function complain(...)
  io.stderr:write("textmill: ", ...)
  io.stderr:write("\n")
end

-- The nearest verb by shared letters, for a slip of the finger.
local function suggestion(verb)
  local best, score = nil, 1
  for _, group in ipairs(groups) do
    for _, name in ipairs(group[2]) do
      local n = 0
      for c in verb:gmatch "." do if name:find(c, 1, true) then n = n + 1 end end
      n = n / math.max(#verb, #name) + (name:sub(1, 1) == verb:sub(1, 1) and 0.3 or 0)
      if n > score then best, score = name, n end
    end
  end
  return best and (" (did you mean %s?)"):format(best) or ""
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

-- A closed pipe (textmill ... | head) ends quietly.
local function message_of(e)
  if type(e) == "table" and e.message then return e.message end
  return (tostring(e):gsub("^[^:\n]+%.lua:%d+: ", ""))
end

function command.main(args)
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
  local ok, status = xpcall(run, function(e)
    return os.getenv "TEXTMILL_TRACEBACK" and debug.traceback(message_of(e), 2) or message_of(e)
  end, verb, table.move(args, 2, #args, 1, {}))
  if ok then return status end
  complain(verb, ": ", status)
  return 3
end

return command
