/* candidates.h - which documents can hold what a query asks for. */
#ifndef MILL_CANDIDATES_H
#define MILL_CANDIDATES_H

#include "query.h"

struct doc_list {
  int all;                 /* 1: every document; docs is not used */
  int64_t *docs; uint32_t n, capacity; /* ascending, owned */
};
void doc_list_free(struct doc_list *l);

/* A superset of the documents that match; fills leaf.members and leaf.rows. */
int query_candidates(mill_corpus *c, struct query *q, int all_columns, struct doc_list *out,
                     mill_error *err);

#endif
