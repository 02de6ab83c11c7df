-- textmill version: what this is and what data it carries.

-- {"zh.report" = "1", ...}: the packs that are shipped
local function packs()
  local versions = {}
  for _, name in ipairs { "zh.report", "zh.tender", "en.report" } do
    versions[name] = require "textmill".pack(name).version
  end
  return versions
end

-- "2018,2019/52129" -> {"2018", "2019"}
local function vintages(places)
  local list = {}
  for year in places:match "^[^/]*":gmatch "%d+" do list[#list + 1] = year end
  return list
end

local KEYS <const> = { "textmill", "schema", "unicode", "lexicon", "packs", "places" }

return {
  usage = "version [--json]",
  about = "print the versions of module, Unicode, lexicon, places; with --json of the packs, too",
  most = 0,
  options = { { "--json", "as one JSON object" } },
  run = function(_, o)
    local v = require "textmill".version()
    if not o.json then
      print(tostring(v))
      return
    end
    local out = { packs = packs() }
    for key, value in pairs(v) do out[key] = value end
    out.places = vintages(v.places)
    print(require "textmill.json".encode(out, { keys = KEYS }))
  end,
}
