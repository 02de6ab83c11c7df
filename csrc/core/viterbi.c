/*
** viterbi.c - the words of a window and its cheapest path.
**
** Words are found level by level: all edges of two units, then those of three
** behind the ones that go on, and so on. The look-ups of a level do not wait
** for each other, and the cache lines they need are asked for all at once.
** The path is found backwards: best[k] is the cost from unit k to the end.
*/
#include "window.h"

void window_add(window *w, uint32_t k, uint32_t len, uint32_t cost, uint32_t rest) {
  if (w->n_more == WINDOW_MORE || len > MAX_EDGE || k + len > w->n) return;
  w->more[w->n_more] = (more_edge){PACK(cost, len), rest, w->head[k]};
  w->head[k] = (uint16_t)++w->n_more;
}

/* Lists the pairs of units that may begin a word. */
static uint32_t first_edges(window *w, const uint8_t *pairs) {
  const uint16_t *id = w->id;
  uint64_t *mixed = w->mixed[0];
  uint16_t *at = w->at[0];
  uint32_t count = 0, n = w->n;
  for (uint32_t k = 0; k + 1 < n; k++) {
    uint64_t x = lex_mix(lex_key(LEX_FIRST | id[k], id[k + 1]));
    mixed[count] = x;
    at[count] = (uint16_t)k;
    count += lex_may_begin(pairs, x);
  }
  return count;
}

/* Asks for the buckets of a list. */
static void prefetch(const uint64_t *mixed, uint32_t count, lex_trie trie) {
  for (uint32_t q = 0; q < count; q++) lexicon_prefetch(trie, mixed[q]);
}

/* Follows the `count` edges of list `from` to words of `level` units, 2 to 4;
** lists those that go on in the other list. Returns how many. A constant level
** makes every address one of a register and a number. */
static inline __attribute__((always_inline)) uint32_t
follow(window *w, const mill_lexicon *lx, uint32_t count, const uint32_t level) {
  const uint32_t from = level & 1;
  const lex_trie trie = lexicon_trie(lx);
  uint32_t on = 0;
  for (uint32_t q = 0; q < count; q++) {
    uint32_t k = w->at[from][q], next = w->id[k + level];
    lex_edge e = lexicon_edge(lx, trie, w->mixed[from][q]);
    w->edge[level - 2][k] = e.cost >= LEX_NO_COST ? NO_EDGE : PACK(e.cost, level);
    w->rest[level - 1][k] = e.rest;
    w->mixed[1 - from][on] = lex_mix(lex_key(e.node, next));
    w->at[1 - from][on] = (uint16_t)k;
    on += (e.rest / LEX_KIDS & 1) & (next != 0);
  }
  prefetch(w->mixed[1 - from], on, trie);
  return on;
}
#define FOLLOW(level) \
  static __attribute__((noinline)) uint32_t follow_##level(window *w, const mill_lexicon *lx, uint32_t count) { \
    return follow(w, lx, count, level); \
  }
FOLLOW(2)
FOLLOW(3)
FOLLOW(4)

/* The same for longer words, which are rare. */
static uint32_t follow_far(window *w, const mill_lexicon *lx, uint32_t count, uint32_t level) {
  const lex_trie trie = lexicon_trie(lx);
  const uint32_t from = level & 1;
  uint32_t on = 0;
  for (uint32_t q = 0; q < count; q++) {
    uint32_t k = w->at[from][q], next = w->id[k + level];
    lex_edge e = lexicon_edge(lx, trie, w->mixed[from][q]);
    if (e.cost < LEX_NO_COST) window_add(w, k, level, e.cost, e.rest);
    if (!(e.rest & LEX_KIDS) || next == 0) continue;
    w->mixed[1 - from][on] = lex_mix(lex_key(e.node, next));
    w->at[1 - from][on++] = (uint16_t)k;
  }
  return on;
}

static void no_edges(uint32_t *edge, uint32_t n) {
  for (uint32_t k = 0; k < n; k += 8) /* there is room behind n */
    for (uint32_t i = 0; i < 8; i++) edge[k + i] = NO_EDGE;
}

void window_words(window *w, const mill_lexicon *lx) {
  w->n_more = 0;
  memset(w->head, 0, w->n * sizeof *w->head);
  for (uint32_t level = 0; level < 3; level++) no_edges(w->edge[level], w->n);
  uint32_t count = first_edges(w, lx->pairs);
  prefetch(w->mixed[0], count, lexicon_trie(lx));
  count = follow_2(w, lx, count);
  count = follow_3(w, lx, count);
  count = follow_4(w, lx, count);
  for (uint32_t level = 5; count > 0 && level <= LEX_MAX_CHARS; level++)
    count = follow_far(w, lx, count, level);
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

uint32_t window_far_rest(const window *w, uint32_t k, uint32_t len) {
  if (len <= 1 || (len <= 4 && w->edge[len - 2][k] < NO_EDGE)) return w->rest[len - 1][k];
  for (uint32_t i = w->head[k]; i != 0; i = w->more[i - 1].next)
    if (PACKED_LEN(w->more[i - 1].packed) == len && w->more[i - 1].rest != NUMERAL_WORD)
      return w->more[i - 1].rest;
  return 0;
}
