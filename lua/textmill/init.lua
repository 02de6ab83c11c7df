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

local rules = require "textmill.rule"
tm.rule, tm.pack = rules.rule.new, rules.pack.new

-- tm.quantities(s) -> list of numbers with units and bounds
function tm.quantities(s) return require "textmill.quantities".scan(s) end

-- tm.spell(number, ["lower" | "upper" | "yuan" | "digits"]) -> the number in Chinese numerals
function tm.spell(number, style) return require "textmill.spell"(number, style, 3) end

-- tm.sequences(s, [{kinds = {...}, loose = boolean}]) -> list of phone numbers, addresses, codes
function tm.sequences(s, o)
  for key in pairs(o or {}) do
    if key ~= "kinds"
      and key ~= "loose" then error(("unknown option '%s' (there are: kinds loose)"):format(tostring(key)),
        2) end
  end
  return require "textmill.sequences".scan(s, o)
end

-- tm.choice(s) -> true | false | nil, i, j: does an answer say yes or no
function tm.choice(s) return require "textmill.choice"(s) end

-- tm.open(path | nil, [{mode = "r" | "rw" | "create", fts5 = boolean}]) -> corpus
function tm.open(path, o) return require "textmill.corpus".open(path, o) end

-- tm.filter{documents=, output=, pack=, ...} -> summary
function tm.filter(o) return require "textmill.filter".run(o) end

local version_mt = {
  __name = "textmill.version",
  __tostring = function(v)
    return ("textmill %s  Unicode %s  lexicon %s  places %s  calendar %s  ICU %s"):format(
      v.textmill, v.unicode, v.lexicon, v.places, v.calendar, v.icu)
  end,
}

-- tm.version() -> table that prints itself
function tm.version()
  return setmetatable({
    textmill = core.version, unicode = core.unicode_version, lexicon = core.data_describe "lexicon",
    places = core.data_describe "places", calendar = core.data_describe "calendar", icu = core.icu_version,
  }, version_mt)
end

return tm
