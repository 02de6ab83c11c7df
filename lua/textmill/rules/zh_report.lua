-- The pack zh.report: facts from Chinese reports of townships and villages.
-- One file a concept in rules/zh; the order below is the order they run in.

local pack = require "textmill".pack

local parts = { "scheme", "rates", "quantity", "person", "person_told", "person_listed", "place",
  "date", "date_recurring", "enumeration", "structure", "permit", "permit_named", "metadata",
  "organisation", "norms", "duty", "services", "care", "event",
  "visits", "gifts", "honours", "channel", "cases", "procedure", "procedure_counted",
  "scheme_rule", "allotted" }

local rules = { "zh.report", version = "1" }
for _, part in ipairs(parts) do
  for _, r in ipairs(require("textmill.rules.zh." .. part)) do rules[#rules + 1] = r end
end
rules.finish = require "textmill.rules.zh.finish"

return pack(rules)
