/*
** replies.c - what readers wrote below a text: heads of replies in a forum,
** sections of comments.
**
**   text, text                        first of all there is a text
**   2楼 somebody 发表于 2020-09-03     the head of a reply: boilerplate, and its
**   a reply                           date and author are not those of the page
**   评论(3)                           below such a heading replies are boilerplate,
**   somebody 5分钟前  /  a reply       too; without one they are what a forum is for
*/
#include "cues.h"
#include "fields.h"

#define HEAD_MAX_CHARS 50
#define NICK_MAX_CHARS 16
#define REPLY_MAX_CHARS 200

static int dropped(const page_piece *q) { return q->settled && q->kind == MILL_BLOCK_BOILERPLATE; }

static int is_digit(char c) { return c >= '0' && c <= '9'; }

/* 2楼 | 第2楼 | 2# | 沙发 at s: its bytes; 0. */
static size_t floor_at(const char *s, size_t n) {
  static const char *const names[] = {"沙发", "板凳", "地板", NULL};
  size_t i = text_starts(s, n, "第"), from = i;
  while (i < n && i - from < 5 && is_digit(s[i])) i++;
  size_t w = i > from ? text_starts_any(s + i, n - i, (const char *const[]){"楼", "#", NULL}) : 0;
  if (w) return i + w;
  w = text_starts_any(s, n, names);
  return w && (w == n || text_blank(s + w, n - w)) ? w : 0;
}

/* A time of writing in s[0,n): where it begins, n when there is none. A bare
** date will not do. */
static size_t find_moment(const char *s, size_t n) {
  char iso[24];
  for (size_t i = 0; i < n; i += utf8_length((unsigned char)s[i])) {
    if (i > 0 && is_digit(s[i]) && is_digit(s[i - 1])) continue;
    if (is_digit(s[i]) && timestamp_scan(s + i, n - i, iso) > 0) {
      if (strlen(iso) > 10) return i;
      continue;
    }
    if ((is_digit(s[i]) || (unsigned char)s[i] >= 0xE4) && moment_scan(s + i, n - i)) return i;
  }
  return n;
}

typedef struct head { uint32_t last; int floor; } head; /* its last piece */

/* Is the line that begins with piece i the head of a reply? */
static int read_head(const page *p, uint32_t i, head *h) {
  static const char *const writes[] = {"作者", "网友", "层主", "答主", NULL};
  const page_piece *q = &p->pieces[i];
  uint32_t chars = 0;
  enum field_key key = FIELD_NONE;
  int spaced;
  if (i > 0 && q->line == q[-1].line) return 0;
  for (h->last = i; h->last < p->n && p->pieces[h->last].line == q->line; h->last++) {
    const page_piece *part = &p->pieces[h->last];
    if (part->sentence) return 0;
    chars += part->chars;
  }
  h->last--;
  if (chars < 2 || chars > HEAD_MAX_CHARS) return 0;
  const char *s = page_at(p, q->folded.from);
  size_t n = p->pieces[h->last].folded.to - q->folded.from;
  size_t floor = floor_at(s, n), moment;
  h->floor = floor > 0;
  if (floor && floor == n) return 1;
  if (chars < 3) return 0;
  if (text_starts_any(s, n, writes)) return find_moment(s, n) < n || text_starts(s, n, "作者");
  if (!floor && cue_label(p->cues, s, n, &key, &spaced) && key != FIELD_AUTHOR &&
      !text_starts(s, n, "发表于"))
    return 0;
  moment = find_moment(s + floor, n - floor);
  if (floor) return moment < n - floor || q->kind == MILL_BLOCK_DATELINE || q->kind == MILL_BLOCK_BYLINE;
  return moment < n && moment > 0 && text_chars(s, moment) <= NICK_MAX_CHARS;
}

/* 评论, 网友评论(3), 最新留言: over what readers wrote. */
static int heads_comments(const page *p, const page_piece *q) {
  static const char *const words[] = {"评论", "留言", "跟帖", "跟贴", "comments", NULL};
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded);
  if (q->chars > 14 || q->sentence || (q->settled && !dropped(q))) return 0;
  for (int k = 0; words[k]; k++)
    if (memmem(s, n, words[k], strlen(words[k]))) return 1;
  return 0;
}

static void drop_line(page *p, uint32_t i, uint32_t last) {
  page_forget(p, (mill_span){p->pieces[i].folded.from, p->pieces[last].folded.to});
  for (; i <= last; i++) page_settle(p, i, MILL_BLOCK_BOILERPLATE, "comment");
}

/* The reply below a head: settled as text, or as a comment. Returns its last piece. */
static uint32_t take_reply(page *p, uint32_t i, int comments) {
  head h;
  while (i + 1 < p->n && !p->pieces[i + 1].settled && !read_head(p, i + 1, &h)) {
    i++;
    if (!comments) page_settle(p, i, MILL_BLOCK_PARAGRAPH, NULL);
    else if (p->pieces[i].chars <= REPLY_MAX_CHARS) page_settle(p, i, MILL_BLOCK_BOILERPLATE, "comment");
    else break;
  }
  return i;
}

static int is_text(const page_piece *q) { return !q->settled && (q->chars >= 60 || page_is_prose(q)); }

/* What stands in a subtree called comments, below a heading that says so, when
** the text of the page stands outside of it. */
static void mark_section(page *p, uint32_t first, uint32_t i) {
  if (!p->pieces[i].hint || !(p->pieces[i].hint->context & HTML_SAYS_COMMENT)) return;
  if (!p->pieces[first].hint || p->pieces[first].hint->context & HTML_SAYS_COMMENT) return;
  for (; i < p->n && p->pieces[i].hint && p->pieces[i].hint->context & HTML_SAYS_COMMENT; i++)
    if (!p->pieces[i].settled && p->pieces[i].chars <= REPLY_MAX_CHARS)
      page_settle(p, i, MILL_BLOCK_BOILERPLATE, "comment");
}

void replies_mark(page *p) {
  uint32_t first = 0;
  unsigned heads = 0, floors = 0;
  int comments = 0;
  head h;
  while (first < p->n && !is_text(&p->pieces[first])) first++;
  for (uint32_t i = first; i < p->n; i++) {
    if ((p->pieces[i].signs & SIGN_DIGIT || p->pieces[i].settled || p->pieces[i].chars == 2) &&
        read_head(p, i, &h)) {
      heads++, floors += (unsigned)h.floor;
    } else if (heads_comments(p, &p->pieces[i])) {
      comments = 1;
      mark_section(p, first, i);
    }
  }
  if (heads == 0 || (heads < 2 && floors == 0 && !comments)) return;
  comments = 0;
  for (uint32_t i = first; i < p->n; i++) {
    if (read_head(p, i, &h)) {
      drop_line(p, i, h.last);
      i = take_reply(p, h.last, comments);
    } else if (heads_comments(p, &p->pieces[i])) {
      comments = 1;
      if (!p->pieces[i].settled) page_settle(p, i, MILL_BLOCK_BOILERPLATE, "comment");
    }
  }
}
