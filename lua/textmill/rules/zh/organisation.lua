-- Organisations: their names, by the grammar of organisation_names.lua; who leads them, of whom a
-- team consists.
--
--   [镇 党委 政府]  [防汛 抗旱 指挥部]        name
--   由镇长任组长的防汛领导小组                 structure
--   由一名医生、一名护士、一名司机             team

local core = require "textmill.core"
local clauses = require "textmill.rules.zh.clauses"
local names = require "textmill.rules.zh.organisation_names"
local near = require "textmill.rules.zh.organisation_near"
local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local set = require "textmill.rules.zh.vocabulary".set

local organisation = {}

local HEAD <const>, SHORT <const>, COMPANY <const> = names.HEAD, names.SHORT, names.COMPANY
local NOUN <const> = set "n nr ns nt nz j vn b g x eng an nrt nrfg s"

-- “红马甲”志愿服务队: the quoted name before it. Where it opens, else i; first: of its block.
local QUOTED_HEADS <const> = set "队 会 站 室 组 社 班 家 院 店"
local function with_quote(doc, i, j, first)
  if not QUOTED_HEADS[doc.shown:sub(j - 2, j)] or doc.shown:sub(i - 3, i - 1) ~= "”" then return i end
  local from = math.max(1, i - 36)
  local open = doc.shown:sub(from, i - 4):match ".*()“"
  if not open or from + open - 1 < first then return i end
  return from + open - 1
end

local KINDS <const> = core.block_kinds { paragraph = true, list = true, caption = true, heading = true }

local FITS <const>, QUOTED <const>, VILLAGE <const>, TASK <const> = names.FITS, names.QUOTED, names.VILLAGE,
  names.TASK
local LISTED <const>, OF_COMPANY <const>, EVERY <const> = names.LISTED, names.OF_COMPANY, names.EVERY

-- Names are said again with what is before them: 镇集中隔离点, 集中隔离点.
local function fact(doc, i, j, company)
  local at = { i, j }
  return { type = "organisation", name = doc.shown:sub(i, j), kind = company and "company" or "body", at = at,
           spans = { name = at } }
end

-- The items listed with the name i..j found, where the walk finds none itself.
local function add_neighbours(doc, found, i, j, c)
  local facts, taken = found.facts, found.taken
  for _, span in ipairs(near.neighbours(doc, i, j, c, found.walked)) do
    if not taken[span[2]] then
      taken[span[2]] = true
      facts[#facts + 1] = fact(doc, span[1], span[2], COMPANY[doc.shown:sub(span[2] - 2, span[2])])
    end
  end
end

-- 下圩村|党支部: a body of a village that the document names; not its secretary. e: its last token.
local function of_village(doc, i, e, stems, c)
  local nxt = doc.words[e + 1] or ""
  if nxt:find "书记" or nxt:find "主任" or nxt == "副" then return false end
  return near.start(doc, i, stems, c.i) < i
end

-- Is the name at bytes i..j one by what stands around it? “护秋”[服务队]: a head that is no name of its own,
-- behind what it is called.
local function named(doc, name, i, j, c, stems)
  local bits, k = name.bits, name.last
  if bits & QUOTED ~= 0 and name.first == k and utf8.len(doc.words[k]) > 1
    and with_quote(doc, i, j, c.block.si) < i then return true end
  return bits & VILLAGE ~= 0 and of_village(doc, i, k, stems, c)
end

-- A name that was found, added to the others; c: its clause.
local function add(doc, found, i, j, bits, c)
  if bits & EVERY ~= 0 then i = i - #"村" end
  if #found.stems[2] > 0 then i = near.start(doc, i, found.stems, c.i) end
  i = with_quote(doc, i, j, c.block.si)
  if found.taken[j] then return end
  found.taken[j] = true
  found.facts[#found.facts + 1] = fact(doc, i, j, bits & OF_COMPANY ~= 0)
  if bits & LISTED ~= 0 then add_neighbours(doc, found, i, j, c) end
end

-- 县法院|巡回法庭: the name found last goes on to byte j, since a task alone stands between.
local function prolong(doc, found, j, company)
  local facts = found.facts
  facts[#facts] = fact(doc, facts[#facts].at[1], j, company)
  found.taken[j] = true
end

-- The names of one of the lists of names.of; clause_of(n): the clause that an entry says.
local function add_names(doc, list, clause_of, found)
  for p = 1, #list, names.COLUMNS do
    local k, first, last, bits = list[p], list[p + 2], list[p + 3], list[p + 6]
    local i, j = list[p + 4], list[p + 5]
    if k <= found.reached then goto continue end
    if first > found.reached then
      local c = clause_of(list[p + 1])
      local fits = bits & FITS ~= 0
        or named(doc, { first = first, last = last, bits = bits }, i, j, c, found.stems)
      if fits then
        add(doc, found, i, j, bits, c)
        found.reached = last
      end
    elseif bits & TASK ~= 0 and #found.facts > 0 and k - found.reached == 2 then
      prolong(doc, found, j, bits & OF_COMPANY ~= 0)
      found.reached = last
    end
    ::continue::
  end
end

local function scan_names(doc, known)
  local found = { facts = {}, reached = 0, taken = {}, walked = {}, stems = near.stems(known) }
  local in_titles, in_clauses = names.of(doc, KINDS)
  add_names(doc, in_titles, function(n)
    local b = doc.blocks[n]
    return { i = b.si, j = b.sj, block = b }
  end, found)
  found.reached = 0
  local all = clauses.of(doc)
  add_names(doc, in_clauses, function(n) return all[n] end, found)
  return found.facts
end

-- ---- who leads it, of whom it consists -----------------------------------------

local LEADS <const> = clauses.wait "任 为 担任 兼任 任组长 任双 双组长"
local BY <const> = set "由 以"
local POSTS <const> = { "组长", "指挥长", "队长", "主任", "书记", "总指挥", "会长", "班长", "校长", "理事长", "政委", "副组长" }

-- The post named right behind token k, or nil.
local function post(doc, k, c)
  local from = doc:span(k)
  local rest = doc.shown:sub(from, math.min(c.j, from + 26))
  for _, p in ipairs(POSTS) do
    local at = rest:find(p, 1, true)
    if at and at <= 13 and not rest:sub(1, at - 1):find "、" and not rest:sub(1,
      at - 1):find "的" then return p end
  end
end

-- What is kept of a clause: its last 由 so far, how far it was looked for, the last one with a post behind it.
local LED <const>, BEFORE <const> = {}, {}

-- The last 由 or 以 of the clause with one of LEADS behind it.
local function led_to_end(doc, c)
  local led = false
  for e = c.b, c.a, -1 do
    led = led or LEADS[doc.words[e]]
    if led and BY[doc.words[e]] then return e end
  end
end

-- Where 由... or 以... begins before token k, also in the clause before.
local function led_by(doc, k, c)
  local by, known = c[BY], c[LED]
  if known and known > k then by, known = nil, nil end
  for e = known or c.a, k - 1 do -- those before were looked at for the last k of this clause
    if BY[doc.words[e]] then by = e end
  end
  c[BY], c[LED] = by, k
  if by then return by, c end
  local prev = clauses.before(doc, c)
  if not prev then return nil end
  if prev[BEFORE] == nil then prev[BEFORE] = led_to_end(doc, prev) or false end
  return prev[BEFORE] or nil, prev
end

-- The organisation named in the clause behind 的, or in the clause before.
local function last_name(doc, k, c)
  local last
  for e = k, c.b do
    if HEAD[doc.words[e]] and not SHORT[doc.words[e]] or doc.words[e] == "组" then last = e end
  end
  return last
end

-- 镇长李明任总指挥,副镇长周青任副总指挥: heads of a body that is named before; those of
-- an office (任书记) are somebody's posts.
local OF_BODY <const> = set "组长 总指挥 指挥长"
local NAMED_BY <const> = { nr = true }
local function heads(doc, k, c, role)
  if not OF_BODY[role] or doc.words[k] == "为" then return nil end
  if c[NAMED_BY] == nil then c[NAMED_BY] = clauses.has_tag(doc, c.a, c.b, NAMED_BY) or false end
  if not c[NAMED_BY] or c[NAMED_BY] >= k then return nil end
  local nxt = clauses.behind(doc, c)
  local more = nxt and clauses.first(doc, nxt.a, nxt.b, LEADS)
  return c.a, more and post(doc, more, nxt) and nxt.b or c.b
end

-- ...任副总指挥,各村书记为成员: the last token of what follows the heads.
local MEMBERS <const> = { "为成员", "任成员", "组成" }
local function with_members(doc, c)
  local nxt = clauses.behind(doc, c)
  return nxt and text.ends(doc.shown:sub(nxt.i, nxt.j), MEMBERS) and nxt.b or c.b
end

-- 专班成员包括甲、乙和丙: who is in it.
local CONSISTS <const> = clauses.wait "包括 由 有"
local function scan_members(doc)
  local facts = {}
  for k, c in clauses.told(doc, CONSISTS) do
    local behind = k > c.a and k - c.a <= 4 and doc.words[k - 1] == "成员"
    local several = behind and clauses.word(doc, k, c.b, "、")
    if behind and k < c.b and (several or text.ends(doc.shown:sub(c.i, c.j), MEMBERS)) then
      local i, j = clauses.trim(doc, c.a, c.b)
      facts[#facts + 1] = { type = "organisation", subtype = "structure", name = doc.shown:sub(i, j),
                            role = "成员", at = { i, j }, spans = { trigger = { doc:span(k) } } }
    end
  end
  return facts
end

local function scan_structure(doc)
  local facts, reached = {}, 0
  for k, c in clauses.with(doc, LEADS) do
    local role = k > reached and post(doc, k, c)
    if role then
      local from, first = led_by(doc, k, c)
      local last = from and last_name(doc, k, c)
      if from and not last then -- 成立委员会,由校长任主任,家长任副主任
        last = c.b
        local nxt = clauses.behind(doc, c)
        local more = nxt and clauses.first(doc, nxt.a, nxt.b, LEADS)
        if more and post(doc, more, nxt) then last = with_members(doc, nxt) end
        local prev = from == first.a and clauses.before(doc, first)
        local name = prev and HEAD[doc.words[prev.b]] and names.start(doc, prev.b, prev)
        if name then from = name end
      elseif last and from ~= k then -- two posts: A任组长,B为指挥长的...
        local nxt = clauses.behind(doc, c)
        local more = last <= k + 3 and nxt and clauses.first(doc, nxt.a, nxt.b, LEADS)
        if more and post(doc, more, nxt) then last = last_name(doc, more, nxt) or nxt.b end
      end
      if not from then from, last = heads(doc, k, c, role) end
      if from then
        reached = last
        local i, j = clauses.trim(doc, from, last)
        facts[#facts + 1] = { type = "organisation", subtype = "structure", name = doc.shown:sub(i, j),
          role = role,
                              at = { i, j }, spans = { trigger = { doc:span(k) } } }
      end
    end
  end
  return facts
end

local BY_WHOM <const> = clauses.wait "由"
local ONE <const> = { ["名"] = true, ["位"] = true }

local function counted_next(doc, k) return doc.tags[k + 1] == "m" end

-- 1名民警、2名教师、4名家长为一组: how many of each make one group.
local AS_ONE <const> = { "为一组", "为一队", "为一个小组", "一组", "一队", "组成" }
local COUNTED <const> = { ["名"] = true, ["位"] = true, ["个"] = true }
local function scan_groups(doc)
  local facts, reached = {}, 0
  for at, _, word in doc:each_of(AS_ONE, { paragraph = true, list = true }) do
    local c = at > reached and clauses.at(doc, at)
    local last = c and doc:token_at(at)
    local first, kinds, by = nil, 0, nil
    for e = c and c.a or 1, c and last - 1 or 0 do
      if doc.tags[e] == "m" and COUNTED[doc.words[e + 1]] then
        first, kinds = first or e, kinds + 1
      end
      by = by or doc.words[e] == "由"
    end
    if kinds >= 2 and not by and clauses.word(doc, first, last, "、") then
      local i = doc:span(first)
      reached = math.min(c.j, at + #word - 1)
      facts[#facts + 1] = { type = "organisation", subtype = "team", name = doc.shown:sub(i, at - 1),
                            value = kinds, at = { i, reached }, spans = { trigger = { at, reached } } }
    end
  end
  return facts
end

-- 由一名A、一名B、一名C: three kinds of members at least.
local function scan_teams(doc)
  local facts = {}
  for k, c in clauses.with(doc, BY_WHOM, nil, nil, counted_next) do
    local n, e = 0, k + 1
    while e < c.b and doc.tags[e] == "m" and (ONE[doc.words[e + 1]] or ONE[doc.words[e]:sub(-3)]) do
      n = n + 1
      while e < c.b and doc.words[e] ~= "、" and NOUN[doc.tags[e + 1]] or ONE[doc.words[e + 1]] do
        e = e + 1
      end
      if doc.words[e + 1] ~= "、" then break end
      e = e + 2
    end
    if n >= 3 then
      local i, j = clauses.trim(doc, k, e)
      facts[#facts + 1] = { type = "organisation", subtype = "team", name = doc.shown:sub(i, j), value = n,
                            at = { i, j }, spans = { trigger = { doc:span(k) } } }
    end
  end
  return facts
end

organisation[1] = rule {
  "organisation.name",
  description = "organisations by the heads of their names: ...指挥部, ...公司, ...服务队",
  scan = scan_names,
  examples = {
    ["组建青年志愿服务队。"] = { name = "青年志愿服务队" },
    ["上报县应急管理局。"] = { name = "县应急管理局" },
    ["请派出所支援。"] = { name = "派出所" },
    ["由县卫健局牵头。"] = { name = "县卫健局" },
    ["县法院巡回法庭来了。"] = { name = "县法院巡回法庭" },
    ["下设水源监测组。"] = { name = "水源监测组" },
    ["下设查险组、物资保障组。"] = { name = "查险组" },
    ["东风机械公司复工。"] = { name = "东风机械公司", kind = "company" },
  },
  counterexamples = { "各小组分头行动。", "他排队买药。", "这一点很重要。" },
}
organisation[2] = rule {
  "organisation.structure",
  description = "who leads it: 由...任组长的...",
  scan = scan_structure, needs = POSTS,
  examples = { ["成立由县长任组长的抗旱领导小组。"] = { subtype = "structure", role = "组长" },
               ["镇长李明任总指挥。"] = { subtype = "structure", role = "总指挥" } },
  counterexamples = { "李明任书记。", "他担任过教师。", "由小变大。" },
}
organisation[3] = rule {
  "organisation.team",
  description = "of whom a team consists: 由一名...、一名...、一名...",
  scan = scan_teams, needs = { "名", "位" },
  examples = { ["由一名医生、一名护士、一名司机上门接送。"] = { subtype = "team", value = 3 } },
  counterexamples = { "由一名医生负责。" },
}
organisation[4] = rule {
  "organisation.group",
  description = "how many of each make one group: 1名医生、2名护士为一组",
  scan = scan_groups, needs = AS_ONE,
  examples = { ["2名司机、3名护士为一组。"] = { subtype = "team", value = 2 } },
  counterexamples = { "3名学生分在第一组。" },
}
organisation[5] = rule {
  "organisation.members",
  description = "who is in it: 专班成员包括...",
  scan = scan_members, needs = { "成员" },
  examples = { ["小组成员包括医生、教师和司机。"] = { subtype = "structure", role = "成员" } },
  counterexamples = { "成员有20人。", "材料包括表格、照片。" },
}

return organisation
