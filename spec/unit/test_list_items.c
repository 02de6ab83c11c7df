/* test_list_items.c - items of a list, and their words, one by one. */
#include <string.h>

#include "check.h"
#include "core/list_items.h"

#define MARKS "\x03、\x01,\x06以及"

/* Are these the items of s[from, to), each with a / behind it? */
static int gives(const char *s, size_t from, size_t to, const char *wanted) {
  char out[200];
  size_t n = 0;
  mill_span item;
  list_walk w = list_begin(s, strlen(s), from, to, MARKS, strlen(MARKS));
  while (list_next(&w, &item)) {
    n += list_words(s, item, out + n);
    out[n++] = '/';
  }
  out[n] = '\0';
  return strcmp(out, wanted) == 0;
}

static void test_items(void) {
  CHECK(gives("甲、乙,丙", 0, 99, "甲/乙/丙/"));
  CHECK(gives("甲以及乙", 0, 99, "甲/乙/"));
  CHECK(gives("、,、", 0, 99, ""));
  CHECK(gives("", 0, 0, ""));
  CHECK(gives("甲", 3, 3, ""));
  CHECK(gives("甲", 3, 1, ""));
  CHECK(gives(" :“甲”\t、「乙」", 0, 99, "甲/乙/"));
  CHECK(gives("甲“乙”丙", 0, 99, "甲乙丙/")); /* marks within are left out of the words */
  CHECK(gives("“”", 0, 99, ""));
}

static void test_ends(void) {
  CHECK(gives("甲、乙、丙", 1, 14, "乙/")); /* characters cut in two are no part of it */
  CHECK(gives("甲", 1, 3, ""));
  CHECK(gives("甲", 0, 2, ""));
  CHECK(gives("甲、乙", 0, 6, "甲/"));
}

static void test_words(void) {
  char out[16];
  CHECK(list_words("‘甲’", (mill_span){0, 9}, NULL) == 3);
  CHECK(list_words("‘甲’", (mill_span){0, 9}, out) == 3 && memcmp(out, "甲", 3) == 0);
  CHECK(list_words("a\xE2\x80", (mill_span){0, 3}, out) == 3); /* cut off */
}

int main(void) {
  test_items();
  test_ends();
  test_words();
  return check_report();
}
