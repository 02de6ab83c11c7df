-- Choosing what a count counts: its item stands left or right of it, is shared with the count
-- before, or is the subject of a percentage, the owner of an age, the word behind 每.

local clause = require "textmill.rules.zh.quantity_clause"
local growth = require "textmill.rules.zh.quantity_growth"
local measure = require "textmill.rules.zh.quantity_measure"
local phrase = require "textmill.rules.zh.phrase"
local counting = require "textmill.rules.zh.quantity_read"
local ages = require "textmill.rules.zh.quantity_age"
local before_it = require "textmill.rules.zh.quantity_previous"
local share = require "textmill.rules.zh.quantity_share"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set, is_chinese = vocabulary.set, counting.is_chinese
local length <const> = utf8.len
local FILLERS <const>, WHERE <const>, MONEY <const> = vocabulary.fillers, vocabulary.scopes, vocabulary.money
local NUMERAL <const>, ADNOMINAL <const> = vocabulary.numerals, vocabulary.adnominal
local clause_start <const> = clause.start

-- The last character of a place that people are counted in.
local HOMES <const> = set "村 镇 乡 县 市 区 社区"

-- 每户 ... 1人: the word of 每 in the same clause, as tokens a, b.
local function per(doc, k)
  if not clause.has_each(doc) then return nil end
  for e = k - 1, clause_start(doc, k), -1 do
    local w = doc.words[e] or ""
    if w == "每" then return e, e + 1 end
    if w:find "^每." and not WHERE[w] then return e, e end
  end
end

-- 每名教师就是一面旗帜, 一家药店就是一个堡垒
local function figurative(doc, q, a, b)
  if q.value ~= 1 or not is_chinese(q.text) then return false end
  if a and vocabulary.figures[doc.words[b]] then return true end
  if not a then return true end
  local w = doc.words[b + 1] or ""
  return w == "就是" or w == "便是" or w == "之"
end

-- The item of "五户为一个小组" is what the count makes up.
local function made_up(doc, q)
  if NUMERAL[doc.words[q.last + 2]] == 1 then return phrase.right(doc, q.last + 4) end
end

local LIMITS <const> = set "限定 限 限用 只限 仅限 限购 限领 限制"
local AGAIN <const> = set "已 其中 再 又 后 已经 均 还"

local FREQUENT <const> = set "每天 每日 每周 每月 每年 每晚"
local TIMES <const> = set "次 遍 趟 回 场次"

-- 每天[两次]: how often.
local function per_time(doc, q)
  if not TIMES[q.unit] then return nil end
  local w = doc.words[q.first - 1]
  return FREQUENT[w] and w or nil
end

-- 水位[涨]到114.6米: what rises or falls is the noun before.
local CHANGES <const> = set "涨 升 降 上涨 上升 下降 下跌 回落 跌 增长 减少 提高 提升 增加 缩短 延长 扩大 压减"
local MOVES <const> = set "降 升 涨 跌 增 减"
-- 玉米[播种]3.4万亩, 通行证已[办理]27张: and what something is done to, though not who does it.
local THEMES <const> = set [[播种 种植 栽植 栽种 移栽 收割 收获 抢收 抢种 采收 恢复 拓宽 加宽 加高 加固 控制 硬化 铺设 清淤 疏浚 办理 发放 印发 下发
  收购 储备 供应 销售 外运 安装 修复 改造 拆除 新增 建成 完成 出口 停运 停产 避风 避险 受损 受淹 通车 上市 出栏 存栏 产出]]
-- 个人所得税共[缴纳]15万元: the sum, not what was done with it.
local PAID <const> = set "缴纳 上缴 收取 兑付 支付 发放 拨付 征收 入库 报销 募集 筹集 兑现"
local SUMS <const> = set "税 款 费 金 资 贴 助 薪 租 利"
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

-- [集中供养]21户: what is done told so fully that it is a kind of its own.
local function lengthy(doc, a, b)
  return a < b and length(doc.words[a]) > 1 and length(doc.words[b]) > 1 and doc.tags[a] ~= "d"
end

-- 排查险情21处,[处置]19处: a clause of a verb and a count alone goes on counting
-- the thing before.
local function elliptic(doc, q, a, previous)
  return previous and previous.a and previous.unit == q.unit and not MONEY[q.unit]
    and (q.unit ~= "人" and q.unit ~= "票" or doc.tags[previous.b] ~= "v") -- 死亡1人,受伤3人
    and previous.sentence == q.sentence
    and doc.words[doc.tags[a - 1] == "d" and a - 2 or a - 1] == "," and previous.side ~= "clause"
end

-- 600多人[排成]几道长线: what people do is not who they are.
local function doing(doc, q, k)
  return q.unit == "人" and doc.tags[k] == "v" and not ADNOMINAL[doc.words[k]]
    and not phrase.compound(doc, k) and doc.tags[k + 1] == "m"
end

-- 造成3人[受伤]。: what happens to people who are not named.
local function befalls(doc, q)
  if q.unit ~= "人" then return false end
  local k = q.last + 1
  local tag = doc.tags[k]
  return (tag == "v" or tag == "a") and length(doc.words[k]) > 1
    and (doc.tags[k + 1] or "w") == "w"
end

-- 6300多人[的]电话, 72岁[的]村民: theirs, not them.
local OWNERS <const> = set "人 次 岁 周岁"
local function owning(doc, q)
  return OWNERS[q.unit] and doc.words[q.last + 1] == "的"
end

-- 12个[村]地处山区: what is counted is the village, whatever goes on behind it.
local ONES <const> = set "名 位"

-- Is the noun on the left (la, lb) the item, where one follows, too (up to rb)?
local function is_left(doc, q, la, lb, rb, adjacent)
  if q.value == 1 and is_chinese(q.text) then return false end -- 每户奖一套用品
  if doc.words[q.first - 1] == "等" then return false end -- A、B等11个[路口]
  if adjacent and doc.tags[q.last + 1] == "blank" then return true end -- 户数312户 人口1086人
  local tag = doc.tags[q.last + 1] or "w"
  local verbal = (tag == "v" or tag == "d") and not phrase.compound(doc, q.last + 1)
  if la == lb and doc.tags[lb] == "vn" and adjacent then return false end
  if q.unit == "人" or verbal then return true end
  local another = adjacent and doc.tags[rb + 1] == "m" and doc.words[rb + 1]:find "%d"
  return another and (doc.words[rb + 2] or "") == q.unit
end

-- 栽树20亩,目前已完成15亩; 渡船3艘,每艘35人; 队员24人,其中2名带病上阵: a clause without a word
-- of its own goes on counting.
local OWNLESS <const> = set "f d p v t r u c vd ad m"
local GOES_ON <const> = set "完成 剩余 余下 剩下 还剩 尚有 还有 仍有 其余 现有 已有 实有 其中 另有 另外 包括"
local TURNS <const> = set "人次 户次"
local HEADS_OF_PEOPLE <const> = set "人 名 位 户 口"
local function continued(doc, q, previous)
  if not previous or not previous.a or previous.sentence ~= q.sentence
    or q.first - previous.last > 10 then return false end
  local from, each, own = clause_start(doc, q.first), false, true
  if from <= previous.last then return false end
  local said = clause.has_each(doc)
  for e = from, q.first - 1 do
    local w = doc.words[e]
    local begins = said and w:find "^每" ~= nil
    each = each or begins
    own = own and not GOES_ON[w]
    local skipped = begins or FILLERS[w] or WHERE[w] or doc.words[e - 1] == "每"
    if not (skipped or GOES_ON[w] or OWNLESS[doc.tags[e]] and length(w) == 1) then return false end
  end
  local people = HEADS_OF_PEOPLE[q.unit]
  if each and not people then return true end
  local alike = previous.unit == q.unit and not MONEY[q.unit]
    or people and (HEADS_OF_PEOPLE[previous.unit] or TURNS[previous.unit])
  return alike and not own
end

-- 检查餐馆12家,2家[未公示]价格: said of some of them.
local PREDICATES <const> = set "d p"
local function predicated(doc, q, previous)
  return previous and previous.a and previous.unit == q.unit and previous.sentence == q.sentence
    and PREDICATES[doc.tags[q.last + 1]] and clause_start(doc, q.first) == q.first
end

-- 25人[组成的]考察团; 每人1500元[给予]补助: what is behind such a verb.
local GIVING <const> = set "给予 予以 进行 发给 作为"
local function behind_verb(doc, q)
  local k = q.last + 1
  if doc.words[k] == "组成" and doc.words[k + 1] == "的" then return phrase.right(doc, k + 2) end
  if not MONEY[q.unit] or not GIVING[doc.words[k]] then return nil end
  if phrase.verbal_noun(doc, k + 1) then return k + 1, k + 1 end
  return phrase.right(doc, k + 1)
end

-- What is done is counted in these: 三项承诺, 两次督办.
local ACTS <const> = set "项 次 场 起 种 轮 封 条 篇"

local function division(doc, a, b)
  if a and share.DIVISIONS[doc.words[a]] and doc.words[b + 1] ~= "的" then return a end
  return b
end

-- 婚姻家庭31件、[邻里]28件: the words between a mark of a list and a number name its kind.
local LONGEST_KIND <const> = 4 -- tokens
local function kind_in_list(doc, q, previous)
  if not previous or previous.unit ~= q.unit or previous.sentence ~= q.sentence then return nil end
  local e = q.first - 1
  while e > previous.last and q.first - e <= LONGEST_KIND and (doc.tags[e] or "w") ~= "w" do e = e - 1 end
  local opens = doc.words[e] == "、" and e == previous.last + 1
    or doc.words[e + 1] == "其中" and (doc.tags[e] or "w") == "w"
  local a = doc.words[e + 1] == "其中" and e + 2 or e + 1
  if not opens or a >= q.first or length((doc:text_of(a, q.first - 1))) < 2 then return nil end
  for k = a, q.first - 1 do
    local w = doc.words[k] or ""
    local counted = NUMERAL[w] or w:find "%d" or w:find("每", 1, true)
    if counted or FILLERS[w] then return nil end
  end
  return a, q.first - 1
end

-- 发给绿证,[92本]; 凭《通行证》进场,已核发31张: the paper that was named before in the sentence.
local PAPERS <const> = set "证 卡 牌 券 照"
local SHEETS <const> = set "张 本 份 块 枚 面"
local ISSUING <const> = set "发 核发 发放 办理 签发 颁发 换发 补发 制发 下发 办 领取 限"
local FARTHEST_PAPER <const> = 45 -- tokens
local function issued(doc, q, a, b)
  if a and not (a == b and ISSUING[doc.words[a]]) then return nil end
  for e = (a or q.first) - 1, math.max(1, q.first - FARTHEST_PAPER), -1 do
    local w = doc.words[e]
    if w == "。" or w:find("\n", 1, true) then return nil end
    if w == "》" then
      local open = phrase.opened(doc, e, 30)
      if open and PAPERS[(doc.words[e - 1] or ""):sub(-3)] then return { open + 1, e - 1 } end
    elseif PAPERS[w:sub(-3)] and doc.tags[e] ~= "v" then
      local pa, pb = phrase.left(doc, e)
      if pa and length((doc:text_of(pa, pb))) > 1 then return { pa, pb } end
    end
  end
end

-- 一位[不愿留名的]热心人: who, behind what they do not do.
local NOT <const> = set "不 未 没有"
local function behind_negation(doc, k)
  if not NOT[doc.words[k]] then return nil end
  for e = k + 1, k + 8 do
    local w = doc.words[e] or ""
    if w == "的" then
      local a, b = phrase.right(doc, e + 1)
      if a and phrase.is_person(doc.words[b]) then return a, b end
      return nil
    end
    if (doc.tags[e] or "w") == "w" or w == "" or w:find "\n" then return nil end
  end
end

-- 特种作业人员[无证上岗的]9人: the noun that the clause before 的 is said of.
local NO_WORDS <const> = set "m blank w"
local function topic(doc, q)
  if q.unit == "%" then return nil end
  if (doc.words[q.first - 2] or ""):find "^最" or doc.words[q.first - 3] == "最" then return nil end -- 捐款最多的
  local k = clause_start(doc, q.first)
  while k < q.first and NO_WORDS[doc.tags[k]] do k = k + 1 end
  if doc.tags[k] == "v" or doc.tags[k] == "d" or doc.tags[k] == "p" or doc.tags[k] == "r" then return nil end
  local a, b = phrase.right(doc, k)
  if not a or b + 1 >= q.first - 1 or a > k + 1 then return nil end
  local tag = doc.tags[b + 1] or "w"
  if tag == "v" or tag == "d" or tag == "vd" or tag == "t" then return a, b end
end

-- 14个乡镇降雨超过50毫米,其中[3个乡镇]超过100毫米: what is measured was said with the same measure
-- before, this noun is counted itself or a place.
local function told(doc, q, previous, a, b)
  if not (q.alike and q.alike.a and measure.is(q.unit)) then return false end
  local counted = previous and previous.b == b and not measure.is(previous.unit)
    and not measure.noun(doc.words[b])
  return counted or share.of_home(doc, a, b)
end

local GROUPS <const> = set "班 班级 年级 学校 村 行政村 乡镇 社区 小区 村民小组 自然村"
local FAMILIES <const> = set "一家 全家 我家 他家 她家"

-- The item where what stands around the count says it by itself.
local function certain(doc, q, previous)
  local before, after, a, b = doc.words[q.first - 1], doc.words[q.last + 1], nil, nil
  if before == "价值" and after == "的" then a, b = phrase.right(doc, q.last + 2) -- 价值1.2万元的[无人机]
  elseif ages.is(q.unit) then a, b = ages.told_of(doc, q) end
  if a then return a, b, "clause" end
  if q.unit == "口" and FAMILIES[before] then return q.first - 1, q.first - 1, "left" end
  if after == "为" then a, b = made_up(doc, q) end
  if a then return a, b, "right" end
  a, b = before_it.of(doc, q, previous)
  if a then return a, b, "clause" end
  if per_time(doc, q) then a, b = phrase.clause_verb(doc, q.last + 1) end
  if a then return a, b, "right" end
end

-- 理事会由21人组成, 口罩每人限购10只: the noun before the words that tell how many there are or may be.
local function composed(doc, q, previous)
  local before = doc.words[q.first - 1]
  if before == "由" and doc.words[q.last + 1] == "组成" and HEADS_OF_PEOPLE[q.unit] then
    local a, b, kind = phrase.left(doc, q.first - 2)
    if a and kind ~= "verb" then
      q.verb = q.first - 1
      return a, b, "clause"
    end
  end
  if LIMITS[before] and not continued(doc, q, previous) then
    local pa, pb = per(doc, q.first)
    local a, b, kind = phrase.left(doc, pa and pa - 1 or 0)
    if a and kind ~= "verb" then return a, b, "clause" end
    if pa then return pa, pb, "per" end
  end
end

-- What two counts share is the first one's: c.la, c.lb without it.
local function unshared(c, previous)
  if not (c.la and previous) then return end
  if c.la <= previous.last then
    c.la = previous.last + 1
    if c.la > c.lb then c.la, c.lb, c.how = nil, nil, nil end
  end
  if c.la and previous.side == "right" and c.la <= previous.b and c.lb > previous.b then
    c.la = previous.b + 1 -- 14个乡镇[降雨]超过50毫米
  end
end

-- The phrase left of the count: c.la, c.lb, and c.how, "verb" where it is one. Returns the item
-- where that decides it.
local function look_left(doc, q, previous, c)
  local before = phrase.skip_fillers(doc, q.first - 1)
  before = growth.risen_from(doc, before) or before
  local start = growth.origin(doc, q)
  q.from = start and growth.grows(doc, q)
  local la, lb, how = phrase.left(doc, q.from and phrase.skip_fillers(doc, start - 1) or before)
  if not la and MOVES[doc.words[before]] then -- 气温将[降]至3℃
    la, lb, how = phrase.left(doc, phrase.skip_fillers(doc, before - 1))
  end
  local one = la and la == lb and (doc.words[lb])
  if one and vocabulary.makers[one] then how = "verb" end -- 选派15名...
  if q.from and la and how ~= "verb" then return la, lb, "left" end
  if one and THEMES[one] then how = "verb" end
  if growth.grown(doc, q, previous) and previous.a then return previous.a, previous.b, "shared" end
  c.la, c.lb, c.how, c.before = la, lb, how, before
  unshared(c, previous)
  local tall = measure.is(q.unit) and measure.extent(doc.words[q.first - 1] or "")
  if c.lb == q.first - 2 and tall then c.lb = q.first - 1 end -- 坝[高]34.5米
end

-- What else may stand right of the count where no phrase does: c.ra, c.rb.
local function look_behind(doc, q, c)
  local nxt = q.last + 1
  if not (c.ra or c.la) then c.ra, c.rb = behind_verb(doc, q) end
  if not c.ra and ONES[q.unit] then c.ra, c.rb = behind_negation(doc, nxt) end
  if not c.ra and (ONES[q.unit] or q.unit == "户") and length(doc.words[nxt] or "") > 1
    and phrase.is_person(doc.words[nxt] or "") then c.ra, c.rb = nxt, nxt end -- 考生, which is a verb
  if not (c.ra or c.la) and measure.is(q.unit) and doc.words[nxt] == "的" then -- 40平方米的老房
    c.ra, c.rb = phrase.right(doc, nxt + 1)
  end
  if not c.ra and ACTS[q.unit] and phrase.verbal_noun(doc, nxt) then c.ra, c.rb = nxt, nxt end
end

-- The phrase right of the count: c.ra, c.rb, and c.book for a title. Returns the item where a
-- topic before the clause is it.
local function look_right(doc, q, c)
  c.ra, c.rb, c.book = phrase.right(doc, q.last + 1)
  if q.unit == "个" then c.rb = division(doc, c.ra, c.rb) end
  local ends = not c.ra and doc.words[q.first - 1] == "的" and (doc.tags[q.last + 1] or "w") == "w"
  local ta, tb = nil, nil
  if ends then ta, tb = topic(doc, q) end
  if ta then return ta, tb, "clause" end
  look_behind(doc, q, c)
  if c.ra and ONES[q.unit] and doc.words[c.rb + 1] == "的" and not phrase.is_person(doc.words[c.rb]) then
    local pa, pb = phrase.right(doc, c.rb + 2) -- 3名工作不力的[村干部]
    if pa and phrase.is_person(doc.words[pb]) then c.ra, c.rb = pa, pb end
  end
  if c.ra and not c.book and (doing(doc, q, c.ra) or owning(doc, q)) then c.ra, c.rb = nil, nil end
end

-- Of both sides the one that is the item. false: there is none, and nothing else is tried.
local function weigh(doc, q, previous, c)
  local ra, rb, la, lb = c.ra, c.rb, c.la, c.lb
  if c.book then return ra, rb, "right" end
  if predicated(doc, q, previous) then return previous.a, previous.b, "shared" end
  local verb = ra and doc.tags[ra] == "v"
  if verb and q.unit == "人" and not ADNOMINAL[doc.words[ra]] then ra = nil end
  if not ra and (not la or c.how == "verb") and befalls(doc, q) then
    return q.last + 1, q.last + 1, "right"
  end
  local joined = previous and previous.last and previous.last + 1 >= c.before
                 and previous.last + 1 <= q.first and (doc.tags[previous.last + 1] or "w") ~= "w"
  if ra and joined and previous.a and previous.side == "left" and verb then ra = nil end
  local left_noun = la and c.how ~= "verb" and not joined
  local counted = previous and previous.side == "right" -- 22支龙舟队500名选手
  if ra and left_noun and counted and lb <= previous.b then left_noun = false end
  local money = MONEY[q.unit]
  if money and la and not left_noun and ra and verb
    and not ADNOMINAL[doc.words[ra]] and not phrase.compound(doc, ra) then
    return la, lb, "left"
  end
  if left_noun and (money or ra and measure.sized(doc, q, lb)) then return la, lb, "left" end
  if ra and left_noun and is_left(doc, q, la, lb, rb, c.before == q.first - 1) then return la, lb, "left" end
  if ra then return ra, rb, "right" end
  if left_noun and told(doc, q, previous, la, lb) then return q.alike.a, q.alike.b, "shared" end
  if left_noun then return la, lb, "left" end
  if joined and previous.a and q.unit == "人" and counted and GROUPS[doc.words[previous.b]] then
    local a, b, side = phrase.left(doc, phrase.skip_fillers(doc, previous.first - 1)) -- 招生6个班270人
    return a or false, b, side
  end
  if joined and previous.a then return previous.a, previous.b, "left" end
end

-- The item of a count behind a verb: its object told before, the last count's, or what is done.
local function behind_deed(doc, q, previous, c)
  local la, lb = c.la, c.lb
  local da, db = daily(doc, la)
  if da and not MONEY[q.unit] then return da, db, "clause" end
  local na, nb = theme(doc, q, la, lb)
  if na then return na, nb, "left" end
  local short = not lengthy(doc, la, lb)
  if short and elliptic(doc, q, la, previous) then
    q.verb = la
    local of = previous.noun or previous -- 应到98名,请假5名,[实到]93名
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
end

-- Item of a quantity that has been placed: tokens a, b, and where they stand.
local function choose(doc, q, previous)
  local a, b, side = certain(doc, q, previous)
  if not a then a, b, side = composed(doc, q, previous) end
  local c = {}
  if not a then a, b, side = look_left(doc, q, previous, c) end
  if not a then a, b, side = look_right(doc, q, c) end
  if a then return a, b, side end
  if share.is(q.unit) then return share.of(doc, q, previous, c.la, c.lb, c.how) end
  a, b, side = weigh(doc, q, previous, c)
  if a == nil then a, b, side = times(doc, q, c) end
  if a == nil and c.la and c.how == "verb" then a, b, side = behind_deed(doc, q, previous, c) end
  if a == nil and c.la then return c.la, c.lb, "left" end
  return a or nil, b, side
end

local PEOPLED <const> = set "户 人 口 家"

-- 修了游步道,[一共]4.7公里: a clause of nothing but a count goes on with the noun before.
local function each_at(doc, e) return (doc.words[e] or ""):find "^每" or doc.words[e - 1] == "每" end
local function clause_before(doc, q, previous)
  local from = clause_start(doc, q.first)
  local headed = doc.words[from - 1] == ":" and MONEY[q.unit] -- 宴席标准:每桌不超过300元
  local goes_on = (headed or doc.words[from - 1] == ",") and not (previous and previous.last >= from - 2)
  if not goes_on or PEOPLED[q.unit] then return nil end
  for e = from, q.first - 1 do
    local w, tag = doc.words[e] or "", doc.tags[e] or "w"
    local small = tag == "u" or tag == "d" or tag == "v" and length(w) == 1 or headed and each_at(doc, e)
    if not (FILLERS[w] or small) then return nil end
  end
  local a, b, how = phrase.left(doc, from - 2)
  if a and how ~= "verb" then return a, b end
end

-- An item that is still missing: the ratio's word, or the next count's item.
local function fallback(doc, q, previous)
  local ea, eb = measure.of(doc, q)
  if ea then return ea, eb, "left" end
  local ka, kb = kind_in_list(doc, q, previous)
  if ka then return ka, kb, "left" end
  local pa, pb = per(doc, q.first)
  if pa and not MONEY[q.unit] then return pa, pb, "per" end -- 每斤多卖3元
  local k = q.first - 1
  if PEOPLED[q.unit] then
    if WHERE[doc.words[k]] and HOMES[(doc.words[k] or ""):sub(-3)] then return k, k, "scope" end
    if previous and previous.last == k then return previous.a, previous.b, "shared" end
  end
  if previous and previous.a and previous.unit == q.unit and previous.sentence == q.sentence
    and q.first - previous.last < 8 then -- 第一针1.2万剂,第二针9800剂
    return previous.a, previous.b, "shared"
  end
  local near = doc.tags[k] or "w"
  if near == "q" or near == "x" or near == "o" or near == "k" then
    return length(doc.words[k] or "") == 1 and k - 1 or k, k, "left"
  end
  for e = q.first - 1, clause_start(doc, q.first), -1 do
    local tag = doc.tags[e] or "w"
    if (tag == "n" or tag == "vn" or tag == "nz" or tag == "v") and not WHERE[doc.words[e]]
       and not FILLERS[doc.words[e]] and length(doc.words[e]) > 1
       and not doc.words[e]:find "^每" and not phrase.located(doc.words[e]) then
      local na, nb = theme(doc, q, e, e)
      return na or e, nb or e, "clause"
    end
  end
  if measure.is(q.unit) then -- 降雨量最大的是石门站,达196毫米
    local sa, sb = share.subject(doc, q.first)
    if sa and sb and measure.noun(doc.words[sb]) then return sa, sb, "clause" end
  end
  local ca, cb = clause_before(doc, q, previous)
  if ca then return ca, cb, "clause" end
end

-- 比去年多了20亩: the same thing as the count before.
local COMPARED <const> = set "多 少 增加 减少 增 减 比 增长 下降 上升 提高 降低 提升 缩短 增收"

-- Is an item that is missing the count before's?
local function of_previous(doc, q, previous)
  if not (previous and previous.a) then return false end
  if previous.unit == q.unit then
    local k = phrase.skip_fillers(doc, q.first - 1)
    local near = doc.words[k] or ""
    if COMPARED[near] then return true end
    local lone = previous.sentence == q.sentence and doc.tags[k] == "v" and length(near) == 1
    if lone then return true end -- 种烤烟1亩,他家种了15亩
  end
  return continued(doc, q, previous)
end

-- Is what stands right before the count, tokens a to the one before it, only where it is of?
local function only_whose(doc, q, a, previous)
  if clause.has_each(doc) and (doc.words[a]:find "^每" or doc.words[a - 1] == "每") then
    if continued(doc, q, previous) then return true end -- 专干10名,每村1名
  end
  return previous.a and previous.unit == q.unit and previous.sentence == q.sentence
    and share.of_home(doc, a, q.first - 1) -- 河口村栽树300棵,石桥村500棵
end

-- The paper that the count's sheets are, where it was named before.
local function sheets(doc, q, a, b)
  local held = issued(doc, q, a, b)
  if not held then return nil end
  local given = doc.words[q.first - 1]
  if ISSUING[given] and given ~= "办理" and given ~= "限" then q.verb = q.first - 1 end
  return held[1], held[2]
end

-- items.of(doc, q, previous) -> first and last token of what q counts, and where it stands; nil: nothing
-- says it. previous: the count before, whose item is known
local function item_of(doc, q, previous)
  local a, b, side = choose(doc, q, previous)
  if side == "shared" then
    local ka, kb = kind_in_list(doc, q, previous)
    if ka then return ka, kb, "left" end
  end
  if q.unit == "步" then return nil end
  if SHEETS[q.unit] then
    local pa, pb = sheets(doc, q, a, b)
    if pa then return pa, pb, "clause" end
  end
  local beside = a and b == q.first - 1
  if beside and side == "left" and previous and only_whose(doc, q, a, previous) then
    return previous.a, previous.b, "shared"
  end
  if not a and of_previous(doc, q, previous) then return previous.a, previous.b, "shared" end
  if ages.is(q.unit) then
    if beside and phrase.named(doc, a, b) then return a, b, "clause" end
    if not a or a == b and side ~= "clause" and ages.limits(doc.words[a]) then
      local who, to = ages.owner(doc, q, clause_start(doc, q.first))
      if who then return who, to or who, "clause" end
    end
  end
  if a then return a, b, side end
  return fallback(doc, q, previous)
end

return { of = item_of, figurative = figurative, clause_start = clause_start, per_time = per_time,
         has_each = clause.has_each }
