/* rank.h - a query over segments: what matches, scored as FTS5 does. */
#ifndef MILL_RANK_H
#define MILL_RANK_H

#include "walk.h"

/* What bm25 wants to know of the corpus: live articles and their words. */
struct rank_totals { uint64_t articles, tokens; };

/* counts: of each term, in the parts of the query that match; unsure: some counts are
** the least there are, or whether it matches at all must be asked of the text; tallied: it
** is in the tally. */
struct rank_match { const struct index_segment *segment; uint32_t ordinal; int unsure, tallied; double score;
    const uint32_t *counts; };

/* Matches and hits that are only counted; those that score *least at least are given, too. */
struct rank_tally { uint64_t articles, hits; const double *least; };

struct rank {
  const struct index_segment *segments; uint32_t n_segments;
  const struct walk_query *query;
  const struct rank_totals *totals;        /* NULL: no scores */
  struct stop *stop;                       /* may be NULL */
  int (*take)(void *context, const struct rank_match *m); /* < 0 ends it */
  void *context;
  const double *floor;                     /* NULL: every match is taken; else those that
                                           ** score less than *floor may be left out */
  struct rank_tally *tally;                /* NULL, or without a floor: what is sure may be tallied */
  double idf[QUERY_LEAVES], average;       /* filled by rank_run */
  const double *norms;                     /* of the lengths below RANK_NORMS; the store's */
};
#define RANK_K1 1.2
#define RANK_B 0.75
#define RANK_NORMS 4096u
/* Segment by segment, by ascending ordinal. 0, MILL_ENOMEM, MILL_ECORRUPT, MILL_ELIMIT... */
int rank_run(struct rank *r);
/* What an article of this length takes off, and what a count gives there. */
static inline double rank_norm_of(double length, double average) {
  return RANK_K1 * (1 - RANK_B + RANK_B * length / average);
}
static inline double rank_norm(const struct rank *r, uint32_t length) {
  return length < RANK_NORMS ? r->norms[length] : rank_norm_of(length, r->average);
}
static inline double rank_gain(const struct rank *r, uint16_t term, double tf, double norm) {
  return r->idf[term] * ((tf * (RANK_K1 + 1.0)) / (tf + norm));
}
/* At most that much, however often a term stands in however short an article. */
static inline double rank_most(const struct rank *r, uint16_t term) { return r->idf[term] * (RANK_K1 + 1.0); }
/* Bounds are raised by a part in 10^9, since they are rounded like the scores. */
static inline int rank_is_below(const struct rank *r, double bound) {
  return r->floor != NULL && bound * (1 + 1e-9) < *r->floor;
}
/* The score of counts in an article of so many words, after rank_run. */
double rank_score(const struct rank *r, const uint32_t *counts, double length);

#endif
