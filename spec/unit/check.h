/*
** check.h - the smallest test harness: CHECK(condition) counts, a failure
** prints where and what; main ends with `return check_report();`.
*/
#ifndef CHECK_H
#define CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int check_passed, check_failed;

static inline int check_that(int ok, const char *what, const char *file, int line) {
  if (ok) {
    check_passed++;
  } else {
    check_failed++;
    fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
  }
  return ok;
}

static inline int check_same(long long a, long long b, const char *what, const char *file, int line) {
  if (a != b) fprintf(stderr, "  got %lld, expected %lld\n", a, b);
  return check_that(a == b, what, file, line);
}

#define CHECK(c) check_that((c) != 0, #c, __FILE__, __LINE__)
/* Integers; prints both when they differ. */
#define CHECK_EQ(a, b) check_same((long long)(a), (long long)(b), #a " == " #b, __FILE__, __LINE__)
/* NUL-terminated strings. */
#define CHECK_STR(a, b) check_that(strcmp((a), (b)) == 0, #a " is " #b, __FILE__, __LINE__)

static inline int check_report(void) {
  printf("%d passed, %d failed\n", check_passed, check_failed);
  return check_failed != 0 || check_passed == 0;
}

/* xorshift64*: the same sequence on every machine. State must not be 0. */
static inline uint64_t check_random(uint64_t *state) {
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return *state * UINT64_C(2685821657736338717);
}
/* A number below n. */
static inline uint32_t check_below(uint64_t *state, uint32_t n) {
  return (uint32_t)(check_random(state) >> 33) % n;
}

#endif
