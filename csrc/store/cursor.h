/* cursor.h - between cursor.c and positions.c: skips, and numbers eight at a time. */
#ifndef MILL_CURSOR_H
#define MILL_CURSOR_H

#include "../core/alloc.h"
#include "../core/cpu.h"
#include "codec.h"
#include "segment.h"

#if MILL_AVX2
#include <immintrin.h>

/* x0 x1 x2 ... -> x0, x0 + x1, ... + base each. */
MILL_TARGET_BITS static inline __m256i sums_of(__m256i x, uint32_t base) {
  x = _mm256_add_epi32(x, _mm256_slli_si256(x, 4));
  x = _mm256_add_epi32(x, _mm256_slli_si256(x, 8));
  __m256i low = _mm256_permute4x64_epi64(_mm256_shuffle_epi32(x, 0xff), 0x44); /* the lower half's sum */
  x = _mm256_add_epi32(x, _mm256_blend_epi32(_mm256_setzero_si256(), low, 0xf0));
  return _mm256_add_epi32(x, _mm256_set1_epi32((int)base));
}
#endif

struct skip { uint32_t last, postings, positions; int dense; };

static inline uint32_t get_le32(const unsigned char *p) {
  return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline struct skip skip_of(const struct posting_cursor *c, uint32_t block) {
  const unsigned char *p = (const unsigned char *)c->postings.bytes + (size_t)block * 16;
  uint32_t postings = get_le32(p + 4);
  return (struct skip){get_le32(p), postings & ~SEGMENT_DENSE, get_le32(p + 8), (postings & SEGMENT_DENSE) != 0};
}

#endif
