/*
** title.c - which line is the title, and the account that may sign below it.
**
**   navigation / title / dateline / text     the dateline shows where to look
**   title / account / text                   a blog: the first line, when it is
**                                            no sentence and text follows
** A page that begins with a sentence has no title.
*/
#include "cues.h"
#include "fields.h"

#define LOOK_BACK 4
#define LINE_MIN_CHARS 8  /* of each line of a title of two */
#define LINE_MAX_CHARS 32

static int starts_numbered(const char *s, size_t n) {
  static const char *const marks[] = {"•", "●", "附件", "图为", "▲", "———", NULL};
  unsigned level, ordinal;
  char iso[24];
  return text_starts_any(s, n, marks) > 0 || heading_number(s, n, &level, &ordinal) > 0 ||
         timestamp_scan(s, n, iso) > 0;
}

/* 某政发〔2018〕7号 */
static int is_file_number(const char *s, size_t n) {
  static const char *const closers[] = {"〕", "]", ")", NULL};
  size_t i = text_ends(s, n, "号") ? n - 3 : 0, digits = i, w;
  while (digits > 0 && s[digits - 1] >= '0' && s[digits - 1] <= '9') digits--;
  if (i == 0 || digits == i || digits < 5 || !(w = text_ends_any(s, digits, closers))) return 0;
  const char *year = s + digits - w - 4;
  return digits >= w + 4 && text_chars(s, n) <= 20 &&
         (memcmp(year, "20", 2) == 0 || memcmp(year, "19", 2) == 0);
}

static int title_like(const page *p, const page_piece *q) {
  static const char *const no_end[] = {"。", ";", ":", ",", "、", NULL};
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded);
  if (q->settled || q->chars < 4 || q->chars > (p->japanese || (unsigned char)*s < 0x80 ? 140u : 64u))
    return 0;
  if (q->hint && (q->hint->role == HTML_TITLE || q->hint->role == HTML_CELL || q->hint->role == HTML_ITEM))
    return 0;
  if (text_ends_any(s, n, no_end) || starts_numbered(s, n) || is_file_number(s, n)) return 0;
  if (text_ends(s, n, ".") && q->chars > 30) return 0;
  return !text_stop(s, n);
}

/* The text itself, which no title stands behind. */
static int is_text(const page_piece *q) { return !q->settled && (q->chars >= 60 || page_is_prose(q)); }

/* <h1>, or what a class calls a title. */
static uint32_t by_markup(const page *p) {
  uint32_t named = MILL_NONE;
  for (uint32_t i = 0; i < p->n; i++) {
    const page_piece *q = &p->pieces[i];
    if (!q->hint || q->hint->role == HTML_TITLE || !title_like(p, q)) continue;
    if (q->hint->role == HTML_HEADING && q->hint->level == 1) return i;
    if (named == MILL_NONE && (q->hint->context & HTML_SAYS_TITLE)) named = i;
  }
  return named;
}

static int site_name(const page *p, const page_piece *q) {
  return q->chars <= 12 && name_is_medium(p, page_at(p, q->folded.from), span_len(q->folded));
}

/* The longest title-like line of the few above the dateline. */
static uint32_t above(const page *p, uint32_t dateline) {
  uint32_t best = MILL_NONE, steps = 0;
  for (uint32_t i = dateline; i-- > 0 && steps < LOOK_BACK; steps++) {
    const page_piece *q = &p->pieces[i];
    if (q->settled && q->kind == MILL_BLOCK_TITLE) return i;
    if (q->settled || !title_like(p, q) || site_name(p, q)) continue;
    if (text_starts_any(page_at(p, q->folded.from), span_len(q->folded),
                        (const char *const[]){"—", "-", "(", NULL}))
      continue;
    if (best == MILL_NONE || q->chars > p->pieces[best].chars) best = i;
  }
  return best;
}

/* ↑↑↑, a face: no word in it. */
static int has_words(const page *p, const page_piece *q) {
  size_t len;
  if (q->chars > 8) return 1;
  for (uint32_t at = q->folded.from; at < q->folded.to; at += (uint32_t)len) {
    uint32_t c = utf8_decode(page_at(p, at), &len);
    if (text_is_han(c) || text_is_kana(c) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
        (c >= 0xC0 && c < 0x2000))
      return 1;
  }
  return 0;
}

static uint32_t by_place(const page *p) {
  uint32_t first = MILL_NONE;
  for (uint32_t i = 0; i < p->n && i < 60; i++) {
    const page_piece *q = &p->pieces[i];
    if (q->settled && q->kind == MILL_BLOCK_TITLE) return i;
    if (q->settled && (q->kind == MILL_BLOCK_DATELINE || q->kind == MILL_BLOCK_BYLINE)) {
      uint32_t found = above(p, i);
      if (found != MILL_NONE) return found;
    }
    if (is_text(q)) break;
    if (first == MILL_NONE && !q->settled && !(q->hint && q->hint->role == HTML_TITLE) && has_words(p, q))
      first = i;
  }
  return first != MILL_NONE && first + 1 < p->n && title_like(p, &p->pieces[first]) ? first : MILL_NONE;
}

/* An office alone over "关于...的通知": the document's title is below it. */
static uint32_t below_office(const page *p, uint32_t title) {
  static const char *const kinds[] = {"通知", "意见", "方案", "报告", "公告", "通告", "通报", "函", "决定", "办法", "请示", "批复",
    "纪要", NULL};
  if (title == MILL_NONE || title + 1 >= p->n) return title;
  const page_piece *q = &p->pieces[title], *next = q + 1;
  if (q->settled || !name_is_office(p, page_at(p, q->folded.from), span_len(q->folded)) ||
      !title_like(p, next))
    return title;
  const char *s = page_at(p, next->folded.from);
  return text_starts(s, span_len(next->folded), "关于") || text_ends_any(s, span_len(next->folded), kinds)
             ? title + 1
             : title;
}

/* ——a subtitle */
static int is_subtitle(const page *p, uint32_t i) {
  static const char *const dashes[] = {"—", "--", "–", NULL};
  const page_piece *q = &p->pieces[i];
  return i < p->n && !q->settled && q->chars <= 40 && !q->sentence &&
         text_starts_any(page_at(p, q->folded.from), span_len(q->folded), dashes) > 0;
}

/* 某镇党委书记 张 某: who gives the speech that the title names. Where the name stands. */
static int read_speaker(const page *p, uint32_t i, mill_span *name) {
  static const char *const roles[] = {"书记", "长", "主任", "主席", "代表", "委员", "经理", "理事", "教授", NULL};
  const page_piece *q = &p->pieces[i];
  mill_span names[NAMES_MAX];
  if (i >= p->n || q->settled || q->sentence || q->chars > 40 || !(q->signs & SIGN_BLANK)) return 0;
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded), cut = 0;
  while (cut < n && !text_blank(s + cut, n - cut)) cut += utf8_length((unsigned char)s[cut]);
  mill_span rest = page_trim(p->folded, (mill_span){q->folded.from + (uint32_t)cut, q->folded.to});
  if (!text_ends_any(s, cut, roles) || text_chars(page_at(p, rest.from), span_len(rest)) > 4) return 0;
  *name = rest;
  return names_parse(p, rest, NAMES_STRICT | NAMES_SURNAME, names, NULL) == 1;
}

/* Does the dateline stand at piece i, a subtitle aside? */
static int dateline_at(const page *p, uint32_t i) {
  if (i < p->n && is_subtitle(p, i)) i++;
  return i < p->n && p->pieces[i].settled && p->pieces[i].kind == MILL_BLOCK_DATELINE;
}

/* Can these be the two lines of one title? */
static int are_one(const page *p, uint32_t first, uint32_t last) {
  const page_piece *a = &p->pieces[first], *b = &p->pieces[last];
  mill_span name;
  unsigned least = is_subtitle(p, last + 1) ? LINE_MIN_CHARS - 2 : LINE_MIN_CHARS;
  if (!title_like(p, a) || !title_like(p, b) || a->hint != b->hint) return 0;
  if (a->chars < least || b->chars < least || a->chars > LINE_MAX_CHARS || b->chars > LINE_MAX_CHARS)
    return 0;
  if (name_is_office(p, page_at(p, a->folded.from), span_len(a->folded)) || site_name(p, a)) return 0;
  if (a->cues & CUE_SIGNUP || boilerplate_has_tool(p, first) || read_speaker(p, last, &name)) return 0;
  return !text_starts(page_at(p, b->folded.from), span_len(b->folded), "—");
}

/* A title of two lines: both can be one, nothing but the dateline follows
** them, nothing but furniture stands above. Returns the first line. */
static uint32_t two_lines(const page *p, uint32_t title, uint32_t *last) {
  uint32_t first = title;
  *last = title;
  if (title == MILL_NONE || p->pieces[title].settled) return title;
  if (title > 0 && dateline_at(p, title + 1)) first = title - 1;
  else if (dateline_at(p, title + 2)) *last = title + 1;
  const page_piece *above = first > 0 ? &p->pieces[first - 1] : NULL;
  int topmost = !above || (above->settled && above->kind == MILL_BLOCK_BOILERPLATE) || site_name(p, above);
  if (first != *last && topmost && are_one(p, first, *last)) return first;
  return *last = title;
}

/* "Title_Section_Site": the first part, when the last one names a site. */
static mill_span first_part(const page *p, mill_span s) {
  static const char *const cuts[] = {"_", "|", "--", "-", "—", "–", NULL};
  const char *t = page_at(p, s.from);
  if (!name_is_medium(p, t, span_len(s)) && !name_is_office(p, t, span_len(s))) return s;
  for (uint32_t i = s.from; i < s.to; i += (uint32_t)utf8_length((unsigned char)*page_at(p, i)))
    if (i - s.from >= 12 && text_mark(page_at(p, i), s.to - i, cuts)) return (mill_span){s.from, i};
  return s;
}

/* <title> stands in for a missing title, else it is furniture. */
static void page_title(page *p, uint32_t title) {
  for (uint32_t i = 0; i < p->n; i++) {
    page_piece *q = &p->pieces[i];
    if (!q->hint || q->hint->role != HTML_TITLE) continue;
    if (title == MILL_NONE) {
      page_note(p, FIELD_TITLE, first_part(p, q->folded), 4);
      page_settle(p, title = i, MILL_BLOCK_TITLE, NULL);
    } else {
      page_settle(p, i, MILL_BLOCK_BOILERPLATE, "page title");
    }
  }
}

/* ---- the account below the title --------------------------------------------------- */

static int only_words(const char *s, size_t n) {
  size_t len;
  for (size_t i = 0; i < n; i += len) {
    uint32_t c = utf8_decode(s + i, &len);
    if (!text_is_han(c) && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_') return 0;
  }
  return n > 0 && !(s[0] >= '0' && s[0] <= '9');
}

/* Other lines of the same length between paragraphs: then it is a heading. */
static int has_parallels(const page *p, uint32_t at) {
  unsigned count = 0;
  for (uint32_t i = at + 2; i + 1 < p->n; i++) {
    const page_piece *q = &p->pieces[i];
    count +=
        !q->settled && !q->sentence && q->chars == p->pieces[at].chars && is_text(q - 1) && is_text(q + 1);
  }
  return count > 0;
}

static void account(page *p, uint32_t title) {
  static const char *const sections[] = {"前言", "引言", "导语", "背景", "概述", "总则", "概况", "目录", "正文", "序", "简介",
    NULL};
  uint32_t i = title + 1;
  if (i + 1 >= p->n || !is_text(&p->pieces[i + 1])) return;
  page_piece *q = &p->pieces[i];
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded);
  if (q->settled || q->sentence || q->chars < 2 || q->chars > 10 || has_parallels(p, i)) return;
  if (!only_words(s, n) || text_starts_any(s, n, sections) || starts_numbered(s, n)) return;
  page_note(p, name_is_medium(p, s, n) ? FIELD_SOURCE : FIELD_AUTHOR, q->folded, 3);
  page_settle(p, i, MILL_BLOCK_BYLINE, NULL);
}

static int has_author(const page *p) {
  for (uint32_t k = 0; k < p->n_found; k++)
    if (p->found[k].key == FIELD_AUTHOR) return 1;
  return 0;
}

/* title / account / 发表于 2015-6-12: the first post of a thread. */
static void poster(page *p, uint32_t title) {
  for (uint32_t i = title + 1; i < title + 4 && i + 1 < p->n; i++) {
    page_piece *q = &p->pieces[i], *next = q + 1;
    const char *s = page_at(p, q->folded.from);
    if (q->settled || q->sentence || q->chars < 2 || q->chars > 12 || !only_words(s, span_len(q->folded)))
      continue;
    if (!next->settled || next->kind != MILL_BLOCK_DATELINE || has_author(p)) return;
    if (!text_starts(page_at(p, next->folded.from), span_len(next->folded), "发表于")) return;
    page_note(p, FIELD_AUTHOR, q->folded, 3);
    page_settle(p, i, MILL_BLOCK_BYLINE, NULL);
    return;
  }
}

static void speaker(page *p, uint32_t title) {
  mill_span name;
  if (!read_speaker(p, title + 1, &name)) return;
  page_note(p, FIELD_AUTHOR, name, 2);
  page_settle(p, title + 1, MILL_BLOCK_BYLINE, NULL);
}

/* ——a subtitle, and the medium's name on a line of its own above. */
static void subtitle(page *p, uint32_t title) {
  if (is_subtitle(p, title + 1)) page_settle(p, title + 1, MILL_BLOCK_TITLE, NULL);
  for (uint32_t i = 0; i < title; i++)
    if (!p->pieces[i].settled && site_name(p, &p->pieces[i])) {
      page_note(p, FIELD_SOURCE, p->pieces[i].folded, 4);
      page_settle(p, i, MILL_BLOCK_DATELINE, NULL);
    }
}

void title_mark(page *p) {
  uint32_t title = by_markup(p);
  if (title == MILL_NONE) title = below_office(p, by_place(p));
  if (title != MILL_NONE) {
    uint32_t last, first = two_lines(p, title, &last);
    if (last > first)
      page_note(p, FIELD_TITLE, (mill_span){p->pieces[first].folded.from, p->pieces[last].folded.to}, 2);
    else if (!p->pieces[title].settled) page_note(p, FIELD_TITLE, first_part(p, p->pieces[title].folded), 2);
    for (title = first; title < last; title++) page_settle(p, title, MILL_BLOCK_TITLE, NULL);
    page_settle(p, title, MILL_BLOCK_TITLE, NULL);
    speaker(p, title);
    account(p, title);
    poster(p, title);
    subtitle(p, title);
  }
  page_title(p, title);
}
