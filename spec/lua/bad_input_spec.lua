-- Whatever is handed to the module: wrong types and wild numbers raise, bad
-- data gives nil, message, position, code, errors are strings or objects with
-- a known code; nothing crashes, hangs or answers by accident.

local core = require "textmill.core"
local tm = require "textmill"

local CODES = {}
for code in ("nomem invalid utf8 limit io format version corrupt notfound syntax busy full readonly cancel "
  .. "empty charset"):gmatch "%S+" do CODES[code] = true end
for kind in ("truncated stray overlong surrogate range invalid_byte"):gmatch "%S+" do CODES[kind] = true end

local files = {}
local function path_of(name)
  local path = os.tmpname()
  os.remove(path)
  files[#files + 1] = path .. name
  return path .. name
end
local function write(path, bytes)
  local f = assert(io.open(path, "wb"))
  f:write(bytes)
  f:close()
  return path
end

teardown(function()
  for _, path in ipairs(files) do
    for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  end
end)

-- Values that no function wants, and some it may take.
local self_holding = {}
self_holding.self = self_holding
local bad = { "", "\0", "\255\254", "中文", ("x"):rep(70000), "1", "../..", true, false, 0, -1, 1.5,
  2 ^ 53, -2 ^ 63,
  math.mininteger, math.maxinteger, math.huge, 0 / 0, {}, { "x" }, { [1] = 1, x = {} }, { path = 5 },
  { text = {}, raw = 1 }, { mode = "none" }, { no_such_option = 1 }, { [{}] = 1 }, self_holding, print,
  function() error { 1 } end, coroutine.create(print), io.stdout, setmetatable({}, { __index = error }) }

-- One call with bad arguments: how it failed must be one of the two ways.
local function call(name, f, ...)
  local r = table.pack(pcall(f, ...))
  if not r[1] then
    local e = r[2]
    if type(e) == "table" then
      assert.is_string(e.message, name)
      assert.is_truthy(CODES[e.code], name .. ": code " .. tostring(e.code))
    else
      assert.is_string(e, name)
      assert.is_nil(e:find "attempt to", name .. ": " .. e)
    end
  elseif r[2] == nil and r[3] ~= nil then
    assert.is_string(r[3], name)
    assert.is_truthy(r[5] == nil or CODES[r[5]], name .. ": code " .. tostring(r[5]))
  end
end

math.randomseed(11)
local function one() return bad[math.random(#bad)] end

-- Each function with each bad value first, then with random ones.
local function batter(name, f, self)
  local function go(...)
    if self then call(name, f, self, ...) else call(name, f, ...) end
  end
  go()
  for k = 1, #bad do go(bad[k]) end
  for _ = 1, 40 do go(one(), one()) go(one(), one(), one()) end
  if self then
    for k = 1, #bad do call(name .. " of another", f, bad[k], "x") end
  end
end

describe("wrong arguments", function()
  for _, name in ipairs { "clean", "decode", "normalize", "valid", "words", "tokens", "number", "date",
                          "lexicon" } do
    it("of " .. name, function() batter(name, tm[name]) end)
  end

  it("of pattern constructors", function()
    local P = tm.pattern
    batter("P", function(...) return P(...) end)
    for _, name in ipairs { "inside", "form", "tag", "class", "set", "re", "kind", "fact", "block", "after",
                            "skip", "within", "containing", "same", "less", "V" } do
      batter("P." .. name, P[name])
    end
    for k = 1, #bad do
      call("p * x", function() return P "x" * bad[k] end)
      call("p + x", function() return P "x" + bad[k] end)
      call("p ^ x", function() return P "x" ^ bad[k] end)
    end
  end)

  it("of methods", function()
    local objects = {
      text = { core.clean "<p>中文</p>", "find raw at show blocks articles meta notes" },
      map = { select(2, core.normalize("中文", "nfc")), "from to compose" },
      pattern = { tm.pattern "中文", "as list lazy match find gmatch trace" },
      tokens = { core.tokens "中文", "word span tag" },
      lexicon = { core.lexicon(), "get" },
    }
    for kind, entry in pairs(objects) do
      for name in entry[2]:gmatch "%S+" do batter(kind .. ":" .. name, entry[1][name], entry[1]) end
    end
  end)

  it("of a corpus", function()
    local c = core.open(nil)
    c:add { raw = "全镇设立14个卡点", id = "a" }
    for name in ("add log remove docs doc cite stats search count kwic sql store_facts facts mentions "
      .. "verdict group"):gmatch "%S+" do
      if not (name == "remove" or name == "log") then batter("corpus:" .. name, c[name], c) end
    end
    assert.equal(1, c:count("卡点").hits)
    assert.equal(0, #c:verify())
    c:close()
    for name in ("add docs doc cite stats search count kwic sql facts verify begin commit"):gmatch "%S+" do
      local ok, e = pcall(c[name], c, "x")
      assert.is_false(ok)
      assert.matches("closed", tostring(e))
    end
    c:close() -- again
  end)

  it("of words with combining marks, beside the same words without", function()
    for _, text in ipairs { "劝导\u{302F}劝导", "二劝导\u{302F}\255,劝导", "导\u{302F}的导", "a劝导，劝导\u{302F}" } do
      local c <close> = core.open(nil)
      c:add { raw = text, id = "a" }
      assert.is_true(#tostring(c:doc("a").text) > 0)
      assert.equal(0, #c:verify())
    end
  end)

  it("of opening", function()
    for _, value in ipairs { true, {}, print } do assert.has_error(function() core.open(value) end) end
    assert.has_error(function() core.open(nil, { mode = "x" }) end)
    assert.has_error(function() core.open(nil, { nothing = 1 }) end)
    for _, path in ipairs { "", ":memory:", "/", "/dev/null", "/nowhere/x.db" } do
      call("open", function() return core.open(path, { mode = "create" }) end)
      assert.is_false((pcall(core.open, path, { mode = "create" })))
    end
  end)
end)

describe("damage", function()
  local path = path_of "whole.db"
  local function answers(c)
    local out = {}
    for _, q in ipairs { "卡点", "设立", "工作人员", "编号17x" } do
      local lines = c:kwic(q)
      for _, h in ipairs(c:lines(lines, 1, #lines)) do
        out[#out + 1] = h.cite .. h.left .. h.node .. h.right
      end
      out[#out + 1] = q .. c:count(q).hits
    end
    return table.concat(out, "\n")
  end
  local expected

  it("has a corpus to work on", function()
    local c <close> = core.open(path, { mode = "create" })
    c:begin()
    for k = 1, 120 do
      c:add { raw = ("第%d次全镇设立卡点%d个,组织工作人员%d人。编号%dx"):format(k, k * 3, k + 40, k), id = tostring(k) }
    end
    c:commit()
    expected = answers(c)
  end)

  it("that verify does not see changes no answer", function()
    local f = assert(io.open(path, "rb"))
    local bytes = f:read "a"
    f:close()
    local copy, seen, rounds = path_of "flipped.db", 0, 120
    for _ = 1, rounds do
      local at = math.random(#bytes)
      local flipped = string.char(bytes:byte(at) ~ 1 << math.random(0, 7))
      write(copy, bytes:sub(1, at - 1) .. flipped .. bytes:sub(at + 1))
      local ok, c = pcall(core.open, copy, { mode = "r" })
      if not ok then
        seen = seen + 1
        assert.is_truthy(CODES[c.code])
      else
        local fine, problems = pcall(c.verify, c)
        if fine and #problems == 0 then
          assert.equal(expected, answers(c), "byte " .. at)
        else
          seen = seen + 1
          pcall(answers, c)
        end
        c:close()
      end
    end
    assert.is_true(seen > rounds / 20, seen)
  end)
end)

describe("strangers' text", function()
  it("is data: quotes, tags, patterns, formats, NULs", function()
    local c <close> = core.open(nil)
    local words = { "'; drop table mill_docs; --", '"', "<script>alert(1)</script>", "%s%n%d", "a\0b",
                    "$(id)",
                    "\\", ("长"):rep(3000), "a#1,2", "\27[2J", "-", "*", "a b\tc\n" }
    for k, id in ipairs(words) do
      local before = #c
      local r, message = c:add { raw = "卡点" .. k, id = id, path = id, url = id, date = id, meta = '{"k":1}' }
      assert.equal(before + (r and 1 or 0), #c)
      assert.is_truthy(r or type(message) == "string")
    end
    for _, q in ipairs(words) do
      call("search", c.search, c, q)
      call("facts", c.facts, c, { item = q })
      call("doc", c.doc, c, q)
      call("cite", c.cite, c, q .. "#0,3")
    end
    assert.equal(0, #c:verify())
    assert.is_true(#c > 8)
    assert.equal(#c, c:sql("select count(*) as n from documents")[1].n)
  end)

  it("cannot raise the limits: queries, patterns, JSON of any depth", function()
    local c <close> = core.open(nil)
    c:add { raw = "卡点" }
    local deep = 20000
    for _, q in ipairs { ("("):rep(deep) .. "卡" .. (")"):rep(deep), ("-"):rep(deep) .. "卡",
                         ("卡|"):rep(deep) .. "点",
                         ("卡 "):rep(deep), ('"卡" '):rep(deep), ("*"):rep(deep) } do
      call("search", c.search, c, q)
    end
    local json = require "textmill.json"
    assert.is_nil((json.decode(("["):rep(100000))))
    assert.is_nil((json.decode(('{"a":'):rep(100000))))
    local P = tm.pattern
    call("deep pattern", function()
      local p = P "卡"
      for _ = 1, 20000 do p = -p end
      return p:find "点"
    end)
    call("wide pattern", function()
      local p = P "卡"
      for _ = 1, 3000 do p = p * P "卡" ^ -1 end
      return p:find(("卡"):rep(3000))
    end)
    local began = os.clock()
    local found, _, _, code = P.re "((a*)*)*b":find(("a"):rep(3000))
    assert.is_nil(found)
    assert.equal("limit", code)
    assert.is_true(os.clock() - began < 20)
  end)
end)
