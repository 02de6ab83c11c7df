-- The stream of words of an index segment, read by itself (csrc/store/segment.h), so that specs and the
-- bench of the index do not ask the code they look at.

local segment_words = {}

-- segment_words.varint(s, at) -> the number at byte `at` of s (codec.h: seven bits a byte, the lowest
-- first, 128 where more follow), the byte behind it
function segment_words.varint(s, at)
  local n, shift = 0, 0
  repeat
    local byte = s:byte(at)
    n, shift, at = n | (byte & 127) << shift, shift + 7, at + 1
  until byte < 128
  return n, at
end
local varint = segment_words.varint

-- segment_words.each(words) iterates over the entries: the word's number, its first byte, the byte behind
-- it, the bytes of its postings
function segment_words.each(words)
  local at, word = 1, 0
  return function()
    if at > #words then return nil end
    local from, head, behind = at, varint(words, at)
    local size
    word = word + (head >> 1) + 1
    if head & 1 == 1 then
      size, at = (words:byte(behind) >> 5) + 1, behind + 1
    else
      size, at = varint(words, select(2, varint(words, behind)))
      at = select(2, varint(words, at))
    end
    return word, from, at, size
  end
end

return segment_words
