/*
** lists.c - the articles of a word, and of any of many words.
**
**   a word      its postings, block by block
**   any         counts summed by ordinal, then read off in order
*/
#include "list_cross.h"

#include "../core/alloc.h"
#include "cursor.h"
#include "sums.h"

void term_free(struct term *t) {
  mem_free(t->words.ids);
  mem_free(t->times);
  for (uint32_t k = 0; k < t->n_cuts; k++) {
    mem_free(t->cuts[k].ends.ids);
    mem_free(t->cuts[k].tails.ids);
    mem_free(t->cuts[k].after.ids);
  }
  mem_free(t->cuts);
  memset(t, 0, sizeof *t);
}

void list_free(struct article_list *l) {
  mem_free(l->ordinal);
  mem_free(l->tf);
  memset(l, 0, sizeof *l);
}

void lister_free(struct lister *l) {
  for (uint32_t k = 0; k < LIST_TERMS; k++) {
    if (l->cursors[k] != NULL) cursor_free(l->cursors[k]);
    mem_free(l->cursors[k]);
    mem_free(l->positions[k]);
  }
  mem_free(l->sum);
  mem_free(l->found);
  cross_free(l->crossing);
  memset(l, 0, sizeof *l);
}

int list_room(struct article_list *l, size_t n) {
  if (mill_grow(&l->ordinal, &l->ordinal_capacity, n, sizeof *l->ordinal) < 0) return MILL_ENOMEM;
  return mill_grow(&l->tf, &l->tf_capacity, n, sizeof *l->tf);
}

int list_push(struct article_list *l, uint32_t ordinal, uint32_t tf) {
  if (l->n >= l->tf_capacity && list_room(l, (size_t)l->n + 1) < 0) return MILL_ENOMEM;
  l->ordinal[l->n] = ordinal;
  l->tf[l->n++] = tf;
  return 0;
}

/* ---- cursors */

int lister_open(struct lister *l, uint32_t k, uint32_t word) {
  const struct segment_word *w = segment_find(l->g, word);
  if (w == NULL) return 0;
  if (l->cursors[k] == NULL && (l->cursors[k] = mem_calloc(1, sizeof **l->cursors)) == NULL)
    return MILL_ENOMEM;
  int code = cursor_open(l->cursors[k], l->g, w);
  return code < 0 ? code : 1;
}

uint32_t lister_block(struct lister *l, struct posting_cursor *c, int *code) {
  if (*code < 0 || (*code = stop_check(l->stop)) < 0) return 0;
  uint32_t n = cursor_block(c);
  if (n == 0) *code = c->code;
  return n;
}

int lister_positions(struct lister *l, uint32_t k, uint32_t *n) {
  struct posting_cursor *c = l->cursors[k];
  if (c->b.tf[c->at] > c->word->n_positions) return MILL_ECORRUPT;
  if (mill_grow(&l->positions[k], &l->capacity[k], (size_t)c->b.tf[c->at] + 8, sizeof **l->positions) < 0)
    return MILL_ENOMEM;
  uint32_t *p = l->positions[k];
  int code = cursor_positions(c, p);
  *n = lister_tf(l, c, c->at);
  for (uint32_t i = 0; i < *n && code == 0; i++) p[i] = position_number(p[i]);
  return code;
}

uint32_t lister_some(const struct lister *l, const struct word_list *words, uint32_t *at,
                     const struct segment_word **some) {
  uint32_t n = 0;
  for (; n < LISTER_SOME && *at < words->n; ++*at)
    if ((some[n] = segment_find(l->g, words->ids[*at])) != NULL) __builtin_prefetch(some[n++]);
  for (uint32_t k = 0; k < n; k++) {
    const void *p = segment_peek(l->g->store, l->g->id, STREAM_POSTINGS, some[k]->postings, 1);
    if (p != NULL) __builtin_prefetch(p);
  }
  return n;
}

uint32_t lister_first(struct lister *l, const struct segment_word *w, struct posting_cursor **c, int *code) {
  if ((*code = stop_check(l->stop)) < 0) return 0;
  if (l->cursors[0] == NULL && (l->cursors[0] = mem_calloc(1, sizeof **l->cursors)) == NULL)
    return *code = MILL_ENOMEM, 0;
  *c = l->cursors[0];
  uint32_t n = cursor_first(*c, l->g, w);
  if (n == 0) *code = (*c)->code;
  return n;
}

/* ---- words */

static int list_word(struct lister *l, uint32_t word, struct article_list *out) {
  int code = lister_open(l, 0, word);
  if (code <= 0) return code;
  struct posting_cursor *c = l->cursors[0];
  code = list_room(out, (size_t)out->n + c->word->n);
  for (uint32_t n; (n = lister_block(l, c, &code)) > 0;)
    for (uint32_t k = 0; k < n; k++) {
      uint32_t tf = lister_tf(l, c, k);
      out->ordinal[out->n] = c->b.ordinal[k];
      out->tf[out->n] = tf;
      out->n += tf > 0 && !segment_is_removed(l->g, c->b.ordinal[k]);
    }
  return code;
}

#define FEW 16u /* postings: more are faster decoded together */

/* Adds postings that lie at p, without a cursor. */
static int sum_few(struct lister *l, const struct segment_word *w, const unsigned char *p) {
  const unsigned char *end = p + w->n_postings;
  struct reading r = {p, UINT64_MAX, 0};
  uint32_t ordinal, tf, rest;
  for (uint32_t k = 0; k < w->n; k++) {
    if (r.p >= end) return MILL_ECORRUPT;
    read_posting(&r, &ordinal, &tf, &rest);
    if (r.ordinal >= l->g->n_articles) return MILL_ECORRUPT;
    sums_add(l, ordinal, tf - (l->body_only ? rest : 0));
  }
  return r.bad || r.p > end ? MILL_ECORRUPT : 0;
}

/* Adds what the segment has of a word. */
static int sum_word(struct lister *l, const struct segment_word *word) {
  const unsigned char *few = word->n > FEW ? NULL
      : segment_peek(l->g->store, l->g->id, STREAM_POSTINGS, word->postings, word->n_postings);
  if (few != NULL) {
    int stopped = stop_check(l->stop);
    return stopped < 0 ? stopped : sum_few(l, word, few);
  }
  struct posting_cursor *c;
  int code = 0;
  for (uint32_t n = lister_first(l, word, &c, &code); n > 0; n = lister_block(l, c, &code)) sums_block(l, c, 1);
  return code;
}

static int list_any(struct lister *l, const struct term *t, struct article_list *out) {
  const struct segment_word *some[LISTER_SOME];
  uint32_t at = 0;
  int code = sums_begin(l);
  for (uint32_t n; code == 0 && (n = lister_some(l, &t->words, &at, some)) > 0;)
    for (uint32_t k = 0; k < n && code == 0; k++) code = sum_word(l, some[k]);
  return code < 0 ? code : sums_list(l, out);
}

/* ---- public */

int list_term(struct lister *l, const struct term *t, struct article_list *out) {
  switch (t->kind) {
    case TERM_WORDS: return term_is_word(t) ? list_word(l, t->words.ids[0], out) : list_any(l, t, out);
    case TERM_PHRASE: return list_phrase(l, t, out);
    case TERM_STRING: return list_string(l, t, out);
    default: return MILL_EINVAL;
  }
}

/* A word of which nothing is removed and nothing set apart is in as many articles as
** its entry says. */
static int count_word(struct lister *l, uint32_t word, uint64_t *rows) {
  const struct segment_word *w = segment_find(l->g, word);
  if (w == NULL) return 0;
  if (l->g->removed == NULL && !(l->body_only && l->g->has_rest)) return *rows += w->n, 0;
  int code = lister_open(l, 0, word);
  if (code < 0) return code;
  struct posting_cursor *c = l->cursors[0];
  code = 0;
  for (uint32_t n; (n = lister_block(l, c, &code)) > 0;)
    for (uint32_t k = 0; k < n; k++)
      *rows += lister_tf(l, c, k) > 0 && !segment_is_removed(l->g, c->b.ordinal[k]);
  return code;
}

int list_count(struct lister *l, const struct term *t, uint64_t *rows) {
  struct article_list all = {0};
  if (term_is_word(t)) return count_word(l, t->words.ids[0], rows);
  if (t->kind == TERM_EVERY) return *rows += l->g->n_articles - l->g->n_removed, 0;
  int code = list_term(l, t, &all);
  *rows += all.n;
  list_free(&all);
  return code;
}
