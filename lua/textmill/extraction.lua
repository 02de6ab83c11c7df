-- textmill.extraction - a pack over the documents of a corpus: what is done with each of
-- them, in whatever thread, and what the thread that writes does with what comes out.
--
--   row: what the store knows (store:extraction)      found: what is to be stored
--     published sha256 inputs ref fired    --read-->    kept | rows errors fired, ref  --put--> file

local core = require "textmill.core"
local extract = require "textmill.extract"
local incremental = require "textmill.incremental"
local stored = require "textmill.stored"

local extraction = {}

-- The facts as rows. A fact that no rule should make (no text for an item, a span
-- outside) is an error of the pack, and none is stored then.
local function make_rows(pack, text, sha256, facts, errors)
  local list = stored.facts(facts)
  local ok, rows, message = pcall(core.fact_rows, text, sha256, list)
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
  local read, gone = text()
  if not read then
    return { errors = { { rule = "read", where = depends.pack.name, message = gone } } }
  end
  local facts, errors, doc = extract.run(depends.pack, read, run)
  return { rows = make_rows(depends.pack, read, row.sha256, facts, errors), ref = run.ref, errors = errors,
           fired = #errors == 0 and incremental.fired(doc) or nil }
end

-- extraction.put(depends, store, id, row, found) -> facts, mentions, errors of a document that
-- was read; nil of one that keeps its facts. A file that fails raises.
function extraction.put(depends, store, id, row, found)
  local pack = depends.pack
  if found.kept then
    if row.inputs ~= depends.inputs then
      store:note_extraction(id, pack.name, depends.inputs, found.ref, row.fired)
    end
    return nil
  end
  local n, message = 0, nil
  if found.rows then n, message = store:store_facts(id, pack.name, pack.version, found.rows) end
  if not n then
    table.insert(found.errors, { rule = "store", where = pack.name, code = "invalid", message = message })
    return 0, 0, found.errors
  end
  if found.fired and found.rows then
    store:note_extraction(id, pack.name, depends.inputs, found.ref, found.fired)
  end
  return n, found.rows and #found.rows or 0, found.errors
end

return extraction
