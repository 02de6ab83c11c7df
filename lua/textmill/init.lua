-- textmill - the public module. Puts together what the C core and the Lua
-- parts offer; each public function is named here exactly once.

local core = require "textmill.core"

local tm = {}

-- straight from C
for _, name in ipairs {
  "clean", "decode", "normalize", "valid", "words", "tokens", "number", "date",
  "lexicon", "pattern",
} do
  tm[name] = core[name]
end

return tm
