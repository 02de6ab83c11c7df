-- textmill.annotations - reads the files meta*.lua: the one
-- source of what help prints and what spec/lua/docs_spec.lua compares with the module.
--
--   annotations.read() -> { items = list in order, by_name = { "tm.clean" -> item } }
--
-- An item:
--   kind     "function" | "class" | "field"
--   name     "tm.clean", "text:find", "P.number", "text.charset", "clean_options"
--   class    class without "textmill.": "module", "text"; of a class itself, its own
--   doc      lines of prose          examples  list of { input = lines, output = lines }
--   params   { name, type, text, optional }         returns  { type, text }
--   fields   of a class, items       methods   of a class, items
--   generics of a class: operators, lines as written

local annotations = {}

local FILES <const> = { "textmill.meta", "textmill.meta_texts", "textmill.meta_values", "textmill.meta_words",
  "textmill.meta_corpus", "textmill.meta_stats", "textmill.meta_rules", "textmill.meta_packs" }

-- "string|text rest of the line" -> type, rest. Brackets keep blanks together.
local function split_type(s)
  local depth = 0
  for k = 1, #s do
    local c = s:sub(k, k)
    if c:find "[({<%[]" then depth = depth + 1 elseif c:find "[)}>%]]" then depth = depth - 1 end
    -- fun(...): result goes on behind the colon
    if c == " " and depth == 0 and s:sub(k - 1, k - 1) ~= ":" then return s:sub(1, k - 1), s:sub(k + 1) end
  end
  return s, ""
end

local function new_block()
  return { doc = {}, examples = {}, params = {}, returns = {}, fields = {}, operators = {} }
end

local function example_line(block, line)
  local input, more = line:match "^    > (.*)$", line:match "^    >> (.*)$"
  local last = block.examples[#block.examples]
  if input then block.examples[#block.examples + 1] = { input = { input }, output = {} }
  elseif more then table.insert(last.input, more)
  else table.insert(last.output, (line:gsub("^    ", ""))) end
end

local tags = {}
function tags.class(block, rest) block.class = rest:match "^textmill%.([%w_.]+)" end
-- of a table whose class is in another file
function tags.type(block, rest) block.type = rest:match "^textmill%.([%w_.]+)" end
function tags.operator(block, rest) table.insert(block.operators, rest) end

function tags.param(block, rest)
  local name, optional, tail = rest:match "^([%w_.]+)(%??)%s+(.*)$" -- "..." is a name, too
  local kind, text = split_type(tail)
  table.insert(block.params, { name = name, optional = optional == "?", type = kind, text = text })
end
tags["return"] = function(block, rest)
  local kind, text = split_type(rest)
  table.insert(block.returns, { type = kind, text = text })
end

function tags.field(block, rest)
  local name, optional, tail = rest:match "^([%w_]+)(%??)%s+(.*)$"
  if not name then return end -- ["key"], [1]: for editors only
  local kind, text = split_type(tail)
  table.insert(block.fields, { kind = "field", key = name, optional = optional == "?", type = kind,
                               text = text, doc = {}, examples = {} })
end

local function comment_line(block, line)
  local tag, rest = line:match "^@(%w+)%s*(.*)$"
  if tag then
    if tags[tag] then tags[tag](block, rest) end
  elseif line:find "^    " then example_line(block, line)
  else table.insert(block.doc, line) end
end

local separators = { module = ".", patterns = "." }
local prefixes = { module = "tm", patterns = "P" }

local function full_name(class, key, is_field)
  return (prefixes[class] or class) .. (separators[class] or (is_field and "." or ":")) .. key
end

local function add(book, item)
  book.items[#book.items + 1] = item
  book.by_name[item.name] = item
end

local function close_class(book, block)
  local item = block
  item.kind, item.name, item.methods = "class", block.class, {}
  add(book, item)
  for _, field in ipairs(block.fields) do
    field.class, field.name = block.class, full_name(block.class, field.key, true)
    add(book, field)
  end
end

local function close_function(book, block, variable, key)
  local class = book.variables[variable]
  block.kind, block.class, block.key, block.name = "function", class, key, full_name(class, key)
  add(book, block)
  table.insert(book.by_name[class].methods, block)
end

-- The line behind a comment says what the comment was about.
local function close(book, block, line)
  if block.class then close_class(book, block) end
  local name = line:match "^local ([%w_]+) = {}"
  if name then book.variables[name] = block.class or block.type end
  local variable, key = line:match "^function ([%w_]+)[.:]([%w_]+)%("
  if variable then close_function(book, block, variable, key) end
end

local function read_file(book, path)
  local block
  book.variables = {} -- name of a local table -> its class
  for line in io.lines(path) do
    local comment = line:match "^%-%-%-(.*)$"
    if comment then
      block = block or new_block()
      comment_line(block, comment:find "^    " and comment or comment:gsub("^ ", ""))
    elseif block then
      close(book, block, line)
      block = nil
    end
  end
  if block then close(book, block, "") end
end

function annotations.read()
  local book = { items = {}, by_name = {} }
  for _, name in ipairs(FILES) do
    read_file(book, assert(package.searchpath(name, package.path)))
  end
  return book
end

return annotations
