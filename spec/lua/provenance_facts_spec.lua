-- Provenance of our own facts: every raw span of every fact (its mentions and
-- the arguments of each) turns into its quote under the reference cleaner, and
-- the span one character beside it does not. Printed with it: how far the
-- facts' spans overlap the gold ones.
local extract = require "textmill.extract"
local json = require "textmill.json"
local reference = require "lua.reference_clean"
local tm = require "textmill"

local shared = "../shared/"

local function read(path)
  local f = io.open(path, "rb")
  if not f then return nil end
  local s = f:read "a"
  f:close()
  return s
end

local function files(pattern)
  local list, pipe = {}, assert(io.popen("ls " .. pattern .. " 2>/dev/null"))
  for path in pipe:lines() do list[#list + 1] = path end
  pipe:close()
  return list
end

local function trim(s) return (s:gsub("^%s+", ""):gsub("%s+$", "")) end

-- The next start of a character after i, or before it.
local function step(raw, i, by)
  repeat i = i + by until i < 1 or i > #raw or raw:byte(i) < 0x80 or raw:byte(i) >= 0xC0
  return i
end

local counts

-- One clean span of a document against the reference.
local function check_span(d, i, j, quote)
  local ri, rj = d.text:raw(i, j)
  counts.spans = counts.spans + 1
  assert.equal(trim(quote), reference.quote(d.raw, ri, rj, d.text),
    ("%s raw %d,%d"):format(d.path, ri - 1, rj))
  if d.text.charset ~= "utf-8" then return end
  local si, sj = step(d.raw, ri, 1), step(d.raw, rj + 1, 1) - 1
  if si <= sj and sj <= #d.raw then
    counts.shifted = counts.shifted + 1
    if reference.quote(d.raw, si, sj, d.text) ~= trim(quote) then counts.caught = counts.caught + 1 end
  end
end

local function check_document(path)
  local raw = assert(read(path))
  local text = assert(tm.clean(raw))
  local d = { path = path, raw = raw, text = text }
  local facts, errors, doc = extract.run(tm.pack "zh.report", text)
  assert.same({}, errors)
  for _, f in ipairs(facts) do
    counts.facts = counts.facts + 1
    for _, m in ipairs(f.mentions) do
      check_span(d, m.i, m.j, m.quote)
      for _, span in pairs(m.captures or {}) do
        check_span(d, span[1], span[2], doc:display(span[1], span[2]))
      end
    end
  end
  return facts, text
end

local function report(what)
  print(("provenance of facts, %s: %d facts, %d spans give their quote; %d of %d shifted ones do not")
    :format(what, counts.facts, counts.spans, counts.caught, counts.shifted))
  assert.is_true(counts.facts > 50)
  -- a shifted span of equal characters (a,a,a) may read the same: nothing else may
  assert.is_true(counts.caught >= counts.shifted * 0.995)
end

-- Share of gold spans of a type that a fact of ours overlaps by half (IoU).
local function overlap(gold, ours)
  local best = 0
  for _, o in ipairs(ours) do
    local inter = math.min(gold[2], o[2]) - math.max(gold[1], o[1])
    if inter > 0 then best = math.max(best, inter / (math.max(gold[2], o[2]) - math.min(gold[1], o[1]))) end
  end
  return best
end

describe("provenance of facts", function()
  before_each(function() counts = { facts = 0, spans = 0, shifted = 0, caught = 0 } end)

  it("holds on the sample pages and the fixtures", function()
    for _, pattern in ipairs { "lua/textmill/samples/*", "spec/fixtures/reports/*.txt" } do
      for _, path in ipairs(files(pattern)) do check_document(path) end
    end
    report "own pages"
  end)

  it("holds on the seeds, and overlaps their gold facts", function()
    local lines = read(shared .. "gold/seeds_facts.ndjson")
    if not lines then return pending("../shared is not here: seeds not checked") end
    local spans = {}
    for _, path in ipairs(files(shared .. "seeds/*.txt")) do
      local facts, text = check_document(path)
      local list = {}
      for _, f in ipairs(facts) do
        for _, m in ipairs(f.mentions) do
          local ri, rj = text:raw(m.i, m.j)
          list[#list + 1] = { ri - 1, rj }
        end
      end
      spans[path:match "([^/_]+)_[^/]*$"] = list
    end
    report "seeds"
    local total, half, by = 0, 0, {}
    for line in lines:gmatch "[^\n]+" do
      local g = json.decode(line)
      local hit = overlap({ g.raw_byte_start, g.raw_byte_end }, spans[g.doc]) >= 0.5
      total, half = total + 1, half + (hit and 1 or 0)
      local t = by[g.fact] or { 0, 0 }
      by[g.fact] = t
      t[1], t[2] = t[1] + 1, t[2] + (hit and 1 or 0)
    end
    local names = {}
    for name in pairs(by) do names[#names + 1] = name end
    table.sort(names)
    for k, name in ipairs(names) do names[k] = ("%s %d/%d"):format(name, by[name][2], by[name][1]) end
    print(("gold facts overlapped by half: %d of %d  (%s)"):format(half, total, table.concat(names, ", ")))
    assert.is_true(half > 0)
  end)
end)
