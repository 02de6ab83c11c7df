/*
** meeting.c - the articles that all of some terms have.
**
**   the rarest's block   3  9 12 40 77        rows: what all have, with a column of
**   the next one's       1  9 40 41 | 77      counts a term; no branch says which of two
**   rows                 9 40 77              articles comes first
*/
#include "meeting.h"

#include <stddef.h>

#include "../core/alloc.h"

/* ---- feeds */

int feed_word(struct feed *d, struct lister *l, uint32_t k, uint32_t word) {
  memset(d, 0, offsetof(struct feed, before));
  int code = lister_open(l, k, word);
  if (code <= 0) return code;
  d->c = l->cursors[k];
  d->size = d->c->word->n;
  return 0;
}

void feed_list(struct feed *d, const struct article_list *list) {
  memset(d, 0, offsetof(struct feed, before));
  d->list = list;
  d->size = list->n;
}

/* Leaves out what the body does not have. */
static void keep_body(struct feed *d) {
  const struct cursor_block *b = &d->c->b;
  uint32_t n = 0;
  for (uint32_t k = 0; k < d->n; k++) {
    d->body.ordinal[n] = b->ordinal[k];
    d->body.tf[n] = b->tf[k] - b->rest[k];
    d->body.from[n] = k;
    n += b->tf[k] > b->rest[k];
  }
  d->ordinal = d->body.ordinal;
  d->tf = d->body.tf;
  d->n = n;
}

int feed_next(struct feed *d, struct lister *l, int *code) {
  d->at = d->n = 0;
  if (d->c == NULL) {
    uint32_t left = d->size - d->taken;
    if (left == 0 || (*code = stop_check(l->stop)) < 0) return 0;
    d->n = left < SEGMENT_BLOCK ? left : SEGMENT_BLOCK;
    d->ordinal = d->list->ordinal + d->taken;
    d->tf = d->list->tf + d->taken;
    d->taken += d->n;
    return 1;
  }
  if ((d->n = lister_block(l, d->c, code)) == 0) return 0;
  d->ordinal = d->c->b.ordinal;
  d->tf = d->c->b.tf;
  if (l->body_only && l->g->has_rest) keep_body(d);
  return 1;
}

int feed_block(struct feed *d, struct lister *l, uint32_t to, int *code) {
  while (d->n == 0 || d->ordinal[d->n - 1] < to) {
    if (d->c != NULL) cursor_skip(d->c, to);
    while (d->c == NULL && d->taken + SEGMENT_BLOCK <= d->size &&
           d->list->ordinal[d->taken + SEGMENT_BLOCK - 1] < to)
      d->taken += SEGMENT_BLOCK;
    if (!feed_next(d, l, code)) return 0;
  }
  return 1;
}

void feed_again(struct feed *d) {
  if (d->c == NULL) d->taken -= d->n;
  else if (d->c->n > 0) d->c->block--, d->c->n = 0; /* bounds are of blocks not decoded */
  d->n = d->at = 0;
}

void feed_seek(struct feed *d, uint32_t to) {
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

/* ---- meetings */

int meeting_new(struct meeting *m, struct lister *l, uint16_t n, int with_spots) {
  m->l = l;
  m->n = n;
  m->bits = NULL;
  m->code = 0;
  m->spots = NULL;
  m->feeds = mem_malloc(n * sizeof *m->feeds);
  m->tf = mem_malloc((size_t)n * SEGMENT_BLOCK * sizeof *m->tf);
  if (with_spots) m->spots = mem_malloc((size_t)n * SEGMENT_BLOCK * sizeof *m->spots);
  return m->feeds == NULL || m->tf == NULL || (with_spots && m->spots == NULL) ? MILL_ENOMEM : 0;
}

void meeting_free(struct meeting *m) {
  mem_free(m->feeds);
  mem_free(m->tf);
  mem_free(m->spots);
  mem_free(m->bits);
}

int meeting_begin(struct meeting *m) {
  m->code = 0;
  m->from = 0;
  for (uint16_t k = 0; k < m->n; k++) {
    uint16_t at = k;
    if (m->feeds[k].size == 0) return 0;
    for (; at > 0 && m->feeds[m->order[at - 1]].size > m->feeds[k].size; at--)
      m->order[at] = m->order[at - 1];
    m->order[at] = k;
  }
  return 1;
}

/* How many positions stand before each posting's, once a block. */
static void sum_counts(struct feed *d) {
  uint32_t sum = 0;
  if (d->counted == d->c->block) return;
  for (uint32_t k = 0; k < d->c->n; k++) {
    d->before[k] = sum;
    sum += d->c->b.tf[k];
  }
  d->counted = d->c->block;
}

/* Spots of the postings other[] of the feed's block, for rows [from, to) of term k. */
static void note_spots(struct meeting *m, uint16_t k, uint32_t from, uint32_t to) {
  struct feed *d = &m->feeds[k];
  const struct cursor_block *b = &d->c->b;
  struct posting_spot *spots = m->spots + (size_t)k * SEGMENT_BLOCK;
  uint32_t block = d->c->block - 1;
  int filtered = d->ordinal == d->body.ordinal;
  sum_counts(d);
  for (uint32_t row = from; row < to; row++) {
    uint32_t posting = filtered ? d->body.from[m->other[row]] : m->other[row];
    spots[row] = (struct posting_spot){block, d->before[posting], filtered ? 0 : b->rest[posting]};
  }
}

/* Rows from *at on that a block of bits has, too; the block before ends below them. */
static uint32_t meet_bits(struct meeting *m, uint16_t k, uint32_t *at, uint32_t kept) {
  const struct feed *d = &m->feeds[k];
  const struct cursor_block *b = &d->c->b;
  uint32_t i = *at, last = d->ordinal[d->n - 1], *tf = meeting_tf(m, k), is;
  for (; i < m->rows && m->ordinal[i] <= last; i++) {
    uint32_t j = dense_find(b, m->ordinal[i], &is);
    m->slot[kept] = i;
    m->other[kept] = j;
    tf[kept] = b->tf[j];
    kept += is;
  }
  *at = i;
  return kept;
}

static uint32_t meet_numbers(struct meeting *m, uint16_t k, uint32_t *at, uint32_t kept) {
  struct feed *d = &m->feeds[k];
  uint32_t i = *at, j = d->at, n = m->rows, *tf = meeting_tf(m, k);
  while (i < n && j < d->n) {
    uint32_t x = m->ordinal[i], y = d->ordinal[j];
    m->slot[kept] = i;
    m->other[kept] = j;
    tf[kept] = d->tf[j];
    kept += x == y;
    i += x <= y;
    j += y <= x;
  }
  *at = i;
  d->at = j < d->n ? j : d->n - 1;
  return kept;
}

/* Rows from *at on that the block of feed k has, too: their slots and counts. */
static uint32_t meet_block(struct meeting *m, uint16_t k, uint32_t *at, uint32_t kept) {
  struct feed *d = &m->feeds[k];
  uint32_t before = kept;
  if (feed_is_dense(d) && m->ordinal[*at] >= d->c->b.first) {
    kept = meet_bits(m, k, at, kept);
  } else {
    feed_seek(d, m->ordinal[*at]);
    kept = meet_numbers(m, k, at, kept);
  }
  if (m->spots != NULL) note_spots(m, k, before, kept);
  return kept;
}

/* Columns of the terms before lose the rows that are not kept. */
static void compress(struct meeting *m, uint16_t n_before, uint32_t kept) {
  for (uint32_t row = 0; row < kept; row++) m->ordinal[row] = m->ordinal[m->slot[row]];
  for (uint16_t b = 0; b < n_before && kept < m->rows; b++) {
    uint32_t *tf = meeting_tf(m, m->order[b]);
    struct posting_spot *spots = m->spots != NULL ? m->spots + (size_t)m->order[b] * SEGMENT_BLOCK : NULL;
    for (uint32_t row = 0; row < kept; row++) tf[row] = tf[m->slot[row]];
    for (uint32_t row = 0; row < kept && spots != NULL; row++) spots[row] = spots[m->slot[row]];
  }
  m->rows = kept;
}

static void drop_removed(struct meeting *m) {
  uint32_t kept = 0;
  for (uint32_t row = 0; row < m->rows; row++) {
    m->slot[kept] = row;
    kept += !segment_is_removed(m->l->g, m->ordinal[row]);
  }
  compress(m, m->n, kept);
}

/* All of the leading term's next block; 0 at the end. */
static int lead(struct meeting *m) {
  struct feed *d = &m->feeds[m->order[0]];
  uint32_t first = 0;
  if (!feed_next(d, m->l, &m->code)) return 0;
  while (first < d->n && d->ordinal[first] < m->from) first++;
  m->rows = d->n - first;
  memcpy(m->ordinal, d->ordinal + first, m->rows * sizeof *m->ordinal);
  memcpy(meeting_tf(m, m->order[0]), d->tf + first, m->rows * sizeof *d->tf);
  if (m->spots == NULL) return 1;
  for (uint32_t row = 0; row < m->rows; row++) m->other[row] = first + row;
  note_spots(m, m->order[0], 0, m->rows);
  return 1;
}

int meeting_next(struct meeting *m) {
  if (!lead(m)) return 0;
  for (uint16_t k = 1; k < m->n && m->rows > 0; k++) {
    struct feed *d = &m->feeds[m->order[k]];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < m->rows && feed_block(d, m->l, m->ordinal[i], &m->code);)
      kept = meet_block(m, m->order[k], &i, kept);
    compress(m, k, kept);
  }
  if (m->l->g->removed != NULL) drop_removed(m);
  return m->code >= 0;
}

/* ---- positions of a row */

int meeting_wants(const struct meeting *m, uint16_t k, uint32_t row) {
  const struct posting_spot *spots = m->spots + (size_t)k * SEGMENT_BLOCK;
  uint32_t n = 1;
  while (row + n < m->rows && n < SEGMENT_BLOCK / 8 && spots[row + n].block == spots[row].block) n++;
  return n >= SEGMENT_BLOCK / 8;
}

/* Room for n numbers, and what is written behind them, in l->positions[k]. */
static inline int make_room(struct lister *l, uint16_t k, uint32_t n) {
  if (n + 8 <= l->capacity[k]) return 0;
  return mill_grow(&l->positions[k], &l->capacity[k], (size_t)n + 8, sizeof **l->positions);
}

int meeting_stands(struct meeting *m, uint16_t k, const struct posting_spot *spot, uint32_t n, int all,
                   struct stands *out) {
  struct posting_cursor *c = m->feeds[k].c;
  if (n > c->word->n_positions) return MILL_ECORRUPT;
  if (make_room(m->l, k, n) < 0) return MILL_ENOMEM;
  *out = (struct stands){m->l->positions[k], n, 0, 1};
  if (spot->rest > 0 || (c->summed != spot->block + 1 && !all))
    return cursor_positions_of(c, spot, n, m->l->positions[k]);
  if (c->summed != spot->block + 1 && cursor_sums(c, spot->block) < 0) return c->code;
  if (c->n_sums == 0) return cursor_positions_of(c, spot, n, m->l->positions[k]);
  if (n > c->n_sums || spot->before > c->n_sums - n) return MILL_ECORRUPT;
  out->p = c->sums + spot->before + 1;
  out->base = c->sums[spot->before] + 1;
  return 0;
}
