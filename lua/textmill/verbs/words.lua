-- textmill words: the words of a text, one line a line.
local inputs = require "textmill.inputs"
local screen = require "textmill.screen"
local tm = require "textmill"

local function words_of(line, tags)
  local out = {}
  for w, _, _, tag in tm.words(line) do out[#out + 1] = tags and w .. "/" .. tag or w end
  return table.concat(out, " ")
end

return {
  usage = "words [--tags] [FILE...]",
  about = "segment text into words (standard input without a file)",
  options = { { "--tags", "append /TAG to each word" } },
  run = function(files, o)
    local status = 0
    if #files == 0 then
      for line in io.lines() do print(words_of(line, o.tags)) end
    end
    for _, path in ipairs(files) do
      local text, message = inputs.read(path)
      local whole, why
      if text then whole, why = tm.valid(text) end
      if not whole then
        screen.complain_of(path, message or why)
        status = 1
      else
        for line in text:gmatch "([^\n]*)\n?" do print(words_of(line, o.tags)) end
      end
    end
    return status
  end,
}
