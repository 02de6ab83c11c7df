-- textmill.extract - runs a pack over one text: matches become facts with
-- mentions that cite raw bytes.
--
--   extract.run(pack, text | string | raw, [o]) -> list of facts, list of errors
--     o.ref        reference date ("2020-02-26") for dates without a year
--     o.only       run just the rule of this name (or a set of names), without the pack's finish
--     o.max_ms     time limit, of patterns and of what rules do in Lua; reaching it
--                  raises nothing: the facts of the rules before come with an error
--                  of code "limit" that names the rule
--     o.max_steps  steps a pattern may take
--
-- A fact is a plain table (DESIGN of facts: csrc/README.md):
--   type, subtype, item, name, value, lo, hi, unit, approx, place, time, ...
--   i, j     span in clean text (1-based, inclusive), from the first mention
--   quote    the display form of that span;  mentions = list of
--            { i=, j=, quote=, rule=, version=, captures = { name = {i, j} } }
-- An emit that raises becomes an error record { rule, where, message }.

local extract = {}

local needs_of = require "textmill.rule".needs

extract.document = require "textmill.document".new
local new_document = extract.document

-- Copies what a number capture knows into a fact whose value it is.
local function copy_number(fact, m, name)
  local info = m:info(name)
  if not info then return end
  for _, key in ipairs { "lo", "hi", "approx", "unit" } do
    if fact[key] == nil then fact[key] = info[key] end
  end
end

-- The argument spans of a fact: captures whose value the fact took over.
local function argument_spans(fact, m)
  local spans = {}
  for _, name in ipairs(m:names()) do
    local value, argument = m[name], nil
    for key, v in pairs(fact) do -- of several value, or the first by name: pairs has no order
      local better = not argument or key == "value" or argument ~= "value" and key < argument
      if v == value and type(v) ~= "table" and key ~= "type" and better then argument = key end
    end
    if argument then
      spans[argument] = { m:span(name) }
      if argument == "value" and type(value) == "number" then copy_number(fact, m, name) end
    end
  end
  return spans
end

-- Facts of rules that work on the display form carry `at` = {i, j} and spans of
-- arguments in it; here they become spans of clean text.
local function to_clean(doc, fact)
  if not fact.at then return end
  fact.i, fact.j = doc:to_clean(fact.at[1], fact.at[2])
  fact.at = nil
  if not fact.spans then return end
  fact.captures = {}
  for name, span in pairs(fact.spans) do fact.captures[name] = { doc:to_clean(span[1], span[2]) } end
  fact.spans = nil
end

local function mention(doc, rule, version, i, j, captures)
  return { i = i, j = j, quote = doc:display(i, j), rule = rule, version = version, captures = captures }
end

-- Fills in what every fact has. A fact without its own span takes the match's.
-- rule: its name with the pack's.
local function complete(doc, rule, version, fact, m)
  to_clean(doc, fact)
  local captures = fact.captures or (m and argument_spans(fact, m)) or {}
  fact.i, fact.j = fact.i or m.i, fact.j or m.j
  fact.captures = nil
  fact.mentions = fact.mentions or { mention(doc, rule, version, fact.i, fact.j, captures) }
  for _, one in ipairs(fact.mentions) do
    one.rule, one.version = one.rule or rule, one.version or version
  end
  fact.quote = fact.quote or fact.mentions[1].quote
  fact.rule = rule
  fact.status = fact.status or "ok"
end

local function add_all(doc, rule, pack, facts, emitted, m)
  if not emitted or not emitted[1] and not emitted.type then return end
  local name, version, n = pack.name .. "/" .. rule.name, pack.version, #facts
  if emitted.type then emitted = { emitted } end
  local cited = not m and doc.view:cite(emitted, name, version)
  for k = 1, #emitted do
    local fact = emitted[k]
    if cited ~= #emitted then complete(doc, name, version, fact, m) end
    facts[n + k] = fact
  end
end

local function run_match(doc, rule, pack, facts)
  for _, m in ipairs(doc:matches(rule.match, rule.blocks)) do
    add_all(doc, rule, pack, facts, rule.emit(m, doc), m)
  end
end

-- The rules that a document is read with, and how far that has come:
--   list     of them all          wanted   the numbers of those whose cues stand there
--   only     names, or nil        n        the last one begun: entry of wanted
--   facts    those found          before   how many there were when it began
-- Runs those behind n, up to entry `last`. One pcall does for all of them: which one raised is in n.
local function run_rules(doc, pack, run, last)
  local list, wanted, only, facts, fired = pack.list, run.wanted, run.only, run.facts, doc.fired
  local before = #facts
  run.before = before
  for n = run.n + 1, last do
    local rule = list[wanted[n]]
    if not only or only[rule.name] then
      run.n = n
      local scan = rule.scan
      if scan then
        local found = scan(doc, facts)
        if found and (found[1] or found.type) then add_all(doc, rule, pack, facts, found) end
      else
        run_match(doc, rule, pack, facts)
      end
      local now = #facts
      if now > before then
        fired[rule.name], before = true, now
        run.before = now
      end
    end
  end
  run.n = last
end

local EVERY <const> = 10000 -- instructions of Lua between two looks at the clock

-- pcall(f, ...), stopped by an error of code "limit" at `deadline` (core.now).
-- A hook that somebody else set is left alone: then only patterns watch the time.
local function within_time(deadline, f, ...)
  if debug.gethook() then return pcall(f, ...) end
  local now = require "textmill.core".now
  debug.sethook(function()
    if now() > deadline then
      debug.sethook()
      error({ code = "limit", message = "the time is used up" }, 0)
    end
  end, "", EVERY)
  local r = table.pack(pcall(f, ...))
  debug.sethook()
  return table.unpack(r, 1, r.n)
end

-- What a rule found before it raised is dropped with it.
local function give_up(doc, rule, run, errors, e)
  local facts = run.facts
  doc.fired[rule.name] = true
  for k = #facts, run.before + 1, -1 do facts[k] = nil end
  errors[#errors + 1] = { rule = rule.name, where = rule.where,
                          code = type(e) == "table" and e.code or "rule",
                          position = type(e) == "table" and e.position or nil,
                          message = type(e) == "table" and e.message or tostring(e) }
end

-- All rules; one that raises is passed over.
local function try_rules(doc, pack, run, errors)
  local last = #run.wanted
  while run.n < last do
    local begun = run.n
    local ok, e = pcall(run_rules, doc, pack, run, last)
    if not ok and run.n == begun then error(e, 0) end -- no rule has begun: it is none's
    if not ok then give_up(doc, pack.list[run.wanted[run.n]], run, errors, e) end
  end
end

-- The same until max_ms are used up since `started`: the clock is looked at between two rules, and in them.
local function try_in_time(doc, pack, run, errors, started, max_ms)
  local now = require "textmill.core".now
  for n = 1, #run.wanted do
    local rule = pack.list[run.wanted[n]]
    if (now() - started) * 1000 > max_ms then
      errors[#errors + 1] = { rule = rule.name, where = rule.where, code = "limit", limit = "max_ms",
                              message = ("%g ms used up"):format(max_ms) }
      return
    end
    local ok, e = within_time(started + max_ms / 1000, run_rules, doc, pack, run, n)
    if not ok then give_up(doc, rule, run, errors, e) end
  end
end

local function try_finish(doc, pack, facts, errors)
  local ok, result = pcall(pack.finish, doc, facts)
  if ok then return result or facts end
  errors[#errors + 1] = { rule = "finish", where = pack.name, code = "rule", message = tostring(result) }
  return facts
end

function extract.run(pack, text, o)
  o = o or {}
  local started = o.max_ms and require "textmill.core".now()
  local doc = new_document(text, { ref = o.ref, pack = not o.only and pack or nil,
                                   limits = { max_steps = o.max_steps, max_ms = o.max_ms } })
  local facts, errors = {}, {}
  doc.fired = {} -- names of rules that found something
  doc.facts = facts -- what P.fact sees: the facts of the rules before
  local run = { wanted = doc.view:wanted(needs_of(pack)), n = 0, before = 0, facts = facts,
                only = type(o.only) == "string" and { [o.only] = true } or o.only }
  if started then try_in_time(doc, pack, run, errors, started, o.max_ms)
  else try_rules(doc, pack, run, errors) end
  if pack.finish and not o.only then facts = try_finish(doc, pack, facts, errors) end
  return doc.view:order(facts, pack.version), errors, doc
end

return extract
