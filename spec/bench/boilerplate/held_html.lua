-- held_html.lua - HTML pages of the held-out half: other conventions of class
-- names (camelCase, BEM, pinyin, hashes, ids, none), other wordings.
local html = {}

local function body(p, w, n, tag)
  for _ = 1, n do p:tag(tag or "p", "body", w:paragraph()) end
end

local function titles(w, n)
  local t = {}
  for i = 1, n do t[i] = w:title() end
  return t
end

local function score_table(p, w)
  p:enter "table"
  p:enter "tbody"
  local c = p:pick(w.words.columns)
  for k = 0, p.random(3, 5) do
    p:enter "tr"
    for i = 1, 3 do
      p:tag("td", "body", k == 0 and c[i] or i == 1 and w:word "village" or tostring(p.random(5, 2000)))
    end
    p:leave()
  end
  p:leave(2)
end

-- BEM.
function html.bem(p, w)
  local d, title, medium, author = w:date(), w:title(), p:pick { "江南时讯网", "都市早报" }, w:person()
  p:head(title .. "_" .. medium)
  p:enter 'div class="c-topbar"'
  p:links("span", "navigation", { "登录", "注册", "客户端下载", "设为首页" })
  p:leave()
  p:enter 'div class="c-channel__list"'
  p:links("a", "navigation", { "国内", "社会", "文体", "健康", "汽车" })
  p:leave()
  p:enter 'div class="c-article"'
  p:tag('h1 class="c-article__headline"', "title", title)
  p:inline('div class="c-article__byline"', "span", "dateline", d.iso .. " " .. d.clock, "dateline",
      medium, "dateline", "记者 " .. author)
  p:enter 'div class="c-article__body"'
  body(p, w, p.random(3, 5))
  p:leave()
  p:enter 'div class="c-article__share"'
  p:links("span", "share", { "微信扫一扫", "微博", "复制链接" })
  p:leave(2)
  p:enter 'div class="c-recommend__wrap"'
  p:tag('div class="c-recommend__head"', "navigation", "为你推荐")
  p:links("div", "navigation", titles(w, 4))
  p:leave()
  p:enter 'div class="c-footer"'
  p:tag("div", "copyright", "网站简介 | 广告刊例 | 违法和不良信息举报 | 律师声明")
  p:tag("div", "copyright", ("增值电信业务经营许可证 苏B2-%08d"):format(p.random(99999999)))
  p:leave()
  p:foot()
  p.meta.title, p.meta.published, p.meta.source, p.meta.authors = title, d.iso, medium, { author }
end

-- camelCase.
function html.camel(p, w)
  local d, title, office, editor = w:date(), w:title(), w:word "office", w:person()
  p:head(title)
  p:enter 'div id="topNav"'
  p:links("li", "navigation", { "网站首页", "新闻动态", "信息公开", "在线服务", "公众互动" })
  p:leave()
  p:enter 'div class="breadCrumb"'
  p:text("navigation", "您所在的位置：网站首页 > " .. w:word "sections")
  p:leave()
  p:enter 'div class="newsDetail"'
  p:tag('div class="newsTitle"', "title", title)
  p:inline('div class="newsInfo"', "span", "dateline", "发布日期：" .. d.iso, "dateline", "来源：" .. office,
      "counter",
           "阅读：" .. p.random(900) .. "次")
  p:enter 'div class="newsContent"'
  body(p, w, 2)
  score_table(p, w)
  body(p, w, 2)
  p:leave()
  p:tag('div class="newsEditor"', "byline", "编辑：" .. editor)
  p:enter 'div class="prevNext"'
  p:tag("p", "navigation", "上一条：" .. w:title())
  p:tag("p", "navigation", "下一条：" .. w:title())
  p:leave(2)
  p:enter 'div class="friendLink"'
  p:tag("span", "navigation", "友情链接")
  p:links("li", "navigation", { "省教育厅", "市政府门户", "卫健委" })
  p:leave()
  p:enter 'div class="siteBottom"'
  p:tag("p", "copyright", "主管单位：" .. office .. " 运行维护：" .. w.fixed.county .. "信息中心")
  p:tag("p", "copyright", "地址：" .. w.fixed.county .. "行政中心B座 联系电话：025-8" .. p.random(100000, 999999))
  p:leave()
  p:foot()
  p.meta.title, p.meta.published, p.meta.source, p.meta.editors = title, d.iso, office, { editor }
end

-- Class names in pinyin.
function html.pinyin(p, w)
  local d, title, medium, author = w:date(), w:title(), w:word "medium", w:person()
  local tags = w:some("tags", 3)
  p:head(title .. "-" .. medium)
  p:enter 'div class="daohang"'
  p:links("li", "navigation", { "首页", "新闻", "专题", "图库", "爆料" })
  p:leave()
  p:enter 'div class="zw"'
  p:tag('h2 class="bt"', "title", title)
  p:tag('div class="ly"', "dateline", ("时间：%s %s　来源：%s　作者：%s"):format(d.iso, d.clock, medium, author))
  p:enter 'div class="zw_nr"'
  body(p, w, p.random(3, 5))
  p:leave()
  p:tag('div class="gjc"', "keywords", "关键词：" .. table.concat(tags, " "))
  p:tag('div class="fx"', "share", "分享到：微信 QQ空间 新浪微博")
  p:leave()
  p:enter 'div class="xgxw"'
  p:tag("h3", "navigation", "相关新闻")
  p:links("li", "navigation", titles(w, 4))
  p:leave()
  p:enter 'div class="pl"'
  p:tag("h3", "comment", "网友评论仅供其表达个人看法，并不表明本网立场")
  p:tag("p", "comment", "发表评论 请登录后发言")
  p:leave()
  p:enter 'div class="bq"'
  p:tag("p", "copyright", ("版权所有：%s 未经书面授权不得复制或建立镜像"):format(medium))
  p:leave()
  p:foot()
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, medium
  p.meta.authors, p.meta.keywords = { author }, tags
end

-- Names made by a bundler; lists of links are all that shows.
function html.hashed(p, w)
  local d, title, account = w:date(), w:title(), w.fixed.county .. "发布"
  p:head(title)
  p:enter 'div class="css-1q2w3e"'
  p:links("div", "navigation", { "推荐", "热点", "视频", "直播" })
  p:leave()
  p:enter 'div class="css-9k8j7h"'
  p:tag("h1", "title", title)
  p:tag('div class="css-0aa1bb"', "dateline", ("%s %s · %s"):format(d.iso, d.clock, account))
  p:enter 'article class="_2Zphx"'
  body(p, w, p.random(3, 5))
  p:leave()
  p:enter 'div class="css-7u6y5t"'
  p:tag("span", "vote", "点赞 " .. p.random(90))
  p:tag("span", "comment", "评论 " .. p.random(90))
  p:leave(2)
  p:enter 'ul class="css-4r3e2w"'
  p:links("li", "navigation", titles(w, 5))
  p:leave()
  p:enter 'div class="css-5t4r3e"'
  p:tag("p", "copyright", ("© %d 某某科技 京ICP证%06d号 网络文化经营许可证"):format(d.y, p.random(999999)))
  p:leave()
  p:foot()
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, account
end

-- Sections of HTML5; furniture's names on the article's own elements; prose in
-- the comments.
function html.sections(p, w)
  local d, title, medium, author = w:date(), w:title(), w:word "medium", w:person()
  p:head(title .. " – " .. medium)
  p:enter(p:pick { 'div class="social layout"', 'div class="related content"', 'aside',
      'div class="ads wrapper"' })
  p:enter 'section class="story"'
  p:enter "header"
  p:tag("h1", "title", title)
  p:tag('p class="byline"', "dateline", ("作者 %s | %s | %s"):format(author, medium, d.han))
  p:leave()
  body(p, w, p.random(4, 6))
  p:tag("h2", "heading", w.words.heads[4])
  p:enter "ol"
  for _ = 1, 3 do p:tag("li", "body", w:word "work" .. "：" .. w:word "village") end
  p:leave(2)
  p:enter 'section id="comments"'
  p:tag("h2", "comment", ("%d条评论"):format(p.random(2, 9)))
  for _ = 1, 2 do
    p:tag("cite", "comment", p:pick(w.words.nicks))
    p:tag("p", "comment", p:pick(w.words.opinions) .. "。上个月我也去看过一次，现场人很多，组织得井井有条，值得表扬。")
  end
  p:leave(2)
  p:enter "footer"
  p:links(nil, "copyright", { "使用条款", "隐私政策", "联系编辑部" })
  p:leave()
  p:foot()
  p.meta.title, p.meta.published, p.meta.source, p.meta.authors = title, d.iso, medium, { author }
end

-- Old pages with ids, centred tables, an advert and a counter.
function html.old_ids(p, w)
  local d, title, author = w:date(), w:title(), w:person()
  p:head(title)
  p:enter 'table width="778" align="center"'
  p:enter "tr"
  for _, s in ipairs { "本站首页", "学校新闻", "教研动态", "家长学校", "资源下载" } do
    p:raw '<td><a href="#">'
    p:text("navigation", s)
    p:raw "</a></td>"
  end
  p:leave()
  p:raw "<tr><td colspan=5>"
  p:tag("h3", "title", title)
  p:raw "</td></tr><tr><td colspan=5>"
  p:text("dateline", ("作者：%s 文章来源：本站原创 更新时间：%s "):format(author, d.slash))
  p:text("counter", ("点击数：%d"):format(p.random(999)))
  p:raw "</td></tr>\n<tr><td colspan=5 id=MyContent>"
  for _ = 1, p.random(3, 5) do
    p:raw "　　"
    p:text("body", w:paragraph())
    p:raw "<BR>\n"
  end
  p:raw "</td></tr>\n<tr><td>\n"
  score_table(p, w)
  p:raw "</td></tr>\n<tr><td colspan=5>"
  p:text("navigation", "【发表评论】【告诉好友】【打印此文】【收藏此文】【关闭窗口】")
  p:raw "</td></tr>\n"
  for _, lead in ipairs { "上一篇文章：", "下一篇文章：" } do
    p:raw "<tr><td colspan=5>"
    p:text("navigation", lead .. w:title())
    p:raw "</td></tr>\n"
  end
  p:raw "<tr><td colspan=5>"
  p:text("copyright", "Copyright 2008 All Rights Reserved 站长：" .. w:person() .. " 电子邮箱：web@example.com")
  p:raw "</td></tr>\n"
  p:foot()
  p.meta.title, p.meta.published, p.meta.authors = title, d.iso, { author }
end

-- Nothing but divs, by another hand: links below, notices above.
function html.divs(p, w)
  local d, title, medium = w:date(), w:title(), p:pick { "海岸周刊", "科普时报" }
  p:head(title)
  p:enter "div"
  p:links("div", "navigation", { "网站首页", "最新资讯", "城市生活", "投稿须知" })
  p:leave()
  p:enter "div"
  p:tag("div", "title", title)
  p:tag("div", "dateline", ("来源：%s　　%s"):format(medium, d.han))
  body(p, w, p.random(3, 5), "div")
  p:tag("div", "navigation", "推荐阅读：")
  p:links("div", "navigation", titles(w, 3))
  body(p, w, 2, "div")
  p:leave()
  p:enter "div"
  p:tag("div", "copyright", "声明：转载此文是出于传递更多信息之目的，若有来源标注错误或侵犯了您的合法权益，请与本网联系，我们将及时更正、删除。")
  p:leave()
  p:foot()
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, medium
end

-- A board: heads of the answers, signatures.
function html.board(p, w)
  local d, title, nick = w:date(), w:title(), w:word "nicks"
  p:head(title .. "_城市论坛")
  p:enter 'div class="topicPath"'
  p:links(nil, "navigation", { "首页", "论坛", "城市话题" })
  p:leave()
  p:enter 'div class="topic"'
  p:tag("h1", "title", title)
  p:inline('div class="topic-author"', "span", "dateline", "发帖人：" .. nick, "dateline",
      "发表时间：" .. d.iso .. " " .. d.clock)
  p:enter 'div class="topic-text"'
  body(p, w, 3)
  p:leave(2)
  for k = 1, p.random(2, 4) do
    p:enter 'div class="replyItem"'
    p:tag('div class="replyHead"', "comment", ("第%d楼 %s 回复于 %s %s"):format(k,
        p:pick(w.words.nicks) .. "x", d.iso, d.clock))
    p:tag('div class="replyText"', "body", p:pick(w.words.opinions))
    p:leave()
  end
  p:enter 'div class="pageBar"'
  p:links(nil, "navigation", { "首页", "上一页", "1", "2", "3", "下一页", "末页" })
  p:leave()
  p:foot()
  p.meta.title, p.meta.published, p.meta.authors = title, d.iso, { nick }
end

-- Traditional characters, camelCase, adverts.
function html.traditional(p, w)
  local d, title, medium, author = w:date(), w:title(), p:pick { "海岸周刊", "都市早报" }, w:person()
  p:head(title .. "｜" .. medium)
  p:enter 'nav class="globalMenu"'
  p:links("li", "navigation", { "主頁", "本地", "體育", "副刊", "論壇" })
  p:leave()
  p:enter 'article class="articleBox"'
  p:tag("h1", "title", title)
  p:inline('div class="articleInfo"', "span", "dateline", "更新時間：" .. d.iso .. " " .. d.clock,
      "dateline", "撰文：" .. author)
  body(p, w, 2)
  p:enter 'div class="inlineAd"'
  p:tag("p", "advert", "廣告（請繼續閱讀本文）")
  p:leave()
  body(p, w, 2)
  p:leave()
  p:enter 'ul class="hotList"'
  p:tag("li", "navigation", "熱門新聞")
  p:links("li", "navigation", titles(w, 4))
  p:leave()
  p:enter 'div class="siteFooter"'
  p:tag("p", "copyright", "關於我們　廣告查詢　私隱政策聲明")
  p:tag("p", "copyright", ("%s版權所有，不得轉載"):format(medium))
  p:leave()
  p:foot()
  p.meta.title, p.meta.published, p.meta.authors = title, d.iso, { author }
end

-- Several reports, each under an <h3>.
function html.briefs(p, w)
  local d, title = w:date(), w.fixed.county .. "各区动态（" .. p.random(10, 60) .. "期）"
  local medium = "江南时讯网"
  p:head(title)
  p:enter 'div class="wz"'
  p:tag("h1", "title", title)
  p:tag("div", "dateline", d.iso .. " 来源：" .. medium)
  local names, n = { "临浦区", "荷塘区", "松岗街道", "新屏区" }, p.random(3, 4)
  for k = 1, n do
    p:tag("h3", "heading", names[k] .. "：" .. p:pick { "文化惠民进社区", "书香满校园", "义诊服务暖人心" })
    w.fixed.town = names[k]
    body(p, w, p.random(1, 2))
  end
  p:leave()
  p:enter 'div class="dibu"'
  p:tag("p", "copyright", ("苏ICP备%08d号 苏公网安备%014d号"):format(p.random(9999999), p.random(9999999)))
  p:leave()
  p:foot()
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, medium
  p.meta.articles = n + 1
end

return html
