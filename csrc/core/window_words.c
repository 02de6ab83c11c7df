/*
** window_words.c - the words of a window.
**
** They are found level by level: all of two units, then those of three behind
** the nodes that go on, and so on. The look-ups of a level do not wait for each
** other, so that the processor has many of them under way at once, and have no
** branch that depends on what they find.
**
**   pairs   hot   the cell is at hand (lexicon.h): looked at eight at a time
**           rare  in the trie, if the filter says that there may be one
**   triples       by the cells that pairs lead to, if the filter says so
**   more          one list a level
*/
#include "cpu.h"
#include "window.h"

#if MILL_AVX2
#include <immintrin.h>
#endif

/* PACK(cost, len), or at least NO_EDGE: without a branch, which would have to
** wait for what a lookup brings and be wrong as often as not. */
static inline uint32_t packed(uint32_t cost, uint32_t len, uint32_t is_word) {
  return PACK(cost, len) | (is_word ^ 1u) * NO_EDGE;
}

/* The cell, if its check says that it is the child of this character; else one without words. A mask,
** since what it waits for is as often there as not. */
static inline lex_cell child_of(lex_cell c, uint32_t id) {
  lex_cell is = 0 - (lex_cell)(lex_check(c) == id);
  return (c & is) | (LEX_CELL(0, 0, LEX_NO_WORD) & ~is);
}

/* Puts the word that ends at a cell among the edges. */
static inline void put_word(window *w, const lex_trie trie, uint32_t k, lex_cell c, uint32_t level) {
  uint32_t word = lex_word(c), is_word = word < trie.n_words;
  uint32_t worth = trie.worth[word & (0u - is_word)];
  w->edge[level - 2][k] = packed(lex_worth_cost(worth), level, is_word);
  w->term[level - 1][k] = LEX_TERM(word, lex_worth_tag(worth));
}

/* The word of two units at k, whose cell is c. Lists what goes on. */
static inline uint32_t follow_pair(window *w, const mill_lexicon *lx, const lex_trie trie, uint32_t k,
                                   lex_cell c, uint32_t on) {
  uint32_t base = lex_base(c), next = w->id[k + 2];
  uint32_t goes_on = (base != 0) & lex_may_follow(lx->triples, base, next);
  put_word(w, trie, k, c, 2);
  w->at[on] = (uint16_t)k;
  w->child[on] = lex_child(trie, base, next);
  return on + goes_on;
}

/* ---- hot pairs ---------------------------------------------------------------- */

/* Puts the words of two units whose pairs are hot among the edges, and none where
** they are not. Lists what goes on in at and child, returns how many; and in rare
** the pairs that have to be looked up. */
static uint32_t hot_pairs_portable(window *w, const mill_lexicon *lx, uint32_t *n_rare) {
  const lex_trie trie = lexicon_trie(lx);
  const uint32_t *pairs = lx->pairs, n = w->n;
  uint32_t on = 0, rare = 0;
  for (uint32_t k = 0; k < n; k++) {
    uint32_t pair = lex_pair(w->id[k], w->id[k + 1]), slot = lex_hot_of(pair);
    uint32_t is_hot = lx->hot_check[slot] == lex_hot_check(pair);
    lex_cell c = LEX_CELL(0, lex_hot_base(lx->hot[slot]), lex_hot_word(lx->hot[slot]));
    on = follow_pair(w, lx, trie, k, is_hot ? c : LEX_CELL(0, 0, LEX_NO_WORD), on);
    w->rare[rare] = (uint16_t)k;
    rare += lex_may_begin(pairs, pair) & (is_hot ^ 1u);
  }
  *n_rare = rare;
  return on;
}

#if MILL_AVX2
#define ALL(x) _mm256_set1_epi32((int)(x))
#define AND(a, b) _mm256_and_si256(a, b)
#define PAIR_NONE 0x80000000u /* behind the end */

MILL_TARGET_BITS static inline __m256i eight_ids(const uint16_t *id) {
  return _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)(const void *)id));
}

/* lex_pair of eight. */
MILL_TARGET_BITS static inline __m256i eight_pairs(__m256i id, __m256i next) {
  __m256i both = _mm256_or_si256(_mm256_slli_epi32(id, 15), next);
  return AND(_mm256_mullo_epi32(both, ALL(LEX_PAIR_FACTOR)), ALL(0x3FFFFFFF));
}

MILL_TARGET_BITS static inline __m256i gather(const uint32_t *table, __m256i at, __m256i where) {
  return _mm256_mask_i32gather_epi32(_mm256_setzero_si256(), (const int *)(const void *)table, at, where, 4);
}

/* What is hot in eight slots, as two halves; only there. */
MILL_TARGET_BITS static inline __m256i eight_hot(const lex_hot *hot, __m256i at, __m256i where,
                                                 __m256i *high) {
  const long long *p = (const long long *)(const void *)hot;
  __m256i none = _mm256_setzero_si256(), some = _mm256_cvtepi32_epi64(_mm256_castsi256_si128(where)),
          more = _mm256_cvtepi32_epi64(_mm256_extracti128_si256(where, 1));
  some = _mm256_mask_i32gather_epi64(none, p, _mm256_castsi256_si128(at), some, 8);
  more = _mm256_mask_i32gather_epi64(none, p, _mm256_extracti128_si256(at, 1), more, 8);
  __m256 a = _mm256_castsi256_ps(some), b = _mm256_castsi256_ps(more);
  *high = _mm256_permute4x64_epi64(_mm256_castps_si256(_mm256_shuffle_ps(a, b, 0xDD)), 0xD8);
  return _mm256_permute4x64_epi64(_mm256_castps_si256(_mm256_shuffle_ps(a, b, 0x88)), 0xD8);
}

/* lex_may_begin of eight pairs, in the lowest bits. */
MILL_TARGET_BITS static inline __m256i eight_may_begin(const uint32_t *table, __m256i pairs, __m256i where) {
  __m256i bits = gather(table, _mm256_srli_epi32(pairs, 14), where);
  __m256i a = _mm256_srlv_epi32(bits, AND(pairs, ALL(31)));
  return AND(a, _mm256_srlv_epi32(bits, AND(_mm256_srli_epi32(pairs, 5), ALL(31))));
}

/* lex_may_follow of eight, in the lowest bits. */
MILL_TARGET_BITS static inline __m256i eight_may_follow(const uint32_t *table, __m256i base, __m256i id,
                                                        __m256i where) {
  __m256i bit = _mm256_add_epi32(_mm256_mullo_epi32(base, ALL(LEX_TRIPLE_BASE)),
                                 _mm256_mullo_epi32(id, ALL(LEX_TRIPLE_ID)));
  bit = _mm256_srli_epi32(bit, 12);
  __m256i bits = gather(table, _mm256_srli_epi32(bit, 5), where);
  return _mm256_srlv_epi32(bits, AND(bit, ALL(31)));
}

/* The lowest bits of eight numbers. */
MILL_TARGET_BITS static inline uint32_t low_bits(__m256i x) {
  return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_slli_epi32(x, 31)));
}

/* The numbers of the bits that are set, a byte each. */
MILL_TARGET_BITS static inline uint64_t numbers_of(uint32_t bits) {
  uint64_t bytes = _pdep_u64(bits, UINT64_C(0x0101010101010101)) * 255;
  return _pext_u64(UINT64_C(0x0706050403020100), bytes);
}

/* Puts k + each number at `to`, where eight may be written. */
MILL_TARGET_BITS static inline void put_numbers(uint16_t *to, uint32_t k, uint64_t numbers) {
  __m128i list = _mm_cvtepu8_epi16(_mm_cvtsi64_si128((long long)numbers));
  _mm_storeu_si128((__m128i *)(void *)to, _mm_add_epi16(list, _mm_set1_epi16((short)k)));
}

/* Puts what x has at these numbers. */
MILL_TARGET_BITS static inline void put_chosen(uint32_t *to, __m256i x, uint64_t numbers) {
  __m256i which = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)numbers));
  _mm256_storeu_si256((__m256i *)(void *)to, _mm256_permutevar8x32_epi32(x, which));
}

/* The edges and terms of eight that are hot; where: what is none is no word. */
MILL_TARGET_BITS static inline void put_words(window *w, uint32_t n_words, uint32_t k, __m256i low,
                                              __m256i high, __m256i where) {
  __m256i word = _mm256_or_si256(_mm256_srli_epi32(low, 23), _mm256_slli_epi32(AND(high, ALL(0x7FF)), 9));
  __m256i is_word = AND(where, _mm256_cmpgt_epi32(ALL(n_words), word));
  __m256i edge = _mm256_or_si256(_mm256_slli_epi32(AND(low, ALL(0xFFFF)), 5), ALL(29));
  __m256i tag = _mm256_or_si256(AND(_mm256_slli_epi32(low, 8), ALL(0x3F000000)),
                                AND(_mm256_slli_epi32(low, 9), ALL(0x80000000)));
  edge = _mm256_blendv_epi8(ALL(NO_EDGE), edge, is_word);
  word = _mm256_blendv_epi8(ALL(LEX_NO_WORD), _mm256_or_si256(tag, word), is_word);
  _mm256_storeu_si256((__m256i *)(void *)(w->edge[0] + k), edge);
  _mm256_storeu_si256((__m256i *)(void *)(w->term[1] + k), word);
}

MILL_TARGET_BITS static inline __m256i load(const uint32_t *s) {
  return _mm256_loadu_si256((const __m256i *)(const void *)s);
}
MILL_TARGET_BITS static inline void store(uint32_t *to, __m256i x) {
  _mm256_storeu_si256((__m256i *)(void *)to, x);
}

/* The passes of hot_pairs_avx2, each with one look into a table, so that many of
** these are under way at once. First: which pairs are hot, in w->hot as masks. */
MILL_TARGET_BITS static void find_hot(window *w, const mill_lexicon *lx) {
  const __m256i numbers = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  for (uint32_t k = 0; k < w->n; k += 8) {
    __m256i there = _mm256_cmpgt_epi32(ALL(w->n - k), numbers);
    __m256i pairs = eight_pairs(eight_ids(w->id + k), eight_ids(w->id + k + 1));
    __m256i slot = _mm256_srli_epi32(pairs, 16);
    __m256i check = _mm256_i32gather_epi32((const int *)(const void *)lx->hot_check, slot, 2);
    __m256i hot = _mm256_cmpeq_epi32(AND(check, ALL(0xFFFF)), AND(pairs, ALL(0xFFFF)));
    store(w->pair + k, _mm256_or_si256(pairs, _mm256_andnot_si256(there, ALL(PAIR_NONE))));
    store(w->hot + k, AND(hot, there));
  }
}

/* Second: their words; the cells that they lead to are left in w->base. */
MILL_TARGET_BITS static void put_hot(window *w, const mill_lexicon *lx) {
  for (uint32_t k = 0; k < w->n; k += 8) {
    __m256i hot = load(w->hot + k), slot = _mm256_srli_epi32(load(w->pair + k), 16), high;
    __m256i low = eight_hot(lx->hot, AND(slot, ALL(LEX_HOT - 1)), hot, &high);
    put_words(w, lx->params->n_words, k, low, high, hot);
    store(w->base + k, _mm256_srli_epi32(high, 11));
  }
}

/* Third: which of them may go on. */
MILL_TARGET_BITS static uint32_t list_leads(window *w, const mill_lexicon *lx) {
  const __m256i last = ALL(lx->params->n_cells - 1);
  uint32_t on = 0;
  for (uint32_t k = 0; k < w->n; k += 8) {
    __m256i base = load(w->base + k), third = eight_ids(w->id + k + 2);
    __m256i leads = _mm256_cmpgt_epi32(base, _mm256_setzero_si256());
    uint32_t bits = low_bits(AND(eight_may_follow(lx->triples, base, third, leads), leads));
    uint64_t list = numbers_of(bits);
    put_numbers(w->at + on, k, list);
    put_chosen(w->child + on, _mm256_min_epu32(_mm256_add_epi32(base, third), last), list);
    on += (uint32_t)_mm_popcnt_u32(bits);
  }
  return on;
}

/* Fourth: which of the others have to be looked up. */
MILL_TARGET_BITS static uint32_t list_rare(window *w, const mill_lexicon *lx) {
  uint32_t rare = 0;
  for (uint32_t k = 0; k < w->n; k += 8) {
    __m256i pairs = load(w->pair + k), rest = _mm256_or_si256(load(w->hot + k), pairs); /* signs: none */
    rest = _mm256_cmpgt_epi32(rest, ALL(-1));
    uint32_t bits = low_bits(AND(eight_may_begin(lx->pairs, pairs, rest), rest));
    put_numbers(w->rare + rare, k, numbers_of(bits));
    rare += (uint32_t)_mm_popcnt_u32(bits);
  }
  return rare;
}

/* The same, eight units at a time. */
MILL_TARGET_BITS static uint32_t hot_pairs_avx2(window *w, const mill_lexicon *lx, uint32_t *n_rare) {
  find_hot(w, lx);
  put_hot(w, lx);
  *n_rare = list_rare(w, lx);
  return list_leads(w, lx);
}
#endif

static uint32_t hot_pairs(window *w, const mill_lexicon *lx, uint32_t *n_rare) {
#if MILL_AVX2
  if (cpu_has_avx2()) return hot_pairs_avx2(w, lx, n_rare);
#endif
  return hot_pairs_portable(w, lx, n_rare);
}

/* ---- the others ----------------------------------------------------------------- */

/* The rare pairs, behind the `on` paths that go on already. */
static uint32_t rare_pairs(window *w, const mill_lexicon *lx, uint32_t n_rare, uint32_t on) {
  const lex_trie trie = lexicon_trie(lx);
  uint32_t child[WINDOW_UNITS];
  for (uint32_t q = 0; q < n_rare; q++) {
    uint32_t k = w->rare[q];
    child[q] = lex_child(trie, lex_base(trie.cells[w->id[k]]), w->id[k + 1]);
    __builtin_prefetch(&trie.cells[child[q]]);
  }
  for (uint32_t q = 0; q < on; q++) __builtin_prefetch(&trie.cells[w->child[q]]);
  for (uint32_t q = 0; q < n_rare; q++) {
    uint32_t k = w->rare[q];
    lex_cell c = child_of(trie.cells[child[q]], w->id[k + 1]);
    on = follow_pair(w, lx, trie, k, c, on);
    __builtin_prefetch(&trie.cells[w->child[on - (on > 0)]]);
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
    lex_cell c = child_of(trie.cells[w->child[q]], w->id[k + level - 1]);
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
    if (lex_word(c) < trie.n_words)
      window_add(w, k, level, lex_worth_cost(trie.worth[lex_word(c)]), lex_word(c));
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
  uint32_t n_rare, count = hot_pairs(w, lx, &n_rare);
  w->n_more = 0;
  memset(w->head, 0, w->n * sizeof *w->head);
  for (uint32_t level = 1; level < 3; level++) no_edges(w->edge[level], w->n);
  count = rare_pairs(w, lx, n_rare, count);
  count = follow(w, lx, count, 3);
  count = follow(w, lx, count, 4);
  for (uint32_t level = 5; count > 0 && level <= LEX_MAX_CHARS; level++)
    count = follow_far(w, lx, count, level);
}
