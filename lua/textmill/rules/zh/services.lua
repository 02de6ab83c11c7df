-- Services: what is done for people.
--
--   为老人提供送餐服务     开展代办服务     送药上门     代缴电费
--
-- A service is an event with the words that say it, from 为/给/对 if those for
-- whom it is are named in the clause.

local clauses = require "textmill.rules.zh.clauses"
local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local WORDS <const> = clauses.wait [[服务 上门 代办 代买 代购 代缴 代销 代理 坐诊 巡诊 开通 代收 代烧 代养 代管 配送 去 救 送回 送到 送往 输送 收救 救助
  接送 下载服务 配送服务 培训服务 免费提供 义诊 陪同 免费]]
local MAKERS <const> = set "提供 开展 推出 开通 推行 实行 提供免费"
local FOR <const> = set "为 给 对 向 替"
local AGENT <const> = set "代办 代买 代购 代缴 代销 代收 代烧 代养 代管"
local NOT_AFTER <const> = set "工作 制 机制 制度 事项 点 员 站 服务点 窗口 货物 小组 队 清单"
local FORMED <const> = set "组建 成立 设立 组成 建立 招募"
local HOME <const> = set "户 到户 家中 手中 家门口 门口 到家 手上"
local NEEDY <const> = set "救 收救 救助 接送"

local function fact(doc, i, j, at)
  return { type = "event", subtype = "service", name = doc.shown:sub(i, j), at = { i, j },
           spans = { trigger = { doc:span(at) } } }
end

-- The last token of a set before token k in its clause, or nil.
local function last(doc, c, k, words)
  for e = k - 1, c.a, -1 do
    if words[doc.words[e]] then return e end
  end
end

local BY <const> = set "由"
local FREE_ONLY <const> = set "送 送去 送来 送上 赠送 捐赠 开放 就读 入园 参观 午餐 政策 的 入场 品尝"

-- 为农户免费消杀: what is done, not given, for nothing.
local function for_nothing(doc, k, c)
  local tag, nxt = doc:tag(k + 1), doc:word(k + 1)
  if k == c.b or FREE_ONLY[nxt] or doc:word(k - 1) == "的" then return nil end
  local single = utf8.len(nxt) == 1 and k > c.a + 1
  return (tag == "v" or tag == "vn" or single) and c.a or nil
end

-- Does token k stand between quotation marks within its clause?
local function in_quotes(doc, k, c)
  for e = k - 1, c.a, -1 do
    if doc.words[e] == "”" then return false end
    if doc.words[e] == "“" then return true end
  end
  return false
end

-- The first token where those are named for whom it is.
local function first_for(doc, c, k)
  for e = c.a, k - 1 do
    if FOR[doc.words[e]] and doc.tags[e] == "p" then return e end
  end
end

-- 服务 at token k that somebody offers: where it begins.
local function offered(doc, k, c)
  local maker = last(doc, c, k, MAKERS)
  if not maker or k - maker > 14 or NOT_AFTER[doc:word(k + 1)] then return nil end
  if doc.words[maker + 1] == "“" and doc:word(maker + 2):sub(1, 3) == "一" then return nil end -- “一对一”服务
  local from = maker
  while from > c.a and (doc.tags[from - 1] == "d" or doc.tags[from - 1] == "ad"
    or doc.words[from - 1] == "免费" or doc.words[from - 1] == "联合") do from = from - 1 end
  local whom = first_for(doc, c, k)
  if whom and whom < from then return whom end
  return from
end

-- 送...上门: where 送 is, or what the clause says before.
local function at_home(doc, k, c)
  for e = k - 1, math.max(c.a, k - 4), -1 do
    local w = doc.words[e]
    if w:sub(1, 3) == "送" and doc:word(k + 1) == "服务" then return offered(doc, k + 1, c) or e end
    if w:sub(1, 3) == "送" or AGENT[w] then return first_for(doc, c, e) or e end
  end
  if k < c.b and k - c.a <= 6 and last(doc, c, k, BY) then return c.a end
  if k < c.b and (FOR[doc.words[k + 1]] or doc.tags[k + 1] == "v") then
    return first_for(doc, c, k) or last(doc, c, k, BY) and c.a or k
  end
  if last(doc, c, k, set "陪同 安排") then return c.a end
end

local SENDING <const> = set "选派 派出 安排 组织 派 抽调 邀请"
local OPENED <const> = { "门诊", "通道", "专线", "班车", "专车", "窗口" } -- 开通周末门诊
local function opens(doc, k, c)
  return k > c.a and doc.words[k - 1] ~= "是" and text.ends(doc.shown:sub(c.i, c.j), OPENED)
end
local PLANNED <const> = set "列入 纳入"

local function start_of(doc, k, c)
  local w = doc.words[k]
  if w == "服务" or w:sub(-6) == "服务" then return offered(doc, k, c) end
  if w == "上门" then return at_home(doc, k, c) end
  if AGENT[w] then
    local nxt = doc:word(k + 1)
    if NOT_AFTER[nxt] or k == c.b and k == c.a or doc.words[c.b] == "工作" then return nil end
    if clauses.first(doc, c.a, k - 1, FORMED) then return nil end
    return first_for(doc, c, k) or c.a
  end
  if w == "配送" then
    if NOT_AFTER[doc:word(k + 1)] then return nil end
    return (clauses.first(doc, k, c.b, HOME) or first_for(doc, c, k)) and (first_for(doc, c, k) or c.a)
  end
  if w == "送到" or w == "送往" then return clauses.first(doc, k, c.b, HOME) and c.a end
  if w == "去" then -- 送|去
    if doc:word(k - 1) ~= "送" or k == c.b or doc:word(k - 2) == "免费" then return nil end
    return (doc:tag(k + 1) == "n" or doc:tag(k + 1) == "m") and k - 1
  end
  if w == "送回" then return k < c.b and c.a end
  if w == "输送" then return k < c.b and doc:tag(k - 1) ~= "u" and (doc.tags[k - 1] == "a" and k - 1 or k) end
  if NEEDY[w] then
    local at = first_for(doc, c, k)
    return at and doc.words[at] == "对" and at
  end
  if w == "坐诊" or w == "巡诊" then
    local sent = k == c.b and clauses.first(doc, c.a, k, SENDING)
    return sent and clauses.has_tag(doc, c.a, k, { m = true }) and c.a
  end
  if w == "开通" then return opens(doc, k, c) and c.a end
  if w == "免费" and clauses.first(doc, k, c.b, PLANNED) then return nil end
  if w == "免费" then return for_nothing(doc, k, c) end
  if w == "义诊" or w == "免费提供" then return k end
end

local KINDS <const> = { paragraph = true, list = true, caption = true }

local function scan(doc)
  local facts, seen = {}, {}
  for k, c in clauses.told(doc, WORDS, KINDS) do
    local told = not in_quotes(doc, k, c)
    if not seen[c] and told and (c.block.kind ~= "caption" or doc.words[k] == "上门") then
      local from = start_of(doc, k, c)
      if from then
        seen[c] = true
        local i, j = clauses.trim(doc, from, c.b)
        facts[#facts + 1] = fact(doc, i, j, k)
      end
    end
  end
  return facts
end

return {
  rule {
    "event.service",
    description = "services for people: 为...提供...服务, 送...上门, 代办..., 配送到户",
    scan = scan, needs = vocabulary.words(WORDS),
    examples = {
      ["社区为独居老人提供送餐服务。"] = { subtype = "service", name = "为独居老人提供送餐服务" },
      ["药店送药上门。"] = { name = "送药上门" },
      ["由村干部代缴电费。"] = { subtype = "service" },
      ["由骑手配送到户。"] = { subtype = "service" },
      ["农技站为果农免费修剪果树。"] = { name = "农技站为果农免费修剪果树" },
      ["病人由医生上门诊治。"] = { name = "病人由医生上门诊治" },
    },
    counterexamples = { "为人民服务。", "完善公共服务体系。", "代办点已经关门。", "公园免费开放。", "实行“服务上门”。" },
  },
}
