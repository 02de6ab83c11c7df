-- Honours: 被评为..., 荣获..., 涌现出..., 得到...肯定

local clauses = require "textmill.rules.zh.clauses"
local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local told = require "textmill.rules.zh.told"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local HONOURS <const> = clauses.wait [[评出 获 涌现 涌现出 荣获 获评 授予 评为 表彰 获得 荣膺 表扬 入选 被评为 评选 评选出 荣登 认定 认定为 命名 命名为 肯定
  奖励 嘉奖 授牌]]
local TITLES <const> = { "“", "之星", "红旗", "锦旗", "证书", "称号", "奖", "奖项", "奖章", "先进", "模范",
  "干警", "标兵", "个人", "集体", "单位", "荣誉", "示范", "文明", "优秀", "十佳", "牌匾", "好人", "先锋", "最美", "卫生" }
local NO_TITLES <const> = { "称号制", "权限", "奖学金", "许可", "奖补" }
local PRIZES <const> = { "称号", "奖", "荣誉", "红旗", "锦旗", "奖章", "证书", "名", "奖牌", "学校", "单位",
  "示范区", "示范村", "表彰", "嘉奖",
  "通报表扬" }

local NOT_YET <const> = set "争取 力争 创建 申报 将 要 拟 为 对 可 制度 根据"

-- 得到市领导充分[肯定], 给予[肯定]: who looks at it approves.
local APPROVED <const> = set "得到 受到 给予 赢得"
local PRAISE <const> = set "肯定 表扬 表彰 嘉奖 奖励"
local function approved(doc, k, c)
  if k ~= c.b then return nil end
  local got = clauses.first(doc, c.a, k - 1, APPROVED)
  if not got then return nil end
  local for_whom = clauses.word(doc, c.a, got, "对")
  if doc.words[got] == "给予" and not (for_whom and doc.words[k] == "肯定") then return nil end
  return for_whom or told.near(doc, got, c)
end

-- 涌现出张三等: up to 等.
local function risen(doc, k, c)
  local e = k + 1
  while doc:word(e) == "出" or doc:word(e) == "了" do e = e + 1 end
  if e > c.b then return nil end
  if doc:tag(e) == "m" then
    return clauses.word(doc, e, c.b, "像") and k or nil, c.b -- 一批像某某这样的
  end
  local to = clauses.word(doc, e, c.b, "等")
  return k, to and to - 1 or c.b
end

-- 得到镇政府[奖励]资金3万元: money or things that come with an honour.
local function rewarded(doc, k, c)
  local got = clauses.first(doc, c.a, k - 1, APPROVED)
  if not got or not clauses.has_tag(doc, k, c.b, { m = true }) then return nil end
  return got, c.b
end

local COUNTED <const> = "荣誉%d+[\xE3-\xE9][\x80-\xBF][\x80-\xBF]$" -- 等荣誉4项
local WON <const> = set "获得 入选 获"
local SELF <const> = set "获评 荣膺 荣登 荣获" -- honours whatever the title is
local CHOSEN <const> = set "评选 评选出 评出"
local NAMED_AS <const> = set "认定 认定为 命名 命名为"

local function titled(doc, k, c, rest)
  if text.has(rest, NO_TITLES) then return nil end
  if SELF[doc.words[k]] and k < c.b then return k > c.a and c.a or k end
  return text.has(rest, TITLES) and (k > c.a and c.a or k) or nil
end

local function honoured(doc, k, c)
  local w = doc.words[k]
  local rest = doc.shown:sub((doc:span(k)), c.j)
  if w:find "^涌现" then return risen(doc, k, c) end
  if PRAISE[w] then
    local from = approved(doc, k, c)
    if from then return from, c.b end
    if w == "奖励" then return rewarded(doc, k, c) end
    if w == "肯定" or w == "嘉奖" then return nil end
    local named = clauses.first(doc, k, c.b, { ["等"] = true, ["“"] = true })
      or clauses.has_tag(doc, k, c.b, { m = true }) and text.has(rest, TITLES)
    return named and doc:tag(k - 1) ~= "u" and told.near(doc, k, c) or nil, c.b
  end
  local won = WON[w] and rest:gsub(COUNTED, "荣誉")
  if won then return text.ends(won, PRIZES) and told.whole(doc, k, c) or nil, c.b end
  if doc:word(k - 1) == "的" or clauses.first(doc, c.a, k - 1, NOT_YET) and not SELF[w] then return nil end
  if CHOSEN[w] then return titled(doc, k, c, rest) and k or nil, c.b end
  if NAMED_AS[w] and not (clauses.first(doc, c.a, k - 1, set "被 获") and rest:find "为") then return nil end
  return titled(doc, k, c, rest), c.b
end

return {
  rule {
    "event.recognition",
    description = "honours: 被评为..., 荣获..., 涌现出...",
    scan = told.scanner(HONOURS, "recognition", honoured), needs = vocabulary.words(HONOURS),
    examples = {
      ["李红被评为优秀教师,荣获全市先进个人称号。"] = { subtype = "recognition" },
      ["涌现出赵刚、钱伟等一批骨干。"] = { name = "涌现出赵刚、钱伟" },
      ["县里评出“护林之星”10名。"] = { subtype = "recognition" },
      ["做法得到县领导肯定。"] = { subtype = "recognition" },
    },
    counterexamples = { "涌现出一批典型。", "获得群众好评。", "授予审批权限。", "可以肯定。" },
  },
}
