/* marks.c - candidates for the numbers of items (see marks.h). */
#include "marks.h"

#include <string.h>

enum { HAN = 3 }; /* bytes of a character */

static int is_numeral(const char *s) {
  static const char numerals[] = "一二三四五六七八九十";
  for (size_t k = 0; k + HAN < sizeof numerals; k += HAN)
    if (memcmp(s, numerals + k, HAN) == 0) return 1;
  return 0;
}

int marks_lead(const char *s, size_t n) {
  if (n > 0 && (*s == '(' || (*s >= '0' && *s <= '9'))) return 1;
  if (n < HAN) return 0;
  unsigned char last = (unsigned char)s[2];
  int circled = memcmp(s, "\xE2\x91", 2) == 0 && last >= 0xA0 && last <= 0xB3; /* ① to ⑳ */
  return circled || memcmp(s, "第", HAN) == 0 || is_numeral(s);
}

int marks_ordinal(const char *s, size_t n) {
  size_t p = HAN;
  while (p <= 3 * HAN && p + HAN <= n && is_numeral(s + p)) p += HAN;
  if (p == HAN || p >= n) return 0;
  if (s[p] == ',' || s[p] == ':') return 1;
  return p + HAN <= n && (memcmp(s + p, "步", HAN) == 0 || memcmp(s + p, "、", HAN) == 0);
}
