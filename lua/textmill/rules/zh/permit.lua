-- Permits: papers that let somebody pass, with their colours, counts, holders
-- and the lunar days they are good for.
--
--   发放红黄蓝《甲镇通行证》各3万张(持红证可农历一四七入场,...)
--
-- One fact a colour; `days` are the last digits of days of the lunar month.

local rule = require "textmill".rule
local text = require "textmill.rules.zh.text"
local vocabulary = require "textmill.rules.zh.vocabulary"

local PAPERS <const> = { "通行证", "出入证", "摊位证", "用水证", "准入证", "许可证", "出入卡", "通行卡", "证" }
local COLOURS <const> = vocabulary.set "红 黄 蓝 绿 白 橙 紫"

-- Is 《...》 the name of a permit?
local function is_paper(name)
  for _, p in ipairs(PAPERS) do
    if name:sub(-#p) == p then return true end
  end
  return false
end

-- 农历一四七 -> { 1, 4, 7 }, and where it ends.
local function lunar_days(s, p)
  local at = p + 6
  local days = {}
  while #days < 5 do
    local c = s:sub(at, at + 2)
    if c == "、" then
      at = at + 3
    else
      local n = vocabulary.numerals[c]
      if not n or c == "两" or c == "双" then break end
      days[#days + 1] = n % 10
      at = at + 3
    end
  end
  return days, at - 1
end

-- Rules 持红证...农历一四七 behind position p of the same paragraph.
local function colour_rules(doc, p, to)
  local rules = {}
  while true do
    local at = doc:find("持", p)
    if not at or at > to then break end
    p = at + 3
    local colour = doc.shown:sub(at + 3, at + 5)
    local lunar = doc:find("农历", at)
    if COLOURS[colour] and lunar and lunar - at < 40 and lunar <= to then
      local days, stop = lunar_days(doc.shown, lunar)
      if #days > 0 then
        rules[#rules + 1] = { colour = colour, days = days, i = at, j = math.min(to,
          text.clause(doc.shown, stop)) }
      end
    end
  end
  return rules
end

-- The count of a permit: a quantity found before with this item.
local function count_of(facts, name)
  for _, f in ipairs(facts) do
    if f.type == "quantity" and f.item == name then return f.value end
  end
end

local function permits_of(doc, b, i, j, facts)
  local name = doc.shown:sub(i, j)
  local out = {}
  for _, r in ipairs(colour_rules(doc, j, b.sj)) do
    out[#out + 1] = { type = "permit", name = name, colour = r.colour, value = count_of(facts,
      name), days = r.days,
                      calendar = "lunar", valid = table.concat(r.days, " "), at = { r.i, r.j },
                      spans = { name = { i, j }, colour = { r.i + 3, r.i + 5 } } }
  end
  if #out == 0 then
    out[1] = { type = "permit", name = name, value = count_of(facts, name), at = { i, j },
      spans = { name = { i, j } } }
  end
  return out
end

local function scan(doc, facts)
  local out, seen = {}, {}
  for _, b in ipairs(doc.blocks) do
    local p = b.kind ~= "boilerplate" and b.si or nil
    while p do
      local open = doc:find("《", p)
      local close = open and doc:find("》", open)
      if not close or close > b.sj then break end
      p = close + 3
      local name = doc.shown:sub(open + 3, close - 1)
      if is_paper(name) and not seen[name] then
        seen[name] = true
        for _, f in ipairs(permits_of(doc, b, open + 3, close - 1, facts or {})) do out[#out + 1] = f end
      end
    end
  end
  return out
end

return {
  rule {
    "permit.paper",
    description = "a permit with its colours and lunar days: 《通行证》, 持红证可农历一四七入场",
    scan = scan,
    examples = {
      ["发放《甲镇通行证》各3万张(持红证可农历一四七入场,持黄证可农历二五八入场)。"] = { colour = "黄", valid = "2 5 8" },
      ["每户一张《乙村出入证》。"] = { name = "乙村出入证" },
    },
    counterexamples = { "学习《论语》。" },
  },
}
