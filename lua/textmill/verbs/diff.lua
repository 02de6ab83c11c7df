-- textmill diff: what another pack makes of the same documents.
local differences = require "textmill.differences"
local screen = require "textmill.screen"
local stream = require "textmill.stream"

local function lines(path)
  local s, message = stream.open(path)
  if not s then error(message, 0) end
  return s:lines()
end

return {
  usage = "diff OLD.ndjson NEW.ndjson",
  about = "two runs of filter over the same documents: which facts came, went or changed",
  least = 2, most = 2,
  options = {
    { "--save FILE", "examples; its extension is the format (default: diff.html, when there are any)" },
    { "--examples N", "of each type that came, went or changed (default 200)", number = true },
  },
  notes = "Lines may be packed (.gz). +N facts came, -N went, ~N are the same but say something else.\n"
    .. "Exit status 1 when a document fails (status error or limit) that did not before.",
  run = function(args, o)
    local d = differences.of(lines(args[1]), lines(args[2]), { examples = o.examples })
    local path = o.save or "diff.html"
    local write = #d.rows > 0 or o.save
    if write then assert(d.rows:save(path)) end
    print(differences.summary(d, write and path))
    for _, one in ipairs(d.failing) do screen.complain_of(one.doc, one.message) end
    return #d.failing > 0 and 1 or 0
  end,
}
