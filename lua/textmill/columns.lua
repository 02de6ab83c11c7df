-- textmill.columns - what facts are to a database: the columns of a line of `explode`, and the
-- statements that make a table of them (textmill schema --for NAME).
--
-- Every table keeps the whole line as JSON; its columns are read from it. So a fact's own
-- arguments (members, colour, days, ...) are there without a column, and a pack with new
-- types needs no new table.

local json = require "textmill.json"

local columns = {}

-- name, type, path in the line (its name), what it is
local LIST <const> = {
  { "doc", "text", nil, "the document's id" },
  { "sha256", "text", nil, "of its bytes" },
  { "build", "text", nil, "module, lexicon and pack that made the fact" },
  { "id", "text", nil, "of the fact; the same whenever and wherever it is made" },
  { "type", "text", nil, "quantity, person, place, scheme, ..." },
  { "subtype", "text" },
  { "item", "text", nil, "what is counted" },
  { "name", "text" },
  { "role", "text" },
  { "value", "number", nil, "where it is a number; words are in the line" },
  { "lo", "number", nil, "bounds of the value" },
  { "hi", "number" },
  { "unit", "text" },
  { "approx", "text", nil, "over, under, about, ..." },
  { "place", "text" },
  { "place_code", "text", nil, "of the division, as text" },
  { "place_how", "text", nil, "how the place is known" },
  { "scope", "text", nil, "each, total, per ..., as of ..." },
  { "modality", "text" },
  { "status", "text", nil, "ok, declared_only, disputed, duplicate" },
  { "quote", "text", nil, "in simplified script, half width" },
  { "raw_from", "integer", { "raw", 0 }, "bytes of the document as it came, half-open" },
  { "raw_to", "integer", { "raw", 1 } },
  { "clean_from", "integer", { "clean", 0 }, "bytes of its clean text" },
  { "clean_to", "integer", { "clean", 1 } },
  { "rule", "text" },
  { "version", "text", nil, "of the rule" },
}
columns.list = LIST

-- One line a column: definition, comma, what it is.
local function lines(define)
  local out = {}
  for k, c in ipairs(LIST) do
    out[k] = "  " .. define(c) .. (k < #LIST and "," or "") .. (c[4] and "  -- " .. c[4] or "")
  end
  return table.concat(out, "\n")
end

local dialects = {}

local postgres = { text = "text", number = "double precision", integer = "bigint" }
function dialects.postgres()
  local function define(c)
    local path = c[3] or { c[1] }
    local at = path[2] and ("fact->'%s'->>%d"):format(path[1], path[2]) or ("fact->>'%s'"):format(path[1])
    local value = c[2] == "text" and at or ("(%s)::%s"):format(at, postgres[c[2]])
    if c[2] == "number" then
      value = ("CASE WHEN jsonb_typeof(fact->'%s') = 'number' THEN %s END"):format(path[1], value)
    end
    return ("%s %s GENERATED ALWAYS AS (%s) STORED"):format(c[1], postgres[c[2]], value)
  end
  return [[
-- PostgreSQL 12 and later. Lines of textmill explode:
--   \copy facts (fact) FROM 'facts.ndjson' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
CREATE TABLE facts (
  fact jsonb NOT NULL,
]] .. lines(define) .. [[

);
CREATE INDEX facts_id ON facts (id);
CREATE INDEX facts_type_place ON facts (type, place);
CREATE INDEX facts_item ON facts (item);
]]
end

-- SQLite and DuckDB read the same paths.
local function generated(types, stored)
  return function(c)
    local path = "$." .. (c[3] and ("%s[%d]"):format(c[3][1], c[3][2]) or c[1])
    local value = ("json_extract%s(fact, '%s')"):format(c[2] == "text" and types.string or "", path)
    if c[2] ~= "text" then value = types.cast(value, path, types[c[2]]) end
    return ("%s %s GENERATED ALWAYS AS (%s) %s"):format(c[1], types[c[2]], value, stored)
  end
end

function dialects.sqlite()
  local types = { text = "TEXT", number = "REAL", integer = "INTEGER", string = "" }
  function types.cast(value, path, kind)
    if kind == "INTEGER" then return value end
    return ("CASE WHEN json_type(fact, '%s') IN ('integer', 'real') THEN %s END"):format(path, value)
  end
  return [[
-- SQLite 3.38 and later. Lines of textmill explode, in the shell:
--   CREATE TEMP TABLE lines (line);
--   .mode ascii
--   .separator "\001" "\n"
--   .import facts.ndjson lines
--   INSERT INTO facts (fact) SELECT line FROM lines;
CREATE TABLE facts (
  fact TEXT NOT NULL CHECK (json_valid(fact)),
]] .. lines(generated(types, "STORED")) .. [[

);
CREATE INDEX facts_id ON facts (id);
CREATE INDEX facts_type_place ON facts (type, place);
CREATE INDEX facts_item ON facts (item);
]]
end

function dialects.duckdb()
  local types = { text = "VARCHAR", number = "DOUBLE", integer = "BIGINT", string = "_string" }
  function types.cast(value, _, kind) return ("TRY_CAST(%s AS %s)"):format(value, kind) end
  return [[
-- DuckDB. Lines of textmill explode:
--   INSERT INTO facts (fact)
--     SELECT json FROM read_json_objects('facts.ndjson', format = 'newline_delimited');
CREATE TABLE facts (
  fact JSON NOT NULL,
]] .. lines(generated(types, "VIRTUAL")) .. [[

);
]]
end

local clickhouse = { text = "String", number = "Nullable(Float64)", integer = "UInt64" }
function dialects.clickhouse()
  local function define(c)
    local value
    if c[3] then value = ("JSONExtractUInt(fact, '%s', %d)"):format(c[3][1], c[3][2] + 1)
    elseif c[2] == "text" then value = ("JSONExtractString(fact, '%s')"):format(c[1])
    else value = ("JSONExtract(fact, '%s', '%s')"):format(c[1], clickhouse[c[2]]) end
    return ("%s %s MATERIALIZED %s"):format(c[1], clickhouse[c[2]], value)
  end
  return [[
-- ClickHouse. Lines of textmill explode:
--   INSERT INTO facts (fact) FORMAT JSONAsString
-- SELECT * leaves out columns that are made from others: name them.
CREATE TABLE facts (
  fact String,
]] .. lines(define) .. [[

) ENGINE = MergeTree ORDER BY (type, place, id);
]]
end

-- JSON Schema -------------------------------------------------------------------

local json_types = { text = "string", number = "number", integer = "integer" }

local SPAN <const> = { type = "array", items = { type = "integer", minimum = 0 }, minItems = 2, maxItems = 2,
  description = "bytes, 0-based, half-open" }

local function mention()
  return { type = "object", required = json.array { "quote", "raw", "rule" },
    properties = { quote = { type = "string" }, raw = SPAN, clean = SPAN, rule = { type = "string" },
                   version = { type = "string" },
                   args = { type = "object", additionalProperties = SPAN } } }
end

local function fact_schema()
  local of_line = { doc = true, sha256 = true, build = true }
  local properties = { mentions = { type = "array", items = mention() }, raw = SPAN, clean = SPAN }
  for _, c in ipairs(LIST) do
    if not c[3] and not of_line[c[1]] then
      properties[c[1]] = { type = json_types[c[2]], description = c[4] }
    end
  end
  properties.value = { description = "a number, or words: a date, a title, a list" }
  return { type = "object", properties = properties,
           required = json.array { "id", "type", "status", "quote", "raw", "rule", "mentions" } }
end

dialects["json-schema"] = function()
  local text, optional = { type = "string" }, { type = json.array { "string", "null" } }
  return json.encode({
    ["$schema"] = "https://json-schema.org/draft/2020-12/schema", title = "a line of textmill filter",
    type = "object", required = json.array { "id", "sha256", "status", "build", "meta", "facts" },
    properties = {
      id = optional, sha256 = optional, build = text, meta = { type = "object" },
      status = { enum = json.array { "ok", "empty", "limit", "error" } },
      facts = { type = "array", items = fact_schema() },
      error = { type = "object", required = json.array { "code", "stage", "message" },
                properties = { code = text, stage = text, message = text, rule = text,
                               at = { type = "integer" } } },
    },
  }, { pretty = true, keys = { "$schema", "title", "type", "required", "properties" } }) .. "\n"
end

-- columns.schema(name) -> text
function columns.schema(name) return dialects[name]() end

return columns
