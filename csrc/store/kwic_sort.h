/* kwic_sort.h - see kwic_sort.c. */
#ifndef MILL_KWIC_SORT_H
#define MILL_KWIC_SORT_H

#include "internal.h"

/* Sorts the numbers of n concordance lines; space: room for as many. 0 or MILL_ENOMEM. */
int kwic_sort(const mill_rows *r, int sort, uint32_t *order, uint32_t *space, size_t n);

#endif
