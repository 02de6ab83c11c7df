/* meeting.h - the articles that all of some terms have, a block at a time. */
#ifndef MILL_MEETING_H
#define MILL_MEETING_H

#include "dense.h"
#include "lists.h"
#include "near.h"

/* A term's articles, a block at a time; counts are of what the query counts. */
struct feed {
  struct posting_cursor *c;          /* NULL: of a list */
  const struct article_list *list; uint32_t taken;
  const uint32_t *ordinal, *tf; uint32_t n, at;
  uint32_t size;                     /* articles, about; 0: none */
  uint32_t counted;                  /* `before` is of block counted - 1: positions before a posting's */
  uint32_t before[SEGMENT_BLOCK];
  struct { uint32_t ordinal[SEGMENT_BLOCK], tf[SEGMENT_BLOCK], from[SEGMENT_BLOCK]; } body; /* no rests */
};

/* The lister's cursor k over the word; one that is not there has size 0. 0 or MILL_E*. */
int feed_word(struct feed *d, struct lister *l, uint32_t k, uint32_t word);
void feed_list(struct feed *d, const struct article_list *list);
/* The next block, which may be empty where only bodies count; 0 at the end, or in *code. */
int feed_next(struct feed *d, struct lister *l, int *code);
/* To the first block that has something at or above `to`; 0 at the end. */
int feed_block(struct feed *d, struct lister *l, uint32_t to, int *code);
/* The current block comes again with the next one asked for. */
void feed_again(struct feed *d);
/* To the first in the current block at or above `to`, which there is. */
void feed_seek(struct feed *d, uint32_t to);

/* Is the block one of bits, all of it the feed's? */
static inline int feed_is_dense(const struct feed *d) {
  return d->c != NULL && d->c->b.dense && d->ordinal == d->c->b.ordinal;
}

/* Rows of the leading term's block that all terms have, in columns: counts of term k in
** tf[k * SEGMENT_BLOCK + row]. */
struct meeting {
  struct lister *l;
  struct feed *feeds; uint16_t n;
  uint16_t order[LIST_TERMS];        /* rarest first */
  uint32_t from;                     /* rows below are left out */
  uint32_t ordinal[SEGMENT_BLOCK], slot[SEGMENT_BLOCK], other[SEGMENT_BLOCK], rows;
  uint32_t *tf;                      /* owned */
  struct posting_spot *spots;        /* as tf, of words alone; NULL: nobody asks where they stand */
  uint64_t *bits;                    /* scratch of phrases, owned */
  int code;
};
/* Room for n terms, whose feeds the caller fills. Free in any case. */
int meeting_new(struct meeting *m, struct lister *l, uint16_t n, int with_spots);
void meeting_free(struct meeting *m);
/* Puts the feeds in order; 0: one of them is empty. All rows are wanted, until m->from says more. */
int meeting_begin(struct meeting *m);
/* The next block's rows, m->rows of them, removed ones left out; 0 at the end or when
** m->code says. */
int meeting_next(struct meeting *m);
/* Where the n words of term k stand at a spot, of whatever row. Good until the term is asked
** again. all: of most of the block it will be asked, so that all of it is decoded. 0 or MILL_E*. */
int meeting_stands(struct meeting *m, uint16_t k, const struct posting_spot *spot, uint32_t n, int all,
                   struct stands *s);
/* Is most of the spot's block among the rows from this one on? */
int meeting_wants(const struct meeting *m, uint16_t k, uint32_t row);
static inline uint32_t *meeting_tf(const struct meeting *m, uint16_t k) {
  return m->tf + (size_t)k * SEGMENT_BLOCK;
}

#endif
