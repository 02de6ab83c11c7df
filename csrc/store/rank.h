/* rank.h - the best articles of a query over segments, scored as FTS5 does. */
#ifndef MILL_RANK_H
#define MILL_RANK_H

#include "segment.h"

#define RANK_TERMS 64u

/* A phrase of words, one behind the other; or any of them (a prefix's). */
struct rank_term { const uint32_t *words; uint32_t n; int any; };
enum rank_operator { RANK_AND, RANK_OR, RANK_NEAR };
struct rank_query {
  const struct rank_term *terms; uint32_t n_terms;
  enum rank_operator operator;   /* NEAR: of single words */
  uint32_t distance;             /* NEAR: words between, at most */
};
struct ranked { int64_t article, doc; double score; };
/* What bm25 wants to know of the corpus: live articles and their words. */
struct rank_totals { uint64_t articles, tokens; };

/* The `limit` best into out, best first (ties: lower article first); *n how
** many. 0, MILL_ENOMEM, MILL_ECORRUPT, MILL_EINVAL (too many terms)... */
int rank_top(const struct index_segment *segments, uint32_t n_segments, const struct rank_totals *totals,
             const struct rank_query *q, uint32_t limit, struct ranked *out, uint32_t *n);
/* How many articles match: the same work without scores. */
int rank_count(const struct index_segment *segments, uint32_t n_segments, const struct rank_query *q, uint64_t *n);

#endif
