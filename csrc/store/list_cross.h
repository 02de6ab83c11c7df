/* list_cross.h - between list_string.c and list_cross.c. */
#ifndef MILL_LIST_CROSS_H
#define MILL_LIST_CROSS_H

#include "lists.h"

/* A string's way over the boundaries of words, in one segment. Counts go to l->sum. Owned by
** the lister, since another string or segment needs the same room. */
struct crossing {
  struct lister *l; const struct term *term;
  uint64_t *found;            /* bits of articles: have the string */
  uint64_t *one, *both;       /* ... have one side of the boundary at hand; both */
  uint32_t found_capacity, one_capacity, both_capacity, base_capacity;
  uint64_t *wanted[MAX_CUTS]; /* ... in which a boundary is asked for; NULL: nowhere */
  const uint64_t *within;     /* ... of which postings are read */
  int (*each)(struct crossing *x, uint32_t ordinal); /* what is done with each of them */
  const uint32_t *stored; uint32_t less, n; /* its positions: stored[i] - less, n of them */
  uint32_t *positions, capacity;            /* scratch of these */
  struct cross_words { const struct segment_word **items; uint32_t n, capacity; } words;
  uint32_t *base;             /* of articles with places: the first of theirs */
  uint64_t places;            /* so many are given */
  uint8_t *sets[MAX_CUTS];    /* of boundaries with words between them; NULL: none */
  uint8_t *own; uint32_t own_capacity; size_t own_used; /* of the others; zero behind own_used */
  uint8_t *set;               /* the one at hand */
  const uint8_t *from;        /* behind whose places words must stand; NULL: anywhere */
};

static inline size_t cross_cells(const struct index_segment *g) { return (size_t)g->n_articles / 64 + 1; }

/* l->crossing for the term, with nothing found. 0 or MILL_ENOMEM. */
int cross_begin(struct lister *l, const struct term *t);
/* Counts what runs over boundaries, and sets it found. 0 or MILL_E*. */
int cross(struct crossing *x);
void cross_end(struct crossing *x);
void cross_free(struct crossing *x);

#endif
