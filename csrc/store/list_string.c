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

struct crossing {
  struct lister *l;
  const struct term *term;
  uint64_t *found, *before, *both;  /* bits of articles: have the string; a side of a boundary; both */
  uint64_t *base, places;     /* of articles with both: their first place; how many there are */
  uint8_t *sets[MAX_CUTS];    /* the places behind which each boundary is; NULL: none */
  const uint8_t *from; uint8_t *to; /* of the step at hand */
  uint32_t *positions, capacity;
};

static void set(uint64_t *bits, uint32_t k) { bits[k / 64] |= UINT64_C(1) << k % 64; }
static uint32_t is_set(const uint64_t *bits, uint32_t k) { return (uint32_t)(bits[k / 64] >> k % 64) & 1; }

/* Is one of [from, to] set? */
static int some_set(const uint64_t *bits, uint32_t from, uint32_t to) {
  uint64_t first = ~UINT64_C(0) << from % 64, last = ~UINT64_C(0) >> (63 - to % 64);
  if (from / 64 == to / 64) return (bits[from / 64] & first & last) != 0;
  if ((bits[from / 64] & first) | (bits[to / 64] & last)) return 1;
  for (uint32_t k = from / 64 + 1; k < to / 64; k++)
    if (bits[k] != 0) return 1;
  return 0;
}

/* The next block that has some of the articles; what has none is not decoded. */
static uint32_t next_block(struct crossing *x, struct posting_cursor *c, const uint64_t *articles,
                           int *code) {
  uint32_t from, to;
  while (articles != NULL && cursor_ahead(c, &from, &to) && from <= to && !some_set(articles, from, to))
    cursor_skip(c, to + 1);
  return lister_block(x->l, c, code);
}

typedef int (*each_posting)(struct crossing *x, struct posting_cursor *c, uint32_t at);

/* Every posting of the words in the articles. */
static int each(struct crossing *x, const struct word_list *words, const uint64_t *articles, each_posting f) {
  const struct segment_word *some[LISTER_SOME];
  struct posting_cursor *c;
  int code = words->error;
  for (uint32_t at = 0, n_some; code == 0 && (n_some = lister_some(x->l, words, &at, some)) > 0;)
    for (uint32_t i = 0; i < n_some && code == 0; i++)
      for (uint32_t n = lister_first(x->l, some[i], &c, &code); n > 0; n = next_block(x, c, articles, &code))
        for (uint32_t k = 0; k < n && code == 0; k++)
          if (is_set(articles, c->b.ordinal[k]) && lister_tf(x->l, c, k) > 0) code = f(x, c, k);
  return code;
}

/* Sets the articles of the words, of those given (NULL: of all). */
static int mark(struct crossing *x, const struct word_list *words, const uint64_t *articles, uint64_t *to) {
  const struct segment_word *some[LISTER_SOME];
  struct posting_cursor *c;
  int code = words->error;
  for (uint32_t at = 0, n_some; code == 0 && (n_some = lister_some(x->l, words, &at, some)) > 0;)
    for (uint32_t i = 0; i < n_some && code == 0; i++)
      for (uint32_t n = lister_first(x->l, some[i], &c, &code); n > 0; n = next_block(x, c, articles, &code))
        for (uint32_t k = 0; k < n; k++) {
          uint32_t ordinal = c->b.ordinal[k];
          uint64_t is = lister_tf(x->l, c, k) > 0;
          if (articles != NULL) is &= is_set(articles, ordinal);
          to[ordinal / 64] |= is << ordinal % 64;
        }
  return code;
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
static inline uint64_t place_of(const struct crossing *x, uint64_t base, uint32_t ordinal,
                                uint32_t position) {
  uint64_t number = position_number(position), place;
  if (position >= SEGMENT_REST)
    number = number - position_number(SEGMENT_REST) + x->l->g->articles[ordinal].body + 1;
  place = base + number;
  return place < x->places ? place : x->places;
}

static int has(const uint8_t *bits, uint64_t place) { return bits[place / 8] >> place % 8 & 1; }

/* Sets the places behind the word; of a part of the string where it stands behind one. */
static int set_places(struct crossing *x, struct posting_cursor *c, uint32_t at) {
  uint32_t ordinal = c->b.ordinal[at];
  uint64_t base = x->base[ordinal];
  int code = load(x, c, at);
  for (uint32_t i = 0, n = lister_tf(x->l, c, at); i < n && code == 0; i++) {
    uint64_t place = place_of(x, base, ordinal, x->positions[i]);
    if (place == x->places) return MILL_ECORRUPT;
    if (x->from != NULL && (x->positions[i] % 2 != 0 || !has(x->from, place))) continue;
    x->to[(place + 1) / 8] |= (uint8_t)(1u << (place + 1) % 8);
  }
  return code;
}

/* Words on the right of a boundary: is it right before them? */
static int look_behind(struct crossing *x, struct posting_cursor *c, uint32_t at) {
  uint32_t ordinal = c->b.ordinal[at], *sum = &x->l->sum[ordinal];
  uint64_t base = x->base[ordinal];
  int code = load(x, c, at);
  for (uint32_t i = 0, n = lister_tf(x->l, c, at); i < n && code == 0; i++) {
    if (x->positions[i] % 2 != 0) continue; /* no word's neighbour */
    uint64_t place = place_of(x, base, ordinal, x->positions[i]);
    if (place == x->places) return MILL_ECORRUPT;
    if (!has(x->from, place)) continue;
    set(x->found, ordinal);
    if (x->term->overlaps) *sum |= LIST_UNSURE;
    else ++*sum;
  }
  return code;
}

static size_t cells_of(const struct index_segment *g) { return (size_t)g->n_articles / 64 + 1; }

/* Marks the articles that have both sides of some boundary. */
static int mark_articles(struct crossing *x) {
  int code = 0;
  for (uint32_t k = 0; k < x->term->n_cuts && code == 0; k++) {
    const struct cut *cut = &x->term->cuts[k];
    if (cut->after.n == 0 || cut->ends.n + cut->tails.n == 0) continue;
    memset(x->before, 0, cells_of(x->l->g) * sizeof *x->before);
    code = mark(x, &cut->ends, NULL, x->before);
    if (code == 0) code = mark(x, &cut->tails, NULL, x->before);
    if (code == 0) code = mark(x, &cut->after, x->before, x->both);
  }
  return code;
}

/* Where each article with both sides begins; how many places there are. */
static uint64_t lay_out(struct crossing *x) {
  uint64_t n = 0;
  for (uint32_t cell = 0; cell < cells_of(x->l->g); cell++)
    for (uint64_t bits = x->both[cell]; bits != 0; bits &= bits - 1) {
      uint32_t k = cell * 64 + (uint32_t)__builtin_ctzll(bits);
      x->base[k] = n;
      n += (uint64_t)x->l->g->lengths[k] + 3;
    }
  return n;
}

static int fill_set(struct crossing *x, uint32_t k, uint64_t places) {
  const struct cut *cut = &x->term->cuts[k];
  int code = 0;
  if (cut->ends.n + cut->tails.n == 0) return 0;
  if ((x->to = x->sets[k] = mem_calloc((size_t)(places / 8) + 1, 1)) == NULL) return MILL_ENOMEM;
  x->from = NULL;
  code = each(x, &cut->ends, x->both, set_places);
  for (uint32_t i = 0; i < cut->tails.n && code == 0; i++) {
    struct word_list one = {.ids = &cut->tails.ids[i], .n = 1};
    if ((x->from = x->sets[cut->behind[i]]) != NULL) code = each(x, &one, x->both, set_places);
  }
  return code;
}

static int cross(struct crossing *x) {
  const struct index_segment *g = x->l->g;
  int code = mark_articles(x);
  uint64_t places = x->places = code == 0 ? lay_out(x) : 0;
  if (places > MOST_PLACES / (x->term->n_cuts + 1)) {
    for (uint32_t k = 0; k < g->n_articles; k++)
      if (is_set(x->both, k)) x->l->sum[k] |= LIST_UNSURE, set(x->found, k);
    return code;
  }
  for (uint32_t k = 0; k < x->term->n_cuts && places > 0 && code == 0; k++) {
    code = fill_set(x, k, places);
    x->from = x->sets[k];
    if (code == 0 && x->from != NULL) code = each(x, &x->term->cuts[k].after, x->both, look_behind);
  }
  return code;
}

/* Counts of the words that hold the string. */
static int inside(struct crossing *x) {
  struct lister *l = x->l;
  const struct term *t = x->term;
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
        if (tf > 0) set(x->found, c->b.ordinal[k]);
      }
  }
  return code;
}

static int list_found(const struct crossing *x, struct article_list *out) {
  int code = 0;
  for (uint32_t cell = 0; cell < cells_of(x->l->g); cell++)
    for (uint64_t bits = x->found[cell]; bits != 0 && code == 0; bits &= bits - 1) {
      uint32_t k = cell * 64 + (uint32_t)__builtin_ctzll(bits);
      if (x->l->sum[k] != 0 && !segment_is_removed(x->l->g, k)) code = list_push(out, k, x->l->sum[k]);
    }
  return code;
}

int list_string(struct lister *l, const struct term *t, struct article_list *out) {
  struct crossing x = {.l = l, .term = t};
  size_t articles = (size_t)l->g->n_articles + 1, cells = cells_of(l->g);
  if (mill_grow(&l->sum, &l->sum_capacity, articles, sizeof *l->sum) < 0) return MILL_ENOMEM;
  memset(l->sum, 0, articles * sizeof *l->sum);
  x.found = mem_calloc(3 * cells, sizeof *x.found);
  if (t->n_cuts > 0) x.base = mem_malloc(articles * sizeof *x.base);
  int code = x.found == NULL || (t->n_cuts > 0 && x.base == NULL) ? MILL_ENOMEM : inside(&x);
  x.before = x.found + cells;
  x.both = x.before + cells;
  if (code == 0 && t->n_cuts > 0) code = cross(&x);
  if (code == 0) code = list_found(&x, out);
  for (uint32_t k = 0; k < MAX_CUTS; k++) mem_free(x.sets[k]);
  mem_free(x.found);
  mem_free(x.base);
  mem_free(x.positions);
  return code;
}
