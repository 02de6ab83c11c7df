-- Numbers without a measure word: 7乡1镇, 总投资200万.

local P = require "textmill".pattern
local rule = require "textmill".rule
local phrase = require "textmill.rules.zh.phrase"
local vocabulary = require "textmill.rules.zh.vocabulary"

local BODY <const> = { paragraph = true, heading = true, list = true, caption = true, abstract = true }

-- 7乡1镇, 6菜1汤: digits right before a noun
local BARE <const> = P.number { kind = "cardinal" }:as "n" * -P.measure
local function bare_fact(m, doc)
  local text = m:text "n"
  if not text:find "%d" then return nil end
  local si, sj = doc:to_shown(m.i, m.j)
  local first, last = doc:token_at(si), doc:token_at(sj)
  local w, tag = doc:word(last + 1), doc:tag(last + 1)
  local before, btag = doc:word(first - 1), doc:tag(first - 1)
  if m.n == 1 and doc:word(first - 2) == "1" then return nil end
  if before:find "[%w%-./:%%+~]$" or w:find "^[%w%-./:%%+~]" or before == "第"
    or before == "号" then return nil end
  local fact = { type = "quantity", value = m.n, unit = "" }
  if (text:find("万", 1, true) or text:find("亿", 1, true)) and (tag == "w" or w == "\n" or w == ""
    or tag == "v" or tag == "u") then
    local a, b = phrase.left(doc, phrase.skip_fillers(doc, first - 1))
    if not a then return nil end
    local item, i, j = doc:text_of(a, b)
    fact.item, fact.at, fact.spans = item, { i, sj }, { value = { si, sj }, item = { i, j } }
    return fact
  end
  if utf8.len(w) == 1 and (tag == "n" or tag == "g") and text:find "^%d+$" and #text <= 3
     and (btag == "w" or btag == "n" or btag == "v" or btag == "g") and not vocabulary.durations[w]
     and not vocabulary.ranks[w] then
    local _, j = doc:span(last + 1)
    fact.item, fact.at = w, { si, j }
    fact.spans = { value = { si, sj }, item = { doc:span(last + 1) } }
    return fact
  end
end

-- Digits that no noun of one character stands behind, and no 万 or 亿 near: most of them.
local FARTHEST <const> = 200 -- bytes that a number is long
local function hopeless(doc, i, j)
  local k = doc:token_at(j) + 1
  local tag = doc:tag(k)
  if j - i < 3 and (tag == "n" or tag == "g") and utf8.len(doc:word(k)) == 1 then return false end
  for _, w in ipairs { "万", "亿" } do
    local at = doc:find(w, j)
    if at and at - j < FARTHEST then return false end
  end
  return true
end

return rule {
  "quantity.bare",
  description = "digits right before a noun: 7乡1镇; sums without a currency: 总投资200万",
  cues = { "万", "亿" },
  scan = function(doc)
    local facts, runs = {}, doc:digits()
    for k = 1, #runs, 2 do
      local i, j = runs[k], runs[k + 1]
      local b = doc:shown_block(i)
      local m = b and BODY[b.kind] and not hopeless(doc, i, j) and BARE:match(doc.text, (doc:to_clean(i, i)))
      local fact = m and bare_fact(m, doc)
      if fact then facts[#facts + 1] = fact end
    end
    return facts
  end,
  examples = { ["总投资200万,工期一年。"] = { value = 2000000, item = "总投资", unit = "" } },
  counterexamples = { "电话6218890。", "2020年2月。", "第3号楼。" },
}

