-- textmill.filter - documents in, exactly one line of facts out for each, in
-- order: for pipelines (GNU parallel, Hadoop streaming, Spark pipe).
--
--   filter.run{ documents = iterator (textmill.inputs), output = function(line), pack = pack,
--               ref_date=, ref_date_field=, max_bytes=, max_ms=, explode= } -> summary
--   filter.document(doc, o) -> table of one output line
--
-- Output: {id, sha256, status, build, meta, facts, error?}; status is
--   ok     everything ran (a rule that raised is named under error)
--   empty  no bytes
--   limit  max_bytes or max_ms reached; facts found before it are there
--   error  the line is no document, or cannot be read or cleaned
-- A fact has raw and clean spans as 0-based half-open bytes.

local core = require "textmill.core"
local extract = require "textmill.extract"
local facts_of = require "textmill.fact"
local json = require "textmill.json"
local tm = require "textmill"

local filter = {}

local LINE_KEYS <const> = { "id", "sha256", "status", "build", "meta", "facts", "error" }

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
  return { code = e.code, stage = "extract", rule = e.rule, where = e.where, message = e.message }
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
  local ref = o.ref_date or (o.ref_date_field and (doc.meta[o.ref_date_field] or doc[o.ref_date_field]))
              or meta.published or doc.date
  local facts, errors = extract.run(o.pack, text, { ref = ref, max_ms = o.max_ms })
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
    out(json.encode(line, { keys = LINE_KEYS }) .. "\n")
    return
  end
  for _, row in ipairs(filter.explode(line)) do
    out(json.encode(row, { keys = { "doc", "sha256" } }) .. "\n")
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

local function percentile(sorted, p)
  return sorted[math.max(1, math.ceil(#sorted * p))] or 0
end

function filter.run(o)
  o.build = filter.build(o.pack)
  local summary = { ["in"] = 0, ok = 0, empty = 0, limit = 0, error = 0, facts = 0, bytes = 0,
                    build = o.build }
  local times, started = {}, core.now()
  for doc in o.documents do
    local t = core.now()
    local ok, line = pcall(filter.document, doc, o)
    if not ok then
      local message = type(line) == "table" and line.message or tostring(line)
      line = failure(doc, o, "error", "internal", message, "run")
    end
    summary["in"] = summary["in"] + 1
    summary[line.status] = summary[line.status] + 1
    summary.facts = summary.facts + #line.facts
    summary.bytes = summary.bytes + (doc.raw and #doc.raw or 0)
    times[#times + 1] = (core.now() - t) * 1000
    write(o.output, line, o)
    if o.on_progress then o.on_progress(summary) end
  end
  table.sort(times)
  summary.seconds = core.now() - started
  summary.ms_p50, summary.ms_p99 = percentile(times, 0.5), percentile(times, 0.99)
  summary.rss_mb = core.peak_memory() // (1 << 20)
  return summary
end

return filter
