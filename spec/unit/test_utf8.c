/* test_utf8.c - validation: examples, all short strings, both code paths. */
#include <stdlib.h>

#include "check.h"
#include "core/utf8.h"
#include "core/utf8_check.h"

static void bad_is(const char *s, size_t n, size_t at, enum mill_utf8_kind why) {
  size_t position = 99;
  enum mill_utf8_kind kind = MILL_UTF8_OK;
  CHECK_EQ(mill_utf8_valid(s, n, &position, &kind), 0);
  CHECK_EQ(position, at);
  CHECK_EQ(kind, why);
}
#define BAD(s, at, why) bad_is(s, sizeof(s) - 1, at, why)

static void test_examples(void) {
  CHECK(mill_utf8_valid("", 0, NULL, NULL));
  CHECK(mill_utf8_valid("a\0b", 3, NULL, NULL));
  CHECK(mill_utf8_valid("\xF4\x8F\xBF\xBF\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF", 13, NULL, NULL));
  CHECK(!mill_utf8_valid("\xFF", 1, NULL, NULL));
  BAD("ab\x80", 2, MILL_UTF8_STRAY);
  BAD("ab\xE6\xB1", 2, MILL_UTF8_TRUNCATED);
  BAD("\xE6\xB1" "ab", 0, MILL_UTF8_TRUNCATED);
  BAD("\xF0\x9F\x98", 0, MILL_UTF8_TRUNCATED);
  BAD("\xC3", 0, MILL_UTF8_TRUNCATED);
  BAD("\xC0\xAF", 0, MILL_UTF8_OVERLONG);
  BAD("\xE0\x9F\xBF", 0, MILL_UTF8_OVERLONG);
  BAD("\xF0\x8F\xBF\xBF", 0, MILL_UTF8_OVERLONG);
  BAD("\xED\xA0\x80", 0, MILL_UTF8_SURROGATE);
  BAD("\xF4\x90\x80\x80", 0, MILL_UTF8_RANGE);
  BAD("\xF5\x80\x80\x80", 0, MILL_UTF8_RANGE);
  BAD("\xF8\x88\x80\x80\x80", 0, MILL_UTF8_INVALID_BYTE);
  BAD("\xFE", 0, MILL_UTF8_INVALID_BYTE);
  CHECK_STR(mill_utf8_kind_name(MILL_UTF8_SURROGATE), "surrogate");
}

/* Every scalar value is accepted, every other number below 2^21 is not. */
static void test_all_code_points(void) {
  uint32_t wrong = 0;
  for (uint32_t c = 0; c < 0x200000; c++) {
    char s[4];
    size_t n = utf8_encode(c, s);
    int scalar = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
    wrong += mill_utf8_valid(s, n, NULL, NULL) != scalar;
  }
  CHECK_EQ(wrong, 0);
}

#if MILL_AVX2
/* Well-formed text of mixed lengths, n bytes or a little more. */
static size_t fill(uint64_t *seed, unsigned char *out, size_t n) {
  static const uint32_t base[] = {0x20, 0x20, 0x4E00, 0xC0, 0x4E00, 0x20000, 0xFFC0, 0x10FFC0};
  size_t at = 0, mode = check_below(seed, 3);
  while (at < n) {
    uint32_t c = mode == 0 ? 0x41 : base[check_below(seed, 8)];
    at += utf8_encode(c + check_below(seed, 0x40), (char *)out + at);
  }
  return at;
}

/* Exact answer from the portable check alone, compared with the fast path. */
static int same_answer(const unsigned char *s, size_t n) {
  enum mill_utf8_kind a, b = MILL_UTF8_OK;
  size_t at = utf8_check(s, n, 0, &a), position = n;
  int ok = mill_utf8_valid((const char *)s, n, &position, &b);
  return ok == (a == MILL_UTF8_OK) && position == at && a == b;
}

/* The fast path on random text with random damage, in blocks of exact size so
** that the sanitizer sees reads beyond the end. */
static void test_paths_agree(void) {
  uint64_t seed = 77;
  unsigned char text[512];
  uint32_t differ = 0, fast = 0;
  for (int round = 0; round < 30000; round++) {
    size_t n = fill(&seed, text, check_below(&seed, 400));
    size_t cut = check_below(&seed, 4) == 0 ? check_below(&seed, 4) : 0;
    n = n > cut ? n - cut : 0;
    for (uint32_t k = check_below(&seed, 3); k > 0 && n > 0; k--)
      text[check_below(&seed, (uint32_t)n)] = (unsigned char)check_random(&seed);
    unsigned char *exact = malloc(n + 1);
    if (exact == NULL) return;
    memcpy(exact + 1, text, n); /* unaligned, too */
    differ += !same_answer(exact + 1, n);
    fast += n >= 64 && utf8_good_avx2(exact + 1, n) > 0;
    free(exact);
  }
  CHECK_EQ(differ, 0);
  CHECK(fast > 1000);
}

/* Every pair and many quadruples of bytes at every offset from a block's edge. */
static void test_block_edges(void) {
  static const unsigned char odd[] = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1,
                                      0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5,
                                      0xF8, 0xFF};
  unsigned char s[192];
  uint32_t differ = 0, k = sizeof odd;
  for (size_t at = 60; at <= 64; at++)
    for (uint32_t i = 0; i < k * k * k * k; i++) {
      memset(s, 'a', sizeof s);
      for (uint32_t j = 0, v = i; j < 4; j++, v /= k) s[at + j] = odd[v % k];
      differ += !same_answer(s, sizeof s);
    }
  CHECK_EQ(differ, 0);
}
#endif

int main(void) {
  test_examples();
  test_all_code_points();
#if MILL_AVX2
  if (cpu_has_avx2()) {
    test_paths_agree();
    test_block_edges();
  } else {
    printf("no AVX2 here: only the portable path is tested\n");
  }
#endif
  return check_report();
}
