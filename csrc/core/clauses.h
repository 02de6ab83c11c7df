/*
** clauses.h - the clauses of Chinese text over its tokens: what stands between , 。 ; : ! ?
** and the ends of blocks; what goes on without end is cut.
**
**   tokens   会议 要求 , 各村 要 登记 。     clause 0: tokens 0-1, ended by 2
**            0    1    2 3    4  5    6     clause 1: tokens 3-5, ended by 6; the same part
*/
#ifndef MILL_CLAUSES_H
#define MILL_CLAUSES_H

#include <stddef.h>
#include <stdint.h>

typedef struct clause_text { /* borrowed: spans of tokens in a text */
  const char *text;
  const uint32_t *from, *to;
} clause_text;

typedef struct clause {
  uint32_t a, b;   /* its first and last token */
  uint32_t mark;   /* the token that ends it, or MILL_NONE: the end of the block */
  uint32_t part;   /* counts sentences (。 ! ? ;), from 1 */
  uint32_t block;
  uint32_t quoted; /* it lies in a quotation of sentences */
} clause;

typedef struct clause_list { /* zeroed before the first use */
  clause *list;
  size_t n, capacity;
  uint32_t parts; /* so far */
} clause_list;

/* Adds the clauses of a block, tokens first to last. 0, or MILL_ENOMEM. */
int clauses_add(clause_list *out, const clause_text *t, uint32_t block, uint32_t first, uint32_t last);
void clauses_free(clause_list *out);

#endif
