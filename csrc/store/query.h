/* query.h - a parsed query: a tree over leaves (see query.c for the syntax). */
#ifndef MILL_QUERY_H
#define MILL_QUERY_H

#include "internal.h"

enum leaf_kind { LEAF_STRING, LEAF_PREFIX, LEAF_SUFFIX, LEAF_WORD };

struct leaf {
  enum leaf_kind kind;
  char *text; size_t len;     /* folded, owned; white space only between pieces */
  int negative;               /* stands under a `-` */
  uint8_t *members;           /* token kinds: bit set over corpus ids, owned */
  uint64_t rows;              /* articles with it, exactly or at most; for bm25 */
};

enum node_kind { NODE_AND, NODE_OR, NODE_NOT, NODE_LEAF };

#define QUERY_LEAVES 256
#define QUERY_NODES 1024

struct node { enum node_kind kind; uint16_t leaf, first, next; /* nodes, 0 none */ };

struct query {
  struct leaf leaves[QUERY_LEAVES]; uint16_t n_leaves;
  struct node nodes[QUERY_NODES]; uint16_t n_nodes; /* nodes[0] unused */
  uint16_t root;
};

/* groups: the words that @name stands for, may be NULL. q must be zeroed. 0 or MILL_ESYNTAX (err->position in the query), ... */
int query_parse(const mill_data *d, const mill_userwords *groups, const char *text, struct query *q, mill_error *err);
void query_free(struct query *q);

#endif
