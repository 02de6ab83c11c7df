-- The annotations (lua/textmill/meta*.lua) and the module, compared in both
-- directions; examples in the annotations and sessions in the README are run.

local annotations = require "textmill.annotations"
local core = require "textmill.core"
local repl = require "textmill.repl"
local result = require "textmill.result"
local rules = require "textmill.rule"
local tm = require "textmill"

local book = annotations.read()

-- the corpus of `textmill demo --repl`
local demo = tm.open(nil)
demo:add(require "textmill.demo".samples())
demo:extract "zh.report"

-- what functions raise; made here so that its class is known
local _, raised = pcall(demo.search, demo, "(")

-- live tables ------------------------------------------------------------------

-- classes of the C part that nobody sees: boxes, the store behind the corpus
local internal = {}
for name in ("rows bytes data folder record line corpus trace.box words.workspace "
  .. "breaks gzip workers view view.spare docview needles "
  .. "phrase_words word_classes scope machine pattern_set matches lines fact_rows "
  .. "fact_rows.reading fact_rows.spare json.buffer crew corpus.text"):gmatch "%S+" do
  internal[name] = true
end

local function index_of(class)
  local mt = debug.getregistry()["textmill." .. class]
  return mt and rawget(mt, "__index")
end

-- class -> table of its methods as the module has them
local live = {
  module = tm, patterns = tm.pattern, text = core.text_methods, map = index_of "map",
  tokens = index_of "tokens", lexicon = index_of "lexicon", model = index_of "model",
  pattern = index_of "pattern",
  date = { lunar = tm.date("2020-01-01").lunar, on = tm.date("2020-01-01").on,
           between = tm.date("2020-01-01").between },
  match = select(2, debug.getupvalue(index_of "match", 1)),
  corpus = require "textmill.corpus".__index, result = result.methods, pack = rules.pack.__index,
  document = require "textmill.document".__index,
  dispersion_measures = getmetatable(tm.open(nil):dispersion "x").__index,
}
local constructors = { new = true } -- pack.new and document.new are tm.pack and inner

local function annotated(class)
  local names = {}
  for _, m in ipairs(book.by_name[class].methods) do names[m.key] = m end
  return names
end

local function sorted(t)
  local names = {}
  for name in pairs(t) do names[#names + 1] = name end
  table.sort(names)
  return names
end

describe("annotations", function()
  it("name every class", function()
    for name, mt in pairs(debug.getregistry()) do
      local class = type(name) == "string" and type(mt) == "table" and rawget(mt, "__name") == name
        and name:match "^textmill%.(.+)$"
      if class and not internal[class] then
        assert(book.by_name[class], "class textmill." .. class .. " is not annotated")
      end
    end
  end)

  for class, methods in pairs(live) do
    it("and the module agree on " .. class, function()
      local found = {}
      for name, f in pairs(methods) do
        if type(f) == "function" and not name:find "^_" and not constructors[name] then found[name] = true end
      end
      assert.same(sorted(found), sorted(annotated(class)))
    end)
  end

  it("say nothing twice", function()
    local seen = {}
    for _, item in ipairs(book.items) do
      assert.is_nil(seen[item.name], item.name)
      seen[item.name] = true
    end
  end)

  it("leave no class with methods out", function()
    for _, item in ipairs(book.items) do
      if item.kind == "class" and #item.methods > 0 then assert(live[item.name], item.name) end
    end
  end)

  it("name as many parameters as Lua functions take", function()
    for class, methods in pairs(live) do
      for name, m in pairs(annotated(class)) do
        local info = debug.getinfo(methods[name] or print, "uS")
        if info.what ~= "C" then
          local self = (class == "module" or class == "patterns") and 0 or 1
          local n, variadic = #m.params, m.params[#m.params] and m.params[#m.params].name == "..."
          assert.equal(info.nparams, n + self - (variadic and 1 or 0), m.name)
        end
      end
    end
  end)

  it("say what each function is, with an example", function()
    for _, item in ipairs(book.items) do
      if item.kind == "function" then
        assert(#item.examples > 0, item.name .. " has no example")
        assert(#item.doc > 0 and item.doc[1]:find "%S", item.name .. " has no description")
        for _, p in ipairs(item.params) do assert(p.type ~= "", item.name .. ": " .. p.name) end
      end
    end
  end)
end)

-- fields -----------------------------------------------------------------------

local function one_pattern() return tm.pattern.number:as "n" end

-- class -> values that have it
local function samples_of_sequences()
  return tm.sequences "电话0371-65581234转802 http://a.cn x@b.cn 10.0.0.1 11010519491231002X"
end

local function samples()
  local text = demo:doc("01").text
  local noted = demo:doc("04").text
  local html = demo:doc("09").text
  local p = tm.pattern
  local quantity = demo:facts { type = "quantity" }
  local rule = tm.rule { "r", match = one_pattern(), emit = function() end }
  local out = {}
  local facts = {}
  for f in demo:facts() do facts[#facts + 1] = f end
  local summary = tm.filter { input = require "textmill.demo".samples(),
                              output = function(line) out[#out + 1] = line end, pack = tm.pack { "p", rule } }
  local entry, info = tm.lexicon():get "村", select(2, tm.number "三百余")
  local captures = {}
  for _, pair in ipairs { { p.number, "三百余" }, { p.quantity, "36个" }, { p.date, "2020年2月6日" },
                          { p.place, "河南省" }, { p.form "甲", "甲" } } do
    local m = pair[1]:as("x"):match(pair[2])
    captures[#captures + 1] = m:info "x"
  end
  local trained, image = "spec/fixtures/segmented.conllu", os.tmpname()
  local report = tm.train(trained, image)
  local score = tm.evaluate(trained, tm.model(image))
  os.remove(image)
  local page = demo:report(image)
  os.remove(image)
  local _, cited = demo:cite(quantity[1].cite)
  local blocks, meta, notes = {}, text:meta(), noted:notes()
  for b in text:blocks() do blocks[#blocks + 1] = b end
  for _, t in ipairs { noted, html } do
    for b in t:blocks() do blocks[#blocks + 1] = b end
    table.move(t:meta(), 1, #t:meta(), #meta + 1, meta)
  end
  return {
    version = { tm.version() }, filter_summary = { summary }, text = { text }, block = blocks, meta = meta,
    article = { text:articles()[1] }, note = notes, word = { entry }, number = { info },
    sequence = samples_of_sequences(),
    quantity = tm.quantities "重3公斤, 价两到三万美元以上, 大于10",
    date = { tm.date "2020-02-06" }, lunar = { tm.date("2020-02-06"):lunar() },
    match = { (one_pattern():match "3") }, capture = captures, rule = { rule },
    train_report = { report }, score = { score },
    trace = { p "甲":trace "乙", p "甲":trace "甲" },
    pack = { tm.pack { "p", rule } }, document = { require "textmill.document".new(text) }, corpus = { demo },
    view = { demo:where {} }, dispersion_measures = { demo:dispersion "群众" },
    report = { page }, words_report = { tm.open(nil):userwords {} },
    summary = { demo:extract { "none", version = "1" } }, stats = { demo:stats() }, doc = { demo:doc "04" },
    cited = { cited }, fact = facts, mention = quantity[1].mentions, error = { raised },
  }
end

-- keys of plain tables that are no fields: private ones
local function is_private(class, key)
  return type(key) ~= "string" or key:find "_$" or (class == "document" and (key == "words" or key == "tags"))
end

-- arguments of facts are open; these are what zh.report gives
local open_classes = { fact = true, module = true, patterns = true }

describe("fields", function()
  local values = samples()
  for _, item in ipairs(book.items) do
    local is_arguments = item.name:find "_options$" or item.name == "new_document"
      or item.name == "filter_fields"
    if item.kind == "class" and #item.fields > 0 and not is_arguments and not open_classes[item.name] then
      it("of " .. item.name .. " are those it has", function()
        local list, known = values[item.name], {}
        assert(list and #list > 0, "no sample of " .. item.name)
        for _, f in ipairs(item.fields) do
          known[f.key] = true
          for _, v in ipairs(list) do
            assert(f.optional or v[f.key] ~= nil, ("%s.%s is missing"):format(item.name, f.key))
          end
        end
        for _, v in ipairs(list) do
          for key, held in pairs(type(v) == "table" and v or {}) do
            local is_method = live[item.name] and held == live[item.name][key] -- kept in the object
            assert(known[key] or is_method or is_private(item.name, key),
                   item.name .. "." .. key .. " is not annotated")
          end
        end
      end)
    end
  end

  it("of facts: each has those that are not optional", function()
    for _, f in ipairs(values.fact) do
      for _, field in ipairs(book.by_name.fact.fields) do
        assert(field.optional or f[field.key] ~= nil, ("%s without %s"):format(f.type, field.key))
      end
    end
  end)

  it("of tm and P exist", function()
    for class, t in pairs { module = tm, patterns = tm.pattern } do
      for _, f in ipairs(book.by_name[class].fields) do assert(t[f.key] ~= nil, f.name) end
    end
    for name, v in pairs(tm.pattern) do
      assert(type(v) == "function" or book.by_name["P." .. name], "P." .. name .. " is not annotated")
    end
  end)

  -- fields that C answers by name
  for class, file in pairs { text = "l_text.c", date = "l_date.c", match = "l_match.c" } do
    it("that " .. file .. " knows are annotated", function()
      local f <close> = assert(io.open("csrc/lua/" .. file))
      local n = 0
      for key in f:read "a":gmatch 'strcmp%(key, "([%w_]+)"%) == 0' do
        n = n + 1
        assert(book.by_name[class .. "." .. key] or book.by_name[class .. ":" .. key], class .. "." .. key)
      end
      assert(n > 1)
    end)
  end
end)

-- options ----------------------------------------------------------------------

local function known_in_c(file, name)
  local f <close> = assert(io.open("csrc/lua/" .. file))
  local list = f:read "a":match("\n[^\n]*%f[%w_]" .. name .. "%(lua_State[^;]-%[%] = {(.-)}")
  local names = {}
  for key in assert(list, name):gmatch '"([%w_]+)"' do names[key] = true end
  return names
end

local function known_in_lua(call)
  local ok, message = pcall(call, { ["?"] = 1 })
  assert.is_false(ok)
  local names = {}
  local list = tostring(message):match "%(there are: (.-)%)"
  for key in list:gmatch "[%w_]+" do names[key] = true end
  return names
end

describe("options", function()
  local known = {
    clean_options = function() return known_in_c("l_text.c", "read_options") end,
    repair_options = function() return known_in_c("l_repair.c", "static int repair") end,
    words_options = function() return known_in_c("l_tokens.c", "check_options") end,
    date_options = function() return known_in_c("l_date.c", "static int date") end,
    match_options = function() return known_in_c("l_match.c", "set_limits") end,
    sequence_options = function() return known_in_lua(function(o) tm.sequences("x", o) end) end,
    filter_fields = function() return known_in_c("l_pattern.c", "call_recognizer") end,
    open_options = function() return known_in_lua(function(o) tm.open(nil, o) end) end,
    add_options = function() return known_in_lua(function(o) demo:add("x", o) end) end,
    extract_options = function() return known_in_lua(function(o) demo:extract("zh.report", o) end) end,
    search_options = function() return known_in_lua(function(o) demo:search("x", o) end) end,
    kwic_options = function() return known_in_lua(function(o) demo:kwic("x", o) end) end,
    collocates_options = function() return known_in_lua(function(o) demo:collocates("x", o) end) end,
    frequencies_options = function() return known_in_lua(function(o) demo:frequencies(o) end) end,
    keyness_options = function() return known_in_lua(function(o) demo:keyness(nil, o) end) end,
    keywords_options = function() return known_in_lua(function(o) demo:keywords(o) end) end,
    similar_options = function() return known_in_lua(function(o) demo:similar("01", o) end) end,
    timeline_options = function() return known_in_lua(function(o) demo:timeline(o) end) end,
    compare_options = function() return known_in_lua(function(o) demo:compare(o) end) end,
    report_options = function() return known_in_lua(function(o) demo:report("x", o) end) end,
    corpus_match_options = function() return known_in_lua(function(o) demo:match("x", o) end) end,
    count_options = function() return known_in_lua(function(o) demo:count("x", o) end) end,
  }
  for class, ask in pairs(known) do
    it(class .. " are those that are known", function()
      local names = {}
      for _, f in ipairs(book.by_name[class].fields) do names[f.key] = true end
      assert.same(sorted(ask()), sorted(names))
    end)
  end

  it("of rules and packs are taken", function()
    local made = { name = "r", match = one_pattern(), emit = function() end, description = "", blocks = {},
                   examples = {}, counterexamples = {}, patterns = {}, needs = {}, cues = {} }
    for _, f in ipairs(book.by_name.rule_options.fields) do
      assert(made[f.key] ~= nil or f.key == "scan", f.key)
    end
    assert(tm.rule(made))
    assert(tm.rule { name = "r", scan = function() end })
    assert.has_error(function() tm.rule { "r", match = one_pattern(), emit = print, colour = 1 } end)
    assert.has_error(function() tm.pack({ "p" }, { colour = 1 }) end)
  end)
end)

-- examples -----------------------------------------------------------------------

local function squeeze(lines)
  local text = table.concat(lines, "\n"):gsub("[ \t]+", " "):gsub(" \n", "\n")
  return (text:gsub("^%s+", ""):gsub("%s+$", ""))
end

-- What the prompt prints for an entry; io.write and print are caught.
local function answer(input, env)
  local out = {}
  local function line(s) out[#out + 1] = s .. "\n" end
  local function write(...) out[#out + 1] = table.concat({ ... }) end
  rawset(env, "io", setmetatable({ write = write }, { __index = io }))
  rawset(env, "print", function(...)
    local parts = table.pack(...)
    for k = 1, parts.n do parts[k] = tostring(parts[k]) end
    line(table.concat(parts, "\t"))
  end)
  assert.not_equal("more", repl.run(table.concat(input, "\n"), env, line))
  return { (table.concat(out)) }
end

describe("examples", function()
  for _, item in ipairs(book.items) do
    if #item.examples > 0 then
      it("of " .. item.name .. " come out as written", function()
        local env = repl.environment(demo)
        for _, e in ipairs(item.examples) do
          assert.equal(squeeze(e.output), squeeze(answer(e.input, env)), table.concat(e.input, "\n"))
        end
      end)
    end
  end
  it("are many", function()
    local n = 0
    for _, item in ipairs(book.items) do n = n + #item.examples end
    assert(n > 60, n .. " examples")
  end)
end)
