/* kwic_sort.h - the order of concordance lines (see kwic_sort.c). */
#ifndef MILL_KWIC_SORT_H
#define MILL_KWIC_SORT_H

#include "internal.h"

/* Texts that lines are sorted by, one a line. Zeroed at first. */
struct kwic_keys {
  uint32_t *points, n_points, points_capacity; /* characters of all lines, one after the other */
  uint32_t *from, n, from_capacity;            /* [line]: its first; n lines */
  uint8_t *seen;                               /* [character]: 1, some line has it */
  uint32_t depth;                              /* characters of a context, at most */
};

/* The next line: a node in folded text and the block it may not leave, both inside of it.
** sort: MILL_SORT_LEFT, _RIGHT or _CENTRE. 0 or MILL_ENOMEM. */
int kwic_keys_add(struct kwic_keys *k, const mill_buffer *folded, mill_span block, mill_span node, int sort);
/* order[r] = the line of rank r; room for n. 0 or MILL_ENOMEM. */
int kwic_keys_sort(struct kwic_keys *k, uint32_t *order);
void kwic_keys_free(struct kwic_keys *k);

#endif
