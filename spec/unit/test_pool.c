/* test_pool.c - blocks of a pool keep what is written to them, however they grow and shrink. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../csrc/core/pool.h"
#include "check.h"

enum { BLOCKS = 500, TURNS = 200000 };

typedef struct block { unsigned char *at; size_t n; unsigned char mark; } block;

/* 0 takes a block back */
static size_t some_size(uint64_t *seed) {
  uint32_t kind = check_below(seed, 16);
  return kind < 4 ? 0 : check_below(seed, kind == 4 ? 5000 : 600);
}

static int holds(const block *b, size_t n) {
  for (size_t k = 0; k < n; k++)
    if (b->at[k] != b->mark) return 0;
  return 1;
}

static void test_blocks_keep_their_bytes(void) {
  static block blocks[BLOCKS];
  uint64_t seed = 7;
  pool *p = pool_new();
  CHECK(p != NULL);
  int kept = 1, aligned = 1;
  for (int turn = 0; turn < TURNS; turn++) {
    block *b = &blocks[check_below(&seed, BLOCKS)];
    size_t size = some_size(&seed);
    unsigned char *moved = pool_resize(p, b->at, b->n, size);
    if (size > 0 && moved == NULL) break;
    b->at = moved;
    kept &= moved == NULL || holds(b, b->n < size ? b->n : size);
    aligned &= (uintptr_t)moved % 16 == 0;
    b->n = size;
    b->mark = (unsigned char)turn;
    if (moved != NULL) memset(moved, b->mark, size);
  }
  CHECK(kept);
  CHECK(aligned);
  for (int k = 0; k < BLOCKS; k++) CHECK(pool_resize(p, blocks[k].at, blocks[k].n, 0) == NULL);
  pool_free(p);
}

static void test_pieces_are_used_again(void) {
  pool *p = pool_new();
  void *first = pool_resize(p, NULL, 5, 40), *other = pool_resize(p, NULL, 0, 40);
  CHECK(first != other);
  pool_resize(p, first, 40, 0);
  CHECK(pool_resize(p, NULL, 0, 33) == first); /* the same multiple of 16 */
  CHECK(pool_resize(p, first, 33, 48) == first);
  CHECK(pool_resize(p, first, 48, 49) != first);
  CHECK(pool_resize(p, NULL, 0, 0) == NULL);
  pool_free(p);
  pool_free(NULL);
}

int main(void) {
  test_blocks_keep_their_bytes();
  test_pieces_are_used_again();
  return check_report();
}
