-- Slips of the pen.
--
--   unit     certificates counted in persons
--   typo     镇镇, 截止目前      format   one blank where the others have none
local check = require "textmill.rules.zh.check"
local clauses = require "textmill.rules.zh.clauses"
local cues = require "textmill.cues"
local by_type = require "textmill.rules.zh.by_type"
local counted = require "textmill.rules.zh.counted"
local sounds = require "textmill.rules.zh.sounds"
local set = require "textmill.rules.zh.vocabulary".set
local text = require "textmill.rules.zh.text"

local slips = {}

local PERSONS <const> = set "人 名 位 户 辆"
local PAPERS <const> = { "证", "材料", "资料", "传单", "手册", "倡议书", "告知书", "宣传册", "明白纸", "通知书", "宣传单" }
local COLLECTIVES <const> = { "班子", "领导班子", "集体" }

-- 健康证6032人: the papers stand before their number; 22名考生使用证件 counts people.
local function before_number(f)
  local c = f.mentions[1].captures
  return c.item and c.value and c.item[1] < c.value[1]
end

function slips.unit(doc, facts, out)
  local last
  for _, f in ipairs(by_type.of(facts, "quantity")) do
    if f.type == "quantity" and f.item and PERSONS[f.unit or ""] then
      local c
      local bodies = f.unit ~= "户" and f.unit ~= "辆" and text.ends(f.item, COLLECTIVES)
      if bodies or text.ends(f.item, PAPERS) and before_number(f) then
        c = check.clause(doc, f.i, f.j)
      end
      if c then
        local i, j = doc:to_clean(c.i, c.j)
        if last and last.part == c.part and text.ends(f.item, PAPERS) then -- a list of them is one slip
          local m = out[#out].mentions
          m[#m + 1] = { i = i, j = j, quote = doc:display(i, j), rule = m[1].rule,
                        captures = { other = { i, j } } }
        else
          out[#out + 1] = check.fact(doc, "unit", { { i, j } }, { name = f.item, unit = f.unit })
        end
        last = c
      end
    end
  end
end

-- ---- typing ---------------------------------------------------------------------

local DIVISION <const> = set "镇 乡 县 村"
local DOUBLED <const> = { "镇镇", "乡乡", "县县", "村村" }
cues.add(DOUBLED)

-- 某镇镇成立: the division's noun twice, before a verb.
local function doubled(doc, facts, out)
  if not doc:has_any(DOUBLED) then return end
  for _, f in ipairs(by_type.of(facts, "place")) do
    for _, m in ipairs(f.type == "place" and f.mentions or {}) do
      local _, sj = doc:to_shown(m.i, m.j)
      local last = doc.shown:sub(sj - 2, sj)
      if DIVISION[last] and doc.shown:sub(sj + 1, sj + 3) == last then
        local k = doc:token_at(sj + 1)
        if (doc.words[k] or "") == last and doc.tags[k + 1] == "v" then
          local _, e = doc:span(k + 1)
          local i, j = doc:to_clean(doc:to_shown(m.i, m.j), e)
          out[#out + 1] = check.fact(doc, "typo", { { i, j } }, { name = last .. last, other = last })
        end
      end
    end
  end
end

local UNTIL <const> = clauses.wait "截止 那里 截止目前"
local UP_TO <const> = { "目前", "现在", "今天", "昨日", "昨天", "今日", "当前", "记者", "发稿" }

-- 截止目前 for 截至目前; 在那里,那里就... for 哪里.
local function misspelt(doc, _, out)
  for k, c in clauses.with(doc, UNTIL) do
    local i, j = doc:span(k)
    if doc.words[k] == "那里" then
      local nxt = k == c.b and doc.words[k - 1] == "在" and clauses.behind(doc, c)
      if nxt and doc.words[nxt.a] == "那里" and doc.shown:sub(nxt.i + 6, nxt.i + 8) == "就" then
        local ci, cj = doc:to_clean(c.i, c.j)
        out[#out + 1] = check.fact(doc, "typo", { { ci, cj } }, { name = "那里", other = "哪里" })
      end
    else
      local rest = doc.shown:sub(i + 6, i + 11)
      for _, w in ipairs(UP_TO) do
        local day = k == c.a and c.mark == "," and doc.shown:find("^%d+月", i + 6)
        if rest == w or day then
          local ci, cj = doc:to_clean(i, math.max(j, i + 5 + #w))
          out[#out + 1] = check.fact(doc, "typo", { { ci, cj } }, { name = "截止", other = "截至" })
          break
        end
      end
    end
  end
end

function slips.typo(doc, facts, out)
  doubled(doc, facts, out)
  misspelt(doc, facts, out)
end

-- ---- one sound for another --------------------------------------------------------

-- The characters in which two words of two differ, if it is one.
local function difference(a, b)
  if a:sub(1, 3) == b:sub(1, 3) then return a:sub(4), b:sub(4) end
  return a:sub(1, 3), b:sub(1, 3)
end

-- 重读课文, 重读课文, 重读课闻: once, behind the same words, another of the same sound
-- (csrc/core/twins.h finds them, whatever they sound like).
function slips.homophone(doc, _, out)
  local found = doc.view:twins() or {}
  local lexicon, done = nil, nil
  for p = 1, #found, 2 do
    local k, w, other = found[p], (doc.words[found[p]] or ""), (doc.words[found[p + 1]] or "")
    lexicon = lexicon or doc.tm.lexicon()
    if k ~= done and sounds.alike(lexicon, difference(w, other)) then
      done = k
      local i, j = doc:span(k - 1), select(2, doc:span(k))
      out[#out + 1] = check.fact(doc, "typo", { { doc:to_clean(i, j) } }, { name = w, other = other })
    end
  end
end

-- ---- blanks ----------------------------------------------------------------------

local USUAL <const> = 8 -- numbers without a blank that make one with it a slip

local BINDING <const> = set "p c d v u" -- what stands before a blank that is none of a pause

-- Does the quantity begin with a digit that stands behind a character? With a blank
-- between them, or without.
local BLANK <const>, ZERO <const>, NINE <const> = (" 09"):byte(1, 3)
local function digit_behind(s, si)
  local digit = s:byte(si)
  if not digit or digit < ZERO or digit > NINE then return nil end
  local blank = s:byte(si - 1) == BLANK
  if not s:find("^[\xE4-\xE9][\x80-\xBF][\x80-\xBF]", blank and si - 4 or si - 3) then return nil end
  return blank and "blank" or "close"
end

-- One blank between a character and a number, where the others have none.
function slips.format(doc, facts, out)
  local odd, usual = nil, 0
  if not doc:find(" ", 1) then return end
  local of = counted.of(doc, facts)
  for k, f in ipairs(of.list) do
    local si = of.si[k]
    local how = digit_behind(doc.shown, si)
    if how == "blank" then
      if odd or not BINDING[doc.tags[doc:token_at(si - 4)]] then return end
      odd = f
    elseif how == "close" then
      usual = usual + 1
    end
  end
  if odd and usual >= USUAL then
    local si, sj = doc:to_shown(odd.i, odd.j)
    local i, j = doc:to_clean(si - 4, sj)
    out[#out + 1] = check.fact(doc, "format", { { i, j } }, { name = "blank" })
  end
end

return slips
