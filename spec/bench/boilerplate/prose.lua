-- prose.lua - sentences, paragraphs, titles and tables from a vocabulary: each
-- half of the bench brings its own (words_dev.lua, words_held.lua).
--
--   "$town组织$n名$helper到$village$act。"     $town: a word of words.town, or what
--                                            the function words.town returns
-- A page keeps its town and person (`fixed`), so that a report has one subject.
-- Names of towns and persons are put together from syllables.

local prose = {}
prose.__index = prose

function prose.new(words, random)
  return setmetatable({ words = words, random = random, fixed = {} }, prose)
end

function prose:pick(list) return list[self.random(#list)] end

function prose:word(key)
  local fixed = self.fixed[key]
  if fixed then return fixed end
  if key == "n" then return tostring(self.random(2, 96)) end
  if key == "m" then return tostring(self.random(1, 40) * 50) end
  if key == "d" then return ("%d月%d日"):format(self.random(12), self.random(28)) end
  if key == "w" then return ("%d.%d万"):format(self.random(1, 30), self.random(1, 9)) end
  local w = assert(self.words[key], key)
  if type(w) == "function" then return w(self) end
  return self:expand(self:pick(w))
end

function prose:expand(pattern)
  return (pattern:gsub("%$(%l+)", function(key) return self:word(key) end))
end

-- What the page is about: its town, its section of the vocabulary.
function prose:begin()
  self.fixed = {}
  self.fixed.town = self:word "town"
  self.fixed.county = self:word "county"
  self.used = {}
end

-- A pattern of `list` that the page has not seen yet.
function prose:fresh(list)
  local k
  for _ = 1, 20 do
    k = list[self.random(#list)]
    if not self.used[k] then break end
  end
  self.used[k] = true
  return self:expand(k)
end

function prose:sentence() return self:fresh(self.words.sentences) end

function prose:paragraph(sentences)
  local t = {}
  for i = 1, sentences or self.random(2, 4) do t[i] = self:sentence() end
  return table.concat(t)
end

function prose:paragraphs(n)
  local t = {}
  for i = 1, n do t[i] = self:paragraph() end
  return t
end

function prose:title() return self:fresh(self.words.titles) end

function prose:person()
  local given = self.words.given
  local name = self:pick(self.words.surnames) .. self:pick(given)
  return self.random(3) > 1 and name .. self:pick(given) or name
end

-- n different persons
function prose:persons(n)
  local t, seen = {}, {}
  while #t < n do
    local p = self:person()
    if not seen[p] then
      seen[p] = true
      t[#t + 1] = p
    end
  end
  return t
end

-- n different words of a list
function prose:some(key, n)
  local list, seen, t = self.words[key], {}, {}
  while #t < n do
    local w = self:pick(list)
    if not seen[w] then
      seen[w] = true
      t[#t + 1] = self:expand(w)
    end
  end
  return t
end

-- date "2021-03-05", time "08:31", and forms of the date
function prose:date()
  local y, m, d = self.random(2012, 2024), self.random(12), self.random(28)
  local iso = ("%04d-%02d-%02d"):format(y, m, d)
  return { iso = iso, y = y, m = m, d = d, clock = ("%02d:%02d"):format(self.random(6, 22),
      self.random(0, 59)),
           han = ("%d年%d月%d日"):format(y, m, d), slash = ("%d/%d/%d"):format(y, m, d),
           dot = ("%d.%02d.%02d"):format(y, m, d) }
end

return prose
