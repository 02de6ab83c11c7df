/*
** title.h - between the files that find the title of a page: title_choice.c says
** which line it is, title_lines.c which lines are one with it, title.c what becomes
** of it and of the lines around it.
*/
#ifndef MILL_TITLE_H
#define MILL_TITLE_H

#include "cues.h"
#include "fields.h"

/* The piece that is the title, by the signs it shows; MILL_NONE: the page shows none. */
uint32_t title_choose(const page *p);
/* The first of the lines that make one title with piece `title`, *last the last of them;
** *cut: 1: the page broke it in the middle of its words. */
uint32_t title_lines(const page *p, uint32_t title, uint32_t *last, int *cut);

/* Can piece q be a title, as far as itself shows? */
int title_like(const page *p, const page_piece *q);
/* The text itself, above which a title stands. */
static inline int title_is_text(const page_piece *q) {
  return !q->settled && (q->chars >= 60 || page_is_prose(q));
}
/* The name of a site or a paper, and nothing else. */
int title_is_site(const page *p, const page_piece *q);
/* ——a subtitle */
int title_is_subtitle(const page *p, uint32_t i);
/* 【封面故事】, · 一线 ·: the name of a column, in marks from end to end. */
int title_is_rubric(const page *p, const page_piece *q);
/* Does it end as notices and decrees do: ...的通知? */
int title_names_document(const page *p, const page_piece *q);
/* 某镇党委书记 张 某: who gives the speech that the title names. 1, and where the name stands.
 */
int title_read_speaker(const page *p, uint32_t i, mill_span *name);

#endif
