-- Named schemes: a count in the name and what it counts.
--
--   “五带头”  “三道防线”  “两支队伍”  “六个一”  “两不愁三保障”       quoted
--   三级服务网  四级联动机制  五户联保机制                        by their head noun
--
-- Members stand behind the name (即 A、B和C; in brackets; after a colon),
-- before it (A、B、C“五带头”; “镇、村、组”三级...), or apart: headings, quoted
-- names and 一是… items that share the name's last word (members.lua).

local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local measures = require "textmill.rules.zh.measures"
local members = require "textmill.rules.zh.members"
local names = require "textmill.rules.zh.scheme_names"
local set = require "textmill.rules.zh.vocabulary".set

-- Adds s to those of its name, or to the list as the first.
local function merge(by, out, s)
  local first = by[s.name] or s.alias and by[s.alias]
  if not first then
    by[s.name] = s
    if s.alias then by[s.alias] = by[s.alias] or s end
    s.mentions = { s }
    out[#out + 1] = s
    return
  end
  first.mentions[#first.mentions + 1] = s
  local whole = first.count and #s.members == first.count
  if #s.members > #first.members or whole then first.members = s.members end
  first.alias = first.alias or s.alias
end

-- Schemes of one name are one; the first that has members gives them. What is no scheme without
-- members comes last.
local function merged(list)
  local by, out = {}, {}
  for _, soft in ipairs { false, true } do
    for _, s in ipairs(list) do
      if (s.soft or false) == soft then merge(by, out, s) end
    end
  end
  return out
end

-- 个 counts anything: 两个确保 is no other name of 两个提高, without a character
-- that both have behind it.
local ANYTHING <const> = "个"
local function alike(a, b, stem)
  if stem:sub(-#ANYTHING) ~= ANYTHING then return true end
  for _, c in utf8.codes(a:sub(#stem + 1)) do
    if b:find(utf8.char(c), #stem + 1, true) then return true end
  end
  return false
end

-- 两张清单 and 两张表格: the same numeral and measure, one of them without members.
local function join_aliases(list)
  local out, any, empty = {}, {}, {}
  for _, s in ipairs(list) do
    local twin, key
    local _, bytes = names.numeral(s.name)
    local stem = bytes and measures.ALL[s.name:sub(bytes + 1, bytes + 3)] and s.name:sub(1, bytes + 3)
    if stem and s.count and s.count > 1 and utf8.len(s.name) <= 5 then
      key = ("%s %d %d"):format(stem, s.count, utf8.len(s.name))
      local o = (#s.members == 0 and any or empty)[key]
      local lacks = o and (#s.members == 0 or #o.members == 0)
      if lacks and alike(s.name, o.name, stem) then twin = o end
    end
    if twin then
      twin.aliases = twin.aliases or {}
      table.insert(twin.aliases, s.name)
      if #twin.members == 0 then twin.members = s.members end
      for _, m in ipairs(s.mentions) do table.insert(twin.mentions, m) end
    else
      out[#out + 1] = s
      if key then
        any[key] = s
        if #s.members == 0 then empty[key] = s end
      end
    end
  end
  return out
end

local OPENING <const> = set "“ 「 『"
local CLOSING <const> = set "” 」 』"

-- With the quotation marks and brackets that stand around it.
local function with_marks(shown, i, j)
  if OPENING[shown:sub(i - 3, i - 1)] then i = i - 3 end
  if CLOSING[shown:sub(j + 1, j + 3)] then j = j + 3 end
  if shown:sub(j + 1, j + 1) == ")" and shown:sub(i, j):find("(", 1, true) then j = j + 1 end
  return i, j
end

local SENTENCES <const> = { "。", "\n" }
local FARTHEST <const> = 400 -- bytes of a definition

-- Where the scheme is defined: its name and the members that stand with it in
-- one sentence, else its name.
local function definition(doc, m, list)
  local whole = m.joined or m.cited
  if whole then return whole[1], whole[2] end
  local i, j = m.i, math.max(m.j, m.head_end or 0)
  for _, member in ipairs(#m.members > 0 and m.members or list) do
    i, j = math.min(i, member.i), math.max(j, member.j)
  end
  if j - i > FARTHEST or text.first(doc.shown, SENTENCES, i, j) then
    i, j = m.i, math.max(m.j, m.head_end or 0)
  end
  return with_marks(doc.shown, i, j)
end

local function to_fact(doc, s)
  local fact = { type = "scheme", subtype = s.slogan and "slogan" or nil, soft = s.soft, name = s.name,
    count = s.count, members = {},
    mentions = {} }
  if s.alias and s.alias ~= s.name then fact.aliases, fact.full = { s.alias }, s.alias end
  for _, a in ipairs(s.aliases or {}) do
    fact.aliases = fact.aliases or {}
    table.insert(fact.aliases, a)
  end
  for k, m in ipairs(s.members) do fact.members[k] = m.text end
  fact.found = #s.members
  if s.count and s.count > 1 and #s.members == 0 then fact.status = "declared_only" end
  for k, m in ipairs(s.mentions) do
    local i, j = doc:to_clean(definition(doc, m, s.members))
    fact.mentions[k] = { i = i, j = j, quote = doc:display(i, j),
                         captures = { name = { doc:to_clean(m.i, m.j) } } }
  end
  for k, m in ipairs(s.members) do
    fact.mentions[1].captures[("member%d"):format(k)] = { doc:to_clean(m.i, m.j) }
  end
  fact.i, fact.j = fact.mentions[1].i, fact.mentions[1].j
  return fact
end

-- A word of the lexicon by itself, quoted and without members, is no scheme of the
-- text: “四边形”, “三废”.
local NAMELY <const> = set "nz j"
local IDIOM <const>, IDIOM_BYTES <const> = "i", 12 -- “三顾茅庐”: whatever stands before it
local function is_word(doc, s)
  if not s.quoted or s.alias or s.cited or #s.members > 0 and #s.name ~= IDIOM_BYTES then return false end
  local k = doc:token_at(s.i)
  local i, j = doc:span(k)
  local whole = i == s.i and j == s.j and doc:tag(k) ~= "m"
  if not whole or #s.members > 0 then return whole and doc:tag(k) == IDIOM end
  return not (NAMELY[doc:tag(k)] and names.numeral_count(s.name) > 1) -- 三通一平
end

-- 5+X: A、B、C、D、E[五项服务]: what another has as its members is no scheme beside it.
local function taken(list)
  local by = {}
  for _, s in ipairs(list) do
    for _, m in ipairs(s.soft and {} or s.members) do by[m.i] = true end
  end
  return by
end

local function is_soft(s, by)
  return s.soft and (#s.members ~= s.count or by[s.members[1].i])
end

-- “一只口袋”“两张凭证”: one thing is a scheme only beside others, in one of its mentions.
local NEAR <const> = 12 -- bytes between two names
local function beside(list)
  local by, last = {}, nil
  for _, s in ipairs(list) do
    if last and s.i - last.quote_end <= NEAR and s.count ~= last.count then
      by[s.name], by[last.name] = true, true
    end
    last = s
  end
  return by
end

local function scan(doc)
  local list = names.of(doc)
  if #list == 0 then return list end
  local others = beside(list)
  for _, s in ipairs(list) do s.members = s.members or members.find(doc, s) end
  list = join_aliases(merged(list))
  members.share(list)
  local facts, by = {}, taken(list)
  for _, s in ipairs(list) do
    local alone = s.count == 1 and not others[s.name]
    if not alone and not is_word(doc, s) and not is_soft(s, by) then facts[#facts + 1] = to_fact(doc, s) end
  end
  return facts
end

return {
  rule {
    "scheme.named",
    description = "a named scheme, its count and its members: “三道防线”, 四级联动机制",
    scan = scan, cues = { "一手抓", "“", "”", "。", "1", "一" },
    examples = {
      ["带头学习、带头工作、带头奉献“三带头”。"] = { name = "三带头", count = 3, found = 3 },
      ["组建“两支队伍”,即巡逻队和宣传队。"] = { name = "两支队伍", count = 2, found = 2 },
      ["构筑起镇、村、组、户四级联动机制。"] = { name = "四级联动机制", count = 4, found = 4 },
      ["落实“五个一”要求。"] = { name = "五个一", count = 5, status = "declared_only" },
      ["做到“查隐患、抓整改、保平安”。"] = { count = 3, found = 3 },
      ["坚持一手抓生产、一手抓安全。"] = { name = "两手抓", count = 2, found = 2 },
      ["实行“一企一策”服务。"] = { name = "一企一策" },
      ["装窑要走三道工序:先选坯,再码坯,最后封门。"] = { name = "三道工序", found = 3 },
      ["实行“三人共管”——护林员巡、网格员拍、监督员查。"] = { found = 3 },
      ["开展“两查两清”:查车辆、查人员;清路障、清积水。"] = { found = 4 },
      ["坚持“三抓三促”。一抓谋划促储备,二抓招商促落地,三抓服务促投产。"] = { found = 3 },
      ["实施“1234”发展战略。"] = { name = "1234" },
      ["形成“一核两带三区”的格局。"] = { name = "一核两带三区" },
      ["以“两度”推动治理:提升覆盖度,夯实基础;提升满意度,增进福祉。"] = { name = "两度", found = 2 },
      ["推进“三变”改革,即资源变资产、资金变股金、农民变股东。"] = { name = "三变", found = 3 },
      ["建立“镇党委—村支部—党小组”三级架构。"] = { found = 3 },
      ["做到“三清”(底数清、去向清、人员清)。"] = { name = "三清", found = 3 },
      ["“三零”服务——零收费、零距离、零投诉——叫响了。"] = { name = "三零", found = 3 },
      ["推行“三亮三比”,即亮身份、亮职责、亮承诺,比作风、比技能、比业绩。"] = { name = "三亮三比", found = 6 },
      ["织密三道防护网。第一道是岗亭,第二道是走访,第三道是巡查。"] = { name = "三道防护网", found = 3 },
      ["架起“致富桥”“连心桥”“幸福桥”三座桥。"] = { name = "三座桥", found = 3 },
      ["推行“1+3”监督模式,即1名干部加3名监督员。"] = { name = "1+3监督模式", found = 2 },
      ["检查“三资”管理,重点查资金、资产、资源台账。"] = { name = "三资", found = 3 },
      ["“三个到位”保供水。人员到位。抽调12人。物资到位。备管材3吨。机制到位。接到报修就到。"] = { found = 3 },
      ["“三员”上岗:保洁员扫街、护林员巡山、护路员养路。"] = { name = "三员", found = 3 },
    },
    counterexamples = { "来自“张家湾”“李家湾”两村。", "画一个“四边形”。", "过“六月六”。",
                        "全乡“一盘棋”。", "村“两委”干部上岗。", "纪念“七·七”。", "扫“三湘健康码”。", "启动一级响应机制。" },
  },
}
