/* tokens.c - the columns of mill_tokens (textmill.h): grown together. */
#include "tokens.h"

#include <string.h>

#include "alloc.h"
#include "buffer.h"

/* Reallocates one column to `capacity` items; the old one stays on failure. */
static int resize(void *column, size_t capacity, size_t item) {
  void *old, *grown;
  memcpy(&old, column, sizeof old);
  grown = mem_realloc(old, capacity * item);
  if (grown == NULL) return MILL_ENOMEM;
  memcpy(column, &grown, sizeof grown);
  return 0;
}

int tokens_reserve(mill_tokens *t, size_t more) {
  if (mill_grow(&t->values, &t->values_capacity, t->n_values + more, sizeof *t->values) < 0)
    return MILL_ENOMEM;
  if (t->capacity > more && t->n < t->capacity - more) return 0; /* start has n + 1 */
  size_t capacity = t->capacity < 64 ? 64 : t->capacity;
  while (capacity <= t->n + more) capacity += capacity / 2;
  if (capacity > UINT32_MAX) return MILL_ENOMEM;
  if (resize(&t->start, capacity, sizeof *t->start) < 0 ||
      resize(&t->word, capacity, sizeof *t->word) < 0 ||
      resize(&t->tag, capacity, sizeof *t->tag) < 0 ||
      resize(&t->kind, capacity, sizeof *t->kind) < 0 ||
      resize(&t->value, capacity, sizeof *t->value) < 0)
    return MILL_ENOMEM;
  t->capacity = (uint32_t)capacity;
  return 0;
}

uint32_t tokens_add_value(mill_tokens *t, const mill_number *value) {
  t->values[t->n_values] = *value;
  return (uint32_t)t->n_values++;
}

void mill_tokens_free(mill_tokens *t) {
  mem_free(t->start);
  mem_free(t->word);
  mem_free(t->tag);
  mem_free(t->kind);
  mem_free(t->value);
  mem_free(t->values);
  mem_free(t->scratch);
  mem_free(t->sight);
  memset(t, 0, sizeof *t);
}
