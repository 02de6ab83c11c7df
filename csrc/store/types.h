/*
** types.h - a word with a tag and a kind, as one number.
**
**   1 ... known            word n with its usual tag and kind (vocab.shapes)
**   known + 1, ...         others: a word that stood somewhere as something else
*/
#ifndef MILL_STORE_TYPES_H
#define MILL_STORE_TYPES_H

#include "vocab.h"

struct word_type { uint32_t id; uint8_t tag, kind; };
struct type_table {
  uint32_t known;                                      /* words of the vocabulary */
  struct word_type *others; uint32_t n_others, capacity;
  uint32_t *slots, mask;                               /* open hash: index into others + 1 */
};

void types_free(struct type_table *t);
/* Empty, for a vocabulary of so many words. */
void types_clear(struct type_table *t, uint32_t known);
/* The number of what is not usual, given when it is new; 0 without memory. */
uint32_t types_other(struct type_table *t, struct word_type x);

static inline uint32_t types_count(const struct type_table *t) { return t->known + t->n_others; }
static inline struct word_type types_get(const struct type_table *t, const struct vocab *v, uint32_t type) {
  if (type > t->known) return t->others[type - t->known - 1];
  return (struct word_type){type, (uint8_t)v->shapes[type], (uint8_t)(v->shapes[type] >> 8)};
}

#endif
