/* test_first_mark.c - the first and the last of a few marks, beside a search for each of them. */
#include <string.h>

#include "check.h"
#include "core/first_mark.h"

#define PACKED "\x03、\x01,\x03。\x06以及\x03以"

static size_t find(const char *s, size_t from, size_t *which) {
  return first_mark(s, strlen(s), from, PACKED, strlen(PACKED), which);
}

static void test_first(void) {
  size_t which = 9;
  CHECK(find("甲、乙,丙", 0, &which) == 3 && which == 0);
  CHECK(find("甲、乙,丙", 4, &which) == 9 && which == 1);
  CHECK(find("甲以及乙", 0, &which) == 3 && which == 3); /* the one named first */
  CHECK(find("甲以乙", 0, &which) == 3 && which == 4);
  CHECK(find("甲乙", 0, &which) == 6);
  CHECK(find("甲\xE3\x80", 0, &which) == 5); /* cut off */
  CHECK(find("", 0, &which) == 0);
  CHECK(first_mark("a,b", 3, 0, "", 0, &which) == 3);
}

static size_t find_last(const char *s, size_t from, size_t n, size_t *which) {
  return last_mark(s, n, from, PACKED, strlen(PACKED), which);
}

static void test_last(void) {
  size_t which = 9;
  CHECK(find_last("甲、乙,丙", 0, 13, &which) == 9 && which == 1);
  CHECK(find_last("甲、乙,丙", 0, 9, &which) == 3 && which == 0);
  CHECK(find_last("甲、乙,丙", 4, 9, &which) == 9); /* none */
  CHECK(find_last("甲以及以乙", 0, 15, &which) == 9 && which == 4);
  CHECK(find_last("甲以及", 0, 9, &which) == 3 && which == 3);
  CHECK(find_last("甲以及", 0, 8, &which) == 3 && which == 4); /* the longer one does not end there */
  CHECK(find_last("", 0, 0, &which) == 0);
}

static void test_packed(void) {
  CHECK(first_mark_packed(PACKED, strlen(PACKED)));
  CHECK(first_mark_packed("", 0));
  CHECK(!first_mark_packed("\x02,", 2));
  CHECK(!first_mark_packed("\0", 1));
  CHECK(!first_mark_packed("\x01,\x01", 3));
}

int main(void) {
  test_first();
  test_last();
  test_packed();
  return check_report();
}
