/* rank.h - a query over segments: what matches, scored as FTS5 does. */
#ifndef MILL_RANK_H
#define MILL_RANK_H

#include "walk.h"

/* What bm25 wants to know of the corpus: live articles and their words. */
struct rank_totals { uint64_t articles, tokens; };

/* counts: of each term, in the parts of the query that match; unsure: some counts are
** the least there are, or whether it matches at all must be asked of the text. */
struct rank_match { const struct index_segment *segment; uint32_t ordinal; int unsure; double score;
    const uint32_t *counts; };

struct rank {
  const struct index_segment *segments; uint32_t n_segments;
  const struct walk_query *query;
  const struct rank_totals *totals;        /* NULL: no scores */
  struct stop *stop;                       /* may be NULL */
  int (*take)(void *context, const struct rank_match *m); /* < 0 ends it */
  void *context;
  const double *floor;                     /* NULL: every match is taken; else those that
                                           ** score less than *floor may be left out */
  double idf[QUERY_LEAVES], average;       /* filled by rank_run */
};
/* Segment by segment, by ascending ordinal. 0, MILL_ENOMEM, MILL_ECORRUPT, MILL_ELIMIT... */
int rank_run(struct rank *r);
/* The score of counts in an article of so many words, after rank_run. */
double rank_score(const struct rank *r, const uint32_t *counts, double length);

/* ---- the best of a simple query, for benches and tests */

#define RANK_TERMS LIST_TERMS
/* A phrase of words, one behind the other; or any of them (a prefix's). */
struct rank_term { const uint32_t *words; uint32_t n; int any; };
enum rank_operator { RANK_AND, RANK_OR, RANK_NEAR };
struct rank_query {
  const struct rank_term *terms; uint32_t n_terms;
  enum rank_operator operator;
  uint32_t distance;             /* NEAR: words between, at most */
};
struct ranked { int64_t article, doc; double score; };
/* The `limit` best into out, best first (ties: lower article first); *n how
** many. 0, MILL_ENOMEM, MILL_ECORRUPT, MILL_EINVAL (too many terms)... */
int rank_top(const struct index_segment *segments, uint32_t n_segments, const struct rank_totals *totals,
             const struct rank_query *q, uint32_t limit, struct ranked *out, uint32_t *n);

/* Puts one into the best, best first, ties by article; *n grows up to limit. */
void rank_keep(struct ranked *best, uint32_t *n, uint32_t limit, const struct ranked *one);

#endif
