-- What is done is told before the count: the item is what it is done to, or the deed.
--
--   水位[涨]到114米    玉米[播种]3万亩    宣传栏[更换]12期     the noun before the verb
--   [把土地]整合成58块                                          the noun behind 把
--   排查险情21处,[处置]19处                                     the count's before
--   [走访]3次                                                   the deed

local measure = require "textmill.rules.zh.quantity_measure"
local phrase = require "textmill.rules.zh.phrase"
local share = require "textmill.rules.zh.quantity_share"
local units = require "textmill.rules.zh.quantity_units"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set
local length <const> = utf8.len
local WHERE <const>, MONEY <const> = vocabulary.scopes, vocabulary.money
local ONES <const>, TIMES <const>, TURNS <const> = units.ONES, units.TIMES, units.TURNS
local HEADS_OF_PEOPLE <const>, SUMS <const> = units.PEOPLE, units.SUMS

-- 水位[涨]到114.6米: what rises or falls is the noun before.
local CHANGES <const> = set [[锐减 骤减 骤降 猛增 激增 剧增 增多 上浮 下浮 攀升 翻番 涨 升 降 上涨 上升 下降 下跌 回落 跌 增长 减少
  提高 提升 增加 缩短 延长 扩大 压减]]

-- 玉米[播种]3.4万亩, 通行证已[办理]27张: and what something is done to, though not who does it.
local THEMES <const> = set [[播种 种植 栽植 栽种 移栽 收割 收获 抢收 抢种 采收 恢复 拓宽 加宽 加高 加固 控制 硬化 铺设 清淤 疏浚 办理 发放 印发 下发
  收购 储备 供应 销售 外运 安装 修复 改造 拆除 新增 建成 完成 出口 停运 停产 避风 避险 受损 受淹 通车 上市 出栏 存栏 产出]]
-- 个人所得税共[缴纳]15万元: the sum, not what was done with it.
local PAID <const> = set "缴纳 上缴 收取 兑付 支付 发放 拨付 征收 入库 报销 募集 筹集 兑现"
local YEARLY <const> = set "年 月 日 季"
local function theme(doc, q, a, b)
  local paid = PAID[doc.words[a]] and MONEY[q.unit]
  local moved = paid or THEMES[doc.words[a]] and not MONEY[q.unit]
  if a ~= b or not (CHANGES[doc.words[a]] or moved) then return nil end
  local k = phrase.skip_fillers(doc, a - 1)
  if YEARLY[doc.words[k]] then k = k - 1 end -- 黑山羊年出栏1.6万只
  local na, nb, how = phrase.left(doc, k)
  if paid and na and not SUMS[doc.words[nb]:sub(-3)] then return nil end
  if na and how ~= "verb" and not (moved and phrase.is_person(doc.words[nb])) then return na, nb end
end

-- 土蜂蜜[一天能卖出]40瓶: what goes so in a day.
local A_DAY <const> = set "一天 一年 一晚 一夜 一周 一个月 一季 一上午 每天 每年 每月 每日 每周 每晚"
local function daily(doc, a)
  local k = phrase.skip_fillers(doc, a - 1)
  if A_DAY[(doc.words[k - 1] or "") .. (doc.words[k] or "")] then k = k - 1
  elseif not A_DAY[doc.words[k]] then return nil end
  local na, nb, how = phrase.left(doc, k - 1)
  if na and how ~= "verb" and not phrase.is_person(doc.words[nb]) then return na, nb end
end

-- [集中供养]21户: what is done told so fully that it is a kind of its own; 问题[整改销号]141个: of the problems.
local RESOLVED <const> = set "整改 办结 销号 完成 化解 解决 处理 处置 办理 落实 调处 调解 成功 答复 消除 审结 结案 治理 修复 整治 验收 竣工 到位"
local function lengthy(doc, a, b)
  local resolved = true
  for e = a, b do resolved = resolved and RESOLVED[doc.words[e]] end
  if resolved then return false end
  return a < b and length(doc.words[a]) > 1 and length(doc.words[b]) > 1 and doc.tags[a] ~= "d"
end

-- 排查险情21处,[处置]19处: a clause of a verb and a count alone goes on counting
-- the thing before.
local function elliptic(doc, q, a, previous)
  while RESOLVED[doc.words[a]] and RESOLVED[doc.words[a - 1]] do a = a - 1 end
  return previous and previous.a and previous.unit == q.unit and not MONEY[q.unit] and previous.side ~= "per"
    and (q.unit ~= "人" and q.unit ~= "票" or doc.tags[previous.b] ~= "v") -- 死亡1人,受伤3人
    and previous.sentence == q.sentence
    and doc.words[doc.tags[a - 1] == "d" and a - 2 or a - 1] == "," and previous.side ~= "clause"
end

-- 宣传栏[更换]12期, 桥梁[加宽]2座: a noun that opens the clause and does nothing itself is what it is
-- done to.
local ACTORS <const> = set [[局 院 所 队 镇 村 乡 县 市 区 府 委 站 办 会 社 司 厂 校 店 部 组 户 家 行 团 员 者 民 人
  众 生 师 心 位 门 业 关 群 班 方 里 地 场 兵 警
  属 友 导 席 记 任 长 干 妇 童 年]]
local THINGS <const> = set "n nz nr"
local MANNERS <const> = set "责令 限期 当场 现场 首批 首次 全面 依法 立案 重点 集中 统一"
local function acted_upon(doc, q, a, b)
  local unit = q.unit
  if a ~= b or length(doc.words[a]) ~= 2 or MONEY[unit] or HEADS_OF_PEOPLE[unit] or TURNS[unit]
    or TIMES[unit] or unit == "" or measure.is(unit) then return nil end
  local k = phrase.skip_fillers(doc, a - 1)
  local na, nb, how = phrase.left(doc, k)
  if not na or how or nb ~= k or length((doc:text_of(na, nb))) < 2 then return nil end
  local w, tag = doc.words[nb], doc.tags[nb]
  if ACTORS[w:sub(-3)] or not THINGS[tag] or tag == "nr" and length(w) < 3 then return nil end
  if MANNERS[w] or WHERE[w] or phrase.is_person(w) then return nil end
  if (doc.tags[na - 1] or "w") == "w" then return na, nb end
end

-- [把土地]整合成58块, [将路面]拓宽到6米: what is made so, behind 把.
local TAKING <const> = phrase.WORDS.taking
local KEPT <const> = set "控制 保持 维持 稳定 限制"
local function object_of(doc, q, a)
  if q.holds & phrase.HOLDS.TAKING == 0 then return nil end
  for e = a - 1, q.clause, -1 do
    if TAKING[doc.words[e]] then
      local k = phrase.skip_fillers(doc, a - 1)
      local oa, ob, how = phrase.left(doc, k)
      if oa and oa > e and how ~= "verb" then return oa, ob end
      return nil
    end
  end
end

-- The item of a count behind a verb: its object told before, the last count's, or what is done.
local AGAIN <const> = set "已 其中 再 又 后 已经 均 还"
local function behind_deed(doc, q, previous, c)
  local la, lb = c.la, c.lb
  local oa, ob = object_of(doc, q, la)
  if oa then return oa, ob, "clause" end
  if KEPT[doc.words[lb]] and measure.is(q.unit) then
    local sa, sb = share.subject(doc, q.first)
    if sa and sb and measure.noun(doc.words[sb]) then return sa, sb, "clause" end
  end
  local da, db = daily(doc, la)
  if da and not MONEY[q.unit] then return da, db, "clause" end
  local na, nb = theme(doc, q, la, lb)
  if na then return na, nb, "left" end
  local ta, tb = acted_upon(doc, q, la, lb)
  if ta then return ta, tb, "left" end
  local short = not lengthy(doc, la, lb)
  if short and elliptic(doc, q, la, previous) then
    local of = previous.noun or previous
    q.verb, q.of = la, previous
    if doc.tags[of.b] ~= "v" then q.deed = lb end -- 应到98名,请假5名,[实到]93名
    return of.a, of.b, "shared"
  end
  if la == lb and not previous and (ONES[q.unit] or q.unit == "人") then
    local pa, pb, kind = phrase.left(doc, la - 1) -- 预备党员[转正]3名
    if pa and kind ~= "verb" and phrase.is_person(doc.words[pb]) then return pa, lb, "left" end
  end
  if short and previous and previous.a and previous.unit == q.unit
     and previous.sentence == q.sentence and AGAIN[doc.words[la - 1]] then
    return previous.a, previous.b, "shared"
  end
end

-- Times and turns count what is done.
local function times(doc, q, c)
  if not (TIMES[q.unit] or TURNS[q.unit] and not c.la) then return nil end
  if c.la then return c.la, c.lb, "left" end
  local a, b = phrase.clause_verb(doc, q.last + 1)
  if a then return a, b, "right" end
  local k = q.filled
  if doc.tags[k] ~= "v" or length(doc.words[k]) > 1 then return nil end -- 带案[下|访]41次, [跑]17趟
  local lone = length(doc.words[k - 1] or "") == 1 and (doc.tags[k - 1] == "f" or doc.tags[k - 1] == "v")
  return lone and k - 1 or k, k, "left"
end
return { THEMES = THEMES, theme = theme, item = behind_deed, times = times }
