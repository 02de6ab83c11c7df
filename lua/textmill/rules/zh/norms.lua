-- What a text forbids, demands and punishes.
--
--   严禁占用通道        prohibition   modality must_not
--   车主必须登记        obligation    modality must
--   对屡教不改的,予以罚款   sanction      what follows, and for whom
--
-- A norm is a clause with a word of its own; a sanction may reach back to the
-- clause that says for whom it is (对...的,). Quotations are not looked at.

local clauses = require "textmill.rules.zh.clauses"
local rule = require "textmill".rule
local set = require "textmill.rules.zh.vocabulary".set

local VERB <const> = { v = true }

local function fact(doc, subtype, modality, i, j, at)
  return { type = "rule", subtype = subtype, modality = modality, name = doc.shown:sub(i, j), at = { i, j },
           spans = { trigger = { doc:span(at) } } }
end

-- ---- prohibitions -----------------------------------------------------------

local BANS <const> = clauses.wait [[严禁 禁止 不得 不准 不许 严格禁止 禁 谢绝 勿 请勿 切勿 一律 暂停 关闭 关停 防止 封堵 接受 不予 不再
  停止 停办 绝不允许 不允许]]
local PLAIN <const> = set "严禁 禁止 不得 不准 不许 严格禁止 谢绝 请勿 切勿 绝不允许 不允许"
local ALL <const> = set "一律"
local OUT <const> = set [[不 不得 不准 不许 不予 不再 禁止 严禁 劝返 劝离 关闭 关停 取消 停办 停止 停业 拒绝 暂停 封闭 退回 清退 谢绝 拒收 取缔 劝 离]]
local CLOSING <const> = set "关闭 关停 停止 暂停"
local FULLY <const> = set "暂时 全部 一律 全面 依法 临时 统一 立即 即日起 坚决"
local ENTERING <const> = { "进入", "流入", "外出", "入境", "外流", "入内", "输入" }
local ROADS <const> = { "路", "巷", "道", "口", "桥" }

local function contains(s, words)
  for _, w in ipairs(words) do
    if s:find(w, 1, true) then return true end
  end
  return false
end

-- Is the word at token k one that forbids, here?
local function bans(doc, k, c)
  local w, nxt, before = doc.words[k], doc:word(k + 1), doc:word(k - 1)
  if PLAIN[w] then
    return c.b - k >= 1 and not (w == "不得" and (nxt == "不" or before == "来" or before == "舍"
      or nxt:find "^已"))
      and nxt ~= "”" and not (doc:tag(k - 1) == "m" and before ~= "一律")
  end
  if ALL[w] then return clauses.first(doc, k + 1, math.min(k + 2, c.b), OUT) ~= nil end
  if CLOSING[w] then
    return w == "暂停" and k < c.b and nxt ~= "的" and before ~= "的" and k - c.a <= 3
      or FULLY[before] and k < c.b
  end
  local rest = doc.shown:sub((doc:span(k)), c.j)
  if w == "防止" then return contains(rest, ENTERING) end
  if w == "封堵" then return contains(rest, ROADS) and doc:word(k + 1) ~= "了" end
  if w == "接受" then return before == "不" end
  if w == "不予" then return k < c.b end
  return false
end

local ADVERB <const> = { d = true, ad = true, a = true, vd = true }

-- Where a prohibition begins: its subject belongs to it, a verb does not.
local function ban_start(doc, k, from)
  local p = k
  while p > from and ADVERB[doc.tags[p - 1]] do p = p - 1 end
  for e = from, p - 1 do
    local tag = doc.tags[e]
    if tag == "v" and doc.words[e] ~= "未经" or tag == "u" and doc.words[e] ~= "的" then return p end
  end
  return from
end

-- A, B and C each forbidden: the tokens from..to of the one at k.
local function own_part(doc, k, c, hits)
  local from, to = c.a, c.b
  for _, h in ipairs(hits) do
    if h < k then
      for e = h + 1, k - 1 do
        if doc.words[e] == "、" then from = e + 1 end
      end
      if from <= h then from = k end
    elseif h > k then
      for e = h - 1, k + 1, -1 do
        to = h - 1
        if doc.words[e] == "、" then
          to = e - 1
          break
        end
      end
      break
    end
  end
  return from, to
end

local function scan_prohibitions(doc)
  local by, order = {}, {}
  for k, c in clauses.with(doc, BANS) do
    if not c.quoted and bans(doc, k, c) then
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
    for _, k in ipairs(by[c]) do
      local from, to = own_part(doc, k, c, by[c])
      local i, j = clauses.trim(doc, ban_start(doc, k, from), to)
      facts[#facts + 1] = fact(doc, "prohibition", "must_not", i, j, k)
    end
  end
  return facts
end

-- ---- obligations ------------------------------------------------------------

local DUTIES <const> = clauses.wait "必须 应当 务必 须 须持 应 应该 要求 确保 全部 每 每户 每人 每家 所有 严格 要 必 均须 需"
local PLAIN_DUTY <const> = set "必须 应当 务必 须 须持 均须"
local DOING <const> = set "v d ad p b vd"
local STANDING <const> = { "上岗", "佩戴", "持", "建立", "落实", "登记", "签订", "分批", "实行" }
local LIMITS <const> = set "限 限定 限购 限量 限领 限行"
local ENSURED <const> = set [[不 无 零 每 每个 每户 每人 各 人人 件件 户户 按时 按期 如期 准时 按照 不漏 不发 及时 随时 做到 所有 全部]]
local TIMES <const> = { "前", "内完成", "之前", "以内" }
local GROUPS <const> = set "各 全体 所有 每 每个 广大 各级 各村 各镇 各乡镇 各单位 各部门 各地 各校"
local EQUAL <const> = set "一致 到位 统一 相同"
local SPEAKERS <const> = set ", :"

-- 要求 at token k: the clause it asks for, or nil.
local function asked(doc, k, c)
  local before = doc:word(k - 1)
  if before == "的" or before == "按" or before == "按照" or before == "本" or before == "各项" then return nil end
  if k == c.b then
    local nxt = SPEAKERS[c.mark] and clauses.of(doc)[c.n + 1]
    local must = nxt and nxt.block == c.block and clauses.first(doc, nxt.a, nxt.b, { ["要"] = true })
    return must and nxt or nil
  end
  local tag = doc:tag(k + 1)
  if k - c.a > 4 and clauses.has_tag(doc, c.a, k - 1, VERB) then return nil end
  local person = tag == "r" or tag == "n" or tag == "ns" or tag == "nt" or tag == "b"
  return person and c.b - k >= 3 and clauses.has_tag(doc, k + 1, c.b, VERB) and c or nil
end

-- 一摊一证, 一人一档
local function one_each(doc, k, c)
  local i = doc:span(k + 1)
  local s = doc.shown:sub(i, c.j)
  local at = s:find("一", 4, true)
  return s:sub(1, 3) == "一" and at ~= nil and at <= 10
end

local MUSING <const> = set "看到 承认 说 指出 肯定 看出 注意到"

-- The clause that is the duty at token k, or nil.
local function duty(doc, k, c)
  local w, nxt = doc.words[k], doc:word(k + 1)
  local tag = doc:tag(k + 1)
  if PLAIN_DUTY[w] then return k < c.b and doc:word(k - 1) ~= "不" and not MUSING[nxt] and c or nil end
  if w == "应" then return DOING[tag] and k > c.a and tag ~= "p" and k < c.b - 1 and c or nil end
  if w == "要求" then return asked(doc, k, c) end
  if w == "要" then return GROUPS[doc.words[c.a]] and DOING[tag] and c or nil end
  local rest = k < c.b and doc.shown:sub((doc:span(k + 1)), c.j) or ""
  if w == "确保" then return (ENSURED[nxt] or contains(rest, TIMES)) and c or nil end
  if w == "全部" then return k > c.a and contains(rest, STANDING) and c or nil end
  if w == "所有" then return k == c.a and EQUAL[doc.words[c.b]] and c or nil end
  if w == "严格" then
    if one_each(doc, k, c) then return c end
    return doc:word(k - 1) == "进行" and clauses.first(doc, c.a, k, { ["对"] = true }) and nxt == "的" and c
      or nil
  end
  if w:sub(1, 3) == "每" then return clauses.first(doc, k + 1, math.min(c.b, k + 2), LIMITS) and c or nil end
end

-- 每两小时上报一次 behind a duty is one, too.
local function goes_on(doc, c)
  local nxt = clauses.behind(doc, c)
  if not nxt then return nil end
  local k = clauses.first(doc, nxt.a, nxt.b, { ["每"] = true })
  return k and k < nxt.b and doc.tags[k + 1] == "m" and nxt or nil
end

local function scan_obligations(doc)
  local facts, seen = {}, {}
  local function add(c, k)
    if seen[c] or clauses.first(doc, c.a, c.b, PLAIN) then return end
    seen[c] = true
    local i, j = clauses.trim(doc, c.a, c.b)
    facts[#facts + 1] = fact(doc, "obligation", "must", i, j, k)
  end
  for k, c in clauses.with(doc, DUTIES) do
    local found = not c.quoted and duty(doc, k, c)
    if found then
      add(found, k)
      local more = goes_on(doc, found)
      if more then add(more, more.a) end
    end
  end
  return facts
end

-- ---- sanctions --------------------------------------------------------------

local PENALTIES <const> = clauses.wait [[处罚 罚款 遣返 打击 关停 问责 约谈 追究 依法追究 追责 取缔 吊销 处分 没收 拘留 责令 停业整顿 扣留 移送
  警告 除名 清退 停职 免职 惩处 严惩 扣押 开除 失信 黑名单 惩戒 法办 强制 曝光 通报批评 吊销执照 谈 责 辞退]]
local ALONE <const> = set "吊销执照 约谈 吊销 取缔 责令 罚款 拘留 没收 谈"
-- the lexicon has not every word: 约|谈, 问|责
local SPLIT <const> = { ["谈"] = "约", ["责"] = "问" }
local TARGETS <const> = set "对 凡 凡是 如有 若有 对于"
-- A clause with one of these has said what was done: no target is left open.
local DONE <const> = set "开展 进行 罚款 处罚 警告 处分 责令 批评 通报批评"

-- The clause and token where a sanction for somebody begins: 对...的,
local function target(doc, k, c)
  local at = clauses.first(doc, c.a, k - 1, TARGETS)
  if at then return at end
  local de = clauses.first(doc, c.a, k - 1, { ["的"] = true })
  if de and de > c.a and doc:tag(de + 1) ~= "n" then return c.a end
  local prev = clauses.before(doc, c)
  for _ = 1, 2 do
    if not prev or clauses.first(doc, prev.a, prev.b, DONE) then break end
    at = clauses.first(doc, prev.a, prev.b, TARGETS)
    if at then return at end
    if doc.words[prev.b] == "的" then return prev.a end
    prev = clauses.before(doc, prev)
  end
end

local function last_token(doc, c)
  local nxt = clauses.behind(doc, c)
  while nxt and clauses.counted(doc, nxt) do
    c = nxt
    nxt = clauses.behind(doc, c)
  end
  return c.b
end

local function scan_sanctions(doc)
  local facts, reached = {}, 0
  for k, c in clauses.with(doc, PENALTIES) do
    local w = doc.words[k]
    if k > reached and not c.quoted then
      local from = target(doc, k, c)
      if SPLIT[w] and doc:word(k - 1) ~= SPLIT[w] then from = nil
      elseif not from and ALONE[w] and k < c.b then
        from = c.a
      elseif w == "强制" and doc:word(k + 1) == "执行" then from = nil
      end
      if from then
        reached = last_token(doc, c)
        local i, j = clauses.trim(doc, from, reached)
        facts[#facts + 1] = fact(doc, "sanction", "must", i, j, k)
      end
    end
  end
  return facts
end

return {
  rule {
    "rule.prohibition",
    description = "what is forbidden: 严禁..., 禁止..., 不得..., ...一律劝返, 暂停...",
    scan = scan_prohibitions,
    examples = {
      ["园区内严禁吸烟,车辆不得鸣笛。"] = { subtype = "prohibition", name = "车辆不得鸣笛", modality = "must_not" },
      ["外来车辆一律劝返。"] = { name = "外来车辆一律劝返" },
      ["做到严禁酒驾、严禁超载。"] = { name = "严禁超载" },
      ["暂停一切集会。"] = { subtype = "prohibition" },
      ["本店不接受退货。"] = { name = "本店不接受退货" },
    },
    counterexamples = { "开展“四严禁”活动。", "他不得不离开。", "一律免费。", "他说:“严禁吸烟。”" },
  },
  rule {
    "rule.obligation",
    description = "what must be done: 必须..., 应当..., 要求各..., 全部...上岗, 确保不...",
    scan = scan_obligations,
    examples = {
      ["司机必须系安全带。"] = { subtype = "obligation", name = "司机必须系安全带", modality = "must" },
      ["会议要求,各单位要落实责任。"] = { name = "各单位要落实责任" },
      ["要求各商铺建立台账。"] = { subtype = "obligation" },
      ["每户限购2袋。"] = { name = "每户限购2袋" },
      ["所有员工全部佩戴工牌上岗。"] = { subtype = "obligation" },
      ["确保不落一人。"] = { subtype = "obligation" },
    },
    counterexamples = { "按照上级要求开展工作。", "他来自应县。", "群众全部脱贫。" },
  },
  rule {
    "rule.sanction",
    description = "what follows for whom: 对...的,予以罚款; 约谈...",
    scan = scan_sanctions,
    examples = {
      ["对拒不整改的,予以罚款。"] = { subtype = "sanction", name = "对拒不整改的,予以罚款" },
      ["情节严重的吊销许可证。"] = { name = "情节严重的吊销许可证" },
      ["纪委约谈村干部3人,校长2人。"] = { name = "纪委约谈村干部3人,校长2人" },
    },
    counterexamples = { "这次失败对他是沉重的教训。", "对群众进行慰问。" },
  },
}
