-- Counts and amounts in English: about 120 volunteers, 15 km of road, $1.2 million,
-- between 40 and 60 houses, no deaths.

local rule = require "textmill".rule
local numbers = require "textmill.rules.en.numbers"
local words = require "textmill.rules.en.words"
local set = words.set

local UNITS <const> = set [[km m cm mm kg g t ha metres meters metre meter kilometres kilometers miles mile
  feet
  hectares hectare acres acre tons tonnes tonne kilograms grams litres liters hours hour minutes days day
  weeks
  months years percent % degrees]]
local MONEY <const> = set "dollars dollar euros euro pounds yuan yen usd eur rmb cents"
local COUNTABLE <const> = set "deaths injuries casualties losses cases accidents damage"
local APPROX <const> = {
  { "more", "than", "over" }, { "at", "least", "at least" }, { "up", "to", "at most" }, { "fewer", "than",
    "under" },
  { "less", "than", "under" }, { nil, "over", "over" }, { nil, "about", "about" }, { nil, "nearly", "about" },
  { nil, "almost", "about" }, { nil, "roughly", "about" }, { nil, "around", "about" }, { nil, "some",
    "about" },
  { nil, "approximately", "about" },
}

-- The word of approximation that ends at word k: its name and how many words.
local function approx_before(list, k)
  for _, a in ipairs(APPROX) do
    local last, first = list[k], list[k - 1]
    if last and last.lower == a[2] and not last.stop and (not a[1] or first and first.lower == a[1]) then
      return a[3], a[1] and 2 or 1
    end
  end
end

-- The noun phrase from word k on, three words at most.
local function noun_phrase(list, k)
  local first, last = k, nil
  while list[k] and k < first + 3 do
    local w = list[k]
    if words.FUNCTION[w.lower] or numbers.at(list, k) or words.MONTHS[w.lower] or w.text:find "^[$%%]"
      then break end
    last = k
    if w.stop then break end
    k = k + 1
  end
  return last
end

local function span_text(doc, list, a, b) return doc.shown:sub(list[a].i, list[b].j) end

-- Unit and item behind the number that ends at word k.
local function counted(doc, list, k, fact)
  local n = k + 1
  if list[k].stop and list[k].stop ~= "%" then return k end
  local w = list[n]
  if not w then return k end
  if UNITS[w.lower] or MONEY[w.lower] then
    fact.unit = w.text
    if not w.stop and list[n + 1] and list[n + 1].lower == "of" then
      local first = list[n + 2] and list[n + 2].lower == "the" and n + 3 or n + 2
      local last = noun_phrase(list, first)
      if last then fact.item = span_text(doc, list, first, last) return last end
    end
    return n
  end
  local last = noun_phrase(list, n)
  if not last then return k end
  fact.item = span_text(doc, list, n, last)
  return last
end

local function is_date_part(list, k)
  local before, after = list[k - 1], list[k + 1]
  return words.MONTHS[list[k].lower] ~= nil or before and words.MONTHS[before.lower] ~= nil
    or after and words.MONTHS[after.lower] ~= nil and after.cap and not list[k].stop
    or before and before.stop == "," and list[k].text:find "^%d%d%d%d$" ~= nil
end

-- between A and B, A to B: the upper bound and the word it ends with
local function range_end(list, k, n, low)
  local joint = list[k + n]
  local between = list[k - 1] and list[k - 1].lower == "between"
  if not joint or not (joint.lower == "to" or between and joint.lower == "and") then return nil end
  local high, m = numbers.at(list, k + n + 1)
  if not high or high <= low then return nil end
  return high, k + n + m
end

local function quantity_at(doc, list, k)
  local value, n = numbers.at(list, k)
  if not value or is_date_part(list, k) then return nil end
  local first, last = k, k + n - 1
  local fact = { type = "quantity", value = value }
  local high, stop = range_end(list, k, n, value)
  if high then
    local scale = numbers.scale(list[stop])
    fact.lo, fact.hi, last = value, high, stop
    if scale and high >= scale and value < high / 100 then fact.lo = math.tointeger(value * scale)
      or value * scale end
    fact.value = fact.lo
    if list[first - 1].lower == "between" then first = first - 1 end
  end
  local money = list[k].text:sub(1, 1) == "$"
  if money then fact.unit = "$"
  elseif list[k].text:sub(-1) == "%" then fact.unit = "%"
  else last = counted(doc, list, last, fact) end
  if not fact.unit and not fact.item then return nil end
  local approx, taken = approx_before(list, first - 1)
  if approx then fact.approx, first = approx, first - taken end
  fact.at = { list[first].i, list[last].j }
  fact.spans = { value = { list[k].i, list[k + n - 1].j } }
  return fact, last
end

-- no deaths
local function none_at(list, k)
  local w = list[k + 1]
  if list[k].lower ~= "no" or not w or not COUNTABLE[w.lower] then return nil end
  return { type = "quantity", value = 0, item = w.text, at = { list[k].i, w.j },
    spans = { value = { list[k].i, list[k].j } } },
    k + 1
end

local BODY <const> = { paragraph = true, list = true, caption = true, abstract = true }

local function scan(doc)
  local facts = {}
  for _, b in ipairs(doc.blocks) do
    local list, k = BODY[b.kind] and words.of(doc, b) or {}, 1
    while k <= #list do
      local fact, last = quantity_at(doc, list, k)
      if not fact then fact, last = none_at(list, k) end
      facts[#facts + 1] = fact
      k = (last or k) + 1
    end
  end
  return facts
end

return {
  rule {
    "en.quantity",
    description = "counts and amounts: about 120 volunteers, 15 km of road, $1.2 million",
    scan = scan,
    examples = {
      ["We trained about 120 volunteers."] = { value = 120, item = "volunteers", approx = "about" },
      ["They built 15 km of road."] = { value = 15, unit = "km", item = "road" },
      ["It cost $1.2 million in all."] = { value = 1200000, unit = "$" },
      ["Between 40 and 60 houses were hit."] = { lo = 40, hi = 60, item = "houses" },
      ["There were no deaths."] = { value = 0, item = "deaths" },
    },
    counterexamples = { "It happened on July 14, 2021.", "No one came.", "The one we saw." },
  },
}
