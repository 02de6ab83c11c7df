-- lua_share.lua DATA BENCH-FOLDER RUNS [--rows] - tm.clean from Lua beside mill_clean from C
-- (maps.c, speed), on the same documents in turns; CPU time, the best of RUNS.
local tm = require "textmill"

local data, bench, runs = arg[1], arg[2], tonumber(arg[3]) or 5

local function read(name)
  local f <close> = assert(io.open(("%s/maps/%s.docs"):format(bench, name), "rb"))
  local docs, bytes = {}, 0
  for n in function() return f:read "n" end do
    f:read(1)
    docs[#docs + 1] = f:read(n)
    bytes = bytes + n
  end
  return docs, bytes
end

local function from_c(name)
  local command = ("%s/maps_of %s %s/maps 2 speed %s"):format(bench, data, bench, name)
  local pipe <close> = assert(io.popen(command))
  return (assert(pipe:read "n", command))
end

for _, name in ipairs { "utf-8", "html", "gloss", "gb18030" } do
  local docs, bytes = read(name)
  local lua, c = 0, 0
  for _ = 1, runs do
    local from = os.clock()
    for _, s in ipairs(docs) do tm.clean(s) end
    lua = math.max(lua, bytes / 1e6 / (os.clock() - from))
    c = math.max(c, from_c(name))
  end
  print(("%-8s from Lua %.1f MB/s, from C %.1f MB/s: %.1f %%"):format(name, lua, c, 100 * lua / c))
  if arg[4] == "--rows" then
    print(table.concat({ "row", "from Lua", "tm.clean, " .. name, ("%.1f"):format(lua), "MB/s",
                         "mill_clean from C", ("%.1f"):format(c), "x0.7" }, "\t"))
  end
end
