/* cursor.h - how postings are read: skips, one posting, numbers eight at a time. */
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
  int dense = (postings & SEGMENT_DENSE) != 0;
  return (struct skip){get_le32(p), postings & ~SEGMENT_DENSE, get_le32(p + 8), dense};
}

/* Where reading postings stands: the next byte, the last ordinal, and whether a count is wrong. */
struct reading { const unsigned char *p; uint64_t ordinal; uint32_t bad; };

/* One posting of numbers of any length. */
static inline void read_long(struct reading *r, uint32_t *ordinal, uint32_t *times, uint32_t *rests) {
  uint32_t head, tf, rest = 0;
  r->p = read_code(r->p, &head);
  tf = (head & 3) + 1;
  r->ordinal += (uint64_t)(head >> 2) + 1;
  if ((head & 3) == 3) {
    r->p = read_code(r->p, &head);
    tf = head >> 1;
    if (head & 1) r->p = read_code(r->p, &rest);
  }
  *ordinal = (uint32_t)r->ordinal;
  *times = tf;
  *rests = rest;
  r->bad |= (tf == 0) | (tf > SEGMENT_REST / 2) | (rest > tf);
}

/* One posting: a difference of two bytes at most, a count of one without a rest; neither
** whether there is a second byte nor whether there is a count is a branch. */
static inline void read_posting(struct reading *r, uint32_t *ordinal, uint32_t *times, uint32_t *rests) {
  uint32_t first = r->p[0], second = r->p[1], two = first >= CODE_ENDS, last = two ? second : first;
  uint32_t count = r->p[1 + two], more = (last & 3) == 3; /* 240 is a multiple of 4 */
  uint32_t head = last + two * (first - CODE_ENDS + 1) * CODE_ENDS;
  if ((two & (second >= CODE_ENDS)) | (more & ((count & 1) | (count >= CODE_ENDS)))) {
    read_long(r, ordinal, times, rests);
    return;
  }
  uint32_t tf = more ? count >> 1 : (head & 3) + 1;
  r->ordinal += (head >> 2) + 1;
  r->p += 1 + two + more;
  *ordinal = (uint32_t)r->ordinal;
  *times = tf;
  *rests = 0;
  r->bad |= tf == 0;
}

#endif
