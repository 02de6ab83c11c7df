/*
** sha256_ni.c - SHA-256 by the processor's own instructions.
**
**   state  ABEF | CDGH              as SHA256RNDS2 wants it, two rounds a time
**   m[4]   w0-3 w4-7 w8-11 w12-15   the last 16 words of the schedule, turning
**
** Reference: Intel, SHA Extensions (2013), FIPS 180-4.
*/
#include "sha256.h"

#if MILL_SHA_NI
#include <immintrin.h>

#define TARGET_SHA __attribute__((target("sha,sse4.1,ssse3")))

int sha256_has_ni(void) {
  return __builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1");
}

/* The next four words of the schedule from the last sixteen. */
TARGET_SHA static inline __m128i next_words(__m128i a, __m128i b, __m128i c, __m128i d) {
  return _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(a, b), _mm_alignr_epi8(d, c, 4)), d);
}

TARGET_SHA static inline void block(__m128i *abef, __m128i *cdgh, const unsigned char *bytes) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i m[4], x = *abef, y = *cdgh;
  for (int i = 0; i < 4; i++)
    m[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i)), swap);
#pragma GCC unroll 16
  for (int r = 0; r < 16; r++) {
    __m128i k = _mm_loadu_si128((const __m128i *)(const void *)(sha256_constants + 4 * r));
    k = _mm_add_epi32(m[r & 3], k);
    y = _mm_sha256rnds2_epu32(y, x, k);
    x = _mm_sha256rnds2_epu32(x, y, _mm_shuffle_epi32(k, 0x0E));
    if (r < 12) m[r & 3] = next_words(m[r & 3], m[(r + 1) & 3], m[(r + 2) & 3], m[(r + 3) & 3]);
  }
  *abef = _mm_add_epi32(*abef, x);
  *cdgh = _mm_add_epi32(*cdgh, y);
}

TARGET_SHA void sha256_blocks_ni(uint32_t state[8], const unsigned char *blocks, size_t n) {
  __m128i *out = (__m128i *)(void *)state;
  __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128(out), 0xB1);
  __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128(out + 1), 0x1B);
  __m128i abef = _mm_alignr_epi8(badc, hgfe, 8), cdgh = _mm_blend_epi16(hgfe, badc, 0xF0);
  for (size_t i = 0; i < n; i++) block(&abef, &cdgh, blocks + 64 * i);
  __m128i feba = _mm_shuffle_epi32(abef, 0x1B), dchg = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128(out, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128(out + 1, _mm_alignr_epi8(dchg, feba, 8));
}
#endif
