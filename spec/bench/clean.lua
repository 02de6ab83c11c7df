-- One table of the cleaning layer: runs bench programs, collects their rows.
--
--   lua clean.lua LIST      LIST: a file of commands, one a line; # begins a comment
--
-- A line "row<TAB>section<TAB>name<TAB>ours<TAB>unit<TAB>rival<TAB>figure<TAB>target" of
-- their output is a row, "version<TAB>rival<TAB>version" a version (row.h says more), any
-- other line is left out. At the end: the losing rows again, those that miss their
-- target or lose to a rival measured here.

local SMALL <const> = { ns = true, us = true, ms = true, s = true, B = true, KB = true, MB = true }
local HEAD <const> = { "", "textmill", "unit", "rival", "figure", "ratio", "target", "" }
local WIDTH <const> = { 40, 10, 7, 22, 10, 8, 9, 8 }

local rows, versions, order, failed, skipped = {}, {}, {}, {}, {}

-- The variable that a command wants and the environment lacks, or nil.
local function lacks(command)
  for name in command:gmatch "%$(%u+)" do
    if (os.getenv(name) or "") == "" then return name end
  end
end

local function fields(line)
  local list = {}
  for field in (line .. "\t"):gmatch "([^\t]*)\t" do list[#list + 1] = field end
  return list
end

-- ours / rival, above 1 when ours is better; nil without a rival.
local function ratio(row)
  if not row.figure or row.figure == 0 or row.ours == 0 then return nil end
  local small = row.target:find "^<=" or (SMALL[row.unit] and not row.target:find "^>=")
  return small and row.figure / row.ours or row.ours / row.figure
end

-- "ok", "MISSED" (the target) or "LOSES" (to the rival, where no target says otherwise).
local function verdict(row)
  local how, bound = row.target:match "^([<>x]=?)(.+)$"
  bound = tonumber(bound)
  local r = ratio(row)
  if how == ">=" then return row.ours >= bound and "ok" or "MISSED" end
  if how == "<=" then return row.ours <= bound and "ok" or "MISSED" end
  if how == "x" and r then return r >= bound and "ok" or "MISSED" end
  if r then return r >= 1 and "ok" or "LOSES" end
  return ""
end

local function number(x)
  if not x then return "" end
  local a = math.abs(x)
  if a == 0 or (a == math.floor(a) and a < 1e7) then return ("%d"):format(x) end
  return (a >= 100 and "%.0f" or a >= 10 and "%.1f" or a >= 1 and "%.2f" or "%.4f"):format(x)
end

local function print_line(list)
  local out = {}
  for k, width in ipairs(WIDTH) do
    local text = tostring(list[k])
    local room = (" "):rep(width - (utf8.len(text) or #text))
    out[k] = (k == 1 or k == 3 or k == 4 or k == 8) and text .. room or room .. text
  end
  print((table.concat(out, " "):gsub("%s+$", "")))
end

local function print_row(row)
  local r = ratio(row)
  print_line { row.name, number(row.ours), row.unit, row.rival, number(row.figure),
               r and ("%.2fx"):format(r) or "", row.target, verdict(row) }
end

local function collect(command)
  local name = lacks(command)
  if name then
    skipped[#skipped + 1] = ("skipped, %s is not here: %s"):format(name, command)
    return
  end
  io.stderr:write("bench-clean: ", command, "\n")
  local pipe <close> = assert(io.popen(command, "r"))
  local found = 0
  for line in pipe:lines() do
    local f = fields(line)
    if f[1] == "row" and #f == 8 and tonumber(f[4]) then
      if not rows[f[2]] then rows[f[2]], order[#order + 1] = {}, f[2] end
      table.insert(rows[f[2]], { section = f[2], name = f[3], ours = tonumber(f[4]), unit = f[5],
                                 rival = f[6], figure = tonumber(f[7]), target = f[8] })
      found = found + 1
    elseif f[1] == "version" and #f == 3 then
      versions[f[2]] = f[3]
    end
  end
  if not pipe:close() or found == 0 then failed[#failed + 1] = command end
end

for line in io.lines(arg[1]) do
  if line:find "%S" and not line:find "^%s*#" then collect(line) end
end

local names = {}
for name, version in pairs(versions) do names[#names + 1] = name .. " " .. version end
table.sort(names)
print("rivals of this run: " .. table.concat(names, ", "))
print_line(HEAD)
local losing, count = {}, 0
for _, section in ipairs(order) do
  print("\n" .. section)
  for _, row in ipairs(rows[section]) do
    print_row(row)
    count = count + 1
    local v = verdict(row)
    if v == "MISSED" or v == "LOSES" then losing[#losing + 1] = row end
  end
end
print(("\n%d rows, %d losing"):format(count, #losing))
for _, row in ipairs(losing) do
  print_row(setmetatable({ name = row.section .. ": " .. row.name }, { __index = row }))
end
for _, line in ipairs(skipped) do print(line) end
for _, command in ipairs(failed) do print("gave no rows or failed: " .. command) end
os.exit(#failed == 0)
