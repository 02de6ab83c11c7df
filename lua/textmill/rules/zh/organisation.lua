-- Organisations: their names, by the grammar of organisation_names.lua; who leads them, of whom a
-- team consists.
--
--   [镇 党委 政府]  [防汛 抗旱 指挥部]        name
--   由镇长任组长的防汛领导小组                 structure
--   由一名医生、一名护士、一名司机             team

local clauses = require "textmill.rules.zh.clauses"
local names = require "textmill.rules.zh.organisation_names"
local near = require "textmill.rules.zh.organisation_near"
local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local set = require "textmill.rules.zh.vocabulary".set
local length <const> = utf8.len

local organisation = {}

local HEAD <const>, TASKS <const>, NOUN <const> = names.HEAD, names.TASKS, names.NOUN
local PLACED <const>, COMPANY <const>, BARE_SCOPE <const> = names.PLACED, names.COMPANY, names.BARE_SCOPE
local name_start <const>, whole_head <const>, is_name <const> = names.start, names.head, names.fits
local scope_of <const>, SHORT <const> = names.scope, names.SHORT

local SCOPES <const> = { ["各村"] = 3, ["各镇"] = 3, ["各乡"] = 3, ["各县"] = 3 }
local WIDE <const> = set "局 办 所 站 会 中心"

-- “红马甲”志愿服务队: the quoted name before it. Where it opens, else i.
local QUOTED_HEADS <const> = set "队 会 站 室 组 社 班 家 院 店"
local function with_quote(doc, i, j, c)
  if not QUOTED_HEADS[doc.shown:sub(j - 2, j)] or doc.shown:sub(i - 3, i - 1) ~= "”" then return i end
  local from = math.max(1, i - 36)
  local open = doc.shown:sub(from, i - 4):match ".*()“"
  if not open or from + open - 1 < c.block.si then return i end
  return from + open - 1
end

-- “护秋”[服务队]: a head that is no name of its own, behind what it is called.
local function quoted_name(doc, a, e, c)
  if a ~= e or length(doc.words[e]) < 2 then return false end
  local i, j = doc:span(e)
  return with_quote(doc, i, j, c) < i
end

local KINDS <const> = { paragraph = true, list = true, caption = true, heading = true }

-- Names are said again with what is before them: 镇集中隔离点, 集中隔离点.
local function fact(doc, i, j, head)
  local name = doc.shown:sub(i, j)
  return { type = "organisation", name = name, kind = COMPANY[head] and "company" or "body",
           at = { i, j }, spans = { name = { i, j } } }
end

-- The items listed with the name k found, where the walk finds none itself.
local function add_neighbours(doc, facts, taken, c)
  local own = facts[#facts]
  for _, span in ipairs(near.neighbours(doc, own.at[1], own.at[2], c)) do
    if not taken[span[2]] then
      taken[span[2]] = true
      facts[#facts + 1] = fact(doc, span[1], span[2], doc.shown:sub(span[2] - 2, span[2]))
    end
  end
end

-- 县法院|巡回法庭: does a task alone stand between the name found last and token k?
local function continues(doc, reached, k)
  return k - reached == 2 and TASKS[doc.words[k - 1]] and doc.tags[k - 1]:find "^v" ~= nil
end

-- 下圩村|党支部: a body of a village that the document names; not its secretary.
local VILLAGE_BODIES <const> = set "党支部 党总支 村委会 卫生室 小学"
local function of_village(doc, a, e, stems, c)
  local nxt = doc.words[e + 1] or ""
  if not VILLAGE_BODIES[doc.words[e]] or nxt:find "书记" or nxt:find "主任" or nxt == "副" then return false end
  local i = doc:span(a)
  return near.start(doc, i, stems, c.i) < i
end

-- The clauses of titles, which hold one each.
local function titles(doc)
  local list = {}
  for _, b in ipairs(doc.blocks) do
    if b.kind == "title" and b.sj > b.si then
      local c = { a = doc:token_at(b.si), b = doc:token_at(b.sj), i = b.si, j = b.sj, block = b }
      for k = c.a, c.b do
        if HEAD[doc.words[k]] or doc.tags[k] == "nt" then list[#list + 1] = { k, c } end
      end
    end
  end
  return list
end

-- The name whose head stands at token k, added to what is found; reached: its last token.
local function name_at(doc, k, c, found)
  local facts, taken, stems = found.facts, found.taken, found.stems
  local e = whole_head(doc, k, c)
  local a = name_start(doc, k, c)
  if a and a > c.a and doc.tags[a] ~= "ns" then a = scope_of(doc, a, c) or a end
  if not a and not PLACED[doc.words[e]] or WIDE[doc.words[e]] then a = scope_of(doc, e, c) or a end
  if a and doc.words[e] == "点" and BARE_SCOPE[doc.words[a]] then a = a + 1 end
  if doc.words[e] == "项目" and doc.tags[e + 1] == "m" then return end -- 水利项目28个
  local fits = a and a > found.reached
    and (is_name(doc, a, e) or quoted_name(doc, a, e, c) or of_village(doc, a, e, stems, c))
  if fits then
    local i, j = doc.view:range(a, e)
    local scope = SCOPES[doc.words[a - 1]]
    if scope and a > c.a then i = i - 3 end
    i = with_quote(doc, near.start(doc, i, stems, c.i), j, c)
    if not taken[j] then
      taken[j] = true
      facts[#facts + 1] = fact(doc, i, j, doc.words[e])
      add_neighbours(doc, facts, taken, c)
    end
    found.reached = e
  elseif a and #facts > 0 and a <= found.reached and continues(doc, found.reached, k) then
    local i, j = facts[#facts].at[1], select(2, doc:span(e))
    facts[#facts], found.reached, taken[j] = fact(doc, i, j, doc.words[e]), e, true
  end
end

local function scan_names(doc, known)
  local found = { facts = {}, reached = 0, taken = {}, stems = near.stems(known) }
  for _, head in ipairs(titles(doc)) do
    if head[1] > found.reached then name_at(doc, head[1], head[2], found) end
  end
  found.reached = 0
  for k, c in clauses.with(doc, HEAD, KINDS, "nt") do
    if k > found.reached then name_at(doc, k, c, found) end
  end
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

-- Where 由... or 以... begins before token k, also in the clause before.
local function led_by(doc, k, c)
  for e = k - 1, c.a, -1 do
    if BY[doc.words[e]] then return e, c end
  end
  local prev = clauses.before(doc, c)
  if prev then
    for e = prev.b, prev.a, -1 do
      if BY[doc.words[e]] and clauses.first(doc, e, prev.b, LEADS) then return e, prev end
    end
  end
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
  if not clauses.has_tag(doc, c.a, k - 1, NAMED_BY) then return nil end
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
    local named = k > c.a and k - c.a <= 4 and doc.words[k - 1] == "成员"
    local several = named and clauses.word(doc, k, c.b, "、")
    if named and k < c.b and (several or text.ends(doc.shown:sub(c.i, c.j), MEMBERS)) then
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
        local name = prev and HEAD[doc.words[prev.b]] and name_start(doc, prev.b, prev)
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
