-- Choosing what a count counts: its item stands left or right of it, is shared with the count
-- before, or is the subject of a percentage, the owner of an age, the word behind 每.

local clause = require "textmill.rules.zh.quantity_clause"
local growth = require "textmill.rules.zh.quantity_growth"
local measure = require "textmill.rules.zh.quantity_measure"
local behind = require "textmill.rules.zh.quantity_behind"
local deed = require "textmill.rules.zh.quantity_deed"
local papers = require "textmill.rules.zh.quantity_papers"
local phrase = require "textmill.rules.zh.phrase"
local units = require "textmill.rules.zh.quantity_units"
local counting = require "textmill.rules.zh.quantity_read"
local ages = require "textmill.rules.zh.quantity_age"
local before_it = require "textmill.rules.zh.quantity_previous"
local share = require "textmill.rules.zh.quantity_share"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set, is_chinese = vocabulary.set, counting.is_chinese
local length <const> = utf8.len
local FILLERS <const>, WHERE <const>, MONEY <const> = vocabulary.fillers, vocabulary.scopes, vocabulary.money
local NUMERAL <const>, ADNOMINAL <const> = vocabulary.numerals, vocabulary.adnominal
local TURNS <const>, TIMES <const>, SUMS <const>, HEADS_OF_PEOPLE <const> =
  units.TURNS, units.TIMES, units.SUMS, units.PEOPLE

-- The last character of a place that people are counted in.
local HOMES <const> = set "村 镇 乡 县 市 区 社区"

-- 每户 ... 1人: the word of 每 in the same clause, as tokens a, b.
local EACH <const>, FROM <const>, RISEN <const> = phrase.HOLDS.EACH, phrase.HOLDS.FROM, growth.RISEN
local function per(doc, q)
  if q.holds & EACH == 0 then return nil end
  for e = q.first - 1, q.clause, -1 do
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

local FREQUENT <const> = set "每天 每日 每周 每月 每年 每晚"

-- 每天[两次]: how often.
local function per_time(doc, q)
  if not TIMES[q.unit] then return nil end
  local w = doc.words[q.first - 1]
  return FREQUENT[w] and w or nil
end

local MOVES <const> = set "降 升 涨 跌 增 减"
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
local function continued(doc, q, previous)
  if not previous or not previous.a or previous.sentence ~= q.sentence
    or q.first - previous.last > 10 then return false end
  local from, each, own = q.clause, false, true
  if from <= previous.last then return false end
  local said = q.holds & EACH ~= 0
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
    and PREDICATES[doc.tags[q.last + 1]] and q.clause == q.first
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
  if q.unit == "分" and counting.FIELDS[after] then return q.last + 1, q.last + 1, "right" end
  if q.unit == "口" and FAMILIES[before] then return q.first - 1, q.first - 1, "left" end
  if after == "为" then a, b = made_up(doc, q) end
  if a then return a, b, "right" end
  a, b = before_it.of(doc, q, previous)
  if a then return a, b, "clause" end
  if TIMES[q.unit] and per_time(doc, q) then a, b = phrase.clause_verb(doc, q.last + 1) end
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
    local pa, pb = per(doc, q)
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

-- 新建板栗[专业村]14个: villages of a kind, not where something is.
local DIVISIONS <const>, OF_KIND <const> = set "村 镇 乡 县 区 组", set "n vn nz a"
local function kind_of_place(doc, q)
  local k = q.first - 1
  if q.unit ~= "个" or not DIVISIONS[doc.words[k]] or not OF_KIND[doc.tags[k - 1]] then return nil end
  if (doc.tags[q.last + 1] or "w") ~= "w" then return nil end
  return phrase.left(doc, k - 1) or k - 1, k
end

-- 一般性[支出]5%: what the lexicon has for verbs are sums behind their attributes.
local SPENT <const> = set "支出 投入 开支 收入 产出 结余 投资 贷款 存款 捐款 借款 收支 消费"
local ATTRIBUTES <const> = set "l b a n nz an"

-- The phrase left of the count: c.la, c.lb, and c.how, "verb" where it is one. Returns the item
-- where that decides it.
local function look_left(doc, q, previous, c)
  local before = q.filled
  if doc.words[before] == "在" and q.approx then before = phrase.skip_fillers(doc, before - 1) end -- 均在2万人以上
  if RISEN[doc.words[before]] then before = growth.risen_from(doc, before) or before end
  if q.unit == "个" then
    local ka, kb = kind_of_place(doc, q)
    if ka then return ka, kb, "left" end
  end
  local start = (q.holds & FROM ~= 0 or doc.words[q.first - 1] == "的") and growth.origin(doc, q)
  if start then q.from = growth.grows(doc, q) end
  local la, lb, how = phrase.left(doc, q.from and phrase.skip_fillers(doc, start - 1) or before)
  if not la and MOVES[doc.words[before]] then -- 气温将[降]至3℃
    la, lb, how = phrase.left(doc, phrase.skip_fillers(doc, before - 1))
  end
  if how == "verb" and la == lb and SPENT[doc.words[lb]] and ATTRIBUTES[doc.tags[la - 1]]
    and length(doc.words[la - 1]) > 1 then la, how = la - 1, nil end
  local one = la and la == lb and (doc.words[lb])
  if one and vocabulary.makers[one] then how = "verb" end -- 选派15名...
  if q.from and la and how ~= "verb" then return la, lb, "left" end
  if one and deed.THEMES[one] then how = "verb" end
  if previous and previous.from and previous.a and growth.grown(doc, q, previous) then
    return previous.a, previous.b, "shared"
  end
  c.la, c.lb, c.how, c.before = la, lb, how, before
  if previous then unshared(c, previous) end
  local tall = measure.is(q.unit) and measure.extent(doc.words[q.first - 1] or "")
  if c.lb == q.first - 2 and tall then c.lb = q.first - 1 end -- 坝[高]34.5米
end

local GRANTED <const> = set "奖励 补助 补贴 发放 给予 资助 救助 奖补 补偿 发 补发 缴纳 收取"

-- Of both sides the one that is the item. false: there is none, and nothing else is tried.
local function weigh(doc, q, previous, c)
  local ra, rb, la, lb = c.ra, c.rb, c.la, c.lb
  if c.book then return ra, rb, "right" end
  if predicated(doc, q, previous) then return previous.a, previous.b, "shared" end
  local verb = ra and doc.tags[ra] == "v"
  if verb and q.unit == "人" and not ADNOMINAL[doc.words[ra]] then ra = nil end
  if not ra and (not la or c.how == "verb") and behind.befalls(doc, q) then
    return q.last + 1, q.last + 1, "right"
  end
  local joined = previous and previous.last and previous.last + 1 >= c.before
                 and previous.last + 1 <= q.first and (doc.tags[previous.last + 1] or "w") ~= "w"
  if ra and joined and previous.a and previous.side == "left" and verb then ra = nil end
  local left_noun = la and c.how ~= "verb" and not joined
  if left_noun and ra and la == lb and doc.tags[lb] == "ns" then left_noun = false end -- 赞皇县95条水毁公路
  if left_noun and la == lb and doc.tags[lb] == "ns" and HEADS_OF_PEOPLE[q.unit] then -- 北京市为12.4万人发放了口粮
    left_noun, c.la, c.lb = false, nil, nil
  end
  local counted = previous and previous.side == "right" -- 22支龙舟队500名选手
  if ra and left_noun and counted and lb <= previous.b then left_noun = false end
  local money = MONEY[q.unit]
  local sum = money and ra and rb > ra and SUMS[doc.words[rb]:sub(-3)] -- 奖励1元[工作经费]
  if sum and la == lb and (c.how == "verb" or GRANTED[doc.words[lb]]) then return ra, rb, "right" end
  if money and la and not left_noun and ra and verb
    and not ADNOMINAL[doc.words[ra]] then
    return la, lb, "left"
  end
  if left_noun and sum and phrase.is_person(doc.words[lb]) then return ra, rb, "right" end -- 老人每月80元护理补贴
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

-- Item of a quantity that has been placed: tokens a, b, and where they stand.
local function choose(doc, q, previous)
  local a, b, side = certain(doc, q, previous)
  if not a then a, b, side = composed(doc, q, previous) end
  local c = { la = nil, lb = nil, how = nil, before = nil, ra = nil, rb = nil, book = nil } -- room
  if not a then a, b, side = look_left(doc, q, previous, c) end
  if not a then a, b, side = behind.look(doc, q, c) end
  if a then return a, b, side end
  if share.is(q.unit) then return share.of(doc, q, previous, c.la, c.lb, c.how) end
  a, b, side = weigh(doc, q, previous, c)
  if a == nil then a, b, side = deed.times(doc, q, c) end
  if a == nil and c.la and c.how == "verb" then a, b, side = deed.item(doc, q, previous, c) end
  if a == nil and c.la then return c.la, c.lb, "left" end
  return a or nil, b, side
end

local PEOPLED <const> = set "户 人 口 家"

-- 修了游步道,[一共]4.7公里: a clause of nothing but a count goes on with the noun before.
local function each_at(doc, e) return (doc.words[e] or ""):find "^每" or doc.words[e - 1] == "每" end
local function clause_before(doc, q, previous)
  local from = q.clause
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
  local pa, pb = per(doc, q)
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
  for e = q.first - 1, q.clause, -1 do
    local tag = doc.tags[e] or "w"
    if (tag == "n" or tag == "vn" or tag == "nz" or tag == "v") and not WHERE[doc.words[e]]
       and not FILLERS[doc.words[e]] and length(doc.words[e]) > 1
       and not doc.words[e]:find "^每" and not phrase.located(doc.words[e]) then
      local na, nb = deed.theme(doc, q, e, e)
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

-- 补助每生每天5元,[全年共计]113.8万元: the sum of what was told before.
local TOTALS <const> = set "共计 合计 总计 累计 共"
local WHOLE <const> = set "全年 全月 当年 当月 全镇 全乡 全村 全县 上半年 下半年 全部"
local function summed(doc, q, previous)
  if previous.sentence ~= q.sentence then return false end
  local from, total = q.clause, false
  if from <= previous.last then return false end
  for e = from, q.first - 1 do
    local w = doc.words[e]
    total = total or TOTALS[w]
    if not (FILLERS[w] or WHOLE[w]) then return false end
  end
  return total and (previous.unit == q.unit or measure.is(q.unit) or MONEY[previous.unit] and MONEY[q.unit])
end

-- Is an item that is missing the count before's?
local function of_previous(doc, q, previous)
  if not (previous and previous.a) then return false end
  if summed(doc, q, previous) then return true end
  if previous.unit == q.unit then
    local k = q.filled
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

-- items.of(doc, q, previous) -> first and last token of what q counts, and where it stands; nil: nothing
-- says it. previous: the count before, whose item is known
local function item_of(doc, q, previous)
  clause.know(doc, q)
  local a, b, side = choose(doc, q, previous)
  if side == "shared" then
    local ka, kb = kind_in_list(doc, q, previous)
    if ka then return ka, kb, "left" end
  end
  if q.unit == "步" then return nil end
  if papers.SHEETS[q.unit] then
    local pa, pb = papers.of(doc, q, a, b)
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
      local who, to = ages.owner(doc, q, q.clause)
      if who then return who, to or who, "clause" end
    end
  end
  if a then return a, b, side end
  return fallback(doc, q, previous)
end

return { of = item_of, figurative = figurative, per_time = per_time }
