/*
** scan_avx2.c - is it UTF-8, and what in it changes? 64 bytes at a time.
**
** Two questions about neighbours are answered together, by the high half of a
** byte, its low half, and the high half of the byte behind it:
**
**     E3 81   high E, low 3, next 8     valid: three tables of errors, as in
**                                       utf8_avx2.c; AND of them 0: no error
**                                     look: three tables of UNICODE_HALF bits;
**                                       AND of them 0: the character stays
**
** The punctuation of U+2000..203F and U+3000..303F, which is in every text, is
** told apart by the third byte (unicode_look.third). Where there are many, those of three bytes are then tested exactly, a bit each
** (unicode_look.changes); others are listed at once, so that some stay after all. What is behind the
** last byte is read, so an error there is seen.
** Reference: J. Keiser, D. Lemire, Validating UTF-8 In Less Than One
** Instruction Per Byte, 2021.
*/
#include "eight_avx2.h"
#include "normalize_work.h"

#if MILL_AVX2
enum {
  SHORT = 1,       /* lead or ASCII where a tail is due */
  LONG = 2,        /* tail after ASCII */
  OVER3 = 4,       /* E0 80..9F */
  LARGE = 8,       /* F4 90..BF, F5..FF 90..BF */
  SURROGATE = 16,  /* ED A0..BF */
  OVER2 = 32,      /* C0, C1 */
  OVER4 = 64,      /* F0 80..8F */
  LARGE8 = 64,     /* F5..FF 80..8F: shares its bit */
  TWO_TAILS = 128, /* no error where the lead is two or three bytes back */
  ANY_LOW = SHORT | LONG | TWO_TAILS,
  TAIL = LONG | OVER2 | TWO_TAILS
};

typedef struct tables { /* and constants */
  __m256i high, low, second;                /* errors */
  __m256i look_high, look_low, look_second; /* UNICODE_HALF bits */
  __m256i third_low, third_high, which, one, e3; /* U+2000..203F, U+3000..303F */
  __m256i half, top, lead3, lead4, to_top, below_top, capitals, e0, f0;
} tables;

#define C(x) ((char)(x))
#define TABLE(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))

/* 32 times b. Not to be made anew in the loop from an integer, which costs
** more than loading it: so the compiler must not know what it is. */
MILL_TARGET_BITS static inline __m256i all(int b) {
  __m256i v = _mm256_set1_epi8((char)b);
  __asm__("" : "+x"(v));
  return v;
}

MILL_TARGET_BITS static inline tables load_tables(const work *w) {
  const char large = C(ANY_LOW | LARGE | LARGE8);
  const char from80 = 1 | 8 | 16 | 64, from90 = 2 | 8 | 16 | 64, fromA0 = C(4 | 8 | 32 | 128);
  return (tables){
      .high = TABLE(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, C(TWO_TAILS), C(TWO_TAILS),
                    C(TWO_TAILS), C(TWO_TAILS), SHORT | OVER2, SHORT, SHORT | OVER3 | SURROGATE,
                    SHORT | LARGE | LARGE8 | OVER4),
      .low = TABLE(C(ANY_LOW | OVER3 | OVER2 | OVER4), C(ANY_LOW | OVER2), C(ANY_LOW), C(ANY_LOW),
                   C(ANY_LOW | LARGE), large, large, large, large, large, large, large, large,
                   C(ANY_LOW | LARGE | LARGE8 | SURROGATE), large, large),
      .second = TABLE(SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT,
                      C(TAIL | OVER3 | LARGE8 | OVER4), C(TAIL | OVER3 | LARGE),
                      C(TAIL | SURROGATE | LARGE), C(TAIL | SURROGATE | LARGE), SHORT, SHORT, SHORT,
                      SHORT),
      .look_high = TABLE(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 48, C(192), 7, 8),
      .look_low = _mm256_broadcastsi128_si256(
          _mm_loadu_si128((const __m128i *)(const void *)w->look->half)),
      .look_second = TABLE(0, 0, 0, 0, 0, 0, 0, 0, from80, from90, fromA0, fromA0, 0,
                            0, 0, 0),
      .third_low = _mm256_broadcastsi128_si256(
          _mm_loadu_si128((const __m128i *)(const void *)w->look->third)),
      .third_high = TABLE(0, 0, 0, 0, 0, 0, 0, 0, 0x11, 0x22, 0x44, C(0x88), 0, 0, 0, 0),
      .which = TABLE(0, 0, 0x0F, C(0xF0), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
      .one = all(1), .e3 = all(0xE3),
      .half = all(0x0F), .top = all(0x80), .lead3 = all(0xE0 - 0x80), .lead4 = all(0xF0 - 0x80),
      .to_top = all(0x7F - 'Z'), .below_top = all(0x7F - 26),
      .capitals = all(w->capitals != MILL_EDIT_NONE ? 0x20 : 0),
      .e0 = all(0xE0), .f0 = all(0xF0)};
}

MILL_TARGET_BITS static inline __m256i load(const unsigned char *p) {
  return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

MILL_TARGET_BITS static inline __m256i high_half(const tables *t, __m256i x) {
  return _mm256_and_si256(_mm256_srli_epi16(x, 4), t->half);
}

/* FF where x is A..Z: only those plus 25h are above 65h, with a sign. */
MILL_TARGET_BITS static inline __m256i letters(const tables *t, __m256i x) {
  return _mm256_cmpgt_epi8(_mm256_add_epi8(x, t->to_top), t->below_top);
}

MILL_TARGET_BITS static inline uint64_t mask(__m256i a, __m256i b) {
  return (uint32_t)_mm256_movemask_epi8(a) | (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

/* Leads of three bytes. */
MILL_TARGET_BITS static inline uint64_t of_three(const tables *t, __m256i a, __m256i b) {
  return mask(_mm256_cmpeq_epi8(_mm256_and_si256(a, t->f0), t->e0),
              _mm256_cmpeq_epi8(_mm256_and_si256(b, t->f0), t->e0));
}

/* Copies x to `to`, its letters A..Z small where the form makes them so. */
MILL_TARGET_BITS static inline void copy(const tables *t, __m256i x, __m256i capitals, char *to) {
  _mm256_storeu_si256((__m256i *)(void *)to,
                      _mm256_or_si256(x, _mm256_and_si256(capitals, t->capitals)));
}

/* x shifted by k bytes, filled from the block before. */
#define BACK(x, last, k) \
  _mm256_alignr_epi8(x, _mm256_permute2x128_si256(last, x, 0x21), 16 - (k))

/* Errors in x, with the blocks before it and one and two bytes on, are added to *bad.
** Returns a bit for each lead whose character needs a look. */
MILL_TARGET_BITS static inline uint32_t examine(const tables *t, __m256i last, __m256i x,
                                                __m256i next, __m256i third, __m256i *bad) {
  __m256i high = high_half(t, x), low = _mm256_and_si256(x, t->half), second = high_half(t, next);
  __m256i pairs = _mm256_and_si256(_mm256_and_si256(_mm256_shuffle_epi8(t->high, high),
                                                    _mm256_shuffle_epi8(t->low, low)),
                                   _mm256_shuffle_epi8(t->second, second));
  __m256i due = _mm256_or_si256(_mm256_subs_epu8(BACK(x, last, 1), t->lead3),
                                _mm256_subs_epu8(BACK(x, last, 2), t->lead4));
  *bad = _mm256_or_si256(*bad, _mm256_xor_si256(_mm256_and_si256(due, t->top), pairs));
  __m256i hit = _mm256_and_si256(_mm256_and_si256(_mm256_shuffle_epi8(t->look_high, high),
                                                  _mm256_shuffle_epi8(t->look_low, low)),
                                 _mm256_shuffle_epi8(t->look_second, second));
  __m256i here = _mm256_and_si256(_mm256_shuffle_epi8(t->third_low, _mm256_and_si256(third, t->half)),
                                  _mm256_shuffle_epi8(t->third_high, high_half(t, third)));
  here = _mm256_and_si256(here, _mm256_shuffle_epi8(t->which, low));
  __m256i known = _mm256_and_si256(_mm256_cmpeq_epi8(next, t->top),
                                   _mm256_cmpeq_epi8(_mm256_or_si256(x, t->one), t->e3));
  __m256i none = _mm256_cmpeq_epi8(hit, _mm256_setzero_si256());
  none = _mm256_or_si256(none, _mm256_and_si256(known, _mm256_cmpeq_epi8(here, _mm256_setzero_si256())));
  return ~(uint32_t)_mm256_movemask_epi8(none);
}

/* Lists the places of `bits`, two at a time, wanted or not. */
MILL_TARGET_BITS static inline uint32_t list(uint16_t *at, uint32_t n, uint64_t bits, size_t base) {
  uint32_t end = n + (uint32_t)_mm_popcnt_u64(bits);
  do {
    for (int k = 0; k < 2; k++, bits = _blsr_u64(bits)) at[n++] = (uint16_t)(base + _tzcnt_u64(bits));
  } while (bits != 0);
  return end;
}

/* The bits without those of three bytes that stay: `three` of them, at s. Each
** step takes what stands three bytes apart behind the first. */
MILL_TARGET_BITS static inline uint64_t changed(const unicode_look *look, const unsigned char *s,
                                                uint64_t bits, uint64_t three) {
  bits &= ~three;
  while (three != 0) {
    unsigned k = (unsigned)_tzcnt_u64(three);
    uint64_t here = three & (uint64_t)EIGHT_LEADS << k;
    bits |= here & eight_signs(eight_bits(look->changes, eight_at(s + k))) << k;
    three &= ~here;
  }
  return bits;
}

/* Stores come last: source and result often lie at the same place in a page, and
** a load behind a store there would wait for it. */
MILL_TARGET_BITS size_t scan_avx2(const work *w, size_t from, char *to, edit_list *e) {
  const unsigned char *s = (const unsigned char *)w->s + from;
  size_t left = w->total - from - SCAN_SLACK, n = left < SCAN_BYTES ? left & ~(size_t)63 : SCAN_BYTES;
  const tables t = load_tables(w);
  const unicode_look *look = w->look;
  uint64_t listed = w->capitals != MILL_EDIT_NONE ? ~UINT64_C(0) : 0;
  uint32_t found = 0, total = 0, many = e->many;
  __m256i bad = _mm256_setzero_si256(), last = bad; /* a part begins with a character */
  int stray = utf8_is_tail(s[0]);
  for (size_t i = 0; i < n; i += 64) {
    __m256i a = load(s + i), b = load(s + i + 32);
    __m256i capitals_a = letters(&t, a), capitals_b = letters(&t, b);
    uint64_t bits = mask(capitals_a, capitals_b) & listed;
    if (_mm256_movemask_epi8(_mm256_or_si256(a, b)) == 0) {
      found = list(e->at, found, bits, i);
      stray |= utf8_is_tail(s[i + 64]); /* else nobody looks at these two together */
    } else {
      uint64_t others = examine(&t, last, a, load(s + i + 1), load(s + i + 2), &bad);
      others |= (uint64_t)examine(&t, a, b, load(s + i + 33),
                                    load(s + i + 34), &bad) << 32;
      bits |= others;
      total += (uint32_t)_mm_popcnt_u64(bits);
      if (many) bits = changed(look, s + i, bits, bits & of_three(&t, a, b));
      found = list(e->at, found, bits, i);
    }
    last = b;
    copy(&t, a, capitals_a, to + i);
    copy(&t, b, capitals_b, to + i + 32);
  }
  e->n = found;
  e->many = total > n / 16;
  return stray || !_mm256_testz_si256(bad, bad) ? 0 : n;
}
#endif
