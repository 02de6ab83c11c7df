/*
** viterbi.c - the words of a window and its cheapest path.
**
** Words are found level by level: all of two units, then those of three behind
** the nodes that go on, and so on. The look-ups of a level do not wait for each
** other, so that the processor has many of them under way at once, and have no
** branch that depends on what they find.
** The path is found backwards: best[k] is the cost from unit k to the end.
*/
#include "cpu.h"
#include "window.h"

#if MILL_AVX2
#include <immintrin.h>
#endif

void window_add(window *w, uint32_t k, uint32_t len, uint32_t cost, uint32_t word) {
  if (w->n_more == WINDOW_MORE || len > MAX_EDGE || k + len > w->n) return;
  w->more[w->n_more] = (more_edge){PACK(cost, len), word, w->head[k]};
  w->head[k] = (uint16_t)++w->n_more;
}

/* PACK(cost, len), or at least NO_EDGE: without a branch, which would have to
** wait for what a lookup brings and be wrong as often as not. */
static inline uint32_t packed(uint32_t cost, uint32_t len, uint32_t is_word) {
  return PACK(cost, len) | (is_word ^ 1u) * NO_EDGE;
}

/* Puts the word that ends at a cell among the edges. */
static inline void put_word(window *w, const lex_trie trie, uint32_t k, lex_cell c, uint32_t level) {
  uint32_t word = lex_word(c), is_word = word < trie.n_words;
  w->edge[level - 2][k] = packed(trie.cost[word & (0u - is_word)], level, is_word);
  w->word[level - 1][k] = word;
}

/* The word of two units at k, whose cell is c. Lists it and asks for what is
** next if it may go on. */
static inline uint32_t follow_pair(window *w, const mill_lexicon *lx, const lex_trie trie, uint32_t k,
                                   lex_cell c, uint32_t on) {
  uint32_t base = lex_base(c), next = w->id[k + 2];
  uint32_t goes_on = (base != 0) & lex_may_follow(lx->triples, base, next);
  put_word(w, trie, k, c, 2);
  w->at[on] = (uint16_t)k;
  w->child[on] = lex_child(trie, base, next) & (0u - goes_on);
  __builtin_prefetch(&trie.cells[w->child[on]]);
  return on + goes_on;
}

/* Lists in at the pairs of units that are known to be hot, whose cells it leaves in cell,
** in rare those that have to be looked up, for which it asks. Returns how many there
** are of the first. */
static uint32_t list_pairs_portable(window *w, const mill_lexicon *lx, uint32_t *n_rare) {
  const lex_trie trie = lexicon_trie(lx);
  const uint32_t *pairs = lx->pairs, n = w->n;
  const lex_cell *hot = lx->hot;
  uint32_t on = 0, rare = 0;
  for (uint32_t k = 0; k < n; k++) {
    uint32_t id = w->id[k], next = w->id[k + 1], pair = lex_pair(id, next);
    lex_cell c = hot[lex_hot_of(pair)];
    uint32_t is_hot = lex_check(c) == lex_hot_check(pair);
    w->at[on] = (uint16_t)k;
    w->cell[k] = c;
    on += is_hot;
    uint32_t is_rare = lex_may_begin(pairs, pair) & (is_hot ^ 1u);
    w->rare[rare] = (uint16_t)k;
    w->rare_child[rare] = lex_child(trie, lex_base(trie.cells[id]), next);
    __builtin_prefetch(&trie.cells[w->rare_child[rare] & (0u - is_rare)]);
    rare += is_rare;
  }
  *n_rare = rare;
  return on;
}

#if MILL_AVX2
/* lex_pair of the eight units from k on. */
MILL_TARGET_BITS static inline __m256i eight_pairs(const window *w, uint32_t k) {
  __m256i id = _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)(const void *)(w->id + k)));
  __m256i next = _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)(const void *)(w->id + k + 1)));
  __m256i both = _mm256_or_si256(_mm256_slli_epi32(id, 15), next);
  return _mm256_and_si256(_mm256_mullo_epi32(both, _mm256_set1_epi32((int)LEX_PAIR_FACTOR)),
                          _mm256_set1_epi32(0x3FFFFFFF));
}

/* Puts the cells of four hashes at `to`; a bit for each that is the pair's. */
MILL_TARGET_BITS static inline uint32_t four_hot(const lex_cell *hot, __m128i pairs, lex_cell *to) {
  __m256i cells = _mm256_i32gather_epi64((const long long *)(const void *)hot, _mm_srli_epi32(pairs, 16), 8);
  __m256i check = _mm256_cvtepu32_epi64(_mm_and_si128(pairs, _mm_set1_epi32(0xFFFF)));
  _mm256_storeu_si256((__m256i *)(void *)to, cells);
  return (uint32_t)_mm256_movemask_pd(
      _mm256_castsi256_pd(_mm256_cmpeq_epi64(_mm256_srli_epi64(cells, 48), check)));
}

/* lex_may_begin of eight pairs. */
MILL_TARGET_BITS static inline uint32_t eight_may_begin(const uint32_t *table, __m256i pairs) {
  const __m256i low = _mm256_set1_epi32(31);
  __m256i bits = _mm256_i32gather_epi32((const int *)(const void *)table, _mm256_srli_epi32(pairs, 14), 4);
  __m256i a = _mm256_srlv_epi32(bits, _mm256_and_si256(pairs, low));
  __m256i b = _mm256_srlv_epi32(bits, _mm256_and_si256(_mm256_srli_epi32(pairs, 5), low));
  return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_slli_epi32(_mm256_and_si256(a, b), 31)));
}

/* Puts the numbers k + i of the bits i that are set at `to`, where eight may be written. */
MILL_TARGET_BITS static inline void put_numbers(uint16_t *to, uint32_t k, uint32_t bits) {
  uint64_t bytes = _pdep_u64(bits, UINT64_C(0x0101010101010101)) * 255;
  __m128i list =
      _mm_cvtepu8_epi16(_mm_cvtsi64_si128((long long)_pext_u64(UINT64_C(0x0706050403020100), bytes)));
  _mm_storeu_si128((__m128i *)(void *)to, _mm_add_epi16(list, _mm_set1_epi16((short)k)));
}

/* The same, eight units at a time. */
MILL_TARGET_BITS static uint32_t list_pairs_avx2(window *w, const mill_lexicon *lx, uint32_t *n_rare) {
  const lex_trie trie = lexicon_trie(lx);
  uint32_t on = 0, rare = 0;
  for (uint32_t k = 0; k < w->n; k += 8) {
    __m256i pairs = eight_pairs(w, k);
    uint32_t there = w->n - k < 8 ? (1u << (w->n - k)) - 1 : 255;
    uint32_t hot = four_hot(lx->hot, _mm256_castsi256_si128(pairs), w->cell + k);
    hot = (hot | four_hot(lx->hot, _mm256_extracti128_si256(pairs, 1), w->cell + k + 4) << 4) & there;
    put_numbers(w->at + on, k, hot);
    on += (uint32_t)_mm_popcnt_u32(hot);
    for (uint32_t left = eight_may_begin(lx->pairs, pairs) & there & ~hot; left != 0; left &= left - 1) {
      uint32_t i = k + (uint32_t)_tzcnt_u32(left),
               child = lex_child(trie, lex_base(trie.cells[w->id[i]]), w->id[i + 1]);
      w->rare[rare] = (uint16_t)i;
      w->rare_child[rare++] = child;
      __builtin_prefetch(&trie.cells[child]);
    }
  }
  *n_rare = rare;
  return on;
}
#endif

static uint32_t list_pairs(window *w, const mill_lexicon *lx, uint32_t *n_rare) {
#if MILL_AVX2
  if (cpu_has_avx2()) return list_pairs_avx2(w, lx, n_rare);
#endif
  return list_pairs_portable(w, lx, n_rare);
}

/* The words of two units: `count` hot ones, then those of the rare that are
** there. Leaves in at and child what may go on; returns how many. */
static uint32_t follow_pairs(window *w, const mill_lexicon *lx, uint32_t count, uint32_t n_rare) {
  const lex_trie trie = lexicon_trie(lx);
  uint32_t on = 0;
  for (uint32_t q = 0; q < count; q++) on = follow_pair(w, lx, trie, w->at[q], w->cell[w->at[q]], on);
  for (uint32_t q = 0; q < n_rare; q++) {
    uint32_t k = w->rare[q];
    lex_cell c = trie.cells[w->rare_child[q]];
    c = lex_check(c) == w->id[k + 1] ? c : LEX_CELL(0, 0, LEX_NO_WORD);
    on = follow_pair(w, lx, trie, k, c, on);
  }
  return on;
}

/* The words of `level` units, 3 or 4, of the `count` paths in the lists. */
static inline __attribute__((always_inline)) uint32_t
follow(window *w, const mill_lexicon *lx, uint32_t count, const uint32_t level) {
  const lex_trie trie = lexicon_trie(lx);
  uint32_t on = 0;
  for (uint32_t q = 0; q < count; q++) {
    uint32_t k = w->at[q];
    lex_cell c = trie.cells[w->child[q]];
    c = lex_check(c) == w->id[k + level - 1] ? c : LEX_CELL(0, 0, LEX_NO_WORD);
    put_word(w, trie, k, c, level);
    w->at[on] = (uint16_t)k;
    w->child[on] = lex_child(trie, lex_base(c), w->id[k + level]);
    __builtin_prefetch(&trie.cells[w->child[on]]);
    on += lex_base(c) != 0;
  }
  return on;
}

/* The same for longer words, which are rare. */
static uint32_t follow_far(window *w, const mill_lexicon *lx, uint32_t count, uint32_t level) {
  const lex_trie trie = lexicon_trie(lx);
  uint32_t on = 0;
  for (uint32_t q = 0; q < count; q++) {
    uint32_t k = w->at[q];
    lex_cell c = trie.cells[w->child[q]];
    if (lex_check(c) != w->id[k + level - 1]) continue;
    if (lex_word(c) < trie.n_words) window_add(w, k, level, lx->cost[lex_word(c)], lex_word(c));
    w->at[on] = (uint16_t)k;
    w->child[on] = lex_child(trie, lex_base(c), w->id[k + level]);
    on += lex_base(c) != 0;
  }
  return on;
}

static void no_edges(uint32_t *edge, uint32_t n) {
  for (uint32_t k = 0; k < n; k += 8) /* there is room behind n */
    for (uint32_t i = 0; i < 8; i++) edge[k + i] = NO_EDGE;
}

void window_words(window *w, const mill_lexicon *lx) {
  uint32_t n_rare, count = list_pairs(w, lx, &n_rare);
  w->n_more = 0;
  memset(w->head, 0, w->n * sizeof *w->head);
  for (uint32_t level = 0; level < 3; level++) no_edges(w->edge[level], w->n);
  count = follow_pairs(w, lx, count, n_rare);
  count = follow(w, lx, count, 3);
  count = follow(w, lx, count, 4);
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

uint32_t window_far_word(const window *w, uint32_t k, uint32_t len) {
  if (len <= 1 || (len <= 4 && w->edge[len - 2][k] < NO_EDGE)) return w->word[len - 1][k];
  for (uint32_t i = w->head[k]; i != 0; i = w->more[i - 1].next)
    if (PACKED_LEN(w->more[i - 1].packed) == len && w->more[i - 1].word != LEX_NO_WORD)
      return w->more[i - 1].word;
  return LEX_NO_WORD;
}
