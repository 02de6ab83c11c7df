-- Gifts: what is given for nothing.
--
--   捐赠口罩500只    自费购买灭火器    将...捐了出来
--   公司送来大米20袋    拿出积蓄5000元    共筹集善款36万元    给学校送了5张课桌

local clauses = require "textmill.rules.zh.clauses"
local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local told = require "textmill.rules.zh.told"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local TO <const> = set "给 为 向"
local COUNT <const> = { m = true }

-- ---- words of giving --------------------------------------------------------------

local GIFTS <const> = clauses.wait [[捐赠 捐款 捐 捐给 捐出 捐献 捐助 捐资 捐物 赠送 自费 自掏 掏腰包 自掏腰包 无偿 免费送
  慷慨解囊 认捐 义捐 捐建 援建 资助 赠]]
local NOT_GIVEN <const> = set [[者 款 仪式 活动 倡议 人 中心 政策 榜 箱 名单 书 结果 程序 器官 管理 行为 协议 合同 站 证书
  出国 留学 旅游 生 项目 接种 治疗 择校 医疗]]
local NOTHING <const> = set "一点 一些 爱心 力量" -- 社会捐一点

local OUGHT <const> = set "应 应当 要 须 必须 可以 可 不得 鼓励 禁止 要求 倡议 号召 呼吁 如何"
local GIVING <const> = set "了 出 出来 给 来 上 到 献 建"
local BEFORE <const> = { t = true, w = true, blank = true, u = true }
local OF <const> = set "的"
local MOST_BEFORE <const> = 14 -- tokens

-- Who gives and to whom: all the clause says before token k but the time; what stands
-- right before it where it says more (攒下的钱, 在外地做生意的).
local function from_giver(doc, k, c)
  if k - c.a > MOST_BEFORE or clauses.first(doc, c.a, k - 1, OF) then return told.near(doc, k, c) end
  local from = c.a
  while from < k and (BEFORE[doc.tags[from]] or doc.words[from] == "并") do from = from + 1 end
  return from
end

-- 捐赠财产的管理: words of statutes, too; a gift that was given has its number, or 了.
local STATUTE <const> = set "捐赠 捐献 捐助 捐款 赠送 捐资 捐物"
local WILLING <const> = set "自愿 踊跃 纷纷 积极 主动 慷慨"
local function done(doc, k, c)
  return doc.words[c.b] ~= "的" and (GIVING[doc:word(k + 1)] or clauses.has_tag(doc, c.a, c.b, COUNT)
    or clauses.first(doc, c.a, k, WILLING)) and true
end

local COUNT_ENDS <const> = set "m q"

-- 甲厂捐款5万元、乙店捐大米20袋: the part of the clause that token k gives.
local function given_part(doc, k, c)
  local from, to = c.a, c.b
  for e = c.a, k - 1 do
    if doc.words[e] == "、" and clauses.first(doc, c.a, e, GIFTS) then from = e + 1 end
  end
  for e = c.b, k + 1, -1 do
    local own = doc.words[e] == "、" and clauses.first(doc, e, c.b, GIFTS)
    if own and (COUNT_ENDS[doc.tags[e - 1]] or clauses.has_tag(doc, k, e, COUNT)) then to = e - 1 end
  end
  return { a = from, b = to, i = (doc:span(from)), j = select(2, doc:span(to)) }
end

-- 被罚款8000元,并自费投放鱼苗: no gift.
local function penalty_before(doc, c)
  local before = clauses.before(doc, c)
  return before and doc.shown:sub(before.i, before.j):find("罚款", 1, true) ~= nil
end

local function given(doc, k, c)
  local w, nxt = doc.words[k], doc:word(k + 1)
  if nxt == "物资" and not clauses.has_tag(doc, k, c.b, COUNT) then return nil end
  if clauses.first(doc, c.a, k - 1, OUGHT) then return nil end
  if w == "资助" and (nxt == "按" or nxt == "按照" or doc:word(k - 1):sub(1, 3) == "每") then return nil end
  if w == "自费" and penalty_before(doc, c) then return nil end
  if NOT_GIVEN[nxt] or NOTHING[nxt] or doc:word(k - 1) == "的" or k == c.b and k == c.a then return nil end
  if w == "捐" and not (GIVING[nxt] or doc:tag(k + 1) == "m") then return nil end
  if (w == "赠送" or w == "资助" or w == "援建" or w == "赠") and k == c.b then return nil end
  if STATUTE[w] and not done(doc, k, c) then return nil end
  if (w == "资助" or w == "赠") and not clauses.has_tag(doc, k + 1, c.b, { m = true }) then return nil end
  if w == "无偿" and not (nxt == "捐" or nxt == "捐赠" or nxt == "提供" or nxt == "捐献") then return nil end
  c = given_part(doc, k, c)
  local take = clauses.first(doc, c.a, k - 1, { ["将"] = true, ["把"] = true })
  if take then return take, c.b end
  local self = w == "自费" or w:sub(1, 6) == "自掏" or w == "掏腰包"
  local from = k
  if w == "掏腰包" and doc:word(k - 1) == "自" then from = k - 1 end
  if not self then from = from_giver(doc, k, c) end
  return from, c.b
end

-- ---- what is brought ---------------------------------------------------------------

local BRINGS <const> = set "送来 捐来 送上 来 送去"
local SENT <const> = clauses.wait "去 送来 送上 送 送去 捐来"
-- what is handed out, not given: 送来传单200份
local PAPERS <const> = { "传单", "手册", "宣传", "通知", "资料", "证", "单", "快递", "外卖", "服务", "上门", "清凉", "温暖",
  "祝福", "样品", "送医", "病人", "伤员", "孩子" }

local GOODS <const> = { "慰问品", "慰问金", "礼品", "物品", "物资" }
local HOUSES <const> = { "公司", "协会", "超市", "企业", "商会", "银行", "厂", "老板", "乡贤" }

-- 给每户[送]了一袋大米: to somebody, so many. 公司[送]茶叶200包. 给老人[送]慰问品.
local function sent_things(doc, k, c)
  local at = clauses.first(doc, c.a, k - 1, TO)
  local rest = doc.shown:sub((doc:span(k)), c.j)
  if at and text.ends(rest, GOODS) then
    local nxt = clauses.behind(doc, c)
    return at, nxt and doc.shown:find("^每", nxt.i) and nxt.b or c.b
  end
  if not at and k > c.a and text.ends(doc.shown:sub(c.i, select(2, doc:span(k - 1))), HOUSES)
    and clauses.has_tag(doc, k + 1, c.b, COUNT) then return c.a, c.b end
  local counted = doc:word(k + 1) == "了" and clauses.word(doc, k + 2, math.min(c.b, k + 4), "一")
  if at and (counted or doc:word(k + 1) == "了" and doc:tag(k + 2) == "m") then return at, c.b end
end

-- 甲厂送来面粉20袋、乙店送来食油10桶: the gift at token k alone, as a part of the clause.
local function own_part(doc, k, c)
  local from, to = c.a, c.b
  for e = c.a, k - 1 do
    if doc.words[e] == "、" and clauses.first(doc, c.a, e, BRINGS) then from = e + 1 end
  end
  for e = c.b, k + 1, -1 do
    if doc.words[e] == "、" and clauses.first(doc, e, c.b, BRINGS) then to = e - 1 end
  end
  return { a = from, b = to }
end

local NAMED <const> = set "n nr nt nz ns j x l"

-- 公司[送来]大米20袋: somebody brings so many.
local function brought(doc, k, c, from)
  local part = own_part(doc, k, c)
  local rest = doc.shown:sub((doc:span(k)), select(2, doc:span(part.b)))
  if not clauses.has_tag(doc, k + 1, part.b, COUNT) or text.has(rest, PAPERS) then return nil end
  for e = part.a, from - 1 do
    if NAMED[doc.tags[e]] then return from_giver(doc, from, part), part.b end
  end
end

local function sent(doc, k, c)
  local first = k
  if doc.words[k] == "去" or doc.words[k] == "来" then
    if doc:word(k - 1) ~= "送" then return nil end
    first = k - 1
  elseif doc.words[k] == "送" then
    return sent_things(doc, k, c)
  end
  local free = doc:word(first - 1) == "免费" or doc:word(first - 1) == "无偿"
  if not free then return brought(doc, k, c, first) end
  local from = first - 1
  for e = c.a, first - 2 do
    if TO[doc.words[e]] then
      from = e
      break
    end
  end
  return from, c.b
end

-- ---- money that is raised ------------------------------------------------------------

local RAISED <const> = clauses.wait [[筹集 募集 筹 募 集资 拿出 出资 筹款 募捐 众筹 筹措 收到 接收 接受 筹得 募得 交纳 缴纳 义卖
  赞助 减免]]
local SUMS <const> = { "善款", "捐款", "爱心款", "积蓄", "捐赠", "特殊党费", "义卖", "赞助", "寄来", "汇来", "租金" }
local MONEY <const> = { "元", "块钱" }
local SUMMED <const> = set "共 共计 累计 合计 总共" -- 户户少则50元,共集资3万元
local HELPED <const> = { "奖励", "资助", "帮助", "慰问", "修", "建", "购买", "救助", "助" }
local PUBLIC <const> = { "政府", "财政", "专项", "投资", "上级", "项目资金", "入股", "合作社" }

local function raised(doc, k, c)
  local rest, all = doc.shown:sub((doc:span(k)), c.j), doc.shown:sub(c.i, c.j)
  if clauses.first(doc, c.a, c.b, GIFTS) then return nil end
  if text.has(all, PUBLIC) or not text.has(rest, MONEY) then return nil end
  local w = doc.words[k]
  local kind = text.has(rest, SUMS) or w == "出资" and text.has(rest, HELPED) or w == "集资"
  if not kind then return nil end
  local before = SUMMED[doc.words[c.a]] and clauses.before(doc, c)
  local each = before and text.has(doc.shown:sub(before.i, before.j), MONEY)
  return each and before.a or told.whole(doc, k, c), c.b
end

-- ---- what neighbours do -----------------------------------------------------------------

-- 同学凑了1800元, 刘某汇来5000元, 一位司机寄来书籍40本: so much from somebody.
local PASSED <const> = clauses.wait "凑 凑了 凑出 寄来 汇来 捎来 让给 寄 汇"
local KEPT <const> = { "座位", "位置", "机会", "名额", "经营权", "承包权", "时间", "道" }
local OWN <const> = { "自家", "家里", "自己", "无偿", "免费", "全部", "家中" }

local SENT_HERE <const> = { "寄", "汇" } -- 一位不愿留名的司机寄来...
local function passed(doc, k, c)
  local w = doc.words[k]
  local rest, all = doc.shown:sub((doc:span(k)), c.j), doc.shown:sub(c.i, c.j)
  if text.has(all, PUBLIC) or text.has(rest, PAPERS) then return nil end
  if w == "让给" then
    local take = clauses.first(doc, c.a, k - 1, { ["将"] = true, ["把"] = true })
    local own = take and text.has(all, OWN) and not text.has(all, KEPT)
    return own and told.whole(doc, take, c) or nil, c.b
  end
  if k == c.a or not clauses.has_tag(doc, k + 1, c.b, COUNT) then return nil end
  local brought_here = w:find "来$" or doc:word(k + 1) == "来" or w:find "^凑" and text.has(rest, MONEY)
  if not brought_here then return nil end
  if text.starts(w, 1, SENT_HERE) and k - c.a <= MOST_BEFORE then return c.a, c.b end
  return from_giver(doc, k, c), c.b
end

-- 捐赠情况公布如下: lines of a giver and a gift each.
local LISTED <const> = { "捐", "善款", "爱心" }
local ANNOUNCED <const> = { "如下", "名单", "公布", "明细" }
local LINE <const> = { paragraph = true, list = true }
local GIFT <const> = "^[^,:;%d]+[ \t]+[^%s,:;%d]*%d[%d.,]*[^%s,:;%d]+$"
local MOST_LINE <const> = 40 * 3

local function scan_listed(doc)
  local facts, open = {}, false
  for n, b in ipairs(doc.blocks) do
    local s = doc.shown:sub(b.si, b.sj)
    local line = open and LINE[b.kind] and #s <= MOST_LINE and s:find(GIFT) and not s:find "%d%d%d%d%d%d%d"
    if line then facts[#facts + 1] = told.fact(doc, "donation", doc:token_at(b.si), doc:token_at(b.sj)) end
    local tail = s:sub(-90)
    local head = n < #doc.blocks and text.has(tail, ANNOUNCED) and text.has(tail, LISTED)
    open = line or head and (tail:sub(-1) == ":" or #s <= MOST_LINE)
  end
  return facts
end

return {
  rule {
    "event.passed",
    description = "what people give from their own: 凑了1800元, 汇来5000元, 把自家的...让给了...",
    scan = told.scanner(PASSED, "donation", passed), needs = vocabulary.words(PASSED),
    examples = { ["一位司机寄来书籍40本。"] = { subtype = "donation" },
                 ["同学凑了1800元。"] = { name = "同学凑了1800元" } },
    counterexamples = { "他把座位让给了老人。", "凑了热闹。", "邮局寄来通知单1份。" },
  },
  rule {
    "event.gifts_listed",
    description = "lines of givers and gifts under what announces them: 捐赠情况公布如下",
    scan = scan_listed, needs = { "捐", "善款", "爱心" },
    examples = { ["捐赠情况公布如下:\n甲地布厂 3万元\n李新民 200元\n"] = { name = "李新民 200元" } },
    counterexamples = { "收费标准公布如下:\n大车 20元\n" },
  },
  rule {
    "event.donation",
    description = "gifts: 捐赠..., 自费购买..., 将...捐了出来",
    scan = told.scanner(GIFTS, "donation", given), needs = vocabulary.words(GIFTS),
    examples = {
      ["企业捐赠棉被200床。"] = { subtype = "donation" },
      ["她自费购买药品送给邻居。"] = { name = "自费购买药品送给邻居" },
      ["药店向学校捐赠了两台消毒柜。"] = { name = "药店向学校捐赠了两台消毒柜" },
    },
    counterexamples = { "捐赠仪式很隆重。", "感谢捐款者。", "社会捐一点。" },
  },
  rule {
    "event.gift",
    description = "what is brought for nothing: 给...免费送去..., 公司送来大米20袋",
    scan = told.scanner(SENT, "donation", sent), needs = vocabulary.words(SENT),
    examples = { ["商店给老人免费送去面粉20袋。"] = { subtype = "donation" },
                 ["他给学校送了5张课桌。"] = { name = "给学校送了5张课桌" },
                 ["面粉厂送来挂面60箱。"] = { name = "面粉厂送来挂面60箱" } },
    counterexamples = { "给前线送去温暖。", "村干部送来传单200份。", "邮局送来报纸。" },
  },
  rule {
    "event.raised",
    description = "money that people give: 共筹集善款36万元, 拿出积蓄5000元",
    scan = told.scanner(RAISED, "donation", raised), needs = vocabulary.words(RAISED),
    examples = { ["商户们筹集善款8万元。"] = { subtype = "donation" } },
    counterexamples = { "镇政府筹集资金200万元修路。", "拿出方案。" },
  },
}
