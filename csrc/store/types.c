/* types.c - see types.h. */
#include "types.h"

#include <string.h>

#include "../core/alloc.h"
#include "../core/buffer.h"

void types_free(struct type_table *t) {
  mem_free(t->others);
  mem_free(t->slots);
  memset(t, 0, sizeof *t);
}

void types_clear(struct type_table *t, uint32_t known) {
  t->known = known;
  t->n_others = 0;
  if (t->slots != NULL) memset(t->slots, 0, ((size_t)t->mask + 1) * sizeof *t->slots);
}

static uint32_t *slot_of(const struct type_table *t, struct word_type x) {
  uint32_t k = (x.id * 31u + x.tag) * 2654435761u + x.kind;
  for (k &= t->mask; t->slots[k] != 0; k = (k + 1) & t->mask) {
    const struct word_type *y = &t->others[t->slots[k] - 1];
    if (y->id == x.id && y->tag == x.tag && y->kind == x.kind) break;
  }
  return &t->slots[k];
}

static int widen(struct type_table *t) {
  if (t->slots != NULL && t->n_others < t->mask / 2) return 0;
  uint32_t size = t->slots != NULL ? (t->mask + 1) * 2 : 1024, *old = t->slots;
  uint32_t *slots = mem_calloc(size, sizeof *slots);
  if (slots == NULL) return MILL_ENOMEM;
  t->slots = slots;
  t->mask = size - 1;
  for (uint32_t k = 0; k < t->n_others; k++) *slot_of(t, t->others[k]) = k + 1;
  mem_free(old);
  return 0;
}

uint32_t types_other(struct type_table *t, struct word_type x) {
  if (widen(t) < 0) return 0;
  uint32_t *slot = slot_of(t, x);
  if (*slot == 0) {
    if (mill_grow(&t->others, &t->capacity, (size_t)t->n_others + 1, sizeof *t->others) < 0) return 0;
    t->others[t->n_others++] = x;
    *slot = t->n_others;
  }
  return t->known + *slot;
}
