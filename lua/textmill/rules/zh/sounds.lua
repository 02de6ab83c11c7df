-- Characters that may be read alike.

local sounds = {}

local TONED <const> = { a = "āáǎà", e = "ēéěè", i = "īíǐì", o = "ōóǒò", u = "ūúǔù", ["ü"] = "ǖǘǚǜ" }

local PLAIN <const> = {}
for plain, toned in pairs(TONED) do
  for _, c in utf8.codes(toned) do PLAIN[utf8.char(c)] = plain end
end

local function toneless(syllable) return (syllable:gsub(utf8.charpattern, PLAIN)) end

-- sounds.alike(lexicon, a, b): may the two be read alike, whatever their tones?
function sounds.alike(lexicon, a, b)
  local known = {}
  for _, r in ipairs(lexicon:readings(a)) do known[toneless(r)] = true end
  for _, r in ipairs(lexicon:readings(b)) do
    if known[toneless(r)] then return true end
  end
  return false
end

return sounds
