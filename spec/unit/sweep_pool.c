/* sweep_pool.c - a pool when memory is refused: what shrinks stays, and all of it is freed in the end. */
#include "alloc_sweep.h"
#include "core/pool.h"

static int holds(const char *block, size_t n) {
  for (size_t k = 0; k < n; k++)
    if (block[k] != 'x') return 0;
  return 1;
}

/* A block of `from` bytes becomes one of `to`; 0 or MILL_ENOMEM. */
static int resized(pool *p, size_t from, size_t to) {
  char *block = pool_resize(p, NULL, 0, from);
  if (block == NULL) return MILL_ENOMEM;
  memset(block, 'x', from);
  char *moved = pool_resize(p, block, from, to);
  CHECK(moved != NULL || to > from); /* to make one smaller never fails */
  CHECK(holds(moved != NULL ? moved : block, from < to ? from : to));
  pool_resize(p, moved != NULL ? moved : block, moved != NULL ? to : from, 0);
  return moved != NULL ? 0 : MILL_ENOMEM;
}

static int turns(void) {
  static const size_t sizes[][2] = {{513, 512}, {2000, 20}, {2000, 600}, {20, 2000}, {400, 30}, {30, 400}, {9000, 512}};
  pool *p = pool_new();
  int rc = p == NULL ? MILL_ENOMEM : 0;
  for (size_t k = 0; p != NULL && k < sizeof sizes / sizeof *sizes; k++)
    if (resized(p, sizes[k][0], sizes[k][1]) != 0) rc = MILL_ENOMEM;
  pool_free(p);
  return sweep_refused > 0 ? MILL_ENOMEM : rc; /* a shrinking that was refused memory is no failure */
}

int main(void) {
  sweep("pool", turns);
  return check_report();
}
