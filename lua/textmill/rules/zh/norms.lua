-- What a text forbids, demands and allows; what it punishes: sanctions.lua.
--
--   严禁占用通道        prohibition   modality must_not
--   车主必须登记        obligation    modality must
--   居民可以凭证入场      permission    modality may
--
-- A norm is a clause with a word of its own. Quotations are not looked at.

local clauses = require "textmill.rules.zh.clauses"
local rule = require "textmill".rule
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set
local sanctions = require "textmill.rules.zh.sanctions"
local text = require "textmill.rules.zh.text"

local VERB <const> = { v = true }

local function fact(doc, subtype, modality, i, j, at)
  return { type = "rule", subtype = subtype, modality = modality, name = doc.shown:sub(i, j), at = { i, j },
           spans = { trigger = { doc:span(at) } } }
end

-- ---- prohibitions -----------------------------------------------------------

local BANS <const> = clauses.wait [[严禁 禁止 不得 不准 不许 严格禁止 禁 谢绝 勿 请勿 切勿 一律 暂停 关闭 关停 防止 封堵 接受 不予 不再
  停止 停办 绝不允许 不允许 不要 不能
  禁止通行 禁止停车 禁止入内 禁止驶入 禁止停放 禁止靠近]]
local PLAIN <const> = set "严禁 禁止 不得 不准 不许 严格禁止 谢绝 请勿 切勿 绝不允许 不允许"
local ALL <const> = set "一律"
local OUT <const> = set [[不 不得 不准 不许 不予 不再 禁止 严禁 劝返 劝离 关闭 关停 取消 停办 停止 停业 拒绝 暂停 封闭 退回 清退 谢绝 拒收 取缔 劝 离 关]]
local CLOSING <const> = set "关闭 关停 停止 暂停"
local FULLY <const> = set "暂时 全部 一律 全面 依法 临时 统一 立即 即日起 起 坚决"
local ENTERING <const> = { "进入", "流入", "外出", "入境", "外流", "入内", "输入" }
local ROADS <const> = { "路", "巷", "道", "口", "桥" }

local HAPPENED <const> = { "了" }

-- 不得少于三次 demands so much: a duty, no ban.
local AT_LEAST <const> = set "少于 低于 小于 晚于 迟于 短于"

-- 检查前8小时不要进食, 月经期不能采样: at times, or for those, it must not be done.
local WHEN <const> = { "小时", "小时内", "天内", "期", "期间", "雨天", "雪天", "雷雨天", "者", "饭前", "饭后", "术前", "术后" }
local function at_times(doc, k, c)
  return k > c.a and k < c.b and clauses.ends_before(doc, k, c, WHEN)
    and (doc.tags[k + 1] == "v" or doc.tags[k + 1] == "vn" or doc.tags[k + 1] == "n")
    and not doc.words[c.b]:find "了$"
end

local MORE_THAN <const> = set "超过 高于 大于 多于 超出" -- 拨付周期不得超过1个月: what is measured belongs to it

-- Is the word at token k one that forbids, here?
local function bans(doc, k, c)
  local w, nxt, before = doc.words[k], doc.words[k + 1] or "", doc.words[k - 1] or ""
  if w == "不要" or w == "不能" then return at_times(doc, k, c) end
  if #w > #"禁止" and w:find "^禁止" then return k > c.a end
  if PLAIN[w] then
    return c.b - k >= 1 and not AT_LEAST[nxt]
      and not (w == "不得" and (nxt == "不" or before == "来" or before == "舍"
      or nxt:find "^已"))
      and nxt ~= "”" and not (doc.tags[k - 1] == "m" and before ~= "一律")
  end
  if (ALL[w] or w == "不予") and sanctions.denies(doc, k, c) then return false end
  if ALL[w] then return clauses.first(doc, k + 1, math.min(k + 2, c.b), OUT) ~= nil end
  if CLOSING[w] then
    return w == "暂停" and k < c.b and nxt ~= "的" and before ~= "的" and k - c.a <= 3
      or FULLY[before] and k < c.b
  end
  if w == "防止" then return clauses.holds(doc, c, ENTERING, (doc:span(k))) end
  if w == "封堵" then return nxt ~= "了" and clauses.holds(doc, c, ROADS, (doc:span(k))) end
  if w == "接受" then return before == "不" end
  if w == "不予" then return k < c.b end
  return false
end

local ADVERB <const> = { d = true, ad = true, a = true, vd = true }

local THOSE <const> = { "者", "人员", "车辆", "患者" } -- 发热者不得接种

-- Where a prohibition begins: its subject belongs to it, a verb does not.
local function ban_start(doc, k, from)
  local p, w = k, doc.words[k]
  local whole = w == "不要" or w == "不能" or #w > #"禁止" and w:find "^禁止"
  if MORE_THAN[doc.words[k + 1]] or whole then return from end
  if p > from and text.ends(doc.words[p - 1], THOSE) then return from end
  while p > from and ADVERB[doc.tags[p - 1]] do p = p - 1 end
  for e = from, p - 1 do
    local tag = doc.tags[e]
    if tag == "v" and doc.words[e] ~= "未经" or tag == "u" and doc.words[e] ~= "的" then return p end
  end
  return from
end

-- The last token of a..b that is a point, or nil.
local function last_point(doc, a, b)
  for e = b, a, -1 do
    if doc.words[e] == "、" then return e end
  end
end

-- A, B and C each forbidden: the tokens from..to that belong to the n-th of the hits in clause c, up to
-- the points between it and its neighbours.
local function own_part(doc, hits, n, c)
  local before, k, behind = hits[n - 1], hits[n], hits[n + 1]
  local point = before and last_point(doc, before + 1, k - 1)
  local from = before and (point and point + 1 or k) or c.a
  local stop = behind and (last_point(doc, k + 1, behind - 1) or behind)
  return from, stop and stop - 1 or c.b
end

-- 手续不全的不办: of those named by ...的 the last verb is refused. 只进不出: half of it.
local NORMATIVE <const> = { paragraph = true, list = true }
local REFUSED <const> = { ["的不"] = "^的不(...)$", ["只"] = "^只...不(...)$" }
local MOST_SAID <const> = 2 * 3 -- bytes behind 的不
local function refusals(doc, facts)
  for words, pattern in vocabulary.each(REFUSED) do
    for at, b in doc:each(words, NORMATIVE) do
      local c = clauses.at(doc, at)
      local rest = c and not c.quoted and c.block == b and doc.shown:sub(at, c.j) or ""
      local said = #rest <= #"只进不出" and rest:match(pattern)
      if said and at - c.i >= MOST_SAID and doc:tag(doc:token_at(c.j)) == "v" then
        facts[#facts + 1] = fact(doc, "prohibition", "must_not", c.i, c.j, doc:token_at(at + #words - 1))
      end
    end
  end
end

local BAN_CUES <const> = vocabulary.words(BANS)
for words in pairs(REFUSED) do BAN_CUES[#BAN_CUES + 1] = words end
table.sort(BAN_CUES)

local function scan_prohibitions(doc)
  local by, order = {}, {}
  for k, c in clauses.told(doc, BANS) do
    if bans(doc, k, c) then
      local hits = by[c]
      if not hits then
        hits = {}
        by[c] = hits
        order[#order + 1] = c
      end
      if hits[#hits] and k - hits[#hits] <= 2 then goto next end -- 一律|不得
      hits[#hits + 1] = k
    end
    ::next::
  end
  local facts = {}
  for _, c in ipairs(order) do
    for n, k in ipairs(by[c]) do
      local from, to = own_part(doc, by[c], n, c)
      local i, j = clauses.trim(doc, ban_start(doc, k, from), to)
      facts[#facts + 1] = fact(doc, "prohibition", "must_not", i, j, k)
    end
  end
  refusals(doc, facts)
  return facts
end

local PENALTIES <const> = sanctions.WORDS

-- ---- obligations ------------------------------------------------------------

local DUTIES <const> = clauses.wait [[必须 应当 务必 须 须持 应 应该 要求 确保 全部 每 每户 每人 每家 所有 严格 要 必 均须 需 保存 保留
  每天 每日 每周 每月 每班 不得 一律]]
local PLAIN_DUTY <const> = set "必须 应当 务必 须 须持 均须"
local DOING <const> = set "v d ad p b vd"
local STANDING <const> = { "上岗", "佩戴", "持", "建立", "落实", "登记", "签订", "分批", "实行" }
local LIMITS <const> = set "限 限定 限购 限量 限领 限行"
local ENSURED <const> = set [[不 无 零 每 每个 每户 每人 各 人人 件件 户户 按时 按期 如期 准时 按照 不漏 不发 及时 随时 做到 所有 全部]]
local TIMES <const> = { "前", "内完成", "之前", "以内" }
local GROUPS <const> = set "各 全体 所有 每 每个 广大 各级 各村 各镇 各乡镇 各单位 各部门 各地 各校"
local MUST_DO <const> = set "落实 加强 做好 抓好 严格 压实 利用 用好 借助 结合 通过 带头 率先"
local IN_PERSON <const> = set "一把手 主要负责人 负责人 主要领导 主官" -- 各村要一把手亲自抓
local GIVEN <const> = set "免费 免 免收 享受 优惠 减免 免除 优先 是 有 为 平等 没有 获 得 得到 按"
local EQUAL <const> = set "一致 到位 统一 相同"
local SPEAKERS <const> = set ", :"

-- 要求 at token k: the clause it asks for, or nil.
local function asked(doc, k, c)
  local before = doc.words[k - 1] or ""
  if before == "的" or before == "按" or before == "按照" or before == "本" or before == "各项" then return nil end
  if k == c.b then
    local nxt = SPEAKERS[c.mark] and clauses.of(doc)[c.n + 1]
    local must = nxt and nxt.block == c.block and clauses.word(doc, nxt.a, nxt.b, "要")
    return must and nxt or nil
  end
  local tag = doc.tags[k + 1] or "w"
  if k - c.a > 4 and clauses.has_tag(doc, c.a, k - 1, VERB) then return nil end
  local person = tag == "r" or tag == "n" or tag == "ns" or tag == "nt" or tag == "b"
  return person and c.b - k >= 3 and clauses.has_tag(doc, k + 1, c.b, VERB) and c or nil
end

-- 一摊一证, 一人一档
local ONE <const>, FARTHEST_ONE <const> = "一", 10 -- bytes
local function one_each(doc, k, c)
  local i = doc:span(k + 1)
  local s = doc.shown:sub(i, math.min(c.j, i + FARTHEST_ONE + #ONE - 2))
  return s:sub(1, #ONE) == ONE and s:find(ONE, #ONE + 1, true) ~= nil
end

local MUSING <const> = set "看到 承认 说 指出 肯定 看出 注意到"

local NOT_LESS <const> = { "不少于", "不低于", "至少" }
local PERIODS <const> = set "小时 天 日 周 月 班 年 季度"
local DAILY <const> = set "每天 每日 每周 每月 每班"
local STAFF <const> = { "人员", "员", "组", "队", "干部" }
local ONCE <const> = { "一次" }

-- 巡逻人员每两小时报一次: what staff has to do so often; told of them it would have 了.
local function often(doc, k, c)
  local w = doc.words[k]
  if w ~= "每" and not DAILY[w] or k == c.a or k - c.a > 3 then return false end
  if w == "每" and not (PERIODS[doc.words[k + 1]] or PERIODS[doc.words[k + 2]]) then return false end
  local i = doc:span(k)
  return text.ends(doc.words[k - 1] or "", STAFF) and clauses.holds(doc, c, ONCE, i)
    and not clauses.holds(doc, c, HAPPENED, i)
end

-- 一是各村要...: the first token behind what numbers the clause.
local NUMBERS <const> = set "是 要"
local function behind_number(doc, c)
  local numbered = doc.tags[c.a] == "m" and utf8.len(doc.words[c.a]) == 1 and NUMBERS[doc.words[c.a + 1]]
  return numbered and c.a + 2 <= c.b and c.a + 2 or c.a
end

-- 进山车辆一律登记: what all of them have to do; 一律免费 gives, 一律罚款 punishes.
local function all_do(doc, k, c)
  local nxt = doc.words[k + 1] or ""
  return k > c.a and doc.tags[k + 1] == "v" and not OUT[nxt] and not GIVEN[nxt]
    and not doc.words[c.b]:find "了$"
    and not clauses.first(doc, k + 1, math.min(c.b, k + 2), OUT)
    and not clauses.first(doc, c.a, c.b, PENALTIES) and not clauses.word(doc, c.a, k, "对")
end

-- 党员干部要带头进新市场
local LEADING <const> = set "带头 率先"
local LEADERS <const> = { "干部", "党员", "青年", "团员", "代表", "人员", "乡贤", "领导", "委员" }

-- The clause from those who lead; all of it, where nobody is counted or listed before them.
local COUNTED <const> = { m = true }
local function leading(doc, k, c)
  local from = k - 1
  while from > c.a and text.ends(doc.words[from - 1], LEADERS) do from = from - 1 end
  if not clauses.has_tag(doc, c.a, k - 1, COUNTED) then return c end
  return { a = from, b = c.b, n = c.n, part = c.part, block = c.block }
end

-- 每户填写一张登记卡: what each has to do with papers and the like.
local FORMAL <const> = set "填写 建立 签订 佩戴 携带 登记 上报 配备 更换 填报 提交"
local EACH_OF <const> = set "户 家 人 名 位 车 船 店 组 班"
local function each_does(doc, k, c)
  if doc.words[k] == "每" and not EACH_OF[doc.words[k + 1]] then return false end
  local at = clauses.first(doc, k + 1, math.min(c.b, k + 3), FORMAL)
  return at and at < c.b and doc.tags[at + 1] == "m" and not clauses.holds(doc, c, HAPPENED)
end

-- 必须登记; not “十必须”
local function plain_duty(doc, k, c, nxt)
  if nxt == "”" and doc.tags[k - 1] == "m" then return nil end
  return k < c.b and doc.words[k - 1] ~= "不" and not MUSING[nxt] and c or nil
end

-- 应查2316人 counts
local function should(doc, k, c, nxt, tag)
  if doc.tags[k + 2] == "m" and #nxt == 3 then return nil end
  return DOING[tag] and k > c.a and tag ~= "p" and k < c.b - 1 and doc.words[k + 2] ~= "的"
    and doc.words[k - 1] ~= "“" and c or nil
end

local function has_to(doc, k, c, nxt, tag)
  if k > c.a and LEADING[nxt] and clauses.ends_before(doc, k, c, LEADERS) then return leading(doc, k, c) end
  return GROUPS[doc.words[behind_number(doc, c)]] and (DOING[tag] or MUST_DO[nxt] or IN_PERSON[nxt]) and c
    or nil
end

local function strictly(doc, k, c, nxt)
  if one_each(doc, k, c) then return c end
  return doc.words[k - 1] == "进行" and nxt == "的" and clauses.word(doc, c.a, k, "对") and c or nil
end

-- Where the words behind token k begin, behind the clause where there are none.
local function rest_of(doc, k, c) return k < c.b and (doc:span(k + 1)) or c.j + 1 end

local function each(doc, k, c)
  if k == c.a and each_does(doc, k, c) then return c end
  return clauses.first(doc, k + 1, math.min(c.b, k + 2), LIMITS) and c or nil
end

-- The duties by their words, each called with the document, the token, its clause, the next word and its
-- tag: the clause that is the duty, or nil.
local OF_WORD <const> = {
  ["应"] = should, ["要求"] = asked, ["要"] = has_to, ["严格"] = strictly,
  ["不得"] = function(_, k, c, nxt) return AT_LEAST[nxt] and k > c.a and c or nil end,
  ["一律"] = function(doc, k, c) return all_do(doc, k, c) and c or nil end,
  ["确保"] = function(doc, k, c, nxt)
    return (ENSURED[nxt] or clauses.holds(doc, c, TIMES, rest_of(doc, k, c))) and c or nil
  end,
  ["全部"] = function(doc, k, c)
    return k > c.a and clauses.holds(doc, c, STANDING, rest_of(doc, k, c)) and c or nil
  end,
  ["所有"] = function(doc, k, c) return k == c.a and EQUAL[doc.words[c.b]] and c or nil end,
  ["保存"] = function(doc, k, c)
    return k > c.a and text.starts(doc.shown, (doc:span(k + 1)), NOT_LESS) and c or nil
  end,
}
OF_WORD["保留"] = OF_WORD["保存"]
for w in pairs(PLAIN_DUTY) do OF_WORD[w] = plain_duty end
for w in pairs(DAILY) do OF_WORD[w] = each end
for _, w in ipairs { "每", "每户", "每人", "每家" } do OF_WORD[w] = each end

-- The clause that is the duty at token k, or nil.
local function duty(doc, k, c)
  local judge = OF_WORD[doc.words[k]]
  if judge == each and often(doc, k, c) then return c end
  return judge and judge(doc, k, c, doc.words[k + 1] or "", doc.tags[k + 1] or "w")
end

local AGAIN <const>, EACH <const> = { "次", "遍", "报" }, "每"

-- 每两小时上报一次 behind a duty is one, too.
local function goes_on(doc, c)
  local at = doc:find(EACH, c.i or 1) -- one made of two has its tokens alone
  local number = at and doc.view:clause_at(at, at)
  if not at or number and number > c.n + 1 then return nil end
  local nxt = clauses.behind(doc, c)
  if not nxt then return nil end
  local k = clauses.word(doc, nxt.a, nxt.b, EACH)
  local again = k and text.has(doc.shown:sub(nxt.i, nxt.j), AGAIN)
  return again and k < nxt.b and doc.tags[k + 1] == "m" and nxt or nil
end

-- The last token of a duty in clause c: that of the clause; where a ban stands in it the one before the
-- point before the ban, nil where there is none, as the clause is one of bans.
local function beside_ban(doc, c)
  local ban = clauses.first_cue(doc, c.a, c.b, PLAIN)
  if not ban or AT_LEAST[doc.words[ban + 1]] then return c.b end
  local point = last_point(doc, c.a, ban - 1)
  return point and point - 1
end

local function scan_obligations(doc)
  local facts, seen, ends = {}, {}, {}
  local banned, repeated = doc:has_any(PLAIN), doc:find(EACH, 1) ~= nil
  local function add(c, k)
    if seen[c] then return end
    if banned and ends[c] == nil then ends[c] = beside_ban(doc, c) or false end
    local last = not banned and c.b or ends[c]
    if not last or last < c.b and last < k then return end -- one that stands behind the ban
    seen[c] = true
    local i, j = clauses.trim(doc, c.a, last)
    facts[#facts + 1] = fact(doc, "obligation", "must", i, j, k)
  end
  for k, c in clauses.told(doc, DUTIES) do
    local found = duty(doc, k, c)
    if found then
      add(found, k)
      local more = repeated and goes_on(doc, found)
      if more then add(more, more.a) end
    end
  end
  return facts
end

-- ---- permissions -------------------------------------------------------------

local MAY <const> = clauses.wait "可以 允许 准许 有权 可 准予"
local ALLOWED <const> = set "允许 准许 准予"
local HOLDERS <const> = { "群众", "居民", "村民", "市民", "业主", "车主", "家长", "学生", "企业", "商户", "单位", "住户",
  "用户", "参保人", "申请人", "当事人", "人员", "车辆", "个人", "农户", "职工", "员工", "旅客", "乘客", "持证人", "公民", "摊贩", "店" }
local BY_PAPER <const> = set "凭 持 经 须 需 每 每户 每人 每家"
local NO_ACT <const> = set "说 看 看到 看出 想象 想见 理解 预见 是 有 使 让 发现 知道 认为 感受 感受到 得到 成为 达到 起到 做到 带来"

local ACTING <const> = set "v vn d p ad vd s n" -- 可以[优先]入场, 可[当场]办理, [凭证]入场

local TOLD <const> = set "的 并 只 开始 作出 予以 曾 已" -- before 允许: it says what was done

-- Who may, before token k of the clause: one who holds or is something.
local function holder_before(doc, k, c)
  local paper = clauses.first_in(doc, c, BY_PAPER)
  return paper and paper < k or k > c.a and clauses.ends_before(doc, k, c, HOLDERS)
end

-- The clause before says for whom or on what condition: ...的, 经批准
local function condition_before(doc, c)
  local prev = clauses.before(doc, c)
  return prev ~= nil and (doc.words[prev.b] == "的" or BY_PAPER[doc.words[prev.a]] or false)
end

local function allows(doc, k, c)
  local w, tag, nxt = doc.words[k], doc.tags[k + 1] or "w", doc.words[k + 1] or ""
  if k == c.b or NO_ACT[nxt] or doc.words[k - 1] == "不" then return false end
  if c[PLAIN] == nil then c[PLAIN] = clauses.first_cue(doc, c.a, c.b, PLAIN) or false end
  if c[PLAIN] then return false end
  if ALLOWED[w] then
    return not TOLD[doc.words[k - 1]] and nxt ~= "的" and nxt ~= "、" and doc.words[c.b] ~= "的"
      and clauses.has_tag(doc, k + 1, c.b, VERB) ~= nil
  end
  if not ACTING[tag] then return false end
  return holder_before(doc, k, c) or k - c.a <= 1 and condition_before(doc, c)
end

local function scan_permissions(doc)
  local facts, reached = {}, 0
  for k, c in clauses.told(doc, MAY) do
    if k > reached and allows(doc, k, c) then
      local prev = clauses.before(doc, c)
      local from = condition_before(doc, c) and not holder_before(doc, k, c) and prev.a or c.a
      local i, j = clauses.trim(doc, from, c.b)
      reached = c.b
      facts[#facts + 1] = fact(doc, "permission", "may", i, j, k)
    end
  end
  return facts
end

return {
  rule {
    "rule.permission",
    description = "what is allowed: 居民可以凭证入场, 允许..., ...的可...",
    scan = scan_permissions,
    needs = { "可", "允许", "准许", "有权", "准予" },
    examples = {
      ["允许商户摆摊至晚上。"] = { subtype = "permission", modality = "may" },
      ["居民可以凭卡领取。"] = { name = "居民可以凭卡领取" },
      ["手续齐全的,可当场办理。"] = { name = "手续齐全的,可当场办理" },
    },
    counterexamples = { "可以说成绩很大。", "不允许停车。", "效果可以看到。", "这可是大事。" },
  },
  rule {
    "rule.prohibition",
    description = "what is forbidden: 严禁..., 禁止..., 不得..., ...一律劝返, 暂停...",
    scan = scan_prohibitions, needs = BAN_CUES,
    examples = {
      ["园区内严禁吸烟,车辆不得鸣笛。"] = { subtype = "prohibition", name = "车辆不得鸣笛", modality = "must_not" },
      ["外来车辆一律劝返。"] = { name = "外来车辆一律劝返" },
      ["做到严禁酒驾、严禁超载。"] = { name = "严禁超载" },
      ["暂停一切集会。"] = { subtype = "prohibition" },
      ["本店不接受退货。"] = { name = "本店不接受退货" },
      ["证件不全的不办。"] = { name = "证件不全的不办" },
      ["车辆只进不出。"] = { name = "车辆只进不出" },
    },
    counterexamples = { "开展“四严禁”活动。", "他不得不离开。", "一律免费。", "他说:“严禁吸烟。”", "他的不少同学来了。" },
  },
  rule {
    "rule.obligation",
    description = "what must be done: 必须..., 应当..., 要求各..., 全部...上岗, 确保不...",
    scan = scan_obligations, needs = vocabulary.words(DUTIES), cues = { EACH },
    examples = {
      ["司机必须系安全带。"] = { subtype = "obligation", name = "司机必须系安全带", modality = "must" },
      ["会议要求,各单位要落实责任。"] = { name = "各单位要落实责任" },
      ["要求各商铺建立台账。"] = { subtype = "obligation" },
      ["每户限购2袋。"] = { name = "每户限购2袋" },
      ["所有员工全部佩戴工牌上岗。"] = { subtype = "obligation" },
      ["确保不落一人。"] = { subtype = "obligation" },
      ["巡逻人员每两小时报告一次。"] = { subtype = "obligation" },
      ["台账保存不少于两年。"] = { subtype = "obligation" },
      ["各村要落实责任。"] = { subtype = "obligation" },
      ["一是各村要严格落实值班制度。"] = { subtype = "obligation" },
      ["值班员每晚巡查不得少于两次。"] = { name = "值班员每晚巡查不得少于两次" },
      ["入园车辆一律登记。"] = { subtype = "obligation" },
    },
    counterexamples = { "按照上级要求开展工作。", "他来自应县。", "群众全部脱贫。" },
  },
  sanctions.rule,
}
