/*
** test_dense.c - blocks of postings as bits: what is written is read again, by both code
** paths, and asked by ordinal; of a damaged block nothing is read that is not there.
*/
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "core/cpu.h"
#include "store/dense.h"

static uint64_t seed = 128;

/* n postings that leave out about so many ordinals of each that they have; the counts small
** or great, one in `rests` with a rest. */
static void random_block(struct cursor_block *b, uint32_t n, uint32_t first, uint32_t gap, uint32_t most,
                         uint32_t rests) {
  uint32_t ordinal = first;
  for (uint32_t k = 0; k < n; k++) {
    ordinal += check_below(&seed, gap + 1);
    b->ordinal[k] = ordinal++;
    b->tf[k] = 1 + check_below(&seed, check_below(&seed, 4) == 0 ? most : 3);
    b->rest[k] = check_below(&seed, rests) == 0 ? 1 + check_below(&seed, b->tf[k]) : 0;
  }
}

static int same_counts(const struct cursor_block *a, const struct cursor_block *b, uint32_t n) {
  size_t size = n * sizeof *a->tf;
  return memcmp(a->ordinal, b->ordinal, size) == 0 && memcmp(a->tf, b->tf, size) == 0 &&
      memcmp(a->rest, b->rest, size) == 0;
}

/* Every ordinal of the block and those between. */
static int finds(const struct cursor_block *b, uint32_t n) {
  uint32_t next = 0, is;
  for (uint32_t x = b->first; x <= b->ordinal[n - 1]; x++) {
    uint32_t at = dense_find(b, x, &is);
    if (at != next || is != (b->ordinal[next] == x)) return 0;
    next += is;
  }
  return next == n;
}

static void round_trips(void) {
  static struct cursor_block a, b;
  unsigned char bytes[4096], copy[4096];
  uint32_t dense = 0;
  for (uint32_t i = 0; i < 20000 && check_failed == 0; i++) {
    uint32_t n = 1 + check_below(&seed, SEGMENT_BLOCK), first = check_below(&seed, 1000);
    uint32_t gap = check_below(&seed, 12), most = 1 + check_below(&seed, 300);
    random_block(&a, n, first, gap, most, 2 + check_below(&seed, 100));
    uint32_t last = a.ordinal[n - 1];
    size_t size = dense_write(&a, n, first, bytes, 3 * SEGMENT_BLOCK);
    if (size == 0) continue;
    dense++;
    CHECK(size < 3 * SEGMENT_BLOCK);
    memset(bytes + size, 0, 16);
    for (int avx2 = 0; avx2 <= cpu_has_avx2(); avx2++) {
      CHECK(dense_read(&b, n, first, last, bytes, bytes + size, avx2));
      CHECK(same_counts(&a, &b, n) && finds(&b, n));
    }
    CHECK_EQ(dense_write(&a, n, first, copy, size), 0); /* not shorter than itself */
    CHECK_EQ(dense_write(&a, n, first, copy, size + 1), size);
  }
  CHECK(dense > 5000);
}

/* Any byte changed, and any end: damage is found, or the numbers are possible ones. */
static void damage(void) {
  static struct cursor_block a, b;
  uint32_t found = 0;
  for (uint32_t i = 0; i < 20000; i++) {
    unsigned char bytes[1024];
    random_block(&a, SEGMENT_BLOCK, 0, 4, 40, 10);
    uint32_t last = a.ordinal[SEGMENT_BLOCK - 1];
    size_t size = dense_write(&a, SEGMENT_BLOCK, 0, bytes, sizeof bytes - 16);
    if (i % 4 == 0) size -= check_below(&seed, 40);
    else bytes[check_below(&seed, (uint32_t)size)] ^= (unsigned char)(1u << check_below(&seed, 8));
    if (i % 4 == 1) last += check_below(&seed, 3000);
    unsigned char *exact = malloc(size + 16); /* so that the sanitizer sees what is read behind */
    memcpy(exact, bytes, size);
    memset(exact + size, 0, 16);
    for (int avx2 = 0; avx2 <= cpu_has_avx2(); avx2++) {
      int read = dense_read(&b, SEGMENT_BLOCK, 0, last, exact, exact + size, avx2);
      found += !read;
      for (uint32_t k = 0; k < SEGMENT_BLOCK && read; k++) {
        CHECK(b.ordinal[k] <= last && (k == 0 || b.ordinal[k - 1] < b.ordinal[k]));
        CHECK(b.tf[k] > 0 && b.rest[k] <= b.tf[k]);
      }
    }
    free(exact);
  }
  CHECK(found > 5000);
}

static void refused(void) {
  static struct cursor_block a, b;
  unsigned char bytes[1024] = {0};
  random_block(&a, SEGMENT_BLOCK, 0, 60, 3, 1000);
  CHECK(a.ordinal[SEGMENT_BLOCK - 1] >= DENSE_SPAN);
  CHECK_EQ(dense_write(&a, SEGMENT_BLOCK, 0, bytes, sizeof bytes), 0);
  random_block(&a, SEGMENT_BLOCK, 0, 1, 3, 1000);
  uint32_t last = a.ordinal[SEGMENT_BLOCK - 1];
  size_t size = dense_write(&a, SEGMENT_BLOCK, 0, bytes, sizeof bytes);
  CHECK(size > 0 && dense_read(&b, SEGMENT_BLOCK, 0, last, bytes, bytes + size, 0));
  CHECK(!dense_read(&b, SEGMENT_BLOCK - 1, 0, last, bytes, bytes + size, 0)); /* one too many */
  CHECK(!dense_read(&b, SEGMENT_BLOCK, 0, last - 1, bytes, bytes + size, 0));
  CHECK(!dense_read(&b, SEGMENT_BLOCK, last + 1, last, bytes, bytes + size, 0));
  CHECK(!dense_read(&b, SEGMENT_BLOCK, 0, last, bytes + size, bytes + size, 0));
  bytes[0] = 3; /* no width */
  CHECK(!dense_read(&b, SEGMENT_BLOCK, 0, last, bytes, bytes + size, 0));
}

int main(void) {
  round_trips();
  damage();
  refused();
  return check_report();
}
