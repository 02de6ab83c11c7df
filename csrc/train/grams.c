/*
** grams.c - the sequences of two to four units of the examples: counted in an
** open hash, level by level; a longer one is counted only behind one that stays.
*/
#include <stdlib.h>
#include <string.h>

#include "../core/alloc.h"
#include "../core/buffer.h"
#include "train.h"

typedef struct slot { uint64_t key; uint32_t count, index; } slot; /* key + 1; 0 free */
typedef struct table { slot *slots; size_t room, n; } table;

static slot *find(const table *t, uint64_t key) {
  size_t mask = t->room - 1, i = (size_t)((key + 1) * UINT64_C(0x9E3779B97F4A7C15) >> 20) & mask;
  while (t->slots[i].key != 0 && t->slots[i].key != key + 1) i = (i + 1) & mask;
  return &t->slots[i];
}

static int grow(table *t) {
  table old = *t;
  t->room = old.room == 0 ? 1u << 16 : old.room * 2;
  t->slots = mem_calloc(t->room, sizeof *t->slots);
  if (t->slots == NULL) {
    *t = old;
    return MILL_ENOMEM;
  }
  for (size_t i = 0; i < old.room; i++)
    if (old.slots[i].key != 0) *find(t, old.slots[i].key - 1) = old.slots[i];
  mem_free(old.slots);
  return 0;
}

static int count(table *t, uint64_t key) {
  if (t->n * 2 >= t->room && grow(t) < 0) return MILL_ENOMEM;
  slot *s = find(t, key);
  if (s->key == 0) {
    *s = (slot){key + 1, 0, MILL_NONE};
    t->n++;
  }
  s->count++;
  return 0;
}

/* The key of the sequence of `level` units at u, or 0: there is none. The first
** unit of level 2 may be a pad. */
static uint64_t key_at(const train_grams *g, const train_examples *e, size_t u, uint32_t level) {
  if (u + level > e->n || (e->ids[u] == 0 && e->ids[u + 1] == 0)) return 0;
  uint64_t parent = level == 2 ? e->ids[u] : g->at[level - 3][u];
  if (parent == MILL_NONE) return 0;
  return (uint64_t)level << 50 | parent << MODEL_ID_BITS | e->ids[u + level - 1];
}

/* Gives the sequence at u its index, when it is frequent enough. */
static int take(train_grams *g, table *t, const train_examples *e, size_t u, uint32_t level,
                uint32_t min_count) {
  uint64_t key = key_at(g, e, u, level);
  slot *s = key == 0 ? NULL : find(t, key);
  if (s == NULL || s->count < min_count) return 0;
  if (s->index == MILL_NONE) {
    if (mill_grow(&g->gram, &g->room, g->n + 1, sizeof *g->gram) < 0) return MILL_ENOMEM;
    s->index = (uint32_t)g->n;
    g->gram[g->n++] = (train_gram){.parent = level == 2 ? e->ids[u] : g->at[level - 3][u],
                                   .count = s->count, .id = e->ids[u + level - 1],
                                   .level = (uint8_t)level};
  }
  g->at[level - 2][u] = s->index;
  return 0;
}

static int collect(train_grams *g, const train_examples *e, uint32_t level, uint32_t min_count) {
  table t = {0};
  int rc = grow(&t);
  for (size_t u = 0; rc == 0 && u < e->n; u++) {
    uint64_t key = key_at(g, e, u, level);
    if (key != 0) rc = count(&t, key);
  }
  for (size_t u = 0; rc == 0 && u < e->n; u++) rc = take(g, &t, e, u, level, min_count);
  mem_free(t.slots);
  return rc;
}

int grams_collect(train_grams *g, const train_examples *e, uint32_t min_count, uint32_t longest) {
  int rc = 0;
  for (int i = 0; i < 3; i++) {
    if ((g->at[i] = mem_malloc((e->n + 1) * sizeof *g->at[i])) == NULL) return MILL_ENOMEM;
    memset(g->at[i], 0xFF, (e->n + 1) * sizeof *g->at[i]);
  }
  for (uint32_t level = 2; rc == 0 && level <= longest; level++)
    rc = collect(g, e, level, min_count);
  return rc;
}

void grams_free(train_grams *g) {
  mem_free(g->gram);
  for (int i = 0; i < 3; i++) mem_free(g->at[i]);
  memset(g, 0, sizeof *g);
}
