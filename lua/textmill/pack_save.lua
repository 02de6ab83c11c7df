-- textmill.pack_save - a pack as a Lua file that tm.pack(path) reads again.
--
--   pack:save "mine.lua"
--
-- A pack from a file is copied as it stands, one that textmill ships is named. One made of
-- tables is written down: patterns as they print, functions by their text, and what these
-- took from the file around them (upvalues) as locals before the pack. What cannot be
-- written (other userdata, functions in C, two functions on one line) is an error and makes
-- no file; so is a pack whose examples fail when the text is read again.

local core = require "textmill.core"
local failure = require "textmill.failure"
local function_source = require "textmill.function_source"

-- The fields of a rule in the order they are written.
local FIELDS <const> = { "description", "needs", "cues", "blocks", "match", "patterns", "scan", "emit",
                         "examples", "counterexamples" }

local function refuse(what, why) failure("invalid", ("pack:save: %s: %s"):format(what, why)) end

local write -- (out, v, what) -> text

-- May it stand as { key = ... }? Lua's own words may not.
local function is_name(key)
  if type(key) ~= "string" or not key:find "^[%a_][%w_]*$" then return false end
  return load("return { " .. key .. " = 1 }") ~= nil
end

local function key_text(out, key, what)
  return is_name(key) and key or "[" .. write(out, key, what) .. "]"
end

local function key_order(a, b)
  if type(a) == type(b) then return a < b end
  return type(a) == "number"
end

local function write_table(out, t, what)
  local keys, parts = {}, {}
  for key in pairs(t) do
    if type(key) ~= "string" and type(key) ~= "number" then refuse(what, "a key that is a " .. type(key)) end
    keys[#keys + 1] = key
  end
  table.sort(keys, key_order)
  for k, key in ipairs(keys) do
    local value = write(out, t[key], what)
    parts[k] = key == k and value or key_text(out, key, what) .. " = " .. value
  end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

-- A local of its own for what a function took from around it, once for each value.
local function write_upvalue(out, f, k, name, value, what)
  local key = type(value) == "table" and value or debug.upvalueid(f, k)
  if out.names[name] == key then return end
  if out.names[name] then refuse(what, ("two different locals called '%s'"):format(name)) end
  out.names[name] = key
  local text = write(out, value, what .. "." .. name) -- puts its own locals before
  out[#out + 1] = ("local %s = %s"):format(name, text)
end

local function write_function(out, f, what)
  local text, why = function_source.of(f)
  if not text then refuse(what, why) end
  if out.open[f] then refuse(what, "it calls itself") end
  out.open[f] = true
  for k = 1, math.huge do
    local name, value = debug.getupvalue(f, k)
    if not name then break end
    if name ~= "_ENV" and value ~= out.tm and value ~= out.tm.pattern then
      write_upvalue(out, f, k, name, value, what)
    elseif name ~= "_ENV" then
      out.names[name] = value
    end
  end
  out.open[f] = nil
  return text
end

local WRITERS <const> = { string = function(_, s) return ("%q"):format(s):gsub("\\\n", "\\n") .. "" end,
                          number = function(_, n) return ("%q"):format(n) end,
                          boolean = function(_, b) return tostring(b) end,
                          ["nil"] = function() return "nil" end,
                          table = write_table, ["function"] = write_function }

function write(out, v, what)
  local meta = debug.getmetatable(v)
  if type(v) == "userdata" and type(meta) == "table" and meta.__name == "textmill.pattern" then
    return core.pattern_source(v)
  end
  local writer = WRITERS[type(v)]
  if not writer then refuse(what, "a " .. type(v) .. " cannot be written") end
  if type(v) ~= "table" then return (writer(out, v, what)) end
  if meta then refuse(what, "a table with a metatable cannot be written") end
  if out.open[v] then refuse(what, "a table that holds itself") end
  out.open[v] = true
  local text = writer(out, v, what)
  out.open[v] = nil
  return text
end

-- Kinds of blocks are kept as a set, and written as the list that tm.rule takes.
local function blocks_of(rule)
  local list = {}
  for kind in pairs(rule.blocks) do list[#list + 1] = kind end
  table.sort(list)
  return list
end

local function write_rule(out, rule)
  local lines = { ("  tm.rule { %q"):format(rule.name) }
  for _, field in ipairs(FIELDS) do
    local value = rule[field]
    if value ~= nil then
      if field == "blocks" then value = blocks_of(rule) end
      lines[#lines + 1] = ("    %s = %s"):format(field, write(out, value, rule.name .. "." .. field))
    end
  end
  return table.concat(lines, ",\n") .. " }"
end

local function write_pack(pack)
  local out = { names = {}, open = {}, tm = require "textmill" }
  local parts = { ("return tm.pack { %q"):format(pack.name), ("  version = %q"):format(pack.version) }
  for _, rule in ipairs(pack.list) do parts[#parts + 1] = write_rule(out, rule) end
  if pack.finish then parts[#parts + 1] = "  finish = " .. write(out, pack.finish, "finish") end
  local head = { ("-- the pack %s, version %s"):format(pack.name, pack.version):gsub("%c", " ") .. "",
                 "local P = tm.pattern" }
  local names = {}
  for name in pairs(out.names) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    local value = out.names[name]
    if value == out.tm and name ~= "tm" then head[#head + 1] = ("local %s = tm"):format(name) end
    if value == out.tm.pattern and name ~= "P" then head[#head + 1] = ("local %s = P"):format(name) end
  end
  table.move(out, 1, #out, #head + 1, head)
  return table.concat(head, "\n") .. "\n\n" .. table.concat(parts, ",\n") .. " }\n"
end

local function read_file(path)
  local file, why = io.open(path, "rb")
  if not file then failure("io", why) end
  local text = file:read "a"
  file:close()
  return text
end

-- Does the text give a pack whose examples do what those of this one do? `read` loads a text.
local function verify(pack, text, path, read)
  local ok, again = pcall(read, text, path, { trusted = pack.trusted })
  if not ok then refuse(pack.name, "what was written cannot be read: " .. tostring(again)) end
  local before, after = pack:check(), again:check()
  if after.failed > before.failed then
    refuse(pack.name, "examples fail when it is read again (a global of the prompt?):\n" .. tostring(after))
  end
end

-- The text of the pack's file.
local function text_of(pack, path, read)
  if not pack.source then
    local text = write_pack(pack)
    verify(pack, text, path, read)
    return text
  end
  if pack.source:find "%.lua$" or pack.source:find "/" then return read_file(pack.source) end
  return ("return tm.pack %q\n"):format(pack.source)
end

-- save(pack, path, read): writes the file, or raises; read(text, path, o) makes a pack of a text
return function(pack, path, read)
  local text = text_of(pack, path, read)
  local file, why = io.open(path, "wb")
  if not file then failure("io", why) end
  local ok, message = file:write(text)
  if ok then ok, message = file:close() else file:close() end
  if not ok then failure("io", ("%s: %s"):format(path, message)) end
end
