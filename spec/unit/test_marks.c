/* test_marks.c - numbers of items at the head of blocks are read, of others is told where they may stand. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "core/marks.h"

static int ordinal(const char *s) { return marks_ordinal(s, strlen(s)); }

static void check_number(const char *s, const char *style, unsigned value, size_t words) {
  mark_number m;
  size_t n = strlen(s);
  CHECK(marks_read(s, n, &m) && strcmp(m.style, style) == 0 && m.value == value && m.words == words);
  for (size_t cut = 0; cut < n; cut++) { /* ends anywhere: nothing behind is read */
    char *copy = malloc(cut + 1);
    CHECK(copy != NULL);
    memcpy(copy, s, cut);
    if (marks_read(copy, cut, &m)) CHECK(m.words <= cut);
    free(copy);
  }
}

static void test_numbers(void) {
  static const char *const none[] = {"",          "\xE4\xB8", "\xE2\x91", "\xE2\x91\xB4", "起一",
                                     "〇、",      "㉑",       "a1",       "百、",         "(",
                                     "(一",       "(a)",      "1.5",      "一",           "12",
                                     "123.",      "第",       "第百级",   "1. 5",         "十二月",
                                     "一\xE3\x80"};
  mark_number m;
  check_number("一、起", "一、", 1, 6);
  check_number("十二. 好", "一.", 12, 8);
  check_number("二十三,", "一.", 23, 10);
  check_number("二十:", "一.", 20, 7);
  check_number("(三)、好", "(一)", 3, 5);
  check_number("五) x", "一)", 5, 5);
  check_number("7、", "1、", 7, 4);
  check_number("12.\t好", "1.", 12, 4);
  check_number("3)好", "1)", 3, 2);
  check_number("(10) 好", "(1)", 10, 4);
  check_number("01 好", "01", 1, 3);
  check_number("01.好", "1.", 1, 3);
  check_number("第十级", "第", 10, 0);
  check_number("①好", "①", 1, 3);
  check_number("⑳", "①", 20, 3);
  for (size_t k = 0; k < sizeof none / sizeof *none; k++) CHECK(!marks_read(none[k], strlen(none[k]), &m));
}

static void test_ordinals(void) {
  static const char *const may[] = {"第一,", "第十二:", "第二十三、好", "第三步", "第一步走"};
  static const char *const none[] = {"第", "第,", "第一", "第一条", "第一\xE3\x80", "第百、", "第2、", "第二十三四、"};
  for (size_t k = 0; k < sizeof may / sizeof *may; k++) CHECK(ordinal(may[k]));
  for (size_t k = 0; k < sizeof none / sizeof *none; k++) CHECK(!ordinal(none[k]));
}

int main(void) {
  test_numbers();
  test_ordinals();
  return check_report();
}
