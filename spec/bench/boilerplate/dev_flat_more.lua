-- dev_flat_more.lua - more flattened pages of the development half: those on
-- which rules about the place of a line go wrong most easily. No furniture at
-- all, furniture in the middle, lists that are text, other languages.
local flat = {}

local function body(p, w, n, sentences)
  for _ = 1, n do p:line("body", w:paragraph(sentences)) end
end

local function titles(p, w, n, numbered)
  for i = 1, n do p:line("navigation", (numbered and i .. " " or "") .. w:title()) end
end

-- A paper's mobile pages.
function flat.mobile(p, w)
  local d, title, medium, editor = w:date(), w:title(), p:pick { "北原日报", "临江晚报" }, w:person()
  p:line("navigation", p:pick { "打开客户端", "下载手机客户端 体验更流畅", "北原头条 立即打开" })
  p:line("title", title)
  p:parts("dateline", ("%s %s 来源：%s "):format(d.han, d.clock, medium), "counter",
      ("查看数：%d"):format(p.random(9000)))
  body(p, w, p.random(3, 6), 1)
  p:line("byline", ("（责任编辑：%s）"):format(editor))
  p:line("navigation", p:pick { "【纠错】", "我要纠错", "报错" })
  p:line("navigation", p:pick { "24小时热文", "热文排行", "看了又看" })
  titles(p, w, p.random(3, 5))
  p:line("navigation", p:pick { "点击加载更多", "上拉加载", "已经到底了" })
  p:line("copyright", "用户协议 | 意见反馈 | 触屏版 | 电脑版")
  p.meta.title, p.meta.published, p.meta.source, p.meta.editors = title, d.iso, medium, { editor }
end

-- A notice without any furniture: all of it is text.
function flat.notice(p, w)
  local d, title = w:date(), w.fixed.county .. "人民政府办公室关于做好" .. w:word "work" .. "工作的通知"
  p:line("title", title)
  p:line("body", "各乡镇人民政府，县直各有关单位：")
  body(p, w, 1)
  for k, mark in ipairs { "一、", "二、", "三、" } do
    p:line("heading", mark .. w.words.heads[k])
    p:line("body", "（一）" .. w:sentence())
    p:line("body", "（二）" .. w:sentence())
  end
  p:line("body", "附件：1." .. w.fixed.town .. "任务清单")
  p:line("body", "2.联系人名单")
  p:line("body", w.fixed.county .. "人民政府办公室")
  p:line("body", d.han)
  if p:chance(50) then p:line("body", "抄送：县委办公室，县人大办公室，县政协办公室。") end
  p.meta.title, p.meta.published = title, d.iso -- when it was signed
end

-- A list of names and numbers that is the text; little prose.
function flat.name_list(p, w)
  local d, title = w:date(), w.fixed.county .. "拟表彰先进个人公示"
  p:line("navigation", "首页 > 通知公告 > 正文")
  p:line("title", title)
  p:parts("dateline", ("发布日期：%s "):format(d.iso), "counter", ("点击量：%d"):format(p.random(900)))
  p:line("body", w:fresh(w.words.notices))
  for k, name in ipairs(w:persons(p.random(4, 9))) do
    if p:chance(50) then p:line("body", ("%d %s %s"):format(k, name,
        w:word "village")) else p:line("body", name) end
    if p:chance(30) then p:line("body", tostring(p.random(60, 99))) end
  end
  p:line("body", "公示时间为五个工作日，监督电话：0350-2" .. p.random(100000, 999999))
  p:line("body", w:word "office")
  p:line("body", d.han)
  p:line("navigation", "[返回] [打印]")
  p.meta.title, p.meta.published = title, d.iso
end

-- Lists of the sidebar stand first; the page has pages.
function flat.sidebar_first(p, w)
  local d, title, medium, author = w:date(), w:title(), p:pick { "北原日报", "农村信息报" }, w:person()
  p:line("navigation", p:pick { "设为首页 | 加入收藏", "用户登录 免费注册", "手机版 无障碍浏览" })
  p:line("navigation", "点击排行")
  titles(p, w, p.random(3, 4), p:chance(50))
  p:line("navigation", "您的位置：主页 > " .. w:word "sections")
  p:line("title", title)
  p:line("dateline", ("时间：%s %s 来源：%s 作者：%s"):format(d.iso, d.clock, medium, author))
  body(p, w, p.random(3, 4))
  p:line("navigation", p:pick { "1 2 3 4 下一页 尾页", "[1] [2] [3] 下一页", "上一页 1 2 3 下一页", "共3页 1 2 3" })
  p:line("navigation", p:pick { "上一篇：", "前一篇:" } .. w:title())
  p:line("copyright", ("Copyright(C) %d %s 版权所有 未经许可不得转载"):format(d.y, medium))
  p.meta.title, p.meta.published, p.meta.source, p.meta.authors = title, d.iso, medium, { author }
end

-- Furniture in the middle of the text.
function flat.interrupted(p, w)
  local d, title, medium, editor = w:date(), w:title(), p:pick { "临江晚报", "农村信息报" }, w:person()
  p:line("title", title)
  p:line("dateline", ("%s %s 来源: %s"):format(d.iso, d.clock, medium))
  body(p, w, 2, 1)
  p:line("advert", p:pick { "广告", "推广", "点击图片进入下一页" })
  body(p, w, 2, 1)
  p:line("navigation", "相关阅读：" .. w:title())
  p:line("navigation", "相关阅读：" .. w:title())
  body(p, w, 2, 2)
  p:line("byline", "责任编辑：" .. editor .. p:pick { "", "_NB" .. p.random(100, 999), " EN" .. p.random(10,
      99) })
  p:line("share", p:pick { "微信扫码分享", "分享到：", "转发到微博" })
  p.meta.title, p.meta.published, p.meta.source, p.meta.editors = title, d.iso, medium, { editor }
end

-- An answer to a letter, with a vote.
function flat.mailbox(p, w)
  local d, title = w:date(), "关于" .. w:word "village" .. "道路维修的咨询"
  p:line("navigation", "首页 >> 互动交流 >> 县长信箱")
  p:line("title", title)
  p:line("dateline", "来信时间：" .. d.iso)
  p:line("body", "我是" .. w:word "village" .. "的村民，村口的路已经坏了半年多，下雨天车辆无法通行，请问什么时候能修？")
  p:line("heading", "办理结果：")
  body(p, w, 2)
  p:line("vote", "您对该答复是否满意？")
  for _, v in ipairs { "非常满意", "满意", "不满意" } do p:line("vote", ("%s（%d）"):format(v, p.random(30))) end
  p:line("vote", p:pick { "提交 查看结果", "投票 查看" })
  p:line("copyright", "主办：" .. w.fixed.county .. "人民政府 网站标识码：14" .. p.random(10000000, 99999999))
  p.meta.title, p.meta.published = title, d.iso
end

-- An old site: today's date and a welcome above, the fields below the text.
function flat.fields_below(p, w)
  local d, title, author, office = w:date(), w:title(), w:person(), w.fixed.town .. "人民政府"
  p:line("navigation", ("今天是：%d年%d月%d日 星期%s"):format(d.y + 1, d.m, d.d, p:pick { "一", "三", "五" }))
  p:line("navigation", "欢迎访问" .. office .. "网站！")
  p:line("navigation", "首页 | 镇情概况 | 组织机构 | 招商引资 | 特色产品")
  p:line("title", title)
  body(p, w, p.random(3, 5))
  p:line("byline", "作者：" .. author)
  p:parts("dateline", ("来源：%s 发布时间：%s "):format(office, d.iso), "counter", ("浏览：%d次"):format(p.random(900)))
  p:line("navigation", "打印 | 关闭 | 返回顶部")
  p:line("copyright", ("地址：%s建设街12号 电话：0350-%d 传真：0350-%d"):format(w.fixed.town, p.random(2000000, 9999999),
    p.random(2000000, 9999999)))
  p.meta.title, p.meta.published, p.meta.source, p.meta.authors = title, d.iso, office, { author }
end

-- A page around a video.
function flat.video(p, w)
  local d, title, medium = w:date(), w:title(), w.fixed.county .. "融媒体中心"
  p:line("navigation", "首页 直播 点播 栏目 主播")
  p:line("title", title)
  p:line("navigation", p:pick { "00:00 / 03:25", "00:00/02:18" })
  p:line("navigation", p:pick { "播放 静音 全屏", "倍速 清晰度 全屏" })
  p:parts("dateline", ("%s %s "):format(d.iso, medium), "counter", ("播放：%d次"):format(p.random(9000)))
  body(p, w, p.random(2, 4))
  p:line("navigation", p:pick { "更多视频", "视频推荐", "正在播放" })
  titles(p, w, 3)
  p:line("counter", ("点赞 %d"):format(p.random(99)))
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, medium
end

local english = {
  titles = { "Village school reopens after repairs", "Farmers welcome new irrigation scheme",
      "County plants ten thousand trees" },
  body = {
    "Residents gathered on Monday to mark the opening of a new bridge across the river," ..
      " built in nine months by local workers.",
    "The county spent 1.2 million pounds on the scheme, which officials say will serve" ..
      " 3,400 households in twelve villages.",
    "\"We waited a long time for this,\" said one farmer, who has grown wheat on the same" ..
      " slopes for more than forty years.",
    "Engineers will inspect the canal every week during the rainy season, and volunteers" ..
      " have been trained to clear the gates.",
  },
  names = { "Margaret Holloway", "Peter Lindqvist", "Anna Whitfield" },
}

function flat.english(p)
  local title, author, n = p:pick(english.titles), p:pick(english.names), p.random(28)
  p:line("navigation", "Home | News | Sport | Weather | Contact us")
  p:line("title", title)
  p:line("byline", "By " .. author)
  p:line("dateline", ("Published: March %d, 2020"):format(n))
  p:lines("body", english.body)
  p:line("share", "Share Tweet Email")
  p:line("navigation", "Related stories")
  for _, t in ipairs(english.titles) do if t ~= title then p:line("navigation", t) end end
  p:line("comment", ("%d Comments"):format(p.random(2, 9)))
  p:line("copyright", "© 2020 Alder Valley Media. All rights reserved.")
  p:line("copyright", "Terms of use | Privacy policy | Cookies")
  p.meta.title, p.meta.published, p.meta.authors = title, ("2020-03-%02d"):format(n), { author }
end

-- Notes on rights as numbered paragraphs, after contributors of several kinds.
function flat.long_rights(p, w)
  local d, title = w:date(), w:title()
  local medium, names = p:pick { "北原日报", "临江晚报" }, w:persons(4)
  p:line("title", title)
  p:line("dateline", ("%s %s"):format(medium, d.dot))
  body(p, w, p.random(3, 4))
  p:line("byline", ("记者：%s  通讯员：%s"):format(names[1], names[2]))
  p:line("byline", ("编辑：%s  审核：%s"):format(names[3], names[4]))
  p:line("copyright", "免责声明：")
  p:line("copyright", "一、凡本站注明来源为其他媒体的稿件，均为转载稿，其内容的真实性、准确性由原作者负责。")
  p:line("copyright", "二、读者在使用上述资料前应当自行核实，因此产生的任何后果与本站无关。")
  p:line("copyright", "三、如涉及作品内容、版权等问题，请在三十日内与我们联系，联系邮箱：news@example.com")
  p.meta.title, p.meta.published, p.meta.source = title, d.iso, medium
  p.meta.authors, p.meta.editors = { names[1], names[2] }, { names[3] }
end

return flat
