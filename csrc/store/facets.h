/* facets.h - what was found, counted by metadata. */
#ifndef MILL_FACETS_H
#define MILL_FACETS_H

#include "search.h"

/* Rows facet value articles hits of each key, the most articles first; the value is NULL
** for articles that have none. */
int facets_count(struct search *s, const char *const *keys, size_t n, mill_rows *rows, mill_error *err);

#endif
