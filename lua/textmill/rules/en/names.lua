-- Dates, people with roles, places and organisations in English, by capitals and
-- by the nouns that names of a kind end with.

local rule = require "textmill".rule
local words = require "textmill.rules.en.words"
local set = words.set

local BODY <const> = { paragraph = true, list = true, caption = true, abstract = true }

local function each_block(doc, f)
  local facts = {}
  for _, b in ipairs(doc.blocks) do
    if BODY[b.kind] then f(words.of(doc, b), facts) end
  end
  return facts
end

-- dates ----------------------------------------------------------------------

local function day_of(w) return w and w.text:find "^%d%d?$" and tonumber(w.text) end
local function year_of(w) return w and w.text:find "^[12]%d%d%d$" and tonumber(w.text) end

-- March 5, 2021 | 5 March 2021 | March 2021: value, last word
local function date_at(list, k)
  local w = list[k]
  local month = w.cap and words.MONTHS[w.lower]
  if month then
    local day = day_of(list[k + 1])
    local year = year_of(list[day and k + 2 or k + 1])
    if not year then return nil end
    if not day then return ("%04d-%02d"):format(year, month), k + 1 end
    return ("%04d-%02d-%02d"):format(year, month, day), k + 2
  end
  local day, next_word = day_of(w), list[k + 1]
  month = day and next_word and next_word.cap and words.MONTHS[next_word.lower]
  local year = month and year_of(list[k + 2])
  if year then return ("%04d-%02d-%02d"):format(year, month, day), k + 2 end
end

local function scan_dates(doc)
  return each_block(doc, function(list, facts)
    local k = 1
    while k <= #list do
      local value, last = date_at(list, k)
      if value then
        local at = { list[k].i, list[last].j }
        facts[#facts + 1] = { type = "time", value = value, at = at, spans = { value = at } }
        k = last
      end
      k = k + 1
    end
  end)
end

-- names -----------------------------------------------------------------------

local PLACES <const> = set [[County City District Village Town Township River Lake Valley Province Region
  Island
  Street Road Bay Mountain Park]]
local BODIES <const> = set [[Council Committee Department School Hospital Company Bureau Office Agency
  University
  College Association Union Ltd Inc Corporation Institute Foundation Brigade Station Ministry Court Bank
  Centre Center]]
local ROLES <const> = set [[mayor governor president director manager principal commander captain chief
  head chairman
  chairwoman chair secretary minister doctor professor inspector engineer spokesman spokeswoman teacher
  nurse leader
  coordinator officer sheriff]]
local RANKS <const> = set "deputy vice assistant acting senior"

-- Capitalised words from k on that no punctuation parts: the last of them.
local function capitals(list, k)
  local last = k
  while list[last + 1] and list[last + 1].cap and not list[last].stop do last = last + 1 end
  return last
end

local function text_of(doc, list, a, b) return doc.shown:sub(list[a].i, list[b].j) end

-- Roles at the beginning of a run: Deputy Director -> how many words.
local function role_words(list, k, last)
  local n = k
  while n <= last and RANKS[list[n].lower] do n = n + 1 end
  return n <= last and ROLES[list[n].lower] and n - k + 1 or 0
end

local function add_name(doc, list, a, b, facts)
  local at = { list[a].i, list[b].j }
  local kind = BODIES[list[b].text] and "organisation" or PLACES[list[b].text] and "place"
  if kind and b > a then
    facts[#facts + 1] = { type = kind, name = text_of(doc, list, a, b), at = at, spans = { name = at } }
  end
  return kind
end

-- The person at words a..b, whose role is at words ra..rb.
local function add_person(doc, list, a, b, ra, rb, facts)
  facts[#facts + 1] = {
    type = "person", name = text_of(doc, list, a, b), role = text_of(doc, list, ra, rb),
    at = { math.min(list[a].i, list[ra].i), math.max(list[b].j, list[rb].j) },
    spans = { name = { list[a].i, list[b].j }, role = { list[ra].i, list[rb].j } },
  }
end

-- Peter Lang, head of ...: the role behind the comma
local function role_behind(list, b)
  local k = b + 1
  if list[b].stop ~= "," or not list[k] then return nil end
  if list[k].lower == "the" then k = k + 1 end
  local n = list[k] and role_words(list, k, math.min(#list, k + 2)) or 0
  if n > 0 then return k, k + n - 1 end
end

-- A run of capitals: skips the word a sentence happens to begin with.
local function name_run(doc, list, k, facts)
  local last = capitals(list, k)
  local first = k
  while first <= last and words.FUNCTION[list[first].lower] do first = first + 1 end
  if first > last then return last end
  local n = role_words(list, first, last)
  if n > 0 and last - first - n + 1 >= 2 then
    add_person(doc, list, first + n, last, first, first + n - 1, facts)
  elseif not add_name(doc, list, first, last, facts) and last - first >= 1 then
    local ra, rb = role_behind(list, last)
    if ra then add_person(doc, list, first, last, ra, rb, facts) end
  end
  return last
end

local function scan_names(doc)
  return each_block(doc, function(list, facts)
    local k = 1
    while k <= #list do
      if list[k].cap and not words.MONTHS[list[k].lower] then k = name_run(doc, list, k, facts) end
      k = k + 1
    end
  end)
end

return {
  rule {
    "en.date",
    description = "dates with a year: March 5, 2021; 5 March 2021; March 2021",
    scan = scan_dates,
    examples = { ["It opened on March 5, 2021."] = { value = "2021-03-05" },
                 ["It opened on 5 March 2021."] = { value = "2021-03-05" } },
    counterexamples = { "We may march on.", "There are 5 of them." },
  },
  rule {
    "en.name",
    description = "people with roles, places and organisations by the nouns they end with",
    scan = scan_names,
    examples = {
      ["Then Mayor Helen Ortiz spoke."] = { type = "person", name = "Helen Ortiz", role = "Mayor" },
      ["Peter Lang, head of the office, agreed."] = { type = "person", name = "Peter Lang", role = "head" },
      ["People in Alder Township waited."] = { type = "place", name = "Alder Township" },
      ["The Fenn Valley Hospital opened."] = { type = "organisation", name = "Fenn Valley Hospital" },
    },
    counterexamples = { "The mayor spoke.", "A hospital opened in town." },
  },
}
