-- What happened: meetings, openings, words that were said.
--
--   event        召开了动员会  启动一级响应  某日成立临时党支部
--   speech       “...。”镇长说
--
-- Gifts, honours, channels and cases have files of their own.

local clauses = require "textmill.rules.zh.clauses"
local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local function fact(doc, subtype, from, to, at)
  local i, j = clauses.trim(doc, from, to)
  return { type = "event", subtype = subtype, name = doc.shown:sub(i, j), at = { i, j },
           spans = { trigger = { doc:span(at or from) } } }
end

local KINDS <const> = { paragraph = true, list = true }

-- A scan of one word a clause: start(doc, k, c) -> first token, last token | nil
local function scanner(words, subtype, start)
  return function(doc)
    local facts, reached = {}, 0
    for k, c in clauses.told(doc, words) do
      if k > reached then
        local from, to, name = start(doc, k, c)
        if from then
          reached = to
          local f = fact(doc, subtype, from, to, k)
          if name then f.speaker = name end
          facts[#facts + 1] = f
        end
      end
    end
    return facts
  end
end

-- ---- events -------------------------------------------------------------------

local HELD <const> = clauses.wait "召开 召开会议 举行 举办 组织 启动 成立 组建 揭牌 开工 开幕 竣工 通车 签约 开学 开业 投产 投入使用"
local GATHERING <const> = set "召开 举行 举办 组织"
local DRILLS <const> = { "演练", "比赛", "座谈会", "观摩会", "运动会", "推进会" } -- what is 组织
local MEETINGS <const> = { "会", "会议", "仪式", "活动", "演练", "班", "比赛", "大会", "讲座", "论坛", "节", "展", "赛",
  "培训", "典礼", "晚会", "竞赛", "培训班" }
local STARTED <const> = { "响应", "预案", "工程", "项目", "仪式", "机制", "活动", "行动", "计划", "普查", "程序" }
local DAY <const> = { t = true }

-- Is a day named in the sentence of the clause, before it?
local function dated(doc, c)
  local o, seen = c, 0
  while o and seen < 3 do
    for k = o.a, o.b do
      local w = doc.words[k]
      if DAY[doc.tags[k]] and (w:find "日" or w:find "天" or w:find "月") then return true end
      local month = w == "月" and doc.tags[k - 1] == "m"
      if month or w == "日" or w:find "^%d+日" then return true end
    end
    o, seen = clauses.before(doc, o), seen + 1
  end
  local s = c.block
  local shown = doc.shown:sub(s.si, c.j)
  return c.part == clauses.of(doc)[c.n].part and shown:sub(-200):find "%d日" ~= nil
end

local EACH <const> = set "的 每月 每年 每周 每季度 定期 要 应 应当 将 负责 可以 各"
local NOISE_BEFORE <const> = set "的 将 拟 计划 时间"
local FOUNDED <const> = set "成立 组建"
local NOT_YET <const> = set "应 应当 要 须 必须 可 可以 将 拟 计划 未 未经 经 申请 拒不 负责 依法 建议 各 的 每 督促 指导 推动 通过 要求"
local SOME <const> = set "各 各村 各组 各地 各乡镇"
local SUBJECT <const> = set "n ns nt nr nz j s r g x"

-- The subject right before a verb belongs to the event: 乡机关|成立.
local function with_subject(doc, k, c)
  local from = k
  while from > c.a and SUBJECT[doc.tags[from - 1]] and k - from < 6 do from = from - 1 end
  return from
end

-- A body is founded, on whatever day: 成立整治领导小组. A count before 的 is of its
-- members: 组建20人的抢险队
local BODIES <const> = { "领导小组", "工作组", "协调组", "指挥部", "工作专班", "专班", "委员会", "理事会", "议事会", "监事会", "协会",
  "合作社", "联合会", "调解室", "服务队", "突击队", "抢险队", "巡逻队", "宣传队", "消防队", "扑火队", "护林队", "应急队", "救援队", "分队" }
local OF_PEOPLE <const> = set "人 名 余人 多人"
local function body(doc, object, c)
  if not text.ends(doc.shown:sub((doc:span(object)), c.j), BODIES) then return false end
  if doc.tags[object] ~= "m" then return true end
  local of = clauses.word(doc, object, math.min(c.b, object + 3), "的")
  return of ~= nil and clauses.first(doc, object, of, OF_PEOPLE) ~= nil
end

-- 3月1日成立专班: on a day, or a body; not what each of several founds, nor how many.
local function founded(doc, k, c)
  local object = doc.words[k + 1] == "了" and k + 2 or k + 1
  if k == c.b or object > c.b then return nil end
  local of_day = dated(doc, c) and (object > k + 1 or doc.tags[object] ~= "m")
  if not of_day and (k - c.a > 3 or c.mark == "、" or not body(doc, object, c)) then return nil end
  local from = with_subject(doc, k, c)
  if SOME[doc.words[from]] or SOME[doc.words[from - 1]] then return nil end
  if not of_day and clauses.first(doc, c.a, k, NOT_YET) then return nil end
  return from, c.b
end

local function happened(doc, k, c)
  local w = doc.words[k]
  if NOISE_BEFORE[doc.words[k - 1]] or doc.words[k + 1] == "的" then return nil end
  local rest = doc.shown:sub((doc:span(k)), c.j)
  if GATHERING[w] then
    if not text.ends(rest, w == "组织" and DRILLS or MEETINGS) then return nil end
    if w == "组织" and (EACH[doc.words[k - 1]] or clauses.first(doc, k + 1, c.b, GATHERING)) then return nil end
    return doc.words[k - 1] == "组织" and k - 1 or with_subject(doc, k, c), c.b
  end
  if w == "启动" then
    if k == c.b then return k > c.a and clauses.has_tag(doc, c.a, k - 1, DAY) and nil or nil end
    if clauses.first(doc, c.a, k, NOT_YET) then return nil end
    rest = rest:gsub("后$", ""):gsub("以来$", "")
    if not text.ends(rest, STARTED) then return nil end
    return c.a, c.b
  end
  if FOUNDED[w] then return founded(doc, k, c) end
  if k == c.b and k > c.a and dated(doc, c) then return c.a, c.b end
end

-- ---- speech -----------------------------------------------------------------------

local SAID <const> = set [[说 表示 介绍 强调 坦言 说道 感慨 告诉 呼吁 指出 回忆 回应 解释 笑着说 誓言 感叹 讲 说起 提醒 心声 承诺 顺口溜 口号]]

-- 说 near the quotation i..j: behind it in the sentence, or right before it.
local function said_at(doc, i, j)
  local k = doc:token_at(math.min(#doc.shown, j + 1))
  for e = k, math.min(doc.n_tokens, k + 30) do
    local w = doc.words[e]
    if w == "。" and e > k or w == "\n" or w == "“" then break end
    if SAID[w] or SAID[w:sub(-3)] and w ~= "小说" then return e end
  end
  local b = doc:token_at(i) - 1
  if doc.words[b] == ":" then
    for e = b - 1, math.max(1, b - 4), -1 do
      if SAID[doc.words[e]] then return e end
    end
  end
end

-- A quotation that ends with the end of its sentence is somebody's words, whether
-- or not a verb says so.
local SENTENCE_ENDS <const> = { "。", "!", "?", "…" }
local SHORTEST <const> = 9 -- bytes

local function scan_speech(doc)
  local facts = {}
  for _, b in ipairs(doc.blocks) do
    local p = KINDS[b.kind] and b.si or nil
    while p do
      local i = doc:find("“", p)
      if not i or i > b.sj then break end
      local j = doc.shown:find("”", i, true)
      if not j or j > b.sj then break end
      p = j + 3
      local inner = doc.shown:sub(i + 3, j - 1)
      local whole = #inner >= SHORTEST and text.ends(inner, SENTENCE_ENDS)
      if whole or #inner >= 24 and (inner:find "[,!?;]" or text.has(inner, SENTENCE_ENDS)) then
        local at = said_at(doc, i, j + 2) or whole and doc:token_at(i)
        if at then
          facts[#facts + 1] = { type = "event", subtype = "speech", name = inner, at = { i, j + 2 },
                                spans = { words = { i + 3, j - 1 }, trigger = { doc:span(at) } } }
        end
      end
    end
  end
  return facts
end

return {
  rule {
    "event.held",
    description = "meetings, openings, founding on a day: 召开动员会, 启动应急响应",
    scan = scanner(HELD, "event", happened), needs = vocabulary.words(HELD),
    examples = {
      ["5月3日,县里召开了安全生产动员会。"] = { subtype = "event" },
      ["市里启动防汛四级应急响应后,各区行动起来。"] = { subtype = "event" },
      ["3月1日,镇政府成立禁毒工作专班。"] = { subtype = "event" },
      ["镇里成立了汛期抢险指挥部。"] = { name = "镇里成立了汛期抢险指挥部" },
      ["组建20人的抢险队。"] = { subtype = "event" },
      ["5月上旬,镇里组建了护林队。"] = { name = "镇里组建了护林队" },
    },
    counterexamples = { "应当成立评标委员会。", "组建抢险队12支。", "成立时间较早。", "启动的机器很响。", "各村成立了巡逻队。" },
  },
  rule {
    "event.speech",
    description = "what somebody said: “...。”镇长说",
    scan = scan_speech, needs = { "“" },
    examples = { ["“大家动手,事情就好办。”村长说。"] = { subtype = "speech", name = "大家动手,事情就好办。" },
                 ["“今年的梨真甜!”她又摘了一个。"] = { name = "今年的梨真甜!" } },
    counterexamples = { "落实“三个到位”,他说。" },
  },
}
