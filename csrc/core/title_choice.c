/*
** title_choice.c - which line is the title. Every line above the text that can be
** one is a candidate; what it shows speaks for or against it, and the sum decides:
**
**   云岭日报 2020-02-26            the dateline shows where to look
**   小小积分卡                     leads 0, length +3, second above the byline +4
**   一张卡撬动大治理               length +3, next to the byline +6: the title
**   ——花园镇见闻                  begins as a subtitle -6
**   本报记者 王芳
**
** A page that begins with a sentence has no title; one whose best line shows too
** little has none, either. Without a dateline the first line stands highest.
*/
#include "title.h"

#define HEAD_MAX 60 /* pieces: the text begins above, or there is no title but by markup */
#define SHOWS_ENOUGH 4
#define REPEATED_MIN_CHARS 6

typedef struct choice {
  const page *p;
  uint32_t end;    /* the first piece of the text, at most HEAD_MAX */
  uint32_t first;  /* the first line that little speaks against */
  uint32_t window; /* the piece that is <title>, or MILL_NONE */
  uint32_t above, below; /* the first and the last dateline or byline in front of the text, or none */
} choice;

static const char *text_of(const choice *c, uint32_t i, size_t *n) {
  const page_piece *q = &c->p->pieces[i];
  *n = span_len(q->folded);
  return page_at(c->p, q->folded.from);
}

static int is_line_of_fields(const page_piece *q) {
  return q->settled && (q->kind == MILL_BLOCK_DATELINE || q->kind == MILL_BLOCK_BYLINE);
}

/* The text, or 本报讯(记者 王芳) in front of it. */
static int begins_text(const page *p, uint32_t i) {
  const page_piece *q = &p->pieces[i];
  return title_is_text(q) || (q->settled && q->kind == MILL_BLOCK_BYLINE && i + 1 < p->n &&
                              q[1].line == q->line && !q[1].settled);
}

/* ---- what a line is by itself ------------------------------------------------------------ */

static int starts_numbered(const char *s, size_t n) {
  static const char *const marks[] = {"•", "●", "附件", "图为", "▲", "———", NULL};
  unsigned level, ordinal;
  char iso[24];
  return text_starts_any(s, n, marks) > 0 || heading_number(s, n, &level, &ordinal) > 0 ||
         timestamp_scan(s, n, iso) > 0;
}

/* 某政发〔2018〕7号 */
static int is_file_number(const char *s, size_t n) {
  static const char *const closers[] = {"〕", "]", ")", "】", NULL};
  size_t i = text_ends(s, n, "号") ? n - 3 : 0, digits = i, w;
  while (digits > 0 && s[digits - 1] >= '0' && s[digits - 1] <= '9') digits--;
  if (i == 0 || digits == i || digits < 5 || !(w = text_ends_any(s, digits, closers))) return 0;
  const char *year = s + digits - w - 4;
  return digits >= w + 4 && text_chars(s, n) <= 20 &&
         (memcmp(year, "20", 2) == 0 || memcmp(year, "19", 2) == 0);
}

/* ↑↑↑, ────, a face: no word in it, as far as one looks. */
static int has_words(const page *p, const page_piece *q) {
  size_t len;
  uint32_t end = span_len(q->folded) > 60 ? q->folded.from + 60 : q->folded.to;
  for (uint32_t at = q->folded.from; at < end; at += (uint32_t)len) {
    uint32_t c = utf8_decode(page_at(p, at), &len);
    if (text_is_han(c) || text_is_kana(c) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
        (c >= 0xC0 && c < 0x2000))
      return 1;
  }
  return 0;
}

/* As clauses and sentences end, and no title does. */
static int ends_within_text(const page *p, const page_piece *q) {
  static const char *const no_end[] = {"。", ";", ":", ",", "、", NULL};
  return text_ends_any(page_at(p, q->folded.from), span_len(q->folded), no_end) > 0;
}

int title_like(const page *p, const page_piece *q) {
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded);
  if (q->settled || q->chars < 2 ||
      q->chars > (p->japanese || (unsigned char)*s < 0x80 ? 140u : 64u))
    return 0;
  if (q->hint && (q->hint->role == HTML_TITLE || memchr(s, '\t', n))) return 0;
  if (ends_within_text(p, q) || starts_numbered(s, n) || is_file_number(s, n)) return 0;
  if (text_ends(s, n, ".") && q->chars > 30) return 0;
  return has_words(p, q) && (!text_stop(s, n) || q->chars <= 30);
}

int title_is_site(const page *p, const page_piece *q) {
  static const char *const boards[] = {"论坛", "贴吧", "博客", "空间", NULL};
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded);
  return q->chars <= 12 &&
         (name_is_medium(p, s, n) || (q->chars <= 8 && text_ends_any(s, n, boards)));
}

int title_is_subtitle(const page *p, uint32_t i) {
  static const char *const dashes[] = {"—", "--", "–", NULL};
  const page_piece *q = &p->pieces[i];
  return i < p->n && !q->settled && q->chars <= 40 && !q->sentence &&
         text_starts_any(page_at(p, q->folded.from), span_len(q->folded), dashes) > 0;
}

int title_is_rubric(const page *p, const page_piece *q) {
  static const char *const marks[][2] = {{"·", "·"}, {"【", "】"}, {"[", "]"}, {"★", "★"}, {"■", "■"}, {"◆", "◆"}};
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded), w;
  for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
    if ((w = text_starts(s, n, marks[k][0])) > 0 && n > 2 * w && text_ends(s, n, marks[k][1]) > 0 &&
        !memmem(s + w, n - 2 * w, marks[k][1], w))
      return q->chars <= 16;
  return 0;
}

int title_names_document(const page *p, const page_piece *q) {
  static const char *const kinds[] = {
      "通知", "意见", "方案",   "报告",   "公告", "通告", "通报", "函",   "决定",
      "办法", "请示", "批复",   "纪要",   "公示", "总结", "细则", "规定", "规划",
      "预案", "要点", "倡议书", "一封信", "讲话", "名单", NULL};
  char bare[64]; /* the end of it, without blanks: 通 知 */
  size_t n = 0;
  mill_span s = q->folded;
  if (span_len(s) > sizeof bare) s.from = s.to - (uint32_t)sizeof bare;
  for (; s.from < s.to; s.from++)
    if (*page_at(p, s.from) != ' ') bare[n++] = *page_at(p, s.from);
  return text_ends_any(bare, n, kinds) > 0;
}

/* ---- where markup and the page point -------------------------------------------------------
 */

static int is_h1(const choice *c, uint32_t i) {
  const html_hint *h = c->p->pieces[i].hint;
  return h && h->role == HTML_HEADING && h->level == 1;
}

static int is_called_title(const choice *c, uint32_t i) {
  const html_hint *h = c->p->pieces[i].hint;
  return h && h->context & HTML_SAYS_TITLE;
}

static int is_subheading(const choice *c, uint32_t i) {
  const html_hint *h = c->p->pieces[i].hint;
  return h && h->role == HTML_HEADING && (h->level == 2 || h->level == 3);
}

/* <title>: it, then the site. */
static int is_in_window(const choice *c, uint32_t i) {
  size_t n, whole;
  const char *s = text_of(c, i, &n);
  if (c->window == MILL_NONE || n < 6) return 0;
  const char *t = text_of(c, c->window, &whole);
  return whole >= n && memcmp(s, t, n) == 0;
}

/* Said once more on the page: in the trail above it, over the text, as 原标题. */
static int is_repeated(const choice *c, uint32_t i) {
  size_t n, other;
  const char *s = text_of(c, i, &n);
  if (c->p->pieces[i].chars < REPEATED_MIN_CHARS) return 0;
  for (uint32_t k = 0; k < c->end; k++) {
    const char *t = text_of(c, k, &other);
    if (k != i && k != c->window && other >= n &&
        (memcmp(s, t, n) == 0 || memcmp(s, t + other - n, n) == 0))
      return 1;
  }
  return 0;
}

/* The nearer the dateline or byline below, the more. */
static int is_over_dateline(const choice *c, uint32_t i) {
  int worth = 3;
  for (uint32_t k = i + 1; k < c->p->n && k <= i + 8 && worth > 0; k++) {
    const page_piece *q = &c->p->pieces[k];
    if (begins_text(c->p, k)) return 0;
    if (is_line_of_fields(q)) return worth;
    worth -= !q->settled && !title_is_subtitle(c->p, k);
  }
  return 0;
}

static int has_fields_above(const choice *c, uint32_t i) { return c->above < i; }

/* The first line stands highest where no dateline points at another; of a page of a
** paper, with its name and day above and who wrote it below, it may be the kicker. */
static int leads(const choice *c, uint32_t i) {
  int below = c->below != MILL_NONE && c->below > i;
  if (i != c->first || (below && has_fields_above(c, i))) return 0;
  return below ? 1 : 2;
}

/* ---- what speaks against it ----------------------------------------------------------------
 */

static int is_usual_length(const choice *c, uint32_t i) {
  const page_piece *q = &c->p->pieces[i];
  int latin = (unsigned char)*page_at(c->p, q->folded.from) < 0x80;
  if (q->chars < 4) return title_names_document(c->p, q) && i == c->first ? 1 : -4; /* 公告 */
  if (q->chars >= 8 && q->chars <= (latin || c->p->japanese ? 120u : 36u)) return 3;
  return q->chars > 4;
}

static int is_site(const choice *c, uint32_t i) {
  return title_is_site(c->p, &c->p->pieces[i]);
}

/* 第12期, 〔2020〕第 15 期, 总第85期; 第01版:要闻 */
static int is_issue(const choice *c, uint32_t i) {
  size_t n;
  const char *s = text_of(c, i, &n);
  if (fields_is_sheet(s, n)) return 1;
  if (c->p->pieces[i].chars > 24 ||
      !(c->p->pieces[i].signs & (SIGN_DIGIT | SIGN_MARK | SIGN_BLANK)))
    return 0;
  while (n > 0 && (s[n - 1] == ')' || s[n - 1] == ' ')) n--;
  return text_ends(s, n, "期") > 0 && memmem(s, n, "第", 3) != NULL;
}

/* The name of the bulletin over the number of its issue. */
static int is_over_issue(const choice *c, uint32_t i) {
  for (uint32_t k = i + 1; k < c->end && k <= i + 2; k++)
    if (is_issue(c, k)) return 1;
  return 0;
}

/* 某镇人民政府文件 */
static int is_red_head(const choice *c, uint32_t i) {
  size_t n;
  const char *s = text_of(c, i, &n);
  return text_ends(s, n, "文件") > 0 && name_is_office(c->p, s, n - 6);
}

/* An office alone over "关于...的通知": the document's title is below it. */
static int is_office_over_document(const choice *c, uint32_t i) {
  size_t n, other;
  const char *s = text_of(c, i, &n);
  if (!name_is_office(c->p, s, n) || i + 1 >= c->p->n ||
      !title_like(c->p, &c->p->pieces[i + 1]))
    return 0;
  const char *t = text_of(c, i + 1, &other);
  return text_starts(t, other, "关于") > 0 || title_names_document(c->p, &c->p->pieces[i + 1]);
}

static int begins_as_subtitle(const choice *c, uint32_t i) {
  size_t n;
  const char *s = text_of(c, i, &n);
  return text_starts_any(s, n, (const char *const[]){"—", "-", NULL}) > 0 ||
         (*s == '(' && s[n - 1] == ')') || title_is_rubric(c->p, &c->p->pieces[i]);
}

/* 首页 > 新闻 */
static int is_trail(const choice *c, uint32_t i) {
  static const char *const arrows[] = {">", "»", "›", "→", NULL};
  size_t n;
  const char *s = text_of(c, i, &n);
  if (c->p->pieces[i].signs & SIGN_MARK)
    for (size_t k = 0; k < n; k += utf8_length((unsigned char)s[k]))
      if (text_mark(s + k, n - k, arrows)) return 1;
  return 0;
}

static int names_people(const choice *c, uint32_t i) {
  mill_span names[NAMES_MAX], all = c->p->pieces[i].folded;
  return c->p->pieces[i].chars <= 12 && !title_names_document(c->p, &c->p->pieces[i]) && /* 公 告 */
         names_parse(c->p, all, NAMES_STRICT | NAMES_SURNAME, names, NULL) > 0 &&
         (c->p->pieces[i].signs & SIGN_BLANK || name_is_person(c->p, all));
}

static int is_of_menu(const choice *c, uint32_t i) {
  size_t n;
  const char *s = text_of(c, i, &n);
  return cue_word_of(c->p->cues, s, n) != WORD_NONE || boilerplate_has_tool(c->p, i) ||
         c->p->pieces[i].cues & CUE_SIGNUP;
}

static int is_cell(const choice *c, uint32_t i) {
  const html_hint *h = c->p->pieces[i].hint;
  return h && (h->role == HTML_CELL || h->role == HTML_ITEM);
}

static int is_linked(const choice *c, uint32_t i) { return c->p->pieces[i].linked; }

static int has_stop(const choice *c, uint32_t i) {
  size_t n;
  const char *s = text_of(c, i, &n);
  return text_stop(s, n) != NULL;
}

/* Above the trail stands what belongs to the site. */
static int is_over_trail(const choice *c, uint32_t i) {
  return c->p->trail != MILL_NONE && c->p->pieces[i].line < c->p->trail;
}

static int names_document(const choice *c, uint32_t i) {
  return title_names_document(c->p, &c->p->pieces[i]);
}

/* ---- the sum -------------------------------------------------------------------------------
 */

/* How much each sign is worth, times how often it holds (-4..3). */
typedef struct sign {
  int (*holds)(const choice *, uint32_t);
  int worth;
} sign;
static const sign signs_for[] = {{is_h1, 12},       {is_called_title, 6}, {is_subheading, 2},
                                 {is_in_window, 8}, {is_repeated, 3},     {is_over_dateline, 2},
                                 {leads, 2},        {is_usual_length, 1}, {names_document, 2},
                                 {NULL, 0}};
static const sign signs_against[] = {{is_site, -8},
                                     {is_issue, -12},
                                     {is_over_issue, -8},
                                     {is_red_head, -8},
                                     {is_office_over_document, -6},
                                     {begins_as_subtitle, -8},
                                     {is_trail, -8},
                                     {names_people, -8},
                                     {is_of_menu, -8},
                                     {is_over_trail, -4},
                                     {is_cell, -2},
                                     {is_linked, -3},
                                     {has_stop, -3},
                                     {NULL, 0}};

static int sum_of(const choice *c, uint32_t i, const sign *list) {
  int sum = 0;
  for (; list->holds; list++) sum += list->worth * list->holds(c, i);
  return sum;
}

/* Where the text begins, and what stands above it. */
static choice survey(const page *p) {
  choice c = {p, 0, MILL_NONE, MILL_NONE, MILL_NONE, MILL_NONE};
  for (; c.end < p->n && c.end < HEAD_MAX && !begins_text(p, c.end); c.end++) {
    const page_piece *q = &p->pieces[c.end];
    if (q->hint && q->hint->role == HTML_TITLE)
      c.window = c.end;
    else if (is_line_of_fields(q))
      c.below = c.end, c.above = c.above == MILL_NONE ? c.end : c.above;
  }
  for (uint32_t i = 0; i < c.end && c.first == MILL_NONE; i++) {
    if (!p->pieces[i].settled && ends_within_text(p, &p->pieces[i]))
      break; /* it begins with text */
    if (title_like(p, &p->pieces[i]) && sum_of(&c, i, signs_against) > -4) c.first = i;
  }
  return c;
}

/* The last of equals where a dateline stands above and below: the kicker comes first. */
static int is_better(const choice *c, uint32_t i, int worth, int most) {
  return worth > most ||
         (worth == most && c->below != MILL_NONE && c->below > i && has_fields_above(c, i));
}

uint32_t title_choose(const page *p) {
  choice c = survey(p);
  uint32_t best = MILL_NONE;
  int most = SHOWS_ENOUGH - 1;
  for (uint32_t i = 0; i < p->n; i++) {
    const page_piece *q = &p->pieces[i];
    if (i < HEAD_MAX && q->settled && q->kind == MILL_BLOCK_TITLE) return i; /* 标题: */
    int marked = q->hint && (is_h1(&c, i) || is_called_title(&c, i));
    if ((i >= c.end && !marked) || !title_like(p, q) || i + 1 == p->n) continue;
    int worth = sum_of(&c, i, signs_for) + sum_of(&c, i, signs_against);
    if (is_better(&c, i, worth, most)) best = i, most = worth;
  }
  return best;
}
