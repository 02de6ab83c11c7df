-- dev_html_more.lua - more HTML pages of the development half: text in lists
-- and links, sidebars before the article, comments of whole sentences, footers
-- of many lines.
local html = {}

local function body(p, w, n, tag)
  for _ = 1, n do p:tag(tag or "p", "body", w:paragraph()) end
end

local function titles(w, n)
  local t = {}
  for i = 1, n do t[i] = w:title() end
  return t
end

-- A column of links at the left, in a table; the text beside it.
function html.left_column(p, w)
  local d, title, office = w:date(), w:title(), w:word "office"
  p:head(title)
  p:enter "table"
  p:enter "tr"
  p:enter 'td width="200" valign="top"'
  for _, s in ipairs { "机构简介", "工作职责", "领导分工", "下属单位", "办事指南" } do
    p:links("div", "navigation", { s })
  end
  p:leave()
  p:enter 'td valign="top"'
  p:tag("h2", "title", title)
  p:tag("p", "dateline", ("来源：%s 日期：%s"):format(office, d.iso))
  body(p, w, p.random(3, 4))
  p:enter "ul"
  for _ = 1, 3 do p:tag("li", "body", w:word "village" .. "种植" .. w:word "crop" .. p.random(20,
      900) .. "亩") end
  p:leave()
  body(p, w, 1)
  p:leave(2)
  p:enter "tr"
  p:tag("td colspan=2", "copyright", office .. "主办 电话：0350-" .. p.random(2000000, 9999999) .. " 邮编：034000")
  p:leave(2)
  p:foot()
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, office
end

-- Attachments as links, links inside paragraphs.
function html.attachments(p, w)
  local d, title = w:date(), w:title()
  p:head(title)
  p:enter 'div class="top"'
  p:links("li", "navigation", { "首页", "信息公开", "网上办事" })
  p:leave()
  p:tag("h1", "title", title)
  p:inline('div class="pubtime"', "span", "dateline", "发布时间：" .. d.iso, "counter", "访问量：" .. p.random(999))
  for _ = 1, 3 do
    p:raw "<p>"
    p:text("body", w:sentence())
    p:raw '<a href="/x">'
    p:text("body", w:word "village")
    p:raw "</a>"
    p:text("body", w:sentence())
    p:raw "</p>\n"
  end
  p:links("p", "body", { "附件1：" .. w.fixed.town .. "申报表.doc", "附件2：任务分解表.xls", "附件3：联系人名单.pdf" })
  p:enter 'div class="share bdsharebuttonbox"'
  p:links(nil, "share", { "分享到", "微信", "微博" })
  p:leave()
  p:enter 'div class="foot"'
  p:links(nil, "copyright", { "网站地图", "联系我们", "隐私声明" })
  p:tag("p", "copyright", "建议使用IE9以上浏览器，1366*768以上分辨率访问本网站")
  p:leave()
  p:foot()
  p.meta.title, p.meta.published = title, d.iso
end

-- Comments in whole sentences, in boxes without telling names.
function html.talk(p, w)
  local d, title, medium, author = w:date(), w:title(), p:pick { "北原日报", "临江晚报" }, w:person()
  p:head(title .. "_" .. medium)
  p:enter 'div class="wrap"'
  p:tag("h1", "title", title)
  p:inline('div class="subinfo"', "span", "dateline", d.iso .. " " .. d.clock, "dateline", medium,
      "dateline", author)
  body(p, w, 5)
  p:leave()
  p:enter 'div class="box2"'
  p:tag("h3", "comment", "评论(3)")
  for _ = 1, 3 do
    p:tag('div class="n"', "comment", ("%s %d小时前"):format(p:pick(w.words.nicks), p.random(2, 20)))
    p:tag('div class="t"', "comment", p:pick(w.words.opinions) .. "。我们村去年也是这样，多亏了大家一起想办法。")
  end
  p:leave()
  p:foot()
  p.meta.title, p.meta.published, p.meta.source, p.meta.authors = title, d.iso, medium, { author }
end

-- No h1, no dateline; cards of links between paragraphs; a long footer.
function html.cards(p, w)
  local title = w:title()
  p:head(title .. " - " .. w.fixed.county .. "在线")
  p:enter 'div class="g-hd"'
  p:links("div", "navigation", { "要闻", "民生", "乡村", "理论", "专栏", "图集" })
  p:leave()
  p:tag('div class="tit"', "title", title)
  body(p, w, 2)
  p:enter 'div class="card"'
  p:links("p", "navigation", titles(w, 3))
  p:leave()
  body(p, w, 2)
  p:enter 'div class="g-ft"'
  p:tag("div", "copyright", w.fixed.county .. "在线 主管：" .. w.fixed.county .. "宣传部")
  p:tag("div", "copyright", ("互联网新闻信息服务许可证：141%08d"):format(p.random(9999999)))
  p:tag("div", "copyright", "违法和不良信息举报电话：0350-12377")
  p:tag("div", "copyright", "未经授权，任何单位及个人不得转载、摘编")
  p:foot()
  p.meta.title = title
end

-- Short lines only: a poem, a programme; named like furniture.
function html.short_lines(p, w)
  local title, author = w.fixed.town .. "的春天", w:person()
  p:head(title)
  p:enter 'div class="nav"'
  p:links("a", "navigation", { "首页", "诗歌", "散文" })
  p:leave()
  p:enter 'div class="hot-content"'
  p:tag("h1", "title", title)
  p:tag("p", "byline", "作者：" .. author)
  for _ = 1, p.random(8, 14) do
    p:tag("p", "body", p:pick { "溪水从石缝里流出来", "炊烟升起的时候", "我又回到了村口", "老槐树下坐着两个人", "谁家的犬吠声",
      "把整个黄昏叫醒", "麦子青了又黄", "母亲在门前张望", "一条路通向远方", "布谷鸟叫了第三遍" } .. p:pick { "", "，", "。" })
  end
  p:leave()
  p:enter 'div class="footer"'
  p:tag("p", "copyright", "原创文学网 版权所有")
  p:leave()
  p:foot()
  p.meta.title, p.meta.authors = title, { author }
end

return html
