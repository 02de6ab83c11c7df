-- What happened: meetings, openings, gifts, honours, channels of information,
-- words that were said, single cases.
--
--   event        召开了动员会  启动一级响应  某日成立临时党支部
--   donation     捐赠口罩500只  自费购买灭火器
--   recognition  被评为先进集体  涌现出张三等一批先进
--   channel      通过广播、短信等渠道
--   speech       “...。”镇长说
--   case         居民王某,独居多年,腿脚不便

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

local HELD <const> = clauses.wait "召开 召开会议 举行 举办 启动 成立 组建 揭牌 开工 开幕 竣工 通车 签约 开学 开业 投产 投入使用"
local GATHERING <const> = set "召开 举行 举办"
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
      local month = w == "月" and doc:tag(k - 1) == "m"
      if month or w == "日" or w:find "^%d+日" then return true end
    end
    o, seen = clauses.before(doc, o), seen + 1
  end
  local s = c.block
  local shown = doc.shown:sub(s.si, c.j)
  return c.part == clauses.of(doc)[c.n].part and shown:sub(-200):find "%d日" ~= nil
end

local NOISE_BEFORE <const> = set "的 将 拟 计划 时间"
local FOUNDED <const> = set "成立 组建"
local NOT_YET <const> = set "应 应当 要 须 必须 可 可以 将 拟 计划 未 未经 经 申请 拒不 负责 依法 建议 各 的 每 督促 指导 推动 通过 要求"
local SOME <const> = set "各 各村 各组 各地 各乡镇"
local SUBJECT <const> = set "n ns nt nr nz j s r g x"

-- The subject right before a verb belongs to the event: 乡机关|成立.
local MOST_SUBJECT <const> = 14 -- tokens
local NO_SUBJECT <const> = { v = true, vd = true, u = true, t = true, d = true }
local function with_subject(doc, k, c)
  local from = k
  while from > c.a and SUBJECT[doc.tags[from - 1]] and k - from < 6 do from = from - 1 end
  return from
end

-- As with_subject, or the whole beginning of the clause where that has no verb.
local function with_all(doc, k, c)
  local verb = k - c.a > MOST_SUBJECT or clauses.has_tag(doc, c.a, k - 1, NO_SUBJECT)
    or doc.shown:sub(c.i, (doc:span(k))):find "%d"
  return verb and with_subject(doc, k, c) or c.a
end

-- A body is founded, on whatever day: 成立整治领导小组. A count before 的 is of its
-- members: 组建20人的抢险队
local BODIES <const> = { "领导小组", "工作组", "协调组", "指挥部", "工作专班", "专班", "委员会", "理事会", "议事会", "监事会", "协会",
  "合作社", "联合会", "调解室", "服务队", "突击队", "抢险队", "巡逻队", "宣传队", "消防队", "扑火队", "护林队", "应急队", "救援队", "分队" }
local OF_PEOPLE <const> = set "人 名 余人 多人"
local function body(doc, object, c)
  if not text.ends(doc.shown:sub((doc:span(object)), c.j), BODIES) then return false end
  if doc:tag(object) ~= "m" then return true end
  local of = clauses.first(doc, object, math.min(c.b, object + 3), { ["的"] = true })
  return of ~= nil and clauses.first(doc, object, of, OF_PEOPLE) ~= nil
end

-- 3月1日成立专班: on a day, or a body; not what each of several founds, nor how many.
local function founded(doc, k, c)
  local object = doc:word(k + 1) == "了" and k + 2 or k + 1
  if k == c.b or object > c.b then return nil end
  local of_day = dated(doc, c) and (object > k + 1 or doc:tag(object) ~= "m")
  if not of_day and (k - c.a > 3 or c.mark == "、" or not body(doc, object, c)) then return nil end
  local from = with_subject(doc, k, c)
  if SOME[doc.words[from]] or SOME[doc:word(from - 1)] then return nil end
  if not of_day and clauses.first(doc, c.a, k, NOT_YET) then return nil end
  return from, c.b
end

local function happened(doc, k, c)
  local w = doc.words[k]
  if NOISE_BEFORE[doc:word(k - 1)] or doc:word(k + 1) == "的" then return nil end
  local rest = doc.shown:sub((doc:span(k)), c.j)
  if GATHERING[w] then
    if not text.ends(rest, MEETINGS) then return nil end
    return doc:word(k - 1) == "组织" and k - 1 or with_subject(doc, k, c), c.b
  end
  if w == "启动" then
    if k == c.b then return k > c.a and clauses.has_tag(doc, c.a, k - 1, DAY) and nil or nil end
    rest = rest:gsub("后$", ""):gsub("以来$", "")
    if not text.ends(rest, STARTED) then return nil end
    return c.a, c.b
  end
  if FOUNDED[w] then return founded(doc, k, c) end
  if k == c.b and k > c.a and dated(doc, c) then return c.a, c.b end
end

-- ---- gifts ----------------------------------------------------------------------

local GIFTS <const> = clauses.wait [[捐赠 捐款 捐 捐给 捐出 捐献 捐助 捐资 捐物 赠送 自费 自掏 掏腰包 自掏腰包 无偿 免费送 慷慨解囊 认捐 义捐]]
local NOT_GIVEN <const> = set "者 款 仪式 活动 物资 倡议 人"

local GIVING <const> = set "了 出 给 来 上 到 献"

local function given(doc, k, c)
  local w, nxt = doc.words[k], doc:word(k + 1)
  if NOT_GIVEN[nxt] or doc:word(k - 1) == "的" or k == c.b and k == c.a then return nil end
  if w == "捐" and not (GIVING[nxt] or doc:tag(k + 1) == "m") then return nil end
  if w == "赠送" and k == c.b then return nil end
  if w == "无偿" and not (nxt == "捐" or nxt == "捐赠" or nxt == "提供" or nxt == "捐献") then return nil end
  local take = clauses.first(doc, c.a, k - 1, { ["将"] = true, ["把"] = true })
  if take then return take, c.b end
  local self = w == "自费" or w:sub(1, 6) == "自掏" or w == "掏腰包"
  local from = k
  if w == "掏腰包" and doc:word(k - 1) == "自" then from = k - 1 end
  if not self then from = with_all(doc, k, c) end
  return from, c.b
end

-- 免费送去大米: given, not lent
local SENT <const> = clauses.wait "去 送来 送上 送"
local TO <const> = set "给 为 向"

-- 给每户[送]了一袋大米: to somebody, so many.
local function sent_things(doc, k, c)
  local at = clauses.first(doc, c.a, k - 1, TO)
  local counted = doc:word(k + 1) == "了" and clauses.first(doc, k + 2, math.min(c.b, k + 4), { ["一"] = true })
  if at and (counted or doc:word(k + 1) == "了" and doc:tag(k + 2) == "m") then return at, c.b end
end

local function sent(doc, k, c)
  if doc.words[k] == "送" then return sent_things(doc, k, c) end
  if doc.words[k] == "去" then k = k - 1 end
  if doc:word(k - 1) ~= "免费" and doc:word(k - 1) ~= "无偿" then return nil end
  local from = k - 1
  for e = c.a, k - 2 do
    if TO[doc.words[e]] then
      from = e
      break
    end
  end
  return from, c.b
end

-- ---- honours --------------------------------------------------------------------

local HONOURS <const> = clauses.wait "评出 获 涌现 涌现出 荣获 获评 授予 评为 表彰 获得 荣膺 表扬 入选 被评为"
local TITLES <const> = { "“", "之星", "红旗", "锦旗", "证书", "称号", "奖", "奖项", "奖章", "先进", "模范",
  "干警", "标兵", "个人", "集体", "单位", "荣誉" }

local PRIZES <const> = { "称号", "奖", "荣誉", "红旗", "锦旗" }

local function honoured(doc, k, c)
  local w = doc.words[k]
  local rest = doc.shown:sub((doc:span(k)), c.j)
  if w:find "^涌现" then
    local e = k + 1
    while doc:word(e) == "出" or doc:word(e) == "了" do e = e + 1 end
    if doc:tag(e) == "m" or e > c.b then return nil end
    local to = clauses.first(doc, e, c.b, { ["等"] = true })
    return k, to and to - 1 or c.b
  end
  if w == "表彰" or w == "表扬" then
    local named = clauses.first(doc, k, c.b, { ["等"] = true, ["“"] = true })
    return named and doc:tag(k - 1) ~= "u" and with_subject(doc, k, c) or nil, c.b
  end
  if w == "获得" or w == "入选" or w == "获" then
    return text.ends(rest, PRIZES) and with_all(doc, k, c) or nil, c.b
  end
  for _, t in ipairs(TITLES) do
    if rest:find(t, 1, true) then return k > c.a and c.a or k, c.b end
  end
end

-- ---- channels ---------------------------------------------------------------------

local THROUGH <const> = clauses.wait "通过 利用 运用 借助 采取 采用 充分利用 依托"
local WAYS <const> = set "多种形式 各种形式 多种方式 多种渠道 方式 形式 手段 渠道 途径 平台 载体 媒介 方法 办法"
local MEDIA <const> = { "广播", "喇叭", "微信", "短信", "横幅", "公众号", "电视", "电话", "宣传车", "传单", "黑板报", "公告",
  "海报", "标语", "视频", "大屏", "微博", "条幅", "无人机", "QQ", "网站", "宣传册", "倡议书", "展板", "抖音", "群", "报纸",
  "宣传栏", "大喇叭", "传单", "网络", "直播", "显示屏" }

local function told_by(doc, k, c)
  local way
  for e = k + 1, c.b do
    if WAYS[doc.words[e]] then
      way = e
      break
    end
  end
  if not way or not clauses.first(doc, k, way, { ["、"] = true, ["和"] = true,
    ["等"] = true }) then return nil end
  local inner, media = doc.shown:sub((doc:span(k)), (doc:span(way))), 0
  for _, m in ipairs(MEDIA) do
    if inner:find(m, 1, true) then media = media + 1 end
  end
  if media < 1 then return nil end
  return (doc:word(k - 1) == "充分" or doc:word(k - 1) == "综合") and k - 1 or k, way
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
  if doc:word(b) == ":" then
    for e = b - 1, math.max(1, b - 4), -1 do
      if SAID[doc:word(e)] then return e end
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

-- ---- cases ------------------------------------------------------------------------

local CASES <const> = clauses.wait "某 某某 某甲 某乙"

-- 居民王某,独居多年: a clause that only names somebody, and what follows of them.
local function told_of(doc, k, c)
  if k ~= c.b or c.b - c.a > 4 or c.mark ~= "," then return nil end
  local to, nxt = c.b, clauses.behind(doc, c)
  local n = 0
  while nxt and n < 3 do
    to, n = nxt.b, n + 1
    nxt = clauses.behind(doc, nxt)
  end
  return n > 0 and c.a or nil, to
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
    "event.donation",
    description = "gifts: 捐赠..., 自费购买..., 将...捐了出来",
    scan = scanner(GIFTS, "donation", given), needs = vocabulary.words(GIFTS),
    examples = {
      ["企业捐赠棉被200床。"] = { subtype = "donation" },
      ["她自费购买药品送给邻居。"] = { name = "自费购买药品送给邻居" },
    },
    counterexamples = { "捐赠仪式很隆重。", "感谢捐款者。" },
  },
  rule {
    "event.gift",
    description = "what is brought for nothing: 给...免费送去...",
    scan = scanner(SENT, "donation", sent), needs = vocabulary.words(SENT),
    examples = { ["商店给老人免费送去面粉20袋。"] = { subtype = "donation" },
                 ["他给学校送了5张课桌。"] = { name = "给学校送了5张课桌" } },
    counterexamples = { "给前线送去温暖。" },
  },
  rule {
    "event.recognition",
    description = "honours: 被评为..., 荣获..., 涌现出...",
    scan = scanner(HONOURS, "recognition", honoured), needs = vocabulary.words(HONOURS),
    examples = {
      ["李红被评为优秀教师,荣获全市先进个人称号。"] = { subtype = "recognition" },
      ["涌现出赵刚、钱伟等一批骨干。"] = { name = "涌现出赵刚、钱伟" },
      ["县里评出“护林之星”10名。"] = { subtype = "recognition" },
    },
    counterexamples = { "涌现出一批典型。", "获得群众好评。" },
  },
  rule {
    "event.channel",
    description = "how people were told: 通过广播、短信等渠道",
    scan = scanner(THROUGH, "channel", told_by), needs = vocabulary.words(THROUGH),
    examples = { ["通过广播、海报等形式宣传。"] = { name = "通过广播、海报等形式" } },
    counterexamples = { "通过努力、学习等方式提高。", "利用土地。" },
  },
  rule {
    "event.speech",
    description = "what somebody said: “...。”镇长说",
    scan = scan_speech, needs = { "“" },
    examples = { ["“大家动手,事情就好办。”村长说。"] = { subtype = "speech", name = "大家动手,事情就好办。" },
                 ["“今年的梨真甜!”她又摘了一个。"] = { name = "今年的梨真甜!" } },
    counterexamples = { "落实“三个到位”,他说。" },
  },
  rule {
    "event.case",
    description = "the case of somebody without a full name: 居民王某,独居多年",
    scan = scanner(CASES, "case", told_of), needs = vocabulary.words(CASES),
    examples = { ["村民张某,年过七旬,无人照料。"] = { subtype = "case" } },
    counterexamples = { "张某被罚款。" },
  },
}
