-- JioNLP, cleaning: mail addresses, web addresses or phone numbers cut out of a text; with
-- a phone number goes the word before it (电话：).
local tm = require "textmill"

local KINDS <const> = { remove_email = "email", remove_url = "url", remove_phone_number = "phone",
  remove_phone = "phone",
                        remove_ip_address = "ip", remove_id_card = "id" }
local LEADS <const> = { "联系电话", "联系方式", "手机号码", "手机号", "电话号码",
  "手机", "电话" }

local function without_lead(s)
  local colon = s:match "()[:：]? *$"
  if s:find "：" then colon = s:match "()： *$" or colon end
  local head = s:sub(1, colon - 1)
  for _, w in ipairs(LEADS) do
    if #head < #s and head:sub(-#w) == w then return head:sub(1, -#w - 1) end
  end
  return s
end

local function check(c)
  local kind = KINDS[c.op]
  if not kind then return "refused", "no cleaning: " .. tostring(c.op) end
  local out, at = {}, 1
  for _, x in ipairs(tm.sequences(c.input, { kinds = { kind } })) do
    local before = c.input:sub(at, x.i - 1)
    out[#out + 1] = kind == "phone" and without_lead(before) or before
    at = x.j + 1
  end
  local got = table.concat(out) .. c.input:sub(at)
  return got == c.output, got
end

return { check = check }
