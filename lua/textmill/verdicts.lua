-- textmill.verdicts - how good the facts are: a sample to judge, verdicts read back
-- from a sheet or a table, precision with its interval.
--
--   ok   wrong   wrong FIELD   FIELD=VALUE      stored with the fact's id as
--   accepted   rejected   rejected FIELD   edited FIELD=VALUE
--
-- A fact's id depends on the document, the type and the spans of its arguments
-- alone, so that a verdict outlives every new run of the rules.

local csv = require "textmill.csv"
local result = require "textmill.result"
local screen = require "textmill.screen"

local verdicts = {}

-- sampling ---------------------------------------------------------------------

-- 64 bits of FNV-1a, finished as splitmix64 does (Steele, Lea, Flood 2014).
local function hash(s)
  local h = 0xcbf29ce484222325
  for k = 1, #s do h = (h ~ s:byte(k)) * 0x100000001b3 end
  h = (h ~ (h >> 30)) * 0xbf58476d1ce4e5b9
  h = (h ~ (h >> 27)) * 0x94d049bb133111eb
  return h ~ (h >> 31)
end

-- verdicts.draw(list, n, seed, key) -> n of them in their order: those whose hashed
-- key is least (bottom-k sampling: each set of n is as likely, and the order in which
-- they come does not matter)
function verdicts.draw(list, n, seed, key)
  local drawn = {}
  for k, item in ipairs(list) do drawn[k] = { at = k, hash = hash(seed .. "/" .. key(item)) } end
  table.sort(drawn, function(a, b)
    if a.hash ~= b.hash then return math.ult(a.hash, b.hash) end
    return a.at < b.at
  end)
  local chosen = table.move(drawn, 1, math.min(n, #drawn), 1, {})
  table.sort(chosen, function(a, b) return a.at < b.at end)
  for k, one in ipairs(chosen) do chosen[k] = list[one.at] end
  return chosen
end

local SAMPLE_COLUMNS <const> = { "fact", "type", { name = "quote", width = 36 },
  { name = "context", width = 40, hidden = true }, "place", "item",
  { name = "value", align = "right" }, "unit",
  { name = "detail", width = 30 }, "cite", { name = "rule", hidden = true }, { name = "verdict" } }

local function context_of(c, f)
  local quote, row = c:cite(f.cite)
  return quote and row.left .. "[" .. quote .. "]" .. row.right or f.quote
end

-- judging ----------------------------------------------------------------------

local fields = {}
for name in ("type subtype item name value lo hi unit approx place place_code time time_from time_to scope "
  .. "role members declared polarity modality status holder colour number title text"):gmatch "%S+" do
  fields[name] = true
end

-- "wrong place" -> "rejected place", field; nil, what is wrong with it
local function parse(said)
  local s = tostring(said):gsub("^[%s']+", ""):gsub("%s+$", "")
  local word, rest = s:match "^(%a+)%s*(.*)$"
  local field, value = s:match "^([%a_]+)%s*=%s*(.*)$"
  if field then
    field = field:lower()
    if not fields[field] then return nil, ("'%s' is no field of a fact"):format(field) end
    return "edited " .. field .. "=" .. value, field
  end
  word = word and word:lower()
  if (word == "ok" or word == "right" or word == "accepted") and rest == "" then return "accepted" end
  if word == "wrong" or word == "rejected" then
    rest = rest:lower()
    if rest ~= "" and not fields[rest] then return nil, ("'%s' is no field of a fact"):format(rest) end
    return rest == "" and "rejected" or "rejected " .. rest, rest ~= "" and rest or nil
  end
  return nil, ("'%s' is no verdict (ok, wrong, wrong FIELD, FIELD=VALUE)"):format(s)
end
verdicts.parse = parse

-- verdicts.apply(fact): an edited field has the value a person gave it
function verdicts.apply(f)
  local field, value = (f.verdict or ""):match "^edited ([%a_]+)=(.*)$"
  if field then
    rawset(f, "was", f[field])
    rawset(f, field, tonumber(value) or value)
    if field == "value" then f.lo, f.hi, f.approx = f.value, f.value, nil end
  end
  return f
end

function verdicts.rejected(f) return (f.verdict or ""):find "^rejected" ~= nil end

-- Wilson's score interval (1927) of k of n, z standard deviations (95 %: 1.959964).
function verdicts.wilson(k, n, z)
  z = z or 1.959963984540054
  if n == 0 then return 0, 1 end
  local p, zz = k / n, z * z
  local middle, half = p + zz / (2 * n), z * math.sqrt(p * (1 - p) / n + zz / (4 * n * n))
  return math.max(0, (middle - half) / (1 + zz / n)), math.min(1, (middle + half) / (1 + zz / n))
end

-- {[fact id] = verdict} | path of a sheet -> list of {fact, verdict, where}
local function read(source)
  local list = {}
  if type(source) == "table" and not result.is(source) then
    for id, verdict in pairs(source) do
      list[#list + 1] = { fact = id, verdict = verdict, where = tostring(id) }
    end
    table.sort(list, function(a, b) return a.where < b.where end)
    return list
  end
  local rows
  if result.is(source) then
    rows = source
  else
    if type(source) ~= "string" then error("a file or {[fact id] = verdict} expected", 4) end
    local file, message = io.open(source, "rb")
    if not file then error(message, 0) end
    local header
    rows, header = csv.records(file:read "a")
    file:close()
    local has = {}
    for _, name in ipairs(header) do has[name] = true end
    if not (has.fact and has.verdict) then
      error(source .. ": columns fact and verdict expected (c:sample{n=50}:save makes such a sheet)", 0)
    end
  end
  for k = 1, #rows do
    local row = rows[k]
    if row.verdict and tostring(row.verdict):find "%S" then
      list[#list + 1] = { fact = row.fact, verdict = row.verdict, where = "row " .. k + 1 }
    end
  end
  return list
end

-- the report -------------------------------------------------------------------

local function percent(x) return math.floor(x * 1000 + 0.5) / 10 end

local function tally(counts, by, name, right)
  local key = by .. "\0" .. name
  local t = counts[key]
  if not t then
    t = { by = by, name = name, judged = 0, ok = 0 }
    counts[key], counts[#counts + 1] = t, t
  end
  t.judged, t.ok = t.judged + 1, t.ok + (right and 1 or 0)
end

local order = { all = 1, type = 2, rule = 3 }

local function report(judged, problems)
  local counts = {}
  for _, j in ipairs(judged) do
    local right = j.verdict == "accepted"
    tally(counts, "all", "all", right)
    tally(counts, "type", j.fact.type, right)
    tally(counts, "rule", j.fact.rule or "?", right)
  end
  table.sort(counts, function(a, b)
    if a.by ~= b.by then return order[a.by] < order[b.by] end
    if a.judged ~= b.judged then return a.judged > b.judged end
    return a.name < b.name
  end)
  local rows = {}
  for k, t in ipairs(counts) do
    local lo, hi = verdicts.wilson(t.ok, t.judged)
    rows[k] = { by = t.by, name = t.name, judged = t.judged, ok = t.ok, precision = percent(t.ok / t.judged),
                from = percent(lo), to = percent(hi) }
  end
  local all, title = rows[1], "nothing judged"
  if all then
    local lo, hi = verdicts.wilson(all.ok, all.judged)
    title = ("%d judged: %d ok = %.0f %% (95 %% interval %.0f-%.0f). Rejected facts stay rejected when "
      .. "rules are run again."):format(all.judged, all.ok, 100 * all.ok / all.judged, 100 * lo, 100 * hi)
  end
  local note = {}
  for k = 1, math.min(#problems, 5) do note[k] = problems[k] end
  if #problems > 5 then note[6] = ("... %d more"):format(#problems - 5) end
  local function number(name, heading) return { name = name, title = heading, align = "right" } end
  local r = result.new { rows = rows, title = title, empty = title,
    columns = { "by", "name", number "judged", number "ok", number("precision", "precision %"),
                number("from", "from %"), number("to", "to %") },
    note = #note > 0 and table.concat(note, "\n") or nil }
  rawset(r, "problems", problems)
  return r
end

-- methods ----------------------------------------------------------------------

function verdicts.methods(methods, open)

  -- c:sample{n=50, seed=1, [type=, ...as facts]} -> result with an empty column verdict
  function methods:sample(o)
    local where, n, seed = {}, 50, 1
    for key, value in pairs(o or {}) do
      if key == "n" then n = value elseif key == "seed" then seed = value else where[key] = value end
    end
    if math.type(n) ~= "integer" or n < 1 then error("n: a number of facts expected", 2) end
    local facts, list, rows = self:facts(where), {}, {}
    for k = 1, #facts do list[k] = facts[k] end
    for k, f in ipairs(verdicts.draw(list, n, seed, function(f) return f.id end)) do
      rows[k] = { fact = f.id, type = f.type, quote = f.quote, context = context_of(self, f), place = f.place,
                  item = f.item or f.name, value = f.value, unit = f.unit, detail = f.detail, cite = f.cite,
                  rule = f.rule, verdict = "" }
    end
    return result.new { rows = rows, columns = SAMPLE_COLUMNS, empty = "no facts",
      title = ("%s of %d, seed %s: say ok, wrong, wrong FIELD or FIELD=VALUE in the column verdict")
        :format(screen.count(#rows, "fact"), #list, tostring(seed)) }
  end

  -- c:verdicts(file | {[fact id] = verdict} | result) -> result: precision by type and rule
  function methods:verdicts(source)
    local store, by_id, judged, problems = open(self), {}, {}, {}
    local facts = self:facts()
    for k = 1, #facts do by_id[facts[k].id] = facts[k] end
    for _, one in ipairs(read(source)) do
      local verdict, why = parse(one.verdict)
      local f = by_id[one.fact]
      if not verdict or not f then
        problems[#problems + 1] = one.where .. ": " .. (not verdict and why or "no fact has the id "
          .. screen.clean(tostring(one.fact)))
      else
        judged[#judged + 1] = { fact = f, verdict = verdict }
      end
    end
    store:begin()
    for _, j in ipairs(judged) do
      local ok, e = pcall(store.verdict, store, j.fact.id, j.verdict)
      if not ok then
        store:rollback()
        error(e, 0)
      end
    end
    store:commit()
    return report(judged, problems)
  end
end

return verdicts
