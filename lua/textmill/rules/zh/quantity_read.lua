-- Reading a count: value, unit and range of what a pattern has matched, and whether it counts
-- anything at all (slogans of ones, ranks, numbers in short quotations do not).

local strings = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set
local length <const> = utf8.len
local NUMERAL <const> = vocabulary.numerals
local DURATIONS <const>, RANKS <const> = vocabulary.durations, vocabulary.ranks
local VAGUE_ONE <const> = vocabulary.vague_one

local function is_chinese(text)
  return not text:find "%d"
end

local IDIOMS <const> = set "百分之百 百把 千把 四处"

-- 三面红旗, 八头牛, 五级台阶: measures that rank count where a thing follows at once.
local RANK_OR_COUNT <const> = set "面 头 样 级 节"
local IN_RANKS <const> = set "人 户 单位 部门 干部 组织 政府 会议 大会 全会 领导 医院 法院 响应 书记 党组织 联动 网格"
local NAMING <const> = set "n g nr nz"
local function things(doc, unit, last)
  local w = doc.words[last + 1] or ""
  return RANK_OR_COUNT[unit] and NAMING[doc.tags[last + 1]] and not IN_RANKS[w]
    and (unit ~= "级" or w == "台阶")
end

-- 生猪5600头: in digits, and what is counted stood before.
local BY_HEAD <const> = set "头 面 节 方"
local function in_figures(doc, q)
  if not BY_HEAD[q.unit] or not (q.text:find "%d" or q.value > 20) then return false end
  return q.value > 1 or doc.tags[q.first - 1] == "n"
end

-- 一家超市: a house of business, no family (一家人, 一家老小).
local HOUSES <const> = set "栈 铺 庄 企 店 厂 司 业 市 社 院 馆 场 行 构 坊 站 吧 户"
local function business(doc, q)
  local w = doc.words[q.last + 1] or ""
  if length(w) == 1 then w = w .. (doc.words[q.last + 2] or "") end -- 茶|企
  return q.unit == "家" and #w > 3 and HOUSES[w:sub(-3)] ~= nil
end

-- 积2分, 4120分: points, no minutes.
local LAST_MINUTE <const> = 59
local POINTS <const> = { "分" }
local SCORED <const> = set "记 高出 低于 相差 积 满 得 获 扣 加 计 达 平均 成绩 积分 总分 均分 得分 评分 满分 分数"
local FIELDS <const> = set "地 田 土地 水田 旱地 耕地 菜地 园地 荒地 自留地 水浇地"
local function points(doc, unit, value, first, last)
  if unit ~= "分" then return false end
  if last and FIELDS[doc.words[last + 1]] then return true end -- 2分地: a tenth of an acre
  return value > LAST_MINUTE or value % 1 > 0 or SCORED[doc.words[first - 1]] ~= nil
    or strings.ends(doc.words[first - 1] or "", POINTS) -- 考核分2分
end

-- 走完四步, 分三步走: stages told one by one; 甲、乙、丙三方签订: so many parties.
local STEPS_BEFORE <const> = set "分 走 完 走完 按 按照 需 只需 仅需 要 共 经过 历经 为"
local function stages(doc, q)
  if q.value <= 1 or q.unit ~= "步" and q.unit ~= "方" then return false end
  local before = doc.words[q.first - 1] or ""
  if before:find "^%s+$" then before = doc.words[q.first - 2] or "" end
  local after = doc.tags[q.last + 1] or "w"
  if q.unit == "步" then
    return STEPS_BEFORE[before] and (after == "w" or doc.words[q.last + 1] == "走" or after == "blank")
  end
  return q.unit == "方" and is_chinese(q.text) and (after == "v" or after == "d")
    and (q.value ~= 4 or doc.words[q.first - 2] == "、")
end

-- Do things stand there that a measure of ranks counts?
local function counts_things(doc, q)
  return in_figures(doc, q) or stages(doc, q) or q.value > 1 and things(doc, q.unit, q.last)
end

-- Is the count none: a duration, a rank, a vague or figurative one?
local function refused(doc, q)
  local unit = q.unit
  if DURATIONS[unit] and not points(doc, unit, q.value, q.first, q.last) then return true end
  if RANKS[unit] and not counts_things(doc, q) then return true end
  if q.kind == "ordinal" or q.approx == "vague" or IDIOMS[q.text] then return true end
  return q.value == 1 and VAGUE_ONE[unit] and is_chinese(q.text) and not business(doc, q)
end

-- 每月走访[一遍], 每2小时巡查[一次]: how often; the token of 每.
local OFTEN <const> = set "次 遍 趟 回"
local function regular(doc, q)
  if not OFTEN[q.unit] or q.kind == "ordinal" then return nil end
  for e = q.first - 1, math.max(1, q.first - 8), -1 do
    local w = doc.words[e] or ""
    if (doc.tags[e] or "w") == "w" or w == "第" then return nil end
    if w:find "^每" then return e end
  end
  return nil
end

-- 台(套): the unit with what stands behind it in brackets. 5吨(含)以上: what stands there is part
-- of the count. k: the token of the bracket.
local BRACKETED <const> = set "q m n v g"
local function in_brackets(doc, q, k)
  local words = doc.words
  local w = words[k + 1]
  if w == "含" then
    if (words[k + 3] or ""):find "^以" then q.last = k + 3 end
  elseif words[k + 2] == ")" and BRACKETED[doc.tags[k + 1]] and length(w) <= 2 then
    q.unit, q.last = q.unit .. "(" .. w .. ")", k + 2
  end
end

-- 不漏1户1人, 无一人伤亡: nothing is counted.
local NEGATIONS <const> = set "不漏 不落 不留 无 没有 未 没 不丢 不少 零 漏 落下 不"
local LAST <const> = set "最后 另 另外 下 上 头 每 某 哪 任何"
local function negated(doc, k, q)
  local words, tags = doc.words, doc.tags
  if LAST[words[k - 1]] and q.unit ~= "张" and is_chinese(q.text) then return true end
  for e = k - 1, math.max(1, k - 4), -1 do
    local w = words[e]
    if tags[e] == "w" then return false end
    if NEGATIONS[w] and (w ~= "不" or e >= k - 2) then return true end
  end
  return false
end

-- 1人1档, 一摊一证: slogans of ones.
local function is_one(doc, k)
  return doc.words[k] == "1" or doc.tags[k] == "m" and doc.words[k]:sub(1, 3) == "一"
end

local function of_ones(doc, q)
  local after, before = q.last + 1, doc.tags[q.first - 1] or "w"
  return is_one(doc, after)
    or is_one(doc, after + 1) and doc.tags[after] ~= "w" and length(doc.words[after]) == 1
    or before ~= "w" and before ~= "v" and is_one(doc, q.first - 2)
end

-- Where “ stands at or after byte p; asked of the view where the last answer does not tell.
local function next_quote(doc, p)
  local at = doc.quote_at
  if at and doc.quote_from <= p and p <= at then return at end
  at = doc:find("“", p) or math.maxinteger
  doc.quote_from, doc.quote_at = p, at
  return at
end

-- Short quoted stretches are names: “六个一”, “一对一”, not speech.
local function in_short_quote(doc, q)
  if next_quote(doc, math.max(1, q.si - 30)) >= q.si then return false end
  local before = doc.shown:sub(math.max(1, q.si - 30), q.si - 1)
  local open = before:match ".*()“"
  if not open or before:find("”", open, true) then return false end
  local after = doc.shown:sub(q.sj + 1, q.sj + 36)
  local close = after:find("”", 1, true)
  if not close then return false end
  if q.value == 1 and before:sub(open + 3, open + 5) == "一" then return true end
  local inside = before:sub(open + 3) .. q.text .. after:sub(1, close - 1)
  return length(inside) ~= nil and length(inside) <= 10
end

-- 辆次, 剂次: so many uses of the thing.
local TIMED <const> = set "轮 条 辆 人 台 户 亩 册 张 架 场 班 车 件 剂 艘 批 头 趟 针 家 处 部 只 支 种 项 例 份 套 点"

-- 1.6万吨: the lexicon has the unit with its power of ten.
local POWERS <const> = { ["万"] = 10000, ["亿"] = 100000000 }
local function multiplied(q)
  local power = POWERS[q.unit:sub(1, 3)]
  if not power then return end
  q.value, q.max, q.unit = q.value * power, q.max and q.max * power, q.unit:sub(4)
end

local BRACKET <const> = ("("):byte()

-- 周六[三个]村: two digits in a row count nothing (63 is 六十三), the first belongs to what
-- stands before.
local function last_digit(q)
  if #q.text ~= #q.unit + 6 then return end
  local digits = q.text
  local a, b = NUMERAL[digits:sub(1, 3)], NUMERAL[digits:sub(4, 6)]
  if a and b and q.value == 10 * a + b then q.si, q.text, q.value = q.si + 3, q.text:sub(4), b end
end

-- S106[省]道: the kind of road, no count of provinces.
local function numbered_road(doc, q)
  return doc.shown:sub(q.sj + 1, q.sj + 3) == "道"
end

-- 30个工作日内, 3个月: how long, not how many.
local PERIODS <const> = {
  "工作日", "昼夜", "日夜", "多月", "年头", "晚上", "夜晚", "自然日", "交易日", "月", "小时", "星期", "学期", "季度", "世纪", "上午",
  "下午", "早上", "早晨", "中午", "傍晚", "白天", "周末", "春天", "夏天", "秋天", "冬天", "暑假", "寒假", "暑期",
}

-- 10块钱, 4毛5分, 3块5毛: in 元.
local COINS <const> = { ["块钱"] = 1, ["元钱"] = 1, ["块"] = 1, ["毛钱"] = 0.1, ["毛"] = 0.1, ["角"] = 0.1,
                        ["角钱"] = 0.1, ["分钱"] = 0.01 }
local SMALLER <const> = { ["块"] = { ["毛"] = 0.1, ["角"] = 0.1 }, ["毛"] = { ["分"] = 0.01 },
                          ["角"] = { ["分"] = 0.01 } }
local SUMS <const> = set "金 钱 费 租 薪 资 贴 款 价"

-- 700块租金, 挣了5万来块: money, and no pieces of anything.
local EARNED <const> = set "挣 赚 卖 收入 花 净赚 纯赚 罚"
local GIVEN <const> = set "收 领 发 补 交 给 拿 存 省 多 少 涨 降" -- of bricks, too, but not by the hundred
local MANY <const> = 100
local function coins(doc, q)
  local after = doc.words[q.last + 1] or ""
  local tag = doc.tags[q.last + 1] or "w"
  if SUMS[after:sub(-3)] and (tag == "n" or tag == "vn") then return true end
  if tag ~= "w" then return false end
  local k = q.first - 1
  while vocabulary.fillers[doc.words[k]] or doc.tags[k] == "u" do k = k - 1 end
  local w = doc.words[k] or ""
  return EARNED[w] or EARNED[w:sub(1, 3)] and doc.tags[k] == "v" or GIVEN[w] and q.value >= MANY or false
end

local function in_yuan(doc, q)
  local coin, smaller = COINS[q.unit], SMALLER[q.unit]
  local part = smaller and smaller[doc.words[q.last + 2]] and tonumber(doc.words[q.last + 1] or "")
  if q.unit == "块" and not part and not coins(doc, q) then return end -- of soap, of land
  if part then
    part, q.last = part * smaller[doc.words[q.last + 2]], q.last + 2
    q.sj = select(2, doc:span(q.last))
    q.text = doc.shown:sub(q.si, q.sj)
  elseif q.unit == "角" and is_chinese(q.text) then return end -- 三角
  q.value, q.max, q.unit = q.value * coin + (part or 0), q.max and q.max * coin, "元"
end

-- 每[5户]一个大桶: what there is one of for so many; (万元): a unit without its number.
local function denominates(doc, q)
  local w = doc.words[q.first - 1]
  return w == "每" and doc.tags[q.last + 1] == "m" and not DURATIONS[q.unit]
    or w == "(" and doc.words[q.last + 1] == ")" and POWERS[q.text:sub(1, 3)] ~= nil
end

-- A slogan, a name or a negation: the number q counts nothing.
local function idle(doc, q)
  return denominates(doc, q) or q.value == 1 and (negated(doc, q.first, q) or of_ones(doc, q))
    or in_short_quote(doc, q)
end

-- Is it sure that refused() will say no, whatever else is read of it? Most counts are durations.
local function hopeless(doc, info)
  if info.kind == "ordinal" or info.approx == "vague" then return true end
  local unit = info.unit
  local none = DURATIONS[unit] and not points(doc, unit, info.value, info.first, info.last)
    or RANKS[unit] and not (RANK_OR_COUNT[unit] or BY_HEAD[unit] or unit == "步")
  return none and not TIMED[unit] and info.kind ~= "percent" and doc.shown:byte(info.sj + 1) ~= BRACKET
end

-- 北纬29°35′: where, not how warm.
local BEARINGS <const> = set "纬 经"
local function coordinate(doc, q)
  return BEARINGS[(doc.words[q.first - 1] or ""):sub(-3)] or doc.shown:find("^%d", q.sj + 1) ~= nil
end

-- 二类低保: two would be 两类; 三类 beside it is the third. 三组村民: the third group of the village.
local VILLAGES <const> = set "村 社区"
local RANKED <const> = { "一类", "二类" }
local OF_PLACES <const> = set "ns nr s"
local function numbered(doc, q)
  if not is_chinese(q.text) then return false end
  if q.text:find "^二" and q.value == 2 then return true end
  local before = doc.words[q.first - 1] or ""
  if q.unit == "组" then
    local named = OF_PLACES[doc.tags[q.first - 1]] and length(before) > 1
    return VILLAGES[before:sub(-3)] or VILLAGES[before:sub(-6)] or named or false
  end
  return q.unit == "类" and strings.has(doc.shown:sub(math.max(1, q.si - 90), q.si - 1), RANKED)
end

-- 分[三期]建设, 三[次]产业: how something is built.
local function divided(doc, q)
  if q.unit == "期" then return doc.words[q.first - 1] == "分" end
  return q.unit == "次" and (doc.words[q.last + 1] or ""):find "^产业" ~= nil
end

-- 三元猪, 三元杂交: a cross of three, no money.
local function crossed(doc, q)
  local tag = doc.tags[q.last + 1] or "w"
  return q.value < 10 and is_chinese(q.text) and (tag == "n" or tag == "g" or tag == "v")
    and not SUMS[(doc.words[q.last + 1] or ""):sub(-3)]
end

-- 男子100米, 4×100米接力: what is run in a race.
local RUNNERS <const> = set "男子 女子 男女 × *"
local RACES <const> = set "接力 短跑 长跑 跑 赛跑 竞走 跨栏 自由泳 蛙泳 蝶泳 仰泳 混合泳 障碍 折返跑"
local function race(doc, q)
  local run = table.concat(doc.words, "", q.last + 1, math.min(q.last + 3, doc.n_tokens))
  return RUNNERS[doc.words[q.first - 1]] or RACES[doc.words[q.last + 1]]
    or run:find("竞速赛", 1, true) ~= nil or run:find("接力", 1, true) ~= nil
end

-- 阅读:3077次: what a page counts of itself.
local VISITS <const> = set "阅读 点击 浏览 播放 访问 阅读量 点击量 点击数 浏览次数 点击次数"
local function visits(doc, q)
  local k = q.first - 1
  local apart = doc.words[k] == ":" or doc.tags[k] == "blank"
  return apart and VISITS[doc.words[k - 1]] ~= nil
end

-- 逢三、[六集]: days of a market; [一本]院校: the rank of a school.
local SCHOOLS <const> = set "院校 大学 高校 线 批次 率 上线"
local function calendar(doc, q)
  if q.unit == "本" then
    return q.value < 4 and is_chinese(q.text) and SCHOOLS[doc.words[q.last + 1]] ~= nil
  end
  for e = q.first - 1, math.max(1, q.first - 4), -1 do
    if (doc.words[e] or ""):find "逢$" then return true end
    if doc.words[e] ~= "、" and doc.tags[e] ~= "m" then return false end
  end
  return false
end

-- 3人户补助1.6万元: how large a household is.
local function household(doc, q) return doc.words[q.last + 1] == "户" end

-- 43头只, 200件套: two measures of one thing.
local PAIRED <const> = set "只 套 件 份 册 台 辆 架 张 幅 条 块 匹 羽 尾 卷"
local PAIRED_WITH <const> = set "头 件 台 册 份 部 辆 张 条 块 只 本 幅"
local function paired(doc, q, w)
  if not PAIRED[w] or not PAIRED_WITH[q.unit] or w == q.unit then return false end
  return (doc.tags[q.last + 2] or "w") == "w"
end

local SPENT_ON <const> = set "n vn u"
local SERVED <const> = set "份 餐" -- 发放药品800人份
-- The unit with what belongs to it behind: 辆次, 个百分点, 台(套).
local function extend_unit(doc, q)
  local second = doc.words[q.last + 1]
  if not second then return end
  local last = q.last
  if TIMED[q.unit] and second == "次" or paired(doc, q, second) then
    q.unit, q.last = q.unit .. second, last + 1
  end
  if q.unit == "个" and doc.shown:sub(q.sj + 1, q.sj + 9) == "百分点" then
    q.unit, q.sj = "个百分点", q.sj + 9
    q.last = doc:token_at(q.sj)
    last = q.last
  end
  if q.unit == "元" and second == "钱" and SPENT_ON[doc.tags[last + 2]] then q.last = last + 1 end -- 5元钱的救济款
  if q.unit == "个" and doc.words[q.last + 1] == "基点" then q.unit, q.last = "个基点", q.last + 1 end
  if q.unit == "人" and SERVED[second] and doc.tags[last + 2] ~= "n" then
    q.unit, q.last = q.unit .. second, last + 1
  end
  if doc.words[q.last + 1] == "(" then in_brackets(doc, q, q.last + 1) end
  if q.last > last then q.sj = select(2, doc:span(q.last)) end
end

-- What a number with this unit may be that counts nothing.
local NO_COUNTS <const> = {
  ["次"] = { visits, divided }, ["期"] = { numbered, divided }, ["本"] = { calendar }, ["集"] = { calendar },
  ["°"] = { coordinate }, ["米"] = { race }, ["元"] = { crossed }, ["省"] = { numbered_road },
  ["县"] = { numbered_road }, ["乡"] = { numbered_road }, ["类"] = { numbered }, ["组"] = { numbered },
  ["人"] = { household }, ["队"] = { numbered }, ["班"] = { numbered }, ["号"] = { numbered },
}

local function something_else(doc, q)
  local list = NO_COUNTS[q.unit]
  for k = 1, list and #list or 0 do
    if list[k](doc, q) then return true end
  end
  return false
end

-- 数万吨: some of them; (单位:亩、万株): a unit with its power of ten, and no number.
local SOME <const>, UNIT_MARKS <const> = set "数 几", set ": 、 / ("
local POWER <const>, FIRST_BYTE <const> = set "万 亿 千 百", 0x80
local function numberless(doc, q)
  if not POWER[q.text:sub(1, 3)] then return false end
  return SOME[doc.shown:sub(math.max(1, q.si - 3), q.si - 1)]
    or POWERS[q.text:sub(1, 3)] and UNIT_MARKS[doc.words[q.first - 1]] or false
end

-- 合格率为79·1%: the point of old print; what stands before it are the whole ones.
local DOT <const>, DOT_BYTE <const> = "·", 0xB7 -- and its last byte
local FARTHEST_DOT <const> = 16 -- bytes
local function dotted(doc, q)
  if q.max then return end
  local whole = doc.shown:sub(math.max(1, q.si - FARTHEST_DOT), q.si - 1):match("(%d+)" .. DOT .. "$")
  local part = q.text:match "^%d+"
  if not whole or not part or tonumber(part) == 0 then return end
  q.value = q.value / tonumber(part) * tonumber(whole .. "." .. part)
  q.value = math.tointeger(q.value) or math.floor(q.value * 1e6 + 0.5) / 1e6
  q.si = q.si - #whole - #DOT
  q.first, q.text = doc:token_at(q.si), doc.shown:sub(q.si, q.sj)
end

local LARGE <const> = set "万元 亿元" -- 突破万元大关


-- The quantity of one reading (readings.lua), with its tokens; nil when it counts nothing.
local function read(doc, info)
  if hopeless(doc, info) then return nil end
  local kind = info.kind
  local q = { si = info.si, sj = info.sj, text = "", kind = kind, approx = info.approx,
              value = info.value, unit = kind == "percent" and "%" or info.unit or "",
              first = info.first, last = info.last, max = kind == "range" and info.hi or nil,
              regular = nil, sentence = nil, a = nil, b = nil, side = nil, from = nil } -- room
  extend_unit(doc, q)
  q.text = doc.shown:sub(q.si, q.sj)
  if #q.unit > 3 then multiplied(q) end
  if doc.shown:byte(q.si - 1) == DOT_BYTE then dotted(doc, q) end
  if COINS[q.unit] then in_yuan(doc, q) end
  if q.unit == "个" and strings.starts(doc.shown, q.sj + 1, PERIODS) then return nil end
  if kind == "cardinal" then last_digit(q) end
  q.regular = q.value == 1 and regular(doc, q) or nil
  if refused(doc, q) and not q.regular or idle(doc, q) then return nil end
  local in_words = q.text:byte() >= FIRST_BYTE
  if in_words and (LARGE[q.text] or numberless(doc, q)) or something_else(doc, q) then return nil end
  return q
end

-- 第: an ordinal that begins before the number; 后三位: a rank.
local function ordinal(doc, q)
  local w = doc.words[q.first - 1] or ""
  if w == "前" and q.unit == "位" or w == "后" and q.unit == "位" then return true end
  if w == "、" and (doc.words[q.first - 2] or ""):find "^第" then return true end -- 第3、4组
  return w == "№" or w:sub(-3) == "第"
end

-- 十五人至二十九人, 五千元以上五万元以下: two counts in one unit are a range.
local AT_MOST <const> = { "以下", "以内" }
local AT_MOST_ENDS <const> = set "以下 以内"
local RANGES <const> = set "至 到 - — ~ —— 以上 不满"
local LONGEST_RANGE <const> = 12 -- bytes, with 、 or a comma before it
local function joined_range(doc, first, q)
  if not first or first.max or first.unit ~= q.unit or q.value <= first.value then return false end
  if q.si - first.sj > LONGEST_RANGE then return false end
  local gap = doc.shown:sub(first.sj + 1, q.si - 1):gsub("^、", "", 1):gsub("^,", "", 1)
  if gap == "多则" and doc.shown:sub(first.si - 6, first.si - 1) == "少则" then gap = "至" end -- 少则50元,多则2000元
  if gap == "" and first.text:find "以上$" and q.text:find "^不满" then gap = "不满" end
  local limits = first.text:find "以上$" and gap == "" and strings.has(q.text, AT_MOST)
  if not limits and not (RANGES[gap] and (gap ~= "以上" or strings.ends(q.text, AT_MOST))) then return false end
  first.max, first.last, first.sj, first.approx = q.max or q.value, q.last, q.sj, nil
  first.text = doc.shown:sub(first.si, first.sj)
  return true
end

-- 一万元以上十万元以下, where the lexicon keeps 万元以上 together: the lower limit.
local NUMERALS <const> = set "零 一 二 两 三 四 五 六 七 八 九 十 百 千 万 亿"

-- The digits and numerals that a string ends with.
local function trailing_number(s)
  local p = #s + 1
  while p > 1 do
    if s:find("^[%d.]", p - 1) then p = p - 1
    elseif p > 3 and NUMERALS[s:sub(p - 3, p - 1)] then p = p - 3
    else break end
  end
  return s:sub(p)
end

local function from_limit(doc, q)
  if q.max or not AT_MOST_ENDS[q.text:sub(-6)] or q.unit == "" then return end
  local head = doc.shown:sub(math.max(1, q.si - 48), q.si - 1):match("^(.*)" .. "以上$")
  head = head and head:sub(-#q.unit) == q.unit and head:sub(1, -#q.unit - 1)
  local digits = head and trailing_number(head)
  local low = digits and #digits > 0 and doc.tm.number(digits)
  if not low or low >= q.value then return end
  q.max, q.value, q.approx = q.value, low, nil
  q.si = q.si - #"以上" - #q.unit - #digits
  q.text, q.first = doc.shown:sub(q.si, q.sj), doc:token_at(q.si)
end

return { one = read, is_chinese = is_chinese, ordinal = ordinal, idle = idle, joined_range = joined_range,
         from_limit = from_limit, FIELDS = FIELDS, something_else = something_else }
