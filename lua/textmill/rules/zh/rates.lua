-- Quantities that count no things: how long something goes on (24小时值守), what
-- there is none of (零事故), one of something for each (1人1档).

local P = require "textmill".pattern
local rule = require "textmill".rule
local phrase = require "textmill.rules.zh.phrase"
local set = require "textmill.rules.zh.vocabulary".set

local BODY <const> = { paragraph = true, heading = true, list = true, caption = true, abstract = true }

-- how long ---------------------------------------------------------------------

-- What happens once within the time, and does not last it.
local ONCE <const> = set [[完成 到达 赶到 到 达 达到 送达 办结 响应 返回 解决 处置 反馈 回复 报告 上报 出 有 是 为 后 前 内
  见效 生效 等于 相当于 超过 过去 左右]]
local WITH_VERBS <const> = set "v vn vd d ad n"

-- The verbs that begin at token k, with what modifies them: 轮流|值班|值守.
local function activity(doc, k)
  if ONCE[doc:word(k)] then return nil end
  local last, e = nil, k
  while e < k + 4 and WITH_VERBS[doc:tag(e)] and not ONCE[doc:word(e)] and utf8.len(doc:word(e)) > 1 do
    local verbal = doc:tag(e) == "v" or doc:tag(e) == "vn"
    if not verbal and last then break end
    if verbal then last = e end
    e = e + 1
  end
  return last and k, last
end

local COUNTED <const> = P.quantity:as "q"
local LASTING <const> = set "小时 个小时 钟头 个钟头"

local function scan_durations(doc)
  local facts = {}
  for _, m in ipairs(doc:matches(COUNTED, BODY)) do
    local info = m:info "q"
    if LASTING[info.unit or ""] and info.kind == "cardinal" and not info.approx then
      local si, sj = doc:to_shown(m.i, m.j)
      local a, b = activity(doc, doc:token_at(sj) + 1)
      if a then
        local item, i, j = doc:text_of(a, b)
        facts[#facts + 1] = { type = "quantity", subtype = "duration", value = info.value, unit = "小时",
                              item = item, at = { si, j }, spans = { value = { si, sj }, item = { i, j } } }
      end
    end
  end
  return facts
end

-- none --------------------------------------------------------------------------

local NUMERALS <const> = set "零 一 二 两 三 四 五 六 七 八 九 十 百 千 万 亿"

-- What 零 says of an attitude or a beginning, not of a count.
local FIGURES <const> = set "距离 容忍 门槛 基础 起点 时差 差距 首付 报告 成本 钱 头 部件 星 度 食 售 工 点 时 下"

-- 五百零..., 3零...: the middle of a number.
local function follows_number(doc, k)
  local w = doc:word(k - 1)
  return w:find "%d$" ~= nil or NUMERALS[w:sub(-3)] ~= nil
end

local function scan_zeros(doc)
  local facts = {}
  for at in doc:each("零", BODY) do
    local k = doc:token_at(at)
    local i, j = doc:span(k)
    local tag = doc:tag(k + 1)
    if i == at and doc:word(k) == "零" and not FIGURES[doc:word(k + 1)] and tag ~= "m" and tag ~= "q"
      and not follows_number(doc, k) and utf8.len(doc:word(k + 1)) > 1 then
      local a, b = phrase.right(doc, k + 1)
      if a == k + 1 and b then
        local item, from, to = doc:text_of(a, b)
        facts[#facts + 1] = { type = "quantity", subtype = "zero", value = 0, unit = "", item = item,
                              at = { i, to }, spans = { value = { i, j }, item = { from, to } } }
      end
    end
  end
  return facts
end

-- one for each --------------------------------------------------------------------

local KEEPERS <const> = { "人", "户", "村", "车", "楼", "岗", "店", "校" }
local KEPT <const> = { "档", "册", "卡", "证", "表", "码", "簿" }
local ONES <const> = { "1", "一" }

-- Which of the words stands at byte p: it, and the byte behind.
local function one_of(s, p, words)
  for _, w in ipairs(words) do
    if s:sub(p, p + #w - 1) == w then return w, p + #w end
  end
end

local function ratio_at(s, i)
  local one, p = one_of(s, i, ONES)
  local keeper, q = one_of(s, p or i, KEEPERS)
  if not one or not keeper then return nil end
  local again, r = one_of(s, q, ONES)
  local kept, e = one_of(s, r or q, KEPT)
  if again and kept then return keeper, kept, q, r, e - 1 end
end

local function scan_ratios(doc)
  local facts, seen = {}, {}
  for _, one in ipairs(ONES) do
    for at in doc:each(one, BODY) do
      local keeper, kept, i, unit, j = ratio_at(doc.shown, at)
      if keeper and not seen[at] and not doc.shown:sub(math.max(1, at - 1), at - 1):find "%d" then
        seen[at] = true
        facts[#facts + 1] = { type = "quantity", subtype = "ratio", value = 1, unit = kept, item = kept,
                              per = keeper, at = { at, j },
                              spans = { value = { i, j }, item = { unit, j } } }
      end
    end
  end
  return facts
end

return {
  rule {
    "quantity.duration",
    description = "how long something goes on: 24小时值守",
    scan = scan_durations, patterns = { COUNTED },
    examples = { ["卡口实行24小时值守。"] = { value = 24, unit = "小时", item = "值守", subtype = "duration" } },
    counterexamples = { "24小时内报告。", "2小时到达。", "24小时完成。" },
  },
  rule {
    "quantity.zero",
    description = "what there is none of: 零事故",
    scan = scan_zeros,
    examples = { ["全年零安全事故。"] = { value = 0, item = "安全事故" } },
    counterexamples = { "零距离服务群众。", "零售价上涨。", "二零二零年。", "每日零报告。" },
  },
  rule {
    "quantity.ratio",
    description = "one of something for each: 1人1档, 一户一册",
    scan = scan_ratios,
    examples = { ["做到1人1档。"] = { value = 1, unit = "档", per = "人" } },
    counterexamples = { "一人一天。", "11人1档。" },
  },
}
