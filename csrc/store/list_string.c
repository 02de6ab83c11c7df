/*
** list_string.c - the articles with a string, wherever segmentation put boundaries.
**
**   inside words        |  .. s .. |       the words' counts, times how often they hold s
**   over boundaries     | ..a | b.. |      see list_cross.c
**
** Only a string that may overlap itself, or is longer than what is looked up, must be
** counted in the text.
*/
#include "list_cross.h"

#include "sums.h"

/* Counts of the words that hold the string. */
static int inside(struct lister *l, const struct term *t) {
  int code = t->words.error;
  for (uint32_t i = 0; i < t->words.n && code == 0; i++) {
    const struct segment_word *word = segment_find(l->g, t->words.ids[i]);
    struct posting_cursor *c;
    if (word == NULL) continue;
    for (uint32_t n = lister_first(l, word, &c, &code); n > 0; n = lister_block(l, c, &code))
      sums_block(l, c, t->times[i]);
  }
  return code;
}

int list_string(struct lister *l, const struct term *t, struct article_list *out) {
  if (sums_begin(l) < 0 || cross_begin(l, t) < 0) return MILL_ENOMEM;
  int code = inside(l, t);
  if (code == 0 && t->n_cuts > 0) code = cross(l->crossing);
  if (code == 0) code = sums_list(l, out);
  cross_end(l->crossing);
  return code;
}
