/*
** boilerplate_spread.c - what neighbours show of a line: what follows a heading on rights, the choices
** of a vote, titles below 相关新闻, what stands above the breadcrumb, contact lines at the foot, bare numbers.
*/
#include "boilerplate.h"

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
    if (piece_dropped(p, k)) {
      if (q->reason && strcmp(q->reason, "copyright") == 0) last = k;
      continue;
    }
    if (cue_weak(q->cues) >= 2 || (q->cues & (CUE_SELF | CUE_RIGHTS | CUE_OFFICE)) ||
        (cue_weak(q->cues) >= 1 && q->chars < 80))
      last = k;
    else if (q->chars > 60) break; /* prose that speaks of something else */
  }
  for (uint32_t k = i + 1; k <= last; k++)
    if (!piece_dropped(p, k)) piece_drop(p, k, "copyright");
  return last;
}

/* A choice of a vote, with its count or without: its word is known. */
static int is_choice(const page *p, uint32_t i) {
  size_t n, b;
  const char *s = piece_text(p, i, &n);
  if (p->pieces[i].chars > 12 || p->pieces[i].sentence) return 0;
  b = bullet(s, n);
  return cue_word_of(p->cues, s + b, trade_counted(s + b, n - b)) == WORD_VOTE;
}

/* A short question to the reader, over choices. */
static int asks(const page *p, uint32_t i) {
  static const char *const who[] = {"您", "你", "请", "本文", "这篇", NULL};
  size_t n;
  const char *s = piece_text(p, i, &n);
  return !p->pieces[i].settled && p->pieces[i].chars <= 24 && text_starts_any(s, n, who) > 0;
}

static uint32_t spread_votes(page *p, uint32_t i) {
  while (i + 1 < p->n) {
    page_piece *q = &p->pieces[i + 1];
    size_t n;
    if (is_choice(p, i + 1)) {
      piece_drop(p, ++i, "vote");
      continue;
    }
    const char *s = piece_text(p, i + 1, &n);
    int is_bullet = bullet(s, n) > 0, number = n > 0 && s[0] >= '0' && s[0] <= '9';
    size_t b = bullet(s, n);
    if (q->chars > 8 || q->sentence ||
        (!is_bullet && !number && cue_word_of(p->cues, s + b, n - b) != WORD_VOTE && !piece_dropped(p, i + 1)))
      break;
    if (piece_dropped(p, i + 1) && cue_word_of(p->cues, s + b, n - b) != WORD_VOTE) break;
    piece_drop(p, ++i, "vote");
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
  if (p->pieces[i].linked && i > 0 && piece_dropped(p, i - 1)) return i;
  for (unsigned steps = 0; i + 1 < p->n && steps < 40; steps++) {
    page_piece *q = &p->pieces[i + 1];
    if (q->hint && q->hint->role == HTML_HEADING && q->hint->level == 1) break;
    int dated = is_dated_title(p, q);
    if (!dated && i + 2 < p->n && is_signed_below(p, i + 2)) break; /* the title of the page */
    if (!dated && (q->settled || q->chars > 50 || q->chars < 4 || (q->sentence && q->chars > 30))) break;
    if (dated) page_forget(p, q->folded);
    piece_drop(p, ++i, "navigation");
  }
  return i;
}

static void spread_forward(page *p) {
  for (uint32_t i = 0; i < p->n; i++) {
    if (!piece_dropped(p, i)) { /* two choices, one below the other, need no question above */
      if (!p->pieces[i].settled && i + 1 < p->n && is_choice(p, i) && is_choice(p, i + 1)) {
        if (i > 0 && asks(p, i - 1)) piece_drop(p, i - 1, "vote");
        piece_drop(p, i, "vote");
        i = spread_votes(p, i);
      }
      continue;
    }
    size_t n;
    const char *s = piece_text(p, i, &n);
    if (cue_is_rights_heading(p->cues, s, n)) i = spread_rights(p, i);
    else if (strcmp(p->pieces[i].reason, "vote") == 0) i = spread_votes(p, i);
    else if (cue_word_of(p->cues, s, n) == WORD_RELATED) i = spread_related(p, i);
  }
}

/* A lone 微信 or 小 counts beside a share button or a tool. */
static void spread_words(page *p, uint32_t i, uint32_t neighbour) {
  size_t n;
  const char *s = piece_text(p, i, &n);
  if (p->pieces[i].settled || !piece_dropped(p, neighbour)) return;
  enum cue_word word = cue_word_of(p->cues, s, n);
  if (word == WORD_NONE) return;
  const char *reason = p->pieces[neighbour].reason;
  if (word == WORD_SHARE) piece_drop(p, i, "share");
  else if (strcmp(reason, "navigation") == 0 && word != WORD_VOTE) piece_drop(p, i, "navigation");
}

/* The head of the page above its breadcrumb: the name of the site, short
** lines of several words. Prose above it means that it is no head. */
static void spread_head(page *p) {
  if (p->trail == MILL_NONE) return;
  for (uint32_t i = 0; i < p->n && p->pieces[i].line < p->trail; i++)
    if (page_is_prose(&p->pieces[i]) && !p->pieces[i].settled) return;
  for (uint32_t i = 0; i < p->n && p->pieces[i].line < p->trail; i++) {
    size_t n;
    const char *s = piece_text(p, i, &n);
    tally t = trade_words(p, s, n, 1);
    int site = p->pieces[i].chars <= 14 && name_is_medium(p, s, n);
    if (!p->pieces[i].settled &&
        (site || (t.words >= 2 && t.longest <= 10) || (t.words == 1 && (t.of[WORD_MENU] || t.longest <= 6))))
      piece_drop(p, i, "navigation");
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
    piece_drop(p, i, "navigation");
  }
}

/* Contact lines of the site, at the end of the page only. */
static void spread_foot(page *p) {
  unsigned misses = 0;
  for (uint32_t i = p->n; i-- > 0 && misses < 4;) {
    page_piece *q = &p->pieces[i];
    if (piece_dropped(p, i)) continue;
    if (!q->settled && q->cues & CUE_OFFICE && q->chars <= 120 && !q->sentence) piece_drop(p, i, "copyright");
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
        piece_drop(p, k, bare_number(q, page_at(p, q->folded.from)) == 0 ? "counter" : "number");
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
