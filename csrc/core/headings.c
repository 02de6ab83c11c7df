/*
** headings.c - headings, list items and captions among the lines that are left.
**
**   一、  第一章      level 1        whole line, or run into its paragraph:
**   (一)  第一节      level 2        一、战线前移。各组抢收...
**   1.               level 3        `- heading ---` paragraph
**   (1)              level 4
**   “三道防线”:       level 0        a short line that opens what follows
*/
#include "cues.h"
#include "fields.h"

#define HEADING_MAX_CHARS 40
#define RUN_IN_MAX_CHARS 32

/* ---- numbers in front ------------------------------------------------------------ */

static size_t number(const char *s, size_t n, unsigned *value) {
  size_t i = 0;
  for (*value = 0; i < n && i < 3 && s[i] >= '0' && s[i] <= '9'; i++)
    *value = *value * 10 + (unsigned)(s[i] - '0');
  return *value ? i : 0;
}

/* The mark at s: its bytes, level and ordinal. */
size_t heading_number(const char *s, size_t n, unsigned *level, unsigned *ordinal) {
  static const char *const tops[] = {"章", "编", "部分", "级", "篇", NULL};
  static const char *const middles[] = {"节", NULL};
  size_t w, i;
  if ((w = text_starts(s, n, "第")) > 0) {
    if (!(i = text_han_number(s + w, n - w, ordinal)) && !(i = number(s + w, n - w, ordinal))) return 0;
    w += i;
    *level = 1;
    if ((i = text_starts_any(s + w, n - w, tops)) > 0) return w + i;
    if ((i = text_starts(s + w, n - w, "条")) > 0) return *level = 6, w + i; /* of a law: its text */
    *level = 2;
    if ((i = text_starts_any(s + w, n - w, (const char *const[]){"步:", "步 ", NULL})) > 0)
      return w + i; /* 第一步,... is prose */
    return (i = text_starts_any(s + w, n - w, middles)) > 0 ? w + i : 0;
  }
  int bracket = *s == '(';
  w = (size_t)bracket;
  if ((i = text_han_number(s + w, n - w, ordinal)) > 0) *level = bracket ? 2 : 1;
  else if ((i = number(s + w, n - w, ordinal)) > 0) *level = bracket ? 4 : 3;
  else return 0;
  w += i;
  if (bracket) return w < n && s[w] == ')' ? w + 1 : 0;
  i = text_starts_any(s + w, n - w, (const char *const[]){"、", ".", NULL});
  if (*level == 1 && i == 1) return w + 1;
  /* 1.5 is a number, 1. an item */
  return i > 0 && !(i == 1 && w + 1 < n && s[w + 1] >= '0' && s[w + 1] <= '9') ? w + i : 0;
}

/* Bytes up to and with the first 。 when it comes within `limit` characters. */
static uint32_t first_sentence(const page *p, mill_span s, unsigned limit) {
  size_t far = 4 * (size_t)limit + 3, n = span_len(s) < far ? span_len(s) : far;
  const char *from = page_at(p, s.from), *stop = text_stop(from, n);
  unsigned chars = 0;
  for (const char *at = from; stop != NULL && at < stop; at++) chars += !utf8_is_tail((unsigned char)*at);
  return stop != NULL && chars <= limit ? s.from + (uint32_t)(stop - from) + 3 : s.from;
}

/* ---- run-in headings of one shape --------------------------------------------------- */

#define CLAUSE_MAX 16
#define RUN_IN_MIN_CHARS 15 /* of a line: where lines are wrapped little may stand behind the heading */
typedef struct shape { uint8_t first, second; } shape; /* characters of its clauses */

/* The shape of a short first sentence of one or two clauses; {0,0}: none. */
static shape sentence_shape(const page *p, const page_piece *q, uint32_t *end) {
  shape none = {0, 0}, sh = {0, 0};
  static const char *const quotes[] = {"“", "”", "\"", "‘", "’", NULL};
  if (q->settled || q->chars < RUN_IN_MIN_CHARS) return none;
  *end = first_sentence(p, q->folded, 24);
  if (*end == q->folded.from || *end >= q->folded.to) return none;
  unsigned clause = 0, count[2] = {0, 0};
  for (uint32_t i = q->folded.from; i < *end - 3;) {
    const char *s = page_at(p, i);
    size_t w = text_mark(s, *end - i, quotes);
    if (!w && *s == ',') { if (++clause > 1) return none; w = 1;
    } else if (!w) {
      w = utf8_length((unsigned char)*s);
      if ((unsigned char)*s < 0x80) return none;
      count[clause]++;
    }
    i += (uint32_t)w;
  }
  if (count[0] < 4 || count[0] >= CLAUSE_MAX || count[1] >= CLAUSE_MAX) return none;
  sh.first = (uint8_t)count[0];
  sh.second = (uint8_t)count[1];
  return sh;
}

/* The commonest shape, when three paragraphs or more begin with it. */
static shape common_shape(const page *p) {
  unsigned seen[CLAUSE_MAX][CLAUSE_MAX] = {{0}}, best = 2;
  shape found = {0, 0};
  uint32_t end;
  for (uint32_t i = 0; i < p->n; i++) {
    shape s = sentence_shape(p, &p->pieces[i], &end);
    if (s.first && ++seen[s.first][s.second] > best) best = seen[s.first][s.second], found = s;
  }
  return found;
}

static int near_shape(shape a, shape b) {
  return a.first && b.first && a.first <= b.first + 1 && b.first <= a.first + 1 &&
         (a.second > 0) == (b.second > 0) && a.second <= b.second + 1 && b.second <= a.second + 1;
}

/* ---- the pass -------------------------------------------------------------------------- */

static void set_heading(page_piece *q, unsigned level, unsigned ordinal) {
  q->kind = MILL_BLOCK_HEADING;
  q->level = (uint8_t)level;
  q->ordinal = (uint16_t)ordinal;
  q->settled = 1;
}

static void set_item(page_piece *q, unsigned level, unsigned ordinal) {
  set_heading(q, level, ordinal);
  q->kind = MILL_BLOCK_LIST;
}

/* Does text of its own follow, or a heading of a lower level? A line after
** which the next of the same kind stands is an item of a list. */
static int has_text(const page *p, const page_piece *q, const page_piece *next, unsigned level) {
  unsigned l = 0, ordinal;
  const page_piece *before = p->n > 1 ? q - 1 : NULL;
  if (!next || (before && before->kind == MILL_BLOCK_LIST && before->level == level)) return 0;
  if (next->settled) return level == 1;
  if (next->edges & EDGE_NUMBER &&
      heading_number(page_at(p, next->folded.from), span_len(next->folded), &l, &ordinal))
    return l > level || (level == 1 && l == 6);
  return level <= 2 || (next->chars > q->chars && (next->sentence || next->chars >= 20));
}

/* ◆ 水渠修到田头 alone over its text: a heading. Between items, or a sentence: an item. */
static int bullet_heads(const page *p, const page_piece *q, const page_piece *next) {
  static const char *const no_end[] = {":", ",", "、", ";", NULL};
  const page_piece *before = p->n > 1 ? q - 1 : NULL;
  unsigned level, ordinal;
  if (!next || next->settled || next->edges & EDGE_BULLET || q->sentence || q->chars > 30) return 0;
  if (next->edges & EDGE_NUMBER &&
      heading_number(page_at(p, next->folded.from), span_len(next->folded), &level, &ordinal))
    return 0;
  if (before && before->kind == MILL_BLOCK_LIST) return 0;
  return (next->sentence || next->chars >= 40) && next->chars >= 2 * q->chars &&
         !text_ends_any(page_at(p, q->folded.from), span_len(q->folded), no_end);
}

/* A numbered line: heading, run-in heading or list item. */
static void mark_numbered(page *p, size_t mark, unsigned level, unsigned ordinal, const page_piece *next) {
  page_piece *q = &p->pieces[p->n - 1];
  unsigned limit = level <= 2 ? RUN_IN_MAX_CHARS : 18;
  int followed = has_text(p, q, next, level);
  if (q->chars <= HEADING_MAX_CHARS && !text_ends(page_at(p, q->folded.from), span_len(q->folded), ";") &&
      (!q->sentence || q->chars <= 20) && followed && (level <= 2 || (level <= 4 && q->chars <= 24))) {
    set_heading(q, level, ordinal);
    return;
  }
  uint32_t end = first_sentence(p, q->folded, limit);
  if (level <= 3 && end > q->folded.from + mark + 6 && end < q->folded.to && page_split(p, end)) {
    set_heading(&p->pieces[p->n - 2], level, ordinal);
    return;
  }
  set_item(q, level, ordinal);
}

/* “三道防线”: on a line of its own. */
static int opens(const page *p, const page_piece *q) {
  static const char *const greetings[] = {"各", "尊敬的", "亲爱的", "全体", "广大", "问:", "答:", "记者", NULL};
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded);
  if (q->chars < 3 || q->chars > 20 || !text_ends(s, n, ":")) return 0;
  if (name_is_office(p, s, n - 1)) return 0; /* 县防汛指挥部: is who the letter goes to */
  return !memchr(s, ',', n) && !text_starts_any(s, n, greetings) && !text_stop(s, n);
}

typedef struct outline { /* what the rest of the page looks like */
  shape run_in;
  int numbered, prose_seen, markup, groups;
} outline;

static int by_markup(const page_piece *q, const outline *o) {
  return o->markup && q->hint && q->hint->role == HTML_HEADING && q->chars <= 60 && !page_is_prose(q);
}

static void mark_one(page *p, const page_piece *next, void *context) {
  const outline *o = context;
  page_piece *q = &p->pieces[p->n - 1];
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded), mark;
  unsigned level = 0, ordinal = 0;
  uint32_t end;
  if (q->settled) return;
  int followed = next && !next->settled && next->chars > q->chars && (next->sentence || next->chars >= 20);
  mark = q->edges & EDGE_NUMBER ? heading_number(s, n, &level, &ordinal) : 0;
  if (mark > 0) {
    if (by_markup(q, o)) set_heading(q, q->hint->level, ordinal);
    else mark_numbered(p, mark, level, ordinal, next);
  } else if (by_markup(q, o)) {
    set_heading(q, q->hint->level, 0);
  } else if (n == 2 && s[0] == '0' && s[1] >= '1' && s[1] <= '9') {
    set_heading(q, 0, (unsigned)(s[1] - '0')); /* 01 over a part */
  } else if (q->hint && q->hint->role == HTML_ITEM && q->chars <= 400) {
    set_item(q, q->hint->level, q->hint->ordinal);
  } else if (q->edges & EDGE_BULLET) {
    if (bullet_heads(p, q, next)) set_heading(q, 0, 0);
    else set_item(q, 0, 0);
  } else if (followed && opens(p, q)) {
    set_heading(q, 0, 0);
  } else if (o->run_in.first && near_shape(sentence_shape(p, q, &end), o->run_in) && page_split(p, end)) {
    set_heading(&p->pieces[p->n - 2], 0, 0);
  }
}

/* ---- captions --------------------------------------------------------------------------- */

static int short_line(const page *p, const page_piece *q) {
  static const char *const no_end[] = {":", ",", "、", ")", NULL};
  const char *s = page_at(p, q->folded.from);
  if (q->settled || q->sentence || q->chars < 2 || q->chars > 40) return 0;
  if (q->hint && q->hint->role == HTML_CELL) return 0;
  return (unsigned char)*s >= 0x41 && !text_ends_any(s, span_len(q->folded), no_end);
}

static int is_picture(const page_piece *q) {
  return q->kind == MILL_BLOCK_BOILERPLATE && q->reason && strcmp(q->reason, "file") == 0;
}

/* Is piece i the author's name under the title? The first heading may follow it. */
static int under_title(const page *p, uint32_t i) {
  return i > 0 && p->pieces[i].chars <= 4 && short_line(p, &p->pieces[i]) &&
         (p->pieces[i - 1].kind == MILL_BLOCK_TITLE || p->pieces[i - 1].kind == MILL_BLOCK_DATELINE);
}

/* A short line that is neither numbered nor a sentence, among paragraphs:
** heading over what follows, or caption? Captions come in groups somewhere on
** the page; headings stand alone over their text. */
static void mark_short(page *p, uint32_t i, const outline *o, uint32_t last_prose) {
  page_piece *q = &p->pieces[i];
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded);
  uint32_t next = i + 1;
  if (next < p->n && p->pieces[next].kind == MILL_BLOCK_BYLINE) next++; /* 本报讯(记者 ...) */
  int after = next < p->n && page_is_prose(&p->pieces[next]) && !p->pieces[next].settled;
  int before = i > 0 && (page_is_prose(&p->pieces[i - 1]) || p->pieces[i - 1].kind == MILL_BLOCK_HEADING ||
                         p->pieces[i - 1].kind == MILL_BLOCK_TITLE ||
                         p->pieces[i - 1].kind == MILL_BLOCK_DATELINE || under_title(p, i - 1));
  if (name_is_office(p, s, n)) return;
  if (i < last_prose && after && before && !o->numbered && !o->groups && q->chars <= 24) set_heading(q, 0, 0);
  else if (q->chars >= 5 && o->groups && o->prose_seen) page_settle(p, i, MILL_BLOCK_CAPTION, NULL);
}

/* Do short lines stand at two or more places between paragraphs, somewhere two
** together? A list stands at one place, headings stand alone. */
static int has_groups(const page *p) {
  int groups = 0, places = 0, run = 0, started = 0;
  for (uint32_t i = 0; i < p->n; i++) {
    const page_piece *q = &p->pieces[i];
    if (short_line(p, q)) run++;
    else {
      int between = started && run > 0 &&
                    (page_is_prose(q) || q->kind == MILL_BLOCK_HEADING || q->kind == MILL_BLOCK_KEYWORDS);
      places += between;
      groups += between && run >= 2;
      run = 0;
      started |= page_is_prose(q);
    }
  }
  return groups > 0 && places > 1;
}

static void mark_captions(page *p, outline *o) {
  uint32_t last_prose = 0;
  o->groups = has_groups(p);
  for (uint32_t i = 0; i < p->n; i++)
    if (page_is_prose(&p->pieces[i]) && p->pieces[i].kind == MILL_BLOCK_PARAGRAPH) last_prose = i;
  for (uint32_t i = 0; i < p->n; i++) {
    page_piece *q = &p->pieces[i];
    if (!q->settled &&
        ((q->hint && q->hint->role == HTML_CAPTION) || (q->chars <= 60 && q->edges & EDGE_CAPTION) ||
         (i > 0 && is_picture(q - 1) && q->chars <= 40)))
      page_settle(p, i, MILL_BLOCK_CAPTION, NULL);
    else if (short_line(p, q))
      mark_short(p, i, o, last_prose);
    if (page_is_prose(q) && (!q->settled || q->kind == MILL_BLOCK_ABSTRACT)) o->prose_seen = 1;
  }
}

/* Headings in markup are believed unless whole paragraphs stand in them. */
static int markup_is_sound(const page *p) {
  unsigned misused = 0;
  for (uint32_t i = 0; i < p->n; i++)
    misused += p->pieces[i].hint && p->pieces[i].hint->role == HTML_HEADING && page_is_prose(&p->pieces[i]);
  return misused < 2;
}

void headings_mark(page *p) {
  outline o = {common_shape(p), 0, 0, markup_is_sound(p), 0};
  page_rewrite(p, mark_one, &o);
  for (uint32_t i = 0; i < p->n; i++)
    o.numbered |=
        p->pieces[i].kind == MILL_BLOCK_HEADING && p->pieces[i].level > 0 && p->pieces[i].ordinal > 0;
  mark_captions(p, &o);
}
