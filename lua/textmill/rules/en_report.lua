-- The pack en.report: facts from English reports of towns, schools, services.

local pack = require "textmill".pack

local rules = { "en.report", version = "1" }
for _, part in ipairs { "quantity", "names" } do
  for _, r in ipairs(require("textmill.rules.en." .. part)) do rules[#rules + 1] = r end
end

-- A place that is the beginning of an organisation named there is no place of its own.
rules.finish = function(_, facts)
  local seen, out = {}, {}
  for _, f in ipairs(facts) do
    local key = f.type ~= "quantity" and table.concat({ f.type, f.name or f.value, f.role or "" }, "\0")
    local first = key and seen[key]
    if first then table.move(f.mentions, 1, #f.mentions, #first.mentions + 1, first.mentions)
    else
      if key then seen[key] = f end
      out[#out + 1] = f
    end
  end
  return out
end

return pack(rules)
