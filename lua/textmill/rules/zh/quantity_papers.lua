-- Sheets: 发给绿证,[92本]: the paper that was named before.

local phrase = require "textmill.rules.zh.phrase"
local set = require "textmill.rules.zh.vocabulary".set
local length <const> = utf8.len

-- 发给绿证,[92本]; 凭《通行证》进场,已核发31张: the paper that was named before in the sentence.
local PAPERS <const> = set "证 卡 牌 券 照"
local SHEETS <const> = set "张 本 份 块 枚 面"
local ISSUING <const> = set "发 核发 发放 办理 签发 颁发 换发 补发 制发 下发 办 领取 限"
local FARTHEST_PAPER <const> = 45 -- tokens
local function issued(doc, q, a, b)
  if a and not (a == b and ISSUING[doc.words[a]]) then return nil end
  for e = (a or q.first) - 1, math.max(1, q.first - FARTHEST_PAPER), -1 do
    local w = doc.words[e]
    if w == "。" or w:find("\n", 1, true) then return nil end
    if w == "》" then
      local open = phrase.opened(doc, e, 30)
      if open and PAPERS[(doc.words[e - 1] or ""):sub(-3)] then return { open + 1, e - 1 } end
    elseif PAPERS[w:sub(-3)] and doc.tags[e] ~= "v" then
      local pa, pb = phrase.left(doc, e)
      if pa and length((doc:text_of(pa, pb))) > 1 then return { pa, pb } end
    end
  end
end

-- The paper that the count's sheets are, where it was named before.
local function sheets(doc, q, a, b)
  local held = issued(doc, q, a, b)
  if not held then return nil end
  local given = doc.words[q.first - 1]
  if ISSUING[given] and given ~= "办理" and given ~= "限" then q.verb = q.first - 1 end
  return held[1], held[2]
end
return { SHEETS = SHEETS, of = sheets }
