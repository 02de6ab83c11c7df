-- textmill.reading - verbs that open a corpus for reading and print one result:
-- a table on a terminal, tab-separated text in a pipe, any format on request.
local core = require "textmill.core"
local result = require "textmill.result"
local screen = require "textmill.screen"
local tm = require "textmill"

local shared = {
  { "--where KEY=VALUE", "a part: date=FROM..TO, place=, doc=, metadata; several with ;" },
  { "--format csv|tsv|json|ndjson|html|md|svg", "(default: a table, or tsv in a pipe)" },
  { "--save FILE", "write to a file; its extension is the format" },
  { "--plain", "CSV for machines: no BOM, no guarded formulas" },
}

local function show(r, o)
  if o.save then
    assert(r:save(o.save, { plain = o.plain }))
  elseif o.format then
    io.write(result.format(r, o.format, { plain = o.plain }))
  elseif core.isatty(1) then
    print(r:head(#r))
  else
    io.write(result.format(r, "tsv", { plain = true }))
  end
end

-- "date=2020-02..2020-03;place=X|Y" -> conditions of c:where | nil, message
local function conditions(text)
  local where = {}
  for one in text:gmatch "[^;]+" do
    local key, value = one:match "^%s*([^=]-)%s*=%s*(.-)%s*$"
    if not key or key == "" or value == "" then return nil, ("--where: '%s' is not KEY=VALUE"):format(one) end
    if key == "date" then
      local from, to = value:match "^(.-)%.%.(.*)$"
      where.date = from and { from = from ~= "" and from or nil, to = to ~= "" and to or nil } or value
    else
      where[key] = {}
      for v in value:gmatch "[^|]+" do table.insert(where[key], v) end
    end
  end
  return where
end

-- reading{usage=, about=, options=, read = function(corpus, args, options) -> result
--         | nil, what is wrong with the arguments}
local function reading(spec)
  spec.options = table.move(shared, 1, #shared, #(spec.options or {}) + 1, spec.options or {})
  spec.run = function(args, o)
    local c <close> = tm.open(args[1], { mode = spec.mode or "r" })
    local where, wrong = conditions(o.where or "")
    if not where then
      screen.complain(spec.usage:match "^%S+", ": ", wrong)
      return 2
    end
    local r, message = spec.read(o.where and c:where(where) or c, args, o)
    if not r then
      screen.complain(spec.usage:match "^%S+", ": ", message)
      return 2
    end
    show(r, o)
    return spec.status and spec.status(r) or 0
  end
  return spec
end

return setmetatable({ conditions = conditions }, { __call = function(_, spec) return reading(spec) end })
