/* list_cross.h - between list_string.c and list_cross.c. */
#ifndef MILL_LIST_CROSS_H
#define MILL_LIST_CROSS_H

#include "lists.h"

/* A string's way over the boundaries of words, in one segment. Owned by the
** lister, since another string or segment needs the same room. */
struct crossing {
  struct lister *l; const struct term *term;
  uint64_t *one, *both;       /* bits of articles: have one side of the boundary at hand; both */
  enum cut_state { CUT_CLOSED, CUT_SEAM, CUT_OPEN } state[MAX_CUTS]; /* nothing runs over it; known where */
  uint64_t *seams[MAX_CUTS];  /* ... have the boundary's seam; NULL but for CUT_SEAM */
  uint64_t *into;             /* ... are marked here */
  uint64_t *narrow, *kept;    /* scratch */
  uint32_t one_capacity, both_capacity, narrow_capacity, kept_capacity, base_capacity;
  uint64_t *wanted[MAX_CUTS]; /* ... in which a boundary is asked for; NULL: nowhere */
  const uint64_t *within;     /* ... of which postings are read */
  int (*each)(struct crossing *x, uint32_t ordinal); /* what is done with each of them */
  const uint32_t *stored; uint32_t less, n, n_rest; /* its positions: stored[i] - less, n of them, the
                              ** last n_rest in the rest */
  uint32_t *positions, capacity;            /* scratch of these */
  struct cross_words { const struct segment_word **items; uint32_t n, capacity; } words;
  uint32_t *base;             /* of articles with places: the first of theirs */
  uint64_t places;            /* so many are given */
  uint8_t *sets[MAX_CUTS];    /* of boundaries with words between them; NULL: none */
  uint8_t *own; uint32_t own_capacity; size_t own_used; /* of the others; zero behind own_used */
  uint8_t *set;               /* the one at hand */
  const uint8_t *from;        /* behind whose places words must stand; NULL: anywhere */
};

/* l->crossing for the term. 0 or MILL_ENOMEM. */
int cross_begin(struct lister *l, const struct term *t);
/* Adds what runs over boundaries to the lister's sums. 0 or MILL_E*. */
int cross(struct crossing *x);
void cross_end(struct crossing *x);
void cross_free(struct crossing *x);

/* ---- list_places.c: the positions at hand in an article that has places. 0 or MILL_ECORRUPT. */

#define PLACES_SPARE 8u /* bytes behind a set */
/* Puts into x->set the places behind its words (with x->from only of those that stand behind one
** of these places, as their neighbours), or before those that are some word's neighbour. */
int places_put(struct crossing *x, uint32_t ordinal, int behind);
/* How many of its words stand right behind (before) a place in x->set. */
int places_look(const struct crossing *x, uint32_t ordinal, int behind, uint32_t *times);

#endif
