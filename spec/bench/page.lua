-- page.lua - the surroundings of a text on the web, for dirty.lua: an HTML
-- page around paragraphs, or the lines that stay when somebody has saved such
-- a page as text. All names are invented.

local page = {}

local sites = { "青石县人民政府", "柳湾在线", "云岭乡村网", "清河新闻网", "石桥镇政府门户网站" }
local sections = { "首页", "新闻中心", "政务公开", "乡镇动态", "通知公告", "民生服务", "专题专栏", "图片新闻", "互动交流" }
local others = {
  "全县春季植树活动启动", "我县召开安全生产工作会议", "老年大学新学期开班", "乡村图书室添新书",
  "农技人员下田指导", "冬季供暖工作提示", "中小学运动会落幕", "县医院开展义诊",
}
local shares = { "分享到：微信 微博 QQ空间", "分享到： 新浪微博 微信 QQ好友 复制网址", "【打印本页】 【关闭窗口】",
  "扫一扫在手机打开当前页", "收藏 打印 关闭" }

local function pick(list, random) return list[random(#list)] end

local function junk(truth, line)
  truth.junk[#truth.junk + 1] = line
  return line
end

local function absent(truth, s)
  truth.absent[#truth.absent + 1] = s
  return s
end

local function footer(random)
  return ("版权所有：%s 备案号：清ICP备%08d号"):format(pick(sites, random), random(99999999))
end

-- ---- flat lines --------------------------------------------------------------

local function vote(random, truth, out)
  out[#out + 1] = junk(truth, "您对本文的评价")
  for _, name in ipairs { "非常满意", "满意", "一般", "不满意" } do
    out[#out + 1] = junk(truth, ("%s %d票"):format(name, random(90)))
  end
end

-- Navigation above, counters and links below.
function page.flat(paragraphs, random, truth)
  local out = {}
  out[1] = junk(truth, table.concat(sections, " ", 1, 4 + random(5)))
  out[2] = junk(truth, ("当前位置：首页 > %s > %s"):format(pick(sections, random), pick(sections, random)))
  out[3] = junk(truth, ("点击数：%d 【字体：大 中 小】"):format(random(9000)))
  for _, p in ipairs(paragraphs) do out[#out + 1] = p end
  out[#out + 1] = junk(truth, pick(shares, random))
  out[#out + 1] = junk(truth, "上一篇：" .. pick(others, random))
  out[#out + 1] = junk(truth, "下一篇：" .. pick(others, random))
  if random(3) == 1 then vote(random, truth, out) end
  out[#out + 1] = junk(truth, ("浏览次数：%d次"):format(random(5000)))
  out[#out + 1] = junk(truth, footer(random))
  return table.concat(out, random(2) == 1 and "\n" or "\r\n") .. "\n"
end

-- ---- HTML ----------------------------------------------------------------------

local escapes = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;" }
function page.escape(s) return (s:gsub("[&<>]", escapes)) end

local named = {
  ["“"] = "&ldquo;", ["”"] = "&rdquo;", ["·"] = "&middot;", ["…"] = "&hellip;", ["—"] = "&mdash;",
  ["《"] = "&#12298;", ["》"] = "&#x300B;", ["×"] = "&times;", ["%"] = "&#37;",
}
local open = {
  "<b>", "<STRONG>", "<span style='font-size:16px'>", '<a href="/a?id=1&b=2" title="a > b">',
  "<font color=red>",
}
local close = { "</b>", "</STRONG>", "</span>", "</a>", "</font>" }

-- One paragraph with references and inline tags.
local function inline(p, random, truth)
  local out, open_tag = {}, nil
  for _, code in utf8.codes(p) do
    local c, die = utf8.char(code), random(120)
    local text = escapes[c] or named[c] or c
    if die == 1 and code > 0x7F then text = ("&#%d;"):format(code) end
    if die == 2 and code > 0x7F then text = ("&#x%X;"):format(code) end
    if die == 3 then text = text .. "<!-- " .. absent(truth, "edit" .. random(99999)) .. " -->" end
    if die == 4 and not open_tag then
      open_tag = random(#open)
      text = open[open_tag] .. text
    elseif die <= 8 and open_tag then
      text, open_tag = text .. close[open_tag], nil
    end
    out[#out + 1] = text
  end
  return table.concat(out) .. (open_tag and close[open_tag] or "")
end

local function navigation(random, truth)
  local out = { '<ul class="nav">' }
  for k = 1, 4 + random(5) do
    out[#out + 1] = ('<li><a href="/c%d/">%s</a></li>'):format(k, junk(truth, sections[k]))
  end
  return table.concat(out, "\n") .. "\n</ul>"
end

local function head(random, truth, title, charset)
  local site = pick(sites, random)
  return ([[<!DOCTYPE html>
<html><head><meta charset="%s">
<title>%s-%s</title>
<style type="text/css">.nav li{float:left} p{text-indent:2em} /* %s */</style>
<script>var t="<p>%s</p>", n=%d; if (n < 3 && n > 1) document.write(t);</script>
</head><body>]]):format(charset or "utf-8", page.escape(title), site, absent(truth, "style" .. random(99999)),
    absent(truth, "脚本里的文字" .. random(99999)), random(9))
end

local function related(random, truth)
  local out = { "<div class=related><h3>相关阅读</h3><ul>" }
  for k = 1, 2 + random(3) do
    local title = others[(random(3) + k * 3) % #others + 1]
    out[#out + 1] = ('<li><a href="/n/%d.html">%s</a>'):format(random(99999), junk(truth, title))
  end
  return table.concat(out, "\n") .. "\n</ul></div>"
end

local function body(paragraphs, random, truth)
  local out = {}
  if random(3) == 1 then
    for k, p in ipairs(paragraphs) do out[k] = "&nbsp;&nbsp;" .. inline(p, random, truth) end
    return table.concat(out, random(2) == 1 and "<br>\n" or "<br />")
  end
  for k, p in ipairs(paragraphs) do out[k] = "<p>" .. inline(p, random, truth) end
  return table.concat(out, random(2) == 1 and "</p>\n" or "\n")
end

function page.html(paragraphs, random, truth, charset)
  local first = paragraphs[1] or ""
  local title = first:sub(1, (utf8.offset(first, 24) or #first + 1) - 1)
  return table.concat({
    head(random, truth, title, charset),
    '<div id="top">' .. navigation(random, truth) .. "</div>",
    ('<div class="crumb">%s</div>'):format(page.escape(junk(truth,
      ("您的位置：首页 > %s > 正文"):format(pick(sections, random))))),
    '<div class="content"><!-- ' .. absent(truth, "content-begin" .. random(9999)) .. " -->",
    body(paragraphs, random, truth),
    "</div>",
    ('<div class="share">%s</div>'):format(junk(truth, pick(shares, random))),
    related(random, truth),
    ('<div id=footer>%s<br>&copy; 2021</div>'):format(junk(truth, footer(random))),
    "</body></html>", "",
  }, "\n")
end

return page
