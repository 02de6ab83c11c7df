-- Duties: what a body or a person is there for.
--
--   护林员主要负责巡山和上报火情     卫生院承担救治任务     卡口由两名队员轮流值守
--   调解员还兼任宣传工作           网格员的职责是采集信息
--
-- The subject must be named in the clause: somebody, or a body.

local clauses = require "textmill.rules.zh.clauses"
local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local DUTIES <const> = clauses.wait [[负责 承担 兼任 兼着 担负 职责 任务 值守 看护 值班 看守 守护 管护 监督 兼 主要职责]]

-- Who has duties: 宣传组, 护林员, 派出所, 镇纪委, 物业公司.
local HOLDERS <const> = { "组", "队", "员", "所", "站", "院", "中心", "委", "办", "局", "公司", "会", "部", "科", "干部", "支部",
  "专班", "人员", "主任", "书记", "老师", "医生", "长", "中队", "者", "民警", "机关", "办公室", "学校", "政府", "老", "党员", "业主" }
local BEFORE <const> = set "主要 具体 专门 还 同时 也 则 牵头 分别 全面 重点 专人 全程 统一 继续 主动"
local PERSON <const> = { nr = true }
local NOT_NAMED <const> = { "相关", "有关", "主要负责", "哪", "谁", "或者" }
local DOING <const> = { v = true, vn = true, n = true, b = true, p = true, l = true, d = true,
  i = true, j = true, a = true, ns = true }

-- Do the words end with the name of somebody the text tells of?
local function somebody(doc, words)
  for name in pairs(doc.named_people or {}) do
    if words:sub(-#name) == name then return true end
  end
  return false
end

local FAR <const> = 12 -- tokens of a subject

-- The subject's last token before token k, with adverbs between them left out.
local function subject(doc, k, c)
  local e = k - 1
  while e >= c.a and BEFORE[doc.words[e]] do e = e - 1 end
  if e < c.a or e - c.a > FAR or doc.words[e] == "的" then return nil end
  local i, j = c.i, select(2, doc:span(e))
  local words = doc.shown:sub(i, j)
  for _, w in ipairs(NOT_NAMED) do
    if words:find(w, 1, true) then return nil end
  end
  return (PERSON[doc.tags[e]] or text.ends(words, HOLDERS) or somebody(doc, words)) and e or nil
end

local SAID <const> = set "对 向 由 要 应 应当 须 必须 可以 明确 确定 为 是 让 请 把 将 按照 在 不 未"

-- X负责Y: somebody does it, and what is said before is the subject alone.
local function in_charge(doc, k, c)
  local e = subject(doc, k, c)
  if not e or k == c.b then return nil end
  if not DOING[doc:tag(k + 1)] or clauses.first(doc, c.a, e, SAID) then return nil end
  return c.a, c.b
end

local WORK <const> = { "任务", "工作", "职责", "差事", "职能", "义务", "角色", "使命" }

local function takes(doc, k, c)
  local e = subject(doc, k, c)
  if not e or clauses.first(doc, c.a, e, SAID) then return nil end
  return text.ends(doc.shown:sub((doc:span(k)), c.j), WORK) and c.a or nil, c.b
end

-- 卡口由...轮流值守
local IN_TURNS <const> = set "轮流 专人 昼夜 负责 全天 轮班 日夜 24小时 分班"
local function kept(doc, k, c)
  local by = k == c.b and clauses.word(doc, c.a, k - 1, "由")
  if not by or by == c.a or not clauses.first(doc, by, k - 1, IN_TURNS) then return nil end
  return c.a, c.b
end

-- 网格员的职责是...
local function named(doc, k, c)
  local is = doc:word(k + 1)
  local of = (is == "是" or is == "为") and clauses.word(doc, c.a, k - 1, "的")
  if not of or k - of > 2 then return nil end
  return text.ends(doc.shown:sub(c.i, (doc:span(of)) - 1), HOLDERS) and c.a or nil, c.b
end

local WATCHED <const> = set "值守 看护 值班 看守 守护 管护"
local function duty(doc, k, c)
  local w = doc.words[k]
  if w == "负责" then return in_charge(doc, k, c) end
  if WATCHED[w] then return kept(doc, k, c) end
  if w == "职责" or w == "任务" or w == "主要职责" then return named(doc, k, c) end
  if w == "监督" then return nil end
  return takes(doc, k, c)
end

local function people(facts)
  local names = {}
  for _, f in ipairs(facts or {}) do
    if f.type == "person" and f.name then names[f.name] = true end
  end
  return names
end

local function scan(doc, known)
  local facts, reached = {}, 0
  doc.named_people = people(known)
  for k, c in clauses.told(doc, DUTIES) do
    local from, to = nil, nil
    if k > reached then from, to = duty(doc, k, c) end
    if from then
      reached = to
      local i, j = clauses.trim(doc, from, to)
      facts[#facts + 1] = { type = "rule", subtype = "duty", modality = "must", name = doc.shown:sub(i, j),
                            at = { i, j }, spans = { trigger = { doc:span(k) } } }
    end
  end
  return facts
end

return {
  rule {
    "rule.duty",
    description = "what a body or a person is there for: 宣传组负责..., 卫生院承担...任务",
    scan = scan, needs = vocabulary.words(DUTIES),
    examples = {
      ["搬运组负责装车、卸货。"] = { subtype = "duty", name = "搬运组负责装车、卸货" },
      ["供电所承担抢修任务。"] = { subtype = "duty" },
      ["仓库由两名队员轮流值守。"] = { subtype = "duty" },
      ["巡线员的职责是查线、报修。"] = { name = "巡线员的职责是查线、报修" },
    },
    counterexamples = { "他工作认真负责。", "相关负责人介绍情况。", "由网格员负责配送。", "任务是艰巨的。" },
  },
}
