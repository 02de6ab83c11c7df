-- occurrences(s, q) -> how often the string q stands in s as a reader counts it: not overlapping

return function(s, q)
  local n, at = 0, 1
  while true do
    local i, j = s:find(q, at, true)
    if not i then return n end
    n, at = n + 1, j + 1
  end
end
