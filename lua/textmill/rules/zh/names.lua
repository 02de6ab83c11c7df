-- Chinese personal names at a token: where one begins is known from its
-- context (a role before it, a list); where it ends is decided here.
--
--   赵|国|栋|主动 -> 赵国栋    陈|玲|, -> 陈玲    王定|带领 -> 王定    徐|某
--
-- A name is a surname (one or two characters) and one or two more. It ends
-- where a token ends; three characters win over two unless the third is a
-- word that can follow a name.

local core = require "textmill.core"
local given = require "textmill.rules.zh.given"
local strangers = require "textmill.rules.zh.strangers"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set
local GIVEN <const> = given.CHARACTERS

local names = {}

local COMPOUND <const> = set "欧阳 上官 司马 诸葛 司徒 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 端木 夏侯 南宫 呼延 司空 闻人 独孤 拓跋 轩辕 赫连"

-- Characters that follow a name rather than end it.
local FOLLOWS <const> = set [[仍 在 说 和 与 及 带 对 把 为 向 用 任 是 等 也 就 便 又 还 已 从 到 给 将 被 让 同 以 于 由 则 却 曾 正 都 各 每
  主 自 一 有 的
了 着 过 逐 挨 现 深 连 率 领 驻 去 来 家 担 连 立 马 并 走 看 找 做 叫 称 讲 谈 告 介 表 亲 先 后 共 今 年 再 不 没 因 当 能 会 可 要 想 请 送 收 打 接 捐
  组 负 参 骑 轮 作 冲 (]]

-- Function words that are surnames, too: a name only before what is no word.
local RARE_SURNAMES <const> = set [[和 与 向 从 于 同 等 包 对 由 为 将 被 及 以 到 让 全 带 能 应 可 都 要 有 时 连 并 过 直 自 经 边 成
  入 保 查 管 解 终 后 充 别 来 越 利 常 多
  是 在 就 又 还 各 这 那 其 此 每 所 因 如 但 而 则 且 或 把 给 用 去 进 出 上 下 里 外 前 中 内 新 老 小 大 第 不 未 没 无 真 正 原 现]]

-- Verbs of one character that end many names: part of one before another verb.
local AMBIGUOUS <const> = set [[收 打 接 捐 组 负 参 领 率 担 连 立 马 并 走 看 找 带 送 请 家 主 自 亲 先 今 年 当 能 会 可 要 想 介
表 告 来 生 成 正 有 同 明 建 保 过 去]]

-- Two characters that read like a name but are words that follow roles.
local NOT_NAMES <const> = set [[高度 高举 高兴 高声 和谐 和群 任务 任职 任组 任双 任指 方面 方式 方法 方案 应当 应急 全面 全力 全体 全程 全部 全员 安全
  祝寿 许可 范围 敬献 敬礼
  安排 安心 安置 安抚 万众 万一 成立 成为 成员 成功
查看 查找 查验 查处 查阅 何时 何地 包片 包村 包联 包户 包组 包保 包干 时刻 时间 常态 常驻 常年 平均 平时 白天 白衣 明确 明显 公开 公示 公安 公共 公司 许多 许诺 向导 和谐 严格
  严防 严守 严阵 严密 严查 严肃
于是 于今 关心 关注 关爱 关键 农户 农民 单位 双手 党员 党委 车辆 温暖 温情 温度 支持 支部 水平 水务 施工 施救 经过 经常 经营 连续 连夜 连日 连心 程度 章程 计划 计生 计算 路口
  路过 路上 金额 卫生 卫士 管理 管控 管护 强调 强化 强力 强制 谢绝
江边 田间 马上 马不 师傅 师生 古稀 左右 易地 武装 武警 黄昏 熊熊 费用 居家 居住 居民 宣传 宣读 宣誓 宿舍 相关 相互 相继 来到 来自 来源 来宾 游客 通过 通知 通报 通宵 郑重 都是
  能够 那里 和平 家庭 家中 家属 家里 家住 家家 家长 步行 后勤 后来
冲锋 冲在 齐心 齐上 齐抓 康复 乐于 沿线 文明 文化 文件 毛巾 解决 解释 解除 谈话 谈心 顾不 顾全 顾大 战斗 从严 从早 利用 纪律 纪委 纪检 项目 祝福 闻讯 闻令 危险 景区 庄严 颜值
  莫名 段路 雷厉 雷打 史上 苗木 钱物 陶醉 戴着 戴口 戴好 汤药 柏油
申请 申报 房屋 房前 贺信 龙头 曾经 曾是 焦急 巩固 巴士 牛羊 干部 干净 干群 高效 国家 火速 花费 甘当 甘于 喻为 盛情 盛赞 童心 权力 权益 余名 余人 余户 商户 商贸 海报 岳父 海选
  荣誉 温馨 空闲 满怀 满意 全年 全市 全县 全省 全国 全区 全镇 全乡 全村
  全校 全院 全家 全民 全场 全天 全长 未达 未能 未经 未按 普遍 司法 公约 普查 普法 安装 满腔 查找 饶有 习惯 茅屋 凌晨 简单 简要 广大 广泛
尚未 尚在 应该 年龄 年轻 年过 年仅 盖章 第一 付出 伏击 慎终 简化 初心 储备 充分 充当 充实 冷静 冷暖 农村 农业 弓腰 山上 班子 边走 边远 边防 印发 怀着 部署 赏识 钟情 有的 有人
  有序 有效 有力 有关 有事 封村 封路 仅用 生前 生活 生产 联系 联防 联合 联动 联户 对待 双 走访 走在 走进 走村
到岗 到位 到场 冒着 冒雨 冒雪 值守 值班 代购 代办 代表 自发 自觉 自愿 自家 自己 自掏 主动 主持 主要 带头 带队 带领 率先 率领 亲自 亲临 深入 坚守 坚持 奋战 连线 轮流 积极 迅速
  及时 立即 始终 先后 分别 共同 一起 一直 一边 一同 一行 一线 开展 开始 开会 开车 进行 进村 进入 进户 组织 组成 组建 参加 参与 负责 告诉 介绍 表示 说道 认为 坦言
服务 工作 巡查 巡逻 宣讲 排查 登记 检查 消毒 测量 劝返 发放 捐款 捐赠 购买 发现 看到 看望 慰问 调研 指导 督导 督查 协调 牵头 担任 兼任 投身 投入 响应 报名 请缨 请战 加入 加班
  加强 签订 签名 申领 帮助 帮扶 照顾 照料 陪同 陪伴 等人 等人 等候 等待 们 及其 以及 或者 必须 可以 需要 应 均 全 各自 各村 各户 逐户 挨户 入户 上门 上岗 上街 下沉 下村
  下乡 包括 作为 作用 作出 身份 身先 身边 身穿 身体 队伍 大会 会议 群 同志 先锋 模范 示范 突击 志愿 宗旨 家门 门前 手持 手机 手中 力量 牺牲 放弃 返岗 返乡 回家 回乡 回村]]

local surnames <const> = setmetatable({}, { __mode = "v" }) -- a cache; grows with single characters

-- Is the character (or pair) a surname?
function names.is_surname(doc, s)
  local known = surnames[s]
  if known ~= nil then return known end
  if COMPOUND[s] then return true end
  if utf8.len(s) ~= 1 then return false end
  known = given.SURNAMES[s] or doc.tm.pattern.class "surname":match(s) ~= nil
  surnames[s] = known
  return known
end

local function char_at(s, p)
  local q = utf8.offset(s, 2, p)
  if not q then return nil end
  return s:sub(p, q - 1), q
end

local function is_han(c)
  return c ~= nil and #c == 3 and c >= "一" and c <= "龥"
end

-- Ends a token at byte j of shown?
local function token_ends(doc, j)
  local _, e = doc:span(doc:token_at(j))
  return e == j
end

-- Single characters that the lexicon takes for prepositions and conjunctions, and are
-- such: others of that tag (根) end names.
local FUNCTION <const> = set [[在 从 对 向 把 被 为 与 和 跟 给 让 由 于 以 按 就 将 及 或 而 且 但 的 了 着 过 地 得 所 等 因 到 往 朝 随
  替 比 靠 用 经 连 同 并 则 自]]

-- 何明说:“...”: the verb is no part of the name. Byte where the name ends.
local TELLING <const> = set "说 讲 问 答 称"
local QUOTED <const> = set ": , “"
local RIGHT <const>, AT <const> = "正", "在" -- 王芳[正]在
local function without_verb(doc, i, j)
  if j - i ~= 8 then return j end
  local shown, last = doc.shown, doc.shown:sub(j - 2, j)
  if last == RIGHT and shown:sub(j + 1, j + 3) == AT then return j - 3 end
  local said = TELLING[last] and (QUOTED[shown:sub(j + 1, j + 1)] or QUOTED[shown:sub(j + 1, j + 3)])
  return said and j - 3 or j
end

-- 汪勇|为|学生: the lexicon has 勇为 as a word.
local OBJECTS <const> = set "n r nr m ns"
local function verbal_end(doc, k, last)
  return last == "为" and OBJECTS[doc.tags[k + 1] or "w"]
end

-- Rare surnames that are common words: only before two characters of given names.
local RAREST <const> = given.RARE_SURNAMES
local NAMELY <const> = set "nr ns nz x g"
local function of_rarest(doc, one, two, p2, p3)
  if not (RAREST[one] and GIVEN[two] and GIVEN[char_at(doc.shown, p3) or ""]) then return false end
  local k = doc:token_at(p2) -- 保|安全 is none
  return utf8.len(doc.words[k] or "") == 1 or NAMELY[doc.tags[k] or "w"]
end

-- What people who are named do in reports: a word before it that is a name, too (田野) is one.
local DEEDS <const> = set [[在 就 说 介绍 表示 告诉 坦言 认为 回忆 感慨 主持 出席 参加 陪同 带领 带队 率队 强调 指出 要求 讲话 致辞 宣读 通报 汇报 深入
  走访 看望 慰问 调研 前往 来到 担任 任 分别 先后 同志 一行 等 今年 正在 每天 现场 、 ( 高兴 率 对 作 负责 当选 告诉记者 介绍说 坚守 冲]]

local CLOSERS <const> = set ", 、 ( ) : 。 说"

local AFTER_MASK <const> = set "w v d p c"
local LETTERS <const> = set "甲 乙 丙 丁 戊" -- 王某甲

-- 徐某, 王某甲, 伍某华: the second character is masked, what follows begins at p3.
local function masked_end(doc, p3)
  local three, p4 = char_at(doc.shown, p3)
  if three == "某" or LETTERS[three] then return p4 - 1 end
  local k = p4 and doc:token_at(p3)
  local given_name = k and GIVEN[three] and not FOLLOWS[three]
  if given_name and doc.words[k] == three and AFTER_MASK[doc.tags[k + 1] or "w"] then return p4 - 1 end
  return p3 - 1
end

-- 欧阳明, 欧阳明月: what begins at p3 behind a surname of two characters.
local function compound_end(doc, p3)
  local three, p4 = char_at(doc.shown, p3)
  if not is_han(three) then return nil end
  local four, p5 = char_at(doc.shown, p4)
  if is_han(four) and not FOLLOWS[four] and token_ends(doc, p5 - 1) then return p5 - 1 end
  return p4 - 1
end

-- 高 明: a blank inside a name of two characters; what stands at p3 behind it.
local BLANKS <const> = { [" "] = true, ["\u{3000}"] = true }
local function spaced_end(doc, two, p3)
  if not BLANKS[two] then return nil end
  local three, p4 = char_at(doc.shown, p3)
  local four = p4 and char_at(doc.shown, p4)
  local ends = not is_han(four) or GIVEN[three] and doc:tag(doc:token_at(p4)) == "v"
  return is_han(three) and ends and p4 - 1 or nil
end

-- 王博|脱|下: is the third character, a token of its own, what is done?
local function is_verb(doc, k, two, three)
  if doc.tags[k + 1] == "v" and utf8.len(doc.words[k + 1]) > 1 then return false end -- 车晓端|创新
  return doc.tags[k] == "v" and not GIVEN[three] and not AMBIGUOUS[three] and GIVEN[two]
    and not (DEEDS[doc.words[k + 1]] or CLOSERS[doc.words[k + 1]])
end

-- 孙浩|打|来电话: verbs of one character that go on with where they lead.
local LEADS_ON <const> = set "来 到 过 了 着 起 出 上 下 完 开 给 进 走 去 掉 住 成"
local MOVES <const> = set "打 接 捐 收 看 找 带 送 请 走 担 领 叫 拿 拉 跑 跳"

-- Does the third character, token k by itself, follow the name rather than end it?
local BEFORE_END <const>, LINKING <const> = set "v d p w", set "p c u"
local function is_behind(doc, k, two, three)
  if MOVES[three] and LEADS_ON[doc.words[k + 1]] then return true end
  local follows = FOLLOWS[three] and not (AMBIGUOUS[three] and BEFORE_END[doc.tags[k + 1] or "w"])
  return follows or is_verb(doc, k, two, three) or FUNCTION[three] and LINKING[doc.tags[k] or "w"]
end

local HOME <const> = "家"
-- 赵|国|栋|主动: where a name of three characters ends, the second of which begins at p2, the third
-- at p3; nil where it has no more than two.
local function third_end(doc, two, p2, p3)
  local three, p4 = char_at(doc.shown, p3)
  if not is_han(three) then return nil end
  local k = doc:token_at(p3)
  local i, e = doc:span(k)
  local home = e == p4 + 2 and i == p3 and GIVEN[three] and char_at(doc.shown, p4) == HOME -- 杨昌|富家
  if home then return p4 - 1 end
  if e ~= p4 - 1 then return nil end
  if i == p3 then return not is_behind(doc, k, two, three) and p4 - 1 or nil end
  return i <= p2 and p4 - (verbal_end(doc, k, three) and 4 or 1) or nil
end

-- 都|来, 盖上: is the second character a word of its own that follows names?
local BEHIND_ONE <const>, ONE <const> = set "v p d c", "一" -- 丁一|关于
local function second_follows(doc, one, two, p2, p3)
  local k = doc:token_at(p2)
  local i, e = doc:span(k)
  if two == ONE and i == p2 and e == p3 - 1 and BEHIND_ONE[doc.tags[k + 1]] then return false end
  return i == p2 and e == p3 - 1 and FOLLOWS[two]
    and (is_han(char_at(doc.shown, p3)) or not GIVEN[two] or RARE_SURNAMES[one])
end

-- A name that begins at byte p of shown: its last byte, or nil.
local function name_end(doc, p)
  local s = doc.shown
  local one, p2 = char_at(s, p)
  if not is_han(one) then return nil end
  local two, p3 = char_at(s, p2)
  local compound = is_han(two) and COMPOUND[one .. two]
  if two == "某" and one == strangers.PREFIX then return masked_end(doc, p3) end
  if not (compound or names.is_surname(doc, one) or of_rarest(doc, one, two, p2, p3)) then return nil end
  if two == "某" then return masked_end(doc, p3) end
  if compound then return compound_end(doc, p3) end
  if not is_han(two) or NOT_NAMES[one .. two] then return spaced_end(doc, two, p3) end
  local third = third_end(doc, two, p2, p3)
  if third then return third end
  local ends = token_ends(doc, p3 - 1) or not is_han(char_at(s, p3))
  return ends and not second_follows(doc, one, two, p2, p3) and p3 - 1 or nil
end

-- Words behind a name that is also a common word: 高原 says, 万里 and others.
local SPEECH <const> = set "说 介绍 表示 告诉 坦言 认为 、 等 同志"

-- 于岩, 和国强: after a role a surname that is a function word, too, is one before characters
-- of given names, if what follows could not go on with them. Byte where the name ends.
local DOUBLED <const> = set [[和 于 向 连 包 同 全 能 应 可 都 要 有 时 并 过 直 经 边 成 保 查 管 解 终 充 别 来 越 利 常 多 就 各
  这 那 其 每 因 如 但 则 且 或 外 前 内 新 老 大 未 无 真 原 现 位 占 官 路 海 卫 明]]
local function trusted(doc, k, i)
  local s = doc.shown
  local _, p2 = char_at(s, i)
  local two, p3 = char_at(s, p2)
  local three, p4 = char_at(s, p3)
  if not GIVEN[two] or doc:token_at(p2) ~= k + 1 then return nil end
  local known = utf8.len(doc.words[k + 1] or "") > 1 and not NAMELY[doc.tags[k + 1] or "w"]
  if doc.words[k] == "和" and (known or names.is_surname(doc, two)) then return nil end -- 和博士, 和方小云
  if GIVEN[three] and token_ends(doc, p4 - 1)
    and not (FOLLOWS[three] and doc:span(doc:token_at(p3)) == p3) then return p4 - 1 end
  local e = doc:token_at(p3)
  if token_ends(doc, p3 - 1) and (DEEDS[doc.words[e]] or CLOSERS[doc.words[e]]) then return p3 - 1 end
end

-- 约翰·史密斯: the parts of a foreign name are joined by a point. The token
-- that ends it, or nil.
local POINTS <const> = set "· • ・"
local PART <const> = set "nr ns nz n g x j b a q an z"
local MOST_PARTS <const> = 5 -- tokens between points
local function is_part(doc, e)
  local w, tag = doc.words[e] or "", doc.tags[e] or "w"
  if is_han(w:sub(1, 3)) and strangers.sounds(w) then return true end
  return PART[tag] and (tag ~= "n" and tag ~= "j" or utf8.len(w) == 1)
end

local function foreign_end(doc, k)
  local e = k
  while e < k + MOST_PARTS and not POINTS[doc.words[e]] do
    if not is_part(doc, e) then return nil end
    e = e + 1
  end
  if not POINTS[doc.words[e]] or e == k then return nil end
  local last
  while POINTS[doc.words[e]] do
    e = e + 1
    if not is_han((doc.words[e] or ""):sub(1, 3)) then return last end
    last = e
    while utf8.len(doc.words[e + 1] or "") == 1 and e < last + MOST_PARTS and not FUNCTION[doc.words[e + 1]]
      and (doc.tags[e] ~= "nr" and PART[doc.tags[e + 1]] or strangers.sounds(doc.words[e + 1])) do
      e = e + 1
    end
    last, e = e, e + 1
  end
  return last
end

-- Are the characters those of names? Function words may be surnames (DOUBLED) only where the
-- lexicon does not know what follows as a word of its own.
function names.likely(doc, k, name)
  local bytes = COMPOUND[name:sub(1, 6)] and 6 or 3
  if #name <= bytes or RARE_SURNAMES[name:sub(1, bytes)] then return false end
  if doc.tags[k + 1] == "blank" and utf8.len(name) == 2 then return true end -- 万 里
  local known = doc.tags[k] == "nr" or utf8.len(name) == 3 and (doc.words[k] or "") == name:sub(1, 3)
    and (utf8.len(doc.words[k + 1] or "") == 1 and utf8.len(doc.words[k + 2] or "") == 1
      or doc.tags[k + 1] == "nr" and (doc.words[k + 1] or "") == name:sub(4)) -- 揣|老三
  for _, c in utf8.codes(name:sub(bytes + 1)) do
    if not (GIVEN[utf8.char(c)] or known) then return false end
  end
  return true
end

-- Characters that begin names beside surnames: of compound ones, of names spelled by sound, of 老王,
-- and function words that may be surnames.
local OPENING <const> = { ["老"] = true, ["小"] = true }
for _, words in ipairs { COMPOUND, given.TIBETAN, given.MONGOL, given.SURNAMES, strangers.SOUNDS, DOUBLED,
                         RAREST } do
  for w in pairs(words) do OPENING[w:sub(1, 3)] = true end
end

local JOINED <const> = vocabulary.words(POINTS)

-- Are there parts of names joined by a point?
local function foreign_names(doc)
  local foreign = doc.foreign_names
  if foreign == nil then
    foreign = doc:has_any(JOINED)
    doc.foreign_names = foreign
  end
  return foreign
end

local openers <const> = setmetatable({}, { __mode = "k" }) -- a cache: no part of what a rule is made of

-- names.openers(doc) -> the characters that names begin with (core.char_bits); nil where any may
function names.openers(doc)
  if foreign_names(doc) then return nil end
  openers[OPENING] = openers[OPENING] or core.char_bits(vocabulary.words(OPENING), "surname")
  return openers[OPENING]
end

-- names.possible(doc, k): may a name begin at token k? Most words begin with no surname.
function names.possible(doc, k)
  local w = doc.words[k]
  if not w then return false end
  local first = w:sub(1, 3)
  local known = surnames[first]
  if known == nil then known = names.is_surname(doc, first) end
  return known or OPENING[first] or foreign_names(doc)
end

-- 老罗, 小梁: does one stand at token k?
local FAMILIAR <const> = { ["老"] = true, ["小"] = true }
local FAMILY_TAGS <const> = set "nr j"
-- 老谢|说, be 谢 a verb elsewhere
local OF_FAMILIAR <const> = set "说 笑 笑着 告诉 介绍 表示 坦言 高兴 一家 家 感慨 回忆"
function names.familiar(doc, k)
  local w, tag = doc.words[k] or "", doc.tags[k] or "w"
  if FAMILIAR[w] then
    local nxt = doc.words[k + 1] or ""
    local family = FAMILY_TAGS[doc.tags[k + 1] or "w"] or OF_FAMILIAR[doc.words[k + 2]]
    return family and utf8.len(nxt) == 1 and names.is_surname(doc, nxt)
  end
  local known = tag == "nr" or tag == "n" and OF_FAMILIAR[doc.words[k + 1]]
  return known and #w == 6 and FAMILIAR[w:sub(1, 3)] and names.is_surname(doc, w:sub(4))
end

local DIVISION <const> = set "县 市 区 镇 乡 村 州 省 旗"
local CLOSING <const> = set "v p d w"
local MODAL <const> = set "须" -- 经营户须持有...: a rare surname that is hardly ever one

-- 游 涛, 万 里 behind a role: a surname and one character more by itself. Its last byte.
local BEHIND_NAME <const> = set "w v d p c t blank"
local function spaced_name(doc, k, how)
  local words = doc.words
  local w = how ~= "list" and doc.tags[k + 1] == "blank" and BLANKS[words[k + 1]] and words[k]
  local whole = w and utf8.len(w) == 1 and names.is_surname(doc, w) and is_han(words[k + 2])
  local behind = whole and (words[k + 3] or "")
  local ends = behind and (BEHIND_NAME[doc.tags[k + 3]] or behind == "" or FOLLOWS[behind:sub(1, 3)])
  return ends and select(2, doc:span(k + 2)) or nil
end

-- 边巴: one part of Tibetan names alone, behind a role or in a row of names.
local function tibetan_word(doc, k, how)
  return how ~= "list" and given.TIBETAN[doc.words[k]] and select(2, doc:span(k)) or nil
end

-- 苏|和, 布|和: the same of Mongol names, which may be cut in two.
local MONGOL_OPENS <const> = {}
for w in pairs(given.MONGOL) do MONGOL_OPENS[w], MONGOL_OPENS[w:sub(1, 3)] = true, true end
local function mongol_word(doc, k, how, i)
  if how == "list" or not MONGOL_OPENS[doc.words[k]] then return nil end
  return given.MONGOL[doc.shown:sub(i, i + 5)] and token_ends(doc, i + 5) and i + 5 or nil
end

-- Names that tell themselves: 扎西多吉, 于岩 behind a role, 约翰·史密斯, 老罗. Their last byte.
local function told_end(doc, k, how, i)
  local tibetan = given.tibetan(doc.shown, i)
  if tibetan and token_ends(doc, tibetan) then return tibetan end
  local alone = tibetan_word(doc, k, how) or spaced_name(doc, k, how)
  if alone then return alone end
  local j = (how == "role" or doc.words[k - 1] == "、") and DOUBLED[doc.words[k]] and trusted(doc, k, i)
  if j then return j end
  local last = foreign_names(doc) and foreign_end(doc, k)
  if not last and names.familiar(doc, k) then last = FAMILIAR[doc.words[k]] and k + 1 or k end
  return last and select(2, doc:span(last)) or nil
end

local CLOSED <const> = set "w v p d t"
local NAMES_TAGS <const> = set "nr nz ns nt"
local WORD_TAGS <const> = set "n a z v ad b t x s l i f d r vn c" -- of words that begin no names
local CALLED_TAGS <const> = set "n a z t x s" -- of these some are names: 高原|说

-- Is token k, a word of several characters, none that a name begins with?
local function is_word(doc, k)
  local w, tag = doc.words[k] or "", doc.tags[k] or "w"
  local n = utf8.len(w)
  if n < 2 or n == 3 or NAMES_TAGS[tag] or COMPOUND[w] or not WORD_TAGS[tag] then return false end
  if n == 2 and CLOSED[doc.tags[k + 1] or "w"] and CALLED_TAGS[tag] then return false end
  local after = doc.words[k + 1] or ""
  return n > 2 or not ((doc.tags[k + 1] or "w") ~= "w" and utf8.len(after) == 1 and not FOLLOWS[after])
end

-- Numbers, marks, bodies and words that are no names.
local function excluded(doc, k)
  local w, tag = doc.words[k] or "", doc.tags[k] or "w"
  return MODAL[w] or tag == "w" or tag == "nt" or NOT_NAMES[w] or vocabulary.enders[w] and utf8.len(w) > 1
    or tag == "m" and (w:find "%d" or vocabulary.numerals[w:sub(1, 3)])
    or tag == "p" and not names.is_surname(doc, w) or is_word(doc, k)
end

-- What stands behind a surname that is a function word more often.
local NO_GIVEN <const>, NAMED <const> = set "w p r m", set "nr nz"
local function function_word(doc, k)
  local word, tag = doc.words[k + 1] or "", doc.tags[k + 1] or "w"
  return utf8.len(word) > 1 and not NAMED[tag] or NO_GIVEN[tag]
    or utf8.len(doc.words[k + 2] or "") > 1 and doc.tags[k + 2] ~= "v"
end

-- A name of two characters that is a word of the lexicon: only where what follows shows it.
local NOUNS_OF_NAMES <const> = set "n a z i"
local BEHIND_HOLDER <const> = set "v p d t c w"
local HOLDERS <const> = set [[书记 镇长 乡长 县长 区长 市长 州长 局长 处长 科长 股长 所长 站长 院长 校长 园长 队长 组长 会长 社长
  庭长 馆长 主任 主席 部长 委员 政委 导员]] -- by their last two characters
-- 镇长[文静]主持: behind the office of one person a noun or adjective is a name, where no noun stands behind.
local function of_holder(doc, k)
  if not NOUNS_OF_NAMES[doc.tags[k]] or not BEHIND_HOLDER[doc.tags[k + 1] or "w"] then return false end
  return HOLDERS[(doc.words[k - 1] or ""):sub(-6)] or false
end

local function unlikely_word(doc, k, how)
  local w, tag = doc.words[k] or "", doc.tags[k] or "w"
  if utf8.len(w) ~= 2 or NAMED[tag] or how == "list" or how == "row" then return false end
  local behind = doc.words[k + 1] or ""
  if SPEECH[behind] or GIVEN[w:sub(4)] and DEEDS[behind] then return false end
  if how == "role" and of_holder(doc, k) then return false end
  -- 纪委书记[苏杭]就...
  return not (how == "role" and tag == "ns" and not DIVISION[w:sub(-3)] and CLOSING[doc.tags[k + 1] or "w"])
end

-- Last byte of a surname and what is given behind it.
local TWO <const>, THREE <const> = 6, 9 -- bytes
local function regular_end(doc, k, how, i)
  if excluded(doc, k) then return nil end
  local rare = RARE_SURNAMES[doc.words[k]]
  local j = not (rare and function_word(doc, k)) and name_end(doc, i)
  local length = j and j - i + 1
  if not j or rare and length < THREE and doc.shown:sub(j - 2, j) ~= "某"
    or length == TWO and unlikely_word(doc, k, how) or doc.shown:sub(j + 1, j + 3) == "而" then return nil end
  return without_verb(doc, i, j)
end

-- how: "role" behind a role, "row" in a list behind a name, "list" anywhere.
local function regular(doc, k, how)
  local i = doc:span(k)
  local told = told_end(doc, k, how, i)
  local j = told or regular_end(doc, k, how, i)
  if not j then
    told = mongol_word(doc, k, how, i)
    j = told
  end
  if not j then return nil end
  local name = doc.shown:sub(i, j):gsub("[ ]", ""):gsub("\u{3000}", "")
  if not told and NOT_NAMES[name] then return nil end
  return name, i, j, doc:token_at(j) + 1
end

-- names.whole(doc, s): may s, which stands by itself before an office in brackets, be a name, be it
-- a word, too? 安静(副县长), not 单位(负责人)
local SHORTEST <const>, LONGEST <const> = 2, 3 -- characters
function names.whole(doc, s)
  local n = utf8.len(s)
  if not n or n < SHORTEST or #s ~= 3 * n or NOT_NAMES[s] then return false end
  if vocabulary.enders[s:sub(-3)] then return false end
  return n <= LONGEST and names.is_surname(doc, s:sub(1, 3)) and not RARE_SURNAMES[s:sub(1, 3)]
end

-- names.at(doc, k, how) -> name, i, j, next token | nil
function names.at(doc, k, how)
  local name, i, j, nxt
  if names.possible(doc, k) then name, i, j, nxt = regular(doc, k, how) end
  local last = how ~= "list" and (not name or strangers.sounds(name)) and strangers.ending(doc, k)
  if name and not (last and last >= nxt) then return name, i, j, nxt end
  if not last then return nil end
  name, i, j = doc:text_of(k, last)
  return name, i, j, last + 1
end

return names
