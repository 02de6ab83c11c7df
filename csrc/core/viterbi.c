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

/* A path that is looked for: from `end` back, best[k] being the cost from there; and what it costs from the
** unit at hand and the next ones. */
typedef struct path { uint32_t end, b1, b2, b3, b4; } path;

/* The cheapest of the chained edges at k, or x. */
static uint32_t with_more(const window *w, const path *p, uint32_t k, uint32_t x) {
  for (uint32_t i = w->head[k]; i != 0; i = w->more[i - 1].next) {
    uint32_t packed = w->more[i - 1].packed, to = k + PACKED_LEN(packed);
    uint32_t cost = packed + (to == p->end ? 0 : w->best[to]);
    if (cost < x) x = cost;
  }
  return x;
}

/* The best way on from unit k. */
static inline __attribute__((always_inline)) void step(window *w, path *p, uint32_t k) {
  uint32_t y = p->b2 + w->edge[0][k], u = p->b3 + w->edge[1][k], v = p->b4 + w->edge[2][k];
  u = v < u ? v : u;
  y = u < y ? u : y; /* without b1, for which the next step waits */
  uint32_t x = p->b1 + w->c1[k];
  x = y < x ? y : x;
  if (__builtin_expect(w->head[k] != 0, 0)) x = with_more(w, p, k, x);
  p->b4 = p->b3;
  p->b3 = p->b2;
  p->b2 = p->b1;
  w->best[k] = p->b1 = PACKED_COST(x);
  w->length[k] = (uint8_t)PACKED_LEN(x);
}

/* A sign near the middle, of which no word and no numeral has a part: all paths pass there. 0: none. */
static uint32_t middle(const window *w) {
  for (uint32_t k = w->n / 2, least = w->n / 4; k > least; k--)
    if (w->id[k] == 0 && (w->kind[k] == CHAR_PUNCT || w->kind[k] == CHAR_BREAK)) return k;
  return 0;
}

/* Each step waits for the one before, so the two halves are gone through at once. */
void window_path(window *w, int parts) {
  uint32_t cut = parts ? middle(w) : 0, left = cut, k = w->n;
  path a = {cut, 0, NO_EDGE, NO_EDGE, NO_EDGE}, b = {w->n, 0, NO_EDGE, NO_EDGE, NO_EDGE};
  while (left > 0 && k > cut) {
    step(w, &a, --left);
    step(w, &b, --k);
  }
  while (left > 0) step(w, &a, --left);
  while (k > cut) step(w, &b, --k);
}

uint32_t window_far_word(const window *w, uint32_t k, uint32_t len) {
  if (len <= 1 || (len <= 4 && w->edge[len - 2][k] < NO_EDGE)) return lex_term_word(w->term[len - 1][k]);
  for (uint32_t i = w->head[k]; i != 0; i = w->more[i - 1].next)
    if (PACKED_LEN(w->more[i - 1].packed) == len && w->more[i - 1].word != LEX_NO_WORD)
      return w->more[i - 1].word;
  return LEX_NO_WORD;
}
