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

-- c:explain(f)
function explain.fact(c, f)
  if type(f) ~= "table" or not f.id then error("a fact is expected: c:explain(c:facts()[1])", 0) end
  local lines = { headline(f) }
  if f.place and f.place_code then
    lines[#lines + 1] = ("  place  %s %s (%s)"):format(f.place, f.place_code, f.place_how or "said")
  end
  for k, m in ipairs(f.mentions or {}) do
    if k > 1 then lines[#lines + 1] = ("  mention %d"):format(k) end
    show_mention(c, f, m, lines)
  end
  return table.concat(lines, "\n")
end

-- c:why(citation | string, pack): each rule's furthest point in that stretch
function explain.why(c, where, pack)
  local text = where
  local id, from, to = where:match "^(.-)#(%d+),(%d+)$"
  if id then
    local quote, row = c:cite(where)
    if not quote then return row end
    text = (row.left or "") .. quote .. (row.right or "")
  end
  local extract = require "textmill.extract"
  local lines = {}
  for _, f in ipairs((extract.run(pack, text, {}))) do
    lines[#lines + 1] = ("there is one: %s %s [%s] by %s"):format(f.type, tostring(f.item or f.name or ""),
      f.quote, f.rule)
  end
  if #lines == 0 then
    lines[1] = ("no rule of %s matches%s:"):format(pack.name, id and (" at %d,%d"):format(from, to) or "")
    for _, r in ipairs(pack.list) do
      if r.match then lines[#lines + 1] = r.name .. "\n" .. tostring(r.match:trace(text)) end
    end
  end
  return table.concat(lines, "\n")
end

return explain
