-- Word lists of the Chinese report rules: closed classes and general nouns of
-- administration, none of them from a document of its own.

local vocabulary = {}

-- set "a b c" -> { a = true, ... }
local function set(words)
  local t = {}
  for w in words:gmatch "%S+" do t[w] = true end
  return t
end
vocabulary.set = set

-- The words of a set in order, for the needs of a rule.
function vocabulary.words(words)
  local list = {}
  for w in pairs(words) do list[#list + 1] = w end
  table.sort(list)
  return list
end

-- The words of a list by their first character (of three bytes), each in the order of the list.
function vocabulary.by_opening(list)
  local by = {}
  for _, w in ipairs(list) do
    local first = w:sub(1, 3)
    by[first] = by[first] or {}
    table.insert(by[first], w)
  end
  return by
end

local in_order <const> = setmetatable({}, { __mode = "k" })

-- Iterates over the words of a table and what they stand for, in order: facts come in the same order
-- from every process.
function vocabulary.each(words)
  local list = in_order[words] or vocabulary.words(words)
  in_order[words] = list
  local k = 0
  return function()
    k = k + 1
    return list[k], words[list[k]]
  end
end

-- What stands between an item and its number: 手套 [共计] 300副.
vocabulary.fillers = set [[一共 共 共计 共有 总共 合计 总计 累计 累积 约 近 大约 将近 接近 达 达到 多达 高达 已达 达成 已 已经 各 仅 只 就 又 还
有 了 为 是 分别 至 到 至少 超 超过 不足 不少于 不低于 不超过 不到 突破 逾 余 最多 最少 也 均 都 计 占 仅有 还有 已有 共达 可 可达 能达 将 将达 约为 日均 就是 等
只有 刚 刚过 仅占 只占 必须 须 保持在 稳定在 控制在
仍 仍有 尚 尚有 增至 降至
  升至 上升
  下降 提高到 下降到 增加到 降到 升到 涨到 减少到 少说 少则 多则 大概 差不多 足有 截止 截至
  剩余 剩下 余下 还剩 只剩 现有 拥有 即 已经 平均 人均 户均 年均 月均 达标 整整 足足 高 仅剩 多出 限 限定 限量 不少 不下 超出 完成 预计 预期 估计 少说有 最高 最低 不 不得
  能有 就有 分为 折合 折合人民币 折价 合 人民币]]

-- Words that end a noun phrase to the right of a measure word, whatever tag
-- the lexicon gives them.
vocabulary.enders = set [[积极 主动 自愿 全部 纷纷 均 共同 一起 分别 正在 已 全面 同时 等 以上 以下 以内 左右 参与 参加 进行 开展 实行 来回 日夜
  连夜 连续 轮流 自发 带队 牵头 负责 组成 如期 及时 立即 随时 先后 迅速 坚守 奋战 冲锋 投身 深入 下沉 响应 包联 分包 包保 值守 值班 带领 现场 全程
  按时 每天 每日 每月 每年 每周 其中 为 将 把 被 让 使 给 对 向 从 自 由 于 在 与 和 及 以及 或 并 而 但 则 也 又 就 才 都 还 再 不 没 没有
  是 有 的 地 得 着 了 过 之 前往 来到 走进 奔赴 赶赴 争当 提供 发放 免费 同步 全力 逐户 逐一 逐人 不间断 昼夜 自费 随即 当场 实现 完成 递交 佩戴 签订 送到 用于 作为
  上岗 设立 设置 滚动 循环 巡回 挨家挨户 最多 最高 最低 最少 第一时间 齐 齐心 踊跃 共 共计 累计 严格 统一 集中 主要 限期 不同程度 每 各 每人 每户 每村 均摊 人均 户均 计
  基本上 基本 大多 大体 几乎 大部分 绝大多数]]

-- Words that are no item by themselves.
vocabulary.no_items = set [[处 并处 罚 内 外 以内 以外 以上 以下 之内 范围 范围内 工作日内 最高 最低 最多 最少 不 同比 环比
  少则 多则 少的 多的 平均每 元以上 万元以上 万元以下 同期 去年同期 上年同期 上年 上届 往年 期间 其中 时 前 后 间 处以 并处以 并]]

-- Verbs that may stand inside a noun phrase before its head: 37名[返乡]人员.
-- All others do, too, unless a noun of people came first.
vocabulary.people = set [[人员 干部 党员 群众 村民 居民 市民 志愿者 同志 队员 医生 医务人员 医护人员 教师 学生 民警 民兵 职工 员工 工人 工作人员
  负责人 代表 人 户 村 家 群众 农民 农户 妇女 老人 儿童 青年 网格员 护林员 普查员 乡亲 乡亲们 民工 专家 技术员 农技员 邻居 保洁员 老师 护士 战士 官兵 选手 能手 歌手]]

-- Verbs that take what is counted as their object: 设置[劝返站]38个.
vocabulary.makers = set [[设置 设立 新建 新增 安装 发放 张贴 悬挂 调集 投入 组织 购置 配备 封堵 硬化 修建 建成 开设 成立 创建 组建 出动
  购买 捐赠 印发 印制 划分 培训 储备 检修 疏通 加固 整治 拆除 清运 惠及 覆盖 提前 累计 共计 领办 评选 选派 招募 转移 安置 解决 化解 查处]]

-- Verbs that stand before a noun as its attribute: 湖北[返乡]人员.
vocabulary.adnominal = set [[返乡 务工 流浪 乞讨 回乡 滞留 居家 隔离 留守 外出 外来 返程 返岗 在校 在建 住院 参保 就业 失业 创业 退役 退伍
  防护 帮扶 消毒 检测 受灾 危房 出租 流动 独居 低保 脱贫 涉疫 密接]]

-- Durations and clock words: their counts are no quantities of things.
vocabulary.durations = set [[天 日 年 月 个月 小时 个小时 分钟 秒 秒钟 周 星期 个星期 礼拜 季度 夜 晚 世纪 年度 年级 周年 昼夜 钟头 工作日 天天
  时 分 点 点钟 号 届 刻 刻钟 年代 学年 学期 旬 宿 季 分之 个工作日]]

-- Measures that rank or structure rather than count: 两级, 三方, 一等.
vocabulary.ranks = set [[级 等 线 面 方 手 样 地 者 头 号 楼 层次 阶 流 体 维 期工程 代 世 版 章 节 条心 位一体 站式 盘 律 旦 定 概 边 旁 侧 端 步]]

-- Measures whose 一 is vague or figurative: 一种, 一批, 一股.
vocabulary.vague_one = set [[种 批 些 番 股 片 起 次 段 点 系列 层 阵 派 把 丝 份子 场 切 般 度 抹 幕 路 堆 大批 句 直 同 步 身 声 口 刀 下 遍
  届 项 心 盘 手 生 方 代 朝 日 天 年 个个 件件 时 缕 腔 番 连串 连 滴 条龙 块儿 轮 体 心 线 致 家 曲 首 心一意 笔]]

-- Figurative heads: 一面[旗帜], 一个[堡垒].
vocabulary.figures = set [[旗帜 堡垒 战斗堡垒 标杆 盘棋 风景 风景线 标兵 先锋 榜样 灯塔 火炬 精神 力量 责任 使命 信念 目标 意义 方面 道理 整体 单元 单位
过程 问题 样子 时候 地方 情况 新台阶 台阶 征程 战场 战役 角落 侧面 缩影 例子 消息 难题 挑战 考验 字 劲 战壕 屏障 防线 防护网 交代 答卷 课 信号 承诺 机会 心愿 心意 温暖 爱心
  担当 希望 心 钉子 螺丝钉 砖 好戏 硬仗 大事 好事 实事 小事 坎 路子 新路 关口 弦 感情]]

-- Units of measurement and of money: the item is not what follows them alone.
vocabulary.money = set "元 美元 港元 欧元 日元 英镑 元钱 块钱 余元 人民币"

-- Nouns that name the place a count belongs to, not what is counted.
vocabulary.scopes = set [[全镇 全乡 全村 全县 全市 全区 全省 全国 全街道 全社区 全校 全院 该镇 该乡 该村 该县 该市 该区 该局 该校 该社区 该街道 各村 各镇 各乡
  本镇 本村 本乡
我镇 我村 我乡 我县 我市 目前 当前 今年 去年 截至 同时 每天 每日 其中 先后 现在 期间 以来 之后 后 以后 当天 当日 当晚 日前 近日 至今 迄今 城区 镇里 村里 乡里 县里 辖区 境内
  区域内 镇 乡 村 县 组建后 下设 内 里 中 上 届时]]

-- 从 A 名 Latin approximations as written -> as annotated.
vocabulary.approx_words = { "余", "多", "来", "近", "约", "不少于", "不到", "不足", "超过", "以上", "左右", "以下", "以内", "上下" }

-- What ends a clause.
vocabulary.clause_ends = set ", 。 ; : ! ? …… …"
vocabulary.clause_ends["\n"] = true

-- What a count holds of: all together, each of them.
vocabulary.count_scopes = { ["累计"] = "total", ["共计"] = "total", ["共"] = "total", ["合计"] = "total",
  ["总计"] = "total", ["共有"] = "total", ["各"] = "each", ["均"] = "each", ["平均"] = "each", ["户均"] = "each",
  ["人均"] = "each" }

vocabulary.numerals = { ["一"] = 1, ["二"] = 2, ["两"] = 2, ["双"] = 2, ["三"] = 3, ["四"] = 4,
  ["五"] = 5, ["六"] = 6,
                        ["七"] = 7, ["八"] = 8, ["九"] = 9, ["十"] = 10 }

return vocabulary
