/*
** flat.c - a query of one operator over terms, block by block.
**
**   AND, NEAR   a block of the rarest term is held against blocks of the others
**   OR          a window of articles is filled from all terms that matter by themselves;
**               those too weak to bring an article among the best are looked up (MaxScore)
**
**   columns     ordinal  9  12  40        one row an article, a column of counts each term
**               a        1   3   1
**               b        2   1   1
**
** With a floor, blocks and windows whose greatest counts and least lengths cannot reach
** it are not decoded, and near words' positions are read of those articles alone that
** would reach it if all their words lay near. A count of 0 adds 0.0 to a score, which
** changes none, so no loop asks which terms an article has.
*/
#include "flat.h"

#include <stddef.h>

#include "../core/alloc.h"
#include "near.h"

#define WINDOW 2048u /* articles */
#define FEW 64u

/* A term's articles, a block at a time; counts of what the query counts. */
struct feed {
  uint16_t term;
  struct posting_cursor *c;          /* NULL: of a list */
  const struct article_list *list; uint32_t taken;
  const uint32_t *ordinal, *tf; uint32_t n, at;
  uint32_t size;                     /* articles, about */
  double most;                       /* it can gain */
  struct { uint32_t ordinal[SEGMENT_BLOCK], tf[SEGMENT_BLOCK]; } body; /* without those in the rest alone */
};

struct flat {
  struct rank *r; struct lister *l;
  enum node_kind kind; uint32_t distance;
  struct feed *feeds; uint16_t n;    /* all terms, those not in this segment with size 0 */
  uint16_t order[LIST_TERMS];        /* AND: rarest first; OR: weakest first */
  uint16_t passive; double weak;     /* OR: so many of them are only looked up; what they gain */
  uint32_t ordinal[SEGMENT_BLOCK], slot[SEGMENT_BLOCK];
  uint32_t *columns;                 /* AND: n of SEGMENT_BLOCK; OR: of WINDOW, zero between windows */
  uint64_t bits[WINDOW / 64];
  uint32_t found[WINDOW];
  int code;
};

/* ---- what fits */

static enum node_kind kind_of(const struct walk_query *q) {
  return q->nodes[q->root].kind == NODE_LEAF ? NODE_AND : q->nodes[q->root].kind;
}

int flat_is_near(const struct walk_query *q) { return kind_of(q) == NODE_NEAR && flat_fits(q); }

int flat_fits(const struct walk_query *q) {
  enum node_kind kind = kind_of(q);
  uint16_t n = 0;
  if (q->n_terms > LIST_TERMS / (kind == NODE_NEAR ? 2 : 1) || kind == NODE_NOT) return 0;
  if (q->nodes[q->root].kind == NODE_LEAF) return q->n_terms == 1 && q->terms[0]->kind != TERM_EVERY;
  for (uint16_t k = q->nodes[q->root].first; k != 0; k = q->nodes[k].next, n++) {
    if (q->nodes[k].kind != NODE_LEAF) return 0;
    const struct term *t = q->terms[q->nodes[k].leaf];
    if (t->kind == TERM_EVERY || (kind == NODE_NEAR && !term_is_word(t))) return 0;
  }
  return n == q->n_terms && n > 0;
}

/* ---- feeds */

/* Leaves out what the body does not have. */
static void keep_body(struct feed *d) {
  const struct cursor_block *b = &d->c->b;
  uint32_t n = 0;
  for (uint32_t k = 0; k < d->n; k++) {
    d->body.ordinal[n] = b->ordinal[k];
    d->body.tf[n] = b->tf[k] - b->rest[k];
    n += b->tf[k] > b->rest[k];
  }
  d->ordinal = d->body.ordinal;
  d->tf = d->body.tf;
  d->n = n;
}

/* The next block, which may be empty where only bodies count; 0 at the end. */
static int next_block(struct flat *f, struct feed *d) {
  d->at = d->n = 0;
  if (d->c == NULL) {
    uint32_t left = d->list != NULL ? d->list->n - d->taken : 0;
    if (left == 0 || (f->code = stop_check(f->l->stop)) < 0) return 0;
    d->n = left < SEGMENT_BLOCK ? left : SEGMENT_BLOCK;
    d->ordinal = d->list->ordinal + d->taken;
    d->tf = d->list->tf + d->taken;
    d->taken += d->n;
    return 1;
  }
  if ((d->n = lister_block(f->l, d->c, &f->code)) == 0) return 0;
  d->ordinal = d->c->b.ordinal;
  d->tf = d->c->b.tf;
  if (f->l->body_only && f->l->g->has_rest) keep_body(d);
  return 1;
}

/* To the first block that has something at or above `to`; 0 at the end. */
static int seek_block(struct flat *f, struct feed *d, uint32_t to) {
  while (d->n == 0 || d->ordinal[d->n - 1] < to) {
    if (d->c != NULL) cursor_skip(d->c, to);
    else if (d->list != NULL)
      while (d->taken + SEGMENT_BLOCK <= d->list->n && d->list->ordinal[d->taken + SEGMENT_BLOCK - 1] < to)
        d->taken += SEGMENT_BLOCK;
    if (!next_block(f, d)) return 0;
  }
  return 1;
}

/* The first in the current block at or above `to`, which there is. */
static void seek_in_block(struct feed *d, uint32_t to) {
  const uint32_t *from = d->ordinal + d->at;
  uint32_t n = d->n - d->at;
  if (*from >= to) return;
  while (n > 1) { /* *from is below, from[n - 1] is not known to be */
    uint32_t half = n / 2;
    from = from[half] < to ? from + half : from;
    n -= half;
  }
  d->at = (uint32_t)(from - d->ordinal) + 1;
}

/* How often the term stands in an article; articles are asked for in their order. */
static uint32_t look_up(struct flat *f, struct feed *d, uint32_t ordinal) {
  if (!seek_block(f, d, ordinal)) return 0;
  seek_in_block(d, ordinal);
  return d->ordinal[d->at] == ordinal ? d->tf[d->at] : 0;
}

/* What it gains at most in [from, to]. */
static double bound_of(const struct flat *f, const struct feed *d, uint32_t from, uint32_t to) {
  uint32_t tf, length;
  if (d->size == 0) return 0;
  if (d->c == NULL || !cursor_range(d->c, from, to, &tf, &length)) return d->most;
  return tf > 0 ? rank_gain(f->r, d->term, tf, rank_norm(f->r, length)) : 0;
}

static double bound_of_all(const struct flat *f, uint32_t from, uint32_t to) {
  double sum = 0;
  for (uint16_t k = 0; k < f->n; k++) sum += bound_of(f, &f->feeds[k], from, to);
  return sum;
}

/* ---- giving */

static int give(struct flat *f, uint32_t ordinal, const uint32_t *counts, double score) {
  const struct index_segment *g = f->l->g;
  uint32_t all = 0;
  if (segment_is_removed(g, ordinal)) return 0;
  for (uint16_t k = 0; k < f->n; k++) all |= counts[k];
  struct rank_match m = {g, ordinal, (all & LIST_UNSURE) != 0, score, counts};
  int code = f->r->take(f->r->context, &m);
  return code < 0 ? (f->code = code) : 0;
}

/* The score of a row of `columns`; *unsure where some count is not. */
static inline double score_of(const struct flat *f, uint32_t ordinal, const uint32_t *cell, size_t step,
                              uint32_t *unsure) {
  double score = 0;
  *unsure = 0;
  if (f->r->totals == NULL) return 0;
  double norm = rank_norm(f->r, f->l->g->lengths[ordinal]);
  for (uint16_t k = 0; k < f->n; k++) {
    uint32_t count = cell[k * step];
    *unsure |= count;
    score += rank_gain(f->r, k, count & ~LIST_UNSURE, norm);
  }
  *unsure &= LIST_UNSURE;
  return score;
}

static int give_row(struct flat *f, uint32_t ordinal, const uint32_t *cell, size_t step, double score) {
  uint32_t counts[LIST_TERMS];
  for (uint16_t k = 0; k < f->n; k++) counts[k] = cell[k * step];
  return give(f, ordinal, counts, score);
}

/* ---- AND */

static uint32_t *column(const struct flat *f, uint16_t term) { return f->columns + (size_t)term * SEGMENT_BLOCK; }

/* Rows of f->ordinal from *at on that the block of d has, too: their slots, and counts. */
static uint32_t meet_block(struct flat *f, struct feed *d, uint32_t *at, uint32_t n, uint32_t kept, uint32_t *tf) {
  uint32_t i = *at, j = d->at;
  while (i < n && j < d->n) {
    uint32_t x = f->ordinal[i], y = d->ordinal[j];
    f->slot[kept] = i;
    tf[kept] = d->tf[j];
    kept += x == y;
    i += x <= y;
    j += y <= x;
  }
  *at = i;
  d->at = j < d->n ? j : d->n - 1;
  return kept;
}

/* Keeps the rows that d has, too. */
static uint32_t meet(struct flat *f, struct feed *d, const uint16_t *before, uint16_t n_before, uint32_t n) {
  uint32_t kept = 0, *tf = column(f, d->term);
  for (uint32_t i = 0; i < n && seek_block(f, d, f->ordinal[i]);) {
    seek_in_block(d, f->ordinal[i]);
    kept = meet_block(f, d, &i, n, kept, tf);
  }
  for (uint32_t k = 0; k < kept; k++) f->ordinal[k] = f->ordinal[f->slot[k]];
  for (uint16_t b = 0; b < n_before; b++) {
    uint32_t *other = column(f, before[b]);
    for (uint32_t k = 0; k < kept; k++) other[k] = other[f->slot[k]];
  }
  return kept;
}

static int near_row(struct flat *f, uint32_t ordinal, uint32_t row);

static void give_rows(struct flat *f, uint32_t n) {
  for (uint32_t k = 0; k < n && f->code >= 0; k++) {
    uint32_t unsure;
    double score = score_of(f, f->ordinal[k], f->columns + k, SEGMENT_BLOCK, &unsure);
    if (f->r->floor != NULL && score < *f->r->floor && !unsure) continue;
    if (f->kind == NODE_NEAR) {
      if (segment_is_removed(f->l->g, f->ordinal[k]) || near_row(f, f->ordinal[k], k) <= 0) continue;
      score = score_of(f, f->ordinal[k], f->columns + k, SEGMENT_BLOCK, &unsure);
    }
    give_row(f, f->ordinal[k], f->columns + k, SEGMENT_BLOCK, score);
  }
}

/* Passes over blocks of the leading word that are below the floor. */
static void pass_blocks(struct flat *f, struct feed *lead) {
  uint32_t from, to;
  while (f->r->floor != NULL && *f->r->floor > 0 && lead->c != NULL && cursor_ahead(lead->c, &from, &to) &&
         rank_is_below(f->r, bound_of_all(f, from, to)))
    cursor_skip(lead->c, to + 1);
}

static void run_and(struct flat *f) {
  struct feed *lead = &f->feeds[f->order[0]];
  for (uint16_t k = 0; k < f->n; k++)
    if (f->feeds[k].size == 0) return;
  for (;;) {
    pass_blocks(f, lead);
    if (!next_block(f, lead) || f->code < 0) return;
    uint32_t n = lead->n;
    memcpy(f->ordinal, lead->ordinal, n * sizeof *f->ordinal);
    memcpy(column(f, lead->term), lead->tf, n * sizeof *lead->tf);
    for (uint16_t k = 1; k < f->n && n > 0; k++) n = meet(f, &f->feeds[f->order[k]], f->order, k, n);
    give_rows(f, n);
  }
}

/* ---- NEAR */

/* Positions have cursors of their own: those of the feeds have gone on. */
static int near_row(struct flat *f, uint32_t ordinal, uint32_t row) {
  struct near_side sides[LIST_TERMS] = {{0}};
  for (uint16_t j = 0; j < f->n; j++) {
    uint16_t k = f->order[j];
    struct posting_cursor *c = f->l->cursors[f->n + k];
    if (!cursor_seek(c, ordinal)) return f->code = c->code;
    if ((f->code = lister_positions(f->l, f->n + k, &sides[k].n)) < 0) return f->code;
    sides[k].positions = f->l->positions[f->n + k];
    sides[k].words = 1;
    if (sides[k].n == 0) return 0;
  }
  int found = near_match(sides, f->n, f->distance);
  for (uint16_t k = 0; k < f->n && found; k++) column(f, k)[row] = sides[k].count;
  return found;
}

/* ---- OR */

/* Terms, weakest first, that together stay below the floor are not walked. */
static void make_passive(struct flat *f) {
  while (f->r->floor != NULL && f->passive < f->n &&
         rank_is_below(f->r, f->weak + f->feeds[f->order[f->passive]].most))
    f->weak += f->feeds[f->order[f->passive++]].most;
}

/* The least article at or above `from` that a term not passive may have; WALK_END. */
static uint32_t next_window(struct flat *f, uint32_t from) {
  uint32_t least = WALK_END;
  for (uint16_t k = f->passive; k < f->n; k++) {
    struct feed *d = &f->feeds[f->order[k]];
    if (d->size == 0) continue;
    if (!seek_block(f, d, from)) {
      d->size = 0;
      continue;
    }
    seek_in_block(d, from);
    if (d->ordinal[d->at] < least) least = d->ordinal[d->at];
  }
  return f->code < 0 ? WALK_END : least;
}

/* Counts of [from, from + WINDOW) into the term's column. */
static void fill(struct flat *f, struct feed *d, uint32_t from) {
  uint32_t *tf = f->columns + (size_t)d->term * WINDOW;
  for (; d->size > 0; d->size = (uint32_t)next_block(f, d)) {
    for (; d->at < d->n && d->ordinal[d->at] - from < WINDOW; d->at++) {
      uint32_t place = d->ordinal[d->at] - from;
      tf[place] = d->tf[d->at];
      f->bits[place / 64] |= UINT64_C(1) << place % 64;
    }
    if (d->at < d->n) return;
  }
}

static uint32_t read_off(struct flat *f) {
  uint32_t n = 0;
  for (uint32_t k = 0; k < WINDOW / 64; k++) {
    for (uint64_t x = f->bits[k]; x != 0; x &= x - 1) f->found[n++] = k * 64 + (uint32_t)__builtin_ctzll(x);
    f->bits[k] = 0;
  }
  return n;
}

static void clear(struct flat *f, uint32_t n) {
  for (uint16_t t = 0; t < f->n; t++) {
    uint32_t *tf = f->columns + (size_t)t * WINDOW;
    if (n > FEW) memset(tf, 0, WINDOW * sizeof *tf);
    for (uint32_t k = 0; k < n && n <= FEW; k++) tf[f->found[k]] = 0;
  }
}

static void give_window(struct flat *f, uint32_t from, uint32_t n) {
  for (uint32_t k = 0; k < n && f->code >= 0; k++) {
    uint32_t ordinal = from + f->found[k], *cell = f->columns + f->found[k], unsure;
    double score = score_of(f, ordinal, cell, WINDOW, &unsure);
    if (f->passive > 0) {
      if (!unsure && rank_is_below(f->r, score + f->weak)) continue;
      for (uint16_t j = 0; j < f->passive; j++) {
        struct feed *d = &f->feeds[f->order[j]];
        if (d->size > 0) cell[(size_t)d->term * WINDOW] = look_up(f, d, ordinal);
      }
      score = score_of(f, ordinal, cell, WINDOW, &unsure);
    }
    if (f->r->floor == NULL || score >= *f->r->floor || unsure) give_row(f, ordinal, cell, WINDOW, score);
  }
}

static void run_or(struct flat *f) {
  for (uint32_t from = 0; f->code >= 0;) {
    make_passive(f);
    if ((from = next_window(f, from)) == WALK_END) return;
    uint32_t last = from + WINDOW - 1;
    if (f->r->floor == NULL || !rank_is_below(f->r, bound_of_all(f, from, last))) {
      for (uint16_t k = f->passive; k < f->n; k++) fill(f, &f->feeds[f->order[k]], from);
      uint32_t n = read_off(f);
      give_window(f, from, n);
      clear(f, n);
    }
    from = last + 1;
  }
}

/* ---- running */

int flat_new(struct flat **out, struct rank *r, struct lister *l) {
  struct flat *f = *out = mem_malloc(sizeof *f);
  if (f == NULL) return MILL_ENOMEM;
  memset(f->bits, 0, sizeof f->bits);
  f->r = r;
  f->l = l;
  f->n = r->query->n_terms;
  f->kind = kind_of(r->query);
  f->distance = r->query->nodes[r->query->root].distance;
  f->feeds = mem_malloc(f->n * sizeof *f->feeds);
  f->columns = mem_calloc((size_t)f->n * (f->kind == NODE_OR ? WINDOW : SEGMENT_BLOCK), sizeof *f->columns);
  return f->feeds == NULL || f->columns == NULL ? MILL_ENOMEM : 0;
}

void flat_free(struct flat *f) {
  if (f == NULL) return;
  mem_free(f->feeds);
  mem_free(f->columns);
  mem_free(f);
}

/* The best of its blocks; only where there is a floor does it matter. */
static double most_of(const struct flat *f, const struct feed *d) {
  uint32_t tf, length;
  double most = 0;
  for (uint32_t k = 0; k < d->c->n_blocks; k++) {
    if (f->r->floor == NULL || !cursor_block_bound(d->c, k, &tf, &length)) return rank_most(f->r, d->term);
    double one = rank_gain(f->r, d->term, tf, rank_norm(f->r, length));
    if (one > most) most = one;
  }
  return most;
}

static int open_feed(struct flat *f, uint16_t term, const struct article_list *list) {
  struct feed *d = &f->feeds[term];
  const struct term *t = f->r->query->terms[term];
  memset(d, 0, offsetof(struct feed, body));
  d->term = term;
  if (!term_is_word(t)) {
    d->list = list;
    d->size = list->n;
    d->most = list->n > 0 ? rank_most(f->r, term) : 0;
    return 0;
  }
  int code = lister_open(f->l, term, t->words.ids[0]);
  if (code <= 0) return code;
  d->c = f->l->cursors[term];
  d->size = d->c->word->n;
  d->most = f->kind == NODE_OR ? most_of(f, d) : rank_most(f->r, term);
  if (f->kind != NODE_NEAR) return 0;
  code = lister_open(f->l, (uint32_t)term + f->n, t->words.ids[0]);
  return code < 0 ? code : 0;
}

static void arrange(struct flat *f) {
  for (uint16_t k = 0; k < f->n; k++) {
    uint16_t at = k;
    for (; at > 0; at--) {
      const struct feed *x = &f->feeds[f->order[at - 1]], *y = &f->feeds[k];
      if (f->kind == NODE_OR ? x->most <= y->most : x->size <= y->size) break;
      f->order[at] = f->order[at - 1];
    }
    f->order[at] = k;
  }
}

int flat_run(struct flat *f, const struct article_list *lists) {
  f->code = 0;
  f->passive = 0;
  f->weak = 0;
  for (uint16_t k = 0; k < f->n; k++) {
    int code = open_feed(f, k, &lists[k]);
    if (code < 0) return code;
  }
  arrange(f);
  if (f->kind == NODE_OR) run_or(f);
  else run_and(f);
  return f->code < 0 ? f->code : 0;
}
