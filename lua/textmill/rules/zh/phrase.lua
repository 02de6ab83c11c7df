-- Noun phrases around a position, over the tokens of a document.
--
--   right   12个 [农机 服务 站点] 。          the phrase that begins at a token
--   left    发放 [手套] 300副                the phrase that ends before a token
--
-- Both return a, b (tokens) or nil. They are judgement, not grammar: the
-- lexicon's tags are a word's most frequent ones, so lists of words that end a
-- phrase stand beside them (vocabulary.lua, and here). The core walks over the
-- tokens (csrc/core/phrases.h); which words decide is said here.

local core = require "textmill.core"
local names = require "textmill.rules.zh.names"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local phrase = {}

local function chars(s) return utf8.len(s) or #s end

-- Characters that end nouns whatever the lexicon takes them for: 劝返|点, 巡逻|队.
local HEADS <const> = set [[桩 柜 罐 缸 车 点 队 员 站 岗 组 户 人 车 证 书 区 网 卡 所 棚 房 路 桥 坝 渠 井 塘 库 池 灯 箱 桶 袋 牌 栏
杆 屏 机 船 艇 衣 帽 鞋 药
枪 计 仪 器 具 件 品 物 粮 油 米 面 菜 肉 蛋 奶 茶 酒 水 电 气 款 金 费 税 债 案 卷 表 单 册 报 信 函 令 标 语 歌 课 班 校 院 室 厅 馆 台 店 厂 矿 场 园 村
  镇 乡 县 市 省 家 树 苗 花 草 田 地 山 林 河 沟 湖 碑 墙 门 窗 线 条 链 圈
  服 伞 椅 桌 凳 炉 锹 绳 棒 棍 盾 靴 毯 料]]

-- Last characters of nouns of people.
local PEOPLE_ENDS <const>, NO_PERSON <const> = set "员 者 民 士 生 师 友 兵 某 妇", set "卫生"

-- The classes of words that phrases are found by.
local CLASSES <const> = {
  enders = vocabulary.enders, fillers = vocabulary.fillers, scopes = vocabulary.scopes,
  no_items = vocabulary.no_items, people = vocabulary.people, makers = vocabulary.makers,
  adnominal = vocabulary.adnominal, durations = vocabulary.durations, numerals = vocabulary.numerals,
  heads = HEADS, people_ends = PEOPLE_ENDS, no_person = NO_PERSON,
  aspects = set "大项 小项 分项 单项 大类 小类 子项", -- 12个大项: nouns that the lexicon takes for numerals
  -- 荒山|上: where something is ends the noun
  sides = set "上 下 里 中 内 外 间 旁 旁边 前 后 之中 之间 以内 以外 沿线 沿途",
  -- 3家[污染严重的]企业: how something is
  states = set [[过半 达标 超标 不足 偏低 偏高 较低 较高 较大 较小 突出 到期 逾期 过期 不便 不力 不全
  不严 不达标 不规范 不合格 不清]],
  ages = set "岁 周岁", limits = set "以上 以下 及 左右 的", -- 1.3万名[60周岁以上的]老人
  sizes = set "千伏 伏 千瓦 兆瓦 毫米 厘米 米 吨 公斤 升 毫升 寸 匹", -- 6条[10千伏]线路
  less = set "不少 不低 不多 不高 少 低 多 高 大 小 等 不小 不大", -- 不少|于, 不得低|于
  modals = set "能 会 能够 可以 要 有望 力争 争取 将会",
  sentences = set "。 ! ? ……", -- “走晚一步,就没命了。”: speech is no name
  clause_ends = vocabulary.clause_ends, count_scopes = vocabulary.count_scopes,
  most = set "最多 最少 最高 最低 最大 最小 最长 最短 最重 最贵 多 少 高 低 大 小",
  with = set "比 较", taking = set "把 将",
  over = set "高于 低于 快于 慢于 优于 大于 小于 好于 多于 少于",
  change = set [[增长 增加 减少 下降 上升 提高 提升 扩大 缩小 降低 回落 上涨 下跌 增 减 升 降 多 少 高 低 高出 高于 低于 净增 净减
  同比增长 同比下降 压减 缩减 下滑 攀升 多出 涨 跌 上浮 下浮 递增]],
  measuring = set "率 比 量 额 值 数 价 费 积", -- 信访|总量, 受灾|面积
}
local WORDS <const> = core.phrase_words(CLASSES)

local function phrases_of(doc)
  doc.phrases = core.phrases(doc.shown, doc.tokens, WORDS)
  return doc.phrases
end

-- phrase.right(doc, k) -> first and last token of the noun phrase that begins at token k; true
-- where it is a title in 《》
function phrase.right(doc, k) return (doc.phrases or phrases_of(doc)).right(k) end

-- phrase.left(doc, k) -> first and last token of the noun phrase that ends at token k; "verb" when
-- it is a verb, "quoted" when it stands in quotation marks
function phrase.left(doc, k) return (doc.phrases or phrases_of(doc)).left(k) end

-- phrase.skip_fillers(doc, k) -> the last token before fillers to the left of token k, and before
-- what the number is for (每户, 每|平方米)
function phrase.skip_fillers(doc, k) return (doc.phrases or phrases_of(doc)).skip(k) end

-- phrase.clause(doc, k, [brackets]) -> the first token of the clause that token k is in, 25 tokens
-- back at most; brackets: they end one, too
function phrase.clause(doc, k, brackets) return (doc.phrases or phrases_of(doc)).clause(k, brackets) end

-- phrase.HOLDS: what the clause before a count may hold, as bits (enum phrase_holds)
phrase.HOLDS = { EACH = 1, FROM = 2, SCOPE = 4, MOST = 8, WITH = 16, TAKING = 32, OVER = 64, BRACKET = 128,
                 CHANGE = 256 }

-- phrase.WORDS.taking, ...: the words of these classes
phrase.WORDS = { most = CLASSES.most, with = CLASSES.with, taking = CLASSES.taking, over = CLASSES.over,
                 change = CLASSES.change }

-- phrase.before(doc, k) -> of the count at token k: the first token of its clause, the last one before k
-- that is no filler, what the clause holds before k
function phrase.before(doc, k) return (doc.phrases or phrases_of(doc)).before(k) end

-- phrase.origin(doc, k, from) -> the last token before k, `from` or behind it, that is 由 or 从, with
-- no digit between; or nil
function phrase.origin(doc, k, from) return (doc.phrases or phrases_of(doc)).origin(k, from) end

-- phrase.scope(doc, k, from) -> the last one of vocabulary.count_scopes, or nil
function phrase.scope(doc, k, from) return (doc.phrases or phrases_of(doc)).scope(k, from) end

-- Where a quoted phrase opens that closes at token k, within n tokens.
local OPENERS <const> = { ["》"] = "《", ["”"] = "“", ["’"] = "‘", ["」"] = "「", ["』"] = "『" }
function phrase.opened(doc, k, n)
  local open = OPENERS[doc.words[k]]
  if not open then return nil end
  for e = k - 1, math.max(1, k - n), -1 do
    local w = doc.words[e]
    if w == open then return e end
    if w == "\n" then return nil end
  end
end

-- Nouns of people, by list or by their last character.
function phrase.is_person(w)
  return vocabulary.people[w] or vocabulary.people[w:sub(-6)]
    or (chars(w) > 1 and PEOPLE_ENDS[w:sub(-3)] and not NO_PERSON[w]) or false
end

-- 三项[承诺]。: a verb that is all there is between a measure and the end of the clause.
function phrase.verbal_noun(doc, k)
  local after = doc.tags[k + 1]
  return doc.tags[k] == "v" and chars(doc.words[k]) == 2 and (after == "w" or after == "c")
end

-- A verb and the one character that makes it a noun: 劝返|点.
function phrase.compound(doc, k)
  return HEADS[doc.words[k + 1]] and doc.tags[k] == "v"
end

-- 省里, 村里: where, not what.
function phrase.located(w)
  return chars(w) == 2 and w:sub(-3) == "里"
end

-- Does a person's name stand in the tokens a..b? One that the lexicon has as a
-- word (孙子) is none.
function phrase.named(doc, a, b)
  for e = a, b do
    local name, _, _, after = names.at(doc, e, "list")
    if name and after > e + 1 or doc.tags[e] == "nr" and chars(doc.words[e]) > 2 then return true end
  end
  return false
end

-- The last verb or verbal noun of the clause that token k stands in: for 两次.
function phrase.clause_verb(doc, k)
  local first, last
  for e = k, k + 20 do
    local w, tag = doc.words[e], doc.tags[e]
    if tag == "w" or w == "\n" or w == "" then break end
    if tag == "v" or tag == "vn" or (tag == "n" and last == e - 1) then
      if last ~= e - 1 then first = e end
      last = e
    end
  end
  return first, last
end

return phrase
