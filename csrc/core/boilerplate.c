/*
** boilerplate.c - lines that are furniture of the site, each with its reason:
** navigation share vote copyright counter number file advert.
**
** Everything asks for positive evidence: a word of the trade as the whole
** line, a phrase about the site's rights, or a neighbour that has it. Markup
** only adds to that: a long sentence is given up for a <nav> or <footer>,
** not for a class name.
*/
#include "cues.h"
#include "fields.h"

static const char *text_of(const page *p, uint32_t i, size_t *n) {
  *n = span_len(p->pieces[i].folded);
  return page_at(p, p->pieces[i].folded.from);
}

static void drop(page *p, uint32_t i, const char *reason) {
  page_settle(p, i, MILL_BLOCK_BOILERPLATE, reason);
}

static int dropped(const page *p, uint32_t i) {
  return p->pieces[i].settled && p->pieces[i].kind == MILL_BLOCK_BOILERPLATE;
}

/* ---- lines made of words of the trade ------------------------------------------ */

static const char *const bars[] = {"|", ">", "»", "›", "丨", "/", "→", "·", "•", "【", "】", "[", "]", "(", ")",
  "︱", "┊", "-", "—", "_", NULL};

#define WORD_MAX 40 /* bytes of a word of the trade (cue_word_of) */

typedef struct tally {
  unsigned words, longest, pages; /* pages: bare numbers of a pager */
  unsigned tools;                 /* words that end as those of buttons do: 文档下载 */
  unsigned of[WORD_FILE + 1];
} tally;

/* 非常满意 12票, 高兴(3): the word in front of a count; its bytes. */
static size_t counted(const char *s, size_t n) {
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
  size_t bare = n > 3 ? counted(s, n) : n; /* 收藏 3, 回复(12) */
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

/* Cuts at bars, or at blanks where `blanks`; counts what the words are. */
static tally count_words(const page *p, const char *s, size_t n, int blanks) {
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
  tally t = count_words(p, s, n, 0);
  const char *reason = is_menu(s, n, &t) ? "navigation" : reason_of_tally(&t);
  if (reason || !(q->signs & SIGN_BLANK)) return reason;
  t = count_words(p, s, n, 1);
  return reason_of_tally(&t);
}

int boilerplate_has_tool(const page *p, uint32_t i) {
  size_t n;
  const char *s = text_of(p, i, &n);
  tally t = count_words(p, s, n, 1);
  return t.words <= 4 && t.of[WORD_NAV] > 0;
}

/* ---- breadcrumbs ------------------------------------------------------------------ */

static int is_home(const char *s, size_t n) {
  static const char *const words[] = {"首页", "主页", "网站首页", "本站首页", "home", "トップ", "ホーム", NULL};
  for (int k = 0; words[k]; k++)
    if (strlen(words[k]) == n && memcmp(words[k], s, n) == 0) return 1;
  return text_ends(s, n, "首页") && text_chars(s, n) <= 8;
}

static int is_last_step(const char *s, size_t n) {
  static const char *const words[] = {"正文", "详情", "内容", "文章", "详细内容", "内容详情", "浏览文章", "文章内容", "信息详情", "查看",
    NULL};
  for (int k = 0; words[k]; k++)
    if (strlen(words[k]) == n && memcmp(words[k], s, n) == 0) return 1;
  return 0;
}

/* 版块 > 乡村大家谈 > 帖子: arrows alone, and short steps: a trail without home. */
static int is_arrows(const char *s, size_t n, unsigned least) {
  static const char *const arrows[] = {">>", ">", "»", "›", "→", NULL};
  unsigned steps = 1, longest = 0, chars = 0;
  for (size_t i = 0; i < n;) {
    size_t w = text_mark(s + i, n - i, arrows);
    if (w) steps++, chars = 0;
    else if (!text_blank(s + i, n - i) && ++chars > longest) longest = chars;
    i += w ? w : utf8_length((unsigned char)s[i]);
  }
  return steps >= least && steps <= 7 && longest <= 10 && chars > 0;
}

/* Reads 首页 > 新闻 > 县区; returns steps, 0 if it is none. The last step that
** names a section is noted. */
static unsigned read_trail(const page *p, mill_span span, mill_span *section) {
  static const char *const steps[] = {">>", ">", "»", "›", "→", "/", "-", "·", NULL};
  uint32_t from = span.from, i = span.from;
  unsigned count = 0, home = 0;
  section->from = section->to = span.to;
  while (i <= span.to) {
    size_t n = span.to - i, w = text_mark(page_at(p, i), n, steps);
    if (!w) w = text_blank(page_at(p, i), n);
    if (w || i == span.to) {
      mill_span step = page_trim(p->folded, (mill_span){from, i});
      if (step.from < step.to) {
        const char *s = page_at(p, step.from);
        if (text_chars(s, span_len(step)) > 14) return count >= 2 && home ? count : 0;
        if (count++ == 0) {
          if (!(home = (unsigned)is_home(s, span_len(step)))) return 0;
        } else if (!is_last_step(s, span_len(step))) *section = step;
      }
      if (i == span.to) break;
      from = i + (uint32_t)w;
    }
    i += w ? (uint32_t)w : (uint32_t)utf8_length((unsigned char)*page_at(p, i));
  }
  return home ? count : 0;
}

/* 某网 > 乡镇 > 某村荷花香, over 某村荷花香: the trail without its last step. */
static mill_span without_title(const page *p, uint32_t i, mill_span trail) {
  const char *s = page_at(p, trail.from);
  size_t n = span_len(trail);
  for (uint32_t k = i + 1; k < p->n && k <= i + 2; k++) {
    const page_piece *q = &p->pieces[k];
    size_t m = span_len(q->folded);
    if (q->chars < 6 || m >= n || memcmp(s + n - m, page_at(p, q->folded.from), m) != 0) continue;
    trail.to -= (uint32_t)m;
    while (trail.to > trail.from && (trail.to = page_trim(p->folded, trail).to) > trail.from) {
      size_t w = text_ends_any(s, span_len(trail), (const char *const[]){">", "»", "›", "→", "-", "/", NULL});
      if (w == 0) break;
      trail.to -= (uint32_t)w;
    }
    return trail;
  }
  return trail;
}

/* The last step of a trail without home. */
static mill_span last_step(const page *p, mill_span trail) {
  static const char *const arrows[] = {">", "»", "›", "→", NULL};
  uint32_t from = trail.from;
  for (uint32_t i = trail.from; i < trail.to; i += (uint32_t)utf8_length((unsigned char)*page_at(p, i))) {
    size_t w = text_mark(page_at(p, i), trail.to - i, arrows);
    mill_span rest = page_trim(p->folded, (mill_span){i + (uint32_t)w, trail.to});
    if (w && rest.from < rest.to && !is_last_step(page_at(p, rest.from), span_len(rest))) from = i + (uint32_t)w;
  }
  mill_span step = page_trim(p->folded, (mill_span){from, trail.to});
  return from > trail.from ? step : (mill_span){trail.to, trail.to};
}

#define HEAD_PIECES 3 /* at the top of a page a trail of two steps will do */

static int breadcrumb(page *p, uint32_t i) {
  page_piece *q = &p->pieces[i];
  mill_span section, trail = q->folded;
  size_t n, w;
  const char *s = text_of(p, i, &n);
  if (q->chars > 80 || q->sentence) return 0;
  w = q->edges & EDGE_PLACE ? cue_starts_place(p->cues, s, n) : 0;
  if (!w && !(q->signs & (SIGN_MARK | SIGN_BLANK))) return 0; /* one step */
  trail.from += (uint32_t)w;
  trail = without_title(p, i, page_trim(p->folded, trail));
  unsigned steps = read_trail(p, trail, &section);
  int arrows = steps == 0 && q->chars <= 60 &&
               is_arrows(page_at(p, trail.from), span_len(trail), i < HEAD_PIECES ? 2 : 3);
  if (!w && (steps < 2 || steps > 7) && !arrows) return 0;
  if (arrows) section = last_step(p, trail), steps = 1;
  if (steps > 0 && section.from < section.to) page_note(p, FIELD_SECTION, section, 2);
  drop(p, i, "navigation");
  if (p->trail == MILL_NONE && i < 60) p->trail = q->line;
  return 1;
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
  const char *s = text_of(p, i, &n), *reason;
  if (breadcrumb(p, i)) return;
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
  if (reason) drop(p, i, reason);
}

void boilerplate_mark(page *p) {
  cues_scan(p);
  for (uint32_t i = 0; i < p->n; i++) mark_line(p, i);
}

/* ---- what neighbours show -------------------------------------------------------------- */

static size_t bullet(const char *s, size_t n) {
  static const char *const marks[] = {"•", "·", "●", "○", "■", "□", "◆", "◇", "▪", "‣", "※", "*", "-", "–",
    "—", NULL};
  size_t w = text_starts_any(s, n, marks), b;
  while (w && (b = text_blank(s + w, n - w)) > 0) w += b;
  return w;
}

/* After a heading on rights: its numbered paragraphs and lines with a cue. */
static uint32_t spread_rights(page *p, uint32_t i) {
  uint32_t last = i;
  for (uint32_t k = i + 1; k < p->n && k - last <= 3; k++) {
    const page_piece *q = &p->pieces[k];
    if (dropped(p, k)) {
      if (q->reason && strcmp(q->reason, "copyright") == 0) last = k;
      continue;
    }
    if (cue_weak(q->cues) >= 2 || (q->cues & (CUE_SELF | CUE_RIGHTS | CUE_OFFICE)) ||
        (cue_weak(q->cues) >= 1 && q->chars < 80))
      last = k;
    else if (q->chars > 60) break; /* prose that speaks of something else */
  }
  for (uint32_t k = i + 1; k <= last; k++)
    if (!dropped(p, k)) drop(p, k, "copyright");
  return last;
}

/* A choice of a vote, with its count or without: its word is known. */
static int is_choice(const page *p, uint32_t i) {
  size_t n, b;
  const char *s = text_of(p, i, &n);
  if (p->pieces[i].chars > 12 || p->pieces[i].sentence) return 0;
  b = bullet(s, n);
  return cue_word_of(p->cues, s + b, counted(s + b, n - b)) == WORD_VOTE;
}

/* A short question to the reader, over choices. */
static int asks(const page *p, uint32_t i) {
  static const char *const who[] = {"您", "你", "请", "本文", "这篇", NULL};
  size_t n;
  const char *s = text_of(p, i, &n);
  return !p->pieces[i].settled && p->pieces[i].chars <= 24 && text_starts_any(s, n, who) > 0;
}

static uint32_t spread_votes(page *p, uint32_t i) {
  while (i + 1 < p->n) {
    page_piece *q = &p->pieces[i + 1];
    size_t n;
    if (is_choice(p, i + 1)) {
      drop(p, ++i, "vote");
      continue;
    }
    const char *s = text_of(p, i + 1, &n);
    int is_bullet = bullet(s, n) > 0, number = n > 0 && s[0] >= '0' && s[0] <= '9';
    size_t b = bullet(s, n);
    if (q->chars > 8 || q->sentence ||
        (!is_bullet && !number && cue_word_of(p->cues, s + b, n - b) != WORD_VOTE && !dropped(p, i + 1)))
      break;
    if (dropped(p, i + 1) && cue_word_of(p->cues, s + b, n - b) != WORD_VOTE) break;
    drop(p, ++i, "vote");
  }
  return i;
}

/* A title with its day behind it, which reads as a line of fields without a label. */
static int is_dated_title(const page *p, const page_piece *q) {
  enum field_key key = FIELD_NONE;
  char iso[24];
  int spaced;
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded);
  if (!q->settled || q->kind != MILL_BLOCK_DATELINE || q->chars < 12 || q->chars > 60) return 0;
  return !cue_label(p->cues, s, n, &key, &spaced) && timestamp_scan(s, n, iso) == 0;
}

/* Does piece i say who wrote the line above it, and when? */
static int is_signed_below(const page *p, uint32_t i) {
  const page_piece *q = &p->pieces[i];
  return q->settled && !q->linked && (q->kind == MILL_BLOCK_DATELINE || q->kind == MILL_BLOCK_BYLINE) &&
         !is_dated_title(p, q);
}

/* After 相关新闻: titles, until something that is none. An entry of a menu
** (排行榜 among others) heads no list. */
static uint32_t spread_related(page *p, uint32_t i) {
  if (p->pieces[i].linked && i > 0 && dropped(p, i - 1)) return i;
  for (unsigned steps = 0; i + 1 < p->n && steps < 40; steps++) {
    page_piece *q = &p->pieces[i + 1];
    if (q->hint && q->hint->role == HTML_HEADING && q->hint->level == 1) break;
    int dated = is_dated_title(p, q);
    if (!dated && i + 2 < p->n && is_signed_below(p, i + 2)) break; /* the title of the page */
    if (!dated && (q->settled || q->chars > 50 || q->chars < 4 || (q->sentence && q->chars > 30))) break;
    if (dated) page_forget(p, q->folded);
    drop(p, ++i, "navigation");
  }
  return i;
}

static void spread_forward(page *p) {
  for (uint32_t i = 0; i < p->n; i++) {
    if (!dropped(p, i)) { /* two choices, one below the other, need no question above */
      if (!p->pieces[i].settled && i + 1 < p->n && is_choice(p, i) && is_choice(p, i + 1)) {
        if (i > 0 && asks(p, i - 1)) drop(p, i - 1, "vote");
        drop(p, i, "vote");
        i = spread_votes(p, i);
      }
      continue;
    }
    size_t n;
    const char *s = text_of(p, i, &n);
    if (cue_is_rights_heading(p->cues, s, n)) i = spread_rights(p, i);
    else if (strcmp(p->pieces[i].reason, "vote") == 0) i = spread_votes(p, i);
    else if (cue_word_of(p->cues, s, n) == WORD_RELATED) i = spread_related(p, i);
  }
}

/* A lone 微信 or 小 counts beside a share button or a tool. */
static void spread_words(page *p, uint32_t i, uint32_t neighbour) {
  size_t n;
  const char *s = text_of(p, i, &n);
  if (p->pieces[i].settled || !dropped(p, neighbour)) return;
  enum cue_word word = cue_word_of(p->cues, s, n);
  if (word == WORD_NONE) return;
  const char *reason = p->pieces[neighbour].reason;
  if (word == WORD_SHARE) drop(p, i, "share");
  else if (strcmp(reason, "navigation") == 0 && word != WORD_VOTE) drop(p, i, "navigation");
}

/* The head of the page above its breadcrumb: the name of the site, short
** lines of several words. Prose above it means that it is no head. */
static void spread_head(page *p) {
  if (p->trail == MILL_NONE) return;
  for (uint32_t i = 0; i < p->n && p->pieces[i].line < p->trail; i++)
    if (page_is_prose(&p->pieces[i]) && !p->pieces[i].settled) return;
  for (uint32_t i = 0; i < p->n && p->pieces[i].line < p->trail; i++) {
    size_t n;
    const char *s = text_of(p, i, &n);
    tally t = count_words(p, s, n, 1);
    int site = p->pieces[i].chars <= 14 && name_is_medium(p, s, n);
    if (!p->pieces[i].settled &&
        (site || (t.words >= 2 && t.longest <= 10) || (t.words == 1 && (t.of[WORD_MENU] || t.longest <= 6))))
      drop(p, i, "navigation");
  }
}

/* The day above the breadcrumb is today, where another stands below it: no time of publishing. */
static void spread_today(page *p) {
  uint32_t trail = 0;
  int below = 0;
  if (p->trail == MILL_NONE) return;
  while (trail < p->n && p->pieces[trail].line < p->trail) trail++;
  if (trail == p->n) return;
  for (uint32_t k = 0; k < p->n_found; k++)
    below |= p->found[k].key == FIELD_PUBLISHED && p->found[k].folded.from > p->pieces[trail].folded.from;
  for (uint32_t i = 0; below && i < trail; i++) {
    if (!p->pieces[i].settled || p->pieces[i].kind != MILL_BLOCK_DATELINE) continue;
    page_forget(p, p->pieces[i].folded);
    drop(p, i, "navigation");
  }
}

/* Contact lines of the site, at the end of the page only. */
static void spread_foot(page *p) {
  unsigned misses = 0;
  for (uint32_t i = p->n; i-- > 0 && misses < 4;) {
    page_piece *q = &p->pieces[i];
    if (dropped(p, i)) continue;
    if (!q->settled && q->cues & CUE_OFFICE && q->chars <= 120 && !q->sentence) drop(p, i, "copyright");
    else if (page_is_prose(q)) break;
    else misses++;
  }
}

/* ---- bare numbers ------------------------------------------------------------------------- */

/* A line that is nothing but a number: its value, or -1. */
static long bare_number(const page_piece *q, const char *s) {
  long value = 0;
  uint32_t n = span_len(q->folded);
  if (n > 1 && *s == '+') s++, n--; /* +1: a thumb */
  if (n == 0 || n > 6) return -1;
  for (uint32_t i = 0; i < n; i++) {
    if (s[i] < '0' || s[i] > '9') return -1;
    value = value * 10 + (s[i] - '0');
  }
  return value;
}

static int is_cell(const page_piece *q) { return q->hint && q->hint->role == HTML_CELL; }

/* Can a stray number stand beside piece i: prose, a settled line, the edge? */
static int calm(const page *p, uint32_t i) {
  return i >= p->n || p->pieces[i].settled || (p->pieces[i].sentence && !is_cell(&p->pieces[i]));
}

/* 43 44 45 ... one run through the whole page: numbers of pictures. */
static int one_sequence(const page *p) {
  long last = -1;
  unsigned count = 0;
  for (uint32_t i = 0; i < p->n; i++) {
    long v = bare_number(&p->pieces[i], page_at(p, p->pieces[i].folded.from));
    if (v < 0) continue;
    if (count++ && v != last + 1) return 0;
    last = v;
  }
  return count >= 4;
}

static void mark_numbers(page *p) {
  int sequence = one_sequence(p);
  for (uint32_t i = 0; i < p->n; i++) {
    const page_piece *q = &p->pieces[i];
    uint32_t end = i;
    if (q->settled) continue;
    while (end < p->n && bare_number(&p->pieces[end], page_at(p, p->pieces[end].folded.from)) >= 0 &&
           !is_cell(&p->pieces[end]))
      end++;
    if (end == i) continue;
    int before = i == 0 || calm(p, i - 1), after = calm(p, end);
    int led = *page_at(p, q->folded.from) == '0' && span_len(q->folded) == 2; /* 01: a part's number */
    if ((before && after && (!led || end == p->n)) || (sequence && (before || after) && !led))
      for (uint32_t k = i; k < end; k++)
        drop(p, k, bare_number(q, page_at(p, q->folded.from)) == 0 ? "counter" : "number");
    i = end - 1;
  }
}

void boilerplate_spread(page *p) {
  spread_forward(p);
  spread_head(p);
  spread_today(p);
  for (uint32_t i = 1; i < p->n; i++) spread_words(p, i, i - 1);
  for (uint32_t i = p->n; i-- > 1;) spread_words(p, i - 1, i);
  spread_foot(p);
  mark_numbers(p);
}
