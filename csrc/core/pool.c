/* pool.c - small pieces of memory by size (see pool.h). */
#include "pool.h"

#include <stdint.h>
#include <string.h>

#include "alloc.h"

#define STEP 16u
#define MOST 512u
#define SLAB (64u << 10) /* bytes of pieces */

typedef struct piece { struct piece *next; } piece;
#define LINK STEP /* bytes behind a larger block, for keep_as_piece */
typedef union slab { union slab *next; max_align_t align; } slab; /* its pieces lie behind it */

struct pool {
  piece *spare[MOST / STEP + 1];
  slab *slabs;
  void *strays; /* larger blocks that had to become pieces: see keep_as_piece */
  char *at, *end; /* what no piece has been cut of yet */
};

pool *pool_new(void) { return mem_calloc(1, sizeof(pool)); }

void pool_free(pool *p) {
  if (p == NULL) return;
  for (slab *s = p->slabs, *next; s != NULL; s = next) {
    next = s->next;
    mem_free(s);
  }
  for (void *one = p->strays, *next; one != NULL; one = next) {
    memcpy(&next, (char *)one + MOST, sizeof next);
    mem_free(one);
  }
  mem_free(p);
}

static size_t class_of(size_t size) { return (size + STEP - 1) / STEP; }

static void give_back(pool *p, void *block, size_t size) {
  piece *one = block;
  one->next = p->spare[class_of(size)];
  p->spare[class_of(size)] = one;
}

static int add_slab(pool *p) {
  slab *s = mem_malloc(sizeof *s + SLAB);
  if (s == NULL) return 0;
  if (p->at < p->end) give_back(p, p->at, (size_t)(p->end - p->at)); /* less than what was asked for */
  s->next = p->slabs;
  p->slabs = s;
  p->at = (char *)(s + 1);
  p->end = p->at + SLAB;
  return 1;
}

/* A larger block that is to be small, where there is no memory for a piece: it will be given back as
** one. The allocator's block is remembered in its own tail, which no piece reaches. */
static void *keep_as_piece(pool *p, void *block) {
  memcpy((char *)block + MOST, &p->strays, sizeof p->strays);
  return p->strays = block;
}

static void *take_large(size_t size) { return size > SIZE_MAX - LINK ? NULL : mem_malloc(size + LINK); }

static void *take(pool *p, size_t size) {
  if (size > MOST) return take_large(size);
  size_t class = class_of(size), bytes = class * STEP;
  piece *one = p->spare[class];
  if (one != NULL) {
    p->spare[class] = one->next;
    return one;
  }
  if (p->end - p->at < (ptrdiff_t)bytes && !add_slab(p)) return NULL;
  void *block = p->at;
  p->at += bytes;
  return block;
}

static void drop(pool *p, void *block, size_t size) {
  if (size > MOST) mem_free(block);
  else give_back(p, block, size);
}

void *pool_resize(pool *p, void *block, size_t old, size_t size) {
  if (block == NULL) return size > 0 ? take(p, size) : NULL;
  if (size == 0) return drop(p, block, old), NULL;
  if (old > MOST && size > MOST) {
    void *moved = size > SIZE_MAX - LINK ? NULL : mem_realloc(block, size + LINK);
    return moved == NULL && size <= old ? block : moved;
  }
  if (old <= MOST && size <= MOST && class_of(old) == class_of(size)) return block;
  void *moved = take(p, size);
  if (moved == NULL) return size > old ? NULL : old > MOST ? keep_as_piece(p, block) : block;
  memcpy(moved, block, old < size ? old : size);
  drop(p, block, old);
  return moved;
}
