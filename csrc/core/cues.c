/*
** cues.c - the word lists behind cues.h. Words are data: to teach a new one,
** add a row. They are written folded, so one row serves 來源, 来源 and 来　源.
*/
#include "cues_index.h"

#include "alloc.h"
#include "data.h"
#include "error.h"
#include "numeral.h"

/* ---- cues anywhere in a line ---------------------------------------------- */

typedef struct phrase { const char *text; uint32_t bit; } phrase;

#define WEAK(i) (CUE_WEAK << (i))
static const phrase phrases[] = {
  {"本网", CUE_SELF}, {"本站", CUE_SELF}, {"本公众号", CUE_SELF}, {"本平台", CUE_SELF},
  {"本报网", CUE_SELF}, {"本微信", CUE_SELF}, {"本号", CUE_SELF}, {"本文仅代表", CUE_RIGHTS}, {"仅代表作者", CUE_RIGHTS},
  {"版权归原作者", CUE_RIGHTS},
  {"本app", CUE_SELF}, {"我们联系", CUE_SELF}, {"我们取得联系", CUE_SELF}, {"联系我们", CUE_SELF},
  {"版权声明", CUE_RIGHTS}, {"免责声明", CUE_RIGHTS}, {"版权所有", CUE_RIGHTS},
  {"版权归", WEAK(0)}, {"版权均属", WEAK(0)}, {"版权", WEAK(1)}, {"著作权", WEAK(1)},
  {"转载", WEAK(2)}, {"转発", WEAK(2)}, {"侵权", WEAK(3)}, {"侵犯", WEAK(3)},
  {"知识产权", WEAK(4)}, {"来源", WEAK(5)}, {"出处", WEAK(5)}, {"观点", WEAK(6)},
  {"真实性", WEAK(7)}, {"立场", WEAK(6)}, {"授权", WEAK(8)}, {"删除", WEAK(9)},
  {"法律责任", WEAK(10)}, {"摘编", WEAK(11)}, {"作品", WEAK(12)}, {"稿件", WEAK(12)},
  {"仅供参考", WEAK(13)}, {"与本", WEAK(14)}, {"赞同", WEAK(15)},
  {"转载请注明", CUE_RIGHTS}, {"如有侵权", CUE_RIGHTS}, {"若有侵权", CUE_RIGHTS},
  {"如涉及侵权", CUE_RIGHTS}, {"侵权必究", CUE_RIGHTS}, {"侵权请联系", CUE_RIGHTS},
  {"违者必究", CUE_RIGHTS}, {"未经许可", WEAK(8)}, {"未经书面", WEAK(8)}, {"禁止转载", CUE_BAN}, {"不得转载", CUE_BAN},
  {"法律顾问", CUE_OFFICE}, {"icp备", CUE_RIGHTS}, {"icp证", CUE_RIGHTS},
  {"公网安备", CUE_RIGHTS}, {"网站标识码", CUE_RIGHTS}, {"凡本网注明", CUE_RIGHTS},
  {"凡本站注明", CUE_RIGHTS}, {"新闻信息服务许可证", CUE_RIGHTS},
  {"视听节目许可证", CUE_RIGHTS}, {"广播电视节目制作经营许可证", CUE_RIGHTS},
  {"不代表本", CUE_RIGHTS}, {"copyright", CUE_RIGHTS}, {"©", CUE_RIGHTS},
  {"all rights reserved", CUE_RIGHTS}, {"无断転载", CUE_RIGHTS}, {"無断転載", CUE_RIGHTS},
  {"无断转载", CUE_RIGHTS}, {"著作権", CUE_RIGHTS}, {"terms of use", CUE_OFFICE},
  {"privacy policy", CUE_OFFICE},
  {"主办:", CUE_OFFICE}, {"主管:", CUE_OFFICE}, {"主办单位:", CUE_OFFICE}, {"承办:", CUE_OFFICE},
  {"承办单位:", CUE_OFFICE}, {"技术支持:", CUE_OFFICE}, {"举报电话", CUE_OFFICE},
  {"位访问者", CUE_OFFICE}, {"位访客", CUE_OFFICE}, {"powered by", CUE_OFFICE},
  {"不良信息", CUE_OFFICE}, {"违法信息", CUE_OFFICE}, {"建议使用", CUE_OFFICE},
  {"分辨率", CUE_OFFICE}, {"网站地图", CUE_OFFICE}, {"邮编:", CUE_OFFICE},
  {"广告热线", CUE_OFFICE}, {"新闻热线", CUE_OFFICE}, {"投稿邮箱", CUE_OFFICE},
  {"即可订阅", CUE_SIGNUP}, {"点击蓝字", CUE_SIGNUP}, {"点击上方", CUE_SIGNUP},
  {"扫码关注", CUE_SIGNUP}, {"扫码分享", CUE_SIGNUP}, {"关注我们", CUE_SIGNUP}, {"识别二维码", CUE_SIGNUP},
  {"二维码关注", CUE_SIGNUP}, {"扫描二维码", CUE_SIGNUP}, {"扫一扫", CUE_SIGNUP},
  {"扫描下方", CUE_SIGNUP}, {"长按二维码", CUE_SIGNUP}, {"下载客户端", CUE_SIGNUP},
  {"下载app", CUE_SIGNUP}, {"关注公众号", CUE_SIGNUP}, {"微信号:", CUE_SIGNUP},
  {"点击阅读原文", CUE_SIGNUP}, {"点我下载", CUE_SIGNUP}, {"继续往下阅读", CUE_SIGNUP}, {"点分享", CUE_SIGNUP},
  {"点在看", CUE_SIGNUP}, {"进入下一页", CUE_SIGNUP}, {"打开客户端", CUE_SIGNUP}, {"手机客户端", CUE_SIGNUP},
  {"欢迎关注", CUE_SIGNUP}, {"sign up for", CUE_SIGNUP}, {"subscribe to", CUE_SIGNUP}, {"心情排行", CUE_MOOD},
  {"的感受是", CUE_MOOD}, {"的心情是", CUE_MOOD}, {"您的心情", CUE_MOOD}, {"阅读心情", CUE_MOOD}, {"新闻表情", CUE_MOOD},
  {"记者", CUE_ROLE}, {"通讯员", CUE_ROLE}, {"实习生", CUE_ROLE}, {"报道", CUE_ROLE}, {"报导", CUE_ROLE},
  {"特派员", CUE_ROLE}, {"摄", CUE_ROLE}, {"文", CUE_ROLE}, {"图", CUE_ROLE}, {"采写", CUE_ROLE}, {"采访", CUE_ROLE},
  {"整理", CUE_ROLE}, {"供稿", CUE_ROLE}, {"撰稿", CUE_ROLE}, {"执笔", CUE_ROLE}, {"作者", CUE_ROLE},
  {"编辑", CUE_ROLE}, {"通联", CUE_ROLE}, {"翻译", CUE_ROLE},
  {"本文作出评价", CUE_MOOD}, {"对本文的评价", CUE_MOOD}, {"文章满意", CUE_MOOD}, {"文章是否满意", CUE_MOOD},
  {"看完本文", CUE_MOOD}, {"看完这篇", CUE_MOOD}, {"文章评价", CUE_MOOD}, {"满意度评价", CUE_MOOD},
};
#define N_PHRASES (sizeof phrases / sizeof *phrases)

int cue_weak(uint32_t cues) {
  int count = 0;
  for (cues &= CUE_WEAK_MASK; cues; cues &= cues - 1) count++;
  return count;
}

/* ---- whole words ------------------------------------------------------------ */

static const char *const nav_words[] = {
  "首页", "主页", "网站首页", "返回首页", "返回顶部", "回到顶部", "返回列表", "返回上页", "返回上一页",
  "返回", "顶部", "打印", "打印本页", "打印此页", "打印本文", "打印文章", "打印页面", "关闭", "关闭窗口",
  "关闭本页", "关闭页面", "收藏", "收藏本页", "加入收藏", "设为首页", "登录", "注册", "登陆", "退出",
  "用户登录", "用户注册", "联系我们", "关于我们", "网站地图", "站点地图", "广告服务", "广告合作", "友情链接",
  "网站声明", "隐私政策", "帮助中心", "意见反馈", "招聘信息", "诚聘英才", "人才招聘", "法律声明", "无障碍",
  "无障碍浏览", "无障碍阅读", "长者模式", "关怀版", "简体", "繁体", "简体版", "繁体版", "english", "手机版",
  "移动版", "电脑版", "客户端", "手机客户端", "rss", "rss订阅", "搜索", "站内搜索", "高级搜索", "查询", "更多",
  "更多>>", "more", "more>>", ">>更多", "查看更多", "展开全文", "阅读全文", "全文", "加载更多", "点击加载更多",
  "正文", "字体", "字号", "大", "中", "小", "默认", "特大", "纠错", "我要纠错", "投诉", "举报", "复制",
  "下载", "全文下载", "朗读", "语音播报", "听新闻", "听全文", "上一页", "下一页", "末页", "跳转", "目录", "评论", "新闻评论", "我要评论",
  "发表评论", "网友评论", "最新评论", "热门评论", "写评论", "查看评论", "参与评论", "留言", "写留言", "阅读原文", "匿名发表", "告诉好友", "推荐给好友", "打印此文",
  "喜欢此内容的人还喜欢", "继续滑动看下一个", "轻触阅读原文", "预览时标签不可点", "微信扫一扫关注该公众号", "网友留言", "查看全部评论", "引用", "回帖", "播放", "暂停",
  "只看该作者", "只看楼主", "只看大图", "倒序浏览", "正序浏览", "倒序看帖", "电梯直达", "显示全部楼层", "使用道具", "发表回复",
  "快速回复", "发新帖", "楼主", "评分", "我要投稿", "返回搜狐,查看更多", "抢沙发", "附件下载", "相关附件", "暂无附件", "暂无评论", "关注", "换一换", "热榜",
  "收藏此文", "收藏本文", "写下你的留言", "精选留言", "end", "the end",
  "返回目录", "版面导航", "标题导航", "往期查询", "参与互动", "复制链接", "[复制链接]", "网站支持ipv6", "网站导览",
  "回首页", "字号+", "字号-", "转载▼", "转载", "举报/反馈", "打开app", "放大⊕", "缩小⊖", "默认○", "放大", "缩小",
  "收起", "展开", "已关注", "私信", "返回搜狐", "静音", "全屏", "倍速", "清晰度", "报错", "查看结果", "提交", "尾页", "触屏版", "用户协议", "立即打开",
  "home", "menu", "search", "login", "log in", "sign in", "sign up", "register", "contact", "contact us",
  "about", "about us", "print", "back to top", "top", "sitemap", "site map", "skip to content", "skip to main content", "skip navigation", "原创", "列印版", "友善列印", "寄给朋友", "回上一页", "next",
  "previous", "read more", "advertise", "help", "privacy", "terms", "トップ", "ホーム", "トップページ",
  "ページトップへ", "ログイン", "お问い合わせ", "お問い合わせ", "サイトマップ", "メニュー", "検索", "印刷", NULL};
static const char *const menu_words[] = {
  "新闻", "要闻", "时政", "时评", "资讯", "视频", "图片", "图库", "专题", "财经", "经济", "体育", "娱乐", "健康",
  "旅游", "教育", "科技", "军事", "社会", "国际", "国内", "本地", "地方", "汽车", "房产", "文化", "法治", "法制",
  "评论", "理论", "党建", "廉政", "民生", "三农", "政务", "政务公开", "政务服务", "互动交流", "新闻中心", "新闻频道",
  "通知公告", "信息公开", "政策法规", "办事服务", "网上办事", "便民服务", "公众参与", "论坛", "博客", "微博",
  "直播", "县区", "区县", "乡镇", "部门", "数字报", "电子报", "news", "business", "sport", "sports", "weather",
  "local", "world", "politics", "opinion", "culture", "travel", "health", "science", "tech", "technology",
  "arts", "video", "videos", "photos", "life", "education", "ニュース", "地域", "政治", "スポーツ", "天気",
  "经済", "経済", NULL};
static const char *const share_words[] = {
  "分享此文", "分享本页", "分享", "分享到", "分享到:", "分享至", "分享至:", "分享给好友", "一键分享", "分享按钮", "微信", "微博", "新浪微博",
  "腾讯微博", "qq", "qq好友", "qq空间", "朋友圈", "微信好友", "微信朋友圈", "微信扫一扫", "人人网", "开心网",
  "百度贴吧", "豆瓣", "豆瓣网", "钉钉", "facebook", "twitter", "tweet", "email", "linkedin", "whatsapp",
  "pinterest", "reddit", "line", "share", "share this", "シェア", "ツイート", "シェアする", "转发", "转发到", NULL};
static const char *const vote_words[] = {
  "顶一下", "踩一下", "点赞", "高兴", "羡慕", "愤怒", "震惊", "难过", "流泪", "无奈", "枪稿", "标题党", "感动", "同情",
  "无聊", "搞笑", "开心", "惊讶", "支持", "反对", "打酱油", "路过", "新奇", "愉快", "鲜花", "鸡蛋", "雷人", "给力",
  "很赞", "赞一个", "喜欢", "不喜欢", "有用", "没用", "投票", "惊呆", "欠扁", "超赞", "伤心", "生气", "非常满意", "很满意", "满意", "基本满意", "一般",
  "不满意", "很不满意", NULL};
static const char *const counter_words[] = {
  "阅读", "赞", "在看", "浏览", "点击", "人气", "转发", "点赞", "评论", "收藏", "分享", "阅读数", "浏览量", "回复", NULL};
static const char *const related_words[] = {
  "相关新闻", "相关阅读", "相关链接", "相关文章", "相关报道", "相关资讯", "相关推荐", "相关内容", "相关信息", "相关稿件",
  "相关专题", "推荐阅读", "推荐新闻", "推荐文章", "精彩推荐", "热门推荐", "热点推荐", "为您推荐", "猜你喜欢", "热点新闻",
  "热门新闻", "热门文章", "热点排行", "点击排行", "新闻排行", "阅读排行", "排行榜", "最新新闻", "最新文章", "最新资讯",
  "最新发布", "延伸阅读", "往期回顾", "最新热点", "最新推荐", "相关专题", "本类推荐", "本类热门", "往期推荐", "往期精选", "今日热点", "今日推荐", "图片新闻",
  "热图推荐", "更多新闻", "更多精彩", "大家都在看", "编辑推荐", "related", "related articles", "related stories", "related news",
  "related content", "read next", "more stories", "more news", "most read", "most popular", "recommended",
  "you may also like", "more on this story", "関连记事", "関連記事", "关连记事", "関连ニュース", "関連ニュース",
  "关连ニュース", "おすすめ记事", "アクセスランキング", "新着记事", NULL};
static const char *const advert_words[] = {"广告", "推广", "赞助商广告", "advertisement", "sponsored", "ad", "pr",
  NULL};
static const char *const file_words[] = {
  "图片", "微信图片", "点击查看大图", "点击图片查看大图", "点击看大图", "查看大图", "点击播放", "点击放大", "视频加载中", "视频", "音频", NULL};

static int among(const char *s, size_t n, const char *const *words) {
  for (; *words; words++)
    if ((*words)[0] == s[0] && (n == 1 || (*words)[1] == s[1]) && strlen(*words) == n &&
        memcmp(*words, s, n) == 0)
      return 1;
  return 0;
}

/* ---- how lines begin and end --------------------------------------------------- */

static const char *const pagers[] = {
  "上一篇文章", "下一篇文章", "上一篇", "下一篇", "上一条", "下一条", "前一篇", "后一篇", "上篇", "下篇", "上一则", "下一则", "上一页",
  "下一页", "previous:", "next:", "prev:", "前の记事", "次の记事", NULL};
static const char *const places[] = {
  "您当前的位置", "您当前位置", "您现在的位置", "您所在的位置", "您所在位置", "您的位置", "你现在的位置", "你的位置",
  "你所在的位置", "当前位置", "当前的位置", "所在位置", "现在的位置", "现在位置", "您的当前位置", "位置", "you are here", NULL};
static const char *const share_with[] = {"分享到", "分享至", "转发到", "转发至", "share on ", "share to ", NULL};
static const char *const share[] = {"分享", "一键分享", "share", "シェア", "ツイート", "tweet", NULL};
static const char *const greetings[] = {"今天是:", "今天是 ", "今天是1", "今天是2", "欢迎访问", "欢迎光临", "欢迎来到", NULL};
static const char *const rights_headings[] = {
  "版权声明", "免责声明", "版权说明", "特别声明", "郑重声明", "本网声明", "本站声明", "版权与免责声明", "版权和免责声明",
  "网站声明", "法律声明", "版权及免责声明", "免责条款", "disclaimer", "copyright notice", NULL};
static const char *const these[] = {"本组", "本文", "本报", "本稿", "本版", "以上", "稿件", "本期", "(本组", "(本文", "(本版",
  NULL};
static const char *const bullets[] = {"•", "●", "■", "◆", "▪", "‣", "◇", "□", "★", "☆", "* ", "- ", "· ",
  NULL};
static const char *const caption_starts[] = {
  "图为", "图:", "图1", "图2", "图3", "图一", "图二", "▲", "△", "↑", "(图", "资料图", "上图", "下图", "左图", "右图", "photo:",
  "图/", NULL};
static const char *const caption_ends[] = {"摄", "摄影", "供图", "资料图", "资料图片", "图/视觉中国", "摄)", "供图)", NULL};
static const char *const office_ends[] = {
  "部", "局", "府", "委", "镇", "乡", "中心", "办", "院", "校", "社", "台", "网", "报", "队", "站", "厅", "处", "县",
  "市", "区", "村", "公司", "集团", "学校", "银行", "法院", "医院", "科", "所", "支部", "大队", "协会", "联", "会", "街道", "组",
  "省", "州", "旗", "小学", "中学", "大学", "幼儿园", "党支部", "室", NULL};
static const char *const medium_ends[] = {
  "网", "日报", "晚报", "晨报", "早报", "时报", "商报", "报", "新闻", "电视台", "广播电台", "广播", "通讯社", "新华社", "中新社",
  "社", "在线", "网站", "官网", "门户网", "客户端", "融媒", "融媒体", "融媒体中心", "传媒", "周刊", "周报", "杂志", "频道", "网络版", "发布", "头条", "播报",
  "新闻社", "新闻网", "农村版", "海外版", "数字版", "电子版", "media", "news", "times", "daily", "post", "gazette", "com",
  "新闻中心", NULL};


static const char *const file_ends[] = {
  ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".svg", ".tif", ".tiff", ".heic", ".mp4", ".mp3",
  ".avi", ".mov", ".flv", ".wmv", ".swf", ".psd", NULL};
static const char *const trifles[] = {"发表于", "www.", "http", "今天", "昨天", "前天", "今日", "昨日", "来自", "农历",
  "总第", "国内统一", "cn", "issn", "邮发代号", "星期", NULL};
static const char *const tools[] = {"打印", "关闭", "收藏", "返回", "分享", "纠错", "字体", "字号", "下载", "评论",
  NULL};
static const char *const closers[] = {")", "]", "】", "〕", NULL};

static const struct { const char *const *words; enum cue_edge edge; } starts[] = {
  {pagers, EDGE_PAGER}, {places, EDGE_PLACE}, {share_with, EDGE_SHARE_WITH}, {share, EDGE_SHARE},
  {greetings, EDGE_GREETS}, {rights_headings, EDGE_RIGHTS}, {these, EDGE_THESE}, {bullets, EDGE_BULLET},
  {caption_starts, EDGE_CAPTION}, {trifles, EDGE_TRIFLE}};
static const struct { const char *const *words; enum cue_edge edge; } ends[] = {
  {caption_ends, EDGE_CAPTION}, {office_ends, EDGE_OFFICE}, {medium_ends, EDGE_MEDIUM},
  {file_ends, EDGE_FILE}, {closers, EDGE_CLOSED}, {tools, EDGE_TOOL}};
#define N_STARTS (sizeof starts / sizeof *starts)
#define N_ENDS (sizeof ends / sizeof *ends)

int cue_starts_pager(const cue_index *x, const char *s, size_t n) {
  while (n > 0 && (*s == '<' || *s == '>' || *s == '[' || *s == ' ')) s++, n--;
  size_t w = cue_start_of(x, EDGE_PAGER, s, n);
  return w > 0 && (w == n || s[w] == ':' || s[w - 1] == ':' || s[w] == ' ' || s[w] == '<' || s[w] == '>' ||
                   s[w] == ']');
}

size_t cue_starts_place(const cue_index *x, const char *s, size_t n) {
  size_t w = cue_start_of(x, EDGE_PLACE, s, n);
  if (w && text_starts(s + w, n - w, "是")) w += strlen("是");
  while (w && w < n && s[w] == ' ') w++;
  return w && w < n && s[w] == ':' ? w + 1 : 0;
}

int cue_is_rights_heading(const cue_index *x, const char *s, size_t n) {
  while (n > 0 && (*s == '[' || *s == '*')) s++, n--;
  if (n > 3 && text_starts(s, n, "【")) s += 3, n -= 3;
  if (!cue_start_of(x, EDGE_RIGHTS, s, n)) return 0;
  while (n > 0 && (s[n - 1] == ':' || s[n - 1] == ' ' || s[n - 1] == ']')) n--;
  if (n > 3 && text_ends(s, n, "】")) n -= 3;
  return n > 0 && among(s, n, rights_headings);
}

int cue_is_file(const cue_index *x, const char *s, size_t n) {
  if (n == 0 || n > 160 || (unsigned char)s[n - 1] >= 0x80) return 0;
  if (memchr(s, '=', n) && !memchr(s, ' ', n) && memmem(s, n, "wx_fmt=", 7)) return 1;
  if (!(cue_ends(x, s, n) & EDGE_FILE)) return 0;
  size_t w = text_ends_any(s, n, file_ends);
  if (w == n) return 0;
  for (size_t i = 0; i < n - w; i += utf8_length((unsigned char)s[i]))
    if (text_starts(s + i, n - i, "。") || text_starts(s + i, n - i, ",")) return 0;
  return 1;
}

/* ---- labels of fields -------------------------------------------------------- */

typedef struct label { const char *text; uint8_t key, spaced; } label;

/* When a page was published, and how often it was read: a stem with each ending. */
#define WHEN(stem) {stem "时间", FIELD_PUBLISHED, 1}, {stem "日期", FIELD_PUBLISHED, 1}
#define READ(stem) {stem, FIELD_CLICKS, 1}, {stem "数", FIELD_CLICKS, 1}, {stem "量", FIELD_CLICKS, 1}, \
    {stem "率", FIELD_CLICKS, 1}, {stem "次数", FIELD_CLICKS, 1}, {stem "人次", FIELD_CLICKS, 1}

/* Longer ones first where one begins another. `spaced`: a blank will do
** for the colon when a name or number follows (2: not even that is needed). */
static const label labels[] = {
  WHEN("发稿"), WHEN("见报"), WHEN("报道"), WHEN("出版"), WHEN("刊登"), WHEN("刊载"), WHEN("印发"), WHEN("公告"),
  WHEN("公布"), WHEN("签发"), WHEN("首发"), WHEN("创建"), WHEN("提交"), WHEN("撰稿"), WHEN("撰写"), WHEN("投稿"),
  WHEN("写作"), WHEN("写信"), WHEN("信件"), WHEN("留言"), WHEN("咨询"), WHEN("发帖"), WHEN("文章"),
  WHEN("加入"), WHEN("修改"), WHEN("上网"), WHEN("编发"), WHEN("供稿"), WHEN("上报"), WHEN("制作"), WHEN("最后更新"),
  WHEN("发送"), WHEN("登载"), WHEN("行文"), WHEN("落款"), 
  READ("点阅"), READ("阅览"), READ("播放"), READ("查阅"), {"浏览人次", FIELD_CLICKS, 1}, {"阅读人次", FIELD_CLICKS, 1},
  {"访问人次", FIELD_CLICKS, 1}, {"浏览率", FIELD_CLICKS, 1}, {"阅读率", FIELD_CLICKS, 1}, {"访问", FIELD_CLICKS, 1},
  {"浏览热度", FIELD_CLICKS, 1}, {"关注度", FIELD_CLICKS, 1}, {"字数", FIELD_COUNTER, 1},
  {"新闻标题", FIELD_TITLE, 0}, {"题目", FIELD_TITLE, 0}, {"以下文章来源于", FIELD_SOURCE, 2},
  {"本文来源", FIELD_SOURCE, 1}, {"消息来源", FIELD_SOURCE, 1}, {"信源", FIELD_SOURCE, 0}, {"稿件来自", FIELD_SOURCE, 1},
  {"图文来源", FIELD_SOURCE, 1}, {"素材来源", FIELD_OTHER, 1}, {"图片来源", FIELD_OTHER, 1}, {"资料来源", FIELD_OTHER, 1},
  {"来自", FIELD_OTHER, 1}, {"写于", FIELD_PUBLISHED, 2}, {"作于", FIELD_PUBLISHED, 2},
  {"功能介绍", FIELD_OTHER, 1}, {"主笔", FIELD_AUTHOR, 1},
  {"特约撰稿", FIELD_AUTHOR, 1}, {"本期撰稿", FIELD_AUTHOR, 1}, {"采编", FIELD_AUTHOR, 1}, {"文、图", FIELD_AUTHOR, 0},
  {"图、文", FIELD_AUTHOR, 0}, {"文·图", FIELD_AUTHOR, 0}, {"图·文", FIELD_AUTHOR, 0}, {"来稿", FIELD_CONTRIBUTOR, 1},
  {"供图", FIELD_CONTRIBUTOR, 1}, {"编发", FIELD_EDITOR, 1}, {"编校", FIELD_EDITOR, 1}, {"本期责编", FIELD_EDITOR, 1},
  {"执行责编", FIELD_EDITOR, 1}, {"美术编辑", FIELD_EDITOR, 1}, {"图片编辑", FIELD_EDITOR, 1}, {"编辑人", FIELD_EDITOR, 1},
  {"内容审核", FIELD_REVIEWER, 1}, {"审读", FIELD_REVIEWER, 1}, {"复核", FIELD_REVIEWER, 1}, {"校检", FIELD_REVIEWER, 1},
  {"责校", FIELD_REVIEWER, 1}, {"统稿", FIELD_REVIEWER, 1}, {"编委", FIELD_REVIEWER, 1}, {"值班编委", FIELD_REVIEWER, 1},
  {"值班总编", FIELD_REVIEWER, 1}, {"监审", FIELD_REVIEWER, 1}, {"出品人", FIELD_REVIEWER, 1}, {"总策划", FIELD_REVIEWER, 1},
  {"一校", FIELD_REVIEWER, 1}, {"二校", FIELD_REVIEWER, 1}, {"三校", FIELD_REVIEWER, 1}, {"审定", FIELD_REVIEWER, 1},
  {"版式", FIELD_OTHER, 1}, {"组版", FIELD_OTHER, 1}, {"设计", FIELD_OTHER, 1}, {"版面设计", FIELD_OTHER, 1},
  {"海报", FIELD_OTHER, 1}, {"剪辑", FIELD_OTHER, 1}, {"播音", FIELD_OTHER, 1}, {"出品", FIELD_OTHER, 1},
  {"信件编号", FIELD_OTHER, 1}, {"信息类别", FIELD_OTHER, 1}, {"信息编号", FIELD_OTHER, 1}, {"阅读权限", FIELD_OTHER, 0},
  {"公开属性", FIELD_OTHER, 1}, {"公开类别", FIELD_OTHER, 1}, {"公开形式", FIELD_OTHER, 1}, {"服务对象", FIELD_OTHER, 1},
  {"生效日期", FIELD_OTHER, 1}, {"失效日期", FIELD_OTHER, 1}, {"废止日期", FIELD_OTHER, 1}, {"施行日期", FIELD_OTHER, 1},
  {"实施日期", FIELD_OTHER, 1}, {"有效期", FIELD_OTHER, 1}, {"时效性", FIELD_OTHER, 1}, {"时效", FIELD_OTHER, 0},
  {"效力状态", FIELD_OTHER, 1}, {"文件状态", FIELD_OTHER, 1}, {"文件类型", FIELD_OTHER, 1}, {"公文种类", FIELD_OTHER, 1},
  {"所属主题", FIELD_OTHER, 1}, {"体裁", FIELD_OTHER, 0}, {"语种", FIELD_OTHER, 0}, {"答复单位", FIELD_OTHER, 0},
  {"答复时间", FIELD_OTHER, 0}, {"办结时间", FIELD_OTHER, 0}, {"受理单位", FIELD_OTHER, 0},
  {"办理单位", FIELD_OTHER, 0}, {"答复日期", FIELD_OTHER, 0}, {"回复日期", FIELD_OTHER, 0}, {"信件类型", FIELD_OTHER, 0},
  {"标题", FIELD_TITLE, 1}, {"信件标题", FIELD_TITLE, 0}, {"来信标题", FIELD_TITLE, 0}, {"文章标题", FIELD_TITLE, 0},
  {"名称", FIELD_TITLE, 0},
  {"信息名称", FIELD_TITLE, 1}, {"文件名称", FIELD_TITLE, 1}, {"原标题", FIELD_OTHER, 0},
  {"发布时间", FIELD_PUBLISHED, 1}, {"发布日期", FIELD_PUBLISHED, 1}, {"发表时间", FIELD_PUBLISHED, 1},
  {"发表日期", FIELD_PUBLISHED, 1}, {"发表于", FIELD_PUBLISHED, 1}, {"发布于", FIELD_PUBLISHED, 1},
  {"发文日期", FIELD_PUBLISHED, 1}, {"发文时间", FIELD_PUBLISHED, 1}, {"成文日期", FIELD_PUBLISHED, 1},
  {"生成日期", FIELD_PUBLISHED, 1}, {"信息时间", FIELD_PUBLISHED, 1}, {"更新时间", FIELD_PUBLISHED, 1},
  {"更新日期", FIELD_PUBLISHED, 1}, {"添加时间", FIELD_PUBLISHED, 1}, {"添加日期", FIELD_PUBLISHED, 1},
  {"录入时间", FIELD_PUBLISHED, 1}, {"上传时间", FIELD_PUBLISHED, 1}, {"刊发时间", FIELD_PUBLISHED, 1},
  {"编辑时间", FIELD_PUBLISHED, 1}, {"来信时间", FIELD_PUBLISHED, 1}, {"提问时间", FIELD_PUBLISHED, 1},
  {"查看数", FIELD_CLICKS, 1}, {"时间", FIELD_PUBLISHED, 1}, {"日期", FIELD_PUBLISHED, 1},
  {"发布", FIELD_PUBLISHED, 1}, {"published on", FIELD_PUBLISHED, 1}, {"published", FIELD_PUBLISHED, 1},
  {"posted on", FIELD_PUBLISHED, 1}, {"posted", FIELD_PUBLISHED, 1}, {"updated", FIELD_PUBLISHED, 1},
  {"last updated", FIELD_PUBLISHED, 1}, {"date", FIELD_PUBLISHED, 0}, {"公开日", FIELD_PUBLISHED, 0},
  {"公开日期", FIELD_PUBLISHED, 1}, {"公开时间", FIELD_PUBLISHED, 1},
  {"投稿日", FIELD_PUBLISHED, 0}, {"更新日", FIELD_PUBLISHED, 0}, {"掲载日", FIELD_PUBLISHED, 0},
  {"主题", FIELD_TITLE, 0}, {"来源", FIELD_SOURCE, 1}, {"文章来源", FIELD_SOURCE, 1}, {"信息来源", FIELD_SOURCE, 1},
  {"稿件来源", FIELD_SOURCE, 1}, {"新闻来源", FIELD_SOURCE, 1}, {"内容来源", FIELD_SOURCE, 1}, {"稿源", FIELD_SOURCE, 1},
  {"来源单位", FIELD_SOURCE, 0}, {"转自", FIELD_SOURCE, 0}, {"摘自", FIELD_SOURCE, 0}, {"原载", FIELD_SOURCE, 0},
  {"出处", FIELD_SOURCE, 0}, {"转载自", FIELD_SOURCE, 0}, {"source", FIELD_SOURCE, 0}, {"via", FIELD_SOURCE, 0},
  {"出典", FIELD_SOURCE, 0}, {"提供", FIELD_SOURCE, 0},
  {"发布机构", FIELD_PUBLISHER, 1}, {"发布单位", FIELD_PUBLISHER, 1}, {"发文机关", FIELD_PUBLISHER, 1},
  {"发文单位", FIELD_PUBLISHER, 1}, {"发布部门", FIELD_PUBLISHER, 0}, {"发布者", FIELD_PUBLISHER, 0},
  {"发布人", FIELD_PUBLISHER, 0}, {"发布机关", FIELD_PUBLISHER, 1}, {"供稿单位", FIELD_PUBLISHER, 0},
  {"作者", FIELD_AUTHOR, 1}, {"楼主", FIELD_AUTHOR, 1}, {"发帖人", FIELD_AUTHOR, 1}, {"文章作者", FIELD_AUTHOR, 0},
  {"原作者", FIELD_AUTHOR, 0}, {"撰稿", FIELD_AUTHOR, 1}, {"撰稿人", FIELD_AUTHOR, 1}, {"撰文", FIELD_AUTHOR, 1},
  {"采写", FIELD_AUTHOR, 1}, {"供稿", FIELD_CONTRIBUTOR, 1}, {"供稿人", FIELD_CONTRIBUTOR, 1},
  {"投稿", FIELD_CONTRIBUTOR, 1}, {"投稿人", FIELD_CONTRIBUTOR, 1}, {"文字", FIELD_AUTHOR, 0},
  {"图文", FIELD_AUTHOR, 1}, {"文图", FIELD_AUTHOR, 1}, {"文/图", FIELD_AUTHOR, 1}, {"图/文", FIELD_AUTHOR, 1},
  {"图文/", FIELD_AUTHOR, 1}, {"图片", FIELD_CONTRIBUTOR, 0}, {"摄影", FIELD_CONTRIBUTOR, 1},
  {"摄影/", FIELD_AUTHOR, 1}, {"摄", FIELD_AUTHOR, 0}, {"文", FIELD_AUTHOR, 0}, {"图", FIELD_CONTRIBUTOR, 0},
  {"记者", FIELD_AUTHOR, 1}, {"本报记者", FIELD_AUTHOR, 1}, {"本网记者", FIELD_AUTHOR, 1}, {"本刊记者", FIELD_AUTHOR, 1},
  {"特约记者", FIELD_AUTHOR, 1}, {"实习记者", FIELD_AUTHOR, 1}, {"见习记者", FIELD_AUTHOR, 1}, {"首席记者", FIELD_AUTHOR, 1},
  {"全媒体记者", FIELD_AUTHOR, 1}, {"融媒体记者", FIELD_AUTHOR, 1}, {"通讯员", FIELD_AUTHOR, 1},
  {"特约通讯员", FIELD_AUTHOR, 1}, {"本报通讯员", FIELD_AUTHOR, 1}, {"报道员", FIELD_AUTHOR, 1}, {"执笔", FIELD_AUTHOR, 1},
  {"信息员", FIELD_AUTHOR, 1}, {"文稿", FIELD_AUTHOR, 1}, {"撰写", FIELD_AUTHOR, 1}, {"文案", FIELD_AUTHOR, 1},
  {"拍摄", FIELD_CONTRIBUTOR, 1}, {"制作", FIELD_OTHER, 1}, {"排版", FIELD_OTHER, 1}, {"作者单位", FIELD_OTHER, 0},
  {"文章录入", FIELD_OTHER, 0}, {"微信号", FIELD_OTHER, 1}, {"用户名", FIELD_TOOL, 0}, {"密码", FIELD_TOOL, 0},
  {"验证码", FIELD_TOOL, 0}, {"本文地址", FIELD_TOOL, 0}, {"本文链接", FIELD_TOOL, 0}, {"文章链接", FIELD_TOOL, 0},
  {"原文链接", FIELD_TOOL, 0}, {"顶", FIELD_COUNTER, 0}, {"踩", FIELD_COUNTER, 0}, {"匿名发表", FIELD_TOOL, 1},
  {"原创", FIELD_AUTHOR, 1}, {"整理", FIELD_AUTHOR, 0}, {"by", FIELD_AUTHOR, 1}, {"author", FIELD_AUTHOR, 0},
  {"authors", FIELD_AUTHOR, 0}, {"written by", FIELD_AUTHOR, 1}, {"words by", FIELD_AUTHOR, 1},
  {"取材・文", FIELD_AUTHOR, 0}, {"取材", FIELD_AUTHOR, 0}, {"笔者", FIELD_AUTHOR, 0}, {"编辑", FIELD_EDITOR, 1},
  {"责任编辑", FIELD_EDITOR, 1}, {"责编", FIELD_EDITOR, 1}, {"本文编辑", FIELD_EDITOR, 1}, {"值班编辑", FIELD_EDITOR, 1},
  {"本期编辑", FIELD_EDITOR, 1}, {"本版编辑", FIELD_EDITOR, 1}, {"本版责编", FIELD_EDITOR, 1},
  {"版面编辑", FIELD_EDITOR, 1}, {"执行编辑", FIELD_EDITOR, 1}, {"网络编辑", FIELD_EDITOR, 1}, {"网站编辑", FIELD_EDITOR, 1},
  {"新媒体编辑", FIELD_EDITOR, 1}, {"视觉编辑", FIELD_EDITOR, 1}, {"主编", FIELD_EDITOR, 1}, {"副主编", FIELD_EDITOR, 1},
  {"执行主编", FIELD_EDITOR, 1}, {"编审", FIELD_EDITOR, 1}, {"实习编辑", FIELD_EDITOR, 1}, {"微信编辑", FIELD_EDITOR, 1},
  {"文字编辑", FIELD_EDITOR, 1}, {"图文编辑", FIELD_EDITOR, 1}, {"美编", FIELD_EDITOR, 1}, {"责任编校", FIELD_EDITOR, 1},
  {"editor", FIELD_EDITOR, 0}, {"edited by", FIELD_EDITOR, 1}, {"编集", FIELD_EDITOR, 0},
  {"編集", FIELD_EDITOR, 0}, {"录入", FIELD_OTHER, 1}, {"录入者", FIELD_OTHER, 1}, {"审核", FIELD_REVIEWER, 1},
  {"审核人", FIELD_REVIEWER, 1}, {"审稿", FIELD_REVIEWER, 1}, {"校对", FIELD_REVIEWER, 1},
  {"责任校对", FIELD_REVIEWER, 1}, {"终审", FIELD_REVIEWER, 1}, {"初审", FIELD_REVIEWER, 1},
  {"复审", FIELD_REVIEWER, 1}, {"一审", FIELD_REVIEWER, 1}, {"二审", FIELD_REVIEWER, 1}, {"三审", FIELD_REVIEWER, 1},
  {"审签", FIELD_REVIEWER, 1}, {"监制", FIELD_REVIEWER, 1}, {"总监制", FIELD_REVIEWER, 1}, {"签发", FIELD_REVIEWER, 1},
  {"审校", FIELD_REVIEWER, 1}, {"值班主任", FIELD_REVIEWER, 1}, {"值班领导", FIELD_REVIEWER, 1},
  {"统筹", FIELD_REVIEWER, 1}, {"策划", FIELD_REVIEWER, 1}, {"核稿", FIELD_REVIEWER, 1}, {"总编辑", FIELD_REVIEWER, 1},
  {"总编", FIELD_REVIEWER, 1}, {"关键词", FIELD_KEYWORD, 1}, {"关键字", FIELD_KEYWORD, 1}, {"标签", FIELD_KEYWORD, 0},
  {"热词", FIELD_KEYWORD, 0}, {"相关标签", FIELD_KEYWORD, 0}, {"主题词", FIELD_KEYWORD, 1}, {"文章标签", FIELD_KEYWORD, 0},
  {"本文标签", FIELD_KEYWORD, 0}, {"tags", FIELD_KEYWORD, 0}, {"tag", FIELD_KEYWORD, 0},
  {"keywords", FIELD_KEYWORD, 0}, {"key words", FIELD_KEYWORD, 0}, {"キーワード", FIELD_KEYWORD, 0},
  {"栏目", FIELD_SECTION, 0}, {"所属栏目", FIELD_SECTION, 0}, {"频道", FIELD_SECTION, 0}, {"分类", FIELD_SECTION, 0},
  {"所属分类", FIELD_SECTION, 0}, {"信息分类", FIELD_SECTION, 1}, {"category", FIELD_SECTION, 0},
  {"section", FIELD_SECTION, 0}, {"点击", FIELD_CLICKS, 1}, {"点击数", FIELD_CLICKS, 1}, {"点击量", FIELD_CLICKS, 1},
  {"点击率", FIELD_CLICKS, 1}, {"点击次数", FIELD_CLICKS, 1}, {"浏览", FIELD_CLICKS, 1}, {"浏览量", FIELD_CLICKS, 1},
  {"浏览数", FIELD_CLICKS, 1}, {"浏览次数", FIELD_CLICKS, 1}, {"阅读", FIELD_CLICKS, 1}, {"阅读量", FIELD_CLICKS, 1},
  {"阅读数", FIELD_CLICKS, 1}, {"阅读次数", FIELD_CLICKS, 1}, {"访问量", FIELD_CLICKS, 1}, {"访问次数", FIELD_CLICKS, 1},
  {"访问数", FIELD_CLICKS, 1}, {"人气", FIELD_CLICKS, 1}, {"查看", FIELD_CLICKS, 1}, {"已阅", FIELD_CLICKS, 1},
  {"views", FIELD_CLICKS, 1}, {"hits", FIELD_CLICKS, 1}, {"赞", FIELD_COUNTER, 1}, {"点赞", FIELD_COUNTER, 1},
  {"在看", FIELD_COUNTER, 1}, {"评论", FIELD_COUNTER, 1}, {"评论数", FIELD_COUNTER, 1}, {"转发", FIELD_COUNTER, 1},
  {"收藏", FIELD_COUNTER, 1}, {"回复", FIELD_COUNTER, 1}, {"喜欢", FIELD_COUNTER, 1}, {"分享", FIELD_COUNTER, 1},
  {"跟帖", FIELD_COUNTER, 1}, {"留言", FIELD_COUNTER, 1}, {"回应", FIELD_COUNTER, 1}, {"推荐", FIELD_COUNTER, 1}, {"comments", FIELD_COUNTER, 1},
  {"likes", FIELD_COUNTER, 1}, {"shares", FIELD_COUNTER, 1}, {"字体", FIELD_TOOL, 1}, {"字号", FIELD_TOOL, 1},
  {"字体大小", FIELD_TOOL, 1}, {"文字大小", FIELD_TOOL, 1}, {"视力保护色", FIELD_TOOL, 0}, {"背景色", FIELD_TOOL, 0},
  {"分享到", FIELD_SHARE, 1}, {"分享至", FIELD_SHARE, 1}, {"转发到", FIELD_SHARE, 1}, {"分享给", FIELD_SHARE, 1},
  {"索引号", FIELD_OTHER, 1}, {"文号", FIELD_OTHER, 1}, {"发文字号", FIELD_OTHER, 1}, {"主题分类", FIELD_OTHER, 1},
  {"公开方式", FIELD_OTHER, 1}, {"公开时限", FIELD_OTHER, 1}, {"公开范围", FIELD_OTHER, 1}, {"有效性", FIELD_OTHER, 1},
  {"体裁分类", FIELD_OTHER, 1}, {"组配分类", FIELD_OTHER, 1}, {"主题类别", FIELD_OTHER, 1}, {"文件编号", FIELD_OTHER, 1},
  {"来信人", FIELD_OTHER, 0}, {"受理编号", FIELD_OTHER, 0},
  {"办理状态", FIELD_OTHER, 0}, {"回复单位", FIELD_OTHER, 0}, {"回复时间", FIELD_OTHER, 0},
  {"摘要", FIELD_ABSTRACT, 0}, {"内容提要", FIELD_ABSTRACT, 0}, {"核心提示", FIELD_ABSTRACT, 0},
  {"内容摘要", FIELD_ABSTRACT, 0}, {"内容简介", FIELD_ABSTRACT, 0}, {"导读", FIELD_ABSTRACT, 0},
  {"编者按", FIELD_ABSTRACT, 0}, {"新闻提示", FIELD_ABSTRACT, 0}, {"阅读提示", FIELD_ABSTRACT, 0},
  {"提要", FIELD_ABSTRACT, 0}, {"概要", FIELD_ABSTRACT, 0}, {"abstract", FIELD_ABSTRACT, 0},
  {"summary", FIELD_ABSTRACT, 0},
};

/* ---- the index ------------------------------------------------------------------ */

static size_t count_list(const char *const *words) {
  size_t n = 0;
  while (words[n]) n++;
  return n;
}

static void add_entry(cue_index *x, enum cue_use use, const char *text, uint32_t value) {
  const char *key = use == USE_END ? text + utf8_prev(text, strlen(text)) : text;
  uint16_t *link = &x->head[use][cue_hash(key)];
  while (*link) link = &x->entries[*link - 1].next;
  x->entries[x->n++] = (cue_entry){text, value, (uint16_t)strlen(text), 0};
  *link = (uint16_t)x->n;
}

static void add_list(cue_index *x, enum cue_use use, const char *const *words, uint32_t value) {
  for (; *words; words++) add_entry(x, use, *words, value);
}

/* What its characters are to the scan; those of three bytes only. */
static void add_roles(cue_index *x, const char *text) {
  size_t first, second;
  uint32_t c = utf8_decode(text, &first);
  if (first == 3) cue_add_role(x, c, text[first] ? CUE_FIRST : CUE_ALONE);
  if (!text[first]) return;
  c = utf8_decode(text + first, &second);
  if (second == 3) cue_add_role(x, c, CUE_SECOND);
}

/* What a heading's number begins with, besides digits and brackets. */
static void add_numbers(cue_index *x) {
  size_t len;
  for (uint32_t c = 0x800; c < 0x10000; c++)
    if (numeral_digit(c) > 0) cue_add_role(x, c, CUE_NUMBERS);
  cue_add_role(x, utf8_decode("十", &len), CUE_NUMBERS);
  cue_add_role(x, utf8_decode("第", &len), CUE_NUMBERS);
}

static const struct { const char *const *words; enum cue_word word; } lists[] = {
  {related_words, WORD_RELATED}, {nav_words, WORD_NAV}, {share_words, WORD_SHARE}, {vote_words, WORD_VOTE},
  {advert_words, WORD_ADVERT}, {file_words, WORD_FILE}, {menu_words, WORD_MENU},
  {counter_words, WORD_COUNTER}};
#define N_LISTS (sizeof lists / sizeof *lists)
#define N_LABELS (sizeof labels / sizeof *labels)

int cues_attach(mill_data *d, mill_error *err) {
  size_t n = N_PHRASES + N_LABELS;
  for (size_t k = 0; k < N_LISTS; k++) n += count_list(lists[k].words);
  for (size_t k = 0; k < N_STARTS; k++) n += count_list(starts[k].words);
  for (size_t k = 0; k < N_ENDS; k++) n += count_list(ends[k].words);
  cue_index *x = mem_calloc(1, sizeof *x + n * sizeof *x->entries);
  if (!x) return mill_fail_memory(err);
  for (size_t k = 0; k < N_PHRASES; k++) {
    add_entry(x, USE_PHRASE, phrases[k].text, phrases[k].bit);
    add_roles(x, phrases[k].text);
  }
  for (size_t k = 0; k < N_LABELS; k++)
    add_entry(x, USE_LABEL, labels[k].text, labels[k].key | (uint32_t)labels[k].spaced << 8);
  for (size_t k = 0; k < N_LISTS; k++) add_list(x, USE_WORD, lists[k].words, lists[k].word);
  for (size_t k = 0; k < N_STARTS; k++) add_list(x, USE_START, starts[k].words, starts[k].edge);
  for (size_t k = 0; k < N_ENDS; k++) add_list(x, USE_END, ends[k].words, ends[k].edge);
  add_numbers(x);
  d->cues = x;
  return 0;
}

void cues_detach(mill_data *d) {
  mem_free(d->cues);
  d->cues = NULL;
}
