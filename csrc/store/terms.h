/* terms.h - from the leaves of a query to words of the index. */
#ifndef MILL_TERMS_H
#define MILL_TERMS_H

#include "query.h"

/* Fills term and members of every leaf. 0, MILL_ESYNTAX (a regular expression),
** MILL_ELIMIT (it matches too many words; stop), ... */
int terms_make(mill_corpus *c, struct query *q, struct stop *stop, mill_error *err);

#endif
