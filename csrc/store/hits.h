/* hits.h - occurrences of a query's leaves in one decoded document. */
#ifndef MILL_HITS_H
#define MILL_HITS_H

#include "query.h"
#include "scope.h"

struct hit { mill_span folded; uint32_t article, block; uint16_t leaf; };

struct hits {
  const mill_scope *scope; int64_t doc;           /* of a view: articles outside never match */
  struct hit *items; uint32_t n, capacity;        /* by leaf, then by position */
  uint32_t *counts; uint32_t counts_capacity;     /* [article * n_leaves + leaf] */
};

/* Finds all hits in body text (all: everywhere) and counts them. */
int hits_find(const struct query *q, const struct reader *r, const struct vocab *v, int all,
              struct hits *out);
/* Does article a match the whole query? */
int hits_match(const struct query *q, const struct hits *h, uint32_t article);
void hits_free(struct hits *h);

#endif
