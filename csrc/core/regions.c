/*
** regions.c - what the place of a line shows: class names weighed by the text
** they stand around, runs of links, the head above the title, the tail below
** the text.
**
**   Site · Home · News          head: nothing but short lines, one of them
**   Title / dateline            known as furniture
**   text, text
**   Editor: ...                 the tail begins behind the text with a line of
**   Share, more titles, notes   furniture or the editor; short lines follow it
**
** A subtree that holds more than a fifth of the page's text is no furniture,
** whatever it is called: names of classes come from designers.
*/
#include "cues.h"
#include "fields.h"

#define SHARE_OF_TEXT 5u /* one in that many: 20 % */

/* ---- class names ------------------------------------------------------------------ */

static const uint32_t furniture = HTML_IN_NAV | HTML_IN_FOOTER | HTML_IN_ASIDE | HTML_IN_FORM |
                                  HTML_SAYS_NAV | HTML_SAYS_SHARE | HTML_SAYS_COMMENT | HTML_SAYS_FOOT |
                                  HTML_SAYS_RELATED | HTML_SAYS_AD;

/* Text of its own: what stands in links is counted for nobody. */
static uint32_t own_chars(const page_piece *q) { return q->linked ? 0 : q->chars; }

/* Takes bit from every stretch of pieces that holds too much. Neighbouring
** subtrees of one name count as one: rather too careful than too bold. */
static void weigh_bit(page *p, uint32_t bit, uint64_t total) {
  for (uint32_t i = 0, end; i < p->n; i = end + 1) {
    uint64_t sum = 0;
    for (end = i; end < p->n && p->pieces[end].context & bit; end++) sum += own_chars(&p->pieces[end]);
    if (sum * SHARE_OF_TEXT <= total) continue;
    for (uint32_t k = i; k < end; k++) p->pieces[k].context &= ~bit;
  }
}

void regions_weigh(page *p) {
  uint64_t total = 0;
  uint32_t any = 0;
  if (p->hints->n_hints == 0) return;
  for (uint32_t i = 0; i < p->n; i++) {
    page_piece *q = &p->pieces[i];
    if (q->hint) {
      q->context = q->hint->context;
      q->linked = q->hint->linked * 10 >= span_len(q->hint->clean) * 8;
      any |= q->context;
    }
    total += own_chars(q);
  }
  for (uint32_t bits = any & furniture; bits; bits &= bits - 1) weigh_bit(p, bits & (~bits + 1u), total);
}

/* ---- links ------------------------------------------------------------------------- */

static int dropped(const page_piece *q) { return q->settled && q->kind == MILL_BLOCK_BOILERPLATE; }

static int is_reason(const page_piece *q, const char *reason) {
  return dropped(q) && q->reason && strcmp(q->reason, reason) == 0;
}

/* 附件1, notice.pdf: what belongs to the text although it is linked. */
static int is_attachment(const page *p, const page_piece *q) {
  static const char *const ends[] = {".doc", ".docx", ".xls", ".xlsx", ".pdf", ".zip", ".rar", ".wps", ".ofd",
    NULL};
  const char *s = page_at(p, q->folded.from);
  return text_starts(s, span_len(q->folded), "附") || text_ends_any(s, span_len(q->folded), ends) > 0;
}

static int is_link(const page *p, uint32_t i) {
  const page_piece *q = &p->pieces[i];
  if (!q->linked || page_is_prose(q) || q->chars > 60) return 0;
  if (q->settled) return is_reason(q, "navigation");
  return !(q->hint->role == HTML_HEADING && q->hint->level == 1) && q->hint->role != HTML_TITLE &&
         !is_attachment(p, q);
}

/* Several links in one line: short words with blanks between. */
static int is_menu(const page *p, const page_piece *q) {
  const char *s = page_at(p, q->folded.from);
  unsigned words = 1;
  uint32_t n = span_len(q->folded);
  for (uint32_t i = 0; i < n; i += (uint32_t)utf8_length((unsigned char)s[i]))
    words += text_blank(s + i, n - i) > 0;
  return words >= 3 && q->chars <= words * 8;
}

/* Three links in a row are a list of them; two beside navigation. A page that
** holds hardly anything else is an index, and they are its text. */
void regions_links(page *p) {
  uint64_t links = 0, all = 0;
  for (uint32_t i = 0; i < p->n; i++) {
    all += p->pieces[i].chars;
    links += p->pieces[i].linked ? p->pieces[i].chars : 0u;
  }
  if (links == 0 || links * 5 > all * 4) return;
  for (uint32_t i = 0, end; i < p->n; i = end + 1) {
    for (end = i; end < p->n && is_link(p, end); end++) {}
    int beside = (i > 0 && is_reason(&p->pieces[i - 1], "navigation")) ||
                 (end < p->n && is_reason(&p->pieces[end], "navigation"));
    if (end - i < (beside ? 1u : 3u) && !(end == i + 1 && is_menu(p, &p->pieces[i]))) continue;
    for (uint32_t k = i; k < end; k++)
      if (!p->pieces[k].settled) page_settle(p, k, MILL_BLOCK_BOILERPLATE, "navigation");
  }
}

/* ---- the head ------------------------------------------------------------------------ */

static uint32_t title_of(const page *p) {
  for (uint32_t i = 0; i < p->n; i++)
    if (p->pieces[i].settled && p->pieces[i].kind == MILL_BLOCK_TITLE) return i;
  return MILL_NONE;
}

/* Short lines above the title with furniture between them and it; where
** markup shows the title, all short lines above. */
static void mark_head(page *p) {
  uint32_t title = title_of(p), last = 0;
  if (title == MILL_NONE) return;
  const page_piece *t = &p->pieces[title];
  if (t->hint && t->hint->role == HTML_TITLE) return;
  for (uint32_t i = 0; i < title; i++) {
    if (!p->pieces[i].settled && (page_is_prose(&p->pieces[i]) || p->pieces[i].chars > 60)) return;
    if (dropped(&p->pieces[i])) last = i;
    else if (!p->pieces[i].settled && i + 1 < p->n && p->pieces[i].chars <= 16 && boilerplate_has_tool(p, i))
      last = i + 1;
  }
  if (t->hint && t->hint->role == HTML_HEADING && t->hint->level == 1) last = title;
  for (uint32_t i = 0; i < last; i++)
    if (!p->pieces[i].settled && !(p->pieces[i].hint && p->pieces[i].hint->role == HTML_TITLE))
      page_settle(p, i, MILL_BLOCK_BOILERPLATE, "navigation");
}

/* ---- the tail ------------------------------------------------------------------------- */

/* Below comments, sentences may be readers'. */
static int is_text(const page_piece *q, int comments) {
  return !q->settled && cue_weak(q->cues) < 2 &&
         (q->chars >= 60 || (q->sentence && q->chars >= (comments ? 40 : 24)));
}

static int names_editor(const page *p, const page_piece *q) {
  for (uint32_t k = 0; k < p->n_found; k++) {
    const page_found *f = &p->found[k];
    if ((f->key == FIELD_EDITOR || f->key == FIELD_REVIEWER) && f->folded.from >= q->folded.from &&
        f->folded.to <= q->folded.to)
      return 1;
  }
  return 0;
}

/* What ends a text: furniture, its editor, its keywords. */
static const char *ends_text(const page *p, const page_piece *q) {
  if (!q->settled) return NULL;
  if (dropped(q)) return is_reason(q, "number") || is_reason(q, "file") ? NULL : q->reason;
  if (q->kind == MILL_BLOCK_KEYWORDS) return "navigation";
  return (q->kind == MILL_BLOCK_BYLINE || q->kind == MILL_BLOCK_DATELINE) && names_editor(p, q) ? "navigation"
                                                                                                : NULL;
}

/* What is left after `reason` is of its kind where that comes in lists. */
static const char *goes_on(const char *reason) {
  static const char *const lists[] = {"copyright", "comment", NULL};
  for (int k = 0; lists[k]; k++)
    if (strcmp(reason, lists[k]) == 0) return lists[k];
  return "navigation";
}

static int is_list_mark(const page *p, const page_piece *q) {
  unsigned level, ordinal;
  return heading_number(page_at(p, q->folded.from), span_len(q->folded), &level, &ordinal) > 0 && level != 3;
}

/* A row of several cells, none of them a link. */
static int is_row(const page *p, const page_piece *q) {
  return q->hint && q->hint->role == HTML_CELL && !q->linked &&
         memchr(p->text->clean + q->clean.from, '\t', span_len(q->clean)) != NULL;
}

/* 视频推荐, 更多新闻: a short line over two titles or more. */
static int heads_titles(const page *p, uint32_t i) {
  static const char *const starts[] = {"更多", "热门", "最新", "相关", "推荐", "猜你", "往期", "大家", "今日", NULL};
  static const char *const ends[] = {"推荐", "排行", "排行榜", "热文", "热榜", "热点", "阅读", "在看", "关注", NULL};
  const page_piece *q = &p->pieces[i];
  const char *s = page_at(p, q->folded.from);
  if (q->settled || q->sentence || q->chars < 3 || q->chars > 9 || i + 2 >= p->n) return 0;
  if (!text_starts_any(s, span_len(q->folded), starts) && !text_ends_any(s, span_len(q->folded), ends))
    return 0;
  for (uint32_t k = i + 1; k <= i + 2; k++)
    if (p->pieces[k].settled || p->pieces[k].chars < 8 || p->pieces[k].chars > 50) return 0;
  return 1;
}

static void mark_tail(page *p) {
  uint32_t last = MILL_NONE, i;
  uint64_t text = 0, after = 0;
  const char *reason = NULL;
  int comments = 0;
  for (i = 0; i < p->n; i++) {
    if (is_text(&p->pieces[i], comments)) last = i;
    comments |= is_reason(&p->pieces[i], "comment");
  }
  if (last == MILL_NONE) return;
  for (i = 0; i <= last; i++) text += p->pieces[i].settled ? 0 : p->pieces[i].chars;
  for (i = last + 1; i < p->n && !(reason = heads_titles(p, i) ? "navigation" : ends_text(p, &p->pieces[i]));)
    i++;
  for (uint32_t k = i; k < p->n; k++) after += p->pieces[k].settled ? 0 : p->pieces[k].chars;
  if (!reason || after > text) return;
  for (; i < p->n; i++) {
    const page_piece *q = &p->pieces[i];
    const char *next = ends_text(p, q);
    if (next) reason = next;
    if (q->settled || is_row(p, q)) continue;
    if (is_attachment(p, q) || is_list_mark(p, q)) return;
    page_settle(p, i, MILL_BLOCK_BOILERPLATE, goes_on(reason));
  }
}

void regions_mark(page *p) {
  mark_head(p);
  mark_tail(p);
}
