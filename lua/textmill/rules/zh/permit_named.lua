-- Permits named without 《》, by a word for what they let one do.
--
--   居民凭出入证进出     须办理采砂许可证,一船一证     发放健康证312张
--   A证供值班人员使用,B证供施工车辆使用              told apart by letter or colour alone

local clauses = require "textmill.rules.zh.clauses"
local rule = require "textmill".rule
local terms = require "textmill.rules.zh.permit_terms"
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"
local set = vocabulary.set

local PAPERS <const> = { "证", "卡", "牌", "码", "票", "券" }
-- What papers of this kind let one do; papers of identity and of banks are none.
local ACTS <const> = { "通行", "出入", "进出", "接送", "入场", "入园", "进山", "入山", "上岗", "准入", "摊位", "乘车", "住宿",
  "作业", "许可", "健康", "暂住", "施工", "运输", "居住", "准运", "放行", "停车", "捕捞", "采砂", "摆摊", "经营", "就餐", "准考",
  "动火", "值班", "采访", "通道", "检疫", "养殖", "合格", "准驾", "入网", "体检", "筛查", "诊疗" }
local HELD <const> = { "凭", "持", "办理", "发放", "核发", "发", "须持", "领到", "领取", "申领", "出示", "换发", "补办", "了", "办" }
local BY <const> = set "凭 持 办理 发放 核发 须持 领到 领取 发 佩戴 申领 出示 换发 补办 领"
local SHOWN <const> = set "凭"
local KINDS <const> = { paragraph = true, list = true }
local LONGEST <const> = 8 * 3 -- bytes of a name before its last character

local OPEN <const> = { "凭", "核发", "申领", "持" } -- behind these any paper lets one do something

-- The name that ends at byte j of the clause: from an act to 证, with what stands before up
-- to the word of holding.
local function name_before(s, c, j)
  local from = math.max(c.i, j - 2 - LONGEST)
  local inner = s:sub(from, j - 3)
  local at
  for _, w in ipairs(HELD) do
    local p = inner:find(w, 1, true)
    while p do
      if not at or p + #w > at then at = p + #w end
      p = inner:find(w, p + #w, true)
    end
  end
  if not at or at > #inner then return nil end
  local i = from + at - 1
  local quoted = s:sub(i, i + 2) == "“"
  return quoted and i + 3 or i, text.ends(inner, ACTS) or text.ends(s:sub(from, i - 1), OPEN), quoted
end

local NO_NAME <const> = { "的", "了", "、", "和", "%d", "身份", "银行", "结婚", "户口", "社保", "医保", "毕业", "论证",
  "保证", "见证", "认证", "验证", "公证", "不动产", "房产", "彩票", "门票", "发票", "选票", "投票", "号码", "密码", "品牌", "门牌",
  "二维码", "健康码", "打卡", "刷卡", "联系卡", "明白卡", "金牌", "预约", "摘牌", "挂牌", "车牌", "残疾", "凭证", "证" .. "卡" }
local function plain(name)
  for _, w in ipairs(NO_NAME) do
    if name:find(w) then return false end
  end
  return #name >= 9
end

local AFTER <const> = { "后", "等", "件", "书", "号", "的", "办", "机", "变", "制", "明", "照" }

-- Whose it is and where that begins: 《...的,》 before, or the clause.
local function start_of(doc, c)
  local before = clauses.before(doc, c)
  return before and doc.words[before.b] == "的" and before.i or c.i
end

-- The clauses with a word of holding, as keys: their numbers; nil where there is none.
local function holding(doc)
  local places, numbers = doc:places(BY, false, KINDS), {}
  for k = 2, places and #places or 0, 2 do numbers[places[k]] = true end
  return places and numbers
end

local function named(doc, out, seen)
  local held, view, all = holding(doc), doc.view, clauses.of(doc)
  for _, paper in ipairs(held and PAPERS or {}) do
    for at, b in doc:each(paper, KINDS) do
      local n = view:clause_at(at, at)
      local c = held[n] and all[n]
      local behind = at + 3
      if doc.shown:sub(behind, behind + 2) == "”" then behind = behind + 3 end
      local closed = behind > at + 3 and doc.shown:sub(behind, behind + 2) == "的" -- “...卡”的
      local plainly = c and not c.quoted and (closed or not text.starts(doc.shown, behind, AFTER))
      local i, act, quoted = nil, nil, nil
      if plainly then i, act, quoted = name_before(doc.shown, c, at + 2) end
      local name = i and doc.shown:sub(i, at + 2)
      if name and plain(name) and not seen[name] then
        local last, from = math.min(b.sj, terms.behind(doc, c.j, b.sj)), start_of(doc, c)
        local f = { type = "permit", name = name, colour = terms.colour(name), at = { from, last },
          spans = { name = { i, at + 2 } },
          value = terms.count(doc.shown:sub(from, last)), each = terms.each(doc, c.j, b.sj) }
        local counted = f.value and doc.shown:find("^%d", behind)
        local known = act and (f.value or last > c.j or quoted or clauses.first(doc, c.a, c.b, SHOWN))
        if known or counted and paper == "证" then
          seen[name], out[#out + 1] = true, f
        end
      end
    end
  end
end

-- 颁发金色荣誉证...金色证63本: the name in full that a coloured paper had before.
local function full_name(doc, part)
  local kind = part.name:sub(-3)
  if part.name ~= part.colour .. "色" .. kind then return part.name end
  local before = doc.shown:sub(1, part.i - 1)
  return before:match(part.colour .. "色([\xE3-\xE9][\x80-\xBF\xE3-\xE9]-" .. kind .. ")") or part.name
end

-- 绿牌供居民使用;黄牌供访客使用: two or more, whatever they are called.
local function apart(doc, out)
  for _, b in ipairs(terms.told_apart(doc, KINDS)) do
    local parts = terms.parts(doc, b.si, b.sj)
    for _, part in ipairs(#parts > 1 and parts or {}) do
      out[#out + 1] = { type = "permit", name = full_name(doc, part), colour = part.colour,
        value = part.value, at = { part.i, part.j }, spans = { name = { part.i, part.i + #part.name - 1 } } }
    end
  end
end

-- Nothing where the text has papers with titles, or others are known: these are theirs.
local function scan(doc, facts)
  local out = {}
  for _, f in ipairs(facts or {}) do
    if f.type == "permit" then return out end
  end
  if doc:find("证》", 1) or doc:find("卡》", 1) then return out end
  apart(doc, out)
  if #out == 0 then named(doc, out, {}) end
  return out
end

return {
  rule {
    "permit.named",
    description = "papers by what they let one do: 凭出入证进出, 办理采砂许可证",
    scan = scan, needs = PAPERS,
    examples = {
      ["车辆凭停车证入院,一车一证。"] = { name = "停车证" },
      ["红牌供住户使用;白牌供访客使用。"] = { colour = "白" },
    },
    counterexamples = { "凭身份证领取。", "发放便民联系卡。", "保证质量。" },
  },
}
