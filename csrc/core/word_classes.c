/*
** word_classes.c - classes of words (see word_classes.h): a table with open addressing, a power of two of
** cells, half of them free:
**
**   hash of the string -> cell: classes | where its bytes lie in `bytes`
*/
#include "word_classes.h"

#include <string.h>

#include "../textmill.h"
#include "alloc.h"

typedef struct cell {
  uint64_t classes; /* 0: free */
  size_t at;
  uint32_t length;
} cell;

struct word_classes {
  cell *cells;
  char *bytes;
  size_t n, capacity, used, room; /* words, cells; bytes */
};

enum { FIRST_CELLS = 1024, FIRST_BYTES = 4096 };

static uint64_t hash_of(const char *s, size_t n) { /* FNV-1a */
  uint64_t h = UINT64_C(0xCBF29CE484222325);
  for (size_t k = 0; k < n; k++) h = (h ^ (unsigned char)s[k]) * UINT64_C(0x100000001B3);
  return h ^ h >> 32;
}

/* The cell of the string, or the free one where it would stand; there is one. */
static cell *cell_of(const word_classes *w, const char *s, size_t n) {
  size_t k = (size_t)hash_of(s, n) & (w->capacity - 1);
  for (;; k = (k + 1) & (w->capacity - 1)) {
    cell *c = &w->cells[k];
    if (c->classes == 0 || (c->length == n && memcmp(w->bytes + c->at, s, n) == 0)) return c;
  }
}

uint64_t word_classes_of(const word_classes *w, const char *s, size_t n) { return cell_of(w, s, n)->classes; }

/* Doubles the cells. */
static int grow(word_classes *w) {
  word_classes bigger = *w;
  bigger.capacity = w->capacity == 0 ? FIRST_CELLS : 2 * w->capacity;
  bigger.cells = mem_calloc(bigger.capacity, sizeof *bigger.cells);
  if (bigger.cells == NULL) return MILL_ENOMEM;
  for (size_t k = 0; k < w->capacity; k++)
    if (w->cells[k].classes != 0)
      *cell_of(&bigger, w->bytes + w->cells[k].at, w->cells[k].length) = w->cells[k];
  mem_free(w->cells);
  *w = bigger;
  return 0;
}

static int make_room(word_classes *w, size_t n) {
  if (w->room - w->used >= n) return 0;
  size_t room = 2 * w->room + n + FIRST_BYTES;
  char *bytes = mem_realloc(w->bytes, room);
  if (bytes == NULL) return MILL_ENOMEM;
  w->bytes = bytes;
  w->room = room;
  return 0;
}

int word_classes_add(word_classes *w, const char *s, size_t n, uint64_t classes) {
  if (2 * (w->n + 1) > w->capacity && grow(w) < 0) return MILL_ENOMEM;
  cell *c = cell_of(w, s, n);
  if (c->classes == 0) {
    if (make_room(w, n) < 0) return MILL_ENOMEM;
    memcpy(w->bytes + w->used, s, n);
    c->at = w->used;
    c->length = (uint32_t)n;
    w->used += n;
    w->n++;
  }
  c->classes |= classes;
  return 0;
}

word_classes *word_classes_new(void) {
  word_classes *w = mem_calloc(1, sizeof *w);
  if (w != NULL && grow(w) == 0) return w;
  word_classes_free(w);
  return NULL;
}

void word_classes_free(word_classes *w) {
  if (w == NULL) return;
  mem_free(w->cells);
  mem_free(w->bytes);
  mem_free(w);
}
