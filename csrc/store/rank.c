/*
** rank.c - what matches, and how well.
**
**   all segments         lists of what is not a single word; rows of each term -> idf
**   segment by segment   blocks (flat.c) or, of a tree, the walk; counts -> score
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
#include "flat.h"

#include <math.h>

#include "../core/alloc.h"

static double gain(const void *context, uint16_t term, double tf, double length) {
  const struct rank *r = context;
  return rank_gain(r, term, tf, rank_norm_of(length, r->average));
}

double rank_score(const struct rank *r, const uint32_t *counts, double length) {
  double score = 0;
  for (uint16_t t = 0; t < r->query->n_terms; t++)
    if (counts[t] != 0) score += gain(r, t, counts[t] & ~LIST_UNSURE, length);
  return score;
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

/* What lengths do, kept with the store while the average is the same. */
static int make_norms(struct rank *r) {
  struct segment_store *s = r->n_segments > 0 ? r->segments[0].store : NULL;
  if (s == NULL) return 0;
  if (s->norms == NULL && (s->norms = mem_malloc(RANK_NORMS * sizeof *s->norms)) == NULL) return MILL_ENOMEM;
  r->norms = s->norms;
  if (s->norms_average == r->average) return 0;
  s->norms_average = r->average;
  for (uint32_t length = 0; length < RANK_NORMS; length++)
    s->norms[length] = rank_norm_of(length, r->average);
  return 0;
}

static int weigh(struct rank *r, struct lister *l, const struct article_list *lists) {
  uint8_t positive[QUERY_LEAVES] = {0};
  memset(r->idf, 0, r->query->n_terms * sizeof *r->idf);
  if (r->totals == NULL) return 0;
  r->average = r->totals->articles > 0 ? (double)r->totals->tokens / (double)r->totals->articles : 1;
  if (r->average <= 0) r->average = 1;
  if (make_norms(r) < 0) return MILL_ENOMEM;
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
  double score = r->totals != NULL ? rank_score(r, counts, g->lengths[ordinal]) : 0;
  return r->take(r->context, &(struct rank_match){g, ordinal, unsure, 0, score, counts});
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

/* ---- running */

static int list_all(const struct rank *r, struct lister *l, struct article_list *lists) {
  int code = 0;
  for (uint32_t s = 0; s < r->n_segments && code == 0; s++) {
    l->g = &r->segments[s];
    code = walk_list(r->query, l, lists + (size_t)s * r->query->n_terms);
  }
  return code;
}

static int run_tree(struct rank *r, struct article_list *lists) {
  struct walk *w = mem_calloc(1, sizeof *w);
  int code = w == NULL ? MILL_ENOMEM : 0;
  for (uint32_t s = 0; s < r->n_segments && code == 0; s++) {
    code = walk_open(w, r->query, &r->segments[s], lists + (size_t)s * r->query->n_terms, r->stop);
    if (code == 0) code = run_walk(r, w);
    walk_free(w);
  }
  mem_free(w);
  return code;
}

static int run_flat(struct rank *r, struct lister *l, const struct article_list *lists) {
  struct flat *f;
  int code = flat_new(&f, r, l);
  for (uint32_t s = 0; s < r->n_segments && code == 0; s++) {
    l->g = &r->segments[s];
    code = flat_run(f, lists + (size_t)s * r->query->n_terms);
  }
  flat_free(f);
  return code;
}

int rank_run(struct rank *r) {
  uint16_t n = r->query->n_terms;
  struct lister l = {.body_only = r->query->body_only, .stop = r->stop};
  struct article_list *lists = mem_calloc((size_t)r->n_segments * n + 1, sizeof *lists);
  int code = lists == NULL ? MILL_ENOMEM : 0;
  if (code == 0 && !flat_is_near(r->query)) code = list_all(r, &l, lists);
  if (code == 0) code = weigh(r, &l, lists);
  if (code == 0) code = flat_fits(r->query) ? run_flat(r, &l, lists) : run_tree(r, lists);
  for (size_t k = 0; lists != NULL && k < (size_t)r->n_segments * n; k++) list_free(&lists[k]);
  lister_free(&l);
  mem_free(lists);
  return code;
}
