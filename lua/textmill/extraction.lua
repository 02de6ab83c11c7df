-- textmill.extraction - a pack over the documents of a corpus: what is done with each of
-- them, in whatever thread, and what the thread that writes does with what comes out.
--
--   row: what the store knows (store:extraction)      found: what is to be stored
--     number published sha256              --read-->    kept | rows errors fired, ref  --put--> file
--     inputs ref fired

local core = require "textmill.core"
local extract = require "textmill.extract"
local incremental = require "textmill.incremental"
local json = require "textmill.json"
local stored = require "textmill.stored"

local extraction = {}

-- The facts as rows. A fact that no rule should make (no text for an item, a span
-- outside) is an error of the pack, and none is stored then.
local function make_rows(pack, text, sha256, facts, errors)
  local ok, rows, message = pcall(stored.rows, text, sha256, facts)
  if ok and rows then return rows end
  if type(rows) == "table" then error(rows, 0) end
  errors[#errors + 1] = { rule = "store", where = pack.name, code = "invalid", message = message or rows }
end

-- extraction.read(depends, row, text, o) -> found. depends: incremental.new of the pack;
-- text(): the document's text, asked for where it must be read | nil, message;
-- o: ref_date, max_ms, again as for c:extract
function extraction.read(depends, row, text, o)
  local run = { ref = o.ref_date or row.published, max_ms = o.max_ms }
  if row.inputs and not o.again and depends:keeps(row, text, run) then
    return { kept = true, ref = run.ref }
  end
  local read, gone, _, code = text()
  if not read then
    return { gone = code == "notfound",
       errors = { { rule = "read", where = depends.pack.name, message = gone } } }
  end
  local facts, errors, doc = extract.run(depends.pack, read, run)
  return { rows = make_rows(depends.pack, read, row.sha256, facts, errors), ref = run.ref, errors = errors,
           fired = #errors == 0 and incremental.fired(doc) or nil }
end

-- extraction.put(depends, store, row, found) -> facts, mentions, errors of a document that
-- was read; nil of one that keeps its facts, false of one that another process has removed. A file
-- that fails raises.
function extraction.put(depends, store, row, found)
  local pack = depends.pack
  if found.kept then
    if row.inputs ~= depends.inputs then
      store:note_extraction(row.number, pack.name, depends.inputs, found.ref, row.fired)
    end
    return nil
  end
  local n, message, code, _ = 0, nil, nil, nil
  if found.rows then
    local inputs = found.fired and depends.inputs or nil
    n, message, _, code = store:store_facts(row.number, pack.name, pack.version, found.rows, nil, inputs,
      inputs and found.ref, found.fired)
  end
  local mentions = found.rows and #found.rows or 0
  if found.rows then found.rows:close() end -- their room is the next document's
  if found.gone or code == "notfound" then return false end
  if not n then
    table.insert(found.errors, { rule = "store", where = pack.name, code = "invalid", message = message })
    return 0, 0, found.errors
  end
  return n, mentions, found.errors
end

-- How many documents, of how many bytes, are read from the file before the pack runs over them, and
-- written behind that: each of the three goes through memory that the others drive out of the caches.
local AT_ONCE <const>, BYTES_AT_ONCE <const> = 64, 1 << 20

-- The next documents from list[k] on -> { { id=, row=, text=, gone= }, ... }, the number behind them;
-- those that another process has removed since are passed over.
local function read_next(store, depends, o, list, k)
  local out, bytes = {}, 0
  while list[k] and #out < AT_ONCE and bytes < BYTES_AT_ONCE do
    local id = list[k]
    local row = store:extraction(id, depends.pack.name)
    local one = row and { id = id, row = row }
    if one and (o.again or not row.inputs or depends:unread(row, o.ref_date or row.published) ~= true) then
      one.text = table.pack(store:text(row.number))
      bytes = bytes + (one.text[1] and #one.text[1] or 0)
    end
    out[#out + 1], k = one, k + 1
  end
  return out, k
end

local function put_and_tell(depends, store, one, done)
  local n, mentions, errors = extraction.put(depends, store, one.row, one.found)
  if n ~= false then done(one.id, n, mentions, errors) end
end

-- extraction.serially(store, depends, o, done): one document after the other;
-- done(id, facts, mentions, errors) as from extraction.put
function extraction.serially(store, depends, o, done)
  local list, k = store:ids(), 1
  while list[k] do
    local read
    read, k = read_next(store, depends, o, list, k)
    for _, one in ipairs(read) do
      one.found = extraction.read(depends, one.row, function() return table.unpack(one.text, 1, 4) end, o)
      one.text = nil
    end
    for _, one in ipairs(read) do put_and_tell(depends, store, one, done) end
  end
end

-- with threads ---------------------------------------------------------------

local function settings(depends, o)
  local pack, what = depends.pack, depends.what
  return json.encode { source = pack.source, trusted = pack.trusted, groups = what.groups,
    inputs = depends.inputs, ref_date = o.ref_date, max_ms = o.max_ms, again = o.again }
end

-- Hands a document to the crew, unless it is known already what comes out.
local function hand_over(crew, depends, store, one, o)
  local row = one.row
  local ref = o.ref_date or row.published
  if row.inputs and not o.again and depends:unread(row, ref) == true then
    one.found = { kept = true, ref = ref }
    return
  end
  local put = table.pack(crew:put(store, row.number, row.published, row.sha256, row.inputs, row.ref,
    row.fired))
  one.number = put[1]
  if one.number then return end
  one.found = extraction.read(depends, row, function() return table.unpack(put, 1, 4) end, o)
end

-- What a worker found of a document.
local function take(crew, one, o)
  local found = crew:next()
  if not found then return one.found end
  found.ref = o.ref_date or one.row.published
  found.errors = found.errors and json.decode(found.errors) or {}
  return found
end

-- extraction.in_parallel(store, depends, o, done): the same, in the same order, by o.jobs
-- threads, this one among them: it reads and writes, and runs the pack when nothing is ready.
-- -> how many had the pack
function extraction.in_parallel(store, depends, o, done)
  local crew <close> = core.crew(o.jobs - 1, package.path, package.cpath, settings(depends, o))
  local waiting, first, last, under_way = {}, 1, 0, {}
  local function help()
    local text, number = crew:claim()
    if not text then return false end
    local one = under_way[number]
    one.found = extraction.read(depends, one.row, function() return text end, o)
    return true
  end
  local function finish_one()
    local one = waiting[first]
    waiting[first], first = nil, first + 1
    if one.number then
      while not crew:ready() and help() do end
      one.found, under_way[one.number] = take(crew, one, o), nil
    end
    put_and_tell(depends, store, one, done)
  end
  for _, id in ipairs(store:ids()) do
    while crew:full() or last - first > 10000 do finish_one() end
    last = last + 1
    local one = { id = id, row = store:extraction(id, depends.pack.name) }
    waiting[last] = one
    if one.row then hand_over(crew, depends, store, one, o)
    else one.row, one.found = {}, { gone = true } end
    if one.number then under_way[one.number] = one end
  end
  while first <= last do finish_one() end
  return 1 + crew:working()
end

return extraction
