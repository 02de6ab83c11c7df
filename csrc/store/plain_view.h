/* plain_view.h - documents of columns as recognisers want them (see plain_view.c). */
#ifndef MILL_STORE_PLAIN_VIEW_H
#define MILL_STORE_PLAIN_VIEW_H

#include "columns.h"

struct plain_view;

/* wants_day: dates without a year refer to the document's. NULL without memory. */
struct plain_view *plain_view_new(mill_corpus *c, int wants_day);
void plain_view_free(struct plain_view *v);
/* From now on these columns, whose table is that of the columns before or longer. 0 or MILL_ENOMEM. */
int plain_view_use(struct plain_view *v, const struct columns *x);
/* Asks the recogniser for token `at` of document d: the view it was asked of, with tokens in *n, 0: it
** found nothing. NULL: there is no memory, or the file could not be read. */
const mill_view *plain_view_find(struct plain_view *v, uint32_t d, int what, uint32_t at, uint32_t *n);

#endif
