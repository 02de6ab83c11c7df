-- Members of a named scheme: what the name's numeral counts.
--
-- Places to look, in this order; the first that gives the declared number wins:
--   told     as the name says itself: “三抓三促”, “1+3+N”, 四道工序 (members_told.lua, members_summed.lua)
--   behind   “三件套”(帽子、...)   “两支队伍”,即A、B、C和D   “五员”:A、B...
--   before   电信网、广电网、互联网“三网融合”     “镇、村、组”三级服务网
--   apart    headings, quoted names and 一是... items with the name's key word
--
-- The key word of a name is what is left of it without numeral and measure:
-- 五关 -> 关, 三道防线 -> 防线, 五带头 -> 带头.

local apart = require "textmill.rules.zh.members_apart"
local before = require "textmill.rules.zh.members_before"
local behind = require "textmill.rules.zh.members_behind"
local item = require "textmill.rules.zh.members_item"
local kin = require "textmill.rules.zh.kin"
local sequence = require "textmill.rules.zh.sequence"
local summed = require "textmill.rules.zh.members_summed"
local text = require "textmill.rules.zh.text"
local told = require "textmill.rules.zh.members_told"

local members = {}

-- “四步法”: the steps told in order around the name; 四道工序:先...,再...
local STEPS <const> = { "步", "工序", "步骤", "环节", "程序", "流程" }
local REACH <const> = 700 -- bytes between the name and its steps
local function steps(doc, s)
  if not s.count or s.count < 2 or not text.has(s.name .. (s.alias or ""), STEPS) then return nil end
  for _, run in ipairs(#doc.shown > 0 and sequence.of(doc) or {}) do
    local from, to = doc:span(run[1][1]), select(2, doc:span(run[#run][2]))
    if #run == s.count and from - s.j < REACH and s.i - to < REACH then
      local out = {}
      for n, part in ipairs(run) do
        local i, j = doc:span(sequence.action(doc, part)), select(2, doc:span(part[2]))
        out[n] = item.at(doc.shown, i, j)
      end
      s.cited = { s.i, s.j } -- the name: steps are cited each by itself
      return out
    end
  end
end

-- What each way gives is taken where it fits.
local function any() return true end
local function declared(items, s) return #items == s.count end
local function as_declared(items, s) return not s.count or #items == s.count end
local function several(items, s) return #items >= 2 and not s.dashed end

-- { where to look, what fits, whether for counted schemes alone }
local WAYS <const> = {
  { steps, any }, { told.by_team, any }, { told.by_words, any }, { told.by_clauses, any },
  { told.by_verb, any },
  { before.summed, any },
  { summed.by_digits, any }, { summed.by_sum, any }, { summed.by_powers, any }, { told.by_ordinals, any },
  { behind.find, as_declared },
  { before.find, declared, true },
  { apart.find, any, true }, { apart.alike, any, true }, { apart.listed, any, true },
  { told.ones, any, true },
  { told.by_key, any }, { told.by_sentences, any }, { told.by_row, any },
  { told.by_part, any },
  { behind.find, several }, -- fewer or more than declared
}

-- members.find(doc, scheme) -> list of items (may be empty)
function members.find(doc, s)
  local tried = {}
  for _, way in ipairs(WAYS) do
    local find, fits, counted = way[1], way[2], way[3]
    local asked = not counted or s.count and s.count > 1
    if asked and tried[find] == nil then tried[find] = find(doc, s) or false end
    local items = asked and tried[find]
    if items and fits(items, s) then return item.tidy(doc.shown, items) end
  end
  return {}
end

local MOST_SHARED <const> = 100

-- A name without members takes those of another of the same count whose items
-- all end with its key word: “两证”, 健康证 and 上岗证.
function members.share(list)
  local whole = {}
  for _, s in ipairs(list) do
    if s.count and #s.members == s.count and #whole < MOST_SHARED then whole[#whole + 1] = s end
  end
  for _, s in ipairs(list) do
    if #s.members == 0 and s.count then
      local key = kin.key(s.name)
      for _, o in ipairs(whole) do
        if o ~= s and o.count == s.count and #o.members == s.count and #kin.of(o.members,
          key) == s.count then
          s.members = o.members
        end
      end
    end
  end
end

return members
