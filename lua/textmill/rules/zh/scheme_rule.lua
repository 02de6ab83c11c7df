-- What the members of a scheme say: the sentences under a member's heading, or
-- behind its name at the head of a paragraph, that rule something.
--
--   二、物资配送制。...由楼长登记,上报社区。      the rule of 物资配送制
--   “村级防线”,由各村封闭路口,设置劝返点。
--
-- Of a sentence the clause is taken that says who does what (由, 负责, 实行,
-- 将, 作为, ...), with its condition (如...的) before and the clause behind it.

local clauses = require "textmill.rules.zh.clauses"
local by_type = require "textmill.rules.zh.by_type"
local kin = require "textmill.rules.zh.kin"
local rule = require "textmill".rule
local set = require "textmill.rules.zh.vocabulary".set

local RULING <const> = set "由 负责 实行 一律 将 作为 设立 设置 向 划分 落实 执行 组长"
local KINDS <const> = { paragraph = true, list = true }
local MOST <const> = 1 -- rules of one member

-- Does the clause rule something? 以组为单位, 组长向群众发放
local function ruling(doc, c)
  if clauses.first(doc, c.a, c.b, RULING) then return true end
  return doc.words[c.a] == "以" and clauses.first(doc, c.a, c.b, { ["为"] = true, ["划分"] = true }) ~= nil
end

local function fact(doc, name, from, to)
  local i, j = clauses.trim(doc, from.a, to.b)
  return { type = "rule", subtype = "scheme", modality = "must", name = doc.shown:sub(i, j),
    scheme = name, at = { i, j },
           spans = { text = { i, j } } }
end

-- The rules among the clauses from number n on that stand before shown byte stop.
local function rules_of(doc, name, n, stop, facts)
  local list, found, done = clauses.of(doc), 0, nil
  local c = list[n]
  while c and c.i < stop and found < MOST do
    if c.part ~= done and KINDS[c.block.kind] and ruling(doc, c) then
      done, found = c.part, found + 1
      local from, to = c, clauses.behind(doc, c)
      local before = clauses.before(doc, c)
      if before and doc.words[before.b] == "的" and before.n >= n then from = before end
      facts[#facts + 1] = fact(doc, name, from, to and to.i < stop and to or c)
    end
    c = list[c.n + 1]
  end
end

-- Number of the first clause that begins at or behind a shown byte.
local function clause_from(doc, i)
  local list = clauses.of(doc)
  local lo, hi = 1, #list + 1
  while lo < hi do
    local mid = (lo + hi) // 2
    if list[mid].i >= i then hi = mid else lo = mid + 1 end
  end
  return lo
end

-- Headings in order: { title, b = block }.
local function headings(doc, facts)
  local list = {}
  for _, f in ipairs(by_type.of(facts, "section")) do
    if f.type == "section" and not f.subtype then
      list[#list + 1] = { title = f.title, b = doc:block_at(f.i) }
    end
  end
  return list
end

-- The names a scheme's members go by, and the word they end with.
local function names_of(facts)
  local named, keys = {}, {}
  for _, f in ipairs(by_type.of(facts, "scheme")) do
    if f.type == "scheme" and f.count and f.count > 1 then
      for _, m in ipairs(f.members) do named[m] = true end
      local key = kin.key(f.name)
      if utf8.len(key) >= 2 then keys[key] = true end
    end
  end
  return named, keys
end

local function is_member(title, named, keys)
  if named[title] then return true end
  for key in pairs(keys) do
    if #title > #key and title:sub(-#key) == key and utf8.len(title) <= 12 then return true end
  end
  return false
end

local function under_headings(doc, list, named, keys, facts)
  for k, h in ipairs(list) do
    if h.b and is_member(h.title, named, keys) then
      local stop = list[k + 1] and list[k + 1].b and list[k + 1].b.si or #doc.shown
      rules_of(doc, h.title, clause_from(doc, h.b.sj), stop, facts)
    end
  end
end

-- “村级防线”,由...: a quoted member at the head of a paragraph.
local function behind_names(doc, named, keys, facts)
  for _, b in ipairs(doc.blocks) do
    if KINDS[b.kind] and doc.shown:sub(b.si, b.si + 2) == "“" then
      local close = doc.shown:find("”", b.si, true)
      local name = close and close <= b.sj and close - b.si < 40 and doc.shown:sub(b.si + 3, close - 1)
      if name and is_member(name, named, keys) then
        rules_of(doc, name, clause_from(doc, close + 3), b.sj, facts)
      end
    end
  end
end

local function scan(doc, facts)
  local out = {}
  local named, keys = names_of(facts or {})
  if next(named) == nil and next(keys) == nil then return out end
  under_headings(doc, headings(doc, facts), named, keys, out)
  behind_names(doc, named, keys, out)
  return out
end

return {
  rule {
    "rule.scheme",
    description = "what the members of a scheme rule: the sentences under their headings",
    scan = scan,
    counterexamples = { "由楼长登记。" },
  },
}
