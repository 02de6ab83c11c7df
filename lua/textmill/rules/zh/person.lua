-- People spoken of, with what they are.
--
--   镇党委书记 李明      role, then name        李明 同志, 王某, 高女士
--   党员 甲、乙、丙      one role for a list    副镇长甲、武装部长乙
--
-- The role is the noun that stands before the name and runs left through the
-- words of its office: 河湾村|党支部|书记.

local rule = require "textmill".rule
local names = require "textmill.rules.zh.names"
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

-- Nouns of people that a name may follow.
local ROLES <const> = set [[书记 副书记 支部书记 党支部书记 总支书记 党总支书记 村支书 支书 第一书记 党委书记 镇党委书记 乡党委书记 主任 副主任 村主任 村委会主任
  妇联主任 妇女主任 镇长 副镇长
乡长 副乡长 县长 副县长 区长 副区长 市长 副市长 村长 局长 副局长 处长 科长 站长 副站长 所长 副所长 院长 副院长 校长 副校长 园长 组长 副组长 队长 副队长 大队长 中队长 会长 副会长
  社长 厂长
经理 总经理 董事长 理事长 主席 副主席 人大主席 部长 副部长 武装部长 委员 常委 干事 干部 村干部 镇干部 乡干部 会计 村会计 文书 村医 乡医 医生 大夫 护士 护士长 教师 老师 教练 民警
  辅警 警察 交警 志愿者 党员 老党员 预备党员
居民 村民 市民 网格员 网格长 护林员 普查员 指导员 普查指导员 队员 种粮大户 大户 贫困户 脱贫户 养殖户 种植户 老人 代表 村民代表 负责人 工作人员 业主 同志 退伍军人 退役军人 军人 大学生
  返乡青年 青年 企业家
法人 老板 店主 司机 厨师 专家 教授 院士 战士 学生 同学 保洁员 宣传员 信息员 联络员 调解员 讲解员 技术员 农技员 哨兵 卫士 标兵 能人 姑娘 小伙 小伙子 工作者 社区工作者 社工
村民小组长 小组长
老支书 老书记 老师傅 师傅 老人 遗孀 弟弟 哥哥 姐姐 妹妹 爱人 同事 战友 老兵 退伍老兵 隔离户 户主 五保户 低保户 监测户 业委会主任
包村干部 主播 夫妇 安全员 驾驶员 快递员 采购员 组织委员 宣传委员 纪委书记 政法委员 副支书
  主管
带头人 创始人 乡贤 农民 果农 菜农 渔民 牧民 工人 职工 员工 商户 摊主 患者 家长 母亲 父亲 妻子 丈夫 儿子 女儿 孙子 孙女 嫂子 大妈 大爷 奶奶 爷爷 阿姨 叔叔 大叔 大娘 村官
  大学生村官 选调生 政委 司令员 镇人大主席
政协主席 纪检委员 党建办主任 综治办主任 财政所长 派出所长 联系人 值班员 通信员 水管员 管护员 村警 团委书记 团支部书记 劳模 模范 能手 医师 主治医师 药师 乡村医生 驻村干部 驻村队员
  工作队员 工作队长 扶贫干部 帮扶干部 书法家 艺人 传承人 楼长 楼栋长 单元长 小区长 街长 路长 河长 林长 班长 连长 排长 民兵 民兵连长 秘书 秘书长 主编 店长 馆长 台长 行长 庭长 法官
  游客 农户 住户 租户 房东 摊贩 个体户 经营户 信访人 死者 伤者 花农 茶农 蚕农 棉农 粮农 烟农 药农 蜂农 监理 导游 电工
  指挥长 总指挥 副总指挥 副指挥长 检察官 检察长 律师 检查员 监督员 举报员 辅导员 讲师 研究员 工程师 农艺师 畜牧师 兽医
  助理 领导 副职 专干 支委 执委 常委会委员 科员 主任科员 调研员 班主任 校医 营长 教导员 参谋 秘书 责任人 发言人 宣讲人 召集人 联络人 承包人 合伙人 经纪人 主持人 候选人 发起人
  嫌疑人 受害人 被害人 当事人 被告人 被告 原告 举报人 报案人 违法人员 老板娘 小哥 导演 歌手 作家 画家 诗人 学者 博士 硕士 博主 领队 运动员 冠军 英雄 烈士 军属 孤儿 女孩 男孩
  小学生 中学生 高中生 研究生 新娘 新郎 女婿 儿媳 儿媳妇 侄子 外甥 岳父 婆婆 公公 老伴 邻居 好人 孝星 状元 军嫂 大嫂 大姐 大哥 老汉 大伯 船长 车主 货主 客商 特警 刑警 法警 协警
  片警 董事 理事 监事
  农民工 民工 义工 技工 瓦工 木工 焊工 包工头 工头 经营者 承租人 更夫 机手 农机手 拖拉机手 收割机手 飞手 舵手 歌手 选手 摊户 租客 乘客 顾客
  目击者 肇事者 考生 新生 党组书记 副县级 片长 段长 户长 点长 巷长 库管员 饲养员 副科长 副处长 副厂长 副总经理 股长 副股长 总工程师 顾问 法律顾问
  副秘书长 代理人 传播员 消防员 消防战士 讲解员 广播员 环卫工 护工 月嫂 校友 老乡 族长 寨老 会首 队友 牧羊人 养蜂人 守护人 牵头人 明白人
  值班领导 包村领导 包片领导 带班领导
  责任医生 家庭医生 指挥员 副台长 副馆长 副店长 副主席 副理事长 副大队长 副中队长 分队长 支队长 副支队长 教研员 督学 党代表 人大代表 政协委员 退休干部 离休干部]]

-- What may stand in the office before its noun, by tag; and words that may not.
local OFFICE <const> = set "n nr ns nt nz j vn g s b l an f"
local NOT_OFFICE <const> = set [[同时 目前 现任 担任 兼任 据悉 近日 日前 今年 时任 原 时候 其中 期间 以来 随后 说 表示 介绍 该 全村 全镇 全乡 全县 各
  会同 联合 协同 邀请 随同 陪同 会见 每 本 名 位 名叫 一名 原来 如今 情况 事迹 记者 通讯员 实习生 摄影 供稿 撰稿 编辑 责任编辑 来源 作者 消息 先后 后 里 内 中 上 下 前 时]]

-- Titles behind a surname or a name: 高女士, 王奶奶.
local ADDRESS <const> = { "女士", "先生", "奶奶", "爷爷", "大爷", "大妈", "大娘", "阿姨", "大姐", "大哥", "大叔", "老伯",
  "老太", "婆婆", "同学", "老师", "医生" }

local ROLE_BEFORE <const> = set "记者 通讯员 编辑 实习生 作者 摄影 供稿 撰稿 责任编辑 责编 编审 校对 审核 主编 责任校对 特约通讯员"

-- What one does, by the last character: 检测员, 银匠. Of these the name must be a full one.
local TRADES <const> = set "员 师 匠 医 手 工 人 者"
local COLLECTIVE <const> = set "人员 成员 全员" -- 班子成员
local NO_TRADES <const> = set [[动员 满员 超员 减员 复员 名医 就医 行医 中医 西医 出师 拜师 大师 对手 双手 入手 动手 携手 联手 着手 亲手
  洗手 人手 举手 分手 握手 拍手 扶手 助手 施工 开工 复工 完工 加工 分工 用工 务工 打工 手工 化工 竣工 动工 停工 罢工 招工 返工 民工 员工
  工人 别人 众人 路人 行人 男人 女人 亲人 客人 家人 个人 本人 他人 人人 病人 成人 老年人 年轻人 残疾人 感人 惊人 喜人 后者 前者 或者 再者]]
-- 打更|人: as a word of its own it makes a trade of a verb of two characters.
local AGENTS <const> = set "手 工 人 者"

-- Last characters of roles: few tokens need a closer look.
local LAST <const> = set "员 师 匠 医 手 工 人 者"
for w in pairs(ROLES) do LAST[w:sub(-3)] = true end

-- What roles end with: the lexicon may have cut one before it.
local ENDS <const> = {}
for w in pairs(ROLES) do
  for bytes = 3, #w - 3, 3 do ENDS[w:sub(-bytes)] = true end
end

local BECOMES <const> = set "任 担任 兼任 出任 为"

-- 驻村第一书记、财政局干部: two offices of one person.
local function second_office(doc, a)
  if doc:word(a - 1) ~= "、" then return nil end
  local w = doc:word(a - 2)
  return ROLES[w] or ROLES[doc:word(a - 3) .. w]
end

local SINGLE_BLOCKED <const> = set "是 有 让 请 找 叫 说 做 当 任 带 看 送 给 见 去 来 到 于 个 名 位 着 著"

-- 监督管理|所|所长: the verb of a task before the head of a body is part of the office.
local SEATS <const> = set "所 局 站 中心 办 办公室 大队 中队 支队 科 股 处 委员会 管理所 管理局 管理站 管理处 管理办 服务站 服务中心"
local TASK_TAGS <const> = set "v vn"
local function of_seat(doc, a)
  local p = doc:word(a - 1)
  return TASK_TAGS[doc:tag(a - 1)] and utf8.len(p) == 2 and OFFICE[doc:tag(a - 2)]
    and not NOT_OFFICE[doc:word(a - 2)] and (SEATS[doc:word(a)] or TASK_TAGS[doc:tag(a)])
end

-- The role that ends at token k, as tokens a, k; nil when there is none.
local function role_ending(doc, k)
  local w = doc:word(k)
  local start = k
  if ROLE_BEFORE[w] then return nil end
  if not ROLES[w] then
    -- a noun of people that the lexicon cut in two, or one with an office glued on
    if w == "成员" and doc:word(k + 1) == ":" then
      return k, k
    elseif ENDS[w] and ROLES[doc:word(k - 1) .. w] then
      start = k - 1
    else
      local known = false
      for bytes = 6, math.min(12, #w - 1), 3 do known = known or ROLES[w:sub(-bytes)] end
      local trade = not known and TRADES[w:sub(-3)] and not NO_TRADES[w]
        and not COLLECTIVE[w:sub(-6)]
      local before = doc:tag(k - 1)
      if trade and #w == 3 and AGENTS[w] then
        local verb = doc:word(k - 1)
        if before ~= "v" and before ~= "vn" or utf8.len(verb) ~= 2 or NOT_OFFICE[verb] then
          return nil
        end
        start = k - 1
      elseif trade and #w == 3 and (before == "v" or before == "n" or before == "vn") then
        start = k - 1
      elseif not known and not (trade and #w > 3 and doc:tag(k) == "n") then
        return nil
      end
      if trade then return start, k, true end
    end
  end
  local a = start
  while a > 1 and start - a < 8 do
    local p, tag = doc:word(a - 1), doc:tag(a - 1)
    if NOT_OFFICE[p] or ROLE_BEFORE[p] or SINGLE_BLOCKED[p] then break end
    if OFFICE[tag] or ROLES[p] or (utf8.len(p) == 1 and (tag == "a" or tag == "v" or tag == "x" or tag == "q"
      or tag == "k" or tag == "h")
       and not vocabulary.enders[p] and not SINGLE_BLOCKED[p])
      or SEATS[p] and a == start or of_seat(doc, a) then
      a = a - 1
    else
      break
    end
  end
  return a, k
end

local function fact_of(doc, name, ni, nj, ra, rk)
  local fact = { type = "person", name = name, spans = { name = { ni, nj } }, at = { ni, nj } }
  local first = ra and second_office(doc, ra) and role_ending(doc, ra - 2)
  if first and not BECOMES[doc:word(first - 1)] then ra = first end -- 甲任队长、部长乙
  if ra then
    local role, i, j = doc:text_of(ra, rk)
    fact.role = role
    fact.spans.role = { i, j }
    fact.at = { math.min(i, ni), math.max(j, nj) }
  end
  return fact
end

-- The role that the tokens from k on end with before a sign, as tokens; nil when there is none.
local LONGEST_OFFICE <const> = 6 -- tokens
local ENDS_OFFICE <const> = set "w blank u c p"
local function office_at(doc, k)
  local e = k
  local function ends() return ENDS_OFFICE[doc:tag(e)] or doc:word(e) == "" end
  while e < k + LONGEST_OFFICE and not ends() do e = e + 1 end
  if e == k or e == k + LONGEST_OFFICE then return nil end
  local words = doc:text_of(k, e - 1)
  for length = 2, 4 do
    local tail = utf8.offset(words, -length)
    if tail and ROLES[words:sub(tail)] then return k, e - 1 end
  end
end

-- What else a person is: 某某(副镇长), 某某任组长. Such facts stay beside the first.
local function also(doc, f, i, j)
  local name = f.spans.name
  return { type = "person", name = f.name, role = doc.shown:sub(i, j), office = true,
           spans = { name = name, role = { i, j } }, at = { math.min(i, name[1]), math.max(j, name[2]) } }
end

-- 王某(副镇长): the office in brackets behind the name that was found last. The token behind.
local function bracketed(doc, facts, k)
  if doc:word(k) ~= "(" then return k end
  local a, b = office_at(doc, k + 1)
  while a and doc:word(b + 1) == "、" do -- 镇党委副书记、镇长
    local _, e = office_at(doc, b + 2)
    if not e then return k end
    b = e
  end
  if not a or doc:word(b + 1) ~= ")" then return k end
  facts[#facts + 1] = also(doc, facts[#facts], doc:span(a), select(2, doc:span(b)))
  return b + 2
end

-- 国土|所, 林业站: no name, but a body.
local function of_body(doc, k, name, nxt)
  return SEATS[doc:word(nxt)] or doc:word(k) == name and doc:tag(k) ~= "nr" and SEATS[name:sub(-3)]
end

-- Names that go on behind one: 、乙和丙. Appends facts; the same role for all. spaced: behind
-- a colon blanks part them, too (成员:甲 乙 丙).
local PARTING <const> = set "、 和 与 及 以及"
local function continue_list(doc, facts, k, ra, rk, spaced)
  for _ = 1, 40 do
    k = bracketed(doc, facts, k)
    local w = doc:word(k)
    if not PARTING[w] and not (spaced and (doc:tag(k) == "blank" or w == ",") and not w:find "\n") then
      return k
    end
    local name, ni, nj, nxt = names.at(doc, k + 1, "list")
    -- 保洁员甲、水管员乙; 所长甲、国土[所]工作人员乙
    if not name or ROLES[name] or ROLES[doc:word(k + 1)] or of_body(doc, k + 1, name, nxt) then return k end
    facts[#facts + 1] = fact_of(doc, name, ni, nj, ra, rk)
    k = nxt
  end
  return k
end

-- 人员[许可证]: a word of its own is no name.
local function full_name(doc, k, name)
  local tag, verbal = doc:tag(k), doc:tag(k + 1) == "v" and utf8.len(doc:word(k + 1)) == 2
  if name:find("某", 1, true) then return true end
  return not verbal and utf8.len(name) > 2 and (doc:word(k) ~= name or tag == "nr" or tag == "nz")
end

-- Roles that more often stand for many: 职工和..., 当事人未达成. A name behind one is of characters
-- of names, and its surname no function word.
local MANY <const> = set [[职工 市民 居民 领导 会员 工作人员 被告人 被告 原告 当事人 申请人 责任人 学生 教师 员工 干部 专家 农民 农户 商户 患者 家长 代表
  青年 户主 业主 法人 住户 客商 运动员 党员 志愿者 医生 老人 会计]]
local function of_many(doc, k, nk, name)
  if not (MANY[doc:word(k)] or MANY[doc:word(k - 1) .. doc:word(k)]) then return false end
  return name:find("某", 1, true) == nil and not names.familiar(doc, nk) and not names.likely(doc, nk, name)
end

-- 组长:某某: roles that name who has them behind a colon, by their last two characters.
local HEADED <const> = set "组长 队长 指挥 挥长 主任 系人 责人 成员"

-- Role, then name, then perhaps more names. The first fact's number, the token behind
-- them, the role's first token; nil when there is none.
local function after_role(doc, k, facts)
  local ra, rk, trade = role_ending(doc, k)
  if not ra then return end
  local nk = k + 1
  if doc:tag(nk) == "blank" and not doc:word(nk):find "\n" then nk = nk + 1 end
  if doc:word(nk) == "”" then nk = nk + 1 end
  local headed = doc:word(nk) == ":" and HEADED[(doc:word(k - 1) .. doc:word(k)):sub(-6)]
  if headed then nk = nk + (doc:tag(nk + 1) == "blank" and 2 or 1) end
  local name, ni, nj, nxt = names.at(doc, nk, "role")
  if not name or trade and not full_name(doc, nk, name) then return end
  local agent = trade and AGENTS[doc:word(k):sub(-3)] and not name:find("某", 1, true)
  if agent and not names.likely(doc, nk, name) then return end
  if not headed and of_many(doc, k, nk, name) then return end
  if BECOMES[doc:word(nk)] and office_at(doc, nk + 1) then return end -- 镇党委书记任政委
  local from = #facts + 1
  facts[from] = fact_of(doc, name, ni, nj, ra, rk)
  if doc:span(ra) > facts[from].spans.role[1] then -- 书记、[主任甲]: the nearer alone, too
    facts[#facts + 1] = also(doc, facts[from], doc:span(ra), select(2, doc:span(rk)))
  end
  return from, continue_list(doc, facts, nxt, ra, rk, headed), ra
end

-- 任组长 may be one word of the lexicon: the office behind the verb in it, as bytes.
local function office_within(doc, k)
  local w = doc:word(k)
  if w:sub(1, 3) ~= "任" or not ROLES[w:sub(4)] then return nil end
  local i, j = doc:span(k)
  return i + 3, j
end

-- 组长由[镇长甲、书记乙]担任: the role before 由, as bytes.
local function filled(doc, f)
  local k = doc:token_at(f.at[1])
  if doc:word(k - 1) ~= "由" then return nil end
  local a, b = role_ending(doc, k - 2)
  if a then return doc:span(a), select(2, doc:span(b)) end
end

-- 书记甲、镇长乙[任双组长]: the office of all who are named in a row before token k.
local function appoint(doc, facts, from, k)
  if doc:word(k) == "同志" then k = k + 1 end
  local a, b, i, j = nil, nil, office_within(doc, k)
  if BECOMES[doc:word(k)] then a, b = office_at(doc, k + 1) end
  if a then i, j = doc:span(a), select(2, doc:span(b))
  elseif doc:word(k) == "担任" and facts[from] then i, j = filled(doc, facts[from]) end
  for n = from, i and #facts or 0 do
    if not facts[n].office then
      facts[#facts + 1] = also(doc, facts[n], i, j)
      facts[#facts].formed = doc:word(k) == "为" or nil
    end
  end
end

local BODY <const> = { paragraph = true, heading = true, list = true, caption = true, abstract = true }

-- 王某: anonymised, whatever stands before.
local function anonymised(doc, facts)
  local p = 1
  while true do
    local at = doc:find("某", p)
    if not at then return end
    p = at + 3
    local surname = at > 3 and doc.shown:sub(at - 3, at - 1)
    local b = surname and doc:shown_block(at)
    if b and BODY[b.kind] and at - 3 >= b.si and names.is_surname(doc, surname) then
      local k = doc:token_at(at - 3)
      local name, ni, nj
      if doc:span(k) == at - 3 then name, ni, nj = names.at(doc, k, "role") end
      if name and name:find("某", 1, true) and not ROLE_BEFORE[doc:word(k - 1)] then
        facts[#facts + 1] = fact_of(doc, name, ni, nj, role_ending(doc, k - 1))
      end
    end
  end
end

-- What may stand between a role and a name.
local BETWEEN <const> = set "” :"

local function scan_roles(doc)
  local facts, places = {}, doc:tokens_ending(LAST, BODY) or {}
  anonymised(doc, facts)
  local words, tags, possible = doc.words, doc.tags, names.possible
  local block, row, behind -- first fact of the people named in a row, the token behind them
  for n = 1, #places, 2 do
    local k = places[n]
    local from, nxt, ra
    -- most tokens that end like a role have no name behind them
    if possible(doc, k + 1) or BETWEEN[words[k + 1]] or tags[k + 1] == "blank" then
      from, nxt, ra = after_role(doc, k, facts)
    end
    if from then
      if places[n + 1] ~= block then block, row, behind = places[n + 1], nil, nil end
      if not (behind and ra == behind + 1 and doc:word(behind) == "、") then row = from end
      behind = nxt
      appoint(doc, facts, row, nxt)
    end
  end
  return facts
end

-- What stands behind a name that nothing stands before: 说, 同志, 大娘, 等15名.
local SPEECH <const> = vocabulary.set [[说 表示 介绍 告诉 坦言 回忆 感慨 解释 说道 介绍说 告诉记者 同志 女士 先生 奶奶 爷爷 大爷 大妈 大娘 阿姨 大姐
  大哥 大叔 老师]]
local TOLD <const> = vocabulary.words(SPEECH)
TOLD[#TOLD + 1] = "等"

local function told(doc, k)
  local w = doc:word(k)
  if SPEECH[w] then return true end
  return w == "等" and doc:tag(k + 1) == "m" and (doc:word(k + 2) == "名" or doc:word(k + 2) == "位")
end

local OPENERS <const> = vocabulary.set "据 授予 表彰 听 如 像 对 而 由 选聘 聘请 聘任 聘用 招聘 任命 推选 选举 选派"

-- The name that ends before token k and begins a clause, or follows 据.
local function named_before(doc, k)
  for e = k - 1, math.max(1, k - 4), -1 do
    local i = doc:span(e)
    if doc:tag(e) == "w" then return nil end
    if text.edge(doc.shown, i - 1) or OPENERS[doc:word(e - 1)] then
      local name, ni, nj, nxt = names.at(doc, e, "list")
      if name and nxt == k and utf8.len(name) >= 2 then return fact_of(doc, name, ni, nj) end
      return nil
    end
  end
end

local function scan_told(doc)
  local facts, places = {}, doc:tokens_with(TOLD, BODY) or {}
  for n = 1, #places, 2 do
    local k = places[n]
    if told(doc, k) and k > doc:token_at(doc.blocks[places[n + 1]].si) then
      facts[#facts + 1] = named_before(doc, k)
    end
  end
  return facts
end

-- 王某,男,...现任村支书; 名叫王某的: people who are presented.
local SEXES <const> = { ",男,", ",女,", "(男", "(女", ",男性,", ",女性," }
local CALLED <const> = { "名叫" }
local PRESENTING <const> = { ",男,", ",女,", "(男", "(女", ",男性,", ",女性,", "名叫" }
local HOLDS <const> = { "现任", "时任", "曾任", "历任" }
local PRESENTED <const> = 200 -- bytes of a life

local function presented(doc, f, b)
  local i, j = f.at[1], math.min(b.sj, f.at[2] + PRESENTED)
  local life = doc.shown:sub(f.at[2] + 1, j)
  local stop = text.first(life, { "。", "\n" }, 1)
  local at, mark = text.first(stop and life:sub(1, stop - 1) or life, HOLDS, 1)
  if not at then return end
  local k = doc:token_at(f.at[2] + at + #mark)
  local a, e = office_at(doc, k)
  if not a or doc:span(a) ~= f.at[2] + at + #mark then return end
  f.role, f.spans.role = doc:text_of(a, e), { doc:span(a), select(2, doc:span(e)) }
  f.at = { i, f.spans.role[2] }
end

local function scan_presented(doc)
  local facts = {}
  for at, b in doc:each_of(SEXES, BODY) do
    local f = at > b.si and named_before(doc, doc:token_at(at))
    if f then
      presented(doc, f, b)
      facts[#facts + 1] = f
    end
  end
  for at, _, w in doc:each_of(CALLED, BODY) do
    local k = doc:token_at(at + #w)
    local name, i, j, nxt = names.at(doc, k, "role")
    if name and doc:span(k) == at + #w then
      local a, e
      if doc:word(nxt) == "的" then a, e = office_at(doc, nxt + 1) end
      facts[#facts + 1] = fact_of(doc, name, i, j, a, e)
    end
  end
  return facts
end

-- 任命某某为..., 推选某某为...; 某某当选..., 某某担任...; 时任...的某某: offices that are given and held.
local GIVES <const> = { "任命", "推选", "选举", "聘请", "推举", "选聘", "聘任", "提名", "推荐" }
local TAKES <const> = { "当选", "担任", "兼任", "出任", "升任", "改任", "任" }
local HELD <const> = { "时任", "现任", "曾任" }
local APPOINTS <const> = {}
local AND_OTHERS <const> = { "等" }
for _, list in ipairs { GIVES, TAKES, HELD, AND_OTHERS } do
  table.move(list, 1, #list, #APPOINTS + 1, APPOINTS)
end
local AS <const> = set "为 任 担任 当 做"

-- The fact of a name and the office that begins at token k, where one does.
local function holding(doc, f, k)
  local a, e = office_at(doc, k)
  if not f or not a then return nil end
  local role, i, j = doc:text_of(a, e)
  f.role, f.spans.role = role, { i, j }
  f.at = { math.min(f.at[1], i), math.max(f.at[2], j) }
  return f
end

local function given_office(doc, k)
  local name, i, j, nxt = names.at(doc, k + 1, "role")
  if not name then return nil end
  if doc:word(nxt) == "同志" then nxt = nxt + 1 end
  return AS[doc:word(nxt)] and holding(doc, fact_of(doc, name, i, j), nxt + 1)
end

-- 某某[以1703票]当选: the token behind the name.
local function behind_votes(doc, k)
  for e = k - 1, math.max(2, k - 4), -1 do
    if doc:word(e) == "以" and doc:word(k - 1) == "票" then return e end
  end
  return k
end

-- 甲、乙、丙当选副主任: those listed before the one at token k, with the same office.
local MOST_LISTED <const> = 12
local function listed_with(doc, f, k, out)
  local p = f.spans.name[1]
  for _ = 1, MOST_LISTED do
    if doc.shown:sub(p - 3, p - 1) ~= "、" then return end
    local o = named_before(doc, doc:token_at(p - 3))
    local held = o and holding(doc, o, k)
    if not held then return end
    p, out[#out + 1] = o.spans.name[1], held
  end
end

local function taken_office(doc, k, out)
  local before = doc:word(k - 1) == "同志" and k - 1 or behind_votes(doc, k)
  local office = AS[doc:word(k + 1)] and k + 2 or k + 1
  local f = holding(doc, named_before(doc, before), office)
  if f then listed_with(doc, f, office, out) end
  return f
end

-- 选聘甲、乙等18人[为]护林员: all who are named, with the office.
local OTHERS <const> = set "人 名 位"
local function with_others(doc, k, out)
  if doc:tag(k + 1) ~= "m" then return nil end
  local of, office = doc:word(k + 2), nil
  if of == "人为" then office = k + 3
  elseif OTHERS[of] and AS[doc:word(k + 3)] then office = k + 4 end
  local f = office and holding(doc, named_before(doc, k), office)
  if f then listed_with(doc, f, office, out) end
  return f
end

local function held_office(doc, k)
  local a, e = office_at(doc, k + 1)
  if not a or doc:word(e + 1) ~= "的" then return nil end
  local name, i, j = names.at(doc, e + 2, "role")
  return name and fact_of(doc, name, i, j, a, e)
end

local WAYS <const> = { { GIVES, given_office }, { TAKES, taken_office }, { HELD, held_office },
  { AND_OTHERS, with_others } }

local function scan_appointed(doc)
  local facts = {}
  for _, way in ipairs(WAYS) do
    local places = doc:tokens_with(way[1], BODY) or {}
    for n = 1, #places, 2 do
      local k = places[n]
      local opens = k == doc:token_at(doc.blocks[places[n + 1]].si) -- nobody stands before
      local f = not (opens and way[1] == TAKES) and way[2](doc, k, facts) -- which may add others
      if f then facts[#facts + 1] = f end
    end
  end
  return facts
end

-- 高女士: a surname and an address, which recognisers of full names pass over.
local function scan_addressed(doc)
  local facts = {}
  for _, a in ipairs(ADDRESS) do
    local p = 1
    while true do
      local at = doc:find(a, p)
      if not at then break end
      p = at + #a
      local surname = doc.shown:sub(at - 3, at - 1)
      local b = at > 3 and doc:shown_block(at)
      if b and BODY[b.kind] and at - 3 >= b.si and names.is_surname(doc, surname) then
        local before = doc.shown:sub(math.max(1, at - 6), at - 4)
        local k = doc:token_at(at - 3)
        local i = doc:span(k)
        if i == at - 3 and not names.is_surname(doc, before) then
          local ra, rk = role_ending(doc, k - 1)
          facts[#facts + 1] = fact_of(doc, surname .. a, at - 3, at + #a - 1, ra, rk)
        end
      end
    end
  end
  return facts
end

return {
  rule {
    "person.role",
    description = "a role and the name behind it, or several: 村支部书记李明, 党员甲、乙",
    scan = scan_roles, cues = { "某" },
    examples = {
      ["河湾村党支部书记刘建国带领党员值守。"] = { name = "刘建国", role = "河湾村党支部书记" },
      ["副镇长王芳在现场。"] = { name = "王芳", role = "副镇长" },
      ["居民吴某外出。"] = { name = "吴某", role = "居民" },
      ["党员张大山、李小河、陈东各捐款。"] = { name = "陈东", role = "党员" },
      ["志愿者欧阳明月送药。"] = { name = "欧阳明月", role = "志愿者" },
      ["镇党委书记丁大海、镇长方小云任双组长。"] = { name = "丁大海", role = "双组长" },
      ["成员:丁大海 方小云 于岩"] = { name = "方小云", role = "成员" },
      ["组织由副镇长方小云任组长的专班。"] = { name = "方小云", role = "组长" },
      ["镇长助理边巧云作报告。"] = { name = "边巧云", role = "镇长助理" },
      ["乡长扎西多吉参加。"] = { name = "扎西多吉", role = "乡长" },
      ["组长:丁大海(镇长)、方小云(镇人大主席)。"] = { name = "方小云", role = "镇人大主席" },
    },
    counterexamples = { "组织党员干部和群众开展工作。", "镇长任总河长。", "职工和驻地官兵参加。", "被告人明知是赃物。", "书记高度重视。", "记者周某报道。" },
  },
  rule {
    "person.address",
    description = "a surname with an address: 高女士, 王奶奶",
    scan = scan_addressed, needs = ADDRESS,
    examples = { ["市民高女士说。"] = { name = "高女士", role = "市民" } },
    counterexamples = { "女士优先。" },
  },
  rule {
    "person.presented",
    description = "people who are presented: 李明,男,...现任村支书; 名叫李明的",
    scan = scan_presented, needs = PRESENTING,
    examples = {
      ["李建国,男,1970年生,现任河湾村党支部书记。"] = { name = "李建国", role = "河湾村党支部书记" },
      ["来了个名叫王大勇的小伙。"] = { name = "王大勇" },
    },
    counterexamples = { "报名者,男,年满18岁。", "这种花名叫海棠。" },
  },
  rule {
    "person.appointed",
    description = "an office given or held: 任命李明为主任, 李明当选为主任, 时任镇长的李明",
    scan = scan_appointed, needs = APPOINTS,
    examples = {
      ["会议推选赵玉兰为妇女主任。"] = { name = "赵玉兰", role = "妇女主任" },
      ["王德福当选为村委会主任。"] = { name = "王德福", role = "村委会主任" },
      ["刘大伟以205票当选村委会主任。"] = { name = "刘大伟", role = "村委会主任" },
      ["陈志远同志任镇党委副书记。"] = { name = "陈志远", role = "镇党委副书记" },
      ["时任镇长的何建华说。"] = { name = "何建华", role = "镇长" },
    },
    counterexamples = { "选举产生新一届委员会。", "任职期限为三年。", "担任组长的同志要负责。" },
  },
  rule {
    "person.comrade",
    description = "a full name before 同志, an address or a verb of speech",
    scan = scan_told, needs = TOLD,
    examples = { ["王建平同志来了。"] = { name = "王建平" }, ["“好。”李建国说。"] = { name = "李建国" } },
    counterexamples = { "党员同志们。" },
  },
}
