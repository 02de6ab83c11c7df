/*
** rank.c - what matches, and how well.
**
**   all segments         lists of what is not a single word; rows of each term -> idf
**   segment by segment   the walk; counts -> score
**
** bm25 as in SQLite's fts5_aux.c (k1 1.2, b 0.75), the same operations in the same order,
** so that scores are the same doubles:
**   idf = ln((N - n + 0.5) / (n + 0.5)), 1e-6 unless above 0
**   score = sum idf * (tf * (k1 + 1)) / (tf + k1 * (1 - b + b * D / avgD))
** n counts the rows of a phrase, of a member of NEAR wherever it stands. Terms under NOT
** give nothing.
**
** With a floor, a stretch of articles that cannot get above it is passed over: the
** greatest count and the least length of each block bound what its words give. Bounds are
** raised by a part in 10^9, since they are rounded like the scores.
*/
#include "rank.h"

#include <math.h>

#include "../core/alloc.h"

static const double k1 = 1.2, b = 0.75;

static double gain(const void *context, uint16_t term, double tf, double length) {
  const struct rank *r = context;
  return r->idf[term] * ((tf * (k1 + 1.0)) / (tf + k1 * (1 - b + b * length / r->average)));
}

double rank_score(const struct rank *r, const uint32_t *counts, double length) {
  double score = 0;
  for (uint16_t t = 0; t < r->query->n_terms; t++)
    if (counts[t] != 0) score += gain(r, t, counts[t] & ~LIST_UNSURE, length);
  return score;
}

static inline double length_of(const struct index_segment *g, uint32_t ordinal) {
  return (double)(g->articles[ordinal].body + (uint64_t)g->articles[ordinal].rest);
}

/* ---- rows */

static void note_positive(const struct walk_query *q, uint16_t node, uint8_t *positive) {
  const struct node *n = &q->nodes[node];
  if (n->kind == NODE_LEAF) positive[n->leaf] = 1;
  for (uint16_t k = n->kind == NODE_NOT ? 0 : n->first; k != 0; k = q->nodes[k].next)
    note_positive(q, k, positive);
}

/* A list of a term that stands in no NEAR is all of its rows. */
static int has_rows(const struct walk_query *q, uint16_t term) {
  for (uint16_t k = 1; k < q->n_nodes; k++)
    for (uint16_t m = q->nodes[k].kind == NODE_NEAR ? q->nodes[k].first : 0; m != 0; m = q->nodes[m].next)
      if (q->nodes[m].leaf == term) return 0;
  return walk_is_listed(q, term);
}

static int count_rows(struct rank *r, struct lister *l, uint16_t term, const struct article_list *lists,
    uint64_t *rows) {
  uint16_t n = r->query->n_terms;
  for (uint32_t s = 0; s < r->n_segments; s++) {
    l->g = &r->segments[s];
    int code = 0;
    if (has_rows(r->query, term)) *rows += lists[(size_t)s * n + term].n;
    else code = list_count(l, r->query->terms[term], rows);
    if (code < 0) return code;
  }
  return 0;
}

static int weigh(struct rank *r, struct lister *l, const struct article_list *lists) {
  uint8_t positive[QUERY_LEAVES] = {0};
  memset(r->idf, 0, r->query->n_terms * sizeof *r->idf);
  if (r->totals == NULL) return 0;
  r->average = r->totals->articles > 0 ? (double)r->totals->tokens / (double)r->totals->articles : 1;
  if (r->average <= 0) r->average = 1;
  note_positive(r->query, r->query->root, positive);
  for (uint16_t t = 0; t < r->query->n_terms; t++) {
    uint64_t rows = 0;
    if (!positive[t]) continue;
    int code = count_rows(r, l, t, lists, &rows);
    if (code < 0) return code;
    double n = (double)rows, idf = log(((double)r->totals->articles - n + 0.5) / (n + 0.5));
    r->idf[t] = idf > 0 ? idf : 1e-6;
  }
  return 0;
}

/* ---- walking */

static int give(struct rank *r, const struct index_segment *g, uint32_t ordinal, const uint32_t *counts,
    int unsure) {
  double score = r->totals != NULL ? rank_score(r, counts, length_of(g, ordinal)) : 0;
  return r->take(r->context, &(struct rank_match){g, ordinal, unsure, score, counts});
}

/* One word: its blocks, without a walk. */
static int run_word(struct rank *r, struct lister *l, uint32_t word) {
  const struct index_segment *g = l->g;
  int here = lister_open(l, 0, word), code = here < 0 ? here : 0;
  uint32_t tf, length;
  if (here <= 0) return code;
  struct posting_cursor *c = l->cursors[0];
  for (uint32_t n;;) {
    while (r->floor != NULL && c->block < c->n_blocks && cursor_block_bound(c, c->block, &tf, &length) &&
           gain(r, 0, tf, length) * (1 + 1e-9) < *r->floor)
      c->block++;
    if ((n = lister_block(l, c, &code)) == 0) return code;
    for (uint32_t k = 0; k < n && code >= 0; k++) {
      uint32_t count = lister_tf(l, c, k);
      if (count > 0 && !segment_is_removed(g, c->b.ordinal[k])) code = give(r, g, c->b.ordinal[k], &count, 0);
    }
    if (code < 0) return code;
  }
}

static int run_list(struct rank *r, const struct index_segment *g, const struct article_list *list) {
  int code = 0;
  for (uint32_t k = 0; k < list->n && code >= 0; k++)
    code = give(r, g, list->ordinal[k], &list->tf[k], (list->tf[k] & LIST_UNSURE) != 0);
  return code < 0 ? code : 0;
}

/* Passes over stretches that are below the floor; WALK_END: all that is left. */
static uint32_t pass_over(const struct rank *r, struct walk *w, uint32_t to, uint32_t *until) {
  walk_ignore(w, *r->floor, gain, r);
  while (walk_bound(w, to, gain, r, until) * (1 + 1e-9) < *r->floor) {
    if (*until >= WALK_END - 1) return WALK_END;
    to = *until + 1;
  }
  return to;
}

static int run_walk(struct rank *r, struct walk *w) {
  uint32_t counts[QUERY_LEAVES], known = 0, until = 0;
  int code = 0;
  for (uint32_t to = 0, x; code >= 0; to = x + 1) {
    if (r->floor != NULL && *r->floor > 0 && to >= known) {
      if ((to = pass_over(r, w, to, &until)) == WALK_END) break;
      known = until + 1;
    }
    if ((x = walk_next(w, to)) == WALK_END) break;
    if (segment_is_removed(w->g, x)) continue;
    enum walk_value value = walk_value(w, x);
    if (value == WALK_NO) continue;
    int unsure = walk_counts(w, x, counts);
    code = give(r, w->g, x, counts, unsure || value == WALK_MAYBE);
  }
  return code < 0 ? code : w->code;
}

static int run_segment(struct rank *r, struct lister *l, struct walk *w, struct article_list *lists) {
  const struct walk_query *q = r->query;
  const struct node *root = &q->nodes[q->root];
  const struct term *t = root->kind == NODE_LEAF ? q->terms[root->leaf] : NULL;
  if (t != NULL && q->n_terms == 1 && term_is_word(t)) return run_word(r, l, t->words.ids[0]);
  if (t != NULL && q->n_terms == 1 && walk_is_listed(q, root->leaf))
    return run_list(r, l->g, &lists[root->leaf]);
  int code = walk_open(w, q, l->g, lists, r->stop);
  if (code == 0) code = run_walk(r, w);
  walk_free(w);
  return code;
}

int rank_run(struct rank *r) {
  uint16_t n = r->query->n_terms;
  struct lister l = {.body_only = r->query->body_only, .stop = r->stop};
  struct article_list *lists = mem_calloc((size_t)r->n_segments * n + 1, sizeof *lists);
  int walks = n > 1 || r->query->nodes[r->query->root].kind != NODE_LEAF ||
      r->query->terms[0]->kind == TERM_EVERY;
  struct walk *w = walks ? mem_calloc(1, sizeof *w) : NULL;
  int code = lists == NULL || (walks && w == NULL) ? MILL_ENOMEM : 0;
  for (uint32_t s = 0; s < r->n_segments && code == 0; s++) {
    l.g = &r->segments[s];
    code = walk_list(r->query, &l, lists + (size_t)s * n);
  }
  if (code == 0) code = weigh(r, &l, lists);
  for (uint32_t s = 0; s < r->n_segments && code == 0; s++) {
    l.g = &r->segments[s];
    code = run_segment(r, &l, w, lists + (size_t)s * n);
  }
  for (size_t k = 0; lists != NULL && k < (size_t)r->n_segments * n; k++) list_free(&lists[k]);
  lister_free(&l);
  mem_free(lists);
  mem_free(w);
  return code;
}

/* ---- the best */

void rank_keep(struct ranked *best, uint32_t *n, uint32_t limit, const struct ranked *one) {
  if (*n == limit) {
    const struct ranked *last = &best[*n - 1];
    if (one->score < last->score || (one->score == last->score && one->article > last->article)) return;
    --*n;
  }
  uint32_t k = (*n)++;
  for (; k > 0; k--) {
    const struct ranked *x = &best[k - 1];
    if (x->score > one->score || (x->score == one->score && x->article < one->article)) break;
    best[k] = *x;
  }
  best[k] = *one;
}

struct top { struct ranked *best; uint32_t n, limit; double floor; };

static int take_best(void *context, const struct rank_match *m) {
  struct top *t = context;
  const struct segment_article *a = &m->segment->articles[m->ordinal];
  rank_keep(t->best, &t->n, t->limit, &(struct ranked){a->article, a->doc, m->score});
  if (t->n == t->limit) t->floor = t->best[t->n - 1].score;
  return 0;
}

/* A tree of one operator over the terms, whose words stay the caller's. */
struct simple { struct node nodes[RANK_TERMS + 2]; struct term terms[RANK_TERMS];
    const struct term *list[RANK_TERMS]; struct walk_query query; };

static int plant(struct simple *s, const struct rank_query *q) {
  static const enum node_kind kinds[] = {NODE_AND, NODE_OR, NODE_NEAR};
  uint16_t n = (uint16_t)q->n_terms;
  if (q->n_terms == 0 || q->n_terms > RANK_TERMS) return MILL_EINVAL;
  memset(s, 0, sizeof *s);
  for (uint16_t k = 0; k < n; k++) {
    const struct rank_term *t = &q->terms[k];
    s->terms[k].kind = t->any || t->n == 1 ? TERM_WORDS : TERM_PHRASE;
    s->terms[k].words.ids = (uint32_t *)(uintptr_t)t->words;
    s->terms[k].words.n = t->n;
    s->list[k] = &s->terms[k];
    s->nodes[k + 1] = (struct node){NODE_LEAF, k, 0, k + 1 < n ? (uint16_t)(k + 2) : (uint16_t)0, 0};
    if (!t->any && t->n > LIST_TERMS) return MILL_EINVAL;
  }
  if (n > 1) s->nodes[n + 1] = (struct node){kinds[q->operator], 0, 1, 0, q->distance};
  s->query = (struct walk_query){s->nodes, (uint16_t)(n + 1 + (n > 1)), n > 1 ? (uint16_t)(n + 1)
      : (uint16_t)1, s->list, n, 0};
  return 0;
}

int rank_top(const struct index_segment *segments, uint32_t n_segments, const struct rank_totals *totals,
             const struct rank_query *q, uint32_t limit, struct ranked *out, uint32_t *n) {
  struct simple s;
  struct top top = {.best = out, .limit = limit};
  struct rank r = {.segments = segments, .n_segments = n_segments, .query = &s.query, .totals = totals,
                   .take = take_best, .context = &top, .floor = &top.floor};
  *n = 0;
  if (limit == 0 || totals->articles == 0) return 0;
  int code = plant(&s, q);
  if (code == 0) code = rank_run(&r);
  *n = code == 0 ? top.n : 0;
  return code;
}
