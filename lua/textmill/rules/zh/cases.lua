-- Cases: what befell one person, told as an example.
--
--   居民王某,独居多年,腿脚不便         somebody without a full name, and what follows
--   低保户周兰患肺癌,花光了积蓄         one of the people, and a blow, a quarrel or an offence

local clauses = require "textmill.rules.zh.clauses"
local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local told = require "textmill.rules.zh.told"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

-- ---- named, and nothing else --------------------------------------------------------

local HIDDEN <const> = clauses.wait "某 某某 某甲 某乙"

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

-- What befalls people: illness, accidents, quarrels, offences; a turn for the better.
local BLOWS <const> = { "患了", "患有", "患上", "患肺", "患癌", "病故", "去世", "离异", "车祸", "摔倒", "摔伤", "骨折", "落水", "溺水",
  "被骗", "骗走", "受伤", "撞伤", "失火", "纠纷", "争吵", "欠下", "拖欠", "挪用", "酒后", "酒驾", "拘留", "查获", "罚款", "违规",
  "私自", "擅自", "偷", "请客送", "引发", "剐蹭", "走失", "瘫痪", "中风", "癌", "尿毒症", "反映", "求助", "返乡", "舍不得", "不肯",
  "不便", "漏雨", "户口", "拒不", "被处", "患", "在外打工", "无人照", "上访", "轻信", "辍学", "失业", "火灾", "被困", "昏迷", "超载", "欠薪",
  "讨薪", "讨要", "没拿到", "打架", "争执", "扭伤", "迷路", "晕倒", "查出", "确诊", "检出", "非法", "电鱼", "无证", "积水", "手术", "住院",
  "病倒", "大病", "中暑", "起诉", "吵" }

-- ---- hidden names that did or suffered something -----------------------------------------

-- What the authorities do about it: said of somebody it makes a case.
local FOLLOWED <const> = { "被罚", "被责令", "被处", "被拘", "被停", "被查", "被吊销", "被暂扣", "被没收", "罚款", "拘留", "立案",
  "补种", "补缴", "补交", "责令" }
local TOLD_OF <const> = set "对 将 把 给 以 向 由 为 据 与 和 说 介绍"
local MOST_TOLD <const> = 5 -- clauses of such a case

-- The sentence from clause c on, where one of its clauses has such a word; nil without.
local function sentence(doc, c, words)
  local o, n, found = c, 1, false
  while o do
    found = found or text.has(doc.shown:sub(o.i, o.j), words)
    local nxt = n < MOST_TOLD and clauses.behind(doc, o) or nil
    if not nxt or nxt.part ~= c.part then return found and o.b or nil end
    o, n = nxt, n + 1
  end
end

-- 船工柳某酒后驾船撞上桥墩,被罚款800元: who is hidden at the head of a sentence, and what came of it.
local function hidden(doc, k, c)
  if k == c.b and c.mark == "," and c.b - c.a <= 4 then return told_of(doc, k, c) end
  if k - c.a > 14 or clauses.first(doc, c.a, k - 1, TOLD_OF) then return nil end
  local before = clauses.before(doc, c)
  if before and text.has(doc.shown:sub(before.i, before.j), FOLLOWED) then return nil end
  local to = sentence(doc, c, FOLLOWED) or sentence(doc, c, BLOWS)
  return to and c.a, to
end

-- 河口一家饭店偷排油污,被责令停业: a house without its name, and what came of it.
local HOUSES <const> = clauses.wait "一家 某 某企业 某公司 某店 某餐馆 家"
local SHOPS <const> = { "店", "馆", "客栈", "企业", "公司", "超市", "厂", "作坊", "工地", "民宿", "药房", "酒楼", "诊所", "加工点" }
local function house(doc, k, c)
  local one = doc.words[k] ~= "家" or doc:word(k - 1) == "一"
  local nxt = one and k - c.a <= 6 and clauses.behind(doc, c)
  local penal = nxt and doc.shown:find("^被", nxt.i) and text.has(doc.shown:sub(nxt.i, nxt.j), FOLLOWED)
  if not penal or not text.has(doc.shown:sub((doc:span(k)), c.j), SHOPS) then return nil end
  return c.a, sentence(doc, c, FOLLOWED)
end

-- ---- what befell them ----------------------------------------------------------------

-- One of the people: what they are called before their name.
local PEOPLE <const> = clauses.wait [[村民 居民 学生 老人 脱贫户 贫困户 低保户 五保户 残疾人 养殖户 种植户 商户 摊主 店主 业主 船员 机手 船工 承包人
  承租人 务工人员 农民工 青年 大学生
  妇女 农民工 工友 游客 渔民 船主 包工头 经营户 邻居 工人 母亲 男童 女童
  老师傅 养猪户 果农 菜农 乘客 货车司机 户主 孤儿 户 候选人 小学生 中学生 司机 车主 驾驶员 群众 患者 会计 出纳 女子 男子 老汉 独居 孤寡]]
local UNNAMED <const> = { "一名", "一位", "有位", "有群众", "有村民", "有居民", "某" }
local KIN <const> = { "大爷", "大妈", "大娘", "大叔", "奶奶", "婆婆", "爷爷", "阿姨", "老汉", "娭毑", "女士", "先生", "老伯" }

local NEVER <const> = { "表示", "介绍", "参加", "组织", "带头", "严禁", "如有", "如发现", "等", "防止", "避免", "应当", "必须" }

-- Is somebody single named in the clause: a name, 王某, 赵奶奶, 一名学生?
local function single(doc, k, c, words)
  if clauses.first(doc, c.a, c.b, HIDDEN) then return true end
  if text.has(words, KIN) or text.has(words, UNNAMED) or words:find "等%d+人" then return true end
  for e = k + 1, math.min(k + 2, c.b) do
    if doc.tags[e] == "nr" then return true end
  end
  return false
end

local AGED <const> = "^%d%d?岁"
local MOST <const> = 3 -- clauses of a case

-- Does the next clause still tell of it?
local GOES_ON <const> = { "被", "并", "家里", "家中", "险", "他", "她", "把", "多次", "独自", "一直", "查实", "属实", "向", "怎么",
  "花光", "房子", "随即", "将", "两", "办起", "创办", "开起", "种起", "养起" }

local function whole(doc, c)
  local last, n, o = c, 1, clauses.behind(doc, c)
  while o and n <= MOST and o.n - last.n <= 2 do
    local words = doc.shown:sub(o.i, o.j)
    if text.has(words, BLOWS) or text.has(words, GOES_ON) then last = o end
    n, o = n + 1, clauses.behind(doc, o)
  end
  return last.b
end

local function befell(doc, k, c)
  if k - c.a > 8 then return nil end
  if clauses.word(doc, c.a, k, "对") then return nil end
  local someone = clauses.first(doc, c.a, c.b, HIDDEN) -- event.case has them
  if someone and hidden(doc, someone, c) then return nil end
  local words = doc.shown:sub(c.i, c.j)
  local one = words:find(AGED) or single(doc, k, c, words)
  if not one or text.has((words:gsub("等(%d+人)", "%1")), NEVER) then return nil end
  local nxt = clauses.behind(doc, c)
  local blow = text.has(words, BLOWS) or nxt and text.has(doc.shown:sub(nxt.i, nxt.j), BLOWS)
  if not blow then return nil end
  local from = c.a
  while from < k and (doc.tags[from] == "t" or doc.tags[from] == "blank") do from = from + 1 end
  return from, whole(doc, c)
end

return {
  rule {
    "event.case",
    description = "the case of somebody without a full name: 居民王某,独居多年",
    scan = told.scanner(HIDDEN, "case", hidden), needs = vocabulary.words(HIDDEN),
    examples = { ["村民张某,年过七旬,无人照料。"] = { subtype = "case" },
                 ["村民李某酒后驾车,被拘留15日。"] = { name = "村民李某酒后驾车,被拘留15日" } },
    counterexamples = { "张某参加比赛。", "对拒不改正的司机张某予以拘留。" },
  },
  rule {
    "event.house",
    description = "the case of a house without its name: 一家饭店偷排油污,被责令停业",
    scan = told.scanner(HOUSES, "case", house), needs = vocabulary.words(HOUSES),
    examples = { ["镇上一家超市出售过期饮料,被罚款2000元。"] = { subtype = "case" } },
    counterexamples = { "一家企业被评为先进单位。" },
  },
  rule {
    "event.befell",
    description = "what befell one of the people: 低保户周某患肺癌",
    scan = told.scanner(PEOPLE, "case", befell), needs = vocabulary.words(PEOPLE),
    examples = { ["低保户周兰患肺癌,花光了积蓄。"] = { name = "低保户周兰患肺癌,花光了积蓄" } },
    counterexamples = { "村民参加劳动。", "学生李某参加比赛。", "村民反映路灯不亮。" },
  },
}
