/*
** skip_avx2.c - copying what a form leaves as it is, 32 bytes at a time.
**
** Blocks of 32 follow each other whatever is edited in them, so that the next
** can begin before this one is done: an edit only moves where it goes to.
**
** Which characters need a look at all is told by the lead byte and the three
** bits of the second byte behind its 10:
**
**     E3 81 8B                       look->lead[E3] = .......1
**        10|000|001 -> bit 0         AND 1 << 0: look
**
** (three table look-ups for the leads C., D. and E., one for the second
** byte; F. always). Only those are tested one by one, a bit each.
*/
#include "normalize_work.h"

#if MILL_AVX2
#include <immintrin.h>

typedef struct tables { /* and constants */
  __m256i c, d, e, second, capitals, lead_c, lead_d, lead_e, lift, low_half, before_a, behind_z, f;
} tables;

MILL_TARGET_AVX2 static inline __m256i twice(const void *p) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(p));
}

/* 32 times b. Not to be made anew in the loop from an integer, which costs
** more than loading it: so the compiler must not know what it is. */
MILL_TARGET_AVX2 static inline __m256i all(int b) {
  __m256i v = _mm256_set1_epi8((char)b);
  __asm__("" : "+x"(v));
  return v;
}

MILL_TARGET_AVX2 static inline tables load_tables(const unicode_look *look, int capitals) {
  __m128i second = _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
  return (tables){twice(look->lead), twice(look->lead + 16), twice(look->lead + 32),
                  _mm256_broadcastsi128_si256(second), all(capitals ? 0x20 : 0),
                  all(0xC0), all(0xD0), all(0xE0), all(0x70), all(0x0F), all('A' - 1), all('Z' + 1),
                  all(0xF0)};
}

/* table[x - base] where x is base..base + 15, else 0. */
MILL_TARGET_AVX2 static inline __m256i of_lead(const tables *t, __m256i table, __m256i x,
                                               __m256i base) {
  return _mm256_shuffle_epi8(table, _mm256_adds_epu8(_mm256_xor_si256(x, base), t->lift));
}

/* A bit for each lead byte in x whose character needs a look; `next` holds
** the bytes behind those of x. Not for F. */
MILL_TARGET_AVX2 static inline uint32_t needs_look(const tables *t, __m256i x, __m256i next) {
  __m256i leads = _mm256_or_si256(of_lead(t, t->c, x, t->lead_c), of_lead(t, t->d, x, t->lead_d));
  leads = _mm256_or_si256(leads, of_lead(t, t->e, x, t->lead_e));
  __m256i bits = _mm256_and_si256(_mm256_srli_epi16(next, 3), t->low_half);
  __m256i hit = _mm256_and_si256(leads, _mm256_shuffle_epi8(t->second, bits));
  return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(hit, _mm256_setzero_si256()));
}

/* A bit for each byte not below `least`. */
MILL_TARGET_AVX2 static inline uint32_t from(__m256i least, __m256i x) {
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_max_epu8(x, least), x));
}

/* 0x20 where x is A..Z and the form changes those. */
MILL_TARGET_AVX2 static inline __m256i capital_bits(const tables *t, __m256i x) {
  __m256i letters = _mm256_and_si256(_mm256_cmpgt_epi8(x, t->before_a),
                                     _mm256_cmpgt_epi8(t->behind_z, x));
  return _mm256_and_si256(letters, t->capitals);
}

/* Pieces for the capitals in the block at `at`, which are in `out` already. */
static __attribute__((noinline)) void tell_capitals(work *w, size_t at, uint32_t capitals) {
  while (capitals != 0) {
    unsigned from = (unsigned)__builtin_ctz(capitals);
    uint32_t rest = ~(capitals >> from); /* 0 only when all 32 are capitals */
    unsigned count = rest != 0 ? (unsigned)__builtin_ctz(rest) : 32;
    w->done = at + from;
    tell(w, 1, 1, count, w->capitals);
    capitals &= (uint32_t)(~UINT64_C(0) << (from + count));
  }
}

/* Those of the characters to look at that change. */
static uint32_t changed(const work *w, const unsigned char *p, uint32_t look) {
  uint32_t bits = 0;
  for (; look != 0; look &= look - 1) {
    unsigned k = (unsigned)__builtin_ctz(look);
    bits |= (uint32_t)changes(w, p + k) << k;
  }
  return bits;
}

/* Does the character at p change, which is neither ASCII nor F.? No branches:
** which of both lengths it has is hard to foretell. Reads four bytes. */
static inline int changes_short(const unicode_look *look, const unsigned char *p) {
  uint32_t x;
  memcpy(&x, p, 4);
  x = __builtin_bswap32(x) >> 8 >> 8 * (unsigned)(p[0] < 0xE0); /* E3 81 8B or C3 A9 */
  return (int)(look->changes[(x >> 10 & 0x3C0u) | (x >> 8 & 63u)] >> (x & 63u) & 1u);
}

#define EIGHT_LEADS 0x249249u /* bits 0, 3 .. 21 */

/* Those of the eight characters of three bytes at p that change, at the bits
** of their leads. */
MILL_TARGET_AVX2 static inline uint32_t changed_eight(const unicode_look *look,
                                                      const unsigned char *p) {
  __m128i first = _mm_loadu_si128((const __m128i *)(const void *)p);
  __m128i second = _mm_loadu_si128((const __m128i *)(const void *)(p + 12));
  __m256i order = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1));
  __m256i x = _mm256_shuffle_epi8(_mm256_set_m128i(second, first), order); /* E3818B */
  __m256i high = _mm256_and_si256(_mm256_srli_epi32(x, 9), _mm256_set1_epi32(0x780));
  __m256i middle = _mm256_and_si256(_mm256_srli_epi32(x, 7), _mm256_set1_epi32(0x7E));
  __m256i low = _mm256_and_si256(_mm256_srli_epi32(x, 5), _mm256_set1_epi32(1));
  __m256i index = _mm256_or_si256(_mm256_or_si256(high, middle), low);
  __m256i words = _mm256_i32gather_epi32((const int *)(const void *)look->changes, index, 4);
  __m256i shift = _mm256_andnot_si256(x, _mm256_set1_epi32(31));
  words = _mm256_sllv_epi32(words, shift); /* the bit asked for goes to the top */
  uint32_t m = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(words));
  m = (m | m << 8) & 0x00F00Fu;
  m = (m | m << 4) & 0x0C30C3u;
  return (m | m << 2) & EIGHT_LEADS;
}

/* The same without F; `three`: those of three bytes. Two at a time, wanted or
** not: mostly there are no more, and how many is hard to foretell. */
MILL_TARGET_AVX2 static inline uint32_t changed_short(const unicode_look *table,
                                                      const unsigned char *p, uint32_t look,
                                                      uint32_t three) {
  uint64_t left = look, bits = 0;
  unsigned lead = (unsigned)__builtin_ctzll(three | UINT64_C(1) << 32);
  if ((three >> (lead & 31) & 0xFFFFFFu) == EIGHT_LEADS) { /* Han, kana, full width */
    bits = changed_eight(table, p + lead) << lead;
    left &= ~((uint64_t)EIGHT_LEADS << lead);
  }
  do {
    unsigned a = (unsigned)__builtin_ctzll(left | UINT64_C(1) << 32);
    left &= left - 1;
    unsigned b = (unsigned)__builtin_ctzll(left | UINT64_C(1) << 32);
    left &= left - 1;
    bits |= (uint64_t)changes_short(table, p + a) << a;
    bits |= (uint64_t)changes_short(table, p + b) << b;
  } while (left != 0);
  return (uint32_t)bits;
}

typedef struct found { uint32_t changed, capitals; } found; /* bits of a block */

/* Copies the 32 bytes at p to out as if they stayed, but for capitals. */
MILL_TARGET_AVX2 static inline __m256i copy(const tables *t, const unsigned char *p, char *out,
                                            uint32_t *capitals) {
  __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)p);
  __m256i low = capital_bits(t, x);
  _mm256_storeu_si256((__m256i *)(void *)out, _mm256_or_si256(x, low));
  *capitals = (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(low, 2));
  return x;
}

/* The same; says what in it changes. */
MILL_TARGET_AVX2 static inline found block(const work *w, const tables *t,
                                           const unicode_look *look, const unsigned char *p,
                                           char *out) {
  found r = {0, 0};
  __m256i x = copy(t, p, out, &r.capitals);
  if (_mm256_movemask_epi8(x) == 0) return r;
  __m256i next = _mm256_loadu_si256((const __m256i *)(const void *)(p + 1));
  uint32_t bits = needs_look(t, x, next), f = from(t->f, x), three = from(t->lead_e, x);
  r.changed = f == 0 ? changed_short(look, p, bits, bits & three) : changed(w, p, bits | f);
  return r;
}

/* Edits what changes in the block at `at`, which `out` has a copy of already.
** Returns how many of its bytes are done, 32 or a little more, with out->len
** behind what they became; less when one is not that easy. */
MILL_TARGET_AVX2 static unsigned edit_block(work *w, const tables *t, size_t at, found f) {
  const unsigned char *s = (const unsigned char *)w->s + at;
  unsigned from = 0;
  uint32_t unused;
  for (; from < 32; f.changed &= f.changed - 1) {
    unsigned k = f.changed != 0 ? (unsigned)__builtin_ctz(f.changed) : 32;
    uint32_t before = f.capitals & (uint32_t)((UINT64_C(1) << k) - (UINT64_C(1) << from));
    size_t len;
    if (before != 0) tell_capitals(w, at, before);
    w->out->len += k - from;
    w->done = at + k;
    from = k;
    if (k == 32) break;
    if (!edit_quickly(w, utf8_length(s[k]), value_at(w, at + k, &len))) break;
    from += (unsigned)len;
    if (w->out->capacity - w->out->len < w->n - w->done + SKIP_ROOM) break;
    if (from < 32 && !(f.changed >> from & 1)) /* else that is replaced, too */
      copy(t, s + from, w->out->bytes + w->out->len, &unused);
  }
  return from;
}

MILL_TARGET_AVX2 int skip_avx2(work *w) {
  const unsigned char *s = (const unsigned char *)w->s;
  const unicode_look *look = w->look;
  const tables t = load_tables(look, w->capitals != MILL_EDIT_NONE);
  size_t at = w->done, to = w->out->len;
  while (w->n - at >= SKIP_ROOM) {
    found f = block(w, &t, look, s + at, w->out->bytes + to);
    if ((f.changed | f.capitals) == 0) {
      at += 32, to += 32;
      continue;
    }
    w->out->len = to;
    unsigned done = edit_block(w, &t, at, f);
    to = w->out->len;
    if (w->out->capacity - to < w->n - w->done + SKIP_ROOM) return 0;
    if (done < 32) return 1;
    if (done == 32) /* the usual; `at` does not have to wait for what was edited */
      at += 32;
    else
      at += done;
  }
  while (at > w->told && utf8_is_tail(s[at])) at--, to--; /* whole characters */
  w->done = at, w->out->len = to;
  return 0;
}
#endif
