-- textmill version: what this is and what data it carries.
return {
  usage = "version [--json]",
  about = "print the versions of module, Unicode, lexicon, places and packs",
  most = 0,
  options = { { "--json", "as one JSON object" } },
  run = function(_, o)
    local v = require "textmill".version()
    print(o.json and require "textmill.json".encode(v, { keys = { "textmill" } }) or tostring(v))
  end,
}
