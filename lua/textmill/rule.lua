-- textmill.rule - rules and packs: data that says what to look for and one
-- function that says what was found.
--
--   rule = tm.rule { "quantity.before",      -- name; the part before the dot groups
--     description = "12个网格",
--     match = pattern,                        -- or scan = function(doc) ... end
--     blocks = { "paragraph", "list" },       -- kinds it looks at; default: all but boilerplate
--     emit = function(m, doc) return fact | list of facts | nil end,
--     patterns = { P.date },                  -- what its scan asks doc:matches for
--     needs = { "严禁", "禁止" },               -- passed over where none of these stands
--     cues = { "、" },                          -- what its scan asks doc:find and doc:each for
--     examples = { ["全村12个网格"] = { value = 12, item = "网格" } },
--     counterexamples = { "一盘棋" } }
--   pack = tm.pack { "name", version = "1", rule, ..., finish = function(doc, facts) end }
--   pack = tm.pack "zh.report"                -- one that textmill ships
--   pack = tm.pack("mine.lua", { trusted = true })
--
-- A rule with `scan` gets the whole document (textmill.extract) and returns a
-- list of facts: for what stands across sentences (a scheme and its members).
-- `finish` sees all facts of a document and returns those that stay: it
-- inherits places and dates, joins duplicates, adds checks.
-- All `match` and `patterns` of a pack run over a document in one pass; those with
-- P.fact run by themselves, when the rules before have found their facts.
-- Packs from files run in an environment without io, os, load and require; a
-- trusted one gets everything.

local cues = require "textmill.cues"
local failure = require "textmill.failure"

local rule = {}
local pack = {}

local rule_fields = { description = "string", match = "any", scan = "function", emit = "function",
                      examples = "table", counterexamples = "table", blocks = "table",
                      patterns = "table", needs = "table", cues = "table" }

-- Where the table was made, for messages: file:line of the caller.
local function caller(level)
  local info = debug.getinfo(level + 1, "Sl")
  if not info or info.currentline < 0 then return "?" end -- the call was the last one of its function
  return ("%s:%d"):format(info.short_src:match "[^/]*$", info.currentline)
end

local function fault(where, ...)
  failure("invalid", where .. ": " .. string.format(...))
end

rule.__index = rule
rule.__name = "textmill.rule"
rule.__tostring = function(self)
  return ("rule %s  %s%s"):format(self.name, self.where, self.description and "  " .. self.description or "")
end

function rule.new(t)
  local where = caller(2)
  if type(t) ~= "table" then fault(where, "tm.rule needs a table") end
  local name = t[1] or t.name
  if type(name) ~= "string" then fault(where, "a rule needs a name as its first entry") end
  for key, value in pairs(t) do
    local wanted = rule_fields[key]
    if not wanted and key ~= 1 and key ~= "name" then
      fault(where, "rule %s: unknown field '%s'", name, key)
    end
    if wanted and wanted ~= "any" and type(value) ~= wanted then
      fault(where, "rule %s: %s must be a %s", name, key, wanted)
    end
  end
  if (t.match == nil) == (t.scan == nil) then fault(where, "rule %s: one of match and scan", name) end
  if t.match ~= nil and not t.emit then fault(where, "rule %s: no emit", name) end
  for _, field in ipairs { "needs", "cues" } do
    for k, s in ipairs(t[field] or {}) do
      if type(s) ~= "string" then fault(where, "rule %s: entry %d of %s is no string", name, k, field) end
    end
    cues.add(t[field] or {})
  end
  for k, p in ipairs(t.patterns or {}) do
    if type(p) ~= "userdata" then fault(where, "rule %s: entry %d of patterns is no pattern", name, k) end
  end
  local self = { name = name, where = where, blocks = nil }
  for key in pairs(rule_fields) do self[key] = t[key] end
  if t.blocks then
    self.blocks = {}
    for _, kind in ipairs(t.blocks) do self.blocks[kind] = true end
  end
  return setmetatable(self, rule)
end

-- packs ------------------------------------------------------------------

pack.__index = pack
pack.__name = "textmill.pack"
pack.__tostring = function(self)
  return ("pack %s %s  %d rules"):format(self.name, self.version, #self.list)
end

local function from_table(t)
  local where = caller(3)
  local name = t[1] or t.name
  if type(name) ~= "string" then fault(where, "a pack needs a name as its first entry") end
  local self = { name = name, version = tostring(t.version or "0"), list = {}, finish = t.finish }
  local seen = {}
  for k = (t[1] and 2 or 1), #t do
    local r = t[k]
    if getmetatable(r) ~= rule then fault(where, "pack %s: entry %d is no rule (tm.rule{...})", name, k) end
    if seen[r.name] then fault(where, "pack %s: two rules named %s", name, r.name) end
    seen[r.name] = true
    self.list[#self.list + 1] = r
  end
  return setmetatable(self, pack)
end

-- What a pack from a file may use.
local function restricted()
  local tm = require "textmill"
  local env = { tm = { pattern = tm.pattern, rule = tm.rule, pack = tm.pack, number = tm.number,
                       date = tm.date, normalize = tm.normalize, words = tm.words } }
  for name in ("assert error ipairs next pairs pcall select tonumber tostring type utf8 string table math")
    :gmatch "%w+" do
    local v = _G[name]
    if type(v) == "table" then
      local t = {}
      for k, f in pairs(v) do t[k] = f end
      v = t
    end
    env[name] = v
  end
  env.string.dump = nil
  return env
end

local function from_text(text, path, o)
  local env = o.trusted and setmetatable({ tm = require "textmill" }, { __index = _G }) or restricted()
  local chunk, why = load(text, "@" .. path, "t", env)
  if not chunk then fault(path, "%s", why) end
  local p = chunk()
  if getmetatable(p) ~= pack then fault(path, "does not return a pack (return tm.pack{...})") end
  return p
end

local function from_file(path, o)
  local file, message = io.open(path, "rb")
  if not file then fault(path, "%s", message) end
  local text = file:read "a"
  file:close()
  local p = from_text(text, path, o)
  p.source, p.trusted = path, o.trusted and true or nil
  return p
end

local pack_options = { trusted = true }

-- tm.pack(table | name | path, [o])
function pack.new(source, o)
  o = o or {}
  for key in pairs(o) do
    if not pack_options[key] then error(("unknown option '%s'"):format(key), 2) end
  end
  if getmetatable(source) == pack then return source end
  if type(source) == "table" then return from_table(source) end
  if type(source) ~= "string" then error("a pack is expected: its name, a .lua file or a table", 2) end
  if source:find "%.lua$" or source:find "/" then return from_file(source, o) end
  local ok, p = pcall(require, "textmill.rules." .. source:gsub("%.", "_"))
  if not ok then
    if tostring(p):find("module 'textmill.rules." .. source:gsub("%.", "_"), 1, true) then
      fault(source, "there is no pack of this name")
    end
    error(p, 0)
  end
  if type(p) == "table" then p.source = source end
  return p
end

-- The patterns of all rules as one set, and each one's number in it; those that read facts
-- are left out: what they match depends on the rules before.
local function patterns(self)
  if self.set_ then return self.set_, self.index_ end
  local core = require "textmill.core"
  local list, index = {}, {}
  local function add(p)
    if not index[p] and not core.pattern_reads_facts(p) then
      list[#list + 1] = p
      index[p] = #list
    end
  end
  for _, r in ipairs(self.list) do
    if r.match then add(r.match) end
    for _, p in ipairs(r.patterns or {}) do add(p) end
  end
  self.set_, self.index_ = core.pattern_set(list), index
  return self.set_, self.index_
end

-- What each rule of a pack needs, as docview's `wanted` takes it: how many bytes of bits, how many
-- before them are 0, the bytes. Cues of one rule mostly have numbers beside each other.
local function needs(self)
  if self.needs_ then return self.needs_ end
  local rows = {}
  for k, r in ipairs(self.list) do
    local bits = r.needs and cues.bits(r.needs) or ""
    local first = (bits:find "[^\0]" or 1) - 1
    if r.needs and #bits - first == 0 then bits, first = "\0", 0 end -- needs of none: it never runs
    rows[k] = ("<I2I2"):pack(#bits - first, first) .. bits:sub(first + 1)
  end
  self.needs_ = table.concat(rows)
  return self.needs_
end

-- pack:rules() -> result
function pack:rules()
  local rows = {}
  for k, r in ipairs(self.list) do
    rows[k] = { rule = r.name, where = r.where, description = r.description }
  end
  return require "textmill.result".new { rows = rows, columns = { "rule", "where", "description" } }
end

-- pack:save(path) -> true | nil, message, position, code
function pack:save(path)
  if type(path) ~= "string" or not path:find "%.lua$" then error("a path ending in .lua is expected", 2) end
  local ok, e = pcall(require "textmill.pack_save", self, path, from_text)
  if ok then return true end
  if type(e) ~= "table" or not e.code then error(e, 0) end
  return nil, e.message, e.position, e.code
end

-- checking ---------------------------------------------------------------

local function matches_expected(fact, expected)
  for key, value in pairs(expected) do
    local found = fact[key]
    if type(found) == "table" and found.name then found = found.name end
    if found ~= value and tostring(found) ~= tostring(value) then return false end
  end
  return true
end

local function describe(fact)
  local parts = {}
  for _, key in ipairs { "type", "name", "role", "value", "lo", "hi", "unit", "item", "approx" } do
    if fact[key] ~= nil then parts[#parts + 1] = key .. "=" .. tostring(fact[key]) end
  end
  return "{" .. table.concat(parts, ", ") .. "}"
end

local function check_example(p, r, text, expected)
  local facts = require "textmill.extract".run(p, text, { only = r.name })
  for _, f in ipairs(facts) do
    if matches_expected(f, expected) then return nil end
  end
  local seen = {}
  for k, f in ipairs(facts) do seen[k] = describe(f) end
  local trace = ""
  if #facts == 0 and r.match then trace = "\n" .. tostring(r.match:trace(text)) end
  return ("example %q: wanted %s, got %s%s"):format(text, describe(expected),
    #seen == 0 and "nothing" or table.concat(seen, " "), trace)
end

-- The commonest slip: a number that only says which one.
local function hint(quote)
  local P = require "textmill".pattern
  local i, j = P.number { kind = "ordinal" }:find(quote)
  if not i then return "" end
  return ("\n    P.number takes %s, an ordinal, too; say P.number{kind=\"cardinal\"}"):format(quote:sub(i, j))
end

local function check_counterexample(p, r, text)
  local facts = require "textmill.extract".run(p, text, { only = r.name })
  if #facts == 0 then return nil end
  local quote = facts[1].quote or ""
  return ("counterexample %q: got %s from [%s]%s"):format(text, describe(facts[1]), quote,
    r.match and hint(quote) or "")
end

-- pack:check() -> result of rules with their examples; r.failed counts failures
function pack:check()
  local rows, failed, problems = {}, 0, {}
  for k, r in ipairs(self.list) do
    local row = { rule = r.name, examples = 0, of = 0, counterexamples = 0, of_counter = 0 }
    local function note(message)
      if message then
        failed = failed + 1
        problems[#problems + 1] = "  ✗ " .. r.name .. " (" .. r.where .. ") " .. message
        return 0
      end
      return 1
    end
    local texts = {}
    for text in pairs(r.examples or {}) do texts[#texts + 1] = text end
    table.sort(texts)
    for _, text in ipairs(texts) do
      row.of = row.of + 1
      row.examples = row.examples + note(check_example(self, r, text, r.examples[text]))
    end
    for _, text in ipairs(r.counterexamples or {}) do
      row.of_counter = row.of_counter + 1
      row.counterexamples = row.counterexamples + note(check_counterexample(self, r, text))
    end
    row.examples = ("%d/%d"):format(row.examples, row.of)
    row.counterexamples = ("%d/%d"):format(row.counterexamples, row.of_counter)
    rows[k] = row
  end
  local checked = require "textmill.result".new {
    rows = rows, columns = { "rule", "examples", "counterexamples" },
    note = #problems > 0 and table.concat(problems, "\n") or nil,
  }
  rawset(checked, "failed", failed)
  return checked
end

return { rule = rule, pack = pack, patterns = patterns, needs = needs }
