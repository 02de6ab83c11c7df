/* hits.h - occurrences of a query's leaves in one decoded document. */
#ifndef MILL_HITS_H
#define MILL_HITS_H

#include "query.h"
#include "scope.h"

/* position: the word's number in its body or rest (which begins at HIT_REST); of kinds of
** words, where the query has phrases or NEAR. */
struct hit { mill_span folded; uint32_t article, block, position; uint16_t leaf; };
#define HIT_REST (1u << 30)

struct hits {
  const mill_scope *scope; int64_t doc;           /* of a view: articles outside never match */
  struct hit *items; uint32_t n, capacity;        /* by leaf, then by position */
  uint32_t *counts; uint32_t counts_capacity;     /* [article * n_leaves + leaf] */
  uint8_t *shown; uint32_t shown_capacity;        /* likewise: does the leaf's part match there? */
  uint32_t *number, *next, *last; uint32_t number_capacity, next_capacity, last_capacity; /* of tokens */
};

/* Finds all hits in body text (all: everywhere) and counts them. */
int hits_find(const struct query *q, const struct reader *r, const struct vocab *v, int all,
              struct hits *out);
/* Does article a match the whole query? */
int hits_match(const struct query *q, const struct hits *h, uint32_t article);
/* Is it of a part of the query that matches, in an article that does? */
int hits_shows(const struct query *q, const struct hits *h, const struct hit *hit);
void hits_free(struct hits *h);

#endif
