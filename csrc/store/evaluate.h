/* evaluate.h - running a query over the corpus, document by document. */
#ifndef MILL_EVALUATE_H
#define MILL_EVALUATE_H

#include "candidates.h"
#include "hits.h"

struct evaluation {
  mill_corpus *c;
  const mill_query_options *o;  /* never NULL */
  struct query q;
  struct doc_list docs; uint32_t next; /* candidates; the one to be looked at next */
  struct reader reader;
  struct hits hits;
  mill_totals totals;
  struct stop stop;
  /* Called for each document with at least one matching article; < 0 stops. */
  int (*visit)(struct evaluation *e, mill_error *err);
  void *context;                /* of visit */
};

/* Parses, finds candidates, verifies, counts, visits. The caller holds a
** corpus_read. Call evaluation_free in any case. */
int evaluate(struct evaluation *e, const char *query, mill_error *err);
/* The same in steps: the query and its candidates, then document by document (all that are
** left at once where the index names none). next: 1 go on, 0 that was all, or MILL_E*. */
int evaluation_begin(struct evaluation *e, const char *query, mill_error *err);
int evaluation_next(struct evaluation *e, mill_error *err);
void evaluation_free(struct evaluation *e);
/* Hits of the parts of the query that match in an article count and are shown. */
int evaluation_shows(const struct evaluation *e, const struct hit *h);

#endif
