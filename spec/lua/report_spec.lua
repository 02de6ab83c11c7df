-- c:report: one HTML file in which texts from documents stay text.

local json = require "textmill.json"
local picture = require "textmill.picture"
local tm = require "textmill"

local HOSTILE <const> = '</script><script>document.documentElement.dataset.owned="yes"</script>'
  .. '<img src=x onerror="document.documentElement.dataset.owned=\'yes\'">'

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read "a"
  file:close()
  return text
end

local function escaped(s)
  return (s:gsub("[<>&]", { ["<"] = "&lt;", [">"] = "&gt;", ["&"] = "&amp;" }))
end

local P = tm.pattern
local rule = tm.rule { name = "post.count", match = P "设立" * P.number {}:as "n" * P(1) * P "岗亭",
  emit = function(m) return { type = "quantity", item = "岗亭", value = m.n } end,
  examples = { ["设立14个岗亭"] = { value = 14 } }, counterexamples = { "岗亭很多" } }

local function corpus()
  local c = tm.open(nil)
  c:add { id = "good", date = "2021-03-05",
          text = "河湾乡值守通告\n\n2021年3月5日起,全乡设立14个岗亭。𠮷日设立3个岗亭。\n" }
  c:add { id = "bad", date = "2021-03-06", url = "javascript:alert(1)",
          path = "x\"><svg onload=alert(1)>.html",
          raw = "<html><head><title>" .. escaped(HOSTILE) .. "</title></head><body><p>" .. escaped(HOSTILE)
            .. "设立5个岗亭。<p onclick='alert(1)'>再设立6个岗亭。</body></html>" }
  c:add { id = "gbk", raw = "\xC9\xE8\xC1\xA28\xB8\xF6\xB8\xDA\xCD\xA4\xA1\xA3"
          .. "\xC8\xAB\xCF\xE7\xC8\xCB\xD4\xB1\xA1\xA3" }
  c:extract(tm.pack { "posts", version = "1", rule })
  return c
end

-- what a report may consist of
local tags = {}
for name in ("!doctype html head meta title style body h1 h2 h3 nav a section dl dt dd p div table thead "
  .. "tbody tr th td svg text rect circle path script"):gmatch "%S+" do tags[name] = true end
local attributes = {}
for name in ("lang charset http-equiv content name href id class hidden type data-fact xmlns width height "
  .. "viewBox font-family font-size fill x y cx cy r d stroke text-anchor html"):gmatch "%S+" do
  attributes[name] = true
end

describe("a report", function()
  local c, path = corpus(), os.tmpname()
  local r = assert(c:report(path, { title = "A & B <" }))
  local html = read(path)
  local data = json.decode(html:match '<script type="application/json" id="data">(.-)</script>')

  teardown(function() os.remove(path) end)

  it("says what it is", function()
    assert.equal(#html, r.bytes)
    assert.matches("one file, %d+ kB, no network", tostring(r))
    for _, part in ipairs { "1 Summary", "2 Comparison", "3 Timeline", "4 Facts", "5 Checks",
                            "6 How it was made" } do
      assert(html:find("<h2>" .. part .. "</h2>", 1, true), part)
    end
    assert(html:find("<title>A &amp; B &lt;</title>", 1, true))
    assert(html:find("posts", 1, true) and html:find(tm.version().unicode, 1, true))
  end)

  it("has no element and no attribute that a document brought", function()
    local scripts = 0
    local rest = html:gsub("<style>.-</style>", ""):gsub("<script[^>]*>.-</script>", function()
      scripts = scripts + 1
      return ""
    end)
    assert.equal(2, scripts)
    for tag in rest:gmatch "<([^>]*)>" do
      local name = tag:match "^/?(!?%w+)"
      assert(name and tags[name], "element: " .. tag)
      local plain = tag:gsub('"[^"]*"', '""'):gsub("^/?!?%w+", "")
      for attribute in plain:gmatch "[^%s=\"/]+" do assert(attributes[attribute], "attribute: " .. tag) end
      local href = tag:match 'href="([^"]*)"'
      assert(not href or href:find "^#", "link: " .. tag)
    end
    local left = rest:gsub("<[^>]*>", "")
    assert.is_nil(left:match "[^\n]*[<>][^\n]*")
    assert(html:find("&lt;img src=x onerror", 1, true)) -- the title is there, as text
    assert(html:find("javascript:alert(1)", 1, true))
  end)

  it("allows its own script and style only", function()
    local policy = html:match 'Content%-Security%-Policy" content="([^"]*)"'
    assert.matches("default%-src 'none'", policy)
    assert(not policy:find "unsafe" and not policy:find "http")
    local core = require "textmill.core"
    local script, style = html:match "<script>(.*)</script>", html:match "<style>(.-)</style>"
    for _, s in ipairs { script, style } do -- the policy's hash, read back
      local found = false
      for digits in policy:gmatch "'sha256%-([^']*)'" do
        local bits = digits:gsub("=", ""):gsub(".", function(d)
          local n = ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"):find(d, 1, true) - 1
          local out = ""
          for b = 5, 0, -1 do out = out .. (n >> b & 1) end
          return out
        end)
        local hex = bits:sub(1, 256):gsub("....", function(four) return ("%x"):format(tonumber(four, 2)) end)
        found = found or hex == core.sha256(s)
      end
      assert(found)
    end
  end)

  it("knows where in the page each fact stands, in the units of JavaScript", function()
    local function utf16(s) -- one character a unit, two for those beyond the BMP
      local units = {}
      for _, point in utf8.codes(s) do
        units[#units + 1] = utf8.char(point)
        if point > 0xFFFF then units[#units + 1] = "" end
      end
      return units
    end
    local facts, seen = c:facts(), {}
    assert(#facts >= 5)
    for k, f in ipairs(facts) do
      local at = data.facts[k]
      local page = data.pages[at[1] + 1]
      assert.equal(f.doc, page.id)
      local clean = table.concat(utf16(page.clean), "", at[4] + 1, at[5])
      assert.equal(f.quote, (require "textmill.core".normalize(clean, "display")))
      local raw = table.concat(utf16(page.raw), "", at[2] + 1, at[3])
      assert(f.doc == "bad" or raw == clean, raw)
      seen[f.doc] = true
    end
    assert(seen.good and seen.bad and seen.gbk)
  end)

  it("takes parts of pages that are too long for it", function()
    local d, other = tm.open(nil), os.tmpname()
    d:add { id = "long", text = ("上游来水平稳。"):rep(2000) .. "设立7个岗亭。" .. ("下游也是。"):rep(2000) .. "设立9个岗亭。" }
    d:extract(tm.pack { "posts", version = "1", rule })
    assert(d:report(other, { pages = 20000, limit = 1 }))
    local text = read(other)
    os.remove(other)
    assert(#text < 40000)
    assert(text:find("the first 1 of 2", 1, true))
    local part = json.decode(text:match 'id="data">(.-)</script>')
    local page, at = part.pages[1], part.facts[1]
    assert.is_true(page.part)
    local from, to = utf8.offset(page.clean, at[4] + 1), utf8.offset(page.clean, at[5] + 1) - 1
    assert.equal("设立7个岗亭", page.clean:sub(from, to))
  end)

  it("is made of a view and of an empty corpus, too, or says why not", function()
    local other = os.tmpname()
    assert(c:where { doc = "good" }:report(other))
    assert(not read(other):find("onerror", 1, true))
    assert(tm.open(nil):report(other))
    os.remove(other)
    local ok, message, _, code = c:report("/nowhere/at/all.html")
    assert.is_nil(ok)
    assert.equal("io", code)
    assert.matches("nowhere", message)
    assert.has_error(function() c:report(other, { colour = 1 }) end)
    assert.has_error(function() c:report() end)
  end)

  it("shows pages in a browser, and nothing of a document runs there", function()
    local browser
    for _, name in ipairs { "chromium-headless-shell", "chromium" } do
      if os.execute("command -v " .. name .. " >/dev/null 2>&1") then browser = browser or name end
    end
    if not browser then
      pending "Chromium is not installed (apt: chromium-headless-shell)"
      return
    end
    local html_path = path .. ".html"
    assert(os.rename(path, html_path))
    local n
    for k, f in ipairs(c:facts()) do if f.doc == "bad" and f.value == 5 then n = k - 1 end end
    local pipe = assert(io.popen(("timeout 100 %s --headless --no-sandbox --disable-gpu --user-data-dir=%s.d "
      .. "--dump-dom 'file://%s#fact-%d' 2>/dev/null"):format(browser, path, html_path, n)))
    local dom = pipe:read "a"
    pipe:close()
    os.rename(html_path, path)
    os.execute("rm -rf " .. path .. ".d")
    assert(dom:find('data-ready="yes"', 1, true), "the script did not run")
    assert(not dom:find("data-owned", 1, true))
    local marks = {}
    for mark in dom:gmatch "<mark>(.-)</mark>" do marks[#marks + 1] = mark end
    assert.same({ "设立5个岗亭", "设立5个岗亭" }, marks)
  end)
end)

describe("pictures", function()
  it("hold texts as texts", function()
    assert.equal("&lt;a&gt; &amp; &quot;b&#39;", picture.escape "<a> & \"b'")
    local c = corpus()
    for _, r in ipairs { c:compare { rows = "doc" }, c:kwic "岗亭", c:frequencies() } do
      assert(#r > 0)
      local path = os.tmpname() .. ".svg"
      assert(r:save(path))
      local svg = read(path)
      os.remove(path)
      assert.matches("^<svg xmlns.*</svg>\n$", svg)
      assert(not svg:find "<script" and not svg:find "<img")
    end
  end)
  it("draw where a word stands in each document", function()
    local c = tm.open(nil)
    c:add { id = "a", text = "水库" .. ("很大的"):rep(40) .. "水库。" }
    c:add { id = "b", text = "没有水库。" }
    local path = os.tmpname() .. ".svg"
    assert(c:dispersion("水库"):save(path))
    local svg = read(path)
    os.remove(path)
    local _, lines = svg:gsub("<path", "")
    assert.equal(2, lines)
    assert.matches('d="M160.0 3v12M6[0-9][0-9]', svg) -- a: at its beginning and near its end
    assert.has_error(function() c:dispersion("水库"):save "x.csv" end)
  end)
  it("put days where they belong", function()
    local result = require "textmill.result"
    local function x_of(dates)
      local rows, list = {}, {}
      for k, d in ipairs(dates) do rows[k] = { date = d, text = "x" } end
      local svg = result.format(result.new { rows = rows, columns = { "date", "text" },
        chart = { kind = "timeline", date = "date", label = "text" } }, "svg")
      for x in svg:gmatch 'cx="([%d.]+)"' do list[#list + 1] = tonumber(x) end
      return list
    end
    local x = x_of { "2019-12-31", "2020-01-01", "2020-02-29", "2020-03-01", "2020-12-31", "XXXX-05-01" }
    assert.equal(5, #x) -- no day without a year
    local day = (x[5] - x[1]) / 366
    for k, n in ipairs { 0, 1, 60, 61, 366 } do assert(math.abs(x[1] + n * day - x[k]) < 0.06) end
  end)
end)
