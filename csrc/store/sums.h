/* sums.h - how often each article of a segment has any of many words: counts added up as postings
** are read, then read off in order. They are the lister's, made for one list at a time. */
#ifndef MILL_SUMS_H
#define MILL_SUMS_H

#include "lists.h"

static inline size_t sums_cells(const struct index_segment *g) { return (size_t)g->n_articles / 64 + 1; }

/* No article has any. 0 or MILL_ENOMEM. */
int sums_begin(struct lister *l);
/* Adds a count, which may say LIST_UNSURE. Counts of articles that have none yet are not read:
** nobody has set them to 0. */
static inline void sums_add(struct lister *l, uint32_t ordinal, uint32_t count) {
  uint64_t *cell = &l->found[ordinal / 64];
  uint32_t had = 0 - (uint32_t)(*cell >> ordinal % 64 & 1), before = l->sum[ordinal] & had;
  l->sum[ordinal] = (before + (count & ~LIST_UNSURE)) | (count & LIST_UNSURE);
  *cell |= (uint64_t)(count > 0) << ordinal % 64;
}
/* Adds so many times the counts of the cursor's block; 0 times: nobody knows how many. */
void sums_block(struct lister *l, const struct posting_cursor *c, uint32_t times);
/* Appends the articles that have some, without removed ones. 0 or MILL_ENOMEM. */
int sums_list(const struct lister *l, struct article_list *out);

#endif
