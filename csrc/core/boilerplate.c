/*
** boilerplate.c - lines that are furniture of the site, each with its reason:
** navigation share vote copyright counter number file advert.
**
** Everything asks for positive evidence: a word of the trade as the whole
** line, a phrase about the site's rights, or a neighbour that has it. Markup
** only adds to that: a long sentence is given up for a <nav> or <footer>,
** not for a class name.
*/
#include "boilerplate.h"

/* ---- lines made of words of the trade ------------------------------------------ */

static const char *const bars[] = {"|", ">", "»", "›", "丨", "/", "→", "·", "•", "【", "】", "[", "]", "(", ")",
  "︱", "┊", "-", "—", "_", NULL};

#define WORD_MAX 40 /* bytes of a word of the trade (cue_word_of) */

size_t trade_counted(const char *s, size_t n) {
  static const char *const units[] = {"票", "人", "%", ")", NULL};
  size_t end = n, w;
  while (end > 0 && (w = text_ends_any(s, end, units)) > 0) end -= w;
  size_t digits = end;
  while (digits > 0 && s[digits - 1] >= '0' && s[digits - 1] <= '9') digits--;
  if (digits == end) return n; /* no count */
  while (digits > 0 && (s[digits - 1] == ' ' || s[digits - 1] == '(' || s[digits - 1] == ':')) digits--;
  return digits;
}

static void count_word(const page *p, tally *t, const char *s, size_t n, int bracketed) {
  size_t bare = n > 3 ? trade_counted(s, n) : n; /* 收藏 3, 回复(12) */
  if (bare > 0 && bare < n && cue_word_of(p->cues, s, bare) != WORD_NONE) n = bare;
  unsigned chars = text_chars(s, n);
  if (chars == 0) return;
  if (n <= 3 && s[0] >= '0' && s[0] <= '9' && s[n - 1] >= '0' && s[n - 1] <= '9') {
    t->pages += !bracketed; /* 评论(3) counts */
    return;
  }
  t->words++;
  if (chars > t->longest) t->longest = chars;
  int pages = chars <= 6 && text_starts(s, n, "共") && text_ends(s, n, "页"); /* 共3页 */
  enum cue_word word = pages ? WORD_NAV : cue_word_of(p->cues, s, n);
  if (word == WORD_NONE && chars >= 3 && chars <= 5 && cue_ends(p->cues, s, n) & EDGE_TOOL) t->tools++;
  t->of[word]++;
}

tally trade_words(const page *p, const char *s, size_t n, int blanks) {
  tally t = {0};
  size_t from = 0, i = 0;
  while (i < n) {
    size_t w = text_mark(s + i, n - i, bars);
    if (!w && blanks) w = text_blank(s + i, n - i);
    if (w) {
      mill_span word = page_trim(s, (mill_span){(uint32_t)from, (uint32_t)i});
      count_word(p, &t, s + word.from, span_len(word), from > 0 && s[from - 1] == '(');
      from = i + w;
    }
    i += w ? w : utf8_length((unsigned char)s[i]);
  }
  mill_span word = page_trim(s, (mill_span){(uint32_t)from, (uint32_t)n});
  count_word(p, &t, s + word.from, span_len(word), from > 0 && s[from - 1] == '(');
  return t;
}

static const char *reason_of_tally(const tally *t) {
  unsigned known = t->words - t->of[WORD_NONE] + (t->words >= 3 && t->of[WORD_NAV] > 0 ? t->tools : 0),
           sure = t->of[WORD_NAV] + t->of[WORD_SHARE] + t->of[WORD_RELATED];
  if (t->words == 0 || known == 0) return NULL;
  if (t->pages > 0)
    return t->pages >= 2 && t->longest <= 5 && t->of[WORD_NAV] * 2 >= t->words ? "navigation" : NULL;
  if (t->words == 1)
    return t->of[WORD_RELATED] ? "navigation" : t->of[WORD_ADVERT] ? "advert" : t->of[WORD_FILE] ? "file"
           : t->of[WORD_NAV] && t->longest > 1 ? "navigation" : NULL;
  if (known < t->words && (t->words < 3 || known * 10 < t->words * 7 || t->longest > 8)) return NULL;
  if (sure == 0 && t->words < 3) return NULL;
  if (t->of[WORD_SHARE] * 2 > t->words) return "share";
  return t->of[WORD_VOTE] * 2 > t->words ? "vote" : "navigation";
}

/* 首页 | 镇情 | 机构 | 特产: a menu begins with the way home. */
static int is_menu(const char *s, size_t n, const tally *t) {
  static const char *const homes[] = {"首页", "网站首页", "本站首页", "主页", "home ", "home|", NULL};
  return t->words >= 4 && t->of[WORD_NAV] > 0 && t->longest <= ((unsigned char)*s < 0x80 ? 14u : 6u) &&
         text_starts_any(s, n, homes) > 0;
}

/* A line without bars or blanks is one word, and a long word none of the trade. */
static const char *word_line(const page *p, const page_piece *q, const char *s, size_t n) {
  if (n > 600 || (n > WORD_MAX && !(q->signs & (SIGN_MARK | SIGN_BLANK)))) return NULL;
  tally t = trade_words(p, s, n, 0);
  const char *reason = is_menu(s, n, &t) ? "navigation" : reason_of_tally(&t);
  if (reason || !(q->signs & SIGN_BLANK)) return reason;
  t = trade_words(p, s, n, 1);
  return reason_of_tally(&t);
}

int boilerplate_has_tool(const page *p, uint32_t i) {
  size_t n;
  const char *s = piece_text(p, i, &n);
  tally t = trade_words(p, s, n, 1);
  return t.words <= 4 && t.of[WORD_NAV] > 0;
}

/* ---- what one line shows ------------------------------------------------------------ */

static const char *rights(const page_piece *q) {
  int weak = cue_weak(q->cues);
  if (q->cues & CUE_RIGHTS && (q->chars <= 90 || weak >= 2 || q->cues & CUE_SELF)) return "copyright";
  if (q->cues & CUE_SELF && weak >= (q->chars > 150 ? 4 : 3)) return "copyright";
  if (q->cues & CUE_BAN && q->chars <= 50 && weak >= 2) return "copyright";
  return NULL;
}

/* An offer is an advert; how to follow the page, or to send it on, belongs to it. */
static const char *call_of(const char *s, size_t n) {
  static const char *const offers[] = {"订阅", "下载", "客户端", "sign up", "subscribe", NULL};
  for (int k = 0; offers[k]; k++)
    if (memmem(s, n, offers[k], strlen(offers[k]))) return "advert";
  return "share";
}

static const char *call(const page_piece *q, const char *s, size_t n) {
  static const char *const calls[] = {
    "点击", "长按", "扫", "关注", "欢迎", "发送", "下载", "识别", "微信", "请", "↑", "▲", "↓", "▼", "戳", "sign up", "subscribe",
    NULL};
  if (!(q->cues & CUE_SIGNUP) || q->chars > 70) return NULL;
  return !q->sentence || text_starts_any(s, n, calls) ? call_of(s, n) : NULL;
}

/* 附件: a.jpg (386 KB, 下载次数: 5) */
static int is_upload(const page *p, const page_piece *q, const char *s, size_t n) {
  if (q->chars > 80 || !(q->edges & EDGE_CLOSED) || s[n - 1] != ')') return 0;
  while (n > 0 && s[n - 1] != '(') n--;
  if (n > 0) n--;
  while (n > 0 && s[n - 1] == ' ') n--;
  return cue_is_file(p->cues, s, n);
}

/* 2/14: which picture of how many */
static int is_slide(const char *s, size_t n) {
  unsigned at = 0, of = 0;
  size_t i = 0;
  for (; i < n && i < 3 && s[i] >= '0' && s[i] <= '9'; i++) at = at * 10 + (unsigned)(s[i] - '0');
  if (i == 0 || i >= n || s[i] != '/') return 0;
  for (i++; i < n && s[i] >= '0' && s[i] <= '9' && of < 1000; i++) of = of * 10 + (unsigned)(s[i] - '0');
  return i == n && at >= 1 && at <= of;
}

/* 友情链接: names of sites */
static int names_links(const char *s, size_t n) {
  return text_starts_any(s, n, (const char *const[]){"友情链接:", "相关链接:", "网站导航:", NULL}) > 0;
}

/* - 2 -, — 12 —: the number of a page of print */
static int is_folio(const char *s, size_t n) {
  static const char *const dashes[] = {"-", "–", "—", NULL};
  size_t w = n <= 16 ? text_starts_any(s, n, dashes) : 0, e = w ? text_ends_any(s, n, dashes) : 0, digits = 0;
  if (!w || !e || w + e >= n) return 0;
  for (size_t i = w; i < n - e; i++) {
    if (s[i] >= '0' && s[i] <= '9') digits++;
    else if (s[i] != ' ') return 0;
  }
  return digits > 0 && digits <= 3;
}

/* What markup says about the place of a line. */
static const char *placed(const page_piece *q) {
  if (!q->hint) return NULL;
  uint32_t c = q->context;
  int linked = q->hint->linked * 10 >= span_len(q->hint->clean) * 6;
  if (c & HTML_IN_NAV) return "navigation";
  if (c & HTML_IN_FOOTER && !(c & (HTML_IN_ARTICLE | HTML_IN_MAIN))) return "copyright";
  if (page_is_prose(q) && !linked) /* where readers and rights are at home, prose is, too */
    return c & HTML_SAYS_COMMENT ? "comment"
           : c & HTML_SAYS_FOOT  ? "copyright"
           : c & HTML_SAYS_AD    ? "advert"
                                 : NULL;
  if (c & (HTML_SAYS_NAV | HTML_IN_FORM)) return "navigation";
  if (c & HTML_SAYS_FOOT) return "copyright";
  if (c & HTML_SAYS_SHARE) return "share";
  if (c & HTML_SAYS_AD) return "advert";
  if (c & HTML_SAYS_COMMENT) return "comment";
  if (c & (HTML_SAYS_RELATED | HTML_IN_ASIDE)) return "navigation";
  return c & HTML_IN_HEADER && linked ? "navigation" : NULL;
}

/* 分享到微信朋友圈: where to, in words of the trade. */
static int shares_with(const page *p, const char *s, size_t n) {
  size_t w = n <= 60 ? cue_start_of(p->cues, EDGE_SHARE_WITH, s, n) : 0;
  while (w && w < n && (s[w] == ' ' || s[w] == ':')) w++;
  return w > 0 && w < n && cue_word_of(p->cues, s + w, n - w) == WORD_SHARE;
}

/* 分享 and the like alone; 微信 is a channel only beside them. */
static int says_share(const page *p, const page_piece *q, const char *s, size_t n) {
  if (q->edges & EDGE_SHARE_WITH && shares_with(p, s, n)) return 1;
  return q->edges & EDGE_SHARE && cue_word_of(p->cues, s, n) == WORD_SHARE;
}

/* 相关阅读:a title */
static int names_related(const page *p, const char *s, size_t n) {
  const char *colon = memchr(s, ':', n < 48 ? n : 48);
  return colon && colon + 1 < s + n && cue_word_of(p->cues, s, (size_t)(colon - s)) == WORD_RELATED;
}

/* 00:00 / 03:25: how far a video has been played */
static int is_player(const char *s, size_t n) {
  unsigned digits = 0, colons = 0, strokes = 0;
  if (n < 9 || n > 20) return 0;
  for (size_t i = 0; i < n; i++) {
    if (s[i] >= '0' && s[i] <= '9') digits++;
    else if (s[i] == ':') colons++;
    else if (s[i] == '/') strokes++;
    else if (s[i] != ' ') return 0;
  }
  return strokes == 1 && colons >= 2 && digits >= 6;
}

/* With a word of this kind, or a sign that may stand before it? */
static int may_begin(const page_piece *q, enum cue_edge edge, const char *s) {
  unsigned char c = (unsigned char)*s;
  return (q->edges & edge) || (c < 0x80 && (c < 'a' || c > 'z')) || c == 0xE3;
}

static void mark_line(page *p, uint32_t i) {
  page_piece *q = &p->pieces[i];
  size_t n;
  const char *s = piece_text(p, i, &n), *reason;
  if (trail_mark(p, i)) return;
  if (cue_is_file(p->cues, s, n) || is_upload(p, q, s, n)) reason = "file";
  else if ((*s == '-' || (unsigned char)*s == 0xE2) && is_folio(s, n)) reason = "number";
  else if (n <= 7 && q->signs & SIGN_MARK && is_slide(s, n)) reason = "number";
  else if (q->signs & SIGN_MARK && q->chars <= 80 && names_links(s, n)) reason = "navigation";
  else if (n == 6 && text_starts(s, n, "点赞")) reason = "vote";
  else if (q->chars <= 80 && may_begin(q, EDGE_PAGER, s) && cue_starts_pager(p->cues, s, n))
    reason = "navigation";
  else if (q->chars <= 60 && ((q->signs & SIGN_MARK && names_related(p, s, n)) ||
                              (q->chars <= 30 && (q->edges & EDGE_GREETS || is_player(s, n)))))
    reason = "navigation";
  else if (may_begin(q, EDGE_RIGHTS, s) && cue_is_rights_heading(p->cues, s, n)) reason = "copyright";
  else if (says_share(p, q, s, n)) reason = "share";
  else if (!(reason = q->sentence ? NULL : word_line(p, q, s, n)) && !(reason = rights(q)) &&
           !(reason = call(q, s, n)) && q->cues & CUE_MOOD && q->chars <= 40)
    reason = "vote";
  if (!reason) reason = placed(q);
  if (reason) piece_drop(p, i, reason);
}

void boilerplate_mark(page *p) {
  cues_scan(p);
  for (uint32_t i = 0; i < p->n; i++) mark_line(p, i);
}
