-- textmill.nearest - which name was meant: the nearest by changed letters.

local nearest = {}

-- nearest.distance(a, b) -> letters added, dropped, replaced or swapped (Damerau,
-- restricted: https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance)
function nearest.distance(a, b)
  local before, last = {}, {}
  for j = 0, #b do last[j] = j end
  for i = 1, #a do
    local row = { [0] = i }
    for j = 1, #b do
      local same = a:byte(i) == b:byte(j)
      row[j] = math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same and 0 or 1))
      if i > 1 and j > 1 and a:byte(i) == b:byte(j - 1) and a:byte(i - 1) == b:byte(j) then
        row[j] = math.min(row[j], before[j - 2] + 1)
      end
    end
    before, last = last, row
  end
  return last[#b]
end

-- nearest.names(wanted, names, [key]) -> those that are near, the nearest first;
-- key(name): the part that is compared
function nearest.names(wanted, names, key)
  local list = {}
  wanted = wanted:lower()
  for k, name in ipairs(names) do
    local part = (key and key(name) or name):lower()
    local d = nearest.distance(wanted, part)
    if part:find(wanted, 1, true) or #part > 3 and wanted:find(part, 1, true) then d = math.min(d, 1) end
    if d <= (#wanted + 1) // 3 then list[#list + 1] = { d, k, name } end
  end
  table.sort(list, function(a, b) if a[1] ~= b[1] then return a[1] < b[1] end return a[2] < b[2] end)
  for k, entry in ipairs(list) do list[k] = entry[3] end
  return list
end

return nearest
