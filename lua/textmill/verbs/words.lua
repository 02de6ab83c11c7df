-- textmill words: the words of a text, one line a line.
local inputs = require "textmill.inputs"
local screen = require "textmill.screen"
local tm = require "textmill"

local function words_of(line, tags, how)
  local out = {}
  for w, _, _, tag in tm.words(line, how) do out[#out + 1] = tags and w .. "/" .. tag or w end
  return table.concat(out, " ")
end

-- the options of tm.words; the model is opened once
local function how_to(o)
  if o.mode ~= "model" and not o.model then return nil end
  local how = { mode = "model" }
  if o.model then
    local model, message = tm.model(o.model)
    if not model then error(message, 0) end
    how.model = model
  end
  if not o.tags then return how end
  local tagged = { mode = "model", model = how.model, tags = "upos" }
  return pcall(tm.words, "", tagged) and tagged or how
end

return {
  usage = "words [--tags] [--mode dict|model] [--model FILE] [FILE...]",
  about = "segment text into words (standard input without a file)",
  options = {
    { "--tags", "append /TAG to each word; of a model that has tags, its own" },
    { "--mode dict|model", "the lexicon's cheapest path, or a trained model's boundaries (default dict)" },
    { "--model FILE", "the model of textmill train, not the one that is installed" },
  },
  run = function(files, o)
    local status, how = 0, how_to(o)
    if #files == 0 then
      for line in io.lines() do print(words_of(line, o.tags, how)) end
    end
    for _, path in ipairs(files) do
      local text, message = inputs.read(path)
      local whole, why
      if text then whole, why = tm.valid(text) end
      if not whole then
        screen.complain_of(path, message or why)
        status = 1
      else
        for line in text:gmatch "([^\n]*)\n?" do print(words_of(line, o.tags, how)) end
      end
    end
    return status
  end,
}
