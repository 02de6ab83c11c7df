-- held_flat.lua - flattened pages of the held-out half: other systems, other
-- wordings. Rules are not tuned on these; see README.md.
local flat = {}

local function body(p, w, n, sentences)
  for _ = 1, n do p:line("body", w:paragraph(sentences)) end
end

local function titles(p, w, n, kind)
  for _ = 1, n do p:line(kind or "navigation", w:title()) end
end

local function cells(p, w)
  local c = p:pick(w.words.columns)
  p:lines("body", c)
  for _ = 1, p.random(3, 5) do
    p:lines("body", { w:word "village", tostring(p.random(3, 60)), tostring(p.random(100, 9000)) })
  end
end

-- A school's site: who wrote, photographed and checked it.
function flat.school(p, w)
  local d, title, author, photo = w:date(), w:title(), w:person(), w:person()
  local school = w:word "village"
  p:line("navigation", "学校主页 学校概况 教学科研 德育园地 招生考试 校友之家")
  p:line("navigation", "您的位置：学校主页 » " .. w:word "sections" .. " » 浏览")
  p:line("title", title)
  p:parts("dateline", ("供稿：%s 摄影：%s 日期：%s "):format(author, photo, d.slash), "counter",
      ("点击率：%d"):format(p.random(3000)))
  body(p, w, p.random(2, 5))
  if p:chance(50) then p:line("file", p:pick { "P1020334.JPG", "图1.png", "mmexport1583.jpg",
      "20200301_1.jpeg" }) end
  p:line("byline", "（审核：" .. w:person() .. "）")
  p:line("navigation", "上一篇：" .. w:title())
  p:line("navigation", "下一篇：" .. w:title())
  p:line("navigation", p:pick { "返回列表", "【返回】", "返回上级" })
  p:line("copyright", "校址：" .. w.fixed.county .. "文昌路9号 邮政编码：2100" .. p.random(10,
      99) .. " 传真：025-8" .. p.random(100000, 999999))
  p:line("copyright", ("%s 版权所有 苏ICP备%08d号-2"):format(school, p.random(9999999)))
  p.meta.title, p.meta.published, p.meta.authors = title, d.iso, { author, photo }
end

-- A paper's app.
function flat.client(p, w)
  local d, title = w:date(), w:title()
  local author, helper, editor = w:person(), w:person(), w:person()
  local medium = p:pick { "江南时讯网", "都市早报", "海岸周刊" }
  p:line("title", title)
  p:line("dateline", ("%s %s %s"):format(medium, d.iso, d.clock))
  p:line("byline", ("记者 %s 通讯员 %s"):format(author, helper))
  body(p, w, p.random(3, 5))
  p:line("byline", ("编辑：%s"):format(editor))
  p:line("navigation", p:pick { "打开APP，查看更多精彩内容", "打开APP阅读全文", "展开剩余内容" })
  p:line("navigation", p:pick { "大家还在看", "热门推荐", "今日热榜" })
  titles(p, w, p.random(2, 4))
  p:line("comment", ("全部评论（%d）"):format(p.random(90)))
  for _ = 1, p.random(1, 3) do
    p:line("comment", p:pick(w.words.nicks))
    p:line("comment", p:pick(w.words.opinions))
    p:line("comment", ("%02d-%02d %s 回复"):format(d.m, d.d, d.clock))
  end
  p:line("comment", "没有更多评论了")
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, medium
  p.meta.authors, p.meta.editors = { author, helper }, { editor }
end

-- An account on a portal.
function flat.portal_account(p, w)
  local d, title, account = w:date(), w:title(), w.fixed.county .. p:pick { "那些事", "生活圈", "微记录" }
  p:line("title", title)
  p:line("dateline", ("%s %s:%02d 来源：%s"):format(d.iso, d.clock, p.random(10, 59), account))
  if p:chance(50) then p:line("share", "分享至") end
  body(p, w, p.random(3, 5))
  p:line("vote", p:pick { "觉得不错，点个赞吧", "这篇文章对你有帮助吗？", "你觉得这篇文章怎么样？" })
  p:lines("vote", { ("有帮助(%d)"):format(p.random(50)), ("没帮助(%d)"):format(p.random(9)) })
  p:line("copyright", "特别声明：以上内容（如有图片或视频亦包括在内）为自媒体平台用户上传并发布，本平台仅提供信息存储服务。")
  p:line("counter", ("%d跟贴 %d参与"):format(p.random(90), p.random(900)))
  p:line("navigation", "阅读下一篇")
  titles(p, w, 1)
  p:line("navigation", "返回网易首页 下载网易新闻客户端")
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, account
end

-- A discussion group.
function flat.group(p, w)
  local d, title, nick = w:date(), w:title(), w:word "nicks"
  p:line("navigation", "小组 > 城市生活 > 话题")
  p:line("title", title)
  p:line("dateline", ("来自：%s %s %s:00"):format(nick, d.iso, d.clock))
  body(p, w, p.random(2, 4))
  p:line("counter", ("%d人喜欢 %d人收藏"):format(p.random(50), p.random(50)))
  p:line("comment", "最赞回应")
  for _ = 1, p.random(2, 5) do
    local e = p:pick(w.words.nicks)
    if e == nick then e = e .. "_" end
    p:line("comment", ("%s %s %s:%02d"):format(e, d.iso, d.clock, p.random(10, 59)))
    p:line("body", p:pick(w.words.opinions))
    p:line("comment", ("赞(%d) 回应"):format(p.random(30)))
  end
  p:line("comment", "你的回应")
  p:line("navigation", "登录后才能回应，立即注册")
  p:line("copyright", ("© 2005－%d 保留所有权利"):format(d.y))
  p.meta.title, p.meta.published, p.meta.authors = title, d.iso, { nick }
end

-- Hong Kong: written and updated, in traditional characters.
function flat.traditional(p, w)
  local d, title, author = w:date(), w:title(), w:person()
  local tags = w:some("tags", 3)
  p:line("navigation", "主頁 > 港聞 > 社會新聞")
  p:line("title", title)
  p:line("byline", "撰文：" .. author)
  p:line("dateline", ("出版：%s %s"):format(d.iso, d.clock))
  body(p, w, p.random(3, 5))
  p:line("advert", p:pick { "廣告", "▼點擊圖片放大▼", "立即下載手機版App" })
  body(p, w, 1)
  p:line("keywords", "標籤：" .. table.concat(tags, "、"))
  p:line("navigation", p:pick { "相關文章", "熱門文章", "你可能感興趣" })
  titles(p, w, 3)
  p:line("share", p:pick { "分享到 Facebook", "分享 WhatsApp", "複製連結" })
  p:line("copyright", ("版權所有 不得轉載 © %d"):format(d.y))
  p.meta.title, p.meta.published, p.meta.authors, p.meta.keywords = title, d.iso, { author }, tags
end

-- The electronic edition of a paper: a page of it, zoom, who wrote.
function flat.edition(p, w)
  local d, title, medium = w:date(), w:title(), p:pick { "海岸周刊", "都市早报", "科普时报" }
  local author = w:person()
  p:line("navigation", ("第%02d版：%s"):format(p.random(2, 16), "城事"))
  p:line("navigation", "上一版 下一版 返回目录")
  p:line("navigation", "放大 缩小 默认")
  p:line("title", title)
  p:line("dateline", ("《%s》%s"):format(medium, d.han))
  p:line("byline", "□本报记者 " .. author)
  body(p, w, p.random(3, 5))
  p:line("navigation", "上一篇 下一篇")
  p:line("copyright", "本报所有文字、图片未经许可，不得转载。新闻热线：025-8" .. p.random(100000, 999999))
  p.meta.title, p.meta.published, p.meta.source, p.meta.authors = title, d.iso, medium, { author }
end

-- Short reports under the names of districts.
function flat.roundup(p, w)
  local d, n = w:date(), p.random(3, 4)
  local medium, authors = w:word "medium", w:persons(3)
  local general = p:chance(50)
  local names = { "临浦区", "荷塘区", "松岗街道", "新屏区", "桂湖镇", "枫江区" }
  local what = { "文化惠民进社区", "书香满校园", "体育健身掀热潮", "义诊服务暖人心", "公交到家门" }
  local start = p.random(1, 2)
  if general then
    p.meta.title = "各地开展" .. w:word "work" .. "活动掠影"
    p:line("title", p.meta.title)
    p:line("dateline", ("%s  来源：%s"):format(d.han, medium))
    p.meta.published, p.meta.source = d.iso, medium
  end
  for k = start, start + n - 1 do
    local title = names[k] .. "：" .. p:pick(what)
    if k == start and not general then p.meta.title = title end
    p:line(k == start and not general and "title" or "heading", title)
    w.fixed.town = names[k]
    body(p, w, p.random(1, 2))
  end
  p:line("byline", ("（记者 %s %s %s）"):format(authors[1], authors[2], authors[3]))
  p.meta.authors = authors
  p.meta.articles = general and n + 1 or n
end

-- A purchase of a public body: table, contacts, notes.
function flat.purchase(p, w)
  local d = w:date()
  local title = w:word "village" .. p:pick { "空调采购项目询价公告", "办公家具采购结果公示", "食堂食材配送竞争性磋商公告" }
  p:line("navigation", "首页>>采购信息>>详细内容")
  p:line("title", title)
  p:parts("dateline", ("【发布时间：%s】"):format(d.iso), "counter", ("【浏览量：%d】"):format(p.random(900)))
  body(p, w, 1)
  for k, h in ipairs { "一、项目概况", "二、供应商要求", "三、递交方式" } do
    p:line("heading", h)
    p:line("body", w:fresh(w.words.notices))
    if k == 1 then cells(p, w) end
  end
  p:lines("body", { "联系人：" .. w:person(), "联系电话：025-8" .. p.random(100000, 999999),
      "地址：" .. w.fixed.county .. "学府路3号" })
  p:line("body", w:word "village")
  p:line("body", d.han)
  p:line("navigation", "扫一扫在手机上查看")
  p:line("copyright", ("CopyRight %d 公共资源交易网 技术支持单位：某信息公司 建议使用1024*768分辨率浏览"):format(d.y))
  p.meta.title, p.meta.published = title, d.iso
end

-- An article on health taken from a magazine.
function flat.magazine(p, w)
  local d, title, author = w:date(), w:title(), w:person()
  local medium, editor = p:pick { "海岸周刊", "科普时报" }, w:person()
  local tags = w:some("tags", 4)
  p:line("navigation", "首页 / 健康 / 正文")
  p:line("title", title)
  p:line("dateline", ("%s | 作者：%s | 责任编辑：%s"):format(d.iso, author, editor))
  p:line("abstract", "导读：" .. w:sentence())
  body(p, w, 1)
  for k = 1, 3 do
    p:line("heading", ("%d."):format(k) .. w.words.heads[k])
    body(p, w, 1)
  end
  p:line("dateline", ("（摘自《%s》）"):format(medium))
  p:line("keywords", "关键词：" .. table.concat(tags, "；"))
  p:line("copyright", "免责声明：本文仅供参考，不能作为诊断及医疗的依据，如有不适请及时就医。版权归原作者所有。")
  p:line("advert", p:pick { "关注微信公众号，获取更多健康知识", "扫码加入读者群", "订阅热线：400-800-1" .. p.random(100, 999) })
  p:line("counter", p.random(1, 9) .. "人点赞")
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, medium
  p.meta.authors, p.meta.editors, p.meta.keywords = { author }, { editor }, tags
end

-- A title in two lines with a line above it, captions of a gallery with numbers.
function flat.gallery(p, w)
  local d, medium, photo = w:date(), p:pick { "江南时讯网", "都市早报" }, w:person()
  local first, second = w.fixed.county .. "百余名选手同场竞技", w:word "crop" .. "大赛精彩纷呈"
  p:line("title", first)
  p:line("title", second)
  p:line("dateline", ("%s %s 来源：%s 摄影：%s"):format(d.iso, d.clock, medium, photo))
  body(p, w, 1)
  local n = p.random(3, 5)
  for k = 1, n do
    p:line("number", ("%d/%d"):format(k, n))
    p:line("body", w:sentence())
  end
  p:line("navigation", p:pick { "重新播放", "查看原图", "图集" })
  p:line("share", p:pick { "分享到：新浪微博 微信好友", "转发给朋友" })
  p:line("counter", ("浏览 %d 评论 %d"):format(p.random(9999), p.random(99)))
  p.meta.title, p.meta.published, p.meta.source, p.meta.authors = first .. second, d.iso, medium, { photo }
end

return flat
