-- Is one thing called by one name, and one list said in the same words?
--
--   naming    两张清单, later 两张表格      wording   戴帽、戴手套, later 有手套
local check = require "textmill.rules.zh.check"
local by_type = require "textmill.rules.zh.by_type"
local set = require "textmill.rules.zh.vocabulary".set
local sounds = require "textmill.rules.zh.sounds"
local lists = require "textmill.rules.zh.lists"

local names = {}

-- 两张清单 and 两张表格: a scheme's mention under another name.
local function scheme_names(doc, facts, out)
  for _, f in ipairs(by_type.of(facts, "scheme")) do
    if f.type == "scheme" and f.aliases and #f.mentions > 1 then
      for _, m in ipairs(f.mentions) do
        local name = m.captures and m.captures.name
        local said = name and doc:display(name[1], name[2])
        local other = said and not f.name:find(said, 1, true) and not said:find(f.name, 1, true)
        if other then
          out[#out + 1] = check.fact(doc, "naming", { { m.i, m.j }, check.span(f) },
            { name = said, other = f.name })
          break
        end
      end
    end
  end
end

-- Nouns for places where somebody stands and looks: 卡点, 检测点, 观测站.
local STATIONS <const> = set "点 站 卡 岗 口 所"
local PLACE_UNITS <const> = set "个 处 座"
local LEAST <const> = 8 -- smaller numbers are equal by chance
local MAKING <const> = set "设 设立 设置 新建 建立 增设 新设 开设 布设 设有 另设 建成"

local function is_station(f)
  return f.type == "quantity" and f.item and f.value and f.value >= LEAST and PLACE_UNITS[f.unit or ""]
    and STATIONS[f.item:sub(-3)] and not f.approx
end

local function made(doc, f)
  local si = doc:to_shown(f.i, f.j)
  local k = doc:token_at(si)
  return MAKING[doc.words[k]] or MAKING[doc.words[k - 1]]
end

local function station_names(doc, facts, out)
  local by = {}
  for _, f in ipairs(by_type.of(facts, "quantity")) do
    if is_station(f) then
      local _, article = doc:article_at(f.i)
      local key = ("%d %s %s"):format(article or 0, f.value, f.item:sub(-3))
      local o = by[key]
      if o and not o.item:find(f.item, 1, true) and not f.item:find(o.item, 1, true)
        and not (made(doc, o) and made(doc, f)) then
        out[#out + 1] = check.fact(doc, "naming", { check.span(o), check.span(f) },
          { name = o.item, other = f.item, value = f.value })
        table.insert(out[#out].mentions, 1, table.remove(out[#out].mentions, 1))
      end
      by[key] = by[key] or f
    end
  end
end

-- ---- people -----------------------------------------------------------------------

-- The character in which two names differ, of each; nil where it is not one alone.
local function differing(a, b)
  if a:sub(1, 3) ~= b:sub(1, 3) or #a ~= #b then return nil end
  local x, y
  for p = 4, #a, 3 do
    if a:sub(p, p + 2) ~= b:sub(p, p + 2) then
      if x then return nil end
      x, y = a:sub(p, p + 2), b:sub(p, p + 2)
    end
  end
  return x, y
end

local LONGEST_NAME <const> = 4 * 3

-- 网格员刘小燕, later 网格员刘小艳: one office, and names that sound alike.
local function people_names(doc, facts, out)
  local by, lexicon = {}, nil
  for _, f in ipairs(by_type.of(facts, "person")) do
    if f.role and #f.name >= 6 and #f.name <= LONGEST_NAME then
      local _, article = doc:article_at(f.i)
      local key = ("%d %s %s"):format(article or 0, f.role, f.name:sub(1, 3))
      for _, o in ipairs(by[key] or {}) do
        local x, y = differing(o.name, f.name)
        lexicon = x and (lexicon or doc.tm.lexicon())
        if x and sounds.alike(lexicon, x, y) then
          out[#out + 1] = check.fact(doc, "naming", { check.span(o), check.span(f) },
            { name = o.name, other = f.name })
        end
      end
      by[key] = by[key] or {}
      table.insert(by[key], f)
    end
  end
end

function names.naming(doc, facts, out)
  people_names(doc, facts, out)
  scheme_names(doc, facts, out)
  station_names(doc, facts, out)
end

-- ---- lists said again -----------------------------------------------------------

-- Pairs the items of two lists by their last two characters; the first pair that
-- differs, or nil where they are no two wordings of one list.
local function rewording(list, other)
  local used, differs = {}, nil
  for _, a in ipairs(list) do
    local found
    for k, b in ipairs(other) do
      if not used[k] and b.text:find(a.text:sub(-6), 1, true) then
        used[k], found = true, b
        break
      end
    end
    if not found then return nil end
    local contained = found.text:find(a.text, 1, true)
    if not contained and math.abs(#found.text - #a.text) > 3 then return nil end
    if not contained then differs = differs or { a, found } end
  end
  return differs
end

function names.wording(doc, facts, out)
  for _, f in ipairs(by_type.of(facts, "scheme")) do
    local captures = f.type == "scheme" and f.count and f.count >= 3 and f.found == f.count
      and f.mentions[1].captures
    if captures and captures.member1 then
      local own = {}
      for k, text in ipairs(f.members) do own[k] = { text = text, span = captures["member" .. k] } end
      local last = own[#own]
      local first, tail = last.text:sub(-6), doc:to_shown(last.span[1], last.span[2])
      local p = tail + #last.text
      while last.text and #first == 6 do
        local at = doc.shown:find(first, p, true)
        if not at then break end
        p = at + 6
        local c = check.clause(doc, doc:to_clean(at, at + 5))
        local items = c and lists.split_at(doc.shown, c.i, c.j, { "、" }) or {}
        if #items == #own then
          local pair = rewording(own, items)
          if pair and pair[1].span then
            local second = { doc:to_clean(pair[2].i, pair[2].j) }
            out[#out + 1] = check.fact(doc, "wording", { pair[1].span, second },
              { name = pair[1].text, other = pair[2].text })
            break
          end
        end
      end
    end
  end
end

return names
