-- tm.choice(s): does an answer say yes or no? The first such word that is a clause of its
-- own, or begins or ends one.

local core = require "textmill.core"

local function words(s)
  local out = {}
  for w in s:gmatch "%S+" do out[#out + 1] = w end
  table.sort(out, function(a, b) return #a > #b end)
  return out
end

local NO <const> = words [[不是 不行 不好 不对 不同意 不可以 不要 不用 不能 不会
  不想 不愿意 不需要 不成 不了 不 否 否定 否认 没有 没 拒绝
反对 错 错误 别 休想 未必 non no nope 👎 ❌ ✖ ✗ 🙅]]
local YES <const> = words [[是 是的 是啊 是呀 对 对的 对啊 对呀 没错 不错 行 行啊 好
  好的 好啊 好哇 好呀 好吧 可以 可 同意 赞同 赞成 认同 肯定
确认 确定 确实 当然 当然可以 嗯 恩 嗯嗯 有 要 能 会 想 愿意 需要 成 没问题
  支持 接受 正确 okay ok yes yep sure 👌 👍 ✅ ✔ ✓ 🙆]]

local MARKS <const> = { ["，"] = true, ["。"] = true, ["！"] = true, ["？"] = true, ["、"] = true,
  ["；"] = true, [","] = true, ["."] = true,
                        ["!"] = true, ["?"] = true, [";"] = true, [" "] = true, ["\n"] = true, [""] = true,
                        ["~"] = true, ["～"] = true,
                        ["：" ] = true, [":"] = true, ["吧"] = true, ["了"] = true, ["的"] = true }

local function char_at(s, p) return s:match(utf8.charpattern, p) or "" end
local function char_before(s, p)
  if p <= 1 then return "" end
  return s:sub(utf8.offset(s, -1, p), p - 1)
end

-- A tone of skin, a variation selector behind a sign belong to it.
local function with_tone(s, j)
  local c = char_at(s, j + 1)
  local code = c ~= "" and utf8.codepoint(c) or 0
  return (code >= 0x1F3FB and code <= 0x1F3FF or code == 0xFE0F) and j + #c or j
end

local function at(s, folded, p, list)
  for _, w in ipairs(list) do
    if folded:sub(p, p + #w - 1) == w then
      local sign = #w >= 3 and utf8.codepoint(w) > 0x2600 and not w:find "^[\xe4-\xe9]"
      local j = sign and with_tone(s, p + #w - 1) or p + #w - 1
      local free = MARKS[char_before(s, p)] and MARKS[char_at(s, j + 1)]
      if sign or free then return j end
    end
  end
end

-- choice(s) -> true | false | nil, i, j
return function(s)
  if type(s) ~= "string" then s = tostring(core.normalize(s, "nfc") and s) end
  local folded = s:lower()
  for p in utf8.codes(s) do
    local no, yes = at(s, folded, p, NO), at(s, folded, p, YES)
    if no and (not yes or no >= yes) then return false, p, no end
    if yes then return true, p, yes end
  end
  return nil
end
