-- Mail addresses, web addresses, IP addresses.

local function set(words)
  local t = {}
  for w in words:gmatch "%S+" do t[w] = true end
  return t
end

local SCHEMES <const> = set "http https ftp ftps sftp file rtsp rtmp ws wss mms"
-- Domains that a name without a scheme may end in. Endings that are mostly those of files
-- (md, py, rs, sh, so) are left out.
local TOP <const> = set [[com net org edu gov mil int info biz name pro mobi tel asia xyz top site online
  club shop
vip wang ren tech store app dev cloud live work link ltd group fun icu
cn hk tw mo jp kr us uk ca au nz de fr it es pt nl be ch at se no dk fi ie pl cz sk hu ro bg gr tr ru ua by
  kz in pk bd
lk np sg my th vn ph id kh la mm mn br mx ar cl pe co ve za eg ng ke il sa ae ir iq qa eu cc tv io me ai am
  fm pm im
gl gd la li lt lv ee is lu cat tk ws vc sx]]

-- Labels of a host from `at`: last byte, the host.
local function host(s, at)
  local e = s:match("^[%w%-]+()", at)
  if not e then return nil end
  while s:find("^%.[%w]", e) do e = s:match("^%.[%w%-]+()", e) end
  local name = s:sub(at, e - 1)
  if name:find "^%-" or name:find "%-$" or name:find("%-.", 1, true) then return nil end
  return e - 1, name
end

local function ipv4(s, at)
  local a, b, c, d, e = s:match("^(%d+)%.(%d+)%.(%d+)%.(%d+)()", at)
  if not a then return nil end
  for _, part in ipairs { a, b, c, d } do
    if #part > 3 or tonumber(part) > 255 then return nil, e - 1 end
  end
  if s:find("^[%w_]", e) or s:find("^%.%d", e) then return nil, e - 1 end
  return e - 1
end

-- Eight groups of hexadecimal digits, or fewer with one ::.
local function ipv6(s, at)
  local run = s:match("^[%x:]+", at)
  local last = at + #run - 1
  if s:find("^[%w_]", last + 1) or select(2, run:gsub(":", "")) < 2 or not run:find "%d" then return nil,
    last end
  if run:find(":::", 1, true) or select(2, run:gsub("::", "")) > 1 then return nil, last end
  if run:find "[^:]:$" or run:find "^:[^:]" then return nil, last end
  local groups = 0
  for group in run:gmatch "%x+" do
    groups = groups + 1
    if #group > 4 then return nil, last end
  end
  if run:find("::", 1, true) and groups < 8 or groups == 8 and not run:find("::", 1,
    true) then return last end
  return nil, last
end

-- What may follow a host: port, path, query, fragment, without the marks of the sentence.
local function tail(s, e)
  local port = s:match("^:(%d+)", e + 1)
  if port and #port <= 5 then e = e + 1 + #port end
  if not s:find("^[/?#]", e + 1) then return e end
  local more = s:match("^[%w%-%._~:/?#%[%]@!$&'()*+,;=%%|]+", e + 1)
  more = more:gsub("[%.,;:!?']+$", "")
  while more:find "[)%]]$" do
    local close = more:sub(-1)
    local open = close == ")" and "%(" or "%["
    if select(2, more:gsub("%" .. close, "")) <= select(2, more:gsub(open, "")) then break end
    more = more:sub(1, -2):gsub("[%.,;:!?']+$", "")
  end
  return e + #more
end

-- Seven in the morning (7.am) is no host.
local function is_clock(name)
  local hour = name:match "^(%d%d?)%.[ap]m$"
  return hour ~= nil and tonumber(hour) <= 12
end

local function email(s, at)
  local e = s:match("^[%w%._%%+%-]+()", at)
  if s:sub(e, e) ~= "@" or s:sub(e - 1, e - 1) == "." then return nil end
  local last, name = host(s, e + 1)
  if not last or not name:find "%.%a%a+$" then return nil end
  return last, { kind = "email", value = s:sub(at, last), host = name }
end

local function url(s, at)
  local scheme, e = s:match("^(%a+)://()", at)
  if scheme and not SCHEMES[scheme] then return nil, (s:match("^[%w%-%._:/]+()", at)) - 1 end
  local last, name = host(s, e or at)
  if not last then return nil end
  local top = name:match "%.(%a+)$"
  local numeric = not top and ipv4(s, e or at) == last
  local known = top and TOP[top] and not is_clock(name) or name == "localhost"
  local near = name:find "^%a[%w%-]+$" -- http://myserver/a: a host of the house
  if scheme and not (top or numeric or near) then return nil, last end
  if not scheme and (not known or s:find("^[@_]", last + 1)) then return nil end
  last = tail(s, last)
  return last, { kind = "url", value = s:sub(at, last), scheme = scheme, host = name }
end

local function read(s, at)
  if at > 1 and s:find("^[%w_@%.]", at - 1) then return nil, (s:match("^[%w%-%._]*()", at)) - 1 end
  local last, x, skip
  local run = s:match("^[%x:]+()", at)
  if run and run - at >= 3 and s:sub(at, run - 1):find(":", 1, true) then
    last = run - at <= 39 and ipv6(s, at)
    if last then return last, { kind = "ip", value = s:sub(at, last), version = 6 } end
    if run - at > 39 or s:sub(at, run - 1):find("::", 1, true) then return nil, run - 1 end
  end
  if s:find("^:", at) then return nil, (s:match("^:+()", at)) - 1 end
  last, x = email(s, at)
  if last then return last, x end
  last, x = url(s, at)
  if last then return last, x end
  skip = x
  last = ipv4(s, at)
  if last then return last, { kind = "ip", value = s:sub(at, last), version = 4 } end
  return nil, skip or (s:match("^[%w%-_]*()", at)) - 1
end

return { first = "[%w:]", read = read }
