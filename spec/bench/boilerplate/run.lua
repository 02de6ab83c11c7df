-- run.lua [-e] [-n PAGES] [-b] [--rows] dev|held...: tables of the boilerplate bench.
--   -e  what went wrong, one line each (for the development half only)
--   -n  flattened and as many HTML pages (120 each)
--   --rows  a line each for `make bench-clean` too (spec/bench/row.h)
--   -b  bodies of the real collection (../shared/data) instead of invented ones
local json = require "textmill.json"
local score = require "spec.bench.boilerplate.score"

local n, show, real, in_rows, halves = 120, false, false, false, {}
local i = 1
while arg[i] do
  if arg[i] == "-e" then show = true
  elseif arg[i] == "--rows" then in_rows = true
  elseif arg[i] == "-b" then real = true
  elseif arg[i] == "-n" then n, i = tonumber(arg[i + 1]), i + 1
  else halves[#halves + 1] = arg[i] end
  i = i + 1
end

-- Paragraphs of the collection: odd documents for one half, even ones for the other.
local function collection(half)
  local pipe, list, k = io.popen "xz -dc ../shared/data/docs-47k.ndjson.xz 2>/dev/null | head -n 40000",
      {}, 0
  local number = 0
  for line in pipe:lines() do
    number = number + 1
    if number % 37 == (half == "dev" and 1 or 2) then
      for s in json.decode(line).text:gmatch "[^\n]+" do
        if #s >= 120 and s:find "。$" and not s:find "^%s*[（(]" then list[#list + 1] = s end
      end
    end
  end
  pipe:close()
  if #list == 0 then return nil end
  return function() k = k % #list + 1 return list[k] end
end

local function row(section, name, ours)
  if not in_rows then return end
  local target = section:find ", F$" and ">=0.95" or ""
  print(table.concat({ "row", section, name, ("%.4f"):format(ours), "", "", "", target }, "\t"))
end

local function table_of(rows, half)
  local names = {}
  for name in pairs(rows) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    local r = rows[name]
    local p, rec, f = score.prf(r)
    local form = "  %-22s P %.4f  R %.4f  F %.4f  %7d true %7d found"
    print(form:format(name, p, rec, f, r.gold, r.found))
    row("boilerplate, F", half .. ", " .. name, f)
  end
end

for _, half in ipairs(halves) do
  local bodies = real and collection(half) or nil
  if real and not bodies then
    print(half .. ": skipped, ../shared/data is not here")
  else
    local errors = show and half == "dev" and {} or nil
    local result = score.run(score.pages(half, n, bodies), errors)
    print(("%s half, %d flattened and %d HTML pages%s"):format(half, n, n, real and ", real bodies" or ""))
    table_of(result.all, half)
    table_of(result.family, half)
    for _, kind in ipairs { "navigation", "share", "vote", "copyright", "counter", "number", "file",
        "advert", "comment",
                            "body", "heading", "title", "dateline", "byline", "keywords", "caption",
                                "abstract" } do
      local r = result.kind[kind]
      if r then print(("  %-22s right %.4f of %7d characters"):format(kind, r.hit / r.gold, r.gold)) end
    end
    for _, field in ipairs(score.fields) do
      local r = result.meta[field]
      print(("  %-22s %.4f of %d pages"):format(field, r.right / r.n, r.n))
      row("metadata, right", half .. ", " .. field, r.right / r.n)
    end
    for _, e in ipairs(errors or {}) do print(e) end
  end
end
