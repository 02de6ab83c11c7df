-- textmill.repl - the interactive prompt: Lua with the module at hand.
--
-- `tm` and `P` are set, `c` is the corpus where a file was given, `help(x)`
-- explains. An expression prints its value; results print as tables. Errors
-- say what and where and never end the session. History and completion are
-- there when the optional readline module is.

local repl = {}

local PROMPT <const>, CONTINUED <const> = "> ", ">> "

-- Is the chunk only unfinished? (the way lua.c tells)
local function incomplete(message)
  return message and message:sub(-5) == "<eof>"
end


-- Compiles and tells whether more lines are wanted.
local function entry(text, env)
  local chunk = load("return " .. text, "=repl", "t", env)
  if chunk then return chunk end
  local message
  chunk, message = load(text, "=repl", "t", env)
  return chunk, message, incomplete(message)
end

local function describe(v)
  if type(v) == "string" then return v end
  if type(v) == "table" and not (getmetatable(v) or {}).__tostring then
    return repl.show_table(v)
  end
  local inspect = type(v) == "userdata" and (getmetatable(v) or {}).__inspect
  return inspect and inspect(v) or tostring(v)
end

-- Plain tables print one level deep, keys sorted; long ones are cut.
function repl.show_table(t)
  local keys = {}
  for k in pairs(t) do keys[#keys + 1] = k end
  table.sort(keys, function(a, b)
    if type(a) == "number" and type(b) == "number" then return a < b end
    return tostring(a) < tostring(b)
  end)
  local lines = {}
  for n, k in ipairs(keys) do
    if n > 40 then lines[n] = ("  ... %d more"):format(#keys - 40) break end
    local v = t[k]
    lines[n] = ("  %s = %s"):format(tostring(k), type(v) == "string" and ("%q"):format(v) or tostring(v))
  end
  return #lines == 0 and "{}" or "{\n" .. table.concat(lines, "\n") .. "\n}"
end

local function show(out, ok, ...)
  if not ok then
    out("error: " .. tostring((...)))
    return
  end
  local n = select("#", ...)
  if n == 0 then return end
  local parts = {}
  for k = 1, n do parts[k] = describe((select(k, ...))) end
  out(table.concat(parts, "\t"))
end

-- Runs one complete entry; returns "more" when it is unfinished.
function repl.run(text, env, out)
  local chunk, message, more = entry(text, env)
  if more then return "more" end
  if not chunk then
    out("error: " .. message:gsub("^repl:", "line "))
    return
  end
  show(out, xpcall(chunk, function(e)
    return type(e) == "string" and e:gsub("^repl:", "line ") or e
  end))
end

-- Completion of a.b:c words from the tables they name.
function repl.candidates(word, env)
  local path, last = word:match "^(.-)([%w_]*)$"
  local scope, list = env, {}
  for name in path:gmatch "[%w_]+" do
    local ok, value = pcall(function() return scope[name] end)
    if not ok then return list end
    scope = value
  end
  local seen = {}
  local function collect(t)
    for k in pairs(type(t) == "table" and t or {}) do
      if type(k) == "string" and not seen[k] and k:sub(1, #last) == last then
        seen[k] = true
        list[#list + 1] = path .. k
      end
    end
  end
  if path == "" then collect(_G) end
  collect(scope)
  local mt = getmetatable(scope)
  if type(mt) == "table" then collect(type(mt.__index) == "table" and mt.__index or nil) end
  table.sort(list)
  return list
end

local function history_file()
  local home = os.getenv "HOME"
  return home and home .. "/.textmill_history"
end

-- A reader of lines: readline where it is, plain input elsewhere.
local function line_reader(env)
  local ok, readline = pcall(require, "textmill.readline")
  if not ok or not require "textmill.core".isatty(0) then
    return function(prompt)
      io.write(prompt)
      io.flush()
      return io.read()
    end, function() end
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

-- repl.loop(corpus | nil): until the end of input
function repl.loop(corpus)
  local env = repl.environment(corpus)
  local read, finish = line_reader(env)
  print(tostring(env.tm.version()))
  print(corpus and "c is the corpus.  help() shows what there is." or "help() shows what there is.")
  local pending
  while true do
    local line = read(pending and CONTINUED or PROMPT)
    if not line then break end
    local text = pending and pending .. "\n" .. line or line
    pending = repl.run(text, env, print) == "more" and text or nil
  end
  print()
  finish()
end


return repl
