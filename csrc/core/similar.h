/* similar.h - signatures piece by piece (see similar.c, textmill.h). */
#ifndef MILL_SIMILAR_H
#define MILL_SIMILAR_H

#include "../textmill.h"
#include "shingles.h"

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

#endif
