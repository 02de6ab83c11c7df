/*
** flat.c - a query of one operator over terms, block by block.
**
**   AND, NEAR   a block of the rarest term is held against blocks of the others
**   OR          a window of articles is filled from all terms that matter by themselves;
**               those too weak to bring an article among the best are looked up (MaxScore);
**               from where only articles with all terms can be among the best it is an AND
**
**   columns     ordinal  9  12  40        one row an article, a column of counts each term
**               a        1   3   1
**               b        2   1   1
**
** With a floor, blocks and windows whose greatest counts and least lengths cannot reach
** it are not decoded, and near words' positions are read of those articles alone that
** would reach it if all their words lay near, the most promising first (held.h). A count
** of 0 adds 0.0 to a score, which changes none, so no loop asks which terms an article has.
*/
#include "flat.h"

#include "../core/alloc.h"
#include "held.h"

#define WINDOW 2048u /* articles */
#define FEW 64u
#define TOGETHER 12u   /* rows of a block */
#define CUT 32u        /* counts whose bounds are known */

struct flat {
  struct rank *r; struct lister *l;
  enum node_kind kind; uint32_t distance;
  uint16_t n;                        /* terms */
  struct meeting m;                  /* their feeds; AND: the rows */
  struct held *held;                 /* NEAR: rows not asked yet; else NULL */
  uint32_t seen[LIST_TERMS], together[LIST_TERMS]; /* blocks + 1 of the terms, see see_blocks */
  double most[LIST_TERMS];           /* what each can gain */
  uint16_t weakest[LIST_TERMS], passive; /* OR: in this order, so many of them are only looked up */
  double weak;                       /* what those gain at most */
  uint32_t *columns;                 /* OR: of WINDOW, zero between windows */
  uint64_t bits[WINDOW / 64];
  uint32_t found[HELD_ROWS > WINDOW ? HELD_ROWS : WINDOW];
  uint32_t place[SEGMENT_BLOCK];     /* 0, 1, 2 ... */
  double norm[SEGMENT_BLOCK], score[SEGMENT_BLOCK];
  double cut; uint32_t longest[CUT]; /* of one term: see set_cut */
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
  if (q->n_terms > LIST_TERMS || kind == NODE_NOT) return 0;
  if (q->nodes[q->root].kind == NODE_LEAF) return q->n_terms == 1 && q->terms[0]->kind != TERM_EVERY;
  for (uint16_t k = q->nodes[q->root].first; k != 0; k = q->nodes[k].next, n++) {
    if (q->nodes[k].kind != NODE_LEAF) return 0;
    const struct term *t = q->terms[q->nodes[k].leaf];
    if (t->kind == TERM_EVERY || (kind == NODE_NEAR && !term_is_word(t))) return 0;
  }
  return n == q->n_terms && n > 0;
}

/* ---- bounds */

/* What a term gains at most in [from, to]. */
static double bound_of(const struct flat *f, uint16_t term, uint32_t from, uint32_t to) {
  const struct feed *d = &f->m.feeds[term];
  uint32_t tf, length;
  if (d->size == 0) return 0;
  if (d->c == NULL || !cursor_range(d->c, from, to, &tf, &length)) return f->most[term];
  return tf > 0 ? rank_gain(f->r, term, tf, rank_norm(f->r, length)) : 0;
}

static double bound_of_all(const struct flat *f, uint32_t from, uint32_t to) {
  double sum = 0;
  for (uint16_t k = 0; k < f->n; k++) sum += bound_of(f, k, from, to);
  return sum;
}

/* ---- giving */

static int give(struct flat *f, uint32_t ordinal, const uint32_t *counts, double score, int tallied) {
  const struct index_segment *g = f->l->g;
  uint32_t all = 0;
  for (uint16_t k = 0; k < f->n; k++) all |= counts[k];
  struct rank_match m = {g, ordinal, (all & LIST_UNSURE) != 0, tallied, score, counts};
  int code = f->r->take(f->r->context, &m);
  return code < 0 ? (f->code = code) : 0;
}

static int any_unsure(const struct flat *f, uint32_t n, const uint32_t *cells, size_t step,
                      const uint32_t *places) {
  uint32_t all = 0;
  for (uint16_t t = 0; t < f->n; t++)
    for (uint32_t k = 0; k < n; k++) all |= cells[t * step + places[k]];
  return (all & LIST_UNSURE) != 0;
}

/* Scores of n rows, SEGMENT_BLOCK at most: the counts of term t in row k stand in
** cells[t * step + places[k]]. Term by term, so that divisions go together. 1 when some
** count is not sure. */
static int score_rows(struct flat *f, const uint32_t *ordinals, uint32_t n, const uint32_t *cells,
                      size_t step, const uint32_t *places) {
  const struct rank *r = f->r;
  uint32_t all = 0;
  for (uint32_t k = 0; k < n; k++) f->score[k] = 0;
  if (r->totals == NULL) return r->tally == NULL || any_unsure(f, n, cells, step, places); /* no scores */
  for (uint32_t k = 0; k < n; k++) f->norm[k] = rank_norm(r, f->l->g->lengths[ordinals[k]]);
  for (uint16_t t = 0; t < f->n; t++) {
    const uint32_t *cell = cells + t * step;
    double idf = r->idf[t];
    for (uint32_t k = 0; k < n; k++) {
      uint32_t count = cell[places[k]];
      double tf = (int32_t)(count & ~LIST_UNSURE);
      all |= count;
      f->score[k] += idf * ((tf * (RANK_K1 + 1.0)) / (tf + f->norm[k]));
    }
  }
  return (all & LIST_UNSURE) != 0;
}

/* The score of one row. */
static double score_row(const struct flat *f, uint32_t ordinal, const uint32_t *cell, size_t step) {
  double score = 0;
  if (f->r->totals == NULL) return 0;
  double norm = rank_norm(f->r, f->l->g->lengths[ordinal]);
  for (uint16_t t = 0; t < f->n; t++) score += rank_gain(f->r, t, cell[t * step] & ~LIST_UNSURE, norm);
  return score;
}

static int is_unsure(const struct flat *f, const uint32_t *cell, size_t step) {
  uint32_t all = 0;
  for (uint16_t t = 0; t < f->n; t++) all |= cell[t * step];
  return (all & LIST_UNSURE) != 0;
}

static int give_row(struct flat *f, uint32_t ordinal, const uint32_t *cell, size_t step, double score,
                    int tallied) {
  uint32_t counts[LIST_TERMS];
  for (uint16_t k = 0; k < f->n; k++) counts[k] = cell[k * step];
  return give(f, ordinal, counts, score, tallied);
}

/* Rows that were scored and of which all is sure: counted, and given where they matter. */
static void tally_rows(struct flat *f, const uint32_t *ordinals, uint32_t n, const uint32_t *cells,
                       size_t step, const uint32_t *places) {
  struct rank_tally *t = f->r->tally;
  uint64_t hits = 0;
  for (uint16_t k = 0; k < f->n; k++)
    for (uint32_t row = 0; row < n; row++) hits += cells[k * step + places[row]];
  t->articles += n;
  t->hits += hits;
  for (uint32_t row = 0; row < n && t->least != NULL && f->code >= 0; row++)
    if (f->score[row] >= *t->least) give_row(f, ordinals[row], cells + places[row], step, f->score[row], 1);
}

/* ---- AND */

/* Of a term alone: with so many occurrences an article of at most longest[] words reaches the
** least score, about; of more occurrences any may. */
static void set_cut(struct flat *f, double least) {
  const struct rank *r = f->r;
  if (f->cut == least) return;
  f->cut = least;
  for (uint32_t tf = 1; tf + 1 < CUT; tf++) {
    double norm = (r->idf[0] * (tf * (RANK_K1 + 1)) / least - tf) * (1 + 1e-9);
    double length = (norm / RANK_K1 - (1 - RANK_B)) / RANK_B * r->average + 1;
    f->longest[tf] = length < 1 ? 0 : length < UINT32_MAX - 1 ? (uint32_t)length : UINT32_MAX;
  }
  f->longest[0] = f->longest[CUT - 1] = UINT32_MAX;
}

/* Rows of a term alone that may reach the least score, into f->found; how many. */
static uint32_t sift_rows(struct flat *f, uint64_t *hits, uint32_t *all) {
  const uint32_t *ordinals = f->m.ordinal, *tf = f->m.tf, *lengths = f->l->g->lengths;
  uint32_t n = 0, any = 0;
  uint64_t sum = 0;
  for (uint32_t row = 0; row < f->m.rows; row++) {
    uint32_t count = tf[row];
    sum += count;
    any |= count;
    f->found[n] = row;
    n += lengths[ordinals[row]] <= f->longest[count < CUT ? count : CUT - 1];
  }
  *hits = sum;
  *all = any;
  return n;
}

/* Gives those of the rows that matter, when all is sure. Only few are scored. */
static int give_best(struct flat *f) {
  const struct rank *r = f->r;
  const double *least = r->tally != NULL ? r->tally->least : r->floor;
  uint64_t hits;
  uint32_t all;
  if (f->n != 1 || r->totals == NULL || least == NULL || *least <= 0) return 0;
  set_cut(f, *least);
  uint32_t n = sift_rows(f, &hits, &all);
  if (all & LIST_UNSURE) return 0;
  if (r->tally != NULL) r->tally->articles += f->m.rows, r->tally->hits += hits;
  for (uint32_t k = 0; k < n && f->code >= 0; k++) {
    uint32_t row = f->found[k];
    double score = score_row(f, f->m.ordinal[row], f->m.tf + row, SEGMENT_BLOCK);
    if (score >= *least) give_row(f, f->m.ordinal[row], f->m.tf + row, SEGMENT_BLOCK, score, r->tally != NULL);
  }
  return 1;
}

static void give_rows(struct flat *f) {
  if (give_best(f)) return;
  int unsure = score_rows(f, f->m.ordinal, f->m.rows, f->m.tf, SEGMENT_BLOCK, f->place);
  if (f->r->tally != NULL && !unsure) {
    tally_rows(f, f->m.ordinal, f->m.rows, f->m.tf, SEGMENT_BLOCK, f->place);
    return;
  }
  for (uint32_t row = 0; row < f->m.rows && f->code >= 0; row++) {
    uint32_t ordinal = f->m.ordinal[row], *cell = f->m.tf + row;
    double score = f->score[row];
    int sure = !unsure || !is_unsure(f, cell, SEGMENT_BLOCK);
    if (f->r->floor != NULL && score < *f->r->floor && sure) continue;
    give_row(f, ordinal, cell, SEGMENT_BLOCK, score, 0);
  }
}

/* ---- NEAR: what its words would score if all lay near is the bound of a row */

/* Where the words of the held row stand. */
static int stand(struct flat *f, uint32_t row, struct stands *s) {
  const struct held *h = f->held;
  for (uint16_t k = 0; k < f->n && f->code == 0; k++) {
    size_t cell = (size_t)row * f->n + k;
    const struct posting_spot *spot = &h->spots[cell];
    f->code = meeting_stands(&f->m, k, spot, h->tf[cell], f->together[k] == spot->block + 1, &s[k]);
  }
  return f->code == 0;
}

/* Puts the counts of words that are near each other in the row; 0: they are not. */
static int count_near(struct flat *f, const struct stands *s, uint32_t *counts) {
  struct near_side sides[LIST_TERMS];
  if (f->n == 2 && s[0].n <= NEAR_FEW && s[1].n <= NEAR_FEW && f->distance < NEAR_FAR)
    return near_two(&s[0], &s[1], f->distance, counts);
  for (uint16_t k = 0; k < f->n; k++) {
    uint32_t *p = f->l->positions[k];
    for (uint32_t i = 0; i < s[k].n; i++) p[i] = stands_at(&s[k], i);
    sides[k] = (struct near_side){.positions = p, .n = s[k].n, .words = 1};
  }
  int found = near_match(sides, f->n, f->distance);
  for (uint16_t k = 0; k < f->n && found; k++) counts[k] = sides[k].count;
  return found;
}

static int is_wanted(const struct flat *f, const struct held_row *r) {
  return !r->asked && (f->r->floor == NULL || r->bound >= *f->r->floor);
}

static void ask_row(struct flat *f, uint32_t row) {
  struct held_row *r = &f->held->rows[row];
  struct stands s[LIST_TERMS];
  uint32_t *counts = f->held->tf + (size_t)row * f->n;
  r->asked = 1;
  if (!stand(f, row, s) || !count_near(f, s, counts)) return;
  double score = score_row(f, r->ordinal, counts, 1);
  if (f->r->floor == NULL || score >= *f->r->floor) give(f, r->ordinal, counts, score, 0);
}

/* Blocks of which many of the n rows, the first of them one, will be asked are decoded all together. */
static void see_blocks(struct flat *f, const uint32_t *rows, uint32_t n) {
  const struct posting_spot *spots = f->held->spots;
  for (uint16_t k = 0; k < f->n; k++) {
    uint32_t block = spots[(size_t)rows[0] * f->n + k].block;
    if (f->seen[k] == block + 1) continue;
    f->seen[k] = block + 1;
    if (n >= TOGETHER && spots[(size_t)rows[TOGETHER - 1] * f->n + k].block == block) f->together[k] = block + 1;
  }
}

/* Rows that are not asked yet and may be among the best; how many. */
static uint32_t list_wanted(const struct flat *f, uint32_t *rows) {
  uint32_t n = 0;
  for (uint32_t row = 0; row < f->held->n; row++) {
    rows[n] = row;
    n += (uint32_t)is_wanted(f, &f->held->rows[row]);
  }
  return n;
}

static void ask_held(struct flat *f) {
  uint32_t best[HELD_FIRST], n = f->r->floor != NULL ? held_best(f->held, best) : 0;
  memset(f->seen, 0, f->n * sizeof *f->seen);
  memset(f->together, 0, f->n * sizeof *f->together);
  for (uint32_t k = 0; k < n && f->code >= 0; k++)
    if (is_wanted(f, &f->held->rows[best[k]])) ask_row(f, best[k]);
  n = list_wanted(f, f->found);
  for (uint32_t k = 0; k < n && f->code >= 0; k++) {
    if (!is_wanted(f, &f->held->rows[f->found[k]])) continue;
    see_blocks(f, f->found + k, n - k);
    ask_row(f, f->found[k]);
  }
  f->held->n = 0;
}

static void hold_rows(struct flat *f) {
  score_rows(f, f->m.ordinal, f->m.rows, f->m.tf, SEGMENT_BLOCK, f->place);
  if (f->held->n + f->m.rows > HELD_ROWS) ask_held(f);
  for (uint32_t row = 0; row < f->m.rows; row++)
    if (f->r->floor == NULL || f->score[row] >= *f->r->floor) held_push(f->held, &f->m, row, f->score[row]);
}

/* ---- both */

/* Passes over blocks of the leading word that are below the floor. */
static void pass_blocks(struct flat *f) {
  struct posting_cursor *c = f->m.feeds[f->m.order[0]].c;
  uint32_t from, to;
  while (f->r->floor != NULL && *f->r->floor > 0 && c != NULL && cursor_ahead(c, &from, &to) &&
         rank_is_below(f->r, bound_of_all(f, from, to)))
    cursor_skip(c, to + 1);
}

static void run_and(struct flat *f) {
  if (!meeting_begin(&f->m)) return;
  for (pass_blocks(f); f->code >= 0 && meeting_next(&f->m); pass_blocks(f))
    if (f->held != NULL) hold_rows(f);
    else give_rows(f);
  if (f->held != NULL) ask_held(f);
  if (f->code >= 0) f->code = f->m.code;
}

/* ---- OR */

/* Terms, weakest first, that together stay below the floor are not walked. */
static void make_passive(struct flat *f) {
  while (f->r->floor != NULL && f->passive < f->n &&
         rank_is_below(f->r, f->weak + f->most[f->weakest[f->passive]]))
    f->weak += f->most[f->weakest[f->passive++]];
}

/* The least article at or above `from` that a term not passive may have; WALK_END. */
static uint32_t next_window(struct flat *f, uint32_t from) {
  uint32_t least = WALK_END;
  for (uint16_t k = f->passive; k < f->n; k++) {
    struct feed *d = &f->m.feeds[f->weakest[k]];
    if (d->size == 0) continue;
    if (!feed_block(d, f->l, from, &f->code)) {
      d->size = 0;
      continue;
    }
    feed_seek(d, from);
    if (d->ordinal[d->at] < least) least = d->ordinal[d->at];
  }
  return f->code < 0 ? WALK_END : least;
}

/* Counts of [from, from + WINDOW) into the term's column. */
static void fill(struct flat *f, uint16_t term, uint32_t from) {
  struct feed *d = &f->m.feeds[term];
  uint32_t *tf = f->columns + (size_t)term * WINDOW;
  for (; d->size > 0; d->size = feed_next(d, f->l, &f->code) ? d->size : 0) {
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

/* Counts of the passive terms; articles come in their order. */
static void look_up(struct flat *f, uint32_t ordinal, uint32_t *cell) {
  for (uint16_t j = 0; j < f->passive; j++) {
    struct feed *d = &f->m.feeds[f->weakest[j]];
    if (d->size == 0 || !feed_block(d, f->l, ordinal, &f->code)) continue;
    uint32_t is, at;
    if (feed_is_dense(d)) at = ordinal >= d->c->b.first ? dense_find(&d->c->b, ordinal, &is) : (is = 0);
    else feed_seek(d, ordinal), at = d->at, is = d->ordinal[at] == ordinal;
    if (is) cell[(size_t)f->weakest[j] * WINDOW] = d->tf[at];
  }
}

/* One row of a window, whose score by the terms not passive is known. */
static void give_found(struct flat *f, uint32_t ordinal, uint32_t *cell, double score, int unsure) {
  unsure = unsure && is_unsure(f, cell, WINDOW);
  if (!unsure && rank_is_below(f->r, score + f->weak)) return;
  if (f->passive > 0) {
    look_up(f, ordinal, cell);
    score = score_row(f, ordinal, cell, WINDOW);
    unsure = is_unsure(f, cell, WINDOW);
  }
  if ((f->r->floor == NULL || score >= *f->r->floor || unsure) && !segment_is_removed(f->l->g, ordinal))
    give_row(f, ordinal, cell, WINDOW, score, 0);
}

static void give_window(struct flat *f, uint32_t from, uint32_t n) {
  for (uint32_t k = 0; k < n && f->code >= 0; k += SEGMENT_BLOCK) {
    uint32_t some = n - k < SEGMENT_BLOCK ? n - k : SEGMENT_BLOCK, *found = f->found + k;
    for (uint32_t i = 0; i < some; i++) f->m.ordinal[i] = from + found[i];
    int unsure = score_rows(f, f->m.ordinal, some, f->columns, WINDOW, found);
    if (f->r->tally != NULL && !unsure && f->l->g->removed == NULL) {
      tally_rows(f, f->m.ordinal, some, f->columns, WINDOW, found);
      continue;
    }
    for (uint32_t i = 0; i < some && f->code >= 0; i++)
      give_found(f, f->m.ordinal[i], f->columns + found[i], f->score[i], unsure);
  }
}

/* Is an article that lacks a term below the floor, whichever it lacks? */
static int needs_all(const struct flat *f) {
  double most = 0;
  for (uint16_t k = 1; k < f->n; k++) most += f->most[f->weakest[k]];
  return f->r->floor != NULL && rank_is_below(f->r, most);
}

/* The articles from there on that have all terms. */
static void run_all(struct flat *f, uint32_t from) {
  if (!meeting_begin(&f->m)) return;
  f->m.from = from;
  feed_again(&f->m.feeds[f->m.order[0]]);
  for (pass_blocks(f); f->code >= 0 && meeting_next(&f->m); pass_blocks(f)) give_rows(f);
  if (f->code >= 0) f->code = f->m.code;
}

static void run_or(struct flat *f) {
  for (uint32_t from = 0; f->code >= 0;) {
    if (needs_all(f)) {
      run_all(f, from);
      return;
    }
    make_passive(f);
    if ((from = next_window(f, from)) == WALK_END) return;
    uint32_t last = from + WINDOW - 1;
    if (f->r->floor == NULL || !rank_is_below(f->r, bound_of_all(f, from, last))) {
      for (uint16_t k = f->passive; k < f->n; k++) fill(f, f->weakest[k], from);
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
  for (uint32_t k = 0; k < SEGMENT_BLOCK; k++) f->place[k] = k;
  f->r = r;
  f->l = l;
  f->n = r->query->n_terms;
  f->kind = kind_of(r->query);
  f->distance = r->query->nodes[r->query->root].distance;
  f->columns = f->kind == NODE_OR ? mem_calloc((size_t)f->n * WINDOW, sizeof *f->columns) : NULL;
  f->held = f->kind == NODE_NEAR ? held_new(f->n) : NULL;
  int code = meeting_new(&f->m, l, f->n, f->kind == NODE_NEAR);
  int no_memory = (f->kind == NODE_OR && f->columns == NULL) || (f->kind == NODE_NEAR && f->held == NULL);
  return no_memory ? MILL_ENOMEM : code;
}

void flat_free(struct flat *f) {
  if (f == NULL) return;
  meeting_free(&f->m);
  held_free(f->held);
  mem_free(f->columns);
  mem_free(f);
}

/* The best of its blocks; it matters only to an OR with a floor. */
static double most_of(const struct flat *f, uint16_t term) {
  const struct feed *d = &f->m.feeds[term];
  uint32_t tf, length;
  double most = 0, all = d->size > 0 ? rank_most(f->r, term) : 0;
  if (d->c == NULL || f->r->floor == NULL || f->kind != NODE_OR) return all;
  for (uint32_t k = 0; k < d->c->n_blocks; k++) {
    if (!cursor_block_bound(d->c, k, &tf, &length)) return all;
    double one = rank_gain(f->r, term, tf, rank_norm(f->r, length));
    if (one > most) most = one;
  }
  return most;
}

static int open_feeds(struct flat *f, const struct article_list *lists) {
  for (uint16_t k = 0; k < f->n; k++) {
    const struct term *t = f->r->query->terms[k];
    int code = 0;
    if (term_is_word(t)) code = feed_word(&f->m.feeds[k], f->l, k, t->words.ids[0]);
    else feed_list(&f->m.feeds[k], &lists[k]);
    if (code < 0) return code;
    f->most[k] = most_of(f, k);
    uint16_t at = k;
    for (; at > 0 && f->most[f->weakest[at - 1]] > f->most[k]; at--) f->weakest[at] = f->weakest[at - 1];
    f->weakest[at] = k;
  }
  return 0;
}

int flat_run(struct flat *f, const struct article_list *lists) {
  f->code = 0;
  f->passive = 0;
  f->weak = f->cut = 0;
  int code = open_feeds(f, lists);
  if (code < 0) return code;
  if (f->kind == NODE_OR) run_or(f);
  else run_and(f);
  return f->code < 0 ? f->code : 0;
}
