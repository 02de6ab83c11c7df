/*
** utf8_avx2.c - validating 32 bytes at a time.
**
** Each byte is looked at together with the three before it. Three tables of
** 16 entries, looked up by the high and low half of the byte before and by
** the high half of the byte itself, hold a bit for every way in which two
** neighbours can be wrong; a bit left in the AND of all three is an error:
**
**     before  hi lo   E.  .0        "overlong" is in all three: E0 80..9F
**     this    hi         8. 9.
**
** The bit TWO_TAILS (a tail after a tail) is no error where the byte two back
** begins a sequence of 3 or 4, or the one three back a sequence of 4.
** Reference: J. Keiser, D. Lemire, Validating UTF-8 In Less Than One
** Instruction Per Byte, 2021.
*/
#include "utf8_check.h"

#if MILL_AVX2
#include <immintrin.h>

#include "utf8.h"

enum {
  SHORT = 1,       /* lead or ASCII where a tail is due */
  LONG = 2,        /* tail after ASCII */
  OVER3 = 4,       /* E0 80..9F */
  LARGE = 8,       /* F4 90..BF, F5..FF 90..BF */
  SURROGATE = 16,  /* ED A0..BF */
  OVER2 = 32,      /* C0, C1 */
  OVER4 = 64,      /* F0 80..8F */
  LARGE8 = 64,     /* F5..FF 80..8F: shares its bit */
  TWO_TAILS = 128,
  ANY_LOW = SHORT | LONG | TWO_TAILS,
  TAIL = LONG | OVER2 | TWO_TAILS
};

/* One of 16 bytes for each of 32 indices 0..15. */
#define LOOKUP(index, ...) \
  _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__)), index)
#define C(x) ((char)(x))

MILL_TARGET_AVX2 static inline __m256i high_half(__m256i v) {
  return _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(0x0F));
}

MILL_TARGET_AVX2 static inline __m256i pair_errors(__m256i before, __m256i here) {
  const char large = C(ANY_LOW | LARGE | LARGE8);
  __m256i high = LOOKUP(high_half(before), LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG,
                        C(TWO_TAILS), C(TWO_TAILS), C(TWO_TAILS), C(TWO_TAILS), SHORT | OVER2,
                        SHORT, SHORT | OVER3 | SURROGATE, SHORT | LARGE | LARGE8 | OVER4);
  __m256i low = LOOKUP(_mm256_and_si256(before, _mm256_set1_epi8(0x0F)),
                       C(ANY_LOW | OVER3 | OVER2 | OVER4), C(ANY_LOW | OVER2), C(ANY_LOW),
                       C(ANY_LOW), C(ANY_LOW | LARGE), large, large, large, large, large, large,
                       large, large, C(ANY_LOW | LARGE | LARGE8 | SURROGATE), large, large);
  __m256i second = LOOKUP(high_half(here), SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT,
                          C(TAIL | OVER3 | LARGE8 | OVER4), C(TAIL | OVER3 | LARGE),
                          C(TAIL | SURROGATE | LARGE), C(TAIL | SURROGATE | LARGE), SHORT, SHORT,
                          SHORT, SHORT);
  return _mm256_and_si256(_mm256_and_si256(high, low), second);
}

/* `here` shifted by k bytes, filled from the block before. */
#define BACK(here, last, k) \
  _mm256_alignr_epi8(here, _mm256_permute2x128_si256(last, here, 0x21), 16 - (k))

MILL_TARGET_AVX2 static inline __m256i errors(__m256i here, __m256i last) {
  __m256i pairs = pair_errors(BACK(here, last, 1), here);
  __m256i third = _mm256_subs_epu8(BACK(here, last, 2), _mm256_set1_epi8(0xE0 - 0x80));
  __m256i fourth = _mm256_subs_epu8(BACK(here, last, 3), _mm256_set1_epi8(0xF0 - 0x80));
  __m256i due = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8(C(0x80)));
  return _mm256_xor_si256(due, pairs);
}

/* Where the sequence that s[0,n) breaks off begins; n when it is whole. */
static size_t whole_sequences(const unsigned char *s, size_t n) {
  for (size_t k = 1; k <= 3 && k <= n; k++)
    if (!utf8_is_tail(s[n - k])) return utf8_length(s[n - k]) > k ? n - k : n;
  return n;
}

/* ASCII needs no look at its neighbours, except behind a sequence that is not
** finished: `open` is 1 then. */
MILL_TARGET_AVX2 size_t utf8_good_avx2(const unsigned char *s, size_t n) {
  __m256i last = _mm256_setzero_si256();
  size_t i = 0;
  for (int open = 0; n - i >= 64; i += 64) {
    __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)(s + i));
    __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(s + i + 32));
    if (!open && _mm256_movemask_epi8(_mm256_or_si256(a, b)) == 0) continue;
    __m256i bad = _mm256_or_si256(errors(a, last), errors(b, a));
    if (!_mm256_testz_si256(bad, bad)) break;
    last = b;
    open = s[i + 63] >= 0xC0 || s[i + 62] >= 0xE0 || s[i + 61] >= 0xF0;
  }
  return whole_sequences(s, i);
}
#endif
