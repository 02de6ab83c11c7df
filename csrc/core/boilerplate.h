/*
** boilerplate.h - between the files that tell furniture from text: boilerplate.c (what single lines
** show), trails.c (breadcrumbs), boilerplate_spread.c (what neighbours show).
*/
#ifndef MILL_BOILERPLATE_H
#define MILL_BOILERPLATE_H

#include "cues.h"
#include "fields.h"

/* Folded text of piece i, n bytes. */
static inline const char *piece_text(const page *p, uint32_t i, size_t *n) {
  *n = span_len(p->pieces[i].folded);
  return page_at(p, p->pieces[i].folded.from);
}

static inline void piece_drop(page *p, uint32_t i, const char *reason) {
  page_settle(p, i, MILL_BLOCK_BOILERPLATE, reason);
}

static inline int piece_dropped(const page *p, uint32_t i) {
  return p->pieces[i].settled && p->pieces[i].kind == MILL_BLOCK_BOILERPLATE;
}

/* What the words of a line are, as words of the trade. */
typedef struct tally {
  unsigned words, longest, pages; /* pages: bare numbers of a pager */
  unsigned tools;                 /* words that end as those of buttons do: 文档下载 */
  unsigned of[WORD_FILE + 1];
} tally;
/* Cuts folded s[0,n) at bars, or at blanks, too, where `blanks`; counts what the words are. */
tally trade_words(const page *p, const char *s, size_t n, int blanks);
/* 非常满意 12票, 高兴(3): the word in front of a count; its bytes. n: there is none. */
size_t trade_counted(const char *s, size_t n);

/* trails.c: is piece i a breadcrumb? Then it is dropped, and its section noted: 1. */
int trail_mark(page *p, uint32_t i);

#endif
