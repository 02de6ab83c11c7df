/*
** double_array.h - lays out a trie of words over dense ids as the double array
** that core/lexicon.h draws; for generators.
**
** The words become a tree of nodes (first child, next sibling). Nodes with
** children then get their base one after the other, those that are passed most
** often first, so that what is hot lies together: the first base whose cells
** are all free (first fit; Aoe 1989).
*/
#ifndef MILL_DOUBLE_ARRAY_H
#define MILL_DOUBLE_ARRAY_H

#include <stdio.h>
#include <stdlib.h>

#include "../core/lexicon.h"

typedef struct da_node {
  uint32_t child, sibling; /* indices; 0 none */
  uint32_t cell, base;
  uint16_t id, n_children;
  double weight;           /* of all words behind it */
} da_node;

typedef struct double_array {
  da_node *nodes; size_t n_nodes, room; /* 1..n_ids: first characters; 0 unused */
  uint32_t n_ids, n_cells;
  uint8_t *taken, *used; /* cells; bases */
  uint32_t from[16];
} double_array;

#define DA_MAX_CELLS (1u << 22)

static void da_die(const char *what) {
  fprintf(stderr, "double array: %s\n", what);
  exit(1);
}

static void *da_must(void *p) {
  if (p == NULL) da_die("out of memory");
  return p;
}

static void da_begin(double_array *d, uint32_t n_ids) {
  *d = (double_array){.n_ids = n_ids, .n_nodes = n_ids + 1, .room = 1u << 20};
  d->nodes = da_must(calloc(d->room, sizeof *d->nodes));
  for (uint32_t i = 0; i <= n_ids; i++) d->nodes[i] = (da_node){.cell = i, .id = (uint16_t)i};
}

/* The child `id` of a node, made when it is not there yet. */
static uint32_t da_child(double_array *d, uint32_t node, uint16_t id) {
  for (uint32_t c = d->nodes[node].child; c != 0; c = d->nodes[c].sibling)
    if (d->nodes[c].id == id) return c;
  if (d->n_nodes == d->room)
    d->nodes = da_must(realloc(d->nodes, (d->room *= 2) * sizeof *d->nodes));
  d->nodes[d->n_nodes] = (da_node){.id = id, .sibling = d->nodes[node].child};
  d->nodes[node].child = (uint32_t)d->n_nodes;
  d->nodes[node].n_children++;
  return (uint32_t)d->n_nodes++;
}

/* Adds a word; returns its node. */
static uint32_t da_add(double_array *d, const uint16_t *ids, uint32_t n, double weight) {
  uint32_t node = ids[0];
  d->nodes[node].weight += weight;
  for (uint32_t k = 1; k < n; k++) {
    node = da_child(d, node, ids[k]);
    d->nodes[node].weight += weight;
  }
  return node;
}

static void da_take(double_array *d, uint32_t cell) {
  d->taken[cell] = 1;
  if (cell >= d->n_cells) d->n_cells = cell + 1;
}

static int da_fits(const double_array *d, const uint16_t *ids, uint32_t n, uint32_t base) {
  if (base == 0 || d->used[base] || base + LEX_MAX_IDS >= DA_MAX_CELLS) return 0;
  for (uint32_t i = 0; i < n; i++)
    if (d->taken[base + ids[i]]) return 0;
  return 1;
}

/* Nodes of as many children (by powers of two) are looked for from where the
** last one was found: what is before has no room for them. */
static uint32_t da_find_base(double_array *d, const uint16_t *ids, uint32_t n) {
  uint32_t *from = &d->from[31u - (uint32_t)__builtin_clz(n)];
  uint32_t cell = *from > ids[0] ? *from : ids[0] + 1u;
  for (;; cell++) {
    while (d->taken[cell]) cell++;
    if (da_fits(d, ids, n, cell - ids[0])) break;
    if (cell + 2 * LEX_MAX_IDS >= DA_MAX_CELLS) da_die("the trie has too many cells");
  }
  if (n > 1) *from = cell;
  else while (d->taken[*from]) ++*from;
  return cell - ids[0];
}

static int da_by_id(const void *x, const void *y) {
  return (int)*(const uint16_t *)x - (int)*(const uint16_t *)y;
}

static void da_place(double_array *d, uint32_t node) {
  uint16_t ids[LEX_MAX_IDS];
  uint32_t n = 0;
  for (uint32_t c = d->nodes[node].child; c != 0; c = d->nodes[c].sibling) ids[n++] = d->nodes[c].id;
  qsort(ids, n, sizeof *ids, da_by_id);
  uint32_t base = d->nodes[node].base = da_find_base(d, ids, n);
  d->used[base] = 1;
  for (uint32_t c = d->nodes[node].child; c != 0; c = d->nodes[c].sibling)
    da_take(d, d->nodes[c].cell = base + d->nodes[c].id);
}

typedef struct da_order { double weight; uint32_t node; } da_order;
static int da_by_weight(const void *x, const void *y) {
  const da_order *a = x, *b = y;
  if (a->weight != b->weight) return a->weight > b->weight ? -1 : 1;
  return a->node < b->node ? -1 : a->node > b->node;
}

static void da_free_cells(double_array *d) {
  d->taken = da_must(calloc(DA_MAX_CELLS, 1));
  d->used = da_must(calloc(DA_MAX_CELLS, 1));
  for (uint32_t i = 1; i <= d->n_ids; i++) da_take(d, i);
  d->taken[0] = 1;
}

/* Gives every node its cell and base; n_cells is final afterwards. */
static void da_layout(double_array *d) {
  da_order *order = da_must(malloc(d->n_nodes * sizeof *order));
  size_t n = 0;
  da_free_cells(d);
  for (uint32_t i = 1; i < d->n_nodes; i++)
    if (d->nodes[i].child != 0) order[n++] = (da_order){d->nodes[i].weight, i};
  qsort(order, n, sizeof *order, da_by_weight);
  for (size_t i = 0; i < n; i++) da_place(d, order[i].node);
  free(order);
}

/* The cells without words; the caller frees. */
static lex_cell *da_cells(const double_array *d) {
  lex_cell *cells = da_must(malloc(d->n_cells * sizeof *cells));
  for (uint32_t i = 0; i < d->n_cells; i++) cells[i] = LEX_CELL(LEX_NO_CHECK, 0, LEX_NO_WORD);
  for (uint32_t i = 1; i < d->n_nodes; i++) {
    uint32_t check = i > d->n_ids ? d->nodes[i].id : LEX_NO_CHECK;
    cells[d->nodes[i].cell] = LEX_CELL(check, d->nodes[i].base, LEX_NO_WORD);
  }
  return cells;
}

static void da_end(double_array *d) {
  free(d->nodes);
  free(d->taken);
  free(d->used);
}

#endif
