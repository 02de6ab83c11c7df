/*
** list_places.c - an article's positions put into a set of places, and looked up in one.
**
** Positions ascend in the body, and anew in the rest, whose places come behind the body's: that
** the last of each lies among the places says so of all.
*/
#include "list_cross.h"

#include "../core/cpu.h"

#if MILL_AVX2
#include <immintrin.h>
#endif

/* Positions stored[0, n) less `less` are places from `base` on. */
struct run { const uint32_t *stored; uint32_t n, less, base; };

static int run_of(const struct crossing *x, uint32_t from, uint32_t n, uint64_t base, struct run *r) {
  if (n == 0) return 1;
  uint64_t last = base + position_number(x->stored[from + n - 1] - x->less);
  *r = (struct run){x->stored + from, n, x->less, (uint32_t)base};
  return last + 1 < x->places;
}

/* Those of the body and of the rest; how many runs, 0: damaged. */
static uint32_t runs_of(const struct crossing *x, uint32_t ordinal, struct run runs[2]) {
  uint32_t body = x->n - x->n_rest;
  uint64_t base = x->base[ordinal];
  runs[0].n = 0;
  if (!run_of(x, 0, body, base, &runs[0])) return 0;
  if (x->n_rest == 0) return 1;
  base += x->l->g->articles[ordinal].body + 1;
  return run_of(x, body, x->n_rest, base - position_number(SEGMENT_REST), &runs[1]) ? 2 : 0;
}

/* ---- putting */

static inline uint32_t has(const uint8_t *bits, uint32_t place) {
  return (uint32_t)bits[place / 8] >> place % 8 & 1;
}

static void put_behind(uint8_t *set, const struct run *r) {
  for (uint32_t i = 0; i < r->n; i++) {
    uint32_t place = r->base + position_number(r->stored[i] - r->less) + 1;
    set[place / 8] |= (uint8_t)(1u << place % 8);
  }
}

static void put_from(uint8_t *set, const uint8_t *from, const struct run *r) {
  for (uint32_t i = 0; i < r->n; i++) {
    uint32_t position = r->stored[i] - r->less, place = r->base + position_number(position);
    uint32_t is = ~position & has(from, place) & 1;
    set[(place + 1) / 8] |= (uint8_t)(is << (place + 1) % 8);
  }
}

static void put_before(uint8_t *set, const struct run *r) {
  for (uint32_t i = 0; i < r->n; i++) {
    uint32_t position = r->stored[i] - r->less, place = r->base + position_number(position);
    set[place / 8] |= (uint8_t)((~position & 1) << place % 8);
  }
}

int places_put(struct crossing *x, uint32_t ordinal, int behind) {
  struct run runs[2];
  uint32_t n = runs_of(x, ordinal, runs);
  for (uint32_t k = 0; k < n; k++) {
    if (!behind) put_before(x->set, &runs[k]);
    else if (x->from != NULL) put_from(x->set, x->from, &runs[k]);
    else put_behind(x->set, &runs[k]);
  }
  return n > 0 ? 0 : MILL_ECORRUPT;
}

/* ---- looking up */

/* more: of the place behind each; all: of words that are no neighbours, too. */
static uint32_t look_any(const uint8_t *set, const struct run *r, uint32_t more, uint32_t all) {
  uint32_t times = 0;
  for (uint32_t i = 0; i < r->n; i++) {
    uint32_t position = r->stored[i] - r->less;
    times += (~position | all) & has(set, r->base + position_number(position) + more) & 1;
  }
  return times;
}

#if MILL_AVX2
MILL_TARGET_BITS static uint32_t look_avx2(const uint8_t *set, const struct run *r, uint32_t more,
                                           uint32_t all) {
  const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), less = _mm256_set1_epi32((int)r->less);
  const __m256i base = _mm256_set1_epi32((int)(r->base + more)), low = _mm256_set1_epi32(31);
  const __m256i any = _mm256_set1_epi32((int)all), one = _mm256_set1_epi32(1);
  __m256i times = _mm256_setzero_si256();
  for (uint32_t i = 0; i < r->n; i += 8) {
    __m256i there = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)(r->n - i)), lanes);
    __m256i x = _mm256_maskload_epi32((const int *)(const void *)(r->stored + i), there);
    x = _mm256_sub_epi32(x, less);
    __m256i place = _mm256_add_epi32(_mm256_srli_epi32(x, 1), base);
    __m256i cell = _mm256_mask_i32gather_epi32(_mm256_setzero_si256(), (const int *)(const void *)set,
                                               _mm256_srli_epi32(place, 5), there, 4);
    __m256i is = _mm256_srlv_epi32(cell, _mm256_and_si256(place, low));
    is = _mm256_and_si256(is, _mm256_or_si256(_mm256_andnot_si256(x, one), any));
    times = _mm256_add_epi32(times, _mm256_and_si256(is, one));
  }
  __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(times), _mm256_extracti128_si256(times, 1));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4e));
  return (uint32_t)_mm_cvtsi128_si32(_mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xb1)));
}
#endif

int places_look(const struct crossing *x, uint32_t ordinal, int behind, uint32_t *times) {
  struct run runs[2];
  uint32_t n = runs_of(x, ordinal, runs), more = !behind, all = !behind;
  *times = 0;
  for (uint32_t k = 0; k < n; k++) {
#if MILL_AVX2
    if (x->l->g->avx2) {
      *times += look_avx2(x->set, &runs[k], more, all);
      continue;
    }
#endif
    *times += look_any(x->set, &runs[k], more, all);
  }
  return n > 0 ? 0 : MILL_ECORRUPT;
}
