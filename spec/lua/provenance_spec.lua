-- Provenance: the bytes a citation points at are the bytes the quote came from.
local core = require "textmill.core"
local json = require "textmill.json"
local reference = require "lua.reference_clean"

local shared = "../shared/"

local function read(path)
  local f = io.open(path, "rb")
  if not f then return nil end
  local s = f:read "a"
  f:close()
  return s
end

-- Start and end of the k-th occurrence of a plain string.
local function occurrence(s, what, k)
  local from = 1
  for _ = 1, k - 1 do from = (s:find(what, from, true) or #s) + 1 end
  return s:find(what, from, true)
end

-- How many occurrences begin before byte `limit`.
local function count_before(s, what, limit)
  local n, at = 0, s:find(what, 1, true)
  while at and at < limit do
    n = n + 1
    at = s:find(what, at + 1, true)
  end
  return n
end

local function seed_path(id)
  local pipe = assert(io.popen("ls " .. shared .. "seeds/" .. id .. "_*"))
  local path = pipe:read "l"
  pipe:close()
  return path
end

describe("provenance", function()
  local docs = {}
  local function document(id)
    if docs[id] then return docs[id] end
    local d = { raw = read(seed_path(id)), gold = read(shared .. "gold/clean/" .. id .. ".txt") }
    d.text = assert(core.clean(d.raw))
    d.display, d.map = core.normalize(d.text, "display")
    docs[id] = d
    return d
  end

  it("(a) quotes of the gold facts map to their raw bytes", function()
    local lines = read(shared .. "gold/seeds_facts.ndjson")
    if not lines then return pending("../shared is not here: gold facts not checked") end
    local total, equal, wrong = 0, 0, {}
    for line in lines:gmatch "[^\n]+" do
      local fact = json.decode(line)
      local d = document(fact.doc)
      total = total + 1
      local start = utf8.offset(d.gold, fact.start + 1)
      local i, j = occurrence(d.display, fact.quote, count_before(d.gold, fact.quote, start) + 1)
      local ri, rj
      if i then ri, rj = d.text:raw(d.map:from(i, j)) end
      if ri and ri - 1 == fact.raw_byte_start and rj == fact.raw_byte_end then
        equal = equal + 1
      else
        wrong[#wrong + 1] = ("%s %s: %s,%s instead of %d,%d"):format(fact.id, fact.quote, ri and ri - 1, rj,
          fact.raw_byte_start, fact.raw_byte_end)
      end
    end
    print(("provenance (a): %d of %d gold facts map to the exact raw bytes (%.3f)")
      :format(equal, total, equal / total))
    for k = 1, math.min(#wrong, 10) do print("  " .. wrong[k]) end
    assert.is_true(total >= 400)
    assert.is_true(equal / total >= 0.98)
  end)

  -- Pages written for this test, each with its own kinds of dirt.
  local function pages()
    local gb = "\xBD\xF1\xCC\xEC\xC9\xCF\xCE\xE7<b>\xC8\xAB\xB4\xE5</b>\xBF\xAA\xBB\xE1\xA1\xA3"
      .. "<p>1&nbsp;2</p>"
    return {
      "<h2>春耕&nbsp;開(kāi)始</h2>\n<p>全村（共&#19977;&#x767e;戶）\n  下田，<b>種(zhòng)</b>了３畝&amp;半。</p>"
        .. "<p>第二段 text\nmore</p>",
      "標題一\n\n<p>正文&lt;一&gt;</p> <p>&nbsp; &nbsp; 正文二</p>\n\n關鍵詞\n\n末行",
      "今天\u{A0}\u{3000} 天氣(qì)很好，風(fēng)也不大，魚(yú)兒在水裡。\r\n\r\n  行(háng)業(yè)會(huì)議(yì)。",
      "a < b，b > c；AT&amp;T 與 R&D。",
      "<table><tr><td>甲</td><td>乙</td></tr><tr><td>一<td>二</table><!-- x -->"
        .. "<script>var a='<p>'</script>完",
      gb .. gb .. gb,
    }
  end

  -- Every character's raw span, as the core maps it, against the reference.
  local function check_all(t, raw, step)
    local decisions = { charset = t.charset, html = t.html, gloss_mode = t.gloss_mode }
    local s, n = tostring(t), 0
    local starts = {}
    for p in utf8.codes(s) do starts[#starts + 1] = p end
    starts[#starts + 1] = #s + 1
    for k = 1, #starts - 1, step do
      local last = math.min(k + (k * 7) % 23, #starts - 1)
      local i, j = starts[k], starts[last + 1] - 1
      local want = core.normalize(s:sub(i, j), "display"):gsub("^%s", ""):gsub("%s$", "")
      local ri, rj = t:raw(i, j)
      assert.equal(want, reference.quote(raw, ri, rj, decisions))
      n = n + 1
    end
    return n
  end

  it("(b) an independent cleaner reads the same in every span of fresh pages", function()
    for _, raw in ipairs(pages()) do
      assert.is_true(check_all(assert(core.clean(raw)), raw, 1) > 0)
    end
  end)

  it("(b) and in the spans of gold facts, (c) but not one character beside them", function()
    local lines = read(shared .. "gold/seeds_facts.ndjson")
    if not lines then return pending("../shared is not here: gold facts not checked") end
    local total, equal, shifted, caught = 0, 0, 0, 0
    local function shift(raw, i, by) -- one character further
      repeat i = i + by until i < 1 or i > #raw or raw:byte(i) < 0x80 or raw:byte(i) >= 0xC0
      return i
    end
    for line in lines:gmatch "[^\n]+" do
      local fact = json.decode(line)
      local d = document(fact.doc)
      local i, j = fact.raw_byte_start + 1, fact.raw_byte_end
      total = total + 1
      if reference.quote(d.raw, i, j, d.text) == fact.quote then equal = equal + 1 end
      for _, by in ipairs { 1, -1 } do
        local si, sj = shift(d.raw, i, by), shift(d.raw, j + 1, by) - 1
        if si >= 1 and sj <= #d.raw then
          shifted = shifted + 1
          if reference.quote(d.raw, si, sj, d.text) ~= fact.quote then caught = caught + 1 end
        end
      end
    end
    print(("provenance (b): %d of %d raw spans give their quote; (c): %d of %d shifted spans do not")
      :format(equal, total, caught, shifted))
    assert.equal(total, equal)
    assert.equal(shifted, caught)
  end)

  it("(b) every span of the seeds", function()
    if not read(shared .. "gold/seeds_facts.ndjson") then
      return pending("../shared is not here: seeds not checked")
    end
    for k = 0, 4 do
      local d = document(("%03d"):format(k))
      check_all(d.text, d.raw, 3)
    end
  end)
end)
