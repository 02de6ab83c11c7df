/* lists.h - the articles of one segment that have a term, and how often. */
#ifndef MILL_LISTS_H
#define MILL_LISTS_H

#include "segment.h"
#include "stop.h"

#define LIST_TERMS 64u /* words of a phrase, members of NEAR */

/* Ids of words; errors are sticky. */
struct word_list { uint32_t *ids, n, capacity; int error; };

/* One boundary of a string s = a b that runs over words, ascending: b begins a word of
** `after`; the word before it ends with a (`ends`), or is itself the end of a (`tails`),
** behind the boundary behind[k]. seam: the number of the pair of characters at the boundary
** in the lexicon's list (seams.h), MILL_NONE: it is not there. */
#define MAX_CUTS 15u
struct cut { struct word_list ends, tails, after; uint32_t seam; uint8_t behind[MAX_CUTS]; };

enum term_kind {
  TERM_WORDS,    /* any of them */
  TERM_PHRASE,   /* one behind the other */
  TERM_STRING,   /* words that hold the string, times[k] of words.ids[k]; and cuts */
  TERM_EVERY     /* the index does not know: every article may have it */
};
struct term {
  enum term_kind kind;
  struct word_list words;
  uint8_t *times;             /* of a string; 0: nobody knows (then the text is read) */
  struct cut *cuts; uint32_t n_cuts;
  uint32_t seam_list;         /* of which list the cuts' seams are; 0: of none */
  int overlaps;               /* a string that may overlap itself: cuts are no counts */
};
void term_free(struct term *t);

/* Ordinals ascending, removed articles left out; a count with LIST_UNSURE is the least
** there is: the text says more. */
#define LIST_UNSURE (1u << 31)
struct article_list { uint32_t *ordinal, *tf; uint32_t n, ordinal_capacity, tf_capacity; };
void list_free(struct article_list *l);

/* Scratch for making lists, one segment after the other. */
struct lister {
  const struct index_segment *g;
  int body_only;              /* the rest does not count */
  struct stop *stop;          /* may be NULL */
  struct posting_cursor *cursors[LIST_TERMS];             /* made when first opened */
  uint32_t *positions[LIST_TERMS], capacity[LIST_TERMS];  /* of the cursors */
  uint32_t *sum, sum_capacity;                            /* see sums.h */
  uint64_t *found; uint32_t found_capacity;
  struct crossing *crossing;                              /* of strings; NULL: none yet */
};
void lister_free(struct lister *l);

/* Appends what g has of the term. 0, MILL_ENOMEM, MILL_ECORRUPT, MILL_ELIMIT, ... */
int list_term(struct lister *l, const struct term *t, struct article_list *out);
/* Articles of a term, without listing a single word's. */
int list_count(struct lister *l, const struct term *t, uint64_t *rows);
/* The articles where the n terms (words or phrases) stand within `distance` words of
** each other, as FTS5 finds them; out[k]: how often term k does so. */
int list_near(struct lister *l, const struct term *const *terms, uint32_t n, uint32_t distance,
    struct article_list *out);

/* ---- between the files of lists: lists.c list_phrase.c list_string.c list_cross.c */

/* Room for n in all. */
int list_room(struct article_list *l, size_t n);
int list_push(struct article_list *l, uint32_t ordinal, uint32_t tf);
/* Cursor k over a word: 1, 0 when the segment does not have it, MILL_E*. */
int lister_open(struct lister *l, uint32_t k, uint32_t word);
/* A block of a cursor's postings; 0 at the end, or MILL_E* in *code. */
uint32_t lister_block(struct lister *l, struct posting_cursor *c, int *code);
/* The next words that the segment has of a list, from *at on, LISTER_SOME at most; 0: no more.
** What they point to is on its way when they are asked for. */
#define LISTER_SOME 16u
uint32_t lister_some(const struct lister *l, const struct word_list *words, uint32_t *at,
                     const struct segment_word **some);
/* Cursor 0 over a word, and its first block; 0: *code. */
uint32_t lister_first(struct lister *l, const struct segment_word *w, struct posting_cursor **c, int *code);
/* Numbers of the words at the current posting of cursor k into l->positions[k], of the
** body alone where only that counts; *n how many. */
int lister_positions(struct lister *l, uint32_t k, uint32_t *n);
static inline uint32_t lister_tf(const struct lister *l, const struct posting_cursor *c, uint32_t at) {
  return l->body_only ? c->b.tf[at] - c->b.rest[at] : c->b.tf[at];
}
int list_phrase(struct lister *l, const struct term *t, struct article_list *out);
int list_string(struct lister *l, const struct term *t, struct article_list *out);

static inline int term_is_word(const struct term *t) { return t->kind == TERM_WORDS && t->words.n == 1; }

#endif
