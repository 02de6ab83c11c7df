-- adding with threads: the same file as without
local inputs = require "textmill.inputs"
local tm = require "textmill"

-- Everything a corpus holds, as one string.
local function contents(c)
  local parts = {}
  for _, query in ipairs {
    "select doc, id, hex(sha256) as sha from mill_docs order by doc",
    "select doc, hex(map) as m, hex(fold_map) as f, hex(clean) as c, hex(raw) as r from mill_texts "
      .. "order by doc",
    "select doc, hex(tokens) as t, hex(layout) as l from mill_forward order by doc",
    "select first, n, hex(words) as w from mill_vocabulary order by first",
    "select doc, id, path, url, date, meta from mill_sources order by doc, path, id",
    "select * from mill_segments order by segment",
    "select chunk, hex(data) as d from mill_postings order by chunk",
  } do
    for row in c:sql(query) do
      local keys = {}
      for key in pairs(row) do keys[#keys + 1] = key end
      table.sort(keys)
      for _, key in ipairs(keys) do parts[#parts + 1] = key .. "=" .. tostring(row[key]) end
    end
  end
  return table.concat(parts, "\n")
end

local function pages(n)
  local list = {}
  for k = 1, n do
    local line = ("石桥镇第%d号水渠长%d米。設(shè)立%d個(gè)點(diǎn)。"):format(k, k * 7, k % 13)
    list[k] = { id = "d" .. k, raw = line:rep(k % 5 + 1) }
  end
  list[n + 1] = { id = "same", raw = list[3].raw }   -- the same bytes
  list[n + 2] = { id = "d5", raw = "另一篇。" }       -- other bytes under a name
  list[n + 3] = { id = "bad\n", raw = "坏。" }        -- refused
  list[n + 4] = { id = "empty", raw = "" }
  return list
end

local function write_ndjson(list)
  local json = require "textmill.json"
  local path = os.tmpname()
  os.remove(path)
  path = path .. ".ndjson"
  local f = assert(io.open(path, "wb"))
  for _, d in ipairs(list) do f:write(json.encode { id = d.id, text = d.raw }, "\n") end
  f:write "no json\n"
  f:close()
  return path
end

describe("add with lines of NDJSON", function()
  -- A sheet that says nothing of any document: with one, each becomes a table.
  it("makes the same file whether or not they become tables", function()
    local sheet = os.tmpname()
    local path = sheet .. ".ndjson"
    local lines <const> = {
      '{"text":"甲\\n乙","id":7,"path":"f/x.txt","url":"u","date":"2020-01"}', "", " \t",
      '{"text":"' .. ("长\\t渠"):rep(40000) .. '","z":"\\"q\\"","a":1,"é":true,"z":"\\u0001","n":null}\r',
      "{oops", '{"text":"三","id":"bad\\u0007"}', '{"text":"四","meta":{"k":"v"}}',
      '{"text":"五","k\\u0000":"\\udc00","no":-0}',
      '{"text":"\xd0\xa1六","m":"\xff"}', '{"text":"甲\\n乙","id":"again"}', '{"text":""}',
      '{"text":"七","id":"x\\u0000y","url":"a","url":null}' }
    local many = {}
    for k = 1, 80 do many[k] = ('"k%d":%d'):format(k * 7 % 80, k) end
    lines[#lines + 1] = '{"text":"八",' .. table.concat(many, ",") .. "}"
    local f, g = assert(io.open(path, "wb")), assert(io.open(sheet, "wb"))
    f:write(table.concat(lines, "\n"))
    f:close()
    g:write "file,url\nnowhere,x\n"
    g:close()
    local tables <close> = tm.open()
    local a = tables:add(path, { date = "2019", meta = sheet })
    assert.same({ 11, 3, 7 }, { a.all, a.failed, a.added })
    for jobs = 1, 3 do
      local c <close> = tm.open()
      local b = c:add(path, { date = "2019", jobs = jobs })
      for k = 1, #a do assert.same(a[k], b[k]) end
      assert.equal(contents(tables), contents(c))
    end
    os.remove(path)
    os.remove(sheet)
  end)
end)

describe("add with threads", function()
  it("makes the same file, in the same order, with the same failures", function()
    local path = write_ndjson(pages(300))
    local serial, parallel = tm.open(nil), tm.open(nil)
    local a, b = serial:add(path), parallel:add(path, { jobs = 3 })
    assert.equal(a.summary, b.summary)
    assert.equal(3, b.failed)
    for k = 1, #a do assert.same(a[k], b[k]) end
    assert.equal(contents(serial), contents(parallel))
    assert.equal(serial:count "水渠", (parallel:count "水渠"))
    assert.equal(0, #parallel:verify())
    os.remove(path)
  end)

  it("makes the same bytes, also of an index of many chunks", function()
    local list, sums = {}, {}
    for k = 1, 60 do
      local lines = {}
      for n = 1, 900 do lines[n] = ("石桥镇第%d号水渠长%d米，渠首在%d村。\n"):format(n, n * k % 977, k * n % 31) end
      list[k] = { id = "d" .. k, raw = table.concat(lines) }
    end
    local path = write_ndjson(list)
    for jobs = 1, 3 do
      local name = os.tmpname()
      os.remove(name)
      local c = tm.open(name, { mode = "create" })
      c:add(path, { jobs = jobs })
      c:close()
      local f = assert(io.open(name, "rb"))
      sums[jobs] = require "textmill.core".sha256(f:read "a")
      f:close()
      os.remove(name)
    end
    assert.equal(sums[1], sums[2])
    assert.equal(sums[1], sums[3])
    os.remove(path)
  end)

  it("knows the corpus's own words", function()
    local path = write_ndjson(pages(40))
    local serial, parallel = tm.open(nil), tm.open(nil)
    serial:userwords { add = "石桥镇第" }
    parallel:userwords { add = "石桥镇第" }
    serial:add(path)
    parallel:add(path, { jobs = 2 })
    assert.equal(contents(serial), contents(parallel))
    assert.is_true((parallel:count "word:石桥镇第") > 0)
    os.remove(path)
  end)

  it("takes pages from folders and says what is wrong with jobs", function()
    local c <close> = tm.open(nil)
    local r = c:add("spec/fixtures/reports", { jobs = 2 })
    assert.equal(#inputs.files { "spec/fixtures/reports" }, r.all)
    assert.has_error(function() c:add("spec/fixtures/reports", { jobs = 0.5 }) end)
    assert.has_error(function() c:add("spec/fixtures/reports", { jobs = 65 }) end)
  end)

  it("stops when a callback raises, and keeps what was stored", function()
    local path = write_ndjson(pages(100))
    local c <close> = tm.open(nil)
    local n = 0
    assert.has_error(function()
      c:add(path, { jobs = 2, on_progress = function(done)
        n = done
        if done == 20 then error("enough", 0) end
      end })
    end, "enough")
    assert.equal(20, n)
    assert.equal(20, #c:docs())
    os.remove(path)
  end)

  it("goes on where it was interrupted, without cleaning again what is stored", function()
    local path = write_ndjson(pages(200))
    for _, jobs in ipairs { 1, 2 } do
      local whole, parts = tm.open(nil), tm.open(nil)
      whole:add(path, { jobs = jobs })
      pcall(parts.add, parts, path, { jobs = jobs, on_progress = function(done)
        if done == 77 then error("interrupted", 0) end
      end })
      local r = parts:add(path, { jobs = jobs })
      assert.same({ 77 + 1, 3 }, { r.same, r.failed }) -- and the one that is there twice
      assert.equal(#whole:docs(), #parts:docs())
      assert.equal(whole:count "水渠", (parts:count "水渠"))
      assert.equal(0, #parts:verify())
    end
    os.remove(path)
  end)

  it("says how much of the input is read, and keeps only rows of failures when asked", function()
    local path = write_ndjson(pages(300))
    for _, jobs in ipairs { 1, 2 } do
      local c <close>, last, bytes = tm.open(nil), 0, 0
      local r = c:add(path, { jobs = jobs, keep = "failed", on_progress = function(_, counts)
        assert.is_true(counts.share >= last and counts.share <= 1 and counts.bytes >= bytes)
        last, bytes = counts.share, counts.bytes
      end })
      assert.equal(1, last)
      assert.is_true(bytes > 10000)
      assert.equal(3, #r)
      assert.equal(r.all, r.added + r.same + r.replaced + r.failed)
      assert.has_error(function() c:add(path, { keep = "some" }) end)
    end
    os.remove(path)
  end)
end)
