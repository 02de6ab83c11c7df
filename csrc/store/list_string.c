/*
** list_string.c - the articles with a string, wherever segmentation put boundaries.
**
**   inside words        |  .. s .. |       the words' counts, times how often they hold s
**   over boundaries     | ..a | b.. |      positions: b.. stands right behind ..a
**                       | ..x | y | b.. |  and y right behind ..x
**
** For each boundary a bit set over the running words of the articles that have both of
** its sides says behind which places the text is the string up to there. From the left:
** behind words that end so, and behind a part of the string that stands behind such a
** place itself. At last the words on the right are looked up. Only a string that may
** overlap itself, or is longer than what is looked up, must be counted in the text.
*/
#include "lists.h"

#include "../core/alloc.h"

#define MOST_PLACES (UINT64_C(1) << 29) /* running words: 64 MB a set; else texts are read */

enum { BEFORE = 1, BOTH = 2 };

struct crossing {
  struct lister *l;
  const struct term *term;
  uint8_t *marks;             /* of articles */
  uint64_t *base, places;     /* of articles with BOTH: their first place; how many there are */
  uint8_t *sets[MAX_CUTS];    /* the places behind which each boundary is; NULL: none */
  const uint8_t *from; uint8_t *to; /* of the step at hand */
  uint32_t *positions, capacity;
};

typedef int (*each_posting)(struct crossing *x, struct posting_cursor *c, uint32_t at, void *context);

/* Every posting of the words in an article that has one of the marks (0: any). */
static int each(struct crossing *x, const struct word_list *words, uint8_t marks, each_posting f,
    void *context) {
  const struct segment_word *some[LISTER_SOME];
  struct posting_cursor *c;
  int code = words->error;
  for (uint32_t at = 0, n_some; code == 0 && (n_some = lister_some(x->l, words, &at, some)) > 0;)
    for (uint32_t i = 0; i < n_some && code == 0; i++)
      for (uint32_t n = lister_first(x->l, some[i], &c, &code); n > 0; n = lister_block(x->l, c, &code))
        for (uint32_t k = 0; k < n && code == 0; k++)
          if ((marks == 0 || (x->marks[c->b.ordinal[k]] & marks)) && lister_tf(x->l, c, k) > 0)
            code = f(x, c, k, context);
  return code;
}

static int set_mark(struct crossing *x, struct posting_cursor *c, uint32_t at, void *mark) {
  x->marks[c->b.ordinal[at]] |= *(const uint8_t *)mark;
  return 0;
}

/* The positions of posting `at`, as they are stored. */
static int load(struct crossing *x, struct posting_cursor *c, uint32_t at) {
  if (c->b.tf[at] > c->word->n_positions) return MILL_ECORRUPT;
  if (mill_grow(&x->positions, &x->capacity, (size_t)c->b.tf[at] + 8, sizeof *x->positions) < 0)
    return MILL_ENOMEM;
  c->at = at;
  return cursor_positions(c, x->positions);
}

/* The place of a position; the rest's come behind the body's. One that is not there (a
** damaged file has positions behind its articles' ends) is at no place: `places`. */
static uint64_t place_of(const struct crossing *x, uint32_t ordinal, uint32_t position) {
  uint64_t number = position_number(position), place;
  if (position >= SEGMENT_REST)
    number = number - position_number(SEGMENT_REST) + x->l->g->articles[ordinal].body + 1;
  place = x->base[ordinal] + number;
  return place < x->places ? place : x->places;
}

static int has(const uint8_t *bits, uint64_t place) { return bits[place / 8] >> place % 8 & 1; }

/* Sets the places behind the word; of a part of the string where it stands behind one. */
static int set_places(struct crossing *x, struct posting_cursor *c, uint32_t at, void *unused) {
  int code = load(x, c, at);
  (void)unused;
  for (uint32_t i = 0, n = lister_tf(x->l, c, at); i < n && code == 0; i++) {
    uint64_t place = place_of(x, c->b.ordinal[at], x->positions[i]);
    if (place == x->places) return MILL_ECORRUPT;
    if (x->from != NULL && (x->positions[i] % 2 != 0 || !has(x->from, place))) continue;
    x->to[(place + 1) / 8] |= (uint8_t)(1u << (place + 1) % 8);
  }
  return code;
}

/* Words on the right of a boundary: is it right before them? */
static int look_behind(struct crossing *x, struct posting_cursor *c, uint32_t at, void *unused) {
  uint32_t ordinal = c->b.ordinal[at], *sum = &x->l->sum[ordinal];
  int code = load(x, c, at);
  (void)unused;
  for (uint32_t i = 0, n = lister_tf(x->l, c, at); i < n && code == 0; i++) {
    if (x->positions[i] % 2 != 0) continue; /* no word's neighbour */
    uint64_t place = place_of(x, ordinal, x->positions[i]);
    if (place == x->places) return MILL_ECORRUPT;
    if (!has(x->from, place)) continue;
    if (x->term->overlaps) *sum |= LIST_UNSURE;
    else ++*sum;
  }
  return code;
}

/* Marks the articles that have both sides of some boundary. */
static int mark_articles(struct crossing *x) {
  uint8_t before = BEFORE, both = BOTH;
  int code = 0;
  for (uint32_t k = 0; k < x->term->n_cuts && code == 0; k++) {
    const struct cut *cut = &x->term->cuts[k];
    for (uint32_t i = 0; i < x->l->g->n_articles; i++) x->marks[i] &= BOTH;
    if (cut->after.n == 0) continue;
    code = each(x, &cut->ends, 0, set_mark, &before);
    if (code == 0) code = each(x, &cut->tails, 0, set_mark, &before);
    if (code == 0) code = each(x, &cut->after, BEFORE, set_mark, &both);
  }
  return code;
}

/* Where each article with both sides begins; how many places there are. */
static uint64_t lay_out(struct crossing *x) {
  const struct index_segment *g = x->l->g;
  uint64_t n = 0;
  for (uint32_t k = 0; k < g->n_articles; k++) {
    if (!(x->marks[k] & BOTH)) continue;
    x->base[k] = n;
    n += (uint64_t)g->articles[k].body + g->articles[k].rest + 3;
  }
  return n;
}

static int fill_set(struct crossing *x, uint32_t k, uint64_t places) {
  const struct cut *cut = &x->term->cuts[k];
  int code = 0;
  if (cut->ends.n + cut->tails.n == 0) return 0;
  if ((x->to = x->sets[k] = mem_calloc((size_t)(places / 8) + 1, 1)) == NULL) return MILL_ENOMEM;
  x->from = NULL;
  code = each(x, &cut->ends, BOTH, set_places, NULL);
  for (uint32_t i = 0; i < cut->tails.n && code == 0; i++) {
    struct word_list one = {.ids = &cut->tails.ids[i], .n = 1};
    if ((x->from = x->sets[cut->behind[i]]) != NULL) code = each(x, &one, BOTH, set_places, NULL);
  }
  return code;
}

static int cross(struct crossing *x) {
  const struct index_segment *g = x->l->g;
  int code = mark_articles(x);
  uint64_t places = x->places = code == 0 ? lay_out(x) : 0;
  if (places > MOST_PLACES / (x->term->n_cuts + 1)) {
    for (uint32_t k = 0; k < g->n_articles; k++)
      if (x->marks[k] & BOTH) x->l->sum[k] |= LIST_UNSURE;
    return code;
  }
  for (uint32_t k = 0; k < x->term->n_cuts && places > 0 && code == 0; k++) {
    code = fill_set(x, k, places);
    x->from = x->sets[k];
    if (code == 0 && x->from != NULL) code = each(x, &x->term->cuts[k].after, BOTH, look_behind, NULL);
  }
  return code;
}

static int cross_all(struct lister *l, const struct term *t) {
  struct crossing x = {.l = l, .term = t};
  x.marks = mem_calloc((size_t)l->g->n_articles + 1, 1);
  x.base = mem_malloc(((size_t)l->g->n_articles + 1) * sizeof *x.base);
  int code = x.marks == NULL || x.base == NULL ? MILL_ENOMEM : cross(&x);
  for (uint32_t k = 0; k < MAX_CUTS; k++) mem_free(x.sets[k]);
  mem_free(x.marks);
  mem_free(x.base);
  mem_free(x.positions);
  return code;
}

/* Counts of the words that hold the string. */
static int inside(struct lister *l, const struct term *t) {
  int code = t->words.error;
  for (uint32_t i = 0; i < t->words.n && code == 0; i++) {
    const struct segment_word *word = segment_find(l->g, t->words.ids[i]);
    struct posting_cursor *c;
    if (word == NULL) continue;
    for (uint32_t n = lister_first(l, word, &c, &code); n > 0; n = lister_block(l, c, &code))
      for (uint32_t k = 0; k < n; k++) {
        uint32_t tf = lister_tf(l, c, k), *sum = &l->sum[c->b.ordinal[k]];
        *sum += tf * t->times[i];
        if (tf > 0 && t->times[i] == 0) *sum |= LIST_UNSURE;
      }
  }
  return code;
}

int list_string(struct lister *l, const struct term *t, struct article_list *out) {
  if (mill_grow(&l->sum, &l->sum_capacity, (size_t)l->g->n_articles + 1, sizeof *l->sum) < 0)
    return MILL_ENOMEM;
  memset(l->sum, 0, ((size_t)l->g->n_articles + 1) * sizeof *l->sum);
  int code = inside(l, t);
  if (code == 0 && t->n_cuts > 0) code = cross_all(l, t);
  for (uint32_t k = 0; k < l->g->n_articles && code == 0; k++)
    if (l->sum[k] != 0 && !segment_is_removed(l->g, k)) code = list_push(out, k, l->sum[k]);
  return code;
}
