/*
** test_buffer.c - numbers as bytes: the same in every locale, as far as this machine has any
** whose point is another one.
*/
#include <locale.h>
#include <string.h>

#include "check.h"
#include "core/alloc.h"
#include "core/buffer.h"

static void test_point(void) {
  static const char *const pairs[][2] = {{"1,5", "1.5"}, {"-0,25e-07", "-0.25e-07"}, {"1\xD9\xAB" "5e+300", "1.5e+300"},
                                         {"0.5", "0.5"}, {"17", "17"}, {"", ""}, {"3,", "3."}};
  for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
    char text[32];
    strcpy(text, pairs[k][0]);
    mill_decimal_point(text);
    CHECK_STR(text, pairs[k][1]);
  }
}

static void check_double(double x, int digits, const char *expected) {
  mill_buffer out = {0};
  mill_buffer_double(&out, x, digits);
  char *text = mill_buffer_take(&out, NULL);
  CHECK_STR(text, expected);
  mem_free(text);
}

static void test_double(void) {
  check_double(0.1, 14, "0.1");
  check_double(-2.5e-300, 14, "-2.5e-300");
  check_double(0.1, 17, "0.10000000000000001");
  check_double(1e21, 14, "1e+21");
}

static void test_locales(void) {
  static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "ru_RU.UTF-8", "pt_BR.UTF-8"};
  for (size_t k = 0; k < sizeof names / sizeof *names; k++)
    if (setlocale(LC_NUMERIC, names[k]) != NULL) test_double();
  setlocale(LC_NUMERIC, "C");
}

int main(void) {
  test_point();
  test_double();
  test_locales();
  return check_report();
}
