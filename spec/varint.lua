-- varint(s, at) -> the number of the index at byte `at` of s (codec.h: seven bits a byte, the lowest
-- first, 128 where more follow), the byte behind it

return function(s, at)
  local n, shift = 0, 0
  repeat
    local byte = s:byte(at)
    n, shift, at = n | (byte & 127) << shift, shift + 7, at + 1
  until byte < 128
  return n, at
end
