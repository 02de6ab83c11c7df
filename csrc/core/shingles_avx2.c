/*
** shingles_avx2.c - units and shingles with AVX2 (see shingles.c): the same.
**
**   bytes    ...  E5 85 A8  '3'  '6'  ' '  E3 80 82  ...      a block of 64
**   word            .        1    1    .      .             } one bit a byte
**   start           1        1    .    .      .  (a mark)   }
**
** A block begins where a unit may, and what its last three bytes leave open is the
** next block's. No branch asks what a character is, for guesses would often be
** wrong; blocks that are no UTF-8, or hold characters of four bytes, go one
** unit by the portable path.
*/
#include "shingles.h"

#include "cpu.h"

#if MILL_AVX2
#include <immintrin.h>

enum { BLOCK = 64, USED = 61, NEED = BLOCK + 8 }; /* bytes; the last unit is loaded with 8 */
#define BELOW(k) ((UINT64_C(1) << (k)) - 1)

struct block { __m256i low, high; };
struct masks { uint64_t word, start, end; }; /* end: bytes the units take, as a number */

/* ---- one bit a byte */

MILL_TARGET_AVX2 static inline uint64_t bits(__m256i low, __m256i high) {
  return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

MILL_TARGET_AVX2 static inline uint64_t equal(struct block b, int byte) {
  __m256i x = _mm256_set1_epi8((char)byte);
  return bits(_mm256_cmpeq_epi8(b.low, x), _mm256_cmpeq_epi8(b.high, x));
}

/* Bytes at or above this one. */
MILL_TARGET_AVX2 static inline uint64_t from(struct block b, int byte) {
  __m256i x = _mm256_set1_epi8((char)byte);
  return bits(_mm256_cmpeq_epi8(_mm256_max_epu8(b.low, x), b.low),
              _mm256_cmpeq_epi8(_mm256_max_epu8(b.high, x), b.high));
}

/* Bytes in [first, first + count), turned so that they are the lowest signed ones. */
MILL_TARGET_AVX2 static inline __m256i range(__m256i v, int first, int count) {
  __m256i moved = _mm256_sub_epi8(v, _mm256_set1_epi8((char)(first + 128)));
  return _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(count - 128)), moved);
}

MILL_TARGET_AVX2 static inline uint64_t in(struct block b, int first, int count) {
  return bits(range(b.low, first, count), range(b.high, first, count));
}

MILL_TARGET_AVX2 static inline __m256i ascii_word(__m256i v) {
  __m256i lower = _mm256_or_si256(v, _mm256_set1_epi8(0x20));
  return _mm256_or_si256(range(v, '0', 10), range(lower, 'a', 26));
}

/* Leads of letters of three bytes that join words, as is_letter3 has them. */
MILL_TARGET_AVX2 static inline uint64_t letters3(struct block b, uint64_t e2) {
  uint64_t e1 = equal(b, 0xE1), ea = equal(b, 0xEA), found = 0;
  if (e2 != 0) found = e2 & in(b, 0xB0, 8) >> 1;
  if ((e1 | ea) != 0) found |= (e1 & in(b, 0xB4, 12) >> 1) | (ea & in(b, 0x9C, 4) >> 1);
  return found;
}

/* Marks among characters that are no letters: as is_mark has them. */
MILL_TARGET_AVX2 static inline uint64_t marks3(struct block b, uint64_t e2) {
  uint64_t e3 = equal(b, 0xE3) & equal(b, 0x80) >> 1;
  return (e2 & in(b, 0x80, 0x3A) >> 1) | (e3 & ~(in(b, 0x85, 3) >> 2));
}

/* 0: not for this path. */
MILL_TARGET_AVX2 static inline int find(const char *s, struct masks *m) {
  struct block b = {_mm256_loadu_si256((const __m256i *)s), _mm256_loadu_si256((const __m256i *)(s + 32))};
  uint64_t word = bits(ascii_word(b.low), ascii_word(b.high)), high = bits(b.low, b.high);
  m->start = m->word = word & BELOW(USED);
  m->end = USED;
  if (high != 0) {
    uint64_t two = from(b, 0xC0), three = from(b, 0xE0), c2 = equal(b, 0xC2), e2 = equal(b, 0xE2);
    uint64_t follow = two << 1 | three << 2, letters = letters3(b, e2), lead = three & ~letters & BELOW(USED);
    if (((follow ^ (high & ~two)) & BELOW(USED)) != 0 || (from(b, 0xF0) & BELOW(USED)) != 0) return 0;
    uint64_t covered = lead << 1 | lead << 2 | c2 << 1;
    word |= (high & ~three & ~c2 & ~covered) | letters;
    m->word = word & BELOW(USED);
    m->start = lead & ~marks3(b, e2);
    m->end += (uint64_t)__builtin_ctzll(~(covered >> USED));
  }
  m->start = (high != 0 ? m->start : 0) | (m->word & ~(m->word << 1));
  if ((word >> (USED - 1) & 3) == 3) { /* the last word goes on */
    uint64_t gap = ~word & BELOW(USED);
    m->end = gap != 0 ? 64 - (uint64_t)__builtin_clzll(gap) : 0;
    m->start &= BELOW(m->end);
  }
  return m->end > 0;
}

/* ---- units */

static inline uint64_t word_at(const char *s, size_t len) {
  uint64_t hash = 0;
  for (; len > 8; len -= 8, s += 8) hash = unit_mix(hash, unit_load(s));
  return unit_word(hash, unit_load(s) & UINT64_MAX >> (64 - 8 * len));
}

/* Where the lowest bit is; with none, a place that may be read. */
static inline size_t lowest(uint64_t x) { return (size_t)__builtin_ctzll(x | UINT64_C(1) << 63); }

/* Characters of three bytes only. By fours, the last ones in vain: blocks of Han
** have about as many, and the end of the loop is foreseen. */
static inline size_t put_characters(const char *s, uint64_t start, uint64_t *out) {
  size_t count = 0;
  while (start != 0)
    for (int k = 0; k < 4; k++) {
      out[count] = unit_character(unit_load(s + lowest(start)) & 0xffffff);
      count += start != 0;
      start &= start - 1;
    }
  return count;
}

/* Characters and words: both are a product of their bytes. */
static inline size_t put_units(const char *s, const struct masks *m, uint64_t *out) {
  static const uint64_t kept[9] = {0xffffff, 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff,
                                   0xffffffffffff, 0xffffffffffffff, UINT64_MAX};
  size_t count = 0;
  for (uint64_t start = m->start; start != 0; start &= start - 1) {
    size_t p = (size_t)__builtin_ctzll(start), len = (size_t)__builtin_ctzll(~(m->word >> p));
    if (len > 8) {
      out[count++] = word_at(s + p, len);
      continue;
    }
    uint64_t is_word = len > 0, by = is_word ? UNIT_K1 : UNIT_K3;
    uint64_t h = (unit_load(s + p) & kept[len]) * by;
    out[count++] = (h ^ (h >> 32 & (0 - is_word))) | is_word;
  }
  return count;
}

MILL_TARGET_AVX2 size_t units_avx2(const char *s, size_t n, size_t *at, uint64_t *out, size_t room) {
  size_t count = 0;
  struct masks m;
  while (n - *at >= NEED && room - count >= BLOCK) {
    if (!find(s + *at, &m)) {
      count += units_portable(s, n, at, out + count, 1);
      continue;
    }
    count +=
        m.word == 0 ? put_characters(s + *at, m.start, out + count) : put_units(s + *at, &m, out + count);
    *at += m.end;
  }
  if (count > 0 && n - *at >= NEED) return count;
  return count + units_portable(s, n, at, out + count, room - count);
}

/* ---- shingles */

MILL_TARGET_AVX2 void shingles_avx2(const uint64_t *unit, size_t n, uint64_t *out) {
  const __m256i by8 = _mm256_setr_epi8(7, 0, 1, 2, 3, 4, 5, 6, 15, 8, 9, 10, 11, 12, 13, 14,
                                       7, 0, 1, 2, 3, 4, 5, 6, 15, 8, 9, 10, 11, 12, 13, 14);
  const __m256i by16 = _mm256_shuffle_epi8(by8, by8), by24 = _mm256_shuffle_epi8(by16, by8);
  const __m256i c1 = _mm256_set1_epi64x((long long)SHINGLE_C1),
                c2 = _mm256_set1_epi64x((long long)SHINGLE_C2);
  const __m256i one = _mm256_set1_epi64x(1);
  size_t k = 0;
  for (; k + 4 <= n; k += 4) {
    const __m256i *u = (const __m256i *)(unit + k);
    __m256i last = _mm256_loadu_si256((const __m256i *)(unit + k + 4));
    __m256i far =
        _mm256_xor_si256(_mm256_shuffle_epi32(_mm256_loadu_si256(u), 0xB1),
                         _mm256_shuffle_epi8(_mm256_loadu_si256((const __m256i *)(unit + k + 1)), by24));
    __m256i h =
        _mm256_xor_si256(_mm256_shuffle_epi8(_mm256_loadu_si256((const __m256i *)(unit + k + 2)), by16),
                         _mm256_shuffle_epi8(_mm256_loadu_si256((const __m256i *)(unit + k + 3)), by8));
    __m256i keep = _mm256_sub_epi64(_mm256_and_si256(last, one), one);
    h = _mm256_xor_si256(_mm256_xor_si256(h, last), _mm256_and_si256(far, keep));
    __m256i swapped = _mm256_shuffle_epi32(h, 0xB1);
    __m256i p = _mm256_mul_epu32(_mm256_xor_si256(h, c1), _mm256_xor_si256(swapped, c2));
    _mm256_storeu_si256((__m256i *)(out + k), _mm256_xor_si256(p, _mm256_shuffle_epi8(h, by24)));
  }
  shingles_portable(unit + k, n - k, out + k);
}
#else
typedef int shingles_without_avx2; /* a file must hold something */
#endif
