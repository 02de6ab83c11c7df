-- textmill.timeline - what happened when: facts with a date, in order, each saying how
-- its year is known.
--
--   2020-02-06  石门镇  自2月6日起...   year: corpus default   002#2361,2369
--
-- A date without a year (XXXX-02-06) has none of its own: it gets the year given as
-- `year`, else the one year in which all dated documents of the corpus were published.
-- Where there is no such year it is listed by month and day, behind the others.

local core = require "textmill.core"
local result = require "textmill.result"
local screen = require "textmill.screen"
local verdicts = require "textmill.verdicts"
local whereabouts = require "textmill.whereabouts"

local timeline = {}

local how_said = { ref = "year: when published", published = "published", context = "year: from the text",
                   reference = "year: of the reference date", given = "year: given",
                   default = "year: corpus default" }

-- The year of publication all dated documents share, or nil.
local function default_year(docs)
  local year
  for k = 1, #docs do
    local y = tostring(docs[k].published or docs[k].date or ""):match "^%d%d%d%d"
    if y and year and y ~= year then return nil end
    year = year or y
  end
  return year
end

-- "XXXX-02-06" -> "2020-02-06", how
local function dated(f, year, how)
  local day = f.time_from
  local rest = day:match "^XXXX(%-.*)$"
  if not rest then
    local source = f.time_source or f.year_from
    if source then return day, how_said[source] or tostring(source) end
    -- a year that the words do not have came from the day of publication
    return day, (f.text or f.quote or ""):find(day:sub(1, 4), 1, true) and "said" or how_said.ref
  end
  if not year then return day, "year not known" end
  return year .. rest, how_said[how]
end

-- A day from..to in prefixes: "2020-02" holds all of February.
local function inside(day, from, to)
  if day:find "^XXXX" then return not from and not to end
  return (not from or day:sub(1, #from) >= from or day >= from) and (not to or day:sub(1, #to) <= to)
end

-- Dates, not hours: a time of the day or a duration has no place on the line.
local function has_day(f)
  return f.time_from and f.time_from:find "^[%dX][%dX][%dX][%dX]" and f.type ~= "metadata"
    and (f.type == "time" or f.type == "event") and f.status ~= "duplicate" and not verdicts.rejected(f)
end

local COLUMNS <const> = { "date", "place", { name = "text", keep = true },
  { name = "year", title = "how the year is known" },
  "cite", { name = "to", hidden = true }, { name = "doc", hidden = true }, { name = "fact", hidden = true },
  { name = "type", hidden = true } }

function timeline.methods(methods, open, check)

  -- c:timeline{from=, to=, year=} -> result
  function methods:timeline(o)
    local store = open(self)
    o = check(o, "from to year")
    local year, how = o.year and tostring(o.year), "given"
    if year and not year:find "^%d%d%d%d$" then error("year: four digits expected", 2) end
    if not year then year, how = default_year(store:docs()), "default" end
    local facts, where, rows, open_years = self:facts(), whereabouts.new(self, store), {}, 0
    local places = where:places(facts)
    for k = 1, #facts do
      local f = facts[k]
      if has_day(f) then
        local day, known = dated(f, year, how)
        if day:find "^XXXX" then open_years = open_years + 1 end
        if inside(day, o.from, o.to) then
          local to = f.time_to and dated({ time_from = f.time_to }, year, how)
          local about = places[f.doc .. "#" .. where:article(f)]
          rows[#rows + 1] = { date = day, to = to, place = f.place or about and about.place, year = known,
            text = screen.clean(core.normalize((where:sentence(f, 24)), "display")),
            cite = f.cite, doc = f.doc, fact = f.id, type = f.type }
        end
      end
    end
    local note = open_years > 0 and (o.from or o.to)
      and screen.count(open_years, "date") .. " without a year not shown: c:timeline{year=...}" or nil
    return result.new { rows = rows, columns = COLUMNS, empty = "no dates", note = note,
      chart = { kind = "timeline", date = "date", label = "text" } }:sort "date"
  end
end

return timeline
