-- near duplicates: which articles are found, what the file keeps of them.

local tm = require "textmill"
local core = require "textmill.core"

local sentences = {
  "入汛以来,全镇设置36个水位观测点,每个点安排两人轮流值班,每天早晚各通报一次水情。",
  "各村成立巡查队12支,共有党员干部260余名,分成三组沿河道巡查险工险段。",
  "镇政府购置手摇报警器40台、铜锣85面、编织袋两万条,全部发放到村民小组。",
  "对住在低洼处的老人和孩子逐户登记,确定转移路线和安置地点,并签字确认。",
  "六月以来组织转移演练四次,参加群众一千三百人,平均用时二十八分钟。",
  "水利站每周检查一次涵闸和排水沟,发现问题当天处理,不留隐患过夜。",
  "卫生院派出医生八名,在三个安置点轮流坐诊,备足常用药品和消毒用品。",
  "目前各水库均在汛限水位以下运行,未发现险情,群众生产生活秩序正常。",
}
local other = {
  "为做好人口普查登记工作,各社区选聘普查员54名,经过两轮培训后持证上岗。",
  "普查员白天入户登记,晚上整理表格,对外出人员通过电话逐一核实。",
  "社区在广场和菜市场悬挂横幅20条,发放宣传单六千份,解答居民疑问。",
}

local function page(list, title, menu)
  local paragraphs = {}
  for k, s in ipairs(list) do paragraphs[k] = "<p>" .. s .. "</p>" end
  return ("<html><head><title>%s</title></head><body><div class='nav'>%s</div><h1>%s</h1>%s"
    .. "<div class='footer'>版权所有 网站地图 联系我们</div></body></html>")
    :format(title, menu, title, table.concat(paragraphs))
end

local function groups(c, o)
  local list = {}
  for row in c:duplicates(o) do
    list[row.group] = list[row.group] or {}
    table.insert(list[row.group], row.doc)
  end
  for k, docs in ipairs(list) do list[k] = table.concat(docs, " ") end
  return list
end

local function problems(c)
  local list = {}
  for k, p in ipairs(c:verify()) do list[k] = (p.doc or "") .. ": " .. p.problem end
  return list
end

local function without(list, k)
  local rest = table.move(list, 1, #list, 1, {})
  table.remove(rest, k)
  return rest
end

local function signatures(c) return c:sql("select count(*) n from mill_signatures")[1].n end

local function filled()
  local c = tm.open(nil)
  c:add { id = "county", text = page(sentences, "清溪镇防汛工作扎实", "<a href='/'>首页</a><a href='/n'>新闻</a>") }
  c:add { id = "census", text = page(other, "社区普查登记启动", "<a href='/'>首页</a>") }
  c:add { id = "city", text = "清溪镇防汛工作扎实\n" .. table.concat(sentences, "\n") .. "\n" }
  c:add { id = "short", text = page(without(sentences, 7), "清溪镇防汛工作扎实", "<a href='/x'>返回</a>") }
  return c
end

describe("duplicates", function()
  it("are found inside other frames and with a sentence less", function()
    assert.same({ "county city short" }, groups(filled()))
  end)

  it("say how much is the same, and cite the article", function()
    local c = filled()
    local r = c:duplicates { threshold = 0.7 }
    assert.equal(1.0, r[1].similarity)
    for k = 2, 3 do assert.is_true(r[k].similarity > 0.7 and r[k].similarity <= 1) end
    assert.is_true(r[3].similarity < 1)
    for row in r do
      assert.equal("清溪镇防汛工作扎实", row.title)
      assert.truthy(c:cite(row.cite):find("各村成立巡查队12支", 1, true))
    end
  end)

  it("depend on the threshold", function()
    local c = filled()
    assert.same({ "county city" }, groups(c, { threshold = 0.99 }))
    assert.equal(0, #tm.open(nil):duplicates())
  end)

  it("do not depend on script, width or marks", function()
    local c, text = tm.open(nil), table.concat(sentences)
    c:add { id = "simplified", text = text }
    c:add { id = "traditional", text = tm.convert(text, "s2t") }
    c:add { id = "wide", text = (text:gsub(",", "，"):gsub("%d", function(d)
      return utf8.char(0xFF10 + tonumber(d))
    end)) }
    assert.same({ "simplified traditional wide" }, groups(c, { threshold = 1 }))
  end)

  it("do not depend on how Vietnamese letters are composed", function()
    local c = tm.open(nil)
    local text = "Hội đồng đã kiểm tra đường, trường học và chợ của xã trong mùa mưa năm nay."
    c:add { id = "composed", text = text }
    c:add { id = "decomposed", text = tm.normalize(text, "nfd") .. " " }
    c:add { id = "plain", text = "Hoi dong da kiem tra duong, truong hoc va cho cua xa trong mua mua." }
    assert.same({ "composed decomposed" }, groups(c, { threshold = 0.5 }))
  end)

  it("go with their documents", function()
    local c = filled()
    assert.equal(0, signatures(c))
    assert.same({ "county city short" }, groups(c))
    assert.equal(4, signatures(c))
    c:remove "city"
    assert.equal(3, signatures(c))
    assert.same({ "county short" }, groups(c))
    c:add { id = "short", text = page(other, "社区普查登记启动", "返回首页") }
    assert.equal(2, signatures(c))
    assert.same({ "census short" }, groups(c))
    assert.equal(#c:docs(), signatures(c))
    assert.same({}, problems(c))
  end)

  it("refuse what is no threshold", function()
    local c = filled()
    for _, t in ipairs { 0, -1, 1.01, 0 / 0 } do
      assert.has_error(function() c:duplicates { threshold = t } end)
    end
    assert.has_error(function() c:duplicates { least = 1 } end)
  end)
end)

describe("signatures in the file", function()
  local has_sqlite3 = os.execute "sqlite3 -version > /dev/null 2>&1"
  local path = os.tmpname()
  local function make()
    os.remove(path)
    local c <close> = tm.open(path, { mode = "create", fts5 = true })
    c:add { id = "a", text = table.concat(sentences) }
    c:add { id = "b", text = table.concat(sentences, "\n") }
    c:add { id = "marks", text = "——……。" } -- nothing to compare: kept, so that it is not asked again
    c:duplicates()
  end
  local function change(sql)
    if not has_sqlite3 then return pending "no sqlite3 command" end
    make()
    assert(os.execute(("sqlite3 %s %q"):format(path, sql)))
    return true
  end
  teardown(function()
    for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  end)

  local OLDER <const> = "drop table mill_signatures; drop table mill_segments; drop table mill_postings;"
    .. "drop table mill_extractions; drop table mill_runs;"
    .. "pragma user_version=1;"
    .. "update mill_meta set value='1' where key='schema'"

  it("are not needed: an older file is read as it is", function()
    if not change(OLDER) then return end
    local c <close> = tm.open(path)
    assert.same({ "a b" }, groups(c))
    assert.same({}, problems(c))
  end)

  it("come into an older file that is written", function()
    if not change(OLDER) then return end
    local c <close> = tm.open(path, { mode = "rw" })
    c:add { id = "c", text = table.concat(sentences, " ") }
    assert.same({ "a b c" }, groups(c))
    assert.equal(4, signatures(c))
    assert.equal("10", c:stats().schema)
    assert.same({}, problems(c))
  end)

  it("are made by the first duplicates(), where the file may be written", function()
    for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
    local c <close> = tm.open(path, { mode = "create" })
    c:add { id = "a", text = table.concat(sentences) }
    c:add { id = "b", text = table.concat(sentences, " ") }
    do
      local reader <close> = tm.open(path, { mode = "r" })
      assert.same({ "a b" }, groups(reader))
    end
    assert.equal(0, signatures(c))
    assert.same({ "a b" }, groups(c))
    assert.equal(2, signatures(c))
    c:add { id = "c", text = table.concat(sentences, "  ") }
    assert.equal(2, signatures(c))
    assert.same({ "a b c" }, groups(c))
    assert.equal(3, signatures(c))
    assert.same({}, problems(c))
  end)

  it("are checked, and a damaged one does no harm", function()
    for _, value in ipairs { "x'00'", "zeroblob(269)", "x'02' || zeroblob(268)", "'text'",
                             "x'02' || randomblob(268)" } do
      if not change("update mill_signatures set signature=" .. value .. " where article=2") then return end
      local c <close> = tm.open(path)
      assert.same({ "b: its signature is not that of its text" }, problems(c))
      c:duplicates()
    end
  end)

  it("of an earlier format are made anew", function()
    if not change "update mill_signatures set signature = x'01' || randomblob(268)" then return end
    local c <close> = tm.open(path)
    assert.same({}, problems(c))
    assert.same({ "a b" }, groups(c))
    local today = "select count(*) n from mill_signatures where substr(signature, 1, 1) = x'02'"
    assert.equal(3, c:sql(today)[1].n)
    assert.same({}, problems(c))
  end)

  it("stand in a table that is as it should be, or the file is refused", function()
    for _, sql in ipairs { "", "create table mill_signatures(article, signature)",
                           "create view mill_signatures as select 1 article, 2 signature" } do
      if not change("drop table mill_signatures;" .. sql) then return end
      assert.is_false(pcall(core.open, path))
    end
  end)
end)
