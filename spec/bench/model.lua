-- model.lua - what trained models get right and how fast they are, beside the lexicon
-- alone: lua model.lua WORDS-PROGRAM DATA-FOLDER SEG-FOLDER TEXT WORK-FOLDER
-- A row names its training set and whether that model is shipped. Hyper-parameters are
-- the defaults, which were chosen on GSD's dev part and a tenth of the People's Daily.
local tm = require "textmill"

local program, data, seg, text, work = table.unpack(arg)

local rows = {
  { train = "pd98-janfeb.seg.utf8", ships = "no", tests = { "pku_test_gold.utf8" },
    vocabulary = "pku_training_words.utf8" },
  { train = "sxu_train.seg.utf8", ships = "no", tests = { "sxu_test.seg.utf8" } },
  { train = "gsdsimp-v1_train.conll", ships = "yes",
    tests = { "gsdsimp-v1_test.conll", "zh_gsd-ud-test.conllu", "zh_pud-ud-test.conllu" } },
}

local function run(...)
  local pipe = io.popen(table.concat({ program, ... }, " "))
  for line in pipe:lines() do print("  " .. line) end
  pipe:close()
end

local function score(test, model)
  local r = assert(tm.evaluate(seg .. "/" .. test, model))
  local tags = r.tags and ("  gold words' tags %.4f  words with tags F1 %.4f"):format(r.tags, r.both) or ""
  print(("  %-26s %s F1 %.4f%s"):format(test, model and "model" or "dict ", r.f1, tags))
end

for _, row in ipairs(rows) do
  local file = io.open(seg .. "/" .. row.train, "rb")
  if not file then
    print(("%s: skipped, it is not in %s"):format(row.train, seg))
  else
    file:close()
    local image, from = work .. "/model.dat", os.clock()
    assert(tm.train(seg .. "/" .. row.train, image))
    local trained = os.clock() - from
    local model = assert(tm.model(image))
    local size = io.open(image, "rb"):seek "end"
    print(("trained on %s (shipped: %s), %.1f s, %.2f MB"):format(row.train, row.ships, trained, size / 1e6))
    for _, test in ipairs(row.tests) do
      score(test)
      score(test, model)
    end
    if row.vocabulary then
      run("-m", image, "-v", seg .. "/" .. row.vocabulary, "score", data, seg .. "/" .. row.tests[1])
    end
    run("-m", image, "speed", data, text)
  end
end
