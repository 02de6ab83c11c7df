-- textmill.view - part of a corpus, with all of its reading methods.
--
--   c:where{ date = {from=, to=} | "2020-02", place=, source=, doc=, any metadata key }
--
-- A view holds the set of articles that the conditions chose (csrc/store/scope.c)
-- and hands it to the C readers; nothing is copied. Its store is the corpus's with
-- every call made within that set.

local screen = require "textmill.screen"

local view = {}

view.__name = "textmill.view"

local methods = {}
view.methods = methods

function view.__index(_, key)
  local method = methods[key]
  if method then return method end
  if key == "remove" or key == "add" or key == "extract" or key == "userwords" or key == "group"
     or key == "verdicts" or key == "close" or key == "sql" or key == "verify"
     or key == "compact" then
    error(("a view only reads its part: %s is the corpus's own"):format(key), 2)
  end
end

function view.__len(self) return self.documents end

function view.__tostring(self)
  return ("textmill.view(%s: %s, %s)"):format(self.said, screen.count(self.documents, "document"),
    screen.count(self.articles, "article"))
end

-- conditions -------------------------------------------------------------------

local function strings(key, value)
  if type(value) ~= "table" then value = { value } end
  local list = {}
  for k, v in ipairs(value) do
    if type(v) ~= "string" and type(v) ~= "number" then
      error(("%s: a value or a list of values expected"):format(key), 4)
    end
    list[k] = tostring(v)
  end
  if #list == 0 then error(key .. ": no value to choose by", 4) end
  return list
end

-- {from=, to=} | {"2020-01", "2020-06"} | "2020-02"
local function dates(value)
  if type(value) == "string" then value = { from = value, to = value } end
  if type(value) ~= "table" then error("date: a day or {from=, to=} expected", 4) end
  for key in pairs(value) do
    if key ~= "from" and key ~= "to" and key ~= 1 and key ~= 2 then
      error(("date: unknown '%s' (there are: from to)"):format(tostring(key)), 4)
    end
  end
  local from, to = value.from or value[1], value.to or value[2]
  for _, day in pairs { from, to } do
    if type(day) ~= "string" or not day:find "^%d%d%d%d" then
      error(("date: '%s' does not begin with a year"):format(tostring(day)), 4)
    end
  end
  if not from and not to then error("date: from or to expected", 4) end
  return { key = "date", from = from, to = to }
end

local function condition(key, value)
  if type(key) ~= "string" then error("conditions are {key = value}", 3) end
  if key == "date" then return dates(value) end
  local c = strings(key, value)
  c.key = key
  return c
end

local function said_of(c)
  if c.key == "date" then return ("date %s..%s"):format(c.from or "", c.to or "") end
  return c.key .. " " .. table.concat(c, "|", 1, math.min(#c, 3)) .. (#c > 3 and "|..." or "")
end

-- The store with every call made within the scope.
local function within(store, scope)
  return setmetatable({}, { __index = function(_, name)
    return function(_, ...) return store:within(scope, name, ...) end
  end })
end

-- view.new(corpus or view, its open store, conditions) -> view
function view.new(c, store, where)
  if type(where) ~= "table" then error("conditions expected: c:where{place = \"...\"}", 3) end
  local list, said = {}, {}
  for key, value in pairs(where) do list[#list + 1] = condition(key, value) end
  table.sort(list, function(a, b) return a.key < b.key end)
  for k, one in ipairs(list) do said[k] = said_of(one) end
  local scope, documents, articles = store:scope(list)
  if not scope then error(documents, 3) end
  local base = c.base_ or c
  return setmetatable({ base_ = base, scope_ = scope, documents = documents, articles = articles,
    store = within(base.store, scope), path = c.path,
    said = (c.said and c.said .. ", " or "") .. (#said > 0 and table.concat(said, ", ")
      or "everything") }, view)
end

-- Takes these methods of a corpus for every view.
function view.take(corpus_methods, names)
  for name in names:gmatch "%S+" do methods[name] = assert(corpus_methods[name], name) end
end

return view
