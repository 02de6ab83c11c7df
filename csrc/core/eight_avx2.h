/*
** eight_avx2.h - questions about eight characters of three bytes at once, from
** tables over the first 65536 code points that hold 1 bit or 4 of each.
**
**   s + k     |...|...|...|...|...|...|...|...|     code points by one shuffle
**   leads     *  .  *  .  *  .  *  .                 of which `EIGHT_LEADS << k`
**                                                    are asked for
** Nothing is known of the bytes: whatever they are, the index is in the table.
** 28 bytes are read.
*/
#ifndef MILL_EIGHT_AVX2_H
#define MILL_EIGHT_AVX2_H

#include "cpu.h"

#if MILL_AVX2
#include <immintrin.h>
#include <stdint.h>

#define EIGHT_LEADS 0x249249u /* bits 0, 3 .. 21 */
#define EIGHT_READ 28

/* The eight code points at p. */
MILL_TARGET_BITS static inline __m256i eight_at(const unsigned char *p) {
  __m128i first = _mm_loadu_si128((const __m128i *)(const void *)p);
  __m128i second = _mm_loadu_si128((const __m128i *)(const void *)(p + 12));
  __m256i order =
      _mm256_broadcastsi128_si256(_mm_setr_epi8(2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1));
  __m256i x = _mm256_shuffle_epi8(_mm256_set_m128i(second, first), order); /* E3818B */
  __m256i high = _mm256_and_si256(_mm256_srli_epi32(x, 4), _mm256_set1_epi32(0xF000));
  __m256i middle = _mm256_and_si256(_mm256_srli_epi32(x, 2), _mm256_set1_epi32(0xFC0));
  return _mm256_or_si256(_mm256_or_si256(high, middle), _mm256_and_si256(x, _mm256_set1_epi32(0x3F)));
}

/* The sign bits of eight numbers, at the bits of their leads. */
MILL_TARGET_BITS static inline uint64_t eight_signs(__m256i x) {
  return _pdep_u64((uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(x)), EIGHT_LEADS);
}

/* The bit of each in a table of bits, in its sign. */
MILL_TARGET_BITS static inline __m256i eight_bits(const void *table, __m256i c) {
  __m256i words = _mm256_i32gather_epi32((const int *)table, _mm256_srli_epi32(c, 5), 4);
  return _mm256_sllv_epi32(words, _mm256_andnot_si256(c, _mm256_set1_epi32(31)));
}

/* The four bits of each, of a table of such, at its top. */
MILL_TARGET_BITS static inline __m256i eight_nibbles(const void *table, __m256i c) {
  __m256i words = _mm256_i32gather_epi32((const int *)table, _mm256_srli_epi32(c, 3), 4);
  __m256i shift = _mm256_andnot_si256(_mm256_slli_epi32(c, 2), _mm256_set1_epi32(28));
  return _mm256_sllv_epi32(words, shift);
}
#endif

#endif
