/* candidates.h - a parsed query laid over the index; which documents can match it. */
#ifndef MILL_CANDIDATES_H
#define MILL_CANDIDATES_H

#include "query.h"
#include "rank.h"

/* The query as rank_run takes it; borrows from q, whose terms are made. */
struct plan { const struct term *terms[QUERY_LEAVES]; struct walk_query query; };
void plan_make(struct plan *p, const struct query *q, int body_only);
/* What a failure of rank_run was. Returns its code. */
int plan_fail(mill_corpus *c, const struct stop *stop, int code, mill_error *err);

struct doc_list {
  int all;                 /* 1: every document; docs is not used */
  int64_t *docs; uint32_t n, capacity; /* ascending, owned */
};
void doc_list_free(struct doc_list *l);
/* Every document of the corpus, in their order. 0 or MILL_E*. */
int doc_list_all(mill_corpus *c, struct doc_list *out, mill_error *err);

/* A superset of the documents that match; makes the terms. stop may be NULL. */
int query_candidates(mill_corpus *c, struct query *q, int all_columns, struct stop *stop,
                     struct doc_list *out, mill_error *err);

/* Leaves in l what is in the other, too; both in rising order. The other is used up. */
void doc_list_meet(struct doc_list *l, struct doc_list *other);
/* A superset of the documents that hold one of n strings (folded); n = 0: all of them. The
** caller holds a transaction. */
int holding_candidates(mill_corpus *c, const char *const *texts, const size_t *lens, uint32_t n,
                       struct doc_list *out, mill_error *err);

#endif
