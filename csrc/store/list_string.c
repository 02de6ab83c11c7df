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

#include "../core/alloc.h"

/* What a word gives that holds the string so many times. */
static int take_block(struct crossing *x, const struct posting_cursor *c, uint32_t times) {
  const struct lister *l = x->l;
  for (uint32_t k = 0; k < c->n; k++) {
    uint32_t ordinal = c->b.ordinal[k], tf = lister_tf(l, c, k);
    uint32_t unsure = (tf > 0 && times == 0) ? LIST_UNSURE : 0;
    l->sum[ordinal] = (l->sum[ordinal] + tf * times) | unsure;
    x->found[ordinal / 64] |= (uint64_t)(tf > 0) << ordinal % 64;
  }
  return 0;
}

/* Counts of the words that hold the string. */
static int inside(struct crossing *x) {
  const struct term *t = x->term;
  int code = t->words.error;
  for (uint32_t i = 0; i < t->words.n && code == 0; i++) {
    const struct segment_word *word = segment_find(x->l->g, t->words.ids[i]);
    struct posting_cursor *c;
    if (word == NULL) continue;
    for (uint32_t n = lister_first(x->l, word, &c, &code); n > 0; n = lister_block(x->l, c, &code))
      code = take_block(x, c, t->times[i]);
  }
  return code;
}

static int list_found(const struct crossing *x, struct article_list *out) {
  const struct lister *l = x->l;
  uint32_t n = 0;
  for (size_t cell = 0; cell < cross_cells(l->g); cell++) n += (uint32_t)__builtin_popcountll(x->found[cell]);
  if (n > 0 && list_room(out, (size_t)out->n + n) < 0) return MILL_ENOMEM;
  for (uint32_t cell = 0; cell < cross_cells(l->g); cell++)
    for (uint64_t bits = x->found[cell]; bits != 0; bits &= bits - 1) {
      uint32_t k = cell * 64 + (uint32_t)__builtin_ctzll(bits);
      out->ordinal[out->n] = k;
      out->tf[out->n] = l->sum[k];
      out->n += l->sum[k] != 0 && !segment_is_removed(l->g, k);
    }
  return 0;
}

int list_string(struct lister *l, const struct term *t, struct article_list *out) {
  size_t articles = (size_t)l->g->n_articles + 1;
  if (mill_grow(&l->sum, &l->sum_capacity, articles, sizeof *l->sum) < 0 || cross_begin(l, t) < 0)
    return MILL_ENOMEM;
  memset(l->sum, 0, articles * sizeof *l->sum);
  int code = inside(l->crossing);
  if (code == 0 && t->n_cuts > 0) code = cross(l->crossing);
  if (code == 0) code = list_found(l->crossing, out);
  cross_end(l->crossing);
  return code;
}
