/* held.c - see held.h. */
#include "held.h"

#include "../core/alloc.h"

struct held *held_new(uint16_t n_terms) {
  struct held *h = mem_malloc(sizeof *h);
  if (h == NULL) return NULL;
  size_t cells = (size_t)HELD_ROWS * n_terms;
  h->n = 0;
  h->n_terms = n_terms;
  h->tf = mem_malloc(cells * sizeof *h->tf);
  h->spots = mem_malloc(cells * sizeof *h->spots);
  if (h->tf != NULL && h->spots != NULL) return h;
  held_free(h);
  return NULL;
}

void held_free(struct held *h) {
  if (h == NULL) return;
  mem_free(h->tf);
  mem_free(h->spots);
  mem_free(h);
}

void held_push(struct held *h, const struct meeting *m, uint32_t row, double bound) {
  size_t to = (size_t)h->n * h->n_terms, from = row;
  for (uint16_t k = 0; k < h->n_terms; k++, from += SEGMENT_BLOCK) {
    h->tf[to + k] = m->tf[from];
    h->spots[to + k] = m->spots[from];
  }
  h->rows[h->n++] = (struct held_row){bound, m->ordinal[row], 0};
}

uint32_t held_best(const struct held *h, uint32_t best[HELD_FIRST]) {
  uint32_t n = 0;
  for (uint32_t row = 0; row < h->n; row++) {
    double bound = h->rows[row].bound;
    if (n == HELD_FIRST && bound <= h->rows[best[n - 1]].bound) continue;
    uint32_t k = n < HELD_FIRST ? n++ : n - 1;
    for (; k > 0 && h->rows[best[k - 1]].bound < bound; k--) best[k] = best[k - 1];
    best[k] = row;
  }
  return n;
}
