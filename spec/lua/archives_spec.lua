-- compressed inputs, web archives, tables of documents
local core = require "textmill.core"
local inputs = require "textmill.inputs"
local stream = require "textmill.stream"
local tm = require "textmill"

local function with_folder(f)
  local folder = os.tmpname()
  os.remove(folder)
  os.execute("mkdir " .. folder)
  local ok, e = pcall(f, folder)
  os.execute("rm -rf " .. folder)
  if not ok then error(e, 0) end
end

local function write(path, bytes)
  local f = assert(io.open(path, "wb"))
  assert(f:write(bytes))
  f:close()
end

local function packed(path, bytes)
  write(path .. ".plain", bytes)
  os.execute(("gzip -c %s.plain > %s && rm %s.plain"):format(path, path, path))
  return assert(inputs.read(path))
end

local function documents(...)
  local list = {}
  for doc in inputs.documents { ... } do list[#list + 1] = doc end
  return list
end

local function record(kind, url, block, id, extra)
  return ("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2021-05-06T07:08:09Z\r\n"
    .. "WARC-Record-ID: <urn:uuid:%s>\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n")
    :format(kind, url, id, extra or "", #block, block)
end

local function response(headers, body)
  return "HTTP/1.1 200 OK\r\n" .. headers .. "\r\n\r\n" .. body
end

local PAGE <const> = "<p>石桥镇新修水渠三条。</p>"

describe("compressed files", function()
  it("give the lines and bytes of what was packed", function()
    with_folder(function(folder)
      local long = ("渠"):rep(50000)
      packed(folder .. "/a.gz", "one\r\n" .. long .. "\r\n\na\rb\r\r\n\r\nlast\r")
      local s = assert(stream.open(folder .. "/a.gz"))
      for _, line in ipairs { "one", long, "", "a\rb\r", "", "last" } do assert.equal(line, s:line()) end
      assert.is_nil(s:line())
      s:close()
      s = assert(stream.open(folder .. "/a.gz"))
      assert.equal("one\r\n渠", s:block(8))
      assert.equal("渠", s:block(3))
      assert.equal(long:sub(7), s:line()) -- what is read ahead is the next block's
      assert.equal("\na\r", s:block(3))
      assert.equal("b\r", s:line())
      assert.equal("\r\nlast\r", s:block(100))
      assert.equal("", s:block(1))
      assert.is_nil(s:line())
      s:close()
      assert.has_error(function() s:line() end)
    end)
  end)

  it("are documents, lines of documents, and members behind each other", function()
    with_folder(function(folder)
      packed(folder .. "/1_page.html.gz", PAGE)
      local two = packed(folder .. "/x", '{"id":"a","text":"甲"}\n')
        .. packed(folder .. "/y", '{"id":"b","text":"乙"}\n')
      os.remove(folder .. "/x")
      os.remove(folder .. "/y")
      write(folder .. "/2.ndjson.gz", two)
      local list = documents(folder)
      assert.equal(3, #list)
      assert.equal(PAGE, list[1].raw)
      assert.same({ "a", "甲", "b", "乙" }, { list[2].id, list[2].raw, list[3].id, list[3].raw })
    end)
  end)

  it("that are damaged or cut off say so, after the documents before", function()
    with_folder(function(folder)
      local lines = {}
      for k = 1, 20000 do lines[k] = ('{"id":"d%d","text":"%d 号渠 %d"}\n'):format(k, k, k * 7919 % 10007) end
      local bytes = packed(folder .. "/a.ndjson.gz", table.concat(lines))
      write(folder .. "/a.ndjson.gz", bytes:sub(1, #bytes - 1000))
      local list = documents(folder)
      assert.is_true(#list > 1000 and #list < 20000)
      assert.matches("ends too early", list[#list].message)
      assert.equal("corrupt", list[#list].code)
      write(folder .. "/a.ndjson.gz", bytes:sub(1, 500) .. ("\0"):rep(200) .. bytes:sub(701))
      list = documents(folder)
      assert.equal("corrupt", list[#list].code)
    end)
  end)

  it("inflate bodies within a limit", function()
    with_folder(function(folder)
      local bytes = packed(folder .. "/a", ("x"):rep(100000))
      assert.equal(100000, #core.inflate(bytes))
      assert.equal("limit", select(4, core.inflate(bytes, 99999)))
      assert.equal("corrupt", select(4, core.inflate(bytes:sub(1, 60))))
      assert.equal("corrupt", select(4, core.inflate "no gzip"))
      assert.equal("corrupt", select(4, core.inflate ""))
    end)
  end)
end)

describe("web archives", function()
  it("give the texts they hold, with url, date and charset", function()
    with_folder(function(folder)
      local gb = "\xca\xaf\xc7\xc5\xd5\xf2" -- 石桥镇
      local zipped = packed(folder .. "/z", PAGE)
      os.remove(folder .. "/z")
      local chunked = ("%x\r\n%s\r\n%x;x=1\r\n%s\r\n0\r\n\r\n"):format(10, PAGE:sub(1, 10), #PAGE - 10,
        PAGE:sub(11))
      local html = "Content-Type: text/html"
      write(folder .. "/a.warc", table.concat {
        record("warcinfo", "", "software: x\r\n", "0"),
        record("request", "http://a.cn/", "GET / HTTP/1.1\r\n\r\n", "1"),
        record("response", "http://a.cn/1", response(html .. "; charset=gb2312", gb), "id-1"),
        record("response", "http://a.cn/2", response("Content-Type: image/png", "\x89PNG"), "id-2"),
        record("response", "http://a.cn/3", response("Content-Encoding: gzip\r\n" .. html, zipped), "id-3"),
        record("response", "http://a.cn/4",
          response("transfer-encoding: chunked\r\nContent-Type:\r\n text/html", chunked), "id-4"),
        record("resource", "file:///b.txt", "土坝加固", "id-5", "Content-Type: text/plain\r\n"),
        record("response", "http://a.cn/6", response("Content-Encoding: br\r\n" .. html, "x"), "id-6"),
      })
      local list = documents(folder)
      assert.equal(5, #list)
      assert.same({ "id-1", gb, "http://a.cn/1", "2021-05-06", "gb2312" },
        { list[1].id, list[1].raw, list[1].url, list[1].date, list[1].charset })
      assert.equal(PAGE, list[2].raw)
      assert.equal(PAGE, list[3].raw)
      assert.equal("土坝加固", list[4].raw)
      assert.matches("a.cn/6: packed with br", list[5].message)
      local c <close> = tm.open(nil)
      local r = c:add(folder)
      assert.equal(4, r.added + r.same)
      assert.equal(1, r.failed)
      assert.equal(2, (c:count "石桥镇")) -- the packed and the chunked page are the same bytes
      assert.equal(1, (c:count "土坝加固"))
    end)
  end)

  it("compressed record by record, and cut off", function()
    with_folder(function(folder)
      local all = {}
      for k = 1, 3 do
        all[k] = packed(folder .. "/r", record("response", "http://a.cn/" .. k,
          response("Content-Type: text/html", PAGE .. k), "id-" .. k))
      end
      os.remove(folder .. "/r")
      write(folder .. "/a.warc.gz", table.concat(all))
      local list = documents(folder)
      assert.equal(3, #list)
      assert.equal(PAGE .. "3", list[3].raw)
      write(folder .. "/a.warc.gz", table.concat(all):sub(1, -40))
      list = documents(folder)
      assert.equal(3, #list)
      assert.equal("corrupt", list[3].code)
      write(folder .. "/a.warc.gz", "no archive at all")
      list = documents(folder)
      assert.equal("format", list[1].code)
    end)
  end)
end)

describe("tables of documents", function()
  it("are rows with a text or a path; other sheets are documents", function()
    with_folder(function(folder)
      write(folder .. "/a.csv", "id,text,town\nx,水渠修好了,石桥镇\ny,,\n")
      write(folder .. "/b.csv", "town,count\n石桥镇,3\n")
      local list = documents(folder)
      assert.equal(3, #list)
      assert.same({ "x", "水渠修好了", "石桥镇" }, { list[1].id, list[1].raw, list[1].meta.town })
      assert.matches("a.csv: row 2: no text", list[2].message)
      assert.matches("^town,count", list[3].raw)
    end)
  end)
end)
