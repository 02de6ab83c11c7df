/* near.h - which occurrences of several phrases lie together. */
#ifndef MILL_NEAR_H
#define MILL_NEAR_H

#include <stdint.h>

/* The occurrences of one phrase in an article: where each begins, in words, ascending. */
struct near_side {
  const uint32_t *positions; uint32_t n;
  uint32_t words;             /* how many the phrase has */
  uint32_t at, kept;          /* the current occurrence, and the last one kept */
  uint32_t count;             /* out: how many lie together with some of each other side */
  uint8_t *marks;             /* out, may be NULL: 1 for each of those */
};

/* Where a word stands, as it is stored or summed: the i-th of n is number stands_at(&s, i). */
struct stands { const uint32_t *p; uint32_t n, base, shift; };
static inline uint32_t stands_at(const struct stands *s, uint32_t i) {
  return (s->p[i] - s->base) >> s->shift;
}

/* near_match of two words, neither of them more than NEAR_FEW times: every pair is tried. */
#define NEAR_FEW 64u
#define NEAR_FAR (UINT32_C(1) << 29) /* the distance is less */
int near_two(const struct stands *a, const struct stands *b, uint32_t distance, uint32_t counts[2]);

/* n sides, each with an occurrence at least; at most `distance` words between. 1 when
** some lie together. The algorithm is SQLite's (fts5_expr.c, fts5ExprNearIsMatch): the
** sides move on together, so that of two that overlap not every pair is tried. */
int near_match(struct near_side *sides, uint32_t n, uint32_t distance);

#endif
