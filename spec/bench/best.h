/* best.h - the best of what rank_run gives, for the bench and the test of ranking. */
#ifndef MILL_BENCH_BEST_H
#define MILL_BENCH_BEST_H

#include <stdint.h>

struct ranked { int64_t article, doc; double score; };

/* Puts one into the best, best first, ties by article; *n grows up to limit. */
static inline void best_keep(struct ranked *best, uint32_t *n, uint32_t limit, const struct ranked *one) {
  if (*n == limit) {
    const struct ranked *last = &best[*n - 1];
    if (one->score < last->score || (one->score == last->score && one->article > last->article)) return;
    --*n;
  }
  uint32_t k = (*n)++;
  for (; k > 0; k--) {
    const struct ranked *x = &best[k - 1];
    if (x->score > one->score || (x->score == one->score && x->article < one->article)) break;
    best[k] = *x;
  }
  best[k] = *one;
}

#endif
