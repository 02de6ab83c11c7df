/* search.h - what a search has found, between its files. */
#ifndef MILL_SEARCH_H
#define MILL_SEARCH_H

#include "evaluate.h"
#include "terms.h"

/* article: its row in mill_articles */
struct found { int64_t article, doc; uint64_t hits; double score; };

/* What was found, best first; all of it, or the first offset + limit. */
struct search {
  struct evaluation e;          /* its query, options, totals; its reader and hits are scratch */
  struct plan plan;
  struct rank rank;
  struct rank_totals corpus;
  struct rank_tally tally;      /* what need not be looked at one by one */
  struct found *items; uint32_t n, capacity;
  struct unsure *unsure; uint32_t n_unsure, unsure_capacity; /* the text must say */
  uint32_t *counts; uint32_t n_counts, counts_capacity;      /* of those it has said */
  uint8_t *seen; int64_t last;  /* documents counted: bit set */
  uint32_t keep;                /* how many of the best; 0: all */
  double floor;                 /* what the worst of them scores */
};

/* Runs the query. ranked: items are wanted, with scores. The caller holds a corpus_read;
** search_free in any case. */
int search_run(struct search *s, mill_corpus *c, const char *query, const mill_query_options *o, int ranked,
               mill_error *err);
void search_free(struct search *s);

/* The article's number in the document of e->reader, from 0. */
int search_number(struct evaluation *e, int64_t article, uint32_t *number, mill_error *err);
/* ---- search_rows.c: rows as mill_corpus_search gives them */
int search_rows(struct evaluation *e, const struct found *items, size_t n, mill_rows *rows, mill_error *err);

#endif
