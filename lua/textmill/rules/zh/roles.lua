-- What people are: the nouns of offices and trades, and how far an office goes.
--
--   roles.ending(doc, k)   the role that ends at token k        河湾村|党支部|书记
--   roles.at(doc, k)       the role that begins at token k and ends a clause

local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local roles = {}

-- Nouns of people that a name may follow.
roles.NOUNS = set [[书记 副书记 支部书记 党支部书记 总支书记 党总支书记 村支书 支书 第一书记 党委书记 镇党委书记 乡党委书记 主任 副主任 村主任 村委会主任
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
政协主席 纪检委员 党建办主任 综治办主任 财政所长 派出所长 联系人 值班员 通信员 水管员 管护员 村警 团委书记 团支部书记 劳模 模范 能手 医师 主治医师 药师 兽医师 乡村医生 驻村干部 驻村队员
  工作队员 工作队长 扶贫干部 帮扶干部 书法家 艺人 传承人 楼长 楼栋长 单元长 小区长 街长 路长 河长 林长 班长 连长 排长 民兵 民兵连长 秘书 秘书长 主编 店长 馆长 台长 行长 庭长 法官
  游客 农户 住户 租户 房东 摊贩 个体户 经营户 信访人 死者 伤者 花农 茶农 蚕农 棉农 粮农 烟农 药农 蜂农 监理 导游 电工
  指挥长 总指挥 副总指挥 副指挥长 检察官 检察长 律师 检查员 监督员 举报员 辅导员 讲师 研究员 工程师 农艺师 畜牧师 兽医
  助理 领导 副职 专干 支委 执委 常委会委员 科员 主任科员 调研员 班主任 校医 营长 教导员 参谋 秘书 责任人 发言人 宣讲人 召集人 联络人 承包人 合伙人 经纪人 主持人 候选人 发起人
  嫌疑人 受害人 被害人 当事人 被告人 被告 原告 举报人 报案人 违法人员 老板娘 小哥 导演 歌手 作家 画家 诗人 学者 博士 硕士 博主 领队 运动员 冠军 英雄 烈士 军属 孤儿 女孩 男孩
  小学生 中学生 高中生 研究生 新娘 新郎 女婿 儿媳 儿媳妇 侄子 外甥 岳父 婆婆 公公 老伴 邻居 好人 孝星 状元 军嫂 大嫂 大姐 大哥 老汉 大伯 船长 车主 货主 客商 特警 刑警 法警 协警
  片警 董事 理事 监事
  农民工 民工 义工 技工 瓦工 木工 焊工 包工头 工头 经营者 承租人 更夫 机手 农机手 拖拉机手 收割机手 飞手 舵手 歌手 选手 摊户 租客 乘客 顾客
  场长 副场长 园区主任 镇委书记 搭档 工友 伙伴 同伴 室友 亲家 助产士
  目击者 肇事者 考生 新生 党组书记 副县级 片长 段长 户长 点长 巷长 库管员 饲养员 副科长 副处长 副厂长 副总经理 股长 副股长 总工程师 顾问 法律顾问
  副秘书长 代理人 传播员 消防员 消防战士 讲解员 广播员 环卫工 护工 月嫂 校友 老乡 族长 寨老 会首 队友 牧羊人 养蜂人 守护人 牵头人 明白人
  值班领导 包村领导 包片领导 带班领导
  责任医生 家庭医生 指挥员 副台长 副馆长 副店长 副主席 副理事长 副大队长 副中队长 分队长 支队长 副支队长 教研员 督学 党代表 人大代表 政协委员 退休干部 离休干部
  州长 副州长 盟长 副盟长 旗长 副旗长 专员 副专员 总监 副总监 总裁 副总裁 船老大 同桌 阿妈 阿爸 阿婆 阿公 导师 博士后 执法人员 检查人员 医务人员 班组长 社员 掌柜
  房主 屋主 机主 失主 事主 车手 骑手 兽医 村兽医 护师 技师 医护人员 干警 刑警 摄影家 音乐家 歌唱家 演员 画师 绣娘 手艺人 棋手 球员 守门员 裁判 裁判长 旗手
  得主 获得者 盲人 残疾人 产妇 孕妇 病人 患儿 女童 男童 养女 养子 养母 养父 继父 继母 舅舅 舅妈 姑姑 姨妈 叔父 伯父 堂弟 堂哥 表弟 表哥 表姐 表妹 弟媳 媳妇 孙媳 丈人
  男友 女友 夫人 太太 台胞 侨胞 侨领 华侨 港商 台商 外商 投资商 老总 经营人 承办人 经办人 审判长 审判员 书记员 公诉人 辩护人 公证员 仲裁员 警长 麻醉师 学员 博士生
  毕业生 炊事员 挂职干部 支教教师 乡民 苗农 瓜农 稻农 虾农 渔农 橘农 椒农 药商 粮商 经纪人 购房者 求职者 消费者 顾客 车间主任 工匠 老伴儿 老板 养牛户 养羊户 养猪户
  搬迁户 移民户 示范户 贫困学生 网友 驴友 球迷 家属 遗属 老战士 老革命 首席 总厨 队医 摄影师 设计师 园艺师 化验员 理发师 宣讲员 报告人 主讲人 特派员 副总 党建指导员
  苏木达 嘎查达 教官 猎民 妇女 汉子 后生 农妇 阿哥 阿妹 老乡 匠人 群众代表 居民代表 学生代表 教师代表 家长代表 职工代表 企业代表 商户代表 青年代表
  人士 移民 拆迁户 征迁户 动迁户 执勤人员 值班人员 值守人员 防疫人员 巡逻人员 安保人员 技术人员 管理人员 施工人员 驻村人员 返乡人员]]

-- What may stand in the office before its noun, by tag; and words that may not.
local OFFICE <const> = set "n nr ns nt nz j vn g s b l an f"
local NOT_OFFICE <const> = set [[同时 目前 新任 现任 担任 兼任 据悉 近日 日前 今年 时任 原 时候 其中 期间 以来 随后 说 表示 介绍 该 全村 全镇 全乡 全县 各
  会同 联合 协同 邀请 随同 陪同 会见 每 本 名 位 名叫 一名 原来 如今 情况 事迹 记者 通讯员 实习生 摄影 供稿 撰稿 编辑 责任编辑 来源 作者 消息 先后 后 里 内 中 上 下 前 时]]

roles.OF_AUTHORS = set "记者 通讯员 编辑 实习生 作者 摄影 供稿 撰稿 责任编辑 责编 编审 校对 审核 主编 责任校对 特约通讯员"

-- What one does, by the last character: 检测员, 银匠. Of these the name must be a full one.
local TRADES <const> = set "商 员 师 匠 医 手 工 人 者"
local COLLECTIVE <const> = set "人员 成员 全员" -- 班子成员
local NO_TRADES <const> = set [[协商 招商 经商 磋商 智商 通商 工商 面商 会商 微商 电商 厂商
  动员 满员 超员 减员 复员 名医 就医 行医 中医 西医 出师 拜师 大师 对手 双手 入手 动手 携手 联手 着手 亲手
  洗手 人手 举手 分手 握手 拍手 扶手 助手 施工 开工 复工 完工 加工 分工 用工 务工 打工 手工 化工 竣工 动工 停工 罢工 招工 返工 民工 员工
  工人 别人 众人 路人 行人 男人 女人 亲人 客人 家人 个人 本人 他人 人人 病人 成人 老年人 年轻人 残疾人 感人 惊人 喜人 后者 前者 或者 再者]]
-- 打更|人: as a word of its own it makes a trade of a verb of two characters.
roles.AGENTS = set "手 工 人 者"
local CRAFTS <const> = set "手 工"

-- Last characters of roles: few tokens need a closer look.
roles.LAST = set "员 师 匠 医 手 工 人 者"
for w in pairs(roles.NOUNS) do roles.LAST[w:sub(-3)] = true end

-- What roles end with: the lexicon may have cut one before it.
local ENDS <const> = {}
for w in pairs(roles.NOUNS) do
  for bytes = 3, #w - 3, 3 do ENDS[w:sub(-bytes)] = true end
end

roles.BECOMES = set "任 担任 兼任 出任 为"

-- 驻村第一书记、财政局干部: two offices of one person.
function roles.second(doc, a)
  if doc.words[a - 1] ~= "、" then return nil end
  local w = doc.words[a - 2] or ""
  return roles.NOUNS[w] or roles.NOUNS[(doc.words[a - 3] or "") .. w]
end

local SINGLE_BLOCKED <const> = set "是 有 让 请 找 叫 说 做 当 任 带 看 送 给 见 去 来 到 于 个 名 位 着 著"

-- 监督管理|所|所长: the verb of a task before the head of a body is part of the office.
roles.SEATS = set "所 局 站 中心 办 办公室 大队 中队 支队 科 股 处 委员会 管理所 管理局 管理站 管理处 管理办 服务站 服务中心"
local TASK_TAGS <const> = set "v vn"
local function of_seat(doc, a)
  local p = doc.words[a - 1] or ""
  return TASK_TAGS[doc.tags[a - 1] or "w"] and utf8.len(p) == 2 and OFFICE[doc.tags[a - 2] or "w"]
    and not NOT_OFFICE[doc.words[a - 2]] and (roles.SEATS[doc.words[a]] or TASK_TAGS[doc.tags[a] or "w"])
end

local OF_COUNTED <const> = set "组 队 社"

-- The role that ends at token k, as tokens a, k; nil when there is none.
function roles.ending(doc, k)
  local w = doc.words[k] or ""
  local start = k
  if roles.OF_AUTHORS[w] then return nil end
  if not roles.NOUNS[w] then
    -- a noun of people that the lexicon cut in two, or one with an office glued on
    if w == "成员" and doc.words[k + 1] == ":" then
      return k, k
    elseif ENDS[w] and roles.NOUNS[(doc.words[k - 1] or "") .. w] then
      start = k - 1
    else
      local known = false
      for bytes = 6, math.min(12, #w - 1), 3 do known = known or roles.NOUNS[w:sub(-bytes)] end
      local trade = not known and TRADES[w:sub(-3)] and not NO_TRADES[w]
        and not COLLECTIVE[w:sub(-6)]
      local before = doc.tags[k - 1] or "w"
      if trade and #w == 3 and roles.AGENTS[w] then
        local verb = doc.words[k - 1] or ""
        local made = before == "v" or before == "vn" or before == "n" and CRAFTS[w] -- 打更|人, 水管|工
        if not made or utf8.len(verb) ~= 2 or NOT_OFFICE[verb] then
          return nil
        end
        start = k - 1
      elseif trade and #w == 3 and (before == "v" or before == "n" or before == "vn") then
        start = k - 1
      elseif not known and not (trade and #w > 3 and doc.tags[k] == "n") then
        return nil
      end
      if trade then return start, k, true end
    end
  end
  local a = start
  while a > 1 and start - a < 8 do
    local p, tag = doc.words[a - 1] or "", doc.tags[a - 1] or "w"
    if NOT_OFFICE[p] or roles.OF_AUTHORS[p] or SINGLE_BLOCKED[p] then break end
    if OFFICE[tag] or roles.NOUNS[p] or (utf8.len(p) == 1 and (tag == "a" or tag == "v" or tag == "x"
      or tag == "q" or tag == "k" or tag == "h")
       and not vocabulary.enders[p] and not SINGLE_BLOCKED[p])
      or roles.SEATS[p] and a == start or of_seat(doc, a) then
      a = a - 1
    else
      break
    end
  end
  if a < start and OF_COUNTED[doc.words[a]] and doc.tags[a - 1] == "m" then a = a + 1 end -- 三|组|村民
  return a, k
end

-- The role that the tokens from k on end with before a sign, as tokens; nil when there is none.
local MEMBER <const>, SHORTEST_TRADE <const> = "员", 9 -- bytes: 护渔员
local LONGEST_OFFICE <const> = 6 -- tokens
local ENDS_OFFICE <const> = set "w blank u c p"
function roles.at(doc, k)
  local e = k
  local function ends()
    if doc.words[e] == "所" and doc.words[e + 1] == "所长" then return false end -- 财政|所|所长
    return ENDS_OFFICE[doc.tags[e] or "w"] or (doc.words[e] or "") == ""
  end
  while e < k + LONGEST_OFFICE and not ends() do e = e + 1 end
  if e == k or e == k + LONGEST_OFFICE then return nil end
  local words = doc:text_of(k, e - 1)
  for length = 2, 4 do
    local tail = utf8.offset(words, -length)
    if tail and roles.NOUNS[words:sub(tail)] then return k, e - 1 end
  end
  if words:sub(-3) == MEMBER and #words >= SHORTEST_TRADE and not COLLECTIVE[words:sub(-6)]
    and not NO_TRADES[words:sub(-6)] then return k, e - 1 end
end

return roles
