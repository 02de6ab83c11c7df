-- textmill.filter - documents in, exactly one line of facts out for each, in
-- order: for pipelines (GNU parallel, Hadoop streaming, Spark pipe).
--
--   filter.run{ input = path | {path, ...} | iterator (textmill.inputs),
--               output = path | file | function(line), pack = pack | name,
--               ref_date=, ref_date_field=, max_bytes=, max_ms=, max_steps=, explode=,
--               on_progress=, explain= } -> summary
--   filter.document(doc, o) -> table of one output line
--
-- Output: {id, sha256, status, build, meta, facts, error?}; status is
--   ok     everything ran (a rule that raised is named under error)
--   empty  no bytes
--   limit  max_bytes, max_ms or max_steps reached; facts found before it are there
--   error  the line is no document, or cannot be read or cleaned
-- A fact has raw and clean spans as 0-based half-open bytes. With `explain`, the beginning of
-- a fact's id, nothing is written but where each such fact comes from (c:explain).

local core = require "textmill.core"
local extract = require "textmill.extract"
local facts_of = require "textmill.fact"
local inputs = require "textmill.inputs"
local json = require "textmill.json"
local tm = require "textmill"

local filter = {}

-- first keys of a line and of a fact
filter.keys = { "doc", "id", "sha256", "type", "subtype", "item", "name", "value", "unit", "place", "quote",
                "raw", "clean", "rule", "version", "status", "build", "meta", "facts", "error" }

-- "0.1.0/9c1e/zh.report@1": what made these facts
function filter.build(pack)
  local v = tm.version()
  return ("%s/%s/%s@%s"):format(v.textmill, v.lexicon:match "[^/]*$", pack.name, pack.version)
end

local function failure(doc, o, status, code, message, stage)
  return { id = doc.id or doc.path or json.null, status = status, build = o.build,
           sha256 = doc.raw and core.sha256(doc.raw) or json.null, meta = {}, facts = json.array {},
           error = { code = code, message = message, stage = stage } }
end

-- Several values of one key become a list under its plural name.
local plural = { author = "authors", editor = "editors", keyword = "keywords" }
function filter.metadata(text)
  local meta = {}
  for _, m in ipairs(text:meta()) do
    local many = plural[m.key]
    if many then
      meta[many] = meta[many] or json.array {}
      table.insert(meta[many], m.value)
    elseif meta[m.key] == nil then
      meta[m.key] = m.value
    end
  end
  return meta
end

local function first_error(errors)
  local e = errors[1]
  if not e then return nil end
  return { code = e.limit or e.code, stage = "extract", at = e.position, rule = e.rule,
           where = e.where, message = e.message }
end

-- The day that dates without a year are resolved against.
local function reference(doc, meta, o)
  return o.ref_date or (o.ref_date_field and (doc.meta[o.ref_date_field] or doc[o.ref_date_field]))
         or meta.published or doc.date
end

function filter.document(doc, o)
  if doc.message then return failure(doc, o, "error", doc.code, doc.message, "read") end
  if o.max_bytes and #doc.raw > o.max_bytes then
    return failure(doc, o, "limit", "max_bytes",
      ("%d bytes, the limit is %d"):format(#doc.raw, o.max_bytes), "read")
  end
  local text, message, _, code = tm.clean(doc.raw, { charset = doc.charset })
  if not text then
    return failure(doc, o, code == "empty" and "empty" or "error", code, message, "clean")
  end
  local meta = filter.metadata(text)
  local facts, errors = extract.run(o.pack, text, { ref = reference(doc, meta, o), max_ms = o.max_ms,
                                                    max_steps = o.max_steps })
  local sha = core.sha256(doc.raw)
  local out = { id = doc.id or doc.path, sha256 = sha, status = "ok", build = o.build, meta = meta,
                facts = json.array {}, error = first_error(errors) }
  for k, fact in ipairs(facts) do out.facts[k] = facts_of.export(fact, text, sha) end
  for _, e in ipairs(errors) do
    if e.code == "limit" then out.status = "limit" end
  end
  return out
end

-- Output lines of one document: itself, or one a fact.
local function write(out, line, o)
  if not o.explode then
    out(json.encode(line, { keys = filter.keys }) .. "\n")
    return
  end
  for _, row in ipairs(filter.explode(line)) do
    out(json.encode(row, { keys = filter.keys }) .. "\n")
  end
end

-- One row a fact, each with the document it came from.
function filter.explode(line)
  local rows = {}
  for k, fact in ipairs(line.facts or {}) do
    local row = { doc = line.id, sha256 = line.sha256, build = line.build }
    for key, value in pairs(fact) do row[key] = value end
    rows[k] = row
  end
  return rows
end

-- Where the facts come from whose id begins with o.explain; the document is a corpus for as
-- long. How many there were.
local function explain(doc, line, o)
  local found, c <close> = 0, tm.open(nil)
  for _, f in ipairs(line.facts) do
    if f.id:sub(1, #o.explain) == o.explain then
      if found == 0 then
        c:add { raw = doc.raw, id = doc.id, path = doc.path, charset = doc.charset }
        c:extract(o.pack, { ref_date = reference(doc, line.meta, o) })
      end
      o.output(c:explain(c:facts { id = f.id }[1]) .. "\n")
      found = found + 1
    end
  end
  return found
end

local function percentile(sorted, p)
  return sorted[math.max(1, math.ceil(#sorted * p))] or 0
end

local OPTIONS <const> = "input output pack ref_date ref_date_field max_bytes max_ms max_steps explode "
  .. "on_progress explain"

-- The options with what they stand for: an iterator, a function, a pack.
local function settled(given)
  local o = {}
  for key, value in pairs(given) do
    if not (" " .. OPTIONS .. " "):find(" " .. tostring(key) .. " ", 1, true) then
      error(("unknown option '%s' (there are: %s)"):format(tostring(key), OPTIONS), 4)
    end
    o[key] = value
  end
  o.pack = tm.pack(o.pack or "zh.report")
  o.build = filter.build(o.pack)
  if type(o.input) == "string" then o.input = { o.input } end
  if type(o.input) == "table" then
    local _
    o.input, _, o.share = inputs.documents(o.input)
  end
  if type(o.input) ~= "function" then error("input: a path, a list of paths or an iterator expected", 4) end
  local file = type(o.output) == "string" and assert(io.open(o.output, "wb")) or nil
  if file or io.type(o.output) == "file" then
    local f = file or o.output
    o.output, o.file = function(line) assert(f:write(line)) end, file
  end
  if type(o.output) ~= "function" then error("output: a path, a file or a function expected", 4) end
  return o
end

local function one_line(doc, o)
  local ok, line = pcall(filter.document, doc, o)
  if ok then return line end
  return failure(doc, o, "error", "internal", type(line) == "table" and line.message or tostring(line), "run")
end

local function run(o)
  local summary = { ["in"] = 0, ok = 0, empty = 0, limit = 0, error = 0, facts = 0, bytes = 0,
                    build = o.build, doing = "filter", explained = o.explain and 0 }
  local times, started = {}, core.now()
  for doc in o.input do
    local t = core.now()
    local line = one_line(doc, o)
    summary["in"] = summary["in"] + 1
    summary[line.status] = summary[line.status] + 1
    summary.facts = summary.facts + #line.facts
    summary.bytes = summary.bytes + (doc.raw and #doc.raw or 0)
    times[#times + 1] = (core.now() - t) * 1000
    if o.explain then summary.explained = summary.explained + explain(doc, line, o)
    else write(o.output, line, o) end
    if o.on_progress then
      summary.share = o.share and o.share()
      o.on_progress(summary["in"], summary)
    end
  end
  if o.on_progress then
    summary.finished = true
    o.on_progress(summary["in"], summary)
  end
  summary.doing, summary.share, summary.finished = nil, nil, nil
  table.sort(times)
  summary.seconds = core.now() - started
  summary.ms_p50, summary.ms_p99 = percentile(times, 0.5), percentile(times, 0.99)
  summary.rss_mb = core.peak_memory() // (1 << 20)
  return summary
end

-- A file that was named is closed, whatever happens.
function filter.run(given)
  local o = settled(given)
  local ok, summary = pcall(run, o)
  local closed, why = true, nil
  if o.file then closed, why = o.file:close() end
  if not ok then error(summary, 0) end
  if not closed then error(why, 0) end
  return summary
end

return filter
