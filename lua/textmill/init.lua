-- textmill - the public module. Puts together what the C core and the Lua
-- parts offer; each public function is named here exactly once.

local core = require "textmill.core"

local tm = {}

-- straight from C
for _, name in ipairs {
  "clean", "decode", "repair", "normalize", "convert", "valid", "words", "tokens", "sentences", "graphemes",
  "number", "date",
  "lexicon", "model", "train", "evaluate",
  "pattern",
} do
  tm[name] = core[name]
end

require "textmill.text" -- methods of texts that give results
require "textmill.keywords"
require "textmill.lunar"

local rules = require "textmill.rule"
tm.rule, tm.pack = rules.rule.new, rules.pack.new

-- Raises where an option is unknown or its value is none of those listed; level 3 is the caller.
local function options_of(o, known)
  for key, value in pairs(o or {}) do
    local values = known[key]
    if not values then
      local names = {}
      for name in pairs(known) do names[#names + 1] = name end
      table.sort(names)
      error(("unknown option '%s' (there are: %s)"):format(tostring(key), table.concat(names, " ")), 3)
    end
    local word = (" %s "):format(value)
    if type(values) == "string" and not (" " .. values .. " "):find(word, 1, true) then
      error(("%s = '%s': one of %s"):format(key, tostring(value), values), 3)
    end
  end
end

-- tm.quantities(s) -> list of numbers with units and bounds
function tm.quantities(s) return require "textmill.quantities".scan(s) end

-- tm.spell(number, ["lower" | "upper" | "yuan" | "digits"]) -> the number in Chinese numerals
function tm.spell(number, style) return require "textmill.spell"(number, style, 3) end

-- tm.sequences(s, [{kinds = {...}, loose = boolean}]) -> list of phone numbers, addresses, codes
function tm.sequences(s, o)
  options_of(o, { kinds = true, loose = true })
  return require "textmill.sequences".scan(s, o)
end

-- tm.spoken(s, [{clock_zero=, meridiem=, numbers=}]) -> the text as it is read aloud
function tm.spoken(s, o)
  options_of(o, { clock_zero = true, meridiem = true, numbers = "words digits" })
  return require "textmill.spoken"(s, o or {})
end

-- tm.written(s, [{date=, clock=, meridiem=, money=, units=, ranges=, scale=, group=, single=}])
-- -> the text with its spoken numbers in figures
function tm.written(s, o)
  options_of(o, { date = "words slash", clock = "colon padded words", meridiem = "words latin",
    money = "words signs", units = "words symbols", ranges = "full short", scale = "whole split figures",
    group = true, single = true })
  return require "textmill.written"(s, o or {})
end

-- tm.choice(s) -> true | false | nil, i, j: does an answer say yes or no
function tm.choice(s) return require "textmill.choice"(s) end

-- tm.open(path | nil, [{mode = "r" | "rw" | "create", fts5 = boolean}]) -> corpus
function tm.open(path, o) return require "textmill.corpus".open(path, o) end

-- tm.filter{input=, output=, pack=, ...} -> summary
function tm.filter(o) return require "textmill.filter".run(o) end

-- tm.progress(done, counts): for on_progress of add, extract and filter
tm.progress = require "textmill.progress".show

local version_mt = {
  __name = "textmill.version",
  __tostring = function(v)
    return ("textmill %s  Unicode %s  lexicon %s  places %s  calendar %s  ICU %s  simd %s"):format(
      v.textmill, v.unicode, v.lexicon, v.places, v.calendar, v.icu, v.simd)
  end,
}

-- tm.version() -> table that prints itself
function tm.version()
  return setmetatable({
    textmill = core.version, unicode = core.unicode_version, lexicon = core.data_describe "lexicon",
    places = core.data_describe "places", calendar = core.data_describe "calendar", icu = core.icu_version,
    schema = core.schema, simd = core.simd,
  }, version_mt)
end

return tm
