/*
** viterbi.c - the cheapest path of a window, found backwards: best[k] is the cost
** from unit k to the end. window_words.c has put its words there.
*/
#include "window.h"

void window_add(window *w, uint32_t k, uint32_t len, uint32_t cost, uint32_t word) {
  if (w->n_more == WINDOW_MORE || len > MAX_EDGE || k + len > w->n) return;
  w->more[w->n_more] = (more_edge){PACK(cost, len), word, w->head[k]};
  w->head[k] = (uint16_t)++w->n_more;
}

/* The cheapest of the chained edges at k, or x. */
static uint32_t with_more(const window *w, uint32_t k, uint32_t x) {
  for (uint32_t i = w->head[k]; i != 0; i = w->more[i - 1].next) {
    uint32_t packed = w->more[i - 1].packed;
    uint32_t cost = packed + w->best[k + PACKED_LEN(packed)];
    if (cost < x) x = cost;
  }
  return x;
}

void window_path(window *w) {
  uint32_t b1 = 0, b2 = NO_EDGE, b3 = NO_EDGE, b4 = NO_EDGE; /* best 1..4 units on */
  w->best[w->n] = 0;
  for (uint32_t k = w->n; k-- > 0;) {
    uint32_t y = b2 + w->edge[0][k], u = b3 + w->edge[1][k], v = b4 + w->edge[2][k];
    u = v < u ? v : u;
    y = u < y ? u : y; /* without b1, for which the next step waits */
    uint32_t x = b1 + w->c1[k];
    x = y < x ? y : x;
    if (__builtin_expect(w->head[k] != 0, 0)) x = with_more(w, k, x);
    b4 = b3;
    b3 = b2;
    b2 = b1;
    w->best[k] = b1 = PACKED_COST(x);
    w->length[k] = (uint8_t)PACKED_LEN(x);
  }
}

uint32_t window_far_word(const window *w, uint32_t k, uint32_t len) {
  if (len <= 1 || (len <= 4 && w->edge[len - 2][k] < NO_EDGE)) return lex_term_word(w->term[len - 1][k]);
  for (uint32_t i = w->head[k]; i != 0; i = w->more[i - 1].next)
    if (PACKED_LEN(w->more[i - 1].packed) == len && w->more[i - 1].word != LEX_NO_WORD)
      return w->more[i - 1].word;
  return LEX_NO_WORD;
}
