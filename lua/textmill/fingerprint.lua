-- textmill.fingerprint - says in 16 digits what a value is made of, functions
-- included: a rule whose code, words, patterns or helpers change gets another one.
--
--   rule -> emit (bytecode without line numbers) -> upvalues -> helpers, tables, ...
--
-- Walked to the end, each table and function once. Modules of textmill that are not
-- rules count by the version of the build, not by their content. What a table caches
-- while it runs counts, too: then a rule looks changed that is not, and runs once more.

local core = require "textmill.core"

local fingerprint = {}

-- Values that stand for themselves: the library and textmill's own modules.
local function known_values()
  local known = { [_G] = "_G" }
  for name, module in pairs(package.loaded) do
    local is_rules = name:find "^textmill%.rules%."
    if not is_rules and (type(module) == "table" or type(module) == "function") then known[module] = name end
  end
  return known
end

local walk

local function key_order(a, b)
  local ta, tb = math.type(a) or type(a), math.type(b) or type(b)
  if ta ~= tb then return ta < tb end
  if ta == "boolean" then return not a and b end
  return a < b
end

local sortable = { integer = true, float = true, string = true, boolean = true }

-- Keys in a fixed order; those without one (tables, functions) count by their number.
local function walk_table(w, t)
  local meta = getmetatable(t)
  if type(meta) == "table" and rawget(meta, "__mode") then return end -- weak: a cache
  local keys, others = {}, 0
  for key in next, t do
    if sortable[math.type(key) or type(key)] then keys[#keys + 1] = key else others = others + 1 end
  end
  table.sort(keys, key_order)
  w[#w + 1] = ("{%d+%d"):format(#keys, others)
  for _, key in ipairs(keys) do
    walk(w, key)
    walk(w, rawget(t, key))
  end
  walk(w, meta)
end

local function walk_function(w, f)
  local info = debug.getinfo(f, "S")
  if info.what == "C" then
    w[#w + 1] = "C"
    return
  end
  w[#w + 1] = string.dump(f, true)
  for k = 1, math.huge do
    local name, value = debug.getupvalue(f, k)
    if not name then break end
    walk(w, value)
  end
end

function walk(w, v)
  local kind = type(v)
  if kind == "table" or kind == "function" then
    if w.known[v] then
      w[#w + 1] = "=" .. w.known[v]
    elseif w.seen[v] then
      w[#w + 1] = "#" .. w.seen[v]
    else
      w.n = w.n + 1
      w.seen[v] = w.n
      if kind == "table" then walk_table(w, v) else walk_function(w, v) end
    end
  elseif kind == "userdata" then
    w[#w + 1] = (tostring(v):gsub("0x%x+", ""))
  else
    w[#w + 1] = kind .. ":" .. tostring(v)
  end
end

-- fingerprint.of(value) -> 16 hexadecimal digits, and the bytes they stand for
function fingerprint.of(value)
  local w = { known = known_values(), seen = {}, n = 0 }
  walk(w, value)
  local made_of = table.concat(w, "\0")
  return core.sha256(made_of):sub(1, 16), made_of
end

return fingerprint
