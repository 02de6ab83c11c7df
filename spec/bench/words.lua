-- words.lua - rows (row.h) of `make bench-words`: textmill's words beside other segmenters.
--
--   lua words.lua speed TEXT RUNS --rows     MB/s, opening, memory, worst cases
--   lua words.lua score SEG-FOLDER --rows    F1 and recall of unknown words
--
-- Environment: BENCH (folder of words_ours, words_rivals), PIN, DATA, and of rivals what
-- words_engine.h's programs want. A rival that is not installed has no row.
local tm = require "textmill"
local score = dofile "spec/bench/words_score.lua"

local bench, pin = os.getenv "BENCH", os.getenv "PIN" or ""
local native = bench .. "/words_rivals "
local node, python = "node spec/bench/words_engine.js ", "/usr/bin/python3 spec/bench/words_engine.py "
local rivals = { -- name in the table, command; best: the setting for F1; gives: what it is timed for
  { "ICU (offsets)", native .. "icu", best = true },
  { "cppjieba, HMM (words, offsets)", native .. "cppjieba", best = true },
  { "cppjieba, no HMM", native .. "cppjieba-plain" },
  { "friso complex (words, offsets)", native .. "friso", best = true },
  { "friso simple", native .. "friso-simple" },
  { "jieba-rs in Node, HMM (words)", node .. "jieba-rs", best = true },
  { "jieba-rs in Node, no HMM", node .. "jieba-rs-plain" },
  { "jieba in Python, HMM (words)", python .. "jieba", best = true },
}

-- The fields of the line that a command answers with, or nil.
local function ask(command)
  local pipe <close> = assert(io.popen(command .. " 2>/dev/null"))
  local list = {}
  for field in (pipe:read "l" or ""):gmatch "%S+" do list[#list + 1] = tonumber(field) end
  return #list > 0 and list or nil
end

local function row(section, name, ours, unit, rival, figure, target)
  print(("row\t%s\t%s\t%.6g\t%s\t%s\t%s\t%s"):format(section, name, ours, unit, rival or "",
    figure and figure > 0 and ("%.6g"):format(figure) or "", target or ""))
end

-- ---- speed --------------------------------------------------------------------------

-- Median and least CPU time of f.
local function median(f, runs)
  local times = {}
  for k = 1, runs do
    local from = os.clock()
    f()
    times[k] = os.clock() - from
  end
  table.sort(times)
  return times[(runs + 1) // 2], times[1]
end

local function loop(s)
  for _ in tm.words(s) do end
end

local function from_lua(path, runs)
  local s = io.open(path, "rb"):read "a"
  local lines = {}
  for line in s:gmatch "[^\n]+" do lines[#lines + 1] = line end
  local whole = median(function() loop(s) end, runs)
  local each = median(function() for _, line in ipairs(lines) do loop(line) end end, runs)
  return #s / 1e6 / each, #s / 1e6 / whole
end

-- Worst cases: four MB of each at the speed of one.
local worst = {
  { "one character repeated", "的" }, { "one numeral repeated", "一" }, { "unknown characters", "龘靐齉" },
  { "Latin without a blank", "abcdefgh" }, { "digits", "1234567890" }, { "digits and commas", "1,2" },
  { "words without a sign", "工作人员研究生命" }, { "combining marks", "\u{301}" }, { "signs", "!?" },
  { "kana", "カタ" }, { "begins of long words", "中华人民共和" },
}

local function worst_cases()
  for _, case in ipairs(worst) do
    local small = case[2]:rep(1000000 // #case[2])
    local big = small:rep(4)
    local _, least = median(function() tm.tokens(small) end, 7)
    local usual, least4 = median(function() tm.tokens(big) end, 5)
    row("worst cases, 4 MB without a boundary", case[1], #big / 1e6 / usual, "MB/s", nil, nil, ">=10")
    row("worst cases: time of 4 MB / 4 x time of 1 MB", case[1], least4 / least / 4, "ratio", nil, nil,
        "<=1.5")
  end
end

local function rows_with(section, name, ours, unit, figures, target)
  row(section, name, ours, unit, nil, nil, target)
  for _, f in ipairs(figures) do row(section, name, ours, unit, f[1], f[2]) end
end

local function speed(path, runs)
  local own = {}
  for _, name in ipairs { "dict", "fold" } do
    local command = ("%s %s/words_ours %s speed %s %d"):format(pin, bench, name, path, runs)
    own[name] = assert(ask(command))
  end
  local memory = assert(ask(("%s %s/words_ours dict memory %s"):format(pin, bench, path)))[1]
  local lines, whole, opened, used = {}, {}, {}, {}
  for _, rival in ipairs(rivals) do
    local f = ask(("%s %s speed %s %d"):format(pin, rival[2], path, runs))
    if f then
      lines[#lines + 1], whole[#whole + 1] = { rival[1], f[1] }, { rival[1], f[2] }
      if rival.best then
        local m = ask(("%s %s memory %s"):format(pin, rival[2], path))
        opened[#opened + 1], used[#used + 1] = { rival[1], f[4] }, { rival[1], m and m[1] }
      end
    end
  end
  local section = "speed, 10 MB of real text, line by line"
  rows_with(section, "C, folded text: words, tags, numbers, spans", own.dict[1], "MB/s", lines, ">=150")
  rows_with(section, "C, any text: fold, words, spans brought back", own.fold[1], "MB/s", lines)
  local each, all = from_lua(path, runs)
  rows_with(section, "Lua, tm.words: fold, words, spans, tags", each, "MB/s", lines)
  section = "speed, 10 MB in one piece"
  rows_with(section, "C, folded text", own.dict[2], "MB/s", whole)
  rows_with(section, "Lua, tm.words", all, "MB/s", whole, ">=40")
  rows_with("opening", "all images", own.dict[4], "ms", opened, "<=1")
  rows_with("memory of the process after 10 MB", "all images, ICU", memory, "MB", used)
  worst_cases()
end

-- ---- score --------------------------------------------------------------------------

local tests = {
  { "PKU", "pku_test_gold.utf8", "pku_training_words.utf8", model = "pd98-janfeb.seg.utf8" },
  { "MSR", "msr_test_gold.utf8", "msr_training_words.utf8" },
  { "SXU", "sxu_test.seg.utf8", "sxu_train.seg.utf8", model = "sxu_train.seg.utf8" },
  { "AS, traditional", "as_test_gold.utf8", "as_training_words.utf8", traditional = true },
  { "CITYU, traditional", "cityu_test_gold.utf8", "cityu_training_words.utf8", traditional = true },
  { "GSD", "gsdsimp_test.seg.utf8", "gsdsimp_train.seg.utf8",
    ships = "csrc/data/models/textmill-model-gsd.dat" },
}

local function read_lines(path)
  local list = {}
  for line in io.lines(path) do
    local words = score.words(line)
    if #words > 0 then list[#list + 1] = words end
  end
  return list
end

local function read_vocabulary(path)
  local set = {}
  for line in io.lines(path) do
    for _, word in ipairs(score.words(line)) do set[word] = true end
  end
  return set
end

-- What a command makes of the gold lines' texts; convert: text -> what it is fed, or nil.
local function evaluate(command, gold, vocabulary, convert)
  local into, out, texts = os.tmpname(), os.tmpname(), {}
  local f = io.open(into, "w")
  for k, words in ipairs(gold) do
    texts[k] = table.concat(words)
    local fed = convert and convert(texts[k]) or texts[k]
    f:write(utf8.len(fed) == utf8.len(texts[k]) and fed or texts[k], "\n")
  end
  f:close()
  local fine = os.execute(("%s cut < %s > %s 2>/dev/null"):format(command, into, out))
  local k, sum = 0, {}
  for line in io.lines(out) do
    k = k + 1
    local found = score.carry(texts[k], score.words(line)) or { texts[k] }
    score.add(sum, gold[k], found, vocabulary)
  end
  os.remove(into)
  os.remove(out)
  if not fine or k ~= #gold then return nil end
  local _, _, f1, oov = score.result(sum)
  return { f1 = f1, oov = oov }
end

local function simplify(s)
  return (tm.convert(s, "t2s"))
end

-- The model that ships, or one trained here and now.
local function model_row(test, seg, gold, vocabulary)
  local image = test.ships or bench .. "/words.dat"
  if not test.ships then assert(tm.train(seg .. "/" .. test.model, image)) end
  local r = evaluate(("MODEL=%s %s/words_ours model"):format(image, bench), gold, vocabulary)
  if not r then return end
  local name = test.ships and "model of GSD's training part (ships)"
    or ("model of %s (does not ship)"):format(test.model:match "^[^.]+")
  row("F1, " .. test[1], name, r.f1, "F1")
  row("recall of unknown words, " .. test[1], name, r.oov, "R")
end

local function score_test(test, seg)
  local gold, vocabulary = read_lines(seg .. "/" .. test[2]), read_vocabulary(seg .. "/" .. test[3])
  local ours = assert(evaluate(bench .. "/words_ours fold", gold, vocabulary))
  for _, rival in ipairs(rivals) do
    local converted = test.traditional and not rival[1]:find "ICU"
    local r = rival.best and evaluate(rival[2], gold, vocabulary, converted and simplify)
    if r then
      local name = rival[1]:gsub(" %b()", "") .. (converted and ", after t2s" or "")
      row("F1, " .. test[1], "lexicon alone", ours.f1, "F1", name, r.f1)
      row("recall of unknown words, " .. test[1], "lexicon alone", ours.oov, "R", name, r.oov)
    end
  end
  if test.model or test.ships then model_row(test, seg, gold, vocabulary) end
end

if arg[1] == "speed" then
  speed(arg[2], math.tointeger(arg[3]))
else
  for _, test in ipairs(tests) do score_test(test, arg[2]) end
end
