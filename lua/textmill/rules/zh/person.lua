-- People spoken of, with what they are.
--
--   镇党委书记 李明      role, then name        李明 同志, 王某, 高女士
--   党员 甲、乙、丙      one role for a list    副镇长甲、武装部长乙
--
-- The role is the noun that stands before the name and runs left through the
-- words of its office: 河湾村|党支部|书记.

local core = require "textmill.core"
local rule = require "textmill".rule
local names = require "textmill.rules.zh.names"
local people = require "textmill.rules.zh.people"
local roles = require "textmill.rules.zh.roles"
local strangers = require "textmill.rules.zh.strangers"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local BODY <const> = people.BODY

-- 王某(副镇长): the office in brackets behind the name that was found last. The token behind.
local function bracketed(doc, facts, k, labelled)
  if doc.words[k] ~= "(" then return k end
  local a, b = roles.at(doc, k + 1)
  while a and doc.words[b + 1] == "、" do -- 镇党委副书记、镇长
    local _, e = roles.at(doc, b + 2)
    if not e then return k end
    b = e
  end
  if not a or doc.words[b + 1] ~= ")" then return k end
  facts[#facts + 1] = people.also(doc, facts[#facts], doc:span(a), select(2, doc:span(b)))
  facts[#facts].nearer = labelled -- than a label that many share
  return b + 2
end

-- 国土|所, 林业站: no name, but a body.
local DIVISIONS <const> = set "镇 乡 村 县 区 市 州 旗"
local NOUNS <const> = set "n nt j b vn"
local function of_body(doc, k, name, nxt)
  if utf8.len(name) > 2 and DIVISIONS[name:sub(-3)] and NOUNS[doc.tags[nxt]] then return true end -- 古劳镇|党委
  return roles.SEATS[doc.words[nxt]] or (doc.words[k] or "") == name
    and doc.tags[k] ~= "nr" and roles.SEATS[name:sub(-3)]
end

local function behind_blank(doc, k)
  return doc.tags[k] == "blank" and not doc.words[k]:find "\n" and k + 1 or k
end

-- Names that go on behind one: 、乙和丙. Appends facts; the same role for all. spaced: behind
-- a colon blanks part them, too (成员:甲 乙 丙).
local PARTING <const> = set "、 和 与 及 以及"
local function continue_list(doc, facts, k, ra, rk, spaced)
  for _ = 1, 40 do
    k = bracketed(doc, facts, k, spaced)
    local w = doc.words[k] or ""
    if not PARTING[w] and not (spaced and (doc.tags[k] == "blank" or w == ",") and not w:find "\n") then
      return k
    end
    local name, ni, nj, nxt = names.at(doc, k + 1, "row")
    -- 保洁员甲、水管员乙; 所长甲、国土[所]工作人员乙; 医生甲、公卫医生乙
    if not name or roles.NOUNS[name] or roles.NOUNS[doc.words[k + 1]]
      or roles.NOUNS[doc.words[nxt]] and names.at(doc, behind_blank(doc, nxt + 1), "role")
      or of_body(doc, k + 1, name, nxt) then return k end
    facts[#facts + 1] = people.fact(doc, name, ni, nj, ra, rk)
    k = nxt
  end
  return k
end

-- 人员[许可证]: a word of its own is no name.
local function full_name(doc, k, name)
  local tag, verbal = doc.tags[k], doc.tags[k + 1] == "v" and utf8.len(doc.words[k + 1] or "") == 2
  if name:find("某", 1, true) or names.familiar(doc, k) or strangers.short(name) then return true end
  return not verbal and utf8.len(name) > 2 and ((doc.words[k] or "") ~= name or tag == "nr" or tag == "nz")
end

-- Roles that more often stand for many: 职工和..., 当事人未达成. A name behind one is of characters
-- of names, and its surname no function word.
local MANY <const> = set [[职工 市民 居民 领导 会员 工作人员 被告人 被告 原告 当事人 申请人 责任人 学生 教师 员工 干部 专家 农民 农户 商户 患者 家长 代表
  青年 户主 业主 法人 住户 客商 运动员 党员 志愿者 医生 老人 会计 执法人员 检查人员 医务人员 医护人员 社员 干警 演员 球员 残疾人 病人 产妇 孕妇
  妇女 汉子 老乡 后生 学员 毕业生 华侨 消费者 顾客 乡民 家属 网友 旗手 获得者 购房者 求职者 媳妇 太太 夫人 搬迁户 移民户 示范户 同桌 首席 人士 移民
  拆迁户 征迁户 动迁户 执勤人员 值班人员 值守人员 防疫人员 巡逻人员 安保人员 技术人员 管理人员 施工人员 驻村人员 返乡人员]]
local function of_many(doc, k, nk, name)
  if not (MANY[doc.words[k]] or MANY[(doc.words[k - 1] or "") .. (doc.words[k] or "")]) then return false end
  return name:find("某", 1, true) == nil and not names.familiar(doc, nk) and not names.likely(doc, nk, name)
    and not strangers.spelled(name)
end

-- 组长:某某: roles that name who has them behind a colon, by their last two characters.
local HEADED <const> = set "组长 队长 指挥 挥长 主任 系人 责人 成员"

-- 村支书、村主任的90后[小伙]甲: the office before what anybody may be, as tokens.
local ANYBODY <const> = set "小伙 小伙子 姑娘 后生 汉子 青年"
local FARTHEST_OFFICE <const> = 5 -- tokens
local function office_of(doc, ra, rk)
  for e = ra, math.max(2, ra - FARTHEST_OFFICE), -1 do
    if doc:tag(e) == "w" then break end
    local a, b
    if doc:word(e) == "的" then a, b = roles.ending(doc, e - 1) end
    if a then return a, b end
  end
  return ra, rk
end

-- 优秀共产党员(5名):甲、乙: the token behind how many there are, where a colon follows.
local LONGEST_COUNT <const> = 4 -- tokens
local function behind_count(doc, k)
  for e = k + 1, k + LONGEST_COUNT do
    if doc.words[e] == ")" then return doc.tags[k + 1] == "m" and doc.words[e + 1] == ":" and e + 1 or k end
  end
  return k
end

local MASTER <const> = "师"

-- Role, then name, then perhaps more names. The first fact's number, the token behind
-- them, the role's first token; nil when there is none.
local function after_role(doc, k, facts)
  local ra, rk, trade = roles.ending(doc, k)
  if not ra then return end
  local nk, headed = behind_blank(doc, k + 1), nil
  local nw = doc.words[nk]
  if nw == "”" then nk = nk + 1
  elseif nw == "(" then
    local colon = behind_count(doc, nk)
    headed, nk = colon > nk, colon
  elseif nw == ":" then
    headed = HEADED[((doc.words[k - 1] or "") .. (doc.words[k] or "")):sub(-6)]
  end
  if headed then nk = nk + (doc.tags[nk + 1] == "blank" and 2 or 1) end
  local name, ni, nj, nxt = names.at(doc, nk, "role")
  if not name or trade and not full_name(doc, nk, name) then return end
  if nw == MASTER and roles.NOUNS[doc.words[k] .. MASTER] then return end -- 兽医|师
  local agent = trade and roles.AGENTS[(doc.words[k] or ""):sub(-3)] and not name:find("某", 1, true)
  if agent and not names.likely(doc, nk, name) then return end
  if not headed and of_many(doc, k, nk, name) then return end
  if roles.BECOMES[doc.words[nk]] and roles.at(doc, nk + 1) then return end -- 镇党委书记任政委
  if ANYBODY[doc.words[rk]] then ra, rk = office_of(doc, ra, rk) end
  local from = #facts + 1
  facts[from] = people.fact(doc, name, ni, nj, ra, rk)
  if doc:span(ra) > facts[from].spans.role[1] then -- 书记、[主任甲]: the nearer alone, too
    facts[#facts + 1] = people.also(doc, facts[from], doc:span(ra), select(2, doc:span(rk)))
  end
  return from, continue_list(doc, facts, nxt, ra, rk, headed), ra
end

-- 任组长 may be one word of the lexicon: the office behind the verb in it, as bytes.
local function office_within(doc, k)
  local w = doc.words[k] or ""
  if w:sub(1, 3) ~= "任" or not roles.NOUNS[w:sub(4)] then return nil end
  local i, j = doc:span(k)
  return i + 3, j
end

-- 组长由[镇长甲、书记乙]担任, 组长由县里派来的[镇长甲]担任: the role before 由, as bytes.
local FARTHEST_BY <const> = 8 -- tokens
local function filled(doc, f)
  local k = doc:token_at(f.at[1])
  for e = k - 1, math.max(2, k - FARTHEST_BY), -1 do
    if (doc.tags[e] or "w") == "w" then return nil end
    local a, b
    if doc.words[e] == "由" then a, b = roles.ending(doc, e - 1) end
    if a then return doc:span(a), select(2, doc:span(b)) end
  end
end

local FILLS <const> = set "担任 兼任"
-- 书记甲、镇长乙[任双组长]: the office of all who are named in a row before token k.
local function appoint(doc, facts, from, k)
  if doc.words[k] == "同志" then k = k + 1 end
  local a, b, i, j = nil, nil, office_within(doc, k)
  if roles.BECOMES[doc.words[k]] then a, b = roles.at(doc, k + 1) end
  if a then i, j = doc:span(a), select(2, doc:span(b))
  elseif FILLS[doc.words[k]] and facts[from] then i, j = filled(doc, facts[from]) end
  for n = from, i and #facts or 0 do
    if not facts[n].office then
      facts[#facts + 1] = people.also(doc, facts[n], i, j)
      facts[#facts].formed = doc.words[k] == "为" or nil
    end
  end
end

-- 王某: anonymised, whatever stands before.
local function anonymised(doc, facts)
  local p = 1
  while true do
    local at = doc:find("某", p)
    if not at then return end
    p = at + 3
    local surname = at > 3 and doc.shown:sub(at - 3, at - 1)
    local b = surname and doc:shown_block(at)
    local known = b and (surname == strangers.PREFIX or names.is_surname(doc, surname))
    if b and BODY[b.kind] and at - 3 >= b.si and known then
      local k = doc:token_at(at - 3)
      local name, ni, nj
      if doc:span(k) == at - 3 then name, ni, nj = names.at(doc, k, "role") end
      if name and name:find("某", 1, true) and not roles.OF_AUTHORS[doc.words[k - 1]] then
        facts[#facts + 1] = people.fact(doc, name, ni, nj, roles.ending(doc, k - 1))
      end
    end
  end
end

-- What tokens begin with that may stand between a role and a name.
local BETWEEN <const> = core.char_bits { "”", ":" } -- and blanks

-- 优秀共产党员(5名):甲、乙: labels that say how many they are of
local COUNTED <const> = { "名):", "人):", "位):" }
local function counted_lists(doc, facts)
  for at in doc:each_of(COUNTED, BODY) do
    local k = doc:token_at(at)
    for e = k - 1, math.max(2, k - LONGEST_COUNT), -1 do
      if doc.words[e] == "(" then
        after_role(doc, e - 1, facts)
        break
      end
    end
  end
end

local function scan_roles(doc)
  -- most tokens that end like a role have no name behind them
  local facts, places = {}, doc:tokens_ending(roles.LAST, BODY, names.openers(doc), BETWEEN) or {}
  anonymised(doc, facts)
  counted_lists(doc, facts)
  local block, row, behind -- first fact of the people named in a row, the token behind them
  for n = 1, #places, 2 do
    local k = places[n]
    local from, nxt, ra = after_role(doc, k, facts)
    if from then
      if places[n + 1] ~= block then block, row, behind = places[n + 1], nil, nil end
      if not (behind and ra == behind + 1 and doc.words[behind] == "、") then row = from end
      behind = nxt
      appoint(doc, facts, row, nxt)
    end
  end
  return facts
end

return {
  rule {
    "person.role",
    description = "a role and the name behind it, or several: 村支部书记李明, 党员甲、乙",
    scan = scan_roles, cues = { "某", table.unpack(COUNTED) },
    examples = {
      ["河湾村党支部书记刘建国带领党员值守。"] = { name = "刘建国", role = "河湾村党支部书记" },
      ["副镇长王芳在现场。"] = { name = "王芳", role = "副镇长" },
      ["居民吴某外出。"] = { name = "吴某", role = "居民" },
      ["党员张大山、李小河、陈东各捐款。"] = { name = "陈东", role = "党员" },
      ["志愿者欧阳明月送药。"] = { name = "欧阳明月", role = "志愿者" },
      ["镇党委书记丁大海、镇长方小云任双组长。"] = { name = "丁大海", role = "双组长" },
      ["优秀党员(2名):丁大海、方小云。"] = { name = "方小云", role = "党员" },
      ["成员:丁大海 方小云 于岩"] = { name = "方小云", role = "成员" },
      ["组织由副镇长方小云任组长的专班。"] = { name = "方小云", role = "组长" },
      ["镇长助理边巧云作报告。"] = { name = "边巧云", role = "镇长助理" },
      ["乡长扎西多吉参加。"] = { name = "扎西多吉", role = "乡长" },
      ["组长:丁大海(镇长)、方小云(镇人大主席)。"] = { name = "方小云", role = "镇人大主席" },
    },
    counterexamples = { "组织党员干部和群众开展工作。", "镇长任总河长。", "职工和驻地官兵参加。", "被告人明知是赃物。", "书记高度重视。", "记者周某报道。" },
  },
}
