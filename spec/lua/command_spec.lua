-- The command as people and scripts run it: exit codes, --help of every verb,
-- errors on stderr alone, pipes, what a terminal must never see.

local command = "build/bin/textmill"
local samples = require "textmill.demo".samples()

local function read(path)
  local f <close> = assert(io.open(path, "rb"))
  return f:read "a"
end

local function write(path, bytes)
  local f <close> = assert(io.open(path, "wb"))
  f:write(bytes)
end

local function lines(s) return select(2, s:gsub("\n", "\n")) end

local folder = os.tmpname()
os.remove(folder)
assert(os.execute("mkdir " .. folder))
teardown(function() os.execute("chmod -R u+w " .. folder .. "; rm -r " .. folder) end)

-- run "arguments" -> stdout, stderr, exit status
local function run(arguments, input)
  write(folder .. "/in", input or "")
  local _, _, status = os.execute(("%s %s < %s/in > %s/out 2> %s/err")
    :format(command, arguments, folder, folder, folder))
  return read(folder .. "/out"), read(folder .. "/err"), status
end

-- Fails with one line on stderr that holds `message`, nothing on stdout.
local function fails(status, message, arguments, input)
  local out, err, got = run(arguments, input)
  assert.equal(status, got, arguments .. ": " .. err)
  assert.equal("", out, arguments)
  assert.equal(1, lines(err), err)
  assert(err:find("^textmill: ") and err:find(message, 1, true), arguments .. ": " .. err)
end

local db = folder .. "/towns.db"
assert(select(3, run(("add %s %s"):format(db, samples))) == 0)
assert(select(3, run("extract " .. db)) == 0)

local verbs = {}
for verb in run "--help":gmatch "\n  (%l+) " do verbs[#verbs + 1] = verb end

describe("textmill", function()
  it("without arguments says how it is used, status 2; --help and help: 0", function()
    assert.equal(2, select(3, run ""))
    assert.same({ 0, 0 }, { select(3, run "--help"), select(3, run "help") })
    assert(#verbs > 15)
  end)

  for _, verb in ipairs(verbs) do
    it(verb .. " --help", function()
      local out, err, status = run(verb .. " --help")
      assert.same({ "", 0 }, { err, status })
      assert.matches("^usage: textmill " .. verb, out)
      assert.equal(out, (run("help " .. verb)))
      for line in out:gmatch "[^\n]+" do assert(utf8.len(line) <= 110, line) end
      fails(2, "--no-such-option", verb .. " --no-such-option")
    end)
  end

  it("suggests a verb", function()
    fails(2, "did you mean search?", "serch")
    fails(2, "did you mean add?", "ad")
    fails(2, "lists the verbs", "xyzzyxyzzy")
  end)

  it("tells wrong arguments apart, status 2", function()
    for arguments, message in pairs {
      ["search " .. db] = "too few", ["stats " .. db .. " more"] = "too many",
      ["kwic " .. db .. " 巡查 --limit x"] = "not a number",
      ["kwic " .. db .. " 巡查 --sort up"] = "none of left",
      ["facts " .. db .. " --format doc"] = "none of csv", ["facts " .. db .. " place"] = "COLUMN=VALUE",
      ["facts " .. db .. " nope=1"] = "nope", ["match " .. db .. " 'P('"] = "pattern",
      ["match " .. db .. " 'os.exit(7)'"] = "no pattern", ["filter --max-bytes many"] = "not a size",
      ["repl --echo=1"] = "takes no value", ["add --meta"] = "needs",
    } do fails(2, message, arguments) end
  end)

  it("tells what cannot be done, status 3", function()
    write(folder .. "/foreign.db", ("not a database, "):rep(100))
    write(folder .. "/empty.db", "")
    for arguments, message in pairs {
      ["stats " .. folder .. "/none.db"] = "none.db", ["stats " .. folder .. "/foreign.db"] = "foreign.db",
      ["stats " .. folder] = folder, ["search " .. db .. " '('"] = "query",
      ["sql " .. db .. " 'delete from mill_docs'"] = "only statements that read",
      ["sql " .. db .. " nonsense"] = "syntax", ["extract " .. db .. " nopack"] = "nopack",
      ["facts " .. db .. " --save /nonexistent/x.csv"] = "/nonexistent/x.csv",
      ["filter --pack nopack"] = "nopack",
    } do fails(3, message, arguments) end
    local none = io.open(folder .. "/none.db")
    assert.is_nil(none, "a typo made a database")
  end)

  it("names what failed and does the rest, status 1", function()
    for arguments, message in pairs {
      ["clean " .. folder .. "/none " .. samples .. "/10_typhoon_ja.txt"] = "none",
      ["words " .. folder .. "/none " .. samples .. "/10_typhoon_ja.txt"] = "none",
      ["cite " .. db .. " 'zz#1,2' '01#0,9'"] = "zz",
    } do
      local out, err, status = run(arguments)
      assert.equal(1, status, arguments)
      assert(#out > 0 and err:find(message, 1, true), arguments)
    end
    fails(1, "q:0", "explain " .. db .. " q:0")
    fails(1, "zz", "remove " .. db .. " zz")
  end)
end)

describe("verbs with a corpus", function()
  it("add takes the good ones among the bad", function()
    local pages = folder .. "/pages"
    os.execute("mkdir " .. pages)
    write(pages .. "/good.txt", "全镇设置36个水位观测点。")
    write(pages .. "/empty.txt", "")
    write(pages .. "/\27[31mred.txt", "")
    os.execute("mkfifo " .. pages .. "/pipe")
    local out, err, status = run(("add %s/some.db %s"):format(folder, pages))
    assert.equal(1, status)
    assert.matches("4 documents: 1 added, 3 failed", out)
    assert.equal(3, lines(err))
    assert.not_matches("\27", err)
    assert.matches("pipe is a fifo", err)
  end)
  it("print tab-separated text in a pipe, one row a line", function()
    for _, arguments in ipairs { "docs", "kwic %s 巡查", "search %s 水库", "facts %s type=quantity",
                                 "sql %s 'select id, title from documents'",
                                 "match %s 'P.number * P\"支\"'" } do
      if not arguments:find "%%s" then arguments = arguments .. " %s" end
      local out, err, status = run(arguments:format(db))
      assert.same({ "", 0 }, { err, status })
      assert(lines(out) > 1)
      local tabs
      for line in out:gmatch "[^\n]+" do
        local n = select(2, line:gsub("\t", ""))
        assert.equal(tabs or n, n, line)
        tabs = n
      end
    end
  end)
  it("write the formats asked for", function()
    local json = require "textmill.json"
    local facts = json.decode((run("facts " .. db .. " type=scheme doc=01 --format json")))
    assert.equal("四张网", facts[1].name)
    assert.same({ "预警网", "巡查网", "转移网", "物资网" }, setmetatable(facts[1].members, nil))
    assert.matches("^\u{FEFF}type,place", (run("facts " .. db .. " --format csv")))
    assert.matches("^type,place", (run("facts " .. db .. " --format csv --plain")))
    local out, _, status = run(("facts %s --save %s/f.csv"):format(db, folder))
    assert.same({ "", 0 }, { out, status })
    assert.matches("预警网 巡查网", read(folder .. "/f.csv"))
  end)
  it("cite gives the very bytes", function()
    local raw = read(samples .. "/04_drought.txt")
    assert.equal(raw:sub(603, 681), (run(("cite %s --raw '04#602,681'"):format(db))))
  end)
  it("explain a fact and its absence", function()
    local id = run("facts " .. db .. " item=手摇报警器"):match "q:%x+"
    local out, _, status = run(("explain %s %s"):format(db, id))
    assert.equal(0, status)
    assert.matches("手摇报警器40台", out)
    assert.equal(0, select(3, run(("explain %s '01#460,480'"):format(db))))
  end)
  it("remove leaves nothing behind, verify agrees", function()
    local copy = folder .. "/copy.db"
    assert.equal(0, select(3, run(("add %s %s"):format(copy, samples))))
    assert.equal(0, select(3, run("remove " .. copy .. " 04")))
    local count = ("sql %s \"select count(*) n from documents where id = '04'\""):format(copy)
    assert.equal("n\n0\n", (run(count)))
    local _, err, status = run("verify " .. copy)
    assert.same({ "all is well\n", 0 }, { err, status })
  end)
  it("stats is one JSON object on request", function()
    assert.equal(10, require "textmill.json".decode((run("stats --json " .. db))).documents)
  end)
end)

describe("verbs without a corpus", function()
  it("words and clean", function()
    assert.equal("全镇/n 36/m 个/q\n", (run("words --tags", "全镇36个\n")))
    assert.equal("", (run("words", "")))
    local out = run("clean --display " .. samples .. "/04_drought.txt")
    assert.matches("石门镇党委政府", out)
    assert.matches("^title\t", (run("clean --meta " .. samples .. "/10_typhoon_ja.txt")))
  end)
  it("annotate: a line a file, in order, bad ones too", function()
    local files = ("%s/01_flood.txt %s/none %s/02_forest.txt"):format(samples, folder, samples)
    local out, err, status = run("annotate " .. files)
    assert.equal(3, lines(out))
    assert.equal(1, status)
    assert.matches("none", err)
    local ids = {}
    for id in out:gmatch '{"id":"(%w+)"' do ids[#ids + 1] = id end
    assert.same({ "01", "none", "02" }, ids)
  end)
  it("filter: a line a document, in order, whatever it is; explode: a line a fact", function()
    local input = '{"id":"a","text":"新修石桥12座。"}\nnonsense\n{"id":"b","text":""}\n'
      .. '{"id":"c","bytes_b64":"?"}\n'
    local out, _, status = run("filter", input)
    assert.equal(1, status)
    assert.equal(4, lines(out))
    local all = {}
    for line in out:gmatch "[^\n]+" do all[#all + 1] = require "textmill.json".decode(line).status end
    assert.same({ "ok", "error", "empty", "error" }, all)
    local one = run("explode", out)
    assert.equal(1, lines(one))
    assert.equal(one, (run("filter --explode", input)))
  end)
  it("filter keeps to its limits and counts", function()
    local out = run(("filter --max-bytes 1K --summary %s/s.json"):format(folder),
      ('{"id":"a","text":"%s"}\n'):format(("字"):rep(400)))
    assert.matches('"status":"limit"', out)
    local s = require "textmill.json".decode(read(folder .. "/s.json"))
    assert.same({ 1, 1 }, { s["in"], s.limit })
  end)
  it("version and demo", function()
    assert.matches("^textmill %d", (run "version"))
    assert.equal((run "version"), (run "--version"))
    local out, err, status = run "demo"
    assert.same({ "", 0 }, { err, status })
    for _, section in ipairs { "What came in", "Quantities", "People", "Schemes", "A search", "A concordance",
                               "down to its raw bytes" } do
      assert(out:find(section, 1, true), section)
    end
    assert.not_matches("\27", out)
  end)
  it("demo shows any folder, also one with nothing to say", function()
    local pages = folder .. "/plain"
    os.execute("mkdir " .. pages)
    write(pages .. "/a.txt", "hello")
    local _, err, status = run("demo " .. pages)
    assert.same({ "", 0 }, { err, status })
  end)
end)

describe("pipes", function()
  it("that close early end the command quietly", function()
    local pipe = io.popen(("(%s facts %s; echo $? >&2) 2> %s/err | head -n 1"):format(command, db, folder))
    assert.matches("^type", pipe:read "a")
    pipe:close()
    assert.not_matches("%a", read(folder .. "/err"))
  end)
  it("with nothing behind them are a failure that is told", function()
    if not os.execute "test -w /dev/full" then pending "there is no /dev/full" end
    local _, _, status = os.execute(("%s docs %s > /dev/full 2> %s/err"):format(command, db, folder))
    assert.equal(3, status)
    assert.matches("cannot write", read(folder .. "/err"))
  end)
end)

describe("facts", function()
  it("are the same from every process, in the same order", function()
    local first = run "filter spec/fixtures/annotated spec/fixtures/reports"
    assert.is_true(#first > 10000)
    for _ = 1, 3 do assert.equal(first, (run "filter spec/fixtures/annotated spec/fixtures/reports")) end
  end)
end)
