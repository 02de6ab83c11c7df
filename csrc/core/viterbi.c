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

/* Lists the pairs of units that may begin a word. No pair with id 0 does. */
static uint32_t first_keys(window *w, const uint8_t *pairs) {
  uint32_t count = 0, n = w->n;
  for (uint32_t k = 0; k + 1 < n; k++) {
    uint32_t a = w->id[k], b = w->id[k + 1];
    w->key[0][count] = lex_key(LEX_FIRST | a, b);
    w->at[0][count] = (uint16_t)k;
    count += (a != 0) & (b != 0) & lex_may_begin(pairs, a, b);
  }
  return count;
}

/* Asks for the buckets of a list's keys. */
static void prefetch(const uint64_t *key, uint32_t count, lex_trie trie) {
  for (uint32_t q = 0; q < count; q++) lexicon_prefetch(trie, key[q]);
}

/* Follows the `count` edges of list `from` to words of `level` units; lists
** those that go on in the other list. Returns how many. */
static uint32_t follow(window *w, const mill_lexicon *lx, uint32_t from, uint32_t count,
                       uint32_t level) {
  const uint64_t *key = w->key[from];
  const uint16_t *at = w->at[from], *id = w->id + level;
  uint64_t *next_key = w->key[1 - from];
  uint16_t *next_at = w->at[1 - from];
  uint32_t on = 0, *edge = level <= 4 ? w->edge[level - 2] : NULL;
  uint32_t *rest = level <= 4 ? w->rest[level - 2] : NULL;
  lex_trie trie = lexicon_trie(lx);
  for (uint32_t q = 0; q < count; q++) {
    uint32_t k = at[q];
    lex_edge e = lexicon_edge(lx, trie, key[q]);
    if (edge != NULL) {
      edge[k] = e.cost >= LEX_NO_COST ? NO_EDGE : PACK(e.cost, level);
      rest[k] = e.rest;
    } else if (e.cost < LEX_NO_COST) {
      window_add(w, k, level, e.cost, e.rest);
    }
    next_key[on] = lex_key(e.node, id[k]);
    next_at[on] = (uint16_t)k;
    on += ((e.rest & LEX_KIDS) != 0) & (id[k] != 0);
  }
  prefetch(next_key, on, trie);
  return on;
}

void window_words(window *w, const mill_lexicon *lx) {
  w->n_more = 0;
  memset(w->head, 0, w->n * sizeof *w->head);
  for (uint32_t level = 0; level < 3; level++)
    for (uint32_t k = 0; k < w->n; k++) w->edge[level][k] = NO_EDGE;
  uint32_t count = first_keys(w, lx->pairs);
  prefetch(w->key[0], count, lexicon_trie(lx));
  for (uint32_t level = 2, from = 0; count > 0 && level <= LEX_MAX_CHARS; level++, from ^= 1)
    count = follow(w, lx, from, count, level);
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
    uint32_t x = b1 + w->c1[k], y = b2 + w->edge[0][k];
    uint32_t u = b3 + w->edge[1][k], v = b4 + w->edge[2][k];
    x = y < x ? y : x;
    u = v < u ? v : u;
    x = u < x ? u : x;
    if (__builtin_expect(w->head[k] != 0, 0)) x = with_more(w, k, x);
    b4 = b3;
    b3 = b2;
    b2 = b1;
    w->best[k] = b1 = PACKED_COST(x);
    w->length[k] = (uint8_t)PACKED_LEN(x);
  }
}

uint32_t window_rest(const window *w, const mill_lexicon *lx, uint32_t k, uint32_t len) {
  if (len == 1) return lx->roots[w->id[k]].rest;
  if (len <= 4 && w->edge[len - 2][k] < NO_EDGE) return w->rest[len - 2][k];
  for (uint32_t i = w->head[k]; i != 0; i = w->more[i - 1].next)
    if (PACKED_LEN(w->more[i - 1].packed) == len && w->more[i - 1].rest != NUMERAL_WORD)
      return w->more[i - 1].rest;
  return 0;
}
