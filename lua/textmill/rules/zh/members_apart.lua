-- Members of a scheme that stand apart from its name: headings, quoted names and 一是...
-- items that share its key word.

local item = require "textmill.rules.zh.members_item"
local kin = require "textmill.rules.zh.kin"
local numbering = require "textmill.rules.zh.numbering"
local quotes = require "textmill.rules.zh.quotes"
local vocabulary = require "textmill.rules.zh.vocabulary"

local apart = {}

-- Strips ordinals and full stops of a heading.
local function bare_heading(doc, b)
  local i, j = numbering.words(doc, b), b.sj
  while j > i do
    local c = doc.shown:sub(j - 2, j)
    if c == "。" or c == "”" then j = j - 3
    elseif doc.shown:sub(j, j):find "[:,;!%s]" then j = j - 1
    else break end
  end
  return { text = (doc.shown:sub(i, j):gsub("“", ""):gsub("”", "")), i = i, j = j }
end

local PARTED <const> = { paragraph = true, heading = true, list = true }
local LONGEST_PART <const> = 40 -- bytes
local LONGEST_HEAD <const>, FARTHEST_STOP <const> = 16, 200 -- characters; bytes

-- Everything in the document that looks like the name of a part.
local function parts(doc)
  if doc.scheme_parts then return doc.scheme_parts end
  local out = {}
  for _, b in ipairs(doc.blocks) do
    if b.kind == "heading" then -- of which a short sentence may be part: (三)强化保障。邀请专家6人。
      local stop = doc:find("。", b.si)
      local whole = not stop or stop >= b.sj - 2 or numbering.words(doc, b) == b.si
      out[#out + 1] = bare_heading(doc, whole and b or { si = b.si, sj = stop - 1 })
      out[#out].kind = "heading"
    end
    -- of a numbered block its first sentence, of another the whole, when it is that short
    local stop = PARTED[b.kind] and b.kind ~= "heading" and b.sj
    if stop and numbering.words(doc, b) > b.si then
      stop = math.min(stop, (doc:find("。", b.si) or stop + 1) - 1)
    end
    if stop and stop - b.si < FARTHEST_STOP then
      local head = bare_heading(doc, { si = b.si, sj = stop })
      head.kind = "opening"
      if (utf8.len(head.text) or LONGEST_HEAD + 1) <= LONGEST_HEAD then out[#out + 1] = head end
    end
  end
  for _, q in ipairs(quotes.of(doc)) do
    if PARTED[q.block.kind] and q.j - q.i < LONGEST_PART then
      out[#out + 1] = { text = doc.shown:sub(q.i, q.j), i = q.i, j = q.j, kind = "quoted" }
    end
  end
  for _, it in ipairs(numbering.of(doc)) do
    if it.style == "一是" then
      out[#out + 1] = { text = doc.shown:sub(it.i, it.j), i = it.i, j = it.j, kind = "listed" }
    end
  end
  table.sort(out, function(a, c) return a.i < c.i end)
  for _, it in ipairs(out) do
    if utf8.len(it.text) and it.text ~= "" then
      it.first, it.last = it.text:sub(1, utf8.offset(it.text, 2) - 1), it.text:sub(utf8.offset(it.text, -1))
    end
  end
  doc.scheme_parts = out
  return out
end

local LONGEST_KEY <const> = 4 -- characters

-- The parts that may begin or end with the key word, by its first and last character.
local function parts_with(doc, key)
  local list, first, last = {}, key:sub(1, utf8.offset(key, 2) - 1), key:sub(utf8.offset(key, -1))
  for _, it in ipairs(parts(doc)) do
    if it.first == first or it.last == last then list[#list + 1] = it end
  end
  return list
end

local APART_KINDS <const> = { "heading", "quoted", "listed", "opening", "any" }
local FIRST_KINDS <const> = { "heading", "opening" }
-- 抓班子,配强领导力量: the clause of a heading that has the key word.
local function clause_of(it, key)
  local stop = it.text:find(",", 1, true)
  local first = stop and { text = it.text:sub(1, stop - 1), i = it.i, j = it.i + stop - 2, kind = it.kind }
  local whole = not stop or it.kind ~= "heading" and it.kind ~= "opening"
  return whole and it or #kin.of({ first }, key) == 1 and first or it
end

local LONGEST_MEMBER <const> = 14 -- characters

-- All parts with the key word, be they of any kind.
local function with_word(doc, s, key)
  local out = {}
  for _, it in ipairs(kin.of(parts_with(doc, key), key)) do
    it = clause_of(it, key)
    local own = vocabulary.numerals[it.text:sub(1, 3)]
    if it.text ~= s.name and (utf8.len(it.text) or LONGEST_MEMBER + 1) <= LONGEST_MEMBER
      and not (own and kin.key(it.text) == key) then out[#out + 1] = it end
  end
  return out
end

-- Those of one kind, each once.
local function of_kind(list, key, kind)
  local seen, out = {}, {}
  for _, it in ipairs(list) do
    if (kind == "any" or it.kind == kind) and not seen[it.text] then
      seen[it.text] = true
      out[#out + 1] = it
    end
  end
  return kin.without_head(out, key)
end

local function of_kinds(doc, s, key, kinds)
  local list = with_word(doc, s, key)
  for _, kind in ipairs(#list >= s.count and kinds or {}) do
    local out = of_kind(list, key, kind)
    if #out == s.count then return out end
  end
end

local function with_key(doc, s, key, kinds)
  if key == "" or (utf8.len(key) or 9) > LONGEST_KEY then return nil end
  doc.apart = doc.apart or {}
  local known = doc.apart[s.name .. key]
  if known == nil then
    known = of_kinds(doc, s, key, kinds) or false
    doc.apart[s.name .. key] = known
  end
  return known or nil
end

-- apart.find(doc, s) -> as many parts with its key word as it declares, or nil
function apart.find(doc, s) return with_key(doc, s, kin.key_of(s), APART_KINDS) end

-- apart.alike(doc, s): by the first character of the key word alone (三力齐发: ...发力, ...用力)
function apart.alike(doc, s)
  local key = kin.key_of(s)
  return (utf8.len(key) or 0) > 1 and with_key(doc, s, key:sub(1, 3), FIRST_KINDS) or nil
end

-- apart.listed(doc, s): items 一是... that follow the name in its block, when they are just as many.
function apart.listed(doc, s)
  local to = math.min(#doc.shown, doc.blocks[s.block].sj + 1500, s.j + 4000)
  for _, list in ipairs(numbering.lists(doc)) do
    if list.style == "一是" and list[1].i > s.j and list[1].i <= to then
      local out = {}
      for n, it in ipairs(list) do out[n] = item.at(doc.shown, it.i, it.j) end
      return #out == s.count and out or nil
    end
  end
end

return apart
