/* query.h - a parsed query: a tree over leaves (see query.c for the syntax). */
#ifndef MILL_QUERY_H
#define MILL_QUERY_H

#include "internal.h"
#include "lists.h"
#include "tree.h"

/* A string stands anywhere in the text; all others are words: that begin, end so or
** hold it, one (or, with blanks, some side by side), those that match, a text cut as
** documents are. */
enum leaf_kind { LEAF_STRING, LEAF_PREFIX, LEAF_SUFFIX, LEAF_INFIX, LEAF_WORD, LEAF_REGEX, LEAF_CUT };

struct leaf {
  enum leaf_kind kind;
  char *text; size_t len;     /* folded, owned; white space only between pieces */
  uint32_t at;                /* byte of the query, for errors */
  int negative;               /* stands under a `-` */
  uint8_t *members;           /* kinds of one word: bit set over corpus ids, owned */
  struct term term;           /* what the index is asked for (terms.c) */
  uint64_t rows;              /* articles with it, exactly or at most; for bm25 */
};

struct query {
  int words;                  /* set before parsing: terms are LEAF_CUT, not strings */
  struct leaf leaves[QUERY_LEAVES]; uint16_t n_leaves;
  struct node nodes[QUERY_NODES]; uint16_t n_nodes; /* nodes[0] unused */
  uint16_t root;
};

/* groups: the words that @name stands for, may be NULL. q must be zeroed but for
** `words`. 0 or MILL_ESYNTAX (err->position in the query), ... */
int query_parse(const mill_data *d, const mill_userwords *groups, const char *text, struct query *q,
    mill_error *err);
void query_free(struct query *q);
static inline int leaf_is_phrase(const struct leaf *l) { return l->term.kind == TERM_PHRASE; }

#endif
