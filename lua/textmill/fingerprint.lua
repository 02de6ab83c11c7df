-- textmill.fingerprint - says in 16 digits what a value is made of, functions
-- included: a rule whose code, words, patterns or helpers change gets another one.
--
--   rule -> emit (bytecode without line numbers) -> upvalues -> helpers, tables, ...
--
--   value --node--> { text = what stands in it itself, children = { other values } }
--
-- Walked to the end, each table and function once; nodes are kept in `memo`, so that
-- helpers that many rules share are written down once. Modules of textmill that are not
-- rules count by the version of the build, not by their content; tables with weak
-- keys or values are caches and do not count.

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

-- fingerprint.memo() -> what calls of `of` may share while nothing changes between them
function fingerprint.memo() return { known = known_values(), nodes = {} } end

-- Writes v into the node: itself where it has no parts, else as a child.
local function put(memo, node, v)
  local kind = type(v)
  local list = node.list
  if kind == "table" or kind == "function" then
    local name = memo.known[v]
    list[#list + 1] = name and "=" .. name or "#"
    if not name then node.children[#node.children + 1] = v end
  elseif kind == "userdata" then
    local is_pattern = (getmetatable(v) or {}).__name == "textmill.pattern"
    list[#list + 1] = is_pattern and core.pattern_source(v) or (tostring(v):gsub("0x%x+", ""))
  else
    list[#list + 1] = kind .. ":" .. tostring(v)
  end
end

local function key_order(a, b)
  local ta, tb = math.type(a) or type(a), math.type(b) or type(b)
  if ta ~= tb then return ta < tb end
  if ta == "boolean" then return not a and b end
  return a < b
end

local sortable = { integer = true, float = true, string = true, boolean = true }

-- Keys in a fixed order; those without one (tables, functions) count by their number.
local function put_table(memo, node, t)
  local meta = getmetatable(t)
  if type(meta) == "table" and rawget(meta, "__mode") then return end -- weak: a cache
  local keys, others = {}, 0
  for key in next, t do
    if sortable[math.type(key) or type(key)] then keys[#keys + 1] = key else others = others + 1 end
  end
  table.sort(keys, key_order)
  node.list[1] = ("{%d+%d"):format(#keys, others)
  for _, key in ipairs(keys) do
    put(memo, node, key)
    put(memo, node, rawget(t, key))
  end
  put(memo, node, meta)
end

local function put_function(memo, node, f)
  if debug.getinfo(f, "S").what == "C" then
    node.list[1] = "C"
    return
  end
  node.list[1] = string.dump(f, true)
  for k = 1, math.huge do
    local name, value = debug.getupvalue(f, k)
    if not name then break end
    put(memo, node, value)
  end
end

-- What stands in a table or function itself, and the values it holds.
local function node_of(memo, v)
  local node = memo.nodes[v]
  if not node then
    node = { list = {}, children = {} }
    if type(v) == "table" then put_table(memo, node, v) else put_function(memo, node, v) end
    node.text, node.list = table.concat(node.list, "\0"), nil
    node.digits = core.sha256(node.text)
    memo.nodes[v] = node
  end
  return node
end

-- All nodes that hang on the value, in a fixed order; a child that was seen counts by
-- its number.
local function walk(memo, v, w)
  if w.seen[v] then
    w.list[#w.list + 1] = "#" .. w.seen[v]
    return
  end
  local node = node_of(memo, v)
  w.nodes[#w.nodes + 1] = node
  w.seen[v] = #w.nodes
  w.list[#w.list + 1] = node.digits
  for _, child in ipairs(node.children) do walk(memo, child, w) end
end

-- fingerprint.of(value, [memo]) -> 16 hexadecimal digits, and the nodes they stand for
function fingerprint.of(value, memo)
  memo = memo or fingerprint.memo()
  local w = { seen = {}, nodes = {}, list = {} }
  local root = { list = {}, children = {} }
  put(memo, root, value)
  w.list[1] = root.list[1]
  for _, child in ipairs(root.children) do walk(memo, child, w) end
  return core.sha256(table.concat(w.list, "\0")):sub(1, 16), w.nodes
end

-- fingerprint.mentions(nodes, word): does the word stand in one of them?
function fingerprint.mentions(nodes, word)
  for _, node in ipairs(nodes) do
    node.words = node.words or {}
    if node.words[word] == nil then node.words[word] = node.text:find(word, 1, true) ~= nil end
    if node.words[word] then return true end
  end
  return false
end

return fingerprint
