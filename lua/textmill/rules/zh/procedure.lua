-- Ordered procedures, a fact a step: its number, what is done, by whom.
--
--   先由村干部登记,再由乡里审核,最后张榜公示    words of order
--   申请→受理→审核→发证                    arrows
--   本人申请,班主任签字,校长批准后方可离校      what must come before 方可
--   如需购药的,由网格员登记,药店配药,送到家中   what follows a condition
--   办理流程是:...,...,...    1. ... 2. ...   what is called a procedure

local clauses = require "textmill.rules.zh.clauses"
local numbering = require "textmill.rules.zh.numbering"
local rule = require "textmill".rule
local sequence = require "textmill.rules.zh.sequence"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local ACTOR_ENDS <const> = set "v d p ad"
local BY <const> = set "由 经"

local VERB <const> = { v = true, vn = true }

-- Who acts in the tokens a..b: 由[村干部]敲锣, [班主任]签字.
local function actor(doc, a, b)
  local from = BY[doc.words[a]] and a + 1 or a
  local e = from
  while e <= b and not ACTOR_ENDS[doc.tags[e]] do e = e + 1 end
  if e == from or e > b or e - from > 6 then return nil end
  local i = doc:span(from)
  local _, j = doc:span(e - 1)
  return doc.shown:sub(i, j)
end

local function step(doc, n, a, b)
  local i, j = clauses.trim(doc, a, b)
  return { type = "step", n = n, name = doc.shown:sub(i, j), actor = actor(doc, a, b), at = { i, j },
           spans = { action = { i, j } } }
end

-- Steps { {a, b}, ... } as facts; fewer than `least` are none.
local function facts_of(doc, parts, least, out)
  if #parts < least then return end
  for n, p in ipairs(parts) do out[#out + 1] = step(doc, n, p[1], p[2]) end
end

-- ---- 先...再...最后 -----------------------------------------------------------

local function scan_words(doc)
  local facts = {}
  for _, parts in ipairs(sequence.of(doc)) do facts_of(doc, parts, 2, facts) end
  return facts
end

local FAR <const> = 600 -- bytes between two steps of one procedure

-- 第一步,...;第二步,...
local function scan_numbered(doc)
  local facts = {}
  for _, list in ipairs(numbering.lists(doc)) do
    local parts = {}
    for n, it in ipairs(list.style == "步" and list or {}) do
      if n > 1 and it.mark - list[n - 1].j > FAR then break end
      parts[n] = { doc:token_at(it.mark), doc:token_at(it.j) }
    end
    facts_of(doc, parts, 2, facts)
  end
  return facts
end

-- ---- arrows -------------------------------------------------------------------

local ARROWS <const> = clauses.wait "→ ⇒ ➔ ➜ -> ⟶ ▶ —> —— —"
local DASHES <const> = set "—— —"
local LONGEST_DASHED <const> = 6 -- tokens of a step between dashes

-- 测量——登记——付款: dashes are arrows between short steps that say what is done.
local function dashed(doc, parts)
  local done = 0
  for _, p in ipairs(parts) do
    if p[2] - p[1] >= LONGEST_DASHED then return false end
    if clauses.has_tag(doc, p[1], p[2], VERB) then done = done + 1 end
  end
  return done * 2 > #parts
end

-- 按照“A—B—C”五道程序: the tokens of the quotation arrows stand in, or of the clause.
local function quotation(doc, k, c)
  local from, to = c.a, c.b
  for e = c.a, k - 1 do
    if doc.words[e] == "“" then from = e + 1 elseif doc.words[e] == "”" then from = c.a end
  end
  local close = from > c.a and clauses.word(doc, k, c.b, "”")
  if not close then return c.a, to end
  return from, close - 1
end

local HEADED <const> = { paragraph = true, list = true, heading = true }
local function scan_arrows(doc)
  local facts, reached = {}, 0
  for k, c in clauses.with(doc, ARROWS, HEADED) do
    if k > reached then
      local parts, from, to = {}, quotation(doc, k, c)
      for e = from, to + 1 do
        if e > to or ARROWS[doc.words[e]] then
          if e > from then parts[#parts + 1] = { from, e - 1 } end
          from = e + 1
        end
      end
      if not DASHES[doc.words[k]] or dashed(doc, parts) then facts_of(doc, parts, 3, facts) end
      reached = c.b
    end
  end
  return facts
end

-- ---- clauses that are steps -------------------------------------------------------

local ENOUGH <const> = clauses.wait "方可 才可 方能"
local CONDITION <const> = clauses.wait "如 若 凡 确需 如果 如需 若需 需要"
local CALLED <const> = clauses.wait "流程 程序 步骤 手续 环节 报火程序 工序 步 顺序 步走"
local IS <const> = set "是 为 办理 进行 操作 执行 如下 : 很简单 分为 分 走"
local CHOOSING <const> = set "挑选 选派 抽调 选拔 选取 抽选 遴选"
local STATES <const> = set "是 有 在 为"

-- The clauses of the sentence part of c, from c to its end (or another's).
local function rest_of(doc, c)
  local parts, o = {}, c
  while o do
    parts[#parts + 1] = o
    o = clauses.behind(doc, o)
  end
  return parts
end

local function first_of_sentence(doc, c)
  local o = c
  while true do
    local before = clauses.before(doc, o)
    if not before or before.mark == ":" then return o end
    o = before
  end
end

-- Clauses as steps; a choice of people belongs to what they are chosen for.
local function steps_of(doc, list)
  local parts = {}
  for k, c in ipairs(list) do
    local chosen = clauses.first(doc, c.a, c.b, CHOOSING) and list[k + 1]
    if clauses.has_tag(doc, c.a, c.b, VERB) and not chosen then parts[#parts + 1] = { c.a, c.b } end
  end
  return parts
end

-- Are the clauses those of 先...再...最后, found by their words?
local function in_order(doc, list)
  for _, parts in ipairs(sequence.of(doc)) do
    if parts[1][1] >= list[1].a and parts[1][1] <= list[#list].b then return true end
  end
  return false
end

-- ...签字,...盖章后方可出门: at least three clauses of one sentence.
local function scan_permitted(doc)
  local facts = {}
  for _, c in clauses.told(doc, ENOUGH) do
    if not clauses.behind(doc, c) then
      local list = rest_of(doc, first_of_sentence(doc, c))
      if #list >= 3 and not in_order(doc, list) then facts_of(doc, steps_of(doc, list), 3, facts) end
    end
  end
  return facts
end

-- 如需...的,由A做,B做,C做: the condition goes with the first step.
local function scan_conditional(doc)
  local facts, reached = {}, 0
  for k, c in clauses.told(doc, CONDITION) do
    local nxt = k > reached and k - c.a <= 2 and clauses.behind(doc, c)
    if nxt and doc.words[c.b] == "的" and BY[doc.words[nxt.a]] then
      local list = rest_of(doc, nxt)
      reached = list[#list].b
      local parts = steps_of(doc, list)
      if #parts >= 3 then
        parts[1][1] = c.a
        facts_of(doc, parts, 3, facts)
      end
    end
  end
  return facts
end

-- 由A组建B,做X,做Y: what the newly formed group does, one thing after the other.
local FORMS <const> = set "组建 组成 成立 抽调"
local FORMED_BY <const> = set "由"
local function scan_formed(doc)
  local facts = {}
  for k, c in clauses.told(doc, FORMED_BY) do
    local form = clauses.first(doc, k, c.b, FORMS)
    local nxt = form and clauses.behind(doc, c)
    if nxt then
      local parts = {}
      for _, o in ipairs(rest_of(doc, nxt)) do
        local tag = doc.tags[o.a]
        if (tag ~= "v" and tag ~= "p" and tag ~= "vn") or STATES[doc.words[o.a]] then break end
        parts[#parts + 1] = { o.a, o.b }
      end
      facts_of(doc, parts, 2, facts)
    end
  end
  return facts
end

-- 按程序处置: at token k of what is called a procedure.
local AFTER <const> = set "按 按照 依 依照 遵照 执行 遵循"
local function followed(doc, k, c)
  return c.b - k <= 2 and clauses.first(doc, c.a, k - 1, AFTER) ~= nil
end

-- The clause behind o, in the next block where a line was broken off at a comma.
local function going_on(list, o)
  local nxt = list[o.n + 1]
  if not nxt or o.mark ~= "," and o.mark ~= ";" then return nil end
  return (nxt.block == o.block or o.j >= o.block.sj - 1) and nxt or nil
end

local function circled(doc, k) return doc.words[k]:find "^\xE2\x91" ~= nil end

-- The parts of a clause between 、 (or ① ②) as tokens.
local function parts_of(doc, c)
  local parts, from = {}, c.a
  for e = c.a, c.b + 1 do
    if e > c.b or doc.words[e] == "、" or circled(doc, e) then
      if e > from then parts[#parts + 1] = { from, e - 1 } end
      from = e + 1
    end
  end
  return parts
end

-- 1.报警;2.集合,清点人数: does the clause begin with a number of its own?
local STEP <const> = "第一步"
local LEAST <const> = 3
local function numbered(doc, c)
  local s = doc.shown:sub(c.i, c.i + 5)
  return s:find "^%d[.)]" or s:find "^%d、" or s:find "^\xE2\x91"
end

-- 流程是:A,B,C  手续:...  按以下程序办理:...
local function scan_called(doc)
  local facts, reached = {}, 0
  for k, c in clauses.with(doc, CALLED) do
    if k > reached and c.mark == ":" and (k == c.b or IS[doc.words[c.b]] or IS[doc.words[k + 1]]
      or followed(doc, k, c)) then
      local list = clauses.of(doc)
      local o, parts = list[c.n + 1], {}
      local words = o and clauses.first(doc, o.a, math.min(o.b, o.a + sequence.AHEAD), sequence.FIRST)
      local arrows = o and clauses.first(doc, o.a, o.b, ARROWS)
      local last = o and rest_of(doc, o)
      local only = last and clauses.first(doc, last[#last].a, last[#last].b, ENOUGH)
      local told = o and doc.shown:sub(o.i, o.i + #STEP - 1) == STEP -- step.numbered has them
      if words or arrows or only or told or o and o.block ~= c.block then o = nil end
      local single = o and not going_on(list, o)
      local marked = o and numbered(doc, o)
      while o do
        if marked and #parts > 0 and not numbered(doc, o) then parts[#parts][2] = o.b
        else parts[#parts + 1] = { o.a, o.b } end
        o = going_on(list, o)
      end
      if single then parts = parts_of(doc, list[c.n + 1]) end
      facts_of(doc, parts, single and LEAST or 2, facts)
      if #parts > 0 then reached = parts[#parts][2] end
    end
  end
  return facts
end

local HOW <const> = clauses.wait "怎么"
local DONE <const> = set "做 办 操作 进行 走"
-- 走登记、核查、回访流程: verbs in a row before what they are called.
local PASSING <const> = set "走 按 按照 经 经过 履行 执行 严格执行 严格按照 实行 坚持 落实 完成 遵循 规范"
local BEHIND <const> = set "进行 开展 推进 办理 操作 执行 实施 处置 组织"

-- Where the row ends before token k: 的 and a count (五个步骤) and a closing mark are no part of it.
local NUMBERED_BY <const> = set "个 道 项 大 条"
local function row_end(doc, k)
  local e = k - 1
  if doc:tag(e) == "m" and NUMBERED_BY[doc:word(e):sub(-3)] then e = e - 1
  elseif NUMBERED_BY[doc:word(e)] and doc:tag(e - 1) == "m" then e = e - 2 end
  if doc:word(e) == "的" then e = e - 1 end
  if doc:word(e) == "”" then e = e - 1 end
  return e
end

local function row_of(doc, k, from)
  if doc:word(from) == "“" then from = from + 1 end
  local parts, done = parts_of(doc, { a = from, b = row_end(doc, k) }), 0
  for _, p in ipairs(parts) do
    if p[2] - p[1] <= 3 and clauses.has_tag(doc, p[1], p[2], VERB) then done = done + 1 end
  end
  -- the words of a quotation, of ①② or of a row that is counted may be nouns to the lexicon
  local counted = doc:tag(k - 1) == "m" or doc:tag(k - 1) == "q"
  local sure = counted or doc:word(from - 1) == "“" or circled(doc, from)
  return (done == #parts or sure and done * 2 >= #parts) and parts or {}
end

local function scan_row(doc)
  local facts = {}
  for k, c in clauses.with(doc, CALLED) do
    local listed = k > c.a + 2 and (clauses.word(doc, c.a, k - 1, "、") or circled(doc, c.a + 1))
    local ends = listed and not c.quoted and (k == c.b or BEHIND[doc.words[k + 1]])
    for e = ends and k - 1 or c.a, c.a, -1 do
      if PASSING[doc.words[e]] then
        if ends then facts_of(doc, row_of(doc, k, e + 1), LEAST, facts) end
        break
      end
    end
  end
  return facts
end

-- 检测怎么做?取样、浸泡、出单,...
local function scan_asked(doc)
  local facts = {}
  for k, c in clauses.with(doc, HOW) do
    local answer = c.mark == "?" and k == c.b - 1 and DONE[doc.words[c.b]] and clauses.of(doc)[c.n + 1]
    local parts = answer and answer.block == c.block and parts_of(doc, answer) or {}
    local done = 0
    for _, p in ipairs(parts) do
      if clauses.has_tag(doc, p[1], p[2], VERB) then done = done + 1 end
    end
    if done * 2 > #parts then facts_of(doc, parts, LEAST, facts) end
  end
  return facts
end

-- ---- 一看、二拆、三投 ----------------------------------------------------------------

local ORDINALS <const> = { "一", "二", "三", "四", "五", "六", "七", "八" }
local WORDED <const> = 5 -- characters of such a step

-- The steps that begin with 一 at shown byte p of the clause: their bytes.
local function ordinals_at(s, p, to)
  local parts = {}
  for n, mark in ipairs(ORDINALS) do
    if s:sub(p, p + 2) ~= mark then break end
    local stop = s:find("、", p, true)
    local j = math.min(stop and stop - 1 or to, to)
    local chars = utf8.len(s, p, j)
    if not chars or chars < 2 or chars > WORDED then break end
    parts[n] = { p, j }
    if j == to then break end
    p = stop + 3
  end
  return parts
end

local NO_STEP <const> = set "是 要 个 级 组 队 村 类 期 次 季度 班 号 方面 者 楼 等 等奖 保 批"
local function scan_ordinals(doc)
  local facts, reached = {}, 0
  for at in doc:each("、二", { paragraph = true, list = true }) do
    local c = at > reached and clauses.at(doc, at)
    local from = c and doc.shown:sub(c.i, at - 1):match ".*()一"
    local parts = from and ordinals_at(doc.shown, c.i + from - 1, c.j) or {}
    local done = 0
    for _, p in ipairs(parts) do
      local k = doc:token_at(p[1] + 3)
      local verb = VERB[doc:tag(k)] or VERB[doc:tag(doc:token_at(p[1]))]
      if verb and not NO_STEP[doc:word(k)] then done = done + 1 end
    end
    if #parts >= LEAST and done * 2 > #parts and parts[#parts][2] == c.j then
      for n, p in ipairs(parts) do
        facts[#facts + 1] = { type = "step", n = n, name = doc.shown:sub(p[1], p[2]), at = p,
          spans = { action = p } }
      end
      reached = c.j
    end
  end
  return facts
end

-- ---- numbered lines under a heading that says procedure -------------------------

-- Block after block, captions between them left out.
local function follows(doc, it, before)
  for number = before.number + 1, it.number - 1 do
    if doc.blocks[number].kind ~= "caption" then return false end
  end
  return true
end

local function line_step(doc, n, it)
  local j = it.j
  while j > it.i and doc.shown:find("^[%s;.]", j) do j = j - 1 end
  if doc.shown:sub(j - 2, j) == "。" then j = j - 3 end
  return { type = "step", n = n, name = doc.shown:sub(it.i, j), at = { it.i, j },
           actor = actor(doc, doc:token_at(it.i), doc:token_at(j)), spans = { action = { it.i, j } } }
end

local function scan_lines(doc)
  local facts = {}
  for _, list in ipairs(numbering.lists(doc)) do
    if numbering.procedure(doc, list) and follows(doc, list[2], list[1]) then
      for n, it in ipairs(list) do
        if n > 1 and not follows(doc, it, list[n - 1]) then break end
        facts[#facts + 1] = line_step(doc, n, it)
      end
    end
  end
  return facts
end

return {
  rule {
    "step.words",
    description = "先...再...最后: steps by their words of order",
    scan = scan_words, needs = sequence.NEEDS,
    examples = { ["先由队员灭火,再由医生救人,最后清理现场。"] = { type = "step", n = 3, name = "最后清理现场" } },
    counterexamples = { "他先走了,大家都很伤心。" },
  },
  rule {
    "step.numbered",
    description = "第一步...第二步...",
    scan = scan_numbered,
    needs = { "第一步" },
    examples = { ["第一步,填表;第二步,交费;第三步,取证。"] = { n = 2, name = "第二步,交费" } },
    counterexamples = { "迈出了第一步。" },
  },
  rule {
    "step.arrows",
    description = "A→B→C",
    scan = scan_arrows, needs = vocabulary.words(ARROWS),
    examples = { ["提出申请→窗口受理→审核发证。"] = { n = 3, name = "审核发证" },
                 ["提出申请——窗口受理——审核发证。"] = { n = 3, name = "审核发证" } },
    counterexamples = { "北京→上海。" },
  },
  rule {
    "step.permitted",
    description = "A签字,B盖章,C登记后方可...: all that comes before 方可",
    scan = scan_permitted, needs = vocabulary.words(ENOUGH),
    examples = { ["职工提出申请,组长签字,经理批准,方可离岗。"] = { n = 3, name = "经理批准", actor = "经理" } },
    counterexamples = { "戴口罩方可入内。" },
  },
  rule {
    "step.conditional",
    description = "如需...的,由A...,B...,C...",
    scan = scan_conditional, needs = vocabulary.words(CONDITION),
    examples = { ["如需送药的,由楼长登记,药店送药,骑手带到楼下。"] = { n = 2, name = "药店送药" } },
    counterexamples = { "如需帮助的,由社区负责。" },
  },
  rule {
    "step.formed",
    description = "由...组建...,做...,做...",
    scan = scan_formed, needs = vocabulary.words(FORMS),
    examples = { ["由团员组建送餐队,收集订单,送餐到楼。"] = { n = 2, name = "送餐到楼" } },
    counterexamples = { "由团员组建送餐队,群众很满意。" },
  },
  rule {
    "step.called",
    description = "流程是:A,B,C",
    scan = scan_called, needs = vocabulary.words(CALLED),
    examples = { ["办理流程是:本人申请,村里初审,乡里公示。"] = { n = 3, name = "乡里公示" } },
    counterexamples = { "优化办事流程。" },
  },
  rule {
    "step.row",
    description = "走登记、核查、回访流程: verbs in a row that are called a procedure",
    scan = scan_row, needs = vocabulary.words(CALLED),
    examples = { ["投诉要走登记、核查、回访流程。"] = { n = 3, name = "回访" } },
    counterexamples = { "优化登记、核查、回访流程。", "熟悉人员、车辆、物资流程。" },
  },
  rule {
    "step.ordinals",
    description = "一看、二拆、三投: short verbs with numerals",
    scan = scan_ordinals,
    needs = { "、二" },
    examples = { ["过马路要一停、二看、三通过。"] = { n = 2, name = "二看" } },
    counterexamples = { "一中队、二中队、三中队参加比赛。", "一是学习、二是工作、三是休息。" },
  },
  rule {
    "step.asked",
    description = "怎么做?A、B、C",
    scan = scan_asked,
    needs = { "怎么" },
    examples = { ["豆腐怎么做?泡豆、磨浆、煮浆、压制。"] = { n = 2, name = "磨浆" } },
    counterexamples = { "怎么办?大家、群众、干部都着急。", "这件事怎么做?没人知道。" },
  },
  rule {
    "step.lines",
    description = "numbered lines under a heading of procedure",
    scan = scan_lines,
    needs = numbering.PROCEDURES,
    examples = { ["办证流程\n1.填写申请表\n2.提交照片\n3.领取证件\n"] = { n = 2, name = "提交照片" } },
    counterexamples = { "注意事项\n1.保持安静\n2.不要奔跑\n" },
  },
}
