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

/* n sides, each with an occurrence at least; at most `distance` words between. 1 when
** some lie together. The algorithm is SQLite's (fts5_expr.c, fts5ExprNearIsMatch): the
** sides move on together, so that of two that overlap not every pair is tried. */
int near_match(struct near_side *sides, uint32_t n, uint32_t distance);

#endif
