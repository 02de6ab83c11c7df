-- Rules of schemes by their terms: who takes how many, how often, for how many points.
--
--   每名班子成员包3件积案    镇干部包村、村干部包组、党员包户     河长每月巡河一次
--   参加一次劳动积5分,满50分可兑换一瓶洗衣液                季度考核第一名奖励2000元
--   “1”是一个核心,“3”是三方力量                           what the parts of a name stand for

local by_type = require "textmill.rules.zh.by_type"
local clauses = require "textmill.rules.zh.clauses"
local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local KINDS <const> = { paragraph = true, list = true }

local function fact(doc, i, j, at)
  return { type = "rule", subtype = "scheme", modality = "must", name = doc.shown:sub(i, j), at = { i, j },
           spans = { text = at and { at, at + 2 } or { i, j } } }
end

-- A clause as it is, with those behind it that the test takes.
local function upto(doc, c, test)
  local last, n, o = c, 1, clauses.behind(doc, c)
  while o and n < 3 and test(doc.shown:sub(o.i, o.j)) do
    last, n, o = o, n + 1, clauses.behind(doc, o)
  end
  return last
end

-- ---- who takes how many ------------------------------------------------------------

local TAKES <const> = clauses.wait "包 联系 负责 配备 联 包联 包保 结对 分包 管 认领 帮带 包抓"
local EACH <const> = set "每名 每位 每个 一名 一位 一个 1名 每支 每组"
local HOLDERS <const> = set "名 位 个 支 组"
local MUST <const> = set "必须 须 应 应当 要" -- an obligation
local ONE <const> = { m = true }
local ALLOTTING <const> = set "包 联系 联 包联 包保 结对 分包 认领 帮带 包抓"

-- 每名X包N...: a holder of each kind at the head of the clause, and so many.
local function allots(doc, k, c)
  local head = doc.words[c.a]
  local each = EACH[head] or doc.tags[c.a] == "m" and (doc.words[c.a + 1] == "名" or doc.words[c.a + 1] == "位")
  each = each or head == "每" and HOLDERS[doc.words[c.a + 1]]
  if not each or k - c.a > 8 or k == c.b then return false end
  if clauses.first(doc, c.a, k, MUST) then return false end
  if head:sub(1, 3) ~= "每" and not ALLOTTING[doc.words[k]] then return false end
  return clauses.has_tag(doc, k + 1, math.min(c.b, k + 2), ONE) ~= nil
end

local COUNTED <const> = set "件 户 个 人"
local function goes_on(s) return s:find "^每" or COUNTED[s:match "^[^,]-%d+(...)"] and not s:find "共" end

-- 镇干部包村、村干部包组: as many 包 as parts.
local NAMING <const> = { "“", "即", "实行", "推行", "形成", "包括" } -- a scheme's own members
local CHAINED <const> = { "、", "," }
local function chained(doc, c)
  local s, from, to = doc.shown, c.i, c.j
  if text.has(s:sub(from, to), NAMING) then return nil end
  local nxt = clauses.behind(doc, c)
  while nxt and s:sub(nxt.i, nxt.j):find("包", 1, true) and nxt.j - nxt.i < 40 do
    to, nxt = nxt.j, clauses.behind(doc, nxt)
  end
  local n, at = 0, from
  while at <= to do
    local stop = text.first(s, CHAINED, at)
    local j = math.min(stop and stop - 1 or to, to)
    local part = s:sub(at, j)
    if not part:find("^.+包.+$") or #part > 36 or part:find "%d" or part:find("包括", 1, true) then break end
    n, to, at = n + 1, j >= to and j or to, j + (s:sub(j + 1, j + 1) == "," and 2 or 4)
    if j >= to then return n >= 2 and to or nil end
  end
end

local function scan_allotted(doc)
  local facts, reached = {}, 0
  for k, c in clauses.told(doc, TAKES) do
    if c.i > reached then
      local to = doc.words[k] == "包" and chained(doc, c)
      if not to and allots(doc, k, c) then to = upto(doc, c, goes_on).j end
      if to then
        facts[#facts + 1], reached = fact(doc, c.i, to), to
      end
    end
  end
  return facts
end

-- ---- how often --------------------------------------------------------------------

local OFTEN <const> = clauses.wait "每天 每日 每周 每月 每季度 每半月 每年"
local CHIEFS <const> = { "长", "领导", "书记", "委员", "成员", "主任", "代表", "专员" }
local AGAIN <const> = { "一次", "两次", "三次", "1次", "2次", "一遍", "不少于" }

local function scan_often(doc)
  local facts = {}
  for k, c in clauses.told(doc, OFTEN) do
    local who = k > c.a and k - c.a <= 5 and doc.shown:sub(c.i, (doc:span(k)) - 1)
    if who and text.ends(who, CHIEFS) and text.has(doc.shown:sub((doc:span(k)), c.j), AGAIN) then
      facts[#facts + 1] = fact(doc, c.i, c.j)
    end
  end
  return facts
end

-- ---- points and prizes ---------------------------------------------------------------

local POINTS <const> = { "积", "兑换", "奖补", "奖励", "各奖", "均奖" }
local RANKS <const> = { "第一名", "前三名", "前两名", "前五名", "前十名", "红榜", "名次", "优胜" }
local function earns(s) return s:find "积%d+分" or s:find "加%d+分" or s:find "兑换" end
-- 考上大学的奖励3000元, 前5名各奖600元: so much for everybody who does it.
local GETS <const> = { "的奖%d.*元", "的奖励%d.*元", "各奖%d.*元", "各奖励%d.*元", "均奖励%d.*元" }
local function each_gets(s)
  for _, pattern in ipairs(GETS) do
    if s:find(pattern) then return true end
  end
  return false
end
local function rewards(s)
  return each_gets(s) or text.has(s, RANKS) and s:find "奖" and (s:find "%d元" or s:find "%d万")
end

local function scan_points(doc)
  local facts, reached = {}, 0
  for at in doc:each_of(POINTS, KINDS) do
    local c = at > reached and clauses.at(doc, at)
    local s = c and not c.quoted and doc.shown:sub(c.i, c.j)
    local told = s and (s:find "发放" or s:find "累计" or s:find "获" or s:find "已" or s:find "共")
    if s and not told then
      local points = s:find "积%d+分" or s:find "可兑换"
      if points or rewards(s) then
        local last = points and upto(doc, c, earns) or c
        facts[#facts + 1], reached = fact(doc, c.i, last.j), last.j
      end
    end
  end
  return facts
end

-- ---- who gets what paper of honour ------------------------------------------------------

-- 凡献血3次以上的,颁发奖章
local CONFERS <const> = { "颁发", "授予", "发给", "奖励" }
local WHOEVER <const> = { "凡", "对" }
local function scan_conferred(doc)
  local facts = {}
  for at in doc:each_of(CONFERS, KINDS) do
    local c = clauses.at(doc, at)
    local before = c and not c.quoted and c.i == at and clauses.before(doc, c)
    local whom = before and doc.words[before.b] == "的" and text.starts(doc.shown, before.i, WHOEVER)
    if whom and not doc.shown:sub(c.i, c.j):find("了", 1, true) then
      facts[#facts + 1] = fact(doc, before.i, c.j)
    end
  end
  return facts
end

-- ---- what stands for what --------------------------------------------------------------

local STANDS <const> = { "是", "指", "即", "代表" }

-- “1”是一个核心: the parts of a name, one a clause.
local function scan_parts(doc)
  local facts = {}
  for _, word in ipairs(STANDS) do
    for at in doc:each("”" .. word, KINDS) do
      local c = clauses.at(doc, at)
      local inner = c and at - c.i < 40 and doc.shown:sub(c.i, at - 1):match "“(.-)$"
      local short = inner and #inner <= 6 and (inner:find "^%w$" or text.ordinal(inner, 1) and #inner == 3)
      if short then facts[#facts + 1] = fact(doc, c.i, c.j) end
    end
  end
  return facts
end

-- 三个一点:个人拿一点,每餐交2元;集体...: members of a scheme with terms of their own.
local function scan_members(doc, facts)
  local out = {}
  for _, f in ipairs(by_type.of(facts, "scheme")) do
    local captures = f.count and f.count > 1 and f.mentions[1].captures
    local found = {}
    for n = 1, captures and #(f.members or {}) or 0 do
      local span = captures["member" .. n]
      local si = span and doc:to_shown(span[1], span[2])
      local c = si and clauses.at(doc, si)
      local nxt = c and c.mark == "," and si == c.i and clauses.behind(doc, c)
      if nxt and not clauses.behind(doc, nxt) then found[#found + 1] = fact(doc, si, nxt.j) end
    end
    if #found >= 2 then table.move(found, 1, #found, #out + 1, out) end
  end
  return out
end

local LETTERED <const> = {}
for k, word in ipairs(STANDS) do LETTERED[k] = "”" .. word end

return {
  rule {
    "rule.allotted",
    description = "who takes how many: 每名干部包3户, 镇干部包村、村干部包组",
    scan = scan_allotted, needs = vocabulary.words(TAKES),
    examples = { ["每名队员联系5户老人。"] = { subtype = "scheme", name = "每名队员联系5户老人" },
                 ["片长包片、组长包组、党员包户。"] = { name = "片长包片、组长包组、党员包户" } },
    counterexamples = { "每个村都有干部负责。", "内容包括包村、包户。" },
  },
  rule {
    "rule.often",
    description = "what those in charge do so often: 河长每月巡河一次",
    scan = scan_often, needs = vocabulary.words(OFTEN),
    examples = { ["段长每周巡路两次。"] = { subtype = "scheme" } },
    counterexamples = { "他每天跑步一次。" },
  },
  rule {
    "rule.points",
    description = "points and prizes: 参加一次积5分, 考核第一名奖励2000元",
    scan = scan_points, needs = POINTS,
    examples = { ["捡拾垃圾一次积2分,满30分可兑换毛巾一条。"] = { name = "捡拾垃圾一次积2分,满30分可兑换毛巾一条" } },
    counterexamples = { "已兑换礼品30份。", "积极参加。" },
  },
  rule {
    "rule.conferred",
    description = "who is honoured how: 凡...的,颁发...",
    scan = scan_conferred, needs = CONFERS,
    examples = { ["凡献血3次以上的,颁发奖章。"] = { subtype = "scheme" } },
    counterexamples = { "会上颁发奖章。" },
  },
  rule {
    "rule.parts",
    description = "what the parts of a name stand for: “1”是一个核心",
    scan = scan_parts, needs = LETTERED,
    examples = { ["“2”是两支队伍。"] = { subtype = "scheme" } },
    counterexamples = { "“好”是大家的评价。" },
  },
  rule {
    "rule.members",
    description = "members of a scheme with terms of their own",
    scan = scan_members,
    counterexamples = { "推行三个一点。" },
  },
}
