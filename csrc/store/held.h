/*
** held.h - rows of a meeting held back until some are known, the most promising asked first.
**
** What a row's positions will say is bounded by its counts. Asked in the order of articles,
** rows are read that the best later turn out to beat; so some thousand are held, those with
** the greatest bounds are asked first, and few of the others are above the floor then.
*/
#ifndef MILL_HELD_H
#define MILL_HELD_H

#include "meeting.h"

#define HELD_ROWS 4096u
#define HELD_FIRST 32u

struct held_row { double bound; uint32_t ordinal; int asked; };
struct held {
  struct held_row rows[HELD_ROWS]; uint32_t n;
  uint16_t n_terms;
  uint32_t *tf; struct posting_spot *spots;     /* n_terms a row; owned */
};
/* NULL: no memory. */
struct held *held_new(uint16_t n_terms);
void held_free(struct held *h);
/* h->n is below HELD_ROWS. */
void held_push(struct held *h, const struct meeting *m, uint32_t row, double bound);
/* The rows of the greatest bounds, greatest first; how many. */
uint32_t held_best(const struct held *h, uint32_t best[HELD_FIRST]);

#endif
