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

#define MOST_SMALL 64u
#define MOST_FAR (UINT32_C(1) << 29)

/* Two words, neither often: every pair is tried, without branches. An occurrence counts when
** some of the other word is within reach, which is what coming together finds. */
static int match_two(struct near_side *a, struct near_side *b, uint32_t reach) {
  uint32_t near[MOST_SMALL] = {0}, width = 2 * reach, count = 0;
  a->count = b->count = 0;
  for (uint32_t i = 0; i < a->n; i++) {
    uint32_t least = a->positions[i] - reach, any = 0;
    for (uint32_t j = 0; j < b->n; j++) {
      uint32_t hit = b->positions[j] - least <= width;
      near[j] |= hit;
      any |= hit;
    }
    count += any;
  }
  a->count = count;
  for (uint32_t j = 0; j < b->n; j++) b->count += near[j];
  return count > 0;
}

#if MILL_AVX2
/* The same, eight of b at once; a bit says which of b have been near some of a. */
MILL_TARGET_BITS static int match_two_avx2(struct near_side *a, struct near_side *b, uint32_t reach) {
  const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), width = _mm256_set1_epi32((int)(2 * reach));
  uint64_t near = 0, any[MOST_SMALL] = {0};
  a->count = 0;
  for (uint32_t j = 0; j < b->n; j += 8) {
    __m256i there = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)(b->n - j)), lanes);
    __m256i x = _mm256_maskload_epi32((const int *)(const void *)(b->positions + j), there);
    for (uint32_t i = 0; i < a->n; i++) {
      __m256i far = _mm256_sub_epi32(x, _mm256_set1_epi32((int)(a->positions[i] - reach)));
      __m256i hit = _mm256_and_si256(_mm256_cmpeq_epi32(_mm256_min_epu32(far, width), far), there);
      uint64_t hits = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(hit));
      near |= hits << j;
      any[i] |= hits;
    }
  }
  for (uint32_t i = 0; i < a->n; i++) a->count += any[i] != 0;
  b->count = (uint32_t)_mm_popcnt_u64(near);
  return near != 0;
}
#endif

int near_match(struct near_side *s, uint32_t n, uint32_t distance) {
  if (n == 2 && s[0].words == 1 && s[1].words == 1 && s[0].marks == NULL && s[1].marks == NULL &&
      s[0].n <= MOST_SMALL && s[1].n <= MOST_SMALL && distance < MOST_FAR) {
#if MILL_AVX2
    if (cpu_has_avx2()) return match_two_avx2(&s[0], &s[1], distance + 1);
#endif
    return match_two(&s[0], &s[1], distance + 1);
  }
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
