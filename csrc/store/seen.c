/*
** seen.c - while a new file is filled, every document is asked for by its hash, its
** path and its ids, and hardly ever there. A set of 32-bit hashes of all that this
** connection has stored answers without the file: what is not in it is not there; what
** is may be, in one case of a thousand or fewer it is not.
**
** It holds as long as the file had no document when we began and nobody else has written
** since. Above MOST entries it is given up, so that memory stays bounded.
*/
#include "seen.h"

#include "../core/alloc.h"
#include "../textmill.h"

#define SEED 0x7365656eu
#define FIRST_SIZE 4096u
#define MOST (4u << 20) /* 32 MB */

void seen_free(struct seen *x) {
  mem_free(x->table);
  x->table = NULL;
  x->n = 0;
  x->state = -1;
}

void seen_begin(struct seen *x, int empty, int64_t version) {
  if (x->state == 1 && x->version != version) seen_free(x);
  if (x->state != 0) return;
  x->version = version;
  x->mask = FIRST_SIZE - 1;
  if (empty) x->table = mem_calloc(FIRST_SIZE, sizeof *x->table);
  x->state = x->table != NULL ? 1 : -1;
}

/* Never 0, which is an empty slot. */
static uint32_t hash_of(enum seen_kind kind, const void *s, size_t n) {
  uint32_t hash = (uint32_t)(mill_hash64(s, n, SEED + (uint32_t)kind) >> 32);
  return hash != 0 ? hash : 1;
}

static uint32_t slot_of(const uint32_t *table, uint32_t mask, uint32_t hash) {
  uint32_t k = hash & mask;
  while (table[k] != 0 && table[k] != hash) k = (k + 1) & mask;
  return k;
}

static int widen(struct seen *x) {
  uint32_t mask = x->mask * 2 + 1;
  uint32_t *table = x->n < MOST ? mem_calloc((size_t)mask + 1, sizeof *table) : NULL;
  if (table == NULL) return 0;
  for (uint32_t k = 0; k <= x->mask; k++)
    if (x->table[k] != 0) table[slot_of(table, mask, x->table[k])] = x->table[k];
  mem_free(x->table);
  x->table = table;
  x->mask = mask;
  return 1;
}

void seen_add(struct seen *x, enum seen_kind kind, const void *s, size_t n) {
  if (x->state != 1) return;
  if (x->n >= x->mask / 2 && !widen(x)) {
    seen_free(x);
    return;
  }
  uint32_t hash = hash_of(kind, s, n);
  uint32_t k = slot_of(x->table, x->mask, hash);
  x->n += x->table[k] == 0;
  x->table[k] = hash;
}

int seen_maybe(const struct seen *x, enum seen_kind kind, const void *s, size_t n) {
  if (x->state != 1) return 1;
  return x->table[slot_of(x->table, x->mask, hash_of(kind, s, n))] != 0;
}
