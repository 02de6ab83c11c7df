-- dev_html.lua - HTML pages of the development half, one family a content
-- system: what classes are called, and where things stand.
local html = {}

local function body(p, w, n, tag)
  for _ = 1, n do p:tag(tag or "p", "body", w:paragraph()) end
end

local function titles(w, n)
  local t = {}
  for i = 1, n do t[i] = w:title() end
  return t
end

local function data_table(p, w)
  p:enter 'table border="1"'
  local c = p:pick(w.words.columns)
  p:enter "tr"
  for _, s in ipairs(c) do p:tag("th", "body", s) end
  p:leave()
  for _ = 1, p.random(3, 5) do
    p:enter "tr"
    p:tag("td", "body", w:word "village")
    p:tag("td", "body", tostring(p.random(20, 999)))
    p:tag("td", "body", tostring(p.random(1000, 9999)))
    p:leave()
  end
  p:leave()
end

-- Classes in English, HTML 4.
function html.government(p, w)
  local d, title, office = w:date(), w:title(), w:word "office"
  local site = w.fixed.county .. "人民政府"
  p:head(title .. "_" .. site)
  p:enter 'div class="header"'
  p:enter 'ul class="nav"'
  p:links("li", "navigation", { "首页", "政务公开", "办事服务", "互动交流", "走进" .. w.fixed.county })
  p:leave(2)
  p:enter 'div class="position"'
  p:text("navigation", "当前位置：")
  p:links(nil, "navigation", { "首页", w:word "sections" })
  p:leave()
  p:enter 'div class="main"'
  p:tag("h1", "title", title)
  p:inline('div class="info"', "span", "dateline", "发布时间：" .. d.iso, "dateline", "来源：" .. office,
           "counter", "浏览次数：" .. p.random(999), "navigation", "字体：[大 中 小]")
  p:enter 'div id="zoom"'
  body(p, w, p.random(3, 5))
  if p:chance(50) then data_table(p, w) end
  p:leave(2)
  p:enter 'div class="tools"'
  p:links(nil, "navigation", { "打印本页", "关闭窗口" })
  p:leave()
  p:enter 'div class="footer"'
  p:tag("p", "copyright", "主办单位：" .. site .. "办公室")
  p:tag("p", "copyright", "地址：" .. w.fixed.county .. "建设路1号 邮编：035000 值班电话：0350-2" .. p.random(100000,
      999999))
  p:tag("p", "copyright", ("备案号：晋ICP备%08d号"):format(p.random(99999999)))
  p:leave()
  p:foot()
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, office
end

-- HTML5 with roles, related links inside the body, comments below.
function html.news5(p, w)
  local d, title, medium = w:date(), w:title(), w:word "medium"
  local author, editor, tags = w:person(), w:person(), w:some("tags", 3)
  p:head(title .. " - " .. medium, ('<meta name="keywords" content="%s">\n'):format(table.concat(tags,
      ",")))
  p:enter "header"
  p:enter "nav"
  p:links("li", "navigation", { "首页", "要闻", "县区", "视频", "专题" })
  p:leave(2)
  p:enter "main"
  p:enter "article"
  p:tag("h1", "title", title)
  p:inline('p class="article-meta"', "span", "dateline", d.iso .. " " .. d.clock, "dateline",
      "来源：" .. medium,
           "dateline", "作者：" .. author)
  body(p, w, 2)
  p:enter 'div class="related-inline"'
  p:tag("strong", "navigation", "相关阅读")
  p:links("li", "navigation", titles(w, 2))
  p:leave()
  p:enter "figure"
  p:raw '<img src="a.jpg">'
  p:tag("figcaption", "caption", "图为" .. w:word "helper" .. "在" .. w:word "field" .. "查看情况。")
  p:leave()
  body(p, w, 2)
  p:tag('p class="editor"', "byline", "责任编辑：" .. editor)
  p:leave()
  p:enter 'div class="share-bar"'
  p:text("share", "分享到：")
  p:links(nil, "share", { "微信", "微博", "QQ空间" })
  p:leave()
  p:enter 'section class="comments"'
  p:tag("h3", "comment", "网友评论")
  for _ = 1, p.random(2, 4) do
    p:enter 'div class="comment-item"'
    p:tag('span class="user"', "comment", p:pick(w.words.nicks))
    p:tag("p", "comment", p:pick(w.words.opinions) .. p:pick { "", "这件事我也有同感，希望有关部门能够尽快落实，不要再拖下去了。" })
    p:leave()
  end
  p:leave(2)
  p:enter 'aside class="sidebar"'
  p:tag("h3", "navigation", "热门新闻")
  p:links("li", "navigation", titles(w, 4))
  p:leave()
  p:enter "footer"
  p:tag("p", "copyright", ("© %d %s 版权所有，未经书面授权禁止使用。本网站所刊载的全部内容均受法律保护。"):format(d.y, medium))
  p:leave()
  p:foot()
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, medium
  p.meta.authors, p.meta.editors, p.meta.keywords = { author }, { editor }, tags
end

-- Laid out by tables, no class names, fonts and centres.
function html.old_table(p, w)
  local d, title = w:date(), w:title()
  p:head(title)
  p:enter 'table width="960" border="0"'
  p:raw "<tr><td>"
  p:links(nil, "navigation", { "首页", "新闻", "公告", "论坛", "留言" })
  p:raw "</td></tr>\n<tr><td align=\"center\">"
  p:tag("font size=5", "title", title)
  p:raw "</td></tr>\n<tr><td align=\"center\">"
  p:text("dateline", ("发布日期：%s 来源：%s "):format(d.slash, w.fixed.town .. "党政办"))
  p:text("counter", ("点击：%d"):format(p.random(900)))
  p:raw "</td></tr>\n<tr><td>"
  for _ = 1, p.random(3, 5) do
    p:raw "&nbsp;&nbsp;&nbsp;&nbsp;"
    p:text("body", w:paragraph())
    p:raw "<br>\n"
  end
  p:raw "</td></tr>\n"
  if p:chance(60) then
    p:raw "<tr><td>\n"
    data_table(p, w)
    p:raw "</td></tr>\n"
  end
  p:raw "<tr><td align=right>"
  p:text("navigation", "【打印】【关闭】")
  p:raw "</td></tr>\n"
  for _ = 1, 2 do
    p:raw "<tr><td>"
    p:text("navigation", p:pick { "上一条：", "下一条：" } .. w:title())
    p:raw "</td></tr>\n"
  end
  p:raw "<tr><td align=center bgcolor=#eeeeee>"
  p:text("copyright", ("版权所有 %s人民政府 地址：人民路8号 技术支持：县信息中心"):format(w.fixed.town))
  p:raw "</td></tr>\n"
  p:foot()
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, w.fixed.town .. "党政办"
end

-- divs without class names at all.
function html.bare(p, w)
  local d, title, editor = w:date(), w:title(), w:person()
  p:head(title)
  p:enter "div"
  p:links("div", "navigation", { "首页", "新闻中心", "通知公告", "联系我们" })
  p:leave()
  p:enter "div"
  p:tag("h2", "title", title)
  p:tag("div", "dateline", ("时间：%s 来源：%s 编辑：%s"):format(d.iso, w:word "medium", editor))
  p.meta.source = nil
  body(p, w, p.random(3, 5), "div")
  p:leave()
  p:enter "div"
  p:tag("div", "navigation", "猜你喜欢")
  p:links("div", "navigation", titles(w, 4))
  p:leave()
  p:enter "div"
  p:tag("div", "copyright", "本站部分内容转载自网络，如有侵权请联系我们删除。")
  p:leave()
  p:foot()
  local s = table.concat(p.out):match "来源：(.-) 编辑"
  p.meta.title, p.meta.published, p.meta.source, p.meta.editors = title, d.iso, s, { editor }
end

-- The whole page stands in a form, as some systems write it; class names of
-- furniture on what holds the article.
function html.form_page(p, w)
  local d, title, office = w:date(), w:title(), w:word "office"
  p:head(title .. "-" .. w.fixed.county .. "人民政府网")
  p:enter 'form id="form1" method="post"'
  p:enter(p:pick { 'div class="hot banner"', 'div class="share"', 'div class="comment main"',
      'div id="sidebar"' })
  p:enter 'ul class="menu"'
  p:links("li", "navigation", { "首页", "政策文件", "工作动态", "专题专栏" })
  p:leave()
  p:tag("h1", "title", title)
  p:tag('div class="date"', "dateline", ("发布日期：%s　信息来源：%s"):format(d.iso, office))
  body(p, w, 2)
  p:tag("p", "body", w.words.heads[1] .. "、" .. w.words.heads[2])
  p:enter "ul"
  for _ = 1, 3 do p:tag("li", "body", w:word "village" .. "：" .. w:word "work") end
  p:leave()
  body(p, w, 2)
  p:tag('div class="copyright"', "copyright", w.fixed.county .. "人民政府办公室主办")
  p:foot()
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, office
end

-- A blog in English classes, tags, previous and next.
function html.blog(p, w)
  local d, title, author, tags = w:date(), w:title(), w:person(), w:some("tags", 3)
  p:head(title .. " | 乡村笔记")
  p:enter 'div class="site-header"'
  p:tag('div class="site-title"', "navigation", "乡村笔记")
  p:enter 'ul class="main-navigation"'
  p:links("li", "navigation", { "首页", "随笔", "关于我" })
  p:leave(2)
  p:enter 'div class="post"'
  p:tag('h1 class="entry-title"', "title", title)
  p:inline('div class="entry-meta"', "span", "dateline", "作者：" .. author, "dateline", d.han)
  p:enter 'div class="entry-content"'
  body(p, w, 2)
  p:tag("h2", "heading", w.words.heads[3])
  body(p, w, 2)
  p:tag("blockquote", "body", w:sentence())
  p:leave()
  p:enter 'div class="post-tags"'
  p:text("keywords", "标签：" .. table.concat(tags, "、"))
  p:leave()
  p:enter 'div class="post-navigation pager"'
  p:links(nil, "navigation", { "上一篇：" .. w:title(), "下一篇：" .. w:title() })
  p:leave(2)
  p:enter 'div class="widget related"'
  p:tag("h3", "navigation", "最新文章")
  p:links("li", "navigation", titles(w, 3))
  p:leave()
  p:enter 'div id="footer"'
  p:tag("span", "copyright", "Powered by WordPress")
  p:leave()
  p:foot()
  p.meta.title, p.meta.published, p.meta.authors, p.meta.keywords = title, d.iso, { author }, tags
end

-- A forum: posts in boxes, their heads are furniture.
function html.forum(p, w)
  local d, title, nick = w:date(), w:title(), w:word "nicks"
  p:head(title .. " - 乡村论坛")
  p:enter 'div id="nv"'
  p:links("li", "navigation", { "论坛", "门户", "家园", "排行榜" })
  p:leave()
  p:enter 'div id="postlist"'
  p:tag('h1 class="ts"', "title", title)
  p:tag('div class="hm"', "counter", ("查看: %d | 回复: %d"):format(p.random(3000), p.random(50)))
  p:enter 'div class="plc"'
  p:tag('div class="authi"', "dateline", ("楼主 %s 发表于 %s %s"):format(nick, d.iso, d.clock))
  p:enter 'div class="t_f"'
  body(p, w, 3, "div")
  p:leave(2)
  for k = 2, p.random(3, 5) do
    p:enter 'div class="plc"'
    p:tag('div class="authi"', "comment", ("%d楼 %s 发表于 %s %s"):format(k, p:pick(w.words.nicks) .. "a",
        d.iso, d.clock))
    p:tag('div class="t_f"', "body", p:pick(w.words.opinions))
    p:inline('div class="pob"', "a", "comment", "回复", "comment", "举报")
    p:leave()
  end
  p:leave()
  p:enter 'div id="ft"'
  p:tag("p", "copyright", "Powered by Discuz! © 2001-2017 Comsenz Inc.")
  p:leave()
  p:foot()
  p.meta.title, p.meta.published, p.meta.authors = title, d.iso, { nick }
end

-- Traditional characters; adverts between paragraphs.
function html.traditional(p, w)
  local d, title, medium, author = w:date(), w:title(), w:word "medium", w:person()
  p:head(title .. " | " .. medium)
  p:enter 'div class="menu"'
  p:links(nil, "navigation", { "首頁", "即時新聞", "地方", "生活", "影音" })
  p:leave()
  p:enter 'div class="content"'
  p:tag('h1 class="headline"', "title", title)
  p:tag('div class="time"', "dateline", ("%s %s"):format(d.iso, d.clock))
  p:tag('p class="reporter"', "byline", ("記者%s／%s報導"):format(author, w.fixed.county))
  body(p, w, 2)
  p:tag('div class="ad"', "advert", "請繼續往下閱讀")
  body(p, w, 2)
  p:enter 'div class="social"'
  p:links(nil, "share", { "分享", "LINE", "Facebook" })
  p:leave()
  p:enter 'div class="recommend"'
  p:tag("h4", "navigation", "延伸閱讀")
  p:links("li", "navigation", titles(w, 3))
  p:leave(2)
  p:enter 'div class="footer"'
  p:tag("p", "copyright", medium .. "版權所有，未經授權，請勿轉載")
  p:leave()
  p:foot()
  p.meta.title, p.meta.published, p.meta.authors = title, d.iso, { author }
end

-- WeChat's article page.
function html.wechat(p, w)
  local d, title, account, author = w:date(), w:title(), w.fixed.town .. "之声", w:person()
  p:head(title)
  p:enter 'div class="rich_media"'
  p:tag('h1 class="rich_media_title"', "title", title)
  p:inline('div class="rich_media_meta_list"', "span", "dateline", "原创", "dateline", author, "dateline",
      account, "dateline",
           d.iso)
  p:enter 'div class="rich_media_content" id="js_content"'
  p:tag("section", "advert", "点击上方蓝字关注我们")
  for k = 1, 3 do
    p:tag("section", "heading", w.words.heads[k])
    body(p, w, 1, "section")
  end
  p:tag("section", "byline", "来源：" .. account)
  p:tag("section", "advert", "长按识别二维码关注我们")
  p:leave(2)
  p:enter 'div class="rich_media_tool"'
  p:tag("div", "counter", "阅读 " .. p.random(9000))
  p:tag("div", "counter", "在看 " .. p.random(80))
  p:leave()
  p:enter 'div class="qr_code"'
  p:tag("p", "advert", "微信扫一扫关注该公众号")
  p:foot()
  p.meta.title, p.meta.published, p.meta.source, p.meta.authors = title, d.iso, account, { author }
end

-- Two or more reports on one page.
function html.roundup(p, w)
  local d, title = w:date(), w.fixed.county .. "乡镇简讯"
  p:head(title)
  p:enter 'div class="crumbs"'
  p:links(nil, "navigation", { "首页", "新闻中心", "简讯" })
  p:leave()
  p:enter 'div class="article"'
  p:tag("h1", "title", title)
  p:tag('p class="source"', "dateline", "来源：" .. w.fixed.county .. "融媒体中心 " .. d.iso)
  local n = p.random(2, 4)
  local list = { "柳河镇", "双桥乡", "青坪镇", "东沟镇", "石泉乡" }
  for k = 1, n do
    p:tag(p:pick { "h2", "h2", "p" }, "heading", list[k] .. "：" .. p:pick { "党员先锋在行动", "抢收抢种两不误",
        "文明新风进万家" })
    w.fixed.town = list[k]
    body(p, w, 2)
  end
  p:leave()
  p:tag('div class="foot"', "copyright", "关于我们 | 法律声明 | 联系方式")
  p:foot()
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, w.fixed.county .. "融媒体中心"
  p.meta.articles = n + 1
end

return html
