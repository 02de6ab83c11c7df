-- Provenance: the bytes a citation points at are the bytes the quote came from.
local core = require "textmill.core"
local json = require "textmill.json"

local shared = "../shared/"

local function read(path)
  local f = io.open(path, "rb")
  if not f then return nil end
  local s = f:read "a"
  f:close()
  return s
end

-- Start and end of the k-th occurrence of a plain string.
local function occurrence(s, what, k)
  local from = 1
  for _ = 1, k - 1 do from = (s:find(what, from, true) or #s) + 1 end
  return s:find(what, from, true)
end

-- How many occurrences begin before byte `limit`.
local function count_before(s, what, limit)
  local n, at = 0, s:find(what, 1, true)
  while at and at < limit do
    n = n + 1
    at = s:find(what, at + 1, true)
  end
  return n
end

local function seed_path(id)
  local pipe = assert(io.popen("ls " .. shared .. "seeds/" .. id .. "_*"))
  local path = pipe:read "l"
  pipe:close()
  return path
end

describe("provenance", function()
  local docs = {}
  local function document(id)
    if docs[id] then return docs[id] end
    local d = { raw = read(seed_path(id)), gold = read(shared .. "gold/clean/" .. id .. ".txt") }
    d.text = assert(core.clean(d.raw))
    d.display, d.map = core.normalize(d.text, "display")
    docs[id] = d
    return d
  end

  it("(a) quotes of the gold facts map to their raw bytes", function()
    local lines = read(shared .. "gold/seeds_facts.ndjson")
    if not lines then return pending("../shared is not here: gold facts not checked") end
    local total, equal, wrong = 0, 0, {}
    for line in lines:gmatch "[^\n]+" do
      local fact = json.decode(line)
      local d = document(fact.doc)
      total = total + 1
      local start = utf8.offset(d.gold, fact.start + 1)
      local i, j = occurrence(d.display, fact.quote, count_before(d.gold, fact.quote, start) + 1)
      local ri, rj
      if i then ri, rj = d.text:raw(d.map:from(i, j)) end
      if ri and ri - 1 == fact.raw_byte_start and rj == fact.raw_byte_end then
        equal = equal + 1
      else
        wrong[#wrong + 1] = ("%s %s: %s,%s instead of %d,%d"):format(fact.id, fact.quote, ri and ri - 1, rj,
          fact.raw_byte_start, fact.raw_byte_end)
      end
    end
    print(("provenance (a): %d of %d gold facts map to the exact raw bytes (%.3f)"):format(equal, total, equal / total))
    for k = 1, math.min(#wrong, 10) do print("  " .. wrong[k]) end
    assert.is_true(total >= 400)
    assert.is_true(equal / total >= 0.98)
  end)
end)
