/* test_marks.c - where the numbers of items may stand is told by their first bytes. */
#include <string.h>

#include "check.h"
#include "core/marks.h"

static int lead(const char *s) { return marks_lead(s, strlen(s)); }
static int ordinal(const char *s) { return marks_ordinal(s, strlen(s)); }

static void test_leads(void) {
  static const char *const may[] = {"一、起", "十二.", "(三)", "(", "7", "01 ", "第三级", "①", "⑳"};
  static const char *const none[] = {"", "\xE4\xB8", "\xE2\x91", "起一", "〇", "㉑", "a1", "\xE2\x91\xB4", "百"};
  for (size_t k = 0; k < sizeof may / sizeof *may; k++) CHECK(lead(may[k]));
  for (size_t k = 0; k < sizeof none / sizeof *none; k++) CHECK(!lead(none[k]));
}

static void test_ordinals(void) {
  static const char *const may[] = {"第一,", "第十二:", "第二十三、好", "第三步", "第一步走"};
  static const char *const none[] = {"第", "第,", "第一", "第一条", "第一\xE3\x80", "第百、", "第2、", "第二十三四、"};
  for (size_t k = 0; k < sizeof may / sizeof *may; k++) CHECK(ordinal(may[k]));
  for (size_t k = 0; k < sizeof none / sizeof *none; k++) CHECK(!ordinal(none[k]));
}

int main(void) {
  test_leads();
  test_ordinals();
  return check_report();
}
