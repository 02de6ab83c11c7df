-- textmill.incremental - which documents a pack must read again.
--
--   inputs = { build, finish, groups, rules = { {name, fingerprint}, ... } }   JSON, in the file
--   a document's row: inputs of its last run, the date it was read with, the rules that fired
--
-- A document keeps its facts when nothing they depend on has changed:
--   inputs and date the same                                    kept
--   build, finish, groups or the order of rules differ, or date read again
--   rules changed, came or went:  one of them fired here        read again
--                                 one reads others' facts       read again
--                                 the new ones find something   read again
--                                 else                          kept
-- The last test runs the changed rules alone. Documents that were cut anew, or whose
-- run had errors, have no row and are read again.

local core = require "textmill.core"
local extract = require "textmill.extract"
local fingerprint = require "textmill.fingerprint"
local json = require "textmill.json"

local incremental = {}
incremental.__index = incremental

-- Does the rule look at what others found? Then it depends on every change of theirs.
local function reads_facts(rule, nodes)
  if rule.scan and debug.getinfo(rule.scan, "u").nparams > 1 then return true end
  if fingerprint.mentions(nodes, "facts") then return true end
  if rule.match and core.pattern_reads_facts(rule.match) then return true end
  for _, p in ipairs(rule.patterns or {}) do
    if core.pattern_reads_facts(p) then return true end
  end
  return false
end

-- incremental.groups(store) -> digest of the groups: classes of words that patterns may ask for
function incremental.groups(store)
  local list = {}
  for _, row in ipairs(store:group()) do list[#list + 1] = row.name .. "\0" .. row.word end
  return core.sha256(table.concat(list, "\0")):sub(1, 16)
end

-- incremental.new(pack, groups) -> what a run of this pack on a corpus with these groups depends on
function incremental.new(pack, groups)
  local rules, reads, memo = json.array {}, {}, fingerprint.memo()
  for k, rule in ipairs(pack.list) do
    local digits, nodes = fingerprint.of(rule, memo)
    rules[k], reads[rule.name] = json.array { rule.name, digits }, reads_facts(rule, nodes)
  end
  local what = { build = tostring(require "textmill".version()) .. " " .. pack.name .. " " .. pack.version,
                 finish = (fingerprint.of(pack.finish, memo)), groups = groups, rules = rules }
  return setmetatable({ pack = pack, what = what, reads = reads, inputs = json.encode(what), known = {} },
    incremental)
end

-- The names of both lists' rules that are the same in both, as one string: their order.
local function common(rules, same)
  local out = {}
  for _, r in ipairs(rules) do
    if same[r[1]] then out[#out + 1] = r[1] end
  end
  return table.concat(out, "\0")
end

-- Earlier inputs; nil when they are not such: the file may be anybody's.
local function read_inputs(inputs)
  local ok, old = pcall(json.decode, inputs)
  if not ok or type(old) ~= "table" or type(old.rules) ~= "table" then return nil end
  for _, r in ipairs(old.rules) do
    if type(r) ~= "table" or type(r[1]) ~= "string" then return nil end
  end
  return old
end

-- What differs from earlier inputs: nil where all does; else names of rules that changed,
-- came or went, those of now to try, and whether one of them reads facts.
local function difference(self, inputs)
  local old = read_inputs(inputs)
  if not old or old.build ~= self.what.build or old.finish ~= self.what.finish
    or old.groups ~= self.what.groups then return nil end
  local now, before, same, d = {}, {}, {}, { names = {}, try = {}, reads = false }
  for _, r in ipairs(self.what.rules) do now[r[1]] = r[2] end
  for _, r in ipairs(old.rules) do
    before[r[1]], same[r[1]] = r[2], now[r[1]] == r[2]
    if not same[r[1]] then d.names[r[1]] = true end
  end
  if common(old.rules, same) ~= common(self.what.rules, same) then return nil end
  for name, digits in pairs(now) do
    if before[name] ~= digits then
      d.names[name], d.try[name] = true, true
      d.reads = d.reads or self.reads[name]
    end
  end
  return d
end

-- incremental:unread(row, ref) -> what is known without the text: true: the facts stored with
-- this row are those that the pack would find now; false: perhaps not; else the rules to try
function incremental:unread(row, ref)
  if row.ref ~= ref then return false end
  if row.inputs == self.inputs then return true end
  if type(row.inputs) ~= "string" or type(row.fired) ~= "string" then return false end
  local d = self.known[row.inputs]
  if d == nil then
    d = difference(self, row.inputs) or false
    self.known[row.inputs] = d
  end
  if not d or d.reads then return false end
  for name in row.fired:gmatch "[^\n]+" do
    if d.names[name] then return false end
  end
  return next(d.try) == nil or d.try
end

-- incremental:keeps(row, text, o) -> the same, true or false, with the text where that helps.
-- row: inputs, ref, fired; text(): the document's text, asked for when it must be read (nil:
-- it cannot be); o: ref, max_ms as for extract.run
function incremental:keeps(row, text, o)
  local try = self:unread(row, o.ref)
  if type(try) == "boolean" then return try end
  local read = text()
  if not read then return false end
  local facts, errors = extract.run(self.pack, read, { ref = o.ref, max_ms = o.max_ms, only = try })
  return #facts == 0 and #errors == 0
end

-- incremental.fired(doc) -> names of the rules that found something, one a line
function incremental.fired(doc)
  local names = {}
  for name in pairs(doc.fired) do names[#names + 1] = name end
  table.sort(names)
  return table.concat(names, "\n")
end

return incremental
