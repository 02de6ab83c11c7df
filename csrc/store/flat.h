/* flat.h - a query of one operator over terms, block by block. */
#ifndef MILL_FLAT_H
#define MILL_FLAT_H

#include "rank.h"

/* One term, an AND or an OR of terms, a NEAR of words; LIST_TERMS of them at most. */
int flat_fits(const struct walk_query *q);
/* Is it a NEAR, of which no lists are wanted? */
int flat_is_near(const struct walk_query *q);
/* What matches in the segment of l, as rank_run gives it; r has its weights, `lists` what
** is not a single word. */
struct flat;
int flat_new(struct flat **f, struct rank *r, struct lister *l);
int flat_run(struct flat *f, const struct article_list *lists);
void flat_free(struct flat *f);

#endif
