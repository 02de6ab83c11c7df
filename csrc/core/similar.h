/* similar.h - shingles and signatures piece by piece (see similar.c, textmill.h). */
#ifndef MILL_SIMILAR_H
#define MILL_SIMILAR_H

#include "../textmill.h"

/* The units before the one at hand, the last first, and their rolling hash;
** zeroed at the start of a text. */
struct shingler { uint64_t unit[5], five; };

/* Writes hashes of shingles that end in s[*at, n), at most `room`, and moves
** *at behind what was read; fewer than `room`: s is read to its end. The text
** goes on in the next piece, but a word ends where a piece does. */
size_t shingles_next(struct shingler *g, const char *s, size_t n, size_t *at, uint64_t *out,
                     size_t room);

/* A signature in the making; begin, add pieces, end (once). */
enum { SIGNING_BLOCK = 1024 };
struct signing {
  struct shingler shingler;
  uint64_t least[MILL_SIGNATURE_SLOTS];
  uint32_t ones[64];
  uint64_t shingles;
  size_t waiting;                  /* hashes not counted yet */
  uint64_t hashes[SIGNING_BLOCK];
};
void signing_begin(struct signing *g);
void signing_add(struct signing *g, const char *s, size_t n);
void signing_end(struct signing *g, mill_sketch *out);

/* Sorts hashes and drops equal ones: how many are left. */
size_t shingles_distinct(uint64_t *hashes, size_t n);
/* Jaccard index of two such sets; 1 when both are empty. */
double shingles_jaccard(const uint64_t *a, size_t n, const uint64_t *b, size_t m);

#endif
