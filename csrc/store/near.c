/* near.c - see near.h. */
#include "near.h"

#include <stddef.h>

#include "../core/cpu.h"

#if MILL_AVX2
#include <immintrin.h>
#endif

/* Moves the sides on until all lie in [max - words - distance, max]; 0: one has ended. */
static int come_together(struct near_side *s, uint32_t n, uint32_t distance) {
  int64_t max = s[0].positions[s[0].at];
  for (int match = 0; !match;) {
    match = 1;
    for (uint32_t k = 0; k < n; k++) {
      int64_t min = max - s[k].words - distance, at = s[k].positions[s[k].at];
      if (at >= min && at <= max) continue;
      match = 0;
      while (s[k].positions[s[k].at] < min)
        if (++s[k].at == s[k].n) return 0;
      if (s[k].positions[s[k].at] > max) max = s[k].positions[s[k].at];
    }
  }
  return 1;
}

/* The side whose next occurrence comes first moves to it; 0: all are at their last. */
static int move_on(struct near_side *s, uint32_t n) {
  uint32_t next = n, least = 0;
  for (uint32_t k = 0; k < n; k++) {
    if (s[k].at + 1 >= s[k].n) continue;
    uint32_t ahead = s[k].positions[s[k].at + 1];
    if (next == n || ahead < least) least = ahead, next = k;
  }
  if (next == n) return 0;
  s[next].at++;
  return 1;
}

/* An occurrence counts when some of the other word is within reach, which is what coming
** together finds. */
static int two_portable(const struct stands *a, const struct stands *b, uint32_t reach, uint32_t counts[2]) {
  uint32_t near[NEAR_FEW] = {0};
  counts[0] = counts[1] = 0;
  for (uint32_t i = 0; i < a->n; i++) {
    uint32_t least = stands_at(a, i) - reach, any = 0;
    for (uint32_t j = 0; j < b->n; j++) {
      uint32_t hit = stands_at(b, j) - least <= 2 * reach;
      near[j] |= hit;
      any |= hit;
    }
    counts[0] += any;
  }
  for (uint32_t j = 0; j < b->n; j++) counts[1] += near[j];
  return counts[0] > 0;
}

#if MILL_AVX2
/* The same, eight of b at once; a bit says which of b have been near some of a. Those of a that are too
** far before these eight are so before all that follow. */
MILL_TARGET_BITS static int two_avx2(const struct stands *a, const struct stands *b, uint32_t reach,
                                     uint32_t counts[2]) {
  const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  const __m256i width = _mm256_set1_epi32((int)(2 * reach));
  const __m256i base = _mm256_set1_epi32((int)b->base);
  const __m128i shift = _mm_cvtsi32_si128((int)b->shift);
  uint64_t near_a = 0, near_b = 0;
  uint32_t from = 0;
  for (uint32_t j = 0; j < b->n; j += 8) {
    __m256i there = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)(b->n - j)), lanes);
    __m256i x = _mm256_maskload_epi32((const int *)(const void *)(b->p + j), there);
    uint32_t valid = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(there)), some = 0;
    x = _mm256_srl_epi32(_mm256_sub_epi32(x, base), shift);
    uint32_t first = stands_at(b, j), last = stands_at(b, (j + 8 < b->n ? j + 8 : b->n) - 1) + reach;
    while (from < a->n && stands_at(a, from) + reach < first) from++;
    for (uint32_t i = from; i < a->n; i++) {
      uint32_t at = stands_at(a, i);
      if (at > last) break;
      __m256i far = _mm256_sub_epi32(x, _mm256_set1_epi32((int)(at - reach)));
      __m256i hit = _mm256_cmpeq_epi32(_mm256_min_epu32(far, width), far);
      uint32_t hits = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(hit)) & valid;
      some |= hits;
      near_a |= (uint64_t)(hits != 0) << i;
    }
    near_b |= (uint64_t)some << j;
  }
  counts[0] = (uint32_t)_mm_popcnt_u64(near_a);
  counts[1] = (uint32_t)_mm_popcnt_u64(near_b);
  return near_a != 0;
}
#endif

int near_two(const struct stands *a, const struct stands *b, uint32_t distance, uint32_t counts[2]) {
#if MILL_AVX2
  if (cpu_has_avx2()) return two_avx2(a, b, distance + 1, counts);
#endif
  return two_portable(a, b, distance + 1, counts);
}

static int match_two(struct near_side *s, uint32_t distance) {
  struct stands a = {s[0].positions, s[0].n, 0, 0}, b = {s[1].positions, s[1].n, 0, 0};
  uint32_t counts[2];
  int found = near_two(&a, &b, distance, counts);
  s[0].count = counts[0];
  s[1].count = counts[1];
  return found;
}

int near_match(struct near_side *s, uint32_t n, uint32_t distance) {
  if (n == 2 && s[0].words == 1 && s[1].words == 1 && s[0].marks == NULL && s[1].marks == NULL &&
      s[0].n <= NEAR_FEW && s[1].n <= NEAR_FEW && distance < NEAR_FAR)
    return match_two(s, distance);
  for (uint32_t k = 0; k < n; k++) s[k].at = s[k].count = 0, s[k].kept = UINT32_MAX;
  while (come_together(s, n, distance)) {
    for (uint32_t k = 0; k < n; k++) {
      if (s[k].kept == s[k].at) continue;
      s[k].kept = s[k].at;
      s[k].count++;
      if (s[k].marks != NULL) s[k].marks[s[k].at] = 1;
    }
    if (!move_on(s, n)) break;
  }
  return s[0].count > 0;
}
