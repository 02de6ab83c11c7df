-- dev_flat.lua - flattened pages of the development half: what is left when a
-- page of some content system has been saved as lines. Each family is
-- function(p, w): p a page (page.lua), w its prose (prose.lua).
local flat = {}

local function body(p, w, n, kind)
  for _ = 1, n do p:line("body", w:paragraph(kind)) end
end

local function others(p, w, n, lead)
  for i = 1, n do p:line("navigation", (lead or "") .. w:title() .. (p:chance(30)
      and (" %02d-%02d"):format(i, i * 3) or "")) end
end

local function rows(p, w, apart)
  local c = p:pick(w.words.columns)
  local cells = { c }
  for _ = 1, p.random(3, 6) do
    cells[#cells + 1] = { w:word "village", tostring(p.random(20, 999)), ("%d"):format(p.random(1000,
        9999)) }
  end
  for _, r in ipairs(cells) do
    if apart then p:lines("body", r) else p:line("body", table.concat(r, "  ")) end
  end
end

-- A government's portal: trail, index of the document, tools, footer.
function flat.government(p, w)
  local d, title = w:date(), w:title()
  local office, section = w:word "office", w:word "sections"
  local site = w.fixed.county .. "人民政府"
  p:line("navigation", site)
  p:line("navigation", "网站首页 走进" .. w.fixed.county:sub(1, 6) .. " 政务公开 办事服务 互动交流")
  p:line("navigation", "当前位置：首页 > 政务公开 > " .. section)
  p:line("title", title)
  if p:chance(50) then
    p:parts("dateline", ("发布时间：%s 来源：%s "):format(d.iso, office), "counter",
        ("浏览次数：%d"):format(p.random(999)))
  else
    p:parts("dateline", ("日期：%s  信息来源：%s  "):format(d.han, office), "navigation", "字体：【大 中 小】")
  end
  body(p, w, p.random(1, 2))
  for k, h in ipairs { "一、", "二、", "三、" } do
    p:line("heading", h .. w.words.heads[k])
    body(p, w, 1)
  end
  if p:chance(40) then rows(p, w, p:chance(50)) end
  p:line("navigation", p:pick { "【打印本页】 【关闭窗口】", "打印 关闭", "[打印] [关闭]" })
  p:line("navigation", "上一篇：" .. w:title())
  p:line("navigation", "下一篇：" .. p:pick { w:title(), "没有了" })
  p:line("copyright", ("主办：%s 承办：%s办公室"):format(site, site))
  p:line("copyright", ("版权所有：%s 晋ICP备%08d号"):format(site, p.random(99999999)))
  if p:chance(50) then p:line("copyright", ("网站标识码：%010d 晋公网安备%014d号"):format(p.random(99999999),
      p.random(99999999))) end
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, office
end

-- A county's news site: menu in one line, dateline with everything, votes.
function flat.county_news(p, w)
  local d, title, medium = w:date(), w:title(), w:word "medium"
  local author, editor = w:person(), w:person()
  p:line("navigation", "首页 新闻 时政 视频 图片 专题 评论")
  p:line("navigation", "您现在的位置： 首页 > " .. w:word "sections" .. " > 正文")
  p:line("title", title)
  p:parts("dateline", ("%s %s 来源：%s 作者：%s "):format(d.iso, d.clock, medium, author), "counter",
      ("点击：%d次"):format(p.random(2000)))
  body(p, w, p.random(2, 4))
  if p:chance(60) then
    p:line("file", p:pick { "IMG_2031.jpg", "微信图片_20200301.png", "DSC0042.JPG", "image.png" })
    p:line("caption", "图为" .. w:word "helper" .. "在" .. w:word "field" .. "忙碌。")
    body(p, w, 1)
  end
  p:line("byline", "责任编辑：" .. editor)
  if p:chance(60) then
    p:line("vote", p:pick { "您看完此新闻的心情是", "看完这篇文章您的感受是", "请您对本文作出评价", "您对本篇文章满意吗？" })
    local words = p:pick { { "支持", "高兴", "感动", "愤怒", "无聊" }, { "非常满意", "满意", "一般", "不满意" }, { "有用", "没用" } }
    for _, v in ipairs(words) do p:line("vote", p:pick { v, v, ("%s %d票"):format(v, p.random(90)) }) end
  end
  p:line("share", p:pick { "分享到：", "分享到： 微信 微博 QQ空间", "一键分享" })
  p:line("navigation", "相关新闻")
  others(p, w, p.random(2, 5))
  p:line("copyright", "版权声明：凡本网注明“来源：" .. medium .. "”的作品，未经授权不得转载，违者将追究法律责任。")
  p:line("copyright", "关于我们 | 联系我们 | 广告服务 | 网站地图")
  p:line("copyright", ("Copyright © %d %s All Rights Reserved"):format(d.y, medium))
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, medium
  p.meta.authors, p.meta.editors = { author }, { editor }
end

-- WeChat, reposted as text.
function flat.wechat(p, w)
  local d, title, account = w:date(), w:title(), w.fixed.town:gsub("镇$", "") .. "发布"
  local author, editor = w:person(), w:person()
  p:line("title", title)
  if p:chance(50) then
    local named = p:chance(60)
    p:line("dateline", ("原创 %s%s %s %s"):format(named and author .. " " or "", account, d.iso, d.clock))
    p.meta.authors = named and { author } or {}
  else
    p:line("dateline", ("%s %s"):format(account, d.han))
  end
  p:line("advert", p:pick { "点击上方蓝字关注我们", "点击蓝字，关注我们", "↑点击上方“" .. account .. "”关注我们" })
  body(p, w, 1)
  for k = 1, p.random(2, 3) do
    p:line("heading", ("%02d"):format(k))
    p:line("heading", w.words.heads[k])
    body(p, w, 1)
    p:line("file", "图片")
    if p:chance(40) then p:line("caption", "▲" .. w:word "village" .. w:word "work" .. "现场") end
  end
  p:line("byline", ("编辑：%s"):format(editor))
  p.meta.editors = { editor }
  p:line("advert", p:pick { "长按二维码关注", "扫描二维码，关注我们", "长按识别二维码，获取更多资讯" })
  p:line("navigation", "阅读原文")
  p:line("counter", ("阅读 %d"):format(p.random(9000)))
  p:lines("counter", { "赞 " .. p.random(90), "在看 " .. p.random(40) })
  if p:chance(50) then p:line("comment", "写留言") end
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, account -- who publishes is the source
end

-- A forum's thread: the replies' heads are furniture, what they say is not.
function flat.forum(p, w)
  local d, title, nick = w:date(), w:title(), w:word "nicks"
  p:line("navigation", p:pick { "论坛首页 > 乡村大家谈 > 浏览帖子", "版块 > 乡村大家谈 > 帖子", "交流 » 灌水区 » 看帖" })
  p:line("title", "主题：" .. title)
  p:parts("dateline", ("楼主：%s 时间：%s %s "):format(nick, d.iso, d.clock), "counter",
      ("点击：%d 回复：%d"):format(p.random(5000), p.random(90)))
  body(p, w, p.random(2, 4))
  for k = 1, p.random(2, 5) do
    local e = p:pick(w.words.nicks)
    if e == nick then e = e .. "2" end
    local form = p.random(3)
    if form == 1 then p:line("comment", ("%d楼 作者：%s 时间：%s"):format(k, e, d.iso))
    elseif form == 2 then p:line("comment", ("%d楼 %s 发表于 %s %s"):format(k, e, d.iso, d.clock))
    else p:line("comment", ("作者：%s 日期：%s %s"):format(e, d.iso, d.clock)) end
    p:line("body", p:pick(w.words.opinions))
    if p:chance(30) then p:line("comment", "回复 引用 举报") end
  end
  p:line("navigation", "返回列表 上一页 下一页")
  p:line("copyright", ("Powered by Discuz! X3.4 © 2001-%d Comsenz Inc."):format(d.y))
  p.meta.title, p.meta.published, p.meta.authors = title, d.iso, { nick }
end

-- A newspaper's site in traditional characters (the page converts).
function flat.traditional(p, w)
  local d, title, medium = w:date(), w:title(), w:word "medium"
  local author = w:person()
  p:line("navigation", "首頁 > 地方新聞 > 正文")
  p:line("title", title)
  p:line("dateline", ("%s %s 來源：%s"):format(d.iso, d.clock, medium))
  p:text("byline", ("（記者%s／%s報導）"):format(author, w.fixed.county))
  p:line("body", w:paragraph())
  body(p, w, p.random(1, 3))
  p:line("vote", "您看完此新聞的心情是")
  p:lines("vote", { "• 高興", "• 感動", "• 無聊" })
  p:line("navigation", "延伸閱讀")
  others(p, w, 3)
  p:line("share", "分享：Facebook LINE")
  p:line("copyright", "版權聲明：本網站內容未經授權，不得轉載。")
  p.meta.title, p.meta.published, p.meta.source, p.meta.authors = title, d.iso, medium, { author }
end

-- Tables laid out by tables: every cell on a line, labels apart from values.
function flat.old_table(p, w)
  local d, title = w:date(), w:title()
  local office = w:word "office"
  p:lines("navigation", { "首页", "机构设置", "新闻动态", "政策法规", "联系我们" })
  p:line("title", title)
  p:line("dateline", ("作者：%s    发布日期：%s"):format(office, d.slash))
  body(p, w, 2)
  rows(p, w, true)
  body(p, w, 1)
  p:line("navigation", "【字体：小 大】【收藏】【打印】【关闭】")
  p:line("counter", ("已有%d人阅读"):format(p.random(900)))
  p:line("copyright", "技术支持：" .. w.fixed.county .. "信息中心 电话：0350-" .. p.random(1000000, 9999999))
  p:line("copyright", ("您是第 %d 位访问者"):format(p.random(99999)))
  p.meta.title, p.meta.published = title, d.iso
  p.meta.authors = { office }
end

-- Several townships report under one title.
function flat.roundup(p, w)
  local d, medium = w:date(), w:word "medium"
  local general, n = p:chance(50), p.random(2, 4)
  local authors = w:persons(2)
  if general then
    p.meta.title = w.fixed.county .. "各乡镇" .. w:word "work" .. "一线见闻"
    p:line("title", p.meta.title)
    p:line("dateline", ("%s 来源：%s"):format(d.iso, medium))
    p.meta.published, p.meta.source = d.iso, medium
  end
  local seen = {}
  for k = 1, n do
    local town
    repeat town = w.words.town(w) until not seen[town]
    seen[town] = true
    local title = town .. p:pick { "：", "：" } .. p:pick { "党员带头冲在前", "抢抓农时备春耕", "便民服务到家门", "环境整治换新颜",
        "产业兴旺促增收" }
    if k == 1 and not general then p.meta.title = title end
    p:line(k == 1 and not general and "title" or "heading", title)
    w.fixed.town = town
    body(p, w, p.random(1, 3))
  end
  p:line("byline", ("（本组稿件由%s、%s采写）"):format(authors[1], authors[2]))
  p.meta.authors = authors
  p.meta.articles = general and n + 1 or n
end

-- A tender.
function flat.tender(p, w)
  local d = w:date()
  local name = w.fixed.county .. w:word "village" .. "道路硬化工程"
  local title = name .. "招标公告"
  p:line("navigation", "首页 > 交易信息 > 招标公告")
  p:line("title", title)
  p:parts("dateline", ("信息时间：%s "):format(d.iso), "counter", ("阅读次数：%d "):format(p.random(900)),
      "navigation", "【我要打印】【关闭】")
  p:line("heading", "一、招标条件")
  p:line("body", w:fresh(w.words.notices))
  p:line("heading", "二、投标人资格要求")
  p:line("body", w:fresh(w.words.notices))
  p:lines("body", { "1.标段一：长度3.5公里，工期60日历天；", "2.标段二：长度1.2公里，工期30日历天。" })
  rows(p, w, p:chance(40))
  p:line("heading", "三、联系方式")
  p:lines("body", { "招标人：" .. w:word "office", "联系人：" .. w:person() .. "  电话：0350-2" .. p.random(100000,
      999999), "地址：建设路15号" })
  p:line("body", d.han)
  p:line("copyright", "主办单位：" .. w.fixed.county .. "公共资源交易中心 技术支持：某软件公司")
  p.meta.title, p.meta.published = title, d.iso
end

-- A blog: account under the title, tags with a label, a reprint's source.
function flat.reprint(p, w)
  local d, title = w:date(), w:title()
  local author, medium = w:person(), p:pick { "北原日报", "临江晚报", "农村信息报" }
  local tags = w:some("tags", 3)
  p:line("title", title)
  p:line("byline", author)
  body(p, w, p.random(2, 4))
  p:line("dateline", ("（原载《%s》%s）"):format(medium, d.han))
  p:line("keywords", "标签：" .. table.concat(tags, " "))
  p:parts("counter", ("阅读(%d) 评论(%d) 收藏(%d)"):format(p.random(999), p.random(99), p.random(9)))
  p:line("navigation", "前一篇：" .. w:title())
  p:line("navigation", "后一篇：" .. w:title())
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, medium
  p.meta.authors, p.meta.keywords = { author }, tags
end

-- A title of two lines, names behind slashes, numbers of pictures.
function flat.picture_story(p, w)
  local d, medium = w:date(), w:word "medium"
  local first, second = w.fixed.town .. "党委政府凝心聚力", "全力以赴打好" .. w:word "work" .. "攻坚战"
  local a, b = w:person(), w:person()
  p:line("title", first)
  p:line("title", second)
  p:line("dateline", ("%s  %s"):format(d.iso, medium))
  body(p, w, 2)
  for k = 12, 12 + p.random(1, 3) do
    p:line("number", tostring(k))
    body(p, w, 1)
  end
  p:line("byline", ("文/%s 图/%s"):format(a, b))
  p:line("share", "分享到微信朋友圈")
  p:line("comment", "网友评论")
  for _ = 1, 3 do
    p:line("comment", ("%s %d分钟前"):format(p:pick(w.words.nicks), p.random(2, 50)))
    p:line("comment", p:pick(w.words.opinions))
  end
  p:line("comment", "查看全部评论")
  p.meta.title, p.meta.published, p.meta.source = first .. second, d.iso, medium
  p.meta.authors = { a, b }
end

return flat
