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

local PAPERS <const> = { "证", "卡", "牌" }
-- What papers of this kind let one do; papers of identity and of banks are none.
local ACTS <const> = { "通行", "出入", "进出", "接送", "入场", "入园", "进山", "入山", "上岗", "准入", "摊位", "乘车", "住宿",
  "作业", "许可", "健康", "暂住", "施工", "运输", "居住", "准运", "放行", "停车", "捕捞", "采砂", "摆摊", "经营", "就餐", "准考",
  "动火", "值班", "采访" }
local HELD <const> = { "凭", "持", "办理", "发放", "核发", "发", "须持", "领到", "领取", "办" }
local BY <const> = set "凭 持 办理 发放 核发 须持 领到 领取 发 佩戴"
local SHOWN <const> = set "凭"
local KINDS <const> = { paragraph = true, list = true }
local LONGEST <const> = 8 * 3 -- bytes of a name before its last character

-- The name that ends at byte j of the clause: from an act to 证, with what stands before up
-- to the word of holding.
local function name_before(s, c, j)
  local from = math.max(c.i, j - 2 - LONGEST)
  local inner = s:sub(from, j - 3)
  if not text.ends(inner, ACTS) then return nil end
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
  if s:sub(i, i + 2) == "“" then i = i + 3 end
  return i
end

local NO_NAME <const> = { "的", "了", "、", "和", "%d", "身份", "银行" }
local function plain(name)
  for _, w in ipairs(NO_NAME) do
    if name:find(w) then return false end
  end
  return #name >= 9
end

local AFTER <const> = { "后", "等", "件", "书", "号", "的", "办", "机" }

-- Whose it is and where that begins: 《...的,》 before, or the clause.
local function start_of(doc, c)
  local before = clauses.before(doc, c)
  return before and doc.words[before.b] == "的" and before.i or c.i
end

local function named(doc, out, seen)
  for _, paper in ipairs(PAPERS) do
    for at, b in doc:each(paper, KINDS) do
      local c = clauses.at(doc, at)
      local behind = at + 3
      if doc.shown:sub(behind, behind + 2) == "”" then behind = behind + 3 end
      local plainly = c and not c.quoted and not text.starts(doc.shown, behind, AFTER)
      local i = plainly and name_before(doc.shown, c, at + 2)
      local name = i and doc.shown:sub(i, at + 2)
      if name and plain(name) and clauses.first(doc, c.a, c.b, BY) and not seen[name] then
        local last, from = math.min(b.sj, terms.behind(doc, c.j, b.sj)), start_of(doc, c)
        local f = { type = "permit", name = name, at = { from, last }, spans = { name = { i, at + 2 } },
          value = terms.count(doc.shown:sub(from, last)), each = terms.each(doc, c.j, b.sj) }
        if f.value or last > c.j or clauses.first(doc, c.a, c.b, SHOWN) then
          seen[name], out[#out + 1] = true, f
        end
      end
    end
  end
end

-- 绿牌供居民使用;黄牌供访客使用: two or more, whatever they are called.
local function apart(doc, out)
  for _, b in ipairs(doc.blocks) do
    local parts = KINDS[b.kind] and terms.parts(doc, b.si, b.sj) or {}
    for _, part in ipairs(#parts > 1 and parts or {}) do
      out[#out + 1] = { type = "permit", name = part.name, colour = part.colour, value = part.value,
        at = { part.i, part.j }, spans = { name = { part.i, part.i + #part.name - 1 } } }
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
