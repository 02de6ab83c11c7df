/*
** walk.c - a query walked over one segment.
**
** Every node knows the first article at or above where it was asked that may have it:
** a word by its cursor, other terms and NEAR by their lists, AND by making its parts
** meet, OR by the least of its parts. NOT leads nowhere: it is asked when the rest has
** found an article. A node at an article matches there; one that has gone on does not,
** so that what it counts is left out, as FTS5 leaves it out.
*/
#include "walk.h"

#include "../core/alloc.h"

/* ---- what is listed */

static int in_near(const struct walk_query *q, uint16_t term) {
  for (uint16_t k = 1; k < q->n_nodes; k++)
    for (uint16_t m = q->nodes[k].kind == NODE_NEAR ? q->nodes[k].first : 0; m != 0; m = q->nodes[m].next)
      if (q->nodes[m].leaf == term) return 1;
  return 0;
}

int walk_is_listed(const struct walk_query *q, uint16_t term) {
  return (!term_is_word(q->terms[term]) && q->terms[term]->kind != TERM_EVERY) || in_near(q, term);
}

static int list_near_node(const struct walk_query *q, const struct node *x, struct lister *l,
    struct article_list *lists) {
  const struct term *terms[LIST_TERMS];
  struct article_list found[LIST_TERMS] = {{0}};
  uint32_t n = 0;
  for (uint16_t m = x->first; m != 0 && n < LIST_TERMS; m = q->nodes[m].next)
    terms[n++] = q->terms[q->nodes[m].leaf];
  int code = list_near(l, terms, n, x->distance, found);
  n = 0;
  for (uint16_t m = x->first; m != 0 && n < LIST_TERMS; m = q->nodes[m].next)
    lists[q->nodes[m].leaf] = found[n++];
  return code;
}

int walk_list(const struct walk_query *q, struct lister *l, struct article_list *lists) {
  int code = 0;
  for (uint16_t k = 0; k < q->n_terms && code == 0; k++)
    if (walk_is_listed(q, k) && !in_near(q, k)) code = list_term(l, q->terms[k], &lists[k]);
  for (uint16_t k = 1; k < q->n_nodes && code == 0; k++)
    if (q->nodes[k].kind == NODE_NEAR) code = list_near_node(q, &q->nodes[k], l, lists);
  return code;
}

/* ---- opening */

#define NO_SLOT UINT16_MAX

static int open_cursors(struct walk *w) {
  const struct walk_query *q = w->q;
  for (uint16_t k = 0; k < q->n_terms; k++) {
    w->slot[k] = NO_SLOT;
    if (q->terms[k]->kind == TERM_EVERY || walk_is_listed(q, k)) continue;
    w->slot[k] = w->n_slots++;
  }
  if ((w->cursors = mem_calloc((size_t)w->n_slots + 1, sizeof *w->cursors)) == NULL) return MILL_ENOMEM;
  for (uint16_t k = 0; k < q->n_terms; k++) {
    if (w->slot[k] == NO_SLOT) continue;
    const struct segment_word *word = segment_find(w->g, q->terms[k]->words.ids[0]);
    int code = word != NULL ? cursor_open(&w->cursors[w->slot[k]], w->g, word) : 0;
    if (code < 0) return code;
  }
  return 0;
}

static uint64_t estimate(struct walk *w, uint16_t node) {
  const struct node *n = &w->q->nodes[node];
  uint64_t size = n->kind == NODE_AND ? UINT64_MAX : 0;
  if (n->kind == NODE_LEAF && w->q->terms[n->leaf]->kind == TERM_EVERY) size = w->g->n_articles;
  else if (n->kind == NODE_LEAF && w->slot[n->leaf] != NO_SLOT)
    size = w->cursors[w->slot[n->leaf]].word != NULL ? w->cursors[w->slot[n->leaf]].word->n : 0;
  else if (n->kind == NODE_LEAF) size = w->lists[n->leaf].n;
  else if (n->kind == NODE_NEAR) size = w->lists[w->q->nodes[n->first].leaf].n;
  for (uint16_t k = n->kind == NODE_NEAR ? 0 : n->first; k != 0; k = w->q->nodes[k].next) {
    uint64_t one = estimate(w, k);
    if (n->kind == NODE_OR) size += one;
    else if (n->kind == NODE_AND && w->q->nodes[k].kind != NODE_NOT && one < size) size = one;
  }
  return w->size[node] = size;
}

int walk_open(struct walk *w, const struct walk_query *q, const struct index_segment *g,
    struct article_list *lists,
              struct stop *stop) {
  w->q = q;
  w->g = g;
  w->lists = lists;
  w->stop = stop;
  w->n_slots = 0;
  memset(w->at, 0, q->n_nodes * sizeof *w->at); /* before the first */
  memset(w->index, 0, q->n_nodes * sizeof *w->index);
  memset(w->passive, 0, q->n_nodes);
  memset(w->most, 0, q->n_nodes * sizeof *w->most);
  w->code = open_cursors(w);
  if (w->code == 0) estimate(w, q->root);
  return w->code;
}

void walk_free(struct walk *w) {
  for (uint16_t k = 0; k < w->n_slots && w->cursors != NULL; k++) cursor_free(&w->cursors[k]);
  mem_free(w->cursors);
  w->cursors = NULL;
}

/* ---- moving */

static uint32_t seek(struct walk *w, uint16_t node, uint32_t to);

static uint32_t seek_word(struct walk *w, struct posting_cursor *c, uint32_t to) {
  if (c->word == NULL) return WALK_END; /* not in this segment */
  for (;;) {
    if (!cursor_seek(c, to)) return w->code = w->code != 0 ? w->code : c->code, WALK_END;
    if (!w->q->body_only || c->b.tf[c->at] > c->b.rest[c->at]) return cursor_ordinal(c);
    to = cursor_ordinal(c) + 1;
  }
}

static uint32_t seek_list(const struct article_list *l, uint32_t *index, uint32_t to) {
  uint32_t lo = *index, step = 1;
  if (lo >= l->n) return WALK_END;
  if (l->ordinal[lo] < to) { /* gallop, then halve */
    while (lo + step < l->n && l->ordinal[lo + step] < to) lo += step, step *= 2;
    uint32_t hi = lo + step < l->n ? lo + step : l->n;
    while (lo + 1 < hi) {
      uint32_t mid = lo + (hi - lo) / 2;
      if (l->ordinal[mid] < to) lo = mid;
      else hi = mid;
    }
    lo = hi;
  }
  *index = lo;
  return lo < l->n ? l->ordinal[lo] : WALK_END;
}

static uint32_t seek_leaf(struct walk *w, uint16_t node, uint32_t to) {
  uint16_t term = w->q->nodes[node].leaf;
  if (w->q->terms[term]->kind == TERM_EVERY) return to < w->g->n_articles ? to : WALK_END;
  if (w->slot[term] != NO_SLOT) return seek_word(w, &w->cursors[w->slot[term]], to);
  return seek_list(&w->lists[term], &w->index[node], to);
}

/* The part of an AND that has the fewest articles. */
static uint16_t leader(const struct walk *w, uint16_t node) {
  const struct node *nodes = w->q->nodes;
  uint16_t lead = 0;
  for (uint16_t k = nodes[node].first; k != 0; k = nodes[k].next)
    if (nodes[k].kind != NODE_NOT && (lead == 0 || w->size[k] < w->size[lead])) lead = k;
  return lead;
}

static uint32_t seek_and(struct walk *w, uint16_t node, uint32_t to) {
  const struct node *nodes = w->q->nodes;
  uint16_t lead = leader(w, node);
  for (;;) {
    uint32_t x = lead != 0 ? seek(w, lead, to) : WALK_END;
    to = x;
    for (uint16_t k = nodes[node].first; k != 0 && x != WALK_END && x == to; k = nodes[k].next)
      if (k != lead && nodes[k].kind != NODE_NOT) x = seek(w, k, to);
    if (x == WALK_END || x == to) return x;
    to = x;
  }
}

static uint32_t seek_or(struct walk *w, uint16_t node, uint32_t to) {
  uint32_t least = WALK_END;
  for (uint16_t k = w->q->nodes[node].first; k != 0; k = w->q->nodes[k].next) {
    uint32_t x = w->passive[k] ? WALK_END : seek(w, k, to);
    if (x < least) least = x;
  }
  return least;
}

/* The first article at or above `to`; a node that is there already stays. at[] counts
** from 1: 0 is before the first. */
static uint32_t seek(struct walk *w, uint16_t node, uint32_t to) {
  uint32_t at = w->at[node], x;
  if (at == WALK_END || (at > 0 && at - 1 >= to)) return at == WALK_END ? WALK_END : at - 1;
  switch (w->q->nodes[node].kind) {
    case NODE_LEAF: x = seek_leaf(w, node, to); break;
    case NODE_NEAR: x = seek_list(&w->lists[w->q->nodes[w->q->nodes[node].first].leaf], &w->index[node],
        to); break;
    case NODE_AND: x = seek_and(w, node, to); break;
    case NODE_OR: x = seek_or(w, node, to); break;
    default: x = WALK_END;
  }
  w->at[node] = x == WALK_END ? WALK_END : x + 1;
  return x;
}

uint32_t walk_next(struct walk *w, uint32_t to) {
  if (w->code < 0 || (w->code = stop_check(w->stop)) < 0) return WALK_END;
  uint32_t x = seek(w, w->q->root, to);
  return w->code < 0 ? WALK_END : x;
}

/* ---- judging */

static uint32_t count_of(const struct walk *w, uint16_t node) {
  uint16_t term = w->q->nodes[node].leaf;
  if (w->q->terms[term]->kind == TERM_EVERY) return LIST_UNSURE;
  if (w->slot[term] == NO_SLOT) return w->lists[term].tf[w->index[node]];
  const struct posting_cursor *c = &w->cursors[w->slot[term]];
  return c->b.tf[c->at] - (w->q->body_only ? c->b.rest[c->at] : 0);
}

static enum walk_value value(struct walk *w, uint16_t node, uint32_t x) {
  const struct node *n = &w->q->nodes[node];
  if (n->kind == NODE_NOT) return (enum walk_value)(WALK_YES - value(w, n->first, x));
  if (seek(w, node, x) != x) return WALK_NO;
  if (n->kind == NODE_NEAR) return WALK_YES;
  if (n->kind == NODE_LEAF) return (count_of(w, node) & ~LIST_UNSURE) > 0 ? WALK_YES : WALK_MAYBE;
  enum walk_value v = n->kind == NODE_AND ? WALK_YES : WALK_NO;
  for (uint16_t k = n->first; k != 0; k = w->q->nodes[k].next) {
    enum walk_value one = value(w, k, x);
    if (n->kind == NODE_AND ? one < v : one > v) v = one;
  }
  return v;
}

enum walk_value walk_value(struct walk *w, uint32_t ordinal) { return value(w, w->q->root, ordinal); }

static int collect(struct walk *w, uint16_t node, uint32_t x, uint32_t *counts) {
  const struct node *n = &w->q->nodes[node];
  int unsure = 0;
  if (n->kind == NODE_NOT || value(w, node, x) == WALK_NO) return 0;
  if (n->kind == NODE_LEAF) return ((counts[n->leaf] = count_of(w, node)) & LIST_UNSURE) != 0;
  for (uint16_t k = n->first; k != 0; k = w->q->nodes[k].next) {
    if (n->kind == NODE_NEAR) counts[w->q->nodes[k].leaf] = w->lists[w->q->nodes[k].leaf].tf[w->index[node]];
    else unsure |= collect(w, k, x, counts);
  }
  return unsure;
}

int walk_counts(struct walk *w, uint32_t ordinal, uint32_t *counts) {
  memset(counts, 0, w->q->n_terms * sizeof *counts);
  return collect(w, w->q->root, ordinal, counts);
}

/* ---- bounds */

static double bound(struct walk *w, uint16_t node, uint32_t from, walk_gain gain, const void *context,
    uint32_t *until) {
  const struct node *n = &w->q->nodes[node];
  double sum = 0;
  if (n->kind == NODE_NOT) return 0;
  if (n->kind == NODE_LEAF) {
    uint32_t tf, length;
    if (w->slot[n->leaf] == NO_SLOT) return gain(context, n->leaf, 1e9, 0);
    struct posting_cursor *c = &w->cursors[w->slot[n->leaf]];
    if (c->word == NULL) return 0;
    return cursor_bound(c, from, &tf, &length, until) ? gain(context, n->leaf, tf, length)
                                                           : gain(context, n->leaf, 1e9, 0);
  }
  for (uint16_t k = n->first; k != 0; k = w->q->nodes[k].next) {
    if (n->kind == NODE_NEAR) sum += gain(context, w->q->nodes[k].leaf, 1e9, 0);
    else sum += bound(w, k, from, gain, context, until);
  }
  return sum;
}

double walk_bound(struct walk *w, uint32_t from, walk_gain gain, const void *context, uint32_t *until) {
  *until = WALK_END - 1;
  return bound(w, w->q->root, from, gain, context, until);
}

static double most_of(const struct walk *w, uint16_t term, walk_gain gain, const void *context) {
  const struct posting_cursor *c = w->slot[term] != NO_SLOT ? &w->cursors[w->slot[term]] : NULL;
  double most = 0;
  if (c != NULL && c->word == NULL) return 0;
  for (uint32_t k = 0; c != NULL && k < c->n_blocks; k++) {
    uint32_t tf, length;
    if (!cursor_block_bound(c, k, &tf, &length)) return gain(context, term, 1e9, 0);
    double one = gain(context, term, tf, length);
    if (one > most) most = one;
  }
  return c != NULL ? most : gain(context, term, 1e9, 0);
}

void walk_ignore(struct walk *w, double least, walk_gain gain, const void *context) {
  const struct node *nodes = w->q->nodes, *root = &nodes[w->q->root];
  double sum = 0;
  if (root->kind != NODE_OR) return;
  for (uint16_t k = root->first; k != 0; k = nodes[k].next) {
    if (nodes[k].kind != NODE_LEAF) return;
    if (w->most[k] == 0) w->most[k] = most_of(w, nodes[k].leaf, gain, context);
    if (w->passive[k]) sum += w->most[k];
  }
  for (;;) { /* the weakest first */
    uint16_t weak = 0;
    for (uint16_t k = root->first; k != 0; k = nodes[k].next)
      if (!w->passive[k] && (weak == 0 || w->most[k] < w->most[weak])) weak = k;
    if (weak == 0 || (sum += w->most[weak]) >= least) return;
    w->passive[weak] = 1;
  }
}
