-- textmill.repl - the interactive prompt: Lua with the module at hand.
--
-- `tm` and `P` are set, `c` is the corpus where a file was given, `_` the value
-- shown last, `help(x)` explains. An expression prints its value; results print
-- as tables. Errors say what and where and never end the session. History,
-- completion and Ctrl-C are there when the optional readline module is.
--
-- Input that comes from a pipe or a file is read without prompts; errors go to
-- stderr then, and the exit status is 1 when there was one. With `echo` the
-- output is a transcript: prompts, input, values and errors in their order.

local core = require "textmill.core"
local function_source = require "textmill.function_source"
local inspect = require "textmill.inspect"
local screen = require "textmill.screen"

local repl = {}

local PROMPT <const>, CONTINUED <const> = "> ", ">> "

-- Is the chunk only unfinished? (the way lua.c tells)
local function incomplete(message)
  return message and message:sub(-5) == "<eof>"
end

-- "repl:1: x" -> "x", "repl:3: x" -> "line 3: x"; where in textmill itself says nothing to who types
local function place(message)
  message = message:gsub("^[^:\n]*textmill/[%w_]+%.lua:%d+: ", "")
  return (message:gsub("^repl:(%d+): ", function(n) return n == "1" and "" or "line " .. n .. ": " end))
end

-- Compiles and tells whether more lines are wanted.
local function entry(text, env)
  local chunk, why = load("return " .. text:gsub("^%s*=", ""), "=repl", "t", env)
  if chunk then return chunk end
  local message
  chunk, message = load(text, "=repl", "t", env)
  return chunk, message, incomplete(message) or not chunk and incomplete(why)
end

local function show(out, env, n, ...)
  if n == 0 then return end
  local parts, separator = {}, "\t"
  for k = 1, n do
    parts[k] = inspect.value((select(k, ...)))
    if parts[k]:find "\n" then separator = "\n" end
  end
  rawset(env, "_", (...))
  out(table.concat(parts, separator))
end

local function handler(e)
  return type(e) == "string" and place(e) or e
end

-- Runs one complete entry: "more" when it is unfinished, else true, or false
-- after an error. out prints a text, complain (out where it is nil) an error.
function repl.run(text, env, out, complain)
  complain = complain or out
  local function fail(e)
    if type(e) ~= "string" then e = inspect.value(e) end
    complain("error: " .. inspect.text(e))
  end
  local chunk, message, more = entry(text, env)
  if more then return "more" end
  if not chunk then
    fail(place(message))
    return false
  end
  function_source.remember(text)
  local values = table.pack(xpcall(chunk, handler))
  -- showing calls __tostring, which may raise, too
  local ok, e = values[1], values[2]
  if ok then ok, e = xpcall(show, handler, out, env, values.n - 1, table.unpack(values, 2, values.n)) end
  if not ok then fail(e) end
  return ok
end

-- completion -------------------------------------------------------------------

local function collect(seen, t)
  for k in pairs(type(t) == "table" and t or {}) do
    if type(k) == "string" and not k:find "^_." and not k:find "_$" then seen[k] = true end
  end
end

-- Everything that may stand behind value. or, only methods, behind value:
local function members(value, only_methods)
  local seen = {}
  if type(value) == "table" and not only_methods then collect(seen, value) end
  local mt = debug.getmetatable(value)
  if type(mt) == "table" then
    collect(seen, rawget(mt, "__index"))
    local class = rawget(mt, "__name")
    for _, name in ipairs(require "textmill.help".members(class, only_methods)) do seen[name] = true end
  end
  return seen
end

local function follow(env, path)
  local scope = env
  for name in path:gmatch "[%w_]+" do scope = scope[name] end
  return scope
end

-- repl.candidates(word, env): completions of a.b:c words from what they name
function repl.candidates(word, env)
  local path, last = word:match "^(.-)([%w_]*)$"
  local ok, scope = pcall(follow, env, path)
  if not ok or scope == nil then return {} end
  local seen, list = members(scope, path:sub(-1) == ":"), {}
  if path == "" then collect(seen, _G) end
  for name in pairs(seen) do
    if name:sub(1, #last) == last then list[#list + 1] = path .. name end
  end
  table.sort(list)
  return list
end

-- input ------------------------------------------------------------------------

local function history_file()
  local home = os.getenv "HOME"
  return home and home .. "/.textmill_history"
end

local function nothing() end

-- A reader of lines: readline where it is, plain input elsewhere. It returns
-- nil at the end of input, false where Ctrl-C took the line back.
local function line_reader(env, interactive, echo)
  if not interactive then
    return function(prompt)
      local line = io.read()
      if echo and line then print(prompt .. line) end
      return line
    end, nothing
  end
  local ok, readline = pcall(require, "textmill.readline")
  if not ok then
    return function(prompt)
      io.write(prompt)
      io.flush()
      return io.read()
    end, nothing
  end
  readline.words(function(word) return repl.candidates(word, env) end)
  if history_file() then readline.load(history_file()) end
  return function(prompt)
    local line = readline.read(prompt)
    if line and line:find "%S" then readline.add(line) end
    return line
  end, function()
    if history_file() then readline.save(history_file()) end
  end
end

-- The names a session starts with.
function repl.environment(corpus)
  local tm = require "textmill"
  local env = { tm = tm, P = tm.pattern, c = corpus, help = require "textmill.help" }
  return setmetatable(env, { __index = _G })
end

local function greet(env, corpus)
  print(("textmill %s, Lua 5.4.  help() shows what there is, Ctrl-D ends."):format(env.tm.version().textmill))
  if corpus then print("c is " .. tostring(corpus)) end
end

local function complain(message)
  io.stderr:write(message, "\n")
end

-- repl.loop(corpus | nil, [echo]) -> exit status: until the end of input
function repl.loop(corpus, echo)
  local env, interactive = repl.environment(corpus), core.isatty(0)
  local read, finish = line_reader(env, interactive, echo)
  if interactive then greet(env, corpus) end
  local function fail(message)
    if interactive or echo then print(screen.colour("red", message)) else complain(message) end
  end
  local pending, status = nil, 0
  while true do
    local line = read(pending and CONTINUED or PROMPT)
    if line == nil then break end
    local text = pending and line and pending .. "\n" .. line or line
    local done = not text or repl.run(text, env, print, fail)
    pending = done == "more" and text or nil
    if not done then status = 1 end
  end
  if pending then
    fail "error: the input ends in the middle of a statement"
    status = 1
  end
  if interactive then print() end
  finish()
  return interactive and 0 or status
end

return repl
