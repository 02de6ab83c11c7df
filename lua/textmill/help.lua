-- textmill.help - help(x) at the REPL: a page about a function, method, class,
-- value or name, made from the annotations (meta.lua) when it is asked for.
--
--   help()            what there is
--   help(tm.clean)    help(c.kwic)   help "kwic"   help "text:find"   help(t)
--   help.text(x)      the page as a string

local annotations = require "textmill.annotations"
local nearest = require "textmill.nearest"
local screen = require "textmill.screen"

local help = {}

local book -- read once a session, when first asked for
local function get_book()
  book = book or annotations.read()
  return book
end

-- layout ---------------------------------------------------------------------

local function columns() return math.min(screen.columns(), 96) end

-- Words of text in lines of at most the screen's width, each with an indent.
local function wrap(text, indent, lines, first)
  local line, width = first or indent, columns()
  local empty = true
  for word in text:gmatch "%S+" do
    if not empty and screen.width(line) + 1 + screen.width(word) > width then
      lines[#lines + 1] = line
      line, empty = indent, true
    end
    line = line .. (empty and "" or " ") .. word
    empty = false
  end
  if not empty or first then lines[#lines + 1] = (line:gsub("%s+$", "")) end
end

-- Two columns: names, what they are.
local function definitions(rows, lines, indent)
  local widest = 0
  for _, row in ipairs(rows) do
    if #row[1] <= 26 then widest = math.max(widest, #row[1]) end
  end
  for _, row in ipairs(rows) do
    local name = indent .. row[1] .. (" "):rep(widest - #row[1]) .. "  "
    wrap(row[2], (" "):rep(#indent + widest + 2), lines, name)
  end
end

local function first_sentence(doc)
  local text = table.concat(doc, " "):gsub("^%s+", "")
  return text:match "^(.-%.)%s" or text
end

local function paragraphs(doc, lines)
  local text = {}
  for k = 1, #doc + 1 do
    local line = doc[k]
    if line and line:find "%S" then text[#text + 1] = line
    elseif #text > 0 then
      wrap(table.concat(text, " "), "  ", lines)
      text = {}
    end
  end
end

local function short_type(t) return (t:gsub("textmill%.", "")) end

-- "string | text: what it is"
local function described(kind, text)
  return short_type(kind):gsub("|", " | ") .. (text ~= "" and ": " .. text or "")
end

local function signature(item)
  local parts = {}
  for k, p in ipairs(item.params) do parts[k] = p.optional and "[" .. p.name .. "]" or p.name end
  local values = {}
  for k, r in ipairs(item.returns) do
    values[k] = r.text:match "^([%w_]+)%f[^%w_]" or short_type(r.type)
  end
  return ("%s(%s)%s"):format(item.name, table.concat(parts, ", "),
    #values > 0 and " -> " .. table.concat(values, ", ") or "")
end

local function field_rows(fields, prefix)
  local rows = {}
  for k, f in ipairs(fields) do rows[k] = { prefix .. f.key, described(f.type, f.text) } end
  return rows
end

local function parameter_rows(item)
  local rows = {}
  for _, p in ipairs(item.params) do
    local options = get_book().by_name[p.type:match "^textmill%.([%w_]+)$" or ""]
    if options and options.class:find "_options$" then
      if p.text ~= "" then rows[#rows + 1] = { p.name, p.text } end
      table.move(field_rows(options.fields, p.name .. "."), 1, #options.fields, #rows + 1, rows)
    else
      rows[#rows + 1] = { p.name, described(p.type, p.text) }
    end
  end
  return rows
end

local function return_rows(item)
  local rows = {}
  for k, r in ipairs(item.returns) do
    local name, text = r.text:match "^([%w_]+)%s*(.*)$"
    rows[k] = { (k == 1 and "-> " or "   ") .. (name or ""), described(r.type, text or "") }
  end
  return rows
end

local function show_examples(item, lines)
  for _, example in ipairs(item.examples) do
    for k, line in ipairs(example.input) do
      lines[#lines + 1] = (k == 1 and "  > " or "  >> ") .. line
    end
    for _, line in ipairs(example.output) do lines[#lines + 1] = "  " .. line end
  end
end

local function blank(lines)
  if lines[#lines] ~= "" then lines[#lines + 1] = "" end
end

-- pages ----------------------------------------------------------------------

local pages = {}

pages["function"] = function(item)
  local lines = { screen.colour("bold", signature(item)) }
  paragraphs(item.doc, lines)
  local rows = parameter_rows(item)
  local results = return_rows(item)
  if #rows + #results > 0 then blank(lines) end
  table.move(results, 1, #results, #rows + 1, rows)
  definitions(rows, lines, "  ")
  if #item.examples > 0 then
    blank(lines)
    show_examples(item, lines)
  end
  return lines
end

function pages.field(item)
  local lines = { screen.colour("bold", item.name) .. "  " .. short_type(item.type) }
  paragraphs({ item.text }, lines)
  return lines
end

-- Methods, each with its first sentence.
local function method_list(item, lines)
  local rows = {}
  for k, m in ipairs(item.methods) do rows[k] = { signature(m):match "^(.-%))", first_sentence(m.doc) } end
  definitions(rows, lines, "  ")
end

function pages.class(item)
  local lines = { screen.colour("bold", "textmill." .. item.name) }
  paragraphs(item.doc, lines)
  if #item.methods > 0 then
    blank(lines)
    method_list(item, lines)
  end
  if #item.fields > 0 then
    blank(lines)
    local prefix = item.name == "module" and "tm." or item.name == "patterns" and "P." or "."
    definitions(field_rows(item.fields, prefix), lines, "  ")
  end
  for _, operator in ipairs(item.operators) do lines[#lines + 1] = "  operator " .. short_type(operator) end
  if #item.examples > 0 then
    blank(lines)
    show_examples(item, lines)
  end
  return lines
end

local function overview()
  local lines = {}
  local module = get_book().by_name.module
  paragraphs(module.doc, lines)
  blank(lines)
  method_list(module, lines)
  lines[#lines + 1] = ""
  wrap("help(x) explains a function, a method (help(c.kwic)), a value (help(c)) or a name: "
    .. "help \"kwic\", help \"text\", help \"patterns\", help \"corpus\", help \"result\", help \"fact\", "
    .. "help \"rule\".", "  ", lines)
  wrap("At the prompt: _ is the value shown last; Tab completes; "
    .. "`textmill --help` lists the command's verbs.", "  ", lines)
  return lines
end

-- finding ----------------------------------------------------------------------

-- "c:kwic", "corpus.kwic", "kwic" and "textmill.corpus" all lead somewhere.
local aliases = { c = "corpus", t = "text", r = "result", m = "match", d = "date", f = "fact", p = "pattern",
                  lex = "lexicon", tm = "module", textmill = "module", P = "patterns" }

local function by_last_part(key)
  local found = {}
  for _, item in ipairs(get_book().items) do
    local is_option = item.kind == "field" and item.class:find "_options$"
    if item.key == key and not is_option then found[#found + 1] = item end
  end
  return found
end

local function by_name(name)
  local names = get_book().by_name
  name = name:gsub("^textmill%.", ""):gsub("%(.*$", ""):gsub("%s+$", "")
  if names[name] then return { names[name] } end
  if names[aliases[name]] then return { names[aliases[name]] } end
  local scope, key = name:match "^([%w_.]-)[.:]([%w_]+)$"
  if not scope then return by_last_part(name) end
  scope = aliases[scope] or scope
  local prefix = scope == "module" and "tm" or scope == "patterns" and "P" or scope
  local item = names[prefix .. ":" .. key] or names[prefix .. "." .. key]
  return item and { item } or {}
end

-- The names nearest to one that is not there.
local function suggestions(name)
  local names, seen = {}, {}
  for _, item in ipairs(get_book().items) do
    if not seen[item.name] then names[#names + 1] = item.name end
    seen[item.name] = true
  end
  local found = nearest.names(name:match "[%w_]+$" or name, names, function(n) return n:match "[%w_]+$" end)
  return table.move(found, 1, math.min(#found, 5), 1, {})
end

-- Live functions and where they are annotated: { [function] = name }.
local function live_names()
  local core, tm = require "textmill.core", require "textmill"
  local names, registry = {}, debug.getregistry()
  local function collect(t, prefix, separator)
    for key, v in pairs(type(t) == "table" and t or {}) do
      if type(key) == "string" and get_book().by_name[prefix .. separator .. key] and names[v] == nil then
        names[v] = prefix .. separator .. key
      end
    end
  end
  collect(tm, "tm", ".")
  collect(tm.pattern, "P", ".")
  collect(core.text_methods, "text", ":")
  collect(require "textmill.corpus".__index, "corpus", ":")
  collect(require "textmill.document".__index, "document", ":")
  collect(require "textmill.result".methods, "result", ":")
  collect(require "textmill.rule".pack.__index, "pack", ":")
  for name, mt in pairs(registry) do
    local class = type(name) == "string" and name:match "^textmill%.([%w_]+)$"
    if class and class ~= "corpus" and type(mt) == "table" then collect(rawget(mt, "__index"), class, ":") end
  end
  local _, methods = debug.getupvalue(rawget(registry["textmill.match"], "__index"), 1)
  collect(methods, "match", ":")
  return names
end
help.live_names = live_names

local function of_value(x)
  local tm = require "textmill"
  if x == tm then return get_book().by_name.module end
  if x == tm.pattern then return get_book().by_name.patterns end
  local name = live_names()[x]
  if name then return get_book().by_name[name] end
  local mt = debug.getmetatable(x)
  local class = type(mt) == "table" and rawget(mt, "__name")
  return class and get_book().by_name[class:match "^textmill%.(.*)$" or class]
end

local function unknown(x)
  local what = type(x) == "string" and ("'%s'"):format(x) or "this " .. type(x)
  local names = type(x) == "string" and suggestions(x) or {}
  if #names == 0 then return "no help for " .. what .. ".  help() lists what there is." end
  return ("no help for %s; did you mean %s?"):format(what, table.concat(names, ", "))
end

local function several(name, found)
  local lines = { ("%s is:"):format(name) }
  local rows = {}
  for k, item in ipairs(found) do
    rows[k] = { item.name, item.kind == "field" and item.text or first_sentence(item.doc) }
  end
  definitions(rows, lines, "  ")
  return lines
end

-- help.members(class, only_methods) -> names of its methods and fields
function help.members(class, only_methods)
  local item = class and get_book().by_name[class:match "^textmill%.(.*)$" or class]
  local names = {}
  for _, m in ipairs(item and item.methods or {}) do names[#names + 1] = m.key end
  for _, f in ipairs(item and not only_methods and item.fields or {}) do names[#names + 1] = f.key end
  return names
end

-- help.text(x) -> the page
function help.text(...)
  local x = ...
  if select("#", ...) == 0 or x == help then return table.concat(overview(), "\n") end
  if x == nil then return "that is nil: nothing of this name is set here.  help() lists what there is." end
  local item
  if type(x) == "string" then
    local found = by_name(x)
    if #found > 1 then return table.concat(several(x, found), "\n") end
    item = found[1]
  else
    item = of_value(x)
  end
  return item and table.concat(pages[item.kind](item), "\n") or unknown(x)
end

return setmetatable(help, {
  __name = "textmill.help",
  __call = function(_, ...) print(help.text(...)) end,
  __tostring = function() return help.text() end,
})
