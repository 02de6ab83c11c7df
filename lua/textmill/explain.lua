-- textmill.explain - why a fact is there, down to its raw bytes, and why
-- another is not; lines that show a match in its sentence.

local screen = require "textmill.screen"

local explain = {}

-- raw citation of clean [i, j] of document id
local function cite(text, id, i, j)
  local ri, rj = text:raw(i, j)
  return ("%s#%d,%d"):format(id, ri - 1, rj)
end
explain.cite = cite

-- Ends of a sentence: full stop, question and exclamation marks, a line break.
local ends = { ["\n"] = true }
for _, c in utf8.codes "\u{3002}\u{FF01}\u{FF1F}\u{FF1B}!?;" do ends[utf8.char(c)] = true end

-- The sentence around clean [i, j], at most `width` characters on each side.
function explain.sentence(clean, i, j, width)
  local from, n = i, 0
  while from > 1 and n < width do
    local p = utf8.offset(clean, -1, from)
    if ends[clean:sub(p, from - 1)] then break end
    from, n = p, n + 1
  end
  local to, m = j, 0
  while to < #clean and m < width do
    local q = (utf8.offset(clean, 2, to + 1) or #clean + 1) - 1
    local c = clean:sub(to + 1, q)
    if c == "\n" then break end
    to, m = q, m + 1
    if ends[c] then break end
  end
  return from, to
end

-- One row of c:match: the sentence with the match in brackets.
function explain.match_row(doc, id, m)
  local from, to = explain.sentence(doc.clean, m.i, m.j, 14)
  local captures = {}
  for k, name in ipairs(m:names()) do
    captures[k] = name .. "=" .. tostring(m[name])
  end
  local text = doc:display(m.i, m.j)
  return { doc = id, i = m.i, j = m.j, cite = cite(doc.text, id, m.i, m.j), text = text,
           captures = table.concat(captures, " "),
           match = doc:display(from, m.i - 1) .. "[" .. text .. "]" .. doc:display(m.j + 1, to) }
end

-- What c:extract prints.
function explain.summary(s)
  local lines = { ("%s %s: %s, %s in %s"):format(s.pack, s.version, screen.count(s.facts, "fact"),
    screen.count(s.mentions, "mention"), screen.count(s.documents, "document")) }
  if s.unchanged > 0 then
    lines[1] = lines[1] .. ("; %s unchanged"):format(screen.count(s.unchanged, "document"))
  end
  for k, e in ipairs(s.errors) do
    if k > 5 then
      lines[#lines + 1] = ("  ... %d more errors"):format(#s.errors - 5)
      break
    end
    lines[#lines + 1] = ("  %s: rule %s (%s): %s"):format(e.doc, e.rule, e.where, e.message)
  end
  return table.concat(lines, "\n")
end

local shown = { "item", "name", "role", "value", "lo", "hi", "unit", "approx", "subtype", "scope", "time",
                "place", "status" }

local function headline(f)
  local parts = {}
  for _, key in ipairs(shown) do
    local v = f[key]
    if v ~= nil and v ~= "" and not (key == "status" and v == "ok")
       and not ((key == "lo" or key == "hi") and v == f.value) then
      parts[#parts + 1] = key .. "=" .. require "textmill.result".cell(v)
    end
  end
  return ("fact %s  %s  %s"):format(f.id, f.type, table.concat(parts, " "))
end

local function visible_raw(raw)
  return (raw:gsub("[%z\1-\31\127]", function(c) return ("\\x%02x"):format(c:byte()) end))
end

-- The quote between what stands around it, on one line of the screen.
local function in_context(row)
  local quote = "[" .. screen.clean(row.display) .. "]"
  local room = math.max(12, screen.columns() - 9 - screen.width(quote))
  local left = screen.cut("…" .. screen.clean(row.left or ""), room // 2, "left")
  local right = screen.cut(screen.clean(row.right or "") .. "…", room - screen.width(left))
  return left .. screen.colour("bold", quote) .. right
end

-- One mention: rule, argument spans, raw bytes in their surroundings.
local function show_mention(c, f, m, lines)
  lines[#lines + 1] = ("  rule %s %s"):format(m.rule or f.rule or "?", m.version or f.version or "")
  local names = {}
  for name in pairs(m.args or {}) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    local span = m.args[name]
    local where = ("%s#%d,%d"):format(f.doc, span[1], span[2])
    local quote = c:cite(where)
    lines[#lines + 1] = ("    %-6s %s  %s"):format(name, screen.clean(quote or "?"), where)
  end
  local _, row = c:cite(m.cite)
  if not row then return end
  lines[#lines + 1] = ("  raw    %s"):format(screen.clean(visible_raw(row.raw)))
  lines[#lines + 1] = ("         %s, %s, sha256 of the document %s…")
    :format(screen.count(#row.raw, "byte"), m.cite, row.sha256:sub(1, 12))
  lines[#lines + 1] = "  shown  " .. in_context(row)
end

-- Raw span of the article that holds raw byte `at` (0-based) of a text; the whole text: nil.
local function article_of(text, at)
  for _, a in ipairs(text:articles()) do
    local ri, rj = text:raw(a.i, a.j)
    if at >= ri - 1 and at < rj then return ri - 1, rj end
  end
end

local function position(f)
  return tonumber(tostring(f.cite):match "#(%d+),") or 0
end

-- The fact that named the place f inherits: the first one of that name in its article.
local function origin_of_place(c, f, text)
  local from, to = article_of(text, position(f))
  local best
  for _, p in ipairs(c:facts { doc = f.doc, type = "place" }) do
    local at = position(p)
    if (p.name or p.item) == f.place and (not from or (at >= from and at < to))
       and (not best or at < position(best)) then best = p end
  end
  return best
end

-- The date that gave f its year: the last one before it that says a year.
local function origin_of_year(c, f)
  local best
  for _, t in ipairs(c:facts { doc = f.doc, type = "time" }) do
    local nearer = position(t) < position(f) and (not best or position(t) > position(best))
    if nearer and t.quote:find "%d%d%d%d" then best = t end
  end
  return best
end

local function published(text, id)
  for _, m in ipairs(text:meta()) do
    if m.key == "published" then
      return m.ri and ("%s#%d,%d"):format(id, m.ri - 1, m.rj) or nil, m.value
    end
  end
end

local function from_where(origin)
  return origin and (", named at %s"):format(origin.cite) or ""
end

-- Where the place and the year come from that the fact itself does not say.
local function inherited(c, f, lines)
  local d = c:doc(f.doc)
  local text = d and d.text
  if f.place and text then
    local how = f.place_how == "article" and "of its article" or f.place_how or "said"
    local origin = f.place_how and origin_of_place(c, f, text)
    lines[#lines + 1] = ("  place  %s%s (%s%s)"):format(f.place, f.place_code and " " .. f.place_code or "",
      how, from_where(origin))
  end
  local source = f.time_source or f.type == "time" and f.source
  if source == "published" and text then
    local where, value = published(text, f.doc)
    lines[#lines + 1] = ("  year   of publishing%s%s"):format(value and ", " .. value or "",
      where and ", " .. where or "")
  elseif source == "reference" then
    lines[#lines + 1] = "  year   of the reference date"
  elseif source == "text" and not f.quote:find "%d%d%d%d" then
    local origin = origin_of_year(c, f)
    if origin then lines[#lines + 1] = ("  year   of %s%s"):format(origin.quote, from_where(origin)) end
  end
end

-- Quantities of the same place and number under another name: perhaps one and the same.
local function look_alikes(c, f, lines)
  if f.type ~= "quantity" or not f.place or type(f.value) ~= "number" or f.value < 3 then return end
  for _, other in ipairs(c:facts { doc = f.doc, type = "quantity", place = f.place }) do
    local alike = other.value == f.value and other.unit == f.unit
    if alike and other.id ~= f.id and other.item and f.item and other.item ~= f.item then
      lines[#lines + 1] = ("  same_as? %s %s (same place, same number, other name)")
        :format(screen.clean(other.quote), other.cite)
    end
  end
end

-- c:explain(f)
function explain.fact(c, f)
  if type(f) ~= "table" or not f.id then error("a fact is expected: c:explain(c:facts()[1])", 0) end
  local lines = { headline(f) }
  inherited(c, f, lines)
  for k, m in ipairs(f.mentions or {}) do
    if k > 1 then lines[#lines + 1] = ("  mention %d"):format(k) end
    show_mention(c, f, m, lines)
  end
  look_alikes(c, f, lines)
  return table.concat(lines, "\n")
end

-- why there is none --------------------------------------------------------------

-- What to look at: the text, the clean span asked about, the sentence around it.
local function place_of(c, where)
  local id, from, to = where:match "^(.-)#(%d+),(%d+)$"
  if not id then return { text = where, sentence = where } end
  local quote, row = c:cite(where)
  if not quote then return nil, row end
  local text = c:doc(id).text
  local i, j = text:at(tonumber(from) + 1, math.max(tonumber(from) + 1, tonumber(to)))
  if not i then return { text = quote, sentence = quote } end
  local a, b = explain.sentence(tostring(text), i, j, 200)
  return { text = text, i = i, j = j, sentence = tostring(text):sub(a, b), where = where }
end

-- The token a trace stopped before, as it is displayed.
local function stopped_at(sentence, t)
  return require "textmill".words(sentence:sub(t.j + 1))() or "the end"
end

-- Every pattern of the rules, traced over the sentence: those that came furthest first.
local function traces(pack, sentence)
  local list = {}
  for n, r in ipairs(pack.list) do
    for _, p in ipairs(r.match and { r.match } or r.patterns or {}) do
      local t = p:trace(sentence)
      local done = t.matched and math.huge or (t.part or 1) - 1
      list[#list + 1] = { rule = r.name, order = n, trace = t, done = done, reach = t.j }
    end
  end
  table.sort(list, function(a, b)
    if a.done ~= b.done then return a.done > b.done end
    if a.reach ~= b.reach then return a.reach > b.reach end
    return a.order < b.order
  end)
  return list
end

local function reason(one, sentence)
  local t = one.trace
  if t.matched then
    return ("its pattern matches [%s], but the rule makes no fact of it"):format(sentence:sub(t.i, t.j))
  end
  return ("stopped at %s (part %d: not %s)"):format(stopped_at(sentence, t), t.part or 1, t.failed or "?")
end

local function why_not(pack, at, lines)
  local list, without = traces(pack, at.sentence), 0
  for _, r in ipairs(pack.list) do
    if not r.match and not r.patterns then without = without + 1 end
  end
  lines[1] = ("no rule of %s matches%s"):format(pack.name, at.where and " at " .. at.where or "")
  for k, one in ipairs(list) do
    lines[#lines + 1] = ("  %s: %s"):format(one.rule, reason(one, at.sentence))
    if k == 1 then lines[#lines + 1] = tostring(one.trace) end
  end
  if without > 0 then
    lines[#lines + 1] = ("  %d more look in Lua, without a pattern: no trace"):format(without)
  end
end

-- c:why(citation | string, pack): the facts there, or how far each pattern of a rule came,
-- the closest first and drawn
function explain.why(c, where, pack)
  local at, message = place_of(c, where)
  if not at then return message end
  local lines = {}
  for _, f in ipairs((require "textmill.extract".run(pack, at.text, {}))) do
    if not at.i or (f.i <= at.j and f.j >= at.i) then
      lines[#lines + 1] = ("there is one: %s %s [%s] by %s"):format(f.type, tostring(f.item or f.name or ""),
        f.quote, f.rule)
    end
  end
  if #lines == 0 then why_not(pack, at, lines) end
  return table.concat(lines, "\n")
end

return explain
