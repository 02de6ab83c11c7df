-- words_score.lua - words against gold, by the rules of the SIGHAN bakeoffs: a word is right
-- when both its ends are; recall of unknown words is that of the gold words which are not in
-- the training vocabulary. The one evaluator of `make bench-words`, for every segmenter.
local score = {}

-- The words of a line, separated by blanks (also ideographic ones), without a byte order mark.
function score.words(line)
  local list = {}
  for word in line:gsub("^\xEF\xBB\xBF", ""):gsub("　", " "):gmatch "%S+" do list[#list + 1] = word end
  return list
end

-- "from,to" of every word, in bytes of the words joined -> true.
local function spans(words)
  local set, at = {}, 0
  for _, word in ipairs(words) do
    set[at .. "," .. at + #word] = true
    at = at + #word
  end
  return set
end

-- Adds a line to `sum` (begin with {}); gold, found: lists of words of the same text;
-- vocabulary: word -> true, or nil.
function score.add(sum, gold, found, vocabulary)
  local is, at, right, unknown, unknown_right = spans(found), 0, 0, 0, 0
  for _, word in ipairs(gold) do
    local hit = is[at .. "," .. at + #word] and 1 or 0
    right, at = right + hit, at + #word
    if vocabulary and not vocabulary[word] then unknown, unknown_right = unknown + 1, unknown_right + hit end
  end
  for name, n in pairs { gold = #gold, found = #found, right = right, unknown = unknown,
                         unknown_right = unknown_right } do
    sum[name] = (sum[name] or 0) + n
  end
end

-- precision, recall, F1, recall of unknown words (nil: there are none).
function score.result(sum)
  local p, r = sum.right / sum.found, sum.right / sum.gold
  return p, r, p + r > 0 and 2 * p * r / (p + r) or 0,
    sum.unknown > 0 and sum.unknown_right / sum.unknown or nil
end

-- The words of `found` with the boundaries of `converted`, a text of as many characters
-- (a converter stood before the segmenter); nil when it has not as many.
function score.carry(text, converted)
  if table.concat(converted) == text then return converted end
  local list, at = {}, 1
  for _, word in ipairs(converted) do
    local len = utf8.len(word) -- nil: the segmenter cut a character
    local stop = len and utf8.offset(text, len + 1, at)
    if not stop then return nil end
    list[#list + 1] = text:sub(at, stop - 1)
    at = stop
  end
  return at == #text + 1 and list or nil
end

return score
