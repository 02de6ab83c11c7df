/*
** sums.c - see sums.h.
**
**   sum      .  3  .  1  7       a count each article, of those found alone
**   found    0  1  0  1  1       a bit each
*/
#include "sums.h"

#include "../core/cpu.h"

#if MILL_AVX2
#include <immintrin.h>
#endif

int sums_begin(struct lister *l) {
  size_t cells = sums_cells(l->g);
  if (mill_grow(&l->sum, &l->sum_capacity, (size_t)l->g->n_articles + 1, sizeof *l->sum) < 0 ||
      mill_grow(&l->found, &l->found_capacity, cells + 1, sizeof *l->found) < 0)
    return MILL_ENOMEM;
  memset(l->found, 0, (cells + 1) * sizeof *l->found);
  return 0;
}

/* ---- adding */

/* Sets the block's bits, which are all of its articles. */
static void find_bits(struct lister *l, const struct cursor_block *b, uint32_t last) {
  uint32_t shift = b->first % 64, words = (last - b->first) / 64 + 1;
  uint64_t *to = l->found + b->first / 64;
  for (uint32_t k = 0; k < words; k++) {
    to[k] |= b->bits[k] << shift;
    if (shift > 0) to[k + 1] |= b->bits[k] >> (64 - shift);
  }
}

static void add_dense(struct lister *l, const struct posting_cursor *c, uint32_t times) {
  const struct cursor_block *b = &c->b;
  for (uint32_t k = 0; k < c->n; k++) {
    uint32_t ordinal = b->ordinal[k], had = 0 - (uint32_t)(l->found[ordinal / 64] >> ordinal % 64 & 1);
    l->sum[ordinal] = (l->sum[ordinal] & had) + b->tf[k] * times;
  }
  find_bits(l, b, b->ordinal[c->n - 1]);
}

void sums_block(struct lister *l, const struct posting_cursor *c, uint32_t times) {
  const struct cursor_block *b = &c->b;
  if (times > 0 && b->dense && !(l->body_only && l->g->has_rest)) {
    add_dense(l, c, times);
    return;
  }
  for (uint32_t k = 0; k < c->n; k++) {
    uint32_t tf = b->tf[k] - (l->body_only ? b->rest[k] : 0);
    sums_add(l, b->ordinal[k], times > 0 || tf == 0 ? tf * times : LIST_UNSURE);
  }
}

/* ---- reading off */

/* Numbers of the bits set, n of them; room for eight more. */
static void list_any(const uint64_t *found, uint32_t n, uint32_t *out) {
  for (uint32_t k = 0, cell = 0; k < n; cell++)
    for (uint64_t x = found[cell]; x != 0; x &= x - 1) out[k++] = cell * 64 + (uint32_t)__builtin_ctzll(x);
}

#if MILL_AVX2
/* Eight bits at once: pext picks the numbers of those that are set. */
MILL_TARGET_BITS static void list_avx2(const uint64_t *found, uint32_t n, uint32_t *out) {
  for (uint32_t k = 0, cell = 0; k < n; cell++) {
    uint64_t x = found[cell];
    for (uint32_t base = cell * 64; x != 0; x >>= 8, base += 8) {
      uint64_t set = _pdep_u64(x & 255, UINT64_C(0x0101010101010101)) * 255;
      __m128i order = _mm_cvtsi64_si128((long long)_pext_u64(UINT64_C(0x0706050403020100), set));
      __m256i numbers = _mm256_add_epi32(_mm256_cvtepu8_epi32(order), _mm256_set1_epi32((int)base));
      _mm256_storeu_si256((__m256i *)(void *)(out + k), numbers);
      k += (uint32_t)_mm_popcnt_u32((uint32_t)(x & 255));
    }
  }
}
#endif

static void list_bits(const struct lister *l, uint32_t n, uint32_t *out) {
#if MILL_AVX2
  if (l->g->avx2) {
    list_avx2(l->found, n, out);
    return;
  }
#endif
  list_any(l->found, n, out);
}

static uint32_t drop_removed(const struct lister *l, uint32_t *ordinals, uint32_t n) {
  uint32_t kept = 0;
  for (uint32_t k = 0; k < n; k++) {
    ordinals[kept] = ordinals[k];
    kept += !segment_is_removed(l->g, ordinals[k]);
  }
  return kept;
}

int sums_list(const struct lister *l, struct article_list *out) {
  uint32_t n = 0;
  for (size_t cell = 0; cell < sums_cells(l->g); cell++) n += (uint32_t)__builtin_popcountll(l->found[cell]);
  if (n == 0) return 0;
  if (list_room(out, (size_t)out->n + n + 8) < 0) return MILL_ENOMEM;
  uint32_t *ordinals = out->ordinal + out->n, *tf = out->tf + out->n;
  list_bits(l, n, ordinals);
  if (l->g->removed != NULL) n = drop_removed(l, ordinals, n);
  for (uint32_t k = 0; k < n; k++) tf[k] = l->sum[ordinals[k]];
  out->n += n;
  return 0;
}
