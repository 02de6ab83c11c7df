/*
** title.c - the title (title_choice.c says which line it is), and who signs beside it:
**
**   title / ——subtitle / dateline / text
**   title / account / text              a blog
**   title / account / dateline / text   an account of a platform, the first post of a thread
**   title / dateline / names / text     who wrote it, without a word that says so
**   medium / title / text               whose page it is
*/
#include "title.h"

#define AROUND 5 /* lines below the title that may say who speaks */

/* "Title_Section_Site": the first part, when the last one names a site. —— is a mark of
** titles, too: behind it only the name of a medium is a site. */
static mill_span first_part(const page *p, mill_span s) {
  static const char *const cuts[] = {"——", "--", "_", "|", "-", "—", "–", NULL};
  mill_span none = s;
  uint32_t first = s.to, last = s.to;
  size_t w, width = 0;
  for (uint32_t i = s.from; i < s.to;
       i += (uint32_t)(w ? w : utf8_length((unsigned char)*page_at(p, i)))) {
    if (!(w = text_mark(page_at(p, i), s.to - i, cuts))) continue;
    if (first == s.to && i - s.from >= 12) first = i;
    last = i + (uint32_t)w;
    width = w;
  }
  if (first == s.to || last >= s.to) return none;
  mill_span site = page_trim(p->folded, (mill_span){last, s.to});
  const char *t = page_at(p, site.from);
  if (text_chars(t, span_len(site)) > 16) return none;
  if (!name_is_medium(p, t, span_len(site)) &&
      !(width < 6 && name_is_office(p, t, span_len(site))))
    return none;
  return page_trim(p->folded, (mill_span){s.from, first});
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

/* ---- who signs beside the title ------------------------------------------------------ */

static int only_words(const char *s, size_t n) {
  size_t len;
  for (size_t i = 0; i < n; i += len) {
    uint32_t c = utf8_decode(s + i, &len);
    if (!text_is_han(c) && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_')
      return 0;
  }
  return n > 0 && !(s[0] >= '0' && s[0] <= '9');
}

/* Other lines of the same length between paragraphs: then it is a heading. */
static int has_parallels(const page *p, uint32_t at) {
  unsigned count = 0;
  for (uint32_t i = at + 2; i + 1 < p->n; i++) {
    const page_piece *q = &p->pieces[i];
    count += !q->settled && !q->sentence && q->chars == p->pieces[at].chars &&
             title_is_text(q - 1) && title_is_text(q + 1);
  }
  return count > 0;
}

static int has_author(const page *p) {
  for (uint32_t k = 0; k < p->n_found; k++)
    if (p->found[k].key == FIELD_AUTHOR) return 1;
  return 0;
}

static int is_dateline(const page *p, uint32_t i) {
  return i < p->n && p->pieces[i].settled && p->pieces[i].kind == MILL_BLOCK_DATELINE;
}

/* The next piece from i on that is no furniture. */
static uint32_t next_line(const page *p, uint32_t i) {
  while (i < p->n && p->pieces[i].settled && p->pieces[i].kind == MILL_BLOCK_BOILERPLATE) i++;
  return i;
}

static void sign(page *p, uint32_t i, enum field_key key, mill_span name, int rank) {
  page_note(p, key, name, rank);
  page_settle(p, i, MILL_BLOCK_BYLINE, NULL);
}

/* 镇党委书记 宁 静, under the title of a speech. */
static int read_speech(page *p, uint32_t i) {
  mill_span name;
  if (!title_read_speaker(p, i, &name)) return 0;
  sign(p, i, FIELD_AUTHOR, name, 2);
  return 1;
}

/* 王芳 李明: names alone, next to the dateline, or between title and text. */
static int read_people(page *p, uint32_t i, uint32_t title) {
  page_piece *q = &p->pieces[i];
  mill_span names[NAMES_MAX], all = q->folded;
  uint32_t next = next_line(p, i + 1);
  if (q->chars > 14 || has_author(p) ||
      text_ends(page_at(p, q->folded.from), span_len(q->folded), ":"))
    return 0;
  all.from += (uint32_t)fields_skip_edges(page_at(p, all.from), span_len(all));
  int beside = is_dateline(p, i - 1) || is_dateline(p, next);
  if (!beside && (i != title + 1 || next >= p->n || !title_is_text(&p->pieces[next]) ||
                  has_parallels(p, i)))
    return 0;
  size_t n = names_parse(p, all, NAMES_STRICT | NAMES_SURNAME, names, NULL);
  for (size_t k = 0; k < n; k++)
    if (!name_is_person(p, names[k])) return 0;
  for (size_t k = 0; k < n; k++) sign(p, i, FIELD_AUTHOR, names[k], 2);
  return n > 0;
}

/* The account: below the title with the text behind it, or above its dateline. */
static int read_account(page *p, uint32_t i, uint32_t title) {
  static const char *const sections[] = {"前言", "引言", "导语", "背景", "概述", "总则",
                                         "概况", "目录", "正文", "序",   "简介", NULL};
  page_piece *q = &p->pieces[i];
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded);
  unsigned level, ordinal;
  uint32_t next = next_line(p, i + 1);
  if (q->chars < 2 || q->chars > 12 || next >= p->n || !only_words(s, n) ||
      heading_number(s, n, &level, &ordinal))
    return 0;
  int signs = i > title + 1 && q->chars <= 4 && is_dateline(p, i - 1); /* the day, who, the text */
  if (!is_dateline(p, next) &&
      ((i != title + 1 && !signs) || q->chars > 10 || !title_is_text(&p->pieces[next]) ||
       has_parallels(p, i) || text_starts_any(s, n, sections)))
    return 0;
  if (cue_word_of(p->cues, s, n) != WORD_NONE) return 0;
  if (name_is_medium(p, s, n))
    sign(p, i, FIELD_SOURCE, q->folded, 3);
  else if (!has_author(p))
    sign(p, i, FIELD_AUTHOR, q->folded, 3);
  else if (is_dateline(p, next) && q->chars >= 4)
    sign(p, i, FIELD_SOURCE, q->folded, 4); /* whose reporter is named in the text */
  else
    return 0;
  return 1;
}

/* ---- the lines around it ---------------------------------------------------------------- */

/* ——2018年12月20日在某镇人民代表大会上: a speech, whose day serves where no other is said. */
static void read_subtitle(page *p, uint32_t i) {
  mill_span s = p->pieces[i].folded;
  char iso[24];
  s.from += (uint32_t)fields_skip_edges(page_at(p, s.from), span_len(s));
  size_t w = timestamp_scan(page_at(p, s.from), span_len(s), iso);
  if (w) page_note(p, FIELD_PUBLISHED, (mill_span){s.from, s.from + (uint32_t)w}, 5);
  if (w && !p->code) memcpy(p->found[p->n_found - 1].iso, iso, sizeof iso);
  page_settle(p, i, MILL_BLOCK_TITLE, NULL);
}

/* The title once more, below itself. */
static int says_title(const page *p, uint32_t title, uint32_t i) {
  mill_span a = p->pieces[title].folded, b = p->pieces[i].folded;
  return span_len(a) == span_len(b) && memcmp(page_at(p, a.from), page_at(p, b.from), span_len(a)) == 0;
}

/* Who signs between title and text: the first that can be read as one. */
static void read_below(page *p, uint32_t title) {
  for (uint32_t i = title + 1; i < p->n && i <= title + AROUND && !title_is_text(&p->pieces[i]);
       i++) {
    page_piece *q = &p->pieces[i];
    if (q->settled || q->sentence) continue;
    if (i == title + 1 && says_title(p, title, i))
      page_settle(p, i, MILL_BLOCK_TITLE, NULL);
    else if (i == title + 1 && title_is_subtitle(p, i))
      read_subtitle(p, i);
    else if (!read_speech(p, i) && !read_people(p, i, title))
      read_account(p, i, title);
  }
}

/* 《某刊》2017年第6期 */
static int read_issue(page *p, uint32_t i) {
  const page_piece *q = &p->pieces[i];
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded), open = text_starts(s, n, "《");
  const char *close = open ? memmem(s, n, "》", 3) : NULL;
  if (!close || !text_ends(s, n, "期") || q->chars > 24) return 0;
  page_note(p, FIELD_SOURCE, (mill_span){q->folded.from + 3, q->folded.from + (uint32_t)(close - s)}, 4);
  page_settle(p, i, MILL_BLOCK_DATELINE, NULL);
  return 1;
}

/* The medium's name on a line of its own above. */
static void read_above(page *p, uint32_t title) {
  for (uint32_t i = 0; i < title; i++)
    if (!p->pieces[i].settled && !read_issue(p, i) && title_is_site(p, &p->pieces[i])) {
      if (name_is_medium(p, page_at(p, p->pieces[i].folded.from),
                         span_len(p->pieces[i].folded)))
        page_note(p, FIELD_SOURCE, p->pieces[i].folded, 4);
      page_settle(p, i, MILL_BLOCK_DATELINE, NULL);
    }
}

static void note_title(page *p, uint32_t first, uint32_t last, int cut) {
  mill_span all = {p->pieces[first].folded.from, p->pieces[last].folded.to};
  if (p->pieces[last].settled) return; /* 标题: */
  page_note(p, FIELD_TITLE, first == last ? first_part(p, all) : all, 2);
  if (!p->code) p->found[p->n_found - 1].cut = (uint8_t)cut;
  for (; first <= last; first++) page_settle(p, first, MILL_BLOCK_TITLE, NULL);
}

/* 青衫客的博客: whose page it is. */
static void read_owner(page *p) {
  static const char *const pages[] = {"的博客", "的blog", "的空间", "的专栏", "的个人主页", NULL};
  for (uint32_t i = 0; i < p->n && i < 10; i++) {
    mill_span s = p->pieces[i].folded;
    size_t w = p->pieces[i].chars <= 14 ? text_ends_any(page_at(p, s.from), span_len(s), pages) : 0;
    s.to -= (uint32_t)w;
    if (w && s.from < s.to && only_words(page_at(p, s.from), span_len(s))) {
      page_note(p, FIELD_AUTHOR, s, 4);
      return;
    }
  }
}

/* A post without a title: the account, then its day. */
static void read_poster(page *p) {
  uint32_t i = next_line(p, 0), next = next_line(p, i + 1);
  if (i >= p->n || p->pieces[i].settled || p->pieces[i].chars > 10 || !is_dateline(p, next)) return;
  if (title_is_site(p, &p->pieces[i])) sign(p, i, FIELD_SOURCE, p->pieces[i].folded, 4);
}

/* A name alone behind the text, over nothing but its day and what belongs to the site. */
static void read_last(page *p) {
  uint32_t i = p->n;
  while (i > 0 && (p->pieces[i - 1].settled && !(p->pieces[i - 1].kind == MILL_BLOCK_TITLE))) i--;
  if (i < 2 || has_author(p) || !page_is_prose(&p->pieces[i - 2]) ||
      !name_is_person(p, p->pieces[i - 1].folded))
    return;
  sign(p, i - 1, FIELD_AUTHOR, p->pieces[i - 1].folded, 3);
}

/* Is it the page of a forum? Its buttons and counters say so. */
static int is_board(const page *p) {
  static const char *const words[] = {"楼主", "论坛", "贴吧", "bbs",  "只看该作者", "发帖",
                                      "回帖", "跟帖", "帖子", "版主", NULL};
  for (uint32_t i = 0; i < p->n && i < 200; i++) {
    const page_piece *q = &p->pieces[i];
    if (q->sentence || q->chars > 60) continue;
    for (int k = 0; words[k]; k++)
      if (memmem(page_at(p, q->folded.from), span_len(q->folded), words[k], strlen(words[k])))
        return 1;
  }
  return 0;
}

/* Accounts that stood beside the day, now that all other lines are read: of a forum the
** author, unless another line names one (it was a rank: 铁杆会员). */
static void settle_accounts(page *p) {
  int board = -1, named = has_author(p);
  for (uint32_t k = 0; k < p->n_found; k++) {
    if (p->found[k].key != FIELD_ACCOUNT) continue;
    if (board < 0) board = is_board(p);
    p->found[k].key = !board ? FIELD_SOURCE : named ? FIELD_NONE : FIELD_AUTHOR;
  }
}

void title_mark(page *p) {
  uint32_t title = title_choose(p);
  if (title != MILL_NONE) {
    int cut;
    uint32_t last, first = title_lines(p, title, &last, &cut);
    note_title(p, first, title = last, cut);
    read_below(p, title);
    read_above(p, first);
  } else {
    read_poster(p);
  }
  read_last(p);
  if (!has_author(p)) read_owner(p);
  settle_accounts(p);
  page_title(p, title);
}
