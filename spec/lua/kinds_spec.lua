-- kinds_spec.lua - facts of all kinds but counts, sentence by sentence: what a reader takes from
-- each (spec/fixtures/annotated/kinds.list, its half that was held out, kinds_people.list) is found
package.path = "spec/score/?.lua;" .. package.path
local annotate = require "textmill.annotate"
local facts = require "facts"

local CHECKS <const> = { count = true, number = true, naming = true }

-- Is the fact of the kind? step: of procedures.
local function of_kind(kind, f)
  if CHECKS[kind] then return f.type == "check" and f.subtype == kind end
  local t = facts.types[kind == "step" and "procedure_step" or kind]
  return f.type == t[1] and (not t[2] or f.subtype == t[2])
end

local function overlap(a, b)
  local both = math.min(a[2], b[2]) - math.max(a[1], b[1])
  return both <= 0 and 0 or both / (math.max(a[2], b[2]) - math.min(a[1], b[1]))
end

-- The first fact not used that one of the kind's quotes agrees with by half.
local function find(found, used, span)
  for n, f in ipairs(found) do
    for _, m in ipairs(used[n] and {} or f.mentions) do
      if overlap(span, m.raw) >= 0.5 then return n end
    end
  end
end

local function quotes(raw, said)
  local list = {}
  for quote in (said .. " ; "):gmatch "(.-) ; " do
    if quote:find "%S" then
      local i, j = raw:find(quote, 1, true)
      list[#list + 1] = { assert(i, quote) - 1, j }
    end
  end
  return list
end

-- Gold, found and agreeing facts of a list of sentences.
local function score(path)
  local gold, given, hit = 0, 0, 0
  for line in io.lines(path) do
    local kind, sentence, said = line:match "^([^#|]-) | (.-) |%s?(.-)%s*$"
    if kind then
      local raw = "通知\n\n" .. sentence .. "\n"
      local found, used = {}, {}
      for _, f in ipairs(assert(annotate.document(raw, { id = "x" })).facts) do
        if of_kind(kind, f) then found[#found + 1] = f end
      end
      for _, span in ipairs(quotes(raw, said)) do
        gold = gold + 1
        local n = find(found, used, span)
        if n then used[n], hit = true, hit + 1 end
      end
      given = given + #found
    end
  end
  return gold, given, hit
end

-- list, least precision, least recall
local LEAST <const> = { { "kinds", 0.97, 0.87 }, { "kinds_held", 0.97, 0.84 },
  { "kinds_people", 0.90, 0.80 } }

describe("facts of single sentences", function()
  for _, row in ipairs(LEAST) do
    it("are those of " .. row[1], function()
      local gold, given, hit = score("spec/fixtures/annotated/" .. row[1] .. ".list")
      local p, r = hit / given, hit / gold
      print(("%s: P %.3f R %.3f of %d facts"):format(row[1], p, r, gold))
      assert.is_true(p >= row[2] and r >= row[3], ("P %.3f R %.3f"):format(p, r))
    end)
  end
end)
