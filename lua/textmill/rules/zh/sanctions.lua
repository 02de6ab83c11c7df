-- What is punished, and how.
--
--   对屡教不改的,予以罚款     脱岗一次扣发补助     发现一处,扣减经费3000元
--
-- A sanction is a clause with a word of its own; it may reach back to the clause that says
-- for whom it is (对...的,). Quotations are not looked at.

local clauses = require "textmill.rules.zh.clauses"
local cues = require "textmill.cues"
local rule = require "textmill".rule
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set
local text = require "textmill.rules.zh.text"

local sanctions = {}

-- What punishes; some of these only with what stands beside them (below).
local PENALTIES <const> = clauses.wait [[处罚 罚款 遣返 打击 关停 问责 约谈 追究 依法追究 追责 取缔 吊销 处分 没收 拘留 责令 停业整顿 扣留 移送
  警告 除名 清退 停职 免职 惩处 严惩 扣押 开除 失信 黑名单 惩戒 法办 强制 曝光 通报批评 吊销执照 谈 责 辞退 收回 扣发 扣除 扣罚
  立案 移交 解除
  扣减 扣 扣分 扣款 减发 停发 撤职 撤销 降职 降级 记过 诫勉 就地免职 免去 劝退 倒查 责任 取消 督办
  追缴 追回 收缴 一票否决 处理 更换 调整 拆除 罚 解聘 解聘合同 违约金 赔偿 赔付 查处 不予 照价赔偿
  停水 停电 停工 停产 停业]]
sanctions.WORDS = PENALTIES

-- these punish only with what follows or stands before
local PENAL_OBJECT <const> = { ["移交"] = { "司法", "公安", "纪委" }, ["解除"] = { "合同", "聘用", "协议" },
                               ["立案"] = { "审查", "查处", "调查", "侦查" },
                               ["取消"] = { "资格", "评优", "评先", "补贴", "待遇", "奖", "名额", "称号" },
                               ["督办"] = { "督办单", "督办函", "督办通知" }, ["撤销"] = { "职务", "资格", "称号" },
                               ["免去"] = { "职务" }, ["诫勉"] = { "诫勉谈话" }, ["收缴"] = { "证", "执照" },
                               ["扣"] = { "元", "分", "费", "款", "工资", "补贴", "补助", "奖", "绩效" },
                               ["扣减"] = { "元", "分", "费", "款", "工资", "补贴", "补助", "奖", "绩效", "指标" } }
PENAL_OBJECT["处理"] = { "处理" } -- of those it is said of, severely (severe)
PENAL_OBJECT["更换"] = { "承办", "负责人", "人选", "承包" }
PENAL_OBJECT["调整"] = { "岗位" }
PENAL_OBJECT["罚"] = { "元", "清扫" }
PENAL_OBJECT["不予"] = { "补偿", "补助", "补贴", "奖励", "评优", "评先", "报销" }
local REPAID <const> = { "倍", "照价", "原价", "按价", "损失" }
local STOPPED <const> = set "停水 停电 停工 停产 停业"
local SEVERE <const> = { "从严", "从重", "严肃", "依法", "移送", "依规", "依纪" }
local SELF_SAID <const> = { "候选人资格", "取消资格", "的资格" }
local ONCE <const> = set "一经 凡 凡是 一旦 如 若" -- before 收回
local ALONE <const> = set "吊销执照 约谈 吊销 取缔 责令 罚款 拘留 没收 谈 就地免职"
-- the lexicon has not every word: 约|谈, 问|责
local SPLIT <const> = { ["谈"] = "约", ["责"] = "问" }
local CAUGHT <const> = set "发现 投诉 查实 举报 违反 违规 违约 警告 抓到 查到 超过 累计 满 达 逾期 迟到 缺席 缺岗 第"
local RUNNING <const> = { paragraph = true, list = true }
local TARGETS <const> = set "对 凡 凡是 如有 若有 对于 一经 一旦 谁 谁家 违者 拒不"
-- 发现一处火点,扣减经费: what is found, so many, right before what it costs
local FOUND <const> = set "发现 出现 查到 查出"
local COSTS <const> = set "扣 扣减 扣除 扣发 罚款 罚 扣罚 扣分"
-- A clause with one of these has said what was done: no target is left open.
local DONE <const> = set "开展 进行 罚款 处罚 警告 处分 责令 批评 通报批评"

-- 发现两次, 被投诉三回: the first tokens of the clause that say how often, behind what was found out; behind
-- any deed. Looked for once a clause.
local TIMES_OVER <const> = set "次 回 起 遍 天"
local VERBAL <const> = set "v vn n"
local function counted_deeds(doc, c)
  local caught, done
  for e = c.a + 1, c.b do
    if doc.tags[e] == "m" and TIMES_OVER[doc.words[e + 1]] then
      if CAUGHT[doc.words[e - 1]] then caught = caught or e end
      if VERBAL[doc.tags[e - 1]] then done = done or e end
    end
  end
  return caught or math.maxinteger, done or math.maxinteger
end

-- So often before token k.
local function repeated(doc, k, c)
  if c[CAUGHT] == nil then c[CAUGHT], c[VERBAL] = counted_deeds(doc, c) end
  local acted = COSTS[doc.words[k]] or doc.words[k] == "解聘"
  return c[CAUGHT] <= k - 2 or acted and c[VERBAL] <= k - 2 or false
end

local BY_DEED <const> = { "者一律", "者", "者由公安机关", "者将" }

local PAID <const> = set "赔偿 赔付 照价赔偿"
local OF <const> = set "的"

local first_in <const> = clauses.first_in

-- The clause and token where a sanction for somebody begins: 对...的,
local function target(doc, k, c)
  local at = first_in(doc, c, TARGETS)
  if at and at < k then return at end
  if repeated(doc, k, c) then return c.a end
  if clauses.ends_before(doc, k, c, BY_DEED) then return c.a end
  local de = not PAID[doc.words[k]] and first_in(doc, c, OF) -- 按差额的10倍赔付
  if de and de < k and de > c.a and doc:tag(de + 1) ~= "n" then return c.a end
  local prev = clauses.before(doc, c)
  for _ = 1, 2 do
    if not prev or first_in(doc, prev, DONE) then break end
    at = first_in(doc, prev, TARGETS)
    if at then return at end
    if doc.words[prev.b] == "的" then return prev.a end
    local found = COSTS[doc.words[k]] and FOUND[doc.words[prev.a]] and doc:tag(prev.a + 1) == "m"
    if found then return prev.a end
    prev = clauses.before(doc, prev)
  end
end

-- 取消补贴,并处500元罚款; 停水3天,补交水费: the same deed is punished further.
local FURTHER <const> = { "并处", "并罚", "处以", "处罚", "罚款", "补交", "补缴", "终止", "暂扣", "吊销", "没收", "赔偿" }
local function further(doc, c)
  return text.starts(doc.shown, c.i, FURTHER) or doc.shown:find("^处%d", c.i) ~= nil
end

local function last_token(doc, c)
  local nxt = clauses.behind(doc, c)
  while nxt and (clauses.counted(doc, nxt) or further(doc, nxt)) do
    c = nxt
    nxt = clauses.behind(doc, c)
  end
  return c.b
end

-- 对不达标的食堂,第一次警告,第二次停业: what follows each time, as one.
local TIMES <const> = { "第二次", "第三次", "第四次", "第五次" }
local FIRST_TIME <const> = "第一次"
cues.add { FIRST_TIME }
local function by_times(doc, facts)
  for at, b in doc:each(FIRST_TIME, RUNNING) do
    local c = clauses.at(doc, at)
    local before = c and c.i == at and not c.quoted and clauses.before(doc, c)
    local o = before and clauses.behind(doc, c)
    local whom = o and (doc.words[before.b] == "的" or clauses.first(doc, before.a, before.b, TARGETS))
    local n = 0
    while o and whom and o.block == b and text.starts(doc.shown, o.i, TIMES) do
      c, n, o = o, n + 1, clauses.behind(doc, o)
    end
    if n > 0 then
      local i, j = clauses.trim(doc, before.a, c.b)
      facts[#facts + 1] = { type = "rule", subtype = "sanction", modality = "must",
        name = doc.shown:sub(i, j), at = { i, j }, spans = { trigger = { at, at + 8 } } }
    end
  end
end

local function among(facts, n, i)
  for k = 1, n do
    if facts[k].at[1] <= i and i <= facts[k].at[2] then return true end
  end
  return false
end

-- A、约谈调处、C: one of many things listed behind a colon.
local POINT <const> = { ["、"] = true }
local function listed(doc, k, c)
  local before = clauses.of(doc)[c.n - 1]
  local first = before and before.mark == ":" and clauses.first(doc, c.a, c.b, POINT)
  return first and clauses.first(doc, first + 1, c.b, POINT) and k - c.a > 1
end

-- 县林业局对其罚款: the one who punishes belongs to it.
local ONE <const> = set "其 他 她 该"
local function whole(doc, c, at)
  if at >= c.a and doc.words[at] == "对" and ONE[doc:word(at + 1)] then return c.a end
  return at
end

-- 收回 takes a paper away only where it says after what: 一经发现立即收回; 关停
-- punishes those of whom something is said: 无证经营的
local CALLED_TO <const> = set "查 倒查 追究"
local ALL <const> = set "一律"
local function punishes(doc, k, c)
  local w = doc.words[k]
  local objects = PENAL_OBJECT[w]
  if w == "处理" then return clauses.holds(doc, c, SEVERE) end
  if w == "查处" then return k == c.b and clauses.first(doc, c.a, k, ALL) ~= nil end
  if PAID[w] then return clauses.holds(doc, c, REPAID) end
  if w == "违约金" then return text.starts(doc.shown, c.i, { "违者", "违约" }) end
  if STOPPED[w] then return doc:word(k - 1) == "被" end
  if w == "拆除" then return doc:word(k - 1) == "限期" end
  if objects then return clauses.holds(doc, c, objects, (doc:span(k))) end
  if w == "责任" then return CALLED_TO[doc:word(k - 1)] or false end
  if w == "收回" then return repeated(doc, k, c) or clauses.first(doc, c.a, k, ONCE) ~= nil end
  if w == "关停" then return clauses.word(doc, c.a, k, "的") ~= nil end
  return true
end

-- sanctions.denies(doc, k, c): 抢栽的一律不予补偿 at 一律 or 不予
function sanctions.denies(doc, k, c)
  local at = doc.words[k] == "不予" and k or clauses.word(doc, k, math.min(c.b, k + 2), "不予")
  return at and punishes(doc, at, c) and target(doc, at, c) ~= nil
end

local function scan_sanctions(doc)
  local facts, reached = {}, 0
  by_times(doc, facts)
  local timed = #facts
  for k, c in clauses.told(doc, PENALTIES) do
    local w = doc.words[k]
    if k > reached and not (timed > 0 and among(facts, timed, (doc:span(k)))) then
      local from = punishes(doc, k, c) and target(doc, k, c)
      if from then from = whole(doc, c, from) end
      if SPLIT[w] and doc:word(k - 1) ~= SPLIT[w] then from = nil
      elseif w == "扣罚" and doc:word(k - 1) == "被" then from = c.a
      elseif w == "立案" and not from and punishes(doc, k, c) and doc.words[c.a] == "由" then from = c.a
      elseif STOPPED[w] and not from and punishes(doc, k, c) then from = k - 1
      elseif not from and (ALONE[w] and k < c.b and not listed(doc, k, c) or w == "取消" and punishes(doc, k, c)
        and text.ends(doc.shown:sub(c.i, c.j), SELF_SAID)) then
        from = c.a
      elseif w == "强制" and doc:word(k + 1) == "执行" then from = nil
      end
      if from then
        reached = last_token(doc, c)
        local i, j = clauses.trim(doc, from, reached)
        facts[#facts + 1] = { type = "rule", subtype = "sanction", modality = "must",
          name = doc.shown:sub(i, j), at = { i, j }, spans = { trigger = { doc:span(k) } } }
      end
    end
  end
  return facts
end

sanctions.rule = rule {
  "rule.sanction",
  description = "what follows for whom: 对...的,予以罚款; 约谈...",
  scan = scan_sanctions, needs = vocabulary.words(PENALTIES),
  examples = {
    ["对拒不整改的,予以罚款。"] = { subtype = "sanction", name = "对拒不整改的,予以罚款" },
    ["情节严重的吊销许可证。"] = { name = "情节严重的吊销许可证" },
    ["转借的一经发现立即收回。"] = { subtype = "sanction" },
    ["触犯法律的移交司法。"] = { name = "触犯法律的移交司法" },
    ["迟报瞒报的,由纪委倒查责任。"] = { subtype = "sanction" },
    ["弄虚作假的,取消评先资格。"] = { subtype = "sanction" },
    ["发现两次扣保证金500元。"] = { name = "发现两次扣保证金500元" },
    ["对不合格的店铺,第一次警告,第二次停业。"] = { name = "对不合格的店铺,第一次警告,第二次停业" },
    ["弄丢书的,照价赔偿。"] = { name = "弄丢书的,照价赔偿" },
    ["纪委约谈村干部3人,校长2人。"] = { name = "纪委约谈村干部3人,校长2人" },
  },
  counterexamples = { "第一次参赛,第二次夺冠。", "保险公司赔偿3万元。", "查处案件3起。", "这次失败对他是沉重的教训。", "对群众进行慰问。", "对收回的土地进行复垦。",
                      "去年取消了两场活动。", "对债务承担责任。", "看了两次才扣上门。" },
}

return sanctions
