-- People of rosters and lists, whose office stands behind the name.
--
--   组　长:丁大海　镇党委书记       a line each, the label once for all below it
--          方小云　镇长
--   调解员有:丁大海(司法所长)、于岩(村治保主任)
--   丁大海书记、方小云镇长分别带队

local rule = require "textmill".rule
local given = require "textmill.rules.zh.given"
local names = require "textmill.rules.zh.names"
local people = require "textmill.rules.zh.people"
local roles = require "textmill.rules.zh.roles"
local text = require "textmill.rules.zh.text"
local set = require "textmill.rules.zh.vocabulary".set

local BODY <const> = people.BODY

-- rosters ----------------------------------------------------------------------

local LABELS <const> = set [[组长 副组长 常务副组长 成员 总指挥 副总指挥 指挥长 副指挥长 常务副指挥长 政委 主任 副主任 队长 副队长 委员
  顾问 秘书长 会长 副会长 召集人 牵头领导 责任领导 总河长 副总河长 河长 林长 副林长 总林长 网格长 名誉会长 理事长 副理事长 团长 副团长 主席 副主席]]
local COLONS <const> = { ":" }
local LONGEST_LINE <const> = 150 -- bytes

-- The words of shown[i, j] that blanks part: { text, i, j } each.
local function words_of(shown, i, j)
  local list = {}
  local line = shown:sub(i, j):gsub("\u{3000}", "   ")
  for a, w, b in line:gmatch "()(%S+)()" do list[#list + 1] = { text = w, i = i + a - 1, j = i + b - 2 } end
  return list
end

local function is_name(doc, s)
  local n = utf8.len(s)
  if not n or #s ~= 3 * n or n < 2 or n > 4 then return false end
  local compound = n > 2 and names.is_surname(doc, s:sub(1, 6))
  return compound or n < 4 and (names.is_surname(doc, s:sub(1, 3)) or given.RARE_SURNAMES[s:sub(1, 3)])
end

local OFFICE_TAILS <const> = { 4 * 3, 3 * 3, 2 * 3 }
local function is_office(s)
  for _, bytes in ipairs(OFFICE_TAILS) do
    if #s >= bytes and roles.NOUNS[s:sub(-bytes)] then return true end
  end
  return false
end

-- The name that the words begin with, perhaps as two of one character, and the number of the next.
local function name_of(doc, list)
  local a, b = list[1], list[2]
  if not a then return nil end
  if b and #a.text == 3 and #b.text == 3 and is_name(doc, a.text .. b.text) then
    return { text = a.text .. b.text, i = a.i, j = b.j }, 3
  end
  if is_name(doc, a.text) and not roles.NOUNS[a.text] then return a, 2 end
end

local function person(name, role)
  return { type = "person", name = name.text, role = role.text, office = true,
    spans = { name = { name.i, name.j }, role = { role.i, role.j } },
    at = { math.min(name.i, role.i), math.max(name.j, role.j) } }
end

-- One line of a roster: the label it has, or the one above.
local function entry(doc, i, j, label, facts)
  local shown = doc.shown
  local colon = text.first(shown:sub(i, j), COLONS, 1)
  if colon then
    local own = words_of(shown, i, i + colon - 2)
    local said = ""
    for _, w in ipairs(own) do said = said .. w.text end
    label = LABELS[said] and { text = said, i = own[1].i, j = own[#own].j } or nil
    i = i + colon
  end
  local list = label and words_of(shown, i, j) or {}
  local name, nxt = name_of(doc, list)
  local office = name and list[nxt]
  if not office or #list ~= nxt or not is_office(office.text) then return label end
  facts[#facts + 1] = person(name, label)
  facts[#facts + 1] = person(name, office)
  return label
end

local function scan_rosters(doc)
  local facts, label = {}, nil
  for _, b in ipairs(doc:has_any(COLONS) and doc.blocks or {}) do
    local long = b.sj - b.si > LONGEST_LINE and not doc.shown:sub(b.si, b.sj):find("\n", 1, true)
    if not BODY[b.kind] or long then label = nil
    else
      local i = b.si
      while i <= b.sj do
        local stop = doc.shown:find("\n", i, true) or b.sj + 1
        local j = math.min(stop - 1, b.sj)
        label = j - i <= LONGEST_LINE and entry(doc, i, j, label, facts) or nil
        i = stop + 1
      end
    end
  end
  return facts
end

-- names with their offices in brackets ---------------------------------------------

local BRACKET <const> = { "(" }
local BEFORE_NAME <const> = set ": 、 , 。 有 是 和 与 及"
local POINTS <const> = set "· • ・"
local FARTHEST_NAME <const> = 6 -- tokens

-- The name that ends right before token k and stands free or behind a sign of lists.
local function free_name(doc, k)
  for e = k - 1, math.max(1, k - FARTHEST_NAME), -1 do
    if doc:tag(e) == "w" and not POINTS[doc:word(e)] or doc:tag(e) == "blank" then return nil end
    if BEFORE_NAME[doc:word(e - 1)] or text.edge(doc.shown, doc:span(e) - 1) then
      local name, i, j, nxt = names.at(doc, e, "row")
      if name and nxt == k then return people.fact(doc, name, i, j) end
      i, j = doc:span(e), doc:span(k) - 1
      name = doc.shown:sub(i, j)
      return names.whole(doc, name) and people.fact(doc, name, i, j) or nil
    end
  end
end

-- (县委常委、副县长): the tokens up to the bracket, where all that points part are offices.
local MOST_OFFICES <const> = 4
local function offices_in(doc, k)
  local a, b = roles.at(doc, k)
  for _ = 2, MOST_OFFICES do
    if not a or doc:word(b + 1) ~= "、" then break end
    local _, e = roles.at(doc, b + 2)
    if not e then return nil end
    b = e
  end
  if a and doc:word(b + 1) == ")" then return a, b end
end

local function scan_brackets(doc)
  local facts, places = {}, doc:tokens_with(BRACKET, BODY) or {}
  for n = 1, #places, 2 do
    local k = places[n]
    local a, b = offices_in(doc, k + 1)
    local f = a and free_name(doc, k)
    if f then
      facts[#facts + 1] = people.hold(doc, f, a, b)
    end
  end
  return facts
end

-- titles behind names ------------------------------------------------------------------

local TITLES <const> = set [[书记 副书记 镇长 副镇长 乡长 副乡长 县长 副县长 区长 副区长 市长 副市长 局长 副局长 主任 副主任 主席 副主席 部长 副部长 校长 副校长
  院长 副院长 所长 副所长 站长 副站长 队长 副队长 大队长 科长 副科长 处长 副处长 会长 副会长 理事长 董事长 总经理 经理 村长 支书 教授 研究员 老师 医生 法官 警官
  检察官 秘书长 州长 副州长 盟长 旗长 第一书记 委员 组长 副组长 社长 台长 馆长 园长 行长 律师 工程师 技术员 农艺师 教练 主播 总工 园长 博士 专家 同学]]
local NAMELY <const> = set "nr g nz"
local MANY_BEHIND <const> = set "们 和 级"

-- 丁大海|书记: a full name of three characters, or one that the lexicon has.
local function scan_titles(doc)
  local facts, places = {}, doc:tokens_with(TITLES, BODY) or {}
  for n = 1, #places, 2 do
    local k = places[n]
    local f = k > 1 and people.before(doc, k)
    local e = f and doc:token_at(f.at[1])
    local sure = f and (utf8.len(f.name) > 2 or NAMELY[doc:tag(e)] and NAMELY[doc:tag(k - 1)])
    if sure and names.likely(doc, e, f.name) and not MANY_BEHIND[doc:word(k + 1)]
      and not names.at(doc, k + 1, "role") and not roles.ending(doc, e - 1) then
      facts[#facts + 1] = people.hold(doc, f, k, k)
    end
  end
  return facts
end

return {
  rule {
    "person.roster",
    description = "lines of a roster: 组长:丁大海 镇党委书记",
    scan = scan_rosters, needs = COLONS,
    examples = { ["副组长:方小云 副镇长"] = { name = "方小云", role = "副镇长" } },
    counterexamples = { "联系人:方小云 13900000000", "议题:丁大海 书记" },
  },
  rule {
    "person.bracketed",
    description = "a name and its office in brackets: 丁大海(司法所长)",
    scan = scan_brackets, needs = BRACKET,
    examples = { ["调解员有:丁大海(司法所长)、于岩(村治保主任)。"] = { name = "于岩", role = "村治保主任" } },
    counterexamples = { "各站所(负责人)到会。" },
  },
  rule {
    "person.titled",
    description = "a full name and a title behind it: 丁大海书记",
    scan = scan_titles, needs = require "textmill.rules.zh.vocabulary".words(TITLES),
    examples = { ["丁大海书记、方小云镇长带队。"] = { name = "方小云", role = "镇长" } },
    counterexamples = { "王家口镇长河村。", "安全书记。" },
  },
}
