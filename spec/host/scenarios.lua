-- What a host does with the module, in pieces whose answer is a string: the
-- programs in this folder run them while memory is refused, under a restless
-- collector, and in several states and threads at once. Each must give the
-- same answer every time, or raise for want of memory.
local core = require "textmill.core"
local P = core.pattern

local page = "<p>全鎮(zhèn)共設(shè)立14個(gè)卡點(diǎn)&nbsp;，組織工作人員345人。</p>"
  .. "<p>河南省某县2020年2月6日起，第3组有书记张立新等1200余人。</p>"
local report = "全村设立检测卡口70处,组织工作人员345人。现有24个卡点,153个小区卡点"

local function clean()
  local t = core.clean(page)
  local i, j = t:find "设立14个卡点"
  local parts = { tostring(t), i, j, #t }
  parts[#parts + 1] = table.concat({ t:raw(i, j) }, "-")
  parts[#parts + 1] = t:show(i, j)
  for _, b in ipairs(t:blocks()) do parts[#parts + 1] = b.kind .. b.text end
  for _, n in ipairs(t:notes()) do parts[#parts + 1] = n.kind end
  parts[#parts + 1] = #t:articles() + #t:meta()
  return table.concat(parts, "\n")
end

local function words()
  local out = {}
  for w, i, j, tag in core.words(report) do out[#out + 1] = w .. i .. j .. tag end
  local t = core.tokens(report)
  for k = 1, #t do out[#out + 1] = t:word(k) .. t:tag(k) end
  local w <const> = core.lexicon():get "卡点"
  out[#out + 1] = tostring(w ~= nil)
  return table.concat(out, " ")
end

local function strings()
  local s, map = core.normalize("Ｆｕｌｌ設立①", "nfkc_cf")
  local d, charset = core.decode("\201\232\193\162", "gb18030")
  local date = core.date("正月初二", { ref = "2020-02-20" })
  local n, info = core.number "三百余"
  local from, to = map:from(1, 3)
  local c = map:compose(select(2, core.normalize(s, "nfc")))
  return table.concat({ s, d, charset, tostring(date), tostring(date + 3), n, tostring(info.approx), from, to,
                        tostring(c), core.sha256(s) }, "|")
end

local function patterns()
  local p = (P.number:as "n" * P.measure ^ -1 * P.tag "n" ^ -2 * P.set { "卡点", "卡口" }:as "item")
    + P "卡口" * P.number:as "n"
  local out = {}
  for m in p:gmatch(report) do out[#out + 1] = tostring(m) .. tostring(m.n) .. tostring(m.item) end
  out[#out + 1] = tostring(p:find(report)) .. tostring(p:trace(report)) .. tostring(p)
  local g = P { "list", list = P "卡" * P.V "rest", rest = P "点" + P(1) * P.V "rest" }
  out[#out + 1] = tostring(g:find(report))
  return table.concat(out, "\n")
end

local function quantity(i, j)
  return { type = "quantity", item = "卡点", value = 14, unit = "个", args = '{"note":"x"}',
           time = { from = "2020-02-06", grain = "day" },
           mentions = { { i = i, j = j, rule = "p/r", version = "1", captures = { item = { i, j } } } } }
end

local function flat(rows, ...)
  local out = {}
  for _, row in ipairs(rows) do
    for _, name in ipairs { ... } do out[#out + 1] = tostring(row[name]) end
  end
  return table.concat(out, " ")
end

local function corpus()
  local c <close> = core.open(nil)
  c:begin()
  c:add { raw = page, id = "a", meta = '{"county":"x"}', url = "http://x" }
  c:add { raw = report, id = "b", date = "2020-02" }
  c:commit()
  c:add { raw = report .. "。", id = "b" }
  c:store_facts("a", "p", "1", { quantity(4, 12) })
  c:group("points", "卡点 卡口")
  local id = c:facts {}[1].id
  c:verdict(id, "ok")
  local d = c:doc "a"
  local out = {
    flat(c:search("卡点|卡口", { limit = 5 }), "doc", "hits", "snippet", "cite"),
    flat(c:lines((c:kwic("卡点", { sort = "right" })), 1, 99), "left", "node", "right"),
    flat(c:docs(), "doc", "characters", "sha256"), flat(c:facts { doc = "a" }, "id", "quote", "value"),
    flat(c:mentions(id), "cite", "quote"), tostring(d.text), c:cite("a#3,40").display, #c:verify(),
    c:count("工作人员").hits, flat(c:sql("select id, bytes from documents where bytes > ?", 3), "id", "bytes"),
  }
  c:remove "a"
  out[#out + 1] = #c
  return table.concat(out, "\n")
end

-- What is written as JSON may lose keys meanwhile: a finalizer runs whenever something is made.
local function finalizers()
  local text = core.json_text({}, {})
  for round = 1, 8 do
    local t, gone = {}, false
    local function take()
      for key in pairs(t) do if key:sub(1, 1) == "z" then t[key] = nil end end
      if not gone then setmetatable({}, { __gc = take }) end
    end
    for k = 1, 40 do t[("k%d_%d"):format(round, k) .. ("x"):rep(4000)] = k end
    t["z" .. round .. ("x"):rep(4000)] = 1
    take()
    t["z" .. round .. ("x"):rep(4000)] = 1
    text(t)
    gone = true
  end
  return "done"
end

return { { "clean", clean }, { "words", words }, { "strings", strings }, { "patterns", patterns },
         { "corpus", corpus }, { "finalizers", finalizers } }
