-- lua5.4 spec/suites/run.lua DIR [--show SUITE[/SUB]] [--refused]
-- Other projects' test suites, one JSON object a line (format: SUITES.md of the
-- folder): how many of their expectations hold here, by suite and sub.
--
-- An adapter is a file adapters/SUITE.lua that returns
--   { check = function(case) -> true | false, what we gave | "refused", reason }
-- It maps our values to the suite's convention and must not know its inputs:
-- what a person would argue with is refused, with a reason, in a list by kind
-- (--refused shows those cases, too); the last column counts them as failed.
-- Ids in known_wrong.ndjson are not counted. Offsets are code points, end exclusive.
package.path = (arg[0]:match "^(.*/)" or "./") .. "?.lua;" .. package.path
local inputs = require "textmill.inputs"
local json = require "textmill.json"

local dir, show, show_refused
for k = 1, #arg do
  if arg[k - 1] == "--show" then show = arg[k]
  elseif arg[k] == "--refused" then show_refused = true
  elseif arg[k]:sub(1, 2) ~= "--" then dir = arg[k] end
end
if not dir then
  io.stderr:write "usage: run.lua DIR [--show SUITE[/SUB]] [--refused]\n"
  os.exit(2)
end

local function each_case(path, f)
  for line in (assert(inputs.read(path)) .. "\n"):gmatch "(.-)\n" do
    if line:find "%S" then f(assert(json.decode(line))) end
  end
end

local wrong = {}
local function learn_wrong(path) each_case(path, function(c) wrong[c.id] = true end) end

local rows, order, refused = {}, {}, {}
local function row_of(name)
  if not rows[name] then
    rows[name] = { passed = 0, failed = 0, refused = 0 }
    order[#order + 1] = name
  end
  return rows[name]
end

local function show_case(word, c, got)
  local name = c.suite .. "/" .. (c.sub or "")
  if show ~= c.suite and show ~= name then return end
  print(("%s %s %s\n  input  %s\n  want   %s\n  got    %s"):format(word, c.id, c.sub or "", c.input,
    c.output or json.encode(c.expect), tostring(got)))
end

local function count(c, adapter)
  local row = row_of(c.suite .. "\t" .. (c.sub or ""))
  local ran, ok, got = pcall(adapter.check, c)
  if not ran then ok, got = false, "error: " .. tostring(ok) end
  if ok == "refused" then
    row.refused = row.refused + 1
    refused[got] = (refused[got] or 0) + 1
    if show_refused then show_case("REFUSED", c, got) end
  elseif ok then
    row.passed = row.passed + 1
  else
    row.failed = row.failed + 1
    show_case("FAILED", c, got)
  end
end

local function adapter_of(name)
  local found, adapter = pcall(require, "adapters." .. name)
  if found then return adapter end
  if not tostring(adapter):find("module 'adapters." .. name .. "' not found", 1, true) then error(adapter) end
end

local paths, missing = {}, {}
for _, path in ipairs(inputs.files { dir }) do
  if type(path) == "string" and path:find "%.ndjson$" then
    if path:find "known_wrong%.ndjson$" then learn_wrong(path) else paths[#paths + 1] = path end
  end
end
for _, path in ipairs(paths) do
  local name = path:match "([^/]*)%.ndjson$"
  local adapter = adapter_of(name)
  if not adapter then missing[#missing + 1] = name
  else
    each_case(path, function(c)
      if not wrong[c.id] then count(c, adapter) end
    end)
  end
end

local total, suites = { passed = 0, failed = 0, refused = 0 }, {}
for _, name in ipairs(order) do
  local suite, sub = name:match "^(.-)\t(.*)$"
  local r = rows[name]
  print(("%-24s %-28s %5d/%-5d %5.1f %%%s"):format(suite, sub, r.passed, r.passed + r.failed,
    100 * r.passed / math.max(1, r.passed + r.failed), r.refused > 0 and "  refused " .. r.refused or ""))
  suites[suite] = suites[suite] or { passed = 0, all = 0, refused = 0 }
  suites[suite].refused = suites[suite].refused + r.refused
  suites[suite].passed = suites[suite].passed + r.passed
  suites[suite].all = suites[suite].all + r.passed + r.failed
  total.passed, total.failed = total.passed + r.passed, total.failed + r.failed
  total.refused = total.refused + r.refused
end
print ""
for _, path in ipairs(paths) do
  local name = path:match "([^/]*)%.ndjson$"
  local s = suites[name]
  if s then
    print(("%-26s %5d/%-5d %5.1f %%   with %d refused %5.1f %%"):format(name, s.passed, s.all,
      100 * s.passed / math.max(1, s.all), s.refused, 100 * s.passed / math.max(1, s.all + s.refused)))
  end
end
for _, name in ipairs(missing) do print(name .. ": no adapter") end
for reason, n in pairs(refused) do print(("refused %4d  %s"):format(n, reason)) end
print(("with %d refused counted as failed: %.1f %%"):format(total.refused,
  100 * total.passed / math.max(1, total.passed + total.failed + total.refused)))
print(("%d passed, %d failed"):format(total.passed, total.failed))
