-- textmill train: a model of words (and tags) from text that was segmented by hand.
local tm = require "textmill"

local names = { "seed", "epochs", "min_count", "longest", "lines", "rate", "l1", "tag_epochs",
                "tag_rows", "name" }

local function judge(path, model)
  local score, message = tm.evaluate(path, model)
  if not score then error(message, 0) end
  local tags = score.tags and ("  tags %.4f  words with tags F1 %.4f"):format(score.tags, score.both) or ""
  print(("%s: %d words  P %.4f  R %.4f  F1 %.4f%s"):format(path, score.words, score.precision, score.recall,
    score.f1, tags))
end

return {
  usage = "train --words FILE [--dev FILE] -o MODEL.dat",
  about = "learn where words end from segmented text; with CoNLL-U, tags too",
  most = 0,
  options = {
    { "--words FILE", "words separated by blanks, a sentence a line; or .conll, .conllu" },
    { "--dev FILE", "such a file that was not trained on: judge the model by it" },
    { "--output FILE", "the image to write (-o)", short = "-o" },
    { "--name TEXT", "what the image says of itself" },
    { "--seed N", "of the order of sentences (default 1)", number = true },
    { "--epochs N", "times through the text (default 8)", number = true },
    { "--min-count N", "sequences seen less often get no weight (default 2)", number = true },
    { "--longest N", "units of the longest sequence, 2 to 4 (default 3)", number = true },
    { "--lines N", "at most; 8 sequences, 64 bytes each (default 25000, with tags 7000)", number = true },
    { "--rate N", "AdaGrad's step (default 0.2)", number = true },
    { "--l1 N", "what keeps weights small (default 0.01)", number = true },
    { "--tag-epochs N", "times through the text for the tags (default 8)", number = true },
    { "--tag-rows N", "at most; features of the tagger, 18 bytes each (default 66000)", number = true },
  },
  notes = "The same file, options and seed make the same bytes. The image is used by\n" ..
    "tm.words(s, {model = tm.model \"MODEL.dat\"}) and textmill words --model MODEL.dat.",
  run = function(_, o)
    if not o.words or not o.output then error("--words and -o are needed (see --help)", 0) end
    local how = {}
    for _, name in ipairs(names) do how[name] = math.tointeger(o[name]) or o[name] end
    local from = os.clock()
    local made, message = tm.train(o.words, o.output, how)
    if not made then error(message, 0) end
    print(("%s: %d sentences, %d words, %d of %d sequences, %.1f s"):format(o.output, made.sentences,
      made.words, made.kept, made.sequences, os.clock() - from))
    local model, why = tm.model(o.output)
    if not model then error(why, 0) end
    if o.dev then judge(o.dev, model) end
  end,
}
