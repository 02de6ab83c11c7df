-- textmill.text - methods of a text that give results: blocks and articles. The
-- core has plain lists (core.text_methods._blocks), which rules use.

local core = require "textmill.core"
local result = require "textmill.result"

local methods = core.text_methods
methods._blocks, methods._articles = methods.blocks, methods.articles

-- clean[i, j] as it leaves Lua: 0-based half-open raw bytes
local function raw_span(t, i, j)
  local ri, rj = t:raw(i, j)
  return ("%d,%d"):format(ri - 1, rj)
end

local function quoted(s)
  local short = utf8.len(s) and utf8.len(s) > 30 and s:sub(1, utf8.offset(s, 31) - 1) .. "…" or s
  return ('"%s"'):format(short)
end

-- 'block 15  boilerplate  "0"  counter  4260,4261'
local function block_line(t)
  return function(b)
    local parts = { "block " .. b.block, b.kind, quoted(b.text) }
    if b.ordinal then parts[#parts + 1] = b.ordinal end
    if b.reason then parts[#parts + 1] = b.reason end
    parts[#parts + 1] = raw_span(t, b.i, b.j)
    return table.concat(parts, "  ")
  end
end

-- t:blocks([kind]) -> result
function methods:blocks(kind)
  local mt, rows = { __tostring = block_line(self), __name = "textmill.block" }, {}
  for k, b in ipairs(methods._blocks(self)) do
    b.block = k
    if kind == nil or b.kind == kind then rows[#rows + 1] = setmetatable(b, mt) end
  end
  return result.new {
    rows = rows, empty = "no such blocks",
    columns = { { name = "block", align = "right" }, "kind", { name = "level", align = "right" },
                { name = "ordinal", align = "right" }, "reason", { name = "text", keep = true },
                { name = "i", align = "right" }, { name = "j", align = "right" },
                { name = "article", align = "right", hidden = true } },
  }
end

-- t:articles() -> result
function methods:articles()
  return result.new {
    rows = methods._articles(self), empty = "no articles",
    columns = { { name = "i", align = "right" }, { name = "j", align = "right" },
                { name = "first", align = "right" }, { name = "last", align = "right" },
                { name = "title", keep = true } },
  }
end
