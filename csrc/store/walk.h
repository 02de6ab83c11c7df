/* walk.h - a query walked over one segment, from article to article. */
#ifndef MILL_WALK_H
#define MILL_WALK_H

#include "lists.h"
#include "tree.h"

struct walk_query {
  const struct node *nodes; uint16_t n_nodes, root;
  const struct term *const *terms; uint16_t n_terms;
  int body_only;
};

#define WALK_END UINT32_MAX
enum walk_value { WALK_NO, WALK_MAYBE, WALK_YES };

struct walk {
  const struct walk_query *q;
  const struct index_segment *g;
  struct article_list *lists;                  /* of each term but single words; not the walk's */
  struct posting_cursor *cursors;      /* of those, by `slot`; owned */
  uint16_t slot[QUERY_LEAVES], n_slots;
  uint32_t at[QUERY_NODES];            /* the article a node has reached; WALK_END */
  uint32_t index[QUERY_NODES];         /* its place in the list */
  uint64_t size[QUERY_NODES];          /* articles it has, at most; the least of an AND leads */
  uint8_t passive[QUERY_NODES];        /* parts of an OR that need not be looked for */
  double most[QUERY_NODES];            /* what such a part can gain; 0: not asked yet */
  struct stop *stop;
  int code;                            /* 0, or what ended the walk */
};

/* Which terms are walked by their lists (all but single words outside of NEAR)? */
int walk_is_listed(const struct walk_query *q, uint16_t term);
/* The lists a walk over g needs, n_terms of them, zeroed; NEAR's terms get those of the
** articles where they are near. */
int walk_list(const struct walk_query *q, struct lister *l, struct article_list *lists);

int walk_open(struct walk *w, const struct walk_query *q, const struct index_segment *g,
    struct article_list *lists,
              struct stop *stop);
void walk_free(struct walk *w);
/* The next article at or above `to` that may match, `to` never going back; WALK_END
** (w->code says if for a failure). */
uint32_t walk_next(struct walk *w, uint32_t to);
/* Does that article match? MAYBE: its text must say. */
enum walk_value walk_value(struct walk *w, uint32_t ordinal);
/* How often it has each term (n_terms counts, LIST_UNSURE kept), of the parts of the query
** that match there: what FTS5 counts. 1 when some count is not sure. */
int walk_counts(struct walk *w, uint32_t ordinal, uint32_t *counts);
/* What a count in an article of this length gives. */
typedef double (*walk_gain)(const void *context, uint16_t term, double tf, double length);
/* At most how much an article in [from, *until] gains. */
double walk_bound(struct walk *w, uint32_t from, walk_gain gain, const void *context, uint32_t *until);
/* Parts of an OR at the root that together gain less than `least` become passive: an
** article that has only those is not walked to. */
void walk_ignore(struct walk *w, double least, walk_gain gain, const void *context);

#endif
