-- tm.clean, tm.decode and the class textmill.text.
local core = require "textmill.core"

local page = "<title>春耕</title>\n<p>全鄉(xiāng)&nbsp;設(shè)立<b>14個(gè)</b>點(diǎn)。</p><ul><li>甲<li>乙</ul>"

describe("clean", function()
  it("gives a text: length, string, fields", function()
    local t = core.clean(page)
    assert.equal("春耕\n全鄉 設立14個點。\n甲\n乙", tostring(t))
    assert.equal(#tostring(t), #t)
    assert.equal("utf-8", t.charset)
    assert.is_true(t.html)
    assert.equal("junk", t.gloss_mode)
    assert.equal(4, t.glosses)
    assert.equal("traditional", t.script)
    assert.equal(page, t.source)
    assert.is_nil(t.no_such_field)
  end)

  it("takes options", function()
    assert.equal("<p>春</p>", tostring(core.clean("<p>春</p>", { html = false })))
    assert.equal("春天", tostring(core.clean("\xB4\xBA\xCC\xEC", { charset = "gbk" })))
    local nested = core.clean(("<div>"):rep(50) .. "x" .. ("</div>"):rep(50) .. "y", { max_depth = 5 })
    assert.equal("x\ny", tostring(nested))
  end)

  it("reads files, and only files", function()
    local path = os.tmpname()
    local f = assert(io.open(path, "wb"))
    f:write "春天"
    f:close()
    assert.equal("春天", tostring(core.clean { path = path }))
    local t, message, _, code = core.clean({ path = path }, { max_bytes = 5 })
    os.remove(path)
    assert.is_nil(t)
    assert.matches("6 bytes", message)
    assert.equal("limit", code)
    assert.equal("notfound", select(4, core.clean { path = path }))
    assert.equal("io", select(4, core.clean { path = "/" }))
    local fifo = os.tmpname()
    os.remove(fifo)
    if os.execute("mkfifo " .. fifo) then
      assert.equal("io", select(4, core.clean { path = fifo }))
      os.remove(fifo)
    end
  end)

  it("returns nil, message, position, code for bad data", function()
    for _, case in ipairs {
      { "empty", "" }, { "limit", "abc", { max_bytes = 2 } }, { "charset", "abc", { charset = "x-none" } },
    } do
      local t, message, position, code = core.clean(case[2], case[3])
      assert.is_nil(t)
      assert.is_string(message)
      assert.is_number(position)
      assert.equal(case[1], code)
    end
  end)

  it("raises for wrong arguments", function()
    for _, f in ipairs {
      function() core.clean() end, function() core.clean(page, { colour = 1 }) end,
      function() core.clean({}) end, function() core.clean({ path = "x", mode = "r" }) end,
      function() core.clean(page, { max_bytes = 0 }) end, function() core.clean(page).find(page, "x") end,
    } do assert.error(f) end
  end)
end)

describe("text", function()
  local t = core.clean(page)

  it("finds in either script, width and case", function()
    local clean = tostring(t)
    for _, what in ipairs { "设立14个点", "設立14個點", "設立１４個點", "14" } do
      local i, j = t:find(what)
      assert.equal(what == "14" and "14" or "設立14個點", clean:sub(i, j))
    end
    assert.is_nil(t:find "没有")
    assert.is_nil(t:find("春耕", 4))
  end)

  it("finds as string.find does", function()
    local plain = core.clean("abcabc")
    for _, case in ipairs { { "b" }, { "b", 3 }, { "b", -2 }, { "", 3 }, { "", 7 }, { "", 8 },
                            { "abc", -100 }, { "c", 0 }, { "x" }, { "b.", 1 } } do
      local i, j = plain:find(case[1], case[2])
      local wi, wj = ("abcabc"):find(case[1], case[2], true)
      assert.same({ wi, wj }, { i, j })
    end
    assert.error(function() plain:find() end)
  end)

  it("goes to raw and back", function()
    local i, j = t:find "设立14个点"
    local ri, rj = t:raw(i, j)
    assert.equal("設(shè)立<b>14個(gè)</b>點(diǎn)", page:sub(ri, rj))
    assert.same({ i, j }, { t:at(ri, rj) })
    assert.error(function() t:raw(#t + 2) end)
    assert.error(function() t:at(0) end)
  end)

  it("shows both, aligned", function()
    local i, j = t:find "设立14个"
    local shown, raw, kinds = t:show(i, j):match "^([^\n]*)\n([^\n]*)\n%s*(.-)%s*$"
    assert.equal("shown  设      立     14 个", shown)
    assert.equal("raw    設(shè) 立 <b> 14 個(gè)", raw)
    assert.equal("html x1, gloss x2, script x2", kinds)
  end)

  it("says what it is in one line", function()
    local line = getmetatable(t).__inspect(t)
    assert.matches("^textmill%.text%(%d+ bytes raw %-> %d+ bytes clean, 17 characters, 1 article, ", line)
    assert.matches("; utf%-8, html, 4 removed glosses, traditional%)$", line)
  end)

  it("lists blocks, articles, notes and metadata", function()
    local blocks = t:blocks()
    assert.is_true(#blocks >= 3)
    for _, b in ipairs(blocks) do assert.equal(b.text, tostring(t):sub(b.i, b.j)) end
    assert.same({}, t:blocks "no such kind")
    assert.equal(1, #t:articles())
    assert.equal(1, t:articles()[1].first)
    local notes = t:notes()
    assert.equal(4, #notes)
    assert.equal("gloss", notes[1].kind)
    assert.equal("鄉(xiāng)", notes[1].raw)
    assert.equal("鄉", tostring(t):sub(notes[1].i, notes[1].j))
    assert.is_false(notes[1].kept)
    for _, m in ipairs(t:meta()) do assert.is_string(m.value) end
  end)

  it("closes once and for all, and says so", function()
    local c = core.clean("x")
    do local closing <close> = c; assert.equal(1, #closing) end
    assert.matches("closed", tostring(c))
    assert.error_matches(function() c:find "x" end, "closed")
    assert.error_matches(function() return c.charset end, "closed")
  end)
end)

describe("decode", function()
  it("gives UTF-8, charset and map", function()
    local s, charset, map = core.decode("a\xB4\xBA\xCC\xECz", "gb2312")
    assert.same({ "a春天z", "gb18030" }, { s, charset })
    assert.same({ 4, 5 }, { map:from(5, 7) })
    assert.equal("charset", select(4, core.decode("x", "x-none")))
  end)
end)

describe("size", function()
  it("one line of 100 MB is a text like any other; a larger one is refused", function()
    local unit = "春天来了,河边的树都绿了。"
    local raw = unit:rep(100 * 2 ^ 20 // #unit)
    local t = core.clean(raw)
    assert.equal(#raw, #t)
    local i, j = t:find("河邊", #t - 100)
    assert.same({ i, j }, { t:raw(i, j) })
    assert.equal("limit", select(4, core.clean(raw, { max_bytes = 2 ^ 20 })))
  end)

  it("100,000 nested tags are flattened", function()
    local t = core.clean(("<div>"):rep(100000) .. "春<b>天" .. ("</div>"):rep(100000) .. "来了")
    assert.equal("春天\n来了", tostring(t))
  end)
end)

describe("memory", function()
  -- In a process of its own: what other specs freed stays in this one.
  local script = [[
    local core = require "textmill.core"
    local function resident()
      local f = io.open "/proc/self/statm"
      if not f then os.exit(3) end
      local pages = f:read "a":match "%d+ (%d+)"
      f:close()
      return tonumber(pages) * 4096 / 2 ^ 20
    end
    local raw = ("春天来了,河边的树都绿了。<b>x</b>"):rep(2 ^ 20 // 49)
    local before, most = resident(), 0
    for k = 1, 200 do
      local t = core.clean(raw)
      assert(#t > 0)
      if k % 5 == 0 then most = math.max(most, resident()) end
    end
    io.write(("%.0f"):format(most - before))
  ]]

  it("of texts is charged to the collector: a plain loop stays small", function()
    local path = os.tmpname()
    local f = assert(io.open(path, "wb"))
    f:write(("package.path, package.cpath = %q, %q\n"):format(package.path, package.cpath), script)
    f:close()
    local pipe = assert(io.popen((os.getenv "LUA" or "lua5.4") .. " " .. path))
    local most = tonumber(pipe:read "a")
    pipe:close()
    os.remove(path)
    if not most then return pending "no /proc here" end
    print(("memory: 200 cleanings of 1 MB took at most %d MB more"):format(most))
    assert.is_true(most < 60)
  end)
end)
